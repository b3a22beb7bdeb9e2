"""The columns of a series table: figures share the width by their number, labels have the rest.

Widths are counted in figures, the width of one digit at the size of tables; the styles know how wide that is.  A table is set
``wide`` where each value stands on one line, ``close`` where words take several lines and the unit stands once, ``tight`` where
gaps and type are smaller too.  What does not fit even so is found by the audit.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

COLUMN = 83.0
"""Figures across the text column (styles/tokens.css: 476 px, a figure of 11.5 px sans is 0.497 em wide)."""
TIGHT_COLUMN = COLUMN * 11.5 / 10.5
"""The same at the size of notes, in which tight tables are set."""

GAPS = {"wide": 2.7, "close": 1.5, "tight": 0.8}
"""Figures of white beside a column: the paddings of styles/tables.css."""
LABELS = {"wide": 26.0, "close": 20.0, "tight": 0.0}
"""Figures that labels have at the least, or the next setting is taken."""
ROOMY = 17.0
"""Figures beyond which a column of figures is not widened."""


@dataclass(frozen=True)
class Columns:
    """How the columns of a table are set: the setting, and the shares of the width in per cent."""

    setting: str
    label: float
    figure: float


@lru_cache(maxsize=4096)
def width(text: str) -> float:
    """About how many figures wide a text is."""
    return sum(_sign(sign) for sign in text)


def columns(labels: Sequence[str], values: Sequence[str], heads: Sequence[str], years: Sequence[str]) -> Columns:
    """The columns of a table: what stands before its rows, in its cells, and over its figures.

    ``heads`` are the years with their units, as a wide table has them; the others have the years alone.  A space is a place to break.
    """
    count = len(years)
    lines = max((width(text) for text in (*values, *heads)), default=0.0)
    words = max((width(word) for text in (*values, *years) for word in text.split(" ")), default=0.0)
    label_line = max((width(text) for text in labels), default=0.0) + 1
    label_word = max((width(word) for text in labels for word in text.split()), default=0.0)
    setting, across, least = "tight", TIGHT_COLUMN, words + GAPS["tight"]
    for name, need in (("wide", lines), ("close", words)):
        if count * (need + GAPS[name]) + max(LABELS[name], label_word) <= COLUMN:
            setting, across, least = name, COLUMN, need + GAPS[name]
            break
    wanted = max(ROOMY if setting == "wide" else 0.0, min(lines + GAPS[setting], across / 4))
    spare = (across - max(label_line, LABELS[setting])) / count
    figure = min(max(least, min(wanted, spare)) / across, 0.9 / count)
    return Columns(setting, round(100 * (1 - count * figure), 2), round(100 * figure, 2))


def _sign(sign: str) -> float:
    if unicodedata.combining(sign):
        return 0.0
    if sign.isdigit() or sign in "\u2007\u2212":
        return 1.0
    if sign in " .,:;'’!()-|/iljtfrI\u00a0\u2008\u202f²³":
        return 0.62
    if unicodedata.east_asian_width(sign) in "WF":
        return 2.0
    return 1.4 if sign.isupper() or sign in "mw%" else 1.05
