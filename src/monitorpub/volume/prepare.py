"""Steps 1 to 3 for a volume: its own texts, its chapters, the choice of its profiles, and the tables that are computed from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from monitorpub.computed import PrintedComputed, compute_all
from monitorpub.diagnostics import Diagnostic, Found
from monitorpub.facts import Facts, facts
from monitorpub.model.volume import Volume
from monitorpub.pipeline import Prepared, prepare
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
    computed: Mapping[str, Mapping[str, PrintedComputed]] = field(default_factory=dict)
    """The computed tables of each chapter, by its slug and their ids; ``compose`` takes those of its chapter."""


def prepare_volume(source: Found[Source], prepared: Sequence[Prepared] = ()) -> Found[PreparedVolume]:
    """Steps 1 to 3 for a volume.  ``prepared`` are profiles that were read already; what is wrong with others is not said here."""
    if not source.ok or source.value is None:
        return Found(None, source.diagnostics)
    read = source.value
    workspace = Workspace.of(read.file)
    volume = validate_volume(read)
    said = (*source.diagnostics, *volume.diagnostics)
    if volume.value is None:
        return Found(None, said)
    written = chapters(read, volume.value, workspace)
    texts = volume_texts(read, volume.value, workspace)
    files = candidates(read, volume.value)
    known = _facts(files, prepared)
    groups = choose(read, volume.value, known)
    said += (*written.diagnostics, *texts.diagnostics, *groups.diagnostics)
    chosen, chapters_of = groups.value or (), tuple(written.value or ())
    computed: dict[str, Mapping[str, PrintedComputed]] = {}
    if groups.ok and len(known) == len(files):  # else a table would be wrong for want of a profile
        computed, more = _computed(read, chapters_of, chosen)
        said += tuple(more)
    value = PreparedVolume(read, workspace, volume.value, chapters_of, texts.value or Texts(), chosen, computed)
    return Found(value, tuple(dict.fromkeys(said)))


def _computed(
    source: Source, written: Sequence[PreparedChapter], groups: Sequence[Members]
) -> tuple[dict[str, Mapping[str, PrintedComputed]], list[Diagnostic]]:
    """The computed tables of all chapters, from the profiles in the order of the volume."""
    profiles = [{**one.facts, "slug": one.slug} for group in groups for one in group.profiles]
    views = [
        Group(one.group.name, one.group.title, tuple(Entry("profile", member.name, member.slug) for member in one.profiles))
        for one in groups
    ]
    found = {one.slug: compute_all(one.numbered, profiles, source, views) for one in written}
    return {name: one.value or {} for name, one in found.items()}, [said for one in found.values() for said in one.diagnostics]


def _facts(files: Sequence[Path], prepared: Sequence[Prepared]) -> Mapping[Path, Facts]:
    """The facts of the profiles that could be read."""
    known = {one.source.file.resolve(): one for one in prepared}
    out: dict[Path, Facts] = {}
    for file in files:
        one = known.get(file.resolve()) or prepare(file).value
        if one is not None:
            out[file] = facts(one.numbered)
    return out
