"""Which profiles may belong to a volume: those in its folder of sources and those that its groups list, looked for once a run."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from monitorpub.diagnostics import Found
from monitorpub.gathering import gather
from monitorpub.model.volume import Volume
from monitorpub.source import Source
from monitorpub.workspace import Workspace

Steps = tuple[str | int, ...]


class Candidates:
    """The files of a volume as they were when they were first asked for, so that all of a run sees the same folder."""

    def __init__(self, source: Source, volume: Volume) -> None:
        self.source, self.volume = source, volume
        self.folder = source.file.parent / volume.sources
        """That of the sources; it may be missing."""

    @property
    def is_there(self) -> bool:
        """Whether there is a folder of sources."""
        return os.path.isdir(self.folder)  # unlike that of a path, it bears a name too long for the system

    @cached_property
    def sources(self) -> list[Path]:
        """The profiles of the folder of sources, without those in a workspace of its own below it: its layouts and styles are others."""
        if not self.is_there:
            return []
        root = Workspace.of(self.folder / "source").root
        return [file for file in gather([self.folder])[0] if Workspace.of(file).root == root]

    @cached_property
    def listed(self) -> dict[Steps, Path | None]:
        """Each profile that a group lists, by its path in the volume's source; None where there is no such file."""
        sources: dict[str, Path] = {}
        for file in self.sources:
            sources.setdefault(file.stem, file)
        homes = self._homes()
        return {
            ("groups", index, "profiles", number): _file(name, homes, sources)
            for index, group in enumerate(self.volume.groups)
            for number, name in enumerate(group.profiles or ())
        }

    @cached_property
    def files(self) -> list[Path]:
        """The files that may belong to the volume: the listed ones that exist; and all of its sources, where a group has a condition."""
        found = {absolute(file): file for file in self.listed.values() if file is not None}
        if any(group.where is not None for group in self.volume.groups):
            found = {absolute(file): file for file in self.sources} | found
        return sorted(found.values())

    def own(self, workspace: Workspace) -> Found[list[Path]]:
        """The candidates of the volume's own workspace.  Gives G013 for others: they would be set with other layouts and styles."""
        listed = {absolute(file): steps for steps, file in self.listed.items() if file is not None}
        own, said = [], []
        for file in self.files:
            root = Workspace.of(file).root
            if root.resolve() == workspace.root.resolve():
                own.append(file)
                continue
            message = f"The profile {file.stem} lies in another workspace, {root}."
            hint = "Copy it to the profiles of this volume."
            said.append(self.source.at("G013", message, listed.get(absolute(file), ("sources",)), hint))
        return Found(own, tuple(said))

    def tried(self) -> list[Path]:
        """Where listed profiles were looked for in vain: a file that appears there is another choice."""
        homes = self._homes()
        names = {name for group in self.volume.groups for name in group.profiles or ()}
        return sorted(file for name in names for file in _places(name, homes) if not _is_file(file))

    def _homes(self) -> list[Path]:
        """The folders from which a listed profile may be named, the nearest first."""
        return list(dict.fromkeys((self.source.file.parent, self.folder, Workspace.of(self.source.file).root)))


def absolute(file: Path) -> str:
    """What tells files apart: one may be named in several ways."""
    return os.path.abspath(file)


def _places(name: str, homes: Sequence[Path]) -> Iterator[Path]:
    """Where a profile may stand, by its name with or without folder and ending."""
    for home in homes:
        for ending in ("", ".yaml", ".yml"):
            file = Path(os.path.normpath(home / f"{name}{ending}"))
            if file.suffix in (".yaml", ".yml"):
                yield file


def _file(name: str, homes: Sequence[Path], sources: Mapping[str, Path]) -> Path | None:
    """The file of that name."""
    return next((file for file in _places(name, homes) if _is_file(file)), None) or sources.get(name)


def _is_file(file: Path) -> bool:
    try:
        return file.is_file()
    except (OSError, ValueError):  # a name too long for the system
        return False
