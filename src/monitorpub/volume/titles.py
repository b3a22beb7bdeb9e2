"""What the made pages of a volume are called: as the volume says, else by a word of its layout."""

from __future__ import annotations

from collections.abc import Mapping

from monitorpub.diagnostics import Diagnostic
from monitorpub.layouts import Layout
from monitorpub.model.volume import MadePage, Volume
from monitorpub.source import Source

HINT = "For a volume, use: layout: annual-report"


def title_of(kind: str, volume: Volume, words: Mapping[str, str]) -> str:
    """The title of a kind of page; "" where neither has one.  Covers bear the title of the volume."""
    page = volume.page(kind)
    if page is not None and page.title:
        return page.title
    return volume.title if kind in ("cover", "back-cover") else words.get(kind, "")


def untitled(source: Source, volume: Volume, layout: Layout) -> list[Diagnostic]:
    """L002 where a page has no title: the layout has no words for made pages, so it is no layout of volumes."""
    if unfit := no_chapters(source, volume, layout):
        return unfit
    words = layout.words(volume.language)
    pages = [entry.page for _, entry in volume.matter() if isinstance(entry, MadePage)]
    missing = [kind for kind in pages if not title_of(kind, volume, words)]
    message = f"The layout {volume.layout} has no word for the page {missing[0]}." if missing else ""
    return [source.at("L002", message, ("layout",), HINT)] if missing else []


def no_chapters(source: Source, volume: Volume, layout: Layout) -> list[Diagnostic]:
    """L002 where there are chapters, and the layout is one of profiles: their notes would all seem lost."""
    if not volume.chapters or {"text", "tables"} & set(layout.order):
        return []
    return [source.at("L002", f"The layout {volume.layout} is one of profiles: it prints no chapters.", ("layout",), HINT)]
