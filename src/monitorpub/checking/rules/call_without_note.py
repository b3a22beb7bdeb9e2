"""N101: a call without its note."""

from __future__ import annotations

from collections.abc import Iterator

from monitorpub.checking.manuscript import Manuscript
from monitorpub.checking.rule import Hit, Rule, Severity


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """Calls whose mark no note of their series has."""
    for series in manuscript.series:
        marks = {note.mark for note in series.notes}
        for call in series.calls:
            if call.mark not in marks:
                yield Hit(call.passage, call.start, call.end, f"Note {call.mark} is called in “{series.name}”, and it is missing.")


RULE = Rule(
    code="N101",
    name="missing-note",
    severity=Severity.ERROR,
    what="A call in a plain text whose note is not among the notes of its section.",
    why="The reader looks for the source and finds nothing. Notes are lost most often when a page is copied from a browser.",
    example="Mines were laid in 2020.[8]  (and the notes go from 7 to 11)",
    instead="Find the note in the original and put it back.",
    check=find,
)
