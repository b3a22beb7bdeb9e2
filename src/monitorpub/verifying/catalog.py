"""What a file says of itself as a whole: its named places, its page labels and its outline."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

DEEPEST = 40
"""How many trees and lines may stand inside each other."""

LARGEST_ROMAN = 4000


@dataclass(frozen=True)
class Destination:
    """A named place: its page from 1 (0 where the page is not in the file) and its point."""

    name: str
    page: int
    x: float | None = None
    y: float | None = None


@dataclass(frozen=True)
class Count:
    """From a page on, how pages are counted (ISO 32000-1, 12.4.2)."""

    index: int
    """Of its first page, from 0."""
    style: str = ""
    """``D``, ``r``, ``R``, ``a`` or ``A``; nothing for pages without numbers."""
    prefix: str = ""
    start: int = 1

    def label(self, index: int) -> str:
        """The label of a page."""
        number = self.start + index - self.index
        forms: dict[str, Callable[[int], str]] = {"d": str, "r": roman, "a": letters}
        form = forms.get(self.style.lower())
        shown = form(number) if form is not None else ""
        return self.prefix + (shown.upper() if self.style.isupper() else shown)


@dataclass(frozen=True)
class Line:
    """A line of the outline: where it leads (page 0 for nowhere), and how deep it stands."""

    words: str
    level: int
    page: int
    y: float | None = None


def roman(number: int) -> str:
    """A number in small roman figures; nothing for one that has none."""
    out, number = "", number if 0 < number < LARGEST_ROMAN else 0
    for value, sign in zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), "m cm d cd c xc l xl x ix v iv i".split(), strict=True):
        out += sign * (number // value)
        number %= value
    return out


def letters(number: int) -> str:
    """a to z, then aa to zz."""
    turns, letter = divmod(number - 1, 26)
    return chr(ord("a") + letter) * (turns + 1) if 0 < number < LARGEST_ROMAN else ""


def counts(root: Any) -> list[Count]:
    """How the pages are counted, in the order of the pages."""
    out = []
    for index, value in leaves(root.get("/PageLabels"), "/Nums"):
        value = _object(value)
        if isinstance(value, dict):
            style = str(value.get("/S", "")).removeprefix("/")
            out.append(Count(int(index), style, str(value.get("/P", "")), int(value.get("/St", 1))))
    return sorted(out, key=lambda one: one.index)


def destinations(root: Any, numbers: dict[int, int]) -> dict[str, Destination]:
    """The named destinations, from the name tree and from the older dictionary; ``numbers`` has the page of each page object."""
    found: dict[str, Any] = {}
    if "/Dests" in root:
        found |= {name_of(name): value for name, value in root["/Dests"].get_object().items()}
    if "/Names" in root:
        found |= {name_of(name): value for name, value in leaves(root["/Names"].get_object().get("/Dests"), "/Names")}
    return {name: _destination(name, value, numbers) for name, value in found.items()}


def leaves(tree: Any, key: str) -> Iterator[tuple[Any, Any]]:
    """The pairs of a tree of names or numbers (ISO 32000-1, 7.9.6)."""
    waiting, seen = [tree] if tree is not None else [], set()
    while waiting:
        reference = waiting.pop()
        if (number := getattr(reference, "idnum", id(reference))) in seen:
            continue
        seen.add(number)
        node = reference.get_object()
        waiting += list(node["/Kids"].get_object()) if "/Kids" in node else []
        flat = list(node[key].get_object()) if key in node else []
        yield from ((_object(one), value) for one, value in zip(flat[::2], flat[1::2], strict=False))


def outline(root: Any, places: dict[str, Destination], numbers: dict[int, int]) -> list[Line]:
    """The lines of the outline from top to bottom."""
    tree = _object(root.get("/Outlines"))
    return list(_lines(tree.get("/First"), 0, places, numbers, set())) if isinstance(tree, dict) else []


def _lines(first: Any, level: int, places: dict[str, Destination], numbers: dict[int, int], seen: set[int]) -> Iterator[Line]:
    reference = first
    while reference is not None and (number := getattr(reference, "idnum", id(reference))) not in seen and level < DEEPEST:
        seen.add(number)
        line = reference.get_object()
        target, action = _object(line.get("/Dest")), _object(line.get("/A"))
        if target is None and isinstance(action, dict) and action.get("/S") == "/GoTo":
            target = _object(action.get("/D"))
        words = " ".join(str(line.get("/Title", "")).split())
        if isinstance(target, list):
            point = point_of(target)
            yield Line(words, level, page_of(target, numbers), point[1] if point else None)
        else:
            place = places.get(name_of(target)) if target is not None else None
            yield Line(words, level, place.page if place else 0, place.y if place else None)
        yield from _lines(line.get("/First"), level + 1, places, numbers, seen)
        reference = line.get("/Next")


def name_of(source: Any) -> str:
    """The name of a place as text, from a string or from a name of the format."""
    text = source.decode("latin-1") if isinstance(source, bytes) else str(source)
    return text.removeprefix("/")


def page_of(target: list[Any], numbers: dict[int, int]) -> int:
    """The page that a destination leads to, from 1; 0 where it is not in the file."""
    first = target[0] if target else None
    if isinstance(first, int):  # some writers count pages from 0
        return int(first) + 1 if int(first) < len(numbers) else 0
    return numbers.get(getattr(first, "idnum", -1), 0)


def point_of(target: list[Any]) -> tuple[float, float] | None:
    """The point that a destination names, where it names one."""
    numbers = [float(n) for n in target[2:4] if isinstance(n, (int, float))]
    return (numbers[0], numbers[1]) if len(numbers) == 2 and target[1] == "/XYZ" else None


def _destination(name: str, value: Any, numbers: dict[int, int]) -> Destination:
    value = _object(value)
    if isinstance(value, dict):
        value = value["/D"].get_object() if "/D" in value else None
    if not isinstance(value, list):
        return Destination(name, 0)
    x, y = point_of(value) or (None, None)
    return Destination(name, page_of(value, numbers), x, y)


def _object(source: Any) -> Any:
    return source.get_object() if source is not None else None
