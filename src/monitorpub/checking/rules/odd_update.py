"""D105: a date of update that does not fit the edition."""

from __future__ import annotations

from collections.abc import Iterator

from monitorpub.checking.fields import field_hit
from monitorpub.checking.manuscript import Manuscript
from monitorpub.checking.rule import Hit, Rule, Severity
from monitorpub.model import Profile


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """``last-updated`` after the year of the edition, or before the two years that lead to it."""
    profile, source = manuscript.written, manuscript.source
    if not isinstance(profile, Profile) or source is None:
        return
    updated, edition = profile.last_updated.year, profile.edition
    if updated > edition:
        yield field_hit(source, ("last-updated",), f"The profile was last updated in {updated}, after the year of its edition, {edition}.")
    elif updated < edition - 2:
        yield field_hit(source, ("last-updated",), f"The profile was last updated in {updated}, long before its edition, {edition}.")


RULE = Rule(
    code="D105",
    name="odd-update",
    severity=Severity.WARNING,
    what="A date in last-updated that is later than the year of the edition, or more than two years earlier.",
    why="One of the two was taken over from another year, and both are printed.",
    example="edition: 2025 and last-updated: 2022-09-30",
    instead="Correct the date or the edition.",
    check=find,
)
