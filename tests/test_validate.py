"""Validation: the field decides what a value means, totals add up, and the printed schema says the same as the model."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest
import yaml

from conftest import HEAD
from monitorpub.model import Profile, SeriesTable
from monitorpub.read import read_text
from monitorpub.validate import validate

NORTH_KOREA = Path(__file__).parent.parent / "profiles" / "north-korea.yaml"


def profile(text: str) -> Profile:
    source = read_text(text, Path("profile.yaml"))
    assert source.value is not None, source.diagnostics
    found = validate(source.value)
    assert found.value is not None, found.diagnostics
    return found.value


def table(rows: str, unit: str = "km²", more: str = "") -> str:
    return f"{HEAD}key-data:\n  - {{table: A, id: one, unit: {unit}, {more} rows: [{rows}]}}\n"


def first_table(text: str) -> SeriesTable:
    entry = profile(text).key_data[0]
    assert isinstance(entry, SeriesTable)
    return entry


@pytest.mark.parametrize("typed", ["NO", "yes", "on", "12:30", "010", "1.10", "2024-02-30", "1_000", "0x1F"])
@pytest.mark.parametrize("quote", ["", "'", '"'])
def test_text_fields_keep_what_was_typed(typed, quote):
    found = profile(HEAD.replace("North Korea", f"{quote}{typed}{quote}") + f"recommendations: [{{id: a, text: {quote}{typed}{quote}}}]\n")
    assert (found.country.name, str(found.recommendations[0].text)) == (typed, typed)


@pytest.mark.parametrize("typed", ["NO", "No", "no", "nor", "'NO'"])
def test_norway_is_a_country(typed):
    assert profile(HEAD.replace("PRK", typed)).country.code == "NOR"


@pytest.mark.parametrize(("typed", "code"), [("KP", "PRK"), ("prk", "PRK"), ("XK", "XKX"), ("XKX", "XKX")])
def test_country_codes_of_two_and_three_letters_mean_the_same(typed, code):
    assert profile(HEAD.replace("PRK", typed)).country.code == code


@pytest.mark.parametrize(
    ("typed", "hint"), [("Laos", "Laos is LAO."), ("UK", "Uk is GBR."), ("Afganistan", "Afghanistan is AFG."), ("??", "Use the code of")]
)
def test_a_country_that_is_not_a_code_gets_a_hint(check, typed, hint):
    (said,) = check(HEAD.replace("PRK", f"'{typed}'"))
    assert (said.code, said.hint[: len(hint)]) == ("M007", hint)


@pytest.mark.parametrize("tag", ["en", "en-GB", "ko", "pt-BR", "sr-Latn-RS", "es-419", "kmr"])
def test_language_tags_are_accepted(check, tag):
    assert check(HEAD.replace("en-GB", tag)) == []


@pytest.mark.parametrize("tag", ["english", "en_GB", "xx", "en-", "NO-way"])
def test_what_is_no_language_tag_is_refused(check, tag):
    assert [one.code for one in check(HEAD.replace("en-GB", tag))] == ["M008"]


@pytest.mark.parametrize("typed", ["yes", "~", "", "12:30", "1_999", "0x7E9", "02025", "2025.0", "[2025]", "{a: 2025}", "٢٠٢٥", "3025"])
def test_a_year_is_four_digits(check, typed):
    (said,) = check(HEAD.replace("2025\n", typed + "\n", 1))
    assert (said.code, said.field) == ("M005", "edition")


@pytest.mark.parametrize(
    "typed", ["2024-02-30", "2025-13-01", "2025-8-31", "20250831", "31 August 2025", "12:30", "no", "~", "[2025-08-31]"]
)
def test_a_date_is_year_month_day_and_exists(check, typed):
    (said,) = check(HEAD.replace("2025-08-31", typed))
    assert (said.code, said.field) == ("M006", "last-updated")


def test_the_leap_day_of_a_leap_year_exists():
    assert profile(HEAD.replace("2025-08-31", "2024-02-29")).last_updated == datetime.date(2024, 2, 29)


@pytest.mark.parametrize(
    ("typed", "number"),
    [("1.10", "1.10"), ("1.0", "1.0"), ("010", "10"), ("0", "0"), ("-3", "-3"), ('"12[^a]"', "12")],
)
def test_a_number_in_a_table_keeps_its_decimals(typed, number):
    cell = first_table(table(f"{{id: a, label: A, values: {{2024: {typed}}}}}", more="notes: {a: Words.},")).all_rows()
    (row, _, _) = next(cell)
    assert str(row.values[2024].number) == number


def test_a_number_with_a_comma_in_a_block_is_a_number():
    text = (
        HEAD
        + "key-data:\n  - table: A\n    id: one\n    rows:\n      - id: a\n        label: A\n        values:\n          2024: 1,234.5\n"
    )
    assert str(next(first_table(text).all_rows())[0].values[2024].number) == "1234.5"


def test_a_number_with_a_comma_between_braces_is_explained(check):
    (said,) = check(table("{id: a, label: A, values: {2024: 1,041}}"))
    assert (said.code, said.under, said.hint[-38:]) == ("M005", "041", "numbers are typed without commas: 1041")


@pytest.mark.parametrize("typed", ["~", "null", ""])
def test_null_in_a_table_is_not_reported(typed):
    (row, _, _) = next(first_table(table(f"{{id: a, label: A, values: {{2024: {typed}}}}}")).all_rows())
    assert not row.values[2024].reported
    assert row.values[2024].text is None


@pytest.mark.parametrize("typed", ["1_000", "0x1F", "12:30", "1e3", "1.", "12 km²", "1.234,5", "1,23", "two", "about twenty", "'12'"])
def test_what_cannot_be_counted_with_is_refused_in_a_row_of_numbers(check, typed):
    (said,) = check(table(f"{{id: a, label: A, values: {{2024: {typed}}}}}".replace("1.234,5", "'1.234,5'").replace(" 1,23", " '1,23'")))
    assert (said.code, said.field) == ("M004", "key-data[1].rows[1].values.2024")


@pytest.mark.parametrize("typed", ["NO", "Not applicable", "yes"])
def test_words_without_a_number_may_stand_in_a_row_of_numbers(check, typed):
    assert check(table(f"{{id: a, label: A, values: {{2024: {typed}}}}}")) == []


def test_numbers_in_words_are_text_in_a_row_of_text(check):
    assert check(table("{id: a, label: A, values: {2024: two sites of 1_000 m²}}", unit="text")) == []


PARTS = "{{id: a, label: A, values: {{2024: {0}}}}}, {{id: b, label: B, values: {{2024: {1}}}}}, "
TOTAL = "{{id: t, label: T, total: [a, b], values: {{2024: {2}}}}}"


@pytest.mark.parametrize(
    ("unit", "numbers"),
    [
        ("km²", ("1.10", "2.20", "3.30")),
        ("km²", ("1.1", "2.2", "3.4")),
        ('"%"', ("33", "33", "67")),
        ("count", ("5", "6", "11")),
        ("km²", ("1", "~", "1")),
    ],
)
def test_a_total_may_differ_by_rounding(check, unit, numbers):
    assert check(table((PARTS + TOTAL).format(*numbers), unit)) == []


@pytest.mark.parametrize(
    ("unit", "numbers", "total"),
    [("km²", ("1.10", "2.20", "3.40"), "3.30"), ("count", ("5", "6", "12"), "11"), ("count", ("5,000", "600", "5,601"), "5,600")],
)
def test_a_total_may_not_differ_by_more(check, unit, numbers, total):
    (said,) = check(table((PARTS + TOTAL).format(*(n.replace(",", "") for n in numbers)), unit))
    assert said.message == f"The total for 2024 is {numbers[2]}, and its rows add up to {total}."


def test_a_total_of_totals_is_computed_from_their_rows():
    rows = PARTS.format("1.5", "2") + "{id: t, label: T, total: [a, b]}, {id: u, label: U, total: [t, a]}"
    found = first_table(table(rows))
    (row,) = [row for row, _, _ in found.all_rows() if row.id == "u"]
    assert found.cell(row, 2024).number == Decimal("5.0")


def test_a_total_of_rows_that_were_not_reported_is_not_reported():
    found = first_table(table((PARTS + "{{id: t, label: T, total: [a, b]}}").format("~", "~")))
    assert not found.cell(list(found.all_rows())[2][0], 2024).reported


def test_totals_that_add_up_each_other_are_refused(check):
    said = check(table("{id: a, label: A, total: [b]}, {id: b, label: B, total: [a]}"))
    assert [(one.code, one.field) for one in said] == [("M013", "key-data[1].rows[1].total[1]"), ("M013", "key-data[1].rows[2].total[1]")]


def test_ids_may_repeat_where_nothing_confuses_them(check):
    rows = "rows: [{id: a, label: A}]"
    assert (
        check(HEAD + f"recommendations: [{{id: one, text: A.}}]\nsections:\n  - {{title: One, tables: [{{table: A, id: a, {rows}}}]}}\n")
        == []
    )


@pytest.mark.parametrize("title", ["조선", "北", "Зміст", "تطهير"])
def test_titles_without_latin_letters_make_ids_that_differ(check, title):
    assert check(HEAD + f"sections: [{{title: {title}}}, {{title: 조}}]\n") == []
    assert check(HEAD + f"sections: [{{title: {title}}}, {{title: {title}}}]\n") == []


def test_all_wrong_fields_are_said_at_once_and_in_the_order_of_the_file(check):
    said = check(HEAD.replace("PRK", "ZZZ").replace("2025\n", "now\n", 1) + "numbering: x\nnotes: []\nsections: [{text: ''}]\n")
    assert [(one.code, one.field) for one in said] == [
        ("M007", "country.code"),
        ("M005", "edition"),
        ("M009", "numbering"),
        ("M003", "notes"),
        ("M002", "sections[1].title"),
        ("M002", "sections[1].text"),
    ]


def schema(run) -> dict:
    return json.loads(run("schema").stdout)


def as_json(text: str) -> dict:
    return json.loads(json.dumps(yaml.safe_load(text), default=str))


def test_the_schema_is_a_json_schema_and_accepts_the_sample_profile(run):
    jsonschema.Draft202012Validator.check_schema(schema(run))
    jsonschema.validate(as_json(NORTH_KOREA.read_text(encoding="utf-8")), schema(run), jsonschema.Draft202012Validator)


@pytest.mark.parametrize(
    "more",
    [
        "titel: a\n",
        "key-data: [{fact: A, value: B, valeu: C}]\n",
        "key-data: [{facts: A, value: B}]\n",
        "key_developments: Words.\n",
        "sections: [{text: No title.}]\n",
        "key-data: [{table: A, id: a, unit: km, rows: [{id: b, label: B}]}]\n",
        "recommendations: [{id: Not An Id, text: A.}]\n",
        "notes: [a]\n",
    ],
)
def test_the_schema_refuses_what_the_model_refuses(check, run, more):
    assert check(HEAD + more) != []
    assert not jsonschema.Draft202012Validator(schema(run)).is_valid(as_json(HEAD + more))


def test_the_schema_is_written_to_a_file(workspace, run):
    assert run("schema", "-o", "schema.json").exit_code == 0
    assert json.loads((workspace.root / "schema.json").read_text(encoding="utf-8")) == schema(run)


def test_the_codes_that_stand_in_the_code_are_those_of_the_library():
    import pycountry

    from monitorpub.model.countries import COUNTRIES, LANGUAGES

    assert {c.alpha_2: c.alpha_3 for c in pycountry.countries} == COUNTRIES
    assert {language.alpha_2 for language in pycountry.languages if hasattr(language, "alpha_2")} == LANGUAGES
