"""The commands as functions (``check``, ``build``, ``compile``, ``verify``, ``import_file``, ``export``), each with a report as its end.

They raise nothing for what is wrong with a source or a PDF: that is in the report.  They raise ValueError for a call that means nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from monitorpub.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from monitorpub.importing.pandoc.scanned import Changes
    from monitorpub.verifying import Verified

__all__ = [
    "BuildReport",
    "BuiltFile",
    "CheckReport",
    "CompileReport",
    "ExportReport",
    "ImportReport",
    "Report",
    "VerifyReport",
    "build",
    "check",
    "compile",
    "export",
    "import_file",
    "verify",
]

AnyPath = str | os.PathLike[str]


@dataclass(frozen=True)
class Report:
    """What a command found.  As text it is what an editor reads: the diagnostics, and a closing line for each thing that was done."""

    diagnostics: tuple[Diagnostic, ...]

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The diagnostics that are errors."""
        return tuple(d for d in self.diagnostics if d.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """The diagnostics that are warnings."""
        return tuple(d for d in self.diagnostics if d.severity is Severity.WARNING)

    @property
    def ok(self) -> bool:
        """Whether there is no error."""
        return not self.errors

    @property
    def closing(self) -> tuple[str, ...]:
        """The lines that say what was done."""
        return ()

    def __str__(self) -> str:
        from monitorpub.report import as_text

        return as_text(self.diagnostics) + "".join(f"{line}\n" for line in self.closing)


@dataclass(frozen=True)
class CheckReport(Report):
    """The outcome of ``check``."""

    sources: tuple[Path, ...] = ()
    """The profiles and volumes that could be read to the end."""
    notes: int = 0
    counted: str = ""
    """What was read, in words."""

    @property
    def closing(self) -> tuple[str, ...]:
        """How many profiles, chapters and notes were read."""
        return (f"{self.counted}: {'no errors' if self.ok else 'not all right'}.",)


@dataclass(frozen=True)
class BuiltFile:
    """A PDF that was written."""

    file: Path
    source: Path
    pages: int
    notes: int
    seconds: float


@dataclass(frozen=True)
class BuildReport(Report):
    """The outcome of ``build``.  After an error there are no files."""

    files: tuple[BuiltFile, ...] = ()

    @property
    def closing(self) -> tuple[str, ...]:
        """The PDFs."""
        from monitorpub.report import counted

        return tuple(f"{one.file}  {counted(one.pages, 'page')}, {counted(one.notes, 'note')}, {one.seconds:.1f} s" for one in self.files)


@dataclass(frozen=True)
class CompileReport(Report):
    """The outcome of ``compile``.  After an error there are no files."""

    files: tuple[Path, ...] = ()
    """The PDFs that are there now: the volume, and then, if they were asked for, those of its profiles."""
    pages: int = 0
    """Of the volume."""
    notes: int = 0
    """Of the volume, in all its chapters and profiles."""
    typeset: int = 0
    """How many parts were typeset."""
    cached: int = 0
    """How many parts came from the cache."""
    seconds: float = 0
    lines: tuple[str, ...] = ()

    @property
    def closing(self) -> tuple[str, ...]:
        """The PDFs, the volume last."""
        return self.lines


@dataclass(frozen=True)
class VerifyReport(Report):
    """The outcome of ``verify``."""

    files: tuple[Verified, ...] = ()

    @property
    def closing(self) -> tuple[str, ...]:
        """What was looked at in each file."""
        return tuple(one.closing for one in self.files)


@dataclass(frozen=True)
class ImportReport(Report):
    """The outcome of ``import_file``.  After an error there is no source, and nothing is written."""

    source: Path | None = None
    """The source: where it was written, or where it would be."""
    images: tuple[Path, ...] = ()
    """The files of its images, there or to be there, in the order of the text; each once."""
    written: bool = False
    """Whether they stand on the disk."""
    text: str = ""
    """The source as YAML."""
    lines: tuple[str, ...] = ()

    @property
    def closing(self) -> tuple[str, ...]:
        """What was recognised, lost, guessed, changed and left out; and what was written."""
        return self.lines


@dataclass(frozen=True)
class ExportReport(Report):
    """The outcome of ``export``.  After an error there is no file."""

    file: Path | None = None

    @property
    def closing(self) -> tuple[str, ...]:
        """The file."""
        return () if self.file is None else (f"{self.file}  written",)


def check(*sources: AnyPath, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> CheckReport:
    """Check sources (profiles, volumes or folders of them) without typesetting them: fields, values, notes, links, images and the rules.

    ``select`` and ``ignore`` choose rules, by code, the beginning of a code, or name.
    """
    from monitorpub.checking.command import check_sources
    from monitorpub.checking.run import unknown
    from monitorpub.gathering import gather

    select, ignore = list(select), list(ignore)
    if strange := unknown([*select, *ignore]):
        raise ValueError(f"There is no rule {strange[0]!r}.")
    files, said = gather(_paths(sources), volumes=True)
    checking = check_sources(files, select=select, ignore=ignore)
    read = tuple(dict.fromkeys(manuscript.file for manuscript in checking.manuscripts))
    return CheckReport((*said, *checking.diagnostics), read, sum(len(m.notes) for m in checking.manuscripts), checking.counted)


def build(
    *sources: AnyPath, output: AnyPath = "dist", jobs: int = 0, cached: bool = True, standard: str = "ua-1+a-3a", attach: bool = True
) -> BuildReport:
    """Build the PDF of each source into the folder ``output``.  After any error nothing is written.

    ``jobs`` is how many to typeset at once; 0 means one per processor.  ``cached`` says whether the cache of the workspace is used.
    ``standard`` is what the files keep, ``ua-1+a-3a`` or ``ua-2+a-4f`` (ValueError for others); ``attach`` says whether the source and
    the tables of each profile are attached to its PDF.
    """
    from monitorpub import pipeline
    from monitorpub.gathering import gather
    from monitorpub.standard import Archival, parse_standard

    archival = Archival(parse_standard(standard), attach)
    files, said = gather(_paths(sources))
    built, found = pipeline.build(files, Path(output), jobs, said=said, cached=cached, archival=archival)
    pairs = zip(files, built, strict=True) if built else ()
    done = tuple(BuiltFile(one.file, source, one.pages, one.notes, one.seconds) for source, one in pairs)
    return BuildReport(tuple(found), done)


def compile(
    volume: AnyPath,
    output: AnyPath | None = None,
    *,
    jobs: int = 0,
    cached: bool = True,
    profiles: bool = False,
    standard: str = "ua-1+a-3a",
    attach: bool = True,
) -> CompileReport:
    """Compile a volume, its profiles and its matter, to one PDF; without ``output``, to dist/ under the name of the volume.

    ``profiles`` also writes the PDFs of its profiles, beside it.  After any error nothing is written.  ``jobs`` is how many parts to
    typeset at once; 0 means one per processor.  ``cached`` says whether the cache of the workspace is used.  ``standard`` and ``attach``
    are those of ``build``; the volume has the sources and the tables of all its profiles.
    """
    from monitorpub.standard import Archival, parse_standard
    from monitorpub.volume.command import compile_file

    archival = Archival(parse_standard(standard), attach)
    target = Path(output) if output is not None else None
    into = output is not None and os.fspath(output).endswith(("/", os.sep))
    found = compile_file(Path(volume), target, workers=jobs, cached=cached, into=into, with_profiles=profiles, archival=archival)
    done = found.value
    if done is None:
        return CompileReport(found.diagnostics)
    counts = done.counts[done.file]
    return CompileReport(
        found.diagnostics, tuple(done.counts), counts.pages, counts.notes, done.typeset, done.cached, done.seconds, tuple(done.lines)
    )


def verify(*files: AnyPath, accessible: bool = False) -> VerifyReport:
    """Prove finished PDFs: notes, links, fonts, words on the paper, folios, outline, structure.

    With ``accessible`` each file of the report has in ``aloud`` what a screen reader meets, line by line.
    """
    from monitorpub.verifying import verify_file

    found = tuple(verify_file(file, accessible=accessible) for file in _paths(files))
    return VerifyReport(tuple(d for one in found for d in one.diagnostics), found)


def import_file(
    document: AnyPath,
    output: AnyPath | None = None,
    *,
    layout: str = "",
    changes: str = "refuse",
    sources: bool = False,
    dry_run: bool = False,
    force: bool = False,
) -> ImportReport:
    """Import a document (Word, OpenDocument, RTF, HTML, Markdown or text) as a source in YAML, with its images.

    ``output`` is the source or its folder; without it, the source stands beside the document, with its name.  ``layout`` is guessed where
    it is empty.  ``changes`` says what becomes of changes that are tracked in a Word file: ``refuse``, ``accept`` or ``reject`` (ValueError
    for others).  ``sources`` turns notes into records of sources, where the pattern is sure.  With ``dry_run`` nothing is written; a file
    is written over with ``force`` only.
    """
    from monitorpub.importing.command import run_import

    kinds: dict[str, Changes] = {"refuse": "refuse", "accept": "accept", "reject": "reject"}
    if changes not in kinds:
        raise ValueError(f"Tracked changes are to be one of {', '.join(kinds)}, and not {changes!r}.")
    target = Path(output) if output is not None else None
    found = run_import(Path(document), layout=layout, output=target, changes=kinds[changes], sources=sources, dry_run=dry_run, force=force)
    one = found.value
    if one is None or any(d.severity is Severity.ERROR for d in found.diagnostics):
        return ImportReport(found.diagnostics, lines=one.lines if one is not None else ())
    return ImportReport(found.diagnostics, one.target, tuple(image.target for image in one.images), one.written, one.text, one.lines)


def export(source: AnyPath, output: AnyPath | None = None, *, to: str = "docx", force: bool = False) -> ExportReport:
    """Export a profile as a copy for review, a Word file; without ``output``, beside the source, with its name.

    ``to`` is the kind of file, ``docx`` (ValueError for others).  Only with ``force`` is a file written over.
    """
    from monitorpub.exporting.command import export_file

    if to != "docx":
        raise ValueError(f"A source can be exported as docx, and not as {to!r}.")
    found = export_file(Path(source), Path(output) if output is not None else None, force=force)
    return ExportReport(found.diagnostics, found.value)


def _paths(given: tuple[AnyPath, ...]) -> list[Path]:
    if not given:
        raise ValueError("Name at least one file or folder.")
    return [Path(one) for one in given]
