"""W106: a word in the spelling of the other house."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from monitorpub.checking.manuscript import Manuscript
from monitorpub.checking.prose import without_titles
from monitorpub.checking.rule import Hit, Mend, Rule, Severity
from monitorpub.checking.words import METRES, NUMBER_WORDS, respelt

_START, _END = r"(?<![\w@./#’'])", r"(?![\w@/]|[’']\w|\.\w)"
_COMPUTER = re.compile(r"\b(?:computer|software|television|tv|radio|data|spreadsheet)\s+$", re.IGNORECASE)
_MEASURED = re.compile(rf"(?:\d|\b(?:{NUMBER_WORDS}|square|cubic|few|several|of))[\s-]$", re.IGNORECASE)
_NAMES = {"en-GB": "British", "en-US": "American"}


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """Words in small letters that the profile's language spells in another way."""
    table = _table(manuscript.language)
    if not table:
        return
    for passage in manuscript.body:
        if passage.kind == "heading" and manuscript.written is None:
            continue  # the site's own words
        text = without_titles(passage.unquoted)
        for match in _words(manuscript.language).finditer(text):
            word, before = match[0], text[max(0, match.start() - 20) : match.start()]
            if (word.startswith("met") and not _MEASURED.search(before)) or (word.startswith("program") and _COMPUTER.search(before)):
                continue
            message = f"The {_NAMES[manuscript.language]} spelling of “{word}” is “{table[word]}”."
            yield Hit(passage, *match.span(), message, f"Write “{table[word]}”.", Mend(passage, *match.span(), table[word]))


def _table(language: str) -> dict[str, str]:
    return respelt(language) | METRES.get(language, {})


@cache
def _words(language: str) -> re.Pattern[str]:
    """The words of the other spelling, whole or as the last part of one with hyphens (self-defense), by their first two letters."""
    groups: dict[str, list[str]] = {}
    for word in sorted(_table(language), reverse=True):
        groups.setdefault(word[:2], []).append(word[2:])
    return re.compile(_START + "(?:" + "|".join(f"{begin}(?:{'|'.join(rest)})" for begin, rest in groups.items()) + ")" + _END)


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
