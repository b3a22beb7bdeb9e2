"""S101: a quotation mark without its partner."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitorpub.checking.in_notes import texts
from monitorpub.checking.manuscript import Manuscript, Passage
from monitorpub.checking.rule import Hit, Rule, Severity
from monitorpub.checking.rules.ibid_form import quoted_ibid
from monitorpub.checking.rules.lost_opening_quote import lost_quote
from monitorpub.text.quotations import stray_marks

_DOUBLE = '“”"«»„'


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """Double quotation marks in notes, and in the texts of a profile, that open or close nothing."""
    named = list(texts(manuscript))
    if manuscript.written is not None:
        named += [("The text", passage) for passage in manuscript.body]
    unspaced = {id(note.passage) for note in manuscript.notes if not note.spaced}
    for name, passage in named:
        for at, opens in _unpaired(passage, lost=lost_quote(passage.text) if id(passage) in unspaced else None):
            end = _end_of_word(passage.text, at) if opens else at + 1
            what = "opens a quotation that is never closed" if opens else "closes a quotation that was never opened"
            start = at if opens else _start_of_word(passage.text, at)
            where = name if passage.kind in ("note", "table-note") else f"{name} of {passage.field}"
            hint = "Put in the mark that closes it." if opens else "Put in the mark that opens it, or delete this one."
            yield Hit(passage, start, end, f"{where}: the mark {passage.text[at]} {what}.", hint)


def _unpaired(passage: Passage, lost: int | None) -> Iterator[tuple[int, bool]]:
    ibid = quoted_ibid(passage.text)
    for quotation in passage.quotations:
        goes_on = re.compile(rf"[^\n]*(?:\n(?!\s*\n)[^\n]*)*\n\s*\n\s*>?\s*{re.escape(quotation.mark)}").match(
            passage.text, quotation.start
        )
        if quotation.end is None and quotation.mark in _DOUBLE and not goes_on and not (ibid and quotation.start == 0):
            yield quotation.start, True
    for at in stray_marks(passage.text):
        if passage.text[at] in _DOUBLE and at != lost:
            yield at, False


def _end_of_word(text: str, at: int) -> int:
    match = re.compile(r"\S+").match(text, at)
    return match.end() if match else at + 1


def _start_of_word(text: str, at: int) -> int:
    while at and not text[at - 1].isspace():
        at -= 1
    return at


RULE = Rule(
    code="S101",
    name="unpaired-quote",
    severity=Severity.WARNING,
    what="A double quotation mark in a note, or in a text of a profile, that opens what is never closed or closes what was never opened.",
    why="Nobody can say where the title or the quotation ends, and whose words are whose.",
    example="“Mines found near the border, *Outlet*, 5 January 2024.",
    instead="“Mines found near the border”, *Outlet*, 5 January 2024.",
    check=find,
)
