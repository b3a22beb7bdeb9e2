"""The list of abbreviations of a volume: what its profiles spell out, which long form is printed, what is said about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bad_profiles import SECTION
from conftest import HEAD
from monitorpub.diagnostics import Place
from monitorpub.pipeline import prepare
from monitorpub.volume.abbreviations import abbreviations, collected


@pytest.fixture
def spelt(workspace):
    """What a profile spells out that has the given text, and notes."""

    def of(text: str, notes: str = "") -> list[tuple[str, str]]:
        return collected(prepare(workspace.write(HEAD + SECTION + text + "\n" + notes)).value.numbered)

    return of


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("The National Mine Action Centre (NMAC) met; the NMAC left.", [("NMAC", "National Mine Action Centre")]),
        ("The NMAC (National Mine Action Centre) met.", [("NMAC", "National Mine Action Centre")]),
        ("The *Centre national de déminage* (CND) met.", []),
        ("The [National Mine Action Centre]{.index} ([NMAC]{.index}) met.", [("NMAC", "National Mine Action Centre")]),
        ("Suspected hazardous areas (SHAs) and Meetings of States Parties (MSPs).", [("SHA", "Suspected hazardous area"), ("MSP", "Meetings of States Parties")]),
        ("The National Mine\n      Action Centre (NMAC) met.", [("NMAC", "National Mine Action Centre")]),
        ("Norwegian People's Aid (NPA) cleared.", [("NPA", "Norwegian People’s Aid")]),
        ("He spoke of “the National Mine Action Centre (NMAC)” once.", []),
        ("The authority (NMAC) met, and the NMAC left.", []),
        ("The United Nations (UN) and type PMN (Protivopehotnaya Mina Nazhimnaya).", []),
    ],
)  # fmt: skip
def test_what_is_spelt_out_is_collected(spelt, text, pairs):
    assert spelt(text) == pairs


def test_notes_and_table_notes_spell_out_too(spelt):
    notes = "notes: {a: 'Survey Action Centre (SAC), letter, 1 May 2025.'}\n"
    table = "    tables:\n      - table: T[^t]\n        unit: km²\n        id: t\n        rows: [{id: a, label: A, values: {2024: 1}}]\n        notes: {t: 'Data of the Land Release Unit (LRU).'}\n"
    assert spelt("Words.[^a]", table + notes) == [("SAC", "Survey Action Centre"), ("LRU", "Land Release Unit")]


ALPHA = ("NMAC", "National Mine Action Centre")
BETA = ("NMAC", "national mine-action center")
GAMMA = ("NMAC", "Northern Mine Authority Council")


def listed(collections, also=None, leave_out=(), language="en-GB"):
    found = abbreviations(collections, also or {}, leave_out, language, Place(Path("volume.yaml"), 7))
    return [(one.short, one.long) for one in found.value], found.diagnostics


def test_the_long_form_that_most_parts_have_is_printed():
    assert listed({"a": [BETA], "b": [ALPHA], "c": [ALPHA]}) == ([ALPHA], ())
    assert listed({"a": [BETA, BETA, BETA], "b": [ALPHA], "c": [ALPHA]}) == ([ALPHA], ()), "each part counts once"


def test_long_forms_of_different_meaning_are_listed_and_said():
    pairs, (said,) = listed({"chad": [ALPHA], "niger": [GAMMA], "mali": [ALPHA]})
    assert pairs == [ALPHA, GAMMA]
    assert (said.code, said.severity, said.place.line) == ("R009", "warning", 7)
    assert said.message == (
        "NMAC is spelt out in 2 ways: “National Mine Action Centre” in chad; “Northern Mine Authority Council” in niger."
    )
    assert "also: {NMAC: National Mine Action Centre}" in said.hint


def test_the_volume_decides():
    assert listed({"a": [ALPHA], "b": [GAMMA]}, also={"NMAC": "X"}) == ([("NMAC", "X")], ())
    assert listed({"a": [ALPHA], "b": [GAMMA]}, leave_out=["NMAC"]) == ([], ())
    assert listed({}, also={"APMBC": "Anti-Personnel Mine Ban Convention"}) == ([("APMBC", "Anti-Personnel Mine Ban Convention")], ())


def test_the_list_is_in_the_order_of_the_language():
    pairs = {"a": [("ÖB", "b"), ("ZA", "a"), ("OC", "c"), ("AP", "p")]}
    assert [short for short, _ in listed(pairs)[0]] == ["AP", "ÖB", "OC", "ZA"]
    assert [short for short, _ in listed(pairs, language="sv")[0]] == ["AP", "OC", "ZA", "ÖB"]
