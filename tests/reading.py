"""A finished PDF as the tests of pages see it: its words, its notes and its links, read by ``monitorpub.verifying`` from the file alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from monitorpub.verifying import apparatus_of, read_bytes
from monitorpub.verifying.found import squeezed as words

__all__ = ["Page", "read_pdf", "words"]

PX = 0.75
"""Points."""


@dataclass
class Page:
    """One page: its words in the order of the file, the notes at its foot, and its links."""

    text: str = ""
    notes: dict[str, str] = field(default_factory=dict)
    """Mark -> words."""
    links: list[tuple[str, tuple[float, float]]] = field(default_factory=list)
    """Destination or address, and the width and height of the place to click."""
    pieces: list[tuple[str, str, float, float]] = field(default_factory=list)
    """Words, font, and px from the top left corner."""


def read_pdf(pdf: bytes) -> list[Page]:
    """All pages."""
    document, said = read_bytes(pdf, Path("read.pdf"))
    assert document is not None
    assert not said, said
    pages = []
    for page in document.pages:
        shown = [piece for piece in page.pieces if piece.text.strip()]
        pieces = [(p.text, p.font.name, p.x / PX, (page.box[3] - p.y) / PX) for p in shown]
        boxes = [(link.target or link.address, link.box) for link in page.links]
        links = [(target, (right - left, top - bottom)) for target, (left, bottom, right, top) in boxes]
        pages.append(Page(" ".join(p.text for p in shown), {}, links, pieces))
    for note in apparatus_of(document).notes:
        if note.number:
            notes = pages[note.page - 1].notes
            assert note.mark not in notes, f"the number {note.mark} stands twice on page {note.page}"
            notes[note.mark] = note.text
    return pages
