"""Labels of notes are as an editor would write them."""

from __future__ import annotations

import pytest

from monitorpub.importing.document import Note
from monitorpub.importing.labels import labels_for


def label(text: str) -> str:
    return labels_for([Note("1", "1", text)], {})["1"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Email from Ann Lee, Northern desk, 3 May 2024.", "email-lee-2024"),
        ("Email from 李, 3 May 2024.", "email-2024"),
        ("- Note list item.", "list-item"),
        ("a) Ridge survey of the north.", "ridge-survey-north"),
        ("李.", "source"),
    ],
)
def test_labels(text, expected):
    assert label(text) == expected


def test_no_two_are_the_same():
    notes = [Note(str(number), str(number), "Note.") for number in range(3)]
    assert len(set(labels_for(notes, {}).values())) == 3
