"""Plain texts read as manuscripts: calls, notes, series, and where each stands in the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitorpub.checking.plain_text import manuscript_of

LINE = "A claim that has words enough to be taken for running text stands here"


def read(text):
    return manuscript_of(text, Path("text.txt"))


def shape(text):
    """Each series with its name, the marks of its calls and of its notes."""
    return [(s.name, [c.mark for c in s.calls], [n.mark for n in s.notes]) for s in read(text).series]


def test_bracketed_calls_restart_with_the_section():
    text = f"One\n\n{LINE}.[1] More.[2]\n\n[1] A.\n[2 ] B.\n\nTwo\n\n{LINE}.[1]\n\n[1] C.\n"
    assert shape(text) == [("One", ["1", "2"], ["1", "2"]), ("Two", ["1"], ["1"])]


def test_raised_calls_go_on_over_the_notes_at_the_foot_of_a_page():
    text = f"ONE\n\n{LINE}.¹\n\n- 1 A.\n\n{LINE}, 13,976 m² and 2km².² More.³\n\n2 B.\n3. C.\n"
    assert shape(text) == [("ONE", ["1", "2", "3"], ["1", "2", "3"])]


def test_raised_figures_are_several_calls_only_where_no_other_reading_makes_sense():
    notes = "".join(f"{n} Note.\n" for n in range(1, 13))
    assert shape(f"{LINE}.¹² More.³\n\n1 A.\n2 B.\n3 C.\n")[0][1] == ["1", "2", "3"]
    assert shape(f"{LINE}.¹ ² ³ ⁴ ⁵ ⁶ ⁷ ⁸ ⁹ ¹⁰ ¹¹ ¹² And ¹².\n\n{notes}")[0][1][-2:] == ["12", "12"]
    assert shape(f"{LINE}.¹ ⁷.\n\n{notes}")[0][1] == ["1", "7"]


def test_a_note_goes_on_in_the_next_line_until_its_stop():
    manuscript = read(
        f"{LINE}.[1] More.[2]\n\n[1] Email from A. Person,\nDirector, 1 May 2020.\n[2] B, 1 May 2020.\nAnother line of text.\n"
    )
    assert [note.passage.text for note in manuscript.notes] == ["Email from A. Person,\nDirector, 1 May 2020.", "B, 1 May 2020."]


def test_a_note_knows_whether_a_space_stands_behind_its_marker():
    assert [note.spaced for note in read(f"{LINE}.[1] More.[2]\n\n[1]A.\n[2] B.\n").notes] == [False, True]


def test_signs_stand_where_they_stand_in_the_file():
    text = f"Head\n\n  {LINE}.[1]\n\n[1] Email from\nA. Person.\n"
    manuscript = read(text)
    for passage in manuscript.passages:
        for index, sign in enumerate(passage.text):
            assert text[passage.offset(index)] == sign
    (note,) = manuscript.notes
    place = note.passage.locate(0, 5)
    assert (place.line, place.column, place.text[place.column - 1 : place.end_column - 1]) == (5, 5, "Email")


def test_language_and_house_follow_the_text():
    american, british = read(f"{LINE} of the mine action program center.[1]\n\n[1] A.\n"), read(f"{LINE} of the programme.¹\n\n1 A.\n")
    assert (american.language, american.house) == ("en-US", "monitor")
    assert (british.language, british.house) == ("en-GB", "mine-action-review")


def test_a_text_without_notes_has_none():
    assert not read(f"{LINE}.\n\nA second one.\n").notes


def test_one_lost_note_takes_no_other_with_it():
    text = f"{LINE}.¹ More.² More.³\n\n1 A.\n3 C.\n\n{LINE}.⁴ More.⁵\n\n4 D.\n5 E.\n"
    assert shape(text)[0][1:] == (["1", "2", "3", "4", "5"], ["1", "3", "4", "5"])


def test_a_later_number_is_no_note_where_the_next_is_still_to_come_or_nothing_calls_it():
    text = f"{LINE}.¹ More.² More.³\n\n1 A.\n3 devices were found there.\n2 B.\n3 C.\n6 devices were found there.\n"
    assert [note.passage.text for note in read(text).notes] == ["A.", "B.", "C."]


def test_a_number_may_stand_on_a_line_of_its_own_above_its_note():
    manuscript = read(f"{LINE}.¹ More.²\n\n1\n  Email from A. Person,\nDirector.\n2\n2019 was the year.\n\n3\n\n{LINE}.\n")
    assert [note.passage.text for note in manuscript.notes] == ["Email from A. Person,\nDirector.", "2019 was the year."]
    assert manuscript.notes[0].passage.locate(0, 5).line == 4


FEET = [
    "mineactionreview.org 13",
    "12 Clearing the Mines 2019",
    "2 Clearing the Mines 2019",
    "Clearing the Mines 2025 12",
    "www.mineactionreview.org",
]


@pytest.mark.parametrize("foot", FEET)
def test_the_foot_of_a_page_is_no_part_of_the_text(foot):
    text = f"ONE\n\n{LINE}.¹ More.²\n\n1 Email from A. Person\n{foot}\n{LINE}.³\n\n2 B.\n3 C.\n{foot}\n"
    manuscript = read(text)
    assert [note.passage.text for note in manuscript.notes] == ["Email from A. Person", "B.", "C."]
    assert shape(text) == [("ONE", ["1", "2", "3"], ["1", "2", "3"])]
    assert not any(foot in passage.text for passage in manuscript.passages)


def test_a_note_that_names_a_report_is_no_foot():
    text = f"{LINE}.¹\n\n1 Mine Action Plan 2019\n"
    assert [note.passage.text for note in read(text).notes] == ["Mine Action Plan 2019"]
