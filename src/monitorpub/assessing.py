"""What contradicts itself in the assessment of a programme: years, weights, scores that are not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from monitorpub.diagnostics import Diagnostic
from monitorpub.model.assessment import MOST_YEARS, Assessment
from monitorpub.model.scoring import FIRST_WEIGHTED, weights_of
from monitorpub.source import Source

HUNDRED = Decimal(100)


def of_assessment(source: Source, values: dict[str, Any]) -> Iterator[Diagnostic]:
    """What contradicts itself in the field ``assessment`` of a profile: M002 and M015."""
    try:
        assessment = Assessment.model_validate(values["assessment"])
    except (KeyError, ValidationError):
        return  # there is none; or it is said with the fields
    years, base = assessment.years, ("assessment",)
    for index, year in enumerate(years):
        if year in years[:index]:
            yield source.at("M015", f"The year {year} stands here for the second time.", (*base, "years", index), "Delete one of the two.")
    if len(years) > MOST_YEARS:
        hint = "More columns leave no room for the commentary: delete the years that were scored the longest ago, and their scores."
        message = f"An assessment has {MOST_YEARS} years at most, and this is one more."
        yield source.at("M015", message, (*base, "years", MOST_YEARS), hint)
    for name, by_year in (("average", assessment.average), ("band", assessment.band)):
        yield from _unknown(source, (*base, name), by_year, years)
    for index, criterion in enumerate(assessment.criteria):
        here = (*base, "criteria", index, "scores")
        yield from _unknown(source, here, criterion.scores, years)
        for year in years:
            if year not in criterion.scores:
                hint = f"Add it: {year}: 6. Where it was not scored, type {year}: ~"
                yield source.at("M002", f"The score for {year} is missing here.", here, hint, key=True)
    total = sum((criterion.weight for criterion in assessment.criteria), Decimal(0))
    if total != HUNDRED:
        scheme = ", ".join(str(weight) for weight in weights_of(FIRST_WEIGHTED))
        hint = f"Ten equal criteria have 10 each; the seven criteria from {FIRST_WEIGHTED} on have {scheme}."
        path = (*base, "criteria", len(assessment.criteria) - 1, "weight")
        yield source.at("M015", f"The weights add up to {total}, and not to 100.", path, hint)


def _unknown(source: Source, path: tuple[str | int, ...], by_year: Mapping[int, Any], years: list[int]) -> Iterator[Diagnostic]:
    for year in by_year:
        if year not in years:
            message = f"The value for {year} would be lost: {year} is not one of the years of the assessment."
            yield source.at("M015", message, (*path, year), f"Add {year} to the field years, or delete the value.", key=True)
