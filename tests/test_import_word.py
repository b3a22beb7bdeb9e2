"""Word files become sources: notes in their places, tables, tracked changes by choice; damaged and hostile files are refused."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from imported import document, imported, printed, refused, said
from monitorpub.importing.command import import_file
from monitorpub.importing.document import Facts, Heading, List, Paragraph, Table, called, images, texts
from monitorpub.importing.pandoc import package, running
from monitorpub.importing.pandoc.boxes import unboxed

FILES = Path(__file__).parent / "imports"
FORTY = FILES / "forty-notes.docx"
"""Made by LibreOffice 7.4, as reviewed.docx was: see tests/imports/make_word_files.py."""
REVIEWED = FILES / "reviewed.docx"

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def paragraph(words: str, style: str = "") -> str:
    style = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{style}<w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:p>'


def table(rows: list[list[str]], *, head: bool = False, grid: int = 0) -> str:
    made = ""
    for number, row in enumerate(rows):
        marked = "<w:trPr><w:tblHeader/></w:trPr>" if head and not number else ""
        cells = [cell if cell.startswith("<") else paragraph(cell) for cell in row]
        made += f"<w:tr>{marked}{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"
    columns = "<w:gridCol/>" * (grid or max(len(row) for row in rows))
    return f'<w:tbl><w:tblPr><w:tblLook w:firstRow="1"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{made}</w:tbl>'


def word_file(folder: Path, body: str, name: str = "file.docx", **parts: str | bytes) -> Path:
    """A Word file with this body, and other parts by their names (``styles`` for word/styles.xml)."""
    file = folder / name
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
        out.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{relation}" Target="word/document.xml"/></Relationships>',
        )
        out.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
        for part, text in parts.items():
            out.writestr(f"word/{part}.xml", text)
    return file


@pytest.fixture(scope="module")
def forty():
    return document(FORTY)


class TestAFileOfLibreOffice:
    def test_all_forty_notes_are_called_once_in_their_order(self, forty):
        assert called(forty.blocks) == [str(number) for number in range(1, 41)]
        assert [re.search(r"Survey paper (\d+)", note.text)[1] for note in forty.notes] == called(forty.blocks)

    def test_each_call_stands_behind_its_words(self, forty):
        calls = {match[2]: match[1] for text in texts(forty.blocks) for match in re.finditer(r"(\S+?)\[\^(\d+)\]", text)}
        assert calls["1"] == "km²."
        assert calls["2"] == "spring"
        assert calls["13"] == "12.5"
        assert calls["20"] == "2027"
        assert calls["28"] == "ridge."
        assert "Both ministries agree.[^39][^40]" in list(texts(forty.blocks))

    def test_titles_in_italics_links_and_paragraphs_of_notes_are_kept(self, forty):
        assert forty.notes[3].text == ("Northern desk, *Survey paper 4*, 5 May 2024, p. 104, <https://example.org/n_4?a=1&b=2>.")
        assert forty.notes[16].text.split("\n\n")[1] == "It was confirmed on site, visit 17."

    def test_headings_have_their_levels_and_the_title_is_none_of_them(self, forty):
        assert forty.title == "Aldmoor"
        assert [(one.level, one.text) for one in forty.blocks if isinstance(one, Heading)] == [
            (1, "Contamination"),
            (1, "Survey"),
            (1, "Clearance"),
            (1, "Marking and fencing"),
            (2, "To be done"),
            (1, "Outlook"),
        ]

    def test_years_are_a_table_of_values_and_labels_one_of_facts(self, forty):
        years = next(one for one in forty.blocks if isinstance(one, Table))
        assert [row.cells for row in years.rows] == [
            ["Output", "2024", "2023"],
            ["Area surveyed", "12.5[^13]", "9"],
            ["Areas cancelled", "3", "1,200"],
        ]
        assert [row.head for row in years.rows] == [True, False, False]
        facts = next(one for one in forty.blocks if isinstance(one, Facts))
        assert [(fact.label, fact.values) for fact in facts.groups[0][1]] == [
            ("Deadline", ["1 March 2027[^20]"]),
            ("Authority", ["Aldmoor Mine Action Centre"]),
            ("Operators", ["Two[^21]"]),
        ]
        source = imported(FORTY).text
        assert "2024: 3, 2023: 1200" in source
        assert "facts:" in source

    def test_the_feet_of_its_pages_are_left_out_and_nothing_is_lost(self, forty):
        assert "Draft of the northern desk" in said(forty, "left-out")
        assert said(forty, "lost") == ""

    def test_every_word_is_on_the_pages_that_are_built(self, tmp_path):
        with zipfile.ZipFile(FORTY) as file:
            parts = [file.read(f"word/{name}.xml").decode() for name in ("document", "footnotes")]
        words = " ".join(re.sub(r"<[^>]+>", "", re.sub(r"</w:p>", " ", part)) for part in parts).replace("&amp;", "&")
        assert len(words.split()) > 600
        found = printed(FORTY, tmp_path)
        assert found.missing(words) == []
        assert [re.search(r"paper(\d+)", found.notes[str(number)].replace(" ", ""))[1] for number in range(1, 41)] == [
            str(number) for number in range(1, 41)
        ]


class TestReview:
    def test_tracked_changes_are_refused_with_a_list(self):
        code, message, hint = refused(REVIEWED)
        assert code == "I010"
        assert message.splitlines()[1:] == [
            "  paragraph 3: Ann Reviewer has put in “two”",
            "  paragraph 3: Ben Reader has struck out “abandoned”",
        ]
        assert "--accept-changes" in hint
        assert "--reject-changes" in hint

    @pytest.mark.parametrize(("changes", "words"), [("accept", "Mines lie in two strips."), ("reject", "Mines lie in abandoned strips.")])
    def test_they_are_taken_as_one_says(self, changes, words):
        found = document(REVIEWED, changes)
        assert any(text.startswith(words) for text in texts(found.blocks))
        assert said(found, "lost").count("\n") == 0
        assert "Ben Reader had struck out “abandoned”" in said(found, "changed")

    def test_the_command_has_options_for_them(self, run, tmp_path):
        target = tmp_path / "out.yaml"
        assert run("import", REVIEWED, "-o", target).exit_code == 1
        assert not target.exists()
        assert run("import", REVIEWED, "-o", target, "--accept-changes").exit_code == 0
        assert "Mines lie in two strips." in target.read_text()
        assert run("import", REVIEWED, "-o", target, "--reject-changes", "--force").exit_code == 0
        assert "Mines lie in abandoned strips." in target.read_text()

    def test_comments_are_listed_with_their_words(self):
        assert "3: a comment of Carla Editor: “Since when?”" in said(document(REVIEWED, "accept"), "left-out")

    def test_footnotes_and_endnotes_are_notes(self):
        found = document(REVIEWED, "accept")
        assert [note.text for note in found.notes] == ["Foot of the page.", "End of the text."]
        assert "strips.[^1] They are marked.[^2]" in next(texts([one for one in found.blocks if isinstance(one, Paragraph)]))

    def test_a_picture_is_kept_with_its_words(self):
        (image,) = images(document(REVIEWED, "accept").blocks)
        assert (image.path, image.words) == ("images/reviewed-1.png", "Map of the strips")

    def test_words_of_a_text_box_stand_behind_the_paragraph_that_has_it(self):
        found = [one.text for one in document(REVIEWED, "accept").blocks if isinstance(one, Paragraph)]
        assert found[-2:] == ["Words beside a box.", "Words in a box."]

    def test_a_change_in_a_note_counts(self, tmp_path):
        body = '<w:p><w:r><w:t>Text.</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
        note = f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="2"><w:p><w:ins w:author="Ann"><w:r><w:t>New.</w:t></w:r></w:ins></w:p></w:footnote></w:footnotes>'
        assert refused(word_file(tmp_path, body, footnotes=note))[0] == "I010"


class TestShapes:
    def test_a_table_without_a_marked_head_is_labels_and_values_though_word_marks_every_first_row(self, tmp_path):
        rows = [["Deadline", "None"], ["Treaty", "Party"]]
        (block,) = document(word_file(tmp_path, table(rows))).blocks
        assert isinstance(block, Facts)
        assert [fact.label for fact in block.groups[0][1]] == ["Deadline", "Treaty"]

    def test_a_marked_head_makes_two_columns_a_table(self, tmp_path):
        (block,) = document(word_file(tmp_path, table([["Province", "Areas"], ["North", "3"]], head=True))).blocks
        assert isinstance(block, Table)
        assert "| Province | Areas |" in imported(tmp_path / "file.docx").text

    def test_rows_of_another_length_are_filled_and_lose_nothing(self, tmp_path):
        rows = [["Province", "Areas", "Mines"], ["North", "3"], ["South", "4", "5", "surplus"]]
        found = document(word_file(tmp_path, paragraph("Text.") + table(rows, head=True, grid=3)))
        cells = [row.cells for block in found.blocks if isinstance(block, Table) for row in block.rows]
        assert cells == [["Province", "Areas", "Mines", ""], ["North", "3", "", ""], ["South", "4", "5", "surplus"]]
        assert "5: a row of a table has 2 of 4 cells" in said(found, "changed")
        assert said(found, "lost") == ""

    def test_a_table_in_a_cell_of_another_keeps_its_words(self, tmp_path):
        inner = table([["a", "b", "c"]]) + paragraph("")
        rows = [["Province", "Areas", "Mines"], ["North", inner, "5"]]
        found = document(word_file(tmp_path, table(rows, head=True)))
        assert "a; b; c" in " ".join(texts(found.blocks))

    def test_typed_numbers_and_a_list_of_notes_are_notes_where_a_file_has_no_real_ones(self, tmp_path):
        up = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>{}</w:t></w:r>'
        text = (
            "<w:p>"
            + "".join(f"<w:r><w:t>Claim {n} on 3 km</w:t></w:r>{up.format(2)}<w:r><w:t>.</w:t></w:r>{up.format(n)}" for n in (1, 2))
            + "</w:p>"
        )
        body = (
            paragraph("Findings", "Heading1")
            + text
            + paragraph("Notes", "Heading1")
            + paragraph("1. First source.")
            + paragraph("2. Second source.")
        )
        styles = (
            f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style></w:styles>'
        )
        found = document(word_file(tmp_path, body, styles=styles))
        assert [note.text for note in found.notes] == ["First source.", "Second source."]
        assert list(texts(found.blocks)) == ["Findings", "Claim 1 on 3 km².[^1.1]Claim 2 on 3 km².[^1.2]"]

    def test_signs_of_markdown_stay_signs(self, tmp_path):
        found = document(word_file(tmp_path, paragraph("# 5 * 3 * 2 [^a] &lt;b&gt; `x` {{ y }} a_b")))
        assert "# 5 \\* 3 \\* 2 \\[^a\\] \\<b> \\`x\\` " in found.blocks[0].text
        assert found.notes == []

    def test_words_that_pandoc_does_not_give_are_reported(self, tmp_path, monkeypatch):
        monkeypatch.setattr("monitorpub.importing.pandoc.word.unboxed", lambda part: part)
        assert "words, beside, box" in said(document(REVIEWED, "accept"), "lost")

    def test_a_box_that_cannot_be_read_is_left_to_the_reader(self):
        assert unboxed(b"<a><txbxContent>") == b"<a><txbxContent>"


class TestBadFiles:
    def test_a_file_with_a_password(self, tmp_path):
        file = tmp_path / "secret.docx"
        file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le"))
        code, message, hint = refused(file)
        assert (code, "password" in message, "password" in hint) == ("I011", True, True)

    def test_an_old_word_file(self, tmp_path):
        file = tmp_path / "old.doc"
        file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "WordDocument".encode("utf-16-le"))
        code, _, hint = refused(file)
        assert code == "I013"
        assert ".docx" in hint

    @pytest.mark.parametrize("length", [4, 30, 3000, -1])
    def test_a_file_that_is_cut_off(self, tmp_path, length):
        file = tmp_path / "cut.docx"
        file.write_bytes(FORTY.read_bytes()[:length])
        assert refused(file)[0] == "I012"

    def test_a_file_with_a_flipped_bit_is_refused_or_read(self, tmp_path):
        file, data = tmp_path / "flipped.docx", FORTY.read_bytes()
        codes = set()
        for at in range(100, len(data), len(data) // 12):
            file.write_bytes(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])
            codes |= {one.code for one in import_file(file).diagnostics} or {"read"}
        assert codes <= {"I011", "I012", "read"}  # one of the bits says that a part is encrypted
        assert "I012" in codes

    @pytest.mark.parametrize("part", ["<w:document", "", "<a>" * 20000])
    def test_a_part_that_is_not_xml(self, tmp_path, part):
        file = tmp_path / "broken.docx"
        with zipfile.ZipFile(file, "w") as out:
            out.writestr("word/document.xml", part)
        assert refused(file)[0] == "I012"

    def test_entities_are_not_unfolded(self, tmp_path):
        file = tmp_path / "laughs.docx"
        with zipfile.ZipFile(file, "w") as out:
            out.writestr("word/document.xml", '<!DOCTYPE d [<!ENTITY a "ha">]><d>&a;</d>')
        assert refused(file)[0] == "I012"

    def test_a_bomb_is_refused_before_it_is_unfolded(self, tmp_path, monkeypatch):
        monkeypatch.setattr(running.subprocess, "run", lambda *_, **__: pytest.fail("pandoc must not see it"))
        file = word_file(tmp_path, "", styles=b" " * (package.MAX_UNPACKED + 1))
        assert file.stat().st_size < 100_000
        assert refused(file)[0] == "I014"

    def test_a_bomb_that_lies_about_its_size(self, tmp_path):
        file = word_file(tmp_path, "", styles=b" " * (package.MAX_UNPACKED + 1))
        size = (package.MAX_UNPACKED + 1).to_bytes(4, "little")
        file.write_bytes(file.read_bytes().replace(size, (100).to_bytes(4, "little")))
        assert refused(file)[0] in ("I012", "I014")

    def test_pictures_are_not_unpacked(self, tmp_path):
        file = word_file(tmp_path, paragraph("Text."))
        with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as out:
            out.writestr("word/media/image1.png", bytes(package.MAX_UNPACKED + 1))
        assert [one.text for one in document(file).blocks] == ["Text."]

    def test_a_file_of_many_parts(self, tmp_path):
        file = tmp_path / "many.docx"
        with zipfile.ZipFile(file, "w") as out:
            for number in range(package.MAX_PARTS + 1):
                out.writestr(f"{number}.xml", "")
        assert refused(file)[0] == "I014"

    def test_a_file_larger_than_any(self, tmp_path):
        file = tmp_path / "large.docx"
        with file.open("wb") as out:
            out.write(b"PK\x03\x04")
            out.truncate(50_000_001)
        assert refused(file)[0] == "F003"

    @pytest.mark.parametrize(("name", "data"), [("a.docx", b"%PDF-1.7 x"), ("a.pdf", b"%PDF-1.7 x"), ("a.doc", b"%PDF-1.7 x")])
    def test_a_pdf_is_a_pdf_whatever_its_name(self, tmp_path, name, data):
        (tmp_path / name).write_bytes(data)
        assert refused(tmp_path / name)[0] == "I001"

    @pytest.mark.parametrize("name", ["a.docx", "a.odt"])
    def test_words_under_the_name_of_a_word_file(self, tmp_path, name):
        (tmp_path / name).write_bytes(b"These are words.")
        assert refused(tmp_path / name)[0] == "I012"

    def test_a_packed_file_of_another_kind(self, tmp_path):
        file = tmp_path / "table.xlsx"
        with zipfile.ZipFile(file, "w") as out:
            out.writestr("xl/workbook.xml", "<workbook/>")
        code, _, hint = refused(file)
        assert (code, ".docx" in hint) == ("I012", True)

    @pytest.mark.parametrize(("status", "code"), [(251, "I015"), (1, "I012")])
    def test_a_reader_that_fails(self, monkeypatch, status, code):
        done = running.subprocess.CompletedProcess([], status, b"", b"heap exhausted")
        monkeypatch.setattr(running.subprocess, "run", lambda *_, **__: done)
        assert refused(FORTY)[0] == code

    def test_a_reader_that_takes_too_long(self, monkeypatch):
        def late(*_, **__):
            raise running.subprocess.TimeoutExpired("pandoc", running.SECONDS)

        monkeypatch.setattr(running.subprocess, "run", late)
        assert refused(FORTY)[0] == "I015"

    def test_without_pandoc(self, monkeypatch):
        monkeypatch.setattr(running, "find_pandoc", lambda: None)
        code, _, hint = refused(FORTY)
        assert code == "I016"
        assert "pypandoc" in hint

    def test_the_reader_has_a_limit_of_memory(self, monkeypatch):
        monkeypatch.setattr(running, "MEMORY", "8M")
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w") as out, zipfile.ZipFile(FORTY) as old:
            for name in old.namelist():
                text = old.read(name)
                if name == "word/document.xml":
                    text = text.replace(b"<w:body>", b"<w:body>" + (paragraph("word " * 200)).encode() * 2000)
                out.writestr(name, text)
        with pytest.raises(running.ReaderError) as caught:
            running.read_with_pandoc("docx", data.getvalue())
        assert caught.value.code == "I015"


def test_lists_in_lists_are_kept(tmp_path):
    item = '<w:p><w:pPr><w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'
    level = '<w:lvl w:ilvl="{}"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl>'
    numbering = (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">{level.format(0)}{level.format(1)}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    file = word_file(tmp_path, item.format(0, "one") + item.format(1, "inner") + item.format(0, "two"), numbering=numbering)
    (found,) = document(file).blocks
    assert isinstance(found, List)
    assert [one.text for one in found.items[0] if isinstance(one, Paragraph)] == ["one"]
    assert isinstance(found.items[0][1], List)


class TestHiddenText:
    VANISH = "<w:rPr><w:vanish/></w:rPr>"

    def test_it_is_left_out_and_said(self, tmp_path):
        body = (
            f"<w:p><w:r><w:t>Mines lie</w:t></w:r><w:r>{self.VANISH}<w:t xml:space='preserve'> never print this</w:t></w:r><w:r><w:t> here.</w:t></w:r></w:p>"
            f"<w:p><w:r>{self.VANISH}<w:t>Nor this</w:t></w:r></w:p>"
            "<w:p><w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>But this</w:t></w:r></w:p>"
        )
        found = document(word_file(tmp_path, body))
        assert list(texts(found.blocks)) == ["Mines lie here.", "But this"]
        assert said(found, "lost") == ("1: hidden text is not imported: “never print this”\n2: hidden text is not imported: “Nor this”")

    def test_a_style_that_hides(self, tmp_path):
        styles = f'<w:styles xmlns:w="{W}"><w:style w:type="character" w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
        body = "<w:p><w:r><w:t>Seen</w:t></w:r><w:r><w:rPr><w:rStyle w:val='H'/></w:rPr><w:t>unseen</w:t></w:r></w:p>"
        found = document(word_file(tmp_path, body, styles=styles))
        assert list(texts(found.blocks)) == ["Seen"]
        assert "1: hidden text is not imported: “unseen”" in said(found, "lost")


class TestNotesOfTitles:
    NOTES = (
        f'<w:footnotes xmlns:w="{W}">'
        + "".join(f'<w:footnote w:id="{number}"><w:p><w:r><w:t>Source {number}.</w:t></w:r></w:p></w:footnote>' for number in (1, 2))
        + "</w:footnotes>"
    )

    def call(self, words: str, number: int, style: str = "") -> str:
        style = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
        return f'<w:p>{style}<w:r><w:t>{words}</w:t></w:r><w:r><w:footnoteReference w:id="{number}"/></w:r></w:p>'

    def test_the_order_of_calls_stays(self, tmp_path):
        styles = f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style></w:styles>'
        file = word_file(tmp_path, self.call("Chad", 1, "Title") + self.call("Mines.", 2), styles=styles, footnotes=self.NOTES)
        found = document(file)
        assert (found.title, list(texts(found.blocks))) == ("Chad", ["Mines.[^1][^2]"])
        assert "the title called 1 note" in said(found, "guessed")
        assert "nothing calls" not in said(found, "guessed")


def test_a_review_copy_says_which_way_is_meant(tmp_path):
    file = word_file(tmp_path, paragraph("Mines lie here."))
    with zipfile.ZipFile(file, "a") as out:
        out.writestr("docProps/custom.xml", '<Properties><property name="monitorpub-source">abc</property></Properties>')
    found = import_file(file, layout="country-report")
    assert [(one.code, "--onto SOURCE" in one.hint) for one in found.diagnostics] == [("I009", True)]
    assert found.value is not None
