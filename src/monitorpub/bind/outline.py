"""The outline: the headings of all pieces, in the order of the file (ISO 32000-1, 12.3.3)."""

from __future__ import annotations

from dataclasses import dataclass, field

from monitorpub.bind.places import Place
from monitorpub.bind.strings import text_string
from monitorpub.bind.writer import File


@dataclass
class Line:
    """A line of the outline and where it leads."""

    level: int
    words: str
    place: Place
    kids: list[Line] = field(default_factory=list)
    number: int = 0


def write_outline(file: File, lines: list[Line], open_to: int) -> int:
    """The number of the outline, open down to a level; 0 for none."""
    root = Line(0, "", Place(0, 0, 0))
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
        body = b"<</Title%s/Parent %d 0 R%s" % (text_string(line.words), parent.number, line.place.entry)
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
