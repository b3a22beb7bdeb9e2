"""Steps 4 to 6 for many sources at once: compose them, typeset them side by side, write what came out."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from monitorpub.compose import compose
from monitorpub.diagnostics import Diagnostic, Place, has_errors
from monitorpub.drafts import draft
from monitorpub.number import Steps
from monitorpub.pipeline import Built, Prepared
from monitorpub.typeset import Job, Limits, Part, Remark, typeset_all
from monitorpub.validate import walk_sections, walk_tables


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


def plan(prepared: Sequence[Prepared], limits: Limits | None) -> tuple[list[Job], list[Diagnostic]]:
    """The jobs for the typesetter."""
    jobs: list[Job] = []
    said: list[Diagnostic] = []
    for one in prepared:
        found = compose(one.numbered, one.images, one.workspace, one.source.file.stem)
        said += found.diagnostics
        if found.value is None:
            continue
        notes = tuple((note.id, note.calls[0].id) for note in one.numbered.notes)
        document = found.value
        jobs.append(Job(document.name, document.html, document.styles, one.workspace.root, notes, limits or Limits()))
    return jobs, said


def typeset(
    prepared: Sequence[Prepared], jobs: Sequence[Job], workers: int, progress: Callable[[Part], None] | None
) -> tuple[list[Part], list[Diagnostic]]:
    """The parts, and what the engine and the audit found, each on its line of the source."""
    parts = typeset_all(jobs, workers, progress)
    said = [_diagnostic(one, remark) for one, part in zip(prepared, parts, strict=True) for remark in part.remarks]
    return parts, said


def _diagnostic(one: Prepared, remark: Remark) -> Diagnostic:
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


def write(prepared: Sequence[Prepared], parts: Sequence[Part], outputs: dict[Path, Path]) -> tuple[list[Built], list[Diagnostic]]:
    """Write all PDFs to temporary files beside their targets, then rename them: none is ever half there.

    All temporary files are written, and all targets looked at, before the first is renamed; whatever happens, none is left behind.
    """
    drafts: list[tuple[Path, Path]] = []
    said: list[Diagnostic] = []
    built: list[Built] = []
    try:
        for one, part in zip(prepared, parts, strict=True):
            target = outputs[one.source.file]
            try:
                if target.is_dir():
                    raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
                drafts.append((draft(target, part.pdf), target))
            except OSError as error:
                said.append(_cannot_write(target, error))
        if has_errors(said):
            return [], said
        for (temporary, target), one, part in zip(drafts, prepared, parts, strict=True):
            os.replace(temporary, target)
            built.append(Built(target, part, len(one.numbered.notes)))
        return built, said
    except OSError as error:  # the disk went away between looking and renaming
        return built, [*said, _cannot_write(target, error)]
    finally:
        for temporary, _ in drafts:
            temporary.unlink(missing_ok=True)


def _cannot_write(target: Path, error: OSError) -> Diagnostic:
    return Diagnostic(
        "F006", f"{target} could not be written: {error.strerror or error}.", Place(target), hint="What was there before is untouched."
    )
