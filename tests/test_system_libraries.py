"""What `make report` says where a system library is missing and may not be installed."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

FILE = Path(__file__).parent.parent / "tools" / "system_libraries.py"


@pytest.fixture
def tool():
    spec = importlib.util.spec_from_file_location("system_libraries", FILE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def without(tool, monkeypatch, *names):
    monkeypatch.setattr(tool.ctypes.util, "find_library", lambda name: None if name in names else f"lib{name}.so")


def test_nothing_is_said_where_nothing_is_missing(tool, monkeypatch, capsys):
    without(tool, monkeypatch)
    monkeypatch.setattr(sys, "argv", ["tool"])
    tool.main()
    assert capsys.readouterr().out == ""


def test_one_line_says_what_to_install_where_it_may_not_be_installed(tool, monkeypatch):
    without(tool, monkeypatch, "pango-1.0", "harfbuzz-subset")
    monkeypatch.setattr(tool.shutil, "which", lambda name: None)
    monkeypatch.setattr(sys, "argv", ["tool"])
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(SystemExit) as end:
        tool.main()
    assert end.value.code == "Please install first (on Debian or Ubuntu: sudo apt-get install): libpango-1.0-0 libharfbuzz-subset0"


def test_what_is_missing_is_installed_where_that_is_allowed(tool, monkeypatch, capsys):
    missing = {"pangoft2-1.0"}
    commands = []

    def run(command, **_):
        commands.append(command)
        if "install" in command:
            missing.clear()
        return type("Done", (), {"returncode": 0})

    monkeypatch.setattr(tool.ctypes.util, "find_library", lambda name: None if name in missing else name)
    monkeypatch.setattr(tool.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(tool.os, "geteuid", lambda: 0)
    monkeypatch.setattr(tool.subprocess, "run", run)
    monkeypatch.setattr(sys, "argv", ["tool"])
    tool.main()
    assert commands[-1][-1] == "libpangoft2-1.0-0"
    assert "Installing libpangoft2-1.0-0" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("there", "wanted"),
    [
        ((), ["qpdf", "poppler-utils", "default-jdk-headless"]),
        (("qpdf", "pdftoppm", "java"), ["default-jdk-headless"]),
        (("qpdf", "pdftoppm", "javac"), []),
    ],
)
def test_the_judges_want_a_jdk_for_a_runtime_starts_no_source(tool, monkeypatch, there, wanted):
    without(tool, monkeypatch)
    monkeypatch.setattr(tool.shutil, "which", lambda name: f"/usr/bin/{name}" if name in there else None)
    assert tool.missing(judges=True) == wanted
    assert tool.missing(judges=False) == []


def test_an_old_python_is_named(tool, monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    with pytest.raises(SystemExit) as end:
        tool.main()
    assert end.value.code == "monitorpub needs Python 3.11 or newer, and this is 3.9."
