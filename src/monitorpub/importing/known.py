"""What a profile must say of itself, where the document says it or where it can be guessed: country, edition, date, layout."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from monitorpub.importing.document import Dated, Document, Facts, Heading, Table, texts
from monitorpub.importing.lines import MONTHS, days_in
from monitorpub.importing.roles import role_of, since_of
from monitorpub.model.countries import countries_in, country_named, short_name

VOLUMES = {
    "clearing-the-mines": "Clearing the Mines",
    "clearing-the-mines-2021": "Clearing the Mines",
    "monitor-profile": "Landmine and Cluster Munition Monitor",
    "monitor-overview": "Landmine and Cluster Munition Monitor",
    "country-report": "Landmine Monitor",
    "faq": "Frequently asked questions",
}
"""The report that profiles of a layout mostly belong to."""

DOMINANT = 1.5
"""How much more often than any other the country is named that a text is about."""

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_MONTH_YEAR = re.compile(rf"\b({'|'.join(MONTHS)})\s+((?:19|20)\d\d)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Known:
    """The fields at the head of a profile."""

    layout: str
    code: str
    country: str
    formal_name: str
    title: str
    volume: str
    edition: int
    last_updated: date


def known(document: Document, layout: str, file: Path) -> Known:
    """The fields, with a remark in the document for each that was guessed; ``layout`` is empty where it is to be guessed too."""
    if not layout:
        layout, why = guessed_layout(document)
        document.say("guessed", 0, f"the layout {layout}: {why}")
    code, country, formal, title = _country(document, file)
    updated, found = _updated(document)
    edition = _edition(document, layout, updated if found else None)
    if updated.year > edition + 1:
        edition = updated.year
    volume = VOLUMES.get(layout, title or "Country profiles")
    document.say("guessed", 0, f"the volume {volume}, the edition {edition}")
    return Known(layout, code, country, formal, title, volume, edition, updated)


def guessed_layout(document: Document) -> tuple[str, str]:
    """The layout that a document looks like, and why."""
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    roles = {block.role or role_of(block.text) for block in headings}
    dates = sum(isinstance(block, Dated) for block in document.blocks)
    questions = sum(block.role == "question" for block in headings)
    asked = sum(block.text.rstrip().endswith("?") for block in headings)
    if questions or asked * 2 > len(headings) > 1:
        return "faq", f"it has {max(questions, asked)} questions"
    if any(since_of(block.text) for block in headings):
        return "country-report", "it has key developments since a date"
    if roles & {"key-data", "recommendations", "capacity"}:
        scored = any(isinstance(block, Table) and _is_scored(block) for block in document.blocks)
        return ("clearing-the-mines-2021", "it has scores") if scored else ("clearing-the-mines", "it has key data or recommendations")
    if dates > 1:
        return "monitor-profile", f"{dates} sections have dates of their own"
    if dates and any(isinstance(block, Facts) for block in document.blocks):
        return "monitor-overview", "it has one date and a table of labels and values"
    return ("monitor-overview", "it has one date") if dates else ("country-report", "it has headings and text")


def _is_scored(table: Table) -> bool:
    head = " ".join(cell for row in table.rows[:1] for cell in row.cells).lower()
    return "criterion" in head and "score" in head


def _country(document: Document, file: Path) -> tuple[str, str, str, str]:
    """Code, short name, formal name and title."""
    if found := country_named(document.title):
        code, name = found
        first, comma, rest = document.title.partition(", ")
        turned = f"{rest} {first}" if comma else document.title
        if comma:
            document.say("changed", 0, f"the title “{document.title}” is now the name “{turned}”")
        formal = "" if turned.lower() == name.lower() else turned
        return code, name, formal, ""
    if found := country_named(re.sub(r"[_-]+", " ", file.stem)):
        document.say("guessed", 0, f"the country {found[1]}, from the name of the file")
        return found[0], found[1], "", document.title
    counts = countries_in("\n".join(texts(document.blocks)))
    if counts and counts[0][1] > 2 and (len(counts) == 1 or counts[0][1] >= DOMINANT * counts[1][1]):
        code = counts[0][0]
        name = short_name(code)
        document.say("guessed", 0, f"the country {name}: no title names one, and the text names this one most ({counts[0][1]} times)")
        return code, name, "", document.title
    title = document.title or file.stem
    whence = "" if document.title else ", from the name of the file: give it its own"
    document.say("guessed", 0, f"it is about no country; its title is “{title}”{whence}")
    return "", "", "", title


def _updated(document: Document) -> tuple[date, bool]:
    """The day of the last update: the newest that the document states, else the newest in its text; and whether it states one."""
    stated = [block.day for block in document.blocks if isinstance(block, Dated)]
    if stated:
        if len(stated) > 1:
            document.say("guessed", 0, f"last updated on {max(stated).isoformat()}, the newest date of its sections")
        return max(stated), True
    words = "\n".join([*texts(document.blocks), *(note.text or "" for note in document.notes)])
    days = [day for day in days_in(words) if day <= date.today()]
    days = days or [day for match in _MONTH_YEAR.finditer(words) if (day := _first_of(*match.groups())) <= date.today()]
    day = max(days) if days else date.today()
    where = "the newest date in the text and the notes" if days else "which is today"
    document.say("guessed", 0, f"last updated on {day.isoformat()}, {where}: the file does not say it")
    return day, False


def _first_of(month: str, year: str) -> date:
    return date(int(year), MONTHS.index(month.lower()) + 1, 1)


def _edition(document: Document, layout: str, updated: date | None) -> int:
    """The year of the report: the one after the newest in the heads of its tables, or that of its date."""
    heads = [cell for block in document.blocks if isinstance(block, Table) for row in block.rows if row.head for cell in row.cells]
    in_tables = [int(year) for cell in heads for year in _YEAR.findall(cell)]
    if layout.startswith("clearing-the-mines") and in_tables:
        return max(in_tables) + 1
    if updated is not None:
        return updated.year
    since = [since_of(block.text) for block in document.blocks if isinstance(block, Heading)]
    if years := [int(year) for words in since for year in _YEAR.findall(words)]:
        return max(years) + 1
    words = "\n".join([*texts(document.blocks), *(note.text or "" for note in document.notes)])
    found = [int(year) for year in _YEAR.findall(words) if int(year) <= date.today().year]
    return max(found, default=date.today().year)
