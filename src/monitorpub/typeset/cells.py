"""The heads of tables: which cells they stand for, and which heads a cell has (ISO 32000-1, 14.8.5.7; ISO 14289-1, 7.5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from monitorpub.typeset.roles import words_of

SCOPES = {"col": "Column", "colgroup": "Column", "row": "Row", "rowgroup": "Column"}
"""By the scope that the template gives.  The head of a group of rows stands above them: it heads the columns below it."""


MOST = 1000
"""What a cell may span (HTML 5, 4.9.11)."""


@dataclass
class Cell:
    """A cell at its place: rows and columns from 0."""

    element: Any
    row: int
    column: int
    width: int
    height: int
    group: int
    """Which of the table's heads, bodies and feet it stands in."""
    in_head: bool

    @property
    def name(self) -> str:
        """Its name in the table."""
        return f"{self.row}-{self.column}"

    @property
    def scope(self) -> str:
        """What a head stands for; nothing for another cell, and for a corner without words."""
        if self.element.tag != "th" or not words_of(self.element):
            return ""
        given = SCOPES.get(self.element.get("scope", ""), "")
        return given or ("Column" if self.in_head else "Row")

    @property
    def over_group(self) -> bool:
        """Whether it heads the rows of its group."""
        return bool(self.element.get("scope") == "rowgroup")


def cells_of(table: Any) -> list[Cell]:
    """The cells of a table of HTML, spans counted (HTML 5, 4.9.12.1)."""
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    rows = list(_rows(table))
    for row, (tr, group, in_head) in enumerate(rows):
        column, below = 0, sum(other == group for _, other, _ in rows[row:])
        for element in tr:
            if element.tag not in ("th", "td"):
                continue
            while (row, column) in taken:
                column += 1
            width, height = _span(element, "colspan") or 1, min(_span(element, "rowspan") or below, below)
            cells.append(Cell(element, row, column, width, height, group, in_head))
            taken |= {(row + down, column + right) for down in range(height) for right in range(width)}
            column += width
    return cells


def heads_of(cell: Cell, cells: list[Cell]) -> list[Cell]:
    """The heads of a cell: of its columns from the top, of the group it stands in, of its rows."""
    columns, rows = _stretch(cell.column, cell.width), _stretch(cell.row, cell.height)
    heads = [one for one in cells if one.scope and one is not cell]
    above = [one for one in heads if one.scope == "Column" and one.row < cell.row and columns & _stretch(one.column, one.width)]
    over = [one for one in above if one.over_group and one.group == cell.group]
    beside = [one for one in heads if one.scope == "Row" and one.column < cell.column and rows & _stretch(one.row, one.height)]
    return [*(one for one in above if not one.over_group), *over[-1:], *beside]


def _rows(table: Any) -> Iterator[tuple[Any, int, bool]]:
    """The rows with the number of their group, and whether that is the head."""
    for group, kid in enumerate(table):
        if kid.tag == "tr":
            yield kid, -1, False
        elif kid.tag in ("thead", "tbody", "tfoot"):
            for tr in kid:
                if tr.tag == "tr":
                    yield tr, group, kid.tag == "thead"


def _stretch(first: int, length: int) -> set[int]:
    return set(range(first, first + length))


def _span(element: Any, name: str) -> int:
    """What a cell spans; 0 for all rows of its group that are left."""
    given = element.get(name, "1")
    return min(int(given), MOST) if given.isascii() and given.isdigit() else 1
