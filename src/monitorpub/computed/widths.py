"""How the columns of a computed table share the width: each has what its figures and the words of its head need, names have the rest.

Widths are counted in figures, as in ``monitorpub.columns``, whose settings are used: wide, close, tight.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from monitorpub.columns import COLUMN, GAPS, TIGHT_COLUMN, width

NAMES = 16.0
"""Figures that the names of rows have at the least, if one of them is so long."""
ROOMY = 12.0
"""Figures beyond which a column of figures is not widened."""
LINES = 3
"""Over how many lines a head may run."""


@dataclass(frozen=True)
class Wanted:
    """What a column holds: its head, its unit and its cells."""

    head: str
    unit: str
    cells: Sequence[str]
    breaks: bool
    """Whether its cells are words that may run over several lines."""


@dataclass(frozen=True)
class Shares:
    """The setting, and the shares of the width in per cent."""

    setting: str
    label: float
    columns: tuple[float, ...]


def shares(names: Sequence[str], columns: Sequence[Wanted]) -> Shares:
    """The shares of the names and of the columns."""
    name = (_words(names), _lines(names) + 1)
    for setting, across in (("wide", COLUMN), ("close", COLUMN), ("tight", TIGHT_COLUMN)):
        gap = GAPS[setting]
        least = [max(_needed(one, setting), _head(one)) + gap for one in columns]
        # Words may take more lines to let the table be wide; figures never do.
        label = min(name[1], max(name[0], NAMES)) if setting == "wide" else max(name[0], min(name[1], NAMES))
        if label + sum(least) <= across or setting == "tight":
            return _spread(setting, across, max(label, 1.0), least, [_wished(one) + gap for one in columns], name[1])
    raise AssertionError("tight is always taken")


def _spread(setting: str, across: float, label: float, least: list[float], wished: list[float], line: float) -> Shares:
    """What is left over goes to the columns in the measure of what they lack, and to the names."""
    need = [max(wish - low, 0.0) for wish, low in zip(wished, least, strict=True)]
    lacking = sum(need) + max(line - label, 0.0)
    spare = max(across - label - sum(least), 0.0)
    part = min(1.0, spare / lacking) if lacking else 0.0
    widths = [low + more * part for low, more in zip(least, need, strict=True)]
    if sum(widths) > across * 0.85:  # wider than the page: the audit finds what does not fit
        widths = [one * across * 0.85 / sum(widths) for one in widths]
    columns = tuple(round(100 * one / across, 2) for one in widths)
    return Shares(setting, round(100 - sum(columns), 2), columns)


def _needed(column: Wanted, setting: str) -> float:
    """Figures keep their line; words may be broken, in a wide table over two lines."""
    if not column.breaks:
        return _lines([cell for cell in column.cells if cell[-1:].isdigit()]) if setting != "wide" else _lines(column.cells)
    return max(_words(column.cells), _lines(column.cells) / 2 if setting == "wide" else 0.0)


def _head(column: Wanted) -> float:
    return max(_words([column.head]), width(column.unit) + 2 if column.unit else 0.0, width(column.head) / LINES)


def _wished(column: Wanted) -> float:
    line = _lines([*column.cells, f"{column.head} ({column.unit})"])
    return line if column.breaks else max(min(line, 2 * ROOMY), ROOMY)


def _lines(texts: Sequence[str]) -> float:
    return max((width(text) for text in texts), default=0.0)


def _words(texts: Sequence[str]) -> float:
    return max((width(word) for text in texts for word in text.split(" ")), default=0.0)
