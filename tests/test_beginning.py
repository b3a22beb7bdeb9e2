"""A layout of one's own: begun from another, it builds at once; what its style changes is seen on the page."""

from __future__ import annotations

import pytest

from monitorpub.beginning import begin_layout
from monitorpub.layouts import load_layout
from monitorpub.pipeline import build
from monitorpub.read import read
from monitorpub.verifying import verify_file
from monitorpub.workspace import Workspace

SOURCE = """\
layout: country-brief
country: {code: TCD, name: Chad}
language: en-GB
volume: Briefs
edition: 2025
last-updated: 2025-01-01
sections:
  - title: What is known
    text: Little is known.[^one]
notes: {one: A first report.}
"""


@pytest.mark.parametrize("like", ["clearing-the-mines", "monitor-profile", "monitor-overview", "country-report", "faq"])
def test_a_new_layout_builds_at_once(tmp_path, like):
    found = begin_layout("country-brief", Workspace(tmp_path), like)
    assert found.ok, found.diagnostics
    assert sorted(file.relative_to(tmp_path).as_posix() for file in found.value) == [
        "layouts/country-brief.html",
        "layouts/country-brief.yaml",
        "monitorpub.yaml",
        "styles/country-brief.css",
    ]
    (tmp_path / "chad.yaml").write_text(SOURCE, encoding="utf-8")
    built, said = build([tmp_path / "chad.yaml"], tmp_path / "dist")
    assert ([one.notes for one in built], said) == ([1], [])
    assert verify_file(tmp_path / "dist" / "chad.pdf").diagnostics == ()


def test_what_its_style_says_is_printed(tmp_path):
    begin_layout("country-brief", Workspace(tmp_path))
    (tmp_path / "chad.yaml").write_text(SOURCE, encoding="utf-8")
    pages = []
    for colour in ("#3a2a55", "#00ff00"):
        style = tmp_path / "styles" / "country-brief.css"
        style.write_text(style.read_text(encoding="utf-8").replace("#3a2a55", colour), encoding="utf-8")
        build([tmp_path / "chad.yaml"], tmp_path / "dist")
        pages.append((tmp_path / "dist" / "chad.pdf").read_bytes())
    assert pages[0] != pages[1]


def test_a_marked_workspace_is_left_as_it_is(tmp_path):
    (tmp_path / "profiles").mkdir()
    begin_layout("country-brief", Workspace(tmp_path))
    assert not (tmp_path / "monitorpub.yaml").exists()


@pytest.mark.parametrize(
    ("name", "like", "code"),
    [
        ("Country Brief", "faq", "L005"),
        ("../brief", "faq", "L005"),
        ("brief", "fag", "L001"),
        ("faq", "faq", "I007"),
        ("brief", "annual", "L001"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_written(tmp_path, name, like, code):
    found = begin_layout(name, Workspace(tmp_path), like)
    assert (found.value, {one.code for one in found.diagnostics}) == (None, {code})
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_over(tmp_path):
    begin_layout("country-brief", Workspace(tmp_path))
    (tmp_path / "styles" / "country-brief.css").write_text("mine", encoding="utf-8")
    assert not begin_layout("country-brief", Workspace(tmp_path)).ok
    assert (tmp_path / "styles" / "country-brief.css").read_text(encoding="utf-8") == "mine"


def test_words_of_its_own_stand_before_those_that_layouts_share(tmp_path):
    begin_layout("country-brief", Workspace(tmp_path))
    settings = tmp_path / "layouts" / "country-brief.yaml"
    settings.write_text(
        settings.read_text(encoding="utf-8") + "labels: {en: {last-updated: As of}, en-GB: {notes: Sources}}\n", encoding="utf-8"
    )
    (tmp_path / "chad.yaml").write_text(SOURCE, encoding="utf-8")
    source = read(tmp_path / "chad.yaml").value
    british, french = (load_layout(source, "country-brief", tag, Workspace(tmp_path)).value.words(tag) for tag in ("en-GB", "fr"))
    assert (british["last-updated"], british["notes"], british["key-data"]) == ("As of", "Sources", "Key data")
    assert (french["last-updated"], french["key-data"]) == ("Dernière mise à jour", "Données clés")


def test_shared_words_that_cannot_be_read_are_said(tmp_path):
    (tmp_path / "layouts").mkdir()
    (tmp_path / "layouts" / "words.yaml").write_text("en: [one, two]\n", encoding="utf-8")
    (tmp_path / "chad.yaml").write_text(SOURCE.replace("country-brief", "faq"), encoding="utf-8")
    found = load_layout(read(tmp_path / "chad.yaml").value, "faq", "en", Workspace(tmp_path))
    assert (found.value, [one.code for one in found.diagnostics]) == (None, ["L002"])
    assert found.diagnostics[0].place.file.name == "words.yaml"


def test_what_the_engine_does_not_know_in_a_style_is_said_once_on_its_line(tmp_path):
    begin_layout("country-brief", Workspace(tmp_path))
    style = tmp_path / "styles" / "country-brief.css"
    style.write_text(style.read_text(encoding="utf-8") + "p { colour: red }\n", encoding="utf-8")
    for name in ("chad", "mali"):
        (tmp_path / f"{name}.yaml").write_text(SOURCE, encoding="utf-8")
    _, said = build([tmp_path / "chad.yaml", tmp_path / "mali.yaml"], tmp_path / "dist")
    assert [(one.code, one.place.file.name, one.place.text) for one in said] == [("P006", "country-brief.css", "p { colour: red }")]
    assert "unknown property" in said[0].message
