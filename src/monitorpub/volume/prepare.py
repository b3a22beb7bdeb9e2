"""Steps 1 to 3 for a volume: its own texts, its chapters, and the choice of its profiles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from monitorpub.diagnostics import Found
from monitorpub.facts import Facts, facts
from monitorpub.model.volume import Volume
from monitorpub.pipeline import Prepared, prepare
from monitorpub.source import Source
from monitorpub.volume.chapters import PreparedChapter, chapters
from monitorpub.volume.members import Members, candidates, choose
from monitorpub.volume.texts import Texts, volume_texts
from monitorpub.volume.validate import validate_volume
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
    said = (*source.diagnostics, *volume.diagnostics)
    if volume.value is None:
        return Found(None, said)
    written = chapters(read, volume.value, workspace)
    texts = volume_texts(read, volume.value, workspace)
    groups = choose(read, volume.value, _facts(candidates(read, volume.value), prepared))
    said += (*written.diagnostics, *texts.diagnostics, *groups.diagnostics)
    value = PreparedVolume(read, workspace, volume.value, tuple(written.value or ()), texts.value or Texts(), groups.value or ())
    return Found(value, tuple(dict.fromkeys(said)))


def _facts(files: Sequence[Path], prepared: Sequence[Prepared]) -> Mapping[Path, Facts]:
    """The facts of the profiles that could be read."""
    known = {one.source.file.resolve(): one for one in prepared}
    out: dict[Path, Facts] = {}
    for file in files:
        one = known.get(file.resolve()) or prepare(file).value
        if one is not None:
            out[file] = facts(one.numbered)
    return out
