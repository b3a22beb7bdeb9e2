"""What the tool has to say to an editor, as data.

A diagnostic is a code, a place and three sentences at most; printing it is the work of ``report``.
Every step returns its value together with its diagnostics, so that all the errors of a step are shown at once.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from monitorpub.codes import CODES, Severity

__all__ = ["Diagnostic", "Found", "Place", "Severity", "field_path", "has_errors"]

T = TypeVar("T")


@dataclass(frozen=True, order=True)
class Place:
    """A stretch of a file.  Lines and columns count from 1; ``end_column`` is the column after the last."""

    file: Path
    line: int = 0
    column: int = 0
    end_column: int = 0
    text: str = ""
    """The line itself, for the caret; empty where there is none to show."""


@dataclass(frozen=True)
class Diagnostic:
    """One thing an editor should know: what, where, and what to do about it."""

    code: str
    message: str
    place: Place | None = None
    path: str = ""
    """The field, as ``sections[2].text``."""
    hint: str = ""
    severity: Severity = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "severity", CODES[self.code].severity)

    @property
    def sort_key(self) -> tuple[str, int, int, str]:
        """By file, line and column."""
        place = self.place
        return (str(place.file), place.line, place.column, self.code) if place else ("", 0, 0, self.code)


@dataclass(frozen=True)
class Found(Generic[T]):
    """What a step gives: its value, or None when there is none, and what it has to say."""

    value: T | None
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the next step may start."""
        return self.value is not None and not has_errors(self.diagnostics)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of them is an error."""
    return any(d.severity is Severity.ERROR for d in diagnostics)


def field_path(path: Sequence[str | int]) -> str:
    """The path of a field as editors read it: ``('sections', 0, 'text')`` -> ``sections[1].text``.

    Entries of a list count from 1.
    """
    out = ""
    for step in path:
        if isinstance(step, int):
            out += f"[{step + 1}]"
        else:
            out += f".{step}" if out else str(step)
    return out


def as_values(one: Diagnostic, source: Path) -> dict[str, Any]:
    """A diagnostic as plain values, for the cache; files are named from ``source``, which may have another name next time."""
    place = asdict(one.place) if one.place else None
    if place is not None:
        place["file"] = "" if place["file"] == source else os.path.relpath(place["file"], source.parent)
    return {"code": one.code, "message": one.message, "place": place, "path": one.path, "hint": one.hint}


def from_values(values: dict[str, Any], source: Path) -> Diagnostic:
    """The other way.  Raises KeyError or TypeError for other values."""
    place = values["place"]
    if place is not None:
        file = Path(os.path.normpath(source.parent / place["file"])) if place["file"] else source
        place = Place(**{**place, "file": file})
    return Diagnostic(**{**values, "place": place})
