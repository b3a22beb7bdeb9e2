"""A106: two links with the same words that lead to different places."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitorpub.checking.links import links
from monitorpub.checking.manuscript import Manuscript
from monitorpub.checking.prose import line_of
from monitorpub.checking.rule import Hit, Rule, Severity
from monitorpub.checking.rules.link_says_nothing import says_nothing


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """Links whose words another link of the same document has, with another address.  Words with a placeholder are not compared."""
    known: dict[str, tuple[str, int]] = {}
    for passage in manuscript.passages:
        for link in links(passage.text):
            words = " ".join(re.sub(r"[*`]", "", link.words).lower().split())
            if not words or "{" in words or says_nothing(words, manuscript.language):
                continue
            address = link.address.rstrip("/")
            first, line = known.setdefault(words, (address, line_of(passage, link.start)))
            if first != address:
                message = f"The words “{link.words.strip()}” lead to {address or 'nothing'} here, and to {first} in line {line}."
                yield Hit(passage, link.start, link.end, message)


RULE = Rule(
    code="A106",
    name="same-link-words",
    severity=Severity.WARNING,
    what="A link whose words are those of another link in the same document that leads elsewhere.",
    why="In the list of links that is read out the two cannot be told apart.",
    example="[Report](https://www.example.org/2023) … [Report](https://www.example.org/2024)",
    instead="Say which: [Report for 2023](https://www.example.org/2023) … [Report for 2024](https://www.example.org/2024)",
    check=find,
)
