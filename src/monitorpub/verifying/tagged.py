"""A tagged document: its structure tree with the words of its pages, and what is found in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from monitorpub.verifying.content import Piece
from monitorpub.verifying.reader import Document
from monitorpub.verifying.tree import Content, Element, Held, Tree
from monitorpub.verifying.volumes import is_ours

Key = tuple[int, int, int]
"""Of marked content: its page, the object number of its form (0 for the page itself), its number."""

MOST = 5
"""How many findings of one code are said one by one."""

HYPHENS = "\u2010\u00ad"
"""Signs that stand at the end of a line only because a word is broken there."""

NAMES = {
    "P": "the paragraph",
    "Table": "the table",
    "TH": "the header cell",
    "TD": "the cell",
    "TR": "the row",
    "L": "the list",
    "LI": "the entry of a list",
    "LBody": "the body of an entry",
    "Lbl": "the label",
    "Figure": "the picture",
    "Formula": "the formula",
    "Note": "the note",
    "FENote": "the note",
    "Link": "the link",
    "Reference": "the reference",
    "Caption": "the caption",
    "Sect": "the section",
    "BlockQuote": "the quotation",
    **{f"H{level}": "the heading" for level in range(1, 10)},
}
"""What editors call elements."""


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: its code, its page (0 for none) and a sentence."""

    code: str
    page: int
    message: str
    hint: str = ""


@dataclass
class Findings:
    """What is found, code by code: the first few as sentences, all of them as pages."""

    said: list[Finding] = field(default_factory=list)
    pages: dict[str, list[int]] = field(default_factory=dict)

    def say(self, code: str, page: int, message: str | Callable[[], str], hint: str = "") -> None:
        """Keep a finding.  The sentence is made only where it will be said: a file may have as many faults as words.

        The page is put before it.
        """
        seen = self.pages.setdefault(code, [])
        seen.append(page)
        if len(seen) <= MOST:
            text = message if isinstance(message, str) else message()
            self.said.append(Finding(code, page, f"Page {page}: {text}" if page else text[:1].upper() + text[1:], hint))


class Tagged:
    """A tree and the pages it is of."""

    def __init__(self, document: Document, tree: Tree) -> None:
        self.document, self.tree = document, tree
        self.ours = is_ours(document)
        self.by_number = {one.number: one for one in tree.elements if one.number}
        self.holder: dict[Key, Element] = {}
        """The first element that holds some marked content."""
        self._pages: dict[Element, int] = {}
        for one in reversed(tree.elements):
            self._pages[one] = next((page for page in map(self._page_of, one.kids) if page), 0)
        for one in tree.elements:
            for kid in one.kids:
                if isinstance(kid, Content):
                    self.holder.setdefault((kid.page, kid.stream, kid.number), one)
        self._pieces: dict[int, dict[tuple[int, int], list[Piece]]] = {}

    def page(self, element: Element) -> int:
        """The page on which it begins; 0 where it is on none."""
        return self._pages[element]

    def _page_of(self, kid: Element | Content | Held) -> int:
        return self._pages[kid] if isinstance(kid, Element) else kid.page

    def holder_of(self, page: int, piece: Piece) -> Element | None:
        """The element that holds a piece of a page."""
        if piece.marked < 0:
            return None
        marked = self.document.pages[page - 1].marked[piece.marked]
        return self.holder.get((page, marked.stream, marked.number))

    def pieces(self, content: Content) -> list[Piece]:
        """What is printed by some marked content."""
        if content.page not in self._pieces:
            found: dict[tuple[int, int], list[Piece]] = {}
            self._pieces[content.page] = found
            page = self.document.pages[content.page - 1] if 0 < content.page <= len(self.document.pages) else None
            for piece in page.pieces if page else ():
                if piece.marked >= 0:
                    marked = page.marked[piece.marked]  # type: ignore[union-attr]
                    found.setdefault((marked.stream, marked.number), []).append(piece)
        return self._pieces[content.page].get((content.stream, content.number), [])

    def words(self, source: Element | Content, length: int = 50) -> str:
        """The first words of an element, or of some content, as they are read; up to so many signs."""
        held: Iterable[Content | Held] = source.content() if isinstance(source, Element) else (source,)
        return shortened(text_of(self._all(held), length + 40), length)

    def _all(self, held: Iterable[Content | Held]) -> Iterator[Piece]:
        return (piece for one in held if isinstance(one, Content) for piece in self.pieces(one))

    def is_empty(self, element: Element) -> bool:
        """Whether it holds nothing at all that is shown."""
        if element.words or element.actual:
            return False
        return not any(isinstance(one, Held) or self._is_shown(one) for one in element.content())

    def _is_shown(self, content: Content) -> bool:
        if any(piece.text.strip() or (piece.signs and not piece.text) for piece in self.pieces(content)):
            return True
        page = self.document.pages[content.page - 1] if 0 < content.page <= len(self.document.pages) else None
        if page is None:
            return False
        texts = {piece.marked for piece in self.pieces(content)}
        wanted = (content.stream, content.number)
        return any(
            index in page.shown and index not in texts for index, one in enumerate(page.marked) if (one.stream, one.number) == wanted
        )

    def named(self, element: Element) -> str:
        """As it is spoken of to editors: what it is, and its first words."""
        words = self.words(element, 40)
        name = NAMES.get(element.kind, f"the element {element.role}" if element.role else "an element without a role")
        return f"{name} “{words}”" if words else name


def text_of(pieces: Iterable[Piece], length: int = 1_000_000) -> str:
    """Pieces as one text, until it has so many signs: words that are broken at the end of a line are whole."""
    out, size, before = "", 0, None
    for piece in _logical(pieces):
        text = plain_run(piece)
        if before is not None:
            broken = abs(before.y - piece.y) > 0.5 * piece.size
            if broken and out[-1:] and out[-1] in HYPHENS:
                out = out[:-1]
            elif not (broken and out[-1:] == "-" and out[-2:-1].isalnum()) and not _joined(before, piece):
                out += " "
        out += text
        size += len(text)
        before = piece
        if size > length:
            break
    return " ".join(out.split())


def _joined(before: Piece, piece: Piece) -> bool:
    """Whether a piece goes on where the one before it ends: on its right, or on its left in languages that are written so."""
    if abs(before.y - piece.y) > 0.5 * piece.size:
        return False
    near = 0.15 * piece.size
    return -3 * near < piece.x - before.end_x < near or abs(before.x - piece.end_x) < near


def _logical(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Pieces as they are read: on a page those of Arabic and Hebrew stand from the left to the right, as all others."""
    run: list[Piece] = []
    for piece in pieces:
        if run and (abs(run[-1].y - piece.y) > 0.5 * piece.size or not (is_leftward(piece) or not any(map(str.isalnum, piece.text)))):
            yield from _turned(run)
            run = []
        if run or is_leftward(piece):
            run.append(piece)
        else:
            yield piece
    yield from _turned(run)


def _turned(run: list[Piece]) -> Iterator[Piece]:
    """A run that begins with words written leftwards; what follows the last of these stays behind it."""
    end = next((index for index in range(len(run), 0, -1) if is_leftward(run[index - 1])), 0)
    yield from reversed(run[:end])
    yield from run[end:]


def is_leftward(piece: Piece) -> bool:
    """Whether it shows words of a language that is written from the right to the left."""
    return not piece.text.isascii() and any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in piece.text)


def plain_run(piece: Piece) -> str:
    """The text of a piece with its spaces, in the order in which it is read."""
    text = piece.text if piece.spoken is None else piece.spoken
    if text.isascii():
        return text
    if piece.spoken is None and is_leftward(piece):
        text = re.sub(r"\d+", lambda match: match[0][::-1], "".join(sign.text for sign in reversed(piece.signs)))
    return "".join(sign for sign in text if sign.isprintable() or sign in HYPHENS or sign.isspace())


def shortened(text: str, length: int) -> str:
    """A text of at most so many signs, cut between words."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    cut = text[: length + 1].rpartition(" ")[0] or text[:length]
    return cut.rstrip(" ,;:") + " …"
