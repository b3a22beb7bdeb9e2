"""Profiles that run on: one begins on the page on which another ends, and everything is still said of each."""

from __future__ import annotations

import io
import re

import pytest
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject

from monitorpub.checking.command import check_sources
from monitorpub.pipeline import build
from monitorpub.standard import Archival, parse_standard
from monitorpub.verifying import read_pdf, verify_file
from monitorpub.verifying.volumes import parts_of
from monitorpub.volume.command import compile_file
from volumes import PROFILES

RUNS = [["angola", "chad"], ["zz-aland", "nepal"]]
START = ("site: The site\n", "site: The site\nstart: run-on\n")
LONG = "The survey went on, and nothing of it was written down for a long time. " * 120


@pytest.fixture
def reports(edition):
    """The tiny edition with reports that share pages, but for one of another layout; their notes stand at their ends."""
    edition.change("volume", ("site: The site\n", START[1]), ("title: Others\n", "title: Others\n    divider: false\n"))
    for name in PROFILES:
        edition.change(name, ("layout: clearing-the-mines", "layout: country-report" if name != "myanmar" else "layout: monitor-overview"))
    return edition


def first_page(document, name: str) -> int:
    return document.destinations[name].page


def words(document) -> list[str]:
    """The words of each page in the order they are printed, without what stands in the margins."""
    return [re.sub(r"\s+", " ", " ".join(p.text for p in page.pieces if not p.artifact)) for page in document.pages]


def test_reports_of_a_layout_share_pages_and_one_of_another_layout_has_its_own(reports):
    reports.compiled()
    document, _ = read_pdf(reports.output)
    at = {name: first_page(document, name) for name in PROFILES}
    assert at["angola"] == at["chad"] < at["myanmar"] < at["zz-aland"] == at["nepal"]
    page = words(document)[at["angola"] - 1]
    assert page.index("Angola") < page.index("See Chad") < page.index("A note.") < page.index("The village") < page.rindex("A note.")
    assert [d.message for d in verify_file(reports.output, accessible=True).diagnostics] == []


def test_contents_references_and_neighbours_print_the_pages_on_which_they_begin(reports):
    reports.change("angola", ("See [Chad](chad)", f"{LONG}See [Chad on p. {{page}}](chad#words)"))
    reports.compiled()
    document, _ = read_pdf(reports.output)
    folio = {name: document.pages[first_page(document, name) - 1].label for name in PROFILES}
    assert folio["chad"] != folio["angola"]
    contents = words(document)[2]
    for name, title in (("angola", "Angola"), ("chad", "Chad"), ("zz-aland", "Åland"), ("nepal", "Nepal")):
        assert re.search(rf"{title}\D*{folio[name]}\b", contents), (title, contents)
    whole = " ".join(words(document))
    assert f"Chad on p. {document.pages[first_page(document, 'chad/words') - 1].label}" in whole
    assert f"Next: Chad , p. {folio['chad']}" in whole
    assert f"the rest in Nepal, p. {folio['nepal']}" in whole
    assert [d.message for d in verify_file(reports.output, accessible=True).diagnostics] == []


def test_the_edge_of_a_page_names_the_report_that_goes_on_there(reports):
    reports.change("angola", ("See [Chad](chad)", LONG * 2))
    reports.compiled()
    document, _ = read_pdf(reports.output)
    edges = [" ".join(p.text for p in page.pieces if p.artifact and p.y > page.box[3] * 0.85) for page in document.pages]
    begins, ends = first_page(document, "angola"), first_page(document, "chad")
    assert ends >= begins + 2
    assert [edge.split()[-1] for edge in edges[begins:ends]] == ["Angola"] * (ends - begins)


def test_the_outline_the_structure_and_the_index_know_each_profile(reports):
    reports.compiled()
    document, _ = read_pdf(reports.output)
    names = [part.name for part in parts_of(document) if part.name in PROFILES]
    assert names == ["angola", "chad", "myanmar", "zz-aland", "nepal"]
    lines = [line.words for line in document.outline]
    assert [line for line in lines if line in ("Angola", "Chad", "Myanmar", "Åland", "Nepal")] == [
        "Angola",
        "Chad",
        "Myanmar",
        "Åland",
        "Nepal",
    ]
    index = words(document)[first_page(document, "index") - 1]
    folio = {name: document.pages[first_page(document, name) - 1].label for name in PROFILES}
    assert f"village, {folio['chad']}, {folio['nepal']}" in index.replace(" ,", ",")
    assert f"Panmunjom, {folio['myanmar']}" in index


def test_a_profile_alone_is_as_it_was(reports, tmp_path):
    reports.compiled(with_profiles=True)
    together = read_pdf(reports.root / "dist" / "chad.pdf")[0]
    build([reports.root / "profiles" / "nepal.yaml"], tmp_path)
    alone = read_pdf(tmp_path / "nepal.pdf")[0]
    assert first_page(together, "chad") == 1
    assert words(alone)[0].startswith(words(read_pdf(reports.root / "dist" / "nepal.pdf")[0])[0].partition(" Previous")[0])
    assert {link.target.partition("/")[0] for link in together.pages[0].links} >= {"chad"}


def test_a_change_sets_its_run_anew_and_no_other(reports):
    first = reports.compiled()
    reports.change("chad", ("A note.", "Another note."))
    again = reports.compiled()
    assert again.typeset == 1 < first.typeset
    document, _ = read_pdf(reports.output)
    assert "Another note." in words(document)[first_page(document, "chad") - 1]


def test_what_the_engine_says_is_said_of_its_own_profile(reports):
    reports.change("chad", ("The [village]", "A sign \u0f00 of the [village]"))
    found = compile_file(reports.volume, reports.output)
    assert [(d.code, d.place.file.stem, d.place.line) for d in found.diagnostics] == [("P010", "chad", 14)]


def test_notes_at_the_foot_share_no_page_and_that_is_said(edition):
    edition.change("volume", START)
    found = edition.compile()
    assert [(d.code, d.path) for d in found.diagnostics] == [("G015", "start")]
    checked = check_sources([edition.volume]).diagnostics
    assert [d.code for d in checked] == ["G015"]
    document, _ = read_pdf(edition.output)
    assert len({first_page(document, name) for name in PROFILES}) == len(PROFILES)


@pytest.mark.parametrize("standard", ["ua-1+a-3a", "ua-2+a-4f"])
def test_all_ids_in_the_file_are_unique_and_lead_somewhere(reports, standard):
    reports.compiled(archival=Archival(parse_standard(standard)))
    assert [d.message for d in verify_file(reports.output, accessible=True).diagnostics] == []


def test_two_parts_at_one_place_of_a_page_are_still_found(reports):
    """A part without the mark of a run that begins in the middle of a page is told apart by where its notes and places are."""
    reports.compiled()
    document, _ = read_pdf(reports.output)
    angola, chad = (next(part for part in parts_of(document) if part.name == name) for name in ("angola", "chad"))
    assert angola.foot == chad.top
    for name, place in document.destinations.items():
        owner = name.partition("/")[0]
        if owner in ("angola", "chad") and "/" in name:
            assert angola.holds(place.page, place.y) == (owner == "angola")
            assert chad.holds(place.page, place.y) == (owner == "chad")


def test_a_file_may_be_called_almost_as_a_run(reports):
    text = (reports.root / "profiles" / "myanmar.yaml").read_text(encoding="utf-8")
    reports.write("profiles/~angola.yaml", text.replace("{code: MMR, name: Myanmar}", "{code: LAO, name: Laos}"))
    reports.compiled()
    document, _ = read_pdf(reports.output)
    assert {part.name for part in parts_of(document)} >= {"~angola", "angola", "chad"}
    assert [d.message for d in verify_file(reports.output, accessible=True).diagnostics] == []
    build([reports.root / "profiles" / "~angola.yaml"], reports.root / "alone")
    assert [d.message for d in verify_file(reports.root / "alone" / "~angola.pdf").diagnostics] == []


def sections_of_the_run(writer: PdfWriter) -> list[DictionaryObject]:
    """The element of a run, and those of its profiles, which stand on one page."""
    waiting = [writer.root_object["/StructTreeRoot"].get_object()]
    while waiting:
        kids = waiting.pop().get("/K", ArrayObject())
        kids = [one.get_object() for one in (kids if isinstance(kids, ArrayObject) else [kids])]
        found = [one for one in kids if isinstance(one, DictionaryObject)]
        if len(found) > 1 and all(one.get("/S") == "/Sect" for one in found):
            owner = found[0]["/P"].get_object()
            if owner.get("/S") == "/Div":
                return [owner, *found[:2]]
        waiting += found
    raise AssertionError("there is no run")


@pytest.mark.parametrize(
    ("moved", "message"),
    [
        ("sections", "is of the part zz-aland and is read after the part nepal"),
        ("last block", "one section of the structure tree has content of"),
    ],
)
def test_what_is_read_in_another_order_on_a_shared_page_is_found(reports, moved, message):
    reports.compiled()
    writer = PdfWriter(clone_from=io.BytesIO(reports.output.read_bytes()))
    run, first, second = sections_of_the_run(writer)
    if moved == "sections":
        kids = run["/K"].get_object()
        kids[0], kids[1] = kids[1], kids[0]
    else:
        last = second["/K"].get_object().pop()
        first["/K"].get_object().append(last)
        last.get_object()[NameObject("/P")] = run["/K"].get_object()[0]
    damaged = reports.root / "damaged.pdf"
    writer.write(damaged)
    said = [(d.code, d.message) for d in verify_file(damaged, accessible=True).diagnostics]
    assert any(code == "V088" and message in words for code, words in said), said
