"""What is true of tiny volumes is true of that of the sample edition: one file of tests, as compiling it takes longest of all."""

from __future__ import annotations

import pytest

from monitorpub.verifying.reader import Page
from structure import spoken
from test_reading_order import Source, assert_reads, headings, outline
from test_volume_folios import Printed
from test_volume_notes import differences, notes_of, together
from tiny_volume import sample

pytestmark = pytest.mark.slow


def test_it_is_read_as_it_was_written():
    edition = sample()
    read = spoken(edition.volume.read_bytes())
    assert {one.name for one in read} == edition.html.keys()
    for one in read:
        assert_reads(Source(edition.html[one.name]), one.words, one.notes)


def test_its_outline_is_its_headings():
    data = sample().volume.read_bytes()
    assert outline(data)[1:] == [words for _, words in headings(data)][1:]


def test_the_contents_print_the_folio_of_every_profile():
    printed = Printed.of(sample().volume)
    starting = starts(printed)
    assert [(printed.title(page), printed.entry(printed.title(page))) for page in starting] == [
        (printed.title(page), printed.folio(page)) for page in starting
    ]


def starts(printed: Printed) -> list[Page]:
    """The pages on which profiles start: those that say when they were last updated."""
    found = [page for page in printed.pages if any(p.text.strip() == "Last updated" for p in page.pieces)]
    assert len(found) == len(sample().singles)
    return found


def test_each_note_of_each_single_pdf_is_in_it():
    edition = sample()
    singles, volume = together(edition), notes_of(edition.volume)
    assert len(edition.singles) > 50
    assert len(singles) > 400
    assert differences(singles, volume) == []
