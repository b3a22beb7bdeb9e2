"""Verify finds every break: good files are broken in one way each, and the break is named."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pikepdf
import pytest

from breaking import Broken, is_of_structure, with_code
from monitorpub.codes import CODES
from monitorpub.pipeline import build
from monitorpub.verifying import apparatus_of, read_pdf, verify_file
from printed import said_in

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> dict[str, bytes]:
    """Good PDFs: all blocks with notes numbered through the profile (``whole``) and by section (``sections``), and a bare one."""
    folder = tmp_path_factory.mktemp("verifying")
    source = (HERE / "profiles" / "every-block.yaml").read_text(encoding="utf-8")
    (folder / "images").mkdir()
    (folder / "images" / "squares.svg").write_bytes((HERE / "profiles" / "images" / "squares.svg").read_bytes())
    texts = {"whole": source, "sections": source.replace("\nedition:", "\nnumbering: per-section\nedition:")}
    texts |= {name: (HERE / "profiles" / f"{name}.yaml").read_text(encoding="utf-8") for name in ("bare", "names")}
    files = []
    for name, text in texts.items():
        files.append(folder / f"{name}.yaml")
        files[-1].write_text(text, encoding="utf-8")
    done, said = build(files, folder)
    assert not [d.message for d in said if d.severity == "error"]
    return {one.file.stem: one.file.read_bytes() for one in done}


@pytest.fixture
def codes(tmp_path):
    """The codes that verify gives for a broken file."""

    def verified(broken: Broken, **options) -> set[str]:
        found = verify_file(broken.save(tmp_path / "broken.pdf", **options))
        return {d.code for d in found.diagnostics if not is_of_structure(d.code)}

    return verified


@pytest.fixture
def whole(built) -> Broken:
    return Broken(built["whole"])


@pytest.mark.parametrize("name", ["whole", "sections", "bare", "names"])
def test_a_good_file_is_proved(built, tmp_path, name):
    (tmp_path / "good.pdf").write_bytes(built[name])
    found = verify_file(tmp_path / "good.pdf")
    assert [d.message for d in found.diagnostics] == []
    expected = {"whole": (3, 6, 2), "sections": (3, 9, 2), "bare": (1, 0, 0), "names": (1, 1, 0)}
    assert (found.pages, found.notes, found.table_notes) == expected[name]


@pytest.mark.parametrize("stem", ["note-on-sources", "call-for-action"])
def test_a_part_may_be_called_like_a_note(tmp_path, stem):
    source = tmp_path / f"{stem}.yaml"
    source.write_text((HERE / "profiles" / "names.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    done, _ = build([source], tmp_path)
    found = verify_file(done[0].file)
    assert ([d.message for d in found.diagnostics], found.notes) == ([], 1)


def test_saving_anew_breaks_nothing(whole, codes):
    whole.edit(1, lambda _, __, operands: operands)
    whole.move(2, {})
    assert codes(whole) == set()


# notes


def test_the_words_of_a_note_are_missing(whole, codes):
    whole.drop(1, *whole.note(1, "1")[1:])
    assert codes(whole) == {"V019"}


def test_a_note_is_not_printed(whole, codes):
    whole.drop(1, *whole.note(1, "2"))
    assert codes(whole) == {"V010", "V015"}


def test_a_note_is_gone_with_its_links(whole, codes):
    whole.drop(1, *whole.note(1, "3"))
    whole.drop_links(1, "call-dev-1")
    whole.drop_destination("note-dev")
    assert codes(whole) == {"V012", "V015", "V023"}


def test_two_notes_change_places(whole, codes):
    one, two = whole.note(1, "1"), whole.note(1, "2")
    pieces = whole.pages[0].pieces
    distance = (pieces[one[0]].y - pieces[two[0]].y) / 0.75
    whole.move(1, {**dict.fromkeys(one, (0, distance)), **dict.fromkeys(two, (0, -distance))})
    assert {"V013", "V014"} <= codes(whole)


def test_two_notes_change_places_with_their_links(whole, codes):
    one, two = whole.note(1, "1"), whole.note(1, "2")
    pieces = whole.pages[0].pieces
    distance = pieces[one[0]].y - pieces[two[0]].y
    whole.move(1, {**dict.fromkeys(one, (0, distance / 0.75)), **dict.fromkeys(two, (0, -distance / 0.75))})
    for name, call, down in (("note-status", "call-status-1", distance), ("note-estimate", "call-estimate-1", -distance)):
        destination = whole.destination(name)
        destination[3] = float(destination[3]) - down
        (link,) = whole.links(1, call)
        link.Rect = pikepdf.Array([float(n) - (down if i % 2 else 0) for i, n in enumerate(link.Rect)])
    assert codes(whole) == {"V014"}


def test_a_note_stands_twice(whole, codes):
    whole.repeat(1, whole.note(1, "3"), -40)
    assert codes(whole) == {"V016"}


@pytest.mark.parametrize("page", [0, 1, 2])
def test_a_page_is_printed_twice(whole, tmp_path, page):
    """Its links and names are those of the first printing: what is on the paper counts."""
    document, _ = read_pdf(whole.save(tmp_path / "once.pdf"))
    marks = {note.mark for note in apparatus_of(document).notes if note.page == page + 1}
    whole.pdf.pages.append(whole.pdf.pages[page])
    found = verify_file(whole.save(tmp_path / "twice.pdf"))
    assert {d.code for d in found.diagnostics if not is_of_structure(d.code)} == {
        "V016",
        "V061",
    }  # the folio is that of the first printing, too
    told = [d.message for d in found.diagnostics if d.code == "V016"]
    assert marks == {m[1] for t in told if (m := re.match(r"Page 4: the note (\S+) .*stands here again", t))}
    assert any("Page 4: the call" in t for t in told)


def test_a_page_is_printed_twice_without_its_links(whole, tmp_path):
    whole.pdf.pages.append(whole.pdf.pages[0])
    del whole.pdf.pages[-1].Annots
    found = verify_file(whole.save(tmp_path / "twice.pdf"))
    assert sum(d.code == "V016" for d in found.diagnostics) >= 3


def test_a_note_that_nothing_calls_is_added(whole, codes):
    index = whole.piece(1, "3")
    code = next(s.code for page in whole.pages for p in page.pieces if p.font.name == "Monitorpub-Sans" for s in p.signs if s.text == "8")
    whole.edit(1, lambda i, piece, operands: with_code(piece, operands, 0, code) if i == index else operands)
    whole.drop_links(1, "call-dev-1")
    whole.drop_destination("note-dev")
    assert {"V011", "V012", "V015"} <= codes(whole)


def test_a_later_call_is_printed_without_link_and_name(whole, codes):
    whole.drop_destination("call-status-2")
    whole.pdf.pages[0].Annots = pikepdf.Array([a for a in whole.pdf.pages[0].Annots if a not in whole.links(1, "note-status")[1:2]])
    assert codes(whole) == {"V021"}


def test_the_number_of_a_call_is_changed(whole, codes):
    pieces = whole.pages[0].pieces
    index = whole.piece(1, "³")
    other = next(s.code for p in pieces if p.font is pieces[index].font for s in p.signs if s.text in "¹²⁴")
    whole.edit(1, lambda i, piece, operands: with_code(piece, operands, 0, other) if i == index else operands)
    assert codes(whole) == {"V013"}


def test_the_number_of_a_note_is_changed(whole, codes):
    index = whole.note(1, "2")[0]
    one = whole.pages[0].pieces[whole.note(1, "1")[0]].signs[0].code
    whole.edit(1, lambda i, piece, operands: with_code(piece, operands, 0, one) if i == index else operands)
    assert codes(whole) == {"V013", "V015", "V016"}


def test_the_mark_of_a_table_note_is_changed(whole, codes):
    pieces = whole.pages[0].pieces
    index = next(i for i, p in enumerate(pieces) if p.text == "a" and p.y < 400)
    other = next(s.code for p in pieces if p.font is pieces[index].font for s in p.signs if s.text == "e")
    whole.edit(1, lambda i, piece, operands: with_code(piece, operands, 0, other) if i == index else operands)
    assert codes(whole) == {"V013"}


def test_a_call_is_not_printed(whole, codes):
    whole.drop(1, whole.piece(1, "³"))
    assert codes(whole) == {"V013"}


def test_two_calls_change_their_numbers_and_links(whole, codes):
    swap = {}
    for mark, other in (("⁴", "⁵"), ("⁵", "⁴")):
        index = whole.piece(2, mark)
        swap[index] = 0xFFF0 + len(swap)
        whole.teach(whole.pages[1].pieces[index].font.name, swap[index], other)
    whole.edit(2, lambda i, piece, operands: with_code(piece, operands, 0, swap[i]) if i in swap else operands)
    (one,), (two,) = whole.links(2, "note-plan")[:1], whole.links(2, "note-share")[:1]
    one.Dest, two.Dest = two.Dest, one.Dest
    assert {"V020", "V022"} <= codes(whole)


NAMES = ("status", "estimate", "dev")
"""The notes of the first page."""


@pytest.mark.parametrize(("later", "expected"), [(1, {"V017"}), (2, {"V018"})])
def test_notes_stand_on_another_page(whole, codes, later, expected):
    """The notes of the first page are moved to a page of their own, one or two pages after."""
    first = whole.pages[0].pieces
    notes = [i for mark in "123" for i in whole.note(1, mark)]
    whole.pdf.pages.insert(1, whole.pdf.pages[0])
    moved = whole.pdf.pages[1]
    whole.pages.insert(1, whole.pages[0])
    back = [a for a in moved.Annots if a in [link for name in NAMES for link in whole.links(2, f"call-{name}-1")]]
    others = [a for a in moved.Annots if a not in back]
    whole.drop(1, *notes)
    whole.drop(2, *(i for i in range(len(first)) if i not in notes))
    whole.pdf.pages[0].Annots, moved.Annots = pikepdf.Array(others), pikepdf.Array(back)
    for name in NAMES:
        whole.destination(f"note-{name}")[0] = moved.obj
    if later == 2:
        blank = whole.pdf.add_blank_page(page_size=(595, 842))
        whole.pdf.pages.insert(1, blank)
        del whole.pdf.pages[-1]
    assert codes(whole) - {"V061"} == expected  # a page more gives all others another folio


def test_a_series_goes_on_under_another_name(built, codes):
    """Numbers that come again are an error unless their names say that they are a series of their own."""
    broken = Broken(built["sections"])
    for names in broken.names():
        for i in range(0, len(names), 2):
            if str(names[i]).startswith(broken.named("note-second~")):
                names[i] = pikepdf.String(broken.named("note-second-long"))
    for page in broken.pdf.pages:
        for link in page.Annots:
            if str(link.get("/Dest", "")).startswith(broken.named("note-second~")):
                broken.lead(link, "note-second-long")
    assert codes(broken) == {"V014", "V016", "V020"}


# links


def test_a_call_is_no_link(whole, codes):
    whole.drop_links(1, "note-estimate")
    assert codes(whole) == {"V011", "V021"}


def test_a_call_leads_to_another_note(whole, codes):
    whole.lead(whole.links(1, "note-dev")[0], "note-estimate")
    assert codes(whole) == {"V013", "V018", "V020", "V022"}  # the next call of the note is its first now


def test_a_note_does_not_lead_back(whole, codes):
    whole.drop_links(1, "call-status-1")
    assert codes(whole) == {"V022"}


def test_a_note_leads_back_to_a_later_call(whole, codes):
    whole.lead(whole.links(1, "call-status-1")[0], "call-status-3")
    assert codes(whole) == {"V022"}


def test_all_named_places_are_gone(whole, tmp_path):
    del whole.pdf.Root.Names
    (only,) = verify_file(whole.save(tmp_path / "gone.pdf")).diagnostics
    assert (only.code, only.message.split(":")[0]) == ("V023", "The named places are gone")


def test_a_link_leads_nowhere(whole, codes):
    whole.drop_destination("second")
    assert codes(whole) == {"V023"}


def test_a_link_leads_to_a_page_that_is_gone(whole, codes):
    link = whole.links(2, "second")[0]
    link.Dest = pikepdf.Array([pikepdf.Dictionary(), pikepdf.Name.Fit])
    assert codes(whole) == {"V023"}


def test_a_place_is_on_no_page(whole, codes):
    whole.destination("recommendation-report")[0] = pikepdf.Dictionary()
    assert codes(whole) == {"V025"}


def test_a_link_has_no_size(whole, codes):
    link = whole.links(2, "second")[0]
    link.Rect = pikepdf.Array([link.Rect[0], link.Rect[1], link.Rect[0], link.Rect[3]])
    assert codes(whole) == {"V024"}


# pages, fonts and the file


@pytest.mark.parametrize("away", [(700, 0), (-400, 0), (0, 900), (0, -1200)])
def test_words_stand_outside_the_page(whole, codes, away):
    whole.move(2, {whole.piece(2, "Second level."): away})
    assert codes(whole) == {"V031"}


def test_a_font_is_not_embedded(whole, codes):
    del whole.fonts()["Monitorpub-Serif-Note"].DescendantFonts[0].FontDescriptor.FontFile2
    assert codes(whole) == {"V041"}


def test_two_fonts_have_one_name(whole, codes):
    whole.fonts()["Monitorpub-Serif-Display"].BaseFont = whole.fonts()["Monitorpub-Serif"].BaseFont
    assert codes(whole) == {"V045"}


def test_a_font_does_not_say_its_text(whole, codes):
    del whole.fonts()["Monitorpub-Serif-Display"].ToUnicode
    assert codes(whole) == {"V042"}


def test_notes_in_a_font_without_text_are_not_proved(whole, codes):
    del whole.fonts()["Monitorpub-Serif"].ToUnicode
    assert {"V042", "V013"} <= codes(whole)


@pytest.mark.parametrize("text", [b"<fffd>", None])
def test_a_glyph_has_no_text(whole, codes, text):
    stream = whole.fonts()["Monitorpub-Serif-Display"].ToUnicode
    data = stream.read_bytes()
    line = re.search(rb"(<[0-9a-f]{4}>) <004b>\n", data)
    stream.write(data.replace(line[0], line[1] + b" " + text + b"\n" if text else b""))
    assert codes(whole) == {"V044"}


def test_a_box_stands_for_a_glyph(whole, codes):
    index = whole.piece(2, "Second level.")
    whole.edit(2, lambda i, piece, operands: with_code(piece, operands, 3, 0) if i == index else operands)
    assert "V043" in codes(whole)


def test_the_file_has_no_title_and_no_language(whole, codes):
    del whole.pdf.Root.Lang, whole.pdf.Root.Metadata
    del whole.pdf.docinfo["/Title"]
    assert codes(whole) == {"V005", "V006"}


def test_a_file_without_pages(whole, codes):
    while len(whole.pdf.pages):
        del whole.pdf.pages[0]
    assert "V004" in codes(whole)


def test_a_page_cannot_be_read(whole, codes):
    whole.pdf.pages[2].Contents = whole.pdf.make_stream(b"q BT /F 12 Tf (words \xff [<zz> TJ ( ET")
    assert "V007" in codes(whole) or "V002" in codes(whole)


def test_an_encrypted_file(whole, codes):
    assert codes(whole, encryption=pikepdf.Encryption(owner="secret", user="")) == {"V003"}
    assert codes(whole, encryption=pikepdf.Encryption(owner="a", user="b")) == {"V003"}


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_file_that_is_cut_off(built, tmp_path, share):
    data = built["whole"]
    (tmp_path / "cut.pdf").write_bytes(data[: int(len(data) * share)])
    assert {d.code for d in verify_file(tmp_path / "cut.pdf").diagnostics} == {"V002"}


def test_a_damaged_file_never_stops_the_tool(built, tmp_path):
    """Bytes turned at random: whatever comes of it is a report."""
    dice = random.Random(7)
    said = 0
    for _ in range(80):
        data = bytearray(built["bare"])
        for _ in range(dice.choice([1, 5, 40])):
            data[dice.randrange(9, len(data))] = dice.randrange(256)
        (tmp_path / "damaged.pdf").write_bytes(data)
        said += bool(verify_file(tmp_path / "damaged.pdf").diagnostics)
    assert said > 40


# files of other tools


class Foreign:
    """A PDF as another tool might write it: Helvetica, no names, no links; raised numbers and small lines at the foot."""

    def __init__(self) -> None:
        self.pdf = pikepdf.new()
        self.pdf.docinfo["/Title"] = "Foreign"
        self.pdf.Root.Lang = "en"

    def page(self, calls: list[str], notes: list[str], *, unit: bool = False) -> None:
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica, Encoding=pikepdf.Name.WinAnsiEncoding
        )
        lines, y = [], 780
        for call in calls or [""]:
            area = "of 5 km) Tj 4 Ts /F 7 Tf (2) Tj 0 Ts /F 11 Tf ( " if unit else ""
            raised = f"4 Ts /F 7 Tf ({call}) Tj 0 Ts /F 11 Tf" if call else ""
            lines.append(
                f"BT /F 11 Tf 60 {y} Td (The authority found mines in the whole {area}district.) Tj {raised} ( More was said of it.) Tj ET"
            )
            y -= 16
        for _ in range(12):
            lines.append(
                f"BT /F 11 Tf 60 {y} Td (Nothing else was found, and the authority went on with its survey of the district.) Tj ET"
            )
            y -= 16
        y = 60 + 24 * len(notes)
        for note in notes:
            lines.append(f"BT /F 9 Tf 60 {y} Td ({note}, a report of the mine action authority,) Tj 0 -11 Td (2025, p. 3.) Tj ET")
            y -= 24
        content = self.pdf.make_stream("\n".join(lines).encode())
        page = self.pdf.add_blank_page(page_size=(595, 842))
        page.Contents, page.Resources = content, pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))

    def verified(self, folder: Path):
        self.pdf.save(folder / "foreign.pdf")
        found = verify_file(folder / "foreign.pdf")
        proved = [d for d in found.diagnostics if d.code not in ("V041",) and "glyphs" not in d.message]
        return found, {d.code for d in proved}, " ".join(d.message for d in proved)


def test_notes_of_a_foreign_file_are_found_by_size_and_place(tmp_path):
    foreign = Foreign()
    foreign.page(["1", "2,3"], ["1 One", "2. Two", "3 Three"], unit=True)
    foreign.page(["4", "5", "4"], ["4 Four", "5 Five"])
    found, codes, message = foreign.verified(tmp_path)
    assert codes == {"V090"}
    assert "6 calls and 5 notes" in message
    assert found.notes == 5


@pytest.mark.parametrize(
    ("pages", "expected", "words"),
    [
        ([(["1", "2", "3"], ["1 One", "3 Three"])], "V015", "no note 2"),
        ([(["1", "2", "3"], ["1 One", "2 Two"])], "V012", "call 3"),
        ([(["1", "2"], ["1 One", "2 Two", "3 Three"])], "V011", "note 3"),
        ([(["1"], ["1 One"]), (["2", "3"], ["2 Two"]), ([], ["3 Three"])], "V017", "Page 3"),
        ([(["1", "2"], ["1 One"]), ([], []), ([], ["2 Two"])], "V018", "Page 3"),
        ([(["1", "3", "2"], ["1 One", "2 Two", "3 Three"])], "V020", "call 3"),
    ],
)
def test_broken_notes_of_a_foreign_file_are_named(tmp_path, pages, expected, words):
    foreign = Foreign()
    for calls, notes in pages:
        foreign.page(calls, notes)
    found, codes, message = foreign.verified(tmp_path)
    assert expected in codes, message
    assert any(d.code == expected and words in d.message for d in found.diagnostics), message


def raised(number: int | str) -> str:
    return f") Tj 4 Ts /F 7 Tf ({number}) Tj 0 Ts /F 11 Tf ("


def small_pages(*pages: list[tuple[float, float, float, str]]) -> Foreign:
    """Lines with place and size on pages."""
    foreign = Foreign()
    for lines in pages:
        foreign.page([], [])
        content = "\n".join(f"BT /F {size} Tf {x} {y} Td ({text}) Tj ET" for x, y, size, text in lines)
        foreign.pdf.pages[-1].Contents = foreign.pdf.make_stream(content.encode())
    return foreign


WORDS = "The authority went on with its survey of the whole district"
MATHS = [
    (60, 700, 11, f"The area is x{raised(2)} and 10{raised(6)} times as large, so that 2{raised(10)} were found{raised(1)} here."),
    *((60, 700 - 16 * n, 11, WORDS + ".") for n in range(1, 10)),
    (60, 500, 11, f"They were cleared{raised(2)} then, \\(a + b\\){raised(2)} in all, as was said in the last report{raised(3)} too."),
    *((60, 100 - 12 * n, 9, f"{n} A report of the authority, 2025.") for n in (1, 2, 3)),
]
COLUMNS = [
    *((x, 700 - 14 * n, 11, "They went on with its survey here.") for x in (60, 310) for n in range(1, 40)),
    (60, 700, 11, f"A claim{raised(1)} and a claim{raised(2)} too."),
    (60, 140, 11, "The last line of the left column."),
    (60, 120, 8, "1 A report of the authority, 2025."),
    (60, 108, 8, "2 Another report of it, 2024."),
    (310, 700, 11, f"A claim{raised(3)} and a claim{raised(4)} too."),
    (310, 120, 11, f"The text goes on{raised(5)} lower here."),
    (310, 108, 8, "3 A third report of it, 2023."),
    (310, 96, 8, "4 A fourth report of it, 2022."),
    (310, 84, 8, "5 A fifth report of it, 2021."),
]
YEARS = [
    (60, 700, 11, f"{WORDS}{raised(1)} and then{raised(2)} it stopped."),
    *((60, 690 - 14 * n, 11, WORDS + ".") for n in range(1, 12)),
    (60, 100, 9, "1 2019 was the year of the report."),
    (60, 88, 9, "2 2020 was the year of the next, and it was said"),
    (60, 76, 9, "2021 would be the last."),
]
ITEMS = [
    (60, 700, 11, f"{WORDS}{raised(1)} and then{raised(2)} it stopped."),
    *((60, 690 - 14 * n, 11, WORDS + ".") for n in range(1, 12)),
    *((60, 400 - 12 * n, 9, f"{n}. Something that was done") for n in (1, 2, 3)),
    (60, 340, 11, WORDS + "."),
    *((60, 100 - 12 * n, 9, f"{n} A report of the authority, 2025.") for n in (1, 2)),
]


@pytest.mark.parametrize(("lines", "notes"), [(MATHS, 3), (COLUMNS, 5), (YEARS, 2), (ITEMS, 2)], ids=["maths", "columns", "years", "items"])
def test_nothing_false_is_said_of_a_right_foreign_file(tmp_path, lines, notes):
    found, codes, message = small_pages(lines).verified(tmp_path)
    assert codes == {"V090"}, message
    assert (found.notes, found.notes_proved) == (notes, True)


def test_a_guess_with_much_that_is_odd_says_nothing_of_single_notes(tmp_path):
    foreign = Foreign()
    foreign.page(["1", "2", "3", "4", "5", "6"], ["1 One", "2 Two", "4 Four", "6 Six"])
    found, codes, _ = foreign.verified(tmp_path)
    assert codes == {"V090"}
    assert not found.notes_proved


def test_nobody_is_told_to_build_a_foreign_file_again(tmp_path):
    foreign = Foreign()
    foreign.page(["1", "2", "3"], ["1 One", "3 Three"])
    found, codes, _ = foreign.verified(tmp_path)
    assert "V015" in codes
    assert not any("Build" in d.hint for d in found.diagnostics if d.code < "V03")


def test_what_does_not_fit_together_is_not_told_as_errors(tmp_path):
    foreign = Foreign()
    foreign.page(["1", "2", "3", "4"], [])
    _, codes, message = foreign.verified(tmp_path)
    assert codes == {"V090"}
    assert "4 calls and 0 notes" in message


def test_a_foreign_file_without_notes_says_that_none_were_seen(tmp_path):
    foreign = Foreign()
    foreign.page([], [], unit=True)
    found, codes, message = foreign.verified(tmp_path)
    assert codes == {"V090"}
    assert "names none" in message
    assert not found.ok  # its font is not embedded


# the command


def test_the_command_says_what_it_proved(built, tmp_path, run):
    (tmp_path / "good.pdf").write_bytes(built["whole"])
    result = run("verify", tmp_path / "good.pdf")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"{tmp_path / 'good.pdf'}: 3 pages, 6 notes, 2 notes to tables, 28 links, 9 fonts: proved.\n"
    assert run("verify", "--quiet", tmp_path / "good.pdf").output == ""


def test_the_command_names_each_bad_file_and_ends_with_1(built, whole, tmp_path, run):
    (tmp_path / "good.pdf").write_bytes(built["bare"])
    (tmp_path / "text.pdf").write_text("no PDF", encoding="utf-8")
    whole.drop(1, *whole.note(1, "1")[1:])
    whole.save(tmp_path / "broken.pdf")
    result = run("verify", *(tmp_path / f"{name}.pdf" for name in ("good", "text", "none", "broken")), tmp_path)
    assert result.exit_code == 1
    assert {one.code for one in said_in(result.stderr)} == {"F001", "V001", "V019"}
    assert "good.pdf: 1 page, 0 notes" in result.stdout
    assert "broken.pdf: 3 pages, 6 notes, 2 notes to tables, 28 links, 9 fonts: not proved, 1 error." in result.stdout
    assert "none.pdf: nothing could be proved." in result.stdout


def test_a_folder_and_a_slip_in_a_name_are_told_what_was_meant(tmp_path, run):
    (tmp_path / "volume.pdf").write_text("no PDF", encoding="utf-8")
    said = {
        one.message.rpartition("/")[2]: one.hint
        for one in said_in(run("verify", tmp_path, tmp_path / "volum.pdf", tmp_path / "nil" / "x.pdf").stderr)
    }
    assert said == {
        f"{tmp_path.name} is a folder.": f"Name the PDFs in it: monitorpub verify {tmp_path}/*.pdf",
        "volum.pdf does not exist.": f"Did you mean {tmp_path}/volume.pdf?",
        "x.pdf does not exist.": "",
    }


def test_a_wrong_command_line_ends_with_2(run):
    assert run("verify").exit_code == 2
    assert run("verify", "--nope", "x.pdf").exit_code == 2


def test_every_code_is_proved_above():
    files = [*HERE.glob("test_verifying*.py"), HERE / "test_structure_check.py"]
    text = "".join(file.read_text(encoding="utf-8") for file in files)
    wanted = {code for code in CODES if code[0] == "V" and not code.startswith("V05")}  # those are proved in test_testing.py
    assert wanted <= set(re.findall(r"V\d{3}", text))


def test_a_note_called_in_a_head_that_is_repeated_is_called_once(tmp_path):
    rows = "".join(f"      | Place {n} | {n} |\n" for n in range(90))
    text = (
        f"sections:\n  - title: Places\n    text: |\n      | Place | Area[^area] |\n      |---|---|\n{rows}notes: {{area: In hectares.}}\n"
    )
    head = "layout: clearing-the-mines\ncountry: {code: TCD, name: Chad}\nlanguage: en-GB\nvolume: V\nedition: 2025\nlast-updated: 2025-01-01\n"
    (tmp_path / "chad.yaml").write_text(head + text, encoding="utf-8")
    built, said = build([tmp_path / "chad.yaml"], tmp_path)
    assert [one.pages for one in built] == [3], said
    assert [d.message for d in verify_file(tmp_path / "chad.pdf").diagnostics] == []
