"""Running text as the rules of style read it: without quotations, code, addresses, note calls and titles in italics."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitorpub.checking.manuscript import Manuscript, Passage

CALL = r"(?:\[\^[^\[\]\s]+\]|\[\d{1,3}\s?\]|(?<!km)(?<!\bm)(?<!\dm)[⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
"""A note call in any of its forms; km² and 40m² are none."""

_CALL = re.compile(CALL)
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,2})(?=[^\s*])[^*\n]*(?:\n(?!\s*\n)[^*\n]*)*(?<=[^\s*])\1(?![\w*])")
_TABLE_LINE = re.compile(r"^[ \t]*\|.*$", re.MULTILINE)


def running(manuscript: Manuscript) -> Iterator[Passage]:
    """Sentences of the body: running text and recommendations, without cells and titles of tables."""
    return (passage for passage in manuscript.passages if runs(passage))


def runs(passage: Passage) -> bool:
    """Whether a passage has sentences: running text or a recommendation, not a cell or title of a table."""
    return passage.kind in ("text", "recommendation") and ".tables[" not in passage.field and "\t" not in passage.text


def without_calls(text: str) -> str:
    """The text with spaces in place of its note calls, sign by sign."""
    return _CALL.sub(lambda m: " " * len(m[0]), text)


def without_titles(text: str) -> str:
    """The text with NULs in place of what stands in italics or bold: titles, names of papers, words in another language."""
    return _EMPHASIS.sub(lambda m: "\0" * len(m[0]), text)


def without_tables(text: str) -> str:
    """The text with NULs in place of its tables."""
    return _TABLE_LINE.sub(lambda m: "\0" * len(m[0]), text)


def is_english(manuscript: Manuscript) -> bool:
    """Whether rules of English hold."""
    return manuscript.language.split("-", maxsplit=1)[0].lower() == "en"


def line_of(passage: Passage, index: int) -> int:
    """The line of the file on which a sign of the passage stands."""
    return passage.locate(index, index + 1).line
