"""Tables that only lay out a page: a menu on the left, the text on the right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from monitorpub.importing.pandoc.marks import without_marks
from monitorpub.importing.pandoc.running import Node

FEWEST_LINKS = 3
"""Links that a menu has at the least."""
IN_LINKS = 0.8
"""How much of the words of a menu stands in links."""

_TEXTS = ("Para", "Plain", "Header", "BulletList", "OrderedList", "Table", "BlockQuote", "DefinitionList")


def is_layout(rows: list[list[list[Node]]]) -> bool:
    """Whether cells hold a page: headings with text below them; or, in a table of one row, several paragraphs, lists or tables."""
    cells = [list(_blocks(cell)) for row in rows for cell in row]
    if any(node["t"] == "Header" and len(cell) > 1 for cell in cells for node in cell):
        return True
    return len(rows) == 1 and any(len(cell) > 1 for cell in cells)


def menus(cells: list[list[Node]]) -> list[bool]:
    """Of each cell of a page: whether it is a menu, that is, hardly more than links.  The one with the most words is none."""
    words = [len("".join(_words(cell)).split()) for cell in cells]
    out = []
    for cell, number in zip(cells, words, strict=True):
        links = [one for one in walk(cell) if one["t"] == "Link" and not one["c"][2][0].startswith("#")]
        linked = sum(len("".join(_words(one["c"][1])).split()) for one in links)
        out.append(len(links) >= FEWEST_LINKS and number < max(words) and linked >= IN_LINKS * number)
    return out


def only_headings(items: list[list[Node]]) -> list[Node]:
    """The headings of a list that holds nothing else, as LibreOffice writes numbered ones; nothing of other lists."""
    out: list[Node] = []
    for block in (block for item in items for block in item):
        if block["t"] == "Header":
            out.append(block)
        elif block["t"] in ("BulletList", "OrderedList"):
            inner = only_headings(block["c"][1] if block["t"] == "OrderedList" else block["c"])
            if not inner:
                return []
            out += inner
        else:
            return []
    return out


def words_of(cell: list[Node]) -> str:
    """The words of a cell."""
    return " ".join("".join(_words(cell)).split())


def _blocks(nodes: list[Node]) -> Iterator[Node]:
    """The blocks of a cell that hold words, those in boxes too."""
    for node in nodes:
        if node["t"] == "Div":
            yield from _blocks(node["c"][1])
        elif node["t"] in _TEXTS and "".join(_words(node)).strip():
            yield node


def walk(value: Any) -> Iterator[Node]:
    """Every element below a value of pandoc's, and the value itself, in their order."""
    stack = [value]
    while stack:
        one = stack.pop()
        if isinstance(one, dict):
            if "t" in one:
                yield one
            stack.append(one.get("c"))
        elif isinstance(one, list):
            stack += reversed(one)


def _words(value: Any) -> Iterator[str]:
    """The words below a value of pandoc's; blocks and spaces part them."""
    for node in walk(value):
        if node["t"] in ("Str", "Code"):
            yield without_marks(node["c"] if node["t"] == "Str" else node["c"][1])
        elif node["t"] in ("Space", "SoftBreak", "LineBreak", *_TEXTS):
            yield " "
