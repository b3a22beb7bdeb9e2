"""N102: a note that nothing calls."""

from __future__ import annotations

from collections.abc import Iterator

from monitorpub.checking.in_notes import named
from monitorpub.checking.manuscript import Manuscript
from monitorpub.checking.rule import Hit, Rule, Severity


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """Notes of a plain text whose number no call of their series has.  In a profile N002 says so."""
    if manuscript.written is not None or not any(series.calls for series in manuscript.series):
        return
    for series in manuscript.series:
        marks = {call.mark for call in series.calls}
        for note in series.notes:
            if note.mark not in marks:
                passage = note.passage
                end = min(len(passage.text), 60)
                yield Hit(passage, 0, end, f"{named(manuscript, series, note)} is there, and nothing calls it.")


RULE = Rule(
    code="N102",
    name="orphan-note",
    severity=Severity.ERROR,
    what="A note in a plain text whose number stands nowhere in the text of its section.",
    why="A source without its statement proves nothing. The call was lost, or the sentence was cut and its note left behind.",
    example="Mines were laid in 2020.[1]  (and there are notes 1 and 2)",
    instead="Put the call back where the statement stands, or delete the note.",
    check=find,
)
