"""The rules on text and data over real reports and over the sample profiles: what they find, each read and true."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from conftest import HEAD
from monitorpub.checking.from_profile import manuscript_of
from monitorpub.checking.plain_text import read_text
from monitorpub.checking.run import run_rules
from monitorpub.pipeline import prepare
from needed import shared

ROOT = Path(__file__).parents[1]

FINDINGS = [
    ("000", "W108", " ."),  # an address that was lost: send attachments to .
    ("001", "W101", "ICBL"),  # mine ban policy: only its notes would spell it out
    ("001", "W101", "ICRC"),  # casualties: spelt out in another section's notes
    ("001", "W109", "\u00a0 "),
    ("002", "W101", "DMZ"),  # the zone is named, and its abbreviation not introduced
    ("002", "W110", "--"),
    ("002", "W110", "--"),
    ("003", "W103", "50 miles"),
    ("003", "W107", "shares the humanitarian concerns associated with the use of AP mines"),  # 001 has anti-personnel mines
    ("004", "W101", "AP"),
    ("004", "W101", "ICRC"),
    ("004", "W101", "IHL"),
    ("004", "W101", "NPA"),  # spelt out at the very end
    ("004", "W102", "(APMBC)"),
    ("004", "W110", " - "),
    ("004", "W110", " - "),
    ("004", "W110", " – "),
    ("004", "W110", " – "),
    ("004", "W110", " — "),
]

IN_PROFILES = [
    ("every-block.yaml", "D102", "2017"),  # an edition of 2025 whose tables end with 2017, on purpose
    ("every-block.yaml", "D102", "2017"),
    ("every-block.yaml", "W111", " km2"),
]


def words(found):
    rows = []
    for one in found:
        place = one.diagnostic.place
        under = place.text[place.column - 1 : place.end_column - 1]
        rows.append((place.file.name, one.diagnostic.code, under))
    return sorted(rows)


def test_what_the_rules_find_in_real_reports():
    manuscripts = [read_text(file).value for file in sorted(shared("seeds").glob("*.txt"))]
    found = [(name[:3], code, under) for name, code, under in words(run_rules(manuscripts, select=["W", "D"]))]
    short = [
        (name, code, under[: len("shares the humanitarian concerns associated with the use of AP mines")]) for name, code, under in found
    ]
    assert short == sorted(FINDINGS)


def test_what_the_rules_find_in_the_sample_profiles():
    manuscripts = []
    for file in [ROOT / "profiles" / "north-korea.yaml", *sorted((ROOT / "tests" / "profiles").glob("*.yaml"))]:
        found = prepare(file)
        assert found.value is not None, found.diagnostics
        manuscripts.append(manuscript_of(found.value.source, found.value.numbered))
    assert words(run_rules(manuscripts, select=["W", "D"])) == IN_PROFILES


def test_a_long_profile_of_ordinary_text_is_quiet(tmp_path):
    """120 notes and as many words as thirty pages hold."""
    names = ("field", "road", "bridge", "village", "district", "school", "hill", "river")
    sentences = (
        "The army surveyed the {0} near the {1} and reported that 1,250m² of it had been cleared by the end of the season; "
        "it said that “the {1} and the {0} will be cleared by the engineers before the next rains of year {2}”. "
    )
    text, notes = "", ""
    for index in range(120):
        first, second = names[index % 8], names[index * 3 % 8]
        text += f"  - title: Part {index}\n    text: |\n      {(sentences.format(first, second, index)) * 3}[^n{index}]\n"
        notes += f"  n{index}: Email from A. Person, 1 May 2025.\n"
    file = tmp_path / "long.yaml"
    file.write_text(f"{HEAD}sections:\n{text}notes:\n{notes}", encoding="utf-8")
    found = prepare(file)
    assert found.value is not None, found.diagnostics
    said = run_rules([manuscript_of(found.value.source, found.value.numbered)], select=["W", "D"])
    assert set(Counter(one.diagnostic.code for one in said)) <= {"W107"}
