"""The cells of a computed table before they are printed: sums, changes, ranks and shares, and what stays out of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from monitorpub.computed.rows import Line
from monitorpub.computed.values import Series, Value
from monitorpub.figures import total
from monitorpub.model.computed import Column

Mark = tuple[str, str]
"""What a table note says of a figure: ``("year", "2017")``, ``("estimate", "Mine Action Review")``."""


@dataclass(frozen=True)
class Cell:
    """A cell: a number or words, or why there is none."""

    kind: str
    """``number``, ``words``, ``missing``, ``dash``, ``names`` or ``blank``."""
    number: Decimal | None = None
    words: str = ""
    marks: tuple[Mark, ...] = ()
    members: tuple[int, ...] = ()
    """For names: the profiles."""
    bound: Decimal | None = None


BLANK, DASH, MISSING = Cell("blank"), Cell("dash"), Cell("missing")


def cells_of(column: Column, series: Series | None, lines: Sequence[Line], everyone: Sequence[int], reference: int) -> list[Cell]:
    """The cells of a column, for each row.

    ``everyone`` are the profiles of which shares are taken; a value of another year than ``reference`` is marked.
    """
    if column.show == "names":
        return [BLANK if line.is_total else Cell("names", members=line.members) if line.members else DASH for line in lines]
    if column.show == "count" or series is None:
        counts = [_count(series, line.members) for line in lines]
        if column.show == "count":
            return [Cell("number", Decimal(count)) for count in counts]
        return [_share(Decimal(count), Decimal(len(everyone))) for count in counts]
    if column.show == "value":
        return [_value(series, line, reference) for line in lines]
    if column.show == "share":
        whole = _sum(series, everyone)
        return [_share(_sum(series, line.members), whole) for line in lines]
    if column.show == "rank":
        return _ranks([BLANK if line.is_total or line.kind == "others" else _number(_sum(series, line.members)) for line in lines])
    return [_change(series, line, reference, in_percent=column.show == "change-in-percent") for line in lines]


def _count(series: Series | None, members: Sequence[int]) -> int:
    return len(members) if series is None else sum(series.values[index].reported for index in members)


def _sum(series: Series, members: Sequence[int]) -> Decimal | None:
    """The sum of what was reported as a figure; None where nothing was."""
    return total(number for index in members if (number := series.values[index].number) is not None)


def _number(value: Decimal | None) -> Cell:
    return DASH if value is None else Cell("number", value)


def _value(series: Series, line: Line, reference: int) -> Cell:
    if line.adds_up:
        if not series.figures or series.unit == "%":
            return BLANK  # words and percentages are not added up
        found = _sum(series, line.members)
        if found is not None:
            return Cell("number", found)
        silent = line.members and not any(series.values[index].reported for index in line.members)
        return MISSING if silent else DASH  # a limit or a band was reported, and has no sum
    value = series.values[line.members[0]]
    if not value.reported:
        return MISSING
    kind = "words" if value.words else "number"
    return Cell(kind, value.number, value.words, _marks(value, reference), bound=value.bound)


def _marks(value: Value, reference: int) -> tuple[Mark, ...]:
    year = (("year", str(value.year)),) if value.year is not None and value.year != reference else ()
    return (*year, ("estimate", value.estimated_by)) if value.estimated_by else year


def _change(series: Series, line: Line, reference: int, *, in_percent: bool) -> Cell:
    pairs = [(series.values[index].number, series.before[index].number) for index in line.members]
    known = [(now, then) for now, then in pairs if now is not None and then is not None]
    if line.is_total and series.unit == "%":
        return BLANK
    if not known:
        return DASH
    before = sum((then for _, then in known), Decimal(0))
    change = sum((now for now, _ in known), Decimal(0)) - before
    year = (
        ("year", str(value.year)) if not line.adds_up and (value := series.values[line.members[0]]).year not in (None, reference) else None
    )
    marks = (year,) if year else ()
    if not in_percent:
        return Cell("number", change, marks=marks)
    return Cell("number", change / before * 100, marks=marks) if before else DASH


def _share(part: Decimal | None, whole: Decimal | None) -> Cell:
    return DASH if part is None or not whole else Cell("number", part / whole * 100)


def _ranks(cells: list[Cell]) -> list[Cell]:
    """The largest is first; equal figures share a rank, and the one after is left out."""
    numbers = sorted((cell.number for cell in cells if cell.number is not None), reverse=True)
    first: dict[Decimal, int] = {}
    for place, number in enumerate(numbers, 1):
        first.setdefault(number, place)
    return [cell if cell.number is None else Cell("number", Decimal(first[cell.number])) for cell in cells]


@dataclass(frozen=True)
class LeftOut:
    """How many profiles are not in the totals of a column, and why; and of which other years its totals hold figures."""

    unreported: int
    limits: int
    """Those that give a limit only, such as "at least 400 km²"."""
    worded: int
    """Those with a band or other words in place of a figure."""
    years: tuple[int, ...]


def left_out(column: Column, series: Series, members: Sequence[int], reference: int) -> LeftOut:
    """What the totals of a column do not hold, and what they hold of other years."""
    unreported = limits = worded = 0
    years: set[int] = set()
    for index in members:
        value = series.values[index]
        then = series.before[index] if column.show.startswith("change") else value
        inexact = [one for one in (value, then) if one.number is None]
        if any(one.bound is not None for one in inexact):
            limits += 1
        elif any(one.words for one in inexact):
            worded += 1
        elif inexact:
            unreported += 1
        elif value.year is not None and value.year != reference:
            years.add(value.year)
    return LeftOut(unreported, limits, worded, tuple(sorted(years)))
