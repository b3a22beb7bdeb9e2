"""The parts of a volume, as the names of places tell them, and what is proved of their pages.

``angola`` names the beginning of a part, ``angola/where`` a place in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from monitorpub.diagnostics import Diagnostic, Place
from monitorpub.verifying.catalog import Destination
from monitorpub.verifying.linked import kind
from monitorpub.verifying.reader import Document, Page

DIVIDER = "group-"
"""How the names of dividers begin."""
RUN = "/~"
"""What stands in the names of pages on which several profiles stand, and of these pages as a whole (see ``monitorpub.typeset.part``)."""


@dataclass(frozen=True)
class Part:
    """A part and its pages, from 1; blank pages behind it count as its own.  Parts that run on share pages."""

    name: str
    first: int
    last: int
    top: float = inf
    """Of one that runs on: where it begins on its first page, in points from the bottom."""
    foot: float = -inf
    """Where another begins on its last page."""

    @property
    def runs_on(self) -> bool:
        """Whether it begins on a page on which another ends."""
        return self.top < inf

    def holds(self, page: int, y: float) -> bool:
        """Whether a place on a page is its own, to a point."""
        below, above = self.first < page or y <= self.top + 1, page < self.last or y > self.foot - 1
        return self.first <= page <= self.last and below and above


def is_ours(document: Document) -> bool:
    """Whether this tool made the file: what is known of its pages and names holds only then."""
    return document.creator.startswith("monitorpub")


def parts_of(document: Document) -> list[Part]:
    """The parts of a file in the order of its pages; one for a profile that is bound alone."""
    if not is_ours(document):
        return []
    named = [place for name, place in document.destinations.items() if "/" not in name and place.page]
    begins = sorted(named, key=lambda place: (place.page, -(place.y or 0), place.name))
    if not begins:
        return []
    tops = [_top(document, place) for place in begins]
    ends = [place.page - (top == inf) for place, top in zip(begins[1:], tops[1:], strict=True)] + [len(document.pages)]
    feet = [top if top < inf else -inf for top in tops[1:]] + [-inf]
    return [
        Part(place.name, place.page, max(place.page, end), top, foot)
        for place, end, top, foot in zip(begins, ends, tops, feet, strict=True)
    ]


def _top(document: Document, begin: Destination) -> float:
    """Where a part that runs on begins; others, the first of a run too, begin at the head of a page."""
    if begin.y is None or f"{begin.name}{RUN}" in document.destinations or begin.page > len(document.pages):
        return inf
    return begin.y if begin.y < document.pages[begin.page - 1].box[3] - 1 else inf


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
        if one.first == two.first and not two.runs_on:
            yield "V071", f"Page {one.first}: two parts begin here, {one.name} and {two.name}."
    known, orphans = {part.name: part for part in parts}, set()
    for name, spot in document.destinations.items():
        owner = name.partition("/")[0]
        part = known.get(owner)
        if not spot.page or owner in orphans or f"{name}/".startswith(f"{owner}{RUN}/"):
            continue
        if part is None and parts:
            orphans.add(owner)
            yield "V071", f"Page {spot.page}: the place {name} is of a part {owner}, which begins nowhere."
        elif part is not None and not part.holds(spot.page, part.top if spot.y is None else spot.y):
            where = f"pages {part.first} to {part.last}" if part.last > part.first else f"page {part.first}"
            yield "V071", f"Page {spot.page}: the place {name} is not in its part ({where})."


def _links(document: Document, parts: list[Part]) -> Iterator[tuple[str, str]]:
    """Calls lead to notes of their own part, and notes back to it."""
    known = {part.name for part in parts}
    for part in parts:
        for link in (link for page in document.pages[part.first - 1 : part.last] for link in page.links if kind(link.target, document)):
            owner = link.target.partition("/")[0]
            if not part.holds(link.page, (link.box[1] + link.box[3]) / 2):
                continue
            if owner != part.name and owner in known:
                yield "V071", f"Page {link.page}: a link leads to {link.target}, a {kind(link.target, document)} of another part."
