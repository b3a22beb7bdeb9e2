"""The contrast of colours, and the pairs of tokens that the styles print on each other."""

from __future__ import annotations

import re

import pytest

from conftest import HEAD
from monitorpub.checking.contrast import PAIRS, contrast, faint
from monitorpub.workspace import packaged

SHEETS = [file.read_text(encoding="utf-8") for file in packaged("styles").glob("*.css") if file.name != "tokens.css"]


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [((0, 0, 0), (1, 1, 1), 21), ((1, 1, 1), (1, 1, 1), 1), ((1, 0, 0), (1, 1, 1), 4.0), ((0x77 / 255,) * 3, (1, 1, 1), 4.48)],
)
def test_the_contrast_is_that_of_wcag(one, other, ratio):
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.005)


def test_the_colours_of_the_tool_are_strong_enough():
    assert list(faint([(packaged("styles") / "tokens.css").read_text(encoding="utf-8")], {0})) == []


def test_a_colour_that_would_do_is_enough_and_near():
    (one,) = faint([":root { --text-colour: #8a939b; --page-colour: #ffffff }"], {0})
    assert list(faint([f":root {{ --text-colour: {one.better}; --page-colour: #ffffff }}"], {0})) == []
    assert one.better == "#70777e"


def test_the_last_sheet_counts_and_the_place_is_where_it_can_be_changed():
    tool = ":root { --deep: #000; --heading-colour: var(--deep); --page-colour: white }"
    own = "p { --deep: #000 }\n:root { --deep: #eee }\n.box { --deep: #000 }"
    (one,) = faint([tool, own], {1})
    assert (one.text, one.ground, one.sheet, own[one.start : one.end]) == ("--heading-colour", "--page-colour", 1, "#eee")
    assert list(faint([own, tool], {0})) == []


def test_all_colours_of_text_and_grounds_of_the_styles_stand_in_pairs():
    texts = {name for sheet in SHEETS for name in re.findall(r"(?<![\w-])color:\s*var\((--[\w-]+)\)", sheet)}
    grounds = {name for sheet in SHEETS for name in re.findall(r"background:\s*var\((--[\w-]+)\)", sheet)}
    assert texts == {text for text, _ in PAIRS}
    assert grounds - {"--accent-colour"} == {ground for _, ground in PAIRS}, "of the accent are bullets only, without text"


def test_a_pair_is_said_once_for_a_workspace_and_not_of_a_plain_text(run, workspace):
    workspace.write(":root {\n  --page-colour: white;\n  --text-colour: #999;\n}\n", "styles/tokens.css")
    for name in ("a", "b"):
        workspace.write(HEAD, f"profiles/{name}.yaml")
    said = run("check", "profiles", "--select", "faint-colours").stderr
    assert said.count("A108") == 1
    assert "styles/tokens.css:3:18" in said
    text = workspace.write("Words.\n", "text.txt")
    assert "A108" not in run("check", "--text", text).stderr


def test_a_style_of_a_layout_of_ones_own_is_looked_at(run, workspace):
    assert run("new", "layout", "brief", "--in", workspace.root).exit_code == 0
    style = workspace.root / "styles" / "brief.css"
    style.write_text(style.read_text(encoding="utf-8").replace("--palette-deep: #3a2a55", "--palette-deep: #eeeeee"), encoding="utf-8")
    workspace.write(re.sub("layout: .*", "layout: brief", HEAD), "profiles/a.yaml")
    said = run("check", "profiles", "--select", "faint-colours").stderr
    assert "styles/brief.css:6:19" in said
    assert "--heading-colour (#eeeeee) has a contrast of 1.2 to 1 on --page-colour (#ffffff)" in said
