"""Whether all words, images and tables of laid-out pages stand in their place: their cell, their column, the text area, the page; and
whether no two pieces of text are printed over each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from weasyprint.formatting_structure import boxes

from monitorpub.typeset.part import Remark
from monitorpub.typeset.walking import walk_knowing

SLACK = 1.0
"""px by which something may stick out before it counts: the rounding of glyph widths."""
HANGING = 30.0
"""px by which note calls may hang out of a column or a cell: three calls of two figures."""
ABOVE, BELOW = 0.6, 0.1
"""From which share of the size above the line to which below it letters have their ink: less than a line is high."""


@dataclass(frozen=True)
class Piece:
    """A stretch of words, an image or a table, with what it stands in."""

    box: Any
    where: str
    """``text``, ``notes``, ``band`` (the title band, which bleeds) or ``margin``."""
    element: str = ""
    """The id of the nearest element that is not a call."""
    table: str = ""
    """The id round the table that it stands in."""
    cell: Any = None
    column: Any = None
    """The column that it stands in, where text is set in several."""
    line: Any = None
    hangs: bool = False
    """Whether it is a call that may hang out."""

    @property
    def words(self) -> str:
        """The words; none for an image or a table."""
        return " ".join(self.box.text.split()) if isinstance(self.box, boxes.TextBox) else ""


def outside(pages: Any) -> Iterator[Remark]:
    """P011: the first thing of each element that leaves its cell, its column, the text area or the page."""
    said: set[str] = set()
    for number, page in enumerate(pages, 1):
        for piece in pieces(page._page_box):
            place = _left_by(piece, page._page_box)
            name = piece.table or piece.element or f"page {number}"
            if not place or name in said:
                continue
            said.add(name)
            yield _remark(piece, number, place)


def overprinted(pages: Any, named: set[str]) -> Iterator[Remark]:
    """P015: the first words of each element that are printed over other words; nothing of elements ``named`` already.

    Words of one line are not compared: they stand beside each other as the styles say.  Text over notes is P012.
    """
    said = set(named)
    for number, page in enumerate(pages, 1):
        for first, second in _pairs(page):
            names = {first.table or first.element, second.table or second.element}
            if names & said:
                continue
            name = second.table or second.element
            said.add(name)
            message = f"On page {number} the words “{first.words[:40]}” and “{second.words[:40]}” are printed over each other."
            yield Remark("P015", message, name, "Use shorter words there, or give a long one a place to break.")


def _pairs(page: Any) -> Iterator[tuple[Piece, Piece]]:
    """Pieces of text that stand over each other, each pair in reading order."""
    inked = [(_ink(piece), order, piece) for order, piece in enumerate(pieces(page._page_box)) if piece.words]
    by_top = sorted(inked, key=lambda one: one[0][1])
    near: list[Any] = []
    for one in by_top:
        (left, top, right, _), order, piece = one
        near = [other for other in near if other[0][3] > top + SLACK]
        for (other_left, _, other_right, _), other_order, other in near:
            if left > other_right - SLACK or other_left > right - SLACK or piece.line is other.line:
                continue
            if {piece.where, other.where} != {"text", "notes"}:
                yield (piece, other) if order < other_order else (other, piece)
        near.append(one)


def _ink(piece: Piece) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the letters, in px."""
    box = piece.box
    base, size = box.position_y + box.baseline, box.style["font_size"]
    return box.position_x, base - ABOVE * size, box.position_x + box.width, base + BELOW * size


def _remark(piece: Piece, number: int, place: str) -> Remark:
    in_column = place.endswith("own column")
    if isinstance(piece.box, boxes.ReplacedBox):
        element = getattr(piece.box, "element", None)
        image = (element.get("alt") if element is not None else "") or "without words"
        return Remark("P011", f"On page {number} the image “{image}” stands outside {place}.", piece.element, "Make it smaller.")
    words = piece.words[:40]
    if piece.table or piece.cell is not None or isinstance(piece.box, boxes.TableBox):
        what = f"the words “{words}” stand" if words else "it stands"
        hint = "Give it fewer years (field years), shorter words, or make two tables of it."
        if in_column:
            hint = (
                "Make it a table of its section (field tables), which stands over all columns, or give it fewer columns or shorter words."
            )
        return Remark("P011", f"On page {number} a table is too wide: {what} outside {place}.", piece.table or piece.element, hint)
    hint = "A long word or a wide table needs a place to break."
    if in_column:
        hint = "Give the long word a place to break, a hyphen or a soft hyphen, or use shorter words."
    return Remark("P011", f"On page {number} the words “{words}” stand outside {place}.", piece.element, hint)


def _left_by(piece: Piece, sheet: Any) -> str:
    """What a piece stands outside of, or nothing."""
    box, is_text = piece.box, isinstance(piece.box, boxes.TextBox)
    whose = "their" if is_text else "its"
    left, top = box.position_x, box.position_y
    right = left + (box.border_width() if isinstance(box, boxes.TableBox) else box.width)
    bottom = top + (box.baseline if is_text else box.height)
    slack = HANGING if piece.hangs else SLACK
    if piece.where == "notes":  # their height is looked at note by note
        top, bottom = max(top, 0.0), min(bottom, sheet.content_box_y())
    if left < -SLACK or right > sheet.margin_width() + SLACK or top < -SLACK or bottom > sheet.margin_height() + SLACK:
        return "the page"
    cell, column = piece.cell, piece.column
    if cell is not None and (left < cell.position_x - SLACK or right > cell.position_x + cell.border_width() + slack):
        return f"{whose} cell"
    if piece.where in ("text", "notes"):
        start, foot = sheet.content_box_x(), sheet.content_box_y() + sheet.height
        if left < start - SLACK or right > start + sheet.width + slack or bottom > foot + SLACK:
            return "the text column"
        if column is not None and (left < column.position_x - SLACK or right > column.position_x + column.width + slack):
            return f"{whose} own column"
    return ""


def pieces(sheet: Any) -> Iterator[Piece]:
    """All words, images and tables of a page."""
    for box, here in walk_knowing(sheet, Piece(sheet, "text"), _inside):
        if box.text.strip() if isinstance(box, boxes.TextBox) else isinstance(box, boxes.ReplacedBox | boxes.TableBox):
            yield here


def _inside(box: Any, above: Piece) -> Piece:
    """What the things in a box stand in."""
    here = replace(above, box=box)
    element = getattr(box, "element", None)
    kinds = (element.get("class") or "").split() if element is not None else []
    if isinstance(box, boxes.MarginBox):
        here = replace(here, where="margin")
    elif isinstance(box, boxes.FootnoteAreaBox):
        here = replace(here, where="notes", column=None)
    elif "opening" in kinds:
        here = replace(here, where="band")
    if getattr(box, "is_column", False):
        here = replace(here, column=box)
    if isinstance(box, boxes.LineBox):
        here = replace(here, line=box)
    if "note-call" in kinds or "hanging" in kinds:
        return replace(here, hangs=True)
    if element is not None and element.get("id"):
        here = replace(here, element=element.get("id"))
    if isinstance(box, boxes.TableBox):
        here = replace(here, table=here.element)
    if isinstance(box, boxes.TableCellBox):
        here = replace(here, cell=box)
    return here
