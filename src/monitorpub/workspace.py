"""Where things are: the workspace of a source, and the layouts, styles and fonts that come with the tool."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

MARK = "monitorpub.yaml"
"""A folder with a file of this name is a workspace, whatever else it holds; the file may be empty."""


@cache
def packaged(kind: str) -> Path:
    """The folder ``layouts``, ``styles`` or ``fonts`` that came with the tool: in the wheel, or in a checkout beside src."""
    inside = Path(__file__).parent / kind
    return inside if inside.is_dir() else Path(__file__).parents[2] / kind


@dataclass(frozen=True)
class Workspace:
    """A folder of sources with what it may override."""

    root: Path

    @classmethod
    def of(cls, source: Path) -> Workspace:
        """The nearest folder above the source that holds a folder ``profiles`` with the source in it, or the mark; else the source's own.

        Nothing else makes a folder a workspace: a folder ``styles`` that happens to lie higher up must not change pages.
        """
        start = Path(os.path.realpath(source)).parent  # a link to itself is said when it is read
        for folder in (start, *start.parents):
            if os.path.isfile(folder / MARK):  # unlike that of a path, it bears a name too long for the system
                return cls(folder)
            if folder.name == "profiles":
                return cls(folder.parent)
        return cls(start)

    @property
    def marked(self) -> bool:
        """Whether somebody made it one: by the mark, or by a folder of profiles."""
        return os.path.isfile(self.root / MARK) or os.path.isdir(self.root / "profiles")

    def folders(self, kind: str) -> list[Path]:
        """Where to look for a layout, a style or a font: the workspace first."""
        own = self.root / kind
        return [own, packaged(kind)] if os.path.isdir(own) and own.resolve() != packaged(kind).resolve() else [packaged(kind)]

    def find(self, kind: str, name: str) -> Path | None:
        """The file of that name, from the workspace or from the tool; None where neither has it."""
        for folder in self.folders(kind):
            file = inside(folder, name)
            try:
                if file is not None and file.is_file():
                    return file
            except OSError:  # a name too long for the system
                return None
        return None

    def names(self, kind: str, suffix: str) -> list[str]:
        """What there is to choose from."""
        return sorted({file.stem for folder in self.folders(kind) for file in folder.glob(f"*{suffix}")})


def inside(folder: Path, name: str) -> Path | None:
    """The path of ``name`` below ``folder``, or None where it leads out of it (by .., a link or an absolute path)."""
    try:
        file = (folder / name).resolve()
    except (OSError, ValueError, RuntimeError):
        return None
    return file if file.is_relative_to(folder.resolve()) else None
