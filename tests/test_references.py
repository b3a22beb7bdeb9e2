"""Links to places, in the same part or in another: what they lead to, what is printed for their placeholders, what an editor reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bad_profiles import SECTION, Case
from conftest import HEAD
from monitorpub.compose import compose
from monitorpub.model import Text
from monitorpub.pipeline import Prepared, check, prepare
from monitorpub.references import Target, index_marks, prints_pages, resolve, targets, wanted
from monitorpub.text.html import to_html
from monitorpub.text.marks import IndexMark
from monitorpub.text.parse import parse
from monitorpub.text.references import Printed
from printed import Marked, said_in

SOUTH = """\
layout: clearing-the-mines
country: {code: KOR, name: South Korea}
language: en-GB
volume: Clearing the Mines
edition: 2025
last-updated: 2025-08-31
key-data:
  - {table: Key outputs, id: key-outputs, unit: km², rows: [{id: a, label: A, values: {2024: 1}}]}
recommendations: [{id: accede, text: "Accede to the *Convention*."}]
sections:
  - title: The "old" minefields
    sections:
      - title: Land release[^a]
        tables:
          - {table: Areas, id: areas, unit: km², rows: [{id: a, label: A, values: {2024: 1}}]}
          - {table: Land release outputs, id: outputs, unit: km², rows: [{id: a, label: A, values: {2024: 1}}]}
notes: {a: A note.}
"""
VOLUME = "groups: [{title: States Parties}, {title: Others, id: other}]\nfront: [{page: contents}, {chapter: Key findings}, x]\nback: [{chapter: A, id: annex}]\n"


@pytest.fixture
def north(workspace):
    """A workspace with North Korea, whose one section has the given text, and South Korea; gives what was prepared and what was said."""

    def written(text: str, notes: str = "") -> tuple[Prepared, list[str]]:
        workspace.write(SOUTH, "profiles/south-korea.yaml")
        workspace.write(VOLUME, "profiles/volume.yaml")
        prepared, said = check([workspace.write(HEAD + SECTION + text + "\n" + notes, "profiles/north-korea.yaml")])
        return prepared[0], [f"{one.code} {one.message} {one.hint}" for one in said]

    return written


def words_of(one: Prepared, **folios: str) -> str:
    """The words of the section as they are printed, with the folios of some addresses."""
    printed = {address: Printed(folio, *_rest(one.numbered.printed[address])) for address, folio in folios.items()}
    found = compose(one.numbered, one.images, one.workspace, "north-korea", printed)
    assert found.ok
    text = re.search(r"<p>(.*?)</p>", found.value.html, re.DOTALL)
    return re.sub(r"<[^>]+>|\u2060", "", text[1]).replace("\u00a0", " ")


def _rest(printed: Printed) -> tuple[str, str, str]:
    return printed.number, printed.title, printed.part


def test_every_place_of_a_profile_is_a_target(workspace):
    written = prepare(workspace.write(SOUTH)).value.numbered.written
    assert list(targets(written, "south-korea").values()) == [
        Target("south-korea", "", "profile", "South Korea"),
        Target("south-korea", "the-old-minefields", "section", "The “old” minefields"),
        Target("south-korea", "land-release", "section", "Land release"),
        Target("south-korea", "key-outputs", "table", "Key outputs", ""),
        Target("south-korea", "areas", "table", "Areas", "1"),
        Target("south-korea", "outputs", "table", "Land release outputs", "2"),
        Target("south-korea", "recommendation-accede", "recommendation", "Accede to the Convention."),
    ]


def test_numbers_of_targets_are_those_that_are_printed(workspace):
    numbered = prepare(workspace.write(SOUTH)).value.numbered
    named = {target.anchor: target.number for target in targets(numbered.written, "x").values() if target.number}
    assert sorted(named.values()) == sorted(str(number) for number in numbered.tables.values())


@pytest.mark.parametrize(
    ("typed", "alone", "in_volume"),
    [
        ("[South Korea](south-korea)", "South Korea", "South Korea"),
        ("[table {number} of {title}](south-korea#outputs)", "table 2 of Land release outputs", "table 2 of Land release outputs"),
        ("[{title}](south-korea#the-old-minefields)", "The “old” minefields", "The “old” minefields"),
        ("[{title}, p. {page}](south-korea)", "South Korea", "South Korea, p. 41"),
        ("[{title}; see p. {page}](south-korea)", "South Korea", "South Korea; see p. 41"),
        ("[{title} (see p. {page})](south-korea)", "South Korea", "South Korea (see p. 41)"),
        ("[{title} (p. {page}) has more](south-korea)", "South Korea has more", "South Korea (p. 41) has more"),
        ("[the south, on page {page},](south-korea) too", "the south, too", "the south, on page 41, too"),
        ("[p. {page}, the south](south-korea)", "the south", "p. 41, the south"),
        ("[the *south*, p. {page}](south-korea)", "the south", "the south, p. 41"),
        ("[the *south*, *p. {page}*](south-korea)", "the south", "the south, p. 41"),
        ("[see p. {page}](south-korea)", "see South Korea", "see p. 41"),
        ("([see p. {page}](south-korea))", "(see South Korea)", "(see p. 41)"),
        ("[See also p. {page}](south-korea#land-release)", "See also South Korea, Land release", "See also p. 41"),
        ("[on page {page}](south-korea)", "in South Korea", "on page 41"),
        ("[p. {page}](south-korea)", "South Korea", "p. 41"),
        ("[{page}](south-korea)", "South Korea", "41"),
        ("[voir p. {page}](south-korea)", "voir South Korea", "voir p. 41"),
        ("[auf Seite {page}](south-korea)", "in South Korea", "auf Seite 41"),
        ("[a map. {page}](south-korea)", "a map. South Korea", "a map. 41"),
        ("[see\n      p. {page}](south-korea)", "see South Korea", "see p. 41"),
        ("[table {number}, p. {page}](south-korea#outputs)", "table 2", "table 2, p. 41"),
        ("[see p. {page}](#one)", "see One", "see p. 41"),
        ("[{title}](#one)", "One", "One"),
        ("[see p. {page}](annex)", "see A", "see p. 41"),
        ("[see p. {page}](group-other)", "see Others", "see p. 41"),
    ],
)
def test_what_is_printed_alone_and_in_the_volume(north, typed, alone, in_volume):
    one, said = north(typed)
    assert said == []
    assert words_of(one) == alone
    (reference,) = wanted(one.numbered)
    if reference.placeholders:
        assert words_of(one, **{reference.address: "41"}) == in_volume


def test_links_lead_to_parts_or_to_places_in_the_same(north):
    one, said = north("[a](south-korea#areas), [b](south-korea), [c](#one), [d](https://example.org/#x)")
    assert said == []
    html = compose(one.numbered, {}, one.workspace, "x").value.html
    links = re.findall(r'<a href="([^"]+)">', html)
    assert links == ["part:south-korea#areas", "part:south-korea", "#one", "https://example.org/#x"]


def test_a_figure_stays_with_the_word_before_it():
    html = to_html(parse(Text("[on page {page}](a)", inline=True), "en").tokens, (), {}, (), {"a": Printed("41")})
    assert "page\u00a041" in html


def test_signs_of_print_are_set_around_placeholders_and_in_no_value():
    printed = {"a": Printed("41", "2", 'km2 "x" 1-2 <b>')}
    html = to_html(parse(Text('"[the {title}]{.index}": ["{title}", 8-9](a)', inline=True), "en").tokens, (), {}, (), printed)
    assert html.endswith(r'<a href="part:a">“km2 &quot;x&quot; 1-2 &lt;b&gt;”, 8–9</a>')


def test_references_in_notes_are_resolved_and_printed(north, run):
    one, said = north("Words.[^a]", "notes: {a: 'See [{title}, p. {page}](south-korea#land-release) and [x]{.index}.'}")
    assert said == []
    assert prints_pages(one.numbered) == {"south-korea#land-release"}
    assert "See Land release and x." in run("notes", "profiles/north-korea.yaml").stdout
    html = compose(one.numbered, {}, one.workspace, "x", {"south-korea#land-release": Printed("41", title="T")}).value.html
    assert ">T, p.\u00a041</a> and <span" in html


def test_only_printed_folios_make_a_part_depend_on_the_page_map(north):
    one, _ = north("[a](south-korea) [{title}](south-korea#areas) [p. {page}](south-korea#outputs) [p. {page}](#one)")
    assert prints_pages(one.numbered) == {"south-korea#outputs", "#one"}


CASES = [
    Case(
        "R001",
        "a slip in a slug",
        HEAD + SECTION + "See [p. {page}](«soth-korea»).\n",
        "There is no profile 'soth-korea' to link to.",
        "sections[1].text",
        "Did you mean south-korea?",
    ),
    Case(
        "R001",
        "a slip in a slug before an id",
        HEAD + SECTION + "See [p. {page}](«soth-korea#areas»).\n",
        "There is no profile 'soth-korea' to link to.",
        "sections[1].text",
        "Did you mean south-korea#areas?",
    ),
    Case(
        "R001",
        "two slips",
        HEAD + SECTION + "See [p. {page}](«soth-korea#land-relase»).\n",
        "There is no profile 'soth-korea' to link to.",
        "sections[1].text",
        "Did you mean south-korea#land-release?",
    ),
    Case(
        "R001",
        "capitals",
        HEAD + SECTION + "See [this](«South-Korea»).\n",
        "There is no profile 'South-Korea' to link to.",
        "sections[1].text",
        "Did you mean south-korea?",
    ),
    Case(
        "R001",
        "nothing like it",
        HEAD + SECTION + "See [this](«zzzz»).\n",
        "There is no profile 'zzzz' to link to.",
        "sections[1].text",
        "A link leads to the web (https://…), to a profile by the name of its file (south-korea), or to #id in this one.",
    ),
    Case(
        "R001",
        "the volume itself",
        HEAD + SECTION + "See [this](«volume»).\n",
        "There is no profile 'volume' to link to.",
        "sections[1].text",
        "A link leads to the web (https://…), to a profile by the name of its file (south-korea), or to #id in this one.",
    ),
    Case(
        "R001",
        "a slip in an id, the second time",
        HEAD + SECTION + "See [this](south-korea#areas) and `south-korea#area` and [that](«south-korea#area»).\n",
        "South Korea has no place 'area'.",
        "sections[1].text",
        "Did you mean south-korea#areas?",
    ),
    Case(
        "R001",
        "an id that is nowhere",
        HEAD + SECTION + "See [this](«south-korea#zzzz»).\n",
        "South Korea has no place 'zzzz'.",
        "sections[1].text",
        "It has: the-old-minefields, land-release, key-outputs, areas, outputs, recommendation-accede.",
    ),
    Case(
        "R001",
        "an id of another profile",
        HEAD + SECTION + "See [this](«south-korea#one»).\n",
        "South Korea has no place 'one'.",
        "sections[1].text",
        "Did you mean profile#one?",
    ),
    Case(
        "R001",
        "in a note",
        HEAD + SECTION + "Words.[^a]\nnotes: {a: 'See [this](«soth-korea»).'}\n",
        "There is no profile 'soth-korea' to link to.",
        "notes.a",
        "Did you mean south-korea?",
    ),
    Case(
        "R004",
        "the number of a section",
        HEAD + SECTION + "See [table {number}](«south-korea#land-release»).\n",
        "Land release has no number: only tables in the text are numbered.",
        "sections[1].text",
        "Use {title} instead.",
    ),
    Case(
        "R004",
        "the number of an own section",
        HEAD + SECTION + "See [table {number}](«#one»).\n",
        "One has no number: only tables in the text are numbered.",
        "sections[1].text",
        "Use {title} instead.",
    ),
    Case(
        "R005",
        "a profile with errors",
        HEAD + SECTION + "See [Chad](chad) and [p. {page}](«chad»).\n",
        "The profile chad, to which this link leads, has errors itself.",
        "sections[1].text",
        "See them with: monitorpub check profiles/chad.yaml",
    ),
    Case(
        "R002",
        "a placeholder with a slip",
        HEAD + SECTION + "See [`{pag}`, p. «{pag}»](#one).\n",
        "Nothing can be printed for {pag}.",
        "sections[1].text",
        "Did you mean {page}?",
    ),
    Case(
        "R002",
        "an unknown placeholder",
        HEAD + SECTION + "See [p. {page} «{x}»](#one).\n",
        "Nothing can be printed for {x}.",
        "sections[1].text",
        "In the words of a link stand {page}, {number} and {title}.",
    ),
    Case(
        "R002",
        "a placeholder outside a link",
        HEAD + SECTION + "See [p. {page}](#one) and p. «{page}».\n",
        "{page} stands in no link to a place, and would be printed as it is.",
        "sections[1].text",
        "It belongs in the words of a link to a profile or a place: [see p. {page}](#contamination).",
    ),
    Case(
        "R002",
        "the page of a website",
        HEAD + SECTION + "See [p. «{page}»](https://example.org).\n",
        "{page} stands in no link to a place, and would be printed as it is.",
        "sections[1].text",
        "It belongs in the words of a link to a profile or a place: [see p. {page}](#contamination).",
    ),
    Case(
        "R003",
        "a mark with a slip",
        HEAD + SECTION + "In [Herat]{.index} and [Kabul]«{.indx}».\n",
        "There is no mark {.indx}.",
        "sections[1].text",
        "Did you mean {.index}?",
    ),
    Case(
        "R003",
        "a mark without a dot",
        HEAD + SECTION + "In [Kabul]«{index}».\n",
        "The mark {index} cannot be read.",
        "sections[1].text",
        'Write {.index}, or {.index term="Panmunjom"} for another term.',
    ),
    Case(
        "R003",
        "a mark of another kind",
        HEAD + SECTION + "In [Kabul]«{.smallcaps}».\n",
        "There is no mark {.smallcaps}.",
        "sections[1].text",
        "Words for the index are marked so: [Panmunjom]{.index} To print the signs, put them in `backticks`.",
    ),
    Case(
        "R003",
        "a mark without words",
        HEAD + SECTION + "In [Herat]{.index} and []«{.index}».\n",
        "The mark for the index has no words.",
        "sections[1].text",
        "Words for the index are marked so: [Panmunjom]{.index}",
    ),
    Case(
        "R003",
        "a mark away from its words",
        HEAD + SECTION + "In [Herat]{.index} and [Kabul] «{.index}».\n",
        "The mark for the index stands behind no words in square brackets.",
        "sections[1].text",
        "Words for the index are marked so: [Panmunjom]{.index}, with nothing between ] and {.",
    ),
    Case(
        "R003",
        "a mark without its term",
        HEAD + SECTION + "In [the village]«{.index term=}».\n",
        "The mark {.index term=} cannot be read.",
        "sections[1].text",
        'Write {.index}, or {.index term="Panmunjom"} for another term.',
    ),
    Case(
        "R003",
        "a language without its tag",
        HEAD + SECTION + "The [déminage]{lang=fr} and the [déminage]«{lang=}».\n",
        "The mark {lang=} cannot be read.",
        "sections[1].text",
        "Write {lang=fr}, with the tag of the language (BCP 47).",
    ),
    Case(
        "R003",
        "a language with a colon",
        HEAD + SECTION + "The [déminage]«{lang: fr}».\n",
        "The mark {lang: fr} cannot be read.",
        "sections[1].text",
        "Write {lang=fr}, with the tag of the language (BCP 47).",
    ),
    Case(
        "R003",
        "a language away from its words",
        HEAD + SECTION + "The déminage «{lang=fr}».\n",
        "The mark for a language stands behind no words in square brackets.",
        "sections[1].text",
        "Words in another language are marked so: [le déminage]{lang=fr}, with nothing between ] and {.",
    ),
    Case(
        "R003",
        "two languages",
        HEAD + SECTION + "The [déminage]«{lang=fr lang=de}».\n",
        "The mark {lang=fr lang=de} cannot be read.",
        "sections[1].text",
        "Write {lang=fr}, with the tag of the language (BCP 47).",
    ),
    Case(
        "R003",
        "words that decorate",
        HEAD + SECTION + "[A map]«{.decorative}»\n",
        "The mark {.decorative} stands behind no image.",
        "sections[1].text",
        "An image that only decorates is marked so: ![](border.png){.decorative}, with nothing between ) and {.",
    ),
    Case(
        "M008",
        "words in no language",
        HEAD + SECTION + "The [déminage]{lang=fr} and the [déminage]«{lang=french}».\n",
        "'french' is not a language tag.",
        "sections[1].text",
        "Write fr, ko, pt-BR or another tag of BCP 47.",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code} {case.title}")
def test_an_editor_reads_what_is_wrong_where_and_what_to_do(case: Case, workspace, run):
    workspace.write(SOUTH, "profiles/south-korea.yaml")
    workspace.write(VOLUME, "profiles/volume.yaml")
    workspace.write("a: b\n", "profiles/chad.yaml")
    marked = Marked.of(case.profile)
    workspace.write(marked.text, "profiles/profile.yaml")
    result = run("check", "profiles/profile.yaml")
    (said,) = said_in(result.stderr)
    assert result.exit_code == 1
    assert (said.code, said.message, said.field, said.hint) == (case.code, case.message, case.field, case.hint)
    assert (said.line, said.column, said.under) == (marked.line, marked.column, marked.under)


def test_profiles_that_are_checked_together_know_each_other(workspace, run):
    workspace.write(SOUTH, "a/south-korea.yaml")
    workspace.write(HEAD + SECTION + "See [p. {page}](south-korea#areas) and [p. {page}](south-korea#x).\n", "b/north-korea.yaml")
    said = said_in(run("check", "a", "b").stderr)
    assert [(one.code, one.under) for one in said] == [("R001", "south-korea#x")]


def test_a_profile_may_link_to_itself_and_two_to_each_other(workspace, run):
    workspace.write(
        SOUTH + "key-developments: '[p. {page}](south-korea#areas), [a](north-korea), [b](south-korea#zz)'\n", "south-korea.yaml"
    )
    workspace.write(HEAD + SECTION + "See [p. {page}](south-korea#areas).\n", "north-korea.yaml")
    said = said_in(run("check", "south-korea.yaml", "north-korea.yaml").stderr)
    assert [(one.code, one.under) for one in said] == [("R001", "south-korea#zz")]


def whole(workspace, text: str, made: Iterator[Target] = ()) -> list[str]:
    """What is said of a volume that has North Korea and nothing else."""
    workspace.write(SOUTH, "profiles/south-korea.yaml")
    prepared = prepare(workspace.write(HEAD + SECTION + text, "profiles/north-korea.yaml")).value
    return [f"{one.message} {one.hint}" for one in resolve([prepared], made, whole=True)]


def test_in_a_volume_a_profile_beside_it_is_no_target(workspace):
    (said,) = whole(workspace, "See [South Korea](south-korea).\n")
    assert said.startswith("The volume has no part 'south-korea'. Did you mean north-korea?")


def test_in_a_volume_made_pages_are_targets(workspace):
    made = [Target("index", "", "made", "Index")]
    assert whole(workspace, "See the [{title}](index).\n", made) == []
    assert whole(workspace, "See the [index](index#a).\n", made) == ["Index has no place 'a'. "]


def test_an_unknown_place_in_the_same_document_is_said_once(workspace, run):
    workspace.write(HEAD + SECTION + "See [p. {page}](#tow).\n")
    assert [one.code for one in said_in(run("check", "profile.yaml").stderr)] == ["T010"]


@pytest.mark.parametrize(
    "link", ["[a](a.b)", "[a](./b)", "[a](b/c)", "[a](<b c>)", "[a](//b)", "[a]()", "[a](b?c)", "[a](www.example.org)"]
)
def test_what_has_signs_that_no_slug_has_is_no_reference(link):
    found = parse(Text(link, inline=True), "en")
    assert (found.references, [one.code for one in found.problems]) == ((), ["T004"])


@pytest.mark.parametrize(
    ("typed", "marks"),
    [
        ("[Panmunjom]{.index}", [("Panmunjom", "Panmunjom")]),
        ('the [village]{.index term="Panmunjom"}', [("village", "Panmunjom")]),
        ("the [village]{ .index term='Côte d'Ivoire' }", []),
        ("the [village]{ .index  term=Panmunjom }", [("village", "Panmunjom")]),
        ("the [village]{.index\nterm=“A \nb”}", [("village", "A b")]),
        ('[*Ibid*. "x" [1]]{.index}', [("Ibid. “x” [1]", "Ibid. “x” [1]")]),
        ("[A [B]{.index} C]{.index}", [("A B C", "A B C"), ("B", "B")]),
        ("[see [Herat]{.index}](chad)", [("Herat", "Herat")]),
        ("[[Herat](https://example.org)]{.index}", [("Herat", "Herat")]),
        ("[Herat[^a]]{.index}", [("Herat", "Herat")]),
        ("`[a]{.index}` \\[b]{x}", []),
    ],
)
def test_marks_for_the_index(typed, marks):
    found = parse(Text(typed), "en-GB")
    assert found.marks == tuple(IndexMark(*mark) for mark in marks)
    assert [one.code for one in found.problems] == (["R003"] if "d'Ivoire" in typed else [])


def test_marks_have_ids_in_the_order_of_print(north):
    one, said = north("[Seoul]{.index}[^a] and [Kaesong]{.index}.[^a]", "notes: {a: 'In [Herat]{.index term=\"H & Q\"}.'}")
    assert said == []
    marks = index_marks(one.numbered)
    assert marks == [
        ("index-1", IndexMark("Seoul", "Seoul")),
        ("index-2", IndexMark("Kaesong", "Kaesong")),
        ("index-3", IndexMark("Herat", "H & Q")),
    ]
    html = compose(one.numbered, {}, one.workspace, "x").value.html
    found = re.findall(r'<span id="(index-\d)" class="index-mark">(\w+)</span>', html)
    assert found == [("index-1", "Seoul"), ("index-3", "Herat"), ("index-2", "Kaesong")]


def test_a_note_of_two_series_has_marks_of_its_own_in_each(workspace):
    sections = "numbering: per-section\nsections: [{title: One, text: 'A.[^a]'}, {title: Two, text: 'B.[^a]'}]\nnotes: {a: 'In [Herat]{.index}.'}\n"
    one = prepare(workspace.write(HEAD + sections)).value
    assert [name for name, _ in index_marks(one.numbered)] == ["index-1", "index-2"]
    html = compose(one.numbered, {}, one.workspace, "x").value.html
    assert re.findall(r'id="(index-\d)"', html) == ["index-1", "index-2"]


def test_ids_of_the_index_are_the_tools_own(check):
    assert [one.code for one in check(HEAD + "sections: [{title: A, id: index-1}]\n")] == ["M010"]
    assert check(HEAD + "sections: [{title: Index 1, text: '[x](#section-index-1)'}]\n") == []


@pytest.mark.parametrize("typed", ["{x}", "{}", "a {b} c", "set {1, 2}", "[sic] {a}", "[a]{b}", "{number of mines}", "{ Page }", "f(x){y}"])
def test_words_in_braces_are_words(typed):
    found = parse(Text(typed, inline=True), "en")
    assert found.problems == ()
    assert re.sub("<[^>]+>", "", to_html(found.tokens, (), {})) == typed


def test_a_thousand_brackets_take_no_time():
    found = parse(Text("[" * 1000 + "a]{.index}" * 10), "en")
    assert len(found.marks) == 10


def test_reading_a_profile_beside_follows_its_changes(workspace):
    file: Path = workspace.root / "profiles" / "south-korea.yaml"
    workspace.write(SOUTH, "profiles/south-korea.yaml")
    north_korea = workspace.write(HEAD + SECTION + "See [{title}](south-korea).\n", "profiles/north-korea.yaml")
    assert words_of(check([north_korea])[0][0]) == "See South Korea."
    file.write_text(SOUTH.replace("name: South Korea", "name: Korea South"), encoding="utf-8")
    assert words_of(check([north_korea])[0][0]) == "See Korea South."
