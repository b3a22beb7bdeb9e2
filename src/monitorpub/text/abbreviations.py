"""Abbreviations in a text: what is one, and where it is spelt out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from monitorpub.text.quotations import NOTHING, masked
from monitorpub.text.typed import without_calls, without_titles

if TYPE_CHECKING:
    from monitorpub.number import Numbered

Pair = tuple[str, str]
"""An abbreviation and its long form."""

KNOWN_ABBREVIATIONS = frozenset(
    """
    UN US USA UK EU USSR UAE AIDS HIV COVID NGO NGOS NATO UNESCO UNICEF INTERPOL OSCE HALO PDR DR
    TV PC CD DVD PDF GPS DNA ID FAQ CEO PHD MP MPS VIP VAT GDP ISO ISBN ISSN
    AD BC AM PM DC USD EUR GBP CHF KM
    BBC CNN ABC CBS NBC AFP KBS MBC SBS NHK TASS NK DW
    """.split()
)
"""Abbreviations that are not spelt out: states and bodies known by them, everyday ones, currencies, agencies of news."""

STRESSED_WORDS = frozenset(
    """
    NO NOT NONE NOTE NOTES ALL ANY AND OR BUT IF THE TO OF IN ON AT BY FOR FROM WITH IS ARE WAS BE IT AN AS WE SO UP MUST SHALL MAY
    CAN ONLY NEVER ALSO BOTH EACH NEW OLD YES SEE UPDATE SUMMARY STATE STATES PARTY PARTIES MINE MINES HIGH MEDIUM LOW POOR GOOD
    NORTH SOUTH EAST WEST BOX KEY DATA TABLE FIGURE SOURCE TITLE
    """.split()
)
"""Plain words that stand in capitals for stress, or at the head of a line."""

DESIGNATIONS = frozenset("KMGU APP PMN PMD POMZ OZM MON PFM TM BLU CBU RBK BBM PTAB MRUD PROM VS PMR GYATA TS PPM MORAN BM".split())
"""Types of weapon: names, not abbreviations that could be spelt out."""

_TOKEN = re.compile(r"(?<![\w.])[A-Z]{2,}(?:s\b)?(?!\w)(?!\.[A-Z])")
_MAY_SPELL_OUT = re.compile(
    r"[(\[][^()\[\]]*(?<![\w.])[A-Z]{2,}|[A-Z]{2,}s?[”\"*\]]*(?:\{[^{}]*\}|\[\^[^\]]*\])*[^\S\n]*[(\[](?!\^)|,\sor\s"
)
"""Brackets round or behind capitals, and other places where an abbreviation may be spelt out."""
_ROMAN = re.compile(r"[IVX]+")
_CHUNK = re.compile(r"[^\s\0—–]*$"), re.compile(r"[^\s\0—–]*")
_DESIGNATED = re.compile(r"\s+[A-Z]+-?\d")
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_BEFORE = re.compile(r"[(\[](?:[^()\[\]]*(?:[,;]|\b(?:or|as|acronym|hereafter|hereinafter|called|known|the)))?[\s“\"*\u2060]*$")
_AFTER = re.compile(r"[\s”\"*\u2060]*(?:[)\]]|[,;]|\sor\b)")
_LONG_AFTER = re.compile(r"\u2060*[^\S\n]*[(\[]([^()\[\]]{4,120})[)\]]")

REACH = 160
"""Signs before an abbreviation in which its long form is looked for."""


def collected(numbered: Numbered) -> list[Pair]:
    """What a profile or chapter spells out, in its texts and in its notes: each pair once, in the order of the text."""
    notes = [*numbered.notes, *(note for row in numbered.table_notes.values() for note in row)]
    texts = [*(parsed.text for parsed in numbered.parsed.values()), *(note.parsed.text for note in notes)]
    return list(dict.fromkeys((short, _typed(long)) for text in texts for short, long in spelt_out(text.source)))


def spelt_out(text: str) -> list[tuple[str, str]]:
    """The abbreviations that a text, as it was typed, spells out: short and long form, in the order of the text.

    Areas that are called SHAs give the long form of an SHA: an s at the end of both is left out.
    """
    found: list[Pair] = []
    if not _MAY_SPELL_OUT.search(text):
        return found  # what takes time is to mask quotations
    for short, start, end, long in in_typed(masked(text)):
        if long:
            plural = end - start > len(short) and re.search(r"[^s]s$", long) and not long.endswith("ies")
            found.append((short, long[:-1] if plural else long))
    return found


@lru_cache(maxsize=1024)
def in_typed(unquoted: str) -> tuple[tuple[str, int, int, str | None], ...]:
    """The same for a text as it was typed, of which quotations are masked; two rules ask."""
    return tuple(found_in(without_titles(without_calls(unquoted))))


def found_in(text: str, *, capitals: bool = False) -> Iterator[tuple[str, int, int, str | None]]:
    """Short form, start and end of each abbreviation in running words; and its long form where it is spelt out here, ``""`` where it
    seems to be and that cannot be told, None elsewhere.  Of a line in capitals, nothing is read without ``capitals``.
    """
    if not capitals and sum(c.isupper() for c in text) * 2 > sum(c.isalpha() for c in text):
        return
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


def _typed(long: str) -> str:
    """A long form in one line, with the apostrophe of print and without signs of Markdown."""
    return re.sub(r"(?<=\w)'(?=\w|\s)", "’", " ".join(re.sub(r"[*`\\]", "", long).split()))
