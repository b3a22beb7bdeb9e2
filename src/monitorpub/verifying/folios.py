"""What is proved of folios: pages are counted from the first to the last, and each page prints at its foot what it is counted as."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from monitorpub.diagnostics import Diagnostic, Place
from monitorpub.verifying.catalog import Count
from monitorpub.verifying.content import Piece
from monitorpub.verifying.found import plain
from monitorpub.verifying.reader import Document, Page
from monitorpub.verifying.volumes import is_ours

FOLIO = re.compile(r"\d{1,5}|[ivxlcdm]{1,12}")
"""A number as it is printed on a page, arabic or small roman."""

FOOT = 0.12
"""Of the height of a page: where its foot is."""

MIDDLE = 0.05
"""Of the width of a page: how far from its middle a folio still belongs to both sides."""


def check(document: Document) -> Iterator[Diagnostic]:
    """Diagnostics V061-V063."""
    if not is_ours(document):
        return
    yield from _labels(document)
    for page in document.pages:
        if page.label and (message := _wrong(page)):
            yield Diagnostic("V061", f"Page {page.number}: {message}", Place(document.file))


def _wrong(page: Page) -> str:
    """What is wrong with the folio of a page; nothing for a page that has no foot."""
    foot = [piece for piece in page.pieces if _in_foot(page, piece)]
    outer = [piece for piece in foot if _is_outer(page, piece)]
    if not foot or any(plain(piece.text) == page.label for piece in outer):
        return ""
    if any(plain(piece.text) == page.label for piece in foot):
        return f"the folio {page.label} stands on the inner side of the foot."
    others = [plain(piece.text) for piece in outer or foot if FOLIO.fullmatch(plain(piece.text))]
    if others:
        return f"its foot prints the folio {others[0]}; the page is counted as {page.label}."
    return f"its foot has no folio; the page is counted as {page.label}."


def _in_foot(page: Page, piece: Piece) -> bool:
    _, bottom, _, top = page.box
    return piece.artifact and piece.visible and piece.level and piece.y < bottom + FOOT * (top - bottom) and bool(piece.text.strip())


def _is_outer(page: Page, piece: Piece) -> bool:
    """Whether it stands on the side where the book is opened: right on a recto, which has an odd number in the file."""
    left, _, right, _ = page.box
    away = ((piece.x + piece.end_x) / 2 - (left + right) / 2) * (1 if page.number % 2 else -1)
    return away > -MIDDLE * (right - left)


def _labels(document: Document) -> Iterator[Diagnostic]:
    """Every page has a label, no two have the same; roman ones come first; arabic ones begin with 1, on a recto."""
    place = Place(document.file)
    if not document.counts:
        yield Diagnostic("V062", "The file has no page labels: a reader's window counts its pages from the first to the last.", place)
        return
    seen: dict[str, int] = {}
    for page in document.pages:
        if not page.label:
            yield Diagnostic("V062", f"Page {page.number} has no label.", place)
        elif page.label in seen:
            message = f"Page {page.number} is counted as {page.label}, and so is page {seen[page.label]}."
            yield Diagnostic("V063", message, place)
        seen.setdefault(page.label, page.number)
    if len(seen) == len(document.pages):
        yield from (Diagnostic("V063", message, place) for message in _order(document.counts))


def _order(counts: list[Count]) -> Iterator[str]:
    for one, two in pairwise(counts):
        if one.style == "D" and two.style == "r":
            yield f"Page {two.index + 1}: roman folios come after arabic ones."
    arabic = next((count for count in counts if count.style == "D"), None)
    if arabic is not None and arabic.start != 1:
        yield f"Page {arabic.index + 1}: arabic folios begin with {arabic.start}."
    if arabic is not None and arabic.index % 2:
        yield f"Page {arabic.index + 1}: arabic folios begin on a left-hand page."
