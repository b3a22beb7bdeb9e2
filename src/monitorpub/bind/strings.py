"""Strings, numbers and names as PDF writes them (ISO 32000-1, 7.3)."""

from __future__ import annotations

import re
from urllib.parse import quote

_SPECIAL = re.compile(rb"([\\()])")


def text_string(text: str) -> bytes:
    """A text string: literal where it is ASCII, else UTF-16."""
    if text.isascii() and text.isprintable():
        return b"(" + _SPECIAL.sub(rb"\\\1", text.encode("ascii")) + b")"
    return b"<feff" + text.encode("utf-16-be").hex().encode("ascii") + b">"


def file_specification(name: str) -> bytes:
    """A file beside this one (ISO 32000-1, 7.11.3); its name also as text where it is not ASCII."""
    if name.isascii():
        return text_string(name)
    return b"<</Type/Filespec/F(%s)/UF%s>>" % (quote(name).encode("ascii"), text_string(name))


def number(value: float) -> bytes:
    """A number with at most four decimals."""
    return f"{value:.4f}".rstrip("0").rstrip(".").encode("ascii") if value % 1 else b"%d" % value


def pdf_date(day: str) -> str:
    """``2025-08-31`` or a longer date of ISO 8601 as PDF has it."""
    return "D:" + re.sub(r"[-T:]", "", day.removesuffix("Z").split("+")[0]) + ("Z" if "T" in day else "")
