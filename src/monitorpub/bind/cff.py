"""The outlines of an OpenType font in CFF, as a composite font embeds them (ISO 32000-1, 9.9: ``CIDFontType0C``).

The content of pages shows glyph ids.  A font that is keyed by CIDs maps these to its glyphs by its charset (Adobe Technical Note 5176,
13): where that says anything but "the same", another glyph would be shown.  So it is made to say that.
"""

from __future__ import annotations

import struct

CHARSET, GLYPHS, ROS = (15,), (17,), (12, 30)
"""Operators of the Top DICT: where the charset is, where the glyphs are, and what only fonts keyed by CIDs have."""
PREDEFINED = 2
"""The last number that is not the place of a charset, but the name of one."""


def bare(program: bytes) -> bytes:
    """The table ``CFF`` of a font file, its glyph ids being its CIDs.  Raises ValueError for a file without one, or with half of one."""
    data = bytearray(_table(program))
    try:
        top = _top(data)
        if ROS in top and top.get(CHARSET, 0) > PREDEFINED:
            _same(data, top[CHARSET], len(_index(data, top[GLYPHS])) - 1)
    except (IndexError, KeyError, struct.error) as error:
        raise ValueError("the outlines of the font are cut off") from error
    return bytes(data)


def _table(program: bytes) -> bytes:
    (count,) = struct.unpack_from(">H", program, 4)
    for index in range(count):
        tag, _, start, length = struct.unpack_from(">4sIII", program, 12 + 16 * index)
        if tag == b"CFF ":
            return program[start : start + length]
    raise ValueError("the font has no table CFF")


def _same(data: bytearray, start: int, glyphs: int) -> None:
    """Every glyph is its own CID, in one range if there are more than two; that is never longer than what it replaces."""
    if glyphs == 2:
        struct.pack_into(">BH", data, start, 0, 1)
    elif 2 < glyphs <= 257:
        struct.pack_into(">BHB", data, start, 1, 1, glyphs - 2)
    elif glyphs > 257:
        struct.pack_into(">BHH", data, start, 2, 1, glyphs - 2)


def _index(data: bytearray, start: int) -> list[int]:
    """Where the objects of an INDEX begin, and at last where it ends."""
    count = int.from_bytes(data[start : start + 2])
    if not count:
        return [start + 2]
    width = data[start + 2]
    base = start + 3 + (count + 1) * width - 1
    return [base + int.from_bytes(data[at : at + width]) for at in range(start + 3, base + 1, width)]


def _top(data: bytearray) -> dict[tuple[int, ...], int]:
    """The last operand of each operator of the Top DICT; real numbers count as 0."""
    first, *_, end = _index(data, _index(data, data[2])[-1])
    found: dict[tuple[int, ...], int] = {}
    at, value = first, 0
    while at < end:
        byte = data[at]
        if byte <= 21:
            key = (byte, data[at + 1]) if byte == 12 else (byte,)
            found[key], value, at = value, 0, at + len(key)
        else:
            value, at = _operand(data, at)
    return found


def _operand(data: bytearray, at: int) -> tuple[int, int]:
    """A number of a DICT, and where the next thing begins (Technical Note 5176, 4)."""
    byte = data[at]
    if byte in (28, 29):
        width = 2 if byte == 28 else 4
        return int.from_bytes(data[at + 1 : at + 1 + width], signed=True), at + 1 + width
    if byte == 30:
        at += 1
        while data[at] >> 4 != 15 and data[at] & 15 != 15:
            at += 1
        return 0, at + 1
    if byte <= 246:
        return byte - 139, at + 1
    sign, base = (1, 247) if byte <= 250 else (-1, 251)
    return sign * ((byte - base) * 256 + data[at + 1] + 108), at + 2
