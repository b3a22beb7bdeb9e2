"""Rows of a Word table that have fewer cells than its longest: pandoc would give all rows the cells of the shortest."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat

MOST = 100
"""Columns that a table may have."""


def filled(part: bytes) -> bytes:
    """The text of a Word file in which every row has as many cells as the longest of its table.

    Gives it as it was where it cannot be read.
    """
    finder = _Finder()
    try:
        finder.parser.Parse(part, True)
    except (expat.ExpatError, ValueError):
        return part
    out, end = [], 0
    for at, cells in sorted(finder.edits):
        out += [part[end:at], cells]
        end = at
    return b"".join([*out, part[end:]])


@dataclass
class _Table:
    """An open table: of each row, where its end tag stands, its cells, and the prefix of its name."""

    rows: list[tuple[int, int, str]] = field(default_factory=list)
    cells: int = 0


class _Finder:
    """Where cells are missing, in bytes."""

    def __init__(self) -> None:
        self.edits: list[tuple[int, bytes]] = []
        self._tables: list[_Table] = []
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "tbl":
            self._tables.append(_Table())
        elif not self._tables:
            return
        elif local == "tr":
            self._tables[-1].cells = 0
        elif local == "tc":
            self._tables[-1].cells += 1
        elif local in ("gridSpan", "gridBefore", "gridAfter"):
            value = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "val"), "1")
            number = min(int(value), MOST) if value.isascii() and value.isdigit() else 1
            self._tables[-1].cells += number - 1 if local == "gridSpan" else number

    def _end(self, name: str) -> None:
        prefix, _, local = name.rpartition(":")
        if local == "tr" and self._tables:
            self._tables[-1].rows.append((self.parser.CurrentByteIndex, self._tables[-1].cells, f"{prefix}:" if prefix else ""))
        elif local == "tbl" and self._tables:
            table = self._tables.pop()
            most = max((cells for _, cells, _ in table.rows), default=0)
            for at, cells, before in table.rows:
                if cells < most <= MOST:
                    self.edits.append((at, f"<{before}tc><{before}p/></{before}tc>".encode() * (most - cells)))
