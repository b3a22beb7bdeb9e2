"""The commands as functions: light to import, typed outcomes, every example of docs/api.md."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import monitorpub
from conftest import HEAD
from test_images import picture

DOCS = Path(__file__).parents[1] / "docs"
EXAMPLES = re.findall(r"^```python\n(.*?)^```$", (DOCS / "api.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
NOTED = HEAD + "key-developments: Something was laid.[^law]\nnotes:\n  law: Mine Act 2024, art. 3.\n"


def python(program: str, folder: Path | None = None) -> str:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_importing_the_package_loads_nothing_else():
    assert python("import sys, monitorpub; print([m for m in sys.modules if m.startswith('monitorpub')])") == "['monitorpub']"


def test_the_public_names_are_there():
    for name in monitorpub.__all__:
        assert getattr(monitorpub, name) is not None
    assert set(dir(monitorpub)) == set(monitorpub.__all__)
    with pytest.raises(AttributeError, match="nonsense"):
        _ = monitorpub.nonsense
    assert python("import monitorpub; print(monitorpub.testing.__name__)") == "monitorpub.testing"


def test_checking_loads_no_engine_and_no_reader_of_pdfs(workspace):
    workspace.write(NOTED)
    program = "import sys, monitorpub; monitorpub.check('profile.yaml'); print([m for m in ('weasyprint', 'pypdf') if m in sys.modules])"
    assert python(program, workspace.root) == "[]"


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_the_examples_run(example, workspace):
    """As scripts, which build on their first lines: what a worker must not do again."""
    workspace.write(NOTED, "profiles/bhutan.yaml")
    (workspace.root / "example.py").write_text(example, encoding="utf-8")
    done = subprocess.run([sys.executable, "example.py"], cwd=workspace.root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_check_says_what_the_command_says(workspace, run):
    file = workspace.write(NOTED.replace("[^law]", "[^lwa]"))
    report = monitorpub.check(file)
    assert not report.ok
    assert {d.code for d in report.errors} == {"N001", "N002"}
    command = run("check", file)
    assert str(report).startswith(command.stderr)
    assert "not all right" in str(report)


def test_a_check_chooses_rules(workspace):
    file = workspace.write(NOTED.replace("art. 3.", "art. 3"))
    every = {d.code for d in monitorpub.check(file).diagnostics}
    assert every
    assert not monitorpub.check(file, ignore=sorted(every)).diagnostics
    with pytest.raises(ValueError, match="Z999"):
        monitorpub.check(file, select=["Z999"])


def test_a_folder_means_its_profiles(workspace):
    workspace.write(NOTED, "profiles/one.yaml")
    workspace.write(NOTED, "profiles/two.yaml")
    report = monitorpub.check("profiles")
    assert [file.name for file in report.sources] == ["one.yaml", "two.yaml"]
    assert report.notes == 2
    (workspace.root / "empty").mkdir()
    assert [d.code for d in monitorpub.check("empty").errors] == ["F002"]


def test_a_build_gives_its_files_and_verify_proves_them(workspace):
    built = monitorpub.build(workspace.write(NOTED), output="out")
    (one,) = built.files
    assert built.ok
    assert (one.file, one.source.name, one.pages, one.notes) == (Path("out/profile.pdf"), "profile.yaml", 1, 1)
    assert f"{one.file}  1 page" in str(built)
    proved = monitorpub.verify(one.file)
    assert (proved.ok, proved.files[0].notes, proved.diagnostics) == (True, 1, ())
    assert str(proved) == f"{one.file}: 1 page, 1 note, 2 links, {proved.files[0].fonts} fonts: proved.\n"


def test_a_build_may_do_without_the_cache(workspace):
    file = workspace.write(NOTED, "profiles/chad.yaml")
    assert monitorpub.build(file, cached=False).ok
    assert not (workspace.root / ".monitorpub").exists()
    assert monitorpub.build(file).ok
    assert (workspace.root / ".monitorpub").exists()


def test_a_volume_is_compiled_as_by_the_command(edition, run):
    first = monitorpub.compile(edition.volume, edition.root / "out" / "report.pdf", profiles=True)
    assert (first.ok, first.diagnostics) == (True, ())
    assert [file.name for file in first.files] == ["report.pdf", "angola.pdf", "chad.pdf", "myanmar.pdf", "zz-aland.pdf", "nepal.pdf"]
    assert {file.name: file.read_bytes() for file in first.files[1:]} == {k: v for k, v in edition.written.items() if k != "volume.pdf"}
    assert first.files[0].read_bytes() == edition.output.read_bytes()
    assert (first.pages, first.notes, first.typeset, first.cached) == (24, 6, 0, 14)
    edition.change("nepal", ("A note.", "Another note."))
    again = monitorpub.compile(str(edition.volume), jobs=1)
    assert (again.files, again.typeset, again.cached) == ((Path("dist/volume.pdf"),), 1, 13)
    assert str(again).startswith("dist/volume.pdf  24 pages, 6 notes, 0.1 MB; 1 part typeset (nepal), 13 from the cache, ")
    said = run("compile", "profiles/volume.yaml").stdout
    assert said.startswith("dist/volume.pdf  24 pages, 6 notes, 0.1 MB; 0 parts typeset, 14 from the cache, ")


def test_a_volume_with_errors_gives_no_files(edition, run):
    edition.change("volume", ("profiles: [nepal", "profiles: [nepall"))
    before = edition.written
    report = monitorpub.compile("profiles/volume.yaml")
    assert (report.ok, report.files, report.pages, report.closing, edition.written) == (False, (), 0, (), before)
    assert [d.code for d in report.errors] == ["G003"]
    assert str(report) == run("compile", "profiles/volume.yaml").stderr


def test_after_an_error_there_are_no_files(workspace):
    good, bad = workspace.write(NOTED, "good.yaml"), workspace.write("layout: 1\n", "bad.yaml")
    report = monitorpub.build(good, bad, output="out")
    assert not report.ok
    assert report.files == ()
    assert not (workspace.root / "out").exists()


@pytest.mark.parametrize("function", [monitorpub.check, monitorpub.build, monitorpub.verify])
def test_nothing_to_do_is_an_error_of_the_caller(function):
    with pytest.raises(ValueError, match="at least one"):
        function()


def test_an_import_says_and_writes_what_the_command_does(workspace, run):
    workspace.write(picture("PNG"), "map.png")
    file = workspace.write("# Chad\n\n## Survey\n\nMines lie in two strips.\n\n![The strips](map.png)\n", "chad.md")
    look = monitorpub.import_file(file, "profiles", layout="clearing-the-mines", dry_run=True)
    assert (look.ok, look.written, look.source, look.images) == (
        True,
        False,
        Path("profiles/chad.yaml"),
        (Path("profiles/images/map.png"),),
    )
    assert not list((workspace.root / "profiles").iterdir())
    done = monitorpub.import_file(str(file), "profiles", layout="clearing-the-mines")
    assert (done.written, done.text, done.images[0].is_file()) == (True, done.source.read_text(), True)
    command = run("import", file, "-o", "profiles", "--layout", "clearing-the-mines", "--force")
    assert str(done) == command.stdout
    again = monitorpub.import_file(file, "profiles", layout="clearing-the-mines")
    assert ([d.code for d in again.errors], again.source, again.images, again.written) == (["I007"], None, (), False)
    assert "Survey" not in again.text
    with pytest.raises(ValueError, match="perhaps"):
        monitorpub.import_file(file, changes="perhaps")
    assert [d.code for d in monitorpub.import_file("none.docx").errors] == ["F001"]


def test_a_copy_is_exported_as_by_the_command(workspace, run):
    file = workspace.write(NOTED, "chad.yaml")
    done = monitorpub.export(file)
    assert (done.ok, done.file, str(done)) == (True, Path("chad.docx"), "chad.docx  written\n")
    data = done.file.read_bytes()
    again = monitorpub.export(file)
    assert ([d.code for d in again.errors], again.file) == (["I007"], None)
    assert str(again) == run("export", file, "--to", "docx").stderr
    assert monitorpub.export(str(file), "other.docx", force=True).file.read_bytes() == data
    with pytest.raises(ValueError, match="odt"):
        monitorpub.export(file, to="odt")
