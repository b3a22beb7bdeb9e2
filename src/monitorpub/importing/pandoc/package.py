"""The parts of a Word or OpenDocument file (ZIP; ISO/IEC 29500-2), unpacked with a limit, and packed anew for pandoc without images."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from xml.etree import ElementTree

from monitorpub.importing.pandoc.running import ReaderError

MAX_PARTS = 5_000
MAX_UNPACKED = 15_000_000
"""Bytes of text and settings; a report of 350 notes has 3 MB.  Pictures are not unpacked."""

_BAD = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
    struct.error,
    ValueError,
)
_AGAIN = "Open it in Word or LibreOffice, save it under another name, and import that."


@dataclass
class Package:
    """The parts that hold text, by their names, and the names of all others."""

    parts: dict[str, bytes] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)

    def tree(self, name: str) -> ElementTree.Element | None:
        """A part as a tree; None where there is no such part.  Raises ReaderError (I012) where it is not XML."""
        if name not in self.parts:
            return None
        try:
            return ElementTree.fromstring(self.parts[name])
        except (ElementTree.ParseError, ValueError, RecursionError, LookupError):
            raise ReaderError("I012", f"The file is damaged: its part {name} cannot be read.", _AGAIN) from None

    def packed(self) -> bytes:
        """The file for pandoc: the same parts, with nothing in those that hold no text."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as file:
            for name, data in self.parts.items():
                file.writestr(name, data)
            for name in self.others:
                file.writestr(name, b"")
        return out.getvalue()


def unpack(data: bytes) -> Package:
    """The parts of a file.  Raises ReaderError: I011 encrypted, I012 damaged, I014 too large when unpacked."""
    package, left = Package(), MAX_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            entries = file.infolist()
            if len(entries) > MAX_PARTS:
                raise too_large()
            for entry in entries:
                if entry.flag_bits & 1:
                    raise encrypted()
                if entry.filename in package.parts or entry.filename in package.others or entry.is_dir():
                    continue
                if not entry.filename.lower().endswith((".xml", ".rels", "mimetype")):
                    package.others.append(entry.filename)
                    continue
                if entry.file_size > left:
                    raise too_large()
                with file.open(entry) as stream:
                    part = stream.read(left + 1)
                left -= len(part)
                if left < 0:
                    raise too_large()
                if b"<!DOCTYPE" in part or b"<!ENTITY" in part or "<!DOCTYPE".encode("utf-16-le") in part:
                    raise ReaderError(
                        "I012", f"The part {entry.filename} of the file has a definition of entities, which no such file has.", _AGAIN
                    )
                package.parts[entry.filename] = part
    except _BAD as error:
        raise ReaderError("I012", f"The file is damaged: it cannot be unpacked ({str(error)[:80] or 'it is cut off'}).", _AGAIN) from None
    return package


def too_large() -> ReaderError:
    """A file that unfolds to more than any report has."""
    message = f"The file unpacks to more than {MAX_UNPACKED // 1_000_000} MB of text, far more than any report has."
    return ReaderError("I014", message, "If it is no mistake, divide the document into several.")


def encrypted() -> ReaderError:
    """A file that needs a password."""
    hint = "Open it in Word or LibreOffice, take the password off (File, Info, Protect Document), and save it."
    return ReaderError("I011", "The file is protected by a password.", hint)
