"""A workspace's own layout may be wrong in any way: the designer reads one sentence with the line of the template."""

from __future__ import annotations

import pytest

from conftest import HEAD


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


def test_quiet_says_nothing_when_all_is_well(run, workspace):
    file = workspace.write(HEAD, "profiles/x.yaml")
    assert run("build", file, "--quiet").output == ""
    assert run("check", file, "--quiet").output == ""
