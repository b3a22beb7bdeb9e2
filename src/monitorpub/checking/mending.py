"""Mend what has one right answer: the text of the file is changed sign by sign, so that comments and form survive."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path

from monitorpub.checking.run import Checked


def mended(text: str, found: Sequence[Checked]) -> str:
    """The text of a file with the mends of its diagnostics made.  Where two mends touch each other the first is made."""
    changes = []
    for one in found:
        if mend := one.mend:
            start = mend.passage.offset(mend.start)
            end = mend.passage.offset(mend.end - 1) + 1 if mend.end > mend.start else start
            changes.append((start, end, mend.text))
    last = len(text) + 1
    for start, end, new in sorted(changes, reverse=True):
        if end <= last:
            text = text[:start] + new + text[end:]
            last = start
    return text


def difference(file: Path, old: str, new: str) -> str:
    """What mending would change, as a unified diff."""
    lines = difflib.unified_diff(old.splitlines(keepends=True), new.splitlines(keepends=True), f"{file}", f"{file} (mended)")
    return "".join(lines)
