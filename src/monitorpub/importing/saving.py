"""Writes what was imported: images first, then the source; all or nothing."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from monitorpub.diagnostics import Diagnostic, Place
from monitorpub.drafts import draft
from monitorpub.importing.pictures import FOLDER, Kept
from monitorpub.workspace import Workspace, inside


def write_source(target: Path, text: str, images: Sequence[Kept] = (), *, force: bool = False) -> list[Diagnostic]:
    """Write a source with its images, each in one step.  After an error all is as it was before.

    Gives I007 where a file is there already and ``force`` is not set, F006 where one cannot be written.  An image that is there already,
    with the same content, stays.
    """
    if os.path.lexists(target) and not force:
        return [already_there(target)]
    new = [one for one in images if not _is_there(one)]
    if new and inside(Workspace.of(target).root, os.path.realpath(target.parent / FOLDER)) is None:
        where = f"the folder {target.parent / FOLDER} leads out of the workspace"
        return [Diagnostic("F006", f"The images could not be written: {where}.", Place(target), hint="Nothing was changed.")]
    taken = [one for one in new if os.path.lexists(one.target)]
    if taken and not (force and all(one.replaces and one.target.is_file() for one in taken)):
        return [already_there(one.target) for one in taken]
    writing = _Writing(force)
    try:
        for file, data in [*((one.target, one.data) for one in new), (target, text.encode("utf-8"))]:
            writing.file = file
            writing.write(data)
        writing.done = True
    except OSError as error:
        if isinstance(error, FileExistsError) and os.path.lexists(writing.file):
            return [already_there(writing.file)]
        return [cannot_write(writing.file, error)]
    finally:  # also after Ctrl-C
        writing.end()
    return []


def already_there(target: Path) -> Diagnostic:
    """I007: the target is there."""
    hint = "Choose another name with -o, or add --force to write over it."
    return Diagnostic("I007", f"{target} is there already, and was left as it is.", Place(target), hint=hint)


@dataclass
class _Writing:
    """Files that are written one after the other, and taken back together."""

    force: bool
    file: Path = field(default_factory=Path)
    """The one that is written now."""
    done: bool = False
    _new: list[Path] = field(default_factory=list)
    _kept: dict[Path, Path] = field(default_factory=dict)
    """Files that were written over -> what they held, under another name."""
    _folders: list[Path] = field(default_factory=list)

    def write(self, data: bytes) -> None:
        """Write ``file``.  Raises OSError, FileExistsError where it is there and must not be written over."""
        target = self.file
        self._folders += [folder for folder in (target.parent, *target.parent.parents) if not folder.exists()]
        temporary = draft(target, data)
        try:
            if self.force and os.path.lexists(target):
                self._kept[target] = _copy(target)
                self._replace(temporary)
            else:
                _put(temporary, target)
                self._new.append(target)
        finally:
            temporary.unlink(missing_ok=True)

    def _replace(self, temporary: Path) -> None:
        try:
            os.replace(temporary, self.file)
        except OSError:  # it is as it was
            self._kept.pop(self.file).unlink(missing_ok=True)
            raise

    def end(self) -> None:
        """After the last file, or the first error."""
        for target, before in self._kept.items():
            with contextlib.suppress(OSError):
                if self.done:
                    before.unlink(missing_ok=True)
                else:
                    os.replace(before, target)
        if self.done:
            return
        for target in self._new:
            with contextlib.suppress(OSError):
                target.unlink(missing_ok=True)
        for folder in sorted(set(self._folders), key=lambda one: -len(one.parts)):
            with contextlib.suppress(OSError):
                folder.rmdir()  # one that holds something else stays


def _copy(target: Path) -> Path:
    """What has this name, under another: of a link, the link, as it may lead nowhere.  Raises OSError."""
    if not target.is_symlink():
        return draft(target, target.read_bytes(), mode=target.stat().st_mode & 0o777)
    other = draft(target, b"")
    other.unlink()
    other.symlink_to(os.readlink(target))
    return other


def _put(temporary: Path, target: Path) -> None:
    """Give a file its name.  Raises FileExistsError where something has it."""
    try:
        os.link(temporary, target)  # unlike a rename, it fails where something is there
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.ENOSYS) or os.path.lexists(target):
            raise
        os.replace(temporary, target)  # a disk without hard links


def _is_there(one: Kept) -> bool:
    try:
        return one.target.is_file() and one.target.stat().st_size == len(one.data) and one.target.read_bytes() == one.data
    except OSError:
        return False


def cannot_write(target: Path, error: OSError | ValueError) -> Diagnostic:
    """F006: the system refuses it."""
    why = getattr(error, "strerror", None) or error
    return Diagnostic("F006", f"{target} could not be written: {why}.", Place(target), hint="Nothing was changed.")
