"""verify --accessible: what a screen reader meets is told as editors understand it, a line for each block."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from pikepdf import Array, Dictionary, Name, String

from handmade import E, Handmade, NextPage, table
from monitorpub import api
from monitorpub.cli import main
from monitorpub.verifying import read_bytes
from monitorpub.verifying.aloud import lines
from monitorpub.verifying.structure import tagged_of


@pytest.fixture
def told(tmp_path):
    """The lines for a file whose tree has some elements."""

    def lines_of(*kids: E, **options) -> list[str]:
        made = Handmade(E("Document", *kids), **options)
        document, _ = read_bytes(made.save(tmp_path / "made.pdf").read_bytes(), Path("made.pdf"))
        return list(lines(tagged_of(document)))

    return lines_of


def test_headings_and_paragraphs(told):
    assert told(E("H1", "A country"), E("Sect", E("H2", "What is known"), E("P", "Little."))) == [
        "[language en]",
        "[page 1]",
        "Heading 1: A country",
        "Section",
        "  Heading 2: What is known",
        "  Paragraph: Little.",
    ]


def test_long_paragraphs_are_cut_between_words(told):
    line = told(E("P", "word " * 40))[-1]
    assert line.startswith("Paragraph: word word")
    assert line.endswith("word …")
    assert len(line) < 90


def test_a_title_stands_behind_a_section(told):
    assert "Section: Angola" in told(E("Sect", E("P", "Words"), T=String("Angola")))


def test_the_page_changes(told):
    assert told(E("P", "One"), NextPage, E("P", "Two"))[1:] == ["[page 1]", "Paragraph: One", "[page 2]", "Paragraph: Two"]


def test_the_page_changes_within_a_paragraph(told):
    assert told(E("P", "One", NextPage, "and two"), E("P", "Three"))[1:] == [
        "[page 1]",
        "Paragraph: One and two",
        "[page 2]",
        "Paragraph: Three",
    ]


def test_the_folio_of_a_page_is_told_where_it_is_another_number(tmp_path):
    made = Handmade(E("Document", E("P", "One")))
    made.pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.r, St=4)]))
    document, _ = read_bytes(made.save(tmp_path / "made.pdf").read_bytes(), Path("made.pdf"))
    assert "[page 1, folio iv]" in list(lines(tagged_of(document)))


def test_a_list(told):
    entries = [E("LI", E("Lbl", "-"), E("LBody", E("P", words))) for words in ("One", "Two")]
    assert told(E("L", *entries))[1:] == ["[page 1]", "List of 2", "  Entry: - One", "  Entry: - Two"]


def test_a_list_in_a_list(told):
    inner = E("L", E("LI", E("LBody", "Within")))
    assert told(E("L", E("LI", E("LBody", "Outer", inner))))[3:] == ["  Entry: Outer", "    List of 1", "      Entry: Within"]


def test_a_table(told):
    found = table(("Year", "Area"), ("2024", "7 km"), ("2023", "8 km"))
    found.kids.insert(0, E("Caption", "Land released"))
    assert told(found)[1:] == [
        "[page 1]",
        "Table, 2 columns, 3 rows: Land released",
        "  Row: # Year | # Area",
        "  Row: # 2024 | 7 km",
        "  Row: # 2023 | 8 km",
    ]


def test_pictures_with_and_without_words(told):
    assert told(E("Figure", "x", Alt=String("A map of Chad")), E("Figure", "x"))[2:] == ["Picture: A map of Chad", "Picture without words"]


def test_a_paragraph_that_is_a_picture(told):
    assert told(E("P", E("Figure", Alt=String("A map of Chad"))))[1:] == ["Picture: A map of Chad"]


def test_calls_and_notes(told):
    note = E("Note", E("Lbl", E("Link", "1", link="land/call-a-1", place="land/note-a")), "A source.", ID=String("n"))
    call = E("Reference", E("Link", "1", link="land/note-a", place="land/call-a-1"))
    assert told(E("P", "Words", call), note, creator="monitorpub", parts=(("land", 1),))[2:] == [
        "Paragraph: Words 1",
        "  Link to note 1",
        "Note 1: A source.",
    ]


def test_a_note_within_a_paragraph_is_told_after_it(told):
    assert told(E("P", "Words", E("Span", E("Note", E("Lbl", "1"), "A source.")), "go on."))[2:] == [
        "Paragraph: Words go on.",
        "  Note 1: A source.",
    ]


def test_elements_that_mean_nothing_are_part_of_their_line(told):
    assert told(E("P", "Words", E("NonStruct", "go on.")))[2:] == ["Paragraph: Words go on."]


def test_links(told):
    said = told(
        E("P", "See ", E("Link", "Chad", link="chad", place="chad"), " or", E("Link", "this", link="gone")),
        E("TOC", E("TOCI", E("Reference", E("Link", "Chad 12", link="chad")))),
    )
    assert said[3:] == [
        "  Links “Chad” to page 1, “this” to gone, which is not there",
        "Contents, 1 line",
        "  Line: Chad 12 [link to page 1]",
    ]


def test_abbreviations_and_other_languages(told):
    long = E("Span", "DMZ", E=String("Demilitarized Zone"))
    assert told(E("P", "The", long, "is", E("Span", "le monde", Lang=String("fr"))))[2:] == [
        "Paragraph: The DMZ is le monde",
        "  Abbreviation: DMZ = Demilitarized Zone",
        "  In fr: le monde",
    ]


def test_a_block_in_another_language(told):
    assert told(E("P", "Le monde", Lang=String("fr")), E("P", "The world"))[1:] == [
        "[page 1]",
        "[language fr]",
        "Paragraph: Le monde",
        "[language en]",
        "Paragraph: The world",
    ]


def test_words_outside_all_blocks_and_empty_blocks(told):
    assert told(E("Div", "Bare words"), E("P"))[1:] == ["[page 1]", "Text: Bare words", "Paragraph (empty)"]


def test_replaced_text_is_what_is_read(told):
    assert told(E("P", "xx", ActualText=String("Read this")))[-1] == "Paragraph: Read this"


def test_a_word_that_is_broken_at_the_end_of_a_line_is_whole(tmp_path):
    made = Handmade(E("Document", E("P", "accessibi#", "lity")))
    made.pdf.pages[0].Resources.Font.F.Encoding = Dictionary(
        Type=Name.Encoding, BaseEncoding=Name.WinAnsiEncoding, Differences=Array([35, Name("/uni2010")])
    )
    document, _ = read_bytes(made.save(tmp_path / "made.pdf").read_bytes(), Path("made.pdf"))
    assert list(lines(tagged_of(document)))[-1] == "Paragraph: accessibility"


@pytest.mark.parametrize("string", ["<feff00ad>", "(\\376\\377\\000\\255)"])
def test_what_is_read_in_place_of_a_sign_is_told(tmp_path, string):
    made = Handmade(E("Document", E("P", "accessibi-", "lity")))
    made.content(1, "accessibi-", f"accessibi) Tj /Span <</ActualText {string}>> BDC (-) Tj EMC (")
    document, _ = read_bytes(made.save(tmp_path / "made.pdf").read_bytes(), Path("made.pdf"))
    assert list(lines(tagged_of(document)))[-1] == "Paragraph: accessibility"


def test_arabic_is_told_in_the_order_in_which_it_is_read(tmp_path):
    """On the page its letters stand from the left to the right, piece by piece: the last word first."""
    made = Handmade(E("Document", E("P", "words: #$) Tj (  ) Tj (%$ end")))
    names = Array([35, Name("/uni0628"), Name("/uni0627"), Name("/uni062C")])
    made.pdf.pages[0].Resources.Font.F.Encoding = Dictionary(Type=Name.Encoding, BaseEncoding=Name.WinAnsiEncoding, Differences=names)
    made.content(1, "words: #$", "words: ) Tj (#$")
    made.content(1, "%$ end", "%$) Tj ( end")
    document, _ = read_bytes(made.save(tmp_path / "made.pdf").read_bytes(), Path("made.pdf"))
    assert list(lines(tagged_of(document)))[-1] == "Paragraph: words: \u0627\u062c \u0627\u0628 end"


def test_the_command_prints_the_tree_and_then_the_findings(tmp_path):
    made = Handmade(E("Document", E("H1", "A country"), E("Figure", "x")))
    file = made.save(tmp_path / "made.pdf")
    result = CliRunner().invoke(main, ["verify", "--accessible", str(file)])
    assert result.stdout.splitlines()[:3] == ["[language en]", "[page 1]", "Heading 1: A country"]
    assert result.stdout.splitlines()[-1].startswith(f"{file}: 1 page")
    assert "V091 (picture-without-words): Page 1" in result.stderr
    assert result.exit_code == 1


def test_the_function_gives_the_lines(tmp_path):
    file = Handmade(E("Document", E("H1", "A country"))).save(tmp_path / "made.pdf")
    assert api.verify(file, accessible=True).files[0].aloud == ("[language en]", "[page 1]", "Heading 1: A country")
    assert api.verify(file).files[0].aloud == ()
