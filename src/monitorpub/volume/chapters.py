"""Chapters of a volume through steps 2 to 4, as profiles go: numbered, with their references and images, ready to be composed."""

from __future__ import annotations

from dataclasses import dataclass

from monitorpub.citations.cite import cite
from monitorpub.diagnostics import Diagnostic, Found, has_errors
from monitorpub.images import find_images
from monitorpub.layouts import load_layout
from monitorpub.model.chapter import Chapter
from monitorpub.model.volume import Volume
from monitorpub.number import Numbered, number
from monitorpub.source import Source
from monitorpub.volume.titles import no_chapters
from monitorpub.workspace import Workspace


@dataclass(frozen=True)
class PreparedChapter:
    """A chapter that was numbered; ``compose`` takes its ``numbered``, ``images``, ``workspace`` and ``slug``."""

    source: Source
    workspace: Workspace
    chapter: Chapter
    numbered: Numbered
    images: dict[str, str]

    @property
    def slug(self) -> str:
        """The name of its part."""
        return self.chapter.slug

    @property
    def title(self) -> str:
        """What stands in the contents."""
        return self.chapter.name


def chapters(source: Source, volume: Volume, workspace: Workspace) -> Found[list[PreparedChapter]]:
    """Every chapter of a volume, in order, those without an error.  Gives diagnostics of numbering, citations, layouts and images.

    Notes, tables and references are those of each chapter: numbers begin at 1 in each.
    """
    layout = load_layout(source, volume.layout, volume.language, workspace, volume=True)
    said: list[Diagnostic] = list(layout.diagnostics)
    out: list[PreparedChapter] = []
    if layout.value is None:
        return Found(None, tuple(said))
    if unfit := no_chapters(source, volume, layout.value):
        return Found(None, (*said, *unfit))
    for chapter in volume.chapters:
        numbered = number(source, chapter, layout.value)
        said += numbered.diagnostics
        if numbered.value is None:
            continue
        cited = cite(source, numbered.value, workspace)
        images = find_images(source, numbered.value, workspace)
        said += (*cited.diagnostics, *images.diagnostics)
        if not has_errors((*numbered.diagnostics, *cited.diagnostics, *images.diagnostics)):
            out.append(PreparedChapter(source, workspace, chapter, numbered.value, images.value or {}))
    return Found(out, tuple(dict.fromkeys(said)))
