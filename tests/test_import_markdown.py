"""Markdown becomes sources: labels of notes are kept, and what pandoc would drop is not lost."""

from __future__ import annotations

import datetime

import pytest

from imported import document, imported, printed, refused, said
from monitorpub.importing.command import import_file
from monitorpub.importing.document import Dated, Facts, Heading, List, Note, Paragraph, Quotation, Table, called, texts

TEXT = """\
---
title: Aldmoor
date: 12 May 2024
draft: yes
---

# Contamination

Mines lie on the *ridge*[^ridge-2024] and the **ford**.[^Ford_1] They are old.[^ridge-2024]

[^ridge-2024]: Ridge paper, *First issue*.

    It has two paragraphs.
[^Ford_1]: Ford paper, <https://example.org/a_b>.

## By year

| Output | 2024 | 2023 |
|---|--:|--:|
| Area cleared | 1.5 | 2 |

> So they say.
"""


@pytest.fixture
def written(tmp_path):
    """Makes a Markdown file."""

    def make(text: str):
        file = tmp_path / "page.md"
        file.write_text(text, encoding="utf-8")
        return file

    return make


class TestNotes:
    def test_labels_and_lines_are_kept(self, written):
        found = document(written(TEXT))
        assert [(note.label, note.line) for note in found.notes] == [("ridge-2024", 11), ("Ford_1", 14)]
        assert found.notes[0].text == "Ridge paper, *First issue*.\n\nIt has two paragraphs."
        assert called(found.blocks) == ["ridge-2024", "Ford_1", "ridge-2024"]
        source = imported(written(TEXT)).text
        assert "*ridge*[^ridge-2024]" in source
        assert "  Ford_1: Ford paper" in source

    def test_a_missing_note_gets_a_placeholder_with_its_label(self, written):
        found = document(written("A.\n\nB. Smith[^gone] and [^gone].\n"))
        assert found.notes == [Note("gone", "gone", None, 3, label="gone")]
        assert called(found.blocks) == ["gone", "gone"]
        assert "  gone: |\n    MISSING" in imported(written("B[^gone].\n")).text

    def test_a_note_that_nothing_calls_is_called_and_said(self, written):
        found = document(written("A.\n\nB.\n\n[^a]: Lost words.\n"))
        assert list(texts(found.blocks)) == ["A.", "B.[^a]"]
        assert [note.text for note in found.notes] == ["Lost words."]
        assert "5: nothing calls note a" in said(found, "guessed")

    def test_a_label_twice_keeps_both_notes(self, written):
        found = document(written("A.[^a]\n\n[^a]: First.\n\n[^a]: Second.\n"))
        assert {note.label: note.text for note in found.notes} == {"a": "First.", "a-2": "Second."}
        assert "5: a second note [^a]; the first stands on line 3" in said(found, "guessed")

    def test_notes_in_the_line_get_a_label_of_their_words(self, written):
        file = written("A.^[Desk, *Paper [one]*, 2024, p. 3.] B `^[code]`.\n")
        found = document(file)
        assert [note.text for note in found.notes] == ["Desk, *Paper [one]*, 2024, p. 3."]
        assert found.notes[0].line == 1
        assert "desk-2024-p3" in imported(file).text
        assert "`^[code]`" in found.blocks[0].text

    def test_labels_in_code_are_words(self, written):
        found = document(written("```\n[^a]: no note\n```\n"))
        assert found.notes == []
        assert "no note" in found.blocks[0].text

    def test_figures_typed_as_calls(self, written):
        found = document(written("A.[1] B.^2^ on 3 km^2^.\n\n[1] First.\n\n[2] Second.\n"))
        assert [note.text for note in found.notes] == ["First.", "Second."]
        assert list(texts(found.blocks)) == ["A.[^1.1] B.[^1.2] on 3 km²."]


class TestBlocks:
    def test_the_head_of_the_file(self, written):
        found = document(written(TEXT))
        assert found.title == "Aldmoor"
        assert found.blocks[0] == Dated(datetime.date(2024, 5, 12))
        assert "draft" in said(found, "left-out")

    def test_blocks_have_their_lines(self, written):
        found = document(written(TEXT))
        assert [(type(one), one.line) for one in found.blocks[1:]] == [
            (Heading, 7),
            (Paragraph, 9),
            (Heading, 16),
            (Table, 18),
            (Quotation, 22),
        ]

    def test_a_row_with_more_cells_than_the_head_loses_none(self, written):
        found = document(written("| a | b |\n|--|--|\n| 1 | 2 | surplus |\n| 3 |\n| x \\| y | `p|q` |\n"))
        rows = [row.cells for row in found.blocks[0].rows]
        assert rows[:3] == [["a", "b", ""], ["1", "2", "surplus"], ["3", "", ""]]
        assert said(found, "changed").startswith("3: a row of a table has 3 cells, and its head 2")

    def test_definitions_are_labels_and_values(self, written):
        (facts,) = document(written("Deadline\n: None\n\nTreaty\n: Party\n")).blocks
        assert isinstance(facts, Facts)
        assert [(fact.label, fact.values) for fact in facts.groups[0][1]] == [("Deadline", ["None"]), ("Treaty", ["Party"])]

    def test_html_in_markdown_is_text(self, written):
        found = document(
            written("<div>\n\nInside.\n\n</div>\n\n<p>A <b>block</b>.</p>\n\nA <b>word</b><br>B <!-- aside -->\n\n<!-- remark -->\n")
        )
        assert list(texts(found.blocks)) == ["Inside.", "A **block**.", "A word\\\nB"]
        assert "aside" in said(found, "left-out")
        assert "remark" in said(found, "left-out")
        assert "HTML (b)" in said(found, "lost")

    def test_a_grid_table_is_said(self, written):
        assert "1: a table drawn with + and -" in said(document(written("+---+---+\n| a | b |\n+---+---+\n")), "lost")

    def test_signs_stay_as_they_were_typed(self, written):
        (found,) = document(written('It cost $5 -- or "$6"... :smile: ~5 km and ~6 km, x^y, a_b_c\n')).blocks
        assert found.text == 'It cost $5 -- or "$6"... :smile: ~5 km and ~6 km, x^y, a_b_c'

    def test_lists_in_lists(self, written):
        (found,) = document(written("3. a\n   - b\n4. c\n")).blocks
        assert isinstance(found, List)
        assert (found.ordered, found.start) == (True, 3)
        assert list(texts([found])) == ["a", "b", "c"]

    def test_images_are_reported(self, written):
        assert "3: an image is not imported (map.png), which says: “A map”" in said(
            document(written("A.\n\n![A map](x/map.png)\n")), "lost"
        )

    def test_every_word_is_on_the_pages_that_are_built(self, written, tmp_path):
        found = printed(written(TEXT), tmp_path)
        words = "Aldmoor Contamination Mines lie on the ridge and the ford They are old Ridge paper First issue It has two paragraphs Ford paper"
        assert found.missing(f"{words} https example org a_b By year Output 2024 2023 Area cleared 1.5 2 So they say") == []
        assert "First issue" in found.notes["1"]


class TestBounds:
    def test_a_file_that_is_too_long(self, written):
        assert refused(written("word " * 400_000))[0] == "F003"

    def test_a_file_nested_too_deeply(self, written):
        assert refused(written(">" * 3000 + " x\n"))[0] == "I015"

    def test_an_unknown_encoding_is_guessed_and_said(self, tmp_path):
        (tmp_path / "a.md").write_bytes(b"caf\xe9\n")
        assert list(texts(document(tmp_path / "a.md").blocks)) == ["café"]
        assert [one.code for one in import_file(tmp_path / "a.md").diagnostics] == ["I004"]

    def test_nothing(self, written):
        assert refused(written(" \n"))[0] == "I003"


@pytest.mark.parametrize(
    "text",
    [
        "[\\^a](https://x.example/)",
        "[\\@key](https://x.example/)",
        "one\\\n\\- two",
        "one\\\n\\# two",
        "``a`b``",
        "a **b**c *d*, \\[^e\\] f",
        "1\\. One",
    ],
)
def test_what_looks_like_a_mark_comes_back_as_it_was(written, text):
    found = document(written(text + "\n"))
    assert list(texts(found.blocks)) == [text]
    assert found.notes == []


def test_boxes_to_tick_stay_signs_and_a_call_stands_at_its_word(tmp_path):
    file = tmp_path / "a.md"
    file.write_text("# Chad\n\n## List\n\n- [ ] Do this\n- [x] Done\n\nStaff. [^a]\n\n[^a]: A note.\n", encoding="utf-8")
    found = document(file)
    assert list(texts(found.blocks))[1:] == ["[ ] Do this", "[x] Done", "Staff.[^a]"]
