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


def test_a_layout_of_volumes_is_refused_for_a_profile_at_check_on_its_line(tmp_path, run):
    begin_layout("country-brief", Workspace(tmp_path), "annual-report")
    for name in ("annual-report", "country-brief"):
        (tmp_path / "chad.yaml").write_text(SOURCE.replace("country-brief", name), encoding="utf-8")
        result = run("check", tmp_path / "chad.yaml")
        assert (result.exit_code, "L002" in result.stderr, "chad.yaml:1:9" in result.stderr) == (1, True, True), result.stderr
        assert f"The layout {name} is one of volumes and their chapters" in result.stderr
        assert "Profiles have: clearing-the-mines, clearing-the-mines-2021, country-report, faq, monitor-" in result.stderr
    (tmp_path / "chad.txt").write_text("Chad\n\nMines lie in the north.\n", encoding="utf-8")
    result = run("import", tmp_path / "chad.txt", "--layout", "annual-report")
    assert (result.exit_code, "L002" in result.stderr, "Profiles have: clearing-the-mines," in result.stderr) == (1, True, True)


def test_a_folder_in_a_workspace_gets_no_layouts_of_its_own_and_that_is_said(tmp_path, run):
    (tmp_path / "monitorpub.yaml").touch()
    (tmp_path / "sub").mkdir()
    result = run("new", "layout", "brief", "--in", tmp_path / "sub")
    assert (tmp_path / "layouts" / "brief.yaml").is_file()
    assert f"They are in the workspace {tmp_path}, whose layouts the sources in {tmp_path / 'sub'} use." in result.stdout
    assert "Now write in a source:  layout: brief" in result.stdout
    result = run("new", "layout", "yearbook", "--like", "annual-report", "--in", tmp_path)
    assert "They are in" not in result.stdout
    assert "Now write in a volume:  layout: yearbook" in result.stdout


def test_a_name_that_the_tool_has_taken_is_said_so(tmp_path):
    (faq,) = begin_layout("faq", Workspace(tmp_path)).diagnostics[:1]
    assert (faq.message, faq.place) == ("A layout that comes with monitorpub is called faq already.", None)
    assert "my-faq --like faq" in faq.hint
    (cover,) = begin_layout("cover", Workspace(tmp_path)).diagnostics
    assert cover.message == "A style sheet that comes with monitorpub is called cover already."


def test_a_label_that_nothing_prints_is_said_with_the_one_that_was_meant(tmp_path):
    begin_layout("country-brief", Workspace(tmp_path))
    settings, template = (tmp_path / "layouts" / f"country-brief.{ending}" for ending in ("yaml", "html"))
    labels = "labels: {en: {key-developements: News, notes: Sources, own-word: Mine}}\n"
    settings.write_text(settings.read_text(encoding="utf-8") + labels, encoding="utf-8")
    template.write_text(template.read_text(encoding="utf-8") + '{# words["own-word"] #}', encoding="utf-8")
    (tmp_path / "chad.yaml").write_text(SOURCE, encoding="utf-8")
    (one,) = build([tmp_path / "chad.yaml"], tmp_path / "dist")[1]
    assert (one.code, one.message, one.hint) == ("L007", "Nothing prints the label 'key-developements'.", "Did you mean key-developments?")
    assert (one.place.file.name, one.place.text) == ("country-brief.yaml", labels.strip())
