"""The rules over real reports: what they find there is what is wrong there, to the last note.

The reports stand beside the repository, in ../shared/seeds.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from monitorpub.checking.manuscript import Manuscript
from monitorpub.checking.plain_text import manuscript_of, read_text
from monitorpub.checking.run import Checked, run_rules
from needed import shared


@pytest.fixture(scope="module")
def seed() -> Callable[[str], Manuscript]:
    seeds = shared("seeds")

    def read(number: str) -> Manuscript:
        (file,) = seeds.glob(f"{number}_*.txt")
        found = read_text(file)
        assert found.value is not None
        return found.value

    return read


def found_in(manuscript: Manuscript, *codes: str) -> list[tuple[str, str, str]]:
    """What the rules find: the code, the section and the number of the note."""
    return [(one.diagnostic.code, *_note(manuscript, one)) for one in run_rules([manuscript], select=codes)]


def _note(manuscript: Manuscript, one: Checked) -> tuple[str, str]:
    line = one.diagnostic.place.line
    for series in manuscript.series:
        for note in series.notes:
            if note.passage.locate(0, 1).line == line:
                return series.name, note.mark
    return "", one.diagnostic.message.split()[1] if one.diagnostic.code == "N101" else ""


def test_001_lacks_exactly_ten_notes(seed):
    manuscript = seed("001")
    called = [one.diagnostic.message for one in run_rules([manuscript], select=["missing-note", "orphan-note"])]
    sections = {
        "Cluster Munition Ban Policy": ["1"],
        "Mine Ban Policy": ["4", "5", "8", "9", "10", "14", "15"],
        "Mine Action": ["3", "5"],
    }
    assert called == [f"Note {n} is called in “{name}”, and it is missing." for name, numbers in sections.items() for n in numbers]


def test_in_001_exactly_six_notes_lost_space_and_opening_quote(seed):
    found = found_in(seed("001"), "N102", "N103", "N104", "N105", "N106", "N107", "N108", "N109", "N110", "S")
    lost = [
        ("Cluster Munition Ban Policy", "2"),
        *[("Mine Ban Policy", n) for n in ("6", "13", "19")],
        *[("Mine Action", n) for n in ("4", "6")],
    ]
    assert [one for one in found if one[0] == "S102"] == [("S102", *where) for where in lost]
    assert [one for one in found if one[0] != "S102"] == [("S107", "Mine Action", "8")]


@pytest.mark.parametrize("number", ["000", "002", "003"])
def test_the_other_reports_lack_no_note_and_have_none_too_many(seed, number):
    manuscript = seed(number)
    assert [len(series.notes) for series in manuscript.series] == [{"000": 6, "002": 18, "003": 35}[number]]
    assert not found_in(manuscript, "missing-note", "orphan-note")


def test_000_is_clean(seed):
    assert not found_in(seed("000"), "N", "S")


def test_what_is_wrong_with_the_notes_of_002(seed):
    found = [(code, note) for code, _, note in found_in(seed("002"), "N", "S") if note]
    assert found == [("S105", "1"), ("S105", "2"), ("S105", "2"), ("N106", "3"), ("S105", "3")]


def test_what_is_wrong_with_the_notes_of_003(seed):
    manuscript = seed("003")
    assert [(code, note) for code, _, note in found_in(manuscript, "N", "S")] == [
        ("S104", "2"),
        ("S104", "5"),
        ("S109", "13"),
        ("N106", "14"),
        ("N109", "20"),
        ("S101", "23"),
        ("S110", "23"),
        ("S110", "27"),
    ]
    messages = {one.diagnostic.code: one.diagnostic.message for one in run_rules([manuscript], select=["N106", "N109", "S101"])}
    assert messages["N106"] == "Note 14 repeats the source of note 13."
    assert messages["N109"] == 'Note 20 begins with "Ibid., with a stray quotation mark.'
    assert messages["S101"] == 'Note 23: the mark " opens a quotation that is never closed.'


@pytest.mark.parametrize(
    ("number", "section", "note"), [("000", "Korea, North", "5"), ("001", "Mine Ban Policy", "18"), ("003", "KEY DATA", "12")]
)
def test_notes_that_stand_as_they_should(seed, number, section, note):
    manuscript = seed(number)
    assert any(series.name == section and any(one.mark == note for one in series.notes) for series in manuscript.series)
    assert not [one for one in found_in(manuscript, "N", "S") if one[1:] == (section, note)]


def test_a_bracket_of_the_editor_in_a_quotation_is_no_call(seed):
    manuscript = seed("001")
    assert any("“[a]" in passage.text for passage in manuscript.passages)
    assert all(call.mark.isdigit() for series in manuscript.series for call in series.calls)


def test_one_source_has_two_forms_in_000_and_001(seed):
    (one,) = run_rules([seed("000"), seed("001")], select=["source-forms"])
    assert "Voice of America (Seoul Bureau)" in one.diagnostic.message


def test_reports_without_notes_are_read(seed):
    manuscript = seed("004")
    assert not manuscript.notes
    assert not [one for one in found_in(manuscript, "N", "S") if one[0] != "S103"]


def test_120_notes_of_a_real_report_are_read(seed):
    notes = [note.passage.text for note in seed("003").notes] * 4
    calls = " ".join(f"A claim among many others.[{number}]" for number in range(1, 121))
    text = f"Title\n\n{calls}\n\n" + "\n".join(f"[{number}] {note}" for number, note in enumerate(notes[:120], 1)) + "\n"
    manuscript = manuscript_of(text, Path("text.txt"))
    assert [note.mark for note in manuscript.notes] == [str(number) for number in range(1, 121)]
