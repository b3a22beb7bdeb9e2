"""The record of a part, and the specimen of running feet, as JSON for the cache."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import Any

from monitorpub.bind.stamps import Feet, FolioForm
from monitorpub.kept import fitted
from monitorpub.typeset.part import Face, Heading, Part, Remark, Spot


def part_to_bytes(part: Part) -> bytes:
    """Everything but the objects and the words, which have entries of their own."""
    return _bytes(asdict(replace(part, objects=b"", words=())) | {"objects": None})


def part_from_bytes(data: bytes) -> Part:
    """The other way.  Raises one of ``kept.WRONG`` for anything else."""
    values = json.loads(data)
    for name in ("notes", "calls", "anchors"):
        values[name] = {key: Spot(**spot) for key, spot in values[name].items()}
    values["outline"] = tuple(Heading(**heading) for heading in values["outline"])
    values["faces"] = _faces(values["faces"])
    values["remarks"] = tuple(Remark(**remark) for remark in values["remarks"])
    for name in ("size", "edges", "unstamped", "links", "words"):
        values[name] = tuple(values[name])
    return fitted(Part, {**values, "objects": b""})


def feet_to_bytes(feet: Feet) -> bytes:
    """The specimen."""
    return _bytes(asdict(feet))


def feet_from_bytes(data: bytes) -> Feet:
    """The other way.  Raises as ``part_from_bytes``."""
    values = json.loads(data)
    folios = {side: FolioForm(**form) for side, form in values["folios"].items()}
    glyphs = {sign: (glyph, advance) for sign, (glyph, advance) in values["glyphs"].items()}
    return fitted(Feet, {**values, "folios": folios, "glyphs": glyphs, "faces": _faces(values["faces"])})


def _faces(values: list[dict[str, Any]]) -> tuple[Face, ...]:
    out = []
    for value in values:
        widths = {int(glyph): width for glyph, width in value["widths"].items()}
        texts = {int(glyph): text for glyph, text in value["texts"].items()}
        out.append(Face(**{**value, "widths": widths, "texts": texts}))
    return tuple(out)


def _bytes(values: dict[str, Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()
