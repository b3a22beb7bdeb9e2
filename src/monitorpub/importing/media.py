"""Where the bytes of images are: in the file itself, or beside it on the disk.  Nothing is fetched from anywhere else."""

from __future__ import annotations

import base64
import binascii
import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from monitorpub.importing.document import Image, Media
from monitorpub.workspace import inside

MAX_IMAGE = 20_000_000
"""Bytes of one image, unpacked."""
BESIDE = "save it beside the source and write ![what it shows](file)"

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|[/\\]{2}")
_DATA = re.compile(r"data:[^,]{0,200},", re.IGNORECASE)


class NoImage(Exception):
    """There are no bytes to be had.  ``why`` follows the name of the image; ``hint`` says what to do."""

    def __init__(self, why: str, hint: str = BESIDE) -> None:
        super().__init__(why)
        self.why, self.hint = why, hint


def not_imported(image: Image, why: str = "", hint: str = BESIDE) -> str:
    """The line of the report for an image that is not in the source."""
    words = f", which says: “{image.words if len(image.words) <= 60 else image.words[:59] + '…'}”" if image.words else ""
    return f"an image is not imported ({shown(image)}){words}{': ' * bool(why)}{why}; {hint}"


def shown(image: Image) -> str:
    """The name of an image for a reader: the last part of its address."""
    if image.address.startswith(("data:", "picture:")):
        return "an image in the page itself"
    last = re.split(r"[/\\]", unquote(image.address).rstrip("/\\"))[-1]
    return "".join(sign for sign in last if sign.isprintable())[:80] or "without a name"


def too_large() -> NoImage:
    """An image with more bytes than any page can show."""
    return NoImage(f"it has more than {MAX_IMAGE // 1_000_000} MB", f"make it smaller, {BESIDE}")


def packed(data: bytes) -> Media:
    """The images of a file that is a ZIP, by the names of its parts."""

    def fetch(address: str) -> bytes:
        _only_here(address, "it is not in the file")
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as file, file.open(posixpath.normpath(address)) as stream:
                return _bounded(stream.read(MAX_IMAGE + 1))
        except KeyError:
            raise NoImage("it is not in the file") from None
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError):
            raise NoImage("it is damaged") from None

    return fetch


def in_hand(parts: Mapping[str, bytes]) -> Media:
    """The images that a reader has taken out of the file."""

    def fetch(address: str) -> bytes:
        if address not in parts:
            raise NoImage("it is not in the file")
        return _bounded(parts[address])

    return fetch


def beside(file: Path) -> Media:
    """The images in the folder of a file, and in those below it; and those that the file holds as ``data:``."""
    folder = file.parent

    def fetch(address: str) -> bytes:
        if _DATA.match(address):
            return _decoded(address)
        _only_here(address, "it lies outside the folder of the document")
        for name in dict.fromkeys((address, unquote(address), unquote(re.split(r"[?#]", address)[0]))):
            found = _below(folder, name.replace("\\", "/"))
            if found is not None:
                try:
                    with found.open("rb") as stream:
                        return _bounded(stream.read(MAX_IMAGE + 1))
                except OSError as error:
                    raise NoImage(f"it cannot be read ({error.strerror})") from None
        raise NoImage("there is no such file beside the document")

    return fetch


def _below(folder: Path, name: str) -> Path | None:
    """The file of this name; None where there is none.  Raises NoImage where it lies outside the folder."""
    if not name or "\0" in name:
        return None
    found = None if name.startswith("/") else inside(folder, name)
    if found is None:
        raise NoImage("it lies outside the folder of the document")
    try:
        return found if found.is_file() else None
    except OSError:  # a name too long for the system
        return None


def _only_here(address: str, elsewhere: str) -> None:
    """Raise NoImage where an address leads to the web, or to the disk of whoever wrote the document."""
    if not _SCHEME.match(address):
        return
    if address.lower().startswith(("http:", "https:", "//")):
        try:
            host = urlsplit(address).hostname or ""
        except ValueError:
            host = ""
        raise NoImage(f"it is on the web{f' ({host[:80]})' if host else ''}, from where nothing is fetched")
    raise NoImage(elsewhere)


def _decoded(address: str) -> bytes:
    head, _, body = address.partition(",")
    if len(body) > 2 * MAX_IMAGE:
        raise too_large()
    data = unquote_to_bytes(body)
    if not head.lower().rstrip().endswith(";base64"):
        return _bounded(data)
    try:
        bare = re.sub(rb"\s", b"", data)
        return _bounded(base64.b64decode(bare + b"=" * (-len(bare) % 4), validate=True))
    except (binascii.Error, ValueError):
        raise NoImage("it is damaged") from None


def _bounded(data: bytes) -> bytes:
    if len(data) > MAX_IMAGE:
        raise too_large()
    return data
