"""S111: one source that is cited with different outlets or dates across the edition."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from monitorpub.checking.in_notes import cites, notes_in_order
from monitorpub.checking.manuscript import Manuscript, Passage
from monitorpub.checking.rule import Hit, Rule, Severity
from monitorpub.checking.rules.mixed_outlet import outlet_key
from monitorpub.checking.sources import Part, read_note


@dataclass
class _Use:
    """A source as one note cites it."""

    manuscript: Manuscript
    passage: Passage
    part: Part
    note: str

    def where(self, other: _Use) -> str:
        """How a message about another use names this one."""
        name = self.note[0].lower() + self.note[1:]
        return name if self.manuscript is other.manuscript else f"{name} of {self.manuscript.file.name}"


def find(manuscripts: list[Manuscript]) -> Iterator[Hit]:
    """Quoted titles of four words or more that have one outlet or date in one note and another in another."""
    uses: dict[tuple[str, ...], list[_Use]] = defaultdict(list)
    for manuscript in manuscripts:
        for noted in notes_in_order(manuscript):
            if cites(noted.note):
                continue
            for part in read_note(noted.text).parts:
                title = tuple(re.findall(r"\w+", part.title.casefold()))
                if part.kind == "source" and len(title) >= 4 and part.outlet and part.date:
                    uses[title].append(_Use(manuscript, noted.note.passage, part, noted.name))
    for same in uses.values():
        seen = [same[0]]
        for use in same[1:]:
            if all(_differs(use, other) for other in seen):
                seen.append(use)
                yield _hit(use, seen[0])


def _differs(one: _Use, other: _Use) -> bool:
    return one.part.date != other.part.date or _outlet(one, other) != _outlet(other, one)


def _outlet(one: _Use, other: _Use) -> str:
    """The outlet; within one manuscript without what S110 speaks of."""
    return outlet_key(one.part.outlet) if one.manuscript is other.manuscript else one.part.outlet.casefold()


def _hit(use: _Use, first: _Use) -> Hit:
    start, end = use.part.outlet_span or (0, len(use.part.text))
    forms = (f"{use.part.outlet}, {use.part.date}", f"{first.part.outlet}, {first.part.date}")
    title = " ".join(use.part.title.split())
    message = f"{use.note} cites “{title}” as from {forms[0]}; {first.where(use)} has {forms[1]}."
    return Hit(use.passage, use.part.start + start, use.part.start + end, message)


RULE = Rule(
    code="S111",
    name="source-forms",
    severity=Severity.WARNING,
    what="A quoted title that is cited with one outlet or date in one note, and with another elsewhere in the edition.",
    why="One of the two is wrong, or the reader takes one source for two.",
    example="“Mines found near the border”, Outlet, 5 May 2020, and “Mines found near the border”, Outlet, 6 May 2020",
    instead="Look the source up and give it one form; or make a record of it, and cite that.",
    edition=find,
)
