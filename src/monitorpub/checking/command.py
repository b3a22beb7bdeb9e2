"""What ``monitorpub check`` does: read, validate, number, then the rules; and mend what has one right answer."""

from __future__ import annotations

import errno
import re
import stat
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from monitorpub.diagnostics import Diagnostic
from monitorpub.drafts import draft
from monitorpub.pipeline import Prepared, check, prepare_text
from monitorpub.read import load_text

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
    def mendable(self) -> int:
        """How many diagnostics have one right answer."""
        return sum(one.mend is not None for one in self.found)


def check_sources(files: Sequence[Path], *, text: bool = False, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> Checking:
    """Everything there is to say about some sources; ``text`` reads them as plain text.

    ``select`` and ``ignore`` choose rules, see :func:`monitorpub.checking.run.run_rules`; what breaks a profile (codes of other
    letters) is always said.
    """
    manuscripts, said = _plain(files) if text else _profiles(files)
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
    for manuscript in checking.manuscripts:
        assert manuscript.source is not None
        old = manuscript.source.text
        new = _mend(manuscript, checking.found, text=text, select=select, ignore=ignore)
        if new == old:
            continue
        differences += difference(manuscript.file, old, new)
        if write:
            _write(manuscript.file, old, new)
    if write and differences:
        checking = check_sources(files, text=text, select=select, ignore=ignore)
    return checking, differences


def _mend(manuscript: Manuscript, found: Sequence[Checked], *, text: bool, select: list[str], ignore: list[str]) -> str:
    """The text of a manuscript after mending; never one that reads worse than before (fewer notes, or not a profile at all)."""
    from monitorpub.checking.mending import mended
    from monitorpub.checking.run import run_rules

    assert manuscript.source is not None
    current, own = manuscript.source.text, [one for one in found if one.manuscript is manuscript]
    for _ in range(ROUNDS):
        new = mended(current, own, lambda new: _reads_as_well(_again(new, manuscript.file, text=text), manuscript))
        again = _again(new, manuscript.file, text=text)
        if new == current or again is None:
            return current
        current, own = new, run_rules([again], select, ignore)
    return current


def _reads_as_well(again: Manuscript | None, before: Manuscript) -> bool:
    """Whether a mended manuscript has all passages and notes that it had."""
    if again is None or len(again.passages) != len(before.passages):
        return False
    return [(s.name, [c.mark for c in s.calls], [n.mark for n in s.notes]) for s in again.series] == [
        (s.name, [c.mark for c in s.calls], [n.mark for n in s.notes]) for s in before.series
    ]


def _again(new: str, file: Path, *, text: bool) -> Manuscript | None:
    """The manuscript of what was mended, or None where it is no longer a profile."""
    if text:
        from monitorpub.checking import plain_text

        return plain_text.manuscript_of(new, file)
    found = prepare_text(new, file)
    return _of(found.value) if found.ok and found.value else None


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


def _profiles(files: Sequence[Path]) -> tuple[list[Manuscript], list[Diagnostic]]:
    prepared, said = check(files)
    broken = {d.place.file for d in said if d.place is not None and d.severity == "error"}
    return [_of(one) for one in prepared if one.source.file not in broken], said


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
