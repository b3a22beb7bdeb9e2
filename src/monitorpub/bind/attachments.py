"""Files that travel in a PDF: the source of its text, the figures of its tables (ISO 32000-1, 7.11.4; associated: ISO 19005-3, 6.8)."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import md5
from pathlib import PurePath
from typing import Literal
from urllib.parse import quote

from monitorpub.bind.strings import pdf_date, text_string
from monitorpub.bind.trees import name_tree
from monitorpub.bind.writer import File

LEVEL = 6
"""Of deflate."""


@dataclass(frozen=True)
class Attachment:
    """A file to attach, deflated."""

    name: str
    description: str
    relationship: Literal["Source", "Data"]
    """What it is to the document: that which it was made from, or the data behind what is shown."""
    mime: str
    packed: bytes
    size: int
    """Bytes before they were deflated."""
    checksum: str
    """MD5 of them, as ISO 32000-1, 7.11.4.1 has it; it protects from accidents, not from anybody."""

    @classmethod
    def source(cls, name: str, description: str, data: bytes) -> Attachment:
        """A source in YAML (RFC 9512)."""
        return cls._of(name, description, "Source", "application/yaml", data)

    @classmethod
    def table(cls, name: str, description: str, data: bytes) -> Attachment:
        """A table as CSV (RFC 4180)."""
        return cls._of(name, description, "Data", "text/csv", data)

    @classmethod
    def _of(cls, name: str, description: str, relationship: Literal["Source", "Data"], mime: str, data: bytes) -> Attachment:
        checksum = md5(data, usedforsecurity=False).hexdigest()
        return cls(name, description, relationship, mime, zlib.compress(data, LEVEL), len(data), checksum)


def write_attachments(file: File, attachments: Iterable[Attachment], when: str) -> tuple[int, list[int]]:
    """The number of the tree of their names, and those of their specifications, in their order; ``when`` is when they were changed."""
    entries, numbers = [], []
    for one in distinct(attachments):
        numbers.append(_specification(file, one, when))
        entries.append((text_string(one.name), b"%d 0 R" % numbers[-1]))
    return name_tree(file, entries), numbers


def distinct(attachments: Iterable[Attachment]) -> Iterator[Attachment]:
    """The same with a name for each: the second ``a-b.csv`` is ``a-b-2.csv``, also where the first is ``A-B.csv``."""
    taken: set[str] = set()
    for one in attachments:
        path, name, count = PurePath(one.name), one.name, 1
        while name.casefold() in taken:
            count += 1
            name = f"{path.stem}-{count}{path.suffix}"
        taken.add(name.casefold())
        yield replace(one, name=name)


def _specification(file: File, one: Attachment, when: str) -> int:
    parameters = b"<</Size %d/ModDate%s/CheckSum<%s>>>" % (one.size, text_string(pdf_date(when)), one.checksum.encode())
    kind = one.mime.replace("/", "#2F").encode()
    stream = file.add_stream(b"/Type/EmbeddedFile/Subtype/%s/Params%s/Filter/FlateDecode" % (kind, parameters), one.packed)
    return file.add(
        b"<</Type/Filespec/F%s/UF%s/Desc%s/EF<</F %d 0 R/UF %d 0 R>>/AFRelationship/%s>>"
        % (
            text_string(one.name if one.name.isascii() else quote(one.name)),
            text_string(one.name),
            text_string(one.description),
            stream,
            stream,
            one.relationship.encode(),
        )
    )
