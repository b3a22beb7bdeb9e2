"""N108: Ibid. after a note with several sources, or with none."""

from __future__ import annotations

from collections.abc import Iterator

from monitorpub.checking.in_notes import cites, notes_in_order, sources_of
from monitorpub.checking.manuscript import Manuscript
from monitorpub.checking.rule import Hit, Rule, Severity


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """Notes that begin with Ibid. where the note before surely has not one source."""
    for noted in notes_in_order(manuscript):
        ibid, before = sources_of(noted.note).ibid, noted.before
        if ibid is None or before is None or cites(noted.note) or cites(before):
            continue
        reading = sources_of(before)
        if len(reading.sources) > 1:
            what = f"which has {_count(len(reading.sources))} sources: it does not say which is meant"
        elif reading.only_comment:
            what = "which has no source"
        else:
            continue
        message = f"{noted.name} says Ibid. after note {before.mark}, {what}."
        yield Hit(noted.note.passage, ibid.start, ibid.start + len(ibid.text), message)


def _count(number: int) -> str:
    return {2: "two", 3: "three", 4: "four", 5: "five"}.get(number, str(number))


RULE = Rule(
    code="N108",
    name="ibid-without-one-source",
    severity=Severity.ERROR,
    what="Ibid. after a note that holds several sources, or a remark without any source.",
    why="Ibid. refers to the one source of the note before. After two it may mean either, after none it means nothing.",
    example="Note 4: Email from A, 1 May 2024; and interview with B, Paris, 2 May 2024.  Note 5: Ibid.",
    instead="Give the source again.",
    check=find,
)
