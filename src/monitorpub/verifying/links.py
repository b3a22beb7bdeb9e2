"""What is proved of links: every one that stays in the file lands on a page, and every one can be clicked."""

from __future__ import annotations

from collections.abc import Iterator

from monitorpub.diagnostics import Diagnostic, Place
from monitorpub.report import counted
from monitorpub.verifying.catalog import Destination
from monitorpub.verifying.found import covers
from monitorpub.verifying.linked import kind
from monitorpub.verifying.reader import Document, Link

SMALLEST = 1.0
"""Points; what is smaller cannot be clicked."""


def check(document: Document) -> list[Diagnostic]:
    """Diagnostics V021 and V023-V025."""
    if gone := places_gone(document):
        message = f"The named places are gone: {counted(gone, 'link')} inside the file, of calls and notes too, can lead nowhere."
        hint = "Take the file as it was built: what changed it since dropped its list of names."
        return [Diagnostic("V023", message, Place(document.file), hint=hint)]
    out = [d for link in document.links for d in _link(document, link)]
    for destination in document.destinations.values():
        out += [*_lands(document, destination), *_is_link(document, destination)]
    return out


def places_gone(document: Document) -> int:
    """How many links lead to a name, in a file that has lost all its named places; 0 where they are there."""
    return 0 if document.destinations else sum(1 for link in document.links if link.target)


def _link(document: Document, link: Link) -> Iterator[Diagnostic]:
    left, bottom, right, top = link.box
    what = f"the link to {link.target or link.address or link.file or f'page {link.to_page}'}"
    if link.target and link.target not in document.destinations:
        yield _say(document, "V023", f"Page {link.page}: {what} leads nowhere: there is no such place in the file.")
    elif link.to_page == 0:
        yield _say(document, "V023", f"Page {link.page}: a link leads to a page that is not in the file.")
    if right - left < SMALLEST or top - bottom < SMALLEST:
        yield _say(document, "V024", f"Page {link.page}: {what} has no size: it cannot be clicked.")


def _lands(document: Document, destination: Destination) -> Iterator[Diagnostic]:
    """A destination must be on a page; that of a call or a note at a point of it, while others often name a point in the margin."""
    if destination.page == 0:
        yield _say(document, "V025", f"The place {destination.name} is on no page of the file.")
        return
    if not kind(destination.name, document):
        return
    left, bottom, right, top = document.pages[destination.page - 1].box
    x, y = destination.x, destination.y
    if (x is not None and not left - 1 <= x <= right + 1) or (y is not None and not bottom - 1 <= y <= top + 1):
        yield _say(document, "V025", f"Page {destination.page}: the place {destination.name} is outside the page.")


def _is_link(document: Document, destination: Destination) -> Iterator[Diagnostic]:
    """The place of a call is a link to a note."""
    if kind(destination.name, document) != "call" or destination.page == 0 or destination.x is None or destination.y is None:
        return
    links = document.pages[destination.page - 1].links
    if not any(kind(link.target, document) == "note" and covers(link, destination.x + 0.5, destination.y - 2) for link in links):
        yield _say(document, "V021", f"Page {destination.page}: the call {destination.name} does not lead to a note.")


def _say(document: Document, code: str, message: str) -> Diagnostic:
    return Diagnostic(code, message, Place(document.file))
