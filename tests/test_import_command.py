"""The command import: what it writes, what it refuses, and what it says."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from monitorpub.importing.command import run_import
from monitorpub.importing.saving import write_source
from printed import said_in
from test_import_images import png

LINE = "A claim that has words enough to be taken for running text stands here and goes on"
TEXT = f"Chad\n\nLast updated: 1 May 2020\n\nContamination\n\n{LINE}.[1]\n\n[1] Email from A. Person, 1 May 2020.\n"


def test_a_source_is_written_beside_the_document_and_the_report_printed(workspace, run):
    workspace.write(TEXT, "Chad 2020.txt")
    result = run("import", "Chad 2020.txt", "--layout", "clearing-the-mines")
    assert result.exit_code == 0
    written = workspace.root / "chad-2020.yaml"
    assert written.read_text().startswith(
        "# Imported from Chad 2020.txt.\n\nlayout: clearing-the-mines\ncountry: {code: TCD, name: Chad}\n"
    )
    assert "  1 call, 1 note, none missing\n" in result.stdout
    assert result.stdout.splitlines()[-1].startswith("chad-2020.yaml  written")
    assert run("check", "chad-2020.yaml").exit_code == 0


def test_a_dry_run_prints_the_report_and_writes_nothing(workspace, run):
    file = workspace.write(TEXT, "chad.txt")
    result = run("import", file, "--dry-run")
    assert (result.exit_code, "1 call, 1 note" in result.stdout, "written" in result.stdout) == (0, True, False)
    assert [one.name for one in workspace.root.iterdir() if one.is_file()] == ["chad.txt"]


def test_what_is_there_stays_unless_it_is_forced(workspace, run):
    file = workspace.write(TEXT, "chad.txt")
    workspace.write("mine", "chad.yaml")
    result = run("import", file)
    assert (result.exit_code, [one.code for one in said_in(result.stderr)]) == (1, ["I007"])
    assert (workspace.root / "chad.yaml").read_text() == "mine"
    assert run("import", file, "--force").exit_code == 0
    assert (workspace.root / "chad.yaml").read_text().startswith("# Imported")


@pytest.mark.parametrize("leads_to", ["nowhere.yaml", "nowhere/at/all.yaml", "chad.yaml", "mine.yaml"])
def test_a_link_in_place_of_the_source_is_there_already_and_force_replaces_it(workspace, run, leads_to):
    file = workspace.write(TEXT, "chad.txt")
    mine = Path(workspace.write("mine", "mine.yaml"))
    Path("chad.yaml").symlink_to(leads_to)
    result = run("import", file)
    assert (result.exit_code, [one.code for one in said_in(result.stderr)]) == (1, ["I007"])
    assert os.readlink("chad.yaml") == leads_to
    assert run("import", file, "--force").exit_code == 0
    assert not Path("chad.yaml").is_symlink()
    assert Path("chad.yaml").read_text().startswith("# Imported")
    assert (mine.read_text(), Path("nowhere.yaml").exists()) == ("mine", False)


@pytest.mark.parametrize("leads_to", ["nowhere.yaml", "mine.yaml"])
def test_a_link_that_was_replaced_in_vain_is_put_back(workspace, monkeypatch, leads_to):
    workspace.write("mine", "mine.yaml")
    Path("chad.yaml").symlink_to(leads_to)
    real = os.replace

    def stopped(source, target):
        real(source, target)
        monkeypatch.setattr("os.replace", real)
        raise KeyboardInterrupt

    monkeypatch.setattr("os.replace", stopped)
    with pytest.raises(KeyboardInterrupt):
        write_source(Path("chad.yaml"), "text", force=True)
    assert os.readlink("chad.yaml") == leads_to
    assert sorted(one.name for one in Path.cwd().iterdir() if not one.is_dir()) == ["chad.yaml", "mine.yaml"]


def test_the_output_may_be_a_file_or_a_folder(workspace, run):
    file = workspace.write(TEXT, "chad.txt")
    assert run("import", file, "-o", "profiles").exit_code == 0
    assert run("import", file, "-o", "new/other.yaml").exit_code == 0
    assert (workspace.root / "profiles" / "chad.yaml").read_text() == (workspace.root / "new" / "other.yaml").read_text()


@pytest.mark.parametrize("folder", ["out", "out/", "new/deep"])
def test_a_folder_that_is_not_there_is_made(workspace, run, folder):
    file = workspace.write(TEXT, "chad.txt")
    assert run("import", file, "-o", folder).exit_code == 0
    assert (workspace.root / folder / "chad.yaml").is_file()


@pytest.mark.parametrize(
    "name", ["y" * 300, "y" * 300 + ".yaml", f"{'y' * 300}/chad.yaml", "a\0b", "a\0b.yaml", "a\0b/chad.yaml", "\ud800.yaml"]
)
def test_a_name_that_the_system_refuses_is_said(workspace, run, name):
    file = Path(workspace.write(f"# Chad\n\n## Words\n\n{LINE}.\n\n![A map](map.png)\n", "chad.md"))
    workspace.write(png(), "map.png")
    before = sorted(Path.cwd().rglob("*"))
    for force in (False, True):
        assert [one.code for one in run_import(file, output=Path(name), sources=True, force=force).diagnostics] == ["F006"]
    if name.isascii() and "\0" not in name:
        assert [one.code for one in said_in(run("import", file, "-o", name).stderr)] == ["F006"]
    assert sorted(Path.cwd().rglob("*")) == before


@pytest.mark.parametrize("name", ["x.pdf", "x.docx", "x.txt"])
def test_what_is_no_name_of_a_source_is_refused(workspace, run, name):
    file = workspace.write(TEXT, "chad.txt")
    (said,) = said_in(run("import", file, "-o", name, "--force").stderr)
    assert (said.code, "x.yaml" in said.hint) == ("I008", True)
    assert not (workspace.root / name).exists()


def test_the_document_itself_is_never_written_over(workspace, run):
    file = workspace.write(TEXT, "chad.txt")
    link = workspace.root / "other.yaml"
    link.symlink_to(workspace.root / "chad.txt")
    again = workspace.write(TEXT, "plain.yaml")
    for document, target in ((file, "chad.txt"), (file, "./profiles/../chad.txt"), (file, "other.yaml"), (again, "plain.yaml")):
        result = run("import", document, "-o", target, "--force")
        assert [one.code for one in said_in(result.stderr)] == ["I008"]
    assert (workspace.root / "chad.txt").read_text() == TEXT
    assert link.is_symlink()


def test_nothing_is_left_behind_where_it_cannot_be_written(workspace, run):
    file = workspace.write(TEXT, "chad.txt")
    workspace.write("a file", "folder")
    result = run("import", file, "-o", "folder/chad.yaml")
    assert [one.code for one in said_in(result.stderr)] == ["F006"]
    assert not list(workspace.root.rglob("*.part"))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\n", "I001"),
        (b"some\0bytes\0", "I002"),
        (b" \n\n", "I003"),
        (b"x " * 3_000_000, "F003"),
    ],
)
def test_what_cannot_be_imported_is_refused(workspace, run, data, code):
    file = workspace.write(data, "chad.txt")
    result = run("import", file)
    assert (result.exit_code, [one.code for one in said_in(result.stderr)]) == (1, [code])
    assert not (workspace.root / "chad.yaml").exists()


def test_a_file_that_is_not_there(workspace, run):
    assert [one.code for one in said_in(run("import", "chad.txt").stderr)] == ["F001"]
    assert [one.code for one in said_in(run("import", "profiles").stderr)] == ["F001"]


def test_a_layout_that_is_not_there(workspace, run):
    result = run("import", workspace.write(TEXT, "chad.txt"), "--layout", "clearing-the-mine")
    assert [(one.code, "clearing-the-mines" in one.hint) for one in said_in(result.stderr)] == [("L001", True)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_that_are_sure(workspace, run, encoding):
    result = run("import", workspace.write(TEXT.replace("claim", "réponse").encode(encoding), "chad.txt"))
    assert (result.exit_code, result.stderr) == (0, "")
    assert "A réponse that" in (workspace.root / "chad.yaml").read_text(encoding="utf-8")


def test_an_encoding_that_is_guessed_is_said(workspace, run):
    result = run("import", workspace.write(TEXT.replace("claim", "“réponse”").encode("cp1252"), "chad.txt"))
    assert (result.exit_code, [(one.code, one.line) for one in said_in(result.stderr)]) == (0, [("I004", 7)])
    assert "A “réponse” that" in (workspace.root / "chad.yaml").read_text(encoding="utf-8")


def test_signs_that_nobody_can_print_are_lost_and_said(workspace, run):
    result = run("import", workspace.write(TEXT.replace("claim", "cl\x07aim"), "chad.txt"))
    assert "line 7: a sign that cannot be printed (U+0007) was dropped" in result.stdout
    assert run("check", "chad.yaml").exit_code == 0


@pytest.mark.parametrize(
    "text",
    ["+" * 100_000, "[1] " * 25_000, "¹ " * 25_000, "* " * 50_000, "*a" * 50_000, "\t" * 100_000, "a\tb\n" * 12_000, "- a\n" * 12_000,
     "Not reported\n\n" * 7_000, "A label\n\nNot known\n\n" * 3_000, "12 Clearing the Mines 2019\n" * 4_000, "[2] a\n" * 12_000, "1 a\n" * 12_000],
    ids=lambda text: repr(text[:6]),
)  # fmt: skip
def test_odd_texts_take_no_longer_than_their_length(workspace, run, text):
    file = workspace.write(text, "chad.txt")
    started = time.monotonic()
    run("import", file, "--dry-run")
    assert time.monotonic() - started < 20


def test_a_long_text_takes_no_longer_than_its_length(workspace, run):
    part = "Survey {}\n\n" + f"{LINE}.[1]\n\n[1] Email from A. Person, 1 May 2020.\n\n"
    times = []
    for number in (500, 4000):
        file = workspace.write("Chad\n\n" + "".join(part.format(one) for one in range(number)), "chad.txt")
        started = time.monotonic()
        run("import", file, "--dry-run")
        times.append(time.monotonic() - started)
    assert times[1] < 25 * times[0]


@pytest.mark.parametrize(("encoding", "name"), [("cp1251", "Windows-1251"), ("koi8-r", "KOI8-R")])
def test_a_text_in_cyrillic(workspace, run, encoding, name):
    words = "Мины лежат на хребте, как говорит отчёт."
    result = run("import", workspace.write(f"Chad\n\nОбзор\n\n{words}\n".encode(encoding), "chad.txt"))
    assert name in result.stderr
    assert words in (workspace.root / "chad.yaml").read_text(encoding="utf-8")
