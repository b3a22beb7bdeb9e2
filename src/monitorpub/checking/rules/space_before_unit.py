"""W111: a space between a figure and its unit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitorpub.checking.manuscript import Manuscript
from monitorpub.checking.prose import is_english, running
from monitorpub.checking.rule import Hit, Mend, Rule, Severity

_SPACED = re.compile(r"(?<=\d)([ \u00a0\u202f]|[ ]?\n[ ]?)(%|(?:k|c|m)?m[²2]?|kg)(?![\w²/])")


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """Spaces before %, km, m and kg in running text."""
    if not is_english(manuscript):
        return
    for passage in running(manuscript):
        for match in _SPACED.finditer(passage.unquoted):
            if match[2] == "m" and re.match(r"\s+(?:people|dollars|euros|pounds)\b", passage.unquoted[match.end() :]):
                continue
            message = f"A space stands between the figure and “{match[2]}”."
            mend = None if "\n" in match[1] else Mend(passage, match.start(1), match.end(1), "")
            yield Hit(passage, *match.span(), message, mend=mend)


RULE = Rule(
    code="W111",
    name="space-before-unit",
    severity=Severity.WARNING,
    what="A space between a figure and %, km, km², m, m², cm, mm or kg in running text. Quotations, tables and key data are free.",
    why="The houses close them up: 84%, 1,000km², 248km-long. One volume has one form.",
    example="The strip covers 1,000 km².",
    instead="Close it up: 1,000km².",
    check=find,
)
