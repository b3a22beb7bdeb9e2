"""Names for contents: what has the same digest is the same, wherever it lies."""

from __future__ import annotations

import json
from hashlib import blake2b
from pathlib import Path


def digest(*pieces: bytes) -> str:
    """A name of 32 signs for some bytes; pieces are told apart from their sum."""
    out = blake2b(digest_size=16)
    for piece in pieces:
        out.update(b"%d:" % len(piece))
        out.update(piece)
    return out.hexdigest()


def is_digest(name: object) -> bool:
    """Whether this may be such a name."""
    return isinstance(name, str) and len(name) == 32 and set(name) <= set("0123456789abcdef")


def file_digest(file: Path) -> str:
    """That of a file; "" where there is none that can be read.  A pipe or a device may never end, and has none."""
    try:
        return digest(file.read_bytes()) if file.is_file() else ""
    except (OSError, ValueError):
        return ""


def json_digest(*values: object) -> str:
    """A name for some plain values."""
    return digest(json.dumps(values, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass"))
