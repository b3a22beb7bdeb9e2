"""Notes in free text that say Ibid., and mean another source once calls were deleted, moved or put in."""

from __future__ import annotations

from collections.abc import Iterator

from monitorpub.checking.sources import IBID
from monitorpub.citations.syntax import find_citation
from monitorpub.diagnostics import Diagnostic
from monitorpub.listing import meant, words
from monitorpub.number import Note, Numbered
from monitorpub.source import Source


def misled(source: Source, old: Numbered, new: Numbered) -> Iterator[Diagnostic]:
    """I024 for each Ibid. that was typed and stands for another source in the new state than in the old one, on its line of the source.

    Cited records are printed anew, so that theirs is always right.
    """
    now = {(note.series, note.label): note for note in new.notes}
    for note in old.notes:
        after = now.get((note.series, note.label))
        if after is None or not IBID.match(after.parsed.text.source) or not IBID.match(note.parsed.text.source):
            continue
        was, becomes = meant(note, old), meant(after, new)
        if was is None or becomes is None or _source(was) == _source(becomes):
            continue  # without a note before it, the rules speak
        message = (
            f"The note {note.label!r} says Ibid., which meant the note {was.label!r} ({_quoted(was, old)}). With the changes it would mean "
            f"the note {becomes.label!r} ({_quoted(becomes, new)})."
        )
        hint = "Put the source in the place of Ibid.: in the review copy before you apply it, or in the source."
        yield source.at("I024", message, (*old.written.base, "notes", note.label), hint)


def _source(note: Note) -> object:
    """What tells sources apart: the records that a note cites, or the note itself."""
    text = note.parsed.text.source
    found = [cites for start, sign in enumerate(text) if sign == "[" and (cites := find_citation(text, start, len(text)))]
    return tuple(cite.key for cites, _ in found for cite in cites) or note.label


def _quoted(note: Note, numbered: Numbered) -> str:
    said = words(note, numbered)
    return f"“{said if len(said) <= 60 else said[:59] + '…'}”"
