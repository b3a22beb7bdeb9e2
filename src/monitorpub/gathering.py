"""From what was named on the command line, or given to a function, to files: a folder means all the sources in it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from monitorpub.diagnostics import Diagnostic, Place
from monitorpub.workspace import MARK


def gather(sources: Sequence[Path], *, text: bool = False) -> tuple[list[Path], list[Diagnostic]]:
    """The sources, each once; a folder means all its profiles, or all its texts.  A folder without any is F002."""
    files: dict[Path, Path] = {}
    said: list[Diagnostic] = []
    for source in sources:
        inside = _sources_in(source, (".txt",) if text else (".yaml", ".yml")) if _is_folder(source) else [source]
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
