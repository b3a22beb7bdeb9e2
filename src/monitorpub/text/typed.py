"""A text as it was typed, without what is no running word: calls, titles in italics, tables."""

from __future__ import annotations

import re

CALL = r"(?:\[\^[^\[\]\s]+\]|\[\d{1,3}\s?\]|(?<!km)(?<!\bm)(?<!\dm)[⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
"""A note call in any of its forms; km² and 40m² are none."""

_CALL = re.compile(CALL)
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,2})(?=[^\s*])[^*\n]*(?:\n(?!\s*\n)[^*\n]*)*(?<=[^\s*])\1(?![\w*])")
_TABLE_LINE = re.compile(r"^[ \t]*\|.*$", re.MULTILINE)


def without_calls(text: str) -> str:
    """The text with spaces in place of its note calls, sign by sign."""
    return _CALL.sub(lambda m: " " * len(m[0]), text)


def without_titles(text: str) -> str:
    """The text with NULs in place of what stands in italics or bold: titles, names of papers, words in another language."""
    return _EMPHASIS.sub(lambda m: "\0" * len(m[0]), text)


def without_tables(text: str) -> str:
    """The text with NULs in place of its tables."""
    return _TABLE_LINE.sub(lambda m: "\0" * len(m[0]), text)
