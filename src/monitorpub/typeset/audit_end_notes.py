"""The audit of notes at the end of a section or of the whole: each stands once, behind its calls, in its section, under its number.

Templates print them, and a workspace may have templates of its own: so the number is read from the boxes, and the links from what they
were made of.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from weasyprint.formatting_structure import boxes

from monitorpub.typeset.part import Remark, Spot
from monitorpub.typeset.walking import children

AGAIN = "The layout prints end notes with blocks/end-notes.html; compare its own template with that."


@dataclass
class Printed:
    """A note or a call as it is printed: the words of its mark, where the link on it leads, and the sections that it stands in."""

    mark: str = ""
    leads: str = ""
    within: frozenset[str] = frozenset()


@dataclass
class Marks:
    """The end notes and the calls of a document, by their ids."""

    notes: dict[str, Printed] = field(default_factory=dict)
    calls: dict[str, Printed] = field(default_factory=dict)


def misplaced(note: str, at: Spot, called: Spot, before: Spot | None, section: str, marks: Marks) -> Iterator[Remark]:
    """P003 where a note stands before its call, before the note with the number before, or in another section than ``section``."""
    printed = marks.notes[note]
    where = f"The note stands on page {at.page}"
    if (at.page, at.y) < (called.page, called.y):
        yield Remark("P003", f"{where}, before its call on page {called.page}.", note, AGAIN)
    elif before is not None and (at.page, at.y) < (before.page, before.y):
        yield Remark("P003", f"{where}, and the note before it stands further on.", note, AGAIN)
    elif section and section not in printed.within:
        yield Remark("P003", f"{where}, at the end of another section than that of its call.", note, AGAIN)


def misnumbered(note: str, call: str, calls: Mapping[str, list[Spot]], marks: Marks) -> Iterator[Remark]:
    """P014 where a note and one of its calls print different numbers, or a link leads from one to another than the other."""
    printed = marks.notes[note]
    for name, one in marks.calls.items():
        if one.leads == note and one.mark != printed.mark:
            where = f"on page {calls[name][0].page}"
            yield Remark("P014", f"The note prints “{printed.mark}”, and its call {where} prints “{one.mark}”.", note, AGAIN)
    if marks.calls[call].leads != note:
        yield Remark("P014", f"The note has a call, on page {calls[call][0].page}, that leads to another note.", note, AGAIN)
    if printed.leads != call:
        yield Remark("P014", "The note has a number that does not lead back to its first call.", note, AGAIN)


def marks_of(pages: Any) -> Marks:
    """What end notes and calls print, and where their links lead."""
    marks = Marks()
    for page in pages:
        _look(page._page_box, None, frozenset(), marks)
    return marks


def _look(box: Any, note: Printed | None, within: frozenset[str], marks: Marks) -> None:
    """Everything below a box; ``note`` is the end note that it stands in, ``within`` the ids of the sections."""
    element: Any = getattr(box, "element", None)
    kind = element.get("class") if element is not None else None
    if element is not None and kind == "end-note":
        note = marks.notes.setdefault(element.get("id"), Printed(within=within))
    elif element is not None and element.tag == "section" and element.get("id"):
        within |= {element.get("id")}
    if (
        element is not None
        and kind == "note-mark"
        and note is not None
        and isinstance(box, boxes.InlineBlockBox | boxes.InlineBox | boxes.BlockBox)
    ):
        note.mark, note.leads = _mark(box), element.get("href", "").removeprefix("#")
        return
    if element is not None and kind == "note-call" and element.get("id") and isinstance(box, boxes.InlineBox):
        marks.calls.setdefault(element.get("id"), Printed(_mark(box), element.get("href", "").removeprefix("#")))
        return
    for child in children(box):
        _look(child, note, within, marks)


def _mark(box: Any) -> str:
    """The figures that a box prints, superior ones as plain ones."""
    words = "".join(one.text for one in box.descendants() if isinstance(one, boxes.TextBox))
    return unicodedata.normalize("NFKC", words).replace("\u2060", "").strip()
