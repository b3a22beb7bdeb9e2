"""A finished PDF as a reader meets it: its pages with their text and links, its destinations, its fonts.

Read with pypdf, from the file alone: nothing here knows how the file was made.
"""

from __future__ import annotations

import difflib
import io
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.errors import DependencyError

from monitorpub.diagnostics import Diagnostic, Place
from monitorpub.verifying.catalog import Count, Destination, Line, counts, destinations, name_of, outline, page_of, point_of
from monitorpub.verifying.content import Interpreter, Marked, Piece
from monitorpub.verifying.encoding import Font, font_of

Box = tuple[float, float, float, float]
"""Left, bottom, right, top, in points."""

LARGEST = 2_000_000_000
"""Bytes; a larger file is not read."""

Progress = Callable[[int, int], None]
"""Is told the page that is being read, and how many there are."""


@dataclass(frozen=True)
class Link:
    """A place to click: where it is and where it leads."""

    page: int
    box: Box
    target: str = ""
    """A named destination."""
    to_page: int | None = None
    """The page of a destination without a name; 0 where that page is not in the file."""
    point: tuple[float, float] | None = None
    """The point of a destination without a name."""
    address: str = ""
    """An address outside the file."""
    file: str = ""
    """Another PDF."""
    there: str = ""
    """A named destination in that file."""

    @property
    def internal(self) -> bool:
        """Whether it leads to a place in the file."""
        return bool(self.target) or self.to_page is not None


@dataclass(frozen=True)
class Annotation:
    """Anything that lies on a page and is no part of its content, as the structure tree knows it."""

    object: int
    """Its object number; 0 where it has none."""
    kind: str
    """``Link``, ``Widget`` and so on."""
    parent: int | None = None
    """Its key in the parent tree."""
    words: str = ""
    """What is read out for it (Contents)."""
    link: Link | None = None


@dataclass
class Page:
    """One page, counted from 1."""

    number: int
    box: Box
    pieces: list[Piece] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    label: str = ""
    """What readers' windows show for its number; nothing where the file does not say."""
    empty: bool = False
    """Whether there is no content at all, not even content that shows nothing."""
    drawn: bool = False
    """Whether it shows anything of its own: words, lines or images that are not decoration or a running foot."""
    failure: str = ""
    """Why its content could not be read to the end."""
    object: int = 0
    """Its object number."""
    parents: int | None = None
    """The key of its marked content in the parent tree."""
    forms: dict[int, int | None] = field(default_factory=dict)
    """The keys of the forms that it shows, by their object numbers."""
    marked: list[Marked] = field(default_factory=list)
    """Its marked content that has numbers, in the order of the page."""
    shown: frozenset[int] = frozenset()
    """Which of it, by index, shows anything."""
    untagged: int = 0
    """How many lines and images are neither in it nor artifacts."""
    mixed: int = 0
    """How often an artifact is within it, or it within an artifact."""
    surplus: int = 0
    """How many beginnings and ends of marked content have no counterpart."""
    annotations: list[Annotation] = field(default_factory=list)
    by_structure: bool = False
    """Whether the tab key goes from link to link in the order of the structure (Tabs)."""


@dataclass
class Document:
    """A PDF that could be opened."""

    file: Path
    title: str = ""
    language: str = ""
    creator: str = ""
    pages: list[Page] = field(default_factory=list)
    destinations: dict[str, Destination] = field(default_factory=dict)
    fonts: list[Font] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    outline: list[Line] = field(default_factory=list)
    root: Any = field(default=None, repr=False, compare=False)
    """The catalog, as pypdf has it."""

    @property
    def links(self) -> Iterator[Link]:
        """All links, page by page."""
        return (link for page in self.pages for link in page.links)

    @cached_property
    def in_parts(self) -> bool:
        """Whether the name of a part and a slash stand before the names of its places."""
        return self.creator.startswith("monitorpub") and any("/" in name for name in self.destinations)


def read_pdf(file: Path, progress: Progress | None = None) -> tuple[Document | None, list[Diagnostic]]:
    """The document, or None; with diagnostics F001, F003 and V001-V004."""
    try:
        if file.stat().st_size > LARGEST:
            return None, [Diagnostic("F003", f"{file} is larger than {LARGEST:,} bytes.", Place(file))]
        data = file.read_bytes()
    except (OSError, ValueError) as error:
        return None, [_unreadable(file, error)]
    return read_bytes(data, file, progress)


def _unreadable(file: Path, error: OSError | ValueError) -> Diagnostic:
    """F001, with the name that was meant."""
    if isinstance(error, IsADirectoryError):
        hint = f"Name the PDFs in it: monitorpub verify {file / '*.pdf'}"
        return Diagnostic("F001", f"{file} is a folder.", Place(file), hint=hint)
    if isinstance(error, FileNotFoundError):
        known = [one.name for one in file.parent.glob("*") if one.suffix.lower() == ".pdf"] if file.parent.is_dir() else []
        near = difflib.get_close_matches(file.name, known, n=1, cutoff=0.6)
        hint = f"Did you mean {file.parent / near[0]}?" if near else ""
        return Diagnostic("F001", f"{file} does not exist.", Place(file), hint=hint)
    why = getattr(error, "strerror", None) or str(error)
    return Diagnostic("F001", f"{file} cannot be read: {why}.", Place(file))


def read_bytes(data: bytes, file: Path, progress: Progress | None = None) -> tuple[Document | None, list[Diagnostic]]:
    """The document of a PDF in memory; ``file`` is for what is said about it."""
    if b"%PDF-" not in data[:1024]:
        return None, [Diagnostic("V001", f"{file} is not a PDF.", Place(file), hint="Verify reads finished PDFs; check reads sources.")]
    if why := _cut_off(data):
        hint = "Copy or build the file again: a part of it is missing."
        return None, [Diagnostic("V002", f"The file is cut off: {why}.", Place(file), hint=hint)]
    with silent():
        return _read(data, file, progress)


@contextmanager
def silent() -> Iterator[None]:
    """pypdf says nothing by itself."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)


def places_in(file: Path) -> frozenset[str] | None:
    """The names of the places in a PDF; None where it is not there or cannot be read."""
    try:
        if file.stat().st_size > LARGEST:
            return None
        return frozenset(destinations(PdfReader(file).trailer["/Root"].get_object(), {}))
    except Exception:  # pypdf raises all kinds for files that break the rules
        return None


def _cut_off(data: bytes) -> str:
    """How one sees that the end is missing; empty where it is there."""
    tail = data[-2048:]
    if b"%%EOF" not in tail:
        return "its last line (%%EOF) is missing"
    start = re.findall(rb"startxref\s+(\d+)", tail)
    if not start or int(start[-1]) >= len(data):
        return "the table of its objects lies beyond its end"
    return ""


def _read(data: bytes, file: Path, progress: Progress | None) -> tuple[Document | None, list[Diagnostic]]:
    said: list[Diagnostic] = []
    for strict in (True, False):
        try:
            reader = PdfReader(io.BytesIO(data), strict=strict)
            if reader.is_encrypted:
                return None, [_encrypted(file)]
            document = _document(reader, file, progress)
        except DependencyError:  # pypdf would need another package to try an empty password
            return None, [_encrypted(file)]
        except Exception as error:  # pypdf raises all kinds for files that break the rules
            message = f"The file breaks the rules of PDF: {_short(error)}."
            hint = "Build the file again, or save it anew with the program that made it."
            if not said:
                said.append(Diagnostic("V002", message, Place(file), hint=hint))
            continue
        if not document.pages:
            said.append(Diagnostic("V004", "The file has no pages.", Place(file)))
            return None, said
        return document, said
    return None, said


def _encrypted(file: Path) -> Diagnostic:
    hint = "Verify the PDF as it was before it was locked."
    return Diagnostic("V003", "The file is encrypted: nothing in it can be proved.", Place(file), hint=hint)


def _document(reader: Any, file: Path, progress: Progress | None) -> Document:
    root = reader.trailer["/Root"].get_object()
    document = Document(file, _title(reader), str(root.get("/Lang", "")).strip(), _creator(reader), root=root)
    pages = list(reader.pages)
    numbers = {page.indirect_reference.idnum: n for n, page in enumerate(pages, 1) if page.indirect_reference is not None}
    document.destinations = destinations(root, numbers)
    document.counts, document.outline = counts(root), outline(root, document.destinations, numbers)
    fonts: dict[Any, Font] = {}
    for number, page in enumerate(pages, 1):
        if progress is not None:
            progress(number, len(pages))
        document.pages.append(_page(reader, page, number, numbers, fonts))
        count = next((one for one in reversed(document.counts) if one.index < number), None)
        document.pages[-1].label = count.label(number - 1) if count else ""
    document.fonts = [font for font in fonts.values() if font.pages]
    return document


def _title(reader: Any) -> str:
    title = (reader.metadata or {}).get("/Title") or ""
    if not str(title).strip() and (metadata := reader.xmp_metadata) is not None:
        title = next(iter((metadata.dc_title or {}).values()), "")
    return str(title).strip()


def _creator(reader: Any) -> str:
    """The program that made the file, from the list of its properties or, as PDF 2.0 wants it, from its metadata."""
    creator = str((reader.metadata or {}).get("/Creator", ""))
    if not creator and (metadata := reader.xmp_metadata) is not None:
        creator = str(metadata.xmp_creator_tool or "")
    return creator


def _page(reader: Any, source: Any, number: int, numbers: dict[int, int], fonts: dict[Any, Font]) -> Page:
    box = source.cropbox
    page = Page(number, (float(box.left), float(box.bottom), float(box.right), float(box.top)))

    def known(reference: Any) -> Font:
        key = getattr(reference, "idnum", None) or id(reference)
        if key not in fonts:
            fonts[key] = font_of(reference.get_object())
        return fonts[key]

    interpreter = Interpreter(reader, known)
    try:
        interpreter.run(source.get("/Contents"), source.get("/Resources"))
    except Exception as error:  # pypdf raises all kinds for files that break the rules
        if reader.strict:
            raise
        page.failure = _short(error)
    page.pieces, page.drawn = interpreter.pieces, interpreter.drawn
    page.marked, page.shown = interpreter.marked, frozenset(interpreter.shown)
    page.untagged, page.mixed, page.surplus = interpreter.untagged, interpreter.mixed, interpreter.surplus
    page.object, page.parents = getattr(source.indirect_reference, "idnum", 0), _key(source.get("/StructParents"))
    page.forms = {number: _key(key) for number, key in interpreter.forms.items() if number}
    page.by_structure = source.get("/Tabs") == "/S"
    page.empty = not interpreter.operators and not page.failure
    for font in {id(piece.font): piece.font for piece in page.pieces}.values():
        font.pages.append(number)
    annotations = source.get("/Annots")
    for reference in annotations.get_object() if annotations is not None else ():
        found = reference.get_object()
        if found is None:
            continue
        link = _link(found, number, numbers) if found.get("/Subtype") == "/Link" else None
        if link is not None:
            page.links.append(link)
        page.annotations.append(_annotation(found, getattr(reference, "idnum", 0), link))
    return page


def _annotation(source: Any, number: int, link: Link | None) -> Annotation:
    words = source.get("/Contents")
    words = words.get_object() if words is not None else ""
    words = words.strip() if isinstance(words, str) else ""
    return Annotation(number, str(source.get("/Subtype", "")).removeprefix("/"), _key(source.get("/StructParent")), words, link)


def _key(source: Any) -> int | None:
    """A key of the parent tree."""
    source = source.get_object() if source is not None else None
    return int(source) if isinstance(source, int) else None


def _link(source: Any, page: int, numbers: dict[int, int]) -> Link:
    left, bottom, right, top = (float(n) for n in source["/Rect"])
    box = (min(left, right), min(bottom, top), max(left, right), max(bottom, top))
    target, action = source.get("/Dest"), source.get("/A")
    action = action.get_object() if action is not None else {}
    if target is None and action.get("/S") == "/GoTo":
        target = action.get("/D")
    if target is None and action.get("/S") == "/GoToR":
        place = action.get("/D")
        return Link(page, box, file=_file_name(action.get("/F")), there=name_of(place) if isinstance(place, (str, bytes)) else "")
    if target is None:
        return Link(page, box, address=str(action.get("/URI", "")))
    target = target.get_object()
    if isinstance(target, list):
        return Link(page, box, to_page=page_of(target, numbers), point=point_of(target))
    return Link(page, box, target=name_of(target))


def _file_name(source: Any) -> str:
    """The file that a link leads to (ISO 32000-1, 7.11)."""
    source = source.get_object() if source is not None else ""
    if isinstance(source, dict):
        source = source.get("/UF", source.get("/F", ""))
    return (source.decode("latin-1") if isinstance(source, bytes) else str(source)) or "another file"


def _short(error: BaseException) -> str:
    text = " ".join(str(error).split()) or type(error).__name__
    return text[:120].rstrip(".")
