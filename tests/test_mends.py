"""Each mend of the engine, with the page that goes wrong without it."""

from __future__ import annotations

import pydyf
import pytest
from weasyprint import anchors, document, layout
from weasyprint.layout import block

from monitorpub.typeset import mends
from tiny import note, note_pages, set_pages

LOSING = (
    "<p>xxxxx xxxx xxxxxx xxxxxxx"
    + note(1, "y " * 24)
    + " xxxx xxxxxxx"
    + note(2, "y " * 18)
    + " xxxxxx xxxxxx xxxx xxx xx xxxxx xxxx xxxxx xxxxxx xxxxxxx xxxxxx xxx xx xxxxxx xxxx xxx xxxxxx xxxxxx xxxxxxx xxxxx xxxxxxxx"
)
LOSING_CSS = "@page { size: 200px 80px; margin: 10px } p { widows: 1 }"


def test_a_line_kept_at_the_foot_of_a_page_keeps_its_notes():
    assert note_pages(set_pages(LOSING, LOSING_CSS)).keys() == {"n1", "n2"}


def test_the_engine_alone_still_loses_that_note(monkeypatch):
    monkeypatch.setattr(block, "_linebox_layout", block._linebox_layout.__wrapped__)
    assert note_pages(set_pages(LOSING, LOSING_CSS)).keys() == {"n1"}, "the engine was mended: the wrapper can go"


WORDS = "lorem ipsum dolor sit amet " * 6
SPREADING = "".join(f"<p>{WORDS}{note(n, WORDS[:64])}</p>" for n in range(1, 9))
SPREADING_CSS = "@page { size: 200px 300px; margin: 10px; @footnote { padding-top: 5pt } }"


def test_a_note_area_is_not_full_because_of_a_rounded_length():
    document = set_pages(SPREADING, SPREADING_CSS)
    whole_px = set_pages(SPREADING, SPREADING_CSS.replace("5pt", "7px"))
    assert len(document.pages) == len(whole_px.pages) == 4


def test_the_engine_alone_still_takes_twice_the_pages(monkeypatch):
    monkeypatch.setattr(layout, "block_level_layout", layout.block_level_layout.__wrapped__)
    assert len(set_pages(SPREADING, SPREADING_CSS).pages) == 8, "the engine was mended: the wrapper can go"


def test_page_references_are_made_once_for_each_number_of_pages():
    pdf = pydyf.PDF()
    pdf.add_page(pydyf.Dictionary({"Type": "/Page"}))
    first = pdf.page_references
    assert pdf.page_references is first
    pdf.add_page(pydyf.Dictionary({"Type": "/Page"}))
    assert len(pdf.page_references) == 2


def test_the_writer_alone_still_makes_them_each_time(monkeypatch):
    monkeypatch.setattr(pydyf.PDF, "page_references", property(pydyf.PDF.page_references.fget.__wrapped__))
    pdf = pydyf.PDF()
    pdf.add_page(pydyf.Dictionary({"Type": "/Page"}))
    assert pdf.page_references is not pdf.page_references, "the writer was mended: the wrapper can go"


LINK = '<p>See <a href="https://example.org/">the <em>whole</em> <b>line</b></a>.</p>'


def linked(html: str, css: str = "@page { size: 200px 80px; margin: 10px }") -> list[str]:
    return [target for page in set_pages(html, css).pages for _, target, *_ in page.links]


def test_a_link_is_one_annotation_whatever_stands_in_it():
    assert linked(LINK) == ["https://example.org/"]
    assert linked(f'<div style="width: 60px">{LINK}</div>') == ["https://example.org/"] * 2  # over two lines
    assert linked(LINK + LINK) == ["https://example.org/"] * 2


def test_what_stands_out_of_a_link_can_be_hit():
    image = '<p><a href="https://example.org/">the <b style="display: inline-block; height: 40px; width: 20px"></b></a></p>'
    assert linked(image) == ["https://example.org/"] * 2


def test_the_engine_alone_still_links_what_stands_in_a_link(monkeypatch):
    monkeypatch.setattr(document, "gather_anchors", anchors.gather_anchors.__wrapped__)
    monkeypatch.setattr(anchors, "gather_anchors", anchors.gather_anchors.__wrapped__)
    assert len(linked(LINK)) == 3, "the engine was mended: the wrapper can go"


def test_another_engine_is_refused(monkeypatch):
    monkeypatch.setattr(mends.weasyprint, "__version__", "71.0")
    with pytest.raises(RuntimeError, match=r"mends are for WeasyPrint 70\.0"):
        mends.apply()
