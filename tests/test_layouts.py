"""The layouts of the family: what each prints in which order, and that a source moves from one to another with all its notes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from monitorpub.checking.command import check_sources
from monitorpub.compose import compose
from monitorpub.pipeline import build, prepare
from monitorpub.testing import assert_notes
from monitorpub.verifying import read_pdf, verify_file

HERE = Path(__file__).parent.parent / "profiles" / "layouts"
LAYOUTS = ("monitor-profile", "monitor-overview", "country-report", "clearing-the-mines-2021")


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> dict[str, Path]:
    """The sample of each layout as a PDF."""
    folder = tmp_path_factory.mktemp("layouts")
    done, said = build([HERE / f"{name}.yaml" for name in LAYOUTS], folder)
    assert [d.message for d in said] == []
    return {one.file.stem: one.file for one in done}


def words(file: Path) -> list[str]:
    """The lines of a PDF in the order of the file, without what stands in the margins."""
    document, _ = read_pdf(file)
    out: list[str] = []
    for page in document.pages:
        before = 0.0
        for piece in (one for one in page.pieces if not one.artifact):
            if out and abs(piece.y - before) < 1:
                out[-1] += piece.text
            else:
                out.append(piece.text)
            before = piece.y
    return [re.sub(r"\s+", " ", one).strip() for one in out]


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_sample_has_nothing_wrong_and_is_proved(built, name):
    assert [d.message for d in check_sources([HERE / f"{name}.yaml"]).diagnostics] == []
    assert [d.message for d in verify_file(built[name]).diagnostics] == []
    assert_notes(HERE / f"{name}.yaml", pdf=built[name])


def test_each_section_of_a_monitor_profile_begins_with_its_date_and_ends_with_its_notes(built):
    lines = words(built["monitor-profile"])
    at = [lines.index(title) for title in ("Mine Ban Policy", "Mine Action", "Mines in the ground")]
    assert [lines[i + 1] for i in at] == [f"Last updated: {day}" for day in ("October 30, 2018", "November 19, 2018", "November 1, 2017")]
    notes = [i for i, one in enumerate(lines) if one == "NOTES"]
    assert at[0] < notes[0] < at[1] < notes[1] < at[2] < notes[2]
    assert [lines[i + 1].partition(" ")[0] for i in notes] == ["1", "1", "1"]


def test_a_monitor_profile_prints_the_table_before_the_text(built):
    lines = words(built["monitor-profile"])
    assert lines.index("Treaty status") < next(i for i, one in enumerate(lines) if one.startswith("At the end of 2017"))


def test_an_overview_has_its_table_first_and_its_notes_last(built):
    lines = words(built["monitor-overview"])
    table, text, notes = (
        next(i for i, one in enumerate(lines) if one.startswith(w)) for w in ("Mine Ban Treaty status", "Lebanon has", "NOTES")
    )
    assert table < text < notes
    assert [one[:2] for one in lines[notes + 1 :]][:3] == ["1 ", "2 ", "3 "]


def test_a_report_begins_with_its_developments_and_ends_with_its_notes(built):
    lines = words(built["country-report"])
    places = [lines.index(one) for one in ("Key developments since December 2017", "Mine ban policy", "Mine clearance", "NOTES")]
    assert places == sorted(places)


@pytest.mark.parametrize("layout", [*LAYOUTS, "clearing-the-mines"])
@pytest.mark.parametrize("source", LAYOUTS)
def test_a_source_moves_to_another_layout_and_no_note_is_touched(tmp_path, source, layout):
    text = (HERE / f"{source}.yaml").read_text(encoding="utf-8")
    file = tmp_path / "moved.yaml"
    file.write_text(text.replace(f"layout: {source}", f"layout: {layout}"), encoding="utf-8")
    one = prepare(file).value
    assert one is not None
    assert {note.label for note in one.numbered.notes} == set(one.numbered.written.notes)
    html = compose(one.numbered, one.images, one.workspace, "moved").value.html
    bodies = re.findall(r'role="doc-footnote" id="([^"]+)"', html)
    of_tables = [note.id for notes in one.numbered.table_notes.values() for note in notes]
    assert sorted(bodies) == sorted([*(note.id for note in one.numbered.notes), *of_tables])


def test_the_words_of_layouts_are_there_in_french(tmp_path):
    for name in LAYOUTS:
        text = (HERE / f"{name}.yaml").read_text(encoding="utf-8")
        text = re.sub(r"^language: .*$", "language: fr", text, flags=re.M)
        file = tmp_path / f"{name}.yaml"
        file.write_text(text, encoding="utf-8")
        one = prepare(file).value
        html = compose(one.numbered, one.images, one.workspace, name).value.html
        assert "Retour au texte, note 1" in html
        assert ("Évaluation du programme national" in html) == (name == "clearing-the-mines-2021")
        assert "Last updated" not in html


UNPRINTED = """\
layout: brief
country: {code: TCD, name: Chad}
language: en-GB
volume: Briefs
edition: 2025
last-updated: 2025-01-01
key-developments: |
  Much happened.[^one] See [the table](#areas).
sections:
  - title: What is known
    text: Little is known.[^one] Less is sure.[^two]
    tables:
      - table: Areas
        id: areas
        rows: [{id: north, label: "North[^part]", values: {2024: 3, 2023: 4}}]
        notes: {part: In part only.}
notes: {one: A first report., two: A second report.}
"""


def warned(folder: Path, order: str) -> list[tuple[str, str, int]]:
    """What check says of a source whose layout prints these blocks only: codes, messages and lines."""
    for ending in ("html", "yaml"):
        text = (HERE.parent.parent / "layouts" / f"clearing-the-mines.{ending}").read_text(encoding="utf-8")
        file = folder / "layouts" / f"brief.{ending}"
        file.parent.mkdir(exist_ok=True)
        file.write_text(re.sub(r"^order: .*$", f"order: [{order}]", text, flags=re.M), encoding="utf-8")
    (folder / "chad.yaml").write_text(UNPRINTED, encoding="utf-8")
    return [(d.code, d.message, d.place.line) for d in check_sources([folder / "chad.yaml"]).diagnostics]


def test_a_block_that_the_layout_does_not_print_is_said(tmp_path):
    assert warned(tmp_path, "sections") == [("L006", "This layout does not print key-developments.", 7)]


def test_notes_that_only_such_a_block_calls_are_said_once_and_truly(tmp_path):
    message = "This layout does not print sections, nor the 2 notes that are called only there."
    said = warned(tmp_path, "key-developments")
    assert ("L006", message, 9) in said
    assert [code for code, *_ in said if code != "L006"] == ["T010"]  # and a link into it leads nowhere


def test_nothing_is_said_where_all_is_printed(tmp_path):
    assert warned(tmp_path, "key-developments, sections, related") == []
