"""Notes of plain texts in lists: numbers of each form, headings of notes, and lists that are none of the notes."""

from __future__ import annotations

import pytest

from imported import document, said
from monitorpub.importing.document import texts

BODY = "Chad\n\nContamination\n\nMines lie on the ridge, as the survey of the north found in spring{0} and they are old and deep.{1}\n\n"
FIRST, SECOND = "Email from Ann Lee, Northern desk, 3 May 2024.", "Interview with Bo Ray, Southern desk, 4 May 2024."
BRACKETS, RAISED = BODY.format("[1]", "[2]"), BODY.format("¹", "²")


@pytest.fixture
def text(tmp_path):
    def make(words: str):
        file = tmp_path / "a.txt"
        file.write_text(words, encoding="utf-8")
        return document(file)

    return make


def notes(found):
    return [(note.number, note.text) for note in found.notes]


def body(found) -> str:
    return "\n".join(texts(found.blocks))


BOTH = [("1", FIRST), ("2", SECOND)]


@pytest.mark.parametrize("form", ["{}. ", "{}) ", "({}) ", "[{}]: ", "[{}] "])
@pytest.mark.parametrize("calls", [BRACKETS, RAISED], ids=["brackets", "raised"])
@pytest.mark.parametrize("heading", ["", "Notes\n\n", "ENDNOTES:\n", "References\n", "Footnotes\n\n"])
def test_a_list_at_the_end_is_that_of_the_notes(text, form, calls, heading):
    found = text(f"{calls}{heading}{form.format(1)}{FIRST}\n{form.format(2)}{SECOND}\n")
    assert notes(found) == BOTH
    assert body(found).count("[^1.1]") == body(found).count("[^1.2]") == 1
    assert not any(word in body(found) for word in ("Email", "Notes", "NOTES", "References", "Footnotes"))
    assert heading.strip() in said(found, "left-out")


@pytest.mark.parametrize("calls", [BRACKETS, RAISED], ids=["brackets", "raised"])
@pytest.mark.parametrize("heading", ["", "Notes\n\n"])
def test_raised_numbers_before_notes_are_no_calls(text, calls, heading):
    found = text(f"{calls}{heading}¹ {FIRST}\n\n² {SECOND}\n")
    assert notes(found) == BOTH
    assert body(found).count("[^") == 2


def test_a_note_over_two_lines(text):
    found = text(f"{BRACKETS}Notes\n\n1. Email from Ann Lee,\nNorthern desk, 3 May 2024.\n2. {SECOND}\n")
    assert notes(found) == BOTH


def test_two_sections_with_their_own_lists(text):
    part = "Survey {0}\n\nA claim with many words that stands in the text of this very section and goes on.[1]\n\nNotes\n\n1. Source {0} of it.\n\n"
    found = text(f"Chad\n\n{part.format('one')}{part.format('two')}")
    assert notes(found) == [("1", "Source one of it."), ("1", "Source two of it.")]


@pytest.mark.parametrize(
    "rest",
    [
        "The State should:\n\n1. Clear the ridge[1] soon.\n2. Ask for help.[2]\n",
        "The State should:\n\n1. Clear the ridge soon.\n2. Ask for help.\n\nThat is what the survey of the north says in the end of all.\n",
        "Steps\n\n1. One.\n2. Two.\n3. Three.\n4. Four.\n5. Five.\n6. Six.\n",
    ],
    ids=["with calls", "in the middle", "with other numbers"],
)
def test_a_list_of_the_text_stays_in_it(text, rest):
    found = text(BRACKETS + rest)
    assert [note.text for note in found.notes] == [None, None]
    assert "notes 1 to 2 are called from here on and were not in the file" in said(found, "lost")


def test_one_missing_note_is_lost_at_its_place(text):
    found = text(f"{BRACKETS}[1] {FIRST}\n")
    assert said(found, "lost") == "5: note 2 is called here and was not in the file; a placeholder stands for it"


def test_the_guess_is_said_with_its_line(text):
    found = text(f"{BRACKETS}1. {FIRST}\n2. {SECOND}\n")
    assert "7: the numbered list from here on is taken for the notes (2 notes)" in said(found, "guessed")
