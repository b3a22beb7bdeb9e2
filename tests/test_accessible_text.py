"""What the HTML says to readers who do not see the page: roles, words of links, languages, abbreviations, summaries of tables."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
import tinyhtml5
from weasyprint.formatting_structure import boxes

from conftest import HEAD
from monitorpub.compose import compose
from monitorpub.model import Text
from monitorpub.pipeline import prepare
from monitorpub.text.parse import parse
from monitorpub.typeset import engine
from monitorpub.typeset.fetch import Fetcher
from monitorpub.typeset.part import Job
from monitorpub.typeset.sheets import materials
from monitorpub.workspace import Workspace

ROOT = Path(__file__).parents[1]


@pytest.fixture
def page(workspace):
    """The HTML of a profile whose fields behind the head are given, as elements."""

    def composed(fields: str, language: str = "en-GB") -> Element:
        file = workspace.write(HEAD.replace("language: en-GB", f"language: {language}") + fields, "profiles/x.yaml")
        found = prepare(workspace.root / file)
        assert found.value is not None, [one.message for one in found.diagnostics]
        document = compose(found.value.numbered, found.value.images, found.value.workspace, "x").value
        return tinyhtml5.parse(document.html, namespace_html_elements=False)

    return composed


def of_role(page: Element, role: str) -> list[Element]:
    return [element for element in page.iter() if element.get("role") == role]


def labels(page: Element, role: str) -> list[str | None]:
    return [element.get("aria-label") for element in of_role(page, role)]


NOTES = """\
key-data:
  - table: Clearance
    id: outputs
    unit: km²
    rows:
      - {id: cleared, label: Cleared, values: {2024: "1.5[^a]"}}
    notes:
      a: An estimate.
sections:
  - title: Contamination
    text: Mines were laid.[^one] Nothing is known.[^two] They are there.[^one]
notes:
  one: The first.
  two: The second.
"""


def test_calls_and_notes_lead_to_each_other_with_words(page):
    html = page(NOTES)
    assert labels(html, "doc-noteref") == ["Note a", "Note 1", "Note 2", "Note 1"]
    assert labels(html, "doc-backlink") == [f"Back to the text at note {mark}" for mark in ("a", "1", "2")]
    notes = of_role(html, "doc-footnote")
    assert [note.get("id") for note in notes] == ["note-table~outputs~a", "note-one", "note-two"]
    ids = {element.get("id") for element in html.iter() if element.get("id")}
    assert {link.get("href")[1:] for link in (*of_role(html, "doc-noteref"), *of_role(html, "doc-backlink"))} <= ids


def test_words_of_links_are_in_the_language_of_the_profile(page):
    html = page(NOTES, "fr")
    assert labels(html, "doc-noteref")[1] == "Note 1"
    assert labels(html, "doc-backlink")[1] == "Retour au texte, note 1"


def test_a_layout_without_these_words_has_the_english_ones(page, workspace):
    workspace.write(
        "name: Own\norder: [key-data, sections]\nstyles: [tokens.css]\nlabels:\n"
        "  en: {key-data: Data, not-reported: '?', none: None, last-updated: Updated, table: Table, formal-name: Name}\n",
        "layouts/clearing-the-mines.yaml",
    )
    assert labels(page(NOTES), "doc-backlink") == [f"Back to the text at note {mark}" for mark in ("a", "1", "2")]


def section(text: str, **more: str) -> str:
    return "sections:\n  - title: Contamination\n    text: |\n      " + text.replace("\n", "\n      ") + "\n" + more.get("below", "")


def spans(page: Element) -> list[tuple[str | None, str | None, str]]:
    return [(one.get("lang"), one.get("dir"), "".join(one.itertext())) for one in page.iter() if one.get("lang") and one.tag == "span"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("The [déminage]{lang=fr} goes on.", [("fr", None, "déminage")]),
        ('The [déminage]{ lang = "fr-CA" } goes on.', [("fr-CA", None, "déminage")]),
        ("Its name is [حقل ألغام]{lang=ar}.", [("ar", "rtl", "حقل ألغام")]),
        ("In letters of Rome: [haql algham]{lang=ar-Latn}.", [("ar-Latn", None, "haql algham")]),
        ("[le *déminage* [humanitaire]{.index}]{lang=fr}", [("fr", None, "le déminage humanitaire")]),
        ("`[x]{lang=fr}` and \\[x]", []),
    ],
)
def test_words_in_another_language_say_which(page, typed, found):
    assert spans(page(section(typed))) == found


def test_words_may_be_for_the_index_and_in_another_language(page):
    for braces in ('{.index lang=fr term="Korea"}', '{lang=fr term="Korea" .index}'):
        (mark,) = [one for one in page(section(f"In [Corée]{braces} they met.")).iter() if one.get("class") == "index-mark"]
        assert (mark.get("id"), mark.get("lang"), mark.text) == ("index-1", "fr", "Corée")


def test_notes_and_titles_may_have_words_in_another_language(page):
    html = page("sections: [{title: '[Déminage]{lang=fr}', text: 'Mines.[^a]'}]\nnotes: {a: 'See [Journal]{lang=fr}.'}\n")
    assert [words for _, _, words in spans(html)] == ["Déminage", "Journal"]
    assert [one.get("id") for one in html.iter("section")] == ["deminage"]


def test_signs_of_print_are_those_of_the_editor_in_words_of_another_language(page):
    ((_, _, words),) = spans(page(section("It said [pages 8-9, 12 km2]{lang=de} on pages 8-9.")))
    assert words == "pages 8-9, 12 km2"


def test_an_image_that_decorates_has_no_words_and_says_so(page, workspace):
    from PIL import Image

    Image.new("RGB", (4, 4)).save(workspace.root / "profiles" / "line.png")
    html = page(section("![](line.png){.decorative}\n\n![A *red* line & more](line.png)"))
    found = [(one.get("alt"), one.get("role")) for one in html.iter("img")]
    assert found == [("", "presentation"), ("A red line & more", None)]


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("![](a.png)", ["T006"]),
        ("![](a.png){.decorative}", []),
        ("![A map](a.png){.decorative}", ["R003"]),
        ("![A map](a.png) {.decorative}", ["R003"]),
    ],
)
def test_an_image_has_words_or_only_decorates(typed, codes):
    assert [problem.code for problem in parse(Text(typed), "en").problems] == codes


def abbreviations(page: Element) -> list[tuple[str | None, str | None]]:
    return [(one.text, one.get("title")) for one in page.iter("abbr")]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("The Mine Action Centre (MAC) met. The MAC left.", [("MAC", "Mine Action Centre")]),
        ("The Mine Action Centre (MAC) met. The MAC left.\n\nThe MAC met and the MAC left.", [("MAC", "Mine Action Centre")]),
        ("The MAC met; it is the Mine Action Centre (MAC).", [("MAC", "Mine Action Centre")]),
        ("A MAC (Mine Action Centre) met. Two MACs left.", [("MACs", "Mine Action Centres")]),
        ("The Mine Action Centre (MAC) met; [the MAC](https://example.org) and <https://example.org/MAC> left.", []),
        ("The Mine Action Centre (MAC) met; [la MAC]{lang=fr}, `MAC`, MAC-7 and SMAC left.", []),
        ("The Mine Action Centre (MAC) and the Ministry of Arts and Culture (MAC) met. The MAC left.", []),
        ("The MAC met.", []),
        (
            "The Mine Action Centre (MAC) and Mine Ban Office (MBO) met: MAC and MBO.",
            [("MAC", "Mine Action Centre"), ("MBO", "Mine Ban Office")],
        ),
    ],
)
def test_an_abbreviation_says_what_it_stands_for_where_that_is_not_written_beside_it(page, typed, found):
    assert abbreviations(page(section(typed))) == found


def test_notes_and_key_data_have_abbreviations_and_titles_have_none(page):
    html = page(
        "key-data: [{fact: MAC, value: The MAC}, {list: MAC, items: [MAC]}]\n"
        "sections: [{title: The MAC, text: 'The Mine Action Centre (MAC) met.[^a]'}]\n"
        "notes: {a: 'Email from A. Person, MAC, 1 May 2025.'}\n"
    )
    inside = [parent.get("class") for parent in html.iter() if parent.find("abbr") is not None]
    assert inside == ["fact-value", "note"], "the first use in the key data, and that in the note"


def test_abbreviations_change_no_word_of_the_text(page):
    typed = "The meeting at the Mine Action Centre (MAC), “the MAC”, the MAC’s 12 km2 MAC.[^a] MAC[^a] and *MAC* **MAC**\nMAC"
    (paragraph,) = [one for one in page(section(typed, below="notes: {a: Words.}\n")).iter("p") if one.find("abbr") is not None]
    words = "".join(paragraph.itertext()).replace("\u2060", "")
    assert words == "The meeting at the Mine Action Centre (MAC), “the MAC”, the MAC’s 12\u00a0km² MAC.¹1 Words. MAC¹ and MAC MAC MAC"


def summaries(page: Element) -> list[str | None]:
    return [one.get("aria-description") for one in page.iter("table")]


def series(rows: str, more: str = "") -> str:
    return f"key-data:\n  - table: Clearance\n    id: outputs\n    unit: km²\n{more}    rows:\n{rows}"


def row(name: str, values: str, more: str = "") -> str:
    return f"      - {{id: {name.lower()}, label: {name}, values: {{{values}}}{more}}}\n"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            row("North", "2024: 1.10, 2023: 0.5, 2022: 0.2") + row("South", "2024: 5"),
            "Table of 2 rows and 3 years (2022–2024): North rose from 0.2\u00a0km² in 2022 to 1.10\u00a0km² in 2024.",
        ),
        (
            row("North", "2024: 1, 2023: 2") + row("South", "2024: 1, 2023: 2") + row("All", "", ", total: [north, south]"),
            "Table of 3 rows and 2 years (2023–2024): All fell from 4\u00a0km² in 2023 to 2\u00a0km² in 2024.",
        ),
        (row("North", "2024: null, 2023: 2, 2022: 2"), "Table of 1 row and 3 years (2022–2024): North, 2\u00a0km² in 2022 and in 2023."),
        (row("North", "2024: null, 2023: 1200"), "Table of 1 row and 2 years (2023–2024): North, 1,200\u00a0km² in 2023."),
        (
            row("North", "2024: null") + row("South", "2024: 3", ", unit: '%'"),
            "Table of 2 rows and 1 year (2024): South, 3% in 2024.",
        ),
        (row("North", "2024: null, 2023: null"), "Table of 1 row and 2 years (2023–2024): nothing was reported."),
        (row("North", "2024: Several, 2023: null"), "Table of 1 row and 2 years (2023–2024)."),
        (
            row("North", "2024: -1, 2023: -2"),
            "Table of 1 row and 2 years (2023–2024): North rose from −2\u00a0km² in 2023 to −1\u00a0km² in 2024.",
        ),
    ],
)
def test_a_table_says_what_it_holds(page, rows, said):
    assert summaries(page(series(rows))) == [said]


def test_what_a_table_holds_is_said_in_the_language_of_the_profile(page):
    rows = row("Nord", "2024: 1.5, 2023: 0.5")
    said = "Tableau de 1 ligne et 2 années (2023–2024)\u202f: Nord, hausse de 0,5\u00a0km² en 2023 à 1,5\u00a0km² en 2024."
    assert [(one or "").replace(" :", "\u202f:") for one in summaries(page(series(rows), "fr"))] == [said]
    assert summaries(page(series(rows), "de")) == [None], "nothing, sooner than words in another language"


def test_an_author_says_what_a_table_holds(page):
    html = page(series(row("North", "2024: 1"), '    summary: Clearance < "twice" that of the year before.\n'))
    assert summaries(html) == ['Clearance < "twice" that of the year before.']


def test_each_group_of_rows_says_what_it_holds_as_each_is_a_table(page):
    groups = "".join(
        f"      - {{head: {head}, unit: {unit}, rows: [{{id: {head.lower()}, label: {head}, values: {{2024: 3}}}}]}}\n"
        for head, unit in (("Area", "km²"), ("Mines", "count"))
    )
    html = page(series("", "").replace("    rows:\n", "    groups:\n") + groups)
    assert summaries(html) == [
        "Table of 1 row and 1 year (2024): Area, 3\u00a0km² in 2024.",
        "Table of 1 row and 1 year (2024): Mines, 3 in 2024.",
    ]


def lines(job: Job) -> list[tuple[int, float, str]]:
    """The words of every line with its page and its height; those of abbreviations have no line under them."""
    fetcher = Fetcher(Workspace(job.workspace))
    with materials(job.styles, fetcher) as (sheets, fonts):
        pages = engine.lay_out(job, fetcher, sheets, fonts).pages
    found: list[tuple[int, float, str]] = []

    def words(box: Any) -> str:
        box = getattr(box, "_box", box)
        return getattr(box, "text", "") or "".join(words(child) for child in getattr(box, "children", ()))

    def walk(box: Any, page: int) -> None:
        box = getattr(box, "_box", box)
        if isinstance(box, boxes.LineBox):
            found.append((page, round(box.position_y, 3), words(box)))
        assert box.element_tag != "abbr" or box.style["text_decoration_line"] == "none"
        for child in getattr(box, "children", ()):
            walk(child, page)

    for number, page in enumerate(pages, 1):
        walk(page._page_box, number)
    return found


def test_abbreviations_and_languages_move_no_line_of_a_page():
    prepared = prepare(ROOT / "profiles" / "north-korea.yaml").value
    document = compose(prepared.numbered, prepared.images, prepared.workspace, "x").value
    assert document.html.count("<abbr") > 10
    without = re.sub("</?abbr[^>]*>", "", document.html)
    marked, plain = (lines(Job("x", html, document.styles, prepared.workspace.root)) for html in (document.html, without))
    assert marked == plain
    assert len(plain) > 200


@pytest.mark.parametrize(
    "file", ["profiles/north-korea.yaml", "tests/profiles/every-block.yaml", "tests/profiles/heard.yaml", "profiles/layouts/questions.yaml"]
)
def test_headings_leave_out_no_level(file):
    prepared = prepare(ROOT / file).value
    document = compose(prepared.numbered, prepared.images, prepared.workspace, "x").value
    levels = [int(level) for level in re.findall(r"<h([1-6])\b", document.html)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels
