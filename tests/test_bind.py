"""The binder, judged by what readers find in its files: nothing here looks into its objects before they are a file."""

from __future__ import annotations

import io
import re
import subprocess
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader

from bound import PROGRAM, TABLE, alone, bound, feet, noted, part
from monitorpub.bind.binding import bind
from monitorpub.bind.plan import Binding, Labels, Piece
from monitorpub.bind.strings import number, pdf_date, text_string
from monitorpub.pipeline import build
from monitorpub.verifying import read_bytes, verify_file
from needed import program
from structure import Structure, outline_lines, program_of, words_of

PX = 0.75
"""Points."""
ALPHA = (
    '<h1 id="top">Alpha</h1>'
    + noted("x")
    + '<p><a href="part:beta#area">table</a> <a href="part:beta">Beta</a> <a href="part:gone#x">gone</a> <a href="#second">below</a>'
    ' <a href="https://example.org/a(b)">web</a></p><h2 id="second" style="break-before: page">Second (1)</h2><p>Words of Alpha.</p>'
)
BETA = '<h1 id="top">Beta – β</h1>' + TABLE + noted("x") + noted("y", 2)
GAMMA = (
    '<h1 id="top">Gamma</h1><p>One.</p><h2 id="first">First</h2><h3 id="deep" style="bookmark-level: 3">Deep</h3><h2 id="second">Second</h2>'
    + noted("x")
)
GAMMA += '<h2 id="last" style="break-before: page">Last</h2><p>Back to <a href="part:alpha#second">Alpha</a>.</p>'


def pieces() -> list[Piece]:
    """Two pages of front matter, one page in a group, a blank page, and two pages in the same group, one line lower."""
    return [
        Piece(part("alpha", ALPHA), ("i", "ii"), 0, feet()),
        Piece(part("beta", BETA), ("1",), 2, feet(), group="States"),
        Piece(part("gamma", GAMMA), ("3", "4"), 4, feet(), group="States", level=1, above="Others"),
    ]


LABELS = (Labels(0, "r"), Labels(2, "D"))


@pytest.fixture(scope="module")
def data() -> bytes:
    return bound(*pieces(), labels=LABELS, subject="Sample & more", total=8)


@pytest.fixture(scope="module")
def read(data) -> Structure:
    return Structure(data)


@pytest.fixture(scope="module")
def reader(data) -> PdfReader:
    return PdfReader(io.BytesIO(data), strict=True)


# the whole


def test_what_must_be_true_of_any_file_is_true(read):
    read.assert_sound()


@pytest.mark.parametrize("name", ["alpha", "beta", "gamma"])
def test_it_is_true_of_each_part_alone(name):
    bodies = {"alpha": ALPHA, "beta": BETA, "gamma": GAMMA}
    Structure(alone(part(name, bodies[name]))).assert_sound()


def test_it_is_true_of_a_profile_with_every_block(tmp_path):
    done, said = build([Path(__file__).parent / "profiles" / "every-block.yaml"], tmp_path, cached=False)
    assert said == []
    Structure(done[0].file.read_bytes()).assert_sound()


def checked_by_qpdf(file: Path) -> None:
    done = subprocess.run([program("qpdf"), "--check", str(file)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


def test_qpdf_finds_nothing(data, tmp_path):
    (tmp_path / "volume.pdf").write_bytes(data)
    checked_by_qpdf(tmp_path / "volume.pdf")
    (tmp_path / "alone.pdf").write_bytes(alone(part("beta", BETA)))
    checked_by_qpdf(tmp_path / "alone.pdf")


def test_verify_proves_notes_links_and_fonts(data, tmp_path):
    (tmp_path / "volume.pdf").write_bytes(data)
    found = verify_file(tmp_path / "volume.pdf")
    assert [d.message for d in found.diagnostics] == []
    assert (found.pages, found.notes) == (8, 4)


def test_the_same_pieces_give_the_same_bytes(data):
    assert bound(*pieces(), labels=LABELS, subject="Sample & more", total=8) == data


def test_parts_that_were_typeset_again_give_the_same_bytes(data):
    part.cache_clear()
    feet.cache_clear()
    assert bound(*pieces(), labels=LABELS, subject="Sample & more", total=8) == data


def test_every_number_up_to_the_last_is_one_object(data):
    xref = int(re.search(rb"startxref\n(\d+)\n%%EOF\n$", data)[1])
    size = int(re.search(rb"/Size (\d+)", data[xref:])[1])
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert [one.objgen for one in pdf.objects] == [(n, 0) for n in range(1, size)]
        assert all(one._type_code != pikepdf.ObjectType.null for one in pdf.objects)


def test_the_file_says_what_it_is(reader):
    catalog = reader.trailer["/Root"]
    assert catalog["/Lang"] == "en-GB"
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert (reader.metadata.title, reader.metadata.author, reader.metadata.subject) == ("A volume", "Somebody", "Sample & more")
    assert reader.metadata.creation_date.date().isoformat() == "2025-01-31"
    assert reader.xmp_metadata.dc_title == {"x-default": "A volume"}
    assert reader.xmp_metadata.dc_creator == ["Somebody"]
    assert reader.xmp_metadata.dc_description == {"x-default": "Sample & more"}
    assert reader.xmp_metadata.dc_language == ["en-GB"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in catalog["/Metadata"].get_data()


@pytest.mark.parametrize("title", ["Mines (1) \\ more", "Myanmar – мины – 지뢰", "A & B <C>"])
def test_titles_with_odd_signs_come_back_as_they_were(title):
    odd = replace(part("beta", BETA), title=title)
    read = PdfReader(io.BytesIO(bind(Binding(title, "en", title, "2025-01-31", (Piece(odd, ("",), 0),), (Labels(0, "D"),)), PROGRAM)))
    assert (read.metadata.title, read.xmp_metadata.dc_title["x-default"]) == (title, title)
    assert (read.metadata.author, read.xmp_metadata.dc_creator) == (title, [title])


# pages


def test_one_page_tree_holds_the_pages_in_order(reader, read):
    root = read.pdf.Root.Pages
    assert int(root.Count) == len(read.pages) == 8
    for kid in root.Kids:
        assert kid.Parent.objgen == root.objgen
        assert all(page.Parent.objgen == kid.objgen for page in kid.get("/Kids", []))
    starts = ["table Beta gone", "Words of Alpha.", "Beta – β", "", "One.", "Back to Alpha.", "", ""]
    texts = [re.sub(r"\s+", " ", page.extract_text()) for page in reader.pages]
    assert [[index for index, start in enumerate(starts) if start and start in text] for text in texts] == [
        [0],
        [1],
        [2],
        [],
        [4],
        [5],
        [],
        [],
    ]


def test_labels_are_those_of_the_volume(reader):
    assert reader.page_labels == ["i", "ii", "1", "2", "3", "4", "5", "6"]


def test_blank_pages_are_blank(read, reader):
    for index in (3, 6, 7):
        assert set(read.pages[index].object.keys()) <= {"/Type", "/Parent", "/MediaBox", "/Resources", "/Tabs"}
        assert reader.pages[index].extract_text() == ""
    assert len({tuple(round(float(side), 3) for side in page.object.MediaBox) for page in read.pages}) == 1


def test_a_blank_page_inside_of_a_part_carries_no_foot():
    one = part("odd", '<h1 id="top">Odd</h1><h2 style="break-before: recto" id="next">Next</h2>')
    assert one.pages == 3
    pages = PdfReader(io.BytesIO(alone(one))).pages
    assert [bool(page.extract_text().strip()) for page in pages] == [True, False, True]


@pytest.mark.parametrize("kind", ["cover", "divider", "back-cover"])
def test_covers_and_dividers_carry_neither_foot_nor_folio(kind):
    one = part("bare", "<h1>Only this</h1>", css=f"body {{ page: {kind} }}")
    assert PdfReader(io.BytesIO(alone(one))).pages[0].extract_text().split() == ["Only", "this"]


@pytest.mark.parametrize(("side", "first"), [("recto", 1), ("verso", 0), ("verso", 2)])
def test_a_part_on_the_wrong_side_is_refused(side, first):
    one = part("side", "<h1>Side</h1>", side)
    with pytest.raises(ValueError, match=f"side was set for a {side} page"):
        bound(Piece(one, ("1",), first))


def test_a_part_for_a_left_page_begins_on_one():
    one, two = part("alpha", ALPHA), part("side", "<h1>Side</h1><p>Words.</p>", "verso")
    assert two.pages == 1
    read = Structure(bound(Piece(one, ("1", "2"), 0, feet()), Piece(two, ("4",), 3, feet())))
    read.assert_sound()
    assert len(read.pages) == 4
    assert read.number_of(read.places["side"][0]) == 3


def test_pieces_that_overlap_are_refused():
    one = part("alpha", ALPHA)
    with pytest.raises(ValueError, match="twin begins before"):
        bound(Piece(one, ("1", "2"), 0), Piece(replace(one, name="twin"), ("1", "2"), 0))


# names and links


def test_names_begin_with_their_part_and_lead_to_its_pages(read):
    first = {"alpha": 0, "beta": 2, "gamma": 4}
    own = {name: one for one in read.places if (name := one.partition("/")[0])}
    assert set(own) == set(first)
    for name, place in read.places.items():
        assert 0 <= read.number_of(place[0]) - first[name.partition("/")[0]] <= 1
        assert place[1] == "/XYZ"
    assert {name for name in read.places if name.startswith("beta")} == {
        "beta", "beta/top", "beta/area", "beta/year", "beta/total", "beta/note-x", "beta/call-x-1", "beta/note-y", "beta/call-y-1",
    }  # fmt: skip


def test_a_place_is_where_its_words_stand(data, read):
    """A heading's place is above its words, by less than two lines."""
    document, _ = read_bytes(data, Path("volume.pdf"))
    for name, words in (("alpha/second", "Second (1)"), ("gamma/last", "Last"), ("beta/top", "Beta – β")):
        page, _, x, y = list(read.places[name])[:4]
        piece = next(p for p in document.pages[read.number_of(page)].pieces if p.text.strip() == words)
        assert float(x) == pytest.approx(piece.x, abs=1)
        assert 0 < float(y) - piece.y < 40


def test_links_between_parts_lead_to_the_place_in_this_file(read):
    links = [str(link.Dest) for link in read.pages[0].object.Annots if "/Dest" in link]
    assert links == ["alpha/note-x", "beta/area", "beta", "alpha/second", "alpha/call-x-1"]
    assert [read.number_of(read.places[name][0]) for name in links] == [0, 2, 2, 1, 0]
    assert [str(link.Dest) for link in read.pages[5].object.Annots] == ["alpha/second"]


def test_a_link_to_a_part_elsewhere_leads_to_the_file_beside(read):
    (action,) = [link.A for link in read.pages[0].object.Annots if "/A" in link and link.A.S == "/GoToR"]
    assert (str(action.F), str(action.D)) == ("gone.pdf", "gone/x")


def test_what_leads_to_the_file_beside_is_a_place_there():
    own = Structure(alone(part("alpha", ALPHA)))
    links = [link.A for link in own.pages[0].object.Annots if "/A" in link and link.A.S == "/GoToR"]
    assert [str(action.F) for action in links] == ["beta.pdf", "beta.pdf", "gone.pdf"]
    assert {str(action.D) for action in links[:2]} <= set(Structure(alone(part("beta", BETA))).places)


def test_addresses_of_the_web_stay_what_they_were(read):
    assert [str(link.A.URI) for link in read.pages[0].object.Annots if "/A" in link and link.A.S == "/URI"] == ["https://example.org/a(b)"]


def test_no_address_of_ours_is_left(data):
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert not [one for one in pdf.objects if not isinstance(one, pikepdf.Stream) and b"part:" in one.unparse()]


def test_two_parts_of_one_name_are_refused():
    one = part("alpha", ALPHA)
    with pytest.raises(ValueError, match="twice"):
        bound(Piece(one, ("1", "2"), 0), Piece(one, ("3", "4"), 2))


@pytest.mark.parametrize("count", [1, 99, 100, 101, 250])
def test_names_are_found_in_a_tree_of_several_leaves(count):
    body = "".join(f'<span id="n{n}">x </span>' for n in range(count)) + '<span id="ä(b)">y</span>'
    read = Structure(alone(part("many", f"<p>{body}</p>")))
    assert set(read.places) == {"many", "many/ä(b)", *(f"many/n{n}" for n in range(count))}


# outline


def test_the_outline_has_all_headings_in_order_with_their_levels(reader):
    def levels(lines, level=1):
        for line in lines:
            if isinstance(line, list):
                yield from levels(line, level + 1)
            else:
                yield level, line["/Title"], reader.get_destination_page_number(line)

    assert list(levels(reader.outline)) == [
        (1, "Alpha", 0), (2, "Second (1)", 1), (1, "Beta – β", 2),
        (1, "Others", 4), (2, "Gamma", 4), (3, "First", 4), (4, "Deep", 4), (3, "Second", 4), (3, "Last", 5),
    ]  # fmt: skip


def test_the_outline_of_a_volume_shows_its_parts_and_hides_what_is_in_them(read):
    counts = {str(line.Title): int(line.Count) for line in outline_lines(read.pdf.Root.Outlines) if "/Count" in line}
    assert counts == {"Alpha": 1, "Others": 1, "Gamma": -3, "First": -1}


def test_a_level_that_is_left_out_is_no_fault():
    read = Structure(alone(part("steps", '<h1>A</h1><h3 style="bookmark-level: 3">C</h3><h2>B</h2>')))
    assert [str(line.Title) for line in outline_lines(read.pdf.Root.Outlines)] == ["A", "C", "B"]


# folios and running feet


def stamped(data: bytes) -> list[list]:
    """What is printed on each page outside of the text, from left to right."""
    document, _ = read_bytes(data, Path("volume.pdf"))
    return [sorted((p for p in page.pieces if p.artifact and p.text.strip()), key=lambda p: p.x) for page in document.pages]


def test_each_page_prints_its_label_and_the_foot_of_its_side(data, reader):
    for index, (label, printed) in enumerate(zip(reader.page_labels, stamped(data), strict=True)):
        expected = [] if index in (3, 6, 7) else [label, "The volume 2025"] if index % 2 else ["The site", label]
        assert [piece.text for piece in printed] == expected


def test_feet_are_artifacts_of_pagination(read):
    for page in read.pages:
        outer = {str(mark[1].get("/Type")) for shown in page.shown for mark in shown.marks if mark[0] == "/Artifact"}
        assert outer <= {"/Pagination"}
    assert sum(len([1 for shown in page.shown if shown.marks[0][0] == "/Artifact"]) for page in read.pages) == 10


@pytest.mark.parametrize("folios", [("1", "2"), ("9", "41"), ("128", "xviii"), ("lxxxviii", "999")])
@pytest.mark.parametrize(("css", "edges"), [("", (78, 238)), (":root { --margin-outer: 120px; --margin-inner: 90px }", (90, 120))])
@pytest.mark.parametrize("side", ["recto", "verso"])
def test_folios_keep_to_the_edges_of_the_text(folios, css, edges, side):
    one = part("two", '<h1 id="top">Two</h1><p>Words.</p><h2 style="break-before: page">Next</h2>', side, css)
    assert one.edges == edges
    data = bound(Piece(one, folios, 0 if side == "recto" else 1, feet(edges=edges)))
    pages = stamped(data)[-2:]  # a volume begins with a right-hand page
    recto, verso = pages if side == "recto" else pages[::-1]
    assert {recto[-1].text, verso[0].text} == set(folios)
    inner, outer, width = edges[0] * PX, edges[1] * PX, one.size[0] * PX
    assert recto[0].x == pytest.approx(inner, abs=0.5)
    assert recto[-1].end_x == pytest.approx(width - outer, abs=0.05)
    assert verso[0].x == pytest.approx(outer, abs=0.05)
    assert verso[-1].end_x == pytest.approx(width - inner, abs=0.05)
    assert len({round(piece.y, 3) for piece in (*recto, *verso)}) == 1


def test_a_page_without_folio_keeps_its_running_foot():
    one = part("alpha", ALPHA)
    data = bound(Piece(one, ("", "2"), 0, feet()))
    assert [[p.text for p in page] for page in stamped(data)] == [["The site"], ["2", "The volume 2025"]]


def test_the_running_foot_is_in_the_file_once_for_each_side(read):
    contents = [page.object.Contents for page in read.pages if "/Contents" in page.object]
    first = [content[0].objgen for content in contents]
    assert len(set(first)) == 2


def test_two_volumes_of_feet_do_not_mix():
    one, two = part("alpha", ALPHA), part("beta", BETA)
    data = bound(Piece(one, ("1", "2"), 0, feet()), Piece(two, ("3",), 2, feet("Another site", "Another volume")))
    assert [page[0].text for page in stamped(data)] == ["The site", "2", "Another site"]


# fonts


def test_each_face_is_in_the_file_once(read):
    fonts = {str(name): font for page in read.pages for name, font in page.object.Resources.get("/Font", {}).items()}
    programs = {program_of(font).objgen for font in fonts.values()}
    assert len(programs) == len({str(font.BaseFont) for font in fonts.values()}) == len(fonts)


def test_fonts_are_named_as_subsets(read):
    """ISO 32000-1, 9.6.4: six capitals and a plus sign."""
    names = {str(shown.font.BaseFont) for page in read.pages for shown in page.shown}
    assert names
    assert all(re.fullmatch(r"/[A-Z]{6}\+Monitorpub-[\w-]+", name) for name in names), names


def test_a_glyph_keeps_its_words_where_another_part_reads_it_otherwise():
    """A ligature, a no-break space or a superior figure may share a glyph with something else."""
    one, two, three = (part(name, f"<p>Words of {name}.</p>") for name in ("one", "two", "three"))
    face = two.faces[0]
    glyph = next(glyph for glyph, text in face.texts.items() if text == "W")
    odd = replace(two, faces=(replace(face, texts={**face.texts, glyph: "Wh"}), *two.faces[1:]))
    for order in ([one, odd, three], [odd, one, three]):
        data = bound(*(Piece(p, ("",), 2 * i, feet()) for i, p in enumerate(order)))
        texts = {name: PdfReader(io.BytesIO(data)).pages[2 * i].extract_text() for i, name in enumerate(p.name for p in order)}
        for name, text in texts.items():
            assert ("Whords of two." if name == "two" else f"Words of {name}.") in text
            assert "The site" in text
        read = Structure(data)
        fonts = [shown.font for page in read.pages for shown in page.shown if str(shown.font.BaseFont) == f"/{face.base}"]
        assert len({program_of(font).objgen for font in fonts}) == 1


def test_feet_keep_their_words_where_the_part_reads_their_font_otherwise():
    """Feet and folios are set in a face that parts use, too, though not for the same signs."""
    foot = next(face for face in feet().faces if face.texts and "T" in face.texts.values())
    glyph = next(glyph for glyph, text in foot.texts.items() if text == " ")
    one = part("one", "<p>Words of one.</p>")
    own = replace(foot, texts={glyph: "_"}, widths={glyph: foot.widths[glyph]})
    others = tuple(face for face in one.faces if face.name != foot.name)
    data = bound(Piece(part("first", "<p>First.</p>"), ("1",), 0, feet()), Piece(replace(one, faces=(*others, own)), ("3",), 2, feet()))
    assert stamped(data)[0][0].text == "The site"
    assert stamped(data)[2][0].text.replace("_", " ") == "The site"


def test_two_files_under_one_name_are_refused():
    one, two = part("one", "<p>Words of one.</p>"), part("two", "<p>Words of two.</p>")
    other = replace(two, faces=(replace(two.faces[0], digest="0" * 32), *two.faces[1:]))
    with pytest.raises(ValueError, match="two fonts"):
        bound(Piece(one, ("",), 0), Piece(other, ("",), 2))


def test_all_faces_of_all_parts_have_their_glyphs():
    """The union of glyphs: what only one part prints is there, and a part with none of its own changes nothing."""
    scripts = [part("latin", "<p>Qq</p>"), part("greek", "<p>Ωω</p>"), part("cyrillic", "<p>Щщ <b>Юю</b></p>"), part("empty", "<p></p>")]
    data = bound(*(Piece(one, ("",) * one.pages, 2 * i) for i, one in enumerate(scripts)))
    read = Structure(data)
    read.assert_sound()
    texts = [page.extract_text().split() for page in PdfReader(io.BytesIO(data)).pages]
    assert texts[::2] == [["Qq"], ["Ωω"], ["Щщ", "Юю"], []]
    serif = read.pages[0].shown[0].font
    assert set(words_of(serif).values()) >= set("QqΩωЩщ")


# structure


def test_parts_hang_in_groups_under_one_document_in_order(read):
    kept = [node for node in read.nodes if node.depth <= 2 and node.role in ("/Document", "/Part", "/Sect")]
    top = [(node.role, node.depth, str(node.object.get("/T", ""))) for node in kept]
    assert top == [("/Document", 0, ""), ("/Sect", 1, "Alpha"), ("/Part", 1, "States"), ("/Sect", 2, "Beta"), ("/Sect", 2, "Gamma")]


def test_a_part_alone_is_the_document():
    read = Structure(alone(part("beta", BETA)))
    assert [node.role for node in read.nodes if node.role in ("/Document", "/Part", "/Sect")][:1] == ["/Document"]
    assert len([node for node in read.nodes if node.role == "/Document"]) == 1


def test_what_is_read_aloud_comes_in_the_order_of_the_parts(read):
    pages = [page for page, _ in read.reading_order()]
    parts = [next(name for name, own in (("alpha", (0, 1)), ("beta", (2,)), ("gamma", (4, 5))) if page in own) for page in pages]
    assert [one for one, other in pairwise([*parts, ""]) if one != other] == ["alpha", "beta", "gamma"]


def test_reading_order_inside_of_a_part_is_what_it_is_alone(read):
    own = Structure(alone(part("gamma", GAMMA))).reading_order()
    assert [(page - 4, number) for page, number in read.reading_order() if page >= 4] == own


def test_ids_begin_with_their_part_and_heads_are_found_by_them(read):
    assert {str(name).partition("/")[0] for name in read.ids} <= {"alpha", "beta", "gamma"}
    cells = [node.object for node in read.nodes if node.role == "/TD"]
    heads = [{str(name) for name in one.get("/Headers", [])} for cell in cells for one in _attributes(cell)]
    assert any(heads)
    assert {name for some in heads for name in some} <= {str(name) for name in read.ids}


def _attributes(element: pikepdf.Object) -> list[pikepdf.Object]:
    given = element.get("/A", pikepdf.Array())
    return list(given) if isinstance(given, pikepdf.Array) else [given]


def test_a_group_that_comes_again_keeps_the_order_of_the_pages():
    """Two groups of one title, with another part between them, are read in the order in which they are printed."""
    parts = [part(name, f"<p>Words of {name}.</p>") for name in ("one", "two", "three")]
    groups = ("Others", "", "Others")
    read = Structure(bound(*(Piece(p, ("",), 2 * i, group=g) for i, (p, g) in enumerate(zip(parts, groups, strict=True)))))
    read.assert_sound()
    assert [page for page, _ in read.reading_order()] == sorted(page for page, _ in read.reading_order())


# strings


@pytest.mark.parametrize("text", ["", "a", "(a\\b)", "é – 지뢰", "𝄞", "line\nbreak"])
def test_a_string_is_read_as_it_was_written(text):
    assert str(pikepdf.Object.parse(text_string(text))) == text


@pytest.mark.parametrize(
    ("value", "written"), [(0, b"0"), (1.5, b"1.5"), (841.889764, b"841.8898"), (1e-9, b"0"), (-2, b"-2"), (3.0, b"3")]
)
def test_a_number_is_written_short_and_never_with_an_exponent(value, written):
    assert number(value) == written


def test_days_are_dates_of_pdf():
    assert pdf_date("2025-08-31") == "D:20250831"
    assert pdf_date("2025-08-31T10:20:30Z") == "D:20250831102030Z"
