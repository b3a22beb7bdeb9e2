"""The neutral document: what every reader gives, whatever the form of the file was.

Texts are CommonMark as the text of a source is: signs that would be read as marks are escaped (:mod:`monitorpub.importing.signs`), and a
note is called by ``[^key]``.  Keys are those of :class:`Note`; readable labels are given when the source is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Media = Callable[[str], bytes]
"""Gives the bytes of an image by its address.  Raises :class:`monitorpub.importing.media.NoImage` where there are none to be had."""

CALL = re.compile(r"\[\^([A-Za-z0-9][\w.:-]*)\]")
"""A call in a text, with its key."""

Role = Literal["", "question", "call-out", "related", "key-data", "key-developments", "recommendations", "capacity"]
"""What a heading begins, where the reader knows; empty where its words decide."""


@dataclass
class Heading:
    """A heading: 1 for a section, 2 and 3 for those below it.  ``text`` is one line."""

    level: int
    text: str
    line: int = 0
    role: Role = ""


@dataclass
class Paragraph:
    """A paragraph, without line breaks but those that are meant (a ``\\`` at the end of a line)."""

    text: str
    line: int = 0


@dataclass
class List:
    """A list; each item is a row of blocks, mostly one paragraph."""

    items: list[list[Block]]
    ordered: bool = False
    start: int = 1
    line: int = 0


@dataclass
class Quotation:
    """A quotation set off from the text."""

    blocks: list[Block]
    line: int = 0


@dataclass
class Row:
    """A row of a table; ``head`` rows name the columns, or the group of rows that follows."""

    cells: list[str]
    head: bool = False
    line: int = 0


@dataclass
class Table:
    """A table, its cells as one line each; ``caption`` is empty where it has none."""

    rows: list[Row]
    caption: str = ""
    line: int = 0


@dataclass
class Fact:
    """A label with its values: one line each, none where none was given."""

    label: str
    values: list[str] = field(default_factory=list)
    line: int = 0


@dataclass
class Facts:
    """Labels with values in groups; a ``head`` stands above its facts, and is empty where there is none."""

    groups: list[tuple[str, list[Fact]]]
    caption: str = ""
    line: int = 0


@dataclass
class Dated:
    """The day on which what stands round it was last updated: the section whose heading stands above it, or the whole."""

    day: date
    line: int = 0


@dataclass
class Image:
    """An image in a paragraph of its own."""

    address: str
    """Where the document has it: a part of the file, a path beside it, an address on the web, or ``data:`` and what it holds."""
    words: str = ""
    """What is said for those who cannot see it, as plain words."""
    decorative: bool = False
    line: int = 0
    place: str = ""
    """In what it stood, where that can hold no image: a table, a note."""
    name: str = ""
    """The file's own name, where it has one that an editor gave it."""
    path: str = ""
    """Its path from the source, once it is known that it is kept."""


Block = Heading | Paragraph | List | Quotation | Table | Facts | Dated | Image


@dataclass
class Note:
    """A note of the document.  ``text`` is None where it is called and was not in the file."""

    key: str
    """Its name in calls, which no other note of the document has: ``2.14`` for note 14 of the second series."""
    number: str
    """What was printed at it."""
    text: str | None
    """CommonMark; paragraphs are separated by empty lines."""
    line: int = 0
    series: int = 1
    """The series it belongs to: numbers begin again with each."""
    label: str = ""
    """The label that it has in the file and keeps; empty where one is to be made."""


Kind = Literal["left-out", "lost", "wanted", "guessed", "changed"]
"""Left out: the site round the text, which no source holds.  Lost: what could not be kept.  Wanted: what the file does not have and a
source must.  Guessed: what may be otherwise.  Changed: what was put right on the way."""


@dataclass(frozen=True, order=True)
class Remark:
    """Something that an editor should look at, with the line of the file (0 for all of it)."""

    line: int
    kind: Kind
    words: str


@dataclass
class Document:
    """What a file holds, in the order of its text."""

    blocks: list[Block] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    title: str = ""
    """The title of the whole, as one line of plain words."""
    language: str = "en-GB"
    remarks: list[Remark] = field(default_factory=list)
    counted: str = "line"
    """What the numbers of ``line`` count: lines of a text, paragraphs of a document of Word."""
    media: Media | None = None
    """Gives the bytes of its images."""

    def say(self, kind: Kind, line: int, words: str) -> None:
        """Keep a remark for the report."""
        self.remarks.append(Remark(line, kind, words))


def texts(blocks: Iterable[Block]) -> Iterator[str]:
    """All texts of some blocks, in their order."""
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                yield block.text
            case List():
                for item in block.items:
                    yield from texts(item)
            case Quotation():
                yield from texts(block.blocks)
            case Table():
                yield block.caption
                for row in block.rows:
                    yield from row.cells
            case Facts():
                yield block.caption
                for head, facts in block.groups:
                    yield head
                    for fact in facts:
                        yield fact.label
                        yield from fact.values


def images(blocks: Iterable[Block]) -> Iterator[Image]:
    """All images of some blocks, in their order."""
    for block in blocks:
        match block:
            case Image():
                yield block
            case List():
                for item in block.items:
                    yield from images(item)
            case Quotation():
                yield from images(block.blocks)


def called(blocks: Iterable[Block]) -> list[str]:
    """The keys of all calls in some blocks, in their order, as often as they are called."""
    return [match[1] for text in texts(blocks) for match in CALL.finditer(text)]
