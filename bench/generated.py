"""A volume of made-up profiles for measuring: about 5 pages, 35 notes and 4 tables each, the same from the same seed everywhere.

The areas are invented.  Every note has an address of its own, so that notes can be counted in any finished PDF by their links.
"""

from __future__ import annotations

import datetime
import random
from pathlib import Path
from typing import Any

import yaml

NOTES = 35
TITLE = "Sample Volume"
GROUPS = ("States Parties", "States not party", "Other areas")

_SENTENCES = """
{Actor} surveyed {number} hazardous areas in {place} between {month} and {month2} {year}.
The work in {place} was held up by {trouble}, and began again in {month} {year}.
By the end of {year}, {number} of the {number2} tasks planned for {place} had been finished.
Contamination there is said to be {kind}, although no survey has confirmed it.
{Actor} had expected to release {number}km² of land in {place} in {year}, but reached only part of that, as {trouble} \
kept two of its teams from their tasks for most of the season.
Records from before {year} are incomplete.
In {month} {year}, {actor} and {actor2} agreed on a single form for reporting, which also asks for the depth at which each item was found.
Local people were asked where accidents had happened, which paths they use, and which fields they have given up.
The database was cleaned in {year}: {number} areas were entered twice and have been joined, and the borders of \
{number2} others were drawn again.
The number of teams fell from {number} to {number2} over the year.
{Actor} put this down to {trouble}.
A plan for the years up to {year2} sets yearly aims for survey and for clearance, and names those who answer for each.
It has not been costed, and it does not say what is to happen if funds do not come.
Most of the mines destroyed were of {kind2}, found at a depth of less than 20cm, and a few had been moved by water from \
the slopes above {place}.
Where dogs and machines were used together, a team finished an area in about half of the time that it had taken before, \
according to {actor}.
Quality is checked by {actor2}, which visits each task at least twice and takes a sample of the land before it is handed over.
Only {number} per cent of what was cleared in {year} held any mines at all, which shows how much better survey could still become.
Women make up {number} per cent of the staff of {actor}.
Talks on a budget for {year2} had not ended at the time of writing.
Trees that must be felled are counted and planted again elsewhere, under a rule that {actor} adopted in {year}.
The land is wanted above all for grazing, and herders in {place} have asked that the two valleys with the best water be taken first.
No accident was reported from {place} in {year}, for the first time since records began.
"""
_NOTES = """
Email from {person}, {actor}, {day} {month} {year}.
Interview with {person}, {actor}, in {place}, {day} {month} {year}, and email of {day2} {month2} {year}; see also {title}, at {address}.
{Actor}, {title}, {place}, {month} {year}, p. {number}, at {address}.
{title}, {outlet}, {day} {month} {year}, at {address}.
Statement of {actor}, Intersessional Meetings, {day} {month} {year}, at {address}. The figure was corrected in \
{month2}, when two areas in {place} had been measured again.
Report of {actor} for {year}, Form {letter}, pp. {number}–{number2}, at {address}; and {title}, {outlet}, {day} {month} {year}.
"""
_WORDS = {
    "actor": "the national authority|the mine action centre|a national operator|the army’s engineers|"
    "an international operator|the survey unit",
    "place": "the northern districts|the river plain|the eastern border strip|the hill country|the old airfield|the coastal road|"
    "the lake district|the western passes|the salt marshes|the upper valley",
    "trouble": "heavy rain|a lack of funds|insecurity near the border|a want of vehicles|the harvest|floods that cut the only road",
    "kind": "light and scattered|dense along two former lines|of both kinds and badly marked|heavier than had been thought",
    "kind2": "a small blast type|a bounding type|two older types|a type made locally",
    "month": "January|February|March|April|May|June|July|August|September|October|November|December",
    "person": "the Director|the Head of Operations|the Quality Manager|the Programme Manager|the Information Officer",
    "title": "“Survey in the Dry Season”|“Clearing the Last Lines”|“Annual Work Plan”|“Land Release in Figures”|“What Remains to Be Done”",
    "outlet": "*The Morning Paper*|*Field Notes*|*The Border Gazette*|*Journal of Survey*",
    "letter": "A|C|D|F",
}
_SECTIONS = (
    ("Understanding of AP mine contamination", 2, ("New contamination",)),
    ("Programme management", 1, ("National planning", "Information management")),
    ("Gender and diversity", 1, ()),
    ("Environmental policies and action", 1, ()),
    ("Land release system", 1, ("Quality management",)),
    ("Land release outputs", 1, ("Survey in 2024",)),
    ("Progress towards completion", 1, ()),
)
_TABLES = {0: "Contaminated area, by district", 5: "Survey and clearance, by operator", 6: "Area released over five years"}
FOREWORD, OVERVIEW = "Foreword", "Overview"
OVERVIEW_TABLE = "Land released in 2024, by group"
COLUMNS = {"clearance": "Clearance", "technical-survey": "Technical survey", "non-technical-survey": "Other survey", "mines": "Mines"}
"""The rows of the land-release table that the volume adds up, and the heads of its columns."""


def slug(number: int) -> str:
    """The name of a profile's file without its ending, from 1."""
    return f"area-{number:03}"


def write_workspace(folder: Path, profiles: int, seed: int = 2025) -> Path:
    """Write that many profiles and their volume; gives the path of the volume's source."""
    sources = folder / "profiles"
    sources.mkdir(parents=True)
    for number in range(1, profiles + 1):
        _dump(sources / f"{slug(number)}.yaml", _profile(number, random.Random(f"{seed}-{number}")))
    volume = sources / "volume.yaml"
    _dump(volume, _volume(random.Random(f"{seed}-volume")))
    return volume


def reword_note(volume: Path, number: int, word: str) -> None:
    """One note of a profile, the middle one, gets a word more: too little to move a page."""
    file = volume.with_name(f"{slug(number)}.yaml")
    profile = yaml.safe_load(file.read_text(encoding="utf-8"))
    label = f"n{NOTES // 2:02}"
    profile["notes"][label] = f"{word} {profile['notes'][label]}"
    _dump(file, profile)


def lengthen(volume: Path, number: int) -> None:
    """A profile gets two pages more: a section without notes at its end."""
    file = volume.with_name(f"{slug(number)}.yaml")
    profile = yaml.safe_load(file.read_text(encoding="utf-8"))
    rng = random.Random(f"longer-{number}-{len(profile['sections'])}")
    text = "\n\n".join(" ".join(_sentence(rng) for _ in range(6)) for _ in range(8))
    profile["sections"].append({"title": f"Further findings {len(profile['sections'])}", "text": text})
    _dump(file, profile)


def retitle(volume: Path, title: str) -> None:
    """The volume gets another title."""
    data = yaml.safe_load(volume.read_text(encoding="utf-8"))
    data["title"] = title
    _dump(volume, data)


def _dump(file: Path, data: dict[str, Any]) -> None:
    file.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100), encoding="utf-8")


def _fill(template: str, rng: random.Random, address: str = "") -> str:
    """A sentence or a note with its gaps filled."""
    values = {name: rng.choice(words.split("|")) for name, words in _WORDS.items()}
    actor = values["actor"]
    return template.format(
        **values,
        Actor=actor[0].upper() + actor[1:],
        actor2=rng.choice(_WORDS["actor"].split("|")),
        month2=rng.choice(_WORDS["month"].split("|")),
        number=rng.randint(3, 48),
        number2=rng.randint(49, 96),
        day=rng.randint(1, 28),
        day2=rng.randint(1, 28),
        year=rng.randint(2019, 2024),
        year2=rng.randint(2026, 2030),
        address=address,
    )


def _sentence(rng: random.Random) -> str:
    return _fill(rng.choice(_SENTENCES.strip().splitlines()), rng)


def _note(number: int, index: int, rng: random.Random) -> str:
    address = f"<https://example.org/{number:03}/n{index:02}.html>"
    text = _fill(rng.choice(_NOTES.strip().splitlines()), rng, address)
    if address not in text:
        text = f"{text.rstrip('.')}, at {address}."
    return text[0].upper() + text[1:]


def _profile(number: int, rng: random.Random) -> dict[str, Any]:
    group = GROUPS[0 if number % 5 < 3 else 1 if number % 5 == 3 else 2]
    return {
        "layout": "clearing-the-mines",
        "country": {"code": "AQ", "name": f"Area {number:03}", "formal-name": f"Invented Area Number {number}"},
        "language": "en-GB",
        "volume": TITLE,
        "edition": 2025,
        "last-updated": datetime.date(2025, 9, 30),
        "group": group,
        "key-data": [
            {"fact": "Article 5 deadline", "value": f"1 March {rng.randint(2026, 2031)}"},
            {"contamination": "AP mine contamination", "value": f"Medium, {rng.randint(5, 19)}.{rng.randint(10, 99)} km²"},
            _land_release(rng),
            {"list": "Main operators in 2024", "items": ["Army engineers", "National demining service"]},
        ],
        "key-developments": " ".join(_sentence(rng) for _ in range(4)),
        "recommendations": [{"id": f"item-{n}", "text": _sentence(rng)} for n in range(1, 5)],
        "capacity": [
            {"list": "Management", "items": ["National mine action authority", "Mine action centre"]},
            {"list": "National operators", "items": ["Army engineers", "National demining service"]},
            {"list": "International operators", "items": ["Two international operators"]},
            {"list": "Other actors", "items": []},
        ],
        "sections": _sections(rng),
        "notes": {f"n{n:02}": _note(number, n, rng) for n in range(1, NOTES + 1)},
    }


def _land_release(rng: random.Random) -> dict[str, Any]:
    ways = {"clearance": "Clearance", "technical-survey": "Technical survey", "non-technical-survey": "Non-technical survey"}
    areas = [{"id": i, "label": label, "values": {y: _area(rng) for y in (2024, 2023)}} for i, label in ways.items()]
    areas.append({"id": "total", "label": "Total released", "total": list(ways), "values": {2024: None, 2023: None}})
    mines = {"id": "mines", "label": "AP mines destroyed[^spot]", "values": {y: rng.randint(100, 9999) for y in (2024, 2023)}}
    return {
        "table": "Land release outputs",
        "id": "land-release",
        "groups": [
            {"head": "Release of AP mined area", "unit": "km²", "rows": areas},
            {"head": "Destruction of AP mines", "unit": "count", "rows": [mines]},
        ],
        "notes": {"spot": "During clearance, survey and spot tasks."},
    }


def _sections(rng: random.Random) -> list[dict[str, Any]]:
    """The sections; their sentences call the notes in order, spread evenly."""
    plan: list[tuple[str, int]] = []
    for title, paragraphs, inner in _SECTIONS:
        plan += [(title, paragraphs), *((name, 1) for name in inner)]
    longest = rng.choice((2, 3, 4, 5))
    texts = {title: [[_sentence(rng) for _ in range(rng.randint(2, longest))] for _ in range(count)] for title, count in plan}
    sentences = [(paragraph, index) for title, _ in plan for paragraph in texts[title] for index in range(len(paragraph))]
    for note in range(NOTES):
        paragraph, index = sentences[(note * len(sentences) + len(sentences) // 2) // NOTES]
        paragraph[index] += f"[^n{note + 1:02}]"
    sections = []
    for place, (title, _, inner) in enumerate(_SECTIONS):
        section: dict[str, Any] = {"title": title, "text": _joined(texts[title])}
        if place in _TABLES:
            section["tables"] = [_table(_TABLES[place], place, rng)]
        if inner:
            section["sections"] = [{"title": name, "text": _joined(texts[name])} for name in inner]
        sections.append(section)
    return sections


def _joined(paragraphs: list[list[str]]) -> str:
    return "\n\n".join(" ".join(sentences) for sentences in paragraphs)


def _table(title: str, place: int, rng: random.Random) -> dict[str, Any]:
    """A table of four rows, their total, and three or five years."""
    years = (2024, 2023, 2022, 2021, 2020) if place == 6 else (2024, 2023, 2022)
    places = rng.sample(_WORDS["place"].split("|"), 4)
    rows = [{"id": f"row-{n}", "label": p[4:].capitalize(), "values": {y: _area(rng) for y in years}} for n, p in enumerate(places)]
    rows.append({"id": "total", "label": "Total", "total": [row["id"] for row in rows]})
    return {"table": title, "id": f"table-{place}", "unit": "km²", "rows": rows}


def _area(rng: random.Random) -> float:
    """An area of two decimals, in km²."""
    return (rng.randint(10, 299) * 10 + rng.randint(1, 9)) / 100


def _overview() -> dict[str, Any]:
    """A computed table: sums by group, in four columns."""
    field = "key-data.land-release."
    columns = [{"field": field + name, "year": 2024, "label": label} for name, label in COLUMNS.items()]
    return {"computed": OVERVIEW_TABLE, "id": "released", "group-by": "group", "row-head": "Group", "columns": columns, "totals": True}


def _volume(rng: random.Random) -> dict[str, Any]:
    return {
        "layout": "annual-report",
        "language": "en-GB",
        "title": TITLE,
        "subtitle": "A volume for measuring",
        "edition": 2025,
        "publisher": "monitorpub bench",
        "date": datetime.date(2025, 11, 1),
        "front": [
            {"page": "cover"},
            {"page": "imprint"},
            {"page": "contents"},
            {"chapter": FOREWORD, "id": "foreword", "text": _joined([[_sentence(rng) for _ in range(5)] for _ in range(3)])},
            {"chapter": OVERVIEW, "id": "overview", "text": _sentence(rng), "tables": [_overview()]},
        ],
        "groups": [{"title": name, "id": name.lower().replace(" ", "-"), "where": {"field": "group", "is": name}} for name in GROUPS],
    }
