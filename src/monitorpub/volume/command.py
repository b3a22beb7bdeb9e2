"""The command ``monitorpub compile``: where the volume goes, whether anything has changed at all, and what is said at the end."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from monitorpub.diagnostics import Diagnostic, Found, Place, has_errors
from monitorpub.drafts import write_files
from monitorpub.parts import Presses, Progress, presses
from monitorpub.report import counted
from monitorpub.standard import DEFAULT, Archival
from monitorpub.volume.last import VOLUME, Counts, Outcome, changed, recall
from monitorpub.workspace import MARK, Workspace

NAMED = 3
"""Parts that are named when they were typeset; more are counted."""


@dataclass(frozen=True)
class Compiled:
    """A volume that was written, and the single profiles beside it."""

    file: Path
    counts: dict[Path, Counts]
    sizes: dict[Path, int]
    """Bytes."""
    typeset: int
    """How many parts were typeset."""
    cached: int
    """How many came from the cache as they were."""
    seconds: float
    names: tuple[str, ...] = ()
    """The parts that were typeset."""
    unmarked: Path | None = None
    """The folder that nothing was kept in for the next time, as nobody marked it as a workspace."""

    @property
    def lines(self) -> list[str]:
        """A line for each single profile, then one for the volume; and one where nothing was kept."""
        out = [
            f"{file}  {counted(one.pages, 'page')}, {counted(one.notes, 'note')}, {self.sizes[file] / 1000:.0f} kB"
            for file, one in self.counts.items()
            if file != self.file
        ]
        one = self.counts[self.file]
        what = f"{counted(one.pages, 'page')}, {counted(one.notes, 'note')}, {self.sizes[self.file] / 1_000_000:.1f} MB"
        which = f" ({', '.join(self.names)})" if 0 < len(self.names) <= NAMED else ""
        how = f"{counted(self.typeset, 'part')} typeset{which}, {self.cached} from the cache, {self.seconds:.1f} s"
        return [*out, f"{self.file}  {what}; {how}", *([nothing_kept(self.unmarked)] if self.unmarked is not None else [])]


def nothing_kept(folder: Path) -> str:
    """What is said of a folder that is no marked workspace: it has no cache."""
    return f"Nothing is kept for the next time: an empty file {folder / MARK} makes the folder a workspace with a cache."


def compile_file(
    volume: Path,
    output: Path | None = None,
    *,
    workers: int = 0,
    cached: bool = True,
    into: bool = False,
    with_profiles: bool = False,
    archival: Archival = DEFAULT,
    progress: Progress | None = None,
) -> Found[Compiled]:
    """Compile a volume to a file; without a name, to dist/ under the name of the volume.  After any error nothing is written.

    An ``output`` that is a folder, or with ``into`` shall be one, gets the volume under its name.
    ``archival`` says what standards the files keep, and whether sources and tables are attached.

    Gives the diagnostics of all steps.  Raises nothing that an editor could cause.
    """
    started = time.monotonic()
    if (wrong := _unreadable(volume)) is not None:
        return Found(None, (wrong,))
    target = output or Path("dist") / f"{volume.stem}.pdf"
    if into or _is(Path.is_dir, target):
        target = target / f"{volume.stem}.pdf"
    if (wrong := _not_a_pdf(target)) is not None:
        return Found(None, (wrong,))
    kept = presses(workers, cached=cached, archival=archival)
    found = _outcome(volume, kept, target.name if with_profiles else "", progress)
    said = [*found.diagnostics]
    if found.value is None:
        return Found(None, (*said, *kept.said()))
    files: dict[Path, bytes] = {}
    counts: dict[Path, Counts] = {}
    for name, data in found.value.files.items():
        file = target if name == VOLUME else target.parent / name
        if str(file).lower() in (str(other).lower() for other in files):
            hint = "Write the volume to another name: -o annual-report.pdf"
            said.append(Diagnostic("F005", f"The profile {file.stem} would be written over the volume.", Place(file), hint=hint))
        files[file], counts[file] = data, found.value.counts[name]
    if not has_errors(said):
        said += write_files(changed(files))
    said += kept.said()
    if has_errors(said):
        return Found(None, tuple(said))
    sizes = {file: len(data) for file, data in files.items()}
    workspace = Workspace.of(volume)
    press = kept(workspace)
    names = tuple(sorted(press.typeset))
    typeset, parts = len(names), found.value.counts[VOLUME].parts
    unmarked = workspace.root if cached and not workspace.marked else None
    return Found(Compiled(target, counts, sizes, typeset, parts - typeset, time.monotonic() - started, names, unmarked), tuple(said))


def _unreadable(volume: Path) -> Diagnostic | None:
    """Why there is no volume to read."""
    if _is(Path.is_file, volume):
        return None
    if _is(Path.is_dir, volume):
        hint = "Name the source of the volume: monitorpub compile profiles/volume.yaml"
        return Diagnostic("F001", f"{volume} is a folder.", Place(volume), hint=hint)
    from monitorpub.read import load_text

    text = load_text(volume)
    return text if isinstance(text, Diagnostic) else None


def _not_a_pdf(target: Path) -> Diagnostic | None:
    """Why nothing is written under this name: it is that of a source or of something else that is no PDF."""
    suffix = target.suffix.lower()
    if suffix == ".pdf":
        return None
    what = "has the name of a source" if suffix in (".yaml", ".yml") else "is not the name of a PDF"
    name = target.with_suffix(".pdf") if suffix[1:].isalpha() else f"{target}.pdf"
    hint = f"Name the PDF: -o {name}" if suffix else f"Name the PDF, -o {name}, or its folder, -o {target}/"
    return Diagnostic("F006", f"{target} {what}.", Place(target), hint=hint)


def _is(what: Callable[[Path], bool], path: Path) -> bool:
    try:
        return what(path)
    except OSError:  # a name too long for the system
        return False


def _outcome(volume: Path, kept: Presses, beside: str, progress: Progress | None) -> Found[Outcome]:
    """What comes of a volume: that of the last run where nothing has changed.  ``beside`` is the name of its file, if profiles go there."""
    press = kept(Workspace.of(volume))
    last = recall(press.cache, press.environment, volume, beside, press.archival)
    if last is not None:
        return Found(last, last.said)
    from monitorpub.volume.compiling import compile_volume  # what a run without changes can do without
    from monitorpub.volume.units import SourceChangedError
    from monitorpub.workers import warm_up

    warm_up()
    for _ in range(TRIES):
        try:
            return compile_volume(volume, kept, with_profiles=bool(beside), name=beside, progress=progress)
        except SourceChangedError as error:
            changing = error.file
    hint = "Save it, and compile again."
    return Found(None, (Diagnostic("F007", f"{changing} was changed while the volume was made of it.", Place(changing), hint=hint),))


TRIES = 3
"""How often a volume is begun again when one of its sources changes meanwhile."""
