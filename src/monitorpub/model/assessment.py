"""The assessment of a programme: the scores by criterion with their weights, the average and the band of each year."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from monitorpub.model.keydata import Block
from monitorpub.model.means import to_one_decimal, weighted_mean
from monitorpub.model.scalars import MAX_DIGITS, NUMBER, Line, Text, Year, shown, wrong
from monitorpub.model.scoring import BANDS, band

NAMES = tuple(name for _, name in reversed(BANDS))
"""The bands from the lowest to the highest."""

HIGHEST = 10
"""Scores, and so averages, go from 0 to this."""

MOST_YEARS = 4
"""The columns of scores beside which a commentary has room for its longest words."""

WITH_COMMA = re.compile("-?[0-9]+,[0-9,.]*")
"""A number with a decimal comma or with thousands: none of those here has thousands, and 0,005 would be five."""


def _number(value: Any, what: str, hint: str, highest: int) -> Decimal:
    text = str(value)
    if isinstance(value, (dict, list, bool)) or value is None or not NUMBER.fullmatch(text) or len(text) > MAX_DIGITS or "," in text:
        comma = isinstance(value, str) and WITH_COMMA.fullmatch(text)
        raise wrong(
            "M004", f"{what} is expected here, and this is {shown(value)}.", "Decimals are written with a point: 6.3" if comma else hint
        )
    number = Decimal(text)
    if not 0 <= number <= highest:
        raise wrong("M015", f"{what} goes from 0 to {highest}, and this is {text}.", hint)
    return number


def _score(value: Any) -> Decimal | None:
    return None if value is None else _number(value, "A score", f"A score is a number from 0 to {HIGHEST}: 7", HIGHEST)


def _average(value: Any) -> Decimal:
    return _number(value, "An average", "An average has one decimal: 6.3", HIGHEST)


def _percent(value: Any) -> Decimal:
    number = _number(value, "A weight", "The weight is in per cent of the whole, without the sign: 20", 100)
    if not number:
        raise wrong("M015", "A weight is above 0.", "Delete the criterion if it counts for nothing.")
    return number


def _band(value: Any) -> str:
    name = " ".join(str(value).split()).lower()
    if name not in NAMES:
        allowed = ", ".join(NAMES)
        hint = "It is written in English; the layout prints it in the language of the profile."
        raise wrong("M009", f"One of these is expected here: {allowed}; and this is {shown(value)}.", hint)
    return name


def _schema(lowest: str, highest: int) -> WithJsonSchema:
    return WithJsonSchema({"type": "number", lowest: 0, "maximum": highest})


Score = Annotated[Any, BeforeValidator(_score), WithJsonSchema({"type": ["number", "null"], "minimum": 0, "maximum": HIGHEST})]
"""None where a criterion was not scored: ``2018: ~``."""
Average = Annotated[Any, BeforeValidator(_average), _schema("minimum", HIGHEST)]
Percent = Annotated[Any, BeforeValidator(_percent), _schema("exclusiveMinimum", 100)]
Band = Annotated[str, BeforeValidator(_band), WithJsonSchema({"type": "string", "description": ", ".join(NAMES)})]


class Criterion(Block):
    """A criterion: its name, its weight in per cent, its score in each year (none where it was not scored), and what is said of them."""

    name: Line
    weight: Percent
    scores: dict[Year, Score] = Field(default_factory=dict)
    commentary: Text | None = None


class Assessment(Block):
    """The scores of a programme in one year or several, the first of them printed first."""

    years: Annotated[list[Year], Field(min_length=1, json_schema_extra={"maxItems": MOST_YEARS})]
    criteria: Annotated[list[Criterion], Field(min_length=1)]
    average: dict[Year, Average] = Field(default_factory=dict)
    """As it is printed; the mean of the scores where it is left out."""
    band: dict[Year, Band] = Field(default_factory=dict)
    """As it is printed; the band of the average where it is left out."""

    def mean(self, year: int) -> Decimal | None:
        """The mean of the scores of a year by their weights, exactly; None where a criterion has no score."""
        scores = [criterion.scores.get(year) for criterion in self.criteria]
        known = [score for score in scores if score is not None]
        return weighted_mean(known, [criterion.weight for criterion in self.criteria]) if len(known) == len(scores) else None

    def average_of(self, year: int) -> Decimal | None:
        """The average of a year: the one that was typed, or the mean to one decimal."""
        mean = self.mean(year)
        return self.average.get(year, None if mean is None else to_one_decimal(mean))

    def band_of(self, year: int, edition: int | None = None) -> str | None:
        """The band of a year: the one that was typed, or that of the average."""
        average = self.average_of(year)
        return self.band.get(year, None if average is None else band(average, edition))
