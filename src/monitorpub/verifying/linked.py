"""Calls and notes of a PDF that names them: destinations ``note-...`` and ``call-...`` with links in both directions.

The numbers are read from what is printed at those places, not from the names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from monitorpub.verifying import end_notes
from monitorpub.verifying.catalog import Destination
from monitorpub.verifying.content import Piece
from monitorpub.verifying.found import MARK, Apparatus, Call, Footnote, covers, note_text, plain, squeezed, under
from monitorpub.verifying.reader import Document, Link, Page

NAME = re.compile(r"(?:.*[./:])?(note|call)-[^/]+")
"""In a volume something may stand before: the part and a sign."""


def kind(name: str, document: Document) -> str:
    """``note``, ``call`` or nothing.  Where names begin with a part, one without a slash is a part, whatever that is called."""
    match = NAME.fullmatch(name) if "/" in name or not document.in_parts else None
    return match[1] if match else ""


def has_names(document: Document) -> bool:
    """Whether calls and notes can be found by their names: in our files, and in others that use such names."""
    if document.creator.startswith("monitorpub"):
        return True
    return any(kind(name, document) == "note" for name in document.destinations) or any(
        kind(link.target, document) == "note" for link in document.links
    )


def find(document: Document) -> Apparatus:
    """The calls and notes of a document that names them."""
    out = Apparatus()
    signs: set[tuple[str, int]] = set()
    named: dict[int, list[Destination]] = {}
    for destination in document.destinations.values():
        if kind(destination.name, document) == "call":
            named.setdefault(destination.page, []).append(destination)
    for page in document.pages:
        for link in page.links:
            if kind(link.target, document) == "note":
                call = _call(page, link, named.get(page.number, []))
                out.calls.append(call)
                signs |= _signs_of(page, link) if call.mark.isdigit() else set()
    out.calls.sort(key=lambda call: (call.page, call.order))
    marks: dict[int, list[tuple[int, Destination]]] = {}
    for destination in document.destinations.values():
        if kind(destination.name, document) == "note" and 0 < destination.page <= len(document.pages):
            page = document.pages[destination.page - 1]
            index = mark_at(page, destination)
            if index < 0:
                out.unprinted.append((destination.name, page.number))
            else:
                marks.setdefault(page.number, []).append((index, destination))
    _take_all(document, marks, out)
    out.notes.sort(key=lambda note: (note.page, -note.y, note.x))
    by_name = {note.name: note for note in out.notes}
    for call in out.calls:
        if call.note in by_name:
            by_name[call.note].calls.append(call)
    if named:  # a file that names its calls names them all: one without a name was printed once more
        out.calls_again = [call for call in out.calls if call.mark and not call.names]
    out.bare_calls = [call for page in document.pages for call in _bare_calls(page, signs)]
    return out


def _take_all(document: Document, marks: dict[int, list[tuple[int, Destination]]], out: Apparatus) -> None:
    """The notes of all pages."""
    at_end = frozenset(end_notes.blocks_of(document))
    for number, found in marks.items():
        _take_notes(document, document.pages[number - 1], found, at_end, out)
    marked = [document.pages[number - 1].pieces[index] for number, found in marks.items() for index, _ in found]
    forms = {_form(piece)[:2] for piece in marked}
    for page in document.pages:
        _take_twins(page, [index for index, _ in marks.get(page.number, [])], forms, out)


def _call(page: Page, link: Link, here: list[Destination]) -> Call:
    left, _, _, top = link.box
    mark, index = under(page, link.box)
    names = tuple(d.name for d in here if d.x is not None and d.y is not None and abs(d.x - left) < 2 and abs(d.y - top) < 4)
    return Call(mark, page.number, index, left, top, link.target, names)


def _signs_of(page: Page, link: Link) -> set[tuple[str, int]]:
    """The glyphs under a link: superior figures, where the face has them."""
    left, bottom, right, top = link.box
    return {
        (piece.font.name, sign.code)
        for piece in page.pieces
        if bottom <= piece.y <= top
        for sign, start in zip(piece.signs, piece.starts, strict=True)
        if left <= start + sign.width * piece.size / 2 <= right and sign.text.strip()
    }


def mark_at(page: Page, destination: Destination) -> int:
    """The piece that prints the mark of a note: the first one on the line under its destination."""
    if destination.x is None or destination.y is None:
        return -1
    for index, piece in enumerate(page.pieces):
        near = abs(piece.x - destination.x) < 3 * piece.size and 0 <= destination.y - piece.y < LINE_OF_MARK * piece.size
        if near and MARK.match(plain(piece.text)):
            return index
    return -1


LINE_OF_MARK = 1.4
"""Times its size: how far the baseline of a mark may be below the destination of its note."""


def _take_notes(document: Document, page: Page, found: list[tuple[int, Destination]], at_end: frozenset[str], out: Apparatus) -> None:
    """The notes of a page, and what is printed on it like a note without being one; ``at_end`` are the parts that have end notes."""
    known = [index for index, _ in found]
    bare = [index for index in _like(page, known) if index not in known]
    for index, destination in found:
        pages = document.pages if destination.name.rpartition("/")[0] in at_end else ()
        out.notes.append(_note(page, index, [*known, *bare], destination.name, pages))
    out.bare_notes += [_note(page, index, [*known, *bare], "") for index in bare]


def _take_twins(page: Page, known: list[int], forms: set[tuple[str, float]], out: Apparatus) -> None:
    """Notes that are printed on a page once more, mark and words, in the face and size of notes anywhere in the file."""
    words = {(note.mark, squeezed(note.text)) for note in out.notes}
    taken = {(note.page, round(note.x), round(note.y)) for note in out.bare_notes}
    pieces = enumerate(page.pieces)
    alike = [i for i, piece in pieces if not piece.artifact and _form(piece)[:2] in forms and MARK.fullmatch(plain(piece.text))]
    for index in alike:
        piece = page.pieces[index]
        if index in known or (page.number, round(piece.x), round(piece.y)) in taken:
            continue
        note = _note(page, index, [*known, *alike], "")
        if note.text and (note.mark, squeezed(note.text)) in words:
            out.bare_notes.append(note)


def _note(page: Page, index: int, ends: list[int], name: str, pages: Sequence[Page] = ()) -> Footnote:
    piece = page.pieces[index]
    match = MARK.match(plain(piece.text))
    mark = match[0] if match else ""
    middle = piece.starts[0] + piece.signs[0].width * piece.size / 2
    back = next((link.target for link in page.links if link.internal and covers(link, middle, piece.y)), None)
    words = note_text(page, index, ends, pages)
    if name and sum(link.target.startswith(_calls_of(name)) for link in page.links) > 1:
        words = _AGAIN.sub("", words)
    return Footnote(mark, page.number, piece.x, piece.y, words, name, back)


_AGAIN = re.compile(r"(?:\s*↑\d+)+$")
"""Links behind the words of an end note, to the calls after the first."""


def _calls_of(note: str) -> str:
    """How the names of a note's calls begin."""
    before, _, own = note.rpartition("note-")
    return f"{before}call-{own}-"


def _like(page: Page, known: list[int]) -> Iterator[int]:
    """Pieces that look like the marks of notes on this page: a number in the same face and size, at the same margin, with words behind."""
    forms = {_form(page.pieces[i]) for i in known if plain(page.pieces[i].text).isdigit()}
    for index, (piece, following) in enumerate(zip(page.pieces, page.pieces[1:], strict=False)):
        alone = plain(piece.text).isdigit() and not piece.artifact and _form(piece) in forms
        if alone and abs(following.y - piece.y) < 1 and 0 <= following.x - piece.end_x < 3 * piece.size:
            yield index


def _form(piece: Piece) -> tuple[str, float, int]:
    return piece.font.name, round(piece.size, 1), round(piece.x)


def _bare_calls(page: Page, signs: set[tuple[str, int]]) -> Iterator[Call]:
    """Numbers in the very glyphs of calls, close behind a word, with no link over them."""
    for index, (before, piece) in enumerate(zip(page.pieces, page.pieces[1:], strict=False), 1):
        mark = plain(piece.text)
        if (
            piece.artifact
            or not mark.isdigit()
            or not all((piece.font.name, sign.code) in signs for sign in piece.signs if sign.text.strip())
        ):
            continue
        if abs(before.y - piece.y) > 0.5 * piece.size or not -0.5 < piece.x - before.end_x < 0.6 * piece.size:
            continue
        middle = (piece.x + piece.end_x) / 2
        if not any(link.internal and covers(link, middle, piece.y) for link in page.links):
            yield Call(mark, page.number, index, piece.x, piece.y)
