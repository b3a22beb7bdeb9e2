"""Tiny parts and what the binder makes of them: a few lines on their pages, with all that a part can have."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from monitorpub.bind.binding import bind
from monitorpub.bind.plan import Binding, Labels, Piece
from monitorpub.bind.stamps import Feet
from monitorpub.parts import FEET_STYLES, MEMORY, Press
from monitorpub.typeset.engine import typeset  # first: it hides the machine's fonts and mends the engine
from monitorpub.typeset.part import FeetJob, Job, Part
from monitorpub.typeset.running import specimen
from monitorpub.workspace import Workspace

HERE = Workspace(Path(__file__).parent)
PROGRAM = Press(HERE, MEMORY).program
STYLES = ("tokens.css", "fonts.css", "page.css", "text.css", "notes.css", "tables.css", "lists.css")
TABLE = (
    '<table id="area"><thead><tr><th scope="col" id="year">Year</th><th scope="col" id="total">Area</th></tr></thead>'
    "<tbody><tr><th>2024</th><td>3.03</td></tr><tr><th>2025</th><td>4.1</td></tr></tbody></table>"
)


def noted(name: str, mark: int = 1) -> str:
    """A paragraph with a call and its note."""
    return (
        f'<p>Claimed.<a class="note-call" role="doc-noteref" id="call-{name}-1" href="#note-{name}">{mark}</a>'
        f'<span class="note" role="doc-footnote" id="note-{name}"><a class="note-mark" role="doc-backlink" href="#call-{name}-1">{mark}</a> Note {name}.</span></p>'
    )


@cache
def part(name: str, body: str, side: Any = "recto", css: str = "", title: str = "") -> Part:
    """A part."""
    html = f'<html lang="en-GB"><head><title>{title or name.title()}</title><style>{css}</style></head><body>{body}</body></html>'
    made = typeset(Job(name, html, STYLES, HERE.root, side=side))
    assert made.remarks == (), made.remarks
    return made


@cache
def feet(recto: str = "The site", verso: str = "The volume 2025", edges: tuple[float, float] | None = None) -> Feet:
    """Running feet as the tool's styles set them, or within those margins."""
    return specimen(FeetJob({"recto": recto, "verso": verso}, FEET_STYLES, HERE.root, "en-GB", edges))


def bound(*pieces: Piece, labels: tuple[Labels, ...] = (Labels(0, "D"),), volume: bool = True, **rest: Any) -> bytes:
    """The pieces as a file."""
    return bind(Binding("A volume", "en-GB", "Somebody", "2025-01-31", pieces, labels, volume=volume, **rest), PROGRAM)


def alone(one: Part) -> bytes:
    """A part as a file of its own."""
    return bound(Piece(one, tuple(str(n + 1) for n in range(one.pages)), 0, feet()), volume=False)
