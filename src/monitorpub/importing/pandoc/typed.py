"""Calls and notes that somebody typed: ``[3]`` or a superscript in the text, and a paragraph that begins with the number.

Files without real notes have them: pages of the web, and Word files whose notes were pasted.  Numbers may begin again after each
run of notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from monitorpub.checking.note_lists import is_heading_of_notes
from monitorpub.importing.document import Block, Document, Heading, List, Note, Paragraph, Quotation, texts
from monitorpub.importing.pandoc.changing import change_texts
from monitorpub.importing.pandoc.linked import free_key, without_empty_headings
from monitorpub.importing.pandoc.marks import MARK, RAISED, about, without_marks

_BRACKETED = r"\\?\[\s?(\d{1,3})\s?\\?\](?!\()"
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_UNIT = re.compile(r"\b(?:[kcmdh]?m|mi|ft|10)\s?\Z")
"""What stands before a figure that is an exponent."""
_ANY = re.compile(rf"{_BRACKETED}|{MARK.pattern}")


@dataclass
class _Block:
    """A paragraph or an item that is a note, to be taken out."""

    number: int
    blocks: list[Block]
    text: str
    line: int


@dataclass
class Typed:
    """Finds typed calls and notes, and joins them."""

    document: Document
    real: bool = False
    """Whether the file has real notes: typed figures are calls of these then, or none."""
    _series: int = 1
    _waiting: dict[int, list[int]] = field(default_factory=dict)
    """Numbers of calls that have no note yet -> the places of the calls."""
    _known: dict[int, str] = field(default_factory=dict)
    """Numbers of this series -> keys."""
    _keys: dict[int, str] = field(default_factory=dict)
    """The places of calls -> keys."""
    _calls: int = 0
    _line: int = 0
    _closed: int = 0
    """The place of the first call behind the last note."""

    def settle(self) -> None:
        """Do it; marks of superscripts that are no calls become superscripts."""
        notes = [] if self.real else list(_notes(self.document.blocks))
        wanted = {note.number for note in notes}
        if self.real:
            self._known = {int(note.number): note.key for note in self.document.notes if note.number.isdigit()}
            for block in _leaves(self.document.blocks):
                self._line = block.line
                change_texts([block], self._again)
        elif wanted:
            self._join(notes)
        else:
            self._without_notes()
        change_texts(self.document.blocks, _plain)

    def _again(self, text: str) -> str:
        """Typed figures in a file with real notes: a superscript that is the number of a note calls it again."""

        def change(found: re.Match[str]) -> str:
            if found[2] != RAISED or (number := int(about_(found))) not in self._known or _is_exponent(found, text):
                return found[0]
            self.document.say("guessed", self._line, f"a superscript {number} is taken for another call of note {number}")
            return f"[^{self._known[number]}]"

        return _ANY.sub(change, text)

    def _without_notes(self) -> None:
        """Figures that look like calls, in a file that has no notes: they stay words, which is said."""
        found: list[tuple[int, int]] = []
        for block in _leaves(self.document.blocks):
            for text in texts([block]):
                numbers = [number for one in _ANY.finditer(text) if (number := _number(one, text)) is not None]
                found += [(number, block.line) for number in numbers]
        if found:
            shown = ", ".join(str(number) for number, _ in found[:10]) + (" …" if len(found) > 10 else "")
            words = f"figures like calls of notes ({shown}) have no notes in the file: they are kept as words"
            self.document.say("lost", found[0][1], words)

    def _join(self, notes: list[_Block]) -> None:
        """Give each note its calls, in the order of the text."""
        taken = {id(block): note for note in notes for block in note.blocks}
        heads = {id(note.blocks[0]): note for note in notes}
        self._walk(self.document.blocks, taken, heads)
        for number, places in self._waiting.items():
            self._settle(number, places)
        self.document.blocks = without_empty_headings(_remove(self.document.blocks, set(taken)))
        counter = iter(range(self._calls))
        change_texts(self.document.blocks, lambda text: _ANY.sub(lambda found: self._call(found, text, counter), text))

    def _walk(self, blocks: list[Block], taken: dict[int, _Block], heads: dict[int, _Block]) -> None:
        for block in blocks:
            if id(block) in heads:
                self._note(heads[id(block)])
            elif id(block) not in taken:
                inner = block.blocks if isinstance(block, Quotation) else None
                if inner is not None:
                    self._walk(inner, taken, heads)
                elif isinstance(block, List):
                    for item in block.items:
                        self._walk(item, taken, heads)
                else:
                    change_texts([block], self._count)

    def _count(self, text: str) -> str:
        for found in _ANY.finditer(text):
            if (number := _number(found, text)) is not None:
                self._waiting.setdefault(number, []).append(self._calls)
                self._calls += 1
        return text

    def _note(self, note: _Block) -> None:
        if note.number in self._known and note.number in self._waiting:
            self._begin_again()
        key = free_key(f"{self._series}.{note.number}", self.document)
        if note.number in self._known:
            self.document.say("guessed", note.line, f"two notes have the number {note.number}; both are kept, and nothing calls the second")
        elif note.number not in self._waiting:
            self.document.say("guessed", note.line, f"nothing calls note {note.number}")
        self.document.notes.append(Note(key, str(note.number), note.text or None, note.line, self._series))
        self._known.setdefault(note.number, key)
        self._keys |= dict.fromkeys(self._waiting.pop(note.number, []), key)
        self._closed = self._calls

    def _begin_again(self) -> None:
        """Numbers begin again: what was called before the last note of the old series, and has no note, is missing there."""
        for number, places in list(self._waiting.items()):
            old = [place for place in places if place < self._closed]
            self._settle(number, old)
            self._waiting[number] = places[len(old) :]
            if not self._waiting[number]:
                del self._waiting[number]
        self._series, self._known = self._series + 1, {}

    def _settle(self, number: int, places: list[int]) -> None:
        """Calls to which no note follows: they repeat one of this series, or their note is missing."""
        if places and number not in self._known:
            key = free_key(f"{self._series}.{number}", self.document)
            self.document.notes.append(Note(key, str(number), None, 0, self._series))
            self._known[number] = key
        self._keys |= dict.fromkeys(places, self._known[number]) if places else {}

    def _call(self, found: re.Match[str], text: str, counter: Iterator[int]) -> str:
        if _number(found, text) is None:
            return found[0]
        return f"[^{self._keys[next(counter)]}]"


def _leaves(blocks: list[Block]) -> Iterator[Block]:
    """The blocks that hold texts themselves, those in lists and quotations too."""
    for block in blocks:
        if isinstance(block, List):
            for item in block.items:
                yield from _leaves(item)
        elif isinstance(block, Quotation):
            yield from _leaves(block.blocks)
        else:
            yield block


def about_(found: re.Match[str]) -> str:
    """What a mark is about, where the pattern has a group before those of the mark."""
    return found[3]


def _number(found: re.Match[str], text: str) -> int | None:
    """The number of a call; None for other marks and for exponents."""
    if found[1]:
        return int(found[1])
    return None if found[2] != RAISED or _is_exponent(found, text) else int(about_(found))


def _is_exponent(found: re.Match[str], text: str) -> bool:
    """Whether a superscript is that of km² or m³."""
    return about_(found) in ("2", "3") and _UNIT.search(without_marks(text[max(0, found.start() - 60) : found.start()])) is not None


def _plain(text: str) -> str:
    """A text whose superscripts that are no calls are superscripts."""
    return MARK.sub(lambda found: about(found)[0].translate(_SUPERSCRIPT) if found[1] == RAISED else found[0], text)


_BEGINS = re.compile(rf"\A(?:{_BRACKETED}|{MARK.pattern})\s*(?=\S)")
_BARE = re.compile(r"\A(\d{1,3})(?:\\?[.):]|\s)\s*(?=\S)")


def _notes(blocks: list[Block]) -> Iterator[_Block]:
    """The notes that are typed: each begins with a number that is called before, or stands below a heading of notes."""
    called: set[int] = set()
    below = False
    last: _Block | None = None
    for block in blocks:
        if isinstance(block, Heading):
            below, last = is_heading_of_notes(without_marks(block.text)), None
        if isinstance(block, Paragraph) and (note := _as_note(block, called, below)) is not None:
            last = note
            yield note
        elif isinstance(block, List) and below and block.ordered:
            yield from _items(block)
            last = None
        elif isinstance(block, (Paragraph, Quotation)) and below and last is not None:
            more = [block] if isinstance(block, Paragraph) else [one for one in block.blocks if isinstance(one, Paragraph)]
            last.blocks.append(block)
            last.text = "\n\n".join([last.text, *(one.text for one in more)])
        else:
            for text in texts([block]):
                called |= {number for found in _ANY.finditer(text) if (number := _number(found, text)) is not None}


def _as_note(block: Paragraph, called: set[int], below: bool) -> _Block | None:
    found = _BEGINS.match(block.text)
    if found and (found[1] or found[2] == RAISED):
        number = int(found[1] or about_(found))
        if number in called or below:
            return _Block(number, [block], block.text[found.end() :].strip(), block.line)
    if below and (found := _BARE.match(block.text)):
        return _Block(int(found[1]), [block], block.text[found.end() :].strip(), block.line)
    return None


def _items(block: List) -> Iterator[_Block]:
    """The items of a numbered list below a heading of notes."""

    for index, item in enumerate(block.items):
        words = "\n\n".join(texts(item))
        found = _BEGINS.match(words)
        own = found is not None and bool(found[1] or found[2] == RAISED)
        yield _Block(
            block.start + index, list(item), words[found.end() :] if found and own else words, item[0].line if item else block.line
        )


def _remove(blocks: list[Block], taken: set[int]) -> list[Block]:
    out: list[Block] = []
    for block in blocks:
        if id(block) in taken:
            continue
        if isinstance(block, List):
            block.items = [left for item in block.items if (left := _remove(item, taken))]
            if not block.items:
                continue
        elif isinstance(block, Quotation):
            block.blocks = _remove(block.blocks, taken)
            if not block.blocks:
                continue
        out.append(block)
    return out
