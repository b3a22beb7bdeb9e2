"""What is to be bound: pieces in order, and what the file says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from monitorpub.bind.attachments import Attachment
from monitorpub.bind.stamps import Feet
from monitorpub.standard import UA1_A3A, Standard
from monitorpub.typeset.part import Part


@dataclass(frozen=True)
class Piece:
    """A part at its place."""

    part: Part
    folios: tuple[str, ...]
    """What each page prints; nothing on those that carry no folio."""
    first: int
    """The index, from 0, of its first page in the file; blank pages are bound before it as needed."""
    feet: Feet | None = None
    group: str = ""
    """The title of the group it stands in."""
    level: int = 0
    """How much deeper its headings stand in the outline."""
    above: str = ""
    """A line of the outline above its own: the title of a group that has no divider."""

    @property
    def end(self) -> int:
        """The index after its last page."""
        return self.first + self.part.pages


@dataclass(frozen=True)
class Labels:
    """Page labels from a page on (ISO 32000-1, 12.4.2)."""

    first: int
    style: Literal["r", "D"]
    start: int = 1


@dataclass(frozen=True)
class Binding:
    """A file to bind."""

    title: str
    language: str
    author: str
    created: str
    """A day of ISO 8601; the file says it was made and changed then, so that the same input gives the same bytes."""
    pieces: tuple[Piece, ...]
    labels: tuple[Labels, ...]
    volume: bool = False
    """Whether pieces hang in groups under one document, or the one piece is the document."""
    subject: str = ""
    total: int = 0
    """Pages of the file, blank ones at its end included; 0 for as many as the pieces need."""
    standard: Standard = UA1_A3A
    attachments: tuple[Attachment, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    """The file beside this one that a part stands in, where it is not called as the part is."""
