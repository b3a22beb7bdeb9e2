"""Tiny pages: a few lines of HTML set on pages of a few centimetres, to test a print feature by text and position."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import weasyprint
from weasyprint.text.fonts import FontConfiguration

from monitorpub.bind.binding import bind
from monitorpub.bind.plan import Binding, Labels, Piece
from monitorpub.parts import MEMORY, Press
from monitorpub.typeset import engine
from monitorpub.typeset.audit import spots
from monitorpub.typeset.fetch import Fetcher
from monitorpub.typeset.part import Part
from monitorpub.workspace import Workspace

assert engine  # imported for what it does: it hides the machine's fonts and mends the engine

CSS = """
@font-face { font-family: Tiny; src: url(font:/Serif-Regular.ttf) }
html { font: 10px/12px Tiny }
p { margin: 0; orphans: 2; widows: 2 }
.note { float: footnote; footnote-policy: line }
.note::footnote-call, .note::footnote-marker { content: "" }
"""


def note(number: int, words: str) -> str:
    """A call and its note, as the tool writes them."""
    return f'<a class="note-call" id="c{number}" href="#n{number}">{number}</a><span class="note" id="n{number}">{number} {words}</span>'


def set_pages(html: str, css: str, fetcher: Any = None) -> Any:
    """The laid-out document."""
    fetcher, fonts = fetcher or Fetcher(Workspace(Path(__file__).parent)), FontConfiguration()
    sheet = weasyprint.CSS(string=CSS + css, url_fetcher=fetcher, font_config=fonts)
    return weasyprint.HTML(string=html, url_fetcher=fetcher, base_url="workspace:/").render(font_config=fonts, stylesheets=[sheet])


def bound(part: Part) -> bytes:
    """A part as a PDF of its own, without running feet."""
    binding = Binding("Tiny", "en", "Nobody", "2025-01-01", (Piece(part, ("",) * part.pages, 0),), (Labels(0, "D"),))
    return bind(binding, Press(Workspace(Path(__file__).parent), MEMORY).program)


def note_pages(document: Any) -> dict[str, list[int]]:
    """For each note, the pages it stands on."""
    notes, _ = spots(document.pages)
    return {name: [spot.page for spot in at] for name, at in notes.items()}
