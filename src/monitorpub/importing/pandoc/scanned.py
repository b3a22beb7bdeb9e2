"""What a Word file holds beside its text (ISO/IEC 29500-1): tracked changes, comments, heads of tables, feet of pages, objects.

pandoc tells too little of these; the parts are read here, and no namespace is asked for, so that strict and transitional files are alike.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal
from xml.etree.ElementTree import Element

from monitorpub.importing.pandoc.marks import MARK, without_marks
from monitorpub.importing.pandoc.package import Package
from monitorpub.importing.pandoc.running import ReaderError

Changes = Literal["refuse", "accept", "reject"]
_KINDS = {"ins": "put in", "del": "struck out", "moveFrom": "moved away", "moveTo": "moved here"}
_IN, _OUT = ("ins", "moveTo"), ("del", "moveFrom")
_OBJECTS = {"object": "an embedded object", "chart": "a chart", "relIds": "a diagram", "altChunk": "an inserted file"}
_TEXT = ("t", "delText")


def dropped(changes: Changes) -> tuple[str, ...]:
    """The elements whose words do not count."""
    return _IN if changes == "reject" else _OUT


@dataclass(frozen=True)
class Change:
    """A tracked change: what was done, by whom, its words, and the paragraph."""

    kind: str
    author: str
    words: str
    paragraph: int


@dataclass
class Scanned:
    """What was found."""

    changes: list[Change] = field(default_factory=list)
    comments: list[tuple[int, str, str]] = field(default_factory=list)
    """The paragraph, the author and the words."""
    heads: list[bool] = field(default_factory=list)
    """Of each table, in their order: whether its first row is marked as a head."""
    ragged: list[tuple[int, int, int]] = field(default_factory=list)
    """Rows with fewer cells than the longest of their table: the paragraph, the cells, and those of the longest."""
    margins: list[str] = field(default_factory=list)
    """The words of running heads and feet."""
    objects: Counter[str] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)
    """The words of the text and of the notes, as often as they stand there."""
    notes: int = 0
    """Calls of footnotes and endnotes."""
    language: str = ""


def scan(package: Package, changes: Changes) -> Scanned:
    """Look through a Word file.  ``changes`` says which words count: those put in (accept), or those struck out (reject)."""
    body = package.tree(main_part(package))
    if body is None:
        raise ReaderError("I012", "The file is damaged: it has no text.", "Open it in Word or LibreOffice, and save it under another name.")
    found = Scanned()
    _Scan(found, package, changes).body(body)
    folder = main_part(package).rpartition("/")[0]
    for name in sorted(package.parts):
        if re.fullmatch(rf"{re.escape(folder)}/?(?:header|footer)\d*\.xml", name) and (tree := package.tree(name)) is not None:
            words = " ".join(" ".join(_words(tree, changes)).split())
            if words and words not in found.margins:
                found.margins.append(words)
    if (styles := package.tree(f"{folder}/styles.xml")) is not None:
        found.language = next((value for one in styles.iter() if _name(one) == "lang" and (value := _value(one, "val"))), "")
    return found


def main_part(package: Package) -> str:
    """The name of the part that holds the text."""
    if "word/document.xml" not in package.parts and (relations := package.tree("_rels/.rels")) is not None:
        for one in relations:
            if one.get("Type", "").endswith("/officeDocument"):
                return one.get("Target", "").lstrip("/")
    return "word/document.xml"


class _Scan:
    def __init__(self, found: Scanned, package: Package, changes: Changes) -> None:
        self._found = found
        self._drop = dropped(changes)
        self._changes = changes
        folder = main_part(package).rpartition("/")[0]
        self._comments = _by_id(package.tree(f"{folder}/comments.xml"))
        self._notes = {kind: _by_id(package.tree(f"{folder}/{kind}s.xml")) for kind in ("footnote", "endnote")}
        self._paragraph = 0
        self._short: dict[int, tuple[int, int]] = {}
        """Rows with fewer cells than the longest of their table, by the identity of their elements."""

    def body(self, tree: Element) -> None:
        """Walk through the text."""
        stack: list[tuple[Element, str]] = [(tree, "")]
        while stack:
            element, change = stack.pop()
            name = _name(element)
            if name == "p" and any(_name(one) in (*_TEXT, "drawing", "pict", "oMath") for one in element.iter()):
                self._paragraph += 1
                self._count(element)
            elif name == "tbl":
                first = next((row for row in element if _name(row) == "tr"), None)
                head = any(_name(one) == "tblHeader" and _value(one, "val") not in ("false", "0", "off") for one in _properties(first))
                self._found.heads.append(head)
                self._rows(element)
            elif id(element) in self._short:
                self._found.ragged.append((self._paragraph + 1, *self._short[id(element)]))
            elif name in _KINDS and not change:
                self._change(element, name)
                change = name
            elif name in _OBJECTS:
                self._found.objects[_OBJECTS[name]] += 1
            elif name == "commentReference":
                comment = self._comments.get(_value(element, "id"))
                if comment is not None:
                    words = " ".join(" ".join(_words(comment, "accept")).split())
                    self._found.comments.append((self._paragraph, _value(comment, "author"), words))
            elif name in ("footnoteReference", "endnoteReference") and change not in self._drop:
                self._note(name.removesuffix("Reference"), _value(element, "id"))
            if name == "Fallback":  # the same again, for older programs
                continue
            stack += [(one, change) for one in reversed(element)]

    def _rows(self, table: Element) -> None:
        rows = [(row, sum(_breadth(cell) for cell in row)) for row in table if _name(row) == "tr"]
        most = max((cells for _, cells in rows), default=0)
        self._short |= {id(row): (cells, most) for row, cells in rows if cells < most}

    def _count(self, paragraph: Element) -> None:
        self._found.words.update(words_in(" ".join(_words(paragraph, self._changes))))

    def _note(self, kind: str, number: str) -> None:
        self._found.notes += 1
        note = self._notes[kind].get(number)
        if note is None:
            return
        for paragraph in (one for one in note.iter() if _name(one) == "p"):
            self._found.words.update(words_in(" ".join(_words(paragraph, self._changes))))
        for one in note.iter():
            if _name(one) in _KINDS:
                self._change(one, _name(one))

    def _change(self, element: Element, name: str) -> None:
        words = " ".join("".join(one.text or "" for one in element.iter() if _name(one) in _TEXT).split())
        words = MARK.sub("(an image)", words)
        if not words and any(_name(one).endswith("Reference") for one in element.iter()):
            words = "(a note)"
        author = _value(element, "author")
        last = self._found.changes[-1] if self._found.changes else None
        kind = _KINDS[name]
        if last is not None and (last.kind, last.author, last.paragraph) == (kind, author, self._paragraph) and words and last.words:
            self._found.changes[-1] = Change(kind, author, f"{last.words} {words}", self._paragraph)
        else:
            self._found.changes.append(Change(kind, author, words, self._paragraph))


def _words(paragraph: Element, changes: Changes) -> Iterator[str]:
    """The texts of a paragraph, or of all paragraphs below an element; the runs of one are one text."""
    drop = dropped(changes)
    text = ""
    stack = [paragraph]
    while stack:
        element = stack.pop()
        name = _name(element)
        if name in drop or name == "Fallback":
            continue
        if name == "p" and element is not paragraph:
            yield text
            text = ""
        if name == "t" or (name == "delText" and changes == "reject"):
            text += element.text or ""
        elif name in ("tab", "br", "cr", "ptab"):
            text += " "
        elif name == "noBreakHyphen":
            text += "-"
        stack += reversed(element)
    yield text


def words_in(text: str) -> list[str]:
    """The words and figures of a text, without regard to capitals."""
    return [word.strip("_") for word in re.findall(r"\w+", re.sub("[\u00ad\u200b\ufeff\ue000-\uf8ff]", "", without_marks(text)).casefold())]


def _properties(row: Element | None) -> Iterator[Element]:
    for one in row if row is not None else ():
        if _name(one) == "trPr":
            yield from one


def _breadth(element: Element) -> int:
    """The columns over which a cell reaches, or that are left free before and behind the cells of a row."""
    name = _name(element)
    settings = next((one for one in element if _name(one) == "tcPr"), None) if name == "tc" else element if name == "trPr" else None
    wide = {_name(one): _value(one, "val") for one in settings} if settings is not None else {}
    numbers = {key: int(value) for key, value in wide.items() if value.isascii() and value.isdigit()}
    return numbers.get("gridSpan", 1) if name == "tc" else numbers.get("gridBefore", 0) + numbers.get("gridAfter", 0)


def _by_id(tree: Element | None) -> dict[str, Element]:
    return {_value(one, "id"): one for one in tree} if tree is not None else {}


def _name(element: Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _value(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")
