"""Relocatable objects, the record of a part, the specimen of running feet, and the words of pages."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bound import TABLE, feet, noted, part
from monitorpub.bind.objects import FONTS, NAMESPACE, OWN, PAGES, ROLE, ROOT, Gap, Objects, Slots, Writer
from monitorpub.bind.stamps import BEGIN, END, FOLIO_SIGNS
from monitorpub.typeset.part import Remark
from monitorpub.typeset.record import feet_from_bytes, feet_to_bytes, part_from_bytes, part_to_bytes

# objects


def written() -> tuple[Writer, Objects]:
    """Two dictionaries, one of them written before it is reserved a second one, and two streams."""
    writer = Writer()
    late = writer.reserve()
    stream, other = writer.reserve_stream(), writer.reserve_stream()
    writer.add([b"<</Type/Page/Parent ", Gap("own", PAGES), b"/Contents ", Gap("contents", 0), b"/K ", Gap("key", 1), b">>"])
    writer.put(late, [b"[", late, b" ", stream, b" ", other, b" ", Gap("link", 0), b"]"])
    writer.put_stream(other, [b"/Of ", late], b"second")
    writer.put_stream(stream, [], b"first\0\n")
    return writer, writer.settle(keys=2, links=1, pages=1)


def table(slots: Slots) -> list[bytes]:
    """Something to tell every slot by."""
    own = [b"pages", b"root", b"role", b"fonts", b"namespace"]
    objects = [b"o%d" % n for n in range(slots.objects)]
    keys, links = [b"k%d" % n for n in range(slots.keys)], [b"l%d" % n for n in range(slots.links)]
    targets = [b"t%d" % n for n in range(slots.links)]
    return own + objects + keys + links + targets + [b"c%d" % n for n in range(slots.pages)]


def test_gaps_are_filled_in_the_order_of_their_objects():
    writer, objects = written()
    assert objects.slots == Slots(objects=4, keys=2, links=1, pages=1)
    assert objects.filled(table(objects.slots)) == [
        b"[o0 o2 o3 l0]",
        b"<</Type/Page/Parent pages/Contents c0/K k1>>",
        b"<</Length 7>>",
        b"<</Of o0/Length 6>>",
    ]
    assert (objects.plain, objects.streams) == (2, [b"first\0\n", b"second"])
    assert [writer.index(Gap("object", 1)), writer.index(Gap("stream", 1))] == [1, 3]


def test_the_slots_of_the_binder_come_first():
    assert sorted((PAGES, ROOT, ROLE, FONTS, NAMESPACE)) == list(range(OWN))
    slots = Slots(objects=3, keys=2, links=1, pages=2)
    order = [
        *range(OWN),
        *map(slots.object, range(3)),
        *map(slots.key, range(2)),
        slots.link(0),
        slots.target(0),
        *map(slots.contents, range(2)),
    ]
    assert order == list(range(OWN + 9))


def test_what_looks_like_a_gap_in_words_or_data_stays():
    writer = Writer()
    writer.add([b"(see 12 0 R)"])
    writer.put_stream(writer.reserve_stream(), [], b"1 0 R endstream 2 0 R")
    objects = Objects.from_bytes(writer.settle(keys=0, links=0, pages=0).to_bytes())
    assert objects.filled(table(objects.slots))[0] == b"(see 12 0 R)"
    assert objects.streams == [b"1 0 R endstream 2 0 R"]


def test_objects_come_back_from_bytes():
    _, objects = written()
    objects.landmarks.update(tree=1, ids=[["(a/b)", 0]], fonts={})
    again = Objects.from_bytes(objects.to_bytes())
    assert again == objects
    assert again.to_bytes() == objects.to_bytes()


@pytest.mark.parametrize("cut", range(1, 60, 7))
def test_objects_that_are_cut_off_are_refused(cut):
    _, objects = written()
    data = objects.to_bytes()
    for damaged in (data[:-cut], data + b"x" * cut, data[cut:]):
        with pytest.raises(ValueError, match="no objects of a part"):
            Objects.from_bytes(damaged)


@pytest.mark.parametrize("data", [b"", b"words", b"00000002[]", b"00000004null", b'0000000d{"slots": [1]}', b"\xff" * 40])
def test_what_is_nothing_of_ours_is_refused(data):
    with pytest.raises(ValueError, match="no objects of a part"):
        Objects.from_bytes(data)


# records


def whole_part():
    one = part("whole", f'<h1 id="top">Whole – целый</h1>{noted("x")}{TABLE}<p><a href="part:other#y">there</a></p>')
    return replace(one, remarks=(Remark("P002", "It moved.", "note-x", "Look."),), unstamped=(1,))


def test_a_record_holds_everything_but_objects_and_words():
    one = whole_part()
    assert one.notes and one.calls and one.anchors and one.outline and one.faces and one.links and one.words and one.seconds
    assert part_from_bytes(part_to_bytes(one)) == replace(one, objects=b"", words=())


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"null", b"words", b'{"notes": {}}'])
def test_what_is_no_record_is_refused(data):
    with pytest.raises((ValueError, KeyError, TypeError)):
        part_from_bytes(data)


def test_feet_come_back_from_bytes():
    assert feet_from_bytes(feet_to_bytes(feet())) == feet()


# running feet


@pytest.mark.parametrize("folio", ["1", "41", "128", "xviii"])
def test_folios_keep_to_the_outer_edge(folio):
    """Right-aligned on right pages, left-aligned on left ones, wherever the specimen's own sign stood."""
    one = feet()
    width = sum(one.glyphs[sign][1] for sign in folio)
    recto, verso = (float(re.search(rb" (-?[\d.]+) -?[\d.]+ Tm", one.folio(side, folio))[1]) for side in ("recto", "verso"))
    assert recto + width == pytest.approx(793.7008 - 238, abs=0.01)
    assert verso == pytest.approx(238, abs=0.01)
    shown = b"<" + b"".join(one.glyphs[sign][0].encode() for sign in folio) + b">"
    assert all(shown in one.folio(side, folio) for side in ("recto", "verso"))


def test_every_sign_of_a_folio_has_a_glyph_that_stands_for_it():
    one = feet()
    assert set(one.glyphs) == set(FOLIO_SIGNS)
    texts = {glyph: text for face in one.faces for glyph, text in face.texts.items()}
    assert {sign: texts[int(glyph, 16)] for sign, (glyph, _) in one.glyphs.items()} == {sign: sign for sign in FOLIO_SIGNS}
    assert all(advance > 1 for _, advance in one.glyphs.values())


@pytest.mark.parametrize("words", ["The site", "", "“A & B” <2025>", "Огляд", "A (very \\ odd) foot"])
def test_a_foot_begins_and_ends_as_an_artifact_and_restores_what_it_changes(words):
    one = feet(words, "The volume")
    for content in (one.foot("recto"), one.foot("verso"), one.folio("recto", "12"), one.folio("verso", "xii")):
        assert content.startswith(BEGIN) and content.endswith(END)
        operators = content.split()
        assert operators.count(b"q") == operators.count(b"Q")
        assert operators.count(b"BT") == operators.count(b"ET")
        assert len(re.findall(rb"\bB[DM]C\b", content)) == operators.count(b"EMC") == 1
        assert b"/a1" not in content
    assert (one.foot("recto").count(b"TJ") > 0) == bool(words)


# words for the index


def words_of(body: str, css: str = "") -> list[str]:
    return [re.sub(r"\s+", " ", page).strip() for page in part("words", body, css=css).words]


def test_words_that_are_broken_into_lines_are_whole():
    narrow = "p { width: 110px; hyphens: auto; text-align: left }"
    words = "Demilitarization of the international boundary, as the Commissioner-General of reconstruction mine\u00adfields reported."
    one = part("words", f'<p>{words}</p><p id="next">Next.</p>', css=narrow)
    assert one.anchors["next"].y > 10 * 18
    assert one.words == (words.replace("\u00ad", "") + "\nNext.",)


def test_words_that_are_broken_at_their_own_hyphen_are_whole():
    (found,) = words_of("<p>Guinea-Bissau, mine-affected, 2024–2025, and/or</p>", "p { width: 60px; text-align: left }")
    assert found == "Guinea-Bissau, mine-affected, 2024–2025, and/or"


@pytest.mark.parametrize(
    "words",
    [
        "mine\u2010affected land",
        "mine- or boat- or land-locked",
        "1 – 2 — 3 – 4",
        "one / two / three",
        "조선민주주의인민공화국",
        "abcdefghijklmnopqrstuvw",
    ],
)
def test_words_are_joined_where_no_space_stood_whatever_sign_ends_the_line(words):
    for width in (20, 40, 60):
        (found,) = words_of(f"<p>{words}</p>", f"p {{ width: {width}px; text-align: left; overflow-wrap: anywhere }}")
        assert found == words


def test_words_on_two_lines_are_two_where_the_line_was_asked_for():
    (found,) = words_of(f"<div>One-<br>two-<p>three-</p>four-<hr>five{noted('x')}</div><p>Six</p>")
    assert found == "One- two- three- four- five Claimed. Six"


def test_words_of_a_block_in_a_line_are_words():
    block = '<span style="display: inline-block; width: 40px">in a block of lines</span>'
    assert words_of(f"<p>Words {block} go on</p>") == ["Words in a block of lines go on"]


def test_a_head_of_a_table_is_read_alike_on_each_of_its_pages():
    head = '<table style="width: 60px"><thead><tr><th>Area that was released</th></tr></thead><tbody>'
    for page in words_of(head + "<tr><td>1</td></tr>" * 80 + "</tbody></table>"):
        assert page.startswith("Area that was released 1 1")


def test_words_of_a_page_are_those_of_its_body():
    body = f'<h1>Title</h1>{noted("x")}<h2>Item</h2>{TABLE}<p style="break-before: page">Second <b>page</b></p>'
    first, second = words_of(body, "@page { @bottom-center { content: 'in the margin'; font-family: var(--face-sans) } }")
    assert first == "Title Claimed. Item Year Area 2024 3.03 2025 4.1"
    assert second == "Second page"
