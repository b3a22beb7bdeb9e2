"""A104: a paragraph in bold that stands in place of a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitorpub.checking.manuscript import Manuscript
from monitorpub.checking.prose import CALL
from monitorpub.checking.rule import Hit, Rule, Severity

_LINE = re.compile(
    rf"(?:\A|(?<=\n))[ ]{{0,3}}(?P<head>(\*\*|__)(?=\S)[^*_\n]+(?<![\s.!?…])\2)[:：]?(?:{CALL})*[ \t]*(?=\n[ \t]*\n[ \t]*\S)"
)


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """Paragraphs of bold words alone, without a full stop, with another paragraph under them."""
    for passage in manuscript.passages:
        if passage.kind not in ("text", "recommendation") or passage.inline or manuscript.written is None:
            continue
        for match in _LINE.finditer(passage.text):
            above = passage.text[: match.start()]
            if not above.strip() or re.search(r"\n[ \t]*\n\Z", above):
                yield Hit(passage, *match.span("head"), "A paragraph in bold stands in place of a heading.")


RULE = Rule(
    code="A104",
    name="strong-as-heading",
    severity=Severity.WARNING,
    what="A paragraph of a few bold words that stands over others as a heading does.",
    why="It looks like a heading and is none: it is in no outline, and who goes from heading to heading passes it over.",
    example="**Land release**",
    instead="Make it the title of a section: - title: Land release",
    check=find,
)
