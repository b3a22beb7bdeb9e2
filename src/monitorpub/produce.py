"""Steps 4 to 6 for many sources at once: compose them, typeset them side by side, write what came out."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from monitorpub.bind.binding import bind
from monitorpub.bind.plan import Binding, Labels, Piece
from monitorpub.compose import Document, compose
from monitorpub.diagnostics import Diagnostic, Place, has_errors
from monitorpub.drafts import draft
from monitorpub.model import Profile
from monitorpub.number import Steps
from monitorpub.parts import Press, Progress
from monitorpub.pipeline import Built, Prepared
from monitorpub.references import prints_pages
from monitorpub.text.references import Printed
from monitorpub.typeset.part import Job, Limits, Part, Remark
from monitorpub.validate import walk_sections, walk_tables
from monitorpub.workspace import Workspace

Presses = Callable[[Workspace], Press]
Side = Literal["recto", "verso"]


@dataclass(frozen=True)
class Typeset:
    """A job and its part."""

    job: Job
    part: Part


def targets(files: Sequence[Path], folder: Path) -> tuple[dict[Path, Path], list[Diagnostic]]:
    """Where the PDF of each source goes.  Two sources must not go to the same file (F005)."""
    outputs: dict[Path, Path] = {}
    said: list[Diagnostic] = []
    for file in files:
        output = folder / f"{file.stem}.pdf"
        other = next((f for f, o in outputs.items() if str(o).lower() == str(output).lower()), None)
        if other is not None:
            said.append(
                Diagnostic(
                    "F005",
                    f"{file} and {other} would both be written to {output}.",
                    Place(file),
                    hint="Rename one of them, or build them into two folders.",
                )
            )
        outputs[file] = output
    return outputs, said


def job_of(one: Prepared, document: Document, limits: Limits | None = None, side: Side = "recto") -> Job:
    """What the typesetter is asked for."""
    notes = tuple((note.id, note.calls[0].id) for note in one.numbered.notes)
    images = tuple(sorted(set(one.images.values())))
    return Job(document.name, document.html, document.styles, one.workspace.root, notes, images, limits or Limits(), side)


def plan(prepared: Sequence[Prepared], limits: Limits | None) -> tuple[list[Job], list[Diagnostic]]:
    """The jobs for the typesetter."""
    jobs: list[Job] = []
    said: list[Diagnostic] = []
    for one in prepared:
        found = compose(one.numbered, one.images, one.workspace, one.source.file.stem)
        said += found.diagnostics
        if found.value is not None:
            jobs.append(job_of(one, found.value, limits))
    return jobs, said


def typeset(
    prepared: Sequence[Prepared], jobs: Sequence[Job], presses: Presses, progress: Progress | None
) -> tuple[list[Typeset], list[Diagnostic]]:
    """The parts, and what the engine and the audit found, each on its line of the source.

    A profile that prints the folios of its own places is set again with them, until they stay; gives B003 where they never do.
    """
    made = [Typeset(job, part) for job, part in _through_presses(prepared, jobs, presses, progress)]
    said: list[Diagnostic] = []
    for index, one in enumerate(prepared):
        addresses = sorted(address for address in prints_pages(one.numbered) if address.startswith("#"))
        for _ in range(ROUNDS if addresses else 0):
            folios = _own_folios(one, made[index].part, addresses)
            document = compose(one.numbered, one.images, one.workspace, one.source.file.stem, folios).value
            assert document is not None  # it was composed before
            job = replace(made[index].job, html=document.html)
            if job == made[index].job:
                break
            made[index] = Typeset(job, presses(one.workspace).parts([job])[0])
        else:
            if addresses:
                said.append(one.source.at("B003", f"The page of {addresses[0]} moves whenever its number is printed.", ()))
        said += [diagnostic_of(one, remark) for remark in made[index].part.remarks]
    return made, said


ROUNDS = 3
"""How often a part is set again with the folios that it prints."""


def _own_folios(one: Prepared, part: Part, addresses: Sequence[str]) -> dict[str, Printed]:
    pages = {address: part.anchors[address[1:]].page for address in addresses if address[1:] in part.anchors}
    known = one.numbered.printed
    return {address: replace(known.get(address, Printed()), folio=str(page)) for address, page in pages.items()}


def _through_presses(
    prepared: Sequence[Prepared], jobs: Sequence[Job], presses: Presses, progress: Progress | None
) -> Iterator[tuple[Job, Part]]:
    """Each job with its part; those of a workspace together."""
    parts: dict[int, Part] = {}
    by_workspace: dict[Workspace, list[int]] = {}
    for index, one in enumerate(prepared):
        by_workspace.setdefault(one.workspace, []).append(index)
    for workspace, indices in by_workspace.items():
        parts |= zip(indices, presses(workspace).parts([jobs[i] for i in indices], progress), strict=True)
    yield from ((job, parts[index]) for index, job in enumerate(jobs))


def bound_alone(one: Prepared, made: Typeset, press: Press) -> bytes | Remark:
    """The PDF of one profile, its pages counted from 1."""
    profile = one.numbered.written
    assert isinstance(profile, Profile)
    volume = f"{profile.volume} {profile.edition}"
    feet = press.feet(profile.site or profile.volume, volume, profile.language)
    if isinstance(feet, Remark):
        return feet
    part = press.whole(made.job, made.part)
    folios = tuple(str(page) for page in range(1, part.pages + 1))
    day = profile.last_updated.isoformat()
    binding = Binding(part.title, part.language, profile.volume, day, (Piece(part, folios, 0, feet),), (Labels(0, "D"),))
    return bind(binding, press.program)


def diagnostic_of(one: Prepared, remark: Remark) -> Diagnostic:
    """A remark of the engine or the audit on its line of the source."""
    for note in one.numbered.notes:
        if remark.element == note.id:
            call = note.calls[0]
            message = remark.message.replace("The note ", f"The note {note.label!r} (number {note.mark}) ", 1)
            if remark.code == "P002":
                return one.source.at(remark.code, message, call.path, remark.hint, needle=f"[^{note.label}]", nth=call.nth)
            return one.source.at(remark.code, message, ("notes", note.label), remark.hint, key=True)
    for name, steps, key in _elements(one):
        if remark.element == name:
            message = remark.message.replace(" a table is too wide:", f" the table {name!r} is too wide:", 1)
            return one.source.at(remark.code, message, steps, remark.hint, key=key)
    if match := re.search(r"sign (.) \(U\+", remark.message):
        offset = one.source.text.find(match[1])
        if offset >= 0:
            return Diagnostic(remark.code, remark.message, one.source.place_at(offset), hint=remark.hint)
    return Diagnostic(remark.code, remark.message, Place(one.source.file), hint=remark.hint)


def _elements(one: Prepared) -> Iterator[tuple[str, Steps, bool]]:
    """The ids of tables, their notes, recommendations and sections, each with its path, and whether its key is meant."""
    numbered = one.numbered
    for table, steps in walk_tables(numbered.profile):
        yield table.id, (*steps, "table"), False
        for note in numbered.table_notes.get(steps, ()):
            yield note.id, (*steps, "notes", note.label), True
    for index, item in enumerate(numbered.profile.recommendations):
        yield f"recommendation-{item.id}", ("recommendations", index, "text"), False
    for section, steps in walk_sections(numbered.profile.sections):
        yield section.anchor, (*steps, "title"), False


def write(
    prepared: Sequence[Prepared], made: Sequence[Typeset], outputs: dict[Path, Path], presses: Presses
) -> tuple[list[Built], list[Diagnostic]]:
    """Bind and write all PDFs: none is ever half there, and after an error none is new."""
    files: dict[Path, bytes] = {}
    said: list[Diagnostic] = []
    for one, typeset in zip(prepared, made, strict=True):
        data = bound_alone(one, typeset, presses(one.workspace))
        if isinstance(data, Remark):
            said.append(Diagnostic("B004", data.message, Place(one.source.file), hint=data.hint))
        else:
            files[outputs[one.source.file]] = data
    said += [] if said else write_files(files)
    if has_errors(said):
        return [], said
    built = [
        Built(outputs[one.source.file], t.part.pages, len(one.numbered.notes), len(files[outputs[one.source.file]]), t.part.seconds)
        for one, t in zip(prepared, made, strict=True)
    ]
    return built, said


def write_files(files: Mapping[Path, bytes]) -> list[Diagnostic]:
    """Write to temporary files beside the targets, then rename them.  Gives F006 for those that cannot be written.

    All temporary files are written, and all targets looked at, before the first is renamed; whatever happens, none is left behind.
    """
    drafts: list[tuple[Path, Path]] = []
    said: list[Diagnostic] = []
    try:
        for target, data in files.items():
            try:
                if target.is_dir():
                    raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
                drafts.append((draft(target, data), target))
            except OSError as error:
                said.append(_cannot_write(target, error))
        if said:
            return said
        for temporary, target in drafts:
            try:
                os.replace(temporary, target)
            except OSError as error:  # the disk went away between looking and renaming
                return [_cannot_write(target, error)]
        return []
    finally:
        for temporary, _ in drafts:
            temporary.unlink(missing_ok=True)


def _cannot_write(target: Path, error: OSError) -> Diagnostic:
    return Diagnostic(
        "F006", f"{target} could not be written: {error.strerror or error}.", Place(target), hint="What was there before is untouched."
    )
