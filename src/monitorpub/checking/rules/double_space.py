"""W109: two spaces between words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitorpub.checking.manuscript import Manuscript
from monitorpub.checking.prose import without_tables
from monitorpub.checking.rule import Hit, Mend, Rule, Severity

_DOUBLE = re.compile(r"(?<=\S)[ \u00a0]{2,}(?=\S)")
_MARKER = re.compile(r"(?:^|\n)[^\S\n]*(?:[-*+>]|\d+[.)])$")


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """Runs of spaces within a line, outside quotations, tables and the marks of lists."""
    for passage in manuscript.body:
        if passage.kind == "heading":
            continue
        text = without_tables(passage.unquoted)
        for match in _DOUBLE.finditer(text):
            if not _MARKER.search(text, max(0, match.start() - 12), match.start()):
                message = "Two spaces stand here." if len(match[0]) == 2 else f"{len(match[0])} spaces stand here."
                yield Hit(passage, *match.span(), message, mend=Mend(passage, *match.span(), " "))


RULE = Rule(
    code="W109",
    name="double-space",
    severity=Severity.WARNING,
    what="Two or more spaces between words of a text. Tables and quotations are free.",
    why="It shows where words were moved, and a search for the words does not find them.",
    example="... into a zone of peace.[3]  In June ...",
    instead="Leave one.",
    check=find,
)
