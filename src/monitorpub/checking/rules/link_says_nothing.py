"""A105: words of a link that do not say where it leads."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitorpub.checking.links import links
from monitorpub.checking.manuscript import Manuscript
from monitorpub.checking.rule import Hit, Rule, Severity
from monitorpub.checking.words import EMPTY_LINKS


def says_nothing(words: str, language: str) -> bool:
    """Whether the words of a link are such as could lead anywhere, in its language or in English."""
    said = re.sub(r"[\W_]+", " ", words).strip().lower()
    return said in EMPTY_LINKS["en"] or said in EMPTY_LINKS.get(language.split("-", maxsplit=1)[0].lower(), ())


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """Links that say “here”, “this link” or “read more”."""
    for passage in manuscript.passages:
        for link in links(passage.text):
            if says_nothing(link.words, manuscript.language):
                yield Hit(passage, link.start, link.end, f"The words “{link.words.strip()}” do not say where the link leads.")


RULE = Rule(
    code="A105",
    name="link-says-nothing",
    severity=Severity.WARNING,
    what="A link whose words are “here”, “click here”, “this link”, “read more” or the like (English, French, German, Spanish).",
    why="Links are read out as a list, without the words around them; and in print the reader sees the words only.",
    example="The report can be read [here](https://www.example.org/report).",
    instead="Let the words name what the reader finds there: The [report of 2024](https://www.example.org/report) can be read.",
    check=find,
)
