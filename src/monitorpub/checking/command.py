"""What ``monitorpub check`` does: read, validate, number, then the rules; and mend what has one right answer."""

from __future__ import annotations

import errno
import re
import stat
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from monitorpub.diagnostics import Diagnostic, Found
from monitorpub.drafts import draft
from monitorpub.gathering import looks_like_volume
from monitorpub.pipeline import Prepared, check, prepare_text
from monitorpub.read import Source, load_text, read, read_text

if TYPE_CHECKING:  # rules are loaded after the first errors: an editor should not wait for them
    from monitorpub.checking.manuscript import Manuscript
    from monitorpub.checking.run import Checked

_LINE_END = re.compile(r"\r\n|\r|\n")

ROUNDS = 5
"""Mending may uncover what can be mended next; this many times at most."""


@dataclass(frozen=True)
class Checking:
    """The outcome: what was read, what there is to say, and which of it can be mended."""

    manuscripts: list[Manuscript]
    diagnostics: list[Diagnostic]
    found: list[Checked]

    @property
    def counted(self) -> str:
        """What was read, in words: ``52 profiles, 4 chapters, 310 notes``."""
        from monitorpub.model import Chapter
        from monitorpub.report import counted

        chapters = sum(isinstance(one.written, Chapter) for one in self.manuscripts)
        texts = sum(one.written is None for one in self.manuscripts)
        profiles = len(self.manuscripts) - chapters - texts
        counts = [counted(n, what) for n, what in ((texts, "text"), (profiles, "profile"), (chapters, "chapter")) if n]
        return ", ".join([*(counts or ["nothing read"]), counted(sum(len(m.notes) for m in self.manuscripts), "note")])

    @property
    def mendable(self) -> int:
        """How many diagnostics have one right answer."""
        return sum(one.mend is not None for one in self.found)


def check_sources(files: Sequence[Path], *, text: bool = False, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> Checking:
    """Everything there is to say about some sources; ``text`` reads them as plain text.

    ``select`` and ``ignore`` choose rules, see :func:`monitorpub.checking.run.run_rules`; what breaks a profile (codes of other
    letters) is always said.
    """
    manuscripts, said = _plain(files) if text else _sources(files)
    if not manuscripts:
        return Checking([], said, [])
    from monitorpub.checking.run import run_rules, wrong_waivers

    found = run_rules(manuscripts, select, ignore)
    wrong = [one for manuscript in manuscripts for one in wrong_waivers(manuscript)]
    return Checking(manuscripts, [*said, *wrong, *(one.diagnostic for one in found)], found)


def mend_sources(files: Sequence[Path], *, text: bool, select: Iterable[str], ignore: Iterable[str], write: bool) -> tuple[Checking, str]:
    """Mend the sources, in the files where ``write`` is set; gives what remains to be said and the difference."""
    from monitorpub.checking.mending import difference

    select, ignore = list(select), list(ignore)
    checking = check_sources(files, text=text, select=select, ignore=ignore)
    differences = ""
    files_of: dict[Path, list[Manuscript]] = {}
    for manuscript in checking.manuscripts:
        files_of.setdefault(manuscript.file, []).append(manuscript)
    for file, manuscripts in files_of.items():
        assert manuscripts[0].source is not None
        old = manuscripts[0].source.text
        new = _mend(manuscripts, checking.found, text=text, select=select, ignore=ignore)
        if new == old:
            continue
        differences += difference(file, old, new)
        if write:
            _write(file, old, new)
    if write and differences:
        checking = check_sources(files, text=text, select=select, ignore=ignore)
    return checking, differences


def _mend(manuscripts: list[Manuscript], found: Sequence[Checked], *, text: bool, select: list[str], ignore: list[str]) -> str:
    """The text of a file after mending; never one that reads worse than before (fewer notes, or not a source at all).

    The chapters of a volume are mended one after the other: each mend moves what stands behind it in the file.
    """
    from monitorpub.checking.mending import mended
    from monitorpub.checking.run import run_rules

    file, before = manuscripts[0].file, manuscripts
    assert manuscripts[0].source is not None
    current = manuscripts[0].source.text

    def reads_as_well(new: str) -> bool:
        again = _again(new, file, text=text)
        return len(again) == len(before) and all(map(_reads_as_well, again, before))

    for index in range(len(before)):
        own = [one for one in found if one.manuscript is manuscripts[index]]
        for _ in range(ROUNDS):
            new = mended(current, own, reads_as_well)
            again = _again(new, file, text=text)
            if new == current or not again:
                break
            current, manuscripts, own = new, again, run_rules([again[index]], select, ignore)
        if index + 1 < len(before):
            found = run_rules(manuscripts, select, ignore)
    return current


def _reads_as_well(again: Manuscript, before: Manuscript) -> bool:
    """Whether a mended manuscript has all passages and notes that it had."""
    if len(again.passages) != len(before.passages):
        return False
    return [(s.name, [c.mark for c in s.calls], [n.mark for n in s.notes]) for s in again.series] == [
        (s.name, [c.mark for c in s.calls], [n.mark for n in s.notes]) for s in before.series
    ]


def _again(new: str, file: Path, *, text: bool) -> list[Manuscript]:
    """The manuscripts of what was mended; none where it can no longer be read."""
    if text:
        from monitorpub.checking import plain_text

        return [plain_text.manuscript_of(new, file)]
    if looks_like_volume(file):
        return _volume(read_text(new, file))[0]
    found = prepare_text(new, file)
    return [_of(found.value)] if found.ok and found.value else []


def _write(file: Path, old: str, new: str) -> None:
    """Replace a file in one step: the one that a link points to, with its mode, the mark at its head and every line end as it was."""
    real = file.resolve()
    data = real.read_bytes()
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    stored = data.removeprefix(mark).decode("utf-8")
    ends = _LINE_END.findall(stored)
    if _LINE_END.sub("\n", stored) != old or new.count("\n") != len(ends):
        raise OSError(errno.EBUSY, "it was changed meanwhile", str(file))
    text = "".join(line + end for line, end in zip(new.split("\n"), [*ends, ""], strict=True))
    draft(real, mark + text.encode("utf-8"), mode=stat.S_IMODE(real.stat().st_mode)).replace(real)


def _sources(files: Sequence[Path]) -> tuple[list[Manuscript], list[Diagnostic]]:
    """Profiles and the chapters of volumes, those without an error."""
    volumes = [file for file in files if looks_like_volume(file)]
    prepared, said = check([file for file in files if file not in volumes])
    broken = {d.place.file for d in said if d.place is not None and d.severity == "error"}
    manuscripts = [_of(one) for one in prepared if one.source.file not in broken]
    for file in volumes:
        chapters, found = _volume(read(file), prepared)
        manuscripts += chapters
        said += found
    return manuscripts, said


def _volume(source: Found[Source], prepared: Sequence[Prepared] = ()) -> tuple[list[Manuscript], list[Diagnostic]]:
    """The chapters of a volume; ``prepared`` are profiles that were read already."""
    from monitorpub.checking import from_profile
    from monitorpub.volume.prepare import prepare_volume

    found = prepare_volume(source, prepared)
    if found.value is None:
        return [], list(found.diagnostics)
    return [from_profile.manuscript_of(one.source, one.numbered) for one in found.value.chapters], list(found.diagnostics)


def _of(one: Prepared) -> Manuscript:
    from monitorpub.checking import from_profile

    return from_profile.manuscript_of(one.source, one.numbered)


def _plain(files: Sequence[Path]) -> tuple[list[Manuscript], list[Diagnostic]]:
    from monitorpub.checking import plain_text

    manuscripts: list[Manuscript] = []
    said: list[Diagnostic] = []
    for file in files:
        text = load_text(file)
        if isinstance(text, Diagnostic):
            said.append(text)
        else:
            manuscripts.append(plain_text.manuscript_of(text, file))
    return manuscripts, said
