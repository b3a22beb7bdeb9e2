"""The bytes of a file that somebody named: it may be missing, no file at all, or larger than anything that is meant."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from pathlib import Path

from monitorpub.diagnostics import Diagnostic, Place

HEAD = 16
"""Bytes that tell how large a file may be."""


def load(file: Path, most: Callable[[bytes], int], what: str, like: str = "") -> bytes | Diagnostic:
    """The bytes of a file, or why there are none: F001, or F003 where it has more than ``most`` says of its first bytes.

    ``what`` it should be is named then.  Where it is missing, one that is called nearly so is proposed, among those ``like`` (``*.yaml``).
    """
    try:
        if not file.exists():
            near = difflib.get_close_matches(file.name, [one.name for one in file.parent.glob(like)], n=1) if like else []
            hint = f"Did you mean {file.with_name(near[0])}?" if near else ""
            return Diagnostic("F001", f"{file} does not exist.", Place(file), hint=hint)
        if not file.is_file():  # a pipe or a device may never end
            return Diagnostic("F001", f"{file} is not a file.", Place(file))
        with file.open("rb") as stream:
            data = stream.read(HEAD)
            bytes_at_most = most(data)
            data += stream.read(bytes_at_most + 1 - len(data))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        return Diagnostic("F001", f"{file} cannot be read ({reason}).", Place(file))
    if len(data) > bytes_at_most:
        message = f"The file is larger than {bytes_at_most // 1_000_000} MB, far more than any {what} has."
        return Diagnostic("F003", message, Place(file), hint="Is this the right file?")
    return data
