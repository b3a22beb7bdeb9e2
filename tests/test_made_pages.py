"""Made pages by their words and where they stand: cover, imprint, contents, dividers, abbreviations, index, back cover."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from bad_volumes import HEAD
from monitorpub.layouts import load_layout
from monitorpub.read import read
from monitorpub.typeset import Job
from monitorpub.typeset.engine import typeset
from monitorpub.volume.figure import GAP, HEIGHT, WIDTH, Figure, figure
from monitorpub.volume.pages import compose_page, stretches
from monitorpub.volume.texts import volume_texts
from monitorpub.volume.validate import validate_volume
from monitorpub.volume.view import Abbreviation, Entry, Group, IndexLine, IndexPlace, View
from monitorpub.workspace import Workspace
from reading import PX, Page, read_pdf
from tiny import bound

MATTER = """\
front:
  - page: cover
  - page: imprint
  - page: contents
groups:
  - title: States Parties
    text: States that have joined.
    profiles: [chad, north-korea]
back:
  - page: abbreviations
  - page: index
  - page: back-cover
    text: What is known of each.
"""
TITLED = (HEAD + MATTER).replace("page: contents", "page: contents\n    title: In this volume")
FRENCH = (HEAD + MATTER).replace("en-GB", "fr")
LEFT, RIGHT = 78, 794 - 238
"""px; the edges of the text of a right-hand page."""
ROOM = 794 - 78
"""px; the right edge of a page without folio."""

Made = Callable[..., list[Page]]


def tagged_as(pdf: bytes, name: str) -> Iterator[list[Any]]:
    """What stands in each element of a name in the structure tree, in order."""
    waiting = [PdfReader(io.BytesIO(pdf)).root_object["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop()
        kids = element.get("/K", [])
        kids = [kid.get_object() for kid in (kids if isinstance(kids, list) else [kids])]
        if element.get("/S") == name:
            yield kids
        waiting += [kid for kid in reversed(kids) if isinstance(kid, dict)]


def type_of(kid: Any) -> str:
    """The type of something in an element; none for the number of a marked content."""
    return str(kid.get("/Type")) if isinstance(kid, dict) else ""


@pytest.fixture
def composed(workspace):
    """The HTML and the styles of a made page, as a job."""

    def job(kind: str, view: View | None = None, volume: str = HEAD + MATTER) -> Job:
        source = read(workspace.write(volume, "profiles/volume.yaml")).value
        assert source is not None
        found = validate_volume(source)
        assert found.value is not None, found.diagnostics
        view = view or View()
        home = Workspace.of(source.file)
        layout = load_layout(source, found.value.layout, found.value.language, home, volume=True).value
        texts = volume_texts(source, found.value, home).value
        group = view.groups[0] if kind == "divider" else None
        document = compose_page(kind, found.value.page(kind), found.value, texts, view, home, layout, group)
        assert document.value is not None, document.diagnostics
        return Job(document.value.name, document.value.html, document.value.styles, home.root)

    return job


@pytest.fixture
def made(composed) -> Made:
    """The pages of a made page, read from the PDF; the engine had nothing to say about them."""

    def pages(kind: str, view: View | None = None, volume: str = HEAD + MATTER) -> list[Page]:
        part = typeset(composed(kind, view, volume))
        assert part.remarks == ()
        return read_pdf(bound(part))

    return pages


def entries(*titles: str, first: int = 3) -> tuple[Entry, ...]:
    return tuple(Entry("profile", title, title.lower().replace(" ", "-"), str(first + 4 * n)) for n, title in enumerate(titles))


def words(page: Page) -> str:
    """The words of a page, without the spaces that a change of face leaves before a comma or a stop."""
    return re.sub(r" (?=[,.])", "", " ".join(page.text.split()))


def y_of(page: Page, text: str) -> float:
    """How far down some words stand, in px."""
    return next(y for piece, _, _, y in page.pieces if piece == text)


def contents(*titles: str) -> View:
    matter = Entry("chapter", "Foreword", "foreword", "v", matter="front"), Entry("chapter", "Annex", "annex", "99", matter="back")
    return View((matter[0], Entry("group", "States Parties", "group-states-parties", "1"), *entries(*titles), matter[1]))


class TestContents:
    SEE = Entry("see", "Tchad", "chad", see="Chad")

    def test_each_line_has_title_and_folio_and_the_folios_stand_at_the_right(self, made):
        (page,) = made("contents", contents("Chad", "Peru"))
        assert re.search(r"Foreword v .*STATES PARTIES 1 .*Chad 3 Peru 7 Annex 99$", words(page))
        figures = {text: x for text, _, x, _ in page.pieces if text in ("v", "3", "7", "99")}
        assert figures["3"] == pytest.approx(figures["7"])
        assert figures["3"] - figures["99"] == pytest.approx(5.7, abs=0.3)  # figures of one width: two are wider to the left
        assert all(RIGHT - 15 < x < RIGHT for x in figures.values())

    def test_each_line_is_one_link_to_its_part_over_title_leader_and_folio(self, composed):
        part = typeset(composed("contents", contents("Chad", "Peru")))
        assert part.links == ("foreword", "group-states-parties", "chad", "peru", "annex")
        (page,) = read_pdf(bound(part))
        assert len(page.links) == 5
        assert [width for _, (width, _) in page.links] == pytest.approx([(RIGHT - LEFT) * PX] * 5, abs=0.3)

    def test_each_line_is_tagged_as_one_link_with_its_words(self, composed):
        """No Link stands in another one: each has its annotation (PDF/UA-1, 7.18.5)."""
        links = list(tagged_as(bound(typeset(composed("contents", contents("Chad", "Peru")))), "/Link"))
        assert [sum(type_of(kid) == "/OBJR" for kid in link) for link in links] == [1] * 5

    def test_a_name_over_two_lines_is_still_one_link(self, composed):
        name = "The Provisional Administration of " + "the Northern Territories and " * 4
        part = typeset(composed("contents", contents(name.strip())))
        (page,) = read_pdf(bound(part))
        assert sorted(round(height) for _, (_, height) in page.links)[-1] >= 36 * PX
        assert len(page.links) == 4

    def test_a_see_entry_has_no_folio_and_leads_to_what_it_names(self, composed):
        view = View((*entries("Chad"), self.SEE))
        part = typeset(composed("contents", view))
        (page,) = read_pdf(bound(part))
        assert words(page).endswith("Chad 3 Tchad, see Chad")
        assert part.links == ("chad",)
        assert len(page.links) == 2

    def test_a_group_without_divider_has_no_folio_and_is_no_link(self, composed):
        part = typeset(composed("contents", View((Entry("group", "Others", "group-others"), *entries("Chad")))))
        assert part.links == ("chad",)
        assert "OTHERS Chad 3" in words(read_pdf(bound(part))[0])

    @pytest.mark.parametrize("kind", ["contents", "abbreviations", "index"])
    def test_its_own_words_stand_under_its_title(self, composed, kind):
        volume = (HEAD + MATTER).replace(f"page: {kind}", f"page: {kind}\n    title: A title\n    text: Words of our own.")
        assert re.search(
            r"A title</h1>\s*</header>\s*<section class=\"block\"><p>Words of our own.</p></section>", composed(kind, volume=volume).html
        )

    def test_more_than_a_page_in_two_columns(self, made):
        titles = [f"State {number:03}" for number in range(200)]
        pages = made("contents", contents(*titles))
        assert re.findall(r"State \d{3}", " ".join(page.text for page in pages)) == titles
        assert [len({round(x) for text, _, x, _ in page.pieces if text.startswith("State")}) for page in pages[:2]] == [2, 2]

    def test_a_group_is_never_parted_from_its_first_line(self, made):
        stands_on = []
        for before in range(87, 92):  # lines that leave room for the group, for less of it, and for none
            groups = Entry("group", "Last group", "group-last", "900"), *entries("Zambia", "Zimbabwe", first=901)
            view = View((*entries(*(f"State {number:03}" for number in range(before))), *groups))
            pages = made("contents", view)
            stands_on.append([number for number, page in enumerate(pages, 1) if "LAST GROUP" in page.text])
            assert stands_on[-1] == [number for number, page in enumerate(pages, 1) if "Zambia" in page.text]
        assert (stands_on[0], stands_on[-1]) == ([1], [2])

    def test_in_french(self, made):
        (page,) = made("contents", View((*entries("Tchad"), replace(self.SEE, title="Chad", see="Tchad"))), FRENCH)
        assert words(page).endswith("Sommaire Tchad 3 Chad, voir Tchad")

    def test_the_title_of_the_source_stands_above_it(self, composed):
        part = typeset(composed("contents", contents("Chad"), TITLED))
        assert [(line.level, line.words) for line in part.outline] == [(1, "In this volume")]

    def test_stretches(self):
        view = contents("Chad")
        assert [(one.matter, one.head.title if one.head else "", [e.title for e in one.entries]) for one in stretches(view.contents)] == [
            ("front", "", ["Foreword"]),
            ("body", "States Parties", ["Chad"]),
            ("back", "", ["Annex"]),
        ]


class TestDivider:
    def view(self, *titles: str) -> View:
        return View(groups=(Group("states-parties", "States Parties", entries(*titles)),))

    def test_group_words_and_profiles_with_folios_and_links(self, composed):
        part = typeset(composed("divider", self.view("Chad", "Peru")))
        (page,) = read_pdf(bound(part))
        assert part.name == "group-states-parties"
        assert words(page) == "Clearing the Mines 2025 States Parties States that have joined. Chad 3 Peru 7"
        assert part.links == ("chad", "peru")
        assert [(line.level, line.words) for line in part.outline] == [(1, "States Parties")]

    def test_it_carries_no_folio_and_nothing_stands_outside(self, composed):
        part = typeset(composed("divider", self.view(*(f"State {number:03}" for number in range(90)))))
        (page,) = read_pdf(bound(part))
        assert part.unstamped == (1,)
        assert len(re.findall(r"State \d{3} \d+", words(page))) == 90
        assert all(LEFT <= round(x) < ROOM and 54 < y < 1123 - 54 for _, _, x, y in page.pieces)

    def test_long_lists_stand_in_columns(self, made):
        columns = {}
        for count in (40, 41, 81):
            (page,) = made("divider", self.view(*(f"State {number:03}" for number in range(count))))
            columns[count] = len({round(x) for text, _, x, _ in page.pieces if text.startswith("State 0")})
        assert columns == {40: 1, 41: 2, 81: 3}


class TestImprint:
    def test_only_what_is_given_is_printed(self, made):
        (page,) = made("imprint")
        assert (
            " ".join(page.text.split())
            == "Clearing the Mines 2025 Published by A publisher Date 1 November 2025 Made with monitorpub " + words(page).split()[-1]
        )

    def test_everything(self, made):
        more = (
            "subtitle: A sample\nedition-line: Third edition\nisbn: 978-0-306-40615-7\nissn: 0378-5955\ndocument-number: MP/1\n"
            "citation: Cite *this*.\ndisclaimer: Nobody’s opinion.\ncredits: [{role: Text, names: [A. Author, B. Author]}]\n"
        )
        (page,) = made("imprint", volume=HEAD + more + MATTER)
        for said in (
            "A sample", "Edition Third edition", "ISBN 978-0-306-40615-7 ISSN 0378-5955 Document MP/1", "Suggested citation Cite this.",
            "Disclaimer Nobody’s opinion.", "Credits Text: A. Author; B. Author",
        ):  # fmt: skip
            assert said in words(page)

    def test_its_bookmark_is_its_name(self, composed):
        assert [(line.level, line.words) for line in typeset(composed("imprint")).outline] == [(1, "Imprint")]


class TestAbbreviationsAndIndex:
    def test_abbreviations_stand_beside_what_they_stand_for(self, made):
        view = View(
            abbreviations=(Abbreviation("AP", "anti-personnel"), Abbreviation("AV", "anti-vehicle"), Abbreviation("ÉDM", "des mines"))
        )
        (page,) = made("abbreviations", view)
        assert words(page).endswith("AP anti-personnel AV anti-vehicle ÉDM des mines")
        heights = {text: y for text, _, _, y in page.pieces}
        assert heights["AP"] == pytest.approx(heights["anti-personnel"], abs=0.3)
        assert heights["AV"] - heights["AP"] == pytest.approx(18, abs=0.1)
        assert heights["ÉDM"] - heights["AV"] == pytest.approx(27, abs=0.1)  # half a line between letters

    def test_a_long_abbreviation_stands_above(self, made):
        (page,) = made("abbreviations", View(abbreviations=(Abbreviation("ANTI-MINE-ACTION-GROUP", "its words"),)))
        heights = {text: y for text, _, _, y in page.pieces}
        assert heights["its words"] - heights["ANTI-MINE-ACTION-GROUP"] == pytest.approx(18, abs=1)

    INDEX = View(
        index=(
            IndexLine("Bago", (IndexPlace("12", "myanmar#index-1"), IndexPlace("41–43", "angola#index-2")), letter="B"),
            IndexLine("CMAC", see="Cambodian Mine Action Centre", letter="C"),
            IndexLine("Cambodian Mine Action Centre", (IndexPlace("xv", "foreword#index-1"),), letter="C"),
        )
    )

    def test_each_run_of_folios_is_a_link(self, composed):
        part = typeset(composed("index", self.INDEX))
        (page,) = read_pdf(bound(part))
        assert "B Bago, 12, 41–43 C CMAC, see Cambodian Mine Action Centre Cambodian Mine Action Centre, xv" in words(page)
        assert part.links == ("myanmar#index-1", "angola#index-2", "foreword#index-1")
        assert [target for target, _ in page.links] == ["", "", "index/term-3", "index/term-3", ""]  # the words run over a line

    def test_a_long_index_stands_in_two_columns_in_order(self, made):
        terms = [f"Term {number:03}" for number in range(150)]
        pages = made("index", View(index=tuple(IndexLine(term, (IndexPlace("12", "chad"),), letter="T") for term in terms)))
        assert re.findall(r"Term \d{3}", " ".join(page.text for page in pages)) == terms
        assert len({round(x) for text, _, x, _ in pages[0].pieces if text.startswith("Term")}) == 2

    def test_a_run_over_line_is_indented(self, made):
        term = "National Committee for " + "Mine Action and " * 3 + "Victims"
        (page,) = made("index", View(index=(IndexLine(term, (IndexPlace("12", "chad"),), letter="N"),)))
        first, second = [x for text, _, x, _ in page.pieces if text.strip() and y_of(page, text) > 160 and text.strip() != "N"][:2]
        assert second - first == pytest.approx(18, abs=0.1)


class TestCovers:
    def test_the_cover_has_the_words_and_no_folio_and_no_bookmark(self, composed):
        part = typeset(composed("cover", volume=HEAD + "subtitle: A sample\n" + MATTER))
        (page,) = read_pdf(bound(part))
        assert words(page) == "2025 Clearing the Mines A sample A publisher"
        assert (part.unstamped, part.outline) == ((1,), ())

    def test_its_figure_says_in_words_what_it_shows(self, composed):
        html = composed("cover", View(profiles=(area("Chad", "400"), area("Peru", "0.3")))).html
        assert "<title>2 squares, to one scale, each the figure of a country or area; the largest is Chad, 400 km².</title>" in html
        assert html.count("<rect ") == 2
        assert "var(" not in html

    def test_no_figure_without_figures(self, composed):
        assert "<svg" not in composed("cover", View(profiles=(area("Chad", None), area("Oman", "0")))).html

    def test_a_long_title_leaves_the_figure_less_room(self, composed):
        def height(title: str) -> float:
            job = composed(
                "cover",
                View(profiles=tuple(area(name, "400") for name in "ABCDEFGHI")),
                (HEAD + MATTER).replace("Clearing the Mines", title),
            )
            return float(re.search(r'viewBox="0 0 \S+ (\S+)"', job.html)[1])

        assert height("Clearing Mines and Cluster Munition Remnants " * 3) < height("Mines")

    def test_the_back_cover_has_its_words_and_the_number(self, composed):
        part = typeset(composed("back-cover", volume=HEAD + "isbn: 978-0-306-40615-7\n" + MATTER))
        (page,) = read_pdf(bound(part))
        assert words(page) == "Clearing the Mines 2025 What is known of each. A publisher ISBN 978-0-306-40615-7"
        assert (part.unstamped, part.outline) == ((1,), ())

    def test_a_template_that_fails_is_a_sentence(self, composed, workspace):
        workspace.write("{{ nothing.like.it }}", "layouts/matter/cover.html")
        with pytest.raises(AssertionError, match="L002"):
            composed("cover")

    def test_colours_of_the_workspace_reach_the_figure(self, composed, workspace):
        tokens = (Path(__file__).parent.parent / "styles" / "tokens.css").read_text(encoding="utf-8")
        workspace.write(tokens.replace("--palette-deep-mid: #47677a", "--palette-deep-mid: #123456"), "styles/tokens.css")
        assert 'fill="#123456"' in composed("cover", View(profiles=(area("Chad", "400"),))).html


def area(name: str, value: str | None, extent: str = "figure") -> dict:
    statement = {"kind": "contamination", "label": "", "value": value or "Unknown", "area": value, "unit": "km²", "qualifier": None,
                 "band": "heavy", "stated-band": None, "extent": extent, "estimated-by": None, "year": None}  # fmt: skip
    return {"name": name, "key-data": {"contamination": statement}}


class TestFigure:
    def squares(self, *values: str) -> Figure:
        found = figure([area(f"State {index}", value) for index, value in enumerate(values)], None, "en-GB")
        assert found is not None
        return found

    @pytest.mark.parametrize(
        "values",
        [["5"], ["5", "5"], ["1522", "1193.08", "391.38", "0.097"], [str(n) for n in range(1, 60)], ["3"] * 200, ["900", *["0.001"] * 150]],
        ids=["one", "two", "sample", "many", "equal", "tiny"],
    )
    def test_squares_keep_apart_and_inside(self, values):
        found = self.squares(*values)
        assert len(found.squares) == len(values)
        assert found.width <= WIDTH + 0.01
        assert found.height <= HEIGHT + 0.01
        for index, one in enumerate(found.squares):
            assert one.x >= 0
            assert one.y >= -0.01
            for other in found.squares[:index]:
                apart = max(
                    one.x - other.x - other.side, other.x - one.x - one.side, one.y - other.y - other.side, other.y - one.y - one.side
                )
                assert apart >= GAP - 0.02

    def test_areas_are_in_proportion(self):
        large, small = self.squares("100", "4").squares
        assert large.side / small.side == pytest.approx(5, abs=0.01)

    def test_the_lowest_row_is_as_wide_as_the_page_of_type(self):
        found = self.squares("1522", "1193.08", "391.38", "169.48", "82")
        assert found.width == pytest.approx(WIDTH, abs=0.01)

    def test_limits_are_left_out(self):
        found = figure([area("Chad", "90"), area("Yemen", "52", "limit")], None, "en-GB")
        assert [one.name for one in found.squares] == ["Chad"]

    def test_figures_of_other_units_are_converted(self):
        def row(name: str, unit: str, value: str) -> dict:
            rows = {"clearance": {"label": "Clearance", "unit": unit, "values": {"2024": value}}}
            return {"name": name, "key-data": {"outputs": {"kind": "table", "label": "", "rows": rows}}}

        found = figure([row("Chad", "km²", "2"), row("Peru", "m²", "500000")], "key-data.outputs.clearance", "en-GB")
        assert [one.name for one in found.squares] == ["Chad", "Peru"]
        assert found.squares[0].side / found.squares[1].side == pytest.approx(2, abs=0.01)

    def test_values_are_printed_in_the_language(self):
        found = figure([area("Tchad", "1522.5")], None, "fr")
        assert found.squares[0].value.replace("\u202f", " ") == "1 522"

    def test_the_same_profiles_give_the_same_figure(self):
        values = [area(f"S{n}", str(Decimal(n) / 7)) for n in range(40)]
        assert figure(values, None, "en-GB") == figure(list(reversed(values)), None, "en-GB")
