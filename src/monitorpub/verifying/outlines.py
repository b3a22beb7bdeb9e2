"""What is proved of the outline: every line leads to a page that has its words, in the order of the pages."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise, zip_longest

from monitorpub.diagnostics import Diagnostic, Place
from monitorpub.verifying.catalog import Line
from monitorpub.verifying.fonts import shows_unknown
from monitorpub.verifying.reader import Document, Page
from monitorpub.verifying.volumes import Part, is_ours

UNTITLED = ("cover", "imprint", "back-cover")
"""Parts that do not print their title."""


def check(document: Document, parts: list[Part]) -> Iterator[Diagnostic]:
    """Diagnostics V066-V069."""
    if not is_ours(document):
        return
    place = Place(document.file)
    if len(parts) > 1 and not document.outline:
        yield Diagnostic("V069", "The file has no outline.", place)
    untitled = {part.first for part in parts if part.name in UNTITLED}
    letters = {line.page: _letters_of(document.pages[line.page - 1]) for line in document.outline if line.page}
    for line, following in zip_longest(document.outline, document.outline[1:]):
        if not line.page:
            yield Diagnostic("V066", f"The line “{line.words}” of the outline leads to no page of the file.", place)
        elif line.page in untitled or _is_above(document, line, following) or _stands(line.words, letters[line.page]):
            continue
        elif not shows_unknown(document.pages[line.page - 1]):
            yield Diagnostic("V068", f"Page {line.page}: “{line.words}” leads here in the outline, and does not stand on the page.", place)
    for one, two in pairwise(line for line in document.outline if line.page):
        if two.page < one.page:
            message = f"Page {two.page}: the line “{two.words}” of the outline comes after “{one.words}” (page {one.page})."
            yield Diagnostic("V067", message, place)


def same_words(one: str, two: str) -> bool:
    """Whether two lines have the same words: letters and figures count, their case and form do not."""
    return _signs(one) == _signs(two)


def _signs(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def _letters(text: str) -> str:
    """The letters only: a heading that is broken has a hyphen within, and calls stand between its words."""
    return "".join(filter(str.isalpha, unicodedata.normalize("NFKC", text).casefold()))


def _letters_of(page: Page) -> str:
    return _letters("".join(piece.text for piece in page.pieces))


def _stands(words: str, letters: str) -> bool:
    """Whether words stand on a page.  Of Arabic and Hebrew, which a page has in the order of the paper, only the letters are compared."""
    wanted = _letters(words)
    if any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in wanted):
        return not Counter(wanted) - Counter(letters)
    return wanted in letters


def _is_above(document: Document, line: Line, following: Line | None) -> bool:
    """Whether it is the line of a group without a divider: it leads to the edge of the page on which its first part begins."""
    kid = following is not None and following.level > line.level and following.page == line.page
    return kid and line.y is not None and line.y >= document.pages[line.page - 1].box[3] - 1
