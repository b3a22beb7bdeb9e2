"""The part: what typesetting gives, and what it needs to know.  Nothing here imports the engine."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from monitorpub.standard import UA1_A3A, Standard

if TYPE_CHECKING:
    from monitorpub.bind.stamps import Feet


RUN = "/~"
"""How the name of a part ends that holds several profiles, which share pages; it begins with that of the first.  No file is called so.
Its ids begin with the name of each profile: ``chad/note-a``."""


def place_name(part: str, anchor: str) -> str:
    """The name of a place of a part, by its id: ``chad/land-release``, and ``chad`` for a profile that stands in a run."""
    return anchor.removesuffix("/") if part.endswith(RUN) and "/" in anchor else f"{part}/{anchor}"


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
    """The slug of the part; the names of its places begin with it."""
    html: str
    styles: tuple[str, ...]
    workspace: Path
    notes: tuple[tuple[str, str], ...] = ()
    """The id of each note and the id of its first call, in the order of the numbers."""
    images: tuple[str, ...] = ()
    """The files of its images, below the workspace."""
    limits: Limits = Limits()
    side: Literal["recto", "verso"] = "recto"
    """The side of its first page."""
    standard: Standard = UA1_A3A
    """What its structure must keep."""
    placed: tuple[tuple[str, str], ...] = ()
    """The id of each note that stands at the end of a section or of the whole, and that of the section it must stand in, or nothing."""
    together: tuple[tuple[str, str], ...] = ()
    """Of a part that holds several profiles: the name and the HTML of each.  Then ``html`` is empty."""

    def run(self) -> Part:
        """The part, in the worker that has the engine."""
        from monitorpub.typeset.engine import typeset

        return typeset(self)


@dataclass(frozen=True)
class FeetJob:
    """Running feet to set, once for all pages: their words by side, and the styles that say how."""

    feet: dict[str, str]
    """The words at the foot of ``recto`` and ``verso`` pages."""
    styles: tuple[str, ...]
    workspace: Path
    language: str
    edges: tuple[float, float] | None = None
    """The inner and the outer margin of the pages they are for, in px; without it, what the styles say."""
    limits: Limits = Limits()
    name: str = "running feet"

    def run(self) -> Feet:
        """The specimen taken apart, in the worker that has the engine."""
        from monitorpub.typeset.running import specimen

        return specimen(self)


@dataclass(frozen=True)
class Spot:
    """A place on a page: the page from 1, and px from its top left corner."""

    page: int
    x: float
    y: float
    height: float = 0


@dataclass(frozen=True)
class Heading:
    """A line of the outline: its level from 1, its words, and where it stands."""

    level: int
    words: str
    page: int
    x: float
    y: float


@dataclass(frozen=True)
class Remark:
    """What the engine or the audit found: a code of ``monitorpub.codes``, and the id of the element it is about."""

    code: str
    message: str
    element: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Face:
    """A font as a part uses it: where its file is, and the glyphs that were printed."""

    name: str
    """What the content of pages calls it."""
    base: str
    """Its PostScript name, as fonts in PDF have it."""
    family: str
    file: str
    """The name of its file in fonts/."""
    digest: str
    """Of the whole file."""
    flags: int
    ascent: int
    descent: int
    widths: dict[int, float] = field(default_factory=dict)
    """Thousandths of the size, by glyph."""
    texts: dict[int, str] = field(default_factory=dict)
    """What each glyph stands for."""


@dataclass(frozen=True)
class Part:
    """A typeset document: relocatable objects, and a record of where things fell."""

    name: str
    pages: int
    objects: bytes = b""
    """``monitorpub.bind.objects.Objects``."""
    size: tuple[float, float] = (0.0, 0.0)
    """Width and height of its pages in px."""
    edges: tuple[float, float] = (0.0, 0.0)
    """The inner and the outer margin of its pages in px: folios stand at the edges of the text."""
    title: str = ""
    language: str = ""
    side: Literal["recto", "verso"] = "recto"
    notes: dict[str, Spot] = field(default_factory=dict)
    calls: dict[str, Spot] = field(default_factory=dict)
    anchors: dict[str, Spot] = field(default_factory=dict)
    outline: tuple[Heading, ...] = ()
    unstamped: tuple[int, ...] = ()
    """Pages, from 1, that carry neither folio nor running foot."""
    faces: tuple[Face, ...] = ()
    links: tuple[str, ...] = ()
    """Addresses of other parts it links to, in the order of their slots: ``slug`` or ``slug#id``."""
    words: tuple[str, ...] = ()
    """The words of the body, page by page, for the index."""
    remarks: tuple[Remark, ...] = ()
    seconds: float = 0
