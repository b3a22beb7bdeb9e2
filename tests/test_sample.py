"""The sample edition: every profile is without errors and warnings, and says for each figure where it comes from; so does the volume."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from monitorpub.checking.command import check_sources
from monitorpub.facts import facts, look_up
from monitorpub.model import Chapter
from monitorpub.model.keydata import ContaminationEntry, SeriesTable
from monitorpub.pipeline import build, prepare
from monitorpub.read import read
from monitorpub.verifying import verify_file
from monitorpub.volume.prepare import prepare_volume

FOLDER = Path(__file__).parent.parent / "profiles"
VOLUME = FOLDER / "volume.yaml"
PROFILES = sorted(file for file in FOLDER.glob("*.yaml") if file != VOLUME)
GROUPS = {"States Parties", "States not party", "Other areas"}
FULL = ["angola", "bosnia-and-herzegovina", "cambodia", "croatia", "myanmar", "north-korea", "south-korea", "zimbabwe"]
"""The profiles of full length: three pages or more, 15 notes or more."""

_NO_FIGURES = re.compile(
    r"\]\([^)]*\)|\{[^}]*\}"  # addresses of links, placeholders
    r"|\[\^[^\]]+\]"  # calls
    r"|\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"|\b(?:19|20)\d\d\b"
    r"|Article \d+|^\s*\d+\. ",
    re.MULTILINE,
)


@pytest.fixture(scope="module")
def edition():
    found = prepare_volume(read(VOLUME))
    assert found.diagnostics == ()
    return found.value


@pytest.fixture(scope="module")
def all_facts():
    return {file.stem: facts(prepare(file).value.numbered) for file in PROFILES}


def test_the_edition_has_fifty_profiles_and_more():
    assert len(PROFILES) > 50


def test_nothing_is_wrong_in_any_of_them_nor_in_the_volume():
    assert [f"{d.place.file.name}: {d.message}" for d in check_sources([*PROFILES, VOLUME]).diagnostics] == []


@pytest.mark.parametrize("file", PROFILES, ids=lambda f: f.stem)
def test_every_figure_of_the_key_data_has_its_source(file):
    numbered = prepare(file).value.numbered
    assert numbered.profile.group in GROUPS
    for index, entry in enumerate(numbered.profile.key_data):
        calls = [call for path, found in numbered.calls.items() for call in found if path[:2] == ("key-data", index)]
        if isinstance(entry, ContaminationEntry) and entry.value.area:
            assert calls, f"the contamination of {numbered.profile.name} has no note"
        if isinstance(entry, SeriesTable) and any(cell.reported for row, _, _ in entry.all_rows() for cell in row.values.values()):
            assert calls, f"the table of {numbered.profile.name} has no note"


@pytest.mark.parametrize("name", FULL)
def test_profiles_of_full_length_have_all_that_a_profile_may_have(name):
    numbered = prepare(FOLDER / f"{name}.yaml").value.numbered
    profile = numbered.profile
    assert len(numbered.notes) >= 15
    assert len(profile.sections) >= 4
    assert any(section.sections for section in profile.sections)
    assert len(profile.recommendations) >= 3
    assert profile.capacity
    assert profile.key_developments


@pytest.mark.slow
def test_every_profile_builds_and_is_proved(tmp_path):
    built, said = build(PROFILES, tmp_path)
    assert said == []
    assert len(built) == len(PROFILES)
    for one in built:
        assert not verify_file(one.file).diagnostics, one.file.name
    pages = {one.file.stem: one.pages for one in built}
    assert {name: pages[name] for name in FULL if pages[name] < 3} == {}


def test_every_profile_is_in_one_group_of_the_volume(edition):
    names = [one.slug for group in edition.groups for one in group.profiles]
    assert sorted(names) == [file.stem for file in PROFILES]
    assert {group.group.title for group in edition.groups} == GROUPS


def test_the_imprint_says_that_it_is_a_sample_edition_of_nobody(edition):
    said = " ".join(edition.volume.disclaimer.source.split())
    assert "This is a sample edition of monitorpub" in said
    assert "It is not anybody’s publication" in said
    for name in ("Mine Action Review", "the Landmine Monitor", "International Campaign to Ban Landmines"):
        assert name in said
    assert edition.volume.isbn is None
    assert edition.volume.issn is None


def _texts(chapter: Chapter):
    yield chapter.text
    waiting = list(chapter.sections)
    while waiting:
        section = waiting.pop()
        yield section.text
        waiting += section.sections


def _paragraphs(source: str):
    """Paragraphs and entries of lists; a table belongs to the paragraph before it."""
    for block in re.split(r"\n\s*\n(?!\s*\|)", source):
        yield from re.split(r"\n(?=- )", block.strip())


def test_every_figure_in_the_texts_of_the_volume_has_a_note(edition):
    looked_at = 0
    for chapter in edition.volume.chapters:
        for text in filter(None, _texts(chapter)):
            for paragraph in _paragraphs(text.source):
                if re.search(r"\d", _NO_FIGURES.sub(" ", paragraph)):
                    looked_at += 1
                    assert "[^" in paragraph, f"{chapter.title}: {paragraph}"
    assert looked_at > 10


def test_the_figures_of_the_key_findings_are_those_of_the_profiles(edition, all_facts):
    """Who corrects a profile is told here that the findings are to be corrected, too."""
    said = " ".join(next(one for one in edition.volume.chapters if one.slug == "key-findings").text.source.split())
    groups = Counter(one["group"] for one in all_facts.values())
    assert f"{len(all_facts)} countries and areas: {groups['States Parties']} States Parties" in said

    contamination = [one["key-data"]["contamination"] for one in all_facts.values() if "contamination" in one["key-data"]]
    exact = [Decimal(one["area"]) for one in contamination if one["extent"] == "figure" and Decimal(one["area"])]
    assert f"{sum(exact):,.0f}km² of mined land, in {len(exact)} countries and areas" in said
    bands = Counter(one["band"] for one in contamination)
    numbers = dict(enumerate("zero one two three four five six seven eight nine ten".split()))
    assert (
        f"massive in {numbers[bands['massive']]} profiles, heavy in {numbers[bands['heavy']]}, medium in {numbers[bands['medium']]}" in said
    )

    def newest(row: str) -> list[Decimal]:
        values = [(one, look_up(one, f"key-data.land-release.{row}")) for one in all_facts.values()]
        reported = [(one, value) for one, value in values if isinstance(value, str) and re.fullmatch(r"[\d.]+", value)]
        square_metres = [one["key-data"]["land-release"]["rows"][row]["unit"] == "m²" for one, _ in reported]
        return [Decimal(value) / (1_000_000 if small else 1) for (_, value), small in zip(reported, square_metres, strict=True)]

    clearance, mines = newest("clearance"), newest("mines-destroyed")
    assert f"clearance add up to {sum(clearance):.1f}km² in {len(clearance)} countries" in said
    assert f"mines destroyed to {sum(mines):,} in {len(mines)}." in said
    cancelled = newest("non-technical-survey")
    assert f"In the {len(cancelled)} profiles that report non-technical survey, it cancelled {sum(cancelled):.0f}km²" in said


def test_the_deadlines_of_the_key_findings_are_those_of_the_profiles(edition, all_facts):
    said = " ".join(next(one for one in edition.volume.chapters if one.slug == "key-findings").text.source.split())
    parties = [one for one in all_facts.values() if one["group"] == "States Parties" and "deadline" in one["key-data"]]
    dates = [re.search(r"(?:(\d{1,2}) (\w+) )?(20\d\d)", one["key-data"]["deadline"]["value"]).groups() for one in parties]
    months = "January February March April May June July August September October November December".split()
    days = [(int(year), months.index(month) + 1 if month else 12, int(day or 31)) for day, month, year in dates]
    passed = sum(one < (2025, 11, 1) for one in days)
    assert f"Of the {len(days)} States Parties whose deadline is given, {passed} had a date that had passed" in said
    assert days.count((2025, 12, 31)) == 5
    assert "five more have 31 December 2025" in said
