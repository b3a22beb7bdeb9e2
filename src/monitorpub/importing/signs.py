"""Signs of plain text that CommonMark, as sources are read, would take for marks."""

from __future__ import annotations

import re

_INLINE = re.compile(r"[\\`*_\[\]]|<(?=[A-Za-z/!?])|&(?=#?\w+;)|\{(?=[{%.#])|~~")
_AT_START = re.compile(r"(?:#{1,6}(?=\s|$)|>|[-+](?=\s|$)|(?:-{3,}|={3,}|~{3,})\s*$|\|)")
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=\s|$)")


def escaped(words: str) -> str:
    """Words that are printed as they stand, in a line or anywhere in one."""
    return _INLINE.sub(lambda match: "".join(f"\\{sign}" for sign in match[0]), words)


def begun(text: str) -> str:
    """A paragraph of CommonMark whose first signs would begin a list, a heading, a rule or a quotation, as a paragraph."""
    if _AT_START.match(text):
        return f"\\{text}"
    return _NUMBERED.sub(r"\1\\\2", text, count=1) if _NUMBERED.match(text) else text
