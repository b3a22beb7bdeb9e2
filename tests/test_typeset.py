"""Typesetting: what the engine may read, how long it may take, and what the audit sees."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from monitorpub.typeset import Job, Limits, typeset_all
from monitorpub.typeset.audit import audit
from monitorpub.typeset.fetch import Fetcher, Refused
from monitorpub.workspace import Workspace
from test_mends import LOSING, LOSING_CSS
from tiny import bound, note, set_pages

PAGE = "@page { size: 200px 160px; margin: 10px }"

COLUMNS = "@page { size: 220px 200px; margin: 10px } .columns { columns: 2; column-gap: 8px }"
IMAGE = "workspace:/profiles/images/squares.svg"


def columned(html):
    """What the audit says of two columns, 96 px wide."""
    return audit(set_pages(f"<div class=columns>{html}</div>", COLUMNS).pages, ())


def codes(part) -> list[str]:
    return [remark.code for remark in part.remarks]


def font_names(pdf: bytes) -> set[str]:
    fonts = PdfReader(io.BytesIO(pdf)).pages[0]["/Resources"]["/Font"].values()
    return {str(font.get_object()["/BaseFont"]).split("+")[-1] for font in fonts}


def job(html: str, workspace: Path, *, css: str = PAGE, **more) -> Job:
    (workspace / "styles").mkdir(exist_ok=True)
    (workspace / "styles" / "tiny.css").write_text(css, encoding="utf-8")
    document = f'<!DOCTYPE html><html lang="en"><head><title>Tiny</title></head><body>{html}</body></html>'
    return Job("tiny", document, ("fonts.css", "tiny.css"), workspace, **more)


class TestFetching:
    @pytest.fixture
    def fetcher(self, tmp_path):
        (tmp_path / "map.svg").write_text("<svg/>", encoding="utf-8")
        (tmp_path / "link.txt").symlink_to("/etc/hostname")
        return Fetcher(Workspace(tmp_path))

    @pytest.mark.parametrize("address", ["style:/text.css", "font:/Serif-Regular.ttf", "workspace:/map.svg"])
    def test_styles_fonts_and_the_workspace_are_served(self, fetcher, address):
        assert fetcher(address).read()

    @pytest.mark.parametrize(
        "address",
        [
            "file:///etc/passwd", "FILE:/etc/passwd", "file://localhost/etc/passwd", "http://example.org/x.css", "https://example.org/",
            "ftp://example.org/", "data:text/css,p{}", "workspace:/../../etc/passwd", "workspace:/%2e%2e/%2e%2e/etc/passwd",
            "workspace:/link.txt", "workspace:/no-such-file.png", "style:/../pyproject.toml", "font:/../../x", "/etc/passwd", "map.svg",
        ],
    )  # fmt: skip
    def test_everything_else_is_refused(self, fetcher, address):
        with pytest.raises(Refused):
            fetcher(address)

    def test_a_document_that_asks_for_a_file_says_so(self, tmp_path):
        (part,) = typeset_all([job('<p>x<img src="file:///etc/passwd" alt="x"></p>', tmp_path)])
        assert "P005" in codes(part)
        assert "file:///etc/passwd is not part of the workspace" in part.remarks[0].message

    def test_the_machines_fonts_are_hidden(self, tmp_path):
        (part,) = typeset_all([job("<p>Ā sentence</p>", tmp_path, css=PAGE + "p { font-family: DejaVu Sans, monospace }")])
        names = font_names(bound(part))
        assert names
        assert all("Monitorpub" in name for name in names)


class TestLimits:
    def test_a_document_that_takes_too_long_is_stopped_and_the_others_go_on(self, tmp_path):
        nested = "<div style='display:flex'>" * 24 + "x" + "</div>" * 24
        slow, quick = typeset_all([job(nested, tmp_path, limits=Limits(seconds=2)), job("<p>Quick</p>", tmp_path)])
        assert codes(slow) == ["P007"]
        assert "more than 2 seconds" in slow.remarks[0].message
        assert (quick.pages, codes(quick)) == (1, [])

    def test_a_document_that_needs_too_much_memory_is_stopped(self, tmp_path):
        cell = "<table><tr><td colspan=1000000000>x</td></tr></table>"
        (part,) = typeset_all([job(cell, tmp_path, limits=Limits(seconds=30, memory=900_000_000))])
        assert codes(part) == ["P008"]
        assert part.pages == 0

    def test_a_document_that_is_nested_too_deeply_is_a_sentence(self, tmp_path):
        (part,) = typeset_all([job("<div>" * 3000 + "x", tmp_path)])
        assert codes(part) == ["P009"]

    def test_parts_come_in_the_order_of_the_jobs(self, tmp_path):
        parts = typeset_all([job(f"<p>{n}</p>" * (200 if n == 0 else 1), tmp_path) for n in range(3)], workers=2)
        assert [part.pages > 1 for part in parts] == [True, False, False]


class TestAudit:
    def test_notes_in_their_places_are_silent(self):
        document = set_pages("<p>x" + note(1, "one") + " y" + note(2, "two"), PAGE)
        assert audit(document.pages, (("n1", "c1"), ("n2", "c2"))) == []

    def test_a_lost_note_is_named(self):
        document = set_pages("<p>x" + note(1, "one"), PAGE)
        (remark,) = audit(document.pages, (("n1", "c1"), ("n2", "c2")))
        assert (remark.code, remark.element) == ("P001", "n2")

    def test_a_note_printed_twice_is_named(self, engine_is_silent):
        document = set_pages("<p>x" + note(1, "one") + " y" + note(1, "one"), PAGE)
        assert engine_is_silent == ["Anchor defined twice: 'c1'", "Anchor defined twice: 'n1'"]
        engine_is_silent.clear()
        (remark,) = audit(document.pages, (("n1", "c1"),))
        assert (remark.code, remark.message) == ("P001", "The note stands 2 times.")

    def test_a_note_on_the_next_page_is_a_warning(self):
        document = set_pages(LOSING, LOSING_CSS.replace("80px", "94px"))
        (first, second) = audit(document.pages, (("n1", "c1"), ("n2", "c2")))
        assert (first.code, second.code, second.element) == ("P002", "P002", "n2")
        assert second.message == "The note stands on page 2, its call on page 1."

    def test_a_note_two_pages_on_is_an_error(self):
        document = set_pages(LOSING, LOSING_CSS)
        assert [f.code for f in audit(document.pages, (("n1", "c1"), ("n2", "c2")))] == ["P002", "P003"]

    def test_a_head_that_repeats_does_not_repeat_its_note(self):
        head = f"<table><thead><tr><th>h{note(1, 'one')}</th></tr></thead><tbody>" + "<tr><td>x</td></tr>" * 30
        document = set_pages(head, PAGE)
        assert len(document.pages) > 1
        assert audit(document.pages, (("n1", "c1"),)) == []

    def test_a_note_longer_than_a_page_is_named(self):
        document = set_pages("<p>x" + note(1, "endless " * 400), PAGE)
        assert ("P004", "n1") in [(f.code, f.element) for f in audit(document.pages, (("n1", "c1"),))]

    def test_notes_out_of_order_are_named(self):
        document = set_pages("<p>x" + note(2, "two") + " y" + note(1, "one"), PAGE)
        assert [(f.code, f.element) for f in audit(document.pages, (("n1", "c1"), ("n2", "c2")))] == [("P003", "n2")]

    def test_words_outside_the_page_are_named(self):
        document = set_pages("<p style='white-space: nowrap'>" + "wide " * 40, PAGE)
        (remark,) = audit(document.pages, ())
        assert remark.code == "P011"
        assert "wide wide" in remark.message

    def test_words_outside_the_text_column_are_named_on_a_page_that_is_wide_enough(self):
        page = "@page { size: 400px 160px; margin: 10px 150px 10px 10px }"
        document = set_pages("<div id=there><p style='white-space: nowrap'>" + "wide " * 12 + "</p></div>", page)
        (remark,) = audit(document.pages, ())
        assert (remark.code, remark.element) == ("P011", "there")
        assert "outside the text column" in remark.message

    def test_the_title_band_may_leave_the_column_and_not_the_page(self):
        page = "@page { size: 400px 160px; margin: 10px 150px 10px 10px }"
        for words, codes_ in ((12, []), (40, ["P011"])):
            document = set_pages("<div class=opening><p style='white-space: nowrap'>" + "wide " * words + "</p></div>", page)
            assert [remark.code for remark in audit(document.pages, ())] == codes_

    def test_a_call_may_hang_out_of_the_column(self):
        page = "@page { size: 400px 160px; margin: 10px 290px 10px 10px }"
        hanging = (
            "<p style='text-align: right'>12<span class=hanging style='display: inline-block; width: 0; white-space: nowrap'>a,b</span></p>"
        )
        assert audit(set_pages(hanging, page).pages, ()) == []
        assert [r.code for r in audit(set_pages(hanging.replace("class=hanging", ""), page).pages, ())] == ["P011"]

    def test_a_figure_wider_than_its_cell_is_named_by_its_table(self):
        cells = "<td style='width: 20px; white-space: nowrap'>1,203,400</td>" * 3
        table = f"<div id=sums><table style='table-layout: fixed; width: 100px'><tr>{cells}</tr></table></div>"
        (remark,) = audit(set_pages(table, PAGE).pages, ())
        assert (remark.code, remark.element) == ("P011", "sums")
        assert "outside their cell" in remark.message

    def test_a_table_wider_than_the_page_is_said_to_be_one_without_a_name_too(self):
        (remark,) = audit(set_pages("<table style='table-layout: fixed; width: 900px'><tr><td>x</td></tr></table>", PAGE).pages, ())
        assert (remark.code, remark.message) == ("P011", "On page 1 a table is too wide: it stands outside the page.")

    def test_an_image_over_the_foot_is_named(self, tmp_path):
        (tmp_path / "tall.svg").write_text(
            '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="146"><rect width="30" height="146"/></svg>'
        )
        (part,) = typeset_all(
            [
                job(
                    '<p id="p"><img style="display: block" src="workspace:/tall.svg" alt="Tall"></p>',
                    tmp_path,
                    css=PAGE + "body, p { margin: 0 }",
                )
            ]
        )
        assert [(r.code, r.element) for r in part.remarks] == [("P011", "p")]
        assert "the image “Tall” stands outside the text column" in part.remarks[0].message

    def test_text_over_the_notes_is_named_by_the_longest_note(self):
        text = "<p>x" + note(1, "short") + note(2, "long " * 25) + "</p><p style='position: relative; top: 70px'>over</p>"
        document = set_pages(text, PAGE)
        found = audit(document.pages, (("n1", "c1"), ("n2", "c2")))
        assert [(r.code, r.element) for r in found] == [("P012", "n2")]

    @pytest.mark.parametrize(
        ("html", "message"),
        [
            ("<p>aaaaaaaaaaaaaaaaaaaaaaaaaaaaa</p>", "the words “aaaaaaaaaaaaaaaaaaaaaaaaaaaaa” stand outside their own column"),
            (f"<p><img style='width: 120px; height: 9px' alt=Map src='{IMAGE}'></p>", "the image “Map” stands outside its own column"),
            ("<table style='width: 130px'><tr><td>a</td><td>b</td></tr></table>", "a table is too wide: it stands outside its own column"),
            (
                "<section><table style='column-span: all; width: 130px'><tr><td>a</td></tr></table></section>",
                "a table is too wide: it stands outside its own column",
            ),
        ],
        ids=["word", "image", "table", "table that cannot span"],
    )
    def test_what_runs_into_the_other_column_is_named(self, html, message):
        (remark,) = columned(f"<div id=there>{html}<p>{'word ' * 40}</p></div>")
        assert (remark.code, remark.element) == ("P011", "there")
        assert message in remark.message
        assert remark.hint

    def test_what_stands_in_its_column_or_over_all_of_them_is_silent(self):
        hanging = "<span class=hanging style='display: inline-block; width: 0; white-space: nowrap'>a,b</span>"
        assert (
            columned(f"<p>{'word ' * 40}</p><p style='text-align: right'>12{hanging}</p><ul><li>one</ul><p>{note(1, 'word ' * 20)}</p>")
            == []
        )
        assert columned(f"<p>text</p><table style='column-span: all; width: 190px'><tr><td>a</td></tr></table><p>{'word ' * 40}</p>") == []

    def test_words_over_other_words_are_named(self):
        (remark,) = audit(set_pages("<p>one one one</p><p id=there style='margin-top: -9px'>two two</p>", PAGE).pages, ())
        assert (remark.code, remark.element) == ("P015", "there")
        assert "“one one one” and “two two” are printed over each other" in remark.message

    def test_close_lines_and_superiors_are_not_words_over_words(self):
        page = PAGE + "p { line-height: 10px } sup { font-size: 7px; line-height: 0 } li { margin-left: 12px }"
        text = "<p>one<sup>2</sup> two<br>three <b style='font-size: 14px'>four</b> five</p><ol><li>six</li><li>seven</li></ol>"
        assert audit(set_pages(text, page).pages, ()) == []

    def test_translucent_words_are_named(self):
        document = set_pages("<p>One <span style='display: inline-block; opacity: 0.5'>two three</span></p>", PAGE)
        assert [(r.code, r.message) for r in audit(document.pages, ())] == [
            ("P013", "On page 1 the words “two three” are set with opacity.")
        ]
        assert not audit(set_pages("<p>One <span style='opacity: 1'>two</span></p>", PAGE + "p { border: 1px solid #0003 }").pages, ())

    def test_a_sign_that_no_font_has_is_named(self, tmp_path):
        (part,) = typeset_all([job("<p>Georgian: ჯ</p>", tmp_path)])
        assert [f.code for f in part.remarks] == ["P010"]
        assert "U+10EF" in part.remarks[0].message


@pytest.mark.parametrize("words", ["صحيفة", "الصحراء الغربية", "조선민주주의인민공화국", "Ελλάδα", "Україна", "1,000km²"])
def test_words_of_every_script_can_be_copied_from_the_pdf(tmp_path, words):
    style = PAGE + "p { font-family: Monitorpub Sans, Monitorpub Arabic, Monitorpub Korean }"
    (part,) = typeset_all([job(f"<p>غضب فقير</p><p>{words}</p>", tmp_path, css=style)])
    text = PdfReader(io.BytesIO(bound(part))).pages[0].extract_text()
    assert all(word in text for word in words.split())
