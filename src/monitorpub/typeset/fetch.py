"""What the engine may read: styles, fonts and the images of the workspace, by addresses of our own, and nothing else.

``style:/page.css`` and ``font:/Serif-Regular.ttf`` are looked for in the workspace and then in the tool;
``workspace:/images/map.png`` lies in the workspace.  There is no ``file:`` and no network.
"""

from __future__ import annotations

import mimetypes
from pathlib import Path
from urllib.parse import unquote

from weasyprint.urls import URLFetcher, URLFetcherResponse

from monitorpub.content import digest
from monitorpub.workspace import Workspace, inside

Signature = tuple[str, int, int]
"""The path of a file, when it was changed last (ns), and its size in bytes."""


class Refused(ValueError):
    """An address that is not served."""


class Fetcher(URLFetcher):  # type: ignore[misc]
    """Serves the workspace, styles and fonts."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self._workspace = workspace
        self.fonts: dict[str, str] = {}
        """The names of the fonts that were served, by the digest of the file."""
        self.read: dict[str, Signature | None] = {}
        """The addresses that were asked for, and what was found there."""

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """The content behind an address.  Raises Refused for every other address."""
        self.read[url] = self.signature(url)
        file = self._file(url)
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        data = file.read_bytes()
        if url.startswith("font:"):
            self.fonts[digest(data)] = _name(url)
        return URLFetcherResponse(url, data, {"Content-Type": kind})

    def signature(self, url: str) -> Signature | None:
        """What is behind an address, without reading it; None where nothing is."""
        try:
            file = self._file(url)
            stat = file.stat()
        except (Refused, OSError):
            return None
        return str(file), stat.st_mtime_ns, stat.st_size

    def _file(self, url: str) -> Path:
        scheme, name = url.partition(":")[0], _name(url)
        kinds = {"style": "styles", "font": "fonts"}
        if scheme in kinds:
            file = self._workspace.find(kinds[scheme], name)
        elif scheme == "workspace":
            file = inside(self._workspace.root, name)
        else:
            raise Refused(f"{url[:80]} is not part of the workspace")
        if file is None or not file.is_file():
            raise Refused(f"{url[:80]} does not exist")
        return file


def _name(url: str) -> str:
    return unquote(url.partition(":")[2].split("#")[0].split("?")[0]).lstrip("/")
