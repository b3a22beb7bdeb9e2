"""Marks that travel inside words: through pandoc, and from the reading of a text to the search for its notes.

Each stands between two signs for private use that no text has (:func:`without_private` sees to it): a kind and what it is about.
"""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

OPEN, CLOSE = "\ue000", "\ue001"

LINE = "L"
"""The line of the file that begins here."""
TARGET = "#"
"""A place of this id."""
END = "/"
"""The end of the element of this id."""
LINK = "C"
"""A link to a place, and what it shows: a call perhaps."""
RAISED = "S"
"""Figures set as a superscript."""
IMAGE = "I"
"""An image: on the way to pandoc the name of one that a reader found itself, behind it the number of one that was met."""

MARK = re.compile(f"{OPEN}(.)([^{CLOSE}]*){CLOSE}")
_PRIVATE = re.compile("[\ue000-\uf8ff]")


def mark(kind: str, *about: str | int) -> str:
    """A mark; what it is about may hold any signs."""
    return f"{OPEN}{kind}{'|'.join(quote(str(one), safe='') for one in about)}{CLOSE}"


def about(match: re.Match[str]) -> list[str]:
    """What a mark is about."""
    return [unquote(one) for one in match[2].split("|")]


def without_marks(text: str) -> str:
    """The words alone."""
    return MARK.sub("", text)


def without_private(text: str) -> tuple[str, int]:
    """A text without signs for private use, and how many it had: Symbol fonts of Word put bullets there."""
    return _PRIVATE.subn("", text)
