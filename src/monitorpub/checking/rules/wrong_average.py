"""D101: an average that is not the mean of its rows."""

from __future__ import annotations

from collections.abc import Iterator

from monitorpub.checking.fields import assessed, field_hit, tables
from monitorpub.checking.manuscript import Manuscript
from monitorpub.checking.rule import Hit, Rule, Severity
from monitorpub.model.means import rounds_to, to_one_decimal


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """Averages that were typed and are not what their rows come to."""
    for source, table, steps in tables(manuscript):
        for row, _, below in table.all_rows():
            for year, cell in row.values.items() if row.average is not None else ():
                mean = table.mean(row, year)
                if mean is not None and cell.number is not None and not rounds_to(mean, cell.number):
                    message = f"The average for {year} is {cell.number}, and the mean of its rows is {to_one_decimal(mean)}."
                    yield field_hit(source, (*steps, *below, "values", year), message)
    yield from _of_assessment(manuscript)


def _of_assessment(manuscript: Manuscript) -> Iterator[Hit]:
    for source, _, assessment in assessed(manuscript):
        for year, printed in assessment.average.items():
            mean = assessment.mean(year)
            if mean is not None and printed != to_one_decimal(mean):  # rounded otherwise, it may be in another band
                message = f"The average for {year} is {printed}, and the mean of its scores by their weights is {to_one_decimal(mean)}."
                yield field_hit(source, ("assessment", "average", year), message)


RULE = Rule(
    code="D101",
    name="wrong-average",
    severity=Severity.ERROR,
    what="A figure in a row with “average” that is not the mean of the rows it names, rounded to the decimals it is typed with; "
    "and an average of an assessment that is not the mean of its scores by their weights, to one decimal, five hundredths "
    "rounded up. "
    "Years in which one of them has no figure are let pass.",
    why="The average decides the band and the rank of a programme.",
    example="average: [a, b, c], and the scores 2, 1 and 1 have the average 1.5",
    instead="Correct the average or the scores; or leave the figure out, and the mean is printed.",
    check=find,
)
