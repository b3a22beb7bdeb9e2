"""Places that can be linked to: their names keep the letters of every script, and the links of a PDF lead to them."""

from __future__ import annotations

import pytest
from pypdf import PdfReader

from conftest import HEAD
from monitorpub.model.scalars import title_anchor
from monitorpub.pipeline import prepare
from monitorpub.validate import walk_sections

SECTIONS = "sections:\n  - title: {0}\n    text: Words.[^a]\n  - title: {1}\n    text: See [above](#{2}).[^a]\nnotes: {{a: A note.}}\n"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Land release", "land-release"),
        ("Sécurité & déminage[^a]", "securite-deminage"),
        ("Korea’s border, 2025", "koreas-border-2025"),
        ("Звільнення земель: й", "звільнення-земель-й"),
        ("إزالة الألغام", "إزالة-الألغام"),
        ("토지 해제", "토지-해제"),
        ("土地\u3000の解放", "土地-の解放"),
        ("การกวาดล้าง ทุ่นระเบิด", "การกวาดล้าง-ทุ่นระเบิด"),
        ("İstanbul straße", "istanbul-straße"),
        ("Note on sources", "section-note-on-sources"),
        ("Recommendation one", "section-recommendation-one"),
        ("…", "section"),
    ],
)
def test_a_title_makes_a_name(title, name):
    assert title_anchor(title) == name


TITLES = [("uk", "Звільнення земель", "Висновки"), ("ko", "토지 해제", "결론"), ("en-GB", "Note on a", "Recommendation b")]


@pytest.mark.parametrize(("language", "one", "two"), TITLES, ids=[t[0] for t in TITLES])
def test_links_of_a_pdf_lead_to_titles_of_every_script(workspace, run, check, language, one, two):
    head = HEAD.replace("en-GB", language)
    assert check(head + SECTIONS.format(one, two, title_anchor(one))) == []
    result = run("build", "profile.yaml", "-o", "dist")
    assert result.exit_code == 0, result.output
    reader = PdfReader("dist/profile.pdf")
    places = reader.named_destinations
    links = [a.get_object() for page in reader.pages for a in page.get("/Annots", [])]
    targets = [str(a["/Dest"]) for a in links if "/Dest" in a] + [str(a["/A"]["/D"]) for a in links if "/A" in a and "/D" in a["/A"]]
    assert f"profile/{title_anchor(one)}" in targets
    assert set(targets) <= set(places)


def test_titles_in_arabic_script_have_names_that_differ(check):
    sections = SECTIONS.format("إزالة الألغام", "خاتمة", "إزالة-الألغام")
    assert {one.code for one in check(HEAD + sections)} == {"A107"}  # of titles in another script, that no language is marked


ROWS = "rows: [{id: a, label: A, values: {2024: 1}}]"


@pytest.mark.parametrize(
    ("sections", "anchors"),
    [
        ("- {title: One}\n  - {title: One}\n  - {title: One}", ["one", "one-2", "one-3"]),
        ("- {title: One, sections: [{title: Note}]}\n  - {title: Two, sections: [{title: Note}]}", ["one", "note", "two", "two-note"]),
        ("- {title: One}\n  - {title: Two, id: one}", ["one-2", "one"]),
        (f"- {{title: Area, tables: [{{table: T, id: area, {ROWS}}}]}}", ["area-2"]),
        ("- {title: Висновки}\n  - {title: Висновки}", ["висновки", "висновки-2"]),
    ],
)
def test_a_name_made_from_a_title_gives_way(tmp_path, sections, anchors):
    file = tmp_path / "x.yaml"
    file.write_text(f"{HEAD}sections:\n  {sections}\n", encoding="utf-8")
    found = prepare(file)
    assert found.diagnostics == ()
    assert [section.anchor for section, _ in walk_sections(found.value.numbered.profile.sections)] == anchors


def test_a_place_that_goes_on_over_pages_is_where_it_begins(workspace, run):
    """The engine names it on each of its pages."""
    words = "Words that fill the page line by line, and more of them after that. " * 150
    sections = f"sections:\n  - title: Long\n    id: long\n    text: {words}\n  - title: Last\n    text: 'See [page {{page}}](#long).'\n"
    workspace.write(HEAD + sections)
    assert run("build", "profile.yaml", "-o", "dist").exit_code == 0
    reader = PdfReader("dist/profile.pdf")
    assert len(reader.pages) > 2
    assert reader.get_destination_page_number(reader.named_destinations["profile/long"]) == 0
    assert "See page 1." in reader.pages[-1].extract_text()
