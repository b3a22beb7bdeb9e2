"""Verify finds every break of a volume: a good small one is broken in one way each, and the break is named."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pytest

from breaking import Broken, is_of_structure
from monitorpub.verifying import Verified, verify_file
from tiny_volume import tiny


class Volume(Broken):
    """The tiny volume, and what can be broken in it.  ``pages`` are counted from 1, as in what verify says."""

    def reprint(self, page: int, index: int, text: str) -> None:
        """Let a piece print another text, in glyphs that its font shows somewhere."""
        font = self.pages[page - 1].pieces[index].font.name
        shown = {s.text: s.code for p in self.pages for piece in p.pieces if piece.font.name == font for s in piece.signs}
        codes = b"".join(shown[sign].to_bytes(2, "big") for sign in text)
        self.edit(page, lambda i, _, operands: [pikepdf.Array([pikepdf.String(codes)])] if i == index else operands)

    def line(self, words: str) -> pikepdf.Object:
        """A line of the outline."""
        waiting = [self.pdf.Root.Outlines.First]
        while waiting:
            found = waiting.pop()
            if str(found.Title) == words:
                return found
            waiting += [found[key] for key in ("/First", "/Next") if key in found]
        raise LookupError(words)

    def cut_line(self, words: str) -> None:
        """Take a line out of the outline, with those below it."""
        found = self.line(words)
        before = found.get("/Prev")
        if "/Next" not in found:
            del before.Next
        elif before is not None:
            before.Next = found.Next
        else:
            found.Parent.First = found.Next


@pytest.fixture
def volume() -> Volume:
    return Volume(tiny().volume.read_bytes())


@pytest.fixture
def verified(tmp_path):
    """What verify finds in a broken file, and what it says."""

    def saved(broken: Broken, name: str = "broken.pdf") -> tuple[Verified, list[str]]:
        found = verify_file(broken.save(tmp_path / name))
        return found, [f"{d.code} {d.message}" for d in found.diagnostics if not is_of_structure(d.code)]

    return saved


def test_a_good_volume_is_proved():
    found = verify_file(tiny().volume)
    assert [d.message for d in found.diagnostics] == []
    assert found.closing == (
        f"{tiny().volume}: 18 pages, 11 parts, 10 notes, 1 note to tables, 40 links, 6 fonts, contents of 8 lines, outline of 17 lines: proved."
    )


def test_its_profiles_are_proved():
    assert [d.message for file in tiny().singles for d in verify_file(file).diagnostics] == []
    assert all(" parts" not in verify_file(file).closing for file in tiny().singles)


# notes, part by part


def test_the_number_of_a_note_of_the_second_part_is_changed(volume, verified):
    index = volume.note(11, "2")[0]
    volume.reprint(11, index, "3")
    said = verified(volume)[1]
    assert {text[:4] for text in said} == {"V013", "V015", "V016"}
    assert "V016 Page 12: the number 3 stands on page 11 and on page 12." in said
    assert all("Page 11" in text or "Page 12" in text for text in said)


def test_a_note_of_one_part_is_not_printed(volume, verified):
    volume.drop(13, *volume.note(13, "1"))
    codes = {text[:4] for text in verified(volume)[1]}
    assert codes == {"V010", "V015"}


def test_a_call_leads_to_the_note_of_another_part(volume, verified):
    volume.lead(volume.links(13, "kosovo/note-kos")[0], "foreword/note-many")
    assert verified(volume)[1] == [
        "V011 Page 13: no call leads to the note 1 (“Minutes of a meeting.”).",
        "V071 Page 13: a link leads to foreword/note-many, a note of another part.",
    ]


# folios and labels


@pytest.mark.parametrize(("page", "folio", "other"), [(9, "3", "5"), (12, "6", "9"), (5, "v", "ii"), (2, "ii", "iii")])
def test_a_page_prints_another_folio(volume, verified, page, folio, other):
    index = next(i for i, p in enumerate(volume.pages[page - 1].pieces) if p.artifact and p.text == folio)
    volume.reprint(page, index, other)
    assert verified(volume)[1] == [f"V061 Page {page}: its foot prints the folio {other}; the page is counted as {folio}."]


def test_a_foot_has_no_folio(volume, verified):
    volume.drop(12, volume.piece(12, "6"))
    assert verified(volume)[1] == ["V061 Page 12: its foot has no folio; the page is counted as 6."]


def test_a_folio_stands_on_the_inner_side(volume, verified):
    index = volume.piece(12, "6")
    volume.move(12, {index: (300, 0)})
    assert verified(volume)[1] == ["V061 Page 12: the folio 6 stands on the inner side of the foot."]


def test_a_page_without_foot_has_no_folio_and_that_is_right(volume, verified):
    volume.drop(12, *(i for i, piece in enumerate(volume.pages[11].pieces) if piece.artifact))
    assert verified(volume)[1] == []


def test_pages_are_counted_from_another_page_on(volume, verified):
    volume.pdf.Root.PageLabels.Nums[2] = 7
    said = verified(volume)[1]
    assert "V063 Page 8: arabic folios begin on a left-hand page." in said
    assert "V061 Page 9: its foot prints the folio 3; the page is counted as 2." in said
    assert "V065 Page 3: “Bhutan” prints the folio 3 and leads to the page with the folio 2." in said


def test_there_are_no_page_labels(volume, verified):
    del volume.pdf.Root.PageLabels
    (only,) = verified(volume)[1]
    assert only.startswith("V062 The file has no page labels")


def test_the_first_pages_have_no_label(volume, verified):
    volume.pdf.Root.PageLabels.Nums[0] = 1
    said = verified(volume)[1]
    assert "V062 Page 1 has no label." in said
    assert "V061 Page 2: its foot prints the folio ii; the page is counted as i." in said


def test_roman_folios_come_after_arabic_ones(volume, verified):
    volume.pdf.Root.PageLabels.Nums.extend([16, pikepdf.Dictionary(S=pikepdf.Name.r, St=30)])
    assert "V063 Page 17: roman folios come after arabic ones." in verified(volume)[1]


def test_two_pages_have_one_label(volume, verified):
    volume.pdf.Root.PageLabels.Nums.extend([16, pikepdf.Dictionary(S=pikepdf.Name.D, St=1)])
    assert "V063 Page 17 is counted as 1, and so is page 7." in verified(volume)[1]


def test_arabic_folios_begin_with_another_number(volume, verified):
    volume.pdf.Root.PageLabels.Nums[3].St = 2
    assert "V063 Page 7: arabic folios begin with 2." in verified(volume)[1]


# blank pages


def test_a_blank_page_has_a_running_foot(volume, verified):
    blank, other = volume.pdf.pages[9], volume.pdf.pages[11]
    blank.Contents, blank.Resources = pikepdf.Array(list(other.Contents)[:2]), other.Resources
    said = verified(volume)[1]
    assert "V064 Page 10 shows nothing of its own and prints “A Small Report 2025 6”: a blank page has no content." in said
    assert "V061 Page 10: its foot prints the folio 6; the page is counted as 4." in said


@pytest.mark.parametrize("content", [b"q Q", b"/Artifact BMC 0 0 100 100 re f EMC", b"1 0 0 -1 0 842 cm"])
def test_a_blank_page_is_not_empty(volume, verified, content):
    volume.pdf.pages[9].Contents = volume.pdf.make_stream(content)
    assert verified(volume)[1] == ["V064 Page 10 shows nothing of its own and is not empty: a blank page has no content."]


def test_a_blank_page_has_a_link(volume, verified):
    volume.pdf.pages[9].Annots = pikepdf.Array([volume.links(3, "chad")[0]])
    assert verified(volume)[1] == ["V064 Page 10 shows nothing of its own and has links: a blank page has no content."]


def test_a_page_with_a_drawing_only_is_not_blank(volume, verified):
    volume.pdf.pages[9].Contents = volume.pdf.make_stream(b"/Figure <</MCID 0>> BDC 0 0 100 100 re f EMC")
    assert verified(volume)[1] == []


# contents, dividers, index, references


@pytest.mark.parametrize(
    ("page", "folio", "other", "words", "code"),
    [
        (3, "3", "4", "Bhutan", "V065"),
        (3, "v", "vi", "Foreword", "V065"),
        (3, "1", "3", "STATES PARTIES", "V065"),
        (3, "11", "12", "Index", "V065"),
        (7, "5", "6", "Chad", "V065"),
        (17, "3", "4", "hills, 4", "V065"),
        (17, "6–7", "5–7", "deserts, 5–7", "V065"),
    ],
)
def test_a_line_prints_another_folio(volume, verified, page, folio, other, words, code):
    index = next(i for i, p in enumerate(volume.pages[page - 1].pieces) if p.text.strip() == folio and not p.artifact)
    volume.reprint(page, index, other)
    shown = other.split("–", maxsplit=1)[0]
    right = folio.split("–", maxsplit=1)[0]
    assert verified(volume)[1] == [f"{code} Page {page}: “{words}” prints the folio {shown} and leads to the page with the folio {right}."]


def test_a_line_leads_to_another_part(volume, verified):
    volume.lead(volume.links(3, "chad")[0], "kosovo")
    said = verified(volume)[1]
    assert "V065 Page 3: “Chad” prints the folio 5 and leads to the page with the folio 7." in said
    assert "V069 Page 3: “Chad” is in the contents, and not in the outline at page 13." in said


def test_a_line_has_no_folio(volume, verified):
    index = next(i for i, p in enumerate(volume.pages[2].pieces) if p.text == "7")
    volume.drop(3, index)
    assert verified(volume)[1] == ["V065 Page 3: “Kosovo” has no folio; it leads to the page with the folio 7."]


def test_two_lines_change_places(volume, verified):
    places = {i: piece for i, piece in enumerate(volume.pages[2].pieces) if piece.text.strip() in ("Bhutan", "Chad", "3", "5")}
    one, two = (next(p.y for p in places.values() if p.text.strip() == name) for name in ("Bhutan", "Chad"))
    step = (one - two) / 0.75
    volume.move(3, {i: (0, step if piece.text.strip() in ("Bhutan", "3") else -step) for i, piece in places.items()})
    links = [volume.links(3, name)[0] for name in ("bhutan", "chad")]
    links[0].Dest, links[1].Dest = links[1].Dest, links[0].Dest
    assert verified(volume)[1] == ["V070 Page 3: “Bhutan” stands after “Chad” in the contents and before it in the file."]


@pytest.mark.parametrize(
    ("page", "words", "other", "right"),
    [(9, "Chad, p. 6", "Chad, p. 5", "6"), (12, "page 3", "page 5", "3"), (5, "p. 3", "p. 1", "3")],
)
def test_a_reference_prints_another_folio(volume, verified, page, words, other, right):
    volume.reprint(page, volume.piece(page, words), other)
    (only,) = verified(volume)[1]
    assert only == f"V065 Page {page}: “{other}” prints the folio {other[-1]} and leads to the page with the folio {right}."


def test_a_page_number_that_is_the_link_is_known_by_the_words_before_it(volume, verified):
    index = volume.piece(5, "5")
    assert volume.pages[4].pieces[index - 1].text.endswith("on page ")
    volume.reprint(5, index, "3")
    assert verified(volume)[1] == ["V065 Page 5: “3” prints the folio 3 and leads to the page with the folio 5."]


@pytest.mark.parametrize("words", ["note 5", "2 5 in", "roads 5", "clap. 5"])
def test_other_numbers_in_a_link_are_no_page_numbers(volume, verified, words):
    volume.reprint(12, volume.piece(12, "page 3"), words)
    assert verified(volume)[1] == []


# the outline


def test_a_line_of_the_outline_leads_nowhere(volume, verified):
    volume.line("Survey of the deserts").Dest = pikepdf.Array([pikepdf.Dictionary(), pikepdf.Name.Fit])
    assert verified(volume)[1] == ["V066 The line “Survey of the deserts” of the outline leads to no page of the file."]


def test_a_line_of_the_outline_leads_to_another_page(volume, verified):
    volume.line("Key developments").Dest[0] = volume.pdf.pages[8].obj
    assert verified(volume)[1] == [
        "V068 Page 9: “Key developments” leads here in the outline, and does not stand on the page.",
        "V067 Page 9: the line “Key developments” of the outline comes after “Kosovo” (page 13).",
    ]


def test_a_line_of_the_outline_has_other_words(volume, verified):
    volume.line("What is known").Title = pikepdf.String("What is unknown")
    assert verified(volume)[1] == ["V068 Page 11: “What is unknown” leads here in the outline, and does not stand on the page."]


@pytest.mark.parametrize("words", ["Chad", "States Parties", "Foreword"])
def test_a_part_is_not_in_the_outline(volume, verified, words):
    volume.cut_line(words)
    said = verified(volume)[1]
    assert {text[:4] for text in said} == {"V069"}
    assert any(f"“{words}” is in the contents, and not in the outline" in text.replace("STATES PARTIES", "States Parties") for text in said)


def test_there_is_no_outline(volume, verified):
    del volume.pdf.Root.Outlines
    assert verified(volume)[1] == ["V069 The file has no outline."]


# parts


def test_a_place_is_on_the_page_of_another_part(volume, verified):
    volume.destination("chad/survey-of-the-deserts")[0] = volume.pdf.pages[12].obj
    said = verified(volume)[1]
    assert "V071 Page 13: the place chad/survey-of-the-deserts is not in its part (pages 11 to 12)." in said
    assert "V065 Page 9: “Chad, p. 6” prints the folio 6 and leads to the page with the folio 7." in said


def test_a_part_begins_nowhere(volume, verified):
    volume.drop_destination("kosovo")
    said = [text for text in verified(volume)[1] if text.startswith("V071")]
    assert [text for text in said if "of a part kosovo, which begins nowhere" in text] == said != []


def test_two_parts_begin_on_one_page(volume, verified):
    volume.destination("kosovo")[0] = volume.pdf.pages[10].obj
    assert "V071 Page 11: two parts begin here, chad and kosovo." in verified(volume)[1]


# links to other files


@pytest.fixture
def beside(tmp_path) -> Broken:
    """A profile alone, with the other profiles beside it, and a link to one of them."""
    for file in tiny().singles:
        (tmp_path / file.name).write_bytes(file.read_bytes())
    return Broken((tmp_path / "bhutan.pdf").read_bytes())


def elsewhere(broken: Broken) -> pikepdf.Object:
    """The action of the one link that leads to another file."""
    (found,) = [a.A for page in broken.pdf.pages for a in page.Annots if "/A" in a and str(a.A.S) == "/GoToR"]
    return found


def test_a_link_to_a_file_beside_is_followed(beside, verified):
    assert str(elsewhere(beside).F) == "chad.pdf"
    found, said = verified(beside)
    assert (said, found.elsewhere) == ([], ())
    elsewhere(beside).D = pikepdf.String("chad/nothing")
    found, said = verified(beside)
    assert said == ["V072 Page 1: a link leads to chad/nothing in chad.pdf, and that file has no such place."]
    assert found.ok
    assert found.closing.endswith(": proved, with 1 warning.")


@pytest.mark.parametrize("name", ["mali.pdf", "../chad.pdf", "/etc/passwd", "text.pdf"])
def test_a_link_to_a_file_elsewhere_is_named(beside, verified, tmp_path, name):
    (tmp_path / "text.pdf").write_text("no PDF", encoding="utf-8")
    elsewhere(beside).F = pikepdf.String(name)
    found, said = verified(beside)
    assert said == []
    assert found.closing.endswith(f": proved. Links to {name} were not followed.")


def test_every_code_of_volumes_is_proved_above():
    text = Path(__file__).read_text(encoding="utf-8")
    assert {f"V{n:03}" for n in (*range(61, 73),)} <= set(re.findall(r"V\d{3}", text))
