"""Made pages: cover, imprint, contents, dividers, abbreviations, index and back cover, from the volume and its view.

Their templates stand in ``layouts/matter``, one for each kind; their styles are those of the layout and one file for each kind.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from math import ceil

from markupsafe import Markup

from monitorpub import __version__
from monitorpub.compose import Document
from monitorpub.diagnostics import Found
from monitorpub.layouts import Layout
from monitorpub.model import Text
from monitorpub.model.volume import MadePage, Volume
from monitorpub.templates import day, direction, render
from monitorpub.text.html import to_html
from monitorpub.text.references import Printed
from monitorpub.volume.figure import HEIGHT, Figure, colour, figure
from monitorpub.volume.texts import Texts
from monitorpub.volume.titles import title_of
from monitorpub.volume.view import Abbreviation, Entry, Group, IndexLine, View
from monitorpub.workspace import Workspace

STYLES = {
    "cover": ("matter.css", "cover.css"),
    "imprint": ("matter.css", "imprint.css"),
    "contents": ("matter.css", "contents.css"),
    "divider": ("matter.css", "divider.css"),
    "abbreviations": ("matter.css", "lists.css"),
    "index": ("matter.css", "lists.css"),
    "back-cover": ("matter.css", "back-cover.css"),
}
"""The styles of each kind, behind those of the layout."""

LONG = 36
"""Lines of the contents from which on they stand in two columns."""
TALL = 40
"""Lines of a divider's list that a column holds."""
COLUMNS = 3
"""Columns of a divider’s list, at most."""


@dataclass(frozen=True)
class Stretch:
    """Lines of the contents that stand together: a group with its profiles, or chapters."""

    matter: str
    head: Entry | None
    entries: tuple[Entry, ...]


def compose_page(
    kind: str,
    page: MadePage | None,
    volume: Volume,
    texts: Texts,
    view: View,
    workspace: Workspace,
    layout: Layout,
    group: Group | None = None,
    references: Mapping[str, Printed] | None = None,
) -> Found[Document]:
    """The HTML document of a made page.  Gives diagnostics L002 where its template fails.

    ``kind`` is that of ``page``, or "divider"; a divider has no page, and needs its ``group``.  ``references`` says by address what
    is printed for references in its texts.
    """
    words = layout.words(volume.language)
    written = next((one for one in volume.groups if group is not None and one.name == group.id), None)
    title = group.title if group is not None else title_of(kind, volume, words)
    found = render(
        f"matter/{kind}.html",
        workspace,
        {
            "text": lambda value: _text(value, texts, references or {}),
            "day": lambda value: day(value, volume.language),
            "colour": lambda token: colour(workspace, token),
        },
        {
            "volume": volume,
            "kind": kind,
            "title": title,
            "own_text": page.text if page is not None else written.text if written is not None else None,
            "group": group,
            "words": words,
            "contents": stretches(view.contents),
            "contents_columns": 2 if len(view.contents) > LONG else 1,
            "divider_columns": min(COLUMNS, -(-len(group.entries) // TALL)) if group is not None else 1,
            "abbreviations": _by_letter(view.abbreviations),
            "index": _by_index_letter(view.index),
            "terms": {line.term: f"term-{number}" for number, line in enumerate(view.index, 1)},
            "figure": _figure(page, volume, view) if kind == "cover" and page is not None else None,
            "direction": direction(volume.language),
            "version": __version__,
        },
    )
    if found.value is None:
        return Found(None, found.diagnostics)
    name = f"group-{group.id}" if group is not None else kind
    return Found(Document(name, found.value, tuple(dict.fromkeys((*layout.styles, *STYLES[kind])))))


def stretches(contents: tuple[Entry, ...]) -> list[Stretch]:
    """The contents in stretches: front matter, each group under its head, back matter."""
    out: list[Stretch] = []
    for entry in contents:
        if entry.kind == "group":
            out.append(Stretch(entry.matter, entry, ()))
        elif out and out[-1].matter == entry.matter:
            out[-1] = Stretch(entry.matter, out[-1].head, (*out[-1].entries, entry))
        else:
            out.append(Stretch(entry.matter, None, (entry,)))
    return out


def _figure(page: MadePage, volume: Volume, view: View) -> Figure | None:
    """The figure of the cover, as high as the words leave room for: an estimate from their length, on the safe side."""
    lines = {
        72: len(page.title or volume.title) / 19,
        27: len(volume.subtitle or "") / 70,
        18: len(page.text.source if page.text else "") / 75,
    }
    room = max(HEIGHT / 4, min(HEIGHT, 800 - sum(line * ceil(count) for line, count in lines.items())))
    return figure(view.profiles, page.figure, volume.language, room)


def _by_letter(abbreviations: tuple[Abbreviation, ...]) -> list[tuple[str, list[Abbreviation]]]:
    """Abbreviations under the first letter of each, without its accent."""

    def letter(one: Abbreviation) -> str:
        return unicodedata.normalize("NFD", one.short)[:1].upper()

    return [(first, list(some)) for first, some in groupby(abbreviations, letter)]


def _by_index_letter(index: tuple[IndexLine, ...]) -> list[tuple[str, list[IndexLine]]]:
    return [(letter, list(some)) for letter, some in groupby(index, lambda line: line.letter)]


def _text(text: Text, texts: Texts, references: Mapping[str, Printed]) -> Markup:
    """A text of the volume as HTML."""
    return Markup(to_html(texts.parsed[text.path].tokens, (), texts.images, (), references).strip())
