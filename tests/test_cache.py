"""The cache: what comes from it is what would be made, whatever happened to it."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conftest import HEAD
from monitorpub import cache, environment
from monitorpub.cache import DAYS, Cache
from monitorpub.content import digest
from monitorpub.parts import Press
from monitorpub.pipeline import build
from monitorpub.standard import UA2_A4F, Archival
from monitorpub.typeset.part import Job
from monitorpub.verifying import verify_file
from monitorpub.workspace import Workspace, packaged
from needed import linux

DAY = 86_400
TEXT = HEAD + "key-developments: Something was laid.[^law]\nnotes:\n  law: Mine Act 2024, art. 3.\n"
KEY = digest(b"key")


@pytest.fixture
def kept(tmp_path) -> Cache:
    return Cache.of(tmp_path)


@pytest.fixture
def source(tmp_path) -> Path:
    """A profile in a workspace of its own."""
    file = tmp_path / "work" / "profiles" / "chad.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(TEXT, encoding="utf-8")
    return file


def made(source: Path, folder: str = "out", **options) -> tuple[bytes, list[bool], list]:
    """The PDF, for each part whether it came from the cache, and what was said."""
    told: list[bool] = []
    done, said = build([source], source.parents[1] / folder, progress=lambda _name, _nth, _of, cached: told.append(cached), **options)
    return done[0].file.read_bytes() if done else b"", told, said


def entries(source: Path, kind: str = "*") -> list[Path]:
    return sorted((source.parents[1] / ".monitorpub" / "cache").glob(f"??/*.{kind}"))


# entries


def test_an_entry_is_given_back_and_another_is_not(kept):
    assert kept.get("part", KEY) is None
    kept.put("part", KEY, b"one\nline\0more")
    assert kept.get("part", KEY) == b"one\nline\0more"
    assert kept.get("objects", KEY) is None
    assert kept.get("part", digest(b"other")) is None
    assert Cache.of(kept.root.parents[1]).get("part", KEY) == b"one\nline\0more"
    kept.put("part", KEY, b"")
    assert kept.get("part", KEY) == b""
    assert kept.said == []


def test_other_tools_know_the_folder_as_a_cache(kept):
    kept.put("part", KEY, b"x")
    assert (kept.root / "CACHEDIR.TAG").read_bytes().startswith(b"Signature: 8a477f597d28d172789f06886806bc55")
    assert (kept.root / ".gitignore").read_text() == "*\n"


def damaged(file: Path, how: str) -> None:
    data = file.read_bytes()
    changed = {"turned": data[:-1] + bytes([data[-1] ^ 1]), "cut": data[: len(data) // 2], "empty": b"", "longer": data + b"x"}
    changed |= {"headless": data.partition(b"\n")[2], "of another": b"monitorpub 1 " + digest(b"else").encode() + b"\n" + data}
    file.write_bytes(changed[how])


HOW = ["turned", "cut", "empty", "longer", "headless", "of another"]


@pytest.mark.parametrize("how", HOW)
def test_a_damaged_entry_is_said_and_gone(kept, how):
    kept.put("part", KEY, b"a whole entry")
    (file,) = kept.root.glob("??/*")
    damaged(file, how)
    assert kept.get("part", KEY) is None
    assert [(one.code, one.severity.value, one.place.file) for one in kept.said] == [("B001", "warning", file)]
    assert not file.exists()
    kept.put("part", KEY, b"a whole entry")
    assert Cache.of(kept.root.parents[1]).get("part", KEY) == b"a whole entry"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS])
def test_a_folder_that_cannot_be_written_is_said_once(kept, monkeypatch, number):
    def fail(*_):
        raise OSError(number, os.strerror(number))

    kept.put("part", KEY, b"before")
    monkeypatch.setattr(cache.os, "replace", fail)
    root = kept.root
    kept.put("part", KEY, b"other")
    kept.put("objects", KEY, b"more")
    assert [(one.code, one.severity.value) for one in kept.said] == [("B002", "warning")]
    assert os.strerror(number) in kept.said[0].message
    assert [file.read_bytes().partition(b"\n")[2] for file in root.glob("??/*")] == [b"before"], "nothing half written is left"


def test_without_a_folder_only_what_is_small_is_kept():
    kept = Cache(None)
    for kind in ("part", "objects", "feet", "font"):
        kept.put(kind, KEY, b"x")
    assert [kind for kind in ("part", "objects", "feet", "font") if kept.get(kind, KEY)] == ["feet", "font"]


def test_what_was_not_used_for_long_is_dropped(kept):
    for number, days in enumerate((0, 2, DAYS - 1, DAYS + 1, 400)):
        key = digest(b"%d" % number)
        kept.put("part", key, b"x")
        (file,) = kept.root.glob(f"??/{key}.part")
        os.utime(file, (0, time.time() - days * DAY))
    kept.sweep()
    assert [kept.get("part", digest(b"%d" % number)) for number in range(5)] == [b"x", b"x", b"x", None, None]
    assert (kept.root / "CACHEDIR.TAG").exists()


def test_using_an_entry_keeps_it(kept):
    kept.put("part", KEY, b"x")
    (file,) = kept.root.glob("??/*")
    os.utime(file, (0, time.time() - (DAYS - 1) * DAY))
    kept.get("part", KEY)
    assert time.time() - file.stat().st_mtime < 60


def test_beyond_its_size_the_oldest_are_dropped(kept, monkeypatch):
    for number in range(6):
        key = digest(b"%d" % number)
        kept.put("part", key, b"x" * 1000)
        (file,) = kept.root.glob(f"??/{key}.part")
        os.utime(file, (0, time.time() - number * 60))
    monkeypatch.setattr(cache, "MOST", 3500)
    kept.sweep()
    assert [kept.get("part", digest(b"%d" % number)) is not None for number in range(6)] == [True] * 3 + [False] * 3


def test_sweeping_looks_once_a_day(kept):
    kept.put("part", KEY, b"x")
    kept.sweep()
    (file,) = kept.root.glob("??/*")
    os.utime(file, (0, 0))
    kept.sweep()
    assert file.exists()
    os.utime(kept.root / "swept", (0, time.time() - 2 * DAY))
    kept.sweep()
    assert not file.exists()


# keys


@pytest.fixture
def keyed(tmp_path):
    """A workspace with a style, a layout, a font and an image; gives the key of a job in it."""
    root = tmp_path / "work"
    for name, text in {
        "styles/own.css": "p { color: red }",
        "layouts/own.html": "x",
        "images/map.svg": "<svg/>",
        "images/other.svg": "<svg/>",
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    (root / "fonts").mkdir()
    shutil.copy(next(packaged("fonts").glob("*.ttf")), root / "fonts" / "Own.ttf")

    def key(**changes) -> str:
        job = {
            "name": "chad",
            "html": "<p>Words.</p>",
            "styles": ("own.css",),
            "notes": (("note-a", "call-a-1"),),
            "images": ("images/map.svg",),
        }
        return Press(Workspace(root), Cache(None)).key(Job(workspace=root, **{**job, **changes}))

    return root, key


@pytest.mark.parametrize(
    "changes",
    [
        {"html": "<p>Other words.</p>"},
        {"name": "mali"},
        {"styles": ("own.css", "tables.css")},
        {"notes": ()},
        {"side": "verso"},
        {"images": ()},
        {"images": ("images/other.svg",)},
        {"images": ("images/none.svg",)},
    ],
    ids=str,
)
def test_the_key_changes_with_what_is_asked_for(keyed, changes):
    _, key = keyed
    assert key() == key()
    assert key() != key(**changes)


@pytest.mark.parametrize("name", ["styles/own.css", "layouts/own.html", "fonts/Own.ttf", "images/map.svg"])
def test_the_key_changes_with_what_a_file_holds_and_not_with_its_day(keyed, name):
    root, key = keyed
    before = key()
    os.utime(root / name, (0, 0))
    assert key() == before
    with (root / name).open("ab") as stream:
        stream.write(b" ")
    assert key() != before


@pytest.mark.parametrize("name", ["styles/new.css", "fonts/New.ttf", "layouts/blocks/new.html"])
def test_the_key_changes_with_a_new_file(keyed, name):
    root, key = keyed
    before = key()
    (root / name).parent.mkdir(exist_ok=True)
    (root / name).write_bytes(b"x")
    assert key() != before


def test_the_key_changes_with_the_tool(keyed, monkeypatch):
    _, key = keyed
    before = key()
    monkeypatch.setattr(environment, "tool", lambda: "another")
    assert key() != before


def test_the_tool_is_its_sources_its_libraries_and_what_is_installed(tmp_path, monkeypatch):
    tool = environment.tool.__wrapped__
    before = tool()
    assert tool() == before
    (tmp_path / "weasyprint-71.0.dist-info").mkdir()
    with monkeypatch.context() as changed:
        changed.setattr(sys, "path", [*sys.path, str(tmp_path)])
        assert tool() != before
    with monkeypatch.context() as changed:
        changed.setattr(environment, "_libraries", lambda: "pango 99")
        assert tool() != before
    shutil.copytree(Path(environment.__file__).parent, tmp_path / "monitorpub", ignore=shutil.ignore_patterns("__pycache__"))
    with monkeypatch.context() as changed:
        changed.setattr(environment, "__file__", str(tmp_path / "monitorpub" / "environment.py"))
        assert tool() == before, "it does not matter where the tool lies"
        with (tmp_path / "monitorpub" / "bind" / "binding.py").open("a") as stream:
            stream.write("\n")
        assert tool() != before


def test_the_libraries_of_the_system_are_known_by_their_versions():
    linux()
    assert [line.split()[0] for line in environment._libraries().split("\n")] == ["pango-1.0", "harfbuzz"]


# builds


def test_the_second_build_takes_its_parts_from_the_cache(source):
    first, told, said = made(source)
    assert (told, said) == ([False], [])
    again, told, said = made(source, "again")
    assert (told, said) == ([True], [])
    assert first == again
    fresh, told, _ = made(source, "fresh", cached=False)
    assert (fresh, told) == (first, [False])
    source.write_text(TEXT.replace("art. 3.", "art. 4."), encoding="utf-8")
    changed, told, _ = made(source)
    assert told == [False]
    assert changed != first
    source.write_text(TEXT, encoding="utf-8")
    assert made(source)[:2] == (first, [True])


def test_each_standard_has_parts_of_its_own(source):
    first, _, _ = made(source)
    other, told, _ = made(source, "other", archival=Archival(UA2_A4F))
    assert (told, other == first) == ([False], False)
    assert made(source, "again", archival=Archival(UA2_A4F)) == (other, [True], [])
    assert made(source, "first again") == (first, [True], [])


def test_the_engine_is_not_loaded_where_nothing_is_typeset(source):
    made(source)
    program = (
        "import sys, pathlib\nfrom monitorpub.pipeline import build\n"
        "done, said = build([pathlib.Path(sys.argv[1])], pathlib.Path(sys.argv[2]))\nassert done and not said\n"
        "print([name for name in ('weasyprint', 'pydyf', 'fontTools', 'uharfbuzz', 'pypdf') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program, source, source.parent / "out"], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("how", ["turned", "cut"])
def test_every_damaged_entry_is_made_again_and_said(source, how):
    whole, _, _ = made(source)
    assert {file.suffix for file in entries(source)} >= {".part", ".objects", ".words", ".feet", ".font", ".made"}
    for file in entries(source):
        before = file.read_bytes()
        damaged(file, how)
        again, _, said = made(source, "again")
        assert again == whole, file.name
        if file.suffix != ".words":  # read for an index only
            assert [one.code for one in said] == ["B001"], file.name
            assert file.read_bytes().partition(b"\n")[0] == before.partition(b"\n")[0] or file.suffix == ".part"


@pytest.mark.parametrize("kind", ["part", "objects", "feet", "font", "made"])
def test_an_entry_that_is_gone_is_made_again(source, kind):
    whole, _, _ = made(source)
    for file in entries(source, kind):
        file.unlink()
    again, _, said = made(source, "again")
    assert (again, said) == (whole, [])
    assert entries(source, kind)


def test_what_is_well_formed_and_no_record_is_made_again(source):
    whole, _, _ = made(source)
    for file in entries(source, "part"):
        file.write_bytes(b"monitorpub 1 " + digest(b"[1]").encode() + b"\n[1]")
    assert made(source, "again")[0] == whole


def test_a_cache_that_cannot_be_written_costs_only_time(source):
    (source.parents[1] / ".monitorpub").write_text("in the way")
    data, told, said = made(source)
    assert [(one.code, one.severity.value) for one in said] == [("B002", "warning")]
    (source.parents[1] / ".monitorpub").unlink()
    assert (data, told) == (made(source, "again")[0], [False])


def test_a_folder_that_nobody_marked_gets_no_cache(tmp_path):
    file = tmp_path / "chad.yaml"
    file.write_text(TEXT, encoding="utf-8")
    build([file], tmp_path / "out")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["chad.yaml", "out"]


def test_a_part_that_ran_out_of_time_is_not_kept(source, monkeypatch):
    from monitorpub import workers
    from monitorpub.typeset import Limits

    monkeypatch.setattr(workers, "_START", 0.0)
    _, _, said = made(source, limits=Limits(seconds=0.0))
    assert [one.code for one in said] == ["P007"]
    monkeypatch.undo()
    data, told, said = made(source)
    assert (bool(data), told, said) == (True, [False], [])


# processes


def command(source: Path, folder: str, **options) -> subprocess.Popen:
    words = [sys.executable, "-m", "monitorpub", "build", "profiles", "-o", folder, "--quiet"]
    return subprocess.Popen(
        words, cwd=source.parents[1], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True, **options
    )


def more(source: Path, count: int) -> None:
    for number in range(count):
        source.with_name(f"country-{number}.yaml").write_text(TEXT.replace("Something", f"Thing {number}"), encoding="utf-8")


def files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def test_two_builds_at_once_make_the_same(source):
    more(source, 2)
    root = source.parents[1]
    both = [command(source, "one"), command(source, "two")]
    said = [one.communicate(timeout=120)[0] for one in both]
    assert [(one.returncode, text) for one, text in zip(both, said, strict=True)] == [(0, ""), (0, "")]
    assert files(root / "one") == files(root / "two")
    assert not list((root / ".monitorpub").rglob("*.part.*")) and not list((root / ".monitorpub").rglob(".?*.part"))
    assert made(source)[1:] == ([True], [])


def test_a_build_that_is_killed_while_it_typesets_leaves_nothing_wrong(source):
    more(source, 3)
    root = source.parents[1]
    (root / "out").mkdir()
    (root / "out" / "chad.pdf").write_bytes(b"earlier")
    one = command(source, "out")
    until = time.monotonic() + 60
    while not entries(source, "part") and one.poll() is None and time.monotonic() < until:
        time.sleep(0.002)
    os.killpg(one.pid, signal.SIGKILL)
    one.communicate()
    assert one.returncode == -signal.SIGKILL
    assert files(root / "out") == {"chad.pdf": b"earlier"}
    again = command(source, "out")
    assert (again.communicate(timeout=120)[0], again.returncode) == ("", 0)
    _, said = build(sorted(source.parent.iterdir()), root / "fresh", cached=False)
    assert not said
    assert files(root / "out") == files(root / "fresh")


def test_a_build_that_is_killed_while_it_writes_leaves_what_was_there(source):
    more(source, 1)
    root = source.parents[1]
    (root / "out").mkdir()
    for name in ("chad", "country-0"):
        (root / "out" / f"{name}.pdf").write_bytes(b"earlier")
    program = (
        "import os, pathlib, sys\nfrom monitorpub import drafts\nfrom monitorpub.pipeline import build\n"
        "drafts.os.fsync = lambda handle: os.kill(os.getpid(), 9)\n"
        "build(sorted(pathlib.Path('profiles').iterdir()), pathlib.Path('out'))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=root, check=False, capture_output=True)
    assert done.returncode == -signal.SIGKILL
    left = files(root / "out")
    assert {name: left.pop(name) for name in ("chad.pdf", "country-0.pdf")} == {"chad.pdf": b"earlier", "country-0.pdf": b"earlier"}
    assert all(name.startswith(".") and name.endswith(".part") for name in left)
    again = command(source, "out")
    assert (again.communicate(timeout=120)[0], again.returncode) == ("", 0)
    for name in ("chad", "country-0"):
        assert verify_file(root / "out" / f"{name}.pdf").diagnostics == ()


# the commands


def test_info_and_clear(source, run):
    made(source)
    root = source.parents[1]
    count = len(entries(source))
    assert f"{count} files, " in run("cache", "info", root).output
    assert run("cache", "clear", root).exit_code == 0
    assert not entries(source)
    assert run("cache", "clear", root).exit_code == 0
    assert "  0 files, " in run("cache", "info", root).output
