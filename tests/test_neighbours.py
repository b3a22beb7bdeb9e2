"""The line at the end of a report that leads to the reports before and after and to the contents: in the volume, in single PDFs, alone."""

from __future__ import annotations

import re

import pytest

from monitorpub.pipeline import build
from monitorpub.verifying import read_pdf, verify_file
from volumes import PROFILES

BODY = ["angola", "chad", "myanmar", "zz-aland", "nepal"]
"""As they stand in the volume: over the borders of groups, and dividers are no neighbours."""


@pytest.fixture
def reports(edition):
    """The tiny edition with profiles of the layout that has such a line, but for one."""
    for name in PROFILES:
        if name != "myanmar":
            edition.change(name, ("layout: clearing-the-mines", "layout: country-report"))
    edition.compiled(with_profiles=True)
    return edition


def line(pdf, page: int) -> str:
    """The last line of a page, without its foot."""
    document, _ = read_pdf(pdf)
    lines: dict[int, str] = {}
    for piece in document.pages[page - 1].pieces:
        if not piece.artifact:
            lines[round(piece.y)] = lines.get(round(piece.y), "") + piece.text
    return re.sub(r"\s+", " ", lines[min(lines)]).strip()


def firsts(document) -> dict[str, int]:
    return {name: document.destinations[name].page for name in BODY}


def test_in_the_volume_each_leads_to_the_pages_of_its_neighbours(reports):
    document, _ = read_pdf(reports.output)
    pages = firsts(document)
    folio = {name: document.pages[page - 1].label for name, page in pages.items()}
    assert line(reports.output, pages["angola"]) == f"Contents, p. iiiNext: Chad, p. {folio['chad']}"
    assert (
        line(reports.output, pages["chad"]) == f"Previous: Angola, p. {folio['angola']}Contents, p. iiiNext: Myanmar, p. {folio['myanmar']}"
    )
    assert line(reports.output, pages["zz-aland"]).startswith(f"Previous: Myanmar, p. {folio['myanmar']}")
    assert line(reports.output, pages["nepal"]) == f"Previous: Åland, p. {folio['zz-aland']}Contents, p. iii"
    targets = [link.target for link in document.pages[pages["chad"] - 1].links if link.target in ("angola", "contents", "myanmar")]
    assert targets == ["angola", "contents", "myanmar"]
    assert document.destinations["contents"].page == 3


def test_a_layout_without_the_setting_has_no_such_line(reports):
    document, _ = read_pdf(reports.output)
    page = firsts(document)["myanmar"]
    assert {"chad", "zz-aland", "contents"} & {link.target for link in document.pages[page - 1].links} == set()


def test_single_files_lead_to_the_files_beside_them(reports):
    file = reports.output.parent / "chad.pdf"
    assert line(file, 1) == "Previous: AngolaContentsNext: Myanmar"
    document, _ = read_pdf(file)
    beside = [(link.file, link.there) for link in document.links if link.file]
    assert beside[-3:] == [("angola.pdf", "angola"), ("volume.pdf", "contents"), ("myanmar.pdf", "myanmar")]
    for one in sorted(reports.output.parent.glob("*.pdf")):
        found = verify_file(one)
        assert ([d.message for d in found.diagnostics], found.elsewhere) == ([], ())


def test_the_volume_may_have_another_name(reports):
    """Also where nothing else has changed since the last run."""
    from monitorpub.volume.command import compile_file

    other = reports.root / "other" / "reports.pdf"
    assert compile_file(reports.volume, other, with_profiles=True).value is not None
    document, _ = read_pdf(other.parent / "angola.pdf")
    assert [link.file for link in document.links if link.there == "contents"] == ["reports.pdf"]


def test_a_report_that_is_built_alone_has_no_such_line(reports):
    (one,), said = build([reports.root / "profiles" / "chad.yaml"], reports.root / "alone")
    assert not [d for d in said if d.severity == "error"]
    document, _ = read_pdf(one.file)
    assert "Contents" not in line(one.file, 1)
    assert {link.file for link in document.links} <= {"", "nepal.pdf"}


def test_a_new_title_is_printed_by_its_neighbours_and_those_further_on_stay(reports):
    reports.change("angola", ("name: Angola", "name: Angola and more"))
    typeset = []
    reports.compiled(progress=lambda name, _, __, cached: typeset.append((name, cached)))
    document, _ = read_pdf(reports.output)
    assert line(reports.output, firsts(document)["chad"]).startswith("Previous: Angola and more, p. ")
    assert ("nepal", True) in typeset
    assert ("chad", False) in typeset


def test_a_volume_without_contents_leads_to_neighbours_only(reports):
    reports.change("volume", ("  - page: contents\n", ""))
    reports.compiled()
    document, _ = read_pdf(reports.output)
    page = firsts(document)["chad"]
    assert re.fullmatch(r"Previous: Angola, p. \d+Next: Myanmar, p. \d+", line(reports.output, page))
