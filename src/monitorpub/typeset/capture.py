"""What the engine drew becomes relocatable objects: its graph of objects is taken before it would be written to a file.

Fonts are not embedded here: a part says which glyphs of which file it printed, and the binder makes one subset for all parts.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

import pydyf
from weasyprint import DEFAULT_OPTIONS
from weasyprint import pdf as engine_pdf

from monitorpub.bind.objects import FONTS, PAGES, Body, Gap, Objects, Writer
from monitorpub.bind.strings import text_string
from monitorpub.content import digest
from monitorpub.standard import UA1_A3A, Standard
from monitorpub.typeset.artifacts import find_artifacts
from monitorpub.typeset.part import Face, place_name
from monitorpub.typeset.structure import Parents, write_tree
from monitorpub.typeset.tagging import tag

REFERENCE = re.compile(rb"(\d+) 0 R")
READ_AS = str.maketrans({"\u00a0": " ", "\u2010": "-"})
"""Signs that share a glyph with a plainer one: copied and searched as that one, whichever a part printed first."""
PART = "part:"
"""How an address begins that leads to another part."""
LEVEL = 6
"""Of deflate: a third of the time of 9 for two per cent more bytes."""
OPTIONS = {**DEFAULT_OPTIONS, "pdf_variant": "pdf/ua-1", "pdf_tags": True, "pdf_version": "1.7"}


@dataclass
class Captured:
    """What one document gave."""

    objects: Objects
    faces: tuple[Face, ...]
    links: tuple[str, ...]


def capture(document: Any, name: str, fonts: dict[str, str], standard: Standard = UA1_A3A) -> Captured:
    """The objects of a laid-out document; ``name`` is that of the part.

    ``fonts`` gives the names of the font files that were served, by digest.
    """
    pdf, kept = draw(document)
    walk = _Capture(document.pages, pdf, name, kept, standard)
    objects = walk.run()
    return Captured(objects, kept.faces(fonts), tuple(walk.links))


def draw(document: Any) -> tuple[Any, Kept]:
    """The engine's graph of objects, and the fonts that it would have embedded."""
    kept = Kept()
    find_artifacts(document.pages)
    with _fonts_kept(kept), _marks_kept(kept):
        return engine_pdf.generate_pdf(document, None, 1, **OPTIONS), kept


@contextmanager
def _fonts_kept(kept: Kept) -> Iterator[None]:
    """The engine's fonts are put aside instead of being embedded; those that only the engine can embed are left to it."""
    original = engine_pdf.build_fonts_dictionary

    def build_fonts_dictionary(pdf: Any, fonts: Any, *rest: Any) -> Any:
        kept.fonts = [font for font in fonts.values() if not _odd(font)]
        kept.dictionary = original(pdf, {key: font for key, font in fonts.items() if _odd(font)}, *rest)
        return kept.dictionary

    engine_pdf.build_fonts_dictionary = build_fonts_dictionary
    try:
        yield
    finally:
        engine_pdf.build_fonts_dictionary = original


@contextmanager
def _marks_kept(kept: Kept) -> Iterator[None]:
    """The engine does not make its tree of boxes; what it marked is kept for another (see ``monitorpub.typeset.tagging``)."""
    original = engine_pdf.add_tags

    def add_tags(pdf: Any, document: Any, version: Any, streams: Iterable[Any]) -> None:
        kept.marks = [stream._tags for stream in streams]

    engine_pdf.add_tags = add_tags
    try:
        yield
    finally:
        engine_pdf.add_tags = original


def _odd(font: Any) -> bool:
    """Whether a font is more than outlines by glyph: bitmaps, colour, axes, or glyphs that it does not have."""
    return bool(font.bitmap or font.png or font.svg or font.colr or font.missing or "fvar" in font.tables or font.used_in_forms)


@dataclass
class Kept:
    """What is taken from the engine: the fonts for the binder, the dictionary of those that it embeds itself, and what it marked."""

    fonts: list[Any] = field(default_factory=list)
    dictionary: Any = None
    marks: list[dict[Any, Any]] = field(default_factory=list)
    """For each page the number of the marked content of each box."""

    def faces(self, files: dict[str, str]) -> tuple[Face, ...]:
        """What the binder must know of each font; the engine may have several objects for one."""
        merged: dict[str, Face] = {}
        for font in self.fonts:
            face = merged.get(font.hash)
            if face is None:
                name = digest(font.file_content)
                if name not in files:
                    raise RuntimeError(f"the font {font.family} was not served from fonts/")
                face = merged[font.hash] = Face(
                    name=font.hash,
                    base=font.name.decode("ascii", "replace").removeprefix("/"),
                    family=font.family,
                    file=files[name],
                    digest=name,
                    flags=font.flags,
                    ascent=font.ascent,
                    descent=font.descent,
                )
            face.widths.update(font.widths)
            for glyph, text in font.to_unicode.items():
                face.texts.setdefault(glyph, text.translate(READ_AS))
        return tuple(merged.values())


class _Capture:
    """One walk from the pages down, object by object, each when it is first referred to."""

    def __init__(self, pages: Any, pdf: Any, name: str, kept: Kept, standard: Standard) -> None:
        self.pages, self.pdf, self.name, self.kept, self.standard = pages, pdf, name, kept, standard
        self.writer = Writer()
        self.links: list[str] = []
        self.gaps: dict[int, Gap] = {}

    def run(self) -> Objects:
        """The objects; afterwards ``links`` has the links to other parts."""
        pages = self._reserve(self.pdf.page_references)
        annotations = self._reserve([reference for page, _ in pages for reference in page.get("Annots", ())])
        odd = self._odd_fonts()
        tagged = tag(self.pages, self.kept.marks, {id(one): index for index, (one, _) in enumerate(annotations)})
        leads = self._leads if self.standard.is_pdf_2 else None
        parents = write_tree(self.writer, tagged.root, [gap for _, gap in pages], [gap for _, gap in annotations], self.name, leads)
        for index, (one, gap) in enumerate(annotations):
            self.writer.put(gap, self._annotation(one, len(pages) + index, tagged.contents.get(index, "")))
        node = self.writer.reserve()
        contents = [self._page(page, gap, node, index) for index, (page, gap) in enumerate(pages)]
        kids = [piece for _, gap in pages for piece in (gap, b" ")]
        self.writer.put(node, [b"<</Type/Pages/Parent ", Gap("own", PAGES), b"/Kids[", *kids, b"]/Count %d>>" % len(pages)])
        leaf = self.writer.add(_leaf(parents))
        objects = self.writer.settle(keys=len(pages) + len(annotations), links=len(self.links), pages=len(pages))
        at = self.writer.index
        objects.landmarks.update(
            tree=at(node),
            pages=[at(gap) for _, gap in pages],
            contents=[at(gap) for gap in contents],
            root=at(parents.root),
            parents=at(leaf),
            ids=[[one, at(gap)] for one, gap in parents.ids],
            fonts={name: at(gap) for name, gap in odd.items()},
        )
        if self.standard.is_pdf_2:
            first = {f"page={page}": at(marked[min(marked)]) for page, marked in enumerate(parents.marked, 1) if marked}
            anchors = {name: at(parents.written[element]) for name, element in tagged.located.anchors.items()}
            headings = [at(parents.written[element]) for element in tagged.located.headings]
            objects.landmarks.update(elements=first | anchors, headings=headings)
        return objects

    def _leads(self, address: str) -> Body:
        """That an element refers to a place in another part."""
        return [Gap("target", self._link(unquote(address.removeprefix(PART))))] if address.startswith(PART) else []

    def _link(self, target: str) -> int:
        """The index of a link to another part."""
        if target not in self.links:
            self.links.append(target)
        return self.links.index(target)

    def _reserve(self, references: Iterable[bytes]) -> list[tuple[Any, Gap]]:
        """Objects with the gaps of their references."""
        out = []
        for reference in references:
            one = self.pdf.objects[int(reference.split()[0])]
            out.append((one, self.writer.reserve()))
            self.gaps[one.number] = out[-1][1]
        return out

    def _odd_fonts(self) -> dict[str, Gap]:
        """The fonts that the engine embedded itself."""
        self.gaps[self.kept.dictionary.number] = Gap("own", FONTS)
        return {str(name): self._reference(int(reference.split()[0])) for name, reference in self.kept.dictionary.items()}

    def _page(self, page: Any, gap: Gap, node: Gap, index: int) -> Gap:
        """Writes a page; gives the reference of what it shows."""
        body: Body = [b"<</Type/Page/Parent ", node, b"/MediaBox", *self._value(page["MediaBox"])]
        for box in ("TrimBox", "BleedBox"):
            if box in page and list(page[box]) != list(page["MediaBox"]):
                body += [b"/%s" % box.encode(), *self._value(page[box])]
        body += [b"/Resources ", *self._value(page["Resources"]), b"/Contents ", Gap("contents", index)]
        body += [b"/Tabs/S/StructParents ", Gap("key", index)]
        if "Annots" in page:
            body += [b"/Annots", *self._value(page["Annots"])]
        self.writer.put(gap, [*body, b">>"])
        return self._reference(int(page["Contents"].split()[0]))

    def _annotation(self, one: Any, key: int, said: str) -> Body:
        """A link or another annotation.  PDF/A wants each to be printed (F 4), PDF/UA what is said of it."""
        body: Body = [b"<<"]
        for name, value in one.items():
            if name == "Dest":
                body += [b"/Dest ", text_string(place_name(self.name, value.string))]
            elif name == "A" and str(value["URI"].string).startswith(PART):
                target = unquote(value["URI"].string.removeprefix(PART))
                body += [Gap("link", self._link(target))]
            elif name not in ("Contents", "StructParent"):
                body += [b"/%s " % name.encode(), *self._value(value)]
        flags = [] if "F" in one else [b"/F 4"]
        return [*body, *flags, b"/Contents", text_string(said), b"/StructParent ", Gap("key", key), b">>"]

    def _value(self, value: Any) -> Body:
        """A value of the engine's; references become gaps."""
        if isinstance(value, pydyf.Dictionary):
            return [b"<<", *(piece for name, one in value.items() for piece in (b"/%s " % str(name).encode(), *self._value(one))), b">>"]
        if isinstance(value, pydyf.Array):
            return [b"[", *(piece for one in value for piece in (*self._value(one), b" ")), b"]"]
        if isinstance(value, pydyf.String):
            return [value.data]
        data: bytes = pydyf._to_bytes(value)
        if match := REFERENCE.fullmatch(data):
            return [self._reference(int(match[1]))]
        if REFERENCE.search(data):
            raise RuntimeError(f"a reference inside of {data[:60]!r}")
        return [data]

    def _reference(self, number: int) -> Gap:
        """The gap for an object; written when it is first met."""
        if number in self.gaps:
            return self.gaps[number]
        one = self.pdf.objects[number]
        if not isinstance(one, pydyf.Stream):
            gap = self.gaps[number] = self.writer.reserve()
            return self.writer.put(gap, self._value(one))
        gap = self.gaps[number] = self.writer.reserve_stream()
        data = b"\n".join(pydyf._to_bytes(item) for item in one.stream)
        entries: Body = [piece for name, value in one.extra.items() for piece in (b"/%s " % str(name).encode(), *self._value(value))]
        if one.compress:
            entries, data = [*entries, b"/Filter/FlateDecode"], zlib.compress(data, LEVEL)
        return self.writer.put_stream(gap, entries, data)


def _leaf(parents: Parents) -> Body:
    """The part's leaf of the parent tree: for each page its elements by marked content, for each annotation its element."""
    body: Body = []
    key = 0
    for marked in parents.marked:
        if sorted(marked) != list(range(len(marked))):
            raise RuntimeError("marked content is not numbered from 0")
        body += [Gap("key", key), b"[", *(piece for _, gap in sorted(marked.items()) for piece in (gap, b" ")), b"]"]
        key += 1
    for gap in parents.annotations:
        if gap is None:
            raise RuntimeError("a link is not in the structure tree")
        body += [Gap("key", key), b" ", gap, b" "]
        key += 1
    return [b"<</Limits[", Gap("key", 0), b" ", Gap("key", key - 1), b"]/Nums[", *body, b"]>>"]
