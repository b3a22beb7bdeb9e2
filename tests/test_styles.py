"""The styles: no literal colour or size in a rule, no unknown token, enough contrast, and no property that the engine does not know."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tiny import set_pages

STYLES = Path(__file__).parent.parent / "styles"
SHEETS = sorted(file for file in STYLES.glob("*.css") if file.name not in ("tokens.css", "fonts.css"))
TOKENS = (STYLES / "tokens.css").read_text(encoding="utf-8")
DEFINED = dict(re.findall(r"(--[\w-]+):\s*([^;]+);", TOKENS))


def rules(file: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)


@pytest.mark.parametrize("file", SHEETS, ids=lambda f: f.name)
def test_rules_have_no_literal_colour_or_font_size(file):
    text = rules(file)
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsl\(|:\s*(?:white|black|red|grey|gray)\b", text)
    assert not re.findall(r"font-size:\s*[\d.]", text)
    assert not re.findall(r"font-family:\s*(?!var)[\"A-Za-z]", text)


@pytest.mark.parametrize("file", SHEETS, ids=lambda f: f.name)
def test_lengths_other_than_hairs_are_tokens(file):
    lengths = re.findall(r"(?<![\w-])(\d+(?:\.\d+)?)(px|pt|mm|cm|in)\b", rules(file))
    assert [n + unit for n, unit in lengths if float(n) > 0] == []


@pytest.mark.parametrize("file", SHEETS, ids=lambda f: f.name)
def test_every_token_is_defined_and_not_of_the_palette(file):
    used = set(re.findall(r"var\((--[\w-]+)", rules(file)))
    assert used <= DEFINED.keys()
    assert not {name for name in used if name.startswith("--palette-")}


def test_every_token_is_used():
    everything = TOKENS + "".join(file.read_text(encoding="utf-8") for file in SHEETS)
    assert [name for name in DEFINED if f"var({name}" not in everything] == []


def colour(token: str) -> str:
    value = DEFINED[token].strip()
    while match := re.fullmatch(r"var\((--[\w-]+)\)", value):
        value = DEFINED[match[1]].strip()
    return value


def luminance(value: str) -> float:
    channels = [int(value[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("--text-colour", "--palette-paper"), ("--text-quiet-colour", "--palette-paper"), ("--heading-colour", "--palette-paper"),
        ("--label-colour", "--palette-paper"), ("--accent-colour", "--palette-paper"), ("--band-text-colour", "--band-colour"),
        ("--band-quiet-colour", "--band-colour"), ("--text-colour", "--box-colour"), ("--heading-colour", "--box-colour"),
    ],
)  # fmt: skip
def test_text_stands_out_from_its_ground(text, ground):
    """WCAG 2.2, 1.4.3: at least 4.5 to 1."""
    light, dark = sorted((luminance(colour(text)), luminance(colour(ground))), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_margins_and_note_area_are_whole_px():
    for name in ("--margin-top", "--margin-bottom", "--margin-inner", "--margin-outer", "--note-area-padding", "--line"):
        assert re.fullmatch(r"\d+px", DEFINED[name]), name


class TestPrintFeatures:
    """What the engine must do for the styles to work, on tiny pages."""

    def lines(self, document, page=0):
        from weasyprint.formatting_structure import boxes

        return [
            (round(box.position_y), "".join(t.text for t in box.descendants() if isinstance(t, boxes.TextBox)))
            for box in document.pages[page]._page_box.descendants()
            if isinstance(box, boxes.LineBox)
        ]

    def test_a_heading_is_never_last_on_a_page(self):
        text = (
            "<p>"
            + "word<br>" * 7
            + "</p><h2 style='font-size: 10px; margin: 0; break-after: avoid'>Heading</h2><p>after<br>after<br>after</p>"
        )
        document = set_pages(text, "@page { size: 200px 122px; margin: 10px }")
        assert "Heading" not in [t for _, t in self.lines(document, 0)]
        assert self.lines(document, 1)[0][1] == "Heading"

    def test_the_head_of_a_table_stands_on_each_page(self):
        table = "<table><thead><tr><th>Head</th></tr></thead><tbody>" + "<tr><td>x</td></tr>" * 20 + "</tbody></table>"
        document = set_pages(table, "@page { size: 200px 120px; margin: 10px }")
        assert len(document.pages) > 2
        assert all(self.lines(document, n)[0][1] == "Head" for n in range(len(document.pages)))

    def test_a_paragraph_leaves_two_lines_on_each_page(self):
        document = set_pages("<p>" + "one<br>" * 6 + "</p><p>" + "two<br>" * 3 + "</p>", "@page { size: 200px 104px; margin: 10px }")
        assert [t for _, t in self.lines(document, 0)] == ["one"] * 6
        assert [t for _, t in self.lines(document, 1)][:3] == ["two"] * 3

    def test_a_table_in_the_key_data_has_no_rule_under_its_last_row_but_before_its_notes(self):
        """Behind it stands the rule of the next fact or of the panel: two would look like an empty row."""
        from weasyprint.formatting_structure import boxes

        css = TOKENS + "".join(rules(STYLES / name) for name in ("tables.css", "blocks.css"))
        table = "<table class='series'><tbody><tr><td>first</td></tr><tr><td>last</td></tr></tbody></table>"

        def ruled(html):
            drawn = (
                set_pages(f"<div class='fact fact-table'><div class='series-block'>{html}</div></div>", css)
                .pages[0]
                ._page_box.descendants()
            )
            return [cell.border_bottom_width > 0 for cell in drawn if isinstance(cell, boxes.TableCellBox)]

        assert ruled(table) == [True, False]
        assert ruled(table + "<div class='table-notes'>a note</div>") == [True, True]

    def test_a_table_that_ends_a_document_brings_the_paragraph_before_it(self):
        """It would stand alone on the last page; elsewhere a table may begin a page."""
        css = (
            TOKENS
            + rules(STYLES / "tables.css")
            + "@page { size: 200px 140px; margin: 10px } body, h2 { margin: 0; font-size: 10px; break-after: avoid }"
        )
        table = (
            "<div class='series-block' style='margin: 0'><table><tbody>"
            + "<tr style='break-inside: avoid'><td>row<br>row</td></tr>" * 2
            + "</tbody></table></div>"
        )
        text = "<p>" + "text<br>" * 5 + "</p><section class='section'><h2>Heading</h2><p>before<br>before</p>"
        for after, words in (("", "Heading"), ("<p>after</p>", "row")):
            document = set_pages(f"<body>{text}{table}{after}</section></body>", css)
            assert self.lines(document, 1)[0][1] == words

    def test_the_number_of_a_note_behind_a_statement_is_told_from_an_exponent(self):
        from weasyprint.formatting_structure import boxes

        css = TOKENS + rules(STYLES / "blocks.css")
        document = set_pages("<p class='fact-statement'>1.25 km²\u202f<a class='note-call' href='#n'>1</a></p>", css)
        drawn = {box.text: box.style for box in document.pages[0]._page_box.descendants() if isinstance(box, boxes.TextBox)}
        statement, call = drawn[next(text for text in drawn if "km²" in text)], drawn["1"]
        assert statement["color"] != call["color"]
        assert statement["font_weight"] > call["font_weight"]
