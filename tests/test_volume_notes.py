"""Each note of each single PDF is in the volume, word for word and with the same number; both are read from the finished files."""

from __future__ import annotations

from pathlib import Path

import pytest

from breaking import Broken
from monitorpub.testing import comparable
from monitorpub.verifying import apparatus_of, read_pdf
from tiny_volume import Edition, tiny

Notes = dict[str, tuple[str, str]]
"""Name of a note, its part before the slash -> what it prints as its number, and its words without space."""


def notes_of(pdf: Path) -> Notes:
    """The notes that a PDF prints, those to tables too."""
    document, said = read_pdf(pdf)
    assert document is not None, said
    notes = apparatus_of(document).notes
    assert len({note.name for note in notes}) == len(notes)
    return {note.name: (note.mark, comparable(note.text)) for note in notes}


def differences(singles: Notes, volume: Notes) -> list[str]:
    """What the volume has otherwise, or not at all, or besides, among the notes of these parts."""
    parts = {name.partition("/")[0] for name in singles}
    mine = {name: note for name, note in volume.items() if name.partition("/")[0] in parts}
    said = [f"{name} is not in the volume" for name in singles if name not in volume]
    said += [f"{name} is only in the volume" for name in mine if name not in singles]
    for name, (mark, words) in singles.items():
        if name in volume and volume[name] != (mark, words):
            said.append(f"{name} is {mark} {words!r} alone and {volume[name][0]} {volume[name][1]!r} in the volume")
    return said


def together(edition: Edition) -> Notes:
    """The notes of all single PDFs."""
    out: Notes = {}
    for pdf in edition.singles:
        found = notes_of(pdf)
        assert {name.partition("/")[0] for name in found} <= {pdf.stem}
        out |= found
    return out


def test_the_tiny_edition():
    singles = together(tiny())
    assert {name: mark for name, (mark, _) in singles.items()} == {
        "bhutan/note-joined": "1",
        "bhutan/note-hills": "2",
        "bhutan/note-table~released~b-later": "a",
        "chad/note-one": "1",
        "chad/note-two": "2",
        "chad/note-three": "3",
        "kosovo/note-kos": "1",
        "kosovo/note-ibid": "2",
    }
    assert singles["chad/note-three"][1] == "Athirdreport,bythesurvey."
    assert differences(singles, notes_of(tiny().volume)) == []


@pytest.mark.parametrize("name", ["chad/note-two", "bhutan/note-table~released~b-later"])
def test_a_note_that_is_lost_or_added_is_seen(name):
    singles, volume = together(tiny()), notes_of(tiny().volume)
    assert differences(singles, {other: note for other, note in volume.items() if other != name}) == [f"{name} is not in the volume"]
    assert differences({other: note for other, note in singles.items() if other != name}, volume) == [f"{name} is only in the volume"]


def test_another_number_and_other_words_are_seen(tmp_path):
    """In the file itself: a number, and the words of a note, are those of another note of the page."""
    broken = Broken(tiny().volume.read_bytes())
    one, two = (broken.note(13, mark) for mark in "12")
    shown: dict[int, list] = {}
    broken.edit(13, lambda i, _, operands: shown.setdefault(i, operands))
    broken.edit(13, lambda i, _, operands: shown[two[0]] if i == one[0] else shown[one[1]] if i == two[1] else operands)
    assert differences(together(tiny()), notes_of(broken.save(tmp_path / "broken.pdf"))) == [
        "kosovo/note-kos is 1 'Minutesofameeting.' alone and 2 'Minutesofameeting.' in the volume",
        "kosovo/note-ibid is 2 'Ibid.' alone and 2 'Minutesofameeting.' in the volume",
    ]
