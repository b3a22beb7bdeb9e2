"""The command ``monitorpub``.  Functions here declare; the work is imported inside them, so that --help is instant."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from monitorpub import __version__
from monitorpub.options import folder, sources, typesetting
from monitorpub.progress import Progress

if TYPE_CHECKING:
    from monitorpub.diagnostics import Diagnostic
    from monitorpub.standard import Standard

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # it would look through every installed package for plug-ins


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
    callback=folder,
    help="The folder for the PDFs.",
)
@typesetting
def build(sources: tuple[Path, ...], folder: Path, jobs: int, standard: Standard, attach: bool, cached: bool, quiet: bool) -> None:
    """Build the PDF of each SOURCE, a profile or a folder of profiles.

    After any error nothing is written, and what was built earlier stays as it was.
    """
    from monitorpub.gathering import gather
    from monitorpub.pipeline import build
    from monitorpub.report import counted
    from monitorpub.standard import Archival

    files, said = gather(sources)
    with Progress(quiet=quiet) as progress:
        built, found = build(files, folder, jobs, progress.done, said=said, cached=cached, archival=Archival(standard, attach))
    _show(found)
    if not quiet:
        for one in built:
            what = f"{counted(one.pages, 'page')}, {counted(one.notes, 'note')}"
            click.echo(f"{one.file}  {what}, {one.size / 1000:.0f} kB, {one.seconds:.1f} s")


@main.command("compile")
@click.argument("volume", type=click.Path(path_type=Path))
@click.option("-o", "--output", "output", type=click.Path(), help="The PDF, or its folder.  [default: dist/, with the name of VOLUME]")
@click.option("--profiles", "with_profiles", is_flag=True, help="Write the PDFs of the single profiles beside it.")
@typesetting
def compile_(
    volume: Path, output: str | None, with_profiles: bool, jobs: int, standard: Standard, attach: bool, cached: bool, quiet: bool
) -> None:
    """Compile the annual report VOLUME: its profiles and its matter, bound into one PDF.

    What did not change since the last time comes from the cache, in a workspace: a folder with profiles/ or monitorpub.yaml in it.  After
    any error nothing is written.
    """
    from monitorpub.standard import Archival
    from monitorpub.volume.command import compile_file

    archival = Archival(standard, attach)
    file, into = Path(output) if output else None, (output or "").endswith(("/", os.sep))
    with Progress(quiet=quiet) as progress:
        found = compile_file(
            volume,
            file,
            workers=jobs,
            cached=cached,
            into=into,
            with_profiles=with_profiles,
            archival=archival,
            progress=progress.done,
        )
    _show(found.diagnostics)
    if found.value is not None and not quiet:
        for line in found.value.lines:
            click.echo(line)


@main.group()
def cache() -> None:
    """The cache of a workspace: what was typeset before."""


def workspace(command: Callable[..., Any]) -> Callable[..., Any]:
    """The argument WORKSPACE, a folder or a file in it."""
    return click.argument("workspace", default=".", type=click.Path(path_type=Path, exists=True))(command)


@cache.command("info")
@workspace
def cache_info(workspace: Path) -> None:
    """Say where the cache of WORKSPACE is and how large it has become."""
    from monitorpub.report import counted
    from monitorpub.volume.command import nothing_kept

    place = _workspace_of(workspace)
    found = _cache_of(workspace)
    entries, size = found.size()
    click.echo(f"{found.root}  {counted(entries, 'file')}, {size / 1_000_000:.1f} MB")
    if not place.marked:
        click.echo(nothing_kept(place.root))


@cache.command("clear")
@workspace
def cache_clear(workspace: Path) -> None:
    """Delete the cache of WORKSPACE.  The next run typesets everything anew."""
    found = _cache_of(workspace)
    there = found.root.is_dir()
    try:
        found.clear()
    except OSError as error:
        raise click.ClickException(f"{found.root} could not be deleted: {error.strerror or error}.") from None
    click.echo(f"{found.root}  {'deleted' if there else 'there is none'}")


def _cache_of(path: Path) -> Any:
    from monitorpub.cache import Cache

    return Cache.of(_workspace_of(path).root)


def _workspace_of(path: Path) -> Any:
    from monitorpub.workspace import Workspace

    return Workspace.of(path / "source" if path.is_dir() else path)


def rule_choice(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that choose rules."""
    for option in (
        click.option("--ignore", multiple=True, metavar="RULE", help="Leave out a rule: a code, the beginning of one, or a name."),
        click.option("--select", multiple=True, metavar="RULE", help="Run these rules only."),
    ):
        command = option(command)
    return command


@main.command()
@sources
@rule_choice
@click.option("--text", is_flag=True, help="Read SOURCE as plain text, with calls as [n] or as superscripts.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "sarif", "github"]), default="text", show_default=True, help="How to say it."
)
@click.option("--fix", is_flag=True, help="Mend what has one right answer, in the files.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option("--quiet", is_flag=True, help="Say nothing unless something is wrong.")
def check(sources: tuple[Path, ...], **options: Any) -> None:
    """Check each SOURCE without typesetting it: fields, values, notes, links, images, and the rules of the house.

    Ends with 1 after an error; warnings do not count.
    """
    from monitorpub.checking.command import check_sources, mend_sources
    from monitorpub.gathering import gather

    files, said = gather(sources, text=options["text"], volumes=not options["text"])
    select, ignore = _rules(options["select"]), _rules(options["ignore"])
    if options["fix"] or options["diff"]:
        write = options["fix"] and not options["diff"]
        try:
            checking, difference = mend_sources(files, text=options["text"], select=select, ignore=ignore, write=write)
        except OSError as error:
            raise click.ClickException(f"{error.filename} could not be written: {error.strerror}.") from None
        click.echo(difference, nl=False, err=options["form"] != "text")  # machines read the standard output
    else:
        checking = check_sources(files, text=options["text"], select=select, ignore=ignore)
    _show([*said, *checking.diagnostics], options["form"])
    if not options["quiet"] and options["form"] == "text":
        _closing(checking.counted, checking.mendable)


def _closing(counted: str, mendable: int) -> None:
    click.echo(f"{counted}: no errors.")
    if mendable:
        click.echo(f"{mendable} of the warnings can be mended with --fix; --diff shows how.", err=True)


@main.command()
@click.argument("code")
def explain(code: str) -> None:
    """Explain a CODE or the name of a rule: what it means, why it matters, and what to do."""
    from monitorpub.checking.explaining import explanation

    text = explanation(code)
    if text is None:
        raise click.UsageError(f"There is no code or rule {code!r}. docs/rules.md and docs/diagnostics.md list them all.")
    click.echo(text)


@main.command()
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--against", "old", type=click.Path(path_type=Path), help="An older version of the file: say what moved.")
def notes(source: Path, old: Path | None) -> None:
    """Print the numbered notes of SOURCE as they will appear."""
    from monitorpub.listing import changes, listed
    from monitorpub.pipeline import check

    (found, said), (before, more) = check([source]), check([old]) if old is not None else ([], [])
    _show([*said, *more])
    if old is None:
        click.echo(listed(found[0].numbered), nl=False)
    elif before:
        click.echo(changes(before[0].numbered, found[0].numbered), nl=False)


@main.command("import")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--layout", default="", metavar="NAME", help="The layout of the profile.  [default: guessed from the document]")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The source, or its folder.  [default: beside FILE, with its name]")
@click.option("--accept-changes", "changes", flag_value="accept", help="Take what was put in where changes are tracked in a Word file.")
@click.option("--reject-changes", "changes", flag_value="reject", help="Take what stood there before.")
@click.option("--sources", is_flag=True, help="Turn notes into records of sources, where the pattern is sure.")
@click.option("--dry-run", is_flag=True, help="Write nothing, print the report only.")
@click.option("--force", is_flag=True, help="Write over a source that is there already, and over its images.")
@click.option(
    "--onto", "source", type=click.Path(path_type=Path), metavar="SOURCE", help="Show what FILE, a review copy of SOURCE, changes."
)
@click.option("--apply", is_flag=True, help="With --onto: write the changes into SOURCE.")
def import_(
    file: Path,
    layout: str,
    output: Path | None,
    changes: Any,
    sources: bool,
    dry_run: bool,
    force: bool,
    source: Path | None,
    apply: bool,
) -> None:
    """Import FILE, a document as you have it, as a source in YAML; or, with --onto, the changes in a review copy.

    Ends with a report: what was recognised, and what was lost, guessed, changed or left out.  See docs/import.md.
    """
    if source is not None:
        _onto(source, file, write=apply and not dry_run, others=bool(layout or output or changes or sources or force))
        return
    if apply:
        raise click.UsageError("--apply goes with --onto SOURCE.")
    from monitorpub.importing.command import run_import

    found = run_import(file, layout=layout, output=output, changes=changes or "refuse", sources=sources, dry_run=dry_run, force=force)
    for line in found.value.lines if found.value is not None else ():
        click.echo(line)
    _show(found.diagnostics)


def _onto(source: Path, reviewed: Path, *, write: bool, others: bool) -> None:
    if others:
        raise click.UsageError("--onto goes with --apply and --dry-run only; tracked changes are taken as accepted.")
    from monitorpub.exporting.command import take_back

    text, said = take_back(source, reviewed, write=write)
    click.echo(text, nl=False)
    _show(said)


@main.command()
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--to", "form", type=click.Choice(["docx"]), required=True, help="The kind of file: docx, for Word and LibreOffice.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file, or its folder.  [default: beside SOURCE, with its name]")
@click.option("--force", is_flag=True, help="Write over a file that is there already.")
def export(source: Path, form: str, output: Path | None, force: bool) -> None:
    """Export SOURCE, a profile, as a copy for review.

    What the reviewer changes comes back with: monitorpub import --onto SOURCE FILE.  See docs/import.md.
    """
    from monitorpub.exporting.command import export_file

    found = export_file(source, output, force=force)
    if found.value is not None:
        click.echo(f"{found.value}  written")
    _show(found.diagnostics)


@main.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("--accessible", is_flag=True, help="Show what a screen reader meets, line by line.")
@click.option("--quiet", is_flag=True, help="Say nothing unless something is wrong.")
def verify(files: tuple[Path, ...], accessible: bool, quiet: bool) -> None:
    """Prove each FILE, a finished PDF: notes, links, fonts, words on the paper, folios, contents, outline, structure.

    Reads the PDF alone, ours or anybody's.  Ends with 1 after an error; what could not be proved is a warning.
    """
    from monitorpub.verifying import verify_file

    found = []
    for file in files:
        with Progress(quiet=quiet) as progress:
            found.append(verify_file(file, progress.page(file), accessible=accessible))
    for line in (line for one in found for line in one.aloud):
        click.echo(line)
    if not quiet:
        for one in found:
            click.echo(one.closing)
    _show([d for one in found for d in one.diagnostics])


@main.command()
@click.option("-o", "--output", "file", type=click.Path(path_type=Path, dir_okay=False), help="Write it to a file.")
@click.option("--volume", is_flag=True, help="The schema of a volume in place of a profile's.")
def schema(file: Path | None, volume: bool) -> None:
    """Print the JSON Schema of a profile, for editors that check while you type."""
    from monitorpub.schema import schema_text

    if file is None:
        click.echo(schema_text(volume=volume), nl=False)
        return
    from monitorpub.drafts import draft

    try:
        draft(file, schema_text(volume=volume).encode()).replace(file)
    except OSError as error:
        raise click.ClickException(f"{file} could not be written: {error.strerror}.") from None


@main.group()
def new() -> None:
    """Begin something of one's own."""


@new.command("layout")
@click.argument("name")
@click.option("--like", default="clearing-the-mines", show_default=True, help="The layout to begin from.")
@click.option(
    "--in",
    "folder",
    default=".",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A folder in the workspace.  [default: here]",
)
def new_layout(name: str, like: str, folder: Path) -> None:
    """Begin the layout NAME: its settings, its template and its style, for a designer to change.

    A source uses it with the field layout.  Nothing that is there is written over.
    """
    from monitorpub.beginning import begin_layout
    from monitorpub.layouts import layout_names
    from monitorpub.workspace import Workspace

    workspace = Workspace.of(folder / "source")
    found = begin_layout(name, workspace, like)
    _show(found.diagnostics)
    for file in found.value or ():
        click.echo(file)
    if workspace.root != folder.resolve():
        click.echo(f"They are in the workspace {workspace.root}, whose layouts the sources in {folder} use.")
    what = "volume" if name in layout_names(workspace, volume=True) else "source"
    click.echo(f"Now write in a {what}:  layout: {name}")


@main.command()
def info() -> None:
    """Print the versions of all that matters in a bug report."""
    from monitorpub.about import versions

    for name, version in versions():
        click.echo(f"{name:<22}{version}")


def _rules(words: Sequence[str]) -> list[str]:
    """The rules that were named, by comma or one by one.  A word that names none is a wrong use of the command."""
    from monitorpub.checking.run import unknown

    chosen = [part.strip() for word in words for part in word.split(",") if part.strip()]
    if wrong := unknown(chosen):
        raise click.UsageError(f"There is no rule {wrong[0]!r}. docs/rules.md lists them all.")
    return chosen


def _show(diagnostics: Sequence[Diagnostic], form: str = "text") -> None:
    """Print what there is to say (what machines read on the standard output), and leave with 1 after an error."""
    from monitorpub.diagnostics import has_errors
    from monitorpub.formats import formatted

    if diagnostics or form != "text":
        click.echo(formatted(diagnostics, form, colour=form == "text" and sys.stderr.isatty()), err=form == "text", nl=False)
    if has_errors(diagnostics):
        sys.exit(1)
