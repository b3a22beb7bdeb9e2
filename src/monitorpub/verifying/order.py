"""What is proved of the reading order: the tree goes through the pages as a reader does."""

from __future__ import annotations

from collections.abc import Iterator

from monitorpub.verifying.tagged import Findings, Tagged
from monitorpub.verifying.tree import Content, Element, Held
from monitorpub.verifying.volumes import Part, parts_of

ASIDE = ("Note", "FENote")
"""What may stand on a page after what follows it."""


def check(tagged: Tagged, findings: Findings) -> None:
    """Findings V088: within a part the pages come one after the other, and the parts do not mingle."""
    parts = parts_of(tagged.document) if tagged.document.in_parts else []
    owners = _Owners(tagged, parts)
    latest, before = 0, -1
    for content, aside in _content(tagged):
        here = owners.of(content) or [-1]
        part = before if before in here else next((one for one in here if one > before), here[-1])
        if part < before:
            _back(tagged, findings, content, f"is of {_named(parts[part])} and is read after {_named(parts[before])}")
        elif not aside and content.page < latest and part == before:
            _back(tagged, findings, content, f"is read after what stands on page {latest}")
        if part != before or not aside:
            latest = content.page
        before = part
    if len(parts) > 1:
        _sections(tagged, parts, owners, findings)


class _Owners:
    """Which parts content may be of: by its page, and on pages that parts share by where it stands."""

    def __init__(self, tagged: Tagged, parts: list[Part]) -> None:
        self.tagged, self.parts = tagged, parts
        self.pages: dict[int, list[int]] = {}
        for index, one in enumerate(parts):
            for page in range(one.first, one.last + 1):
                self.pages.setdefault(page, []).append(index)

    def of(self, content: Content | Held) -> list[int]:
        """The parts by their index; several for what has no words on a page that they share, none outside all."""
        here = self.pages.get(content.page, [])
        pieces = self.tagged.pieces(content) if len(here) > 1 and isinstance(content, Content) else []
        return [index for index in here if self.parts[index].holds(content.page, pieces[0].y)] if pieces else here


def _back(tagged: Tagged, findings: Findings, content: Content, what: str) -> None:
    def message() -> str:
        words = tagged.words(content, 40)
        return f"{f'“{words}”' if words else 'something'} {what}."

    findings.say("V088", content.page, message)


def _content(tagged: Tagged) -> Iterator[tuple[Content, bool]]:
    """All content in the order of the tree, and whether it is a note's."""
    waiting: list[tuple[Element | Content, bool]] = [(one, False) for one in reversed(tagged.tree.top)]
    while waiting:
        found, aside = waiting.pop()
        if isinstance(found, Content):
            if found.page:
                yield found, aside
            continue
        aside = aside or found.kind in ASIDE
        waiting += [(kid, aside) for kid in reversed(found.kids) if isinstance(kid, (Content, Element))]


def sections(tagged: Tagged) -> Iterator[Element]:
    """The outermost sections: of a volume, one for each part."""
    waiting = list(reversed(tagged.tree.top))
    while waiting:
        found = waiting.pop()
        if found.kind in ("Sect", "Art"):
            yield found
        elif found.kind in ("Document", "Part", "Div", "NonStruct", ""):
            waiting += [kid for kid in reversed(found.kids) if isinstance(kid, Element)]


def _sections(tagged: Tagged, parts: list[Part], owners: _Owners, findings: Findings) -> None:
    """Each part of a volume is one section, and each section one part."""
    seen: dict[int, Element] = {}
    for section in sections(tagged):
        held = [found for one in section.content() if (found := owners.of(one))]
        possible = set.intersection(*map(set, held)) if held else set()
        free = sorted(possible - seen.keys()) or sorted(possible)
        found = free[:1] or sorted({index for one in held for index in one})
        for index in found:
            if index in seen:
                findings.say("V088", tagged.page(section), f"{_named(parts[index])} is in two sections of the structure tree.")
            seen[index] = section
        if len(found) > 1:
            names = " and ".join(_named(parts[index]) for index in found[:2])
            findings.say("V088", tagged.page(section), f"one section of the structure tree has content of {names}.")


def _named(part: Part) -> str:
    return f"the part {part.name}"
