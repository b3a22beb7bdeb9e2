"""S104: a comma missing before or after the title of a source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitorpub.checking.in_notes import cites, notes_in_order, texts
from monitorpub.checking.manuscript import Manuscript, Passage
from monitorpub.checking.rule import Hit, Mend, Rule, Severity
from monitorpub.checking.sources import Part, read_note

_NAME = re.compile(r"(?:(?:[A-Z][\w.’'-]*|and|of|the|for|on|to|de|van|von|al|bin|[&])\s+|\([A-Z][\w-]*\)\s+)+$")
_NO_NAME = re.compile(
    r"(?:See|Also|In|From|The|Cited|Quoted|Editorial|Untitled|Interview|Email|Statement|Presentation|Letter|Report|Draft|Resolution|UNGA|"
    r"Op-Ed|Video|Film|Tweet|Blog|Chapter|Form|Annex|Table|Radio|Broadcast|Press)\b"
)
_EVENT = re.compile(
    r"(?:Resolution|Statement|Report|Conference|Workshop|Meeting|Seminar|Event|Programme|Program|Project|Campaign|Exhibition)s?$"
)
_CLOSING = ("”", '"', "»")
_OUTLET = re.compile(r"\s+(?=\*?(?:The\s+)?[A-Z])")


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """Titles in quotation marks that run into their outlet, and names that run into a title."""
    skipped = {id(noted.note.passage) for noted in notes_in_order(manuscript) if cites(noted.note)}
    for name, passage in texts(manuscript):
        if id(passage) in skipped:
            continue
        for part in read_note(passage.text).parts:
            if part.kind == "source" and part.title_span and part.text[part.title_span[1] : part.title_span[1] + 1] in _CLOSING:
                yield from _before_title(passage, part, name)
                yield from _after_title(passage, part, name, manuscript.house)


def _before_title(passage: Passage, part: Part, name: str) -> Iterator[Hit]:
    start, _ = part.title_span or (0, 0)
    lead = re.sub(r"^See(?: also)?,?\s+", "", part.text[: max(start, 0)])
    if not lead or not _NAME.fullmatch(lead) or _NO_NAME.match(lead) or not (part.outlet or part.date):
        return
    if not _is_title(part):
        return
    end = start - (len(lead) - len(lead.rstrip()))
    at = part.start + end
    word = at - len(lead.rstrip().rsplit(" ", 1)[-1])
    message = f"{name} has no comma between the author and the title “{_short(part.title)}”."
    yield Hit(passage, word, part.start + start + 1, message, "Put a comma behind the author.", Mend(passage, at, at, ","))


def _after_title(passage: Passage, part: Part, name: str, house: str) -> Iterator[Hit]:
    _, end = part.title_span or (0, 0)
    outlet = _OUTLET.match(part.text, end + 1)
    if outlet is None or part.text[:end].rstrip("’'”\" ")[-1:] in ",.?!;:…" or not _is_title(part):
        return
    if part.text[outlet.end()] != "*" and not _is_outlet(part, outlet.end()):
        return
    inside = house == "monitor"
    at = part.start + (end if inside else end + 1)
    last = part.start + outlet.end() + len(re.match(r"\*?\w+", part.text[outlet.end() :])[0])  # type: ignore[index]
    message = f"{name} has no comma between the title “{_short(part.title)}” and its outlet."
    hint = f"Put a comma {'before' if inside else 'behind'} the mark that closes the title."
    yield Hit(passage, part.start + end, last, message, hint, Mend(passage, at, at, ","))


def _is_outlet(part: Part, start: int) -> bool:
    """Whether the words behind the title, which are not in italics, are an outlet: nothing but them stands before the date."""
    return part.outlet_span is not None and part.outlet_span[0] == start and not _EVENT.search(part.outlet)


def _is_title(part: Part) -> bool:
    """Whether what is quoted is a title rather than a few words that somebody said."""
    return len(part.title.split()) > 1 and (part.title[:1].isupper() or part.title[:1].isdigit())


def _short(title: str) -> str:
    words = title.split()
    return " ".join(words) if len(words) <= 6 else f"{' '.join(words[:5])} …"


RULE = Rule(
    code="S104",
    name="missing-comma",
    severity=Severity.WARNING,
    what="A source in which no comma stands between the author and the title, or between the title and the outlet.",
    why="Commas part the pieces of a source. Without one the reader, and whatever reads the notes, takes two for one.",
    example="B. Person “Mines found near the border” *Outlet*, 5 January 2024.",
    instead="B. Person, “Mines found near the border”, *Outlet*, 5 January 2024.",
    check=find,
)
