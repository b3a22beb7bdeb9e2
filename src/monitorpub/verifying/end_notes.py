"""Notes at the end of a section or of the whole: the places ``end-notes~...`` say where their blocks begin.

A note in a block is called first in what stands between the block before and its own: so it stands behind its call, and in its section.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from monitorpub.verifying.found import Call, Footnote
from monitorpub.verifying.reader import Document

NAME = re.compile(r"(?:(?P<part>.*)/)?end-notes~.+")


@dataclass(frozen=True)
class Block:
    """Where a block of end notes begins: its page, its height above the foot of the page, and the first piece of its title there."""

    part: str
    page: int
    y: float
    order: int


def blocks_of(document: Document) -> dict[str, list[Block]]:
    """The blocks of each part, in the order of the pages."""
    out: dict[str, list[Block]] = {}
    for place in document.destinations.values():
        match = NAME.fullmatch(place.name)
        if match is None or not 0 < place.page <= len(document.pages) or place.x is None or place.y is None:
            continue
        pieces = document.pages[place.page - 1].pieces
        below = [i for i, piece in enumerate(pieces) if not piece.artifact and 0 <= place.y - piece.y < NEAR and abs(piece.x - place.x) < 2]
        part = match["part"] or ""
        out.setdefault(part, []).append(Block(part, place.page, place.y, min(below, default=len(pieces))))
    return {part: sorted(blocks, key=lambda block: (block.page, -block.y)) for part, blocks in out.items()}


NEAR = 40.0
"""Points in which the title of a block is found below its place."""


def part_of(note: Footnote) -> str:
    """The part that a note belongs to, by its name."""
    return note.name.rpartition("/")[0]


def misplaced(note: Footnote, blocks: Iterable[Block]) -> str:
    """What is wrong with the place of an end note that is called, among the blocks of its part; nothing where it is right."""
    above = [block for block in blocks if (block.page, -block.y) <= (note.page, -note.y)]
    call = min(note.calls, key=lambda call: (call.page, call.order))
    where = f"Page {note.page}: the note {note.mark} stands here"
    if not above:
        return f"{where}, and the end notes begin further on."
    if _is_behind(call, above[-1]):
        return f"{where}, before its call on page {call.page}."
    if len(above) > 1 and not _is_behind(call, above[-2]):
        return f"{where}, at the end of another section than that of its call on page {call.page}."
    return ""


def _is_behind(call: Call, block: Block) -> bool:
    """Whether a call stands behind a block, on the page and in the order of the file: columns differ in that."""
    return (call.page, -call.y) > (block.page, -block.y) and (call.page, call.order) > (block.page, block.order)
