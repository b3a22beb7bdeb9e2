"""The command ``monitorpub``.  Functions here declare; the work is imported inside them, so that --help is instant."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from monitorpub import __version__

if TYPE_CHECKING:
    from monitorpub.diagnostics import Diagnostic

SLOW = 1.0
"""Seconds after which a command shows how far it is."""


def sources(command: Callable[..., Any]) -> Callable[..., Any]:
    """The argument SOURCE..., shared by the commands that read profiles."""
    return click.argument("sources", nargs=-1, required=True, metavar="SOURCE...", type=click.Path(path_type=Path))(command)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="monitorpub")
def main() -> None:
    """Country profiles in YAML become PDFs that could go to print."""


@main.command()
@sources
@click.option(
    "-o",
    "--output",
    "folder",
    default="dist",
    show_default=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder for the PDFs.",
)
@click.option("--jobs", default=0, type=click.IntRange(0, 64), help="How many to typeset at once.  [default: one per processor]")
@click.option("--quiet", is_flag=True, help="Say nothing unless something is wrong.")
def build(sources: tuple[Path, ...], folder: Path, jobs: int, quiet: bool) -> None:
    """Build the PDF of each SOURCE, a profile or a folder of profiles.

    After any error nothing is written, and what was built earlier stays as it was.
    """
    from monitorpub.pipeline import build

    files, said = _files(sources)
    with _Progress(len(files), quiet=quiet) as progress:
        built, found = build(files, folder, jobs, progress.done, said=said)
    _show(found)
    if not quiet:
        for one in built:
            click.echo(
                f"{one.file}  {one.part.pages} pages, {one.notes} notes, {len(one.part.pdf) / 1000:.0f} kB, {one.part.seconds:.1f} s"
            )


@main.command()
@sources
@click.option("--quiet", is_flag=True, help="Say nothing unless something is wrong.")
def check(sources: tuple[Path, ...], quiet: bool) -> None:
    """Check each SOURCE without typesetting it: fields, values, notes, links, images."""
    from monitorpub.pipeline import check

    files, said = _files(sources)
    prepared, found = check(files)
    _show([*said, *found])
    if not quiet:
        notes = sum(len(one.numbered.notes) for one in prepared)
        click.echo(f"{len(prepared)} {'profile' if len(prepared) == 1 else 'profiles'}, {notes} notes: nothing wrong.")


@main.command()
@click.option("-o", "--output", "file", type=click.Path(path_type=Path, dir_okay=False), help="Write it to a file.")
def schema(file: Path | None) -> None:
    """Print the JSON Schema of a profile, for editors that check while you type."""
    from monitorpub.schema import schema_text

    if file is None:
        click.echo(schema_text(), nl=False)
        return
    from monitorpub.produce import draft

    try:
        draft(file, schema_text().encode()).replace(file)
    except OSError as error:
        raise click.ClickException(f"{file} could not be written: {error.strerror}.") from None


@main.command()
def info() -> None:
    """Print the versions of all that matters in a bug report."""
    from monitorpub.about import versions

    for name, version in versions():
        click.echo(f"{name:<22}{version}")


def _files(sources: Sequence[Path]) -> tuple[list[Path], list[Diagnostic]]:
    """The sources, each once; a folder means all its profiles."""
    from monitorpub.diagnostics import Diagnostic, Place

    files: dict[Path, Path] = {}
    said: list[Diagnostic] = []
    for source in sources:
        inside = _profiles_in(source) if _is_folder(source) else [source]
        if not inside:
            message = f"There is no profile in the folder {source}."
            said.append(Diagnostic("F002", message, Place(source), hint="A profile is a file that ends in .yaml"))
        for file in inside:
            files.setdefault(Path(os.path.abspath(file)), file)
    return list(files.values()), said


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name too long for the system: the reader will say so
        return False


def _profiles_in(folder: Path) -> list[Path]:
    found = (file for file in folder.rglob("*") if file.suffix in (".yaml", ".yml"))
    return sorted(file for file in found if not any(part.startswith(".") for part in file.relative_to(folder).parts))


def _show(diagnostics: Sequence[Diagnostic]) -> None:
    """Print what there is to say, and leave with 1 after an error."""
    from monitorpub.diagnostics import has_errors
    from monitorpub.report import as_text

    if diagnostics:
        click.echo(as_text(diagnostics, colour=sys.stderr.isatty()), err=True, nl=False)
    if has_errors(diagnostics):
        sys.exit(1)


class _Progress:
    """A bar on a terminal, plain lines elsewhere; only when the work takes longer than a second."""

    def __init__(self, total: int, *, quiet: bool) -> None:
        self._total, self._quiet, self._done = total, quiet, 0
        self._bar: Any = None

    def __enter__(self) -> _Progress:
        import time

        self._started = time.monotonic()
        if not self._quiet and self._total and sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import Progress

            self._bar = Progress(console=Console(stderr=True), transient=True)
            self._bar.start()
            self._task = self._bar.add_task("Typesetting", total=self._total)
        return self

    def done(self, part: Any) -> None:
        """One more part is typeset."""
        import time

        self._done += 1
        if self._bar is not None:
            self._bar.update(self._task, completed=self._done, description=f"Typesetting {part.name}")
        elif not self._quiet and self._total > 1 and time.monotonic() - self._started > SLOW:
            click.echo(f"[{self._done}/{self._total}] {part.name}", err=True)

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()
