"""Relocatable objects: the dictionaries and streams of a part, with a gap wherever only the binder knows what stands there.

A gap names a slot.  The slots of a part are, in this order: five of the binder's own (``PAGES`` to ``NAMESPACE``), its
objects, its keys in the parent tree, its links to other parts, the elements these lead to (for PDF 2.0), the contents of its pages.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

PAGES, ROOT, ROLE, FONTS, NAMESPACE = range(5)
"""The parent of the part's page tree, the parent of its root in the structure tree, the role of that root, the dictionary of fonts; and the
namespace of PDF 2.0, for elements that PDF 1.7 does not have: only for parts that are typeset by such a standard."""
OWN = 5


@dataclass(frozen=True)
class Slots:
    """How many slots of each kind a part has."""

    objects: int = 0
    keys: int = 0
    links: int = 0
    pages: int = 0

    def object(self, index: int) -> int:
        """The slot of an object's reference."""
        return OWN + index

    def key(self, index: int) -> int:
        """The slot of a key in the parent tree."""
        return OWN + self.objects + index

    def link(self, index: int) -> int:
        """The slot of the action of a link that leads to another part."""
        return OWN + self.objects + self.keys + index

    def target(self, index: int) -> int:
        """The slot that says which element such a link leads to."""
        return OWN + self.objects + self.keys + self.links + index

    def contents(self, index: int) -> int:
        """The slot of what a page shows."""
        return OWN + self.objects + self.keys + 2 * self.links + index


@dataclass
class Objects:
    """Objects in pieces: ``text`` cut at ``cuts``, with a slot behind each cut but the last of an object (-1)."""

    slots: Slots
    text: bytes
    cuts: array[int]
    gaps: array[int]
    streams: list[bytes]
    """The data of the last objects, which are streams."""
    landmarks: dict[str, Any] = field(default_factory=dict)
    """Indices of objects the binder must find: ``tree`` and ``pages`` of the page tree, ``contents`` of the pages, ``root`` of the
    structure, ``parents`` (its leaf of the parent tree), ``ids`` (pairs of an id and its element), ``fonts`` that the part embeds
    itself, by name; and where they are known, ``elements`` (the element at each anchor, and at ``page=2`` the first on that page) and
    ``headings`` (that of each line of the outline)."""

    @property
    def plain(self) -> int:
        """How many objects are no streams; they come first."""
        return self.slots.objects - len(self.streams)

    def filled(self, table: Sequence[bytes]) -> list[bytes]:
        """Every object with its gaps filled from a table of slots."""
        out: list[bytes] = []
        pieces: list[bytes] = []
        start, text = 0, self.text
        add, reset = pieces.append, pieces.clear
        for cut, gap in zip(self.cuts, self.gaps, strict=True):
            add(text[start:cut])
            start = cut
            if gap < 0:
                out.append(b"".join(pieces))
                reset()
            else:
                add(table[gap])
        return out

    def to_bytes(self) -> bytes:
        """As a file holds them."""
        slots = self.slots
        head = {
            "slots": [slots.objects, slots.keys, slots.links, slots.pages],
            "text": len(self.text),
            "cuts": len(self.cuts),
            "streams": [len(stream) for stream in self.streams],
            "landmarks": self.landmarks,
        }
        first = json.dumps(head).encode()
        return b"".join((b"%08x" % len(first), first, self.cuts.tobytes(), self.gaps.tobytes(), self.text, *self.streams))

    @classmethod
    def from_bytes(cls, data: bytes) -> Objects:
        """The other way.  Raises ValueError for anything else."""
        try:
            start = 8 + int(data[:8], 16)
            head = json.loads(data[8:start])
            width = array("i").itemsize * head["cuts"]
            cuts, gaps = array("i"), array("i")
            cuts.frombytes(data[start : start + width])
            gaps.frombytes(data[start + width : start + 2 * width])
            start += 2 * width
            text = data[start : start + head["text"]]
            start += head["text"]
            streams = []
            for length in head["streams"]:
                streams.append(data[start : start + length])
                start += length
            if start != len(data) or len(cuts) != head["cuts"]:
                raise ValueError("cut off")
            return cls(Slots(*head["slots"]), text, cuts, gaps, streams, head["landmarks"])
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError("these are no objects of a part") from error


@dataclass(frozen=True)
class Gap:
    """A gap while objects are written: the kind of its slot and its index."""

    kind: Literal["own", "object", "stream", "key", "link", "target", "contents"]
    index: int


Body = list[bytes | Gap]


@dataclass
class Writer:
    """Collects the objects of a part, and settles their slots at the end."""

    plain: list[Body] = field(default_factory=list)
    streams: list[tuple[Body, bytes]] = field(default_factory=list)

    def reserve(self) -> Gap:
        """The reference of an object whose body comes later."""
        self.plain.append([])
        return Gap("object", len(self.plain) - 1)

    def put(self, at: Gap, body: Body) -> Gap:
        """The body of a reserved object."""
        self.plain[at.index] = body
        return at

    def add(self, body: Body) -> Gap:
        """A new object; gives its reference."""
        return self.put(self.reserve(), body)

    def reserve_stream(self) -> Gap:
        """The reference of a stream that comes later."""
        self.streams.append(([], b""))
        return Gap("stream", len(self.streams) - 1)

    def put_stream(self, at: Gap, entries: Body, data: bytes) -> Gap:
        """A reserved stream: the entries of its dictionary (without Length) and its data."""
        self.streams[at.index] = ([b"<<", *entries, b"/Length %d>>" % len(data)], data)
        return at

    def settle(self, *, keys: int, links: int, pages: int) -> Objects:
        """The objects as bytes with gaps."""
        slots = Slots(len(self.plain) + len(self.streams), keys, links, pages)
        of = {
            "own": lambda index: index,
            "object": slots.object,
            "stream": lambda index: slots.object(len(self.plain) + index),
            "key": slots.key,
            "link": slots.link,
            "target": slots.target,
            "contents": slots.contents,
        }
        text: list[bytes] = []
        cuts, gaps = array("i"), array("i")
        length = 0
        for body in [*self.plain, *(body for body, _ in self.streams)]:
            for piece in body:
                if isinstance(piece, Gap):
                    cuts.append(length)
                    gaps.append(of[piece.kind](piece.index))
                else:
                    text.append(piece)
                    length += len(piece)
            cuts.append(length)
            gaps.append(-1)
        return Objects(slots, b"".join(text), cuts, gaps, [data for _, data in self.streams])

    def index(self, gap: Gap) -> int:
        """The index of an object among all, plain ones first."""
        return gap.index + (len(self.plain) if gap.kind == "stream" else 0)
