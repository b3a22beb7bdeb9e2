"""RTF as Word and LibreOffice save it: notes in their places, tables with all their cells, and nothing lost unsaid."""

from __future__ import annotations

import pytest

from imported import document, refused, said
from monitorpub.importing.document import Heading, List, Table, texts

HEAD = (
    r"{\rtf1\ansi\ansicpg1252\uc1{\fonttbl{\f0\fcharset0{\*\panose 0202}Times;}{\f1\fcharset204 Times CYR;}}"
    r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}{\s2 Heading 2;}{\s15 Title;}}{\info{\title A}{\author Jean Dupont}}"
)


@pytest.fixture
def rtf(tmp_path):
    def make(body: str, head: str = HEAD):
        file = tmp_path / "a.rtf"
        file.write_bytes(f"{head}{body}}}".encode("latin-1"))
        return document(file)

    return make


def words(found) -> list[str]:
    return list(texts(found.blocks))


def notes(found) -> list[str]:
    return [note.text for note in found.notes]


class TestNotes:
    def test_as_libreoffice_writes_them(self, rtf):
        found = rtf(r"Text.{\super\chftn}{\*\footnote \pard\plain {\super\chftn} A note.\par}\par", r"{\rtf1\ansi ")
        assert (words(found), notes(found)) == (["Text.[^1]"], ["A note."])

    def test_several_paragraphs_and_the_words_behind_the_call(self, rtf):
        found = rtf(r"Text{{\super\chftn{\*\footnote\chftn\pard\plain First.\par\pard\plain Second.}}} goes on.\par")
        assert (words(found), notes(found)) == (["Text[^1] goes on."], ["First.\n\nSecond."])

    def test_in_a_cell_and_in_an_item(self, rtf):
        found = rtf(
            r"\trowd\cellx100\cellx200\pard\intbl a\cell b\cell\row"
            r"\pard\intbl x{\super\chftn{\footnote\pard\plain Of x.}}\cell y\cell\row"
            r"\pard{\listtext\u8226 ?\tab}\ls1 item{\super\chftn{\*\footnote\pard\plain Of the item.}}\par"
        )
        assert [one for one in words(found) if one] == ["a", "b", "x[^1]", "y", "item[^2]"]
        assert notes(found) == ["Of x.", "Of the item."]


class TestShape:
    def test_the_names_of_the_file_are_no_text(self, rtf):
        found = rtf(r"\pard\s15\b Chad\par\pard\plain\s1\b Survey\par\pard\plain Mines.\par")
        assert found.title == "Chad"
        assert [(type(block).__name__, block.text) for block in found.blocks] == [("Heading", "Survey"), ("Paragraph", "Mines.")]

    def test_headings_of_two_levels(self, rtf):
        found = rtf(r"\pard\s1 One\par\pard\s2 Two\par\pard text\par\pard\s1 Three\par")
        assert [(block.level, block.text) for block in found.blocks if isinstance(block, Heading)] == [(1, "One"), (2, "Two"), (1, "Three")]

    def test_a_table_keeps_all_rows_and_cells(self, rtf):
        rows = "".join(rf"\trowd\cellx1\cellx2\cellx3\pard\intbl {row}1\cell {row}2\cell {row}3\cell\row" for row in "abc")
        (table,) = rtf(rows + r"\pard\par").blocks
        assert isinstance(table, Table)
        assert [row.cells for row in table.rows] == [[f"{row}{number}" for number in "123"] for row in "abc"]

    def test_a_cell_over_two_columns(self, rtf):
        found = rtf(
            r"\trowd\cellx1000\cellx2000\cellx3000\pard\intbl a\cell b\cell c\cell\row\trowd\cellx2000\cellx3000\pard\intbl d\cell e\cell\row"
        )
        (table,) = found.blocks
        assert [row.cells for row in table.rows] == [["a", "b", "c"], ["d", "", "e"]]

    def test_a_table_in_a_cell_is_told(self, rtf):
        found = rtf(
            r"\trowd\cellx1\cellx2\pard\intbl\itap2 in\nestcell ner\nestcell{\*\nesttableprops\trowd\cellx1\cellx2\nestrow}"
            r"{\nonesttables\par}\pard\intbl out\cell b\cell\row\trowd\cellx1\cellx2\pard\intbl c\cell d\cell\row\pard Text.\par"
        )
        assert "".join(words(found)).replace(" ", "") == "in:neroutbcdText."
        assert "a table in a cell" in said(found, "changed")

    def test_lists_in_lists(self, rtf):
        item = r"\pard{\listtext %s\tab}\ls1\ilvl%d %s\par"
        found = rtf(item % ("1.", 0, "one") + item % ("a)", 1, "deep") + item % ("2.", 0, "two") + r"\pard end\par")
        first, end = found.blocks
        assert isinstance(first, List)
        assert (first.ordered, [list(texts(item)) for item in first.items], end.text) == (True, [["one", "deep"], ["two"]], "end")

    def test_an_o_is_a_bullet_and_a_letter_with_a_dot_a_number(self, rtf):
        item = r"\pard{\listtext %s\tab}\ls1 %s\par"
        found = rtf(item % ("o", "one") + item % ("o", "two") + item % ("a.", "three"))
        assert [(block.ordered, len(block.items)) for block in found.blocks if isinstance(block, List)] == [(False, 2), (True, 1)]

    def test_letters_links_and_looks(self, rtf):
        found = rtf(
            r"\'93caf\'e9\'94 {\f1 \'cc\'e8\'ed\'fb} \u1047?\u-10179?\u-8704? {\i it}\emdash "
            r'{\field{\*\fldinst HYPERLINK "https://example.org/a"}{\fldrslt {\ul here}}}\par'
        )
        assert words(found) == ["“café” Мины З😀 *it*—[here](https://example.org/a)"]

    def test_a_text_box_stands_behind_its_paragraph(self, rtf):
        found = rtf(r"Before {\shp{\*\shpinst{\sp{\sn a}{\sv 1}}{\shptxt\pard In the box.\par}}}and after.\par")
        assert words(found) == ["Before and after.", "In the box."]


class TestWhatIsNotText:
    def test_it_is_said(self, rtf):
        found = rtf(r"{\header Page head\par}Mines{\v  never mind} lie.{\*\atnauthor Ann}{\*\annotation Why?}{\pict\wmetafile8 0102}\par")
        assert words(found) == ["Mines lie."]
        assert "1: hidden text is not imported: “never mind”" in said(found, "lost")
        assert "1: an image is not imported" in said(found, "lost")
        assert "1: a comment of Ann: “Why?”" in said(found, "left-out")
        assert "Page head" in said(found, "left-out")

    def test_a_part_that_nobody_knows(self, rtf):
        found = rtf(r"Mines lie here.{\*\newpart Some words in it}\par")
        assert r"4 words in a part that is not known (\*newpart)" in said(found, "lost")

    def test_words_that_the_document_does_not_have(self, rtf, monkeypatch):
        from monitorpub.importing.rtf import reading

        monkeypatch.setattr(reading, "table_of", lambda rows: {"t": "Null"})
        found = rtf(r"\trowd\cellx1\cellx2\pard\intbl Ridge\cell Ford\cell\row\pard Text.\par")
        assert "words of the file that are not in the source (2): ridge, ford" in said(found, "lost")

    def test_a_note_outside_the_text(self, rtf):
        found = rtf(r"{\footer {\super\chftn}{\footnote A source.}\par}Mines lie here.\par")
        assert "1 note outside the text" in said(found, "lost")

    def test_groups_without_end(self, tmp_path):
        file = tmp_path / "a.rtf"
        file.write_bytes(rb"{\rtf1 " + b"{" * 5000)
        assert refused(file)[0] == "I015"

    def test_half_a_file(self, tmp_path):
        file = tmp_path / "a.rtf"
        file.write_bytes(rb"{\rtf1 Mines lie here.\par {\*\generator and so on \par")
        assert refused(file)[0] == "I012"
