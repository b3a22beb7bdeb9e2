"""OpenDocument and RTF become sources in the way of Word files."""

from __future__ import annotations

import zipfile
from pathlib import Path

from imported import document, refused
from monitorpub.importing.document import texts


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

    def open_document(self, folder: Path, body: str) -> Path:
        file = folder / "a.odt"
        names = (
            'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
        )
        content = f"<office:document-content {names}><office:body><office:text>{body}</office:text></office:body></office:document-content>"
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

    def test_changes_in_an_open_document_are_refused(self, tmp_path):
        file = self.open_document(
            tmp_path, '<text:tracked-changes><text:changed-region text:id="a"/></text:tracked-changes><text:p>x</text:p>'
        )
        assert refused(file)[0] == "I010"
