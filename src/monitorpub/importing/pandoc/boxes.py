"""Text boxes of Word and OpenDocument files, taken out of the paragraph they hang in: pandoc reads the box or the paragraph, not both."""

from __future__ import annotations

from dataclasses import dataclass
from xml.parsers import expat


@dataclass(frozen=True)
class Box:
    """What a box of text is called, and the elements that carry one."""

    name: str
    carriers: tuple[str, ...]


WORD_BOX = Box("txbxContent", ("AlternateContent", "drawing", "pict", "object"))
OPEN_BOX = Box("text-box", ("frame",))
_NESTED = 4
"""Boxes in boxes."""


def unboxed(part: bytes, box: Box = WORD_BOX) -> bytes:
    """The text of a Word or OpenDocument file in which the paragraphs of each box stand behind the paragraph that held it.

    Gives it as it was where it cannot be read.
    """
    for _ in range(_NESTED):
        if box.name.encode() not in part:
            break
        finder = _Finder(part, box)
        try:
            finder.parser.Parse(part, True)
        except (expat.ExpatError, ValueError):
            break
        if not finder.edits:
            break
        out, end = [], 0
        for start, stop, words in sorted(finder.edits):
            out += [part[end:start], words]
            end = stop
        part = b"".join([*out, part[end:]])
    return part


class _Finder:
    """Where boxes begin and end, in bytes."""

    def __init__(self, part: bytes, kind: Box) -> None:
        self._kind = kind
        self.edits: list[tuple[int, int, bytes]] = []
        """Stretches of the file, each with what stands there instead."""
        self._part = part
        self._stack: list[tuple[str, int]] = []
        self._carrier: int | None = None
        """The depth of the element that carries the open box."""
        self._paragraph: int | None = None
        self._box: int | None = None
        self._words: list[bytes] = []
        self._waiting: list[bytes] = []
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _start(self, name: str, _: object) -> None:
        local = name.rpartition(":")[2]
        depth = len(self._stack)
        self._stack.append((local, self.parser.CurrentByteIndex))
        if local == "p" and self._paragraph is None:
            self._paragraph = depth
        elif local in self._kind.carriers and self._paragraph is not None and self._carrier is None:
            self._carrier, self._words = depth, []
        elif (
            local == self._kind.name
            and self._carrier is not None
            and self._box is None
            and not any(one == "Fallback" for one, _ in self._stack)
        ):
            self._box = depth

    def _end(self, name: str) -> None:
        local, start = self._stack.pop()
        depth = len(self._stack)
        at = self.parser.CurrentByteIndex
        end = self._part.find(b">", at) + 1
        if depth == self._box:
            self._words.append(self._part[self._part.find(b">", start) + 1 : at])
            self._box = None
        elif depth == self._carrier:
            if self._words:
                self.edits.append((start, end, b""))
                self._waiting += self._words
            self._carrier = None
        elif depth == self._paragraph and local == "p":
            if self._waiting:
                self.edits.append((end, end, b"".join(self._waiting)))
                self._waiting = []
            self._paragraph = None
