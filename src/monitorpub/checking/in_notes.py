"""Walks over the notes of a manuscript, and how a message names them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from monitorpub.checking.manuscript import Manuscript, NoteText, Passage, Series
from monitorpub.checking.sources import Reading, read_note

CITED = re.compile(r"(?<![\w.])@\{?\w")
"""A citation of a source record, as in [@icrc-2015, p. 380]."""


@dataclass(frozen=True, eq=False)
class Noted:
    """A note with the one before it in its series, if that one is there."""

    note: NoteText
    before: NoteText | None
    first: bool
    """Whether it is the first note of its series."""
    series: str
    name: str
    """“Note 14”, with the section where the manuscript has several series."""

    @property
    def text(self) -> str:
        """The note as it was typed."""
        return self.note.passage.text


def notes_in_order(manuscript: Manuscript) -> Iterator[Noted]:
    """Every note of every series.  The note before it is known only where none is missing between the two."""
    for series in manuscript.series:
        last: NoteText | None = None
        for index, note in enumerate(series.notes):
            follows = last is not None and note.mark.isdigit() and last.mark.isdigit() and int(note.mark) == int(last.mark) + 1
            first = index == 0 and note.mark == "1"
            yield Noted(note, last if follows else None, first, series.name, named(manuscript, series, note))
            last = note


def texts(manuscript: Manuscript) -> Iterator[tuple[str, Passage]]:
    """Every note once, with its name; the notes to tables too."""
    seen: set[str] = set()
    for series in manuscript.series:
        for note in series.notes:
            if note.label and note.label in seen:
                continue
            seen.add(note.label)
            yield named(manuscript, series, note), note.passage
    yield from (("A note to a table", passage) for passage in manuscript.passages if passage.kind == "table-note")


def named(manuscript: Manuscript, series: Series, note: NoteText) -> str:
    """How a message names a note."""
    where = f" of “{series.name}”" if len(manuscript.series) > 1 and series.name else ""
    return f"Note {note.mark}{where}"


def cites(note: NoteText) -> bool:
    """Whether the note cites source records; its words are then decided elsewhere."""
    return CITED.search(note.passage.text) is not None


def sources_of(note: NoteText) -> Reading:
    """The sources and comments of a note in free text."""
    return read_note(note.passage.text)
