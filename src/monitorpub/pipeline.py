"""The way of the data, step by step.  Read this file first.

1 read, 2 validate, 3 number, 4 compose, 5 typeset, 6 write.  The errors of a step are shown together, for all sources; the next step does
not start while there are any, and nothing is written before everything is typeset.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from monitorpub.citations.cite import cite
from monitorpub.diagnostics import Diagnostic, Found, has_errors
from monitorpub.read import Source, read, read_text
from monitorpub.standard import DEFAULT, Archival
from monitorpub.typeset.part import Limits
from monitorpub.validate import validate
from monitorpub.workspace import Workspace

if TYPE_CHECKING:
    from monitorpub.number import Numbered
    from monitorpub.parts import Progress


@dataclass(frozen=True)
class Prepared:
    """A source that was read, validated and numbered."""

    source: Source
    workspace: Workspace
    numbered: Numbered
    images: dict[str, str]


@dataclass(frozen=True)
class Built:
    """A PDF that was written."""

    file: Path
    pages: int
    notes: int
    size: int
    """Bytes."""
    seconds: float
    """What typesetting its part took, now or when it was put into the cache."""


def prepare(file: Path) -> Found[Prepared]:
    """Steps 1 to 3 for one source."""
    return _prepare(read(file))


def prepare_text(text: str, file: Path) -> Found[Prepared]:
    """Steps 1 to 3 for a source whose text is in hand."""
    return _prepare(read_text(text, file))


def _prepare(source: Found[Source]) -> Found[Prepared]:
    if not source.ok or source.value is None:
        return Found(None, source.diagnostics)
    workspace = Workspace.of(source.value.file)
    profile = validate(source.value)
    said = (*source.diagnostics, *profile.diagnostics)
    if profile.value is None:
        return Found(None, said)
    from monitorpub.images import find_images  # after the first errors: an editor should not wait for these
    from monitorpub.layouts import load_layout
    from monitorpub.number import number

    layout = load_layout(source.value, profile.value.layout, profile.value.language, workspace)
    said += layout.diagnostics
    if layout.value is None:
        return Found(None, said)
    numbered = number(source.value, profile.value, layout.value)
    said += numbered.diagnostics
    if numbered.value is None:
        return Found(None, said)
    cited = cite(source.value, numbered.value, workspace)
    images = find_images(source.value, numbered.value, workspace)
    said += (*cited.diagnostics, *images.diagnostics)
    return Found(Prepared(source.value, workspace, numbered.value, images.value or {}), said)


def check(files: Sequence[Path]) -> tuple[list[Prepared], list[Diagnostic]]:
    """Steps 1 to 3 for all sources, with everything there is to say about them."""
    found = [prepare(file) for file in files]
    prepared = [f.value for f in found if f.value is not None]
    said = [d for f in found for d in f.diagnostics]
    if prepared:
        from monitorpub.references import resolve

        said += resolve(prepared)
    return prepared, list(dict.fromkeys(said))


def build(
    files: Sequence[Path],
    folder: Path,
    workers: int = 0,
    progress: Progress | None = None,
    limits: Limits | None = None,
    said: Sequence[Diagnostic] = (),
    cached: bool = True,
    archival: Archival = DEFAULT,
) -> tuple[list[Built], list[Diagnostic]]:
    """All steps for all sources: one PDF each in ``folder``.  After any error nothing is written.

    ``said`` is what there was to say about the sources before; ``cached`` says whether parts may come from the cache.
    """
    from monitorpub.parts import presses
    from monitorpub.produce import plan, targets, typeset, write  # what only building needs stays out of checking

    outputs, found = targets(files, folder)
    prepared, more = check(files)
    said = [*said, *found, *more]
    if has_errors(said):
        return [], said
    jobs, found = plan(prepared, limits)
    said += found
    if has_errors(said):
        return [], said
    press = presses(workers, cached=cached, archival=archival)
    made, found = typeset(prepared, jobs, press, progress)
    said += found
    if has_errors(said):
        return [], said
    built, found = write(prepared, made, outputs, press)
    return built, said + found + press.said()
