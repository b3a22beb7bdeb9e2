"""W110: a hyphen, two hyphens or a dash with spaces where the house has a closed em dash."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitorpub.checking.manuscript import Manuscript
from monitorpub.checking.prose import is_english, running, without_tables
from monitorpub.checking.rule import Hit, Mend, Rule, Severity

_DASH = re.compile(r"(?<=[^\s|-])(?:[^\S\n]+(-)[^\S\n]*[ \n][^\S\n]*|[^\S\n]*(?<!-)(--)(?!-)\s?|[^\S\n]+[–—]\s?|—[^\S\n]+)(?=[^\s|-])")
_SAID = ("Spaces stand by a dash.", "A hyphen stands for a dash.", "Two hyphens stand for a dash.")


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """Signs that stand for a dash between words, outside quotations and tables; not between figures."""
    if not is_english(manuscript):
        return
    for passage in running(manuscript):
        text = without_tables(passage.unquoted)
        for match in _DASH.finditer(text):
            before, after = text[match.start() - 1], text[match.end()]
            if before.isdigit() and after.isdigit():
                continue
            if not text[: match.start()].rsplit("\n", 1)[-1].strip("-*+ 0123456789."):
                continue  # the mark of a list
            yield Hit(passage, *match.span(), _SAID[match.lastindex or 0], mend=_mend(match, text, Mend(passage, *match.span(), "—")))


def _mend(match: re.Match[str], text: str, mend: Mend) -> Mend | None:
    """No one right answer between two names, as in Seoul - Shinuiju."""
    names = re.search(r"\b[A-Z]\w*$", text[: match.start()]) and re.match(r"[A-Z]", text[match.end() :])
    return None if names or "\n" in match[0] else mend


RULE = Rule(
    code="W110",
    name="hyphen-as-dash",
    severity=Severity.WARNING,
    what="A hyphen between spaces, two hyphens, or a dash with spaces round it, where a dash is meant. Ranges of figures and "
    "quotations are free.",
    why="Both houses print a closed em dash; the other signs break at the end of a line in the wrong place.",
    example="The strip -- four kilometres deep -- is mined.",
    instead="Write an em dash without spaces, as in: the strip—four kilometres deep—is mined.",
    check=find,
)
