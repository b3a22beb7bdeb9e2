"""The profiles and chapters of a volume as units: what the rest of the volume must know of each, and how it is composed when it must be.

A profile that did not change is not even read as YAML: its summary is found under the digest of its file and of all it depends on.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from monitorpub.computed import compute_all
from monitorpub.computed.rows import GroupOfProfiles
from monitorpub.content import digest, file_digest, json_digest
from monitorpub.diagnostics import Diagnostic, Found, has_errors
from monitorpub.parts import Press, Request
from monitorpub.produce import Side, composed, job_of
from monitorpub.text.references import Printed
from monitorpub.typeset.part import Job, Limits
from monitorpub.volume.summary import Summary, from_bytes, summarise, to_bytes
from monitorpub.workers import Failed, default_jobs, run_all

FEW = 20
"""As many sources are read here, in half a second; for more of them it is worth that each worker first loads what reads."""


@dataclass
class Unit:
    """A profile or a chapter at work."""

    summary: Summary
    key: str
    """The digest of its source and of what all pages depend on."""
    file: Path
    content: str
    """The digest of its source as it was read."""
    prepare: Callable[[], Any]
    """Reads it again, where its summary was found: a profile or chapter that was numbered."""
    plain: Job | None = None
    """Composed already; printing no references."""

    @cached_property
    def prepared(self) -> Any:
        """The profile or chapter itself."""
        return self.prepare()

    def request(self, printed: Mapping[str, Printed], side: Side, tables: Tables | None = None) -> Request:
        """Its part, with these references printed; ``tables`` computes the tables of a chapter."""
        values = {address: asdict(one) for address, one in sorted(printed.items())}
        key = json_digest(self.key, dict(self.summary.files), values, side, tables.key if tables else "")

        def compose() -> Found[Job]:
            if self.plain is not None and not printed and side == "recto":
                return Found(self.plain)
            if tables is None:
                return composed(self.prepared, self.summary.slug, printed, side=side)
            return tables.composed(self.prepared, self.summary.slug, printed, side)

        return Request(self.summary.slug, key, compose)


@dataclass(frozen=True)
class Tables:
    """What the computed tables of chapters are computed from."""

    profiles: Sequence[Mapping[str, Any]]
    groups: Sequence[GroupOfProfiles]

    @cached_property
    def key(self) -> str:
        """A digest of all facts."""
        groups = [(group.id, group.title, [entry.target for entry in group.entries]) for group in self.groups]
        return json_digest([dict(one) for one in self.profiles], groups)

    def composed(self, one: Any, slug: str, printed: Mapping[str, Printed], side: Side) -> Found[Job]:
        """A chapter with its tables."""
        from monitorpub.compose import compose

        found = compute_all(one.numbered, self.profiles, one.source, self.groups)
        if has_errors(found.diagnostics):
            return Found(None, found.diagnostics)
        document = compose(one.numbered, one.images, one.workspace, slug, printed, found.value)
        said = (*found.diagnostics, *document.diagnostics)
        return Found(job_of(one, document.value, side=side) if document.value is not None else None, said)


@dataclass(frozen=True)
class ReadSources:
    """A task: some sources through steps 1 to 4."""

    files: tuple[Path, ...]
    name: str = "reading"
    limits: Limits = field(default_factory=Limits)

    def run(self) -> list[ReadSource]:
        """Of each source its summary and its document, if nothing of other parts is printed in it."""
        return [read_source(file) for file in self.files]


@dataclass(frozen=True)
class ReadSource:
    """What came of reading a source: its summary, its document, what there was to say, and the digest of what was read."""

    summary: Summary | None
    plain: Job | None
    said: tuple[Diagnostic, ...]
    content: str


class SourceChangedError(Exception):
    """A source was changed while a volume was made of it: what was read of it first and last does not belong together."""

    def __init__(self, file: Path) -> None:
        super().__init__(str(file))
        self.file = file


def read_source(file: Path) -> ReadSource:
    """A profile through steps 1 to 4.  Raises SourceChangedError."""
    from monitorpub.pipeline import prepare

    content = file_digest(file)
    found = prepare(file)
    _unchanged(file, content)
    if found.value is None or not found.ok:
        return ReadSource(None, None, found.diagnostics, content)
    summary = summarise(found.value, file.stem, found.diagnostics)
    if summary.wanted:
        return ReadSource(summary, None, found.diagnostics, content)
    job = composed(found.value, file.stem)
    return ReadSource(summary, job.value, (*found.diagnostics, *job.diagnostics), content)


def _unchanged(file: Path, content: str) -> None:
    if file_digest(file) != content:
        raise SourceChangedError(file)


def key_of(file: Path, content: str, press: Press) -> str:
    """The name of what is kept of a source; "" where it cannot be read.  Images and records are found from its folder."""
    folder = os.path.relpath(os.path.dirname(os.path.realpath(file)), press.workspace.root.resolve())
    return digest(press.environment.encode(), os.fsencode(folder), os.fsencode(file.stem), content.encode()) if content else ""


def profiles(files: Sequence[Path], press: Press) -> tuple[dict[Path, Unit], list[Diagnostic]]:
    """The units of profiles, those without errors, and all there is to say about them."""
    units: dict[Path, Unit] = {}
    said: dict[Path, tuple[Diagnostic, ...]] = {}
    for file in files:
        content = file_digest(file)
        key = key_of(file, content, press)
        summary = known_summary(file, key, press)
        if summary is not None:
            units[file] = Unit(summary, key, file, content, _again(file, content))
            said[file] = summary.said
    missing = [file for file in files if file not in units]
    for file, one in zip(missing, _read(missing, press), strict=True):
        said[file] = one.said
        if one.summary is not None and not has_errors(one.said):
            key = key_of(file, one.content, press)
            units[file] = Unit(one.summary, key, file, one.content, _again(file, one.content), one.plain)
            press.cache.put("summary", key, to_bytes(one.summary, file))
    return {file: units[file] for file in files if file in units}, [d for file in files for d in said[file]]


def _again(file: Path, content: str) -> Callable[[], Any]:
    def prepare_again() -> Any:
        from monitorpub.pipeline import prepare

        _unchanged(file, content)
        found = prepare(file).value
        _unchanged(file, content)
        return found

    return prepare_again


def known_summary(file: Path, key: str, press: Press) -> Summary | None:
    """The summary in the cache, if the images and references it knows are what they were."""
    data = press.cache.get("summary", key) if key else None
    if data is None:
        return None
    summary = from_bytes(data, file)
    if summary is None or any(file_digest(press.workspace.root / name) != was for name, was in summary.files.items()):
        return None
    return summary


def _read(files: list[Path], press: Press) -> list[ReadSource]:
    if len(files) <= FEW:
        return [read_source(file) for file in files]
    count = press.workers or default_jobs()
    # A task for each worker, as each loads first what reads; every nth source, as the long ones of a volume may stand together.
    tasks = [ReadSources(tuple(files[start::count])) for start in range(min(count, len(files)))]
    out: dict[Path, ReadSource] = {}
    for task, given in zip(tasks, run_all(tasks, press.workers), strict=True):
        # Where a task failed, one of its sources is more than a worker bears: here each says so itself, or does not.
        read = [read_source(file) for file in task.files] if isinstance(given, Failed) else given
        out |= zip(task.files, read, strict=True)
    return [out[file] for file in files]
