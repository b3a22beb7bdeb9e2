"""N108: Ibid. after a note with several sources, or with none; Ibid. in a note that several sections call."""

from __future__ import annotations

from collections.abc import Iterator

from monitorpub.checking.in_notes import cites, notes_in_order, sources_of
from monitorpub.checking.manuscript import Manuscript, NoteText
from monitorpub.checking.rule import Hit, Rule, Severity
from monitorpub.checking.sources import may_hold_source
from monitorpub.citations.syntax import find_citation
from monitorpub.text.quotations import CODE


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """Notes that begin with Ibid. where the note before surely has not one source, or where several notes stand before."""
    sections: dict[str, set[str]] = {}
    for series in manuscript.series:
        for note in series.notes:
            if note.label:
                sections.setdefault(note.label, set()).add(series.name)
    said: set[str] = set()
    for noted in notes_in_order(manuscript):
        ibid, label = sources_of(noted.note).ibid, noted.note.label
        if ibid is None or label in said:
            continue
        if len(sections.get(label, ())) > 1:
            said.add(label)
            count = _count(len(sections[label]))
            message = f"{noted.name} says Ibid. and is called in {count} sections: in each, another note stands before it."
            hint = "Give the source, or cite its record: then each section prints what is right there."
        elif noted.before is not None and (what := _fault(noted.before)):
            message = f"{noted.name} says Ibid. after note {noted.before.mark}, {what}."
            hint = ""
        else:
            continue
        yield Hit(noted.note.passage, ibid.start, ibid.start + len(ibid.text), message, hint)


def _fault(before: NoteText) -> str:
    """Why Ibid. cannot follow this note, or nothing."""
    if cites(before):
        keys, typed = _cited(before.passage.text)
        if keys:
            if len(keys) > 1:
                return f"which cites {_count(len(keys))} sources: it does not say which is meant"
            return "which cites a source and has one that is typed beside it: it does not say which is meant" if typed else ""
    reading = sources_of(before)
    if len(reading.sources) > 1:
        return f"which has {_count(len(reading.sources))} sources: it does not say which is meant"
    return "which has no source" if reading.only_comment and not cites(before) else ""


def _cited(text: str) -> tuple[set[str], bool]:
    """The keys that a note cites, and whether a source may be typed beside them."""
    code = [match.span() for match in CODE.finditer(text) if match[0].startswith("`")]
    keys: set[str] = set()
    stretches, start, at = [], 0, text.find("[")
    while at >= 0:
        free = text[at - 1 : at] != "\\" and not any(a <= at < b for a, b in code)
        found = find_citation(text, at, len(text)) if free else None
        if found is None:
            at = text.find("[", at + 1)
            continue
        keys |= {one.key for one in found[0]}
        stretches += [text[start:at], *(words for one in found[0] for words in (one.prefix, one.suffix))]
        start = found[1]
        at = text.find("[", start)
    return keys, any(may_hold_source(words) for words in (*stretches, text[start:]))


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
