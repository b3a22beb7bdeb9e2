"""From what was named on the command line, or given to a function, to files: a folder means all the sources in it."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

from monitorpub.diagnostics import Diagnostic, Place
from monitorpub.read import MAX_BYTES
from monitorpub.workspace import MARK


def gather(sources: Sequence[Path], *, text: bool = False, volumes: bool = False) -> tuple[list[Path], list[Diagnostic]]:
    """The sources, each once; a folder means all its profiles, or all its texts; with ``volumes``, the volumes in it too.

    A folder without any is F002.  A volume that is named itself stays: the step after says what it thinks of it.
    """
    files: dict[Path, Path] = {}
    said: list[Diagnostic] = []
    for source in sources:
        inside = _sources_in(source, (".txt",) if text else (".yaml", ".yml")) if _is_folder(source) else [source]
        if not (text or volumes) and _is_folder(source):
            inside = [file for file in inside if not looks_like_volume(file)]
        if not inside:
            what, ending = ("text", ".txt") if text else ("profile", ".yaml")
            message = f"There is no {what} in the folder {source}."
            said.append(Diagnostic("F002", message, Place(source), hint=f"A {what} is a file that ends in {ending}"))
        for file in inside:
            files.setdefault(Path(os.path.abspath(file)), file)
    return list(files.values()), said


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name too long for the system: the reader will say so
        return False


NOT_PROFILES = ("layouts", "styles", "fonts", "references", "dist")
"""Folders of a workspace that hold no profiles, whatever their files end in."""


def _sources_in(folder: Path, endings: tuple[str, ...]) -> list[Path]:
    """The profiles of a folder; of a whole workspace, those in its folder ``profiles``."""
    if (folder / "profiles").is_dir():
        folder = folder / "profiles"
    found = (file for file in folder.rglob("*") if file.suffix in endings and file.name != MARK)
    return sorted(file for file in found if not _passed_over(file.relative_to(folder).parts))


def _passed_over(parts: tuple[str, ...]) -> bool:
    return any(part.startswith(".") for part in parts) or any(part in NOT_PROFILES for part in parts[:-1])


_GROUPS = re.compile(rb"""^(?:groups|"groups"|'groups')[ \t]*:""", re.MULTILINE)


def looks_like_volume(file: Path) -> bool:
    """Whether a file is a volume, told without reading its YAML: it has the field ``groups`` at the beginning of a line."""
    try:
        if not file.is_file():  # a pipe or a device may never end
            return False
        with file.open("rb") as stream:
            return _GROUPS.search(stream.read(MAX_BYTES)) is not None
    except (OSError, ValueError):  # the reader will say so
        return False
