"""Runs pandoc's readers on files that strangers made: in its sandbox, with a limit of memory and of time."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from typing import Any

from monitorpub.citations.pandoc import find_pandoc

Node = dict[str, Any]

SECONDS = 60
MEMORY = "1500M"
"""Of pandoc's heap: what the largest file that is taken needs, twice."""

MAX_MARKUP = 1_500_000
"""Bytes of a page without its surroundings.  The longest profile known has 300,000."""

_HEAP_EXHAUSTED = 251


class ReaderError(Exception):
    """pandoc gave no document.  ``code`` is that of the diagnostic, ``hint`` says what to do."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


def within_bounds(text: str, most: int = MAX_MARKUP) -> bytes:
    """A text for pandoc in UTF-8.  Raises ReaderError (F003) where it is longer than any profile."""
    data = text.encode()
    if len(data) > most:
        message = f"The text of the file is longer than {most / 1_000_000:.1f} MB, far more than any profile has."
        raise ReaderError("F003", message, "Is this the right file? Part a whole report into its profiles first.")
    return data


def read_with_pandoc(form: str, data: bytes, words: Sequence[str] = ()) -> Node:
    """pandoc's document (its JSON, API 1.23) of a file of the format ``form``.  It fetches nothing and reads no other file.

    Raises ReaderError: I016 where pandoc is missing or fails, I015 where the file needs too much time or memory.
    """
    program = find_pandoc()
    if program is None:
        raise ReaderError("I016", "pandoc, which reads such files, is not there.", "Install pypandoc-binary: pip install pypandoc-binary")
    command = [program, "+RTS", f"-M{MEMORY}", "-RTS", "--sandbox", "-f", form, "-t", "json", *words]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        message = f"The file was not read to its end after {SECONDS} seconds."
        raise ReaderError("I015", message, "Divide it into smaller files.") from None
    except OSError as error:
        raise ReaderError("I016", f"pandoc could not be run ({error.strerror}).") from None
    if done.returncode == _HEAP_EXHAUSTED:
        raise ReaderError("I015", "The file needs more memory than a reader may have.", "Divide it into smaller files.")
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["no reason given"]
        raise ReaderError("I012", f"The file cannot be read: {' '.join(lines)[:200]}")
    try:
        document: Node = json.loads(done.stdout)
    except (ValueError, RecursionError):
        raise ReaderError("I015", "The file is nested more deeply than any text.", "Save it anew from the program that made it.") from None
    return document
