"""Paragraphs, lists and tables of RTF put together as pandoc's blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple

from monitorpub.importing.pandoc.running import Node
from monitorpub.importing.rtf.tokens import whole

_NEAR = 40
"""Twentieths of a point by which the edges of one column may differ from row to row."""
_NO_ATTRIBUTES: list[Any] = ["", [], []]
_NUMBERED = re.compile(r"\(?(?:\d{1,3}\.)*(\d{1,3}[.)]*|(?:[A-Za-z]|[ivxlc]+)[.)]+)")
"""A lone letter is a bullet: Word has an o for one."""


class Look(NamedTuple):
    """How words look, and where they lead to."""

    link: str = ""
    bold: bool = False
    italic: bool = False
    raised: int = 0
    """1 for a superscript, -1 for a subscript."""
    struck: bool = False


@dataclass
class Item:
    """A paragraph of a list."""

    level: int
    marker: str
    inlines: list[Node]


@dataclass
class Cell:
    """A cell: what its row says of it."""

    edge: int = 0
    """Its right edge."""
    covered: bool = False
    """Whether a cell beside it or above it reaches over it."""


@dataclass
class Row:
    """A row of a table."""

    cells: list[list[Node]]
    shape: list[Cell]
    head: bool = False


@dataclass
class Level:
    """A table that is still open: its rows, the cells of the open row, and the blocks of the open cell."""

    rows: list[Row] = field(default_factory=list)
    cells: list[list[Node | Item]] = field(default_factory=list)
    blocks: list[Node | Item] = field(default_factory=list)


def inlines_of(runs: list[tuple[str | Node, Look]]) -> list[Node]:
    """pandoc's inlines of words and elements with their looks."""
    out: list[Node] = []
    for link, group in groupby(runs, lambda run: run[1].link):
        inner = [one for look, same in groupby(group, lambda run: run[1]) for one in _looking([what for what, _ in same], look)]
        out += [{"t": "Link", "c": [_NO_ATTRIBUTES, inner, [link, ""]]}] if link else inner
    return out


def _looking(parts: list[str | Node], look: Look) -> list[Node]:
    out: list[Node] = []
    for is_words, group in groupby(parts, lambda part: isinstance(part, str)):
        if is_words:
            out += [{"t": "Str", "c": whole("".join(str(part) for part in group))}]
        else:
            out += [part for part in group if isinstance(part, dict)]
    kinds = {"Superscript": look.raised > 0, "Subscript": look.raised < 0, "Strikeout": look.struck, "Emph": look.italic}
    for kind, is_so in (kinds | {"Strong": look.bold}).items():
        if is_so and any(node["t"] == "Str" and node["c"].strip() for node in out):
            out = [{"t": kind, "c": out}]
    return out


def listed(blocks: list[Node | Item]) -> list[Node]:
    """Blocks in which paragraphs of a list that follow each other are one."""
    out: list[Node] = []
    for is_item, group in groupby(blocks, lambda block: isinstance(block, Item)):
        if is_item:
            out += _lists([one for one in group if isinstance(one, Item)], 0)
        else:
            out += [one for one in group if isinstance(one, dict)]
    return out


def _lists(items: list[Item], depth: int) -> list[Node]:
    """The lists of some items; those of a deeper level are a list in the item above them."""
    lowest = min(item.level for item in items)
    made: list[tuple[bool, int, list[list[Node]]]] = []
    index = 0
    while index < len(items):
        item = items[index]
        index += 1
        deeper = index
        while deeper < len(items) and items[deeper].level > lowest:
            deeper += 1
        inner: list[Node] = [{"t": "Para", "c": item.inlines}]
        if deeper > index:
            inner += _lists(items[index:deeper], depth + 1)
        number = _NUMBERED.fullmatch(item.marker)
        figures = number[1].rstrip(".)") if number else ""
        start = int(figures) if figures.isdigit() else 1
        if made and made[-1][0] == bool(number) and (not number or start != 1 or not figures.isdigit()):
            made[-1][2].append(inner)
        else:
            made.append((bool(number), start, [inner]))
        index = deeper
    kinds = {True: "OrderedList", False: "BulletList"}
    how = [{"t": "Decimal"}, {"t": "Period"}]
    return [{"t": kinds[ordered], "c": [[start, *how], inner] if ordered else inner} for ordered, start, inner in made]


def table_of(rows: list[Row]) -> Node:
    """pandoc's table.  Cells that reach over others are told by the edges of columns, where rows have different cells."""
    grid = _grid(rows)
    made = [list(_cells(row, grid)) for row in rows]
    most = max(sum(breadth for breadth, _ in cells) for cells in made)
    for cells in made:
        cells += [(1, [])] * (most - sum(breadth for breadth, _ in cells))
    heads = 0
    while heads < len(rows) - 1 and rows[heads].head:
        heads += 1
    written = [[_NO_ATTRIBUTES, [[_NO_ATTRIBUTES, _DEFAULT, 1, breadth, blocks] for breadth, blocks in cells]] for cells in made]
    columns = [[_DEFAULT, {"t": "ColWidthDefault"}]] * most
    body = [_NO_ATTRIBUTES, 0, [], written[heads:]]
    return {"t": "Table", "c": [_NO_ATTRIBUTES, [None, []], columns, [_NO_ATTRIBUTES, written[:heads]], [body], [_NO_ATTRIBUTES, []]]}


_DEFAULT = {"t": "AlignDefault"}


def _grid(rows: list[Row]) -> list[int]:
    """The right edges of all columns; empty where all rows have as many cells, or where a row does not say its edges."""
    if len({len(row.cells) for row in rows}) == 1 or any(len(row.shape) < len(row.cells) for row in rows):
        return []
    edges: list[int] = []
    for edge in sorted(cell.edge for row in rows for cell in row.shape):
        if not edges or edge > edges[-1] + _NEAR:
            edges.append(edge)
    return edges


def _cells(row: Row, grid: list[int]) -> Iterator[tuple[int, list[Node]]]:
    """The columns over which each cell of a row reaches, and its blocks."""
    before = 0
    for index, blocks in enumerate(row.cells):
        after = before + 1
        if grid:
            reached = sum(edge <= row.shape[index].edge + _NEAR for edge in grid)
            after = max(after, reached)
        yield after - before, blocks
        before = after
