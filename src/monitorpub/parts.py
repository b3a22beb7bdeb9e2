"""Parts from the cache, or typeset: step 5 as the steps round it see it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from monitorpub.bind.stamps import Feet
from monitorpub.bind.subset import subset
from monitorpub.cache import Cache
from monitorpub.content import digest
from monitorpub.diagnostics import Diagnostic
from monitorpub.environment import environment
from monitorpub.typeset.part import Face, FeetJob, Job, Part, Remark
from monitorpub.typeset.record import feet_from_bytes, feet_to_bytes, part_from_bytes, part_to_bytes
from monitorpub.workers import Failed, Task, run_all
from monitorpub.workspace import Workspace

FEET_STYLES = ("tokens.css", "fonts.css", "page.css", "feet.css")
"""What sets running feet; a workspace overrides any of them by name."""

Progress = Callable[[Part, bool], None]
"""Is told each part, and whether it came from the cache."""


class Presses:
    """A press for each workspace, made when it is first asked for."""

    def __init__(self, workers: int, *, cached: bool) -> None:
        self._workers, self._cached = workers, cached
        self._presses: dict[Workspace, Press] = {}

    def __call__(self, workspace: Workspace) -> Press:
        """The press of a workspace.  A folder that nobody marked as one gets no cache on its disk."""
        if workspace not in self._presses:
            cache = Cache.of(workspace.root) if self._cached and workspace.marked else MEMORY
            self._presses[workspace] = Press(workspace, cache, self._workers)
        return self._presses[workspace]

    def said(self) -> list[Diagnostic]:
        """What the caches have to say; called at the end, when old entries can go."""
        for press in self._presses.values():
            press.cache.sweep()
        return [d for press in self._presses.values() for d in press.cache.said]


def presses(workers: int = 0, *, cached: bool = True) -> Presses:
    """Presses with that many workers."""
    return Presses(workers, cached=cached)


MEMORY = Cache(None)


@dataclass
class Press:
    """Makes parts, running feet and fonts for one workspace."""

    workspace: Workspace
    cache: Cache
    workers: int = 0
    typeset: int = 0
    """How many parts were typeset."""
    cached: int = 0
    """How many came from the cache."""
    _environment: str = ""
    _feet: dict[str, Feet] = field(default_factory=dict)

    @property
    def environment(self) -> str:
        """The digest of what every page depends on."""
        if not self._environment:
            self._environment = environment(self.workspace)
        return self._environment

    def key(self, job: Job) -> str:
        """The name of a job's part in the cache: the digest of all that makes its pages."""
        images = [[name, _digest_of(self.workspace.root / name)] for name in job.images]
        made_of = [self.environment, job.name, job.html, job.styles, job.notes, job.side, images]
        return digest(json.dumps(made_of).encode())

    def parts(self, jobs: Sequence[Job], progress: Progress | None = None) -> list[Part]:
        """The part of every job, without its objects where it came from the cache; see ``objects``."""
        keys = [self.key(job) for job in jobs]
        found = [self.find(key) for key in keys]
        for part in found:
            if part is not None:
                self.cached += 1
                if progress is not None:
                    progress(part, True)
        missing = [index for index, part in enumerate(found) if part is None]

        def done(task: Task, given: Any) -> None:
            if progress is not None:
                progress(_part(task, given), False)

        for index, given in zip(missing, run_all([jobs[i] for i in missing], self.workers, done), strict=True):
            part = found[index] = _part(jobs[index], given)
            self.typeset += 1
            if not any(remark.code in NEVER_KEPT for remark in part.remarks):
                self.keep(keys[index], part)
        return [part for part in found if part is not None]

    def find(self, key: str) -> Part | None:
        """The record of a part that was made before."""
        data = self.cache.get("part", key)
        if data is None:
            return None
        try:
            return part_from_bytes(data)
        except (ValueError, KeyError, TypeError):  # of another version of the tool with the same digest: cannot be, but costs nothing
            return None

    def keep(self, key: str, part: Part) -> None:
        """A part into the cache; its record last, so that what is found is whole."""
        self.cache.put("objects", key, part.objects)
        self.cache.put("words", key, json.dumps(part.words).encode())
        self.cache.put("part", key, part_to_bytes(part))

    def whole(self, job: Job, part: Part) -> Part:
        """The part with its objects; made again where the cache has lost them."""
        if part.objects:
            return part
        data = self.cache.get("objects", self.key(job))
        if data is not None:
            return replace(part, objects=data)
        again = _part(job, run_all([job], self.workers)[0])
        self.typeset += 1
        self.keep(self.key(job), again)
        return again

    def feet(self, recto: str, verso: str, language: str) -> Feet | Remark:
        """Running feet with those words, or why there are none."""
        job = FeetJob({"recto": recto, "verso": verso}, FEET_STYLES, self.workspace.root, language)
        key = digest(json.dumps([self.environment, job.feet, job.styles, language]).encode())
        if key in self._feet:
            return self._feet[key]
        data = self.cache.get("feet", key)
        if data is None:
            given = run_all([job], self.workers)[0]
            if isinstance(given, Failed):
                return given.remark
            self.cache.put("feet", key, feet_to_bytes(given))
        else:
            given = feet_from_bytes(data)
        self._feet[key] = given
        return self._feet[key]

    def program(self, face: Face, glyphs: frozenset[int]) -> bytes:
        """The file of a face with some glyphs only."""
        key = digest(face.digest.encode(), json.dumps(sorted(glyphs)).encode())
        data = self.cache.get("font", key)
        if data is None:
            file = self.workspace.find("fonts", face.file)
            if file is None:
                raise ValueError(f"the font {face.file} is gone")
            data = subset(file.read_bytes(), glyphs)
            self.cache.put("font", key, data)
        return data


NEVER_KEPT = ("P007", "P008", "P009")
"""Remarks of a run that may end otherwise next time."""


def _part(task: Task, given: Any) -> Part:
    return Part(task.name, 0, remarks=(given.remark,)) if isinstance(given, Failed) else given


def _digest_of(file: Path) -> str:
    try:
        return digest(file.read_bytes())
    except OSError:
        return ""
