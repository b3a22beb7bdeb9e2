"""D106: a section that is older than the edition by more than a year."""

from __future__ import annotations

from collections.abc import Iterator

from monitorpub.checking.fields import field_hit
from monitorpub.checking.manuscript import Manuscript
from monitorpub.checking.rule import Hit, Rule, Severity
from monitorpub.validate import walk_sections


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """Dates of sections that lie before the year of data."""
    written, source = manuscript.written, manuscript.source
    if written is None or source is None:
        return
    for section, steps in walk_sections(written.sections, (*written.base, "sections")):
        if section.date is not None and section.date.year < written.edition - 1:
            message = f"“{section.title.bare}” was last updated in {section.date.year}, and the edition is of {written.edition}."
            yield field_hit(source, (*steps, "date"), message)


RULE = Rule(
    code="D106",
    name="old-section",
    severity=Severity.WARNING,
    what="A section whose date is older than the edition by more than a year.",
    why="Its date is printed: readers see that it was not looked at for this edition.",
    example="edition: 2025 and date: 2022-05-01",
    instead="Bring the section up to date, and its date with it; or waive the rule, with the reason.",
    check=find,
)
