"""What a column finds in a profile: a figure that can be counted with, words that cannot, or nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from monitorpub.facts import MISSING, Facts, Row, field
from monitorpub.figures import SQUARE_METRES, WITHOUT_SIGN, converted, convertible, decimals_of, rounded
from monitorpub.model.computed import Column, year_of

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_YEAR = re.compile(r"(?:19|20|21)[0-9]{2}")
_ESTIMATE = re.compile(r"\s*\([^()]*\)$")
CONVERTED_DECIMALS = 2
"""How many decimals a converted figure has at most, where the column says nothing."""


@dataclass(frozen=True)
class Value:
    """The value of a field in one profile."""

    number: Decimal | None = None
    """What is added up, ranked and compared; None where there is no exact figure."""
    words: str = ""
    """What is printed in place of a figure."""
    unit: str = "count"
    year: int | None = None
    """The year of the value, where it is known."""
    estimated_by: str = ""
    bound: Decimal | None = None
    """The number in words such as "at least 400 km²": they are sorted by it, and nothing else."""

    @property
    def reported(self) -> bool:
        """Whether there is anything to print."""
        return self.number is not None or bool(self.words)


NOTHING = Value()


@dataclass(frozen=True)
class Series:
    """What a column finds in all profiles, in one unit."""

    values: tuple[Value, ...]
    before: tuple[Value, ...]
    """For a change: the values that it is compared with."""
    unit: str
    figures: bool
    """Whether the field holds figures, or could: where nothing at all was reported, nothing says that it holds words."""
    decimals: int | None
    """How many decimals are printed at most."""


def value_of(facts: Facts, path: str, year: int | None) -> Value:
    """The value of a field in a year; ``None`` is the newest year that the profile reports."""
    block = _block(facts, path)
    if block.get("kind") == "contamination" and path.endswith(".area"):
        return _area(block)
    found = field(facts, path)
    if isinstance(found, Row):
        if year is not None:
            text = found.values.get(str(year))
        else:
            year, text = found.newest() or (None, None)
        return _value(text, found.unit, year)
    if found is MISSING or found is None:
        return NOTHING
    words = ", ".join(found) if isinstance(found, tuple) else found
    return Value(words=words, year=_year(block) if not path.endswith(".year") else None)


def _block(facts: Facts, path: str) -> Any:
    node: Any = facts
    for step in path.split(".")[:2]:
        node = node.get(step, {}) if isinstance(node, dict) else {}
    return node if isinstance(node, dict) else {}


def _value(text: str | None, unit: str, year: int | None) -> Value:
    if text is None:
        return NOTHING
    unit = "count" if unit in WITHOUT_SIGN else unit
    if _NUMBER.fullmatch(text):
        return Value(Decimal(text), unit=unit, year=year)
    return Value(words=text, unit=unit, year=year)


def _area(block: Any) -> Value:
    """The area of a contamination statement.  Only an exact figure is one: a limit or a band is shown as it is stated and never counted."""
    year, who = _year(block), block["estimated-by"] or ""
    words = _ESTIMATE.sub("", block["value"]) if who else block["value"]
    number = Decimal(block["area"]) if block["area"] is not None else None
    if number is None or block["extent"] != "figure":
        return Value(None, words, block["unit"], year, who, bound=number)
    return Value(number, words if block["band"] == "none" else "", block["unit"], year, who)


def _year(block: Any) -> int | None:
    return int(block["year"]) if block.get("year") else None


def values_of(column: Column, profiles: list[Facts], edition: int) -> tuple[list[Value], list[Value]]:
    """The values of a column in all profiles; and, for a change, those of the year before or of ``since``."""
    path = column.field or ""
    year = year_of(column.year, edition)
    values = [value_of(one, path, year) for one in profiles]
    if not any(isinstance(field(one, path), Row) for one in profiles):
        values = _as_figures(values, path)
    if not column.show.startswith("change"):
        return values, []
    since = year_of(column.since, edition) if column.since is not None else None
    years = [_year_before(value, since) for value in values]
    return values, [value_of(one, path, then) if then else NOTHING for one, then in zip(profiles, years, strict=True)]


def _year_before(value: Value, since: int | None) -> int | None:
    """The year with which a value is compared; None where its own, the latest that a profile reports, is not later than ``since``."""
    if since is None:
        return value.year - 1 if value.year else None
    return None if value.year is not None and value.year <= since else since


def _as_figures(values: list[Value], path: str) -> list[Value]:
    """Facts that are all numbers are figures; years among them, and anything beside words, stay as typed."""
    typed = [value.words for value in values if value.words and value.number is None]
    plain = all(_NUMBER.fullmatch(words) for words in typed) and not all(_YEAR.fullmatch(words) for words in typed)
    if not typed or not plain or path == "edition":
        return values
    return [Value(Decimal(value.words)) if value.words and value.number is None else value for value in values]


def in_one_unit(column: Column, values: list[Value], before: list[Value]) -> Series | tuple[str, str]:
    """The values in the unit of the column; or the two units of which one cannot be converted into the other."""
    exact = [value for value in (*values, *before) if value.number is not None]
    # Words stand in the table as they are, whatever the unit; a row of words that has no figure at all has no unit either.
    units = list(dict.fromkeys(value.unit for value in exact if value.words == ""))
    target: str = column.unit or (
        "km²" if len(units) > 1 and all(unit in SQUARE_METRES for unit in units) else units[0] if units else "count"
    )
    wrong = next((unit for unit in units if not convertible(unit, target)), None)
    if wrong is not None:
        return wrong, target
    changed = any(unit != target for unit in units)
    decimals = column.decimals
    if decimals is None and changed:
        decimals = max(
            CONVERTED_DECIMALS, *(decimals_of(value.number) for value in exact if value.number is not None and value.unit == target), 0
        )
    return Series(
        tuple(_in_unit(value, target) for value in values),
        tuple(_in_unit(value, target) for value in before),
        target,
        bool(exact) or any(value.bound is not None for value in values) or not any(value.words for value in values),
        decimals,
    )


def _in_unit(value: Value, target: str) -> Value:
    if value.unit == target or not convertible(value.unit, target):
        return value
    number, bound = (converted(one, value.unit, target) if one is not None else None for one in (value.number, value.bound))
    return Value(number, value.words, target, value.year, value.estimated_by, bound)


def shown(number: Decimal, decimals: int | None, *, fixed: bool = False) -> tuple[str, Decimal]:
    """The sign before a printed number, and the number: what would be rounded to nothing is ``<0.1``.

    A number that was computed by division has ``fixed`` decimals; others have no more than the figures they come from.
    """
    out = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) if fixed and decimals is not None else rounded(number, decimals)
    if out == 0 and number > 0 and decimals is not None:
        return "<", Decimal(1).scaleb(-decimals)
    return "", out
