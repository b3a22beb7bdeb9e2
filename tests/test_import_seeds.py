"""Real reports, imported: the counts are exact, every word is kept, and the PDF that is built holds them too.

The reports stand beside the repository, in ../shared/seeds.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from monitorpub.checking.command import check_sources
from monitorpub.importing.command import Imported, import_file
from monitorpub.importing.document import Heading
from monitorpub.importing.report import Counts, counts_of
from monitorpub.pipeline import build, prepare
from monitorpub.read import read_text, to_values
from monitorpub.testing import comparable
from monitorpub.text.plain import plain
from monitorpub.verifying import apparatus_of, read_bytes, verify_file
from monitorpub.volume.command import compile_file
from needed import shared
from structure import spoken

NUMBERS = ["000", "001", "002", "003", "004"]


@dataclass
class Seed:
    """A report that was imported into a workspace."""

    text: str
    imported: Imported
    counts: Counts
    file: Path

    @property
    def values(self) -> Any:
        """What its source holds."""
        source = read_text(self.imported.text, self.file).value
        assert source is not None
        return to_values(source.root)


@pytest.fixture(scope="module")
def seeds(tmp_path_factory) -> dict[str, Seed]:
    reports = shared("seeds")
    folder = tmp_path_factory.mktemp("seeds") / "profiles"
    folder.mkdir()
    out = {}
    for number in NUMBERS:
        (report,) = reports.glob(f"{number}_*.txt")
        found = import_file(report, output=folder / f"seed-{number}.yaml")
        assert found.value is not None
        assert not found.diagnostics
        imported = found.value
        imported.target.write_text(imported.text, encoding="utf-8")
        counts = counts_of(imported.document, imported.arranged)
        out[number] = Seed(report.read_text(encoding="utf-8"), imported, counts, imported.target)
    return out


@pytest.fixture(scope="module")
def built(seeds) -> dict[str, bytes]:
    """The PDFs of all of them."""
    folder = seeds["000"].file.parent.parent / "dist"
    files = [seed.file for seed in seeds.values()]
    made, said = build(files, folder)
    assert len(made) == len(NUMBERS), [(one.code, one.message) for one in said]
    return {number: (folder / f"seed-{number}.pdf").read_bytes() for number in NUMBERS}


@pytest.mark.parametrize(
    ("number", "layout", "calls", "notes", "missing"),
    [
        ("000", "monitor-overview", (6,), 6, 0),
        ("001", "monitor-profile", (4, 19, 8, 1, 7), 29, 10),
        ("002", "country-report", (1, 6, 8, 3), 18, 0),
        ("003", "clearing-the-mines", (29, 4, 0, 0, 2), 35, 0),
        ("004", "faq", (0,) * 9, 0, 0),
    ],
)
def test_the_calls_of_each_section_and_the_notes(seeds, number, layout, calls, notes, missing):
    counts = seeds[number].counts
    assert seeds[number].imported.arranged.known.layout == layout
    assert (counts.calls_of_sections, counts.calls, counts.notes, counts.missing) == (calls, sum(calls), notes, missing)


def test_001_has_five_dated_sections_ten_placeholders_and_two_tables(seeds):
    values = seeds["001"].values
    assert [section["date"] for section in values["sections"]] == ["2023-09-05", "2021-11-16", "2018-11-19", "2018-10-21", "2016-12-26"]
    assert sum(words.startswith("MISSING:") for words in values["notes"].values()) == 10
    tables = [table for section in values["sections"] for table in section.get("tables", [])]
    assert [len([row for group in table.get("groups", [table]) for row in group["rows"]]) for table in tables] == [6, 1]
    assert (values["country"]["code"], values["country"]["name"]) == ("PRK", "North Korea")


def test_003_has_its_key_data_table_recommendations_and_operators(seeds):
    values, counts = seeds["003"].values, seeds["003"].counts
    assert [next(iter(entry)) for entry in values["key-data"]] == ["fact", "contamination", "table", "list"]
    assert (counts.tables, counts.rows, counts.cells, counts.recommendations, counts.operators) == (1, 5, 15, 4, 2)
    assert [len(group["rows"]) for group in values["key-data"][2]["groups"]] == [3, 1]
    assert [(entry["list"].split()[0].lower(), len(entry["items"])) for entry in values["capacity"]] == [
        ("management", 1),
        ("national", 1),
        ("international", 0),
        ("other", 0),
    ]


def test_002_has_its_key_developments_and_000_its_overview(seeds):
    assert seeds["002"].values["key-developments-since"] == "May 2000"
    (table,) = seeds["000"].values["sections"][0]["tables"]
    assert len(table["rows"]) == 3


def test_004_has_nine_questions_the_call_out_and_its_related_link(seeds):
    values, counts = seeds["004"].values, seeds["004"].counts
    assert (counts.questions, counts.related) == (9, 1)
    assert all(section["title"].endswith("?") for section in values["sections"])
    assert values["call-out"]["text"].count("\n\n") == 2
    assert [line.line for line in seeds["004"].imported.document.remarks if line.kind == "lost"] == [15, 67]


# Every word

_CALL = re.compile(r"\[\^[^\]]*\]|\[\d{1,3} ?\]|(?<!km)(?<!\dm)[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_WORD = re.compile(r"[^\W_]+")
_DATE = re.compile(r"last updated:? ", re.IGNORECASE)
_FOOT = re.compile(r"^\s*(?:- )?\d{1,2} (?=\S)")


def words(text: str) -> Counter[str]:
    """The words of a text, whatever their case and signs; ligatures and raised figures of units are plain."""
    return Counter(_WORD.findall(unicodedata.normalize("NFKC", text.replace("\u00ad", "")).casefold()))


def given(seed: Seed) -> Counter[str]:
    """The words of a report: without what the report on the import lists as left out, without calls, marks of notes, and dates."""
    gone = {remark.line for remark in seed.imported.document.remarks if remark.kind == "left-out"}
    headings = {block.line for block in seed.imported.document.blocks if isinstance(block, Heading) and block.role in REPLACED}
    notes = {note.line for note in seed.imported.document.notes if note.text is not None}
    out: Counter[str] = Counter()
    for number, line in enumerate(seed.text.split("\n"), 1):
        if number in gone or number in headings or _DATE.match(line):
            continue
        out += words(_CALL.sub(" ", _FOOT.sub("", line) if number in notes else line))
    return out


def lacking(seed: Seed, held: Counter[str]) -> Counter[str]:
    """The words of a report that are held less often than it has them."""
    return given(seed) - held


REPLACED = ("key-data", "recommendations", "capacity", "related")
"""Fields whose headings the layout prints in its own words."""


def strings(value: Any) -> list[str]:
    """All values of a source.  What was not reported is null, and no items are none."""
    if isinstance(value, dict):
        return [one for inner in value.values() for one in strings(inner)] + [str(key) for key in value if str(key).isdigit()]
    if isinstance(value, list):
        return [one for inner in value for one in strings(inner)] or ["None"]
    return ["Not reported"] if value is None else [_CALL.sub(" ", str(value))]


ROUND_YEARS = Counter({"release": 2, "in": 2})
"""Words of seed 003 that stand round the years in the head of its table: the report says that they went."""


@pytest.mark.parametrize("number", NUMBERS)
def test_every_word_of_text_and_notes_is_in_the_source(seeds, number):
    seed = seeds[number]
    held = Counter[str]()
    for text in strings(seed.values):
        held += words(text)
    if number == "003":  # each year and its unit stand once in the source, and at the head of each column in print
        held += ROUND_YEARS + Counter({"km2": 1})
    if "key-developments" in seed.values:
        held += words("Key developments since")
    assert lacking(seed, held) == Counter()


@pytest.mark.slow
@pytest.mark.parametrize("number", NUMBERS)
def test_every_word_of_text_and_notes_is_in_the_pdf(seeds, built, number):
    held = Counter[str]()
    for piece in spoken(built[number]):
        for text in (*piece.words, *piece.notes):
            held += words(text)
    assert lacking(seeds[number], held) == (ROUND_YEARS if number == "003" else Counter())


@pytest.mark.slow
def test_all_notes_of_003_stand_on_the_page_of_their_call(built):
    document, said = read_bytes(built["003"], Path("seed-003.pdf"))
    assert document is not None
    assert not said
    apparatus = apparatus_of(document)
    pages = {call.mark: call.page for call in reversed(apparatus.calls)}
    assert [note.mark for note in apparatus.notes] == [str(number) for number in range(1, 36)]
    assert [note.mark for note in apparatus.notes if note.page != pages[note.mark]] == []


# The check


@pytest.mark.parametrize("number", NUMBERS)
def test_the_check_finds_no_error_but_the_notes_that_are_missing(seeds, number):
    said = check_sources([seeds[number].file]).diagnostics
    errors = [one.code for one in said if one.severity == "error"]
    assert errors == ["N111"] * seeds[number].counts.missing


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("000", []),
        ("001", [("S101", 6), ("S107", 1)]),
        ("002", [("N106", 1)]),
        ("003", [("N106", 1), ("N109", 1), ("S101", 1), ("S104", 2), ("S109", 1), ("S110", 2)]),
        ("004", []),
    ],
)
def test_the_check_says_of_the_notes_what_it_said_of_the_text(seeds, number, found):
    """The six quotation marks that notes of 001 lost are said as unpaired; hyphens in runs of pages are set by the tool itself."""
    said = check_sources([seeds[number].file], select=["N106", "N107", "N108", "N109", "S101", "S104", "S107", "S109", "S110"]).diagnostics
    assert sorted(Counter(one.code for one in said if one.severity == "warning").items()) == found
    assert all(one.place.line > 8 and one.place.text for one in said)


@pytest.mark.slow
@pytest.mark.parametrize(("number", "cited"), [("000", 1), ("001", 11), ("002", 7), ("003", 12)])
def test_notes_become_records_where_these_print_the_same_words(seeds, tmp_path, number, cited):
    (report,) = shared("seeds").glob(f"{number}_*.txt")
    imported = import_file(report, output=tmp_path, sources=True).value
    assert imported is not None
    imported.target.write_text(imported.text, encoding="utf-8")
    notes = to_values(read_text(imported.text, imported.target).value.root)["notes"]
    assert sum(words.startswith("[@") for words in notes.values()) == cited
    before, after = prepare(seeds[number].file).value, prepare(imported.target).value
    assert [comparable(plain(note.parsed)) for note in after.numbered.notes] == [
        comparable(plain(note.parsed)) for note in before.numbered.notes
    ]


@pytest.mark.slow
def test_all_five_make_a_volume_that_is_proved(seeds):
    folder = seeds["000"].file.parent
    names = ", ".join(f"seed-{number}" for number in NUMBERS)
    volume = folder / "volume.yaml"
    volume.write_text(
        "layout: annual-report\ntitle: Five reports\npublisher: Somebody\nlanguage: en-GB\nedition: 2025\ndate: 2025-09-01\n"
        f"groups:\n  - title: All\n    profiles: [{names}]\n"
    )
    target = folder.parent / "dist" / "volume.pdf"
    found = compile_file(volume, target)
    assert {one.code for one in found.diagnostics} == {"G014"}  # the volumes that they say they are from
    verified = verify_file(target)
    assert not verified.diagnostics
    assert "98 notes" in verified.closing
