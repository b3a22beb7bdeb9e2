"""Which reader a file is for: its first bytes decide where they can, else its ending."""

from __future__ import annotations

import re
from pathlib import Path

from monitorpub.diagnostics import Diagnostic, Found, Place
from monitorpub.importing.document import Document
from monitorpub.importing.pandoc.markdown import read_markdown
from monitorpub.importing.pandoc.package import Package, unpack
from monitorpub.importing.pandoc.pages import read_page
from monitorpub.importing.pandoc.running import ReaderError
from monitorpub.importing.pandoc.scanned import Changes, main_part
from monitorpub.importing.pandoc.word import OLE, is_open_document, read_open_document, read_rtf, read_word
from monitorpub.importing.plain import read_plain
from monitorpub.read import MAX_BYTES

ZIP = b"PK\x03\x04"
RTF = b"{\\rtf"
_PAGE = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_BY_ENDING = {".html": read_page, ".htm": read_page, ".xhtml": read_page, ".md": read_markdown, ".markdown": read_markdown}
_INSTEAD = {
    ".mht": "Open it in a browser, and save it as “Webpage, HTML only”.",
    ".mhtml": "Open it in a browser, and save it as “Webpage, HTML only”.",
    ".epub": "Unpack it, and import the .xhtml file of the chapter.",
    ".pages": "Open it in Pages, and export it as a Word document (.docx).",
    ".wpd": "Open it in LibreOffice, and save it as .docx.",
    ".tex": "Turn it into a .docx or .md file with pandoc, and import that.",
}  # fmt: skip
_KINDS = "Import a .docx, .odt, .rtf, .html, .md or .txt file."


MAX_PACKED = 50_000_000
"""Bytes of a Word or RTF file: most of them are images."""


def most_bytes(head: bytes) -> int:
    """How many bytes a file may have that begins so."""
    return MAX_PACKED if head.startswith((ZIP, OLE, RTF)) else MAX_BYTES


def read_document(data: bytes, file: Path, changes: Changes = "refuse") -> Found[Document]:
    """The document of a file, by the reader for its kind; ``changes`` says what becomes of tracked changes.

    Gives what the readers give: I001-I006 and I010-I016.
    """
    ending = file.suffix.lower()
    if data.startswith(OLE):
        return read_word(data, file, changes)
    if data.startswith(ZIP) or ending in (".docx", ".docm", ".dotx", ".odt"):
        return _packed(data, file, changes)
    if data.startswith(RTF):
        return read_rtf(data, file)
    if ending in _INSTEAD or ending == ".rtf":
        return _not_this(file, f"{file} is no kind of file that can be imported.", _INSTEAD.get(ending, _KINDS))
    if ending == ".doc" and not data.startswith(b"%PDF-"):
        return read_page(data, file) if _PAGE.match(data) else read_plain(data, file)
    reader = read_page if _PAGE.match(data) else _BY_ENDING.get(ending, read_plain)
    return reader(data, file)


def _packed(data: bytes, file: Path, changes: Changes) -> Found[Document]:
    """A file that is packed: Word, OpenDocument, or another that is not read."""
    if data.startswith(b"%PDF-"):
        return read_plain(data, file)
    if data.startswith(RTF):
        return read_rtf(data, file)
    if not data.startswith(ZIP):
        hint = "Open it in Word or LibreOffice, and save it under another name."
        return _not_this(file, f"{file} is damaged, or no {file.suffix.lower() or 'Word'} file at all.", hint)
    try:
        package = unpack(data)
        if is_open_document(package):
            return read_open_document(data, file)
        if main_part(package) in package.parts:
            return _said_of_copies(package, file, read_word(data, file, changes))
    except ReaderError as error:
        return Found(None, (Diagnostic(error.code, error.message, Place(file), hint=error.hint),))
    return _not_this(file, f"{file} is no document of Word or LibreOffice Writer.", _INSTEAD.get(file.suffix.lower(), _KINDS))


def _said_of_copies(package: Package, file: Path, read: Found[Document]) -> Found[Document]:
    """What was read, with I009 where the file is a review copy, whose changes belong into the source that it was made of."""
    properties = package.tree("docProps/custom.xml")
    if properties is None:
        return read
    from monitorpub.exporting.review import DIGEST

    if not any(one.get("name") == DIGEST for one in properties):
        return read
    message = f"{file} is a review copy: it is imported as a new document, without the labels, ids and records of its source."
    hint = f"To bring what the reviewer changed into the source, run: monitorpub import --onto SOURCE {file}"
    return Found(read.value, (*read.diagnostics, Diagnostic("I009", message, Place(file), hint=hint)))


def _not_this(file: Path, message: str, hint: str) -> Found[Document]:
    return Found(None, (Diagnostic("I012", message, Place(file), hint=hint),))
