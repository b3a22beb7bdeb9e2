"""How the columns of a computed table share the width: each has what its figures and the words of its head need, names have the rest.

Widths are counted in figures, as in ``monitorpub.columns``, whose settings are used: wide, close, tight.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from monitorpub.columns import COLUMN, GAPS, TIGHT_COLUMN, width

NAMES = 16.0
"""Figures that the names of rows have at the least, if one of them is so long."""
ROOMY = 12.0
"""Figures beyond which a column of figures is not widened."""
LINES = 3
"""Over how many lines a head may run."""
STRONG = 1.07
"""How much wider the strong letters of heads are."""
WORDY = 22.0
"""Figures beyond which a column of words need not be for a table to be wide: they take more lines."""


@dataclass(frozen=True)
class Wanted:
    """What a column holds: its head, its unit and its cells."""

    head: str
    unit: str
    cells: Sequence[str]
    breaks: bool
    """Whether its cells are words that may run over several lines."""

    @cached_property
    def line(self) -> float:
        """The width of its longest cell on one line."""
        return _lines(self.cells)

    @cached_property
    def word(self) -> float:
        """The width of its longest word."""
        return _words(self.cells)

    @cached_property
    def head_width(self) -> float:
        """The width in which its head stands on a few lines, with the unit unbroken."""
        unit = width(f"({self.unit})") if self.unit else 0.0
        return max(STRONG * _wrapped(self.head.split(" "), LINES), unit)


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
        least = [max(_needed(one, setting), one.head_width) + gap for one in columns]
        # Words may take more lines to let the table be wide; figures never do.
        label = min(name[1], max(name[0], NAMES)) if setting == "wide" else max(name[0], min(name[1], NAMES))
        if label + sum(least) <= across or setting == "tight":
            own = min(name[1], NAMES) if any(one.breaks for one in columns) else name[1]  # beside words, a long name takes two lines
            first = [own, *(_line_of(one) + gap for one in columns)]
            then = [name[1], *(_wished(one) + gap for one in columns)]
            return _spread(setting, across, [max(label, 1.0), *least], [first, then])
    raise AssertionError("tight is always taken")


def _spread(setting: str, across: float, widths: list[float], wishes: list[list[float]]) -> Shares:
    """What is left over goes to names and columns in the measure of what they lack: for the lines of cells first, then for heads."""
    for wished in wishes:
        lacking = [max(wish - one, 0.0) for wish, one in zip(wished, widths, strict=True)]
        spare = max(across - sum(widths), 0.0)
        part = min(1.0, spare / sum(lacking)) if sum(lacking) else 0.0
        widths = [one + more * part for one, more in zip(widths, lacking, strict=True)]
    own = widths[1:]
    if sum(own) > across * 0.85:  # wider than the page: the audit finds what does not fit
        own = [one * across * 0.85 / sum(own) for one in own]
    columns = tuple(round(100 * one / across, 2) for one in own)
    return Shares(setting, round(100 - sum(columns), 2), columns)


def _line_of(column: Wanted) -> float:
    """What the cells of a column need to stand on one line; of words, no more than they may ask for."""
    return min(column.line, WORDY if column.breaks else 2 * ROOMY)


def _needed(column: Wanted, setting: str) -> float:
    """Figures keep their line, and in a wide table so do the words in their place; columns of words may run over several."""
    if not column.breaks:
        return column.line if setting == "wide" else column.word
    return max(column.word, min(column.line, WORDY) if setting == "wide" else 0.0)


def _wished(column: Wanted) -> float:
    line = max(column.line, width(f"{column.head} ({column.unit})"))
    return line if column.breaks else max(min(line, 2 * ROOMY), ROOMY)


def _wrapped(words: Sequence[str], lines: int) -> float:
    """The width in which words stand on so many lines: the least of their widest line."""
    if lines == 1 or len(words) == 1:
        return width(" ".join(words))
    return min(max(width(" ".join(words[:end])), _wrapped(words[end:], lines - 1)) for end in range(1, len(words)))


def _lines(texts: Sequence[str]) -> float:
    return max(map(width, set(texts)), default=0.0)


def _words(texts: Sequence[str]) -> float:
    return max(map(width, {word for text in texts for word in text.split(" ")}), default=0.0)
