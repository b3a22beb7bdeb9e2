"""Hidden text of a Word file (``w:vanish``): nobody sees it in Word, and pandoc would print it."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element
from xml.parsers import expat

_SEEN = frozenset("t drawing pict oMath object".split())
_CUT = frozenset("t tab br cr ptab sym noBreakHyphen footnoteReference endnoteReference delText".split())
_OFF = ("0", "false", "off")


@dataclass
class Hidden:
    """A stretch of hidden text: the paragraph, and its words."""

    paragraph: int
    words: str


def hidden_styles(styles: Element | None) -> frozenset[str]:
    """The names of styles whose words are hidden."""
    found = set()
    for style in styles if styles is not None else ():
        for properties in (one for one in style if _local(one.tag) == "rPr"):
            if any(_local(one.tag) == "vanish" and _value(one.attrib, "val") not in _OFF for one in properties):
                found.add(_value(style.attrib, "styleId"))
    return frozenset(found)


def without_hidden(part: bytes, styles: frozenset[str] = frozenset()) -> tuple[bytes, list[Hidden]]:
    """A part of a Word file without its hidden text, and that text; ``styles`` are those that hide.

    Gives the part as it was where it cannot be read.
    """
    if b"vanish" not in part and not styles:
        return part, []
    finder = _Finder(part, styles)
    try:
        finder.parser.Parse(part, True)
    except (expat.ExpatError, ValueError):
        return part, []
    out, end = [], 0
    for start, stop in sorted(finder.cuts):
        out.append(part[end:start])
        end = stop
    return b"".join([*out, part[end:]]), finder.found


@dataclass
class _Run:
    """An open run: whether it is hidden, and what of it would be cut."""

    hidden: bool
    cuts: list[tuple[int, int]] = field(default_factory=list)
    words: str = ""


@dataclass
class _Paragraph:
    """An open paragraph."""

    hidden: bool = False
    seen: bool = False
    words: str = ""


class _Finder:
    """Where hidden words stand, in bytes."""

    def __init__(self, part: bytes, styles: frozenset[str]) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._data
        self.cuts: list[tuple[int, int]] = []
        self.found: list[Hidden] = []
        self._part = part
        self._styles = styles
        self._path: list[str] = []
        self._paragraphs: list[_Paragraph] = []
        self._runs: list[_Run] = []
        self._number = 0
        self._at = 0

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = _local(name)
        above = self._path[-1] if self._path else ""
        self._path.append(local)
        if local == "p":
            self._paragraphs.append(_Paragraph())
        elif local == "r":
            self._runs.append(_Run(bool(self._paragraphs) and self._paragraphs[-1].hidden))
        elif local == "pStyle" and self._paragraphs:
            self._paragraphs[-1].hidden = _value(attributes, "val") in self._styles
        elif above == "rPr" and self._runs and self._path[-3:-2] == ["r"]:
            if local == "vanish":
                self._runs[-1].hidden = _value(attributes, "val") not in _OFF
            elif local == "rStyle" and _value(attributes, "val") in self._styles:
                self._runs[-1].hidden = True
        elif above == "r" and local in _CUT:
            self._at = self.parser.CurrentByteIndex
        if local in _SEEN and self._paragraphs and not (self._runs and self._runs[-1].hidden):
            self._paragraphs[-1].seen = True

    def _data(self, data: str) -> None:
        if self._path and self._path[-1] == "t" and self._runs:
            self._runs[-1].words += data

    def _end(self, name: str) -> None:
        local = self._path.pop()
        above = self._path[-1] if self._path else ""
        if above == "r" and local in _CUT and self._runs:
            run = self._runs[-1]
            run.cuts.append((self._at, self._part.index(b">", self.parser.CurrentByteIndex) + 1))
            run.words += "(a note)" if local.endswith("Reference") else " " if local != "t" else ""
        elif local == "r" and self._runs:
            run = self._runs.pop()
            if run.hidden and run.cuts:
                self.cuts += run.cuts
                if self._paragraphs:
                    self._paragraphs[-1].words += run.words
        elif local == "p" and self._paragraphs:
            paragraph = self._paragraphs.pop()
            self._number += paragraph.seen
            if paragraph.words.strip():
                self.found.append(Hidden(self._number + (not paragraph.seen), " ".join(paragraph.words.split())))


def _local(name: object) -> str:
    return str(name).rpartition("}")[2].rpartition(":")[2]


def _value(attributes: dict[str, str], name: str) -> str:
    return next((value for key, value in attributes.items() if _local(key) == name), "")
