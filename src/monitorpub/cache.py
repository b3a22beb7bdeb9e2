"""What was made before, by the digest of all that it was made from.

Entries are files in the workspace's ``.monitorpub/cache``, written beside and renamed; each names its digest in its first line, so
that a damaged one is found and made again.  Two builds may use it at once: the same name means the same content.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from monitorpub.content import digest, is_digest
from monitorpub.diagnostics import Diagnostic, Place

FOLDER = Path(".monitorpub") / "cache"
TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# This folder is a cache of monitorpub: it may be deleted at any time.\n"
"""What other tools know a cache by (bford.info/cachedir)."""
DAYS = 30
"""Entries that were not used for so long are dropped."""
MOST = 2_000_000_000
"""Bytes; beyond, the entries that were used last remain."""
SMALL = ("feet", "font")
"""What is kept in memory where there is no folder."""
_DAY = 86_400
_HEAD = b"monitorpub 1 "


@dataclass
class Cache:
    """The entries of a workspace; one without a folder keeps only what is small, in memory."""

    root: Path | None
    said: list[Diagnostic] = field(default_factory=list)
    """Warnings: entries that were damaged, a folder that cannot be written."""
    _kept: dict[str, bytes] = field(default_factory=dict)

    @classmethod
    def of(cls, workspace: Path) -> Cache:
        """The cache of a workspace."""
        return cls(workspace / FOLDER)

    def get(self, kind: str, key: str) -> bytes | None:
        """An entry, or None where there is none.  A damaged one is deleted and said (B001).

        A key may have been read from another entry: what is no digest names none, and no file elsewhere.
        """
        if not is_digest(key):
            return None
        if self.root is None:
            return self._kept.get(f"{key}.{kind}")
        file = self._file(kind, key)
        try:
            data = file.read_bytes()
        except OSError:
            return None
        head, _, body = data.partition(b"\n")
        if head != _HEAD + digest(body).encode():
            self.said.append(
                Diagnostic(
                    "B001", f"The cache entry {file.name} was damaged, and is made again.", Place(file), hint="Nothing need be done."
                )
            )
            with contextlib.suppress(OSError):
                file.unlink()
            return None
        with contextlib.suppress(OSError):
            if time.time() - file.stat().st_mtime > _DAY:
                os.utime(file)
        return body

    def put(self, kind: str, key: str, data: bytes) -> None:
        """A new entry.  A folder that cannot be written is said once (B002) and then left alone."""
        if self.root is None:
            if kind in SMALL:
                self._kept[f"{key}.{kind}"] = data
            return
        file = self._file(kind, key)
        try:
            if not file.parent.is_dir():
                self._begin()
                file.parent.mkdir(parents=True, exist_ok=True)
            _write(file, _HEAD + digest(data).encode() + b"\n" + data)
        except OSError as error:
            message = f"The cache {self.root} could not be written: {error.strerror or error}."
            self.said.append(Diagnostic("B002", message, Place(self.root), hint="The result is right; the next run takes longer."))
            self.root = None

    def _file(self, kind: str, key: str) -> Path:
        assert self.root is not None
        return self.root / key[:2] / f"{key}.{kind}"

    def _begin(self) -> None:
        assert self.root is not None
        self.root.mkdir(parents=True, exist_ok=True)
        for name, text in (("CACHEDIR.TAG", TAG), (".gitignore", "*\n")):
            if not (self.root / name).exists():
                _write(self.root / name, text.encode())

    def sweep(self) -> None:
        """Drop what was not used for long, and the oldest beyond a size.  Looks at most once a day."""
        if self.root is None or not self.root.is_dir():
            return
        mark = self.root / "swept"
        with contextlib.suppress(OSError):
            if mark.exists() and time.time() - mark.stat().st_mtime < _DAY:
                return
            mark.touch()
            oldest, size = time.time() - DAYS * _DAY, 0
            for used, length, file in sorted(self._entries(), reverse=True):
                size += length
                if used < oldest or size > MOST:
                    with contextlib.suppress(OSError):
                        file.unlink()

    def _entries(self) -> list[tuple[float, int, Path]]:
        """When each entry was used last, and its size."""
        found = []
        for file in self.root.glob("??/*") if self.root is not None else ():
            with contextlib.suppress(OSError):
                state = file.stat()
                found.append((state.st_mtime, state.st_size, file))
        return found

    def size(self) -> tuple[int, int]:
        """How many entries there are, and their bytes."""
        entries = self._entries()
        return len(entries), sum(length for _, length, _ in entries)

    def clear(self) -> None:
        """Delete all of it.  Raises OSError where that cannot be done."""
        if self.root is not None and self.root.is_dir():
            shutil.rmtree(self.root)


def _write(file: Path, data: bytes) -> None:
    """Beside and renamed; what did not get to the disk before a crash is known by its digest."""
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        os.replace(name, file)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
