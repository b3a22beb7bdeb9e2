"""Whatever happens to a run of ``monitorpub compile``: a damaged cache, a disk without room, a kill, Ctrl-C, another run beside it."""

from __future__ import annotations

import errno
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from monitorpub import cache, drafts
from monitorpub.content import digest
from monitorpub.gathering import gather
from needed import linux
from printed import said_in
from volumes import Edition

VOLUME = "profiles/volume.yaml"
KINDS = ["summary", "made", "part", "objects", "words", "font", "feet", "last", "pdf"]
SOON = 20.0
"""Seconds that the processes of a run have to end after it, on a machine with other work."""
SLOW = pytest.mark.slow


def entries(edition: Edition, kind: str = "*") -> list[Path]:
    return sorted((edition.root / ".monitorpub" / "cache").glob(f"??/*.{kind}"))


def drafts_in(edition: Edition) -> list[Path]:
    """What was half written."""
    return [file for file in edition.root.rglob(".*") if file.is_file() and file.suffix == ".part"]


def edit(edition: Edition) -> None:
    """Four parts are to be typeset."""
    for name in ("angola", "chad", "myanmar", "nepal"):
        edition.change(name, ("A note.", "Another note."))


@pytest.fixture
def fresh(tmp_path: Path) -> Edition:
    """The tiny volume with no cache, and with an output of an earlier day."""
    edition = Edition.new(tmp_path / "fresh")
    edition.write("dist/volume.pdf", b"earlier")
    edition.write("dist/chad.pdf", b"earlier")
    return edition


@pytest.fixture(scope="module")
def undisturbed(tiny: Edition, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What a run gives after that edit, if nothing happens to it."""
    copy = tiny.copy(tmp_path_factory.mktemp("undisturbed") / "work")
    edit(copy)
    copy.compiled(with_profiles=True)
    return copy.written


def whole_files(edition: Edition) -> dict[str, bytes]:
    """What lies in dist/ but for what was half written."""
    return {name: data for name, data in edition.written.items() if not name.startswith(".")}


def assert_next_run_is_right(edition: Edition, right: dict[str, bytes]) -> None:
    files, said = gather([edition.root])
    assert ([file.stem for file in files], said) == (["angola", "chad", "myanmar", "nepal", "zz-aland"], [])
    assert edition.compile(with_profiles=True).diagnostics == ()
    assert whole_files(edition) == right


def command(edition: Edition, *words: str, **options: object) -> subprocess.Popen[str]:
    """A run of its own."""
    program = [sys.executable, "-m", "monitorpub", "compile", VOLUME, "-o", "dist/volume.pdf", "--quiet", *words]
    return subprocess.Popen(program, cwd=edition.root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)  # type: ignore[call-overload,no-any-return]


# the cache


def whole(body: bytes) -> bytes:
    """An entry whose first line is right."""
    return b"monitorpub 1 " + digest(body).encode() + b"\n" + body


def cut_off(body: bytes) -> bytes:
    return whole(body)[: len(body) // 2]


def of_another(fields: Callable[[dict], dict]) -> Callable[[bytes], bytes]:
    """An entry of a tool whose entries have other fields; where there are no fields, other JSON."""

    def changed(body: bytes) -> bytes:
        try:
            values = json.loads(body)
        except ValueError:
            values = {}
        return whole(json.dumps(fields(values if isinstance(values, dict) else {})).encode())

    return changed


SPOILT: list[Callable[[bytes], bytes]] = [
    *(lambda body, text=text: whole(text) for text in (b"", b"null", b"[1]", b'"words"', b"\xff\0/", b"../../../../x")),
    of_another(lambda values: {"more": 1, **values}),
    of_another(lambda values: dict(list(values.items())[1:])),
    of_another(dict.fromkeys),
    of_another(lambda values: dict.fromkeys(values, "words")),
    of_another(lambda values: {name: [1] for name in values}),
    of_another(lambda values: {name: {"one": value} for name, value in values.items()}),
]


def spoil(file: Path, how: Callable[[bytes], bytes]) -> None:
    file.write_bytes(how(file.read_bytes().partition(b"\n")[2]))


def look_at(edition: Edition, kind: str) -> list[Path]:
    """The entries of a kind, which the next run reads: the run before this one, if that is not what it is about, is forgotten."""
    if kind in ("last", "pdf"):
        edition.compiled(with_profiles=True)
    else:
        for file in entries(edition, "last"):
            file.unlink()
    return entries(edition, kind)


@pytest.mark.parametrize("kind", KINDS)
def test_entries_that_are_cut_off_are_made_again_and_said(edition, kind):
    before = edition.written
    files = look_at(edition, kind)
    assert files
    for file in files:
        spoil(file, cut_off)
    found = edition.compile(with_profiles=True)
    assert found.value is not None
    assert {(one.code, one.severity.value) for one in found.diagnostics} == {("B001", "warning")}
    assert edition.written == before
    assert edition.compile(with_profiles=True).diagnostics == ()


@pytest.mark.parametrize("kind", KINDS)
def test_entries_of_another_shape_are_made_again(edition, kind):
    """Each entry has another of the shapes; where there are few, there are more runs."""
    before = edition.written
    for turn in range(0, len(SPOILT), len(entries(edition, kind))):
        files = look_at(edition, kind)
        edition.output.unlink()
        for number, file in enumerate(files, turn):
            spoil(file, SPOILT[number % len(SPOILT)])
        edition.compiled(with_profiles=True)
        assert edition.written == before


# disks


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_a_full_disk_leaves_the_output_as_it_was(edition, run, monkeypatch, number):
    def fail(_: int) -> None:
        raise OSError(number, os.strerror(number))

    before = edition.written
    edition.change("chad", ("A note.", "Another note."))
    with monkeypatch.context() as disk:
        disk.setattr(drafts.os, "fsync", fail)
        result = run("compile", VOLUME, "-o", "dist/volume.pdf", "--profiles")
    said = said_in(result.stderr)
    assert result.exit_code == 1
    assert [(one.code, one.file) for one in said] == [("F006", "dist/chad.pdf"), ("F006", "dist/volume.pdf")]
    assert all(os.strerror(number) in one.message and "untouched" in one.hint for one in said)
    assert (edition.written, drafts_in(edition)) == (before, [])
    assert edition.compiled(with_profiles=True).typeset == 0
    assert edition.read().pages[edition.read().first("chad")].endswith("1 Another note.")


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS])
def test_a_folder_that_cannot_be_written_is_said(edition, run, monkeypatch, number):
    make = tempfile.mkstemp

    def fail(*, prefix: str, **options: object) -> tuple[int, str]:
        if "volume" in prefix:
            raise OSError(number, os.strerror(number))
        return make(prefix=prefix, **options)

    before = edition.written
    edition.change("chad", ("A note.", "Another note."))
    monkeypatch.setattr(drafts.tempfile, "mkstemp", fail)
    result = run("compile", VOLUME, "-o", "dist/volume.pdf", "--profiles")
    (said,) = said_in(result.stderr)
    assert (result.exit_code, said.code, said.file) == (1, "F006", "dist/volume.pdf")
    assert os.strerror(number) in said.message
    assert (edition.written, drafts_in(edition)) == (before, [])


def small_disk() -> None:
    """No file may have more than 40 kB."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))


def test_a_disk_that_is_full_leaves_what_was_there(edition, tiny):
    """Parts come from the cache; the volume is larger than a file may be."""
    edition.write("dist/volume.pdf", b"earlier")
    one = command(edition, preexec_fn=small_disk)
    said = [(one.code, one.message) for one in said_in(one.communicate(timeout=120)[0])]
    assert one.returncode == 1
    assert ("F006", "dist/volume.pdf could not be written: File too large.") in said
    assert {code for code, _ in said} == {"B002", "F006"}
    assert edition.written == {**tiny.written, "volume.pdf": b"earlier"}
    assert_next_run_is_right(edition, tiny.written)


def test_no_room_for_temporary_files_is_said(fresh, tiny):
    one = command(fresh, preexec_fn=small_disk)
    said = said_in(one.communicate(timeout=120)[0])
    assert one.returncode == 1
    assert {one.code for one in said} == {"P009"}
    assert all("Temporary files go to" in one.hint for one in said)
    assert fresh.written == {"volume.pdf": b"earlier", "chad.pdf": b"earlier"}
    assert_next_run_is_right(fresh, tiny.written)


@pytest.mark.parametrize("left", [0, pytest.param(1, marks=SLOW), pytest.param(20, marks=SLOW), 60])
def test_a_disk_that_is_full_for_the_cache_is_said_once_and_the_result_is_right(fresh, tiny, monkeypatch, left):
    """From the beginning, or after some entries."""
    count = iter(range(left))
    own = cache._write

    def write(file: Path, data: bytes) -> None:
        if next(count, None) is None:
            raise OSError(28, "No space left on device")
        own(file, data)

    monkeypatch.setattr(cache, "_write", write)
    assert fresh.codes(with_profiles=True) == ["B002"]
    assert fresh.written == tiny.written
    monkeypatch.undo()
    assert fresh.codes(with_profiles=True) == []
    assert fresh.written == tiny.written


# processes

PROGRAM = """
import os, signal, sys, time
from monitorpub import drafts, workers
from monitorpub.cli import main
from monitorpub.volume import compiling, units

signal.signal(signal.SIGINT, signal.default_int_handler)  # whatever the tests are run by

def now(*_, **__):
    print(time.monotonic(), flush=True)
    {signal}
    time.sleep(60)

def after(first):
    def both(*words, **named):
        given = first(*words, **named)
        now()
        return given
    return both

def before(number, own):
    calls = iter(range(1, number))
    def counted(*words):
        if ".monitorpub" not in str(words[-1]) and next(calls, None) is None:  # of files in the cache there are many
            now()
        return own(*words)
    return counted

{moment}
main({words})
"""
MOMENTS = {
    "at once": "now()",
    "reading": "units.read_source = after(units.read_source)",
    "loading": "workers.warm_up = after(lambda warm=workers.warm_up: (warm(), time.sleep(0.3)))",
    "typesetting": "workers._collect = after(workers._collect)  # others are at work",
    "binding": "compiling.bind = now",
    "writing": "drafts.os.fsync = before(1, drafts.os.fsync)",
    "writing the last": "drafts.os.fsync = before(5, drafts.os.fsync)",
    "renaming": "drafts.os.replace = before(1, drafts.os.replace)",
    "renaming the last": "drafts.os.replace = before(5, drafts.os.replace)",
}
KILLED = "os.kill(os.getpid(), signal.SIGKILL)  # as for want of memory"
STOPPED = "os.killpg(0, signal.SIGINT)  # as Ctrl-C does: all that run there get it"
STOPPED_ALONE = "os.kill(os.getpid(), signal.SIGINT)"
ASKED_TO_END = "os.kill(os.getpid(), signal.SIGTERM)"


def start(edition: Edition, moment: str, what: str) -> subprocess.Popen[str]:
    """A run in a process group of its own, to which something happens at a moment.  What is left of it is looked up in /proc."""
    linux()
    words = ["compile", VOLUME, "-o", "dist/volume.pdf", "--profiles", "--quiet"]
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM.format(signal=what, moment=MOMENTS[moment], words=words)],
        cwd=edition.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def alive(group: int) -> list[str]:
    """The processes of a group that have not ended."""
    out = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = stat.read_text()
        except OSError:  # it has just ended
            continue
        state, _, its = text.rpartition(")")[2].split()[:3]
        if int(its) == group and state != "Z":
            out.append(text)
    return out


def nothing_is_left(group: int, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while alive(group) and time.monotonic() < until:
        time.sleep(0.05)
    return not alive(group)


@pytest.mark.parametrize("moment", ["at once", "reading", "loading", "typesetting", "binding"])
def test_a_first_run_that_is_killed_leaves_what_was_there(fresh, tiny, moment):
    """Its workers, left alone, end without a word."""
    killed = start(fresh, moment, KILLED)
    _, said = killed.communicate(timeout=60)
    assert (killed.returncode, said) == (-signal.SIGKILL, "")
    assert nothing_is_left(killed.pid, SOON)
    assert fresh.written == {"volume.pdf": b"earlier", "chad.pdf": b"earlier"}
    assert_next_run_is_right(fresh, tiny.written)


@pytest.mark.parametrize(
    "moment",
    ["typesetting", "writing", pytest.param("writing the last", marks=SLOW), "renaming", pytest.param("renaming the last", marks=SLOW)],
)
def test_a_run_after_others_that_is_killed_leaves_whole_files(edition, undisturbed, moment):
    edit(edition)
    before = edition.written
    killed = start(edition, moment, KILLED)
    _, said = killed.communicate(timeout=60)
    assert (killed.returncode, said) == (-signal.SIGKILL, "")
    assert nothing_is_left(killed.pid, SOON)
    seen = whole_files(edition)
    assert seen.keys() == before.keys()
    assert all(data in (before[name], undisturbed[name]) for name, data in seen.items())
    assert (seen == before) == (moment != "renaming the last")
    assert_next_run_is_right(edition, undisturbed)


@pytest.mark.parametrize(
    ("moment", "what"),
    [*((moment, STOPPED) for moment in ("loading", "typesetting", "binding", "writing")), ("typesetting", STOPPED_ALONE)],
    ids=["loading", "typesetting", "binding", "writing", "typesetting, to the first process"],
)
def test_a_run_that_is_stopped_ends_soon_and_leaves_nothing(edition, undisturbed, moment, what):
    edit(edition)
    before = edition.written
    stopped = start(edition, moment, what)
    told, said = stopped.communicate(timeout=60)
    assert time.monotonic() - float(told) < 10
    assert (stopped.returncode, said.strip()) == (1, "Aborted!")
    assert nothing_is_left(stopped.pid, 5 if what is STOPPED else SOON)
    assert (edition.written, drafts_in(edition)) == (before, [])
    assert_next_run_is_right(edition, undisturbed)


def test_a_run_that_is_asked_to_end_leaves_no_processes(fresh):
    asked = start(fresh, "typesetting", ASKED_TO_END)
    asked.communicate(timeout=60)
    assert asked.returncode == -signal.SIGTERM
    assert nothing_is_left(asked.pid, SOON)
    assert fresh.written == {"volume.pdf": b"earlier", "chad.pdf": b"earlier"}


def test_two_runs_at_once_are_both_right(fresh, tiny):
    both = [command(fresh, "--profiles") for _ in range(2)]
    said = [one.communicate(timeout=120)[0] for one in both]
    assert [(one.returncode, words) for one, words in zip(both, said, strict=True)] == [(0, ""), (0, "")]
    assert fresh.written == tiny.written
    assert fresh.compiled(with_profiles=True).typeset == 0
