"""N107: Ibid. in the first note of a series."""

from __future__ import annotations

from collections.abc import Iterator

from monitorpub.checking.in_notes import notes_in_order, sources_of
from monitorpub.checking.manuscript import Manuscript
from monitorpub.checking.rule import Hit, Rule, Severity


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """First notes that begin with Ibid."""
    for noted in notes_in_order(manuscript):
        ibid = sources_of(noted.note).ibid
        if noted.first and ibid:
            where = f" of “{noted.series}”" if noted.series else ""
            message = f"Ibid. stands in the first note{where}, where there is no note before it."
            yield Hit(noted.note.passage, ibid.start, ibid.start + len(ibid.text), message)


RULE = Rule(
    code="N107",
    name="ibid-in-first-note",
    severity=Severity.ERROR,
    what="Ibid. in the first note of a profile, or of a section where numbering begins again.",
    why="Ibid. means the note before, and there is none. Most often the note that it meant was moved or deleted.",
    example="Note 1: Ibid., p. 4.",
    instead="Give the source in full.",
    check=find,
)
