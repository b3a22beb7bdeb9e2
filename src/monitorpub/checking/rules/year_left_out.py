"""D104: a year that other rows of the table have and this one leaves out."""

from __future__ import annotations

from collections.abc import Iterator

from monitorpub.checking.fields import field_hit, tables
from monitorpub.checking.manuscript import Manuscript
from monitorpub.checking.rule import Hit, Rule, Severity


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """Rows without a value for a year of their table; totals and averages are computed."""
    for source, table, steps in tables(manuscript):
        columns = table.year_columns()
        for row, _, below in table.all_rows():
            missing = [str(year) for year in columns if year not in row.values]
            if not missing or row.total is not None or row.average is not None:
                continue
            years = " and ".join([", ".join(missing[:-1]), missing[-1]] if len(missing) > 1 else missing)
            hint = f"Write {{{', '.join(f'{year}: null' for year in missing)}}} if it was not reported; else give the figure."
            path = (*steps, *below, "values") if row.values else (*steps, *below, "id")
            yield field_hit(source, path, f"This row leaves out {years}, for which “Not reported” is printed.", hint, key=bool(row.values))


RULE = Rule(
    code="D104",
    name="year-left-out",
    severity=Severity.WARNING,
    what="A row that has no value for a year that its table prints. Totals and averages are computed and let pass.",
    why="“Not reported” is printed, and nobody has said so: the figure may have been forgotten.",
    example="{id: survey, label: Survey, values: {2024: 1.5}} beside a row with 2024 and 2023",
    instead="Write null for a year that was not reported; else give the figure.",
    check=find,
)
