"""The assessment of a programme: its table in print, for readers who listen, and as data."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import jsonschema
import pikepdf
import pytest
import tinyhtml5
import yaml

from conftest import HEAD
from monitorpub.compose import compose
from monitorpub.datasets import datasets
from monitorpub.pipeline import build, prepare
from monitorpub.schema import schema_text
from monitorpub.testing import assert_notes
from monitorpub.verifying import read_pdf, verify_file
from structure import Structure

SAMPLE = Path(__file__).parents[1] / "profiles" / "layouts" / "clearing-the-mines-2021.yaml"
SCORES = """\
assessment:
  years: [2019, 2018]
  criteria:
    - {name: "Land release[^one]", weight: 60, scores: {2019: 7, 2018: ~}, commentary: "Better.[^two]"}
    - name: Planning
      weight: 40
      scores: {2019: 5, 2018: 0}
      commentary: |
        As before.

        In all.[^one]
sections: [{title: One, text: "Words.[^three]"}]
notes: {one: The first., two: The second., three: The third.}
"""


def prepared(workspace, text: str):
    found = prepare(workspace.root / workspace.write(text, "profiles/x.yaml"))
    assert found.diagnostics == ()
    return found.value


def rows(one) -> list[list[str]]:
    """The words of each row of the table; of its first cell, the scope too."""
    document = compose(one.numbered, one.images, one.workspace, "x").value
    table = tinyhtml5.parse(document.html, namespace_html_elements=False).find(".//table[@class='scores']")
    for cell in [*table.iter("th"), *table.iter("td"), *table.iter("p")]:
        for note in cell.findall("span[@class='note']"):
            note.text, note[:] = "", []
    return [[" ".join("".join(cell.itertext()).replace("\u2060", "").split()) for cell in row] for row in table.iter("tr")]


def test_the_table_has_a_head_its_criteria_and_the_average_with_its_band(workspace):
    assert rows(prepared(workspace, HEAD + SCORES)) == [
        ["Criterion (weight)", "Score (2019)", "Score (2018)", "Performance commentary"],
        ["Land release¹ (60%)", "7", "Not reported", "Better.²"],
        ["Planning (40%)", "5", "0", "As before. In all.¹"],
        ["Average score and overall band", "6.2", "Not reported", "Average"],
    ]


def test_figures_and_words_follow_the_language(workspace):
    text = (HEAD + SCORES.replace("2018: ~", "2018: 3")).replace("en-GB", "fr")
    last = rows(prepared(workspace, text))[-1]
    assert last == ["Note moyenne et appréciation globale", "6,2", "1,8", "Moyen (2018 : Très faible)"]
    assert rows(prepared(workspace, text))[1][0] == "Land release¹ (60 %)"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [("average: {2019: 6.3}", ["6.3", "Average"]), ("band: {2019: GOOD}", ["6.2", "Good"]), ("average: {2019: 8}", ["8", "Very good"])],
)
def test_what_is_typed_is_printed(workspace, typed, printed):
    text = HEAD + SCORES.replace("sections:", f"  {typed}\nsections:")
    last = rows(prepared(workspace, text))[-1]
    assert [last[1], last[3]] == printed


@pytest.mark.parametrize(
    ("scores", "band", "english", "french"),
    [
        (["5", "5", "1"], "", "Average (2018: Average; 2017: Very poor)", "Moyen (2018 : Moyen ; 2017 : Très faible)"),
        (["~", "5", "1"], "", "2018: Average; 2017: Very poor", "2018 : Moyen ; 2017 : Très faible"),
        (["~", "5", "~"], "  band: {2017: Good}\n", "2018: Average; 2017: Good", "2018 : Moyen ; 2017 : Bon"),
        (["5", "~", "1"], "", "Average (2017: Very poor)", "Moyen (2017 : Très faible)"),
        (["~", "~", "1"], "", "2017: Very poor", "2017 : Très faible"),
        (["~", "~", "~"], "", "", ""),
    ],
)
def test_every_band_is_printed_and_those_of_other_years_with_their_years(workspace, scores, band, english, french):
    by_year = ", ".join(f"{year}: {score}" for year, score in zip((2019, 2018, 2017), scores, strict=True))
    criteria = f"  years: [2019, 2018, 2017]\n  criteria: [{{name: A, weight: 100, scores: {{{by_year}}}}}]\n"
    text = HEAD + "assessment:\n" + criteria + band + "sections: [{title: One, text: Words.}]\n"
    assert rows(prepared(workspace, text))[-1][-1] == english
    assert rows(prepared(workspace, text.replace("en-GB", "fr")))[-1][-1] == french


def test_notes_are_numbered_in_the_order_of_print(workspace):
    numbered = prepared(workspace, HEAD + SCORES).numbered
    assert [(note.label, note.mark) for note in numbered.notes] == [("one", "1"), ("two", "2"), ("three", "3")]


def test_the_data_have_the_scores_and_in_their_last_rows_average_and_band(workspace):
    (found,) = datasets(prepared(workspace, HEAD + SCORES).numbered, {})
    assert (found.id, found.caption) == ("assessment", "Assessment of national programme performance")
    assert list(csv.reader(io.StringIO(found.text))) == [
        ["criterion", "weight", "2019", "2018", "commentary", "notes"],
        ["Land release", "60", "7", "", "Better.", "1, 2"],
        ["Planning", "40", "5", "0", "As before.\nIn all.", "1"],
        ["average", "", "6.2", "", "", ""],
        ["band", "", "average", "", "", ""],
    ]


def test_the_data_have_a_name_that_no_table_has(workspace):
    table = "key-data: [{table: T, id: assessment, rows: [{id: a, label: A, values: {2024: 1}}]}]\n"
    assert [one.id for one in datasets(prepared(workspace, HEAD + table + SCORES).numbered, {})] == ["assessment-scores", "assessment"]


def test_a_review_copy_has_the_scores_and_comes_back_as_it_went(workspace, run):
    file, copy = workspace.write(HEAD + SCORES, "profiles/x.yaml"), workspace.root / "x.docx"
    assert run("export", file, "--to", "docx", "-o", str(copy)).exit_code == 0
    with zipfile.ZipFile(copy) as package:
        cells = re.findall(r"<w:tc>.*?</w:tc>", package.read("word/document.xml").decode(), re.DOTALL)
    said = ["".join(re.findall(r"<w:t[ >][^<]*", cell)) for cell in cells]
    assert len(said) == 16
    assert [re.sub(r"<[^>]*>", "", words) for words in said[5:7]] == ["7", "Not reported"]
    assert "nothing to change" in run("import", "--onto", file, str(copy)).output


@pytest.fixture(scope="module")
def sample(tmp_path_factory) -> Path:
    (done,), said = build([SAMPLE], tmp_path_factory.mktemp("scores"))
    assert said == []
    return done.file


def test_the_sample_is_whole_and_proved(sample):
    assert_notes(SAMPLE, pdf=sample)
    assert verify_file(sample, accessible=True).diagnostics == ()


def test_rows_have_heads_in_the_structure_tree(sample):
    tree = Structure(sample.read_bytes())
    tree.assert_sound()
    heads = [str(node.object.A.Scope) for node in tree.nodes if node.role == "/TH"]
    assert heads.count("/Row") == 8 + 2  # of the assessment, and of the table in a section
    assert heads.count("/Column") == 4 + 2


LONG = "Many words on one criterion, which take a line and another line and then a third. " * 5


def test_the_head_stands_on_every_page_and_no_row_is_broken(workspace):
    criteria = "".join(
        f"    - {{name: C{n}, weight: 10, scores: {{2019: 5}}, commentary: 'begins{n} {LONG} ends{n}'}}\n" for n in range(10)
    )
    file = workspace.root / workspace.write(HEAD + "assessment:\n  years: [2019]\n  criteria:\n" + criteria, "profiles/x.yaml")
    (done,), said = build([file], Path("dist"))
    assert said == []
    document, _ = read_pdf(done.file)
    pages = [" ".join(piece.text for piece in page.pieces) for page in document.pages]
    assert sum("commentary" in page for page in pages) == len(pages) > 1
    assert all(any(f"begins{n} " in page and f"ends{n}" in page for page in pages) for n in range(10))
    assert [node.role for node in Structure(done.file.read_bytes()).nodes].count("/TR") == 12


def test_a_commentary_holds_no_table(check):
    text = "assessment:\n  years: [2019]\n  criteria:\n    - name: A\n      weight: 100\n      scores: {2019: 1}\n      commentary: |\n"
    (said,) = check(HEAD + text + "        | A | B |\n        |---|---|\n        | 1 | 2 |\n")
    assert (said.code, said.field) == ("T009", "assessment.criteria[1].commentary")


def test_the_schema_takes_the_sample():
    source = yaml.load(SAMPLE.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    schema = json.loads(schema_text())
    wrong = [error.json_path for error in jsonschema.Draft202012Validator(schema).iter_errors(source)]
    numbers = ("$.edition", "$.assessment", "$.key-data", "$.sections")  # this reader takes figures for text
    assert [path for path in wrong if not path.startswith(numbers)] == []
    typed = yaml.safe_load(SAMPLE.read_text(encoding="utf-8"))["assessment"]
    part = {"$ref": "#/$defs/Assessment", "$defs": schema["$defs"]}
    as_json = json.loads(json.dumps(typed))
    assert list(jsonschema.Draft202012Validator(part).iter_errors(as_json)) == []
    as_json["criteria"][0]["scores"]["2020"] = 11
    assert [error.json_path for error in jsonschema.Draft202012Validator(part).iter_errors(as_json)] == ["$.criteria[0].scores['2020']"]


KEY_TABLE = "key-data: [{table: T, id: t, rows: [{id: a, label: A, values: {2024: 1}}]}]\n"


def test_what_a_layout_does_not_print_is_no_data_either(workspace):
    workspace.write("name: Own\norder: [sections]\nstyles: [tokens.css, fonts.css, page.css, text.css, notes.css]\n", "layouts/own.yaml")
    workspace.write('{% extends "profile.html" %}\n', "layouts/own.html")
    text = (HEAD + KEY_TABLE + SCORES).replace("layout: clearing-the-mines", "layout: own")
    (done,), said = build([workspace.root / workspace.write(text, "profiles/x.yaml")], workspace.root / "dist")
    assert {one.code for one in said} == {"L006"}
    with pikepdf.open(done.file) as pdf:
        assert list(pdf.attachments) == ["x.yaml"]


def test_the_markers_of_a_list_stand_in_the_commentary(workspace):
    items = "".join(f"        {n}. item {n}\n" for n in range(1, 13))
    text = HEAD + SCORES.replace("        In all.[^one]\n", f"        In all.[^one]\n\n        - bulleted\n\n{items}")
    (done,), said = build([workspace.root / workspace.write(text, "profiles/x.yaml")], Path("dist"))
    assert said == []
    document, _ = read_pdf(done.file)
    left = {piece.text.strip(): piece.x for page in document.pages for piece in page.pieces}
    start = left["As before."]
    assert all(start <= left[marker] < start + 10 for marker in ("–", "1.", "9.", "10.", "12."))
    assert left["bulleted"] == left["item 1"] == left["item 12"] > start + 10


def test_a_score_that_is_not_there_fits_its_column_in_every_language(workspace):
    for language in ("en-GB", "fr"):
        text = (HEAD + SCORES).replace("en-GB", language)
        assert build([workspace.root / workspace.write(text, "profiles/x.yaml")], Path("dist"))[1] == []


FOUR = """\
assessment:
  years: [2019, 2018, 2017, 2016]
  criteria:
    - name: National ownership and programme management
      weight: 100
      scores: {2019: 10, 2018: ~, 2017: 4.5, 2016: 10}
      commentary: Counterterrorism, internationalization and responsibilities for telecommunications.
sections: [{title: One, text: Words.}]
"""


@pytest.mark.parametrize("layout", ["clearing-the-mines", "clearing-the-mines-2021", "monitor-profile"])
def test_four_years_leave_room_for_the_commentary(workspace, layout):
    text = (HEAD + FOUR).replace("layout: clearing-the-mines", f"layout: {layout}")
    assert build([workspace.root / workspace.write(text, "profiles/x.yaml")], Path("dist"))[1] == []


def test_a_table_that_is_too_wide_is_said_on_the_line_of_the_assessment(workspace):
    text = HEAD + FOUR.replace("2017: 4.5", "2017: 4.12345678901234")
    _, (said,) = build([workspace.root / workspace.write(text, "profiles/x.yaml")], Path("dist"))
    assert (said.code, said.place.line) == ("P011", HEAD.count("\n") + 1)
    assert said.message == "On page 1 the table 'assessment' is too wide: the words “4.12345678901234” stand outside their cell."
