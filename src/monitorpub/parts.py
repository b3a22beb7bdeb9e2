"""Parts from the cache, or typeset: step 5 as the steps round it see it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from monitorpub.bind.objects import Objects
from monitorpub.bind.stamps import Feet
from monitorpub.bind.subset import subset
from monitorpub.cache import Cache
from monitorpub.content import digest, file_digest
from monitorpub.diagnostics import Diagnostic, Found, has_errors
from monitorpub.environment import environment
from monitorpub.kept import WRONG
from monitorpub.standard import DEFAULT, Archival
from monitorpub.typeset.part import Face, FeetJob, Job, Part, Remark
from monitorpub.typeset.record import feet_from_bytes, feet_to_bytes, part_from_bytes, part_to_bytes
from monitorpub.workers import Failed, Task, run_all
from monitorpub.workspace import Workspace

FEET_STYLES = ("tokens.css", "fonts.css", "page.css", "feet.css")
"""What sets running feet; a workspace overrides any of them by name."""

Progress = Callable[[str, int, int, bool], None]
"""Is told each part: its name, the how-many-th it is, of how many, and whether it came from the cache."""


@dataclass(frozen=True)
class Request:
    """A part that is wanted: the digest of all that makes it, and how to compose it where nothing is in the cache under that name."""

    name: str
    key: str
    compose: Callable[[], Found[Job]]


@dataclass(frozen=True)
class Made:
    """A part, its name in the cache, and the request that it answers."""

    part: Part
    key: str
    request: Request


class Presses:
    """A press for each workspace, made when it is first asked for."""

    def __init__(self, workers: int, *, cached: bool, archival: Archival) -> None:
        self._workers, self._cached, self._archival = workers, cached, archival
        self._presses: dict[Workspace, Press] = {}

    def __call__(self, workspace: Workspace) -> Press:
        """The press of a workspace.  A folder that nobody marked as one gets no cache on its disk."""
        if workspace not in self._presses:
            cache = Cache.of(workspace.root) if self._cached and workspace.marked else MEMORY
            self._presses[workspace] = Press(workspace, cache, self._workers, self._archival)
        return self._presses[workspace]

    def said(self) -> list[Diagnostic]:
        """What the caches have to say; called at the end, when old entries can go."""
        for press in self._presses.values():
            press.cache.sweep()
        return [d for press in self._presses.values() for d in press.cache.said]


def presses(workers: int = 0, *, cached: bool = True, archival: Archival = DEFAULT) -> Presses:
    """Presses with that many workers, for files of that kind."""
    return Presses(workers, cached=cached, archival=archival)


MEMORY = Cache(None)


@dataclass
class Press:
    """Makes parts, running feet and fonts for one workspace."""

    workspace: Workspace
    cache: Cache
    workers: int = 0
    archival: Archival = DEFAULT
    """By which standards its parts are typeset, and what is bound with them."""
    typeset: set[str] = field(default_factory=set)
    """The names of the parts that were typeset."""
    _environment: str = ""
    _feet: dict[str, Feet] = field(default_factory=dict)

    @property
    def environment(self) -> str:
        """The digest of what every page depends on."""
        if not self._environment:
            self._environment = environment(self.workspace)
        return self._environment

    def request(self, job: Job) -> Request:
        """The request for a document that is composed already."""
        return Request(job.name, self.key(job), lambda: Found(job))

    def key(self, job: Job) -> str:
        """The digest of all that makes the pages of a job, but for the standard."""
        images = [[name, file_digest(self.workspace.root / name)] for name in job.images]
        made_of = [self.environment, job.name, job.html, job.together, job.styles, job.notes, job.placed, job.side, images]
        return digest(json.dumps(made_of).encode())

    def _name(self, key: str) -> str:
        """The name in the cache of what is made for a digest: another standard may want other pages of the same words."""
        return digest(key.encode(), self.archival.standard.name.encode())

    def _job(self, job: Job) -> Job:
        return replace(job, standard=self.archival.standard)

    def parts(self, requests: Sequence[Request], progress: Progress | None = None) -> Found[list[Made]]:
        """What every request asks for, in their order; parts from the cache come without their objects, see ``whole``.

        Gives what composing had to say; then there is no value.
        """
        made: dict[int, Made] = {}
        jobs: dict[int, Job] = {}
        said: list[Diagnostic] = []
        for index, request in enumerate(requests):
            found = self._find(request)
            if found is None:
                composed = request.compose()
                said += composed.diagnostics
                if composed.value is None:
                    continue
                jobs[index] = self._job(composed.value)
                found = self._remember(request, self._name(self.key(composed.value)))
            if found is not None:
                made[index] = found
                jobs.pop(index, None)
        if has_errors(said):
            return Found(None, tuple(said))
        count = 0

        def tell(name: str, cached: bool) -> None:
            nonlocal count
            count += 1
            if progress is not None:
                progress(name, count, len(requests), cached)

        for one in made.values():
            tell(one.part.name, True)

        def done(task: Task, _: Any) -> None:
            tell(task.name, False)

        for index, given in zip(jobs, run_all(list(jobs.values()), self.workers, done), strict=True):
            part = _part(jobs[index], given)
            self.typeset.add(part.name)
            key = self._name(self.key(jobs[index]))
            made[index] = Made(part, key, requests[index])
            if not any(remark.code in NEVER_KEPT for remark in part.remarks):
                self._keep(key, part)
                self.cache.put("made", self._name(requests[index].key), key.encode())
        return Found([made[index] for index in range(len(requests))], tuple(said))

    def _find(self, request: Request) -> Made | None:
        """What was made for this request before."""
        key = self.cache.get("made", self._name(request.key))
        return self._part(key.decode("ascii", "replace"), request) if key else None

    def _remember(self, request: Request, key: str) -> Made | None:
        """What was made of the same document for another request."""
        made = self._part(key, request)
        if made is not None:
            self.cache.put("made", self._name(request.key), key.encode())
        return made

    def _part(self, key: str, request: Request) -> Made | None:
        data = self.cache.get("part", key)
        if data is None:
            return None
        try:
            return Made(part_from_bytes(data), key, request)
        except WRONG:  # written by hand, or by a tool that is not this one
            return None

    def _keep(self, key: str, part: Part) -> None:
        """A part into the cache; its record last, so that what is found is whole."""
        self.cache.put("objects", key, part.objects)
        self.cache.put("words", key, json.dumps(part.words).encode())
        self.cache.put("part", key, part_to_bytes(part))

    def whole(self, made: Made) -> Part:
        """The part with its objects; made again where the cache has lost them."""
        if made.part.objects:
            return made.part
        data = self.cache.get("objects", made.key)
        if data is not None and _are_objects(data):
            return replace(made.part, objects=data)
        return self._again(made)

    def words(self, made: Made) -> tuple[str, ...]:
        """The words of the part's pages; made again where the cache has lost them."""
        if made.part.words or not made.part.pages:
            return made.part.words
        data = self.cache.get("words", made.key)
        words = _words(data) if data is not None else None
        return words if words is not None and len(words) == made.part.pages else self._again(made).words

    def _again(self, made: Made) -> Part:
        job = made.request.compose().value
        assert job is not None  # it was composed before
        part = _part(job, run_all([self._job(job)], self.workers)[0])
        self.typeset.add(part.name)
        self._keep(made.key, part)
        return part

    def feet(self, recto: str, verso: str, language: str, edges: tuple[float, float]) -> Feet | Remark:
        """Running feet with those words for pages with those margins, or why there are none."""
        job = FeetJob({"recto": recto, "verso": verso}, FEET_STYLES, self.workspace.root, language, edges)
        key = digest(json.dumps([self.environment, job.feet, job.styles, language, edges]).encode())
        if key in self._feet:
            return self._feet[key]
        data = self.cache.get("feet", key)
        given: Any = _feet(data) if data is not None else None
        if given is None:
            given = run_all([job], self.workers)[0]
            if isinstance(given, Failed):
                return replace(given.remark, hint=f"They are set by the styles {', '.join(FEET_STYLES)}.")
            self.cache.put("feet", key, feet_to_bytes(given))
        self._feet[key] = given
        return self._feet[key]

    def program(self, face: Face, glyphs: frozenset[int]) -> bytes:
        """The file of a face with some glyphs only."""
        key = digest(self.environment.encode(), face.digest.encode(), json.dumps(sorted(glyphs)).encode())
        data = self.cache.get("font", key)
        if data is None or data[:4] not in FONTS:
            file = self.workspace.find("fonts", face.file)
            if file is None:
                raise ValueError(f"the font {face.file} is gone")
            data = subset(file.read_bytes(), glyphs)
            self.cache.put("font", key, data)
        return data


NEVER_KEPT = ("P007", "P008", "P009")
"""Remarks of a run that may end otherwise next time."""


FONTS = (b"\0\1\0\0", b"OTTO")
"""How the file of a font begins."""


def _are_objects(data: bytes) -> bool:
    try:
        return bool(Objects.from_bytes(data))
    except ValueError:
        return False


def _words(data: bytes) -> tuple[str, ...] | None:
    """The words of pages as they were kept; None for anything else."""
    try:
        words = json.loads(data)
    except ValueError:
        return None
    return tuple(words) if isinstance(words, list) and all(isinstance(one, str) for one in words) else None


def _feet(data: bytes) -> Feet | None:
    """Running feet as they were kept; None for anything else."""
    try:
        return feet_from_bytes(data)
    except WRONG:
        return None


def _part(task: Task, given: Any) -> Part:
    return Part(task.name, 0, remarks=(given.remark,)) if isinstance(given, Failed) else given
