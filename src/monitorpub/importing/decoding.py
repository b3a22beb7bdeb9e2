"""The text of a file whose encoding nobody wrote down."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from pathlib import Path

from monitorpub.diagnostics import Diagnostic, Found, Place
from monitorpub.importing.document import Remark

_BREAKS = re.compile("\r\n|\r|\x0b|\x0c|\x85|\u2028|\u2029")
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff\ufffd\ue000-\uf8ff\u200b\ufeff\xad]")
_WORD_BULLET = "\uf0b7"
"""The bullet of Word's own fonts."""
_HIGH_WORD = re.compile(b"[\xc0-\xff]{3,}")
_CYRILLIC = 0.5
"""How many of the letters beyond ASCII stand three and more together, in a text in Cyrillic."""
_PDF = b"%PDF-"
_ZIP, _OLD_WORD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class Decoded:
    """A text with lines that end in ``\\n``, without signs that nobody can see, and what is to be said about that."""

    text: str
    remarks: list[Remark] = field(default_factory=list)


def decode(data: bytes, file: Path) -> Found[Decoded]:
    """The text of a file: UTF-8, UTF-16 where a mark at its head says so, else Windows-1252 or one for Cyrillic, said as a guess.

    Gives the diagnostics I001 (a PDF), I002 (no text at all), I003 (nothing in it) or the warning I004 (a guessed encoding).
    """
    if data.lstrip()[:5] == _PDF:
        hint = (
            "Open it in a reader of PDFs, save or copy it as text, and import that; tables come better from the Word file it was made of."
        )
        return Found(None, (Diagnostic("I001", f"{file} is a PDF, and a PDF cannot be imported.", Place(file), hint=hint),))
    said: list[Diagnostic] = []
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = data.decode("utf-16", "replace")
    elif data.startswith((_ZIP, _OLD_WORD)) or b"\0" in data:
        hint = "Import a Word file under its own ending (.docx); save anything else as text in UTF-8."
        return Found(None, (Diagnostic("I002", f"{file} is not a text.", Place(file), hint=hint),))
    else:
        try:
            text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
        except UnicodeDecodeError as error:
            page, name = _code_page(data)
            text = data.decode(page, "replace")
            line = data[: error.start].count(b"\n") + 1
            message = f"The file is not saved as UTF-8. It was read as {name}, which is a guess."
            hint = "Look at the accents and the quotation marks; if they are wrong, save the file as UTF-8 and import it again."
            said.append(Diagnostic("I004", message, Place(file, line, 1), hint=hint))
    text = _BREAKS.sub("\n", text).replace(_WORD_BULLET, "•")
    if not text.strip():
        return Found(None, (Diagnostic("I003", f"{file} holds no words.", Place(file)),))
    remarks: dict[int, Remark] = {}
    for match in _UNPRINTABLE.finditer(text):
        if match[0] not in "\u200b\ufeff\xad":
            line = text.count("\n", 0, match.start()) + 1 if len(remarks) < 200 else 0
            remarks.setdefault(line, Remark(line, "lost", f"a sign that cannot be printed (U+{ord(match[0]):04X}) was dropped"))
    return Found(Decoded(_UNPRINTABLE.sub("", text), list(remarks.values())), tuple(said))


def _code_page(data: bytes) -> tuple[str, str]:
    """The encoding of a text without UTF-8, and its name.  Accented Latin letters stand alone; Cyrillic words are made of such bytes."""
    high = sum(byte >= 0xC0 for byte in data)
    in_words = sum(len(run) for run in _HIGH_WORD.findall(data))
    if in_words < _CYRILLIC * high:
        return "cp1252", "Windows-1252"
    small = sum(byte >= 0xE0 for byte in data)  # where Windows-1251 has its small letters, and KOI8-R its capitals
    return ("cp1251", "Windows-1251") if small * 2 > high else ("koi8-r", "KOI8-R")
