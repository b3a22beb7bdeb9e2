"""Passages for fields that are no text: a year, a date, a figure.  A rule on data points at them."""

from __future__ import annotations

from collections.abc import Iterator

from monitorpub.checking.manuscript import Manuscript, Passage
from monitorpub.checking.rule import Hit
from monitorpub.model import Profile, SeriesTable
from monitorpub.model.assessment import Assessment
from monitorpub.source import Scalar, Source
from monitorpub.validate import walk_tables

Steps = tuple[str | int, ...]


def field_hit(source: Source, path: Steps, message: str, hint: str = "", *, key: bool = False) -> Hit:
    """A hit on a field, or on its key."""
    node, key_node = source.node(path)
    shown = key_node if key else node
    text = shown.text if isinstance(shown, Scalar) else ""
    passage = Passage(
        text=text,
        kind="key-data",
        locate=lambda start, end: source.place(path, key=key),
        offset=lambda index: source.offset(path, index),
        field=source.shown(path),
    )
    return Hit(passage, 0, len(text), message, hint)


def tables(manuscript: Manuscript) -> Iterator[tuple[Source, SeriesTable, Steps]]:
    """Every series table of a profile or a chapter; none of a plain text."""
    if manuscript.written is not None and manuscript.source is not None:
        for table, steps in walk_tables(manuscript.written):
            yield manuscript.source, table, steps


def assessed(manuscript: Manuscript) -> Iterator[tuple[Source, Profile, Assessment]]:
    """The assessment of a profile that has one, with its source and the profile."""
    source, written = manuscript.source, manuscript.written
    if source is not None and isinstance(written, Profile) and written.assessment is not None:
        yield source, written, written.assessment
