"""What an editor types to cite a source: ``[@key]``, ``[@key, p. 380]``, ``[see @key, pp. 8-9; @other, Annex 2, p. 7]``.

A key stands after ``@``.  What follows it after a comma is the place in the source (the locator), printed where the house prints
pages; what follows without a comma is printed after the whole reference.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_KEY = re.compile(r"(?<![\w.@])@(?:\{([^{}\s]+)\}|(\w(?:[:.#$%&+?<>~/-]*\w)*))")

_BRACKET = re.compile(r"[\[\]]")


@dataclass(frozen=True)
class Cite:
    """One use of a source."""

    key: str
    locator: str = ""
    prefix: str = ""
    """Words before, such as "see"."""
    suffix: str = ""
    """Words after the reference, with the space before them."""


def find_citation(text: str, start: int, end: int) -> tuple[tuple[Cite, ...], int] | None:
    """The citation whose bracket opens at ``start``, and the index after its end; None where there is none."""
    inner = text.find("[", start + 1, end)
    if text.find("@", start, inner if inner >= 0 else end) < 0:  # the first key stands before any other bracket
        return None
    close = _closing(text, start, end)
    if close is None or text.startswith("(", close + 1) or text.startswith("[^", start):
        return None
    cites = read_cites(text[start + 1 : close])
    return (cites, close + 1) if cites else None


def read_cites(inside: str) -> tuple[Cite, ...]:
    """The cites between the brackets."""
    pieces: list[str] = []
    for piece in inside.split(";"):
        if pieces and (not _KEY.search(piece) or not _KEY.search(pieces[-1])):
            pieces[-1] += ";" + piece
        else:
            pieces.append(piece)
    cites = []
    for piece in pieces:
        match = _KEY.search(piece)
        prefix = piece[: match.start()] if match else ""
        if match is None or (prefix and not prefix[-1].isspace()):
            return ()
        rest = piece[match.end() :]
        locator = _one_line(rest.lstrip()[1:]) if rest.lstrip().startswith(",") else ""
        suffix = "" if locator or not rest.strip(" \t\n,") else re.sub(r"\s+", " ", rest).rstrip()
        cites.append(Cite(match[1] or match[2], locator, _one_line(prefix), suffix))
    return tuple(cites)


def keys_in(text: str) -> list[tuple[str, int, int]]:
    """Every ``@key`` of a text, with the stretch it stands in."""
    return [(match[1] or match[2], *match.span()) for match in _KEY.finditer(text)]


def _closing(text: str, start: int, end: int) -> int | None:
    """The bracket that closes the one at ``start``, with a few others in between at most."""
    depth = 0
    for match in _BRACKET.finditer(text, start, end):
        depth += 1 if match[0] == "[" else -1
        if depth == 0:
            return match.start()
        if depth > 3:
            return None
    return None


def _one_line(text: str) -> str:
    return " ".join(text.split())
