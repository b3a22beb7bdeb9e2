"""S105: a hyphen in a range of pages or years, where print has an en dash."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitorpub.checking.in_notes import texts
from monitorpub.checking.manuscript import Manuscript
from monitorpub.checking.rule import Hit, Mend, Rule, Severity

_PAGES = re.compile(r"\bpp?\.\s?\d[\d/–,\s-]*(?:and\s[\d/–-]+)?")
_RANGE = re.compile(r"(?<![\d-])(\d[\d/]*(-)\d[\d/]*)(?![\d-])")
_YEARS = re.compile(r"(?<![\w/.+-])((?:19|20)\d\d(-)(?:(?:19|20)\d\d|\d\d))(?![\w/-]|\.\d)")


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """Hyphens in ranges, outside quotations.  A profile is printed with the en dash in any case."""
    if manuscript.written is not None:
        return
    for name, passage in texts(manuscript):
        for match in _ranges(passage.unquoted):
            at = match.start(2)
            mend = Mend(passage, at, at + 1, "–")
            right = match[1].replace("-", "–")
            yield Hit(passage, *match.span(1), f"{name} has a hyphen in the range {match[1]}.", f"Write {right} with an en dash.", mend)


def _ranges(text: str) -> list[re.Match[str]]:
    """The ranges of pages, and those of years that end after they begin, in the order of the text."""
    found = {m.start(): m for m in _YEARS.finditer(text) if m[1].split("-")[0][-len(m[1].split("-")[1]) :] < m[1].split("-")[1]}
    for pages in _PAGES.finditer(text):
        found |= {match.start(): match for match in _RANGE.finditer(text, *pages.span())}
    return [found[start] for start in sorted(found)]


RULE = Rule(
    code="S105",
    name="hyphen-in-range",
    severity=Severity.WARNING,
    what="A hyphen between two pages or two years in a note of a plain text.",
    why="A range has an en dash; a hyphen joins words. In a profile the dash is set for you.",
    example="Handbook 2001-2002, pp. 8-9.",
    instead="Handbook 2001–2002, pp. 8–9.",
    check=find,
)
