"""The words of each page's body, for the index: as they were written, not as they were broken into lines."""

from __future__ import annotations

from typing import Any

from weasyprint.formatting_structure import boxes

from monitorpub.typeset.line_ends import HYPHEN, end_of
from monitorpub.typeset.walking import children

SIGNS = str.maketrans("", "", "\u2060\u00ad")
NEVER = ("note-call", "note", "table-note-mark")
NOTES = "end-notes"
"""The class of what holds notes that do not stand at the foot."""


def body_words(page: Any) -> str:
    """The words of one laid-out page, without margins, notes and calls; paragraphs are lines of the text.

    Its spaces must have been found (``line_ends.mark_spaces``).
    """
    paragraphs: list[str] = []
    _collect(page._page_box, paragraphs)
    return "\n".join(paragraphs).translate(SIGNS)


def _collect(box: Any, paragraphs: list[str]) -> None:
    if isinstance(box, (boxes.MarginBox, boxes.FootnoteAreaBox)):
        return
    element = getattr(box, "element", None)
    if element is not None and element.get("class") == NOTES:
        return
    lines = [child for child in box.children if isinstance(child, boxes.LineBox)]
    if lines:  # a block has nothing else then
        paragraphs.append("".join(map(_line, lines)))
        return
    for child in children(box):
        _collect(child, paragraphs)


def _line(box: Any) -> str:
    """The words of a line, and the space at its end."""
    words, end = "".join(word for child in children(box) for word in _inside(child)), end_of(box)
    return words + end if end == " " else words.removesuffix(HYPHEN) if end else words


def _inside(box: Any) -> list[str]:
    if isinstance(box, boxes.TextBox):
        return [box.text]
    if isinstance(box, boxes.LineBox):  # of a block in a line
        return [_line(box)]
    element = getattr(box, "element", None)
    if element is not None and element.get("class") in NEVER:
        return []
    return [word for child in children(box) for word in _inside(child)]
