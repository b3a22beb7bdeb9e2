"""One subset of each font for all parts: the glyphs of all of them, the program once.

The engine keeps glyph ids and writes them as they are (Identity-H), so that the content of pages need not change.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from monitorpub.bind.cff import bare
from monitorpub.bind.strings import number, text_string
from monitorpub.bind.writer import File
from monitorpub.typeset.part import Face

Programs = Callable[[Face, frozenset[int]], bytes]
"""What gives the font file that has some glyphs of a face."""


@dataclass
class _Union:
    face: Face
    widths: dict[int, float] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)
    descendant: int = 0
    written: int = 0


class Fonts:
    """The fonts of a file."""

    def __init__(self, parts: Iterable[tuple[Face, ...]]) -> None:
        self._faces: dict[tuple[str, str], _Union] = {}
        names: dict[str, str] = {}
        for faces in parts:
            for face in faces:
                if names.setdefault(face.name, face.digest) != face.digest:
                    raise ValueError(f"two fonts are called {face.family}")
                union = self._faces.setdefault((face.name, face.digest), _Union(face))
                union.widths.update(face.widths)
                union.texts = face.texts | union.texts

    @staticmethod
    def _differs(union: _Union, face: Face) -> bool:
        """Whether a glyph stands for something else here than in the parts before."""
        return any(union.texts.get(glyph, text) != text for glyph, text in face.texts.items())

    def write(self, file: File, programs: Programs) -> None:
        """The fonts as objects; afterwards ``dictionary`` can be asked for."""
        for union in self._faces.values():
            program = programs(union.face, frozenset(union.widths) | frozenset(union.texts))
            union.descendant = _descendant(file, union, program)
            union.written = _composite(file, union, union.texts)
        shared = b"".join(b"/%s %d 0 R" % (union.face.name.encode(), union.written) for union in self._faces.values())
        self._shared = file.add(b"<<" + shared + b">>")

    def dictionary(self, file: File, faces: tuple[Face, ...], own: dict[str, int]) -> int:
        """The number of the dictionary of fonts for a part; ``own`` are the fonts it embeds itself."""
        unions = {face.name: self._faces[face.name, face.digest] for face in faces}
        different = [face for face in faces if self._differs(unions[face.name], face)]
        if not different and not own:
            return self._shared
        fonts = {union.face.name: union.written for union in self._faces.values()}
        for face in different:  # the same program, read as other words
            union = unions[face.name]
            fonts[face.name] = _composite(file, union, union.texts | face.texts)
        return file.add(b"<<" + b"".join(b"/%s %d 0 R" % (name.encode(), at) for name, at in (fonts | own).items()) + b">>")


def _descendant(file: File, union: _Union, program: bytes) -> int:
    """The font that the composite one is made of (ISO 32000-1, 9.7.4), its descriptor and its program."""
    face, widths = union.face, union.widths
    cff = program[:4] == b"OTTO"
    entries = b"/Subtype/CIDFontType0C" if cff else b"/Length1 %d" % len(program)
    data = zlib.compress(bare(program) if cff else program, 9)
    at = file.add_stream(entries + b"/Filter/FlateDecode", data)
    base = b"/" + face.base.encode()
    fixed = len(widths) > 1 and len(set(widths.values())) == 1
    box = b" ".join(number(value) for value in (0, face.descent, max(widths.values(), default=0), face.ascent))
    descriptor = file.add(
        b"<</Type/FontDescriptor/FontName%s/FontFamily%s/Flags %d/FontBBox[%s]/ItalicAngle 0/Ascent %d/Descent %d/CapHeight %d"
        b"/StemV 80/%s %d 0 R>>"
        % (
            base,
            text_string(face.family),
            face.flags + fixed,
            box,
            face.ascent,
            face.descent,
            face.ascent,
            b"FontFile3" if cff else b"FontFile2",
            at,
        )
    )
    return file.add(
        b"<</Type/Font/Subtype/CIDFontType%d/BaseFont%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        b"%s/W[%s]/FontDescriptor %d 0 R>>" % (0 if cff else 2, base, b"" if cff else b"/CIDToGIDMap/Identity", _widths(widths), descriptor)
    )


def _widths(widths: dict[int, float]) -> bytes:
    out: list[bytes] = []
    for glyph in sorted(widths):
        if glyph - 1 in widths:
            out[-1] += b" " + number(widths[glyph])
        else:
            out.append(b"%d[" % glyph + number(widths[glyph]))
    return b"".join(run + b"]" for run in out)


def _composite(file: File, union: _Union, texts: dict[int, str]) -> int:
    """A composite font that says what its glyphs stand for (ISO 32000-1, 9.10.3)."""
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <ffff> endcodespacerange",
    ]
    known = sorted(texts.items())
    for start in range(0, len(known), 100):
        some = known[start : start + 100]
        lines.append(f"{len(some)} beginbfchar")
        lines += [f"<{glyph:04x}> <{text.encode('utf-16-be').hex()}>" for glyph, text in some]
        lines.append("endbfchar")
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    cmap = file.add_stream(b"/Filter/FlateDecode", zlib.compress("\n".join(lines).encode("ascii"), 9))
    return file.add(
        b"<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>"
        % (union.face.base.encode(), union.descendant, cmap)
    )
