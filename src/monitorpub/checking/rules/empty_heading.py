"""A103: a title or a label without words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitorpub.checking.manuscript import Manuscript
from monitorpub.checking.rule import Hit, Rule, Severity
from monitorpub.model import HEADS
from monitorpub.model.scalars import CALL, MARKED


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """Titles, labels and heads in which stand only signs, marks and note calls."""
    for passage in manuscript.passages:
        if passage.path and passage.path[-1] in HEADS:
            words = MARKED.sub(r"\1", CALL.sub("", re.sub(r"\]\([^)]*\)", "]", passage.text)))
            if not re.search(r"[^\W_]", words):
                yield Hit(passage, 0, len(passage.text), "This is printed as a heading, and has no words.")


RULE = Rule(
    code="A103",
    name="empty-heading",
    severity=Severity.WARNING,
    what="A title of a section or a table, or a label, of signs, spaces and note calls only.",
    why="Who listens goes from heading to heading, and hears nothing here; the outline has an empty line.",
    example='title: "***"',
    instead="Give it words; or join what stands under it to the section before.",
    check=find,
)
