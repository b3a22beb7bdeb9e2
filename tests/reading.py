"""A finished PDF as a reader sees it, read with pypdf: with eyes other than the writer's."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import Any

from pypdf import PdfReader


@dataclass
class Page:
    """One page: its words in order, the notes at its foot, and its links."""

    text: str = ""
    notes: dict[str, str] = field(default_factory=dict)
    """Mark -> words."""
    links: list[tuple[str, tuple[float, float]]] = field(default_factory=list)
    """Destination or address, and the width and height of the place to click."""
    pieces: list[tuple[str, str, float, float]] = field(default_factory=list)
    """Words, font, and px from the top left corner."""


def read_pdf(pdf: bytes) -> list[Page]:
    """All pages."""
    return [_page(page) for page in PdfReader(io.BytesIO(pdf)).pages]


def _page(source: Any) -> Page:
    page = Page()

    def visit(text: str, matrix: Any, place: Any, font: Any, size: float) -> None:
        if text.strip() and font:
            page.pieces.append((text.strip("\n"), str(font["/BaseFont"]).split("+")[-1], place[4], place[5]))

    page.text = source.extract_text(visitor_text=visit)
    page.notes = _notes(page.pieces)
    for reference in source.get("/Annots", []):
        link = reference.get_object()
        left, bottom, right, top = (float(n) for n in link["/Rect"])
        target = link.get("/Dest") or link.get("/A", {}).get("/URI")
        page.links.append((str(target), (abs(right - left), abs(top - bottom))))
    return page


def _notes(pieces: list[tuple[str, str, float, float]]) -> dict[str, str]:
    """The notes: a number in the sans face and, on its line, words in the face of notes."""
    notes: dict[str, list[str]] = {}
    mark = ""
    for index, (text, font, _, y) in enumerate(pieces):
        following = pieces[index + 1] if index + 1 < len(pieces) else ("", "", 0.0, 0.0)
        if re.fullmatch(r"\d+\s*", text) and font == "Monitorpub-Sans" and "Serif-Note" in following[1] and abs(following[3] - y) < 3:
            mark = text.strip()
            assert mark not in notes, f"the number {mark} stands twice on this page"
            notes[mark] = []
        elif mark and ("Serif-Note" in font or "Korean" in font or "Arabic" in font):
            notes[mark].append(text)
        else:
            mark = ""
    return {mark: re.sub(r"\s+", " ", " ".join(words)).strip() for mark, words in notes.items()}


def words(text: str) -> str:
    """Text without any space, for comparing words across line ends."""
    return re.sub(r"[\s\u2060\u200e]+", "", text)
