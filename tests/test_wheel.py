"""The wheel, used without the repository."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """A folder that holds nothing but what the wheel brings."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=ROOT, check=True, capture_output=True
    )
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def run(installed: Path, *words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = dict(os.environ, PYTHONPATH=str(installed))
    return subprocess.run(
        [sys.executable, "-m", "monitorpub", *words], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


def test_the_wheel_builds_a_pdf_in_any_folder(installed, tmp_path):
    source = tmp_path / "bhutan.yaml"
    source.write_text((ROOT / "tests" / "profiles" / "bare.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    where = subprocess.run(
        [sys.executable, "-c", "import monitorpub.workspace as w; print(w.packaged('fonts'))"],
        cwd=tmp_path, env=dict(os.environ, PYTHONPATH=str(installed)), capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert where.stdout.strip() == str(installed / "monitorpub" / "fonts")
    done = run(installed, "build", "bhutan.yaml", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Bhutan" in PdfReader(tmp_path / "dist" / "bhutan.pdf").pages[0].extract_text()


def test_the_wheel_brings_the_licences_of_its_fonts(installed):
    licences = [file.name for file in installed.rglob("licenses/**/*.txt")] + [file.name for file in installed.rglob("fonts/*.txt")]
    assert "OFL.txt" in licences


def test_a_workspace_overrides_a_style_and_a_layout_by_name(installed, tmp_path):
    bare = (ROOT / "tests" / "profiles" / "bare.yaml").read_text(encoding="utf-8")
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "bhutan.yaml").write_text(bare, encoding="utf-8")
    (tmp_path / "layouts" / "blocks").mkdir(parents=True)
    (tmp_path / "layouts" / "blocks" / "opening.html").write_text(
        "{% macro opening(profile, words, day, direction_of) %}<h1>Our {{ profile.name }}</h1>{% endmacro %}", encoding="utf-8"
    )
    done = run(installed, "build", "profiles", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Our Bhutan" in PdfReader(tmp_path / "dist" / "bhutan.pdf").pages[0].extract_text()
