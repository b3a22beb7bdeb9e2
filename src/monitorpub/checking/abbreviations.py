"""Abbreviations in a manuscript: where each is used and where it is spelt out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from monitorpub.checking.manuscript import Manuscript, Passage
from monitorpub.checking.prose import without_calls, without_titles
from monitorpub.checking.quotations import NOTHING, masked
from monitorpub.checking.words import DESIGNATIONS, KNOWN_ABBREVIATIONS, STRESSED_WORDS

_TOKEN = re.compile(r"(?<![\w.])[A-Z]{2,}(?:s\b)?(?!\w)(?!\.[A-Z])")
_ROMAN = re.compile(r"[IVX]+")
_CHUNK = re.compile(r"[^\s\0—–]*$"), re.compile(r"[^\s\0—–]*")
_DESIGNATED = re.compile(r"\s+[A-Z]+-?\d")
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_BEFORE = re.compile(r"[(\[](?:[^()\[\]]*(?:[,;]|\b(?:or|as|acronym|hereafter|hereinafter|called|known|the)))?[\s“\"*\u2060]*$")
_AFTER = re.compile(r"[\s”\"*\u2060]*(?:[)\]]|[,;]|\sor\b)")
_LONG_AFTER = re.compile(r"\u2060*[^\S\n]*[(\[]([^()\[\]]{4,120})[)\]]")

REACH = 160
"""Signs before an abbreviation in which its long form is looked for."""


@dataclass(frozen=True)
class Use:
    """An abbreviation in a text; ``long`` is its long form where it is spelt out here, ``""`` where that cannot be told."""

    short: str
    passage: Passage
    start: int
    end: int
    long: str | None = None

    @property
    def explains(self) -> bool:
        """Whether the reader learns here what it means."""
        return self.long is not None


def scopes(manuscript: Manuscript) -> Iterator[tuple[str, list[Passage]]]:
    """The stretches in each of which an abbreviation is spelt out: the whole, or each section in the house of the Monitor."""
    found: dict[str, list[Passage]] = {}
    for passage in manuscript.body:
        name = ""
        if manuscript.house == "monitor":
            match = re.search(r"(?:^|\.)sections\[(\d+)\]", passage.field)
            name = match[0] if match else passage.series
        found.setdefault(name, []).append(passage)
    yield from found.items()


def uses(passage: Passage) -> Iterator[Use]:
    """The abbreviations of a passage, outside quotations, titles, code and designations."""
    for short, start, end, long in _uses(passage.unquoted):
        yield Use(short, passage, start, end, long)


def spelt_out(text: str) -> list[tuple[str, str]]:
    """The abbreviations that a text, as it was typed, spells out: short and long form, in the order of the text.

    Areas that are called SHAs give the long form of an SHA: an s at the end of both is left out.
    """
    found = []
    for short, start, end, long in _uses(masked(text)):
        if long:
            plural = end - start > len(short) and re.search(r"[^s]s$", long) and not long.endswith("ies")
            found.append((short, long[:-1] if plural else long))
    return found


@lru_cache(maxsize=1024)
def _uses(unquoted: str) -> tuple[tuple[str, int, int, str | None], ...]:
    """Short form, start, end and long form of each; two rules ask."""
    return tuple(_read(without_titles(without_calls(unquoted))))


def _read(text: str) -> Iterator[tuple[str, int, int, str | None]]:
    if sum(c.isupper() for c in text) * 2 > sum(c.isalpha() for c in text):
        return  # a line in capitals
    for match in _TOKEN.finditer(text):
        short = match[0].removesuffix("s")
        before, after = text[max(0, match.start() - REACH) : match.start()], text[match.end() : match.end() + REACH]
        if _is_none(short, before, after):
            continue
        yield short, match.start(), match.end(), _long_form(short, before, after)


def _is_none(short: str, before: str, after: str) -> bool:
    """Whether the capitals are something else: a word for stress, a numeral, part of a symbol or of a type of weapon."""
    if short in KNOWN_ABBREVIATIONS or short in STRESSED_WORDS or short in DESIGNATIONS or _ROMAN.fullmatch(short):
        return True
    head, tail = _CHUNK[0].search(before), _CHUNK[1].match(after)
    around = (head[0] if head else "") + (tail[0] if tail else "")
    if any(c.isdigit() for c in around) or "@" in around or re.search(r"[A-Z]-$", before):
        return True
    if _DESIGNATED.match(after):
        return True
    return bool(re.search(r"\b[A-Z]{3,}\s+$", before) and re.match(r"\s+[A-Z]{3,}\b", after))


def _long_form(short: str, before: str, after: str) -> str | None:
    bracketed = _BEFORE.search(before)
    if bracketed and _AFTER.match(after):
        inside = re.sub(r"[\s,;]+(?:or|the|as)?\s*$", "", bracketed[0][1:])
        return long_form(short, inside) or long_form(short, before[: bracketed.start()]) or ""
    if following := _LONG_AFTER.match(after):
        words = following[1]
        initials = "".join(word[0] for word in _WORD.findall(words)).upper()
        if initials.startswith(short[0]) and len(words.split()) > 1 and long_form(short, words):
            return words
    if re.search(r",\sor\s(?:the\s)?$", before) and (found := long_form(short, re.sub(r",\sor\s(?:the\s)?$", "", before))):
        return found
    return None


def long_form(short: str, words: str) -> str:
    """The words at the end of a text that an abbreviation stands for, else "".

    Every letter is found from right to left, the first at the beginning of a word (Schwartz and Hearst, 2003).
    """
    index = len(words)
    for position in range(len(short) - 1, -1, -1):
        letter = short[position].lower()
        index -= 1
        while index >= 0 and (words[index].lower() != letter or (position == 0 and index > 0 and words[index - 1].isalnum())):
            index -= 1
        if index < 0:
            return ""
    found = words[index:].replace(NOTHING, "").strip()
    count = len(re.split(r"[\s-]+", found))
    if "\0" in found or re.search(r"[.;:!?]\s", found) or count > len(short) * 2 + 2:
        return ""
    return found


def same_words(first: str, second: str) -> bool:
    """Whether two long forms are one: capitals, hyphens, articles and a plural do not tell them apart."""
    return _plain(first) == _plain(second)


def _plain(words: str) -> str:
    text = re.sub(r"\bU\.?N\.?(?=\W)", "united nations", words.replace("’", "'"))
    text = re.sub(r"\bU\.?S\.?(?=\W)", "united states", text)
    parts = re.findall(r"[^\W_]+", re.sub(r"'s?\b", "", text.lower()))
    joined = "".join(part.removesuffix("s") for part in parts if part not in ("the", "of", "on", "and", "for", "to", "in"))
    return joined.replace("s", "z").replace("re", "er")  # organisation and organization, centre and center
