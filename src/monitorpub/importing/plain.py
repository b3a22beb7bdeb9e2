"""Read a plain text: the site round it goes, calls meet their notes, lines become blocks.

Calls and notes are found by :mod:`monitorpub.checking.plain_text`, as ``monitorpub check --text`` finds them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from monitorpub.checking.manuscript import Manuscript, NoteCall, NoteText, Passage, Series
from monitorpub.checking.note_lists import is_heading_of_notes
from monitorpub.checking.plain_text import manuscript_of
from monitorpub.diagnostics import Diagnostic, Found, Place
from monitorpub.importing.blocks import Blocks
from monitorpub.importing.decoding import decode
from monitorpub.importing.document import Document, Heading, List, Note, Paragraph
from monitorpub.importing.lines import LONE_HYPHEN, Line
from monitorpub.importing.roles import role_of
from monitorpub.importing.signs import begun, marked
from monitorpub.importing.site import site_lines
from monitorpub.importing.wrapped import is_wrapped, joined
from monitorpub.read import MAX_BYTES
from monitorpub.report import counted

_LOST_LINK = re.compile(
    r"\b(?:read|see|click|find|found|available|learn|visit|download|view)\b[^.!?]*\bhere\b(?=\s*[.!?)]|$)|\bclick here\b", re.IGNORECASE
)
_MARKER = re.compile(r"[^\S\n]*(?:-[^\S\n]+)?\[?\d{1,3}[^\S\n]?\]?[.)]?[^\S\n]*")


def read_plain(data: bytes, file: Path) -> Found[Document]:
    """The document of a plain text.  Gives F003 or I001-I003 where there is none; I004-I006 are warnings."""
    if len(data) > MAX_BYTES:
        message = f"The file is larger than {MAX_BYTES // 1_000_000} MB, far more than the text of any profile has."
        return Found(None, (Diagnostic("F003", message, Place(file), hint="Part a whole report into its profiles, and import these."),))
    decoded = decode(data, file)
    if decoded.value is None:
        return Found(None, decoded.diagnostics)
    reading = _Reading(decoded.value.text, file)
    reading.document.remarks[:0] = decoded.value.remarks
    return Found(reading.document, (*decoded.diagnostics, *reading.said))


class _Reading:
    """One text while it is read."""

    def __init__(self, text: str, file: Path) -> None:
        self.document = Document()
        self.said: list[Diagnostic] = []
        self._file = file
        lines = text.split("\n")
        self._numbers = list(range(1, len(lines) + 1))
        self._strip_site(lines)
        if is_wrapped(lines):
            lines, self._numbers = joined(lines)
            self.document.say("guessed", 0, "the lines of a paragraph were joined: the text is broken where a window was full")
        self._lines = lines
        manuscript = manuscript_of("\n".join(lines), file)
        self.document.language = manuscript.language
        self._keys: dict[int, str] = {}
        self._notes(manuscript)
        body = list(self._body(manuscript))
        self._left_out(manuscript)
        blocks = Blocks(self.document, body, self._file)
        blocks.read()
        self.said += blocks.said
        self._orphans(manuscript)
        self._lost_links(body)

    def _strip_site(self, lines: list[str]) -> None:
        for index in site_lines(lines):
            self.document.say("left-out", index + 1, f"“{_short(lines[index])}”")
            lines[index] = ""

    def _notes(self, manuscript: Manuscript) -> None:
        """The notes of all series in the order of their numbers; those that are called and not there without words."""
        for number, series in enumerate(manuscript.series, 1):
            found: dict[str, Note] = {}
            self._say_listed(series)
            for one in series.notes:
                self._take_note(one, found, number)
            for call in series.calls:
                self._keys[id(call)] = key = f"{number}.{call.mark}"
                if call.mark not in found:
                    found[call.mark] = Note(key, call.mark, None, self._line_of(call.passage), number)
            self.document.notes += sorted(found.values(), key=lambda note: int(note.number))

    def _say_listed(self, series: Series) -> None:
        listed = [one for one in series.notes if one.listed]
        if listed:
            words = f"the numbered list from here on is taken for the notes ({counted(len(listed), 'note')}): calls have these numbers"
            self.document.say("guessed", self._line_of(listed[0].passage), words)

    def _take_note(self, one: NoteText, found: dict[str, Note], series: int) -> None:
        line = self._line_of(one.passage)
        words = begun(marked(" ".join(one.passage.text.split())))
        former = found.get(one.mark)
        if former is None:
            found[one.mark] = Note(f"{series}.{one.mark}", one.mark, words, line, series)
            return
        former.text = f"{former.text}\n\n{words}"
        message = f"Two notes have the number {one.mark}; the first stands on line {former.line}."
        hint = "Both were kept in one note, as two paragraphs. Part them, and call each where it belongs."
        place = Place(self._file, line, 1, 2, self._text_of(line))
        self.said.append(Diagnostic("I005", message, place, hint=hint))
        self.document.say("guessed", line, f"a second note {one.mark} was joined to the one on line {former.line}")

    def _body(self, manuscript: Manuscript) -> Iterator[Line]:
        """The lines of the body in their order."""
        calls: dict[int, list[tuple[NoteCall, str]]] = {}
        for series in manuscript.series:
            for call in series.calls:
                calls.setdefault(id(call.passage), []).append((call, self._keys[id(call)]))
        passages = sorted(manuscript.passages, key=lambda passage: passage.offset(0))
        last, after_notes = 0, False
        for passage in passages:
            index = passage.locate(0, 1).line - 1
            if passage.kind == "note":
                last, after_notes = index + passage.text.count("\n") + 1, True
                continue
            own = sorted(calls.get(id(passage), []), key=lambda one: one[0].start)
            gap = sum(not line.strip() for line in self._lines[last:index])
            yield Line(self._numbers[index], self._lines[index], passage.text, own, gap, after_notes)
            last, after_notes = index + 1, False

    def _left_out(self, manuscript: Manuscript) -> None:
        """The feet of pages, which are in no passage."""
        kept: set[int] = set()
        for passage in manuscript.passages:
            first = passage.locate(0, 1).line - 1
            kept.update(range(first, first + passage.text.count("\n") + 1))
        for index, line in enumerate(self._lines):
            if line.strip() and index not in kept and not _MARKER.fullmatch(line) and not LONE_HYPHEN.match(line):
                what = "the heading of the notes" if is_heading_of_notes(line) else "the foot of a page"
                self.document.say("left-out", self._numbers[index], f"“{_short(line)}” ({what})")

    def _orphans(self, manuscript: Manuscript) -> None:
        """Notes that nothing calls are called at the end of the last paragraph before them: no words may be lost."""
        for number, series in enumerate(manuscript.series, 1):
            marks = {call.mark for call in series.calls}
            for note in (note for note in self.document.notes if note.series == number and note.number not in marks):
                self._call(note, series)

    def _call(self, note: Note, series: Series) -> None:
        first = min((self._line_of(call.passage) for call in series.calls), default=0)
        target: Paragraph | Heading | None = None
        for block in self.document.blocks:
            inner = block.items[-1][-1] if isinstance(block, List) else block
            if isinstance(inner, Heading) and role_of(inner.text):
                continue  # the layout prints its own words in place of these
            if isinstance(inner, Paragraph | Heading) and first <= inner.line < note.line:
                target = inner
        if target is None:
            target = Paragraph("", note.line)
            self.document.blocks.append(target)
        target.text = f"{target.text}[^{note.key}]"
        words = f"nothing calls note {note.number}; it is now called at the end of the paragraph on line {target.line}"
        self.document.say("guessed", note.line, words)

    def _lost_links(self, body: list[Line]) -> None:
        for line in body:
            if match := _LOST_LINK.search(line.words):
                self.document.say("lost", line.number, f"the address of a link: “{_short(match[0][-60:])}”")

    def _line_of(self, passage: Passage) -> int:
        return self._numbers[passage.locate(0, 1).line - 1]

    def _text_of(self, number: int) -> str:
        return next((line for line, own in zip(self._lines, self._numbers, strict=False) if own == number), "")


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= 60 else line[:59] + "…"
