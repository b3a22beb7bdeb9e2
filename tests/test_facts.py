"""The facts of a profile: what is in them, what is not, and what field paths lead to."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from conftest import HEAD
from monitorpub.facts import MISSING, facts, label_of, look_up, paths, unknown_path
from monitorpub.model.contamination import band_of, parse
from monitorpub.model.scalars import Text
from monitorpub.pipeline import prepare

PROFILE = """\
group: States not party
key-data:
  - fact: Treaty status[^one]
    id: status
    value: "State *not* party [^one]"
  - {fact: Article 5 deadline, value: "None: \\"state not party\\""}
  - {contamination: AP mine contamination, id: contamination, value: "Probably less than 5 km² (UN estimate)[^one]", year: 2019}
  - {list: Operators, id: operators, items: [Army, "Police[^one]"]}
  - table: Land release
    id: land-release
    groups:
      - head: Area
        unit: km²
        rows:
          - {id: clearance, label: "Clearance[^one]", values: {2024: "3.03[^one]", 2023: null}}
          - {id: survey, label: Survey, values: {2024: 0.14, 2022: Not applicable}}
          - {id: total, label: Total, total: [clearance, survey]}
      - {head: Mines, unit: count, rows: [{id: mines, label: Mines, values: {2024: 5680}}]}
sections:
  - title: Clearance
    text: Some words.
    tables:
      - {table: Early years, id: early, unit: m², rows: [{id: clearance, label: Clearance, values: {2016: 12}}]}
notes:
  one: A note.
"""


def facts_of(workspace, text: str = PROFILE):
    found = prepare(Path(workspace.write(HEAD + text)))
    assert found.ok, found.diagnostics
    return facts(found.value.numbered)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("name", "North Korea"),
        ("country", "North Korea"),
        ("country.code", "PRK"),
        ("country.formal-name", None),
        ("group", "States not party"),
        ("edition", "2025"),
        ("key-data.status", "State not party"),
        ("key-data.status.value", "State not party"),
        ("key-data.article-5-deadline", "None: “state not party”"),
        ("key-data.operators", ("Army", "Police")),
        ("key-data.contamination", "Probably less than 5 km² (UN estimate)"),
        ("key-data.contamination.area", "5"),
        ("key-data.contamination.unit", "km²"),
        ("key-data.contamination.qualifier", "probably less than"),
        ("key-data.contamination.extent", "limit"),
        ("key-data.contamination.band", "light"),
        ("key-data.contamination.stated-band", None),
        ("key-data.contamination.estimated-by", "UN"),
        ("key-data.contamination.year", "2019"),
        ("tables.early.clearance", "12"),
        ("key-data.land-release", MISSING),
        ("key-data.land-release.clear", MISSING),
        ("key-data.status.value.more", MISSING),
        ("casualties", MISSING),
    ],
)
def test_a_path_leads_to_a_value_without_calls_and_marks(workspace, path, value):
    assert look_up(facts_of(workspace), path) == value


@pytest.mark.parametrize(
    ("path", "year", "value"),
    [
        ("key-data.land-release.clearance", 2024, "3.03"),
        ("key-data.land-release.clearance", 2023, None),
        ("key-data.land-release.clearance", 1999, None),
        ("key-data.land-release.clearance", None, "3.03"),
        ("key-data.land-release.survey", 2022, "Not applicable"),
        ("key-data.land-release.rows.survey", 2024, "0.14"),
        ("key-data.land-release.total", 2024, "3.17"),
        ("key-data.land-release.mines", 2024, "5680"),
        ("key-data.status", 2024, "State not party"),
    ],
)
def test_a_row_has_a_value_for_each_year_and_totals_are_computed(workspace, path, year, value):
    assert look_up(facts_of(workspace), path, year) == value


def test_a_row_of_nothing_but_unreported_years_has_no_newest_value(workspace):
    text = "key-data:\n  - {table: A, id: a, rows: [{id: b, label: B, values: {2024: null, 2023: null}}]}\n"
    assert look_up(facts_of(workspace, text), "key-data.a.b") is None


def test_facts_are_json_and_stay_the_same_when_a_note_or_a_section_is_reworded(workspace):
    one = facts_of(workspace)
    assert json.loads(json.dumps(one)) == one
    reworded = PROFILE.replace("A note.", "Another note, reworded.").replace("Some words.", "Other words.")
    assert facts_of(workspace, reworded) == one
    assert facts_of(workspace, PROFILE.replace("0.14", "0.15")) != one


def test_every_path_that_is_offered_leads_somewhere(workspace):
    one = facts_of(workspace)
    offered = list(paths(one))
    assert {"key-data.land-release.total", "key-data.contamination.band", "country.code", "tables.early.clearance"} <= set(offered)
    assert [path for path in offered if look_up(one, path) is MISSING] == []


def test_the_label_of_a_path_is_that_of_its_entry_or_row(workspace):
    one = facts_of(workspace)
    assert label_of(one, "key-data.land-release.clearance") == "Clearance"
    assert label_of(one, "key-data.status") == "Treaty status"
    assert label_of(one, "group") == ""


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("key-data.land-release.clearence", "Did you mean key-data.land-release.clearance?"),
        ("key-data.land-realease.clearance", "Did you mean key-data.land-release.clearance?"),
        ("key-data.contamination.aera", "Did you mean key-data.contamination.area?"),
        ("status", "Did you mean key-data.status?"),
    ],
)
def test_an_unknown_path_is_answered_with_one_that_exists(workspace, path, hint):
    message, said = unknown_path(path, [facts_of(workspace, ""), facts_of(workspace)])
    assert (message, said) == (f"No profile has the field {path}.", hint)


def test_a_table_is_no_value_and_its_rows_are_offered(workspace):
    message, hint = unknown_path("key-data.land-release", [facts_of(workspace)])
    assert message == "key-data.land-release is not a single value."
    assert "key-data.land-release.clearance" in hint


def test_a_path_that_one_profile_has_is_known(workspace):
    assert unknown_path("key-data.status", [facts_of(workspace, ""), facts_of(workspace)]) is None


@pytest.mark.parametrize(
    ("statement", "band"),
    [
        ("57.02 km²", "heavy"),
        ("5 km²", "medium"),
        ("97,469 m²", "light"),
        ("1,522 km²", "massive"),
        ("About 20 km²", "heavy"),
        ("Just under 20 km²", "medium"),
        ("Almost 200 km²", "massive"),
        ("At least 400 km²", "massive"),
        ("At least 52 km²", "very heavy"),
        ("At least 2.31 km²", "unknown"),
        ("Probably less than 5 km²", "light"),
        ("Up to 5 km²", "unknown"),
        ("Less than 50 km²", "unknown"),
        ("Unknown, but very heavy", "very heavy"),
        ("Heavy, extent unknown", "heavy"),
        ("Unknown", "unknown"),
        ("None", "none"),
        ("Residual", "residual"),
    ],
)
def test_a_band_is_the_stated_one_or_that_in_which_the_whole_area_must_lie(statement, band):
    assert band_of(parse(Text(statement, inline=True))) == band


def test_square_metres_of_a_statement_are_given_in_square_kilometres(workspace):
    text = "key-data:\n  - {contamination: A, id: a, value: '97,469 m²'}\n"
    assert Decimal(look_up(facts_of(workspace, text), "key-data.a.area")) == Decimal("0.097469")
