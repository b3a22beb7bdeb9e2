"""What is proved of the reading order: the tree goes through the pages as a reader does."""

from __future__ import annotations

from collections.abc import Iterator

from monitorpub.verifying.tagged import Findings, Tagged
from monitorpub.verifying.tree import Content, Element
from monitorpub.verifying.volumes import Part, parts_of

ASIDE = ("Note", "FENote")
"""What may stand on a page after what follows it."""


def check(tagged: Tagged, findings: Findings) -> None:
    """Findings V088: within a part the pages come one after the other, and the parts do not mingle."""
    parts = parts_of(tagged.document) if tagged.document.in_parts else []
    owners: dict[int, list[int]] = {}
    for index, one in enumerate(parts):
        for page in range(one.first, one.last + 1):
            owners.setdefault(page, []).append(index)
    latest, before = 0, -1
    for content, aside in _content(tagged):
        here = owners.get(content.page, [-1])  # several where parts run on
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


def _sections(tagged: Tagged, parts: list[Part], owners: dict[int, list[int]], findings: Findings) -> None:
    """Each part of a volume is one section, and each section one part."""
    seen: dict[int, Element] = {}
    for section in sections(tagged):
        pages = {one.page for one in section.content() if one.page in owners}
        possible = set.intersection(*(set(owners[page]) for page in pages)) if pages else set()
        free = sorted(possible - seen.keys()) or sorted(possible)
        found = free[:1] or sorted({index for page in pages for index in owners[page]})
        for index in found:
            if index in seen:
                findings.say("V088", tagged.page(section), f"{_named(parts[index])} is in two sections of the structure tree.")
            seen[index] = section
        if len(found) > 1:
            names = " and ".join(_named(parts[index]) for index in found[:2])
            findings.say("V088", tagged.page(section), f"one section of the structure tree has content of {names}.")


def _named(part: Part) -> str:
    return f"the part {part.name}"
