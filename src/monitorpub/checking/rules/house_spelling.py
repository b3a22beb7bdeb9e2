"""W106: a word in the spelling of the other house."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitorpub.checking.manuscript import Manuscript, Passage
from monitorpub.checking.prose import without_titles
from monitorpub.checking.rule import Hit, Mend, Rule, Severity
from monitorpub.checking.words import METRES, NUMBER_WORDS, respelt

_WORD = re.compile(r"(?<![\w@./#’'])[a-z]+(?:-[a-z]+)*(?![\w@/]|[’']\w|\.\w)")
_COMPUTER = re.compile(r"\b(?:computer|software|television|tv|radio|data|spreadsheet)\s+$", re.IGNORECASE)
_MEASURED = re.compile(rf"(?:\d|\b(?:{NUMBER_WORDS}|square|cubic|few|several|of))[\s-]$", re.IGNORECASE)
_NAMES = {"en-GB": "British", "en-US": "American"}


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """Words in small letters that the profile's language spells in another way."""
    table = respelt(manuscript.language)
    if not table:
        return
    for passage in manuscript.body:
        if passage.kind == "heading" and manuscript.profile is None:
            continue  # the site's own words
        text = without_titles(passage.unquoted)
        for match in _WORD.finditer(text):
            yield from _words(passage, text, match, table, manuscript.language)


def _words(passage: Passage, text: str, match: re.Match[str], table: dict[str, str], language: str) -> Iterator[Hit]:
    """A word, and the parts of one with hyphens: self-defense."""
    position = match.start()
    for word in [match[0]] if match[0] in table else match[0].split("-"):
        right = table.get(word) or (METRES[language].get(word) if _MEASURED.search(text, 0, position) else None)
        if right and not (word.startswith("program") and _COMPUTER.search(text, 0, position)):
            message = f"The {_NAMES[language]} spelling of “{word}” is “{right}”."
            mend = Mend(passage, position, position + len(word), right)
            yield Hit(passage, position, position + len(word), message, f"Write “{right}”.", mend)
        position += len(word) + 1


RULE = Rule(
    code="W106",
    name="house-spelling",
    severity=Severity.WARNING,
    what="A word in American spelling in a profile in en-GB, or in British spelling in one in en-US. Quotations, titles in italics "
    "and names in capitals keep their own; -ize is right in both.",
    why="A volume by many hands reads as one where its spelling is one.",
    example="language: en-GB ... the mine action program ...",
    instead="Write it as the language of the profile does.",
    check=find,
)
