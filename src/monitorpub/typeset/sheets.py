"""The styles and fonts that a document is set with.

The fork server loads those that come with the tool once (``keep``); its forks take them as long as their files are what they were, and
else load their own.  What a document changes in them stays in its own process.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import weasyprint
from weasyprint.text.ffi import pango
from weasyprint.text.fonts import FontConfiguration

from monitorpub.typeset.fetch import Fetcher, Signature
from monitorpub.typeset.log import Log

PANGO_WITH_THREADS = 15200
"""Pango 1.52: from here on fonts have a thread of their own, and a fork, which has no threads, would wait for it for ever."""
QUIET = 2.0
"""Seconds in which other threads must have ended before a process may be forked."""


@dataclass
class _Kept:
    """What the server loaded, with the files that it came from."""

    fonts: FontConfiguration
    sheets: dict[str, Any] = field(default_factory=dict)
    read: dict[str, dict[str, Signature | None]] = field(default_factory=dict)
    """For each sheet all addresses that it read, and what was found there."""
    faces: dict[str, dict[str, str]] = field(default_factory=dict)
    """For each sheet that declares faces: the names of their files by digest."""

    def fits(self, names: tuple[str, ...], fetcher: Fetcher) -> bool:
        """Whether these sheets are kept, each file is what it was, and they declare all faces that are kept."""
        known = all(name in self.sheets for name in names) and set(self.faces) <= set(names)
        return known and all(fetcher.signature(url) == was for name in names for url, was in self.read[name].items())


_shelf: list[_Kept] = []
"""What is kept, or nothing."""


def can_be_forked() -> bool:
    """Whether forks of this process can use the fonts that it has loaded."""
    version: int = pango.pango_version()
    return sys.platform == "linux" and version < PANGO_WITH_THREADS


def keep(names: Iterable[str], fetcher: Fetcher) -> None:
    """Load styles and their fonts for all processes that this one will be forked into.

    Where the engine has something to say about them, nothing is kept: it must be said of each document.
    """
    kept = _Kept(FontConfiguration())
    with Log() as log:
        for name in names:
            fetcher.fonts, fetcher.read = {}, {}
            kept.sheets[name], kept.read[name] = _load(name, fetcher, kept.fonts), fetcher.read
            if fetcher.fonts:
                kept.faces[name] = fetcher.fonts
    kept.fonts._folder = None  # its files go with the server's folder; a fork that adds a face puts it into one of its own
    _shelf[:] = [] if log.remarks else [kept]


def quieten() -> None:
    """Wait until this process has no other thread, so that it can be forked.  Where one stays, nothing is kept."""
    end = time.monotonic() + QUIET
    while _shelf and len(os.listdir("/proc/self/task")) > 1:
        if time.monotonic() > end:
            _shelf.clear()
        time.sleep(0.001)


@contextmanager
def materials(names: tuple[str, ...], fetcher: Fetcher) -> Iterator[tuple[list[Any], FontConfiguration]]:
    """The sheets of those names and the fonts that they declare, for one document; afterwards its temporary files are gone."""
    kept = next((one for one in _shelf if one.fits(names, fetcher)), None)
    fonts = kept.fonts if kept is not None else FontConfiguration()
    try:
        if kept is not None:
            for faces in kept.faces.values():
                fetcher.fonts |= faces
            yield [kept.sheets[name] for name in names], fonts
        else:
            yield [_load(name, fetcher, fonts) for name in names], fonts
    finally:
        if fonts._folder is not None:
            shutil.rmtree(fonts._folder, ignore_errors=True)
            fonts._folder = None


def _load(name: str, fetcher: Fetcher, fonts: FontConfiguration) -> Any:
    Log.sheet = name
    try:
        return weasyprint.CSS(url=f"style:/{name}", url_fetcher=fetcher, font_config=fonts)
    finally:
        Log.sheet = ""
