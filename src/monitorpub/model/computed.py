"""A table that is computed from the facts of the profiles of a volume."""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from monitorpub.model.condition import Condition, FieldPath
from monitorpub.model.keydata import Block
from monitorpub.model.scalars import Anchor, Flag, Identifier, Label, Line, Text, Words, shown, slug, wrong

_RELATIVE = re.compile(r"edition(?:-([1-9][0-9]?))?")


def _when(value: Any) -> Any:
    if isinstance(value, str) and (value == "latest" or _RELATIVE.fullmatch(value)):
        return str(value)
    if isinstance(value, str) and re.fullmatch("(19|20|21)[0-9]{2}", value):
        return int(value)
    if isinstance(value, int):
        return value
    raise wrong("M005", f"A year is expected here, and this is {shown(value)}.", "Write 2024, edition, edition-1 or latest.")


def _whole(low: int, high: int, example: str) -> BeforeValidator:
    def make(value: Any) -> int:
        if isinstance(value, (int, str)) and re.fullmatch("[0-9]{1,4}", str(value)) and low <= int(value) <= high:
            return int(value)
        hint = f"A number from {low} to {high}, without decimals: {example}"
        raise wrong("M004", f"A whole number is expected here, and this is {shown(value)}.", hint)

    return BeforeValidator(make)


def _one_or_more(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


When = Annotated[int | str, BeforeValidator(_when), WithJsonSchema({"type": ["integer", "string"], "examples": ["latest", "edition-1"]})]
"""A year, ``edition``, ``edition-1`` (the year before it, and so on) or ``latest`` (the newest that each profile reports)."""
Unit = Literal["km²", "m²", "ha", "count", "%"]
Show = Literal["value", "change", "change-in-percent", "rank", "share", "count", "names"]


def year_of(when: int | str, edition: int) -> int | None:
    """The year that is meant; None is the latest of each profile."""
    if isinstance(when, int):
        return when
    match = _RELATIVE.fullmatch(when)
    return edition - int(match[1] or 0) if match else None


class Column(Block):
    """A column: a field of the profiles, and what is shown of it."""

    field: FieldPath | None = None
    show: Show = "value"
    year: When = "edition-1"
    """The year of a value by years."""
    since: When | None = None
    """The year with which a change compares; left out, the year before."""
    label: Line | None = None
    """The head of the column; left out, the label of the field in the profiles."""
    unit: Unit | None = None
    """The unit in which figures are given; left out, that of the profiles."""
    decimals: Annotated[int, _whole(0, 6, "2"), WithJsonSchema({"type": "integer", "minimum": 0, "maximum": 6})] | None = None
    """How many decimals at most."""
    id: Identifier | None = None
    """The name by which the table is sorted; left out, one made from the label."""

    @model_validator(mode="after")
    def _fits(self) -> Column:
        if self.field is None and self.show not in ("count", "names", "share"):
            raise wrong("M002", "The column has no field.", "Add the path of a field: field: key-data.contamination.area")
        if self.since is not None and not self.show.startswith("change"):
            raise wrong("M015", f"A column with show: {self.show} compares no years.", "Delete since, or write show: change.")
        return self

    @property
    def name(self) -> str:
        """The name by which the table is sorted."""
        if self.id:
            return self.id
        return slug(self.label.source) if self.label is not None else (self.field or self.show).rpartition(".")[2]


class Sort(Block):
    """The order of the rows."""

    by: Words
    """The name of a column; or ``name``, the names of the profiles."""
    order: Literal["ascending", "descending"] = "ascending"


def _sort(value: Any) -> Any:
    return {"by": value} if isinstance(value, str) else value


class ComputedTable(Block):
    """A table whose figures are those of the profiles: ``- computed: Contaminated area, by band``."""

    kind: ClassVar = "computed"
    label: Line = Field(alias="computed")
    id: Anchor
    of: Words = "all"
    """Whose profiles: all, or the id or the title of a group."""
    where: Annotated[list[Condition], BeforeValidator(_one_or_more, json_schema_input_type=Condition | list[Condition])] = Field(
        default_factory=list
    )
    """Conditions that all the profiles in the table meet."""
    row_head: Line | None = None
    """What stands over the names of the rows."""
    group_by: FieldPath | None = None
    """A field: the table has one row for each of its values, with sums, in place of one for each profile."""
    heads: FieldPath | None = None
    """A field: the profiles stand under heads, one for each of its values."""
    order: list[Words] = Field(default_factory=list)
    """The values of ``group-by`` or ``heads`` in the order of print; those left out follow."""
    columns: Annotated[list[Column], Field(min_length=1)]
    totals: Flag = False
    sort: Annotated[Sort, BeforeValidator(_sort, json_schema_input_type=str | Sort)] | None = None
    """Left out, the order of the volume."""
    top: Annotated[int, _whole(1, 999, "10"), WithJsonSchema({"type": "integer", "minimum": 1})] | None = None
    """How many rows are printed; the others are added up in one, where there are totals."""
    notes: dict[Label, Text] = Field(default_factory=dict)
    """Notes to this table, printed under it: called in its label and in the heads of its columns."""
    note_marks: Literal["letters", "asterisks"] = "letters"
    summary: Words | None = None
    """What the table holds in one line, for readers who do not see it; left out, it is made from the figures."""

    @model_validator(mode="after")
    def _fits(self) -> ComputedTable:
        if self.group_by and self.heads:
            raise wrong(
                "M015", "The table has both group-by and heads.", "group-by makes a row of each value, heads a head: keep one of them."
            )
        if self.order and not self.group_by and not self.heads:
            raise wrong("M015", "An order is given, and nothing that has one.", "Add group-by or heads; to order the profiles, write sort.")
        if self.top and self.heads:
            raise wrong("M015", "The table has both heads and top.", "Keep one of them.")
        by_profile = [column.show for column in self.columns if column.show in ("count", "names") or column.field is None]
        if by_profile and not self.group_by:
            raise wrong(
                "M015", f"A column with show: {by_profile[0]} needs group-by.", "Each row is one profile here: there is nothing to count."
            )
        return self
