"""Diagnostics as text: the place, the line with a caret, the field and a hint."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from monitorpub.codes import CODES
from monitorpub.diagnostics import Diagnostic, Severity

WIDTH = 100
"""Columns of a source line that are shown; a longer line is cut round the caret."""


def as_text(diagnostics: Iterable[Diagnostic], *, colour: bool = False) -> str:
    """All diagnostics in the order of the files, with a closing line that counts them."""
    ordered = sorted(diagnostics, key=lambda d: d.sort_key)
    if not ordered:
        return ""
    errors = sum(d.severity is Severity.ERROR for d in ordered)
    warnings = len(ordered) - errors
    counts = [counted(number, what) for number, what in ((errors, "error"), (warnings, "warning")) if number]
    closing = " and ".join(counts)
    return "\n\n".join([*(one(d, colour=colour) for d in ordered), closing]) + "\n"


def one(diagnostic: Diagnostic, *, colour: bool = False) -> str:
    """One diagnostic over a few lines."""
    paint = _paint if colour else (lambda text, _: text)
    tint = "31" if diagnostic.severity is Severity.ERROR else "33"
    name = CODES[diagnostic.code].name
    head = f"{paint(diagnostic.severity.value, tint)} {paint(diagnostic.code, '1')} ({name}): {diagnostic.message}"
    lines = [head]
    if place := diagnostic.place:
        where = shown_path(place.file)
        if place.line:
            where += f":{place.line}:{place.column}"
        lines.append(f"  --> {where}")
        if place.text.strip():
            text, column, width = _cut(place.text, place.column, place.end_column)
            gutter = str(place.line)
            pad = " " * len(gutter)
            lines += [f"  {pad} |", f"  {gutter} | {text}", f"  {pad} | {' ' * column}{paint('^' * width, tint)}"]
    if diagnostic.path:
        lines.append(f"  field: {diagnostic.path}")
    if diagnostic.hint:
        lines.append(f"  hint: {diagnostic.hint}")
    return "\n".join(lines)


def shown_path(file: Path) -> str:
    """The path as the editor would type it: from the folder they are in, where that is shorter."""
    try:
        near = os.path.relpath(file)
    except ValueError:
        return str(file)
    return near if len(near) < len(str(file)) else str(file)


def _cut(text: str, column: int, end_column: int) -> tuple[str, int, int]:
    """The part of the line round the caret, the caret's column in it (from 0) and its width in cells."""
    text = text.replace("\t", " ")
    text = text.ljust(column - 1)
    start, end = column - 1, max(end_column - 1, column)
    left = max(0, min(start - 30, len(text) - WIDTH)) if len(text) > WIDTH else 0
    shown = text[left : left + WIDTH]
    before = "…" if left else ""
    after = "…" if left + WIDTH < len(text) else ""
    lead = before + shown[: start - left]
    marked = shown[start - left : end - left]
    return before + shown + after, _cells(lead), max(1, _cells(marked))


def _cells(text: str) -> int:
    """Columns of a terminal: East Asian wide signs take two, marks on other signs and joiners none."""
    return sum(0 if _is_mark(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign) in ("Mn", "Me", "Cf") and sign != "\u00ad"  # a soft hyphen shows


def counted(number: int, what: str) -> str:
    """``1 note``, ``2 notes``."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _paint(text: str, code: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m"
