"""What is proved of notes: every call has its note and every note its call, with one number, in order, on its page or at its end."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from monitorpub.diagnostics import Diagnostic, Place
from monitorpub.verifying import end_notes
from monitorpub.verifying.found import Apparatus, Call, Footnote, squeezed
from monitorpub.verifying.reader import Document

AGAIN = "Build the file again; if it stays so, please report it with the source."

TWICE = "Is a page in the file twice?  Take one of the two out."


def check(document: Document, apparatus: Apparatus) -> list[Diagnostic]:
    """Diagnostics V010-V022."""
    out = [*_unprinted(document, apparatus), *_bare(document, apparatus)]
    blocks = end_notes.blocks_of(document) if apparatus.linked else {}
    for note in apparatus.notes:
        at_end = blocks.get(end_notes.part_of(note)) if note.number else None
        where = _place_at_end(document, note, at_end) if at_end else _place_of(document, note)
        out += [*_calls_of(document, note, linked=apparatus.linked), *where]
        if not note.text:
            out.append(_say(document, "V019", f"Page {note.page}: the note {note.mark} has no words."))
    for series in series_of(apparatus.notes, linked=apparatus.linked):
        out += [*_numbers(document, series), *_call_order(document, series)]
    return out


def _say(document: Document, code: str, message: str, hint: str = AGAIN) -> Diagnostic:
    if not document.creator.startswith("monitorpub"):
        hint = ""
    return Diagnostic(code, message, Place(document.file), hint=hint)


def _unprinted(document: Document, apparatus: Apparatus) -> Iterator[Diagnostic]:
    """Notes that have a destination and no number on the page; calls whose note is printed nowhere."""
    for name, page in apparatus.unprinted:
        yield _say(document, "V010", f"Page {page}: the note that calls lead to ({name}) is not printed.")
    printed = {note.name for note in apparatus.notes} | {name for name, _ in apparatus.unprinted}
    for call in apparatus.calls:
        if not call.mark:
            yield _say(document, "V013", f"Page {call.page}: a call that leads to {call.note or 'a note'} prints nothing.")
        known = call.note in printed if apparatus.linked else any(call in note.calls for note in apparatus.notes)
        if not known:
            yield _say(document, "V012", f"Page {call.page}: the call {call.mark} has no note.")


def _bare(document: Document, apparatus: Apparatus) -> Iterator[Diagnostic]:
    for call in apparatus.bare_calls:
        yield _say(document, "V021", f"Page {call.page}: the call {call.mark} is not a link.")
    for call in apparatus.calls_again:
        first = min((c.page for c in apparatus.calls if c.note == call.note and c.names), default=0)
        if first and first != call.page and _same_paper(document, apparatus, call.page, first):
            message = f"Page {call.page}: the call {call.mark} stands here again, without a place of its own; it stands on page {first}."
            yield _say(document, "V016", message, TWICE)
    for note in apparatus.bare_notes:
        words = f" (“{note.text[:40]}”)" if note.text else ""
        twins = [n for n in apparatus.notes if n.mark == note.mark]
        again = next((n for n in twins if n.page != note.page and squeezed(n.text) == squeezed(note.text)), None)
        if again is not None:
            message = f"Page {note.page}: the note {note.mark}{words} stands here again; it stands on page {again.page}."
            yield _say(document, "V016", message, TWICE)
        elif any(n.page == note.page for n in twins):
            yield _say(document, "V016", f"Page {note.page}: the number {note.mark} stands at two notes{words}.")
        else:
            yield _say(document, "V011", f"Page {note.page}: no call leads to the note {note.mark}{words}.")


def _same_paper(document: Document, apparatus: Apparatus, page: int, other: int) -> bool:
    """Whether a page repeats another, in its words or in its notes: the head of a table comes again on each page, and that is right."""
    one, two = ("".join(squeezed(p.text) for p in document.pages[n - 1].pieces) for n in (page, other))
    return one == two or any(note.page == page for note in apparatus.bare_notes)


def _calls_of(document: Document, note: Footnote, *, linked: bool) -> Iterator[Diagnostic]:
    """Whether a note is called, by its own number, and leads back to its first call."""
    if not note.calls:
        yield _say(document, "V011", f"Page {note.page}: no call leads to the note {note.mark} (“{note.text[:40]}”).")
        return
    for call in note.calls:
        if call.mark and call.mark != note.mark:
            where = f"on page {note.page} " if note.page != call.page else ""
            yield _say(document, "V013", f"Page {call.page}: the call prints {call.mark}, and its note {where}prints {note.mark}.")
    if not linked:
        return
    if note.back is None:
        yield _say(document, "V022", f"Page {note.page}: the number of the note {note.mark} does not lead back to its call.")
    elif not any(note.back in call.names for call in _firsts(note)):
        yield _say(document, "V022", f"Page {note.page}: the note {note.mark} leads back to {note.back}, which is not its first call.")


def _firsts(note: Footnote) -> set[Call]:
    """The first call in the order of the file and the first on the page: side by side columns may differ in that."""
    return {min(note.calls, key=lambda c: (c.page, c.order)), min(note.calls, key=lambda c: (c.page, -c.y, c.x))}


def _place_of(document: Document, note: Footnote) -> Iterator[Diagnostic]:
    """Whether a note stands on the page of its first call.  A note to a table stands under the table, which may end later."""
    if not note.calls:
        return
    page = min(call.page for call in note.calls)
    if note.page == page or (not note.number and note.page > page):
        return
    message = f"Page {note.page}: the note {note.mark} stands here, its call on page {page}."
    if note.page == page + 1:
        yield _say(document, "V017", message, "Some more or fewer words before the call bring them together.")
    else:
        yield _say(document, "V018", message)


def _place_at_end(document: Document, note: Footnote, blocks: list[end_notes.Block]) -> Iterator[Diagnostic]:
    """Whether a note stands behind its first call, at the end of its section or of the whole, and leads back to all its calls."""
    if note.calls and (message := end_notes.misplaced(note, blocks)):
        yield _say(document, "V018", message)
    led = {link.target for page in document.pages[note.page - 1 :] for link in page.links} if len(note.calls) > 1 else set()
    for call in note.calls:
        if led and call.names and not led & set(call.names):
            yield _say(document, "V022", f"Page {note.page}: the note {note.mark} does not lead back to its call on page {call.page}.")


def series_of(notes: list[Footnote], *, linked: bool) -> list[list[Footnote]]:
    """The numbered notes by series, each in the order of the pages.

    Where notes have names a series is told by them; elsewhere one begins with each note 1.
    """
    series: dict[str, list[Footnote]] = {}
    begun, last = 0, 0
    for note in notes:
        if note.number:
            begun += not linked and note.number == 1 and last > 1
            last = note.number
            series.setdefault(series_name(note.name) if linked else str(begun), []).append(note)
    return list(series.values())


def series_name(name: str) -> str:
    """What the notes of one series have in common: ``note-contamination`` for ``note-contamination~ban``."""
    return name.rpartition("~")[0] or name[: name.index("note-")]


def _numbers(document: Document, series: list[Footnote]) -> Iterator[Diagnostic]:
    """1, 2, 3 ... in the order of the pages, each once."""
    seen: dict[int, Footnote] = {}
    for note in series:
        if note.number in seen:
            other = seen[note.number]
            where = f"on page {other.page} and on page {note.page}" if other.page != note.page else f"twice on page {note.page}"
            yield _say(document, "V016", f"Page {note.page}: the number {note.number} stands {where}.")
        seen.setdefault(note.number, note)
    highest = max(seen, default=0)
    for number in sorted(set(range(1, highest)) - set(seen)):
        after = seen[min(n for n in seen if n > number)]
        yield _say(document, "V015", f"Page {after.page}: there is no note {number} before the note {after.mark}.")
    for one, two in pairwise(series):
        if two.number < one.number:
            yield _say(document, "V014", f"Page {two.page}: the note {two.number} stands after the note {one.number}.")


def _call_order(document: Document, series: list[Footnote]) -> Iterator[Diagnostic]:
    """The first calls of the notes come in the order of their numbers."""
    notes = sorted((note for note in series if note.calls), key=lambda note: note.number)
    for one, two in pairwise(notes):
        orders = [(c.page, c.order) for c in (min(n.calls, key=lambda c: (c.page, c.order)) for n in (one, two))]
        places = [(c.page, -c.y, c.x) for c in (min(n.calls, key=lambda c: (c.page, -c.y, c.x)) for n in (one, two))]
        if orders[0] > orders[1] and places[0] > places[1]:
            yield _say(document, "V020", f"Page {orders[1][0]}: the call {two.mark} stands before the first call {one.mark}.")
