"""A workspace's own layout may be wrong in any way: the designer reads one sentence with the line of the template."""

from __future__ import annotations

import pytest
from jinja2.sandbox import SandboxedEnvironment
from markdown_it.renderer import RendererHTML

from conftest import HEAD
from monitorpub.compose import compose
from monitorpub.pipeline import prepare
from monitorpub.text.html import _Renderer
from monitorpub.workspace import packaged


def opening(body: str) -> str:
    return "{% macro opening(profile, words, day, direction_of) %}\n" + body + "\n{% endmacro %}\n"


@pytest.mark.parametrize(
    "body",
    [
        "{{ 1 / 0 }}",
        "{{ 'a' * 90000000000000 }}",
        "{{ day(1) }}",
        "{{ profile.no_such_field }}",
        "{{ no_such_name }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ [][3] }}",
        "{{ opening(profile, words, day, direction_of) }}",
    ],
)
def test_a_template_that_fails_is_named_with_its_line(run, workspace, body):
    file = workspace.write(HEAD, "profiles/x.yaml")
    workspace.write(opening(body), "layouts/blocks/opening.html")
    result = run("build", file)
    assert result.exit_code == 1
    assert "error L002 (broken-layout): The template failed" in result.stderr
    assert "layouts/blocks/opening.html:2:1" in result.stderr
    assert not (workspace.root / "dist").exists()


def test_a_template_that_cannot_be_read_is_named_with_its_line(run, workspace):
    file = workspace.write(HEAD, "profiles/x.yaml")
    workspace.write(opening("{% if %}"), "layouts/blocks/opening.html")
    result = run("build", file)
    assert "error L002 (broken-layout): The template cannot be read" in result.stderr
    assert "layouts/blocks/opening.html:2:1" in result.stderr


def composed(file, workspace):
    """The HTML of a profile."""
    prepared = prepare(workspace.root / file).value
    document = compose(prepared.numbered, prepared.images, prepared.workspace, "x").value
    return document.html


def test_a_template_that_is_changed_between_two_runs_of_a_process_is_read_again(workspace):
    file = workspace.write(HEAD, "profiles/x.yaml")
    of_the_tool = composed(file, workspace)
    for words in ("<p>before</p>", "<p>after!</p>"):
        workspace.write(opening(words), "layouts/blocks/opening.html")
        assert words in composed(file, workspace)
    (workspace.root / "layouts" / "blocks" / "opening.html").unlink()
    assert composed(file, workspace) == of_the_tool


def test_settings_that_are_changed_between_two_runs_of_a_process_are_read_again(workspace):
    file = workspace.write(HEAD, "profiles/x.yaml")
    settings = (packaged("layouts") / "clearing-the-mines.yaml").read_text(encoding="utf-8")
    for name in ("Before", "After!"):
        workspace.write(settings.replace("name: Clearing the Mines", f"name: {name}"), "layouts/clearing-the-mines.yaml")
        assert prepare(workspace.root / file).value.numbered.layout.name == name
    workspace.write("name: [", "layouts/clearing-the-mines.yaml")
    assert prepare(workspace.root / file).value is None


def test_a_template_is_compiled_once(workspace, monkeypatch):
    file = workspace.write(HEAD, "profiles/x.yaml")
    before = composed(file, workspace)
    monkeypatch.setattr(SandboxedEnvironment, "compile", None)
    assert composed(file, workspace) == before


def test_two_profiles_have_nothing_of_each_other(workspace):
    file, other = workspace.write(HEAD, "profiles/x.yaml"), workspace.write(HEAD.replace("2025-08-31", "2024-01-02"), "profiles/y.yaml")
    alone = composed(file, workspace)
    assert "2 January 2024" in composed(other, workspace)
    assert composed(file, workspace) == alone
    assert "2 January 2024" not in alone


def test_all_methods_that_print_tokens_are_found():
    theirs = RendererHTML.__new__(_Renderer)
    RendererHTML.__init__(theirs)
    ours = _Renderer(iter(()), {}, iter(()), {})
    assert list(ours.rules) == list(theirs.rules)


def test_quiet_says_nothing_when_all_is_well(run, workspace):
    file = workspace.write(HEAD, "profiles/x.yaml")
    assert run("build", file, "--quiet").output == ""
    assert run("check", file, "--quiet").output == ""
