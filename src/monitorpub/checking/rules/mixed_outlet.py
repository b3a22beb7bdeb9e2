"""S110: one outlet under two names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from monitorpub.checking.in_notes import cites, notes_in_order
from monitorpub.checking.manuscript import Manuscript, Passage
from monitorpub.checking.rule import Hit, Rule, Severity
from monitorpub.checking.sources import read_note

_WORDS_OF_KIND = {"news", "agency", "newspaper", "online", "website", "newswire", "wire", "service"}


@dataclass
class _Use:
    """A name of an outlet as it stands in a note."""

    passage: Passage
    start: int
    end: int
    note: str


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """Names of outlets that differ in an article, a hyphen, a capital or a word such as News Agency; said once for each name."""
    uses: dict[str, dict[str, list[_Use]]] = defaultdict(lambda: defaultdict(list))
    for noted in notes_in_order(manuscript):
        if cites(noted.note):
            continue
        for part in read_note(noted.text).parts:
            if part.outlet_span and part.kind == "source":
                start, end = part.outlet_span
                name = re.sub(r"\s*[(\[].*$", "", part.outlet)
                use = _Use(noted.note.passage, part.start + start, part.start + end, noted.name.removeprefix("Note "))
                uses[outlet_key(name)][name].append(use)
    for names in uses.values():
        if len(names) < 2:
            continue
        usual = max(names, key=lambda name: len(names[name]))
        for name, places in names.items():
            if name != usual:
                here = places[0]
                message = f"One outlet has two names: “{name}” here, and “{usual}” in {_notes(names[usual])}."
                yield Hit(here.passage, here.start, here.end, message, "Give it one name in all notes.")


def outlet_key(name: str) -> str:
    """What is left of a name when article, signs, capitals and words of kind are put aside."""
    words = re.findall(r"\w+", name.casefold())
    if words[:1] == ["the"] and len(words) > 1:
        words = words[1:]
    while len(words) > 1 and words[-1] in _WORDS_OF_KIND:
        words.pop()
    return "".join(words)


def _notes(uses: list[_Use]) -> str:
    names = list(dict.fromkeys(use.note for use in uses))
    if len(names) == 1:
        return f"note {names[0]}"
    return f"notes {', '.join(names[:-1])} and {names[-1]}" if len(names) < 5 else f"note {names[0]} and {len(names) - 1} others"


RULE = Rule(
    code="S110",
    name="mixed-outlet",
    severity=Severity.WARNING,
    what="An outlet that has one name in one note and another in another: with and without The, or News Agency, or a hyphen.",
    why="Who looks for all that is from one outlet finds half of it.",
    example="“Title”, *Yonhap*, 3 November 2020, and “Title”, *Yonhap News Agency*, 19 November 2020",
    instead="One name for one outlet, in all notes.",
    check=find,
)
