"""Rows that are the mean of other rows: computed, checked for what they name, printed."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from conftest import HEAD
from monitorpub.model import SeriesTable
from monitorpub.pipeline import prepare
from monitorpub.schema import schema_text
from monitorpub.series import printed

ROWS = "{id: a, label: A, values: {2024: 6, 2023: 4}}, {id: b, label: B, values: {2024: 3, 2023: ~}}"


def text(rows: str, unit: str = "count") -> str:
    return f"{HEAD}key-data:\n  - {{table: A, id: one, unit: {unit}, rows: [{rows}]}}\n"


def shown(workspace, rows: str) -> list[str]:
    found = prepare(Path(workspace.write(text(rows))))
    assert found.ok, found.diagnostics
    table = found.value.numbered.profile.key_data[0]
    assert isinstance(table, SeriesTable)
    return [
        cell.text if cell.kind == "number" else cell.kind
        for cell in printed(table, ("key-data", 0), found.value.numbered).groups[0].rows[-1].cells
    ]


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("average: [a, b]", ["4.5", "missing"]),
        ("average: {a: 20, b: 10}", ["5.0", "missing"]),
        ("average: {a: 0.5, b: 1.5}", ["3.8", "missing"]),
        ("average: [a, b], values: {2024: 4.45, 2023: 3}", ["4.45", "3"]),
        ("average: [a], values: {2024: ~}", ["6.0", "4.0"]),
        ("average: [a, b], values: {2023: Not scored}", ["4.5", "words"]),
    ],
)
def test_an_average_is_computed_where_it_has_no_figure_and_all_its_rows_have(workspace, row, cells):
    assert [cell.strip() for cell in shown(workspace, ROWS + f", {{id: s, label: S, {row}}}")] == cells


def test_an_average_of_a_total_is_computed(workspace):
    rows = ROWS + ", {id: t, label: T, total: [a, b]}, {id: s, label: S, average: [a, t]}"
    assert [cell.strip() for cell in shown(workspace, rows)] == ["7.5", "4.0"]


@pytest.mark.parametrize(
    ("row", "code", "message", "under"),
    [
        ("average: [a, c]", "M013", "The average is of 'c', and the table has no such row.", "c"),
        ("average: {a: 1, c: 2}", "M013", "The average is of 'c', and the table has no such row.", "c"),
        ("average: [a, s]", "M013", "The average is of itself.", "s"),
        ("average: [a, a]", "M013", "The average names 'a' twice.", None),
        ("average: []", "M002", "An average needs the rows of which it is the mean.", None),
        ("average: a", "M003", "An average needs the rows of which it is the mean.", "a"),
        ("average: {a: 0}", "M004", "A weight is expected here, and this is '0'.", None),
        ("average: {a: many}", "M004", "A weight is expected here, and this is 'many'.", None),
        ("average: {a: ~}", "M004", "A weight is expected here, and this is nothing.", None),
        ("average: [A b]", "M010", "'A b' cannot be an id.", None),
        ("average: [a], total: [b]", "M015", "The row is both a total and an average.", None),
        ("average: [a], unit: km²", "M013", "The average is in km², and the row 'a' is in count.", "a"),
    ],
)
def test_an_average_names_rows_that_have_a_mean(check, row, code, message, under):
    (said,) = check(text(ROWS + f", {{id: s, label: S, {row}}}"))
    assert (said.code, said.message) == (code, message)
    assert under in (None, said.under)


@pytest.mark.parametrize(
    ("field", "said"),
    [("total", "The total adds up 's', which is an average."), ("average", "The average is of 's', which is an average in its turn.")],
)
def test_an_average_is_part_of_no_total_and_no_average(check, field, said):
    (found,) = check(text(ROWS + f", {{id: s, label: S, average: [a]}}, {{id: t, label: T, {field}: [a, s]}}"))
    assert (found.code, found.message) == ("M013", said)


@pytest.mark.parametrize(
    ("average", "valid"),
    [("[a, b]", True), ("{a: 20, b: 0.5}", True), ("[]", False), ("{}", False), ("a", False), ("{a: -1}", False), ("{a: many}", False)],
)
def test_the_schema_says_the_same_as_the_model(average, valid):
    profile = json.loads(json.dumps(yaml.safe_load(text(ROWS + f", {{id: s, label: S, average: {average}}}")), default=str))
    assert jsonschema.Draft202012Validator(json.loads(schema_text())).is_valid(profile) is valid
