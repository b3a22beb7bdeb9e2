"""Quotation marks of languages, as in CLDR (https://cldr.unicode.org, the delimiters of each language).

Straight quotes are paired by markdown-it; which marks they become is decided here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

ENGLISH = "“”‘’"

QUOTES: dict[str, Sequence[str]] = {
    "fr": ["«\u202f", "\u202f»", "‹\u202f", "\u202f›"],
    "ja": "「」『』",
    "zh-tw": "「」『』",
    "zh-hk": "「」『』",
    "zh-hant": "「」『』",
} | {
    language: quotes
    for quotes, languages in {
        "„“‚‘": "de lb is cs sk sl hr et mk dsb hsb",
        "«»‹›": "de-ch de-li fa am ti fr-ch it-ch rm",
        "«»“”": "es it ca ast pt-pt pt-ao pt-mz pt-tl pt-cv pt-gw el sq hy",
        "«»„“": "ru uk be ky",
        "«»‘’": "nb nn no",
        "„”«»": "pl ro",
        "„”»«": "hu",
        "„“„“": "bg lt",
        "„“‘‘": "sr",
        "„”‘’": "bs",
        "„““”": "ka",
        "””’’": "sv fi he se",
        "”“’‘": "ar",
        "‘’‘’": "nl",
        "‘’“”": "cy",
    }.items()
    for language in languages.split()
}
"""The marks of quotations, and of quotations in quotations.  Languages that are not here have the marks of English."""


def quotes_of(language: str) -> Sequence[str]:
    """The marks for a language tag: those of ``pt-PT`` differ from those of ``pt``."""
    parts = language.lower().split("-")
    for length in range(len(parts), 0, -1):
        if found := QUOTES.get("-".join(parts[:length])):
            return found
    return ENGLISH


_DECADE = re.compile(r"(?<![\w'])'(?=\d\ds\b)")
_YEAR = re.compile(r"(?<![\w'])'(?=\d\d\b)")


def decades(state: Any) -> None:
    """An apostrophe before the figures of a decade (’90s), which opens no quotation."""
    _apostrophes(state, _DECADE)


def years(state: Any) -> None:
    """An apostrophe before the figures of a year (’98), where no quotation was found."""
    _apostrophes(state, _YEAR)


def _apostrophes(state: Any, pattern: re.Pattern[str]) -> None:
    for token in state.tokens:
        for child in (token.children or []) if token.type == "inline" else []:
            if child.type == "text":
                child.content = pattern.sub("’", child.content)
