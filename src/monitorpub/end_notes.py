"""Where notes are printed: at the foot of the page, at the end of their section, or at the end of the whole.

The layout says which (``notes: foot``, ``section`` or ``end``), and nothing but this module reads it.  A note keeps its number, its id and
its calls wherever it is printed.  Notes to a table stand under their table in every layout.

The title over the notes of a place has the id ``end-notes~`` and the place: ``monitorpub verify`` knows by it where they begin.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from monitorpub.layouts import Layout
from monitorpub.model import Text, Written

if TYPE_CHECKING:
    from monitorpub.number import Note, Numbered, Steps

FOOT = ""
"""The place of a note at the foot of its page."""
END = "~end"
"""The place at the end of the whole."""


def place_of(path: Steps, written: Written, layout: Layout) -> str:
    """The place of a note whose first call stands in the text at ``path``.

    ``FOOT``, ``END``, the anchor of a top-level section, or ``~`` with the name of a block: texts before, between or behind the sections
    have their notes after the last block of their run, whether that block itself prints anything or not.
    """
    if layout.notes == "foot":
        return FOOT
    if layout.notes == "end":
        return END
    below = path[len(written.base) :]
    if below[0] == "sections":
        return written.sections[int(below[1])].anchor
    name = str(below[0])
    runs = [list(run) for sections, run in groupby(layout.order, lambda block: block == "sections") if not sections]
    return "~" + next(run[-1] for run in runs if name in run)


def section_of(place: str) -> str:
    """The anchor of the section that a block of notes stands in; "" where it stands in none."""
    return "" if place.startswith("~") else place


@dataclass(frozen=True)
class NoteGroup:
    """Notes that are printed below each other: those of one series."""

    title: Text | None
    """The title of their section, where several series stand in one block."""
    notes: tuple[Note, ...]


def notes_at(numbered: Numbered, place: str) -> tuple[NoteGroup, ...]:
    """What is printed at a place, series after series in the order of their numbers; nothing where no note belongs."""
    here = [note for note in numbered.notes if note.place == place]
    groups = [(name, tuple(group)) for name, group in groupby(here, lambda note: note.series)]
    titles = {section.anchor: section.title for section in numbered.written.sections}
    return tuple(NoteGroup(titles.get(name) if len(groups) > 1 else None, notes) for name, notes in groups)


def places(numbered: Numbered) -> Iterator[tuple[str, str]]:
    """The id of each note that does not stand at the foot, and that of the section that it stands in, "" for none."""
    return ((note.id, section_of(note.place)) for note in numbered.notes if note.place != FOOT)
