"""The structural check of verify: good files have no finding, and each way to break one is named by its code."""

from __future__ import annotations

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from breaking import Broken
from handmade import E, Handmade, NextPage, table
from monitorpub.verifying import verify_file
from tiny_volume import tiny

WORDS = "Many words on what is known."


def document(**options) -> Handmade:
    """Two pages with all that is looked at: a heading, a list, a table, a picture, a link, a note."""
    return Handmade(
        E(
            "Document",
            E("H1", "A country"),
            E("P", WORDS, E("Reference", E("Link", "7", link="note-a", Alt=String("note 7")))),
            E("Note", E("Lbl", "7"), "A source.", ID=String("n7")),
            E("H2", "What is known"),
            E("L", E("LI", E("Lbl", "-"), E("LBody", "One"))),
            NextPage,
            E("P", "On the next page."),
            table(("Year", "Area"), ("2024", "7 km")),
            E("Figure", "xx", Alt=String("A map of the country")),
        ),
        **options,
    )


def note_page(**options) -> Handmade:
    """A page as this tool makes them: a call and a note that is named."""
    return Handmade(
        E(
            "Document",
            E("H1", "A country", place="land"),
            E("P", "Words", E("Reference", E("Link", "1", link="land/note-a", place="land/call-a-1"))),
            E("Note", E("Lbl", E("Link", "1", link="land/call-a-1", place="land/note-a")), "A source.", ID=String("n1")),
        ),
        creator="monitorpub 0.1",
        parts=(("land", 1),),
        **options,
    )


def volume(*tops: E) -> Handmade:
    """A volume of two parts, of two pages and one, as this tool makes them; or other elements with the same parts."""
    tops = tops or (
        E("Sect", E("H1", "One"), E("P", "First."), NextPage, E("P", "Second.")),
        NextPage,
        E("Sect", E("H1", "Two"), E("P", "Third.")),
    )
    return Handmade(E("Document", E("Part", *tops)), creator="monitorpub 0.1", parts=(("one", 1), ("one/x", 1), ("two", 3)))


@pytest.fixture
def codes(tmp_path):
    def said(made: Handmade, **options) -> set[str]:
        return {d.code for d in made.said(tmp_path, **options)}

    return said


@pytest.mark.parametrize("good", [document, note_page, volume])
def test_a_good_file_has_no_finding(good, tmp_path):
    assert [d.message for d in good().said(tmp_path)] == []


# content and elements


def test_words_without_tag(tmp_path):
    made = document()
    made.content(1, "/P <</MCID 0>>", "BT /F 10 Tf 1 0 0 1 50 790 Tm (Lost words) Tj ET /P <</MCID 0>>")
    assert [d.message for d in made.said(tmp_path)] == ["Page 1: “Lost words” is neither tagged nor marked as decoration."]


def test_a_line_without_tag(codes):
    made = document()
    made.content(2, "/P <</MCID 0>>", "0 0 m 100 0 l S /P <</MCID 0>>")
    assert codes(made) == {"V081"}


@pytest.mark.parametrize("tag", ["/Artifact BMC", "/Artifact <</Type /Pagination>> BDC", "/Artifact /A BDC"])
def test_decoration_is_no_finding(codes, tag):
    made = document()
    made.pdf.pages[1].Resources.Properties = Dictionary(A=Dictionary(Type=Name.Pagination))
    made.content(2, "/P <</MCID 0>>", f"{tag} 0 0 m 100 0 l S EMC /P <</MCID 0>>")
    assert codes(made) == set()


def test_numbers_may_stand_in_the_resources(codes):
    made = document()
    made.pdf.pages[1].Resources.Properties = Dictionary(A=Dictionary(MCID=0))
    made.content(2, "/P <</MCID 0>>", "/P /A")
    assert codes(made) == set()


def test_decoration_within_words(codes):
    made = document()
    made.content(2, "/P <</MCID 0>> BDC", "/P <</MCID 0>> BDC /Artifact BMC 0 0 m 100 0 l S EMC")
    assert codes(made) == {"V082"}


def test_words_within_decoration(codes):
    made = document()
    made.content(2, "/P <</MCID 0>> BDC", "/Artifact BMC /P <</MCID 0>> BDC")
    made.content(2, "EMC", "EMC EMC")
    assert codes(made) == {"V082"}


@pytest.mark.parametrize(("old", "new"), [("EMC", "EMC EMC"), ("/P <</MCID 0>>", "/Span BMC /P <</MCID 0>>")])
def test_a_stretch_without_end_or_beginning(codes, old, new):
    made = document()
    made.content(2, old, new)
    assert codes(made) == {"V082"}


def test_a_number_stands_twice_on_a_page(tmp_path):
    made = document()
    made.content(1, "<</MCID 1>>", "<</MCID 0>>")
    said = [(d.code, d.message) for d in made.said(tmp_path)]
    assert ("V082", f"Page 1: the number 0 stands at two stretches of marked content (“A country {WORDS}”).") in said
    assert {code for code, _ in said} == {"V082", "V083"}


def test_the_parent_tree_is_turned_by_a_page(codes):
    made = document()
    numbers = made.root.ParentTree.Nums
    numbers[1], numbers[3] = numbers[3], numbers[1]
    assert codes(made) == {"V082"}


def test_a_page_has_no_row_in_the_parent_tree(tmp_path):
    made = document()
    del made.pdf.pages[1].StructParents
    assert [d.message for d in made.said(tmp_path)] == ["Page 2: nothing leads from its content into the structure tree."]


@pytest.mark.parametrize("row", ["short", "null", "other", "stranger"])
def test_a_number_leads_astray(tmp_path, row):
    made = document()
    found = made.row(1)
    if row == "short":
        made.root.ParentTree.Nums[1] = Array(list(found)[:-1])
    elif row == "null":
        found[len(found) - 1] = None
    else:
        found[len(found) - 1] = made.elements["H1"][0] if row == "other" else made.pdf.make_indirect(Dictionary(S=Name.P))
    told = {
        "other": "leads to the heading “A country”, which does not hold it",
        "stranger": "leads to something that is no element of the structure tree",
    }
    message = f"Page 1: the marked content {len(found) - 1} (“One”) {told.get(row, 'leads to no element')}."
    assert [(d.code, d.message) for d in made.said(tmp_path)] == [("V082", message)]


def test_an_element_is_cut_out_of_the_tree(codes):
    """Its words are still marked and lead to it: nothing reads them."""
    made = document()
    top = made.elements["Document"][0]
    top.K = Array([kid for kid in top.K if kid != made.elements["Figure"][0]])
    assert codes(made) == {"V082"}


def test_an_element_names_content_that_is_not_there(codes):
    made = document()
    made.elements["H1"][0].K.append(77)
    made.elements["H1"][0].Pg = made.pdf.pages[0].obj
    assert codes(made) == {"V083"}


def test_an_element_names_content_of_no_page(tmp_path):
    made = document()
    made.elements["H1"][0].K.append(0)
    assert [d.message for d in made.said(tmp_path)] == ["The element H1 holds marked content 0 of no page of the file."]


def test_two_elements_name_the_same_content(codes):
    made = document()
    made.elements["H2"][0].K.append(made.elements["H1"][0].K[0])
    assert codes(made) == {"V083"}


def test_an_element_names_the_same_content_twice(codes):
    made = document()
    made.elements["H1"][0].K.append(made.elements["H1"][0].K[0])
    assert codes(made) == {"V083"}


# links


def annotation(made: Handmade) -> pikepdf.Object:
    return made.pdf.pages[0].Annots[0]


def test_a_link_has_no_key(codes):
    made = document()
    del annotation(made).StructParent
    assert codes(made) == {"V084"}


def test_a_link_leads_to_another_element(codes):
    made = document()
    made.root.ParentTree.Nums[5] = made.elements["H1"][0]
    assert codes(made) == {"V084"}


def test_a_link_leads_to_no_element(codes):
    made = document()
    annotation(made).StructParent = 50
    assert codes(made) == {"V084"}


def test_a_link_stands_in_a_paragraph(codes):
    made = document()
    made.elements["Link"][0].S = Name.Span
    assert codes(made) == {"V084"}


def test_a_link_without_place_to_click(tmp_path):
    made = document()
    made.elements["Link"][0].K = Array([made.elements["Link"][0].K[0]])
    assert [d.message for d in made.said(tmp_path)] == [
        "Page 1: the link to note-a leads to the link “7”, which does not hold it.",
        "Page 1: the link “7” has nothing to click.",
    ]


def test_an_element_names_a_link_that_is_on_no_page(codes):
    made = document()
    del made.pdf.pages[0].Annots
    assert codes(made) == {"V084"}


def test_an_element_names_a_link_of_another_page(codes):
    made = document()
    made.elements["Link"][0].K[1].Pg = made.pdf.pages[1].obj
    assert codes(made) == {"V084"}


def test_two_links_have_one_key(codes):
    made = note_page()
    made.pdf.pages[0].Annots[1].StructParent = made.pdf.pages[0].Annots[0].StructParent
    assert codes(made) >= {"V084"}


# the tree itself


def test_an_element_hangs_in_a_circle(tmp_path):
    made = document()
    made.elements["H1"][0].K.append(made.elements["Document"][0])
    assert [(d.code, d.message) for d in made.said(tmp_path)] == [
        ("V085", "An element Document hangs in the tree twice, or in a circle."),
    ]


def test_an_element_names_another_parent(codes):
    made = document()
    made.elements["H1"][0].P = made.elements["P"][0]
    assert codes(made) == {"V085"}


def test_an_element_has_no_role(codes):
    made = document()
    del made.elements["P"][0].S
    assert codes(made) == {"V085"}


def test_elements_too_deep_are_said_and_not_followed(codes):
    made = document()
    around = made.elements["H1"][0]
    for _ in range(3000):
        inner = made.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Span, P=around))
        around.K = Array([*around.get("/K", []), inner])
        around = inner
    assert codes(made) == {"V085"}


@pytest.mark.parametrize("value", [Array([7, String("x"), Array([])]), String("odd"), 7, Name.Odd])
@pytest.mark.parametrize("key", ["/K", "/ParentTree", "/IDTree", "/RoleMap", "/ClassMap"])
def test_odd_trees_are_read_without_failure(codes, key, value):
    made = document()
    made.root[key] = value
    assert codes(made) <= {"V081", "V082", "V083", "V084", "V085", "V086", "V096"}


@pytest.mark.parametrize("value", [Array([7, String("x"), Array([])]), String("odd"), 7, Name.Odd, Dictionary(A=7)])
@pytest.mark.parametrize("key", ["/K", "/S", "/P", "/A", "/C", "/ID", "/Alt", "/Lang", "/E", "/NS", "/Pg", "/ActualText"])
def test_odd_elements_are_read_without_failure(tmp_path, key, value):
    made = document()
    for found in made.elements.values():
        found[0][key] = value
    made.save(tmp_path / "odd.pdf")
    assert verify_file(tmp_path / "odd.pdf", accessible=True).pages == 2


# ids and header cells


def test_an_id_stands_twice(tmp_path):
    made = document()
    made.elements["H1"][0].ID = String("n7")
    said = [(d.code, d.message) for d in made.said(tmp_path)]
    assert ("V086", "Page 1: the note “7 A source.” has the id “n7”, which another element has, too.") in said


def test_there_is_no_list_of_ids(codes):
    made = document()
    del made.root.IDTree
    assert codes(made) == {"V086"}


def test_an_id_is_not_in_the_list(codes):
    made = document()
    made.elements["H1"][0].ID = String("h")
    assert codes(made) == {"V086"}


def test_the_list_of_ids_leads_to_another_element(codes):
    made = document()
    made.root.IDTree.Names[1] = made.elements["H1"][0]
    assert codes(made) == {"V086"}


def test_the_list_of_ids_has_one_that_no_element_has(codes):
    made = document()
    made.root.IDTree.Names.extend([String("zz"), made.elements["H1"][0]])
    assert codes(made) == {"V086"}


def two_tables() -> Handmade:
    one = E("Table", E("TR", E("TH", "Year", ID=String("a"), scope="Column"), E("TD", "7", headers=["a"])))
    two = E("Table", E("TR", E("TH", "Area", ID=String("b"), scope="Column"), E("TD", "8", headers=["b"])))
    return Handmade(E("Document", E("H1", "Two tables"), one, two))


def test_cells_name_their_header_cells(codes):
    assert codes(two_tables()) == set()


@pytest.mark.parametrize("name", ["b", "c"])
def test_a_cell_names_a_header_cell_that_its_table_does_not_have(tmp_path, name):
    made = two_tables()
    made.elements["TD"][0].A.Headers = Array([String(name)])
    assert [(d.code, d.message) for d in made.said(tmp_path)] == [
        ("V087", f"Page 1: the cell “7” names the header cell “{name}”, which its table does not have."),
    ]


def test_a_header_cell_without_scope(codes):
    made = document()
    del made.elements["TH"][0].A
    assert codes(made) == {"V092"}


def test_a_header_cell_with_an_odd_scope(codes):
    made = document()
    made.elements["TH"][0].A.Scope = Name.Sideways
    assert codes(made) == {"V092"}


def test_the_scope_may_be_that_of_a_class(codes):
    made = document()
    head = made.elements["TH"][0]
    made.root.ClassMap = Dictionary(head=head.A)
    del head.A
    head.C = Name.head
    assert codes(made) == set()


def test_a_table_without_header_cells(tmp_path):
    made = document()
    for one in made.elements["TH"]:
        one.S = Name.TD
    assert [(d.code, d.message) for d in made.said(tmp_path)] == [("V092", "Page 2: the table “Year Area 2024 7 km” has no header cells.")]


# reading order


def test_the_tree_jumps_back_over_a_page(tmp_path):
    made = document()
    top = made.elements["Document"][0]
    first, *others = list(top.K)
    top.K = Array([*others, first])
    assert ("V088", "Page 1: “A country” is read after what stands on page 2.") in [(d.code, d.message) for d in made.said(tmp_path)]


def test_a_note_may_stand_on_the_page_after_its_words(codes):
    made = Handmade(
        E("Document", E("H1", "A"), E("P", "One", NextPage, "and two."), E("Note", E("Lbl", "1"), "Words", ID=String("a")), E("P", "Three"))
    )
    note, after = made.elements["Note"][0], made.elements["P"][1]
    top = made.elements["Document"][0]
    top.K = Array([top.K[0], note, top.K[1], after])
    assert codes(made) == set()


def test_the_parts_of_a_volume_change_places(tmp_path):
    made = volume()
    part = made.elements["Part"][0]
    part.K = Array(list(part.K)[::-1])
    assert [(d.code, d.message) for d in made.said(tmp_path)] == [
        ("V088", "Page 1: “One” is of the part one and is read after the part two."),
    ]


def test_words_of_one_part_are_in_the_section_of_another(tmp_path):
    made = volume()
    one, two = made.elements["Sect"]
    stray = one.K[2]
    one.K, two.K, stray.P = Array(list(one.K)[:2]), Array([*two.K, stray]), two
    messages = [d.message for d in made.said(tmp_path)]
    assert {d.code for d in made.said(tmp_path)} == {"V088"}
    assert "Page 2: “Second.” is of the part one and is read after the part two." in messages
    assert any("the part one is in two sections" in text for text in messages)
    assert any("one section of the structure tree has content of the part one and the part two" in text for text in messages)


# what those need who have it read to them


@pytest.mark.parametrize("alt", [None, "", "  "])
def test_a_picture_without_words(tmp_path, alt):
    made = document()
    figure = made.elements["Figure"][0]
    del figure.Alt
    if alt is not None:
        figure.Alt = String(alt)
    said = made.said(tmp_path)
    assert [(d.code, d.message) for d in said] == [("V091", "Page 2: the picture “xx” has no words for those who do not see it (Alt).")]


def test_a_note_without_id(codes):
    made = document()
    del made.elements["Note"][0].ID
    del made.root.IDTree
    assert codes(made) == {"V093"}


def test_a_level_of_headings_is_left_out(tmp_path):
    made = document()
    made.elements["H2"][0].S = Name.H3
    assert [(d.code, d.message) for d in made.said(tmp_path)] == [
        ("V094", "Page 1: the heading “What is known” is of level 3 and follows one of level 1: a level is left out."),
    ]


def test_the_first_heading_is_of_the_second_level(codes):
    made = document()
    made.elements["H1"][0].S = Name.H2
    assert codes(made) == {"V094"}


def test_each_part_of_a_volume_begins_at_the_first_level(tmp_path):
    made = volume()
    made.elements["H1"][1].S = Name.H2
    assert [(d.code, d.message) for d in made.said(tmp_path)] == [
        ("V094", "Page 3: the heading “Two” is of level 2 and is the first one: a level is left out."),
    ]


@pytest.mark.parametrize("key", ["/MarkInfo", "/ViewerPreferences"])
def test_the_file_does_not_declare_what_it_is(codes, key):
    made = document()
    del made.pdf.Root[key]
    assert codes(made) == {"V095"}


def test_the_tab_key_has_no_order(codes):
    made = document()
    del made.pdf.pages[0].Tabs
    assert codes(made) == {"V095"}


@pytest.mark.parametrize(("key", "code"), [("/Lang", "V006"), ("/Title", "V005")])
def test_language_and_title_are_told_by_other_checks(tmp_path, key, code):
    made = document()
    del (made.pdf.Root if key == "/Lang" else made.pdf.docinfo)[key]
    assert code in {d.code for d in verify_file(made.save(tmp_path / "made.pdf")).diagnostics}


def test_a_link_without_words(tmp_path):
    made = document()
    del annotation(made).Contents
    del made.elements["Link"][0].Alt
    assert [(d.code, d.message) for d in made.said(tmp_path)] == [
        ("V096", "Page 1: the link “7” does not say where it leads (Contents)."),
    ]


MISPLACED = [
    (E("LI", E("LBody", "One")), "(LI) stands in Document and not in L."),
    (E("Sect", E("TR", E("TD", "One"))), "(TR) stands in Sect and not in Table or THead or TBody or TFoot."),
    (E("L", E("P", "One"), E("LI", E("LBody", "Two"))), "(P) stands in L, where only L, LI, Caption may."),
    (E("L", E("LI", "One")), "(LI) has no LBody in it."),
    (E("L"), "(L) has no LI in it."),
    (E("Table"), "(Table) has no TR in it."),
    (E("TOC", E("TOCI", "x"), E("P", "One")), "(P) stands in TOC, where only TOC, TOCI, Caption may."),
    (E("H2", " "), "A heading has no words."),
    (E("Note", ID=String("n")), "A note has no words."),
]


@pytest.mark.parametrize(("element", "message"), MISPLACED, ids=[message for _, message in MISPLACED])
def test_elements_are_misplaced_or_empty(tmp_path, element, message):
    said = Handmade(E("Document", E("H1", "A"), element)).said(tmp_path)
    assert {d.code for d in said} <= {"V097", "V092"}
    assert [d.message for d in said if d.message.lower().endswith(message.lower())]


def test_elements_that_mean_nothing_may_stand_between(codes):
    assert codes(Handmade(E("Document", E("H1", "A"), E("L", E("NonStruct", E("LI", E("LBody", "One"))))))) == set()


def test_a_role_that_is_unknown(tmp_path):
    made = document()
    made.elements["H2"][0].S = Name.Zwischentitel
    assert [(d.code, d.message) for d in made.said(tmp_path)] == [
        ("V098", "Page 1: the role Zwischentitel is no standard one, and the file does not say which it stands for (RoleMap)."),
    ]


@pytest.mark.parametrize("target", ["H2", "Heading"])
def test_a_role_stands_for_another(codes, target):
    made = document()
    made.elements["H2"][0].S = Name.Zwischentitel
    made.root.RoleMap = Dictionary(Zwischentitel=Name(f"/{target}"), Heading=Name.H2)
    assert codes(made) == set()


def test_roles_stand_for_each_other_in_a_circle(codes):
    made = document()
    made.elements["H2"][0].S = Name.One
    made.root.RoleMap = Dictionary(One=Name.Two, Two=Name.One)
    assert codes(made) == {"V098"}


def test_a_standard_role_is_given_another_sense(codes):
    made = document()
    made.root.RoleMap = Dictionary(P=Name.Span)
    assert codes(made) == {"V098"}


def test_a_role_of_another_namespace(codes):
    made = document()
    spaces = [Dictionary(NS=String("http://iso.org/pdf2/ssn")), Dictionary(NS=String("urn:x"), RoleMapNS=Dictionary(Zwischentitel=Name.H2))]
    made.elements["P"][1].S, made.elements["P"][1].NS = Name.Title, spaces[0]
    made.elements["H2"][0].S, made.elements["H2"][0].NS = Name.Zwischentitel, spaces[1]
    assert codes(made) == set()


# calls and notes of this tool


def test_a_call_in_no_reference(tmp_path):
    made = note_page()
    made.elements["Reference"][0].S = Name.Span
    assert [(d.code, d.message) for d in made.said(tmp_path)] == [("V099", "Page 1: the call of land/note-a is in no element Reference.")]


def test_a_file_of_this_tool_may_say_so_in_its_metadata_only(codes):
    """As files of PDF 2.0 do."""
    made = note_page()
    made.elements["Reference"][0].S = Name.Span
    del made.pdf.docinfo["/Creator"]
    assert codes(made) == set()
    data = made.pdf.Root.Metadata.read_bytes()
    own = b'rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:CreatorTool="monitorpub 0.1"'
    made.pdf.Root.Metadata = made.pdf.make_stream(data.replace(b'rdf:about=""', own))
    assert codes(made) == {"V099"}


def test_a_call_leads_to_words_that_are_no_note(tmp_path):
    made = note_page()
    made.elements["Note"][0].S = Name.P
    assert [(d.code, d.message) for d in made.said(tmp_path)] == [
        ("V099", "Page 1: the call of land/note-a leads to words that are not tagged as a note."),
    ]


def test_words_that_are_no_note_are_tagged_as_one(tmp_path):
    made = note_page()
    made.elements["P"][0].S, made.elements["P"][0].ID = Name.Note, String("p")
    made.root.IDTree.Names.extend([String("p"), made.elements["P"][0]])
    assert [(d.code, d.message) for d in made.said(tmp_path)] == [
        ("V099", "Page 1: the note “Words 1” is tagged as a note, and is the place of none."),
    ]


# a volume of this tool


class Volume(Broken):
    """The tiny volume, and what can be broken in its tree."""

    def elements(self, role: str) -> list[pikepdf.Object]:
        """The elements of a role, in the order of the tree."""
        found, waiting = [], list(self.pdf.Root.StructTreeRoot.K)[::-1]
        while waiting:
            one = waiting.pop()
            if isinstance(one, pikepdf.Dictionary) and "/S" in one:
                found += [one] if str(one.S) == f"/{role}" else []
                kids = one.get("/K", [])
                waiting += list(kids)[::-1] if isinstance(kids, Array) else [kids]
        return found


@pytest.fixture
def broken() -> Volume:
    return Volume(tiny().volume.read_bytes())


@pytest.fixture
def said(tmp_path):
    """What the structural check says of a broken volume, as part of verify."""

    def of(broken: Broken) -> list[str]:
        found = verify_file(broken.save(tmp_path / "broken.pdf"))
        return [f"{d.code} {d.message}" for d in found.diagnostics]

    return of


def test_the_parent_tree_of_a_volume_is_turned_by_a_page(broken, said):
    pages = [page for page in broken.pdf.pages if "/StructParents" in page]
    keys = [int(page.StructParents) for page in pages]
    for page, key in zip(pages, [*keys[1:], keys[0]], strict=True):
        page.StructParents = key
    messages = said(broken)
    assert {text[:4] for text in messages} == {"V082"}
    assert len(messages) == 6
    assert "more like these, on pages 2, 3, 5, 7, 9, 11 and others." in messages[-1]


def test_two_profiles_of_a_volume_are_read_in_the_wrong_order(broken, said):
    group = broken.elements("Part")[0]
    group.K = Array([*list(group.K)[:-2], group.K[-1], group.K[-2]])
    assert said(broken) == ["V088 Page 9: “A Small Report” is of the part bhutan and is read after the part chad."]


def test_two_notes_of_a_volume_have_one_id(broken, said):
    one, two = broken.elements("Note")[:2]
    two.ID = one.ID
    assert {text[:4] for text in said(broken)} == {"V086"}


def test_the_content_of_a_note_is_that_of_its_paragraph(broken, said):
    """The note is still printed, linked and called; it is read as words of the paragraph."""
    note = broken.elements("Note")[0]
    note.S = Name.P
    assert said(broken) == ["V099 Page 5: the call of foreword/note-many leads to words that are not tagged as a note."]


def test_a_header_cell_of_a_volume_loses_its_scope(broken, said):
    head = broken.elements("TH")[0]
    del head.A
    assert said(broken) == ["V092 Page 9: the header cell “2024 (km²)” does not say whether it is for its row or its column (Scope)."]


def test_an_element_of_a_volume_is_lost(broken, said):
    group = broken.elements("Part")[-1]
    group.K = Array([])
    messages = said(broken)
    assert {text[:4] for text in messages} >= {"V082", "V084", "V086"}
    assert all("age 13" in text or "IDTree" in text for text in messages)


# files that make no claim, and floods


def test_a_file_of_this_tool_must_be_tagged(codes):
    made = note_page()
    del made.pdf.Root.StructTreeRoot
    assert codes(made) == {"V080"}


def test_a_file_that_claims_the_standard_must_be_tagged(codes):
    made = document()
    del made.pdf.Root.StructTreeRoot
    assert codes(made) == {"V080"}


def test_an_untagged_file_without_claim_has_one_warning(tmp_path):
    made = document(ua=False)
    del made.pdf.Root.StructTreeRoot
    assert [(d.code, d.severity.value) for d in made.said(tmp_path)] == [("V090", "warning")]


def test_the_faults_of_a_file_without_claim_are_one_warning(tmp_path):
    made = document(ua=False)
    del made.elements["Figure"][0].Alt
    for one in made.elements["TH"]:
        del one.A
    assert [(d.code, d.severity.value, d.message) for d in made.said(tmp_path)] == [
        ("V089", "warning", "The tags have faults: table-without-heads 3 times, picture-without-words 1 time."),
    ]
    assert [d.code for d in made.said(tmp_path, each=True)] == ["V089"] * 4


def test_a_good_file_without_claim_has_no_finding(codes):
    assert codes(document(ua=False)) == set()


def test_many_findings_of_a_kind_are_counted(tmp_path):
    made = Handmade(E("Document", E("H1", "A"), *(E("Figure", f"{i}") for i in range(20)), NextPage, *(E("Figure", "x") for _ in range(5))))
    messages = [d.message for d in made.said(tmp_path)]
    assert len(messages) == 6
    assert messages[-1] == "20 more like these, on pages 1, 2."
