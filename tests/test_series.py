"""Series tables as they are printed: years, figures in the form of the language, computed totals, padding."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from conftest import HEAD
from monitorpub.figures import DASH, FIGURE_SPACE, MINUS, POINT_SPACE, format_number
from monitorpub.pipeline import prepare
from monitorpub.series import PrintedTable, printed


def table(workspace, rows: str, more: str = "", language: str = "en-GB") -> PrintedTable:
    text = HEAD.replace("en-GB", language) + f"key-data:\n  - {{table: A, id: one, {more} rows: [{rows}]}}\n"
    found = prepare(Path(workspace.write(text)))
    assert found.ok, found.diagnostics
    entry = found.value.numbered.profile.key_data[0]
    return printed(entry, ("key-data", 0), found.value.numbered)


def cells(found: PrintedTable) -> list[list[str]]:
    return [[cell.text + cell.padding for cell in row.cells] for group in found.groups for row in group.rows]


@pytest.mark.parametrize(
    ("number", "language", "text"),
    [
        ("1234567.50", "en-GB", "1,234,567.50"),
        ("1234567.50", "de", "1.234.567,50"),
        ("1234567.50", "fr-FR", "1\u202f234\u202f567,50"),
        ("1041", "en", "1,041"),
        ("0.10", "en", "0.10"),
        ("1.005", "en", "1.005"),
        ("-3", "en", "\u22123"),
        ("12", "kmr-Latn", "12"),
        ("123456789012345.67", "en", "123,456,789,012,345.67"),
    ],
)
def test_a_number_has_the_separators_of_its_language_and_the_decimals_that_were_typed(number, language, text):
    assert format_number(Decimal(number), language) == text


def test_years_stand_newest_first_or_as_they_are_given(workspace):
    rows = "{id: a, label: A, values: {2022: 1, 2024: 2}}, {id: b, label: B, values: {2023: 3}}"
    assert table(workspace, rows).years == (2024, 2023, 2022)
    assert table(workspace, rows, "years: [2022, 2023, 2024, 2021],").years == (2022, 2023, 2024, 2021)


def test_points_stand_under_each_other(workspace):
    found = cells(
        table(
            workspace,
            "{id: a, label: A, values: {2024: 1.25}}, {id: b, label: B, values: {2024: 12}}, {id: c, label: C, values: {2024: 3.5}}",
        )
    )
    assert found == [["1.25"], ["12" + FIGURE_SPACE * 2 + POINT_SPACE], ["3.5" + FIGURE_SPACE]]


def test_what_is_no_number_is_words_or_missing(workspace):
    rows = "{id: a, label: A, values: {2024: ~, 2023: Not applicable, 2022: 0}}, {id: b, label: B}"
    found = [[cell.kind for cell in row.cells] for row in table(workspace, rows).groups[0].rows]
    assert found == [["missing", "words", "number"], ["missing", "missing", "missing"]]


def test_a_total_is_computed_from_the_rows_that_were_reported(workspace):
    rows = "{id: a, label: A, values: {2024: 1.10, 2023: 2}}, {id: b, label: B, values: {2024: 2.2}}, {id: t, label: T, total: [a, b], values: {2023: ~}}"
    assert cells(table(workspace, rows, "unit: km²,"))[2] == ["3.30", "2"]


def test_a_percentage_is_a_figure_under_its_unit(workspace):
    found = table(workspace, "{id: a, label: A, values: {2024: 45.5}}", 'unit: "%",')
    assert (cells(found), found.groups[0].unit) == ([["45.5"]], "%")


def test_a_figure_keeps_the_calls_behind_it(workspace):
    found = table(workspace, '{id: a, label: A, values: {2024: "12[^x]"}}', "notes: {x: Words.},")
    (cell,) = found.groups[0].rows[0].cells
    assert (cell.text, cell.kind, [call.note.mark for call in cell.calls]) == ("12", "number", ["a"])
    assert [note.label for note in found.notes] == ["x"]


def test_a_change_is_that_between_the_two_newest_years_with_its_sign(workspace):
    rows = "{id: a, label: A, values: {2024: 1.5, 2023: 2.25, 2020: 9}}, {id: b, label: B, values: {2024: 3, 2023: ~}}"
    rows += ", {id: c, label: C, values: {2024: 7, 2023: 7}}, {id: t, label: T, total: [a, c]}"
    found = table(workspace, rows, "change: true,")
    assert found.heads == ("2024", "2023", "2020", "Change on 2023")
    assert [row[-1] for row in cells(found)] == [f"{MINUS}0.75", DASH, "0" + FIGURE_SPACE * 2 + POINT_SPACE, f"{MINUS}0.75"]


def test_a_table_of_one_year_has_no_change(workspace):
    found = table(workspace, "{id: a, label: A, values: {2024: 1.5}}", "change: true,")
    assert (found.heads, cells(found)) == (("2024",), [["1.5"]])
