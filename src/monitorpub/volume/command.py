"""The command ``monitorpub compile``: where the volume goes, and what is said at the end."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from monitorpub.diagnostics import Diagnostic, Found, Place
from monitorpub.parts import Progress
from monitorpub.report import counted
from monitorpub.volume.compiling import Compiled, compile_volume


@dataclass(frozen=True)
class Said:
    """What was written, in lines."""

    compiled: Compiled

    @property
    def lines(self) -> list[str]:
        """Each single profile, then the volume."""
        one = self.compiled
        out = [f"{p.file}  {counted(p.pages, 'page')}, {counted(p.notes, 'note')}, {p.size / 1000:.0f} kB" for p in one.profiles]
        what = f"{counted(one.pages, 'page')}, {counted(one.notes, 'note')}, {one.size / 1_000_000:.1f} MB"
        how = f"{counted(one.typeset, 'part')} typeset, {one.cached} from the cache, {one.seconds:.1f} s"
        return [*out, f"{one.file}  {what}; {how}"]


def compile_file(
    volume: Path, output: Path | None, workers: int, cached: bool, with_profiles: bool, progress: Progress | None
) -> Found[Said]:
    """Compile a volume to a file; without a name, to dist/ under the name of the volume.  Gives F006 for a folder."""
    target = output or Path("dist") / f"{volume.stem}.pdf"
    if target.is_dir():
        target = target / f"{volume.stem}.pdf"
    if volume.is_dir():
        hint = "Name the source of the volume: monitorpub compile profiles/volume.yaml"
        return Found(None, (Diagnostic("F001", f"{volume} is a folder.", Place(volume), hint=hint),))
    found = compile_volume(volume, target, workers=workers, cached=cached, with_profiles=with_profiles, progress=progress)
    return Found(Said(found.value) if found.value is not None else None, found.diagnostics)
