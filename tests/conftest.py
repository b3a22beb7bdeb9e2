"""What most tests need: a workspace of their own, and the commands as an editor runs them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from monitorpub.cli import main
from printed import Said, said_in
from volumes import Edition

HEAD = """\
layout: clearing-the-mines
country: {code: PRK, name: North Korea}
language: en-GB
volume: Clearing the Mines
edition: 2025
last-updated: 2025-08-31
"""
"""The least that a profile must have: six lines."""


@dataclass
class Folder:
    """A workspace in which an editor works."""

    root: Path

    def write(self, text: str | bytes, name: str = "profile.yaml") -> Path:
        """A file of the workspace; gives its path as the editor would type it."""
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return Path(name)


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """An empty workspace, and the folder the editor is in."""
    (tmp_path / "work" / "profiles").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "work")
    return Folder(tmp_path / "work")


@pytest.fixture
def run() -> Callable[..., Result]:
    """A command line.  It may end with an error, never with a traceback."""

    def command(*words: str | Path) -> Result:
        result = CliRunner().invoke(main, [str(word) for word in words])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert "Traceback" not in result.output
        return result

    return command


@pytest.fixture
def check(workspace: Folder, run: Callable[..., Result]) -> Callable[..., list[Said]]:
    """What ``monitorpub check`` says of a text; nothing where it finds no errors."""

    def checked(text: str | bytes, name: str = "profile.yaml") -> list[Said]:
        result = run("check", workspace.write(text, name))
        said = said_in(result.stderr)
        assert result.exit_code == (1 if any(one.severity == "error" for one in said) else 0)
        assert ("no errors" in result.stdout) == (result.exit_code == 0)
        return said

    return checked


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """A tiny volume that was compiled with its single profiles; it is not to be changed."""
    edition = Edition.new(tmp_path_factory.mktemp("tiny") / "work")
    edition.compiled(with_profiles=True)
    edition.compiled()
    return edition


@pytest.fixture
def edition(tiny: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Edition:
    """The same to work with: only what changes is typeset.  It is the folder the editor is in."""
    copy = tiny.copy(tmp_path / "work")
    monkeypatch.chdir(copy.root)
    return copy


def pytest_addoption(parser):
    parser.addoption("--slow", action="store_true", help="run the slow proofs too")


def pytest_collection_modifyitems(config, items):
    if not config.getoption("--slow"):
        for item in items:
            if "slow" in item.keywords:
                item.add_marker(pytest.mark.skip(reason="a slow proof: run with --slow"))


@pytest.fixture(autouse=True)
def engine_is_silent():
    """A warning of the engine that nobody expected fails the test; a test that expects one takes it from the list."""
    said: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: said.append(record.getMessage())
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler)
    yield said
    logger.removeHandler(handler)
    assert not said, said
