"""The parts of a volume, as the names of places tell them, and what is proved of their pages.

``angola`` names the beginning of a part, ``angola/where`` a place in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from monitorpub.diagnostics import Diagnostic, Place
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
    return [Part(name, page, max(page, end)) for (page, name), end in zip(begins, ends, strict=True)]


def pages_of(document: Document, parts: list[Part], name: str) -> list[Page]:
    """The pages of the parts with a name, or of all whose names begin so, where it ends in a hyphen."""
    chosen = [part for part in parts if part.name == name or (name.endswith("-") and part.name.startswith(name))]
    return [page for part in chosen for page in document.pages[part.first - 1 : part.last]]


def check(document: Document, parts: list[Part]) -> Iterator[Diagnostic]:
    """Diagnostics V064 and V071."""
    place = Place(document.file)
    known = {part.name: part for part in parts}
    for one, two in pairwise(parts):
        if one.first == two.first:
            yield Diagnostic("V071", f"Page {one.first}: two parts begin here, {one.name} and {two.name}.", place)
    orphans: set[str] = set()
    for name, spot in document.destinations.items():
        owner = name.partition("/")[0]
        part = known.get(owner)
        if part is None and parts and owner not in orphans and spot.page:
            orphans.add(owner)
            yield Diagnostic("V071", f"Page {spot.page}: the place {name} is of a part {owner}, which begins nowhere.", place)
        if part is not None and spot.page and not part.first <= spot.page <= part.last:
            where = f"pages {part.first} to {part.last}" if part.last > part.first else f"page {part.first}"
            yield Diagnostic("V071", f"Page {spot.page}: the place {name} is not in its part ({where}).", place)
    begins = {part.first for part in parts}
    for page in document.pages if is_ours(document) else ():
        if not page.drawn and not page.failure and page.number not in begins and not (page.empty and not page.links):
            words = " ".join(piece.text.strip() for piece in page.pieces if piece.text.strip())
            what = f"prints “{words[:40]}”" if words else "has links" if page.links else "is not empty"
            yield Diagnostic("V064", f"Page {page.number} shows nothing of its own and {what}: a blank page has no content.", place)
