"""The figure of the cover: a figure of each profile as a square, all to one scale, packed into a rectangle."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from math import sqrt
from typing import Any

from monitorpub.facts import Facts, Row, field
from monitorpub.model.scalars import Language
from monitorpub.workspace import Workspace

AREA = "key-data.contamination.area"
"""The field that squares are drawn from where the cover names none."""
WIDTH, HEIGHT = 638, 612
"""px; the room there is on the cover."""
GAP = 5
"""px between squares."""
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
    first: bool = False
    """Whether it is the largest."""


@dataclass(frozen=True)
class Figure:
    """Squares in a rectangle, in px, the largest first."""

    width: float
    height: float
    squares: tuple[Square, ...]
    unit: str


def figure(profiles: Sequence[Facts], path: str | None, language: Language) -> Figure | None:
    """The squares of a field whose values are numbers; None where no profile has one.

    What is stated as a limit ("at least") has no size that could be drawn, and is left out; so is what is zero.
    """
    found = sorted(_values(profiles, path or AREA), key=lambda one: (-one[0], one[1]))
    if not found:
        return None
    sides = [sqrt(value) for value, _, _ in found]
    scale = _scale(sides)
    drawn = [max(side * scale, SMALLEST) for side in sides]
    places = _packed(drawn, WIDTH)
    squares = tuple(
        Square(round(x, 2), round(y, 2), round(side, 2), name, _printed(value, language), index == 0)
        for index, ((x, y), side, (value, name, _)) in enumerate(zip(places, drawn, found, strict=True))
    )
    width = max(one.x + one.side for one in squares)
    height = max(one.y + one.side for one in squares)
    return Figure(round(width, 2), round(height, 2), squares, found[0][2])


def colour(workspace: Workspace, token: str) -> str:
    """The colour of a token of styles/tokens.css: rules of the page do not reach into a drawing.  Black where there is none."""
    sheet = workspace.find("styles", "tokens.css")
    tokens = dict(re.findall(r"(--[\w-]+):\s*([^;]+);", sheet.read_text(encoding="utf-8"))) if sheet else {}
    value = tokens.get(token, "black").strip()
    for _ in tokens:
        if not (match := re.fullmatch(r"var\((--[\w-]+)\)", value)):
            break
        value = tokens.get(match[1], "black").strip()
    return value


def _values(profiles: Sequence[Facts], path: str) -> list[tuple[Decimal, str, str]]:
    """Value, name and unit of each profile that has a number above zero there."""
    out = []
    for facts in profiles:
        found, block = field(facts, path), _block(facts, path)
        if isinstance(found, Row):
            newest = found.newest()
            value, unit = newest[1] if newest else None, found.unit
        else:
            value, unit = found, str(block.get("unit") or "")
        try:
            number = Decimal(value) if isinstance(value, str) else Decimal(0)
        except InvalidOperation:
            continue
        if number.is_finite() and number > 0 and not block.get("qualifier"):
            out.append((number, str(facts["name"]), unit))
    return out


def _block(facts: Facts, path: str) -> dict[str, Any]:
    """The block that a value stands in."""
    node: Any = facts
    for step in path.split(".")[:-1]:
        node = node.get(step) if isinstance(node, dict) else None
    return node if isinstance(node, dict) else {}


def _printed(value: Decimal, language: Language) -> str:
    from babel.numbers import format_decimal

    digits = "#,##0" if value == value.to_integral() or value >= 100 else "#,##0.##" if value >= Decimal("0.1") else "#,##0.###"
    return format_decimal(value, digits, locale=language.replace("-", "_"))


def _scale(sides: Sequence[float]) -> float:
    """The largest scale at which all squares fit, found by halving."""
    low, high = 0.0, min(WIDTH, HEIGHT) / sides[0]
    for _ in range(40):
        middle = (low + high) / 2
        drawn = [max(side * middle, SMALLEST) for side in sides]
        top = max(y + side for (_, y), side in zip(_packed(drawn, WIDTH), drawn, strict=True))
        low, high = (middle, high) if top <= HEIGHT else (low, middle)
    return low


def _packed(sides: Sequence[float], width: float) -> list[tuple[float, float]]:
    """Where squares stand, largest first: each as high up as it fits, and there as far left.

    The skyline is a list of steps (left, right, depth) of what is taken below the upper edge.
    """
    steps = [(0.0, width + GAP, 0.0)]
    out = []
    for side in sides:
        wide = side + GAP
        best = None
        for left, _, _ in steps:
            if left + wide > width + GAP + 1e-9:
                continue
            depth = max(d for a, b, d in steps if a < left + wide - 1e-9 and b > left + 1e-9)
            if best is None or (depth, left) < best:
                best = (depth, left)
        depth, left = best if best is not None else (max(d for _, _, d in steps), 0.0)
        out.append((left, depth))
        right, new = left + wide, []
        for a, b, d in steps:
            if a < left:
                new.append((a, min(b, left), d))
            if b > right:
                new.append((max(a, right), b, d))
        steps = sorted([*new, (left, right, depth + wide)])
    return out
