"""Figures as tables print them: separators of the language, signs, white that keeps points under each other, and units of area."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

FIGURE_SPACE, POINT_SPACE = "\u2007", "\u2008"
"""As wide as a tabular figure, and as wide as a point: they hold the column where a number has fewer decimals."""

MINUS = "\u2212"
"""The sign of a negative number, as wide as a figure; what is typed is a hyphen."""

DASH = "\u2013"
"""What stands where there is nothing to compute from."""

SQUARE_METRES = {"m²": Decimal(1), "ha": Decimal(10_000), "km²": Decimal(1_000_000)}
"""Units of area, in m²."""

WITHOUT_SIGN = ("count", "text")
"""Units that are not printed."""


def format_number(value: Decimal, language: str, *, plus: bool = False) -> str:
    """A number with the locale's separators and as many decimals as it has (CLDR); with ``plus``, a sign before any but zero."""
    sign = MINUS if value < 0 else "+" if plus and value > 0 else ""
    return sign + f"{abs(value):,.{decimals_of(value)}f}".translate(_separators(language))


@lru_cache(maxsize=64)
def _separators(language: str) -> dict[int, str]:
    """The locale's signs for thousands and decimals, in place of the comma and the point; Babel is asked once."""
    from babel import Locale, UnknownLocaleError
    from babel.numbers import get_decimal_symbol, get_group_symbol

    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    return {ord(","): get_group_symbol(locale), ord("."): get_decimal_symbol(locale)}


def decimals_of(value: Decimal) -> int:
    """How many decimals a number has."""
    return max(0, -int(value.as_tuple().exponent))


def rounded(value: Decimal, decimals: int | None) -> Decimal:
    """To so many decimals at most; five is rounded up.  A number with fewer stays as exact as it was given."""
    if decimals is None or decimals_of(value) <= decimals:
        return value
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def padding(decimals: int, longest: int) -> str:
    """The white behind a figure whose column has longer runs of decimals."""
    if not longest:
        return ""
    return FIGURE_SPACE * (longest - decimals) + ("" if decimals else POINT_SPACE)


def total(numbers: Iterable[Decimal]) -> Decimal | None:
    """The sum; None where there is nothing to add up, which is not zero."""
    known = list(numbers)
    return sum(known, Decimal(0)) if known else None


def convertible(unit: str, target: str) -> bool:
    """Whether figures of one unit can be given in the other."""
    return unit == target or (unit in SQUARE_METRES and target in SQUARE_METRES)


def converted(value: Decimal, unit: str, target: str) -> Decimal:
    """A figure in another unit: m², ha and km² into each other, exactly.  Raises KeyError where that cannot be."""
    if unit == target:
        return value
    exact = value * SQUARE_METRES[unit] / SQUARE_METRES[target]
    return exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact.normalize()
