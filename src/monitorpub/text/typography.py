"""The small signs of print: en dashes in ranges, km², spaces that do not break.

Each is decided by rule and never inside quoted matter, which keeps its own spelling.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

NO_BREAK = "\u00a0"

RIGHT_TO_LEFT = {"ar", "dv", "fa", "he", "ps", "ur", "yi"}
"""Languages that are written from right to left."""

RIGHT_TO_LEFT_SCRIPTS = {"adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"}


def is_right_to_left(language: str) -> bool:
    """Whether words in a language (BCP 47) are written from right to left: by its script, if the tag names one, else by the language."""
    first, *others = language.lower().split("-")
    script = next((part for part in others[:1] if len(part) == 4), None)
    return script in RIGHT_TO_LEFT_SCRIPTS if script else first in RIGHT_TO_LEFT


MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"

_OPENING = {"“": "”", "«": "»", "„": "“”", "‘": "’"}

_RULES: list[tuple[re.Pattern[str], str]] = [
    # pp. 8-9 and 25/35-26/35: always a range.
    (re.compile(r"(?<=\bpp\. )(\d+(?:/\d+)?)-(?=\d)"), "\\1–"),
    (re.compile(r"(?<=[\d\s(~])(\s?)(km|m|cm|mm)2(?!\w)"), "\\1\\2²"),
    (re.compile(r"(?<=\d) (?=(?:km²|m²|km|m|cm|mm|ha|kg|g|t|%|million|billion|trillion)(?!\w))"), NO_BREAK),
    (re.compile(r"\b(pp?\.|[Nn]os?\.|[Vv]ol\.|[Aa]rt\.|n\.|[Aa]rticle|[Aa]nnex|[Tt]able|[Ff]igure|[Ff]orm|[Ss]ection)"
                r" (?=[\dA-Z]\b|\d)"),
     "\\1" + NO_BREAK),
    (re.compile(r"(?<![\w.])([A-Z]\.) (?=[A-Z]\. ?[A-Z])"), "\\1" + NO_BREAK),
    (re.compile(rf"(?<![\w-])(\d{{1,2}}) (?=(?:{MONTHS})\b)"), "\\1" + NO_BREAK),
]  # fmt: skip
# 1950-1953, 2018-25.  Not 2024-02-30, which is a date, and not 2024-02, which is a month.
_YEARS = re.compile(r"(?<![\w/.+-])((?:19|20)\d\d)-((?:19|20)?\d\d)(?![\w/-]|\.\d)")
# 8-9 and 1,000-2,000.  Not 020-794, which is a telephone number.
_SMALL_RANGE = re.compile(r"(?<![\w/.,+-])((?!0)\d{1,3}(?:,\d{3})*)-((?!0)\d{1,3}(?:,\d{3})*)(?![\w/-]|[.,]\d)")


class Quoting:
    """Where quotations begin and end, kept over the pieces of a paragraph."""

    def __init__(self, quotes: Sequence[str] = "“”‘’") -> None:
        self._closing: list[str] = []
        pairs = zip((mark.strip() for mark in quotes[::2]), (mark.strip() for mark in quotes[1::2]), strict=True)
        self._opening = _OPENING | {opening: closing for opening, closing in pairs if opening != "’"}  # more often an apostrophe

    def pieces(self, text: str) -> list[tuple[str, bool]]:
        """The text in stretches, each with whether it is quoted."""
        out: list[tuple[str, bool]] = []
        start = 0
        for index, sign in enumerate(text):
            before, after = text[index - 1 : index], text[index + 1 : index + 2]
            quoted = bool(self._closing)
            if self._closing and sign in self._closing[-1] and not (sign == "’" and after.isalpha()):
                self._closing.pop()
            elif sign in self._opening and not (sign in "‘”" and before.isalnum()):
                self._closing.append(self._opening[sign])
            else:
                continue
            if bool(self._closing) != quoted:
                out.append((text[start : index + 1], quoted))
                start = index + 1
        out.append((text[start:], bool(self._closing)))
        return [piece for piece in out if piece[0]]


def refine(text: str, quoting: Quoting | None = None) -> str:
    """The text with the signs of print, outside quotations."""
    pieces = (quoting or Quoting()).pieces(text)
    return "".join(piece if quoted else _refine(piece) for piece, quoted in pieces)


def keep_together(text: str) -> str:
    """The text with spaces that do not break where a figure belongs to its word; every other sign stays."""
    for pattern, sign in _RULES:
        if NO_BREAK in sign:
            text = pattern.sub(sign, text)
    return text


def _refine(text: str) -> str:
    for pattern, sign in _RULES:
        text = pattern.sub(sign, text)
    return _SMALL_RANGE.sub(_range, _YEARS.sub(_years, text))


def _years(match: re.Match[str]) -> str:
    """2018-25 ends after it begins; what does not is something else and stays."""
    first, last = match.groups()
    return f"{first}–{last}" if first[-len(last) :] < last else match[0]


def _range(match: re.Match[str]) -> str:
    """8-9 is a range; 9-8 or 1-1 is something else and stays."""
    low, high = (int(part.replace(",", "")) for part in match.groups())
    return f"{match[1]}–{match[2]}" if low < high else match[0]
