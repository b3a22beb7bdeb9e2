"""The assessment of a programme as it is printed: figures in the locale's form, bands in the words of the layout."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from monitorpub.figures import format_number
from monitorpub.model import Assessment, Criterion, Profile
from monitorpub.number import Numbered
from monitorpub.summaries import with_unit


@dataclass(frozen=True)
class PrintedCriterion:
    """A row: the criterion, its weight with its sign, and its scores in the locale's form ("" where it was not scored)."""

    criterion: Criterion
    weight: str
    scores: tuple[str, ...]


@dataclass(frozen=True)
class PrintedAssessment:
    """An assessment ready for the template."""

    assessment: Assessment
    years: tuple[int, ...]
    rows: tuple[PrintedCriterion, ...]
    averages: tuple[str, ...]
    band: str
    """The band of the first year, those of the others with their years in brackets; without it, the others alone."""


def printed_assessment(numbered: Numbered, words: Mapping[str, str]) -> PrintedAssessment | None:
    """The assessment of a profile as it is printed in its language; None where there is none."""
    written = numbered.written
    if not isinstance(written, Profile) or written.assessment is None:
        return None
    assessment, language = written.assessment, written.language

    def figures(values: Iterator[Decimal | None]) -> tuple[str, ...]:
        return tuple("" if value is None else format_number(value, language) for value in values)

    rows = tuple(
        PrintedCriterion(one, with_unit(format_number(one.weight, language), "%", language), figures(map(one.scores.get, assessment.years)))
        for one in assessment.criteria
    )
    bands = {year: _band(assessment.band_of(year, written.edition), words) for year in assessment.years}
    averages = figures(map(assessment.average_of, assessment.years))
    return PrintedAssessment(assessment, tuple(assessment.years), rows, averages, _bands(bands, words))


def _band(name: str | None, words: Mapping[str, str]) -> str:
    return words.get(f"assessment-band-{name.replace(' ', '-')}", name) if name else ""


def _bands(bands: Mapping[int, str], words: Mapping[str, str]) -> str:
    """``Average (2018: Poor; 2017: Poor)``; with their years alone, where the first year has no band."""
    (_, first), *others = bands.items()
    of_year, joint = words.get("assessment-band-of-year", "{year}: {band}"), words.get("assessment-bands-joint", "; ")
    joined = joint.join(of_year.replace("{year}", str(year)).replace("{band}", band) for year, band in others if band)
    if not first or not joined:
        return first or joined
    return words.get("assessment-bands", "{band} ({others})").replace("{band}", first).replace("{others}", joined)
