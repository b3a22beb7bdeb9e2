"""S106: two spaces where one should be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitorpub.checking.in_notes import texts
from monitorpub.checking.manuscript import Manuscript
from monitorpub.checking.rule import Hit, Mend, Rule, Severity

_SPACES = re.compile(r"(?<=\S)[ \u00a0]{2,}(?=\S)")


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """Rows of spaces within the lines of notes, and of the running text of a plain text."""
    named = list(texts(manuscript))
    if manuscript.profile is None:
        named += [("The text", passage) for passage in manuscript.body if passage.kind == "text"]
    for name, passage in named:
        for match in _SPACES.finditer(passage.unquoted):
            start, end = match.span()
            word = re.search(r"\S+$", passage.text[:start])
            mend = Mend(passage, start, end, " ")
            where = f"after “{word[0][-20:]}”" if word else "here"
            yield Hit(passage, start, end, f"{name} has {end - start} spaces {where}.", "Leave one of them.", mend)


RULE = Rule(
    code="S106",
    name="double-space",
    severity=Severity.WARNING,
    what="Two spaces or more between two words of a note, or of the text of a plain text.",
    why="Something was deleted between them, or a habit of the typewriter shows.",
    example="Email from A. Person,  14 May 2025.",
    instead="Email from A. Person, 14 May 2025.",
    check=find,
)
