"""Calls and notes as they are found on the pages, and how signs are read for it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from monitorpub.verifying.content import Piece
from monitorpub.verifying.reader import Box, Link, Page

LINE = 1.8
"""Times the size of a note: the farthest that its next line may be below."""

MARK = re.compile(r"\d{1,4}|[a-z]{1,2}|\*{1,6}")
"""What a call and its note print: a number, a letter, asterisks."""


@dataclass(eq=False)
class Call:
    """A call as it is printed."""

    mark: str
    page: int
    order: int
    """How many pieces of the page the file shows before it."""
    x: float
    y: float
    note: str = ""
    """The destination of its link."""
    names: tuple[str, ...] = ()
    """The destinations that are the call itself."""
    exponent: bool = False
    """Whether it may be a power in a formula."""


@dataclass(eq=False)
class Footnote:
    """A note as it is printed."""

    mark: str
    page: int
    x: float
    y: float
    text: str
    name: str = ""
    """Its destination."""
    back: str | None = None
    """Where the link over its mark leads; None where there is no link."""
    calls: list[Call] = field(default_factory=list)

    @property
    def number(self) -> int:
        """The number it prints; 0 for a letter or an asterisk."""
        return int(self.mark) if self.mark.isdigit() else 0


@dataclass
class Apparatus:
    """All calls and notes of a document."""

    calls: list[Call] = field(default_factory=list)
    notes: list[Footnote] = field(default_factory=list)
    linked: bool = True
    """Whether they were found by their links, rather than by size and place."""
    bare_calls: list[Call] = field(default_factory=list)
    """Printed like calls, and without a link."""
    bare_notes: list[Footnote] = field(default_factory=list)
    """Printed like notes, and no destination of any link."""
    calls_again: list[Call] = field(default_factory=list)
    """Linked, and without a name of their own where the others have one."""
    unprinted: list[tuple[str, int]] = field(default_factory=list)
    """Destinations of notes at which no note is printed, with their pages."""


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """The text with superior figures as figures and without signs that print nothing."""
    if text.isascii() and text.isprintable():
        return text.strip()
    folded = unicodedata.normalize("NFKC", text)
    return "".join(c for c in folded if unicodedata.category(c) not in ("Cf", "Cc") or c in "\n\t").strip()


@lru_cache(maxsize=20_000)
def squeezed(text: str) -> str:
    """The text without any space, for comparing words across line ends and forms of figures."""
    return "".join(plain(text).split())


def under(page: Page, box: Box) -> tuple[str, int]:
    """What is printed in a box, and the index of the first piece there (-1 for none)."""
    left, bottom, right, top = box
    words, first = "", -1
    for index, piece in enumerate(page.pieces):
        if not (bottom - 0.3 <= piece.y <= top + 0.3 and piece.x < right and piece.end_x > left):
            continue
        for sign, start in zip(piece.signs, piece.starts, strict=True):
            middle = start + sign.width * piece.size / 2
            if left - 0.3 <= middle <= right + 0.3:
                words += sign.text
                first = index if first < 0 else first
    return plain(words), first


def note_text(page: Page, index: int, ends: Iterable[int], pages: Sequence[Page] = ()) -> str:
    """The words of a note whose mark is the piece at ``index``: what follows it down to the next mark, or to a gap.

    ``pages`` are all pages of the file where a note may go on at the head of the next ones, as notes at the end of the whole do.
    """
    mark = page.pieces[index]
    match = re.match(r"\s*" + MARK.pattern, plain(mark.text))
    words, last = _text(page, index, ends, plain(mark.text)[match.end() :] if match else "")
    for following in pages[page.number :]:
        start = next((i for i, piece in enumerate(following.pieces) if not piece.artifact), -1)
        first = following.pieces[start] if start >= 0 else mark
        if not _goes_on(page.pieces[last], first) or any(not piece.artifact for piece in page.pieces[last + 1 :]):
            break
        page = following
        marks = [i for i, piece in enumerate(page.pieces) if MARK.fullmatch(plain(piece.text)) and piece.x < first.x - 0.5 * first.size]
        more, last = _text(page, start, marks, first.text)
        words = f"{words} {more}"
    return words


def _goes_on(last: Piece, first: Piece) -> bool:
    """Whether the first words of a page may go on with the last of the page before: they have its size and its family, and are no mark."""
    families = {piece.font.name.partition("-Italic")[0].partition("-Regular")[0] for piece in (last, first)}
    return len(families) == 1 and abs(first.size - last.size) < 0.1 and not MARK.fullmatch(plain(first.text))


def _text(page: Page, index: int, ends: Iterable[int], head: str) -> tuple[str, int]:
    """The words that stand from a piece on, ``head`` those of the piece itself, and the index of the last piece that has any."""
    mark = page.pieces[index]
    stop = min((end for end in ends if end > index), default=len(page.pieces))
    words = [head]
    line, last = mark.y, index
    for at, (before, piece) in enumerate(zip(page.pieces[index:stop], page.pieces[index + 1 : stop], strict=False), index + 1):
        raised = piece.size < 0.85 * mark.size
        if piece.artifact or piece.y > line + (0.6 if raised else 0.3) * mark.size or line - piece.y > LINE * mark.size:
            break
        if piece.size > 1.15 * mark.size or piece.end_x < mark.x:
            break
        if words[-1] and not _joined(before, piece):
            words.append(" ")
        words.append(piece.text)
        line, last = min(line, piece.y), at
    return re.sub(r"\s+", " ", "".join(words)).strip(), last


def _joined(before: Piece, piece: Piece) -> bool:
    """Whether a piece goes on where the one before it ends."""
    return abs(before.y - piece.y) < 0.5 * piece.size and piece.x - before.end_x < 0.15 * piece.size


def covers(link: Link, x: float, y: float) -> bool:
    """Whether a point lies in the place to click."""
    left, bottom, right, top = link.box
    return left - 0.5 <= x <= right + 0.5 and bottom - 0.5 <= y <= top + 0.5
