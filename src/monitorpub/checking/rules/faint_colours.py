"""A108: colours of text that are too faint on what they are printed on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from monitorpub.checking.contrast import ENOUGH, faint
from monitorpub.checking.manuscript import Manuscript, Passage
from monitorpub.checking.rule import Hit, Rule, Severity
from monitorpub.source import Source
from monitorpub.workspace import Workspace, packaged


def find(manuscripts: list[Manuscript]) -> Iterator[Hit]:
    """Pairs of tokens in the workspace's own styles; those of the tool are tested."""
    sheets: dict[Path, None] = {}
    for manuscript in manuscripts:
        if manuscript.written is not None:
            sheet = Workspace.of(manuscript.file).find("styles", "tokens.css")
            if sheet is not None and not sheet.is_relative_to(packaged("styles").resolve()):
                sheets[sheet] = None
    for sheet in sheets:
        try:
            text = sheet.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            continue  # typesetting says what is wrong with it
        passage = _passage(text, sheet)
        for one in faint(text):
            colour, under = one.colours
            message = (
                f"{one.text} ({colour}) has a contrast of {one.contrast:.1f} to 1 on {one.ground} ({under}); text needs {ENOUGH} to 1."
            )
            yield Hit(passage, one.start, one.end, message, f"{one.better} would be enough; or change the colour of the ground.")


def _passage(text: str, file: Path) -> Passage:
    """A style sheet as a passage."""
    source = Source.of(text, file)
    return Passage(text, "text", lambda start, end: source.place_at(start, end - start), lambda index: index)


RULE = Rule(
    code="A108",
    name="faint-colours",
    severity=Severity.WARNING,
    what="A colour of text in the workspace's own styles/tokens.css with a contrast under 4.5 to 1 on a colour on which it is printed.",
    why="Readers with weak eyes cannot tell it from the ground, nor can anybody on a bad print (WCAG 2.1, 1.4.3).",
    example="--text-quiet-colour: #8a939b;",
    instead="A colour that is darker on a light ground, or lighter on a dark one: the hint has the nearest.",
    edition=find,
)
