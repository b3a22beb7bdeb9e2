"""Steps 1 to 3 for a volume, for ``check``: its own texts, its chapters, the choice of its profiles, and what leads from one to another."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from monitorpub.computed import compute_all
from monitorpub.diagnostics import Diagnostic, Found, has_errors
from monitorpub.facts import facts
from monitorpub.model.volume import Volume
from monitorpub.pipeline import Prepared, prepare
from monitorpub.references import index_marks, resolve, resolve_texts, targets
from monitorpub.source import Source
from monitorpub.volume.candidates import Candidates
from monitorpub.volume.chapters import PreparedChapter, chapters
from monitorpub.volume.chosen import Chosen, chosen
from monitorpub.volume.index import wrong_list
from monitorpub.volume.members import Members, left_out
from monitorpub.volume.runs import layout_that_runs_on, nothing_runs_on
from monitorpub.volume.texts import Texts, volume_texts
from monitorpub.volume.validate import validate_volume
from monitorpub.workspace import Workspace


@dataclass(frozen=True)
class PreparedVolume:
    """A volume that was read, validated and numbered.  After an error some of it may be missing."""

    source: Source
    volume: Volume
    chapters: tuple[PreparedChapter, ...]
    groups: tuple[Members, ...]


def prepare_volume(source: Found[Source], prepared: Sequence[Prepared] = ()) -> Found[PreparedVolume]:
    """Steps 1 to 3 for a volume.  ``prepared`` are profiles that were read already; what is wrong with others is not said here."""
    if not source.ok or source.value is None:
        return Found(None, source.diagnostics)
    read = source.value
    workspace = Workspace.of(read.file)
    volume = validate_volume(read)
    said = [*source.diagnostics, *volume.diagnostics]
    if volume.value is None:
        return Found(None, tuple(said))
    candidates = Candidates(read, volume.value)
    written = chapters(read, volume.value, workspace)
    texts = volume_texts(read, volume.value, workspace)
    files = candidates.own(workspace)
    profiles = _profiles(files.value or [], prepared)
    found = chosen(candidates, workspace, {file: facts(one.numbered) for file, one in profiles.items()})
    said += (*written.diagnostics, *texts.diagnostics, *files.diagnostics, *found.diagnostics)
    value = PreparedVolume(read, volume.value, tuple(written.value or ()), found.value.members if found.value else ())
    whole = len(profiles) == len(files.value or ()) and not has_errors((*volume.diagnostics, *files.diagnostics, *found.diagnostics))
    everything = whole and len(value.chapters) == len(volume.value.chapters)
    said += wrong_list(read, volume.value, _marked(value, profiles) if everything else None)
    if found.value is not None and whole:
        said += _tables(value, found.value)
        inside = (profiles[one.file].numbered for group in value.groups for one in group.profiles)
        said += nothing_runs_on(read, volume.value, map(layout_that_runs_on, inside))
        parts = {one.slug: profiles[one.file].numbered.written for group in value.groups for one in group.profiles}
        parts |= {one.slug: one.chapter for one in value.chapters}
        known = [*found.value.made.values(), *(target for slug, part in parts.items() for target in targets(part, slug).values())]
        outside = partial(left_out, candidates, value.groups)
        said += resolve(value.chapters, known, whole=True, left_out=outside)
        said += resolve_texts(read, (texts.value or Texts()).parsed.values(), known, outside)
    return Found(value, tuple(dict.fromkeys(said)))


def _profiles(files: Sequence[Path], prepared: Sequence[Prepared]) -> dict[Path, Prepared]:
    """The profiles of these files, those that could be read."""
    known = {os.path.realpath(one.source.file): one for one in prepared}
    found = ((file, known.get(os.path.realpath(file)) or prepare(file).value) for file in files)
    return {file: one for file, one in found if one is not None}


def _marked(volume: PreparedVolume, profiles: Mapping[Path, Prepared]) -> set[str]:
    """The terms that are marked in the texts of the volume."""
    inside = [profiles[one.file].numbered for group in volume.groups for one in group.profiles]
    return {mark.term for numbered in (*inside, *(one.numbered for one in volume.chapters)) for _, mark in index_marks(numbered)}


def _tables(volume: PreparedVolume, chosen: Chosen) -> Iterator[Diagnostic]:
    """What is wrong with the computed tables: they are computed, and not kept."""
    for chapter in volume.chapters:
        aside = replace(chapter.numbered, table_notes=dict(chapter.numbered.table_notes))
        yield from compute_all(aside, chosen.facts, volume.source, chosen.groups).diagnostics
