"""Units and captions of tables by year: from the heads, the caption or the rows, where they agree; what else is said."""

from __future__ import annotations

import pytest

from monitorpub.importing.document import Document, Row, Table
from monitorpub.importing.tables import Names, series_table


def made(head: str, rows: list[tuple[str, str]], caption: str = "Release") -> tuple[dict, Document]:
    document = Document()
    table = Table([Row([head, "2023"], head=True), *(Row(list(row)) for row in rows)], caption, 3)
    fields = series_table(table, Names(), "Survey", document)
    assert fields is not None
    group = fields["groups"][0] if "groups" in fields else fields
    return group, document


@pytest.mark.parametrize(
    ("head", "label", "caption"),
    [("Area (km²)", "Cleared", "Release"), ("Area", "Cleared (km2)", "Release"), ("Area", "Cleared", "Release (in sq km)"),
     ("Area, km²", "Cleared", "Release"), ("Area (km²)", "Cleared (km²)", "Release (km²)")],
)  # fmt: skip
def test_the_unit_is_that_of_head_row_or_caption(head, label, caption):
    table, document = made(head, [(label, "1.5")], caption)
    assert table["unit"] == "km²"
    assert document.remarks == []


def test_a_row_with_a_unit_of_its_own_keeps_it_and_it_is_said():
    table, document = made("Item", [("Cleared (km²)", "1.5"), ("Mines", "12")])
    assert table["unit"] == "count"
    assert [row.fields.get("unit") for row in table["rows"]] == ["km²", None]
    assert [(one.kind, one.line, "km²" in one.words) for one in document.remarks] == [("guessed", 3, True)]


def test_values_that_were_not_reported_are_said():
    table, document = made("Item", [("Mines", "N/R"), ("Bombs", "12")])
    assert [row.fields["values"].fields[2023] for row in table["rows"]] == [None, "12"]
    assert [(one.kind, "1 value “N/R”" in one.words) for one in document.remarks] == [("changed", True)]


def test_a_typed_number_goes_from_the_caption_and_is_said():
    document = Document()
    table = Table([Row(["", "2023"], head=True), Row(["Mines", "12"])], "Table 1. Land release", 3)
    fields = series_table(table, Names(), "Survey", document)
    assert fields is not None
    assert (fields["table"], fields["id"]) == ("Land release", "land-release")
    assert [(one.kind, one.line, "“Table 1.”" in one.words) for one in document.remarks] == [("changed", 3, True)]
