"""Which folder is the workspace of a source, what lies inside it, and which files of a folder are profiles."""

from __future__ import annotations

import pytest

from conftest import HEAD
from monitorpub.workspace import Workspace, inside, packaged


@pytest.mark.parametrize(
    ("files", "source", "root"),
    [
        ([], "a/b/x.yaml", "a/b"),
        ([], "a/profiles/x.yaml", "a"),
        ([], "a/profiles/asia/x.yaml", "a"),
        (["a/monitorpub.yaml"], "a/b/c/x.yaml", "a"),
        (["a/b/monitorpub.yaml"], "a/b/profiles/x.yaml", "a/b"),
        (["a/styles/text.css", "a/layouts/base.html"], "a/b/x.yaml", "a/b"),
    ],
)
def test_the_workspace_of_a_source(tmp_path, files, source, root):
    for name in (*files, source):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")
    assert Workspace.of(tmp_path / source).root == tmp_path / root


def test_a_workspace_overrides_what_the_tool_brings(tmp_path):
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / "text.css").write_text("p { color: red }", encoding="utf-8")
    workspace = Workspace(tmp_path)
    assert workspace.find("styles", "text.css") == tmp_path / "styles" / "text.css"
    assert workspace.find("styles", "notes.css") == packaged("styles") / "notes.css"
    assert workspace.find("styles", "../pyproject.toml") is None


@pytest.mark.parametrize("name", ["../x", "/etc/passwd", "a/../../x", "link", "a\0b"])
def test_nothing_outside_is_inside(tmp_path, name):
    (tmp_path / "w").mkdir()
    (tmp_path / "x").write_text("", encoding="utf-8")
    (tmp_path / "w" / "link").symlink_to(tmp_path / "x")
    assert inside(tmp_path / "w", name) is None


def test_a_whole_workspace_means_its_profiles(workspace, run):
    workspace.write(HEAD, "profiles/one.yaml")
    workspace.write(HEAD, "profiles/asia/two.yaml")
    for name in ("layouts/own.yaml", "profiles/references/shared.yaml", "profiles/.hidden/x.yaml", "monitorpub.yaml"):
        workspace.write("not: a profile\n", name)
    result = run("check", ".")
    assert (result.exit_code, result.stdout) == (0, "2 profiles, 0 notes: no errors.\n"), result.stderr
