"""The parts of a volume, as the names of places tell them, and what is proved of their pages.

``angola`` names the beginning of a part, ``angola/where`` a place in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from monitorpub.diagnostics import Diagnostic, Place
from monitorpub.verifying.linked import kind
from monitorpub.verifying.reader import Document, Page

DIVIDER = "group-"
"""How the names of dividers begin."""


@dataclass(frozen=True)
class Part:
    """A part and its pages, from 1; blank pages behind it count as its own."""

    name: str
    first: int
    last: int


def is_ours(document: Document) -> bool:
    """Whether this tool made the file: what is known of its pages and names holds only then."""
    return document.creator.startswith("monitorpub")


def parts_of(document: Document) -> list[Part]:
    """The parts of a file in the order of its pages; one for a profile that is bound alone."""
    if not is_ours(document):
        return []
    begins = sorted((place.page, name) for name, place in document.destinations.items() if "/" not in name and place.page)
    ends = [page - 1 for page, _ in begins[1:]] + [len(document.pages)]
    return [Part(name, page, max(page, end)) for (page, name), end in zip(begins, ends, strict=False)]


def pages_of(document: Document, parts: list[Part], name: str) -> list[Page]:
    """The pages of the parts with a name, or of all whose names begin so, where it ends in a hyphen."""
    chosen = [part for part in parts if part.name == name or (name.endswith("-") and part.name.startswith(name))]
    return [page for part in chosen for page in document.pages[part.first - 1 : part.last]]


def check(document: Document, parts: list[Part]) -> Iterator[Diagnostic]:
    """Diagnostics V064 and V071."""
    if is_ours(document):
        messages = [*_blank(document, parts), *_places(document, parts), *_links(document, parts)]
        yield from (Diagnostic(code, message, Place(document.file)) for code, message in messages)


def _blank(document: Document, parts: list[Part]) -> Iterator[tuple[str, str]]:
    """Pages that show nothing of their own are empty, but for those that are a part: a cover may be a colour only."""
    begins = {part.first for part in parts}
    for page in document.pages:
        if page.drawn or page.failure or page.number in begins or (page.empty and not page.links):
            continue
        words = " ".join(piece.text.strip() for piece in page.pieces if piece.text.strip())
        what = f"prints “{words[:40]}”" if words else "has links" if page.links else "is not empty"
        yield "V064", f"Page {page.number} shows nothing of its own and {what}: a blank page has no content."


def _places(document: Document, parts: list[Part]) -> Iterator[tuple[str, str]]:
    """Parts begin on pages of their own, and their places are on their pages."""
    for one, two in pairwise(parts):
        if one.first == two.first:
            yield "V071", f"Page {one.first}: two parts begin here, {one.name} and {two.name}."
    known, orphans = {part.name: part for part in parts}, set()
    for name, spot in document.destinations.items():
        owner = name.partition("/")[0]
        part = known.get(owner)
        if not spot.page or owner in orphans:
            continue
        if part is None and parts:
            orphans.add(owner)
            yield "V071", f"Page {spot.page}: the place {name} is of a part {owner}, which begins nowhere."
        elif part is not None and not part.first <= spot.page <= part.last:
            where = f"pages {part.first} to {part.last}" if part.last > part.first else f"page {part.first}"
            yield "V071", f"Page {spot.page}: the place {name} is not in its part ({where})."


def _links(document: Document, parts: list[Part]) -> Iterator[tuple[str, str]]:
    """Calls lead to notes of their own part, and notes back to it."""
    known = {part.name for part in parts}
    for part in parts:
        for link in (link for page in document.pages[part.first - 1 : part.last] for link in page.links if kind(link.target, document)):
            owner = link.target.partition("/")[0]
            if owner != part.name and owner in known:
                yield "V071", f"Page {link.page}: a link leads to {link.target}, a {kind(link.target, document)} of another part."
