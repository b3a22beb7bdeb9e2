"""Facts tables: labels and their values in two columns, under heads where there are any."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from monitorpub.model.keydata import Block
from monitorpub.model.scalars import Anchor, Label, Line, Text, Words, wrong


class FactRow(Block):
    """A row: its label, and a value of a line or of a few paragraphs."""

    label: Line
    value: Text


class FactGroup(Block):
    """Rows under a head of their own; without a head, they stand by themselves."""

    head: Line | None = None
    rows: Annotated[list[FactRow], Field(min_length=1)]


class FactsTable(Block):
    """A table of labels and values: ``- facts: Status of the convention``, with rows, or with groups of rows under heads."""

    kind: ClassVar = "facts"
    label: Line = Field(alias="facts")
    id: Anchor
    rows: Annotated[list[FactRow], Field(min_length=1)] | None = None
    groups: Annotated[list[FactGroup], Field(min_length=1)] | None = None
    notes: dict[Label, Text] = Field(default_factory=dict)
    """Notes to this table, printed under it, in a series of their own."""
    note_marks: Literal["letters", "asterisks"] = "letters"
    summary: Words | None = None
    """What the table holds in one line, for readers who do not see it; left out, how many rows it has."""

    @model_validator(mode="after")
    def _one_of(self) -> FactsTable:
        if self.rows is None and self.groups is None:
            raise wrong("M002", "The table has no rows.", "Add the field rows; or groups, for rows under different heads.")
        if self.rows is not None and self.groups is not None:
            raise wrong("M015", "The table has both rows and groups.", "Move the rows into a group; it may do without a head.")
        return self

    def row_groups(self) -> list[FactGroup]:
        """The groups; rows without groups make one that has no head."""
        return self.groups if self.groups is not None else [FactGroup.model_construct(head=None, rows=self.rows or [])]

    def all_rows(self) -> Iterator[FactRow]:
        """The rows of all groups."""
        for group in self.row_groups():
            yield from group.rows
