"""What is proved of printed page numbers: the line of the contents and the link that says “p. 41” lead to the page with that folio."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise, zip_longest

from monitorpub.diagnostics import Diagnostic, Place
from monitorpub.verifying.content import Piece
from monitorpub.verifying.folios import FOLIO
from monitorpub.verifying.found import plain, under
from monitorpub.verifying.linked import kind
from monitorpub.verifying.outlines import same_words
from monitorpub.verifying.reader import Box, Document, Link, Page
from monitorpub.verifying.volumes import DIVIDER, Part, pages_of

RUN = re.compile(rf"({FOLIO.pattern})(?:\s*[–-]\s*(?:{FOLIO.pattern}))?")
"""A place in an index: a folio, or the first and the last of a run."""

REFERENCE = re.compile(
    r"(?<!\w)(?:(?:pp?|S|с|σ|págs?|blz|стр|стор)\.|(?:pages?|Seiten?|páginas?|pagina))\s*(?P<folio>\d{1,5}|[ivx]{1,9})(?![\w’'])",
    re.IGNORECASE,
)
"""A page number in the text, behind what says so in one of several languages."""

BEFORE = 12
"""Signs before a link that may say that it is a page number."""


@dataclass(frozen=True)
class Row:
    """A line of the contents or of a divider."""

    page: int
    words: str
    folio: str
    """What it prints; nothing in a see-entry."""
    target: int
    """The page it leads to; 0 for none."""


def rows(document: Document, parts: list[Part], name: str) -> list[Row]:
    """The lines on the pages of a part, or of all whose names begin so."""
    return [row for page in pages_of(document, parts, name) for row in _rows(document, page)]


def _rows(document: Document, page: Page) -> Iterator[Row]:
    for _, group in groupby((link for link in page.links if link.internal), key=lambda link: (link.target, link.to_page)):
        links = list(group)
        indices = sorted({index for link in links for index in _covered(page, link.box)})
        pieces = [page.pieces[index] for index in indices if page.pieces[index].text.strip()]
        words: list[str] = []
        for piece, following in zip_longest(pieces, pieces[1:]):
            text = plain(piece.text)
            if words and FOLIO.fullmatch(text) and (following is None or abs(following.y - piece.y) > 0.5 * piece.size):
                yield Row(page.number, _joined(words), text, leads_to(document, links[0]))
                words = []
            else:
                words.append(piece.text)
        if words:
            yield Row(page.number, _joined(words), "", leads_to(document, links[0]))


def _covered(page: Page, box: Box) -> Iterator[int]:
    """The pieces whose middle is in a box."""
    left, bottom, right, top = box
    for index, piece in enumerate(page.pieces):
        if bottom <= piece.y <= top and left <= (piece.x + piece.end_x) / 2 <= right:
            yield index


def _joined(words: list[str]) -> str:
    """The words of a line; a part of it that follows closely has its own space."""
    return " ".join(" ".join(words).split())


def leads_to(document: Document, link: Link) -> int:
    """The page that a link inside the file leads to; 0 for none."""
    if link.to_page is not None:
        return link.to_page
    place = document.destinations.get(link.target)
    return place.page if place else 0


def check(document: Document, parts: list[Part]) -> Iterator[Diagnostic]:
    """Diagnostics V065, V069 and V070, over the contents, dividers, the index and references in the text."""
    if not parts:
        return
    contents = rows(document, parts, "contents")
    for row in (*contents, *rows(document, parts, DIVIDER)):
        yield from _row(document, row)
    printed = [row for row in contents if row.folio and row.target]
    for one, two in pairwise(printed):
        if two.target < one.target:
            message = f"Page {two.page}: “{two.words}” stands after “{one.words}” in the contents and before it in the file."
            yield Diagnostic("V070", message, Place(document.file))
    for row in printed if document.outline else ():
        lines = [line for line in document.outline if line.page == row.target]
        if not any(same_words(line.words, row.words) for line in lines):
            message = f"Page {row.page}: “{row.words}” is in the contents, and not in the outline at page {row.target}."
            yield Diagnostic("V069", message, Place(document.file))
    yield from _references(document, parts)


def _row(document: Document, row: Row) -> Iterator[Diagnostic]:
    right = document.pages[row.target - 1].label if row.target else ""
    if row.folio and right and row.folio != right:
        yield _wrong(document, row.page, row.words, row.folio, right)
    elif not row.folio and any(line.page == row.target and same_words(line.words, row.words) for line in document.outline):
        message = f"Page {row.page}: “{row.words}” has no folio; it leads to the page with the folio {right}."
        yield Diagnostic("V065", message, Place(document.file))


def _wrong(document: Document, page: int, words: str, folio: str, right: str) -> Diagnostic:
    message = f"Page {page}: “{words}” prints the folio {folio} and leads to the page with the folio {right}."
    return Diagnostic("V065", message, Place(document.file))


def _references(document: Document, parts: list[Part]) -> Iterator[Diagnostic]:
    """Links whose words are a page number: in the index all that are nothing else, in the text those that say so."""
    rowed = {page.number for name in ("contents", DIVIDER) for page in pages_of(document, parts, name)}
    index = {page.number for page in pages_of(document, parts, "index")}
    for page in document.pages:
        if page.number in rowed:
            continue
        for link in page.links:
            target = leads_to(document, link)
            if not target or kind(link.target, document) or (page.number in index and target in index):
                continue
            words, first = under(page, link.box)
            found = RUN.fullmatch(words) if page.number in index else None
            folio = found[1] if found else _folio_in(page.pieces, words, first)
            right = document.pages[target - 1].label
            if folio and right and folio != right:
                yield _wrong(document, page.number, _line(page.pieces, first) if found else words, folio, right)


def _folio_in(pieces: list[Piece], words: str, first: int) -> str:
    """The page number in the words of a link, or that is the link, where the words before it say so."""
    if not any(sign.isdigit() or sign in "ivxlcdm" for sign in words):
        return ""
    before = "".join(piece.text for piece in pieces[max(0, first - 3) : max(0, first)])[-BEFORE:].rstrip()
    found = [match for match in REFERENCE.finditer(f"{before} {words}") if match.start("folio") > len(before)]
    return found[0]["folio"] if found else ""


def _line(pieces: list[Piece], index: int) -> str:
    """The words on the line of a piece, up to the end of its link."""
    start = index
    while start and abs(pieces[start - 1].y - pieces[index].y) < 0.5 * pieces[index].size and pieces[start - 1].x < pieces[start].x:
        start -= 1
    return " ".join("".join(piece.text for piece in pieces[start : index + 1]).split())
