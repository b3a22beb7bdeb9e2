"""S112: a date that is not written as 1 October 2018."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitorpub.checking.in_notes import texts
from monitorpub.checking.manuscript import Manuscript
from monitorpub.checking.rule import Hit, Mend, Rule, Severity
from monitorpub.checking.sources import MONTHS

_NAMES = MONTHS.split("|")
_SHORT = r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?![\w-])"
_FORMS = (
    re.compile(rf"(?<![\w/.-])(?P<month>{MONTHS}|(?:{_SHORT})\b\.?)\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s{_YEAR}"),
    re.compile(rf"(?<![\w/.-])(?P<day>\d{{1,2}})(?:st|nd|rd|th)(?:\sof)?\s(?P<month>{MONTHS}|(?:{_SHORT})\b\.?),?\s{_YEAR}"),
    re.compile(rf"(?<![\w/.-])(?P<day>\d{{1,2}})\s(?P<month>(?:{_SHORT})\b\.?),?\s{_YEAR}"),
    re.compile(rf"(?<![\w/.-])(?P<day>\d{{1,2}})\s(?P<month>{MONTHS}),\s{_YEAR}"),
    re.compile(rf"(?<![\w/.-])(?P<day>0\d)\s(?P<month>{MONTHS})\s{_YEAR}"),
    re.compile(rf"(?<![\w/.-])(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?{_YEAR}"),
    re.compile(rf"(?<![\w/.-])(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})/{_YEAR}(?!/)"),
)
_VERSION = re.compile(r"(?:\bv|\bver|\bversions?|\brelease|\brev|\brevision|\bbuild|\bedition|§|\bsection|\bno)\.?\s*$", re.IGNORECASE)
_UPDATED = re.compile(r"last updated:?\s+$", re.IGNORECASE)


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """Dates in another form, outside quotations.  The Monitor writes the day of “Last updated” with two figures."""
    if not manuscript.language.startswith("en"):
        return
    for name, passage in [*texts(manuscript), *(("The text", p) for p in manuscript.body)]:
        text = passage.unquoted
        for form in _FORMS:
            for match in form.finditer(text):
                if manuscript.house == "monitor" and _UPDATED.search(text[: match.start()]) and match[0].startswith("0"):
                    continue
                right = _right(match)
                if right is None:
                    continue
                shown = " ".join(match[0].split())
                certain = not match["month"].isdigit() or _is_certain(match, text)
                mend = Mend(passage, *match.span(), right) if certain and "\n" not in match[0] else None
                hint = f"Write {right}" if certain else "Write day, month in letters, year: 1 October 2018"
                yield Hit(passage, *match.span(), f"{name} has the date {shown}, which is not the form of the house.", hint, mend)


def _is_certain(match: re.Match[str], text: str) -> bool:
    """Whether figures are a date that can be read in one way only: not where day and month could be swapped, nor a version."""
    day, month = int(match["day"]), int(match["month"])
    return (max(day, month) > 12 or day == month) and not _VERSION.search(text[: match.start()])


def _right(match: re.Match[str]) -> str | None:
    """The date as the house writes it, if it is one."""
    day, month = int(match["day"]), match["month"]
    if month.isdigit():
        first, second = (day, int(month)) if int(month) <= 12 or "/" not in match[0] else (int(month), day)
        if not (1 <= first <= 31 and 1 <= second <= 12):
            return None
        return f"{first} {_NAMES[second - 1]} {match['year']}"
    name = next(full for full in _NAMES if full.startswith(month.rstrip(".")[:3]))
    return f"{day} {name} {match['year']}" if 1 <= day <= 31 else None


RULE = Rule(
    code="S112",
    name="date-form",
    severity=Severity.WARNING,
    what="A date in another form than day, month in letters, year. Quotations keep theirs, and so does “Last updated” in the Monitor.",
    why="01/10/2018 is in October for one reader and in January for another.",
    example="October 1, 2018 · 1st October 2018 · 01/10/2018 · 05 September 2023",
    instead="1 October 2018 · 5 September 2023",
    check=find,
)
