"""Steps 1 to 3 for a volume, for ``check``: its own texts, its chapters, the choice of its profiles, and what leads from one to another."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from monitorpub.computed import compute_all
from monitorpub.diagnostics import Diagnostic, Found, has_errors
from monitorpub.facts import facts
from monitorpub.model.volume import Volume
from monitorpub.pipeline import Prepared, prepare
from monitorpub.references import Target, resolve, resolve_texts, targets
from monitorpub.source import Source
from monitorpub.volume.chapters import PreparedChapter, chapters
from monitorpub.volume.members import Members, candidates, choose
from monitorpub.volume.texts import Texts, volume_texts
from monitorpub.volume.validate import validate_volume
from monitorpub.volume.view import Entry, Group
from monitorpub.workspace import Workspace


@dataclass(frozen=True)
class PreparedVolume:
    """A volume that was read, validated and numbered.  After an error some of it may be missing."""

    source: Source
    workspace: Workspace
    volume: Volume
    chapters: tuple[PreparedChapter, ...]
    texts: Texts
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
    written = chapters(read, volume.value, workspace)
    texts = volume_texts(read, volume.value, workspace)
    files = candidates(read, volume.value)
    profiles = _profiles(files, prepared)
    groups = choose(read, volume.value, {file: facts(one.numbered) for file, one in profiles.items()})
    said += (*written.diagnostics, *texts.diagnostics, *groups.diagnostics)
    value = PreparedVolume(read, workspace, volume.value, tuple(written.value or ()), texts.value or Texts(), groups.value or ())
    if len(profiles) == len(files) and not has_errors((*volume.diagnostics, *groups.diagnostics)):
        said += _tables(value)
        made = [*_targets(value, profiles)]
        said += resolve(value.chapters, made, whole=True)
        made += [target for one in value.chapters for target in targets(one.chapter, one.slug).values()]
        said += resolve_texts(read, value.texts.parsed.values(), made)
    return Found(value, tuple(dict.fromkeys(said)))


def _profiles(files: Sequence[Path], prepared: Sequence[Prepared]) -> dict[Path, Prepared]:
    """The profiles of these files, those that could be read."""
    known = {os.path.realpath(one.source.file): one for one in prepared}
    found = ((file, known.get(os.path.realpath(file)) or prepare(file).value) for file in files)
    return {file: one for file, one in found if one is not None}


def _tables(volume: PreparedVolume) -> Iterator[Diagnostic]:
    """What is wrong with the computed tables: they are computed, and not kept."""
    everyone = [{**one.facts, "slug": one.slug} for group in volume.groups for one in group.profiles]
    groups = [
        Group(one.group.name, one.group.title, tuple(Entry("profile", member.name, member.slug) for member in one.profiles))
        for one in volume.groups
    ]
    for chapter in volume.chapters:
        aside = replace(chapter.numbered, table_notes=dict(chapter.numbered.table_notes))
        yield from compute_all(aside, everyone, volume.source, groups).diagnostics


def _targets(volume: PreparedVolume, profiles: dict[Path, Prepared]) -> Iterator[Target]:
    """Where the references of chapters may lead, beside other chapters: made pages, dividers, profiles."""
    for _, entry in volume.volume.matter():
        if entry.kind == "page":
            yield Target(entry.slug, "", "made", entry.title or entry.slug)
    for group in volume.groups:
        if group.group.divider:
            yield Target(group.group.slug, "", "made", group.group.title)
        for one in group.profiles:
            yield from targets(profiles[one.file].numbered.written, one.slug).values()
