"""D102: a table whose newest year is older than the data of the edition."""

from __future__ import annotations

from collections.abc import Iterator

from monitorpub.checking.fields import field_hit, tables
from monitorpub.checking.manuscript import Manuscript
from monitorpub.checking.rule import Hit, Rule, Severity


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """Tables without a column for the year before the edition, or for the edition's own."""
    for source, table, steps in tables(manuscript):
        years = table.year_columns()
        if manuscript.edition is None or not years or max(years) >= manuscript.edition - 1:
            continue
        newest, data_year = max(years), manuscript.edition - 1
        message = f"The newest column of this table is {newest}; the edition of {manuscript.edition} reports on {data_year}."
        hint = f"Add the figures of {data_year}; null, where they were not reported."
        if table.years is not None:
            yield field_hit(source, (*steps, "years", table.years.index(newest)), message, hint)
            continue
        below = next(below for row, _, below in table.all_rows() if newest in row.values)
        yield field_hit(source, (*steps, *below, "values", newest), message, hint, key=True)


RULE = Rule(
    code="D102",
    name="old-figures",
    severity=Severity.WARNING,
    what="A table by years whose newest column is older than the year before the edition.",
    why="It was taken over from last year and not brought up to date.",
    example="edition: 2025, and a table with the years 2023 and 2022",
    instead="Add the column of the edition's year of data; null, where nothing was reported.",
    check=find,
)
