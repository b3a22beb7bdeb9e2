"""What the fork server prepares changes no page, gives way to the files of a workspace, and leaves nothing behind."""

from __future__ import annotations

import ctypes.util
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from monitorpub.content import digest
from monitorpub.pipeline import prepare
from monitorpub.produce import plan
from monitorpub.typeset import Job, Limits, Remark, loading, typeset_all
from monitorpub.typeset.engine import typeset
from monitorpub.typeset.part import FeetJob
from monitorpub.workers import run_all
from monitorpub.workspace import packaged

ROOT = Path(__file__).parent.parent
LIMITS = Limits()
ALL = tuple(sorted(file.name for file in packaged("styles").glob("*.css")))


def made_job(file: Path) -> Job:
    """What the typesetter is asked for."""
    prepared = prepare(file).value
    assert prepared is not None
    return plan([prepared], None)[0][0]


@pytest.fixture
def job(tmp_path):
    """A little document, in a workspace that is empty as yet."""
    return Job("one", '<html lang="en-GB"><title>One</title><body><h1>One</h1><p>Two <em>three</em></p>', ALL, tmp_path)


@dataclass(frozen=True)
class Look:
    """A task that says whether the worker has styles and fonts for a job, and how many threads it was forked from."""

    job: Job
    name: str = "look"
    limits: Limits = LIMITS

    def run(self) -> bool:
        from monitorpub.typeset import sheets
        from monitorpub.typeset.fetch import Fetcher
        from monitorpub.workspace import Workspace

        return any(kept.fits(self.job.styles, Fetcher(Workspace(self.job.workspace))) for kept in sheets._shelf)


@dataclass(frozen=True)
class Die:
    """A task that leaves a folder behind and is killed."""

    name: str = "die"
    limits: Limits = LIMITS

    def run(self) -> None:
        tempfile.mkdtemp()
        os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("source", ["profiles/north-korea.yaml", "tests/profiles/bare.yaml"])
def test_a_prepared_worker_makes_the_same_part_as_a_process_that_is_not(source):
    job = made_job(ROOT / source)
    (part,) = typeset_all([job])
    assert replace(part, seconds=0) == replace(typeset(job), seconds=0)


def test_running_feet_too():
    job = FeetJob({"recto": "A sample", "verso": "Of feet"}, ("tokens.css", "fonts.css", "page.css", "feet.css"), ROOT, "en-GB")
    assert run_all([job]) == [job.run()]


def kept_for(job: Job) -> bool:
    """Whether a worker has its styles and fonts."""
    (found,) = run_all([Look(job)])
    return found


def test_a_worker_has_the_styles_and_fonts_of_the_tool(job):
    from monitorpub.typeset.sheets import can_be_forked

    assert kept_for(job) == can_be_forked()


@pytest.mark.parametrize("names", [("page.css",), (*ALL, "own.css")], ids=["without the faces", "with one of its own"])
def test_other_styles_are_loaded_for_the_document(job, names):
    (job.workspace / "styles").mkdir()
    (job.workspace / "styles" / "own.css").write_text("p { color: red }", encoding="utf-8")
    assert not kept_for(replace(job, styles=names))


def test_a_style_that_the_workspace_overrides_is_taken_from_there(job):
    (job.workspace / "styles").mkdir()
    before, *_ = typeset_all([job])
    (job.workspace / "styles" / "page.css").write_text("@page { size: 300px 400px; margin: 20px }", encoding="utf-8")
    after, *_ = typeset_all([job])
    assert (before.size, after.size) == ((pytest.approx(793.7, abs=0.1), pytest.approx(1122.5, abs=0.1)), (300, 400))
    (job.workspace / "styles" / "page.css").write_text("@page { size: 300px 500px; margin: 20px }", encoding="utf-8")
    assert typeset_all([job])[0].size == (300, 500)


def test_a_font_that_the_workspace_overrides_is_taken_from_there(job):
    (job.workspace / "fonts").mkdir()
    own = (packaged("fonts") / "SerifNote-Regular.ttf").read_bytes()
    (job.workspace / "fonts" / "Serif-Regular.ttf").write_bytes(own)
    tools, its = ({face.digest for face in part.faces} for part in typeset_all([replace(job, workspace=ROOT), job]))
    assert len(tools - its) == 1
    assert its - tools == {digest(own)}


def test_what_the_engine_says_of_a_style_is_said_of_each_document(job):
    (job.workspace / "styles").mkdir()
    (job.workspace / "styles" / "page.css").write_text("p { colour: red }", encoding="utf-8")
    for part in typeset_all([job, job]):
        assert part.remarks == (Remark("P006", part.remarks[0].message, part.remarks[0].element),)
        assert "colour: red" in part.remarks[0].message


def test_styles_of_which_the_engine_says_something_are_not_kept(job, engine_is_silent):
    from monitorpub.typeset import sheets
    from monitorpub.typeset.fetch import Fetcher
    from monitorpub.workspace import Workspace

    (job.workspace / "styles").mkdir()
    (job.workspace / "styles" / "page.css").write_text("p { colour: red }", encoding="utf-8")
    sheets.keep(["page.css"], Fetcher(Workspace(job.workspace)))
    assert sheets._shelf == []
    assert "colour: red" in engine_is_silent.pop()


def test_a_run_leaves_no_temporary_files(tmp_path):
    program = f"""
from multiprocessing import forkserver
from pathlib import Path
import test_warm
from monitorpub.typeset import typeset_all
from monitorpub.workers import run_all
own = Path({str(tmp_path)!r}) / "work" / "styles"
own.mkdir(parents=True)
(own / "page.css").write_text("@page {{ size: 300px 400px }}")
job = test_warm.made_job(Path({str(ROOT / "tests" / "profiles" / "bare.yaml")!r}))
parts = typeset_all([job, test_warm.replace(job, workspace=own.parent)])
assert [part.pages > 0 for part in parts] == [True, True]
assert test_warm.typeset(job).pages
(died,) = run_all([test_warm.Die()])
assert died.remark.code == 'P008'
forkserver._forkserver._stop()  # as the end of the process does, but waiting for it
"""
    paths = os.pathsep.join([str(Path(__file__).parent), *filter(None, [os.environ.get("PYTHONPATH")])])
    with tempfile.TemporaryDirectory() as short:  # for it holds the address of the fork server
        environment = {**os.environ, "TMPDIR": short, "PYTHONPATH": paths}
        subprocess.run([sys.executable, "-c", program], env=environment, check=True)
        assert os.listdir(short) == []


def test_a_long_path_for_temporary_files_is_no_address_but_still_the_path(tmp_path):
    long = tmp_path / ("x" * 100)
    long.mkdir()
    environment = {**os.environ, "TMPDIR": str(long)}
    source = ROOT / "tests" / "profiles" / "bare.yaml"
    command = [sys.executable, "-m", "monitorpub", "build", str(source), "--no-cache", "-o", str(tmp_path)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert os.listdir(long) == []


def test_the_engine_is_imported_without_asking_other_programs_and_can_load_later_what_it_did_not():
    program = """
import subprocess, sys
def refuse(*words, **named): raise AssertionError(words)
popen, subprocess.Popen = subprocess.Popen, refuse
import monitorpub.typeset.engine
subprocess.Popen = popen
later = [name for name in ("fontTools.subset", "fontTools.varLib.instancer") if name in sys.modules]
from weasyprint.pdf import fonts
options = fonts.subset.Options(glyph_names=True)
print(later, type(options).__module__, options.glyph_names, type(sys.modules["fontTools.subset"]).__name__)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] fontTools.subset True module"


def test_a_library_that_the_loader_does_not_find_is_looked_for_as_usual(monkeypatch):
    monkeypatch.setitem(loading.SONAMES, "pango-1.0", "libnowhere.so.0")
    monkeypatch.setitem(loading.SONAMES, "harfbuzz-vector", "libnowhere.so.0")
    monkeypatch.setattr(ctypes.util, "find_library", lambda name: f"found {name}")
    monkeypatch.setattr(sys, "platform", "linux")
    with loading.quickly():
        names = ("pango-1.0", "harfbuzz", "harfbuzz-vector", "pango-1.0-0")
        assert [ctypes.util.find_library(name) for name in names] == ["found pango-1.0", "libharfbuzz.so.0", None, None]
    assert ctypes.util.find_library("harfbuzz") == "found harfbuzz"
