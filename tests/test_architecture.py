"""docs/architecture.md is held true to the code."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "monitorpub"
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
MODULES = sorted(PACKAGE.rglob("*.py"))
STEPS = ["read.py", "validate.py", "number.py", "compose.py", "typeset/__init__.py", "produce.py"]

ENGINE = {
    f"typeset/{name}.py"
    for name in (
        "engine",
        "mends",
        "audit",
        "audit_end_notes",
        "audit_places",
        "audit_words",
        "fetch",
        "capture",
        "running",
        "sheets",
        "words",
        "artifacts",
        "tagging",
        "line_ends",
        "text_columns",
    )
}
"""The modules that a worker imports, and nothing else."""


def test_every_folder_of_the_page_exists_and_every_folder_is_on_the_page():
    named = set(re.findall(r"^(\w+)/ ", re.search(r"## Folders\n\n```text\n(.*?)```", PAGE, re.DOTALL)[1] + " ", re.MULTILINE)) | {"src"}
    tracked = {
        name.split("/")[0]
        for name in subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
        if "/" in name
    }
    assert {name for name in tracked if not name.startswith(".")} == named


@pytest.mark.parametrize("module", re.findall(r"`((?:\w+/)*\w+\.py)`", PAGE))
def test_every_module_of_the_page_exists(module):
    assert (PACKAGE / module).exists() or (ROOT / module).exists()


@pytest.mark.parametrize("module", MODULES, ids=lambda m: str(m.relative_to(PACKAGE)))
def test_no_module_is_longer_than_400_lines(module):
    assert len(module.read_text(encoding="utf-8").splitlines()) <= 400


def imports(module: Path) -> set[str]:
    """The modules that are imported when this one is: those inside functions and for types are left out."""
    out: set[str] = set()
    for node in ast.parse(module.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.module:
            out |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            out |= {alias.name for alias in node.names}
    return out


@pytest.mark.parametrize("index", range(len(STEPS)))
def test_a_step_imports_nothing_of_a_later_step(index):
    later = {"monitorpub." + name.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for name in STEPS[index + 1 :]}
    assert not imports(PACKAGE / STEPS[index]) & later


@pytest.mark.parametrize(
    "module", [m for m in MODULES if m.relative_to(PACKAGE).as_posix() not in ENGINE], ids=lambda m: m.relative_to(PACKAGE).as_posix()
)
def test_only_the_typesetter_imports_the_engine(module):
    assert not any(name.split(".")[0] in ("weasyprint", "pydyf") for name in imports(module))


@pytest.mark.parametrize("words", [["--help"], ["check", "no-such-file.yaml"], ["check", "profiles/north-korea.yaml"], ["schema"]])
def test_the_engine_is_not_loaded_for_what_does_not_typeset(words):
    program = f"import sys; sys.argv[1:] = {words!r}\nfrom monitorpub.cli import main\ntry: main()\nexcept SystemExit: pass\nprint(sorted(m for m in sys.modules if m in ('weasyprint', 'fontTools', 'pypdf')))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("[]")


def test_pipeline_can_be_read_at_once():
    assert len((PACKAGE / "pipeline.py").read_text(encoding="utf-8").splitlines()) <= 130
