"""Every rule, over the cases of its file in tests/rules/.

A case has a ``profile`` (fields that are added to the least profile) or a ``text`` (plain text), and says in ``finds`` the very words that stand
over the caret, in order; none where the rule must be quiet.  ``images`` are the files of images that it shows,
``tokens`` is the workspace's own styles/tokens.css.  ``fixed`` is the text after --fix.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from conftest import HEAD
from monitorpub.checking.from_profile import manuscript_of as of_profile
from monitorpub.checking.mending import mended
from monitorpub.checking.plain_text import manuscript_of as of_text
from monitorpub.checking.rule import all_rules
from monitorpub.checking.run import run_rules
from monitorpub.pipeline import prepare

FOLDER = Path(__file__).parent / "rules"
FIXTURES = {file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(FOLDER.glob("*.yaml"))}
CASES = [pytest.param(name, case, id=f"{name}: {case['name']}") for name, fixture in FIXTURES.items() for case in fixture["cases"]]


def manuscripts(case, folder: Path):
    out = []
    if "tokens" in case:
        (folder / "styles").mkdir(exist_ok=True)
        (folder / "styles" / "tokens.css").write_text(case["tokens"], encoding="utf-8")
    for name in case.get("images", []):
        (folder / name).write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    for index, text in enumerate(case.get("profiles") or [case.get("profile")] if "text" not in case else []):
        head = "\n".join(line for line in HEAD.splitlines() if f"\n{line.split(':')[0]}:" not in "\n" + text) + "\n"
        file = folder / f"profile{index}.yaml"
        file.write_text(head + text, encoding="utf-8")
        found = prepare(file)
        assert found.ok, [f"{d.message} {d.place}" for d in found.diagnostics]
        out.append(of_profile(found.value.source, found.value.numbered))
    if "text" in case:
        manuscript = of_text(case["text"], folder / "text.txt")
        manuscript.language = case.get("language", manuscript.language)
        manuscript.house = case.get("house", manuscript.house)
        out.append(manuscript)
    return out


@pytest.mark.parametrize(("name", "case"), CASES)
def test_a_rule_finds_what_its_cases_say_and_nothing_else(name, case, tmp_path):
    rule = next(rule for rule in all_rules().values() if rule.name == FIXTURES[name]["rule"])
    found = run_rules(manuscripts(case, tmp_path), select=[rule.code])
    words = [one.diagnostic.place.text[one.diagnostic.place.column - 1 : one.diagnostic.place.end_column - 1] for one in found]
    assert words == case["finds"], [one.diagnostic.message for one in found]
    for one, message in zip(found, case.get("messages", []), strict=False):
        assert one.diagnostic.message == message
    if "fixed" in case:
        (manuscript,) = manuscripts(case, tmp_path)
        assert mended(manuscript.source.text, run_rules([manuscript], select=[rule.code])).endswith(case["fixed"])


@pytest.mark.parametrize("rule", all_rules().values(), ids=lambda rule: rule.name)
def test_every_rule_has_cases_in_which_it_finds_and_in_which_it_is_quiet(rule):
    fixture = next((f for f in FIXTURES.values() if f["rule"] == rule.name), None)
    assert fixture is not None, f"tests/rules/{rule.name}.yaml is missing"
    assert any(case["finds"] for case in fixture["cases"])
    assert any(not case["finds"] for case in fixture["cases"])


@pytest.mark.parametrize("rule", all_rules().values(), ids=lambda rule: rule.name)
def test_every_rule_explains_itself(rule):
    assert rule.code[0] in "NSWDA"
    assert len(rule.code) == 4
    assert rule.name == rule.name.lower().replace(" ", "-")
    assert all(text.strip() for text in (rule.what, rule.why, rule.example, rule.instead))
    assert (rule.check is None) != (rule.edition is None)
