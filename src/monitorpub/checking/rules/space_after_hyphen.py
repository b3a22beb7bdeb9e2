"""S107: a space behind a hyphen within a name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitorpub.checking.in_notes import texts
from monitorpub.checking.manuscript import Manuscript
from monitorpub.checking.rule import Hit, Mend, Rule, Severity

_SPLIT = re.compile(
    r"(?<![\w-])(?:[^\W\d_]+-)*[^\W\d_]+-(\s+)(?!(?:and|or|to|nor|as|but|versus|vs|und|et|ou|y|through|until)\b)([^\W\d_]+)"
)


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """Words that a hyphen and a space divide, outside quotations.  “Pre- and post-war” is let pass."""
    for name, passage in [*texts(manuscript), *(("The text", p) for p in manuscript.body)]:
        for match in _SPLIT.finditer(passage.unquoted):
            gap = match.span(1)
            mend = None if "\n" in match[1] else Mend(passage, *gap, "")
            right = passage.text[match.start() : gap[0]] + match[2]
            yield Hit(passage, *match.span(), f"{name} has a space behind the hyphen of “{right}”.", f"Write {right}.", mend)


RULE = Rule(
    code="S107",
    name="space-after-hyphen",
    severity=Severity.WARNING,
    what="A space between a hyphen and the rest of the word, as where a name was broken at the end of a line.",
    why="The name is found under neither of its halves.",
    example="Song Young- moo",
    instead="Song Young-moo",
    check=find,
)
