"""The last run: when nothing that a volume was made of has changed, what came of it is written again, and nothing is read as YAML.

A run is kept with the digest of every file it read and with the names in its folder of sources.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from monitorpub.cache import Cache
from monitorpub.content import digest, file_digest, json_digest
from monitorpub.diagnostics import Diagnostic, as_values, from_values
from monitorpub.kept import WRONG, fitted
from monitorpub.standard import Archival

VOLUME = ""
"""The name of the volume among the files of a run; profiles have that of their file."""


@dataclass(frozen=True)
class Counts:
    """What is said of a PDF that was written."""

    pages: int
    notes: int
    parts: int = 0
    """Of a volume; a profile is one."""


@dataclass(frozen=True)
class Outcome:
    """The files that came of a run, by their names, each with what is said of it; the volume first; and what there was to say."""

    files: dict[str, bytes]
    counts: dict[str, Counts]
    said: tuple[Diagnostic, ...]


def recall(cache: Cache, environment: str, volume: Path, beside: str, archival: Archival) -> Outcome | None:
    """What came of the last run for the same files, if all is as it was then.

    ``beside`` is the name of the volume's file where its profiles are written beside it, and "" where they are not.
    """
    data = cache.get("last", _name(volume, beside, archival))
    if data is None:
        return None
    try:
        values = json.loads(data)
        if values["environment"] != environment or values["folder"][1] != _names(values["folder"][0]):
            return None
        if any(file_digest(Path(file)) != was for file, was in values["read"].items()):
            return None
        files = {name: cache.get("pdf", key) for name, key in values["files"].items()}
        counts = {name: fitted(Counts, one) for name, one in values["counts"].items()}
        said = tuple(from_values(one, volume) for one in values["said"])
    except WRONG:  # kept by a tool that is not this one
        return None
    whole = {name: one for name, one in files.items() if one is not None and digest(one) == values["files"][name]}
    return Outcome(whole, counts, said) if VOLUME in whole and whole.keys() == files.keys() == counts.keys() else None


def keep(
    cache: Cache,
    environment: str,
    volume: Path,
    beside: str,
    archival: Archival,
    folder: Path,
    read: Mapping[Path, str],
    outcome: Outcome,
) -> None:
    """Remember a run; ``read`` are the files that it read with the digest of what it read, ``folder`` is that of its sources."""
    keys = {name: digest(data) for name, data in outcome.files.items()}
    for name, key in keys.items():
        cache.put("pdf", key, outcome.files[name])
    values: dict[str, Any] = {
        "environment": environment,
        "folder": [os.path.abspath(folder), _names(os.path.abspath(folder))],
        "read": {os.path.abspath(file): was for file, was in read.items()},
        "files": keys,
        "counts": {name: asdict(one) for name, one in outcome.counts.items()},
        "said": [as_values(one, volume) for one in outcome.said],
    }
    cache.put("last", _name(volume, beside, archival), json.dumps(values).encode())


def changed(files: Mapping[Path, bytes]) -> dict[Path, bytes]:
    """Those that are not on the disk already as they are."""
    return {target: data for target, data in files.items() if not _is(target, data)}


def _is(target: Path, data: bytes) -> bool:
    try:
        return target.stat().st_size == len(data) and target.read_bytes() == data
    except (OSError, ValueError):  # writing says why
        return False


def _name(volume: Path, beside: str, archival: Archival) -> str:
    return json_digest("last", os.path.abspath(volume), beside, archival.key)


def _names(folder: str) -> str:
    """A digest of the names of all sources below a folder."""
    found = [
        os.path.join(above, name)
        for above, _, names in os.walk(folder)
        for name in names
        if name.endswith((".yaml", ".yml", ".json", ".bib"))
    ]
    return json_digest(sorted(found))
