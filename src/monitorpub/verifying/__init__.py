"""Proofs over a finished PDF, ours or anybody's: notes, links, fonts, words on the paper, folios, outline, structure; from the file alone.

Each module proves one thing and gives diagnostics; what could not be proved is said too (V090).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from monitorpub.diagnostics import Diagnostic, Place, Severity, has_errors
from monitorpub.report import counted
from monitorpub.verifying import (
    aloud,
    contents,
    elsewhere,
    folios,
    fonts,
    guessed,
    linked,
    links,
    notes,
    outlines,
    pages,
    structure,
    volumes,
)
from monitorpub.verifying.found import Apparatus
from monitorpub.verifying.reader import Document, Progress, read_bytes, read_pdf

__all__ = ["Apparatus", "Document", "Verified", "apparatus_of", "read_bytes", "read_pdf", "unproved", "verify_file"]


@dataclass(frozen=True)
class Verified:
    """What was looked at in a file, and what there is to say about it."""

    file: Path
    pages: int = 0
    notes: int = 0
    table_notes: int = 0
    links: int = 0
    fonts: int = 0
    parts: int = 0
    """Of a volume; 0 for any other file."""
    contents: int = 0
    """Lines of its contents."""
    outline: int = 0
    """Lines of its outline."""
    elsewhere: tuple[str, ...] = ()
    """Files that links lead to and that do not lie beside this one."""
    notes_proved: bool = False
    """Whether calls and notes were found and fit together, by their names or as a guess."""
    aloud: tuple[str, ...] = ()
    """What a screen reader meets in it, line by line, where that was asked for."""
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether there is no error."""
        return not has_errors(self.diagnostics)

    @property
    def closing(self) -> str:
        """One line: what was looked at, and how it ended."""
        errors = sum(d.severity is Severity.ERROR for d in self.diagnostics)
        warnings = len(self.diagnostics) - errors
        if not self.pages:
            return f"{self.file}: nothing could be proved."
        counts = [counted(self.pages, "page")]
        counts += [counted(self.parts, "part")] if self.parts else []
        counts += [counted(self.notes, "note")]
        counts += [counted(self.table_notes, "note") + " to tables"] if self.table_notes else []
        counts += [counted(self.links, "link"), counted(self.fonts, "font")]
        if self.parts:
            counts += [f"contents of {counted(self.contents, 'line')}", f"outline of {counted(self.outline, 'line')}"]
        if errors:
            outcome = f"not proved, {counted(errors, 'error')}"
        else:
            outcome = "proved" if not warnings else f"proved, with {counted(warnings, 'warning')}"
        unfollowed = f" Links to {', '.join(self.elsewhere)} were not followed." if self.elsewhere else ""
        return f"{self.file}: {', '.join(counts)}: {outcome}.{unfollowed}"


def verify_file(file: Path, progress: Progress | None = None, *, accessible: bool = False) -> Verified:
    """All proofs over one file; with ``accessible`` also what a screen reader meets in it."""
    document, said = read_pdf(file, progress)
    if document is None:
        return Verified(file, diagnostics=tuple(said))
    apparatus = apparatus_of(document)
    said += [*pages.check(document), *fonts.check(document), *links.check(document), *notes_of(document, apparatus)]
    parts = volumes.parts_of(document)
    said += [*folios.check(document), *volumes.check(document, parts)]
    said += [*contents.check(document, parts), *outlines.check(document, parts)]
    tagged = structure.tagged_of(document)
    said += structure.check(document, tagged, each=accessible)
    followed, unfollowed = elsewhere.follow(document)
    said += [*followed, *unproved(document, apparatus)]
    is_volume = len(parts) > 1
    return Verified(
        file,
        pages=len(document.pages),
        notes=sum(1 for note in apparatus.notes if note.number),
        table_notes=sum(1 for note in apparatus.notes if not note.number),
        links=sum(1 for _ in document.links),
        fonts=len(document.fonts),
        parts=len(parts) if is_volume else 0,
        contents=len(contents.rows(document, parts, "contents")) if is_volume else 0,
        outline=len(document.outline) if is_volume else 0,
        elsewhere=tuple(unfollowed),
        notes_proved=not is_poor(apparatus) and not links.places_gone(document),
        aloud=tuple(aloud.lines(tagged)) if accessible and tagged is not None else (),
        diagnostics=tuple(said),
    )


def apparatus_of(document: Document) -> Apparatus:
    """The calls and notes of a document: by their names, or as far as their form shows them."""
    return linked.find(document) if linked.has_names(document) else guessed.find(document)


def notes_of(document: Document, apparatus: Apparatus) -> list[Diagnostic]:
    """What there is to say about the notes.  A guess that fails for most calls proves nothing and is not told as errors."""
    return [] if is_poor(apparatus) or links.places_gone(document) else notes.check(document, apparatus)


def is_poor(apparatus: Apparatus) -> bool:
    """Whether a guess does not fit together as a whole: hardly any pairs, or more than one note in ten is odd."""
    if apparatus.linked:
        return False
    if len(guessed.odd_ones(apparatus)) > max(1, len(apparatus.notes) // 10):
        return True
    calls, matched = len({(call.mark, call.page) for call in apparatus.calls}), sum(1 for note in apparatus.notes if note.calls)
    return matched * 2 < max(calls, len(apparatus.notes), 1)


def unproved(document: Document, apparatus: Apparatus) -> Iterator[Diagnostic]:
    """What could not be proved, each with the reason."""
    place = Place(document.file)
    if not apparatus.linked:
        calls, found = len(apparatus.calls), len(apparatus.notes)
        if not calls and not found:
            what = "Notes were not proved: the file names none, and none could be seen by size and place."
        elif is_poor(apparatus):
            what = f"Notes were not proved: {calls} calls and {found} notes were seen by size and place, and they do not fit together."
        else:
            what = f"Notes were proved by size and place only: {calls} calls and {found} notes; whether they are linked was not."
        yield Diagnostic("V090", what, place)
    unsure = sorted({font.name for font in document.fonts if font.empty is None})
    if unsure:
        names = ", ".join(unsure[:3]) + (" ..." if len(unsure) > 3 else "")
        yield Diagnostic("V090", f"Missing glyphs were not looked for in fonts whose codes do not tell them: {names}.", place)
