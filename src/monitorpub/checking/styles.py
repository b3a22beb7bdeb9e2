"""The style sheets of the layouts that manuscripts are printed with, as rules see them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from monitorpub.checking.manuscript import Manuscript, Passage
from monitorpub.source import Source
from monitorpub.workspace import Workspace, packaged


@dataclass(frozen=True)
class Sheet:
    """A style sheet: its file, its text, and whether it is the workspace's own."""

    file: Path
    text: str
    own: bool

    @property
    def passage(self) -> Passage:
        """The sheet as a passage, in which a rule can point."""
        source = Source.of(self.text, self.file)
        return Passage(self.text, "text", lambda start, end: source.place_at(start, end - start), lambda index: index)


def sheets_of(manuscripts: Sequence[Manuscript]) -> Iterator[tuple[Sheet, ...]]:
    """The sheets of each layout that has some of the workspace's own, in their order, each layout once; those of the tool are tested."""
    seen: set[tuple[Path, ...]] = set()
    for manuscript in manuscripts:
        workspace = Workspace.of(manuscript.file)
        files = tuple(file for name in manuscript.styles if (file := workspace.find("styles", name)) is not None)
        if files in seen:
            continue
        seen.add(files)
        sheets = tuple(sheet for file in files if (sheet := _read(file)) is not None)
        if any(sheet.own for sheet in sheets):
            yield sheets


def _read(file: Path) -> Sheet | None:
    try:
        return Sheet(file, file.read_text(encoding="utf-8"), not file.is_relative_to(packaged("styles").resolve()))
    except (OSError, UnicodeDecodeError):
        return None  # typesetting says what is wrong with it
