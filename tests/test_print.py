"""What the styles do, on built profiles: read back from the PDF by words, font, place and colour."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from conftest import HEAD
from monitorpub.pipeline import build
from reading import Page, read_pdf, words

HERE = Path(__file__).parent
ACCENT = (0.706, 0.278, 0.122)
LINE = 18
FOOT = 1123 - 96
"""px: where the text column ends."""
SENTENCE = "The survey of the northern districts went on through the dry season and was reported in full. "


@dataclass
class Print:
    """A finished PDF: its pages as text, and the file."""

    pages: list[Page]
    file: PdfReader

    def place(self, words: str, page: int | None = None) -> tuple[float, float]:
        """Where some words stand, px from the top left corner."""
        found = [(x, y) for one in (self.pages if page is None else [self.pages[page]]) for t, _, x, y in one.pieces if words in t]
        assert found, words
        return found[0]


def printed(source: Path, folder: Path) -> Print:
    done, said = build([source], folder)
    assert not said, [d.message for d in said]
    pdf = done[0].file.read_bytes()
    return Print(read_pdf(pdf), PdfReader(io.BytesIO(pdf)))


@pytest.fixture
def made(workspace, tmp_path):
    """The print of a profile that is the least head and some lines."""

    def make(text: str, *, head: str = HEAD) -> Print:
        return printed(workspace.write(head + text), tmp_path / "out")

    return make


@pytest.fixture(scope="module")
def every_block(tmp_path_factory) -> Print:
    return printed(HERE / "profiles" / "every-block.yaml", tmp_path_factory.mktemp("every-block"))


def table(years: int, rows: int = 3, value: str = "1.5", label: str = "District") -> str:
    values = "{" + ", ".join(f"{2024 - year}: {value}" for year in range(years)) + "}"
    lines = [f"      - {{id: row-{row}, label: {label} {row}, values: {values}}}" for row in range(rows)]
    return "\n".join(["key-data:", "  - table: Outputs", "    id: outputs", "    unit: km²", "    rows:", *lines, ""])


def rectangles(page: Any) -> Iterator[tuple[tuple[float, ...], tuple[float, ...]]]:
    """The colour of each painted rectangle of a page, and its place and size in px."""
    colour: tuple[float, ...] = ()
    last: tuple[float, ...] = ()
    for operands, operator in page.get_contents().operations:
        if operator == b"rg":
            colour = tuple(round(float(n), 3) for n in operands)
        elif operator == b"re":
            last = tuple(float(n) for n in operands)
        elif operator in (b"f", b"f*"):
            yield colour, last


class TestNotes:
    def test_two_calls_side_by_side_have_a_comma_between_them(self, made):
        found = made("key-developments: Words.[^a][^b]\nnotes: {a: Note a., b: Note b.}\n")
        y = found.place("Words.")[1]
        line = "".join(t for t, _, _, at in found.pages[0].pieces if abs(at - y) < 1)
        assert line.replace("\u2060", "").translate(str.maketrans("¹²", "12")).endswith("Words.1,2")

    def test_a_short_rule_stands_over_the_notes(self, every_block):
        for page, source in zip(every_block.pages, every_block.file.pages, strict=True):
            first = min(y for _, font, _, y in page.pieces if "Serif-Note" in font)
            places = [tuple(float(n) for n in operands) for operands, operator in source.get_contents().operations if operator == b"re"]
            (rule,) = [y for _, y, _, height in places if height == 0.75]
            assert 0 < first - rule < 2 * LINE

    def test_a_note_that_runs_over_the_text_is_an_error_on_its_line(self, workspace, tmp_path):
        lorem = (
            "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore magna aliqua. "
        )
        body = f"key-developments: |\n  Call.[^a] {lorem * 6}\n" + f"\n  {lorem * 12}\n" * 3
        done, said = build([workspace.write(HEAD + body + f"notes:\n  a: {lorem * 46}\n")], tmp_path)
        assert not done
        found = next(one for one in said if one.code == "P012")
        assert found.path == "notes.a"
        assert "'a' (number 1) and the text are printed over each other on page" in found.message


class TestTables:
    def test_the_head_stands_on_each_page(self, made):
        found = made(table(2, rows=60))
        assert len(found.pages) > 1
        for page in found.pages:
            assert "2024" in page.text
        assert [page.text.count("Outputs".upper()) for page in found.pages] == [1] + [0] * (len(found.pages) - 1)

    def test_the_head_of_a_group_stands_on_each_page(self, made):
        groups = (
            table(2, rows=60).replace("    rows:", "    groups:\n      - head: Released\n        rows:").replace("      - {", "        - {")
        )
        found = made(groups)
        assert len(found.pages) > 1
        assert all("Released" in page.text for page in found.pages)

    @pytest.mark.parametrize("rows", range(37, 45))
    def test_no_row_stands_alone_on_the_last_page(self, made, rows):
        found = made(table(2, rows=rows))
        assert found.pages[-1].text.count("District") != 1

    @pytest.mark.parametrize("years", [2, 3, 6, 10])
    def test_years_share_the_width_of_the_column(self, made, years):
        found = made(table(years, value="12.25"))
        places = [found.place(str(2024 - year), 0)[0] for year in range(years)]
        gaps = {round(b - a) for a, b in pairwise(places)}
        assert max(gaps) - min(gaps) <= 1
        assert all(x < 794 - 238 for x in places)

    @pytest.mark.parametrize("years", [6, 8])
    def test_words_for_missing_values_take_two_lines_where_they_must(self, made, years):
        (page,) = made(table(years, value="null")).pages
        assert "Not\nreported" in page.text.replace(" \n", "\n") or any(t.strip() == "Not" for t, _, _, _ in page.pieces)

    def test_a_label_is_not_broken_beside_empty_columns(self, made):
        label = "AP mines destroyed in clearance and spot tasks in the year"
        found = made(table(3, value="7", label=label).replace("unit: km²", "unit: count"))
        assert all(any(f"{label} {row}" in t for t, _, _, _ in found.pages[0].pieces) for row in range(3))

    def test_too_many_years_are_an_error_on_the_line_of_the_table(self, workspace, tmp_path):
        done, said = build([workspace.write(HEAD + table(14, value="1234.25"))], tmp_path)
        assert not done
        assert {one.code for one in said} == {"P011"}
        (found,) = said
        assert "the table 'outputs' is too wide" in found.message
        assert found.place.line == 8

    def test_a_cell_that_is_only_a_call_is_not_reported(self, made):
        rows = '{id: a, label: A, values: {2024: "[^x]", 2023: 2}}, {id: b, label: B, values: {2024: 3, 2023: 4}}, {id: t, label: T, total: [a, b], values: {2024: "[^x]"}}'
        found = made(f"key-data:\n  - {{table: X, id: x, unit: count, rows: [{rows}], notes: {{x: Words.}}}}\n")
        text = words(found.pages[0].text).replace("ᵃ", "a")
        assert "ANotreporteda2" in text
        assert "T3a6" in text

    def test_a_negative_number_has_a_minus_sign(self, made):
        assert "\u22123.5" in made(table(1, value="-3.5")).pages[0].text

    def test_units_keep_their_case_in_capitals(self, made):
        found = made("key-data:\n  - {fact: Mined area (km²) of NGOs, value: Unknown}\n  - {fact: Wie groß ist es, value: 5}\n")
        text = words(found.pages[0].text)
        assert words("MINED AREA (km²) OF NGOs") in text
        assert words("WIE GROẞ IST ES") in text


class TestText:
    def test_recommendations_have_square_bullets(self, every_block):
        squares = [
            at
            for page in every_block.file.pages
            for colour, at in rectangles(page)
            if at[2] == at[3] == 6 and all(abs(a - b) < 0.01 for a, b in zip(colour, ACCENT, strict=True))
        ]
        assert len(squares) == 2
        assert [x for x, *_ in squares] == [78 + LINE, 238 + LINE]

    @pytest.mark.parametrize("lines", range(38, 48))
    def test_no_heading_is_last_on_a_page(self, made, lines):
        text = "\n\n".join("      Words of one line." for _ in range(lines))
        found = made(f"sections:\n  - title: One\n    text: |\n{text}\n    sections:\n      - title: Zwei\n        text: {SENTENCE * 4}\n")
        for page in found.pages:
            heads = [y for t, font, _, y in page.pieces if t.strip() == "Zwei" and font.endswith("Sans-Semi-Bold")]
            assert all(any(font == "Monitorpub-Serif" and at > y for _, font, _, at in page.pieces) for y in heads)

    def test_capacity_prints_its_items(self, every_block):
        text = every_block.pages[1].text
        for item in ("MANAGEMENT", "NATIONAL OPERATORS", "Security Force", "Civil protection", "INTERNATIONAL OPERATORS", "None"):
            assert item in text

    def test_an_image_has_its_words(self, every_block):
        assert list(figures(every_block.file.trailer["/Root"]["/StructTreeRoot"])) == ["Three squares, each smaller than the one before"]

    def test_a_tall_image_fits_the_text_column(self, made, workspace):
        workspace.write(
            '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="2400"><rect width="300" height="2400" fill="#123456"/></svg>',
            "tall.svg",
        )
        found = made("key-developments: |\n  Before.\n\n  ![A tall one](tall.svg)\n\n  After.\n")
        assert len(found.pages) == 1  # the audit would name an image that leaves the column

    def test_an_image_that_leaves_the_column_is_named(self, workspace, tmp_path):
        workspace.write(
            '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="2400"><rect width="300" height="2400" fill="#123456"/></svg>',
            "tall.svg",
        )
        style = (HERE.parent / "styles" / "text.css").read_text(encoding="utf-8")
        workspace.write(style.replace("max-height: var(--height-image);", ""), "styles/text.css")
        _, said = build([workspace.write(HEAD + "sections:\n  - title: T\n    text: '![A tall one](tall.svg)'\n")], tmp_path)
        assert [one.code for one in said] == ["P011"]
        assert "the image “A tall one” stands outside the page." in said[0].message
        assert said[0].place.line == 8

    def test_bookmarks_are_bare_titles(self, made):
        found = made("sections:\n  - {title: 'Contamination[^a] of the *north*', date: 2025-05-01, text: Words.}\nnotes: {a: Note.}\n")
        assert [one.title for one in found.file.outline[1]] == ["Contamination of the north"]


def figures(node: Any) -> Iterator[str]:
    """The words of the images among the tags of a PDF."""
    node = node.get_object()
    for child in node if isinstance(node, list) else [node]:
        child = child.get_object()
        if isinstance(child, dict):
            if child.get("/S") == "/Figure":
                yield str(child.get("/Alt"))
            if "/K" in child:
                yield from figures(child["/K"])


class TestPage:
    def test_feet_stand_on_their_sides(self, every_block):
        """The folio at the outer edge; the site inside on right pages, the volume on left ones."""
        for number, page in enumerate(every_block.pages, 1):
            foot = {t.strip(): x for t, _, x, y in page.pieces if y > FOOT + LINE}
            right = number % 2 == 1
            inner = "example.org" if right else "Clearing the Mines 2025"
            assert foot.keys() == {str(number), inner}
            assert (foot[str(number)] > foot[inner]) == right

    def test_group_and_country_stand_on_the_outer_edge(self, every_block):
        assert every_block.place("Other areas", 1)[0] < 100
        assert every_block.place("Other areas", 2)[0] > 794 - 238

    @pytest.mark.parametrize("name", ["A" * 50, "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"])
    def test_long_names_break_and_stay_out_of_the_text(self, made, name):
        head = HEAD.replace("North Korea", name) + "group: States Parties that have requested an extension of their deadline\n"
        found = made("key-developments: |\n" + f"  {SENTENCE * 8}\n\n" * 9, head=head)
        for page in found.pages[1:]:
            tab = [(t, x) for t, _, x, y in page.pieces if y < 200 and "Sans" in _]
            assert len(tab) > 2
            assert all(x < 238 - 54 or x > 794 - 238 + 40 for _, x in tab)
        title = [x for _, font, x, _ in found.pages[0].pieces if "Display" in font]
        assert len(title) > 1

    @pytest.mark.parametrize("language", ["fr-FR", "fr-fr", "FR"])
    def test_a_french_profile_has_french_words(self, made, language):
        head = HEAD.replace("en-GB", language)
        found = made(table(2, value="null") + "capacity:\n  - {list: A, items: []}\nrecommendations: [{id: a, text: Agir.}]\n", head=head)
        text = " ".join(" ".join(page.text for page in found.pages).split())
        for word in (
            "Données clés",
            "Non communiqué",
            "Recommandations",
            "Capacités d’enquête",
            "Néant",
            "Dernière mise à jour",
            "31 août 2025",
        ):
            assert word in text
        for word in ("Key data", "Not reported", "None", "Last updated"):
            assert word not in text
