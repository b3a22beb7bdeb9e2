"""S102: a plain-text note that lost the space behind its number, and mostly its opening quotation mark too."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitorpub.checking.in_notes import named
from monitorpub.checking.manuscript import Manuscript
from monitorpub.checking.rule import Hit, Mend, Rule, Severity
from monitorpub.text.quotations import stray_marks


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """Notes whose words begin right behind the number."""
    for series in manuscript.series:
        for note in series.notes:
            if note.spaced:
                continue
            text, name = note.passage.text, named(manuscript, series, note)
            at = lost_quote(text)
            word = re.match(r"\S+", text)
            end = word.end() if word else 1
            if at is None:
                message = f"{name} has no space behind its number."
                yield Hit(note.passage, 0, end, message, "Put a space there.", Mend(note.passage, 0, 0, " "))
            else:
                message = f"{name} lost the space behind its number, and the mark that opens its title."
                opening = {"”": "“", "»": "«"}.get(text[at], text[at])
                hint = f"Put a space and {opening} behind the number."
                yield Hit(note.passage, 0, end, message, hint, Mend(note.passage, 0, 0, f" {opening}"))


def lost_quote(text: str) -> int | None:
    """Where the closing mark stands whose opening mark must have stood at the very head of the text."""
    strays = [at for at in stray_marks(text) if text[at] in '”"»']
    if not strays or any(mark in text[: strays[0]] for mark in '“"«„”»') or ";" in text[: strays[0]]:
        return None
    return strays[0]


RULE = Rule(
    code="S102",
    name="lost-opening-quote",
    severity=Severity.WARNING,
    what="A note of a plain text that begins right behind its number, mostly with a quotation mark that closes what was never opened.",
    why="The sign between number and title was lost when the page was copied, and often the opening quotation mark with it.",
    example="[4]Tank wins its first battle,” Business Daily, 9 July 2018.",
    instead="[4] “Tank wins its first battle,” Business Daily, 9 July 2018.",
    check=find,
)
