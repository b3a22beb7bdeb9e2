"""D108: a band that the average is not in."""

from __future__ import annotations

from collections.abc import Iterator

from monitorpub.checking.fields import assessed, field_hit
from monitorpub.checking.manuscript import Manuscript
from monitorpub.checking.rule import Hit, Rule, Severity
from monitorpub.model.scoring import band


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """Bands that were typed and do not fit the average that is printed."""
    for source, written, assessment in assessed(manuscript):
        for year, name in assessment.band.items():
            average = assessment.average_of(year)
            right = name if average is None else band(average, written.edition)
            if right != name:
                message = f"The band for {year} is {name}, and an average of {average} is {right}."
                yield field_hit(source, ("assessment", "band", year), message, f"Write {right}, or correct the average or the scores.")


RULE = Rule(
    code="D108",
    name="wrong-band",
    severity=Severity.ERROR,
    what="A band of an assessment that is not the one of its average: very poor up to 3.9, poor from 4.0, average from 5.0, good from 7.0, "
    "very good from 8.0; in the edition of 2014 all from 7.0 are good.",
    why="The band is what is quoted of a profile.",
    example="average: {2019: 4.9}, and band: {2019: Average}",
    instead="Correct the band, or the average or the scores; or leave the band out, and that of the average is printed.",
    check=find,
)
