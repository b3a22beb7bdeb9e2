"""Images of Word and OpenDocument files, found in the XML: pandoc gives none whose file is missing, and no alternative words of an .odt.

A mark takes the place of each; it travels through pandoc as a word does.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.parsers import expat

from monitorpub.importing.document import Image
from monitorpub.importing.pandoc.marks import CLOSE, IMAGE, OPEN, mark
from monitorpub.importing.pandoc.package import Package
from monitorpub.importing.pandoc.scanned import Changes, dropped

_SIGNS = {ord(sign): f"&#{ord(sign)};" for sign in (OPEN, CLOSE)}
_FILE_NAME = re.compile(r"(.+)\.(?:png|jpe?g|gif|svg|tiff?|bmp|webp|emf|wmf)", re.IGNORECASE)


def draw_word(package: Package, part: str, changes: Changes = "accept") -> dict[str, Image]:
    """Put marks in place of the images in a part of a Word file; gives the images by the names in the marks.

    Those that a tracked change takes away stay as they are: pandoc drops them with the change.
    """
    finder = _Word(part, _relations(package, part), dropped(changes))
    package.parts[part] = finder.edited(package.parts[part])
    return finder.images


def draw_open(package: Package) -> dict[str, Image]:
    """The same for the text of an OpenDocument file."""
    finder = _Open("content.xml")
    package.parts["content.xml"] = finder.edited(package.parts["content.xml"])
    return finder.images


def _relations(package: Package, part: str) -> dict[str, str]:
    """The addresses that a part has for its relations: names of parts, or what lies outside of the file as it stands."""
    folder, name = posixpath.split(part)
    out: dict[str, str] = {}
    try:
        tree = ElementTree.fromstring(package.parts.get(f"{folder}/_rels/{name}.rels", b"<none/>"))
    except (ElementTree.ParseError, ValueError, LookupError):
        return out
    for one in tree:
        target = one.get("Target", "")
        inner = one.get("TargetMode", "") != "External"
        out[one.get("Id", "")] = posixpath.normpath(posixpath.join(f"/{folder}", target)).lstrip("/") if inner and target else target
    return out


@dataclass
class _Frame:
    """An element that carries images: where it begins, how deep it lies, and what is in it."""

    start: int
    depth: int
    parent: str
    boxed: bool = False
    """Whether it holds a box of text, too."""
    other: bool = False
    """Whether it holds an object that pandoc reads."""
    words: str = ""
    title: str = ""
    style: str = ""
    decorative: bool = False
    found: list[tuple[str, str, str]] = field(default_factory=list)
    """Address, own words and name of each image."""
    instead: list[tuple[str, str, str]] = field(default_factory=list)
    """The same, for older programs."""


class _Finder:
    """Goes through a part, and keeps what is to be exchanged in it, in bytes."""

    carriers: frozenset[str] = frozenset()
    box = ""

    def __init__(self, part: str) -> None:
        self.images: dict[str, Image] = {}
        self._part = part
        self._stack: list[str] = []
        self._frames: list[_Frame] = []
        self._edits: list[tuple[int, int, bytes]] = []
        self._data = b""
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def edited(self, data: bytes) -> bytes:
        """The part with marks; as it was where it cannot be read."""
        self._data = data
        try:
            self._parser.Parse(data, True)
        except (expat.ExpatError, ValueError):
            self.images.clear()
            return data
        out, end = [], 0
        for start, stop, words in sorted(self._edits):
            out += [data[end:start], words]
            end = stop
        return b"".join([*out, data[end:]])

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local in self.carriers and self._opens():
            self._frames.append(_Frame(self._parser.CurrentByteIndex, len(self._stack), self._stack[-1] if self._stack else ""))
        self._stack.append(name)
        if self._frames:
            frame = self._frames[-1]
            frame.boxed = frame.boxed or local == self.box
            self.met(frame, local, {key.rpartition(":")[2]: value for key, value in attributes.items()})
        else:
            self.outside(local, {key.rpartition(":")[2]: value for key, value in attributes.items()})

    def _end(self, _: str) -> None:
        self._stack.pop()
        if not self._frames or self._frames[-1].depth != len(self._stack):
            return
        frame = self._frames.pop()
        found = [] if frame.other else frame.found or frame.instead
        if not found:
            return
        end = self._data.find(b">", self._parser.CurrentByteIndex) + 1
        marks = "".join(self._keep(frame, *one, alone=len(found) == 1) for one in found)
        words = self.written(frame, marks.translate(_SIGNS)).encode("ascii")
        self._edits.append((end if frame.boxed else frame.start, end, words))

    def _keep(self, frame: _Frame, address: str, words: str, name: str, *, alone: bool) -> str:
        key = f"{self._part}-{len(self.images) + 1}"
        said = (frame.words or frame.title or words) if alone else words
        self.images[key] = Image(address, " ".join(said.split()), frame.decorative, name=name)
        return mark(IMAGE, key)

    def _opens(self) -> bool:
        """Whether a carrier begins an entry of its own: it lies in no other, or in a box of text in that."""
        if any(name.rpartition(":")[2] == "Fallback" for name in self._stack):
            return False
        return not self._frames or self.box in (name.rpartition(":")[2] for name in self._stack[self._frames[-1].depth :])

    def _text(self, data: str) -> None:
        """Words between tags."""

    def met(self, frame: _Frame, local: str, attributes: dict[str, str]) -> None:
        """An element in a frame."""

    def outside(self, local: str, attributes: dict[str, str]) -> None:
        """An element in no frame."""

    def written(self, frame: _Frame, marks: str) -> str:
        """What takes the place of a frame."""
        raise NotImplementedError


class _Word(_Finder):
    """WordprocessingML (ISO/IEC 29500-1), DrawingML and VML."""

    carriers = frozenset({"AlternateContent", "drawing", "pict"})
    box = "txbxContent"

    def __init__(self, part: str, relations: dict[str, str], dropped: Collection[str]) -> None:
        super().__init__(part)
        self._relations = relations
        self._dropped = dropped
        self._own = ("", "")
        """The words and the name of the image that is open."""

    def _opens(self) -> bool:
        names = [name.rpartition(":")[2] for name in self._stack]
        return names[-1:] == ["r"] and not any(name in self._dropped for name in names) and super()._opens()

    def met(self, frame: _Frame, local: str, attributes: dict[str, str]) -> None:
        inside = [name.rpartition(":")[2] for name in self._stack[frame.depth :]]
        match local:
            case "docPr":
                frame.words, frame.title = attributes.get("descr", ""), attributes.get("title", "")
            case "decorative":
                frame.decorative = attributes.get("val") in ("1", "true")
            case "shape":
                self._own = (attributes.get("alt", ""), "")
            case "cNvPr":
                named = _FILE_NAME.fullmatch(attributes.get("name", ""))
                self._own = (attributes.get("descr", "") or attributes.get("title", ""), named[1] if named else "")
            case "blip" if "pic" in inside and (relation := attributes.get("embed") or attributes.get("link")):
                self._found(frame, relation, inside)
            case "imagedata" if relation := attributes.get("id") or attributes.get("href"):
                self._found(frame, relation, inside)

    def _found(self, frame: _Frame, relation: str, inside: list[str]) -> None:
        one = (self._relations.get(relation, ""), *self._own)
        (frame.instead if "Fallback" in inside else frame.found).append(one)
        self._own = ("", "")

    def written(self, frame: _Frame, marks: str) -> str:
        prefix = frame.parent.rpartition(":")[0]
        tag = f"{prefix}:t" if prefix else "t"
        return f'<{tag} xml:space="preserve">{marks}</{tag}>'


class _Open(_Finder):
    """OpenDocument 1.3, part 3; what only decorates is an addition of LibreOffice."""

    carriers = frozenset({"frame"})
    box = "text-box"

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self._styles: set[str] = set()
        """Styles of what only decorates."""
        self._style = ""

    def outside(self, local: str, attributes: dict[str, str]) -> None:
        if local == "style":
            self._style = attributes.get("name", "")
        elif local == "graphic-properties" and attributes.get("decorative") == "true":
            self._styles.add(self._style)

    def met(self, frame: _Frame, local: str, attributes: dict[str, str]) -> None:
        match local:
            case "frame" if not frame.style:
                frame.style = attributes.get("style-name", "-")
                frame.decorative = frame.style in self._styles or attributes.get("decorative") == "true"
            case "object":
                frame.other = True
            case "image" if not frame.found and (address := attributes.get("href")):
                frame.found.append((address if ":" in address else posixpath.normpath(address), "", ""))

    def _text(self, data: str) -> None:
        if self._frames:
            frame, local = self._frames[-1], self._stack[-1].rpartition(":")[2]
            if local == "desc":
                frame.words += data
            elif local == "title":
                frame.title += data

    def written(self, frame: _Frame, marks: str) -> str:
        inline = frame.parent.rpartition(":")[2] in ("p", "h", "span", "a")
        return marks if inline else f"<text:p>{marks}</text:p>"
