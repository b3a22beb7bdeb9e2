"""N106: a note that repeats the one source of the note before it."""

from __future__ import annotations

from collections.abc import Iterator

from monitorpub.checking.in_notes import Noted, cites, notes_in_order, sources_of
from monitorpub.checking.manuscript import Manuscript
from monitorpub.checking.rule import Hit, Rule, Severity
from monitorpub.checking.sources import Part, same_work


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """Notes whose one source is that of the note before, at the same page or at another."""
    meant: dict[int, tuple[Part, str]] = {}
    """The one source of each note, and its page; through Ibid. too."""
    for noted in notes_in_order(manuscript):
        before = meant.get(id(noted.before))
        if cites(noted.note) or (only := sources_of(noted.note).only) is None:
            continue
        if only.kind == "ibid":
            if before:
                meant[id(noted.note)] = (before[0], only.locator or before[1])
            continue
        meant[id(noted.note)] = (only, only.locator)
        if before and noted.before and (ibid := _ibid(before, only)):
            yield _hit(noted, noted.before.mark, only, ibid)


def _ibid(before: tuple[Part, str], part: Part) -> str:
    """What to write instead, or nothing where Ibid. would not do."""
    source, locator = before
    if not same_work(source, part):
        return ""
    if part.locator == locator:
        return "Ibid."
    return f"Ibid., {part.locator}." if part.locator else ""


def _hit(noted: Noted, before: str, part: Part, ibid: str) -> Hit:
    page = "" if ibid == "Ibid." else ", at another page"
    message = f"{noted.name} repeats the source of note {before}{page}."
    end = part.start + len(part.text.rstrip())
    return Hit(noted.note.passage, part.start, end, message, f"Write “{ibid}” in its place.")


RULE = Rule(
    code="N106",
    name="should-be-ibid",
    severity=Severity.WARNING,
    what="A note in free text that repeats the only source of the note before it. A note with two sources before it is let pass.",
    why="Ibid. tells the reader at a glance that nothing new is cited, and saves a line.",
    example="Note 13: “Title”, *Outlet*, 5 January 2024, at: https://example.org/a.  Note 14: “Title”, *Outlet*, 5 January 2024.",
    instead="“Ibid.”, or “Ibid., p. 9.” where the page is another one.",
    check=find,
)
