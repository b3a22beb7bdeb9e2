"""The command ``check`` with its rules: choosing, waiving, mending, formats; ``explain`` and ``notes``."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from conftest import HEAD
from monitorpub.checking.explaining import explanation
from monitorpub.checking.rule import all_rules
from monitorpub.codes import CODES

LOST = "The first claim of a long enough sentence stands here.[1] The second claim stands here,[2] and so on.\n\n[1] Email from A. Person, 1 May 2020.\n"


@pytest.fixture
def lost(workspace):
    return workspace.write(LOST, "page.txt")


def test_a_plain_text_is_checked_by_the_rules(run, lost):
    result = run("check", "--text", lost)
    assert result.exit_code == 1
    assert "page.txt:1:88" in result.output
    assert "missing-note" in result.output


def test_rules_can_be_chosen_by_code_letter_and_name(run, lost):
    assert run("check", "--text", lost, "--select", "N101").exit_code == 1
    assert run("check", "--text", lost, "--select", "n").exit_code == 1
    assert run("check", "--text", lost, "--select", "missing-note").exit_code == 1
    assert run("check", "--text", lost, "--ignore", "missing-note").exit_code == 0
    assert run("check", "--text", lost, "--select", "N", "--ignore", "N101,missing-note").exit_code == 0


def test_a_rule_that_does_not_exist_is_wrong_usage(run, lost):
    result = run("check", "--text", lost, "--select", "N999")
    assert result.exit_code == 2
    assert "There is no rule 'N999'" in result.output


def test_json_has_every_field_of_a_diagnostic(run, lost):
    (one,) = json.loads(run("check", "--text", lost, "--select", "N101", "--format", "json").stdout)
    assert one == {
        "code": "N101", "name": "missing-note", "severity": "error", "message": "Note 2 is called in “section 1”, and it is missing.",
        "hint": all_rules()["N101"].instead, "field": "", "file": "page.txt", "line": 1, "column": 88, "end_column": 91,
    }  # fmt: skip


def test_sarif_names_rule_file_and_region(run, lost):
    report = json.loads(run("check", "--text", lost, "--select", "N101", "--format", "sarif").stdout)
    assert report["version"] == "2.1.0"
    (one,) = report["runs"][0]["results"]
    assert (one["ruleId"], one["level"]) == ("N101", "error")
    place = one["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "page.txt"}, "region": {"startLine": 1, "startColumn": 88, "endColumn": 91}}
    assert report["runs"][0]["tool"]["driver"]["rules"][one["ruleIndex"]]["id"] == "N101"


def test_github_gets_one_escaped_line_for_each(run, workspace):
    file = workspace.write(LOST, "a,b.txt")
    output = run("check", "--text", file, "--select", "N101", "--format", "github").stdout
    assert output.startswith("::error file=a%2Cb.txt,line=1,col=88,endColumn=91,title=N101 missing-note::Note 2 is called")
    assert output.count("\n") == 1


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_nothing_wrong_is_still_a_document(run, workspace, form):
    file = workspace.write("One long enough sentence with no note at all stands in this text, and ends.\n", "page.txt")
    assert json.loads(run("check", "--text", file, "--format", form).stdout) is not None


def test_explain_tells_what_why_and_what_instead(run):
    output = run("explain", "missing-note").output
    assert output == run("explain", "n101").output
    assert all(part in output for part in ("N101 (missing-note), error", "What it finds: ", "Why: ", "Example: ", "Instead: "))
    assert "The same key stands twice" in run("explain", "Y003").output
    assert run("explain", "nothing").exit_code == 2


def test_explain_tells_of_every_code_what_it_is_why_and_what_to_do(run):
    """Where it sends the reader is there."""
    docs = Path(__file__).parents[1]
    for code in CODES:
        text = explanation(code)
        parts = (
            ("What it finds: ", "Why: ", "Instead: ")
            if "Instead: " in text
            else ("What it finds: ", "Why: ", "What follows: ", "What to do: ")
        )
        assert all(part in text for part in parts), code
        for page, anchor in re.findall(r"(docs/[a-z-]+\.md)(?:#([\w-]+))?", text):
            heads = re.findall(r"^#+ (.+)$", (docs / page).read_text(encoding="utf-8"), re.MULTILINE)
            assert not anchor or anchor in {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}, (code, anchor)
    assert "The PDF is written all the same" in explanation("G014")
    assert "Nothing is written" in explanation("G006")


PROFILE = (
    HEAD
    + """\
key-developments: Mines were laid.[^a] More were laid.[^b] And more.[^c]
notes:
  a: “One title”, *Outlet*, 1 May 2025.
  b: Email from A. Person, 2 May 2025.
  c: |
    “Another title”, *Outlet*, 3 May 2025.
"""
)


def test_notes_are_listed_as_they_will_appear(run, workspace):
    file = workspace.write(PROFILE)
    assert run("notes", file).output == (
        "   1  “One title”, Outlet, 1 May 2025.\n   2  Email from A. Person, 2 May 2025.\n   3  “Another title”, Outlet, 3 May 2025.\n"
    )


def test_notes_against_an_older_file_say_what_moved(run, workspace):
    old = workspace.write(PROFILE, "old.yaml")
    changed = PROFILE.replace(" More were laid.[^b]", "").replace("  b: Email from A. Person, 2 May 2025.\n", "").replace("3 May", "4 May")
    output = run("notes", workspace.write(changed, "new.yaml"), "--against", old).output.splitlines()
    assert output == [
        "number   c: 3 -> 2", "words    c: 2", "           - “Another title”, Outlet, 3 May 2025.", "           + “Another title”, Outlet, 4 May 2025.",
        "gone     b: was 2  Email from A. Person, 2 May 2025.",
    ]  # fmt: skip
    assert run("notes", old, "--against", old).output == "No note has changed.\n"


def test_notes_against_an_older_file_say_what_an_ibid_stood_for(run, workspace):
    old = workspace.write(PROFILE.replace("“Another title”, *Outlet*, 3 May 2025.", "Ibid."), "old.yaml")
    new = workspace.write(
        PROFILE.replace("“Another title”, *Outlet*, 3 May 2025.", "Ibid.").replace(
            ".[^a] More were laid.[^b]", ".[^b] More were laid.[^a]"
        ),
        "new.yaml",
    )
    assert "referent c: 3  Ibid. stood for b, and stands for a" in run("notes", new, "--against", old).output


def test_a_broken_profile_is_said_and_not_listed(run, workspace):
    result = run("notes", workspace.write(PROFILE.replace("[^b]", "[^x]")))
    assert result.exit_code == 1
    assert "N001" in result.output


def waiving(rule):
    return HEAD + f"ignore:\n  - {{rule: {rule}, reason: It is so.}}\nkey-developments: Mines  were laid.\n"


@pytest.mark.parametrize(
    ("rule", "hint"), [("unit-mixture", "mixed-units"), ("double-spaces", "double-space"), ("W999", "W"), ("xyzzy", "docs/rules.md")]
)
def test_a_waiver_of_no_rule_is_an_error(run, workspace, rule, hint):
    result = run("check", workspace.write(waiving(rule)))
    assert result.exit_code == 1
    assert "M009" in result.stderr
    assert f"There is no rule '{rule}'" in result.stderr
    assert hint in result.stderr
    assert "profile.yaml:8:12" in result.stderr


@pytest.mark.parametrize("rule", ["double-space", "W109", "w1"])
def test_a_waiver_of_a_rule_is_none(run, workspace, rule):
    result = run("check", workspace.write(waiving(rule)))
    assert (result.exit_code, result.stderr) == (0, "")


def test_the_waiver_of_the_documentation_waives(run, workspace):
    page = (Path(__file__).parents[1] / "docs" / "checking.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(ignore:.*?)```", page, re.DOTALL)
    assert run("check", workspace.write(HEAD + example + "key-developments: Mines were laid.\n")).exit_code == 0


@pytest.mark.parametrize("option", ["--fix", "--diff"])
@pytest.mark.parametrize("form", ["json", "sarif", "github"])
def test_machines_get_no_difference_on_the_standard_output(run, workspace, option, form):
    file = workspace.write(HEAD + "key-developments: Mines  were laid.\n")
    result = run("check", file, option, "--format", form)
    assert "+key-developments: Mines were laid." in result.stderr
    assert "@@" not in result.stdout
    if form != "github":
        json.loads(result.stdout)


def test_sarif_escapes_the_name_of_a_file(run, workspace):
    file = workspace.write(LOST, "a b/ü%20#1.txt")
    report = json.loads(run("check", "--text", file, "--select", "N101", "--format", "sarif").stdout)
    (one,) = report["runs"][0]["results"]
    assert one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a%20b/%C3%BC%2520%231.txt"
