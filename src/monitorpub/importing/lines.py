"""The lines of a plain text as an editor sees them: which is a heading, a value, a bullet, a date, and where a paragraph goes on."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from monitorpub.checking.manuscript import NoteCall

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_MONTH = r"(?P<month>(?:" + "|".join(f"{name[:3]}(?:{name[3:]}|\\.)?" for name in MONTHS) + r"|sept\.?))"
_DAY_FIRST = re.compile(rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH},?\s+(?P<year>\d{{4}})", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})", re.IGNORECASE)
_MONTH_ONLY = re.compile(rf"{_MONTH},?\s+(?P<year>\d{{4}})", re.IGNORECASE)
_FIGURES = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})|(?P<day2>\d{1,2})[./](?P<month2>\d{1,2})[./](?P<year2>\d{4})")
_UPDATED = re.compile(
    r"\s*(?:(?:page |profile )?last (?:updated|modified|reviewed)|updated|date of last update)(?: on)?\s*:?\s*(.{4,40}?)\.?\s*$",
    re.IGNORECASE,
)

BULLET = re.compile(r"\s*[-•–*·▪◦‣●○□■]\s+(?=\S)")
COUNTED = re.compile(r"\s*(\d{1,3})[.)]\s+(?=\S)")
LONE_HYPHEN = re.compile(r"\s*[-–—]\s*$")
_UNFINISHED = re.compile(r"[\w,;–—-]$")
_CLOSING = "”’\"')]*_ "

_VALUE = re.compile(
    r"(?:not\b|none\b|no\b|yes\b|unknown\b|n/?[ar]\b|nil\b|zero\b|abstained\b|voted\b|has (?:never|not)\b|have\b|is\b|was\b|"
    r"states? part(?:y|ies)\b|signatory\b|non-signatory\b|party\b|\d|approximately\b|about\s\d|less than\b|more than\b|at least\b|"
    r"unclear\b|ongoing\b|completed\b|"
    r"pending\b|light\b|medium\b|heavy\b|massive\b|low\b|high\b|acceded\b|ratified\b|signed\b|attended\b|participated\b|submitted\b)",
    re.IGNORECASE,
)
HEADING_WORDS = 12
VALUE_WORDS = 25


@dataclass(eq=False)
class Line:
    """A line of the text, or several that make one paragraph."""

    number: int
    """Where it begins in the file, from 1."""
    raw: str
    """As it stands there, tabs and all."""
    typed: str
    """Its words, with their calls."""
    calls: list[tuple[NoteCall, str]] = field(default_factory=list)
    """The calls in ``typed``, each with its key."""
    gap: int = 0
    """Empty lines above it."""
    after_notes: bool = False

    @property
    def words(self) -> str:
        """Its words without calls."""
        out = self.typed
        for call, _ in reversed(self.calls):
            out = out[: call.start] + out[call.end :]
        return " ".join(out.split())

    @property
    def tabbed(self) -> bool:
        """Whether it is a row of a table."""
        return "\t" in self.raw.strip()

    @property
    def is_heading(self) -> bool:
        """Whether it looks like a heading: few words, a capital or a figure first, and no stop at the end."""
        words = self.words
        first, last = words.lstrip("“\"‘'*")[:1], words.rstrip(_CLOSING)[-1:]
        few = len(words) <= 120 and len(words.split()) <= HEADING_WORDS
        return few and not self.tabbed and (first.isupper() or first.isdigit()) and last not in (".", "!", "?", ";", ",", ":", "…", "")

    @property
    def is_value(self) -> bool:
        """Whether it looks like the value of a label: it begins as answers do."""
        words = self.words
        few = len(words.split()) <= VALUE_WORDS and not self.tabbed
        return few and _VALUE.match(words) is not None and not (words.endswith((".", ":")) and len(words.split()) > HEADING_WORDS)

    @property
    def in_capitals(self) -> bool:
        """Whether it is written in capitals alone."""
        return in_capitals(self.words)

    @property
    def unfinished(self) -> bool:
        """Whether a sentence goes on behind its end."""
        return len(self.words.split()) > HEADING_WORDS and _UNFINISHED.search(self.words) is not None


def in_capitals(words: str) -> bool:
    """Whether words are written in capitals alone; one abbreviation does not count."""
    letters = [sign for sign in words if sign.isalpha()]
    return len(letters) > 3 and not any(sign.islower() for sign in re.sub(r"\b[ck]?m[²2]?\b", "", words) if sign.isalpha())


def updated(words: str) -> tuple[date, bool] | None:
    """The day of a line such as ``Last updated: 05 September 2023``, and whether it is certain; None for other lines."""
    match = _UPDATED.match(words)
    return read_day(match[1]) if match else None


def read_day(words: str) -> tuple[date, bool] | None:
    """A day in one of its forms, and whether there was no doubt; a month alone is taken for its first day."""
    words = words.strip()
    for pattern in (_DAY_FIRST, _MONTH_FIRST, _MONTH_ONLY, _FIGURES):
        if match := pattern.fullmatch(words):
            found = {name.rstrip("2"): value for name, value in match.groupdict().items() if value}
            month = int(found["month"]) if found["month"].isdigit() else _month(found["month"])
            try:
                return date(int(found["year"]), month, int(found.get("day", 1))), "day" in found and "/" not in words
            except ValueError:
                return None
    return None


def days_in(text: str) -> list[date]:
    """All full dates of a text, in its order."""
    found = (read_day(match[0]) for pattern in (_DAY_FIRST, _MONTH_FIRST) for match in pattern.finditer(text))
    return [one[0] for one in found if one]


def _month(name: str) -> int:
    return next(index for index, month in enumerate(MONTHS, 1) if month.startswith(name.lower()[:3]))
