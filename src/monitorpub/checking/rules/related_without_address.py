"""W113: a related link that leads nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from monitorpub.checking.manuscript import Manuscript
from monitorpub.checking.rule import Hit, Rule, Severity
from monitorpub.model import Profile


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """Related links without an address."""
    if not isinstance(manuscript.written, Profile):
        return
    bare = {("related", index, "title") for index, entry in enumerate(manuscript.written.related) if entry.address is None}
    for passage in manuscript.passages:
        if passage.path in bare:
            yield Hit(passage, 0, len(passage.text), "This related link has no address.")


RULE = Rule(
    code="W113",
    name="related-without-address",
    severity=Severity.WARNING,
    what="A related link that has a title and no address.",
    why="The reader is told that there is more, and not where. Addresses are lost when a page is copied as plain text.",
    example="related:\n  - title: The report of 2024",
    instead="Add the field address: an address that begins with https://, or the name of a profile.",
    check=find,
)
