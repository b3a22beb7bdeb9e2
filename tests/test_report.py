"""Printed diagnostics: order, counts, carets in long lines and under wide signs, colours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from monitorpub.diagnostics import Diagnostic, Place
from monitorpub.report import WIDTH, as_text
from printed import said_in


def place(marked: str, file: str = "a.yaml", line: int = 3) -> Place:
    before, _, rest = marked.partition("«")
    under, _, after = rest.partition("»")
    return Place(Path(file), line, len(before) + 1, len(before) + len(under) + 1, before + under + after)


def test_a_diagnostic_is_printed_with_place_line_caret_field_and_hint():
    said = Diagnostic("M001", "There is no field 'titel' here.", place("«titel»: x"), "titel", "Did you mean title?")
    assert as_text([said]) == (
        "error M001 (unknown-field): There is no field 'titel' here.\n"
        "  --> a.yaml:3:1\n"
        "    |\n"
        "  3 | titel: x\n"
        "    | ^^^^^\n"
        "  field: titel\n"
        "  hint: Did you mean title?\n"
        "\n"
        "1 error\n"
    )


@pytest.mark.parametrize(
    "marked", ["조선 «민주» x", "e\u0301 «word»", "ไม่ «word»", "a\u200bb «word»", "😀 «word» 😀", "\t«word»", "«조»", "ab「«c»」"]
)
def test_the_caret_stands_under_the_words_in_a_terminal(marked):
    (said,) = said_in(as_text([Diagnostic("Y002", "A.", place(marked))]))
    assert said.under == re.search("«(.*)»", marked)[1]


@pytest.mark.parametrize("before", [0, 20, 60, 99, 100, 150, 400, 1000])
@pytest.mark.parametrize("after", [0, 50, 500])
def test_a_long_line_is_cut_round_the_caret(before, after):
    (said,) = said_in(as_text([Diagnostic("Y002", "A.", place("x" * before + "«word»" + "y" * after))]))
    assert said.under == "word"
    assert len(said.source) <= WIDTH + 2
    assert said.source.startswith("…") == (before + 4 + after > WIDTH and before > 30)


def test_diagnostics_stand_in_the_order_of_files_and_lines_and_are_counted():
    said = [
        Diagnostic("P002", "B.", place("«x»", "b.yaml", 1)),
        Diagnostic("M001", "A.", place("«x»", "a.yaml", 10)),
        Diagnostic("M002", "A.", place("«x»", "a.yaml", 9)),
        Diagnostic("F002", "None."),
    ]
    text = as_text(said)
    assert [one.code for one in said_in(text)] == ["F002", "M002", "M001", "P002"]
    assert text.endswith("\n3 errors and 1 warning\n")


def test_a_place_without_a_line_is_a_file():
    assert as_text([Diagnostic("F001", "A.", Place(Path("a.yaml")))]).split("\n")[1:3] == ["  --> a.yaml", ""]


def test_nothing_to_say_prints_nothing():
    assert as_text([]) == ""


def test_colours_change_no_word():
    said = [Diagnostic("M001", "A.", place("«x»")), Diagnostic("P002", "B.", place("«x»"))]
    assert "\x1b[31m" in as_text(said, colour=True)
    assert "\x1b[33m" in as_text(said, colour=True)
    assert re.sub("\x1b\\[\\d+m", "", as_text(said, colour=True)) == as_text(said)
