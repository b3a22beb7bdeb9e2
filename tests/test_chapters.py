"""Chapters of a volume go through the steps as profiles do, each with notes, tables and references of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import conftest
from bad_volumes import GROUPS, HEAD
from monitorpub.compose import compose
from monitorpub.diagnostics import Found
from monitorpub.listing import words
from monitorpub.pipeline import prepare
from monitorpub.read import read
from monitorpub.typeset import Job, typeset_all
from monitorpub.volume.chapters import PreparedChapter, chapters
from monitorpub.volume.texts import volume_texts
from monitorpub.volume.validate import validate_volume
from monitorpub.workspace import Workspace
from printed import said_in
from test_bad_input import PNG

TWO = """\
front:
  - page: contents
  - chapter: Key findings
    text: |
      One.[^b] Two.[^a] See [the table](#areas).

      ![A map](map.png)
    tables:
      - table: Areas
        id: areas
        unit: km²
        rows: [{id: a, label: Area, values: {2024: "1.5[^x][^a]"}}]
        notes: {x: Of the table.}
    sections:
      - title: Survey
        text: Three.[^c]
        tables:
          - {table: Sums, id: sums, rows: [{id: a, label: A, values: {2024: 1,500}}]}
    notes: {a: "[@icrc]", b: Note b., c: "[@icrc, p. 3]"}
    references: [{id: icrc, type: report, title: A Report, author: [{literal: ICRC}], issued: 2015}]
back:
  - chapter: Annex
    text: Words.[^a]
    notes: {a: "[@icrc]"}
    references: [{id: icrc, type: report, title: Another Report, issued: 2016}]
""".replace("1,500", "1500")


@pytest.fixture
def made(workspace):
    """The chapters of a volume with some matter."""

    def prepared(matter: str, language: str = "en-GB") -> Found[list[PreparedChapter]]:
        workspace.write(PNG, "map.png")
        source = read(workspace.write(HEAD.replace("en-GB", language) + matter + GROUPS, "profiles/volume.yaml")).value
        assert source is not None
        volume = validate_volume(source)
        assert volume.value is not None, volume.diagnostics
        return chapters(source, volume.value, Workspace.of(source.file))

    return prepared


def notes(chapter: PreparedChapter) -> list[tuple[str, str, str]]:
    return [(note.mark, note.label, words(note, chapter.numbered)) for note in chapter.numbered.notes]


def html(chapter: PreparedChapter) -> str:
    found = compose(chapter.numbered, chapter.images, chapter.workspace, chapter.slug)
    assert found.value is not None, found.diagnostics
    return found.value.html


def test_numbers_labels_and_repeats_begin_again_in_each_chapter(made):
    found = made(TWO)
    assert found.diagnostics == ()
    first, second = found.value
    assert notes(first) == [("1", "b", "Note b."), ("2", "a", "ICRC, “A Report”, 2015."), ("3", "c", "Ibid., p. 3.")]
    assert notes(second) == [("1", "a", "“Another Report”, 2016.")]
    assert [(one.slug, one.title) for one in found.value] == [("key-findings", "Key findings"), ("annex", "Annex")]


def test_tables_of_a_chapter_are_numbered_and_have_their_own_notes(made):
    first = made(TWO).value[0]
    base = ("front", 1)
    assert first.numbered.tables == {(*base, "tables", 0): 1, (*base, "sections", 0, "tables", 0): 2}
    assert [(note.mark, words(note, first.numbered)) for note in first.numbered.table_notes[(*base, "tables", 0)]] == [
        ("a", "Of the table.")
    ]


def test_the_page_has_title_text_tables_and_sections_in_this_order(made):
    page = html(made(TWO).value[0])
    order = [
        '<h1 class="chapter-title">Key findings</h1>',
        "One.",
        'src="workspace:/map.png"',
        'id="areas"',
        "Areas</caption>",
        'id="survey"',
        "Three.",
        "Sums",
    ]
    at = [page.index(words) for words in order]
    assert at == sorted(at)
    assert re.findall(r'caption-number">(Table&nbsp;\d)\.', page) == ["Table&nbsp;1", "Table&nbsp;2"]
    assert "<title>Key findings – Clearing the Mines 2025</title>" in page
    assert '<body class="annual-report" data-country="Key findings" data-group=""' in page
    assert re.findall(r'data-mark="(\w+)"', page) == ["1", "2", "3"]


def test_a_chapter_speaks_the_language_of_its_volume(made):
    table = "tables: [{table: A, id: a, rows: [{id: a, label: A, values: {2024: 1234.5, 2023: ~}}]}]"
    (chapter,) = made(f"front:\n  - chapter: A\n    text: 'Il dit \"oui\".'\n    {table}\n", language="fr").value
    page = html(chapter)
    assert "« oui »" in page.replace("\u00a0", " ").replace("\u202f", " ")
    assert "1 234,5" in page.replace("\u00a0", " ").replace("\u202f", " ")
    assert "Non communiqué" in page


def test_notes_may_be_numbered_by_section(made):
    matter = "front:\n  - chapter: A\n    numbering: per-section\n    text: Words.[^a]\n    sections:\n      - {title: One, text: 'Words.[^a]'}\n      - {title: Two, text: 'Words.[^b][^a]'}\n    notes: {a: Note a., b: Note b.}\n"
    (chapter,) = made(matter).value
    assert [(note.series, note.mark, note.label) for note in chapter.numbered.notes] == [
        ("", "1", "a"),
        ("one", "1", "a"),
        ("two", "1", "b"),
        ("two", "2", "a"),
    ]


def test_a_chapter_with_an_error_is_left_out_and_the_others_are_not(made):
    found = made(TWO.replace("Three.[^c]", "Three.[^d]"))
    assert [one.slug for one in found.value] == ["annex"]
    assert [(one.code, one.path) for one in found.diagnostics][:2] == [("N001", "front[2].sections[1].text"), ("N002", "front[2].notes.c")]


def test_a_record_that_no_note_cites_is_said_on_its_line(made):
    found = made(TWO.replace('notes: {a: "[@icrc]"}\n    references: [{id: icrc', "notes: {a: A note.}\n    references: [{id: icrc"))
    assert [(one.code, one.path) for one in found.diagnostics] == [("C006", "back[1].references[1].id")]


def test_records_may_stand_in_a_file_beside_the_volume(made, workspace):
    workspace.write("references:\n  - {id: icrc, type: report, title: Of a file, issued: 2015}\n", "profiles/references/all.yaml")
    (chapter,) = made(
        'front:\n  - chapter: A\n    text: Words.[^a]\n    notes: {a: "[@icrc]"}\n    references: references/all.yaml\n'
    ).value
    assert notes(chapter) == [("1", "a", "“Of a file”, 2015.")]


def test_texts_outside_of_chapters_are_read_too(workspace):
    workspace.write(PNG, "logo.png")
    text = HEAD + "citation: The *Report*, \"2025\".\ndisclaimer: '![Logo](logo.png)'\n" + TWO + GROUPS + "    text: Words.\n"
    source = read(workspace.write(text.replace("map.png", "logo.png"), "profiles/volume.yaml")).value
    assert source is not None
    volume = validate_volume(source).value
    assert volume is not None
    found = volume_texts(source, volume, Workspace.of(source.file))
    assert found.diagnostics == ()
    assert list(found.value.parsed) == [("citation",), ("disclaimer",), ("groups", 0, "text")]
    assert found.value.images == {"logo.png": "logo.png"}


def test_a_chapter_is_typeset_with_all_its_notes(made):
    for chapter in made(TWO).value:
        numbered = chapter.numbered
        document = compose(numbered, chapter.images, chapter.workspace, chapter.slug).value
        assert document is not None
        job = Job(
            document.name, document.html, document.styles, chapter.workspace.root, tuple((n.id, n.calls[0].id) for n in numbered.notes)
        )
        (part,) = typeset_all([job])
        assert (part.remarks, part.pages, list(part.notes)) == ((), 1, [note.id for note in numbered.notes])


@pytest.mark.parametrize("side", ["recto", "verso"])
@pytest.mark.parametrize("what", ["profile", "chapter"])
def test_an_opening_bleeds_over_three_edges_of_either_side(made, workspace, side, what):
    from monitorpub.typeset.engine import lay_out
    from monitorpub.typeset.fetch import Fetcher
    from monitorpub.typeset.sheets import materials

    prepared = made(TWO).value[0] if what == "chapter" else prepare(workspace.write(conftest.HEAD + "group: States Parties\n")).value
    document = compose(prepared.numbered, prepared.images, prepared.workspace, "one").value
    assert document is not None
    job = Job("one", document.html, document.styles, prepared.workspace.root, side=side)
    fetcher = Fetcher(prepared.workspace)
    with materials(job.styles, fetcher) as (sheets, fonts):
        page = next(page._page_box for page in lay_out(job, fetcher, sheets, fonts).pages if page.anchors or page.bookmarks)
    (band,) = [box for box in page.descendants() if box.element is not None and "opening" in (box.element.get("class") or "").split()]
    title = next(box for box in page.descendants() if box.element_tag == "h1")
    assert (band.border_box_x(), band.border_box_y()) == (0, 0)
    assert band.border_width() == pytest.approx(page.margin_width())
    assert title.content_box_x() == page.content_box_x() == (78 if side == "recto" else 238)
    sides = [box for box in page.descendants() if box.element is not None and box.element.get("class") == "opening-side"]
    assert all(0 < box.position_x < 238 - 150 if side == "verso" else box.position_x > page.margin_width() - 238 for box in sides)
    assert bool(sides) == (what == "profile")


@pytest.fixture
def beside(workspace):
    """Two profiles beside the volume."""
    workspace.write(conftest.HEAD.replace("PRK", "TCD").replace("North Korea", "Chad"), "profiles/chad.yaml")
    workspace.write(conftest.HEAD, "profiles/north-korea.yaml")
    return workspace


RULES = (
    HEAD
    + "back:\n  - chapter: One\n    text: Words - words.[^a]\n    notes: {a: A  note.}\n  - chapter: Two\n    text: Words - words , words.[^a]\n    notes: {a: A  note.}\n"
    + GROUPS
)


def test_rules_are_run_over_chapters(beside, run):
    result = run("check", beside.write(RULES, "profiles/volume.yaml"), "--select", "double-space-in-note,hyphen-as-dash")
    assert [(one.code, one.line, one.field) for one in said_in(result.stderr)] == [
        ("W110", 9, "back[1].text"), ("S106", 10, "back[1].notes.a"), ("W110", 12, "back[2].text"), ("S106", 13, "back[2].notes.a"),
    ]  # fmt: skip
    assert result.stdout == "2 chapters, 2 notes: no errors.\n"


def test_a_rule_is_waived_for_one_chapter(beside, run):
    text = RULES.replace("  - chapter: Two", "    ignore: [{rule: double-space-in-note, reason: A title.}]\n  - chapter: Two")
    result = run("check", beside.write(text, "profiles/volume.yaml"), "--select", "double-space-in-note")
    assert [one.field for one in said_in(result.stderr)] == ["back[2].notes.a"]


def test_the_chapters_of_a_volume_are_mended_one_after_the_other(beside, run):
    file = beside.write(RULES, "profiles/volume.yaml")
    result = run("check", file, "--fix")
    assert said_in(result.stderr) == []
    mended = Path(file).read_text(encoding="utf-8")
    assert mended == RULES.replace("A  note", "A note").replace("words ,", "words,").replace("Words - words", "Words—words")
    assert run("check", file, "--fix").stdout.startswith("2 chapters")


def test_abbreviations_are_spelt_out_in_each_chapter(beside, run):
    matter = "back:\n  - {chapter: One, text: The International Committee of the Red Cross (ICRC) came. The ICRC left.}\n  - {chapter: Two, text: The ICRC came back.}\n"
    result = run("check", beside.write(HEAD + matter + GROUPS, "profiles/volume.yaml"), "--select", "unexplained-abbreviation")
    assert [(one.field, one.under) for one in said_in(result.stderr)] == [("back[2].text", "ICRC")]


def test_a_section_older_than_the_edition_is_found_in_chapters(beside, run):
    matter = "back:\n  - {chapter: One, sections: [{title: A, date: 2020-01-01, text: Words.}]}\n"
    result = run("check", beside.write(HEAD + matter + GROUPS, "profiles/volume.yaml"), "--select", "old-section")
    assert [(one.field, one.under) for one in said_in(result.stderr)] == [("back[1].sections[1].date", "2020-01-01")]


LINKS = "back:\n  - chapter: One\n    id: one\n    text: |\n      [See p. {page}](chad), [p. {page}](group-states-parties), [p. {page}](two#more) and [p. {page}](contents).\n  - {chapter: Two, sections: [{title: More, text: Words.}]}\n"


def test_references_of_chapters_lead_to_all_parts_of_the_volume(beside, check):
    assert check(HEAD + "front: [page: contents]\n" + LINKS + GROUPS, "profiles/volume.yaml") == []
    (said,) = check(HEAD + LINKS.replace("(contents)", "(chad)").replace("#more", "#mor") + GROUPS, "profiles/volume.yaml")
    assert (said.code, said.field, said.under) == ("R001", "back[1].text", "two#mor")


def test_a_computed_table_with_a_wrong_path_is_found(beside, check):
    table = "back:\n  - chapter: One\n    tables: [{computed: Names, id: names, columns: [{field: country.nam}]}]\n"
    (said,) = check(HEAD + table + GROUPS, "profiles/volume.yaml")
    assert (said.code, said.under, said.hint) == ("K001", "country.nam", "Did you mean country.name?")
    assert check(HEAD + table.replace("nam}", "name}") + GROUPS, "profiles/volume.yaml") == []
