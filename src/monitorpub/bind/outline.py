"""The outline: the headings of all pieces, in the order of the file (ISO 32000-1, 12.3.3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from monitorpub.bind.plan import Piece
from monitorpub.bind.strings import number, text_string
from monitorpub.bind.writer import File


@dataclass
class Line:
    """A line of the outline and where it leads: the number of a page's object, and points from its lower left corner."""

    level: int
    words: str
    page: int
    x: float
    y: float
    kids: list[Line] = field(default_factory=list)
    number: int = 0


def outline_of(piece: Piece) -> Iterator[tuple[int, str, int, float, float]]:
    """Level, words, page and place of each heading of a piece."""
    if piece.above:
        yield piece.level, piece.above, 1, 0.0, 0.0
    for heading in piece.part.outline:
        yield heading.level + piece.level, heading.words, heading.page, heading.x, heading.y


def write_outline(file: File, lines: list[Line], open_to: int) -> int:
    """The number of the outline, open down to a level; 0 for none."""
    root = Line(0, "", 0, 0, 0)
    path = [root]
    for line in lines:
        while path[-1].level >= line.level:
            path.pop()
        path[-1].kids.append(line)
        path.append(line)
    if not root.kids:
        return 0
    root.number = file.reserve()
    _write_kids(file, root, open_to)
    file.put(root.number, b"<</Type/Outlines%s/Count %d>>" % (_ends(root), _shown(root, open_to)))
    return root.number


def _write_kids(file: File, parent: Line, open_to: int) -> None:
    first = file.reserve(len(parent.kids))
    for index, line in enumerate(parent.kids):
        line.number = first + index
    for index, line in enumerate(parent.kids):
        _write_kids(file, line, open_to)
        place = b"[%d 0 R/XYZ %s %s 0]" % (line.page, number(line.x), number(line.y))
        body = b"<</Title%s/Parent %d 0 R/Dest%s" % (text_string(line.words), parent.number, place)
        if index:
            body += b"/Prev %d 0 R" % (line.number - 1)
        if index + 1 < len(parent.kids):
            body += b"/Next %d 0 R" % (line.number + 1)
        if line.kids:
            count = _shown(line, open_to)
            body += _ends(line) + b"/Count %d" % (count if line.level <= open_to else -count)
        file.put(line.number, body + b">>")


def _ends(line: Line) -> bytes:
    return b"/First %d 0 R/Last %d 0 R" % (line.kids[0].number, line.kids[-1].number)


def _shown(line: Line, open_to: int) -> int:
    """How many lines below a line are to be seen when it is open."""
    return len(line.kids) + sum(_shown(kid, open_to) for kid in line.kids if kid.kids and kid.level <= open_to)
