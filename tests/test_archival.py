"""What libraries and readers of figures want of a PDF: PDF/A beside PDF/UA, and the sources and tables in it."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import md5
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pytest
import uharfbuzz
from fontTools.cffLib import CFFFontSet
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont
from pypdf import PdfReader

import monitorpub
from conftest import HEAD
from monitorpub.bind import colour
from monitorpub.bind.attachments import Attachment, distinct
from monitorpub.bind.cff import bare
from monitorpub.pipeline import prepare
from monitorpub.produce import composed
from monitorpub.standard import DEFAULT, UA2_A4F, Archival, parse_standard
from volumes import PROFILES

ROOT = Path(__file__).parents[1]
SAMPLES = [ROOT / name for name in ("profiles/north-korea.yaml", "tests/profiles/every-block.yaml", "profiles/layouts/questions.yaml")]
FONT = ROOT / "fonts" / "Korean-Regular.otf"

TABLE = """\
key-data:
  - table: Land *released* in "the north"
    id: released
    unit: km²
    rows:
      - {id: clearance, label: "Clearance[^of]", values: {2024: 1203.50, 2023: "2[^late]", 2022: null}}
      - {id: survey, label: "Survey, technical", values: {2024: -0.25, 2023: Not known, 2022: 1}}
      - {id: mines, label: Mines, unit: count, values: {2024: 12000, 2023: 0, 2022: 4}}
    change: true
    notes: {of: By hand., late: Reported a year late.}
"""
CSV = (
    "row,unit,2024,2023,2022,Change on 2023,notes\r\n"
    "Clearance,km²,1203.50,2,,1201.50,a; 2023: b\r\n"
    '"Survey, technical",km²,-0.25,Not known,1,,\r\n'
    "Mines,,12000,0,4,12000,\r\n"
)


def built(run, *words: str | Path, name: str = "profile") -> Path:
    """The PDF that build makes of a source in the folder the editor is in."""
    result = run("build", f"{name}.yaml", *words)
    assert (result.exit_code, result.stderr) == (0, "")
    return Path("dist") / f"{name}.pdf"


def attachments(file: Path | bytes) -> dict[str, bytes]:
    """The attached files by name, as a foreign reader finds them."""
    reader = PdfReader(io.BytesIO(file) if isinstance(file, bytes) else file)
    assert all(len(some) == 1 for some in reader.attachments.values())
    return {name: some[0] for name, some in reader.attachments.items()}


def xmp(file: Path) -> dict[str, list[str]]:
    """The words of each property of the metadata, by its name with prefix; and what is nested in it."""
    reader = PdfReader(file)
    stream = reader.trailer["/Root"]["/Metadata"]
    assert "/Filter" not in stream  # whoever looks for the packet in the bytes must find it
    data = stream.get_data()
    prefixes = {uri: prefix for prefix, uri in re.findall(r'xmlns:(\w+)="([^"]+)"', data.decode())}
    found: dict[str, list[str]] = {}
    for element in ElementTree.fromstring(data).iter():
        uri, _, name = element.tag[1:].partition("}")
        if prefixes[uri] not in ("rdf", "x"):
            words = [one.text.strip() for one in element.iter() if one.text and one.text.strip()]
            found.setdefault(f"{prefixes[uri]}:{name}", []).extend(words)
    return found


# what the file says of itself


def test_the_metadata_has_both_identifiers_and_says_what_the_information_dictionary_says(workspace, run):
    workspace.write(HEAD)
    file = built(run)
    said, reader = xmp(file), PdfReader(file)
    assert (said["pdfuaid:part"], said["pdfaid:part"], said["pdfaid:conformance"]) == (["1"], ["3"], ["A"])
    info = reader.metadata
    assert said["dc:title"] == [info.title] == ["North Korea – Clearing the Mines 2025"]
    assert said["dc:creator"] == [info.author] == ["Clearing the Mines"]
    assert said["dc:language"] == ["en-GB"]
    assert said["xmp:CreatorTool"] == [info.creator]
    assert said["pdf:Producer"] == [info.producer]
    noon = datetime(2025, 8, 31, 12, tzinfo=UTC)
    assert info.creation_date == info.modification_date == noon
    for name in ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"):
        assert [datetime.fromisoformat(one) for one in said[name]] == [noon]


def test_the_identifier_that_pdf_a_does_not_know_is_described(workspace, run):
    workspace.write(HEAD)
    said = xmp(built(run))
    assert said["pdfaSchema:namespaceURI"] == ["http://www.aiim.org/pdfua/ns/id/"]
    assert said["pdfaSchema:prefix"] == ["pdfuaid"]
    assert (said["pdfaProperty:name"], said["pdfaProperty:valueType"]) == (["part"], ["Integer"])


def test_colours_are_srgb_by_an_output_intent(workspace, run):
    workspace.write(HEAD)
    (intent,) = PdfReader(built(run)).trailer["/Root"]["/OutputIntents"]
    assert intent["/S"] == "/GTS_PDFA1"
    profile = intent["/DestOutputProfile"]
    data = profile.get_data()
    assert (profile["/N"], data[16:20], data[36:40], len(data)) == (3, b"RGB ", b"acsp", int.from_bytes(data[:4]))


def test_the_colour_profile_is_found_without_the_engine():
    program = "import sys; from monitorpub.bind import colour; print(len(colour._profile()) > 1000, 'weasyprint' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip() == "True False"


def test_a_colour_profile_that_is_gone_is_named(monkeypatch):
    colour._profile.cache_clear()
    monkeypatch.setattr(colour, "find_spec", lambda name: None)
    with pytest.raises(RuntimeError, match=r"sRGB2014\.icc.*WeasyPrint"):
        colour._profile()


def test_the_same_source_gives_the_same_bytes(workspace, run):
    workspace.write(HEAD + TABLE)
    first = built(run, "--no-cache").read_bytes()
    assert built(run, "--no-cache").read_bytes() == first
    (identifier, same) = PdfReader(io.BytesIO(first)).trailer["/ID"]
    assert identifier == same
    assert len(identifier.original_bytes) >= 16


# fonts keyed by CIDs


def cut(glyphs: set[int], *, keep: bool) -> bytes:
    """The Korean face with some glyphs, under the numbers that they have or under new ones."""
    wanted = uharfbuzz.SubsetInput()
    wanted.glyph_set.update(glyphs)
    wanted.flags = uharfbuzz.SubsetFlags.RETAIN_GIDS if keep else uharfbuzz.SubsetFlags.DEFAULT
    face = uharfbuzz.subset(uharfbuzz.Face(FONT.read_bytes()), wanted)
    return bytes(face.blob.data)


def read_cff(data: bytes):
    """The font of a table CFF, read by another program."""
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(data), TTFont())
    return fonts[0]


@pytest.mark.parametrize("count", [1, 2, 3, 255, 256, 257, 300])
@pytest.mark.parametrize("keep", [True, False], ids=["kept", "renumbered"])
def test_a_glyph_id_is_the_cid_of_its_glyph(count, keep):
    whole = TTFont(FONT)
    program = cut(set(range(5000, 5000 + count)), keep=keep)
    font = read_cff(bare(program))
    outlines = TTFont(io.BytesIO(program))["CFF "].cff[0].CharStrings
    before = read_cff(TTFont(io.BytesIO(program)).reader["CFF "])
    assert font.charset == [".notdef", *(f"cid{glyph:05d}" for glyph in range(1, len(before.charset)))]
    for glyph in range(len(before.charset)):
        assert font.CharStrings.charStringsIndex[glyph].bytecode == outlines.charStringsIndex[glyph].bytecode
    assert whole["CFF "].cff[0].charset[5000] != "cid05000"  # else this proves nothing


def test_a_font_that_is_keyed_by_names_stays_as_it_is():
    builder = FontBuilder(2000, isTTF=False)
    builder.setupGlyphOrder([".notdef", "A", "odd"])
    pen = T2CharStringPen(500, None)
    pen.moveTo((0, 0))
    pen.lineTo((0, 500))
    pen.lineTo((500, 500))
    pen.closePath()
    drawn = pen.getCharString()
    builder.setupCFF("Odd", {"FontMatrix": [0.0005, 0, 0, 0.0005, 0, 0]}, dict.fromkeys((".notdef", "A", "odd"), drawn), {})
    out = io.BytesIO()
    builder.setupHead()
    builder.setupMaxp()
    builder.save(out)
    assert bare(out.getvalue()) == TTFont(io.BytesIO(out.getvalue())).reader["CFF "]


@pytest.mark.parametrize("data", [b"OTTO\0\0\0\0\0\0\0\0", cut({5000}, keep=False)[:400]], ids=["no outlines", "cut off"])
def test_a_font_without_outlines_is_refused(data):
    with pytest.raises(ValueError, match=r"CFF|cut off"):
        bare(data)


def test_korean_is_embedded_by_its_glyph_ids(workspace, run):
    workspace.write(HEAD + "key-developments: The newspaper 동아일보 was read.\n")
    with pikepdf.open(built(run)) as pdf:
        fonts = [font for page in pdf.pages for font in page.Resources.Font.as_dict().values()]
        korean = next(font.DescendantFonts[0] for font in fonts if "Korean" in str(font.BaseFont))
        program = korean.FontDescriptor.FontFile3
        assert (korean.Subtype, program.Subtype) == ("/CIDFontType0", "/CIDFontType0C")
        shown = {int(first) + place for first, widths in zip(korean.W[::2], korean.W[1::2], strict=True) for place in range(len(widths))}
        font = read_cff(program.read_bytes())
        drawn = [glyph for glyph in shown if len(font.CharStrings[f"cid{glyph:05d}"].bytecode) > 10]
        assert len(drawn) == 4  # besides them there may be a space


# attached files


def test_source_and_tables_are_attached(workspace, run):
    """The source as it was read: with its mark of byte order, its line ends and its comments."""
    raw = b"\xef\xbb\xbf" + (HEAD + "# Ask the ministry again.\n" + TABLE).replace("\n", "\r\n").encode()
    workspace.write(raw)
    assert attachments(built(run)) == {"profile.yaml": raw, "profile-released.csv": CSV.encode()}


def test_each_attached_file_says_what_it_is(workspace, run):
    source = (workspace.root / workspace.write(HEAD + TABLE)).read_bytes()
    root = PdfReader(built(run)).trailer["/Root"]
    files = [one.get_object() for one in root["/AF"]]
    said = [(one["/F"], one["/UF"], one["/Desc"], one["/AFRelationship"]) for one in files]
    assert said == [
        ("profile.yaml", "profile.yaml", "North Korea", "/Source"),
        ("profile-released.csv", "profile-released.csv", "Land released in “the north”", "/Data"),
    ]
    for one, mime, data in zip(files, ("/application/yaml", "/text/csv"), (source, CSV.encode()), strict=True):
        stream = one["/EF"]["/UF"]
        assert (stream["/Type"], stream["/Subtype"]) == ("/EmbeddedFile", mime)
        assert (stream["/Params"]["/Size"], stream["/Params"]["/ModDate"]) == (len(data), "D:20250831120000Z")
        assert stream["/Params"]["/CheckSum"].original_bytes == md5(data, usedforsecurity=False).digest()
        assert one["/EF"]["/F"] == stream


class Cells(HTMLParser):
    """The rows of the tables of a page, by the id of the table, without calls and without what is white."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tables: dict[str, list[list[str]]] = {}
        self.rows: list[list[str]] = []
        self.open = self.body = self.series = False
        self.hidden = 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if "series-block" in (given.get("class") or "").split():
            self.rows = self.tables.setdefault(given["id"], [])
        if tag == "tbody":
            self.body = self.series
        elif tag == "table":
            self.series = bool({"series", "facts"} & set((given.get("class") or "").split()))
        elif tag == "tr" and self.body:
            self.rows.append([])
        elif tag in ("td", "th") and self.body:
            self.open = True
            self.rows[-1].append("")
        elif tag == "a":
            self.hidden += 1

    def handle_endtag(self, tag):
        self.body &= tag != "tbody"
        self.open &= tag not in ("td", "th")
        self.hidden -= tag == "a"

    def handle_data(self, data):
        if self.open and not self.hidden:
            self.rows[-1][-1] += data


def as_data(cell: str) -> str:
    """What is printed in a cell of an English page, as data."""
    cell = re.sub(r"[\u2007\u2008\u2060]", "", cell).strip().replace("\u2212", "-").replace("\u00a0", " ")
    if re.fullmatch(r"[-+]?[\d,]+(\.\d+)?", cell):
        return cell.replace(",", "").removeprefix("+")
    return {"Not reported": "", "\u2013": ""}.get(cell, cell)


def as_words(cell: str) -> str:
    """Words without what breaks their lines or keeps them from it."""
    return " ".join(cell.replace("\u2060", "").split())


@pytest.mark.parametrize("source", [*SAMPLES, "profile.yaml"], ids=lambda file: Path(file).stem)
def test_the_figures_are_those_of_the_page(source, workspace, run):
    workspace.write(HEAD + TABLE)
    prepared = prepare(Path(source)).value
    page = Cells(composed(prepared, Path(source).stem).value.html).tables
    assert run("build", source, "--quiet").exit_code == 0
    files = attachments(Path("dist") / f"{Path(source).stem}.pdf")
    tables = {
        name.removeprefix(f"{Path(source).stem}-").removesuffix(".csv"): data for name, data in files.items() if name.endswith(".csv")
    }
    assert tables.keys() == page.keys() != set()
    for name, data in tables.items():
        head, *rows = csv.reader(io.StringIO(data.decode(), newline=""))
        if "value" in head:
            given = [row[head.index("label") : head.index("notes")] for row in rows]
            printed = [row for row in page[name] if len(row) > 1]  # a head of rows stands alone
            assert [[as_words(cell) for cell in row] for row in printed] == [[as_words(cell) for cell in row] for row in given]
            continue
        start, unit = head.index("row"), head.index("unit")
        printed = [[as_data(cell) for cell in row] for row in page[name]]
        given = [[row[start], *row[unit + 1 : -1]] for row in rows]
        for was, row, one in zip(given, rows, printed, strict=True):
            label = one[0].removesuffix(f" ({row[unit]})")  # a unit that is not the table's stands behind the label
            assert [label, *one[1:]] == was


def test_a_table_with_heads_has_a_column_for_them_and_figures_are_the_same_in_every_language(workspace, run):
    workspace.write(
        HEAD.replace("en-GB", "fr").replace("North Korea", "Corée du Nord")
        + "key-data:\n  - table: Dépollution\n    id: zones\n    change: true\n    groups:\n"
        + "      - {head: Terres, unit: km², rows: [{id: a, label: Déminage, values: {2024: 1203.5, 2023: 1.25}}]}\n"
        + '      - {head: "Mines[^m]", rows: [{id: b, label: Détruites, values: {2024: 12000, 2023: null}}]}\n'
        + "    notes: {m: Chiffre provisoire.}\n"
    )
    assert attachments(built(run))["profile-zones.csv"].decode().split("\r\n") == [
        "group,row,unit,2024,2023,Variation par rapport à 2023,notes",
        "Terres,Déminage,km²,1203.5,1.25,1202.25,",
        "Mines,Détruites,,12000,,,a",
        "",
    ]


def test_without_attachments_the_file_has_none(workspace, run):
    workspace.write(HEAD + TABLE)
    file = built(run, "--no-attach")
    assert attachments(file) == {}
    root = PdfReader(file).trailer["/Root"]
    assert "/AF" not in root
    assert "/EmbeddedFiles" not in root["/Names"]
    assert xmp(file)["pdfaid:conformance"] == ["A"]


def test_names_that_would_be_one_on_some_disk_are_told_apart():
    files = [Attachment.table(name, "", b"1") for name in ("a-b.csv", "A-B.csv", "a-b-2.csv", "a-b.csv", "c.yaml")]
    assert [one.name for one in distinct(files)] == ["a-b.csv", "A-B-2.csv", "a-b-2-2.csv", "a-b-3.csv", "c.yaml"]


def test_a_name_that_is_not_ascii_comes_back(workspace, run):
    workspace.write(HEAD, "조선.yaml")
    assert attachments(built(run, name="조선")) == {"조선.yaml": HEAD.encode()}


def test_names_are_found_by_readers_that_compare_them_as_text(workspace, run):
    """Bytes and text sort UTF-16 otherwise: no leaf's limits may depend on which is compared."""
    workspace.write(HEAD + "sections: [{title: Mines 조선, text: Words.}, {title: Past, text: Words.}, {title: 이름, text: Words.}]\n")
    with pikepdf.open(built(run)) as pdf:
        leaves = [[bytes(name) for name in list(leaf.Names)[::2]] for leaf in pdf.Root.Names.Dests.Kids]
    for names in leaves:
        texts = [name.decode("utf-16") if name.startswith(b"\xfe\xff") else name.decode("ascii") for name in names]
        assert names == sorted(names)
        assert texts == sorted(texts)
    assert {"profile/mines-조선", "profile/past"} <= {
        one.decode("utf-16" if one[:2] == b"\xfe\xff" else "ascii") for some in leaves for one in some
    }


# volumes


def test_a_volume_brings_the_sources_of_all_and_the_tables_of_its_chapters(edition):
    files = attachments(edition.output)
    assert files.keys() == {"volume.yaml", *(f"{name}.yaml" for name in PROFILES), "overview-areas.csv"}
    assert files["volume.yaml"] == edition.volume.read_bytes()
    for name in PROFILES:
        assert files[f"{name}.yaml"] == (edition.root / "profiles" / f"{name}.yaml").read_bytes()
    assert list(csv.reader(io.StringIO(files["overview-areas.csv"].decode()))) == [
        ["row", "Area (km²)", "notes"],
        ["Angola", "3", ""],
        ["Chad", "12", ""],
        ["Myanmar", "20.5", ""],
        ["Åland", "4", ""],
        ["Nepal", "1", ""],
        ["Total", "40.5", ""],
    ]


def test_single_profiles_of_a_volume_are_those_of_build(edition, run):
    for name in ("chad", "nepal"):
        assert attachments(edition.root / "dist" / f"{name}.pdf").keys() == {f"{name}.yaml"}
    assert run("build", "profiles/nepal.yaml", "-o", "alone").exit_code == 0
    assert (edition.root / "alone" / "nepal.pdf").read_bytes() == edition.written["nepal.pdf"]


def test_what_changes_is_attached_anew(edition):
    """Also where pages stay as they were: a comment changes none, and a figure those of the chapter that adds it up."""
    edition.change("nepal", ("notes:", "# Ask again.\nnotes:"), ("1 km²", "2 km²"))
    edition.compiled()
    files = attachments(edition.output)
    assert b"# Ask again." in files["nepal.yaml"]
    assert files["overview-areas.csv"].decode().splitlines()[-2:] == ["Nepal,2,", "Total,41.5,"]


def test_a_table_comes_back_from_a_damaged_cache(edition):
    entries = list((edition.root / ".monitorpub" / "cache").glob("??/*.data"))
    assert entries
    for entry in entries:
        entry.write_bytes(b"nonsense")
    before = edition.output.read_bytes()
    edition.change("nepal", ("notes:", "# Ask again.\nnotes:"))
    assert edition.codes() == ["B001"]
    edition.change("nepal", ("# Ask again.\n", ""))
    edition.compiled()
    assert edition.output.read_bytes() == before


@pytest.mark.parametrize("archival", [Archival(attach=False), Archival(UA2_A4F)], ids=["no attachments", "another standard"])
def test_a_run_without_changes_gives_what_was_asked_for(edition, archival):
    usual = edition.output.read_bytes()
    edition.compiled(archival=archival)
    other = edition.output.read_bytes()
    assert other != usual
    edition.compiled()
    assert edition.output.read_bytes() == usual
    edition.compiled(archival=archival)
    assert edition.output.read_bytes() == other
    assert bool(attachments(other)) == archival.attach


def test_a_source_that_changes_before_it_is_attached_is_read_again(edition):
    """What is attached is what was typeset."""
    changes = iter(["Yet another note."])

    def edit(*_):
        for words in changes:
            edition.change("nepal", ("A note.", words))

    edition.change("chad", ("A note.", "Another note."))
    edition.compiled(progress=edit)
    assert b"Yet another note." in attachments(edition.output)["nepal.yaml"]
    assert "Yet another note." in " ".join(edition.read().pages)


# the standard


def test_pdf_2_has_its_identifiers_and_no_information_dictionary(workspace, run):
    workspace.write(HEAD + TABLE)
    file = built(run, "--standard", "ua-2+a-4f")
    assert file.read_bytes().startswith(b"%PDF-2.0\n%")
    said, trailer = xmp(file), PdfReader(file).trailer
    assert "/Info" not in trailer
    assert (said["pdfuaid:part"], said["pdfuaid:rev"]) == (["2"], ["2024"])
    assert (said["pdfaid:part"], said["pdfaid:rev"], said["pdfaid:conformance"]) == (["4"], ["2020"], ["F"])
    assert "pdfaSchema:prefix" not in said
    assert attachments(file).keys() == {"profile.yaml", "profile-released.csv"}
    tree = trailer["/Root"]["/StructTreeRoot"]
    (namespace,) = tree["/Namespaces"]
    assert namespace.get_object()["/NS"] == "http://iso.org/pdf2/ssn"
    document = tree["/K"][0]
    assert (document["/S"], document.raw_get("/NS")) == ("/Document", namespace)


NOTED = """\
sections:
  - title: Words
    text: |
      Claimed.[^one] Again.[^one] Denied.[^two]
notes: {one: The first., two: The second.}
"""


def test_places_of_pdf_2_are_elements(workspace, run):
    """For those who listen; for others they are points of a page, as before."""
    workspace.write(HEAD + TABLE + NOTED)
    tree = PdfReader(built(run, "--standard", "ua-2+a-4f")).trailer["/Root"]
    names = tree["/Names"]["/Dests"]["/Kids"][0]["/Names"]
    places = {str(name): value for name, value in zip(names[::2], names[1::2], strict=True)}
    lines = [*lines_of(tree["/Outlines"])]
    for place in (*places.values(), *(line["/A"] for line in lines)):
        assert place["/SD"][0]["/S"] != "/Page"
        assert place["/D"][0]["/Type"] == "/Page"
        assert list(place["/SD"][1:]) == list(place["/D"][1:])
    assert places["profile/note-two"]["/SD"][0]["/ID"] == "profile/note-two"
    assert [places[name]["/SD"][0]["/S"] for name in ("profile", "profile/words", "profile/call-one-1")] == ["/Document", "/Sect", "/Link"]
    assert [(line["/Title"], line["/A"]["/SD"][0]["/S"]) for line in lines][-1] == ("Words", "/H2")


def test_calls_and_notes_of_pdf_2_refer_to_each_other(workspace, run):
    workspace.write(HEAD + NOTED)
    reader = PdfReader(built(run, "--standard", "ua-2+a-4f"))
    elements = [*elements_of(reader.trailer["/Root"]["/StructTreeRoot"]["/K"][0])]
    first, second = (element for element in elements if element["/S"] == "/FENote")
    assert first["/NS"]["/NS"] == "http://iso.org/pdf2/ssn"
    assert first["/A"] == {"/O": "/FENote", "/NoteType": "/Footnote"}
    calls = [element for element in elements if element["/S"] == "/Reference"]
    assert [call["/Ref"][0].get_object() for call in calls] == [first, first, second]
    assert [[one.get_object() for one in note["/Ref"]] for note in (first, second)] == [calls[:2], calls[2:]]


def test_contents_of_pdf_2_refer_to_what_they_lead_to(edition):
    edition.compiled(archival=Archival(UA2_A4F))
    tree = PdfReader(edition.output).trailer["/Root"]
    names = [entry for leaf in tree["/Names"]["/Dests"]["/Kids"] for entry in leaf["/Names"]]
    places = {str(name): value["/SD"][0] for name, value in zip(names[::2], names[1::2], strict=True)}
    entries = [element for element in elements_of(tree["/StructTreeRoot"]["/K"][0]) if element["/S"] == "/TOCI"]
    for entry in entries:
        (reference,) = (element for element in elements_of(entry) if "/Ref" in element)
        (link,) = (element for element in elements_of(reference) if element["/S"] == "/Link")
        leads = next(kid["/Obj"]["/Dest"] for kid in link["/K"] if isinstance(kid, dict) and "/Obj" in kid)
        assert list(reference["/Ref"]) == [places[leads]]
    assert len(entries) > len(PROFILES)


def test_pdf_1_has_none_of_these(workspace, run):
    workspace.write(HEAD + NOTED)
    tree = PdfReader(built(run)).trailer["/Root"]
    elements = [*elements_of(tree["/StructTreeRoot"]["/K"][0])]
    assert sum(element["/S"] == "/Note" for element in elements) == 2
    assert all("/Ref" not in element and "/NS" not in element for element in elements)
    names = tree["/Names"]["/Dests"]["/Kids"][0]["/Names"]
    assert all(place[0]["/Type"] == "/Page" for place in names[1::2])
    assert all(line["/Dest"][0]["/Type"] == "/Page" for line in lines_of(tree["/Outlines"]))


def lines_of(outline: Any) -> Iterator[Any]:
    """The lines of an outline, in their order."""
    line = outline.get("/First")
    while line is not None:
        yield line
        yield from lines_of(line)
        line = line.get("/Next")


def elements_of(element: Any) -> Iterator[Any]:
    """An element of the tree and all below it."""
    yield element
    for kid in element.get("/K", []):
        kid = kid.get_object()
        if isinstance(kid, dict) and "/S" in kid:
            yield from elements_of(kid)


def test_level_f_is_claimed_only_where_files_are_attached(workspace, run):
    workspace.write(HEAD)
    said = xmp(built(run, "--standard", "UA-2+A-4F", "--no-attach"))
    assert said["pdfaid:part"] == ["4"]
    assert "pdfaid:conformance" not in said


def test_a_volume_in_pdf_2(edition, run):
    assert run("compile", "profiles/volume.yaml", "--standard", "ua-2+a-4f", "--profiles").exit_code == 0
    for file in (edition.output, edition.root / "dist" / "chad.pdf"):
        assert file.read_bytes().startswith(b"%PDF-2.0\n%")
        assert xmp(file)["pdfuaid:part"] == ["2"]
    tree = PdfReader(edition.output).trailer["/Root"]["/StructTreeRoot"]
    assert tree["/K"][0].raw_get("/NS") == tree["/Namespaces"][0]


@pytest.mark.parametrize("command", ["build", "compile"])
def test_a_standard_that_there_is_not_is_told(edition, run, command):
    result = run(command, "profiles/volume.yaml", "--standard", "ua-3")
    assert result.exit_code == 2
    assert "There is no standard 'ua-3'. Choose ua-1+a-3a or ua-2+a-4f." in " ".join(result.stderr.split())


def test_the_options_are_explained(run):
    for command in ("build", "compile"):
        said = " ".join(run(command, "--help").stdout.split())
        assert "--standard NAME What the PDF keeps: ua-1+a-3a, or ua-2+a-4f" in said
        assert "--no-attach" in said


def test_functions_choose_as_commands_do(edition):
    report = monitorpub.build("profiles/nepal.yaml", output="one", standard="ua-2+a-4f", attach=False)
    assert report.ok
    assert (edition.root / "one" / "nepal.pdf").read_bytes().startswith(b"%PDF-2.0")
    assert attachments(edition.root / "one" / "nepal.pdf") == {}
    assert monitorpub.compile("profiles/volume.yaml", "two.pdf", attach=False).ok
    assert attachments(edition.root / "two.pdf") == {}
    for function in (monitorpub.build, monitorpub.compile):
        with pytest.raises(ValueError, match="no standard 'pdf/a'"):
            function("profiles/volume.yaml", standard="pdf/a")


def test_the_default_is_the_first_standard():
    assert parse_standard(" UA-1+a-3a ") is DEFAULT.standard
