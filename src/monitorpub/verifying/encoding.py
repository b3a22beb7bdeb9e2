"""A font of a finished PDF: which signs its codes stand for, how wide they are, and whether the file carries it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

EMBEDDED = ("/FontFile", "/FontFile2", "/FontFile3")
STANDARD_WIDTH = 0.5
"""Em; for a font that says nothing about its widths."""


class Sign(NamedTuple):
    """One glyph: its code in the file, the text it stands for (empty where the file does not say) and its width in em."""

    code: int
    text: str
    width: float
    missing: bool = False
    """Whether it is the box that stands for a glyph the font does not have."""


@dataclass(eq=False)
class Font:
    """A font as the file describes it."""

    name: str
    composite: bool
    embedded: bool
    unicode: Mapping[int, str] | None
    """What /ToUnicode says; None where there is none."""
    known: bool = True
    """Whether the text of its codes is certain without /ToUnicode."""
    code_bytes: int = 1
    widths: Mapping[int, float] = field(default_factory=dict)
    default_width: float = STANDARD_WIDTH
    names: Mapping[int, str] = field(default_factory=dict)
    """The text of the codes of a simple font, from its encoding."""
    empty: frozenset[int] | None = frozenset()
    """Codes that show no glyph of the font (``.notdef``); None where that cannot be told."""
    program: tuple[str, int] | None = None
    """The full name of the font and the object number of its program, where the file carries one."""
    pages: list[int] = field(default_factory=list)
    _signs: dict[int, Sign] = field(default_factory=dict, repr=False)

    def signs(self, data: bytes) -> list[Sign]:
        """The signs of a string in the page's content."""
        step, known = self.code_bytes, self._signs
        codes = data if step == 1 else [int.from_bytes(data[i : i + step], "big") for i in range(0, len(data), step)]
        return [known[code] if code in known else self._sign(code) for code in codes]

    @property
    def used(self) -> Iterable[Sign]:
        """Its signs that were met, each once."""
        return self._signs.values()

    def _sign(self, code: int) -> Sign:
        table = self.unicode if self.unicode is not None else self.names
        sign = Sign(code, table.get(code, ""), self.widths.get(code, self.default_width), code in (self.empty or ()))
        self._signs[code] = sign
        return sign


def font_of(source: Any) -> Font:
    """The font behind a font dictionary."""
    name = str(source.get("/BaseFont", source.get("/Name", "?"))).lstrip("/").split("+")[-1]
    stream = source.get("/ToUnicode")
    unicode = to_unicode(stream.get_object().get_data()) if _is_stream(stream) else None
    if source.get("/Subtype") == "/Type0":
        return _composite(source, name, unicode)
    return _simple(source, name, unicode)


def _composite(source: Any, name: str, unicode: dict[int, str] | None) -> Font:
    inner = source["/DescendantFonts"].get_object()[0].get_object()
    encoding = source.get("/Encoding")
    identity = str(encoding) in ("/Identity-H", "/Identity-V")
    return Font(
        name=name,
        composite=True,
        embedded=_is_embedded(inner.get("/FontDescriptor")),
        unicode=unicode,
        known=False,
        code_bytes=2,
        widths=_composite_widths(inner.get("/W")),
        default_width=float(inner.get("/DW", 1000)) / 1000,
        empty=_empty_codes(inner) if identity else None,
        program=_program(source, inner.get("/FontDescriptor")),
    )


def _empty_codes(inner: Any) -> frozenset[int]:
    """The codes that show glyph 0, where codes are those of the character collection itself."""
    table = inner.get("/CIDToGIDMap")
    if not _is_stream(table):
        return frozenset({0})
    data = table.get_object().get_data()
    return frozenset({0, *(i // 2 for i in range(0, len(data) - 1, 2) if data[i : i + 2] == b"\0\0")})


def _composite_widths(source: Any) -> dict[int, float]:
    out: dict[int, float] = {}
    listed = source.get_object() if source is not None else ()
    entries = [entry.get_object() if hasattr(entry, "get_object") else entry for entry in listed]
    index = 0
    while index + 1 < len(entries):
        first, second = int(entries[index]), entries[index + 1]
        if isinstance(second, list):
            out |= {first + i: float(width) / 1000 for i, width in enumerate(second)}
            index += 2
        elif index + 2 < len(entries):
            width = float(entries[index + 2]) / 1000
            out |= dict.fromkeys(range(first, min(int(second), 0xFFFF) + 1), width)
            index += 3
        else:
            break
    return out


def _simple(source: Any, name: str, unicode: dict[int, str] | None) -> Font:
    type3 = source.get("/Subtype") == "/Type3"
    scale = float(source["/FontMatrix"][0]) if type3 else 0.001
    first = int(source.get("/FirstChar", 0))
    widths = source.get("/Widths")
    descriptor = source.get("/FontDescriptor")
    descriptor = descriptor.get_object() if descriptor is not None else {}
    names, empty, known = _encoding(source, descriptor)
    return Font(
        name=name,
        composite=False,
        embedded=type3 or _is_embedded(descriptor),
        unicode=unicode,
        known=known,
        widths={first + i: float(w) * scale for i, w in enumerate(widths.get_object())} if widths is not None else {},
        default_width=float(descriptor.get("/MissingWidth", 0)) / 1000 if widths is not None else STANDARD_WIDTH,
        names=names,
        empty=frozenset(empty) if empty else None,
        program=_program(source, descriptor),
    )


def _encoding(source: Any, descriptor: Any) -> tuple[dict[int, str], set[int], bool]:
    """The text of each code, the codes without a glyph, and whether that is certain."""
    encoding = source.get("/Encoding")
    encoding = encoding.get_object() if encoding is not None else None
    symbolic = bool(int(descriptor.get("/Flags", 0)) & 4)
    base = str(encoding.get("/BaseEncoding", "")) if isinstance(encoding, dict) else str(encoding or "")
    codec = {"/WinAnsiEncoding": "cp1252", "/MacRomanEncoding": "mac_roman"}.get(base, "")
    names = {code: bytes([code]).decode(codec or "cp1252", "ignore") for code in range(32, 256)}
    empty: set[int] = set()
    known = bool(codec) or not symbolic
    if isinstance(encoding, dict) and "/Differences" in encoding:
        from fontTools import agl

        code = 0
        for entry in encoding["/Differences"].get_object():
            if isinstance(entry, int):
                code = int(entry)
                continue
            glyph = str(entry).lstrip("/")
            names[code] = agl.toUnicode(glyph)
            known = known or bool(names[code])
            if glyph == ".notdef":
                empty.add(code)
            code += 1
    return names, empty, known


def _is_stream(source: Any) -> bool:
    return source is not None and hasattr(source.get_object(), "get_data")


def _is_embedded(descriptor: Any) -> bool:
    found = descriptor.get_object() if hasattr(descriptor, "get_object") else {}
    return any(key in found for key in EMBEDDED)


def _program(source: Any, descriptor: Any) -> tuple[str, int] | None:
    found = descriptor.get_object() if hasattr(descriptor, "get_object") else {}
    numbers = (getattr(dict.get(found, key), "idnum", 0) for key in EMBEDDED if key in found)
    return next(((str(source.get("/BaseFont", "")), number) for number in numbers if number), None)


_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_TOKEN = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")


def to_unicode(data: bytes) -> dict[int, str]:
    """The table of a /ToUnicode stream: code -> text."""
    out: dict[int, str] = {}
    for block in _BLOCK.finditer(data):
        tokens: list[Any] = []
        inside: list[bytes] | None = None
        for token in _TOKEN.finditer(block[2]):
            if token[2]:
                inside = []
            elif token[3]:
                tokens.append(inside or [])
                inside = None
            else:
                value = bytes.fromhex(token[1].decode("ascii"))
                (tokens if inside is None else inside).append(value)
        (_take_chars if block[1] == b"bfchar" else _take_ranges)(tokens, out)
    return out


def _take_chars(tokens: list[Any], out: dict[int, str]) -> None:
    for code, text in zip(tokens[::2], tokens[1::2], strict=False):
        if isinstance(code, bytes) and isinstance(text, bytes):
            out[int.from_bytes(code, "big")] = _utf16(text)


def _take_ranges(tokens: list[Any], out: dict[int, str]) -> None:
    for low, high, text in zip(tokens[::3], tokens[1::3], tokens[2::3], strict=False):
        first, last = int.from_bytes(low, "big"), int.from_bytes(high, "big")
        for index in range(min(last - first, 0xFFFF) + 1):
            if isinstance(text, list):
                if index < len(text):
                    out[first + index] = _utf16(text[index])
            elif text:
                start = int.from_bytes(text[-2:], "big") + index
                out[first + index] = _utf16(text[:-2] + (start & 0xFFFF).to_bytes(2, "big"))


def _utf16(data: bytes) -> str:
    return data.decode("utf-16-be" if len(data) > 1 else "latin-1", "replace")
