"""The order of rows: figures by size, dates by the calendar, words by the alphabet, and what is not reported at the end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from monitorpub.collation import sort_key

_ISO = re.compile(r"((?:19|20|21)[0-9]{2})-([0-9]{2})-([0-9]{2})")
_YEAR = re.compile(r"(?:19|20|21)[0-9]{2}\b")


def in_order(keys: Sequence[tuple[Decimal | None, str]], language: str, *, descending: bool = False) -> list[int]:
    """The rows in order, by their keys: a figure, or else words.  Rows with the same key stay as they stood."""
    kinds: dict[int, list[tuple[Any, int]]] = {0: [], 1: [], 2: [], 3: []}
    for index, (number, words) in enumerate(keys):
        if number is not None:
            kinds[0].append((number, index))
        elif day := day_in(words, language):
            kinds[1].append((day, index))
        else:
            kinds[2 if words else 3].append((sort_key(words, language) if words else 0, index))
    ordered = (sorted(kinds[kind], key=lambda pair: pair[0], reverse=descending) for kind in kinds)
    return [index for rows in ordered for _, index in rows]


def day_in(words: str, language: str) -> tuple[int, int, int] | None:
    """The date with which words begin, such as "1 March 2028 (as reported in 2021)"; a month or a year alone is its first day."""
    if match := _ISO.match(words):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _YEAR.match(words):
        return int(match[0]), 0, 0
    pattern, months = _months(language)
    if match := pattern.match(words.lower()):
        return int(match["year"]), months[match["month"]], int(match["day"] or 0)
    return None


@lru_cache(maxsize=16)
def _months(language: str) -> tuple[re.Pattern[str], dict[str, int]]:
    """The names of months in the language and in English (CLDR, by Babel)."""
    from babel import Locale, UnknownLocaleError

    months: dict[str, int] = {}
    for name in (language, "en"):
        try:
            locale = Locale.parse(name, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
        for context in ("format", "stand-alone"):
            for month, written in locale.months[context]["wide"].items():
                months.setdefault(written.lower(), month)
    names = "|".join(re.escape(name) for name in sorted(months, key=len, reverse=True))
    pattern = rf"(?:(?P<day>[0-9]{{1,2}})(?:er|st|nd|rd|th|\.)?\s+(?:de\s+)?)?(?P<month>{names})\s+(?:de\s+)?(?P<year>[0-9]{{4}})\b"
    return re.compile(pattern), months
