"""Profiles that run on: one begins on the page on which another ends.  They are set as one part, and anew when one of them changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from monitorpub.content import json_digest
from monitorpub.diagnostics import Diagnostic, Found
from monitorpub.model import Profile
from monitorpub.model.volume import Volume
from monitorpub.number import Numbered
from monitorpub.parts import Request
from monitorpub.pipeline import Prepared
from monitorpub.remarks import diagnostic_of
from monitorpub.source import Source
from monitorpub.typeset.part import Job, Remark

WHY = "A page with two notes 1 at its foot would not say whose they are."


def layout_that_runs_on(numbered: Numbered) -> str:
    """The layout of a profile that can share pages with others of the same: its notes stand at an end.  Nothing for others."""
    return numbered.written.layout if isinstance(numbered.written, Profile) and numbered.layout.notes != "foot" else ""


def nothing_runs_on(source: Source, volume: Volume, layouts: Iterable[str]) -> Iterator[Diagnostic]:
    """G015 where profiles are to run on and none can; ``layouts`` are what :func:`layout_that_runs_on` gives."""
    if volume.start == "run-on" and not any(layouts):
        message = f"No profile of this volume can run on: all have notes at the foot of pages. {WHY}"
        yield source.at("G015", message, ("start",), "Write start: next-page, or use a layout with notes: end or notes: section.")


STYLE = "run-on.css"
"""The style of parts that hold several profiles, behind those of their layout."""


def run_of(name: str, requests: Sequence[Request]) -> Request:
    """The request for the part that holds the profiles of these requests."""

    def compose() -> Found[Job]:
        found = [request.compose() for request in requests]
        said = tuple(d for one in found for d in one.diagnostics)
        jobs = [one.value for one in found if one.value is not None]
        return Found(_joined(name, jobs) if len(jobs) == len(requests) else None, said)

    return Request(name, json_digest(name, STYLE, [request.key for request in requests]), compose)


def _joined(name: str, jobs: Sequence[Job]) -> Job:
    """One job: ids begin with the names of the profiles, and it may take as long as all of them."""
    first = jobs[0]
    return replace(
        first,
        name=name,
        html="",
        styles=(*first.styles, STYLE),
        notes=tuple((f"{job.name}/{note}", f"{job.name}/{call}") for job in jobs for note, call in job.notes),
        images=tuple(sorted({image for job in jobs for image in job.images})),
        limits=replace(first.limits, seconds=sum(job.limits.seconds for job in jobs)),
        placed=tuple((f"{job.name}/{note}", f"{job.name}/{section}") for job in jobs for note, section in job.placed),
        together=tuple((job.name, job.html) for job in jobs),
    )


def said_of(remark: Remark, profiles: Mapping[str, Prepared]) -> Diagnostic:
    """A remark on the line of the profile that it is about; where it names no element, of the first that has what it is about."""
    name, slash, element = remark.element.partition("/")
    if slash and name in profiles:
        return diagnostic_of(profiles[name], replace(remark, element=element))
    said = [diagnostic_of(one, remark) for one in profiles.values()]
    return next((one for one in said if one.place and one.place.line), said[0])
