"""What ``monitorpub import`` does: read a document, arrange it as a profile, write the source and say what happened."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from monitorpub.diagnostics import Diagnostic, Found, Place, has_errors
from monitorpub.files import load
from monitorpub.importing.arranging import Arranged, arrange
from monitorpub.importing.document import Document
from monitorpub.importing.document import images as images_of
from monitorpub.importing.known import guessed_layout
from monitorpub.importing.pictures import Kept, keep_images, wanting_words
from monitorpub.importing.report import report_text
from monitorpub.importing.saving import cannot_write, write_source
from monitorpub.importing.written import yaml_of
from monitorpub.layouts import Layout, load_layout
from monitorpub.model.scalars import slug
from monitorpub.report import counted
from monitorpub.source import Source
from monitorpub.workspace import Workspace

if TYPE_CHECKING:
    from monitorpub.importing.pandoc.scanned import Changes

_SOURCES = (".yaml", ".yml")


@dataclass(frozen=True)
class Imported:
    """An import: the source as text, and where it is to stand."""

    document: Document
    arranged: Arranged
    text: str
    report: str
    target: Path
    images: tuple[Kept, ...] = ()
    written: bool = False

    @property
    def lines(self) -> tuple[str, ...]:
        """What an editor reads: the report, and what was written."""
        done = f"{self.target}  written; now look at it, and run: monitorpub check {self.target}"
        return (*self.report.splitlines(), *(["", done] if self.written else []))


def import_file(
    file: Path, *, layout: str = "", output: Path | None = None, changes: Changes = "refuse", sources: bool = False
) -> Found[Imported]:
    """Read a document and arrange it; nothing is written.  ``layout`` is guessed where it is empty.

    ``changes`` says what becomes of changes that were tracked in a Word file; ``sources`` turns notes into records where that is sure.

    Gives what the readers give, F001 and F003 for the file, I008 and F006 for the target, and L001 for a layout that does not exist.
    """
    from monitorpub.importing.formats import most_bytes, read_document

    data = load(file, most_bytes, "report")
    if isinstance(data, Diagnostic):
        return Found(None, (data,))
    target = target_of(file, output)
    if (wrong := _wrong_target(file, target)) is not None:
        return Found(None, (wrong,))
    read = read_document(data, file, changes)
    if read.value is None:
        return Found(None, read.diagnostics)
    document = read.value
    settings = _settings(layout or guessed_layout(document)[0], document.language, target, chosen=bool(layout))
    if has_errors(settings.diagnostics):
        return Found(None, (*read.diagnostics, *settings.diagnostics))
    images = keep_images(document, target)
    arranged = arrange(document, layout, file, settings.value)
    comment = f"Imported from {file.name}."
    if sources:
        from monitorpub.importing.sources import with_sources

        arranged.fields, cited = with_sources(arranged.fields, target, comment)
        cite = "cites a record" if cited == 1 else "cite records"
        words = f"{counted(cited, 'note')} of {len(document.notes)} {cite}; others stay text"
        document.say("changed", 0, words)
    text = yaml_of(arranged.fields, comment)
    for image, line in wanting_words(text, list(images_of(document.blocks))):
        words = f"words for those who cannot see the image {image.path}, in its square brackets on line {line} of the source"
        document.say("wanted", image.line, f"{words}; until then, check reports it (T006)")
    report = report_text(str(file), document, arranged, images)
    return Found(Imported(document, arranged, text, report, target, tuple(images)), read.diagnostics)


def target_of(file: Path, output: Path | None) -> Path:
    """The source that is written: ``output``, or in that folder, or beside the file, with its name.

    A name without an ending is that of a folder, unless a file has it.
    """
    name = f"{slug(file.stem) or 'imported'}.yaml"
    if output is None:
        return file.with_name(name)
    # unlike those of a path, these bear a name that the system refuses: writing says why
    return output / name if os.path.isdir(output) or not (output.suffix or os.path.exists(output)) else output


def _wrong_target(file: Path, target: Path) -> Diagnostic | None:
    """I008: what would be written is the document itself, by whatever name, or no source.  F006: it has a name that no system has."""
    try:
        os.path.realpath(target)
    except ValueError as error:
        return cannot_write(target, error)
    if _is_same(file, target):
        hint = "Choose another name with -o: even --force does not write over the document."
        return Diagnostic("I008", f"{target} is the document itself, and stays as it is.", Place(target), hint=hint)
    if target.suffix.lower() not in _SOURCES:
        hint = f"Type -o {target.with_suffix('.yaml')}; a PDF is made of it by: monitorpub build {target.with_suffix('.yaml')}"
        return Diagnostic("I008", f"{target} is no name of a source: import writes YAML.", Place(target), hint=hint)
    return None


def _is_same(file: Path, target: Path) -> bool:
    try:
        return target.exists() and file.samefile(target)
    except OSError:
        return False


def run_import(
    file: Path,
    *,
    layout: str = "",
    output: Path | None = None,
    changes: Changes = "refuse",
    sources: bool = False,
    dry_run: bool = False,
    force: bool = False,
) -> Found[Imported]:
    """Import a document, and write the source with its images, unless it is a ``dry_run``.

    What is given says in ``written`` whether it stands on the disk.  Gives what :func:`import_file` and
    :func:`monitorpub.importing.saving.write_source` give.
    """
    found = import_file(file, layout=layout, output=output, changes=changes, sources=sources)
    if found.value is None or dry_run:
        return found
    one = found.value
    said = write_source(one.target, one.text, one.images, force=force)
    return Found(one if said else replace(one, written=True), (*found.diagnostics, *said))


def _settings(layout: str, language: str, target: Path, *, chosen: bool) -> Found[Layout]:
    """The settings of the layout.  One that was chosen must be there; one that was guessed need not."""
    source = Source.of("", target)
    found = load_layout(source, layout, language, Workspace.of(target))
    if found.value is not None or not chosen:
        return Found(found.value)
    return Found(None, tuple(Diagnostic(one.code, one.message, None, "", one.hint) for one in found.diagnostics))
