"""Key data: facts, lists, the contamination statement, and series tables (values by year)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator

from monitorpub.model.contamination import Statement
from monitorpub.model.means import to_one_decimal, weighted_mean
from monitorpub.model.scalars import Anchor, Cell, Flag, Identifier, Label, Line, SeriesCell, Text, Weights, Words, Year, wrong


class Block(BaseModel):
    """The base of all that a profile holds: fields are written with hyphens, unknown ones are errors."""

    model_config = ConfigDict(extra="forbid", alias_generator=lambda name: name.replace("_", "-"), arbitrary_types_allowed=True)


class Fact(Block):
    """A label and a value: ``- fact: Article 5 deadline`` with ``value: 1 March 2028``."""

    kind: ClassVar = "fact"
    label: Line = Field(alias="fact")
    value: Line
    id: Identifier | None = None


class ListOfThings(Block):
    """A label and its items: ``- list: National operators`` with ``items: [...]``; ``items: []`` prints "None"."""

    kind: ClassVar = "list"
    label: Line = Field(alias="list")
    items: list[Line]
    id: Identifier | None = None


class ContaminationEntry(Block):
    """A label and a contamination statement: ``- contamination: AP mine contamination`` with ``value: Heavy, 25 km²``."""

    kind: ClassVar = "contamination"
    label: Line = Field(alias="contamination")
    value: Statement
    id: Identifier | None = None
    year: Year | None = None
    """The year for whose end it is stated; left out, the year that the edition reports.  Computed tables mark another one."""


Unit = Literal["km²", "m²", "count", "%", "text"]


class Row(Block):
    """A row of a series table: values by year; ``null`` is "Not reported"."""

    id: Identifier
    label: Line
    unit: Unit | None = None
    values: dict[Year, SeriesCell] = Field(default_factory=dict)
    total: Annotated[list[Identifier], Field(min_length=1)] | None = None
    """The rows of which this one is the sum: computed where ``values`` has no number, checked where it has."""
    average: Weights | None = None
    """The rows of which this one is the mean, each with its weight: computed and checked as a total is."""

    @model_validator(mode="after")
    def _one_of(self) -> Row:
        if self.total is not None and self.average is not None:
            raise wrong("M015", "The row is both a total and an average.", "Delete one of the two fields.")
        return self


class RowGroup(Block):
    """Rows under a head of their own, with their unit."""

    head: Line
    unit: Unit | None = None
    rows: Annotated[list[Row], Field(min_length=1)]


class SeriesTable(Block):
    """A table of values by year, newest first."""

    kind: ClassVar = "table"
    label: Line = Field(alias="table")
    id: Anchor
    unit: Unit | None = None
    """Left out, it is ``count`` where every value is a number, and ``text`` elsewhere."""
    years: Annotated[list[Year], Field(min_length=1)] | None = None
    rows: Annotated[list[Row], Field(min_length=1)] | None = None
    groups: Annotated[list[RowGroup], Field(min_length=1)] | None = None
    change: Flag = False
    """Whether one more column shows the change between the two newest years."""
    notes: dict[Label, Text] = Field(default_factory=dict)
    """Notes to this table, printed under it: called by ``[^label]`` in its cells, in a series of their own."""
    note_marks: Literal["letters", "asterisks"] = "letters"
    summary: Words | None = None
    """What the table holds in one line, for readers who do not see it; left out, it is made from the figures."""

    @model_validator(mode="after")
    def _one_of(self) -> SeriesTable:
        if self.rows is None and self.groups is None:
            raise wrong("M002", "The table has no rows.", "Add the field rows; or groups, for rows under different heads.")
        if self.rows is not None and self.groups is not None:
            raise wrong("M015", "The table has both rows and groups.", "Move the rows into a group, with a head of their own.")
        return self

    def change_years(self) -> tuple[int, int] | None:
        """The two newest years, between which the change is shown; None where it is not asked for, or where there are no two."""
        years = sorted(self.year_columns(), reverse=True)[:2]
        return (years[0], years[1]) if self.change and len(years) == 2 else None

    def change_in(self, row: Row) -> Decimal | None:
        """The change of a row between the two newest years; None where one of them was not reported."""
        years = self.change_years()
        numbers = [self.cell(row, year).number for year in years or ()]
        return numbers[0] - numbers[1] if len(numbers) == 2 and numbers[0] is not None and numbers[1] is not None else None

    def row_groups(self) -> list[RowGroup]:
        """The groups; rows without groups make one, under the title of the table."""
        if self.groups is not None:
            return self.groups
        return [RowGroup.model_construct(head=None, unit=None, rows=self.rows or [])]

    def unit_of(self, group: RowGroup) -> str:
        """The unit of a group: its own, the table's, or what its values show."""
        values = [cell for row in group.rows for cell in row.values.values()]
        counted = all(not cell.worded for cell in values) and any(cell.reported for cell in values)
        return group.unit or self.unit or ("count" if counted else "text")

    def all_rows(self) -> Iterator[tuple[Row, str, tuple[str | int, ...]]]:
        """Each row with its unit and its path below the table."""
        for index, group in enumerate(self.row_groups()):
            base: tuple[str | int, ...] = ("groups", index, "rows") if self.groups is not None else ("rows",)
            for number, row in enumerate(group.rows):
                yield row, row.unit or self.unit_of(group), (*base, number)

    def year_columns(self) -> list[int]:
        """The years, newest first, or as ``years`` says."""
        if self.years is not None:
            return list(self.years)
        return sorted({year for row, _, _ in self.all_rows() for year in row.values}, reverse=True)

    def cell(self, row: Row, year: int) -> Cell:
        """The value of a row in a year; totals are computed, parts that are not reported stay out of the sum.

        Averages are computed to one decimal, where all their parts are reported.  Calls typed in such a cell stay behind its number.
        """
        given = row.values.get(year)
        if (row.total is None and row.average is None) or (given is not None and (given.reported or given.worded)):
            return given or Cell(None, None)
        calls = (given.text, given.calls) if given is not None else (None, "")
        if row.average is None:
            return Cell(self.total(row, year), *calls)
        mean = self.mean(row, year)
        return Cell(None if mean is None else to_one_decimal(mean), *calls)

    def total(self, row: Row, year: int) -> Decimal | None:
        """The sum of the rows a total names, or None when none of them is reported."""
        numbers = self.parts(row, year)
        return sum(numbers, Decimal(0)) if numbers else None

    def mean(self, row: Row, year: int) -> Decimal | None:
        """The mean of the rows an average names, or None where one of them is not reported."""
        rows = {r.id: r for r, _, _ in self.all_rows() if r.average is None}
        weights = row.average or {}
        numbers = [self.cell(rows[name], year).number if name in rows else None for name in weights]
        known = [number for number in numbers if number is not None]
        return weighted_mean(known, list(weights.values())) if known and len(known) == len(numbers) else None

    def parts(self, row: Row, year: int, above: tuple[str, ...] = ()) -> list[Decimal]:
        """The reported numbers that a total adds up; a total among its rows stands for its own rows where it has no number."""
        rows = {r.id: r for r, _, _ in self.all_rows()}
        numbers: list[Decimal] = []
        for part in (rows[name] for name in row.total or [] if name in rows and name not in above):
            given = part.values.get(year)
            if given is not None and given.number is not None:
                numbers.append(given.number)
            elif part.total is not None and (given is None or not given.worded):
                numbers += self.parts(part, year, (*above, row.id))
        return numbers


FORMS = ("fact", "list", "contamination", "table")
"""The field that says what an entry of the key data is."""


def form_of(value: Any) -> str | None:
    """The form of an entry of the key data, by the first of these fields that it has."""
    if isinstance(value, dict):
        return next((form for form in FORMS if form in value), None)
    return getattr(value, "kind", None)


KeyDatum = Annotated[
    Annotated[Fact, Tag("fact")]
    | Annotated[ListOfThings, Tag("list")]
    | Annotated[ContaminationEntry, Tag("contamination")]
    | Annotated[SeriesTable, Tag("table")],
    Discriminator(form_of),
]
