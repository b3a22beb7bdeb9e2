"""N103: two notes with one text, where that is no plain repeat of a source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitorpub.checking.in_notes import cites, named, sources_of
from monitorpub.checking.manuscript import Manuscript, NoteText, Series
from monitorpub.checking.rule import Hit, Rule, Severity


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """Notes whose words stand in an earlier note of the series.

    Houses repeat a source in full as a matter of course.  What is wrong is the same remark made twice, the same note twice at one
    place, and in the house of Mine Action Review a repeat that keeps its address.
    """
    for series in manuscript.series:
        first: dict[str, NoteText] = {}
        for note in series.notes:
            words = _words(note)
            earlier = first.setdefault(words, note)
            if earlier is note or not words or cites(note) or sources_of(note).ibid:
                continue
            if reason := _reason(manuscript, series, earlier, note):
                name = f"{named(manuscript, series, note)} has the same text as note {earlier.mark}"
                yield Hit(note.passage, 0, len(note.passage.text.rstrip()), f"{name}{reason[0]}", reason[1])


def _reason(manuscript: Manuscript, series: Series, earlier: NoteText, note: NoteText) -> tuple[str, str] | None:
    if _at_one_place(series, earlier, note):
        return ", and both are called at one place.", "Delete one of the two and its call."
    parts = sources_of(note).parts
    if any(part.kind == "comment" for part in parts):
        return ", remark and all.", "Call the earlier note again, or make the remark once and cite only the source here."
    follows = note.mark.isdigit() and earlier.mark.isdigit() and int(note.mark) == int(earlier.mark) + 1
    if manuscript.house == "mine-action-review" and any(part.address for part in parts) and not follows:
        return ", address and all.", "This house gives the address once: leave “at: …” out where a source is repeated."
    return None


def _at_one_place(series: Series, earlier: NoteText, note: NoteText) -> bool:
    ends = {(id(call.passage), call.end) for call in series.calls if call.mark == earlier.mark}
    return any((id(call.passage), call.start) in ends for call in series.calls if call.mark == note.mark)


def _words(note: NoteText) -> str:
    return " ".join(re.sub(r"[“”\"‘’'*_<>]", "", note.passage.text).casefold().split())


RULE = Rule(
    code="N103",
    name="same-note-twice",
    severity=Severity.WARNING,
    what="Two notes of one series with the same text: with the same remark, at the same place, or with the address printed again.",
    why="The reader is told the same thing twice. Mostly the note was copied, and one of the two was meant to say something else.",
    example="Note 3: The figure was corrected later.  Note 9: The figure was corrected later.",
    instead="Say it once. A source alone may be repeated; where it follows itself, as Ibid.",
    check=find,
)
