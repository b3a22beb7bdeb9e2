"""N111: words that stand for others, which were not in the file that was imported."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitorpub.checking.in_notes import texts
from monitorpub.checking.manuscript import Manuscript
from monitorpub.checking.rule import Hit, Rule, Severity

MARK = "MISSING:"
"""What a placeholder begins with."""

_MARK = re.compile(rf"\s*{MARK}")


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """Notes, and texts of the body, that begin as placeholders do."""
    for name, passage in texts(manuscript):
        if _MARK.match(passage.text):
            yield Hit(passage, 0, len(passage.text.split("\n", maxsplit=1)[0]), f"{name} is a placeholder: its own words are missing.")
    for passage in manuscript.body:
        if _MARK.match(passage.text):
            yield Hit(passage, 0, len(passage.text.split("\n", maxsplit=1)[0]), "A placeholder stands here: its own words are missing.")


RULE = Rule(
    code="N111",
    name="placeholder",
    severity=Severity.ERROR,
    what="A note, or a text, that begins with MISSING: as import writes it where a note was called and was not in the file.",
    why="The placeholder is printed as it stands, so that nobody overlooks it: a claim whose source is missing proves nothing.",
    example="missing-4: |\n  MISSING: note 4 of this section was not in the file.",
    instead="Find the note in the original and write its words here, or delete the note with its call.",
    check=find,
)
