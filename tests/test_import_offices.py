"""OpenDocument and RTF become sources in the way of Word files."""

from __future__ import annotations

import zipfile
from pathlib import Path

from imported import document, refused, said
from monitorpub.importing.document import Heading, texts


class TestOtherOffices:
    def test_an_rtf_file(self, tmp_path):
        file = tmp_path / "a.rtf"
        file.write_bytes(rb"{\rtf1\ansi Mines lie {\i here}.{\super\chftn}{\footnote\pard{\super\chftn} A source.}\par}")
        found = document(file)
        assert list(texts(found.blocks)) == ["Mines lie *here*.[^1]"]
        assert [note.text.strip() for note in found.notes] == ["A source."]

    def test_notes_as_libreoffice_writes_them(self, tmp_path):
        file = tmp_path / "a.rtf"
        file.write_bytes(rb"{\rtf1\ansi Mines lie here.{{\super \chftn{\*\footnote \chftn\pard A source.}}} More.\par}")
        found = document(file)
        assert list(texts(found.blocks)) == ["Mines lie here.[^1] More."]
        assert [note.text.strip() for note in found.notes] == ["A source."]

    def test_changes_in_an_rtf_file_are_refused(self, tmp_path):
        file = tmp_path / "a.rtf"
        file.write_bytes(rb"{\rtf1\ansi Mines {\deleted lie} here.\par}")
        assert refused(file)[0] == "I010"

    def open_document(self, folder: Path, body: str, automatic: str = "") -> Path:
        file = folder / "a.odt"
        names = (
            'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
            'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
        )
        content = f"<office:document-content {names}>{automatic}<office:body><office:text>{body}</office:text></office:body></office:document-content>"
        with zipfile.ZipFile(file, "w") as out:
            out.writestr("mimetype", "application/vnd.oasis.opendocument.text")
            out.writestr("META-INF/manifest.xml", "<manifest/>")
            styles = "<office:styles/><office:automatic-styles/><office:master-styles/><office:font-face-decls/>"
            out.writestr("styles.xml", f"<office:document-styles {names}>{styles}</office:document-styles>")
            out.writestr("content.xml", content)
        return file

    def test_an_open_document(self, tmp_path):
        note = '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>A source.</text:p></text:note-body></text:note>'
        file = self.open_document(tmp_path, f'<text:h text:outline-level="1">Survey</text:h><text:p>Mines.{note}</text:p>')
        found = document(file)
        assert list(texts(found.blocks)) == ["Survey", "Mines.[^1]"]
        assert [note.text for note in found.notes] == ["A source."]

    def test_the_title_of_an_open_document_is_none_of_its_paragraphs(self, tmp_path):
        body = (
            '<text:p text:style-name="Title">Chad</text:p><text:h text:outline-level="1">Survey</text:h>'
            '<text:p>Last updated: 3 May 2024</text:p><text:p>Mines.</text:p><text:h text:outline-level="2">Land</text:h><text:p>Old.</text:p>'
        )
        found = document(self.open_document(tmp_path, body))
        assert found.title == "Chad"
        assert [type(block).__name__ for block in found.blocks] == ["Heading", "Dated", "Paragraph", "Heading", "Paragraph"]
        assert [block.level for block in found.blocks if isinstance(block, Heading)] == [1, 2]

    def test_numbered_headings_stand_in_lists(self, tmp_path):
        deep = '<text:list><text:list-item><text:h text:outline-level="2">Deep</text:h></text:list-item></text:list>'
        body = (
            '<text:list><text:list-item><text:h text:outline-level="1">Survey</text:h></text:list-item></text:list><text:p>Mines.</text:p>'
            f"<text:list><text:list-item>{deep}</text:list-item></text:list><text:p>Old.</text:p>"
        )
        found = document(self.open_document(tmp_path, f'<text:p text:style-name="Title">Chad</text:p>{body}'))
        assert [(block.level, block.text) for block in found.blocks if isinstance(block, Heading)] == [(1, "Survey"), (2, "Deep")]

    def test_an_indented_note_is_no_quotation(self, tmp_path):
        note = (
            '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
            '<text:note-body><text:p text:style-name="P1">A source.</text:p></text:note-body></text:note>'
        )
        styles = (
            '<office:automatic-styles><style:style style:name="P1" style:family="paragraph">'
            '<style:paragraph-properties fo:margin-left="0.3in"/></style:style></office:automatic-styles>'
        )
        found = document(self.open_document(tmp_path, f"<text:p>Mines.{note}</text:p>", styles))
        assert [note.text for note in found.notes] == ["A source."]

    def test_words_that_pandoc_drops_are_said(self, tmp_path):
        found = document(
            self.open_document(tmp_path, "<text:p>Mines lie here.</text:p><text:unknown><text:p>Nobody reads this</text:p></text:unknown>")
        )
        assert "words of the file that are not in the source (3): nobody, reads, this" in said(found, "lost")

    def test_changes_in_an_open_document_are_refused(self, tmp_path):
        file = self.open_document(
            tmp_path, '<text:tracked-changes><text:changed-region text:id="a"/></text:tracked-changes><text:p>x</text:p>'
        )
        assert refused(file)[0] == "I010"
