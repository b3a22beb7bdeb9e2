"""Writing without ever leaving half a file: to a temporary file beside the target, then renamed."""

from __future__ import annotations

import contextlib
import errno
import glob
import os
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from monitorpub.diagnostics import Diagnostic, Place


def draft(target: Path, data: bytes, *, mode: int | None = None) -> Path:
    """The data in a temporary file beside its target, flushed to the disk.  Raises OSError; after an error nothing is left behind.

    ``mode`` says who may read and write it; without, what is usual for a new file.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    _sweep(target)
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if mode is None:
            umask = os.umask(0)
            os.umask(umask)
            mode = 0o666 & ~umask
        temporary.chmod(mode)
    except BaseException:  # a full disk, or Ctrl-C
        temporary.unlink(missing_ok=True)
        raise
    return temporary


_OLD = 3600
"""Seconds after which a draft is nobody's any more."""


def _sweep(target: Path) -> None:
    """Delete what a run that was killed has left beside the target."""
    for left in target.parent.glob(f".{glob.escape(target.name)}.*.part"):
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > _OLD:
                left.unlink()


def write_files(files: Mapping[Path, bytes]) -> list[Diagnostic]:
    """Write to temporary files beside the targets, then rename them.  Gives F006 for those that cannot be written.

    All temporary files are written, and all targets looked at, before the first is renamed; whatever happens, none is left behind.
    """
    drafts: list[tuple[Path, Path]] = []
    said: list[Diagnostic] = []
    try:
        for target, data in files.items():
            try:
                if target.is_dir():
                    raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
                if target.exists() and not target.is_file():
                    raise OSError("it is a device or a pipe")
                drafts.append((draft(target, data), target))
            except (OSError, ValueError) as error:  # ValueError: a name that no system has
                said.append(_cannot_write(target, error))
        if said:
            return said
        for temporary, target in drafts:
            try:
                os.replace(temporary, target)
            except OSError as error:  # the disk went away between looking and renaming
                return [_cannot_write(target, error)]
        return []
    finally:
        for temporary, _ in drafts:
            temporary.unlink(missing_ok=True)


def _cannot_write(target: Path, error: OSError | ValueError) -> Diagnostic:
    why = getattr(error, "strerror", None) or error
    if isinstance(error, FileExistsError | NotADirectoryError):
        above = next((folder for folder in target.parents if folder.exists()), target.parent)
        why = f"{above} is a file, and no folder"
    return Diagnostic("F006", f"{target} could not be written: {why}.", Place(target), hint="What was there before is untouched.")
