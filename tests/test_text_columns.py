"""Text in columns: every note stands on the page of its call, tables are not cut, and what is as wide as the page stands between."""

from __future__ import annotations

import itertools
import random
import shutil
from pathlib import Path

import pytest
import tinyhtml5
from weasyprint.css import properties
from weasyprint.formatting_structure import boxes
from weasyprint.layout import block

from conftest import HEAD
from monitorpub.compose import compose
from monitorpub.pipeline import build, prepare
from monitorpub.testing import assert_notes
from monitorpub.typeset.audit import spots
from monitorpub.verifying import verify_file
from tiny import note, set_pages

ROOT = Path(__file__).parent.parent
CSS = "div { columns: 2; column-gap: 8px } h2 { margin: 12px 0 6px; font: 12px/12px Tiny; break-after: avoid } .wide { column-span: all }"


def columns_of_text(seed: int) -> tuple[str, str]:
    """Some sections of two columns with many notes, and pages for them."""
    chance, numbers = random.Random(seed), itertools.count(1)

    def words(least: int, most: int) -> str:
        return " ".join("x" * chance.randint(1, 9) for _ in range(chance.randint(least, most)))

    def paragraph() -> str:
        pieces = (words(5, 30) + "".join(note(next(numbers), words(2, 20)) for _ in range(chance.choice((0, 1, 1, 2)))) for _ in range(4))
        return f"<p{' class=wide' if chance.random() < 0.1 else ''}>{' '.join(pieces)}</p>"

    sections = (f"<h2>Head</h2><div>{''.join(paragraph() for _ in range(chance.randint(1, 4)))}</div>" for _ in range(3))
    size = f"{chance.randint(300, 450)}px {chance.randint(330, 500)}px"
    return "".join(sections), f"{CSS} @page {{ size: {size}; margin: 10px; @footnote {{ margin-top: 8px; padding-top: 3px }} }}"


def apart(html: str, css: str) -> list[str]:
    """The notes that are on no page, or on another one than their call."""
    notes, calls = spots(set_pages(html, css).pages)
    names = [f"{number}" for number in range(1, html.count('class="note"') + 1)]
    pages = {name: ([spot.page for spot in notes.get(f"n{name}", [])], [spot.page for spot in calls.get(f"c{name}", [])]) for name in names}
    assert pages
    return [name for name, (of_note, of_call) in pages.items() if len(of_note) != 1 or of_note != of_call]


@pytest.mark.parametrize("seed", range(8))
def test_notes_called_in_columns_stand_on_the_page_of_their_call(seed):
    assert apart(*columns_of_text(seed)) == []


def test_the_engine_alone_still_sends_such_notes_to_the_next_page(monkeypatch):
    monkeypatch.setattr(block, "columns_layout", block.columns_layout.__wrapped__)
    assert any(apart(*columns_of_text(seed)) for seed in range(4)), "the engine was mended: typeset/text_columns.py can go"


def test_notes_stand_in_the_order_of_their_calls_below_the_text():
    for page in set_pages(*columns_of_text(3)).pages:
        areas = [box for box in page._page_box.descendants() if isinstance(box, boxes.FootnoteAreaBox)]
        notes = [box.element.get("id") for area in areas for box in area.children]
        assert notes == sorted(notes, key=lambda name: int(name[1:]))
        lines = [box for box in page._page_box.children[0].descendants() if isinstance(box, boxes.LineBox)]
        assert not notes or max(line.position_y + line.height for line in lines) <= areas[0].position_y + 0.01


def test_a_note_as_high_as_its_page_is_on_a_page_still():
    html = f"<div><p>{'xxx ' * 30}{note(1, 'yyy ' * 400)} {'xxx ' * 90}{note(2, 'z')}</p></div>"
    notes, calls = spots(set_pages(html, CSS + "@page { size: 300px 200px; margin: 10px }").pages)
    assert notes.keys() == {"n1", "n2"}
    assert calls.keys() == {"c1", "c2"}


@pytest.fixture(scope="module")
def long_profile(tmp_path_factory) -> Path:
    """North Korea with its 35 notes, in columns."""
    folder = tmp_path_factory.mktemp("columns")
    shutil.copytree(ROOT / "profiles", folder / "profiles")
    file = folder / "profiles" / "north-korea.yaml"
    source = file.read_text(encoding="utf-8")
    file.write_text(source.replace("layout: clearing-the-mines\n", "layout: clearing-the-mines-2021\n"), encoding="utf-8")
    return file


def test_a_long_profile_in_columns_has_each_note_on_the_page_of_its_call(long_profile, tmp_path):
    (done,), said = build([long_profile], tmp_path)
    assert [one.message for one in said] == []  # the audit has nothing to say
    assert done.notes == 35
    assert_notes(long_profile, pdf=done.file)
    assert verify_file(done.file).diagnostics == ()


TABLED = """\
sections:
  - title: One
    text: Words.
    sections:
      - {title: Plain, text: Words.}
      - {title: Also plain, text: Words.}
      - title: Tabled
        text: Words.
        tables: [{table: Figures, id: figures, rows: [{id: a, label: A, values: {2024: 1}}]}]
      - {title: After, text: Words.}
"""


def test_tables_stand_between_columns_and_sections_without_tables_run_on(workspace):
    text = (HEAD + TABLED).replace("layout: clearing-the-mines\n", "layout: clearing-the-mines-2021\n")
    one = prepare(workspace.root / workspace.write(text, "profiles/x.yaml")).value
    page = tinyhtml5.parse(compose(one.numbered, one.images, one.workspace, "x").value.html, namespace_html_elements=False)
    columns = [element for element in page.iter("div") if element.get("class") == "block columns"]
    assert [[title.text for title in element.iter("h3")] for element in columns] == [["Plain", "Also plain"], [], ["After"]]
    assert [element.find(".//table") for element in columns] == [None] * 3
    assert [title.text for title in page.iter("h3") if title.text in ("Plain", "Also plain", "Tabled", "After")] == [
        "Plain", "Also plain", "Tabled", "After",
    ]  # fmt: skip


def test_a_table_in_a_text_stands_over_all_columns_also_three_levels_deep(workspace, tmp_path):
    table = "Words before.\n\n{0}| Long word | Longer word |\n{0}|---|---|\n{0}| a | b |\n\n{0}Words behind."
    text = f"""\
sections:
  - title: One
    text: |
      {table.format(" " * 6)}
    sections:
      - title: Two
        text: Words.
        sections:
          - title: Three
            text: |
              {table.format(" " * 14)}
"""
    source = (HEAD + text).replace("layout: clearing-the-mines\n", "layout: clearing-the-mines-2021\n")
    one = prepare(workspace.root / workspace.write(source, "profiles/x.yaml")).value
    page = tinyhtml5.parse(compose(one.numbered, one.images, one.workspace, "x").value.html, namespace_html_elements=False)
    columns = [element for element in page.iter("div") if element.get("class") == "block columns"]
    assert sum(len(element.findall("table")) for element in columns) == 2
    assert sum(len(element.findall(".//table")) for element in columns) == 2  # none deeper


@pytest.mark.parametrize("before", (7, 13, 19, 25, 31))
def test_what_spans_columns_and_has_no_room_below_them_opens_the_next_page(before):
    """The engine alone takes columns of full height for the whole, and drops what stands behind them."""
    text = (
        f"<p>{'aa ' * before}{note(2, 'n')}</p><div><p>{'xx ' * 60}{note(1, 'n')}</p><p class=wide>{'wide<br>' * 3}wide</p></div><p>end</p>"
    )
    pages = set_pages(text, CSS + "@page { size: 200px 160px; margin: 10px } body { margin: 0 }").pages
    words = " ".join(box.text for page in pages for box in page._page_box.descendants() if isinstance(box, boxes.TextBox))
    assert [words.count(word) for word in ("aa", "xx", "wide", "end")] == [before, 60, 4, 1]


SPANNING = "<div><p>text text text</p><table style='column-span: all; width: 100%'><tr><td>cell</td></tr></table><p>text</p></div>"


def width_of_table():
    page = set_pages(SPANNING, CSS + "body { margin: 0 } @page { size: 300px 200px; margin: 10px }").pages[0]._page_box
    return next(box.width for box in page.descendants() if isinstance(box, boxes.TableBox))


def test_a_table_can_span_columns():
    assert width_of_table() == 280


def test_the_engine_alone_still_keeps_a_table_in_its_column(monkeypatch):
    monkeypatch.setattr(properties, "TABLE_WRAPPER_BOX_PROPERTIES", properties.TABLE_WRAPPER_BOX_PROPERTIES - {"column_span"})
    assert width_of_table() < 150, "the engine was mended: let_tables_span_columns can go"
