"""W108: a space before a comma or a stop."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitorpub.checking.manuscript import Manuscript
from monitorpub.checking.prose import is_english, without_tables
from monitorpub.checking.rule import Hit, Mend, Rule, Severity

_SPACED = re.compile(r"(?<=[^\s|(\[,;:.!?—–-])[^\S\n]+([,;!?]|:(?!\s?\d)|\.(?!\.))(?=[\s\]\[”\"’)]|$|[⁰¹²³⁴⁵⁶⁷⁸⁹])")


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """Spaces before punctuation, outside quotations and tables."""
    if not is_english(manuscript):
        return
    for passage in manuscript.body:
        if passage.kind == "heading":
            continue
        for match in _SPACED.finditer(without_tables(passage.unquoted)):
            yield Hit(passage, *match.span(), f"A space stands before “{match[1]}”.", mend=Mend(passage, *match.span(), match[1]))


RULE = Rule(
    code="W108",
    name="space-before-punctuation",
    severity=Severity.WARNING,
    what="A space before a comma, a stop, a colon, a semicolon, a question mark or an exclamation mark.",
    why="The sign may come to stand alone at the beginning of a line.",
    example="Mines were found , and cleared.",
    instead="Close it up.",
    check=find,
)
