"""Whole profiles, built and read back: notes on the pages of their calls, in order, word for word."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

import typed
from monitorpub import listing
from monitorpub.pipeline import build, prepare
from reading import Page, read_pdf, words

HERE = Path(__file__).parent
ROOT = HERE.parent


def built(source: Path, folder: Path) -> list[Page]:
    """The pages of a source; the engine and the audit must have nothing to say."""
    done, said = build([source], folder)
    assert not said, [d.message for d in said]
    return read_pdf(done[0].file.read_bytes())


def assert_notes_on_their_pages(source: Path, pages: list[Page], *, late: int = 0) -> None:
    """Every note of the source is printed once, numbered 1, 2, 3 ..., on the page of its first call, word for word.

    ``late`` notes may stand on the next page, as the warnings said.
    """
    numbered = prepare(source).value.numbered
    typed_notes = typed.source(source)["notes"]
    printed = [(mark, text, number) for number, page in enumerate(pages) for mark, text in page.notes.items()]
    assert [mark for mark, _, _ in printed] == [str(n) for n in range(1, len(numbered.notes) + 1)]
    part = f"{source.stem}/"
    links = [(target, number) for number, page in enumerate(pages) for target, _ in page.links]
    calls = {target.removeprefix(part): number for target, number in reversed(links) if target.startswith(f"{part}note-")}
    distances = []
    for note, (_, text, number) in zip(numbered.notes, printed, strict=True):
        typed_as = typed_notes[note.label]
        if "[@" in typed_as:
            assert words(text) == words(listing.words(note, numbered))
        else:
            assert typed.folded(text) == typed.folded(typed.unmarked(typed_as))
        distances.append(number - calls[note.id])
    assert sorted(distances) == [0] * (len(distances) - late) + [1] * late


def test_north_korea_has_its_35_notes_each_on_the_page_of_its_call(tmp_path):
    source = ROOT / "profiles" / "north-korea.yaml"
    pages = built(source, tmp_path)
    assert sum(len(page.notes) for page in pages) == 35
    assert_notes_on_their_pages(source, pages)


def test_every_block_is_on_the_pages(tmp_path):
    source = HERE / "profiles" / "every-block.yaml"
    pages = built(source, tmp_path)
    assert_notes_on_their_pages(source, pages)
    text = words(" ".join(page.text for page in pages))
    for expected in (
        "Kosovo, with a title so long", "Republic of Kosovo", "Light, 1.6 km² (National authority estimate)", "Not reported", "1,041", "1.12",
        "Areas below 0.01 km² are left out.", "Mine action centre", "Table 1.", "1,300,000", "Two villages counted together.", "pp. 8–9 and 5 km²",
        "“pp. 8-9 and 5 km2”", "A quotation with 5 km2 in it", "A third level", "Last updated 1 May 2025",
    ):  # fmt: skip
        assert words(expected) in text, expected


@pytest.mark.parametrize("source", [HERE / "profiles" / "every-block.yaml", ROOT / "profiles" / "north-korea.yaml"], ids=lambda f: f.stem)
def test_every_word_that_was_typed_is_printed_in_its_order(tmp_path, source):
    pages = built(source, tmp_path)
    serif = re.compile(r"Monitorpub-Serif(-Italic|-Semi-Bold)?")
    running = typed.folded("".join(text for page in pages for text, font, _, _ in page.pieces if serif.fullmatch(font)))
    at = 0
    for stretch in typed.running_text(source):
        assert stretch in running[at:], stretch
        at = running.index(stretch, at) + len(stretch)
    everything = typed.folded(" ".join(page.text for page in pages))
    assert [label for label in typed.labels(source) if label not in everything] == []


def test_a_profile_with_nothing_optional_is_a_title_band(tmp_path):
    (page,) = built(HERE / "profiles" / "bare.yaml", tmp_path)
    assert "Bhutan" in page.text
    assert not page.notes


def test_arabic_and_korean_names_are_set_in_packaged_faces(tmp_path):
    (page,) = built(HERE / "profiles" / "names.yaml", tmp_path)
    faces = {font for _, font, _, _ in page.pieces}
    assert {"Monitorpub-Arabic", "Monitorpub-Korean"} <= {f.removesuffix("-Semi-Bold") for f in faces}
    assert "동아일보" in page.text
    assert words("1 July 2025.") in words(page.notes["1"])


def test_a_call_can_be_clicked(tmp_path):
    pages = built(ROOT / "profiles" / "north-korea.yaml", tmp_path)
    sizes = [size for page in pages for target, size in page.links if target.startswith("north-korea/note-") and "table" not in target]
    assert len(sizes) == 35
    assert all(width > 2 and height > 8 for width, height in sizes)


def long_profile(folder: Path, sections: int = 30, notes: int = 120) -> Path:
    """A profile of some thirty pages with 120 notes, of words that mean nothing."""
    lines = [
        "layout: clearing-the-mines",
        "country: {code: KHM, name: Cambodia}",
        "language: en-GB",
        "volume: Clearing the Mines",
        "edition: 2025",
        "last-updated: 2025-06-30",
        "sections:",
    ]
    sentence = "The survey of the northern districts went on through the dry season and was reported in full by the authority"
    number = 0
    for section in range(sections):
        lines += [f"  - title: Section {section + 1}", "    text: |"]
        per_section = (notes * (section + 1)) // sections - (notes * section) // sections
        for paragraph in range(7):
            calls = ""
            if paragraph < per_section:
                number += 1
                calls = f"[^n{number}]"
            lines += [f"      {sentence}, {sentence.lower()}, and {sentence.lower()}.{calls} {sentence}.", ""]
    lines.append("notes:")
    for note in range(1, notes + 1):
        lines.append(
            f"  n{note}: “Title number {note} of a report on the matter”, *Outlet*, {note % 28 + 1} May 2025, at <https://example.org/{note}>."
            + " And more." * (note % 9)
        )
    file = folder / "long.yaml"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def test_a_profile_of_thirty_pages_keeps_its_120_notes(tmp_path):
    source = long_profile(tmp_path)
    done, said = build([source], tmp_path / "out")
    assert {d.code for d in said} <= {"P002"}
    late = len(said)
    assert late <= 2
    pages = read_pdf(done[0].file.read_bytes())
    assert len(pages) >= 28
    assert_notes_on_their_pages(source, pages, late=late)


def test_a_note_too_long_for_a_page_is_named(tmp_path):
    source = tmp_path / "x.yaml"
    bare = (HERE / "profiles" / "bare.yaml").read_text(encoding="utf-8")
    source.write_text(
        bare + "key-developments: Something.[^endless]\nnotes:\n  endless: " + "A sentence that goes on and on. " * 400 + "\n",
        encoding="utf-8",
    )
    done, said = build([source], tmp_path / "out")
    assert not done
    assert not (tmp_path / "out" / "x.pdf").exists()
    long = next(d for d in said if d.code == "P004")
    assert "'endless' (number 1)" in long.message
    assert (long.place.line, long.path) == (10, "notes.endless")


def test_the_same_source_gives_the_same_bytes(tmp_path):
    source = HERE / "profiles" / "every-block.yaml"
    one, _ = build([source], tmp_path / "one")
    two, _ = build([source], tmp_path / "two", workers=1)
    assert one[0].file.read_bytes() == two[0].file.read_bytes()


@pytest.mark.parametrize("numbering", ["continuous", "per-section"])
def test_notes_are_numbered_through_the_profile_or_by_section(tmp_path, numbering):
    source = tmp_path / "x.yaml"
    source.write_text(
        (HERE / "profiles" / "bare.yaml").read_text(encoding="utf-8")
        + f"numbering: {numbering}\n"
        + "sections:\n  - {title: One, text: 'A.[^a] B.[^b]'}\n  - {title: Two, text: 'C.[^c] A.[^a]'}\nnotes: {a: Note a., b: Note b., c: Note c.}\n",
        encoding="utf-8",
    )
    notes = [(note.mark, str(note.parsed.text)) for note in prepare(source).value.numbered.notes]
    through = [("1", "Note a."), ("2", "Note b."), ("3", "Note c.")]
    assert notes == (through if numbering == "continuous" else [*through[:2], ("1", "Note c."), ("2", "Note a.")])


def test_text_keeps_its_rhythm(tmp_path):
    """Lines with and without calls are 18 px apart, as every line of running text."""
    page = built(ROOT / "profiles" / "north-korea.yaml", tmp_path)[3]
    lines = sorted({round(y, 2) for _, font, _, y in page.pieces if font == "Monitorpub-Serif"})
    gaps = {round(b - a, 1) for a, b in pairwise(lines)}
    assert {gap for gap in gaps if gap < 30} == {18.0}


def test_an_address_does_not_break_after_its_scheme(tmp_path):
    pages = built(ROOT / "profiles" / "north-korea.yaml", tmp_path)
    assert not [text for page in pages for text, _, _, _ in page.pieces if text.rstrip().endswith("//")]


def test_a_call_behind_square_kilometres_stands_apart(tmp_path):
    source = tmp_path / "x.yaml"
    bare = (HERE / "profiles" / "bare.yaml").read_text(encoding="utf-8")
    source.write_text(bare + "key-developments: Mined are 5km²[^a] and 7km2[^b], not 9.[^a]\nnotes: {a: One., b: Two.}\n", encoding="utf-8")
    (page,) = built(source, tmp_path / "out")
    text = page.text.replace("\u2060", "").replace(" ", "")
    assert "5km²\u202f¹and7km²\u202f²,not9.¹" in text
