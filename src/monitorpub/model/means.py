"""Means: of scores, and of the rows that an average names."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

TENTH = Decimal("0.1")


def weighted_mean(numbers: Sequence[Decimal], weights: Sequence[Decimal]) -> Decimal:
    """The mean, where each number counts as often as its weight says."""
    return sum((n * w for n, w in zip(numbers, weights, strict=True)), Decimal(0)) / sum(weights, Decimal(0))


def to_one_decimal(value: Decimal) -> Decimal:
    """To one decimal; five hundredths are rounded up."""
    return value.quantize(TENTH, ROUND_HALF_UP)


def rounds_to(value: Decimal, printed: Decimal) -> bool:
    """Whether a printed number is the value, rounded to the decimals that it is printed with."""
    return abs(value - printed) <= Decimal(5).scaleb(int(printed.as_tuple().exponent) - 1)
