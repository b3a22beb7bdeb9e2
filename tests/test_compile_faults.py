"""Whatever happens to a run that compiles a volume: a full disk, a kill, Ctrl-C, another run beside it."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from monitorpub import cache
from monitorpub.gathering import gather
from printed import said_in
from volumes import Edition

SOON = 20.0
"""Seconds that the processes of a run have to end after it, on a machine with other work."""


@pytest.fixture
def fresh(tmp_path: Path) -> Edition:
    """The tiny volume with no cache, and with an output of an earlier day."""
    edition = Edition.new(tmp_path / "fresh")
    edition.write("dist/volume.pdf", b"earlier")
    edition.write("dist/chad.pdf", b"earlier")
    return edition


def command(edition: Edition, *words: str, **options: object) -> subprocess.Popen[str]:
    """A run of its own, in a group of its own with all the processes that it starts."""
    program = [sys.executable, "-m", "monitorpub", "compile", "profiles/volume.yaml", "-o", "dist/volume.pdf", "--quiet", *words]
    return started(edition, program, **options)


def started(edition: Edition, program: list[str], **options: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        program, cwd=edition.root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True, **options
    )  # type: ignore[call-overload,no-any-return]


def wait_for(condition: Callable[[], object], seconds: float = 60.0) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.005)
    return False


def all_gone(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


def begun(edition: Edition) -> bool:
    """Whether parts are being typeset: some are done and others are not."""
    return bool(list((edition.root / ".monitorpub").glob("cache/??/*.part")))


def assert_next_run_is_right(edition: Edition, tiny: Edition) -> None:
    files, said = gather([edition.root])
    assert ([file.stem for file in files], said) == (["angola", "chad", "myanmar", "nepal", "zz-aland"], [])
    edition.compiled(with_profiles=True)
    assert {name: data for name, data in edition.written.items() if not name.startswith(".")} == tiny.written


MOMENTS = {
    "at once": lambda edition: True,
    "reading": lambda edition: (edition.root / ".monitorpub").exists() or time.sleep(0.01),
    "typesetting": begun,
    "binding": lambda edition: list((edition.root / ".monitorpub").glob("cache/??/*.feet")),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_run_that_is_killed_leaves_what_was_there(fresh, tiny, moment):
    one = command(fresh, "--profiles")
    assert wait_for(lambda: MOMENTS[moment](fresh))
    os.kill(one.pid, signal.SIGKILL)
    one.communicate()
    assert one.returncode == -signal.SIGKILL
    assert wait_for(lambda: all_gone(one.pid), SOON)
    assert fresh.written == {"volume.pdf": b"earlier", "chad.pdf": b"earlier"}
    assert_next_run_is_right(fresh, tiny)


KILLED = """
import os, signal
from pathlib import Path
from monitorpub import drafts
from monitorpub.volume.command import compile_file
own, count = drafts.os.{function}, 0
def {function}(*words):
    global count
    count += 1
    if count == {number}:
        os.kill(os.getpid(), signal.SIGKILL)
    return own(*words)
drafts.os.{function} = {function}
compile_file(Path("profiles/volume.yaml"), Path("dist/volume.pdf"), with_profiles=True, cached=False)
"""


SLOW = pytest.mark.slow


@pytest.mark.parametrize(
    ("function", "number"), [("fsync", 1), pytest.param("fsync", 4, marks=SLOW), ("replace", 1), pytest.param("replace", 4, marks=SLOW)]
)
def test_a_run_that_is_killed_while_it_writes_leaves_whole_files(fresh, tiny, function, number):
    program = [sys.executable, "-c", KILLED.format(function=function, number=number)]
    one = started(fresh, program)
    assert (one.communicate()[0], one.returncode) == ("", -signal.SIGKILL)
    assert wait_for(lambda: all_gone(one.pid), SOON)
    seen = {name: data for name, data in fresh.written.items() if not name.startswith(".")}
    assert set(seen.values()) <= {b"earlier", *tiny.written.values()}
    assert_next_run_is_right(fresh, tiny)


@pytest.mark.parametrize("to_all", [True, False], ids=["as a terminal sends it", "to the first process"])
def test_ctrl_c_ends_all_processes_soon_and_writes_nothing(fresh, tiny, to_all):
    one = command(fresh, "--profiles")
    assert wait_for(lambda: begun(fresh))
    began = time.monotonic()
    (os.killpg if to_all else os.kill)(one.pid, signal.SIGINT)
    said, _ = one.communicate(timeout=60)
    assert (said.strip(), one.returncode) == ("Aborted!", 1)
    assert wait_for(lambda: all_gone(one.pid), SOON)
    assert time.monotonic() - began < SOON
    assert fresh.written == {"volume.pdf": b"earlier", "chad.pdf": b"earlier"}
    assert_next_run_is_right(fresh, tiny)


def test_a_run_that_is_asked_to_end_leaves_no_processes(fresh):
    one = command(fresh)
    assert wait_for(lambda: begun(fresh))
    one.terminate()
    one.communicate(timeout=60)
    assert one.returncode == -signal.SIGTERM
    assert wait_for(lambda: all_gone(one.pid), SOON)
    assert fresh.written == {"volume.pdf": b"earlier", "chad.pdf": b"earlier"}


def test_two_runs_at_once_are_both_right(fresh, tiny):
    both = [command(fresh, "--profiles") for _ in range(2)]
    said = [one.communicate(timeout=120)[0] for one in both]
    assert [(one.returncode, words) for one, words in zip(both, said, strict=True)] == [(0, ""), (0, "")]
    assert fresh.written == tiny.written
    assert fresh.compiled(with_profiles=True).typeset == 0


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
    assert_next_run_is_right(edition, tiny)


def test_no_room_for_temporary_files_is_said(fresh, tiny):
    one = command(fresh, preexec_fn=small_disk)
    said = said_in(one.communicate(timeout=120)[0])
    assert one.returncode == 1
    assert {one.code for one in said} == {"P009"}
    assert all("Temporary files go to" in one.hint for one in said)
    assert fresh.written == {"volume.pdf": b"earlier", "chad.pdf": b"earlier"}
    assert_next_run_is_right(fresh, tiny)


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
