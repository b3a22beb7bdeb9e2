"""N110: a note without its final stop."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitorpub.checking.in_notes import texts
from monitorpub.checking.manuscript import Manuscript
from monitorpub.checking.rule import Hit, Mend, Rule, Severity

_END = re.compile(r"[.!?…。؟।።][\"”’'»)\]*_]*$|\[[^\[\]]*@[^\[\]]*\]$")
_BLOCK = re.compile(r"(?:>|[-*+]\s|\d+[.)]\s)")


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """Notes that end without a stop.  One that ends in a citation gets its stop when it is set."""
    for name, passage in texts(manuscript):
        text = passage.text.rstrip()
        if passage.kind != "note" or not text or _END.search(text) or _BLOCK.match(text.rsplit("\n", 1)[-1].lstrip()):
            continue
        if re.fullmatch(r"[\"“]?[*_]*[Ii]bid[*_]*", text):
            continue  # N109 gives it its stop
        start = max(len(text) - 30, text.rfind("\n") + 1, 0)
        while start and text[start - 1].isalnum():
            start -= 1
        mend = None if text[-1] in ",;:" else Mend(passage, len(text), len(text), ".")
        yield Hit(passage, start, len(text), f"{name} ends without a stop.", mend=mend)


RULE = Rule(
    code="N110",
    name="note-without-stop",
    severity=Severity.WARNING,
    what="A note that does not end with a full stop; an address at its end is followed by one too.",
    why="Every note of the house ends with a stop. Where it is missing, the end of the note may be missing as well.",
    example="Email from the national authority, 14 May 2025",
    instead="Email from the national authority, 14 May 2025.",
    check=find,
)
