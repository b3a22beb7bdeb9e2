"""The images of a document that are kept: what they are, what they are called, and where they are saved."""

from __future__ import annotations

import hashlib
import io
import os
import re
import struct
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path, PurePosixPath
from urllib.parse import unquote
from xml.etree import ElementTree

from monitorpub.diagnostics import Diagnostic
from monitorpub.files import load
from monitorpub.images import MAX_PIXELS, raster_problem
from monitorpub.importing.document import Block, Document, Image, List, Quotation, images
from monitorpub.importing.media import BESIDE, MAX_IMAGE, NoImage, not_imported, shown
from monitorpub.model.scalars import slug
from monitorpub.read import MAX_BYTES

FOLDER = "images"
"""Where images are saved, beside the source."""
MAX_TOTAL = 100_000_000
"""Bytes of all images of a document together."""
MAX_ALL_PIXELS = 10 * MAX_PIXELS
SPECK = 3
"""Points in width and height of what is no image: pages of the web count their readers by such."""

_KINDS = ((b"\x89PNG\r\n\x1a\n", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF87a", "GIF"), (b"GIF89a", "GIF"))
_ENDINGS = {"PNG": ".png", "JPEG": ".jpg", "GIF": ".gif", "SVG": ".svg"}
_OTHERS = (
    (re.compile(rb"\x01\x00\x00\x00.{36} EMF", re.DOTALL), "a drawing of Windows (EMF)"),
    (re.compile(rb"\xd7\xcd\xc6\x9a|[\x01\x02]\x00\x09\x00\x00[\x01\x03]"), "a drawing of Windows (WMF)"),
    (re.compile(rb"II\*\x00|MM\x00\*|II\+\x00|MM\x00\+"), "a TIFF"),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), "a WebP"),
    (re.compile(rb".{4}ftyp(?:avif|avis|heic|heix|mif1|msf1)", re.DOTALL), "a HEIC or AVIF"),
    (re.compile(rb"BM.{4}\x00\x00\x00\x00", re.DOTALL), "a BMP"),
    (re.compile(rb"%PDF-"), "a PDF"),
    (re.compile(rb"%!PS|\xc5\xd0\xd3\xc6"), "a PostScript drawing (EPS)"),
    (re.compile(rb"\x1f\x8b"), "a packed drawing (EMZ, WMZ or SVGZ)"),
    (re.compile(rb"\s*<(?:!doctype html|html)", re.IGNORECASE), "a page of the web"),
)
_OPEN_ELSEWHERE = "open it in a program for images, save it as .png beside the source, and write ![what it shows](file)"
_SPOKEN = {".jpeg": ".jpg", ".jpe": ".jpg"}

_WEAK = re.compile(
    r"(?:img|dsc\w?|pict?|image|photo|picture|figure|fig|graphic|screenshot|scan|untitled|unnamed|download|file)?[-\d]*(?:x\d+)?"
)
"""Names that cameras and programs give."""
_HASH = re.compile(r"(?:.*-)?(?=[a-f]*\d)[0-9a-f]{12,}(?:-.*)?")
"""Names with a digest in them."""
_RESERVED = re.compile(r"con|prn|aux|nul|com\d|lpt\d")
"""Names that Windows gives to no file."""
_BY_PROGRAM = re.compile(r"\s*(?:Description (?:automatically )?generated\b.*|AI-generated content may be incorrect\.?)\s*\Z", re.DOTALL)
_CALLED = re.compile(rf"(?<![\w/.-])(?:\./)?{FOLDER}/(\w[\w.-]*)")
LONGEST_NAME = 60


@dataclass(frozen=True)
class Kept:
    """An image that is kept: its file, what is in it, and what it is for the report."""

    target: Path
    data: bytes = field(repr=False)
    image: Image
    what: str
    """What kind of image, and how large."""
    replaces: bool
    """Whether the source that is there already calls a file of this name, so that the image may be written over it."""


def keep_images(document: Document, target: Path) -> list[Kept]:
    """Find the bytes of all images of a document that will stand in the source ``target``, and give each its path; nothing is written.

    An image that cannot be printed is taken out of the text, and said.  The same image twice is kept once.
    """
    keeping = _Keeping(document, target)
    for image in list(images(document.blocks)):
        try:
            keeping.keep(image)
        except NoImage as error:
            document.say("lost", image.line, not_imported(image, error.why, error.hint))
    document.blocks = _with_paths(document.blocks)
    return keeping.kept


class _Keeping:
    def __init__(self, document: Document, target: Path) -> None:
        self.kept: list[Kept] = []
        self._document = document
        self._target = target
        self._by_content: dict[str, str] = {}
        self._names: set[str] = set()
        self._called = _called(target)
        self._left = MAX_TOTAL
        self._pixels = MAX_ALL_PIXELS

    def keep(self, image: Image) -> None:
        """Look at an image, and keep it.  Raises NoImage."""
        if self._document.media is None:
            raise NoImage("it is not in the file")
        data = self._document.media(image.address)
        digest = hashlib.sha256(data).hexdigest()
        if digest not in self._by_content:
            self._take(image, data, digest)
        if digest in self._by_content:
            image.path = self._by_content[digest]
            self._say(image)

    def _take(self, image: Image, data: bytes, digest: str) -> None:
        kind = kind_of(data)
        self._left -= len(data)
        if self._left < 0:
            raise NoImage(f"all images together have more than {MAX_TOTAL // 1_000_000} MB", f"make them smaller, or {BESIDE}")
        if kind == "SVG":
            size = _svg_problem(data)
        else:
            width, height = size_of(data)
            self._pixels -= width * height
            if width * height > MAX_PIXELS:
                raise NoImage(f"it has {width:,} by {height:,} pixels, more than any page can show", f"make it smaller, {BESIDE}")
            if self._pixels < 0:
                raise NoImage("all images together have more pixels than any profile can show", f"make them smaller, or {BESIDE}")
            if problem := raster_problem(io.BytesIO(data)):
                raise NoImage("it is damaged" if "damaged" in problem else "it cannot be printed", _OPEN_ELSEWHERE)
            if max(width, height) <= SPECK and not image.words:
                self._document.say("left-out", image.line, f"an image of {width} by {height} pixels ({shown(image)}), which shows nothing")
                return
            size = f"{width} by {height} pixels"
        name, own = self._name(image, data, _ENDINGS[kind])
        self._by_content[digest] = f"{FOLDER}/{name}"
        file = self._target.parent / FOLDER / name
        self.kept.append(Kept(file, data, image, f"{kind}, {size}, {_bytes(len(data))}", name in self._called and not own))

    def _name(self, image: Image, data: bytes, ending: str) -> tuple[str, bool]:
        """A name that no other image has, and whether it is the image's own.

        A file of that name that is there already is another's, unless the name was made here and the source calls that file.
        """
        source = slug(self._target.stem) or "imported"
        typed = PurePosixPath(re.split(r"[?#]", unquote(image.name or _file_of(image.address)))[0].replace("\\", "/")).name
        own = slug(PurePosixPath(typed).stem)[:LONGEST_NAME].strip("-")
        was = PurePosixPath(typed).suffix.lower()
        if was and was[1:].isalnum() and _SPOKEN.get(was, was) != ending:
            self._document.say("changed", image.line, f"{shown(image)} is a {ending[1:].upper()} by what it holds, and is saved as one")
        if own and not (_WEAK.fullmatch(own) or _HASH.fullmatch(own) or _RESERVED.fullmatch(own)):
            name = f"{own}{ending}"
            if name not in self._names and _is_free(self._target.parent / FOLDER / name, data):
                self._names.add(name)
                return name, True
        numbered = (f"{source}-{number}" for number in count(1))
        free = (f"{name}{ending}" for name in numbered if not any(f"{name}{one}" in self._names for one in _ENDINGS.values()))
        name = next(name for name in free if self._may_have(name, data))
        self._names.add(name)
        return name, False

    def _may_have(self, name: str, data: bytes) -> bool:
        """Whether an image may have a name that was made for it."""
        file = self._target.parent / FOLDER / name
        return not os.path.lexists(file) or name in self._called or _is_free(file, data)

    def _say(self, image: Image) -> None:
        """What an editor should look at."""
        if (found := _BY_PROGRAM.search(image.words)) is not None:
            image.words = image.words[: found.start()].rstrip()
            if image.words:
                words = f"the words of the image {image.path} were made by a program: “{image.words}”"
                self._document.say("guessed", image.line, words)
        if image.decorative and image.words:
            words = f"the image {image.path} only decorates, as the file says; its words are left out: “{image.words}”"
            self._document.say("changed", image.line, words)
        elif image.decorative:
            self._document.say("guessed", image.line, f"the image {image.path} only decorates, as the file says: {{.decorative}}")


def kind_of(data: bytes) -> str:
    """What kind of image some bytes are: PNG, JPEG, GIF or SVG.  Raises NoImage for all that cannot be printed."""
    if not data:
        raise NoImage("it has 0 bytes")
    for start, kind in _KINDS:
        if data.startswith(start):
            return kind
    head = data[:4096]
    if re.match(rb"(?:\xef\xbb\xbf)?\s*<", head) and re.search(rb"<(?:\w+:)?svg[\s>]", head):
        return "SVG"
    for form, what in _OTHERS:
        if form.match(data):
            raise NoImage(f"it is {what}, which cannot be printed", _OPEN_ELSEWHERE)
    raise NoImage("it is no image, by what it holds")


def size_of(data: bytes) -> tuple[int, int]:
    """Width and height in pixels, without unpacking them.  Raises NoImage where they are not to be had."""
    from PIL import Image as Pictures

    limit, Pictures.MAX_IMAGE_PIXELS = Pictures.MAX_IMAGE_PIXELS, None  # the size is looked at here
    try:
        with Pictures.open(io.BytesIO(data), formats=("PNG", "JPEG", "GIF")) as image:
            return image.size
    except (OSError, SyntaxError, ValueError, TypeError, LookupError, EOFError, OverflowError, struct.error):
        raise NoImage("it is damaged", _OPEN_ELSEWHERE) from None
    finally:
        Pictures.MAX_IMAGE_PIXELS = limit


def _svg_problem(data: bytes) -> str:
    """How an SVG is called in the report.  Raises NoImage where it is none, or has entities, which could unfold."""
    if len(data) > MAX_IMAGE // 4 or b"<!ENTITY" in data:
        raise NoImage("it is an SVG with more in it than can be printed", _OPEN_ELSEWHERE)
    try:
        tag = ElementTree.fromstring(data).tag
    except (ElementTree.ParseError, ValueError, LookupError, RecursionError):
        raise NoImage("it is damaged", _OPEN_ELSEWHERE) from None
    if tag.rpartition("}")[2] != "svg":
        raise NoImage("it is no image, by what it holds")
    return "a drawing"


def _file_of(address: str) -> str:
    """The name of a file on the disk; those in packed files have been given by programs."""
    return "" if address.startswith(("data:", "picture:", "word/media/", "Pictures/", "ObjectReplacements/")) else address


def _bytes(number: int) -> str:
    return f"{number / 1_000_000:.1f} MB" if number >= 1_000_000 else f"{max(1, round(number / 1000))} kB"


def _is_free(file: Path, data: bytes) -> bool:
    """Whether a file may have this name: nothing is there, or the same image."""
    try:
        return not os.path.lexists(file) or (file.is_file() and file.stat().st_size == len(data) and file.read_bytes() == data)
    except OSError:
        return False


def _called(source: Path) -> set[str]:
    """The names of the images that a source calls from its folder of images; none where there is no source."""
    found = load(source, lambda _: MAX_BYTES, "source")
    return set() if isinstance(found, Diagnostic) else set(_CALLED.findall(found.decode("utf-8", "replace")))


def _with_paths(blocks: list[Block]) -> list[Block]:
    """The blocks without images that are not kept."""
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, Image) and not block.path:
            continue
        if isinstance(block, List):
            block.items = [left for item in block.items if (left := _with_paths(item))]
        elif isinstance(block, Quotation):
            block.blocks = _with_paths(block.blocks)
        if not (isinstance(block, List) and not block.items) and not (isinstance(block, Quotation) and not block.blocks):
            out.append(block)
    return out


def wanting_words(text: str, images: list[Image]) -> list[tuple[Image, int]]:
    """The images of a source without words for those who cannot see them, each with the line of the source on which it stands."""
    lines: dict[str, list[int]] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if (found := re.search(r"!\[\]\(([^()]*)\)\s*\Z", line)) is not None:
            lines.setdefault(found[1], []).append(number)
    wanting = [image for image in images if image.path and not image.words and not image.decorative]
    return [(image, lines[image.path].pop(0)) for image in wanting if lines.get(image.path)]
