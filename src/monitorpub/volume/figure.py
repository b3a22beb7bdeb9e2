"""The figure of the cover: a figure of each profile as a square, all to one scale, packed into a rectangle."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import sqrt

from monitorpub.computed.values import value_of
from monitorpub.facts import Facts
from monitorpub.figures import converted, convertible
from monitorpub.model.scalars import Language
from monitorpub.workspace import Workspace

Step = tuple[float, float, float]
AREA = "key-data.contamination.area"
"""The field that squares are drawn from where the cover names none."""
WIDTH, HEIGHT = 638, 612
"""px; the room there is on the cover under a short title."""
GAP = 5
"""px between squares."""
TONES = (Decimal(1) / 10, Decimal(1) / 50, Decimal(1) / 250)
"""Shares of the largest square at which a lighter tone begins."""
ROW = 60
"""Squares in the lowest row, at most."""
SLIT = 24
"""px; a pit narrower than this stays empty."""
WIDEST = 0.6
"""Of the width; what a square takes at most."""
EPSILON = 1e-6
SMALLEST = 1.5
"""px; the side of a square that would hardly be printed."""


@dataclass(frozen=True)
class Square:
    """A square: its upper left corner and its side in px, whose it is, and its value as it is printed."""

    x: float
    y: float
    side: float
    name: str
    value: str
    tone: int
    """From 1 for the largest ones to 4 for the smallest, see ``TONES``."""


@dataclass(frozen=True)
class Figure:
    """Squares in a rectangle, in px, the largest first; they stand on its lower edge and on each other."""

    width: float
    height: float
    squares: tuple[Square, ...]
    unit: str


def figure(profiles: Sequence[Facts], path: str | None, language: Language, room: float = HEIGHT) -> Figure | None:
    """The squares of a field whose values are numbers; None where no profile has one.  ``room`` is the height there is, in px.

    What is stated as a limit ("at least") has no size that could be drawn, and is left out; so is what is zero.
    """
    found = sorted(_values(profiles, path or AREA), key=lambda one: (-one[0], one[1]))
    if not found:
        return None
    sides = [sqrt(value) for value, _, _ in found]
    scale = _scale(sides, room)
    drawn = [max(side * scale, SMALLEST) for side in sides]
    places = _packed(drawn, WIDTH)
    width = max(x + side for (x, _), side in zip(places, drawn, strict=True))
    height = max(y + side for (_, y), side in zip(places, drawn, strict=True))
    squares = tuple(
        Square(round(x, 2), round(height - y - side, 2), round(side, 2), name, _printed(value, language), _tone(value / found[0][0]))
        for (x, y), side, (value, name, _) in zip(places, drawn, found, strict=True)
    )
    return Figure(round(width, 2), round(height, 2), squares, found[0][2])


def _tone(share: Decimal) -> int:
    """The tone of a square, by its share of the largest."""
    return next((tone for tone, limit in enumerate(TONES, 1) if share >= limit), len(TONES) + 1)


def colour(workspace: Workspace, token: str) -> str:
    """The colour of a token of styles/tokens.css: rules of the page do not reach into a drawing.  Black where there is none."""
    sheet = workspace.find("styles", "tokens.css")
    text = sheet.read_text(encoding="utf-8") if sheet else ""
    tokens: dict[str, str] = dict(re.findall(r"(--[\w-]+):\s*([^;]+);", text))
    value = tokens.get(token, "black").strip()
    for _ in tokens:
        if not (match := re.fullmatch(r"var\((--[\w-]+)\)", value)):
            break
        value = tokens.get(match[1], "black").strip()
    return value


def _values(profiles: Sequence[Facts], path: str) -> list[tuple[Decimal, str, str]]:
    """Value, name and unit of each profile that has an exact number above zero there, as computed tables find it, in one unit."""
    found = [(value, str(facts["name"])) for facts in profiles if (value := value_of(facts, path, None)).number]
    unit = found[0][0].unit if found else ""
    return [
        (converted(value.number, value.unit, unit), name, "" if unit == "count" else unit)
        for value, name in found
        if value.number is not None and value.number > 0 and convertible(value.unit, unit)
    ]


def _printed(value: Decimal, language: Language) -> str:
    from babel.numbers import format_decimal

    digits = "#,##0" if value == value.to_integral() or value >= 100 else "#,##0.##" if value >= Decimal("0.1") else "#,##0.###"
    return format_decimal(value, digits, locale=language.replace("-", "_"))


def _scale(sides: Sequence[float], room: float) -> float:
    """The largest scale at which a row of the first squares fills the width and all are low enough; else that of the largest square."""
    highest = min(WIDTH * WIDEST, room)
    for count in range(1, min(len(sides), ROW) + 1):
        scale = (WIDTH - (count - 1) * GAP) / sum(sides[:count])
        drawn = [max(side * scale, SMALLEST) for side in sides]
        top = max(y + side for (_, y), side in zip(_packed(drawn, WIDTH), drawn, strict=True))
        if drawn[0] <= highest and top <= room:
            return scale
    return highest / sides[0]


def _packed(sides: Sequence[float], width: float) -> list[tuple[float, float]]:
    """How far from the left and above the ground squares stand, largest first: each as low as it fits, and there as far left.

    What is taken is a list of steps: from where, to where, and how high.
    """
    steps = [(0.0, width + GAP, 0.0)]
    out = []
    for side in sides:
        wide = side + GAP
        best = None
        for left, _, _ in steps:
            if left + wide > width + GAP + EPSILON:
                continue
            height = max(h for a, b, h in steps if a < left + wide - EPSILON and b > left + EPSILON)
            if best is None or (height, left) < best:
                best = (height, left)
        height, left = best if best is not None else (max(h for _, _, h in steps), 0.0)
        out.append((left, height))
        right, new = left + wide, []
        for a, b, h in steps:
            if a < left:
                new.append((a, min(b, left), h))
            if b > right:
                new.append((max(a, right), b, h))
        steps = _without_slits(sorted([*new, (left, right, height + wide)]))
    return out


def _without_slits(steps: list[Step]) -> list[Step]:
    """Steps without narrow pits: what falls into one would look lost."""
    out: list[Step] = []
    for index, (left, right, height) in enumerate(steps):
        before = out[-1][2] if out else float("inf")
        after = steps[index + 1][2] if index + 1 < len(steps) else float("inf")
        lowest = min(before, after)
        pit = right - left < SLIT and height < lowest < float("inf")
        out.append((left, right, lowest if pit else height))
    return out
