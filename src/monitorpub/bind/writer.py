"""A PDF file with object streams and a cross-reference stream (ISO 32000-1, 7.5.7 and 7.5.8)."""

from __future__ import annotations

import struct
import zlib
from hashlib import blake2b

HEADER = b"%%PDF-%s\n%%\xe2\xe3\xcf\xd3\n"
"""With four bytes that no text has, so that nobody takes the file for one (ISO 32000-1, 7.5.2)."""
TOGETHER = 200
"""Objects in one object stream."""
LEVEL = 6
"""Of deflate."""


class File:
    """Objects by number, from 1, of a file in this version of PDF."""

    def __init__(self, version: str = "1.7") -> None:
        self._plain: list[bytes | None] = [None]
        self._out = bytearray(HEADER % version.encode())
        self._offsets: dict[int, int] = {}

    def reserve(self, count: int = 1) -> int:
        """The first of some numbers."""
        first = len(self._plain)
        self._plain.extend([None] * count)
        return first

    def put(self, number: int, body: bytes) -> int:
        """An object that is no stream."""
        self._plain[number] = body
        return number

    def put_all(self, first: int, bodies: list[bytes]) -> None:
        """Objects with numbers in a row."""
        self._plain[first : first + len(bodies)] = bodies

    def add(self, body: bytes) -> int:
        """The same with the next number."""
        self._plain.append(body)
        return len(self._plain) - 1

    def put_stream(self, number: int, dictionary: bytes, data: bytes) -> int:
        """A stream whose dictionary is whole."""
        self._offsets[number] = len(self._out)
        self._out += b"%d 0 obj\n%s\nstream\n" % (number, dictionary)
        self._out += data
        self._out += b"\nendstream\nendobj\n"
        return number

    def add_stream(self, entries: bytes, data: bytes) -> int:
        """The same with the next number; gets its length."""
        return self.put_stream(self.reserve(), b"<<%s/Length %d>>" % (entries, len(data)), data)

    def finish(self, root: int, info: int = 0) -> bytes:
        """The whole file; it may have no information dictionary.  Its identifier is made of its content."""
        plain = [(number, body) for number, body in enumerate(self._plain) if body is not None]
        places: dict[int, tuple[int, int]] = {}
        for start in range(0, len(plain), TOGETHER):
            some = plain[start : start + TOGETHER]
            at = self.reserve()
            heads, position = [], 0
            for index, (number, body) in enumerate(some):
                places[number] = (at, index)
                heads.append(b"%d %d" % (number, position))
                position += len(body) + 1
            first = b" ".join(heads) + b"\n"
            data = zlib.compress(first + b"\n".join([body for _, body in some]), LEVEL)
            entries = b"<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>" % (len(some), len(first), len(data))
            self.put_stream(at, entries, data)
        return self._close(places, root, info)

    def _close(self, places: dict[int, tuple[int, int]], root: int, info: int) -> bytes:
        at = self.reserve()
        start = self._offsets[at] = len(self._out)
        rows = bytearray(struct.pack(">BIH", 0, 0, 65535))
        for number in range(1, at + 1):
            if number in places:
                rows += struct.pack(">BIH", 2, *places[number])
            elif number in self._offsets:
                rows += struct.pack(">BIH", 1, self._offsets[number], 0)
            else:
                raise RuntimeError(f"the object {number} was never written")
        name = blake2b(self._out, digest_size=16).hexdigest().encode()
        data = zlib.compress(_above_subtracted(bytes(rows)), LEVEL)
        self._out += (
            b"%d 0 obj\n<</Type/XRef/Size %d/W[1 4 2]/Root %d 0 R%s/ID[<%s><%s>]/Filter/FlateDecode"
            b"/DecodeParms<</Predictor 12/Columns 7>>/Length %d>>\nstream\n"
            % (at, at + 1, root, b"/Info %d 0 R" % info if info else b"", name, name, len(data))
        )
        self._out += data + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % start
        return bytes(self._out)


def _above_subtracted(rows: bytes, width: int = 7) -> bytes:
    """PNG's predictor Up: each row less the one above it, which deflates far better."""
    out = bytearray()
    above = bytes(width)
    for start in range(0, len(rows), width):
        row = rows[start : start + width]
        out.append(2)
        out += bytes((a - b) & 255 for a, b in zip(row, above, strict=True))
        above = row
    return bytes(out)
