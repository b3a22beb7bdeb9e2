"""What the HTML says to readers who do not see the page: roles, words of links, languages, abbreviations, summaries of tables."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest
import tinyhtml5

from conftest import HEAD
from monitorpub.compose import compose
from monitorpub.pipeline import prepare


@pytest.fixture
def page(workspace):
    """The HTML of a profile whose fields behind the head are given, as elements."""

    def composed(fields: str, language: str = "en-GB") -> Element:
        file = workspace.write(HEAD.replace("language: en-GB", f"language: {language}") + fields, "profiles/x.yaml")
        found = prepare(workspace.root / file)
        assert found.value is not None, [one.message for one in found.diagnostics]
        document = compose(found.value.numbered, found.value.images, found.value.workspace, "x").value
        return tinyhtml5.parse(document.html, namespace_html_elements=False)

    return composed


def of_role(page: Element, role: str) -> list[Element]:
    return [element for element in page.iter() if element.get("role") == role]


def labels(page: Element, role: str) -> list[str | None]:
    return [element.get("aria-label") for element in of_role(page, role)]


NOTES = """\
key-data:
  - table: Clearance
    id: outputs
    unit: km²
    rows:
      - {id: cleared, label: Cleared, values: {2024: "1.5[^a]"}}
    notes:
      a: An estimate.
sections:
  - title: Contamination
    text: Mines were laid.[^one] Nothing is known.[^two] They are there.[^one]
notes:
  one: The first.
  two: The second.
"""


def test_calls_and_notes_lead_to_each_other_with_words(page):
    html = page(NOTES)
    assert labels(html, "doc-noteref") == ["Note a", "Note 1", "Note 2", "Note 1"]
    assert labels(html, "doc-backlink") == [f"Back to the text at note {mark}" for mark in ("a", "1", "2")]
    notes = of_role(html, "doc-footnote")
    assert [note.get("id") for note in notes] == ["note-table~outputs~a", "note-one", "note-two"]
    ids = {element.get("id") for element in html.iter() if element.get("id")}
    assert {link.get("href")[1:] for link in (*of_role(html, "doc-noteref"), *of_role(html, "doc-backlink"))} <= ids


def test_words_of_links_are_in_the_language_of_the_profile(page):
    html = page(NOTES, "fr")
    assert labels(html, "doc-noteref")[1] == "Note 1"
    assert labels(html, "doc-backlink")[1] == "Retour au texte, note 1"


def test_a_layout_without_these_words_has_the_english_ones(page, workspace):
    workspace.write(
        "name: Own\norder: [key-data, sections]\nstyles: [tokens.css]\nlabels:\n"
        "  en: {key-data: Data, not-reported: '?', none: None, last-updated: Updated, table: Table, formal-name: Name}\n",
        "layouts/clearing-the-mines.yaml",
    )
    assert labels(page(NOTES), "doc-backlink") == [f"Back to the text at note {mark}" for mark in ("a", "1", "2")]
