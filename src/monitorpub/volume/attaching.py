"""The files in the PDF of a volume: its source, and of each profile the source and the tables; of each chapter the tables."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict

from monitorpub.bind.attachments import Attachment
from monitorpub.computed import compute_all
from monitorpub.content import digest, json_digest
from monitorpub.datasets import Dataset, datasets
from monitorpub.kept import WRONG
from monitorpub.parts import Press
from monitorpub.produce import attached
from monitorpub.volume.rounds import Rounds
from monitorpub.volume.units import SourceChangedError, Tables, Unit

Attachments = Mapping[str, tuple[Attachment, ...]]
"""What each part brings, by its slug."""


def attachments_of(rounds: Rounds) -> Attachments:
    """What the profiles and chapters bring, in the order of the volume.  Raises SourceChangedError."""
    out: dict[str, tuple[Attachment, ...]] = {}
    for name, matter in ((name, place.matter) for place in rounds.order for name in place.names):
        unit = rounds.units.get(name)
        if unit is not None and matter == "body":
            out[name] = tuple(attached(unit.file, unit.summary.title, _read(unit), unit.summary.tables))
        elif unit is not None:
            tables = _tables(unit, rounds.tables, rounds.press)
            out[name] = tuple(Attachment.table(f"{name}-{one.id}.csv", one.caption, one.text.encode()) for one in tables)
    return out


def _read(unit: Unit) -> bytes:
    """The source of a profile, the very bytes that it was made of."""
    try:
        data = unit.file.read_bytes()
    except OSError:
        raise SourceChangedError(unit.file) from None
    if digest(data) != unit.content:
        raise SourceChangedError(unit.file)
    return data


def _tables(unit: Unit, facts: Tables, press: Press) -> tuple[Dataset, ...]:
    """The tables of a chapter, those too that are computed from all profiles: by the names of all these they are kept."""
    if all(one.text for one in unit.summary.tables):
        return unit.summary.tables
    key = json_digest("data", unit.key, dict(unit.summary.files), facts.key)
    kept = press.cache.get("data", key)
    if kept is not None:
        try:
            return tuple(Dataset(**one) for one in json.loads(kept))
        except WRONG:  # written by hand, or by a tool that is not this one
            pass
    chapter = unit.prepared
    computed = compute_all(chapter.numbered, facts.profiles, chapter.source, facts.groups).value or {}
    made = datasets(chapter.numbered, computed)
    press.cache.put("data", key, json.dumps([asdict(one) for one in made], ensure_ascii=False).encode())
    return made
