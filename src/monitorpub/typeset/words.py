"""The words of each page's body, for the index: as they were written, not as they were broken into lines."""

from __future__ import annotations

import re
from typing import Any

from weasyprint.formatting_structure import boxes

HYPHEN = "\u2010"
"""What the engine sets at the end of a line that it hyphenates."""
AT_HYPHEN = re.compile(r"(?<=\w[-\u2013\u2014/])\n(?=\w)")
"""Where a line ends at a hyphen or dash of the word itself: no space stood there."""
SIGNS = str.maketrans("", "", "\u2060\u00ad")
NEVER = ("note-call", "note", "table-note-mark")
NOTES = "end-notes"
"""The class of what holds notes that do not stand at the foot."""


def body_words(page: Any) -> str:
    """The words of one laid-out page, without margins, notes and calls; paragraphs are lines of the text."""
    lines: list[str] = []
    _collect(page._page_box, lines)
    return AT_HYPHEN.sub("", "\n".join(lines).replace(HYPHEN + "\n", "").translate(SIGNS))


def _collect(box: Any, lines: list[str]) -> None:
    box = getattr(box, "_box", box)
    if isinstance(box, (boxes.MarginBox, boxes.FootnoteAreaBox)) or not isinstance(box, boxes.ParentBox):
        return
    element = getattr(box, "element", None)
    if element is not None and element.get("class") == NOTES:
        return
    if isinstance(box, boxes.LineBox):
        lines.append("".join(_inside(box)))
        return
    for child in box.children:
        _collect(child, lines)


def _inside(box: Any) -> list[str]:
    box = getattr(box, "_box", box)
    if isinstance(box, boxes.TextBox):
        return [box.text]
    element = getattr(box, "element", None)
    if not isinstance(box, boxes.ParentBox) or (element is not None and element.get("class") in NEVER):
        return []
    return [word for child in box.children for word in _inside(child)]
