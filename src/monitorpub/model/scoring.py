"""The scores of a programme: weights of the criteria, the average, the band.

Performance up to 2017 is scored by ten equal criteria, from 2018 by seven with weights.  Scores go from 0 to 10.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from monitorpub.model.means import to_one_decimal, weighted_mean

CRITERIA: dict[str, int] = {
    "understanding of contamination": 20,
    "national ownership and programme management": 10,
    "gender and diversity": 10,
    "information management and reporting": 10,
    "planning and tasking": 10,
    "land release system": 20,
    "land release outputs and Article 5 compliance": 20,
}
"""The seven criteria and their weights in per cent."""

FIRST_WEIGHTED = 2018
"""The first year of performance that is scored by the seven criteria."""

BANDS: tuple[tuple[Decimal, str], ...] = (
    (Decimal("8.0"), "very good"),
    (Decimal("7.0"), "good"),
    (Decimal("5.0"), "average"),
    (Decimal("4.0"), "poor"),
    (Decimal("0"), "very poor"),
)
"""The lowest average of each band."""

WITHOUT_VERY_GOOD = 2014
"""The edition in which the best band was good."""


def weights_of(year: int) -> tuple[int, ...]:
    """The weights of the criteria by which the performance of a year is scored."""
    return tuple(CRITERIA.values()) if year >= FIRST_WEIGHTED else (1,) * 10


def average(scores: Sequence[int | Decimal], weights: Sequence[int | Decimal] = ()) -> Decimal:
    """The average of scores, to one decimal; without weights all count alike.  Raises ``ValueError`` where the scores cannot be."""
    if not scores or (weights and len(weights) != len(scores)):
        raise ValueError(f"{len(scores)} scores and {len(weights)} weights")
    numbers = [Decimal(score) for score in scores]
    if not all(0 <= number <= 10 for number in numbers):
        raise ValueError("scores go from 0 to 10")
    return to_one_decimal(weighted_mean(numbers, [Decimal(weight) for weight in weights or (1,) * len(scores)]))


def band(value: Decimal, edition: int | None = None) -> str:
    """The band of an average, in the words of its edition."""
    name = next(name for lowest, name in BANDS if to_one_decimal(value) >= lowest)
    return "good" if name == "very good" and edition == WITHOUT_VERY_GOOD else name
