"""A108: colours of text that are too faint on what they are printed on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from monitorpub.checking.contrast import ENOUGH, faint
from monitorpub.checking.manuscript import Manuscript
from monitorpub.checking.rule import Hit, Rule, Severity
from monitorpub.checking.styles import sheets_of


def find(manuscripts: list[Manuscript]) -> Iterator[Hit]:
    """Pairs of tokens that are too faint by a sheet of the workspace; each is said once, by whatever layouts it comes."""
    said: set[tuple[Path, int, tuple[str, str]]] = set()
    for sheets in sheets_of(manuscripts):
        for one in faint([sheet.text for sheet in sheets], {index for index, sheet in enumerate(sheets) if sheet.own}):
            colour, under = one.colours
            key = (sheets[one.sheet].file, one.start, one.colours)
            if key in said:
                continue
            said.add(key)
            message = (
                f"{one.text} ({colour}) has a contrast of {one.contrast:.1f} to 1 on {one.ground} ({under}); text needs {ENOUGH} to 1."
            )
            hint = f"{one.better} would be enough for {one.text}; or change the colour of {one.ground}."
            yield Hit(sheets[one.sheet].passage, one.start, one.end, message, hint)


RULE = Rule(
    code="A108",
    name="faint-colours",
    severity=Severity.WARNING,
    what="A colour of text in the workspace's own style sheets with a contrast under 4.5 to 1 on a colour on which it is printed.",
    why="Readers with weak eyes cannot tell it from the ground, nor can anybody on a bad print (WCAG 2.1, 1.4.3).",
    example="--text-quiet-colour: #8a939b;",
    instead="A colour that is darker on a light ground, or lighter on a dark one: the hint has the nearest.",
    edition=find,
)
