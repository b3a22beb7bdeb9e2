"""The audit after every typesetting: each call has its note, once, on its page, and nothing is cut off.

It walks the boxes that the engine laid out, not the HTML that it was given, so that it sees what a reader will see.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint.css import AnonymousStyle
from weasyprint.formatting_structure import boxes

from monitorpub.typeset.part import Remark, Spot

SLACK = 1.0
"""px by which something may stick out before it counts: the rounding of glyph widths."""


def spots(pages: Any) -> tuple[dict[str, list[Spot]], dict[str, list[Spot]]]:
    """Where each note stands (its first box on each page) and where each call stands."""
    notes: dict[str, list[Spot]] = {}
    calls: dict[str, list[Spot]] = {}
    for number, page in enumerate(pages, 1):
        for box, in_area in _walk(page._page_box, False):
            element = getattr(box, "element", None)
            if (
                element is None
                or isinstance(box.style, AnonymousStyle)
                or box.element_tag.endswith(("::before", "::after", "::marker", "::footnote-call", "::footnote-marker"))
            ):
                continue
            kind, name = element.get("class"), element.get("id")
            if kind == "note" and in_area and isinstance(box, boxes.BlockLevelBox):
                notes.setdefault(name, []).append(Spot(number, box.position_x, box.position_y, box.margin_height()))
            elif kind == "note-call" and name and not in_area and isinstance(box, boxes.InlineBox):
                seen = calls.setdefault(name, [])
                if not seen or seen[-1].page != number:
                    seen.append(Spot(number, box.position_x, box.position_y))
    return notes, calls


def audit(pages: Any, expected: tuple[tuple[str, str], ...]) -> list[Remark]:
    """Remarks P001-P004 on the notes and P011 on text outside the page."""
    notes, calls = spots(pages)
    remarks: list[Remark] = []
    before: tuple[int, float] = (0, 0.0)
    for note, call in expected:
        at, called = notes.get(note, []), calls.get(call, [])
        if len(at) != 1 or not called:
            what = "is on no page" if not at else f"stands {len(at)} times" if len(at) > 1 else "has lost its call"
            remarks.append(Remark("P001", f"The note {what}.", note, "This is a defect of monitorpub: please report it with the source."))
            continue
        remarks.extend(_misplaced(note, at[0], called[0], before, pages[at[0].page - 1]._page_box))
        before = (at[0].page, at[0].y)
    remarks.extend(_off_page(pages))
    return remarks


def _misplaced(name: str, note: Spot, call: Spot, before: tuple[int, float], page: Any) -> Iterator[Remark]:
    """What is wrong with the place of one note; ``before`` is where the note before it stands."""
    where = f"The note stands on page {note.page}, its call on page {call.page}"
    if note.y < page.margin_top - SLACK:
        yield Remark("P004", "The note is too long for the foot of a page.", name, "Shorten it, or move a part of it into the text.")
    if (note.page, note.y) < before:
        yield Remark("P003", f"{where}, and the note before it stands further on.", name, "Shorten the notes of this page.")
    elif note.page - call.page == 1:
        yield Remark("P002", f"{where}.", name, "Some more or fewer words before the call bring them together.")
    elif note.page != call.page:
        yield Remark("P003", f"{where}.", name, "Shorten the notes of these pages.")


def _off_page(pages: Any) -> Iterator[Remark]:
    for number, page in enumerate(pages, 1):
        sheet = page._page_box
        width, height = sheet.margin_width(), sheet.margin_height()
        for box, _ in _walk(sheet, False):
            if not isinstance(box, boxes.TextBox) or not box.text.strip():
                continue
            right, bottom = box.position_x + box.width, box.position_y + box.height
            if box.position_x < -SLACK or right > width + SLACK or box.position_y < -SLACK or bottom > height + SLACK:
                words = " ".join(box.text.split())[:40]
                yield Remark(
                    "P011",
                    f"On page {number} the words “{words}” stand outside the page.",
                    _named(sheet, box),
                    "A long word or a wide table needs a place to break.",
                )
                break


def _named(sheet: Any, wanted: Any) -> str:
    """The id of the nearest element round a box that has one."""
    trail: list[str] = []

    def find(box: Any) -> bool:
        element = getattr(box, "element", None)
        trail.append((element.get("id") or "") if element is not None else "")
        if box is wanted or any(find(child) for child in _children(box)):
            return True
        trail.pop()
        return False

    find(sheet)
    return next((name for name in reversed(trail) if name), "")


def _walk(box: Any, in_area: bool) -> Iterator[tuple[Any, bool]]:
    in_area = in_area or isinstance(box, boxes.FootnoteAreaBox)
    yield box, in_area
    for child in _children(box):
        yield from _walk(child, in_area)


def _children(box: Any) -> list[Any]:
    if not isinstance(box, boxes.ParentBox):
        return []
    return [getattr(child, "_box", child) for child in box.children]
