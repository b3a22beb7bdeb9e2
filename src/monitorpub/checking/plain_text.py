"""A plain-text reading of a profile, good enough that the rules run on it.

Two shapes are known: calls and notes as ``[n]``, notes after each section, numbering restarting with the section; and superscript calls
with the notes at the foot of each page, in between the text.  A text has one of the two, by what it has more of.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from monitorpub.checking.manuscript import Kind, Manuscript, NoteCall, NoteText, Passage, Series
from monitorpub.checking.note_lists import FARTHEST, SUPERSCRIPTS, Listed, note_lists
from monitorpub.diagnostics import Diagnostic, Found
from monitorpub.read import load_text
from monitorpub.source import Source

_BRACKET_NOTE = re.compile(r"^[^\S\n]*\[(\d{1,3})\s?\]:?([^\S\n]*)(?=\S)")
_BRACKET_CALL = re.compile(r"\[(\d{1,3})\s?\]")
_FOOT_NOTE = re.compile(r"^[^\S\n]*(?:-[^\S\n]+)?(\d{1,3})[.)]?([^\S\n]+)(?=\S)")
_FOOT_NUMBER = re.compile(r"^[^\S\n]*(\d{1,3})[.)]?[^\S\n]*$")
_INNER_CALL = re.compile(r"(?<=[^\s])[^\S\n]*\[\d{1,3}\s?\]")
_AT_START = re.compile(r"^[^\S\n]*[⁰¹²³⁴⁵⁶⁷⁸⁹]+", re.MULTILINE)
_RAISED_CALL = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_FINISHED = re.compile(r"[.!?…][\"”’')\]*_>]*$")
_UNIT = re.compile(r"(?:\bk?m|\d\s?[kcm]?m|\([kcm]?m)$")
_AMERICAN = re.compile(r"\b(?:program|programs|center|centers|defense|landmine problem|antipersonnel|demining center)\b", re.IGNORECASE)
_BRITISH = re.compile(r"\b(?:programme|programmes|centre|centres|defence)\b", re.IGNORECASE)

_YEAR = re.compile(r"(?:19|20)\d\d\b")
_NAME = r"[A-Z][\w’'-]*(?:\s(?:[A-Z][\w’'-]*|the|of|and|for|in|on|to|from|a))*\s(?:19|20)\d\d(?:\sReport)?"
_TITLE_FOLIO = re.compile(rf"{_NAME}\s+\d{{1,3}}")
_FOLIO_TITLE = re.compile(rf"(\d{{1,3}})\s+({_NAME})")
_SITE = re.compile(r"(?:\d{1,3}\s+)?(?:https?://)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:org|com|net|int|info)/?(?:\s+\d{1,3})?", re.IGNORECASE)
VOLUMES = ("Clearing the Mines", "Clearing Cluster Munition Remnants", "Landmine Monitor", "Cluster Munition Monitor")
"""Titles that stand with a folio at the feet of pages."""

LONGEST_FURNITURE = 60


@dataclass
class _Line:
    """A line of the file, or a paragraph that runs over several."""

    start: int
    text: str
    number: int | None = None
    """The number of the note that it begins."""
    lead: int = 0
    """Signs before the words of the note."""
    listed: bool = False
    """Whether the note was found in a numbered list, which is a guess."""
    spaced: bool = True


def read_text(file: Path) -> Found[Manuscript]:
    """The manuscript of a plain text.  Gives diagnostics F001, F003, F004."""
    text = load_text(file)
    if isinstance(text, Diagnostic):
        return Found(None, (text,))
    return Found(manuscript_of(text, file))


def manuscript_of(text: str, file: Path) -> Manuscript:
    """The manuscript of a text in hand."""
    source = Source.of(text, file)
    bracketed = _is_bracketed(text)
    lines = _lines(text, bracketed=bracketed)
    language = "en-US" if len(_AMERICAN.findall(text)) > len(_BRITISH.findall(text)) else "en-GB"
    house = "monitor" if bracketed else "mine-action-review"
    reading = _Reading(Manuscript(file, language, house, source=source), bracketed=bracketed)
    for line in lines:
        reading.take(line)
    reading.close()
    return reading.manuscript


def _is_bracketed(text: str) -> bool:
    return len(_INNER_CALL.findall(text)) >= len(_raised(_AT_START.sub("", text)))


def _lines(text: str, *, bracketed: bool) -> list[_Line]:
    lines: list[_Line] = []
    position = 0
    pattern = _BRACKET_NOTE if bracketed else _FOOT_NOTE
    raws = text.splitlines(keepends=True)
    turn = _Turn(raws)
    listed = _listed(raws, bracketed=bracketed)
    for index, raw in enumerate(raws):
        line = _Line(position, raw.rstrip("\n"))
        match = pattern.match(raw)
        if index in listed.headings:
            line.text, match = "", None
        elif index in listed.notes:
            line.number, line.lead = listed.notes[index]
            line.listed, turn.last = True, line.number
        elif not bracketed and _is_furniture(raw, text):
            line.text = ""
            match = None
        elif match and (bracketed or turn.accepts(int(match[1]), index)):
            line.number, line.lead, line.spaced = int(match[1]), match.end(), bool(match[2])
            turn.last = line.number
        elif not bracketed and (alone := _FOOT_NUMBER.match(raw)) and turn.accepts_alone(int(alone[1]), index):
            line.number, line.lead = int(alone[1]), len(raw) + _indent(raws[index + 1])
            turn.last = line.number
        words_of_above = bool(lines) and lines[-1].number is not None and len(lines[-1].text) < lines[-1].lead
        if words_of_above or (match is None and line.number is None and lines and line.text and _goes_on(lines[-1], raw)):
            lines[-1].text = text[lines[-1].start : position + len(line.text)]
        else:
            lines.append(line)
        if not bracketed and index not in listed.notes:
            turn.see(raw)
        position += len(raw)
    return lines


def _listed(raws: list[str], *, bracketed: bool) -> Listed:
    """The lists of notes of a text whose notes do not stand in the usual form."""
    usual = any(_BRACKET_NOTE.match(raw) for raw in raws) if bracketed else False
    calls: list[set[int]] = []
    for raw in raws:
        words = raw.lstrip()
        found = _BRACKET_CALL.findall(words[1:]) if bracketed else _raised(_AT_START.sub("", raw))
        calls.append({int(number) for number in found})
    out = note_lists(raws, calls)
    return Listed({}, out.headings) if usual else out


class _Turn:
    """Which number a note at the foot of a page may have: the next, or a little later one that was called, where one is lost."""

    def __init__(self, raws: list[str]) -> None:
        self._raws = raws
        self._called: set[int] = set()
        self.last = 0

    def see(self, raw: str) -> None:
        """Keep the numbers that a line calls."""
        for digits in _raised(raw):
            self._called.add(int(digits))
            for first in range(1, len(digits)):
                self._called |= {int(number) for number in _run(digits, int(digits[:first]))}

    def accepts(self, number: int, index: int) -> bool:
        """Whether a line may begin the note of this number."""
        if number == self.last + 1:
            return True
        if number not in self._called or not self.last < number <= self.last + FARTHEST:
            return False
        return not any(self.last < coming < number for coming in self._coming(index))

    def accepts_alone(self, number: int, index: int) -> bool:
        """Whether a line that has only a number begins a note: one that was called, with its words on the next line."""
        following = self._raws[index + 1].strip() if index + 1 < len(self._raws) else ""
        words = (
            bool(following)
            and (following[0].isupper() or following[0] in "“‘\"'" or _YEAR.match(following) is not None)
            and not _raised(following)
        )
        return words and number in self._called and self.accepts(number, index)

    def _coming(self, index: int) -> Iterator[int]:
        """The numbers at the heads of the lines that follow, down to the next line with a call."""
        for raw in self._raws[index + 1 :]:
            if _raised(raw):
                return
            if match := _FOOT_NOTE.match(raw) or _FOOT_NUMBER.match(raw):
                yield int(match[1])


def _raised(text: str) -> list[str]:
    """The raised figures of a text that are no units."""
    found = (m for m in _RAISED_CALL.finditer(text) if not _is_unit(text, m.start()))
    return [m[0].translate(SUPERSCRIPTS) for m in found]


def _is_unit(text: str, index: int) -> bool:
    """Whether the raised figure at this index belongs to a unit, as in km²."""
    return _UNIT.search(text[max(0, index - 12) : index]) is not None


def _run(digits: str, first: int) -> list[str]:
    """The numbers from ``first`` on, one after the other, that a run of digits is; none where it is no such run."""
    numbers = [str(first)]
    while len("".join(numbers)) < len(digits):
        numbers.append(str(int(numbers[-1]) + 1))
    return numbers if "".join(numbers) == digits else []


def _indent(raw: str) -> int:
    return len(raw) - len(raw.lstrip())


def _is_furniture(raw: str, text: str) -> bool:
    """Whether a line is the foot of a page: a site address, with or without a folio, or the title of the volume with one."""
    line = raw.strip()
    if len(line) > LONGEST_FURNITURE:
        return False
    if _SITE.fullmatch(line) or _TITLE_FOLIO.fullmatch(line):
        return True
    if match := _FOLIO_TITLE.fullmatch(line):  # it looks like a note: a title that comes again with another folio is none
        return match[2].startswith(VOLUMES) or len(_folios(text).get(match[2], ())) > 1
    return False


@lru_cache(maxsize=4)
def _folios(text: str) -> dict[str, set[str]]:
    """The numbers with which each title comes on a line of its own behind them."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in text.split("\n"):
        if len(line) <= LONGEST_FURNITURE and (match := _FOLIO_TITLE.fullmatch(line.strip())):
            found[match[2]].add(match[1])
    return found


def _goes_on(note: _Line, raw: str) -> bool:
    """Whether a line goes on with the note of the line above, which was broken there."""
    if note.number is None or not raw.strip() or not note.text.strip():
        return False
    return _FINISHED.search(note.text.rstrip()) is None or raw.lstrip()[0].islower()


class _Reading:
    """The manuscript while it is read."""

    def __init__(self, manuscript: Manuscript, *, bracketed: bool) -> None:
        self.manuscript = manuscript
        self._bracketed = bracketed
        self._pending: list[Passage] = []
        self._pending_calls: list[NoteCall] = []
        self._series: Series | None = None
        self._top = 0
        """The highest number that the series calls."""
        self._texts: dict[int, list[Passage]] = defaultdict(list)
        self._after_notes = False

    def take(self, line: _Line) -> None:
        """The next line of the file."""
        if not line.text.strip():
            return
        if line.number is not None:
            self._note(line)
        else:
            self._body(line)

    def close(self) -> None:
        """The end of the file: the sections get their names."""
        self._settle()
        names = [_title(self._texts[id(series)]) for series in self.manuscript.series]
        for index, series in enumerate(self.manuscript.series):
            series.name = names[index] if names[index] and names.count(names[index]) == 1 else f"section {index + 1}"
            for passage in (*self._texts[id(series)], *(note.passage for note in series.notes)):
                passage.series = series.name

    def _note(self, line: _Line) -> None:
        self._settle()
        series = self._current()
        words = line.text[line.lead :].rstrip()
        passage = self._passage(line.start + line.lead, words, "note", f"note {line.number}")
        series.notes.append(NoteText(str(line.number), passage, spaced=line.spaced, listed=line.listed))
        self.manuscript.passages.append(passage)
        self._after_notes = True

    def _body(self, line: _Line) -> None:
        text = line.text.strip()
        kind: Kind = "text" if len(text.split()) > 12 or re.search(r"[.!?][”\"'’]?(?:\[\d+ ?\]|[⁰¹²³⁴⁵⁶⁷⁸⁹])*$", text) else "heading"
        passage = self._passage(line.start + line.text.index(text[0]), text, kind, "")
        calls = self._calls(passage)
        if self._after_notes:
            self._pending.append(passage)
            self._pending_calls += calls
            if calls:
                self._settle()
            return
        self._add([passage], calls)

    def _settle(self) -> None:
        """Decide whether what stands after a block of notes goes on with its series or begins another."""
        if not self._pending:
            return
        series = self._series
        numbers = [int(call.mark) for call in self._pending_calls]
        if series is None or not numbers or numbers[0] <= self._top:
            self._series = None
        passages, calls = self._pending, self._pending_calls
        self._pending, self._pending_calls, self._after_notes = [], [], False
        self._add(passages, calls)

    def _add(self, passages: list[Passage], calls: list[NoteCall]) -> None:
        series = self._current()
        self._texts[id(series)] += passages
        self.manuscript.passages += passages
        series.calls += calls
        self._top = max(self._top, _highest(calls))

    def _current(self) -> Series:
        if self._series is None:
            self._series, self._top = Series(""), 0
            self.manuscript.series.append(self._series)
        return self._series

    def _calls(self, passage: Passage) -> list[NoteCall]:
        calls: list[NoteCall] = []
        top = max(self._top, _highest(self._pending_calls))
        pattern = _BRACKET_CALL if self._bracketed else _RAISED_CALL
        for match in pattern.finditer(passage.text):
            if not self._bracketed and _is_unit(passage.text, match.start()):
                continue
            if self._bracketed:
                calls.append(NoteCall(match[1], passage, *match.span()))
                continue
            start = match.start()
            for number in self._numbers(match[0].translate(SUPERSCRIPTS), top, first=not calls):
                calls.append(NoteCall(number, passage, start, start + len(number)))
                start += len(number)
                top = max(top, int(number))
        return calls

    def _numbers(self, digits: str, highest: int, *, first: bool) -> list[str]:
        """The numbers that a raised run of digits stands for: several, where only those that are next in turn make sense.

        ``highest`` is the highest number that was called before; ``first`` says that no other call stands before it in its passage.
        """
        if int(digits) <= highest + 1:
            return [digits]
        begins_again = first and not self._pending_calls and self._after_notes
        for start in (highest + 1, 1) if begins_again else (highest + 1,):
            if numbers := _run(digits, start):
                return numbers
        return [digits]

    def _passage(self, start: int, text: str, kind: Kind, field: str) -> Passage:
        source = self.manuscript.source
        assert source is not None
        return Passage(
            text=text,
            kind=kind,
            locate=lambda a, b: source.place_at(start + a, max(b - a, 1)),
            offset=lambda a: start + a,
            field=field,
        )


def _highest(calls: list[NoteCall]) -> int:
    return max((int(call.mark) for call in calls), default=0)


def _title(passages: list[Passage]) -> str:
    """The heading above the date of a section, or the first heading."""
    headings = [" ".join(p.text.split()) for p in passages if p.kind == "heading"]
    dated = next((i for i, text in enumerate(headings) if text.lower().startswith("last updated")), 0)
    if dated:
        return headings[dated - 1]
    return next((text for text in headings if not text.lower().startswith("last updated") and any(c.isalpha() for c in text)), "")
