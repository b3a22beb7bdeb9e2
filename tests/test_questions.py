"""Questions and answers: profiles about no country, the list of questions with its page numbers, the call-out, related links."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import count, groupby
from pathlib import Path

import jsonschema
import pytest
import tinyhtml5
import yaml
from pypdf import PdfReader

from conftest import HEAD
from monitorpub import produce
from monitorpub.compose import compose
from monitorpub.facts import facts, look_up
from monitorpub.pipeline import build, prepare
from monitorpub.schema import schema_text
from monitorpub.text.references import Printed
from monitorpub.verifying import read_pdf, verify_file
from monitorpub.volume.command import compile_file
from structure import Structure
from volumes import PROFILES, VOLUME

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "profiles" / "layouts" / "questions.yaml"

TITLED = HEAD.replace("country: {code: PRK, name: North Korea}", "title: Questions on mines")
FAQ = TITLED.replace("clearing-the-mines", "faq")

ANSWER = "Nobody has counted them, and nobody will, as those who laid them kept no maps and left no word. "


def questions(total: int, length: int = 5) -> str:
    """A source with so many questions; answers have a note each, and are as long as ``length`` sentences."""
    text = FAQ + "introduction: |\n  What many ask.\nsections:\n"
    for number in range(1, total + 1):
        text += f"  - title: What is asked under number {number}, and who asks it?\n    text: |\n      {ANSWER * length}[^n{number}]\n"
    return text + "notes:\n" + "".join(f"  n{number}: Note of answer {number}.\n" for number in range(1, total + 1))


def lines(page) -> list[str]:
    """The lines of a page from the top, each with its words from left to right."""
    pieces = sorted((piece for piece in page.pieces if piece.text.strip()), key=lambda piece: (-round(piece.y / 3), piece.x))
    rows = [list(row) for _, row in groupby(pieces, key=lambda piece: round(piece.y / 3))]
    return [" ".join("".join(f" {piece.text}" for piece in row).split()) for row in rows]


def found_in(document) -> Iterator[tuple[int, str, int]]:
    """Each line with a question: its number, the page that is printed behind it ("" in a heading), and the page that it is on."""
    for page in document.pages:
        for line in lines(page):
            if match := re.search(r"What is asked under number (\d+), and who asks it\?\s*(\d*)", line):
                yield int(match[1]), match[2], page.number


def listed(document) -> dict[int, str]:
    """The page that the list prints for each question, as it is read from the paper."""
    return {number: printed for number, printed, _ in found_in(document) if printed}


def headings(document) -> dict[int, int]:
    """The page on which each question is printed as a heading."""
    return {number: page for number, printed, page in found_in(document) if not printed}


@pytest.mark.parametrize(("number", "length"), [(3, 1), (9, 6), (30, 4), (60, 3)])
def test_the_list_prints_the_pages_on_which_the_questions_stand(workspace, number, length):
    file = workspace.root / workspace.write(questions(number, length), "profiles/questions.yaml")
    (built,), said = build([file], Path("dist"), cached=False)
    assert said == []
    document, _ = read_pdf(built.file)
    printed, stands = listed(document), headings(document)
    assert set(printed) == set(stands) == set(range(1, number + 1))
    assert {one: int(page) for one, page in printed.items()} == stands
    assert len(set(stands.values())) > 2 or number == 3
    assert verify_file(built.file).diagnostics == ()


def test_a_list_of_more_than_a_page_moves_what_it_numbers(workspace):
    """The first question stands behind the list, however long that is."""
    file = workspace.root / workspace.write(questions(60, 1), "profiles/questions.yaml")
    (built,), said = build([file], Path("dist"))
    assert said == []
    document, _ = read_pdf(built.file)
    assert listed(document)[1] == str(headings(document)[1]) != "1"


def test_a_list_that_never_comes_to_rest_is_an_error_on_a_question(workspace, run, monkeypatch):
    pages = count(1)
    monkeypatch.setattr(produce, "_own_folios", lambda one, part, addresses: {addresses[0]: Printed(folio=str(next(pages)))})
    result = run("build", workspace.write(questions(2), "profiles/questions.yaml"))
    assert result.exit_code == 1
    assert "error B003" in result.stderr
    assert "What is asked under number 1" in result.stderr
    assert 3 < next(pages) < 7
    assert not (workspace.root / "dist").exists()


def volume(root: Path, sources: dict[str, str], text: str = VOLUME) -> Path:
    (root / "profiles").mkdir(exist_ok=True)
    (root / "monitorpub.yaml").write_text("")
    for name, source in {**PROFILES, **sources}.items():
        (root / "profiles" / f"{name}.yaml").write_text(source, encoding="utf-8")
    group = "  - title: Questions\n    profiles: [questions]\nsee:"
    (root / "profiles" / "volume.yaml").write_text(text.replace("see:", group, 1), encoding="utf-8")
    found = compile_file(root / "profiles" / "volume.yaml", root / "dist" / "volume.pdf", with_profiles=True)
    assert found.value is not None, [one.message for one in found.diagnostics]
    assert [one.message for one in found.diagnostics if one.severity == "error"] == []
    return found.value.file


def test_in_a_volume_the_list_prints_folios_and_alone_the_pages_of_the_file(tmp_path, monkeypatch, workspace):
    pdf = volume(tmp_path, {"questions": questions(9, 6)})
    document, _ = read_pdf(pdf)
    labels = list(PdfReader(pdf).page_labels)
    printed, stands = listed(document), headings(document)
    assert set(printed) == set(range(1, 10))
    assert printed == {number: labels[page - 1] for number, page in stands.items()}
    assert min(map(int, printed.values())) > 6
    assert verify_file(pdf).diagnostics == ()
    alone, _ = read_pdf(pdf.parent / "questions.pdf")
    assert {number: int(page) for number, page in listed(alone).items()} == headings(alone)
    (built,), _ = build([tmp_path / "profiles" / "questions.yaml"], tmp_path / "alone")
    assert built.file.read_bytes() == (pdf.parent / "questions.pdf").read_bytes()


def test_in_a_volume_it_stands_under_its_title_and_in_no_table_of_countries(tmp_path):
    pdf = volume(tmp_path, {"questions": questions(3)})
    reader = PdfReader(pdf)
    pages = [" ".join(page.extract_text().split()) for page in reader.pages]
    contents = next(page for page in pages if "Contents" in page)
    assert "Questions on mines" in contents
    table = next(page for page in pages if "Areas" in page and "Total" in page)
    assert "Nepal" in table
    assert "Questions on mines" not in table


def test_the_sample_has_what_the_layout_can_print(tmp_path):
    (built,), said = build([SAMPLE], tmp_path)
    assert said == []
    assert verify_file(built.file).diagnostics == ()
    reader = PdfReader(built.file)
    words = [line.title for line in _flat(reader.outline)]
    titles = [section.title.source for section in prepare(SAMPLE).value.numbered.profile.sections]
    assert len(titles) == 9
    assert words[0] == reader.metadata.title.partition(" – ")[0]
    assert words[1:] == ["Questions", *titles, "In one sentence", "Related links"]


def _flat(outline):
    for line in outline:
        if isinstance(line, list):
            yield from _flat(line)
        else:
            yield line


def test_the_list_is_contents_for_those_who_listen(workspace):
    file = workspace.root / workspace.write(questions(4), "profiles/questions.yaml")
    (built,), _ = build([file], Path("dist"))
    tree = Structure(built.file.read_bytes())
    tree.assert_sound()
    roles = [node.role for node in tree.nodes]
    assert (roles.count("/TOC"), roles.count("/TOCI"), roles.count("/H2")) == (1, 4, 5)
    for item in (node.object for node in tree.nodes if node.role == "/TOCI"):
        assert [str(kid.S) for kid in item.K] == ["/Reference"]
        assert [str(kid.S) for kid in item.K[0].K] == ["/Link"]


def html(workspace, text: str):
    found = prepare(workspace.root / workspace.write(text, "profiles/x.yaml"))
    assert found.diagnostics == ()
    one = found.value
    document = compose(one.numbered, one.images, one.workspace, "x").value
    return tinyhtml5.parse(document.html, namespace_html_elements=False)


def words(element) -> str:
    return " ".join("".join(element.itertext()).replace("\u2060", "").split())


CALLED = """\
sections:
  - title: "Why *are* there [many](https://example.org)?[^a]"
    id: why
    text: Because.
  - {title: "How [so]{.index}?", text: So.}
notes: {a: A note.}
"""


def test_a_line_of_the_list_has_the_words_of_the_question_and_nothing_that_leads_elsewhere(workspace):
    page = html(workspace, FAQ + CALLED)
    (contents,) = [one for one in page.iter("ul") if one.get("role") == "doc-toc"]
    links = list(contents.iter("a"))
    assert [(one.get("href"), words(one)) for one in links] == [("#why", "Why are there many?"), ("#how-so", "How so?")]
    assert [one.text for one in contents.iter("em")] == ["are"]
    assert [one.get("id") for one in contents.iter() if one.get("id")] == []
    ids = [one.get("id") for one in page.iter() if one.get("id")]
    assert len(ids) == len(set(ids))


BLOCKS = """\
introduction: Words before all.[^a]
key-developments-since: May 2000
key-developments: Much.[^b]
sections: [{title: One, text: "More.[^c]"}]
call-out: {title: "Remember[^d]", text: "It is *so*.[^e]"}
related:
  - {title: "The *treaty* [text](https://other.org)", address: https://example.org/a/}
  - {title: Below, address: "#one"}
notes: {e: E., d: D., c: C., b: B., a: A.}
"""


@pytest.mark.parametrize("layout", ["faq", "clearing-the-mines"])
def test_every_layout_prints_them_and_notes_follow_the_order_of_print(workspace, layout):
    page = html(workspace, TITLED.replace("clearing-the-mines", layout) + BLOCKS)
    text = words(page.find("body"))
    places = [text.index(some) for some in ("Words before all", "Key developments since May 2000", "More.", "Remember", "Related links")]
    assert places == sorted(places)
    marks = [words(one) for one in page.iter("a") if one.get("role") == "doc-noteref"]
    assert marks == ["¹", "²", "³", "⁴", "⁵"]
    assert [one.get("data-bookmark") for one in page.iter("h2") if one.get("class") == "call-out-title"] == ["Remember"]
    related = next(one for one in page.iter("ul") if one.get("class") == "related-list")
    assert [(one.get("href"), words(one)) for one in related.iter("a")] == [
        ("https://example.org/a/", "The treaty text"),
        ("#one", "Below"),
    ]
    assert words(related) == "The treaty text example.org/a Below"


def test_a_related_link_may_lead_to_another_profile(workspace, check):
    workspace.write(HEAD, "profiles/north-korea.yaml")
    file = workspace.write(FAQ + "related: [{title: There, address: north-korea}]\n", "profiles/x.yaml")
    page = html(workspace, (workspace.root / file).read_text())
    (link,) = page.iter("a")
    assert link.get("href") == "part:north-korea"


def test_what_is_about_no_country_has_none_in_its_facts(workspace):
    one = prepare(workspace.root / workspace.write(TITLED, "profiles/x.yaml")).value
    known = facts(one.numbered)
    assert known["name"] == "Questions on mines"
    assert look_up(known, "name") == "Questions on mines"
    assert "country" not in known
    assert one.numbered.profile.tab == "Questions on mines"


def test_a_condition_on_the_country_leaves_it_out(tmp_path):
    text = VOLUME.replace("where: {field: group, is: States Parties}", "where: {field: country.code, in: [TCD, MMR, AGO]}")
    assert "country.code" in text
    pdf = volume(tmp_path, {"questions": questions(2)}, text)
    labels = [one.title for one in _flat(PdfReader(pdf).outline)]
    assert labels.index("Questions on mines") > labels.index("Nepal") > labels.index("Angola")


def test_the_schema_wants_a_country_or_a_title():
    validator = jsonschema.Draft202012Validator(json.loads(schema_text()))
    least = {"layout": "faq", "language": "en", "volume": "A", "edition": 2025, "last-updated": "2025-08-31"}
    assert not validator.is_valid(least)
    assert validator.is_valid({**least, "title": "Questions"})
    assert validator.is_valid({**least, "country": {"code": "PRK", "name": "North Korea"}})


def test_the_schema_accepts_the_sample():
    source = yaml.load(SAMPLE.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    source["edition"] = int(source["edition"])
    assert list(jsonschema.Draft202012Validator(json.loads(schema_text())).iter_errors(source)) == []


DATA = ("introduction", "key-data", "key-developments", "recommendations", "assessment", "capacity", "sections", "call-out", "related")
"""The blocks of a profile that are made of its own fields."""

LAYOUTS = [
    file for file in sorted((ROOT / "layouts").glob("*.yaml")) if file.with_suffix(".html").exists() and file.stem != "annual-report"
]


@pytest.mark.parametrize("file", LAYOUTS, ids=lambda file: file.stem)
def test_every_layout_of_profiles_prints_every_field(file):
    """So a source that moves from one layout to another loses nothing."""
    order = yaml.safe_load(file.read_text(encoding="utf-8"))["order"]
    assert [block for block in DATA if block not in order] == []


def test_it_is_no_volume_and_compile_says_so(run, workspace):
    result = run("compile", workspace.write(questions(2), "profiles/questions.yaml"))
    assert result.exit_code == 1
    assert "G012" in result.stderr


def test_an_id_is_where_its_section_begins_though_it_goes_on_for_pages(workspace):
    sections = f"sections:\n  - title: Long\n    id: long\n    text: |\n      {ANSWER * 150}\n  - title: Last\n    text: See [p. {{page}}](#long).\n"
    file = workspace.root / workspace.write(HEAD + sections, "profiles/x.yaml")
    (built,), said = build([file], Path("dist"))
    assert said == []
    assert built.pages > 2
    assert "See p. 1." in " ".join(PdfReader(built.file).pages[-1].extract_text().replace("\u00a0", " ").split())
