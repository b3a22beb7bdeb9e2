"""Each mend of the engine, with the page that goes wrong without it."""

from __future__ import annotations

import itertools
import random

import pytest
from weasyprint import anchors, document, layout
from weasyprint.formatting_structure import boxes
from weasyprint.layout import block, inline

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


def as_the_engine_measures(monkeypatch):
    """The note area is laid out as a whole each time, as the engine does without the mend."""
    monkeypatch.setattr(layout.LayoutContext, "_update_footnote_area", layout.LayoutContext._update_footnote_area.__wrapped__)


WORDS = "lorem ipsum dolor sit amet " * 6
SPREADING = "".join(f"<p>{WORDS}{note(n, WORDS[:64])}</p>" for n in range(1, 9))
SPREADING_CSS = "@page { size: 200px 300px; margin: 10px; @footnote { padding-top: 5pt } }"


def test_a_note_area_is_not_full_because_of_a_rounded_length():
    document = set_pages(SPREADING, SPREADING_CSS)
    whole_px = set_pages(SPREADING, SPREADING_CSS.replace("5pt", "7px"))
    assert len(document.pages) == len(whole_px.pages) == 4


def test_the_engine_alone_still_takes_twice_the_pages(monkeypatch):
    as_the_engine_measures(monkeypatch)
    monkeypatch.setattr(layout, "block_level_layout", layout.block_level_layout.__wrapped__)
    assert len(set_pages(SPREADING, SPREADING_CSS).pages) == 8, "the engine was mended: the wrapper can go"


PLAIN = {
    "lines": "",
    "area with edges": "@page { @footnote { margin-top: 9px; padding-top: 3.7pt; border-top: 0.7pt solid } }",
    "a share of the page": "@page { @footnote { margin: 3% 2% 0 5%; padding: 1% } } .note { padding: 2% 0 1.3% 4%; line-height: 1.13 }",
    "blocks in notes": ".note, .note b { display: block } .note b { padding: 1.1px 0; border: 0.3px solid }",
    "images as blocks": ".note img { display: block; padding: 0 0 1.7px }",
}
"""Styles of pages on which notes are measured one by one."""
OTHER = {
    "margins": ".note { margin: 3px 0 5px }",
    "margins inside": ".note b { display: block; margin: 7px 0 -2px }",
    "low area": "@page { @footnote { max-height: 40px } }",
    "high area": "@page { @footnote { min-height: 60px } }",
    "area of a height": "@page { @footnote { height: 50px } }",
    "text in columns": "body { columns: 2; column-gap: 5px }",
    "notes in lines": ".note { footnote-display: inline }",
    "floats in notes": ".note b { float: left; width: 30px; height: 33px }",
    "floats in the text": "p b { float: left; width: 30px; height: 90px }",
    "names of pages": "p:nth-child(3n) { page: other } p:nth-child(4n) .note { page: third }",
    "breaks in notes": ".note b { display: block; break-after: page }",
    "no more than lines": "@page { @footnote { max-lines: 3 } }",
    "placed": ".note b { position: absolute; top: 3px } .note i { position: relative; top: 4px }",
}
"""Styles with which heights do not add up, or may not."""


def random_text(seed, paragraphs=5):
    """Paragraphs with many short and long notes, some of them longer than a page, and pages of some size for them."""
    chance = random.Random(seed)
    numbers = itertools.count(1)
    pieces = ("<b>{}</b>", "<i>{}</i>", '<img src="workspace:/profiles/images/squares.svg">', *("{}",) * 20)

    def words(least, most):
        return " ".join(chance.choice(pieces).format("x" * chance.randint(1, 9)) for _ in range(chance.randint(least, most)))

    def notes():
        many = chance.choice((0, 1, 1, 1, 2, 5))
        return "".join(note(next(numbers), words(1, chance.choice((4, 4, 20, 20, 90)))) for _ in range(many))

    text = "".join("<p>" + "".join(words(1, 30) + notes() + " " for _ in range(chance.randint(1, 4))) + "</p>" for _ in range(paragraphs))
    width, height, widows = chance.randint(90, 400), chance.randint(80, 300), chance.randint(1, 3)
    return text, f"@page {{ size: {width}px {height}px; margin: 10px }} p {{ widows: {widows} }} img {{ height: 11.3px }} "


def places(document):
    """Every box of every page, and where it is."""
    found = [(number, box) for number, page in enumerate(document.pages) for box in page._page_box.descendants()]
    names = [(number, type(box).__name__, box.element_tag, getattr(box, "text", "")) for number, box in found]
    return names, [place for _, box in found for place in (box.position_x, box.position_y, box.width, box.height)]


@pytest.mark.parametrize("style", [*PLAIN, *OTHER])
def test_notes_measured_one_by_one_stand_where_the_engine_puts_them(style, monkeypatch):
    text, css = random_text(style)
    css += (PLAIN | OTHER)[style]
    names, ours = places(set_pages(text, css))
    as_the_engine_measures(monkeypatch)
    assert places(set_pages(text, css)) == (names, pytest.approx(ours, abs=1e-6))


@pytest.mark.parametrize("style", PLAIN)
def test_each_note_is_measured_once_on_a_page(style, monkeypatch):
    asked = []
    measure = layout.block_level_layout
    monkeypatch.setattr(layout, "block_level_layout", lambda context, area, *rest: asked.append(area) or measure(context, area, *rest))
    text, css = random_text(style)
    set_pages(text, css + PLAIN[style])
    assert asked
    assert all(len(area.children) == 1 for area in asked)
    once = {(id(area.page), area.children[0].element.get("id")) for area in asked}
    assert len(once) == len(asked)


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


BEFORE_A_LINK = '<html lang="en"><p style="hyphens: auto">Table one has all profiles by band, and <a href="https://example.org/">table two</a> the largest.</p>'
WIDTHS = range(180, 240)


def first_lines(width: int) -> str:
    (page,) = set_pages(BEFORE_A_LINK, f"@page {{ size: {width}px 300px; margin: 0 }}").pages
    line = next(box for box in page._page_box.descendants() if isinstance(box, boxes.LineBox))
    return "".join(box.text for box in line.descendants() if isinstance(box, boxes.TextBox))


def test_a_wider_page_never_holds_fewer_words_in_a_line_before_a_link():
    lengths = [len(first_lines(width)) for width in WIDTHS]
    assert lengths == sorted(lengths)


def test_the_engine_alone_still_hyphenates_a_line_that_is_half_empty(monkeypatch):
    monkeypatch.setattr(inline, "split_first_line", inline.split_first_line.__wrapped__)
    lengths = [len(first_lines(width)) for width in WIDTHS]
    assert lengths != sorted(lengths), "the engine was mended: the wrapper can go"
