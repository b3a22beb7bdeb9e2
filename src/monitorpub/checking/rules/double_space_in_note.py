"""S106: two spaces where one should be, in a note."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitorpub.checking.in_notes import texts
from monitorpub.checking.manuscript import Manuscript
from monitorpub.checking.rule import Hit, Mend, Rule, Severity

_SPACES = re.compile(r"(?<=\S)[ \u00a0]{2,}(?=\S)")
_MARKER = re.compile(r"(?:^|\n)[^\S\n]*(?:[-*+>]|\d+[.)])$")


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """Rows of spaces within the lines of notes.  W109 looks at the text."""
    for name, passage in texts(manuscript):
        for match in _SPACES.finditer(passage.unquoted):
            start, end = match.span()
            if _MARKER.search(passage.text, max(0, start - 12), start):
                continue
            word = re.search(r"\S+$", passage.text[:start])
            where = f"after “{word[0][-20:]}”" if word else "here"
            yield Hit(passage, start, end, f"{name} has {end - start} spaces {where}.", mend=Mend(passage, start, end, " "))


RULE = Rule(
    code="S106",
    name="double-space-in-note",
    severity=Severity.WARNING,
    what="Two spaces or more between two words of a note.",
    why="Something was deleted between them, or a habit of the typewriter shows.",
    example="Email from A. Person,  14 May 2025.",
    instead="Leave one of the spaces.",
    check=find,
)
