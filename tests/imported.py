"""Imports as the tests see them: the command as an editor runs it, and the words of what is built from its source."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from monitorpub.diagnostics import has_errors
from monitorpub.importing.command import Imported, import_file
from monitorpub.importing.document import Document
from monitorpub.importing.pandoc.scanned import Changes
from monitorpub.importing.saving import write_source
from monitorpub.pipeline import build
from reading import Page, read_pdf

LAYOUT = "clearing-the-mines"


@dataclass
class Printed:
    """What was built."""

    pages: list[Page]

    @property
    def notes(self) -> dict[str, str]:
        """Mark -> words, over all pages."""
        return {mark: words for page in self.pages for mark, words in page.notes.items()}

    @property
    def text(self) -> str:
        """Letters and figures of all pages, without a space."""
        return letters(" ".join(page.text for page in self.pages))

    def missing(self, words: str) -> list[str]:
        """The words that are not on the pages."""
        return [word for word in re.findall(r"\w+", words) if letters(word) not in self.text]


def letters(text: str) -> str:
    """Letters and figures alone, as printed signs and typed ones are compared."""
    return "".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text))).replace("_", "").casefold()


def imported(file: Path, changes: Changes = "refuse", output: Path | None = None) -> Imported:
    """The import of a file that has no errors."""
    found = import_file(file, layout=LAYOUT, changes=changes, output=output)
    assert found.value is not None, found.diagnostics
    assert not has_errors(found.diagnostics)
    return found.value


def document(file: Path, changes: Changes = "refuse") -> Document:
    """The neutral document of a file."""
    return imported(file, changes).document


def refused(file: Path, changes: Changes = "refuse") -> tuple[str, str, str]:
    """The code, the message and the hint of a file that cannot be imported."""
    found = import_file(file, layout=LAYOUT, changes=changes)
    assert found.value is None
    (said,) = found.diagnostics
    assert said.place is not None
    assert said.place.file == file
    return said.code, said.message, said.hint


def said(document: Document, kind: str) -> str:
    """The remarks of a kind, line by line."""
    return "\n".join(f"{remark.line}: {remark.words}" for remark in document.remarks if remark.kind == kind)


def printed(file: Path, folder: Path, changes: Changes = "refuse") -> Printed:
    """The pages of what is imported, written, and built."""
    target = folder / "profiles" / "imported.yaml"
    target.parent.mkdir(exist_ok=True)
    one = imported(file, changes, target)
    assert write_source(target, one.text, one.images, force=True) == []
    built, found = build([target], folder / "dist", 1)
    assert not has_errors(found), found
    return Printed(read_pdf(built[0].file.read_bytes()))
