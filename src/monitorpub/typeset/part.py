"""The part: what typesetting gives, and what it needs to know.  Nothing here imports the engine."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Limits:
    """How much one typesetting may use."""

    seconds: float = 120
    memory: int = 3_000_000_000
    """Bytes of address space."""


@dataclass(frozen=True)
class Job:
    """A document to typeset: its HTML, its styles by name, its workspace, and the notes that must be found on its pages."""

    name: str
    html: str
    styles: tuple[str, ...]
    workspace: Path
    notes: tuple[tuple[str, str], ...] = ()
    """The id of each note and the id of its first call, in the order of the numbers."""
    limits: Limits = Limits()


@dataclass(frozen=True)
class Spot:
    """A place on a page: the page from 1, and px from its top left corner."""

    page: int
    x: float
    y: float
    height: float = 0


@dataclass(frozen=True)
class Remark:
    """What the engine or the audit found: a code of ``monitorpub.codes``, and the id of the element it is about."""

    code: str
    message: str
    element: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Part:
    """A typeset document: the PDF and a record of where things fell."""

    name: str
    pdf: bytes
    pages: int
    notes: dict[str, Spot] = field(default_factory=dict)
    calls: dict[str, Spot] = field(default_factory=dict)
    anchors: dict[str, Spot] = field(default_factory=dict)
    outline: tuple[tuple[int, str, int], ...] = ()
    """Level, words and page of each heading."""
    remarks: tuple[Remark, ...] = ()
    seconds: float = 0
