"""The commands compile and cache as an editor types them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from monitorpub.cache import Cache
from printed import said_in
from volumes import PROFILES, Edition


def test_help_names_every_option(run):
    said = " ".join(run("compile", "--help").stdout.split())
    assert "Usage: main compile [OPTIONS] VOLUME" in said
    for option in ("-o, --output PATH", "--profiles", "--jobs INTEGER", "--no-cache", "--quiet"):
        assert option in said
    assert "After any error nothing is written." in said
    for command in ("info", "clear"):
        assert command in run("cache", "--help").stdout


def test_the_closing_line_counts_parts_pages_and_notes(edition, run):
    edition.change("nepal", ("A note.", "Another note."))
    lines = run("compile", "profiles/volume.yaml", "-o", "out/report.pdf", "--profiles").stdout.splitlines()
    assert [line.split("  ")[0] for line in lines] == [
        *(f"out/{name}.pdf" for name in ("angola", "chad", "myanmar", "zz-aland", "nepal")),
        "out/report.pdf",
    ]
    assert re.fullmatch(r"out/nepal.pdf  1 page, 1 note, \d+ kB", lines[4])
    assert re.fullmatch(r"out/report.pdf  24 pages, 6 notes, 0.\d MB; 1 part typeset \(nepal\), 13 from the cache, \d+\.\d s", lines[5])


def test_without_a_name_the_volume_goes_to_dist(edition, run, monkeypatch):
    (edition.root / "elsewhere").mkdir()
    monkeypatch.chdir(edition.root / "elsewhere")
    assert run("compile", "../profiles/volume.yaml").stdout.startswith("dist/volume.pdf  24 pages")
    assert (edition.root / "elsewhere" / "dist" / "volume.pdf").read_bytes() == edition.output.read_bytes()


def test_quiet_says_nothing_and_warnings_all_the_same(edition, run):
    result = run("compile", "profiles/volume.yaml", "--quiet")
    assert (result.stdout, result.stderr) == ("", "")
    edition.write("profiles/stray.yaml", (edition.root / "profiles" / "chad.yaml").read_bytes().replace(b"States Parties", b"None"))
    for _ in range(2):  # also when nothing has changed
        result = run("compile", "profiles/volume.yaml", "--quiet")
        assert (result.exit_code, result.stdout) == (0, "")
        assert [(one.severity, one.code, one.file) for one in said_in(result.stderr)] == [("warning", "G007", "profiles/stray.yaml")]


def test_without_the_cache_nothing_is_kept(tmp_path, monkeypatch, run):
    fresh = Edition.new(tmp_path / "fresh")
    monkeypatch.chdir(fresh.root)
    fresh.write(
        "profiles/volume.yaml",
        fresh.volume.read_text(encoding="utf-8").partition("site:")[0] + "groups: [{title: All, profiles: [nepal]}]\n",
    )
    assert (
        "2 parts typeset (group-all, nepal), 0 from the cache" in run("compile", "profiles/volume.yaml", "--no-cache", "--jobs", "1").stdout
    )
    assert not (fresh.root / ".monitorpub").exists()


def test_a_folder_that_nobody_marked_keeps_nothing_and_says_so(tmp_path, monkeypatch, run):
    """Whoever marks it is told no more."""
    flat = Edition(tmp_path / "flat")
    volume = "layout: annual-report\nlanguage: en-GB\ntitle: Clearing the Mines\nedition: 2025\npublisher: A\ndate: 2025-11-01\n"
    flat.write("nepal.yaml", PROFILES["nepal"])
    flat.write("volume.yaml", volume + "groups: [{title: All, divider: false, profiles: [nepal]}]\n")
    monkeypatch.chdir(flat.root)
    hint = f"Nothing is kept for the next time: an empty file {flat.root / 'monitorpub.yaml'} makes the folder a workspace with a cache."
    assert run("compile", "volume.yaml").stdout.splitlines()[1:] == [hint]
    assert run("cache", "info").stdout.splitlines()[1:] == [hint]
    assert len(run("compile", "volume.yaml", "--no-cache").stdout.splitlines()) == 1
    flat.write("monitorpub.yaml", "")
    assert len(run("compile", "volume.yaml").stdout.splitlines()) == 1
    assert "0 parts typeset, 1 from the cache" in run("compile", "volume.yaml").stdout
    assert run("cache", "info").stdout.count("\n") == 1


@pytest.mark.parametrize(
    "words", [(), ("a.yaml", "b.yaml"), ("profiles/volume.yaml", "--jobs", "x"), ("profiles/volume.yaml", "--nonsense")]
)
def test_a_wrong_use_is_told(edition, run, words):
    result = run("compile", *words)
    assert (result.exit_code, "Usage:" in result.stderr) == (2, True)


def test_progress_is_told_in_lines_where_there_is_no_terminal(tmp_path):
    """With the place among all parts, and not for those from the cache."""
    fresh = Edition.new(tmp_path / "fresh")
    program = [
        sys.executable,
        "-c",
        "from monitorpub import cli, progress; progress.SLOW = 0.0; cli.main()",
        "compile",
        "profiles/volume.yaml",
    ]
    first = subprocess.run(program, cwd=fresh.root, capture_output=True, text=True, check=True)
    lines = first.stderr.splitlines()
    assert [line.split()[0] for line in lines] == [f"[{number}/14]" for number in range(1, 15)]
    assert {line.split()[1] for line in lines} >= {"cover", "overview", "chad", "group-others", "back-cover"}
    fresh.change("nepal", ("A note.", "Another note."))
    again = subprocess.run(program, cwd=fresh.root, capture_output=True, text=True, check=True)
    assert again.stderr == "[14/14] nepal\n"


CACHE = Path(".monitorpub") / "cache"


@pytest.mark.parametrize("where", [".", "profiles", "profiles/volume.yaml", "profiles/chad.yaml", "monitorpub.yaml"])
def test_the_cache_is_that_of_the_workspace_wherever_one_asks(edition, run, where):
    count, size = Cache(edition.root / CACHE).size()
    assert run("cache", "info", where).stdout == f"{edition.root / CACHE}  {count} files, {size / 1e6:.1f} MB\n"
    assert count > 14
    assert run("cache", "clear", where).stdout == f"{edition.root / CACHE}  deleted\n"
    assert not (edition.root / CACHE).exists()
    assert edition.volume.exists()
    assert len(edition.written) == 6


def test_the_cache_is_found_from_inside_a_folder(edition, run, monkeypatch):
    (edition.root / "profiles" / "deeper").mkdir()
    monkeypatch.chdir(edition.root / "profiles" / "deeper")
    assert run("cache", "info").stdout.startswith(f"{edition.root / CACHE}  ")
    assert run("cache", "clear").exit_code == 0
    assert not (edition.root / CACHE).exists()


def test_where_there_is_no_cache_that_is_said(workspace, run):
    (workspace.root / "profiles" / "keep.yaml").write_text("", encoding="utf-8")
    assert run("cache", "info").stdout == f"{workspace.root / CACHE}  0 files, 0.0 MB\n"
    assert run("cache", "clear").stdout == f"{workspace.root / CACHE}  there is none\n"
    assert (workspace.root / "profiles" / "keep.yaml").exists()


@pytest.mark.parametrize("command", ["info", "clear"])
def test_a_workspace_that_is_not_there_is_told(workspace, run, command):
    for name in ("nowhere", "a" * 300):
        result = run("cache", command, name)
        assert (result.exit_code, "does not exist" in result.stderr) == (2, True)


def test_a_cache_that_is_a_link_is_left_alone(workspace, run, tmp_path):
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "file").write_text("words", encoding="utf-8")
    (workspace.root / ".monitorpub").mkdir()
    (workspace.root / CACHE).symlink_to(tmp_path / "other")
    result = run("cache", "clear")
    assert result.exit_code == 1
    assert re.search(r"could not be deleted: \w.*\w", result.stderr)
    assert (tmp_path / "other" / "file").exists()
