"""W101: an abbreviation that is used before it is spelt out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitorpub.checking.abbreviations import Use, scopes, uses
from monitorpub.checking.manuscript import Manuscript
from monitorpub.checking.prose import is_english, line_of, runs
from monitorpub.checking.rule import Hit, Rule, Severity
from monitorpub.model import Profile


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """The first use of each abbreviation in running text, where it is not spelt out there or before."""
    if not is_english(manuscript):
        return
    named = _named(manuscript)
    for _, passages in scopes(manuscript):
        first: dict[str, Use] = {}
        explained: dict[str, Use] = {}
        for passage in passages:
            for use in uses(passage):
                if use.explains:
                    explained.setdefault(use.short, use)
                elif use.short not in explained and use.short not in named and runs(passage):
                    first.setdefault(use.short, use)
        where = "this section" if manuscript.house == "monitor" else "the text"
        for short, use in first.items():
            yield _hit(use, explained.get(short), where)


def _hit(use: Use, later: Use | None, where: str) -> Hit:
    if later is None:
        return Hit(use.passage, use.start, use.end, f"{use.short} is nowhere spelt out in {where}.")
    line = line_of(later.passage, later.start)
    message = f"{use.short} is used here, and it is spelt out only later, in line {line}."
    return Hit(use.passage, use.start, use.end, message, "Spell it out here, and use the abbreviation from here on.")


def _named(manuscript: Manuscript) -> set[str]:
    """Capitals in the names that a profile or a chapter has of its own: its title, its country, its volume."""
    written = manuscript.written
    if written is None:
        return set()
    formal = written.country.formal_name if isinstance(written, Profile) and written.country else None
    names = (written.tab, formal, written.title, written.volume, written.group)
    return set(re.findall(r"[A-Z]{2,}", " ".join(name for name in names if name)))


RULE = Rule(
    code="W101",
    name="unexplained-abbreviation",
    severity=Severity.WARNING,
    what="An abbreviation in running text that has not been spelt out before: in the profile, or in the section where the house is "
    "the Monitor. Key data, headings, tables, notes and quotations are free, and so are abbreviations that everybody knows "
    "(UN, US, EU, NGO).",
    why="A reader who opens the volume at one country has nowhere to look it up.",
    example="Clearance in the JSA was finished in a month.",
    instead="Spell it out where it stands first, as in: Joint Security Area (JSA).",
    check=find,
)
