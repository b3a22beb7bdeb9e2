"""Notes of a page that are joined to their calls by links: ``<a href="#fn1">1</a>`` and a place ``fn1`` further on.

A link that shows a number and leads forward is a call; where it leads to, a note begins.  A link back is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from monitorpub.checking.note_lists import is_heading_of_notes
from monitorpub.importing.document import Block, Document, Fact, Facts, Heading, List, Note, Paragraph, Quotation, Table, texts
from monitorpub.importing.marking import text_of
from monitorpub.importing.pandoc.changing import change_texts
from monitorpub.importing.pandoc.inlines import number_of
from monitorpub.importing.pandoc.marks import END, LINK, MARK, RAISED, TARGET, about, without_marks

_AT_END = re.compile(r"[\s↑↩⏎⬆⇧^\ufe0e\ufe0f]+\Z")


@dataclass
class _Found:
    """A note that was cut out of the text."""

    places: list[str]
    text: str
    line: int


@dataclass
class Linked:
    """Takes the notes out of a document and puts calls in place of the links to them."""

    document: Document
    wanted: dict[str, str] = field(default_factory=dict)
    """Places to which calls lead, with the number that the first call shows."""
    notes: list[_Found] = field(default_factory=list)

    def settle(self) -> None:
        """Do it."""
        self.wanted = _wanted(self.document.blocks)
        if self.wanted:
            self.document.blocks = self._take(self.document.blocks)
        keys = self._keep()
        change_texts(self.document.blocks, lambda text: self._called(text, keys))

    def _keep(self) -> dict[str, str]:
        """Put the notes into the document; gives the key of each place."""
        keys: dict[str, str] = {}
        series, last, marks = 1, 0, False
        for found in sorted(self.notes, key=lambda one: self._first(one.places)):
            shown = next((self.wanted[place] for place in found.places if place in self.wanted), "")
            if shown.isdigit():
                if int(shown) <= last:
                    series += 1
                last = int(shown)
            key = free_key(f"{series}.{shown}" if shown.isdigit() else f"{series}.{len(keys) + 1}", self.document)
            text = _number_off(found.text, shown)
            marks = marks or not shown.isdigit()
            self.document.notes.append(Note(key, shown, text or None, found.line, series))
            keys |= dict.fromkeys(found.places, key)
        for place, shown in self.wanted.items():
            if place not in keys:
                key = free_key(f"{series}.{shown}" if shown.isdigit() else f"{series}.missing", self.document)
                self.document.notes.append(Note(key, shown, None, 0, series))
                keys[place] = key
        return keys

    def _first(self, places: list[str]) -> int:
        order = list(self.wanted)
        return min((order.index(place) for place in places if place in self.wanted), default=len(order))

    def _called(self, text: str, keys: dict[str, str]) -> str:
        """The text with calls for links to notes; other links to places show their words."""

        def call(found: re.Match[str]) -> str:
            if found[1] != LINK:
                return found[0]
            place, shown = about(found)
            return f"[^{keys[place]}]" if place in keys else shown if number_of(shown) else ""

        made = MARK.sub(call, text)
        return re.sub(r"\\?\[\s*(\[\^[\w.:-]+\])\s*\\?\]", r"\1", made) if made != text else text

    def _take(self, blocks: list[Block]) -> list[Block]:
        """The blocks that are left when the notes are out."""
        out: list[Block] = []
        index = 0
        while index < len(blocks):
            block = blocks[index]
            index += 1
            match block:
                case Paragraph() if self._places(block.text):
                    before, found = self._split(block)
                    if before:
                        out.append(before)
                    if end := self._end(found[-1], blocks, index):
                        found[-1].text = "\n\n".join([found[-1].text, text_of(blocks[index:end])])
                        index = end
                    elif end := self._between(found[-1], blocks, index):
                        index = end
                    self.notes += found
                case _:
                    out += [block] if self._left(block) else []
        return without_empty_headings(out) if len(out) < len(blocks) else out

    def _left(self, block: Block) -> bool:
        """Take the notes out of a block that holds others; gives whether something is left of it."""
        match block:
            case List():
                block.items = [left for item in block.items if (left := self._item(item, block))]
                return bool(block.items)
            case Quotation():
                block.blocks = self._take(block.blocks)
                return bool(block.blocks)
            case Table():
                block.rows = [row for row in block.rows if not self._row(row.cells, row.line)]
                return bool(block.rows)
            case Facts():
                block.groups = [(head, facts_) for head, facts in block.groups if (facts_ := self._facts(facts))]
                return bool(block.groups)
        return True

    def _places(self, text: str) -> list[str]:
        return [place for found in MARK.finditer(text) if found[1] == TARGET and (place := about(found)[0]) in self.wanted]

    def _item(self, item: list[Block], parent: List) -> list[Block]:
        """The blocks of an item, or none where it is a note as a whole."""
        texts = [one.text for one in item if isinstance(one, (Paragraph, Heading))]
        places = self._places("".join(texts))
        if len(places) > 1 or not places or not isinstance(item[0], (Paragraph, Heading)):
            return self._take(item)
        lists = [text for one in item if isinstance(one, List) for inner in one.items for text in _texts(inner)]
        self.notes.append(_Found(places, "\n\n".join([*texts, *lists]), item[0].line or parent.line))
        return []

    def _row(self, cells: list[str], line: int) -> bool:
        """Whether a row of a table is a note; it is kept then."""
        places = self._places("".join(cells))
        if places:
            self.notes.append(_Found(places, " ".join(cell for cell in cells if cell), line))
        return bool(places)

    def _facts(self, facts: list[Fact]) -> list[Fact]:
        return [fact for fact in facts if not self._row([fact.label, *fact.values], fact.line)]

    def _split(self, block: Paragraph) -> tuple[Paragraph | None, list[_Found]]:
        """A paragraph with notes: what stands before the first of them, and the notes."""
        starts = [found for found in MARK.finditer(block.text) if found[1] == TARGET and about(found)[0] in self.wanted]
        cuts: list[tuple[int, list[str]]] = []
        for found in starts:
            if cuts and not without_marks(block.text[cuts[-1][0] : found.start()]).strip():
                cuts[-1][1].append(about(found)[0])
            else:
                cuts.append((found.start(), [about(found)[0]]))
        before = without_marks(block.text[: cuts[0][0]]).strip(" \\\n")
        bare = re.fullmatch(r"\W*\w{0,3}\W*", before) is not None
        notes = []
        for number, (start, places) in enumerate(cuts):
            end = cuts[number + 1][0] if number + 1 < len(cuts) else len(block.text)
            text = (block.text[: cuts[0][0]] if bare and not number else "") + block.text[start:end]
            notes.append(_Found(places, text.strip(" \\\n"), block.line))
        left = None if bare else Paragraph(block.text[: cuts[0][0]].rstrip(" \\\n"), block.line)
        return left, notes

    def _end(self, note: _Found, blocks: list[Block], start: int) -> int:
        """The index behind the last block of a note that is an element of several paragraphs; 0 where it has one."""
        ends = [found for found in MARK.finditer(note.text) if found[1] == END and about(found)[0] in note.places]
        if ends:
            return 0
        for index in range(start, len(blocks)):
            block = blocks[index]
            own = "".join(_texts([block]))
            if isinstance(block, (Table, Facts)) or self._places(own):
                return 0
            if any(found[1] == END and about(found)[0] in note.places for found in MARK.finditer(own)):
                return index + 1
        return 0

    def _between(self, note: _Found, blocks: list[Block], start: int) -> int:
        """Take what stands between a note without a box and the next one of its list; gives the index of that, or 0.

        Where a call stands between the two, the text goes on there, and they are of two lists.
        """
        end = next((index for index in range(start, len(blocks)) if self._places("".join(_texts([blocks[index]])))), start)
        more = blocks[start:end]
        if not more or not all(isinstance(block, (Paragraph, List, Quotation)) for block in more):
            return 0
        own = "".join(_texts(more))
        if any(found[1] == LINK and about(found)[0] in self.wanted for found in MARK.finditer(own)):
            return 0
        note.text = "\n\n".join([note.text, text_of(more)])
        first, second = (self.wanted[places[0]] for places in (note.places, self._places("".join(_texts([blocks[end]])))))
        words = " ".join(without_marks(" ".join(_texts(more))).split())
        said = f"what stands between notes {first} and {second} is taken for a part of note {first}: “{_short(words)}”"
        self.document.say("guessed", more[0].line, said)
        return end


def _short(words: str) -> str:
    return words if len(words) <= 60 else words[:59] + "…"


def _wanted(blocks: list[Block]) -> dict[str, str]:
    """The places to which calls lead: links that show a number and lead to a place further on, which is no heading."""
    places: dict[str, int] = {}
    headings: set[str] = set()
    calls: list[tuple[str, str, int]] = []
    for number, (text, block) in enumerate(_texts_of(blocks)):
        for found in MARK.finditer(text):
            at = number * 1_000_000 + found.start()
            if found[1] == TARGET:
                places.setdefault(about(found)[0], at)
                if isinstance(block, Heading):
                    headings.add(about(found)[0])
            elif found[1] == LINK:
                place, shown = about(found)
                if sign := number_of(shown):
                    calls.append((place, sign, at))
    out: dict[str, str] = {}
    for place, shown, at in calls:
        if place not in headings and places.get(place, 0) > at:
            out.setdefault(place, shown)
    if not out:
        return {}
    missing = {place: shown for place, shown, _ in calls if place not in places and shown.isdigit()}
    order = [place for place, _, _ in calls]
    return dict(sorted((missing | out).items(), key=lambda one: order.index(one[0])))


def _texts_of(blocks: list[Block]) -> Iterator[tuple[str, Block]]:
    for block in blocks:
        match block:
            case List():
                for item in block.items:
                    yield from _texts_of(item)
            case Quotation():
                yield from _texts_of(block.blocks)
            case _:
                for text in _texts([block]):
                    yield text, block


def _texts(blocks: list[Block]) -> list[str]:
    return list(texts(blocks))


def _number_off(text: str, shown: str) -> str:
    """The words of a note without its number, its links back and its marks."""
    text = MARK.sub(lambda found: about(found)[0] if found[1] == RAISED else "" if found[1] in (TARGET, END, LINK) else found[0], text)
    text = _AT_END.sub("", text.strip(" \\\n"))
    if shown:
        text = re.sub(rf"\A\s*(?:\\?\[)?\(?{re.escape(shown)}(?!\w)\s?(?:\\?\])?\\?[).:]?\s*", "", text, count=1)
    text = re.sub(r"\A(?:\\?\[\s*\\?\]|[\s↑↩^])+", "", text)
    return text.strip()


def free_key(key: str, document: Document) -> str:
    """A key that no note has, like the one that is wanted."""
    taken = {note.key for note in document.notes}
    names = (key, *(f"{key}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def without_empty_headings(blocks: list[Block]) -> list[Block]:
    """Blocks without headings such as Notes that have lost all that stood below them."""
    out: list[Block] = []
    for index, block in enumerate(blocks):
        following = next((one for one in blocks[index + 1 :] if without_marks("".join(_texts([one]))).strip()), None)
        empty = following is None or (isinstance(following, Heading) and isinstance(block, Heading) and following.level <= block.level)
        if isinstance(block, Heading) and empty and is_heading_of_notes(without_marks(block.text)):
            continue
        out.append(block)
    return out
