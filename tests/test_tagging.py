"""The structure tree, on tiny pages: what each element of the source becomes, wherever its boxes fell."""

from __future__ import annotations

import io
from functools import cache
from textwrap import dedent

import pikepdf
import pytest

from bound import alone, bound, feet, part
from monitorpub.bind.plan import Piece
from structure import Structure, read_aloud, spoken

SMALL = "@page { size: 240px 160px; margin: 10px }"
LOREM = "Words of a text that goes on for a while. "


@cache
def structure(body: str, css: str = "") -> Structure:
    """A document of its own.  It is kept: objects are gone with their file."""
    return Structure(alone(part("tiny", body, css=css)))


def tree(body: str, css: str = "") -> list[str]:
    """The tree of a document of its own, below its Document."""
    structure(body, css).assert_sound()
    return [line[2:] for line in read_aloud(alone(part("tiny", body, css=css)))[1:]]


def elements(body: str, role: str, css: str = "") -> list[pikepdf.Object]:
    """The elements of a role."""
    return [node.object for node in structure(body, css).nodes if node.role == f"/{role}"]


def lines(text: str) -> list[str]:
    return dedent(text).strip().splitlines()


def marked(note: str, mark: int = 1) -> str:
    """A call and its note as the tool writes them."""
    return call(note, mark) + (
        f'<span class="note" role="doc-footnote" id="note-{note}"><a class="note-mark" role="doc-backlink" aria-label="Back to {mark}" '
        f'href="#call-{note}-1">{mark}</a> Note {note}.</span>'
    )


def call(note: str, mark: int = 1, time: int = 1) -> str:
    return f'<a class="note-call" role="doc-noteref" aria-label="Note {mark}" id="call-{note}-{time}" href="#note-{note}">{mark}</a>'


class TestBlocks:
    def test_a_section_over_many_pages_is_one_section(self):
        css = SMALL
        data = alone(part("tiny", f"<section><h2>One</h2>{f'<p>{LOREM * 3}</p>' * 12}</section>", css=css))
        assert len(Structure(data).pages) >= 7
        assert [line.split()[0] for line in read_aloud(data)] == ["Document", "Sect", "H2", *["P"] * 12]

    def test_a_paragraph_over_two_pages_is_one_paragraph_with_its_words_in_order(self):
        words = " ".join(f"word{n}" for n in range(120))
        assert tree(f"<p>{words}</p>", SMALL) == [f"P {words}"]

    def test_emphasis_and_divisions_say_nothing(self):
        assert tree("<div><header><p>One <em>two</em> <strong>three</strong></p></header></div>") == ["P One two three"]

    def test_words_between_blocks_make_a_paragraph(self):
        assert tree("<div>One <em>two</em><p>three</p>four</div>") == ["P One two", "P three", "P four"]

    def test_a_list_has_labels_and_bodies(self):
        assert tree(
            "<ol style='list-style: decimal inside'><li>One<ul style='list-style: disc outside'><li><p>Two</p></li></ul></li></ol>"
        ) == lines("""
            L
              LI
                Lbl 1.
                LBody One
                  L
                    LI
                      Lbl •
                      LBody
                        P Two
        """)

    def test_the_term_of_an_item_is_its_label(self):
        body = "<ul style='list-style: none'><li><dfn role='term' style='position: absolute; right: 0'>CCM</dfn> <span>Convention</span></li></ul>"
        assert tree(body) == ["L", "  LI", "    Lbl CCM", "    LBody Convention"]

    def test_a_list_says_how_it_is_labelled(self):
        body = "<ol style='list-style: decimal inside'><li>One</li></ol><ul style='list-style: none'><li>Two</li></ul>"
        assert [str(one.A.ListNumbering) for one in elements(body, "L")] == ["/Decimal", "/None"]

    def test_a_quotation_holds_its_paragraphs(self):
        assert tree("<blockquote><p>One</p></blockquote>") == ["BlockQuote", "  P One"]

    def test_blocks_that_stand_elsewhere_on_the_page_are_read_where_they_are_written(self):
        css = "#a { position: absolute; bottom: 0 } #b { float: right }"
        assert tree("<p>One</p><p id='a'>Two</p><p id='b'>Three</p><p>Four</p>", css) == ["P One", "P Two", "P Three", "P Four"]


class TestNotes:
    def test_a_note_is_read_behind_the_paragraph_that_calls_it(self):
        assert tree(f"<section><p>Claimed.{marked('a')} More words.</p><p>After.</p></section>") == lines("""
            Sect
              P Claimed.… More words.
                Reference
                  Link 1
              Note Note a.
                Lbl
                  Link 1
              P After.
        """)

    def test_a_note_called_twice_is_one_note_with_two_references_to_it(self):
        body = f"<p>One.{marked('a')}</p><p>Two.{call('a', 1, 2)}</p>"
        roles = [line.split()[0] for line in tree(body)]
        assert (roles.count("Note"), roles.count("Reference")) == (1, 2)
        leads = [str(annot.Dest) for page in structure(body).pages for annot in page.object.Annots]
        assert sorted(leads) == ["tiny/call-a-1", "tiny/note-a", "tiny/note-a"]

    def test_notes_of_one_paragraph_come_in_their_order(self):
        found = tree(f"<p>One.{marked('a', 1)} Two.{marked('b', 2)} Three.{marked('c', 3)}</p><p>After.{marked('d', 4)}</p>")
        assert [line for line in found if line.startswith(("P", "Note"))] == [
            "P One.… Two.… Three.",
            "Note Note a.",
            "Note Note b.",
            "Note Note c.",
            "P After.",
            "Note Note d.",
        ]

    def test_a_note_on_the_next_page_is_read_behind_its_paragraph(self):
        body = "".join(f"<p>{LOREM}{marked(f'n{n}', n)}</p>" for n in range(1, 12))
        data = alone(part("tiny", body, css=SMALL))
        assert len(Structure(data).pages) > 3
        assert [line.split()[0] for line in read_aloud(data) if line.startswith(("  P", "  Note"))] == ["P", "Note"] * 11

    def test_a_note_in_a_table_is_read_behind_the_table(self):
        body = f"<table><tr><th scope='row'>Mines{marked('a')}</th><td>3{marked('b', 2)}</td></tr></table><p>After.</p>"
        assert [line.split()[0] for line in tree(body) if not line.startswith(" ")] == ["Table", "Note", "Note", "P"]

    def test_a_note_under_a_table_is_read_where_it_stands(self):
        body = (
            f"<table><tr><th scope='row'>Mines{call('t')}</th><td>3</td></tr></table><p role='doc-footnote' id='note-t'>"
            "<a role='doc-backlink' href='#call-t-1'>1</a> About mines.</p><p>After.</p>"
        )
        assert [line for line in tree(body) if not line.startswith(" ")] == ["Table", "Note About mines.", "P After."]

    def test_a_note_in_an_item_is_read_behind_its_words(self):
        found = tree(f"<ul style='list-style: none'><li>One{marked('a')} two</li><li>Three</li></ul>")
        assert found == lines("""
            L
              LI
                LBody One… two
                  Reference
                    Link 1
                  Note Note a.
                    Lbl
                      Link 1
              LI
                LBody Three
        """)

    def test_a_note_of_many_blocks_has_them_all(self):
        items = "".join(f"<span role='listitem'><span role='term'>–</span> {words}</span>" for words in ("three", "four"))
        note = f"<span role='paragraph'>One.</span><span role='paragraph'>Two.</span><span role='list'>{items}</span>"
        assert tree(f"<p>Claimed.<span class='note' role='doc-footnote' id='n'>{note}</span></p>") == lines("""
            P Claimed.
            Note
              P One.
              P Two.
              L
                LI
                  Lbl –
                  LBody three
                LI
                  Lbl –
                  LBody four
        """)

    def test_notes_of_an_item_come_before_those_of_items_in_it(self):
        inner = f"<ul style='list-style: none'><li>inner{marked('b', 2)}</li></ul>"
        found = tree(f"<ul style='list-style: none'><li>outer{marked('a')} words{inner}</li></ul>")
        assert [line.strip() for line in found if "Note " in line or "LBody" in line] == [
            "LBody outer… words",
            "Note Note a.",
            "LBody inner",
            "Note Note b.",
        ]

    def test_notes_of_a_label_come_before_those_of_its_words(self):
        found = tree(f"<div role='list'><div role='listitem'><h3 role='term'>One{marked('a')}</h3><p>Two{marked('b', 2)}</p></div></div>")
        assert [line.strip() for line in found if "Note " in line] == ["Note Note a.", "Note Note b."]

    def test_a_note_to_a_label_is_read_in_the_item(self):
        body = f"<div role='list'><div role='listitem'><h3 role='term'>Status{marked('a')}</h3><p>Party</p></div></div>"
        assert [line for line in tree(body) if line.split()[0] not in ("Reference", "Link")] == lines("""
            L
              LI
                Lbl Status
                LBody
                  Note Note a.
                    Lbl
                  P Party
        """)

    def test_each_note_has_an_id_of_its_own(self):
        body = f"<p>One.{marked('a')} Two.{marked('b', 2)}</p>"
        assert [str(note.ID) for note in elements(body, "Note")] == ["tiny/note-a", "tiny/note-b"]


CELLS = """
<table><caption>Area</caption>
<thead><tr><th scope="col">Place</th><th scope="col">2023</th><th scope="col">2024</th></tr></thead>
<tbody><tr><th scope="rowgroup" colspan="3">North</th></tr><tr><th scope="row">One</th><td>1</td><td></td></tr></tbody>
<tbody><tr><th scope="rowgroup" colspan="3">South</th></tr><tr><th scope="row">Two</th><td>3</td><td>4</td></tr></tbody>
</table>
"""


class TestPlaces:
    def test_a_place_is_where_its_element_begins(self):
        found = structure(f"<section id='long'><h2>One</h2>{f'<p>{LOREM * 3}</p>' * 12}</section>", SMALL)
        assert len(found.pages) > 3
        assert found.number_of(found.places["tiny/long"][0]) == 0


class TestTables:
    def test_a_table_over_three_pages_is_one_table_with_one_head(self):
        rows = "".join(f"<tr><th scope='row'>Row {n}</th><td>{n}</td></tr>" for n in range(40))
        body = f"<table><thead><tr><th scope='col'>Name</th><th scope='col'>Figure</th></tr></thead><tbody>{rows}</tbody></table>"
        data = alone(part("tiny", body, css=SMALL + "table { width: 100% }"))
        found = [line.split()[0] for line in read_aloud(data)]
        assert len(Structure(data).pages) >= 3
        assert (found.count("Table"), found.count("THead"), found.count("TBody"), found.count("TR")) == (1, 1, 1, 41)
        shown = [marks for page in Structure(data).pages[1:] for one in page.shown if (marks := one.marks)[-1][0] == "/Artifact"]
        assert any(str(entries.get("/Type")) == "/Layout" for marks in shown for _, entries in marks), "the repeated head is no artifact"

    def test_a_foot_is_read_once_at_the_end(self):
        rows = "".join(f"<tr><td>{n}</td></tr>" for n in range(40))
        found = tree(f"<table><tbody>{rows}</tbody><tfoot><tr><th scope='row'>Sum</th></tr></tfoot></table>", SMALL)
        assert [line.strip() for line in found if "Sum" in line] == ["TH Sum"]

    def test_rows_cells_and_captions_empty_or_not(self):
        found = [line.strip() for line in tree(CELLS)]
        assert found[:2] == ["Table", "Caption Area"]
        assert found[found.index("TH One") :][:3] == ["TH One", "TD 1", "TD"]

    def test_heads_say_what_they_head(self):
        assert [str(head.A.Scope) for head in elements(CELLS, "TH")] == ["/Column"] * 4 + ["/Row", "/Column", "/Row"]

    def test_cells_name_their_heads_columns_groups_and_rows(self):
        words = {
            str(head.ID): text
            for head, text in zip(elements(CELLS, "TH"), ("Place", "2023", "2024", "North", "One", "South", "Two"), strict=True)
        }
        assert [[words[str(one)] for one in cell.A.Headers] for cell in elements(CELLS, "TD")] == [
            ["2023", "North", "One"],
            ["2024", "North", "One"],
            ["2023", "South", "Two"],
            ["2024", "South", "Two"],
        ]

    def test_spans_are_counted(self):
        body = "<table><tr><th scope='col' rowspan='2'>A</th><th scope='col' colspan='2'>B</th></tr><tr><td>1</td><td>2</td></tr></table>"
        heads, cells = elements(body, "TH"), elements(body, "TD")
        assert (int(heads[0].A.RowSpan), int(heads[1].A.ColSpan)) == (2, 2)
        assert [[str(one) for one in cell.A.Headers] for cell in cells] == [[str(heads[1].ID)]] * 2

    def test_a_span_of_no_rows_is_one_of_all_that_are_left(self):
        body = "<table><tr><th scope='row' rowspan='0'>A</th><td>1</td></tr><tr><td>2</td></tr></table>"
        (head,) = elements(body, "TH")
        assert int(head.A.RowSpan) == 2
        assert [[str(one) for one in cell.A.Headers] for cell in elements(body, "TD")] == [[str(head.ID)]] * 2

    def test_only_the_head_of_its_own_group_and_row_belongs_to_a_cell(self):
        body = (
            "<table><tbody><tr><th scope='rowgroup' colspan='2'>North</th></tr><tr><th scope='row'>One</th><td>1</td></tr>"
            "<tr><th scope='rowgroup' colspan='2'>Far north</th></tr><tr><th scope='row'>Two</th><td>2</td></tr></tbody></table>"
        )
        names = {str(head.ID): n for n, head in enumerate(elements(body, "TH"))}
        assert [[names[str(one)] for one in cell.A.Headers] for cell in elements(body, "TD")] == [[0, 1], [2, 3]]
        assert [[names[str(one)] for one in head.A.get("/Headers", [])] for head in elements(body, "TH")] == [[], [0], [], [2]]

    def test_a_foot_over_pages_is_read_behind_all_rows(self):
        rows = "".join(f"<tr><td>Row {n}</td></tr>" for n in range(40))
        found = [
            line.strip() for line in tree(f"<table><tfoot><tr><th scope='row'>Sum</th></tr></tfoot><tbody>{rows}</tbody></table>", SMALL)
        ]
        foot = structure(f"<table><tbody>{rows}</tbody><tfoot><tr><th scope='row'>Sum</th></tr></tfoot></table>", SMALL)
        pages = {content[0] for node in foot.nodes if node.role == "/TH" for content in node.content}
        assert "TH Sum" in found
        assert pages == {foot.pages[-1].object.objgen}, "it is that of the last page"

    def test_heads_without_a_scope_are_told_by_their_place(self):
        body = "<table><thead><tr><th>A</th></tr></thead><tbody><tr><th>B</th></tr></tbody></table>"
        assert [str(head.A.Scope) for head in elements(body, "TH")] == ["/Column", "/Row"]

    def test_a_corner_without_words_is_no_head(self):
        body = "<table><thead><tr><th scope='col'></th><th scope='col'>2024</th></tr></thead><tbody><tr><th scope='row'>A</th><td>1</td></tr></tbody></table>"
        assert [line.split()[0] for line in tree(body) if line.strip().startswith("T") and line.strip()[1] in "HD"] == [
            "THead",
            "TD",
            "TH",
            "TH",
            "TD",
        ]

    def test_a_table_has_a_summary(self):
        assert str(elements("<table aria-description='Two rows.'><tr><td>1</td></tr></table>", "Table")[0].A.Summary) == "Two rows."


class TestLinks:
    def test_a_link_on_two_lines_is_one_link(self):
        found = structure(f"<p style='width: 120px'>See <a href='https://example.org/'>{LOREM}</a></p>")
        links = [node for node in found.nodes if node.role == "/Link"]
        assert (len(links), len(links[0].annotations) > 1) == (1, True)

    @pytest.mark.parametrize(
        ("html", "said"),
        [
            ("<a href='https://example.org/a'>The report</a>", "The report (https://example.org/a)"),
            ("<a href='https://example.org/a'>https://example.org/a</a>", "https://example.org/a"),
            ("<a href='https://example.org/'>example.org</a>", "example.org"),
            ("<a href='#here'>p. 41</a><span id='here'></span>", "p. 41"),
            ("<a href='part:chad' aria-label='Chad, page 5'>Chad</a>", "Chad, page 5"),
        ],
    )
    def test_a_link_says_where_it_leads(self, html, said):
        page = structure(f"<p>{html}</p>").pages[0]
        assert [str(one.Contents) for one in page.object.Annots] == [said]

    def test_a_link_round_a_block_has_its_annotation(self):
        found = structure("<a href='https://example.org/'><p>Words</p></a>")
        assert [len(node.annotations) > 0 for node in found.nodes if node.role == "/Link"] == [True]

    def test_links_in_repeated_heads_lead_from_the_first_only(self):
        rows = "".join(f"<tr><td>{n}</td></tr>" for n in range(40))
        body = f"<table><thead><tr><th scope='col'><a href='https://example.org/'>Figure</a></th></tr></thead><tbody>{rows}</tbody></table>"
        found = structure(body, SMALL)
        assert len(found.pages) > 2
        assert [len(page.object.get("/Annots", [])) for page in found.pages] == [1, *[0] * (len(found.pages) - 1)]

    def test_contents_are_contents(self):
        entries = "<ul style='list-style: none'><li><a href='part:chad'><span>Chad</span> <span>5</span></a></li></ul>"
        body = f"<nav role='doc-toc'><section><h2><a href='part:states'>States</a></h2>{entries}</section><section><h2>Areas</h2>{entries}</section></nav>"
        assert tree(body) == lines("""
            TOC
              TOCI
                Reference
                  Link States
              TOC
                TOCI
                  Reference
                    Link Chad 5
              TOCI
                P Areas
              TOC
                TOCI
                  Reference
                    Link Chad 5
        """)

    def test_a_list_with_the_role_of_contents_is_contents(self):
        body = "<ul role='doc-toc' style='list-style: none'><li><a href='part:chad'>Chad</a></li></ul>"
        assert tree(body) == ["TOC", "  TOCI", "    Reference", "      Link Chad"]

    def test_entries_of_contents_may_be_labelled(self):
        body = "<ol role='doc-toc' style='list-style: decimal inside'><li><a href='part:chad'>Chad</a></li></ol>"
        assert tree(body) == ["TOC", "  TOCI", "    Lbl 1.", "    Reference", "      Link Chad"]
        assert tree("<p style='display: list-item; list-style: disc inside'>Words</p>") == ["P • Words"]

    def test_an_index_is_an_index(self):
        body = "<div role='doc-index'><ul style='list-style: none'><li>Mines <a href='part:chad'>5</a></li></ul></div>"
        assert tree(body) == ["Index", "  L", "    LI", "      LBody Mines", "        Link 5"]


PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><title>A red line</title><rect width="20" height="10"/></svg>'


class TestPictures:
    def test_a_picture_has_its_words_and_its_place(self):
        (figure,) = elements(f"<p>{PICTURE}</p>", "Figure", "@page { size: 200px 100px; margin: 20px }")
        left, bottom, right, top = (float(side) for side in figure.A.BBox)
        assert str(figure.Alt) == "A red line"
        assert (left, right - left, top - bottom) == (15, 15, 7.5)
        assert 0 < bottom < top < 60

    @pytest.mark.parametrize("given", ["alt=''", "alt='A line' role='presentation'"])
    def test_a_picture_that_only_decorates_is_an_artifact(self, given):
        source = "workspace:/profiles/images/squares.svg"
        assert tree(f"<p>Words <img src='{source}' {given}> more</p>") == ["P Words more"]

    def test_a_figure_is_one_picture_with_its_caption(self):
        found = tree(f"<figure>{PICTURE}<figcaption>Of a line</figcaption></figure>")
        assert found == ["Figure", "  Caption Of a line"]
        assert str(elements(f"<figure>{PICTURE}<figcaption>Of a line</figcaption></figure>", "Figure")[0].Alt) == "A red line"
        assert len(elements(f"<figure><p>{PICTURE}</p><p>{PICTURE}</p></figure>", "Figure")) == 2
        found = tree("<figure><table><tr><td>1</td></tr></table><figcaption>Of a table</figcaption></figure>")
        assert (found[:2], found[-1]) == (["Div", "  Table"], "  Caption Of a table")

    def test_a_picture_in_a_link_can_be_hit_and_is_named(self):
        body = "<p><a href='https://example.org/'><img src='workspace:/profiles/images/squares.svg' alt='Squares'></a></p>"
        (page,) = structure(body).pages
        heights = [abs(float(one.Rect[3]) - float(one.Rect[1])) for one in page.object.Annots]
        assert max(heights) > 20, "the picture cannot be hit"
        assert {str(one.Contents) for one in page.object.Annots} == {"Squares (https://example.org/)"}


class TestWords:
    def test_another_language_is_said(self):
        assert [
            (line.role, str(line.object.Lang))
            for line in nodes("<p>One <span lang='fr'>deux</span></p><p lang='de'>Drei</p>")
            if "/Lang" in line.object
        ] == [("/Document", "en-GB"), ("/Span", "fr"), ("/P", "de")]

    def test_blocks_in_another_language_are_a_division(self):
        assert tree("<div lang='fr'><p>Un</p><p>Deux</p></div>") == ["Div", "  P Un", "  P Deux"]

    def test_an_abbreviation_says_what_it_stands_for(self):
        (span,) = elements("<p>The <abbr title='Convention on Cluster Munitions'>CCM</abbr> is read.</p>", "Span")
        assert str(span.E) == "Convention on Cluster Munitions"

    def test_lines_end_with_the_space_between_their_words(self):
        words = "one two three four five six seven eight nine ten"
        assert tree(f"<p style='width: 60px'>{words}</p>") == [f"P {words}"]
        assert tree(f"<p style='width: 60px'>{words.replace(' six', ' <em>six</em>').replace('two', '<em>two</em>')}</p>") == [f"P {words}"]

    def test_a_broken_word_is_one_word(self):
        assert tree("<p style='width: 60px; hyphens: auto'>Contamination notwithstanding</p>") == [
            "P Contam\u00adination notwith\u00adstanding"
        ]

    def test_a_line_that_ends_before_a_link_ends_with_its_space(self):
        body = '<p style="hyphens: manual; width: 180px">Table one has all profiles by band, and <a href="https://example.org/">table two</a> the largest.</p>'
        for width in range(100, 240, 7):
            (piece,) = spoken(alone(part("tiny", body.replace("180px", f"{width}px"))))
            assert " ".join(piece.words[0].split()) == "Table one has all profiles by band, and table two the largest."

    def test_words_from_right_to_left_are_read_as_they_are_written(self):
        assert tree("<p>Sahara, <span lang='ar' dir='rtl'>الصحراء</span>.</p>") == ["P Sahara, ….", "  Span الصحراء"]

    def test_a_line_that_is_ended_ends_with_a_space(self):
        assert tree("<p>Last updated<br>31 August</p>") == ["P Last updated 31 August"]
        assert tree("<p><span style='display: inline-block'>By</span> <span>nobody</span></p>") == ["P By nobody"]

    def test_a_hyphen_that_was_typed_is_one(self):
        assert tree("<p style='width: 60px; hyphens: none'>A long\u2010term contamination\u2010</p>") == ["P A long-term contamination-"]
        assert tree("<p>The <b>pre\u2010</b>war years</p>") == ["P The pre-war years"]

    def test_lines_that_are_kept_are_parted(self):
        assert tree("<pre>first\nsecond</pre>") == ["P first second"]
        assert tree("<p style='white-space: pre-line'>first\nsecond</p>") == ["P first second"]

    def test_an_address_is_not_broken_by_spaces(self):
        address = "https://example.org/a/long/address/of/many/parts"
        assert tree(f"<p style='width: 60px; overflow-wrap: anywhere'>{address}</p>") == [f"P {address}"]


def nodes(body: str) -> list:
    return structure(body).nodes


class TestArtifacts:
    def test_running_heads_and_folios_are_pagination_and_rules_are_layout(self):
        css = "@page { @top-left { content: 'Running head' } } p { border-bottom: 1px solid }"
        page = structure("<p>Words</p>", css).pages[0]
        kinds = {str(entries.Type) for one in page.shown for tag, entries in one.marks if tag == "/Artifact"}
        assert kinds == {"/Pagination"}
        pdf = pikepdf.open(io.BytesIO(alone(part("tiny", "<p>Words</p>", css=css))))
        marks = [
            operands
            for operands, operator in pikepdf.parse_content_stream(pdf.pages[0])
            if str(operator) in ("BDC", "BMC") and str(operands[0]) == "/Artifact"
        ]
        assert {str(one[1].Type) for one in marks} == {"/Pagination", "/Layout"}

    def test_what_is_fixed_is_read_once(self):
        beside = f"<p style='margin-right: 5em'>{LOREM * 3}</p>" * 6
        found = tree(f"<p style='position: fixed; top: 0; right: 0'>Fixed</p>{beside}", SMALL)
        assert sum("Fixed" in line for line in found) == 1


class TestVolume:
    def test_one_document_with_a_part_for_each_group_and_a_section_for_each_piece(self):
        pieces = [
            Piece(part(name, f"<h1>{name}</h1><p>One.{marked('a')}</p>"), ("",), at * 2, feet(), group)
            for at, (name, group) in enumerate([("front", ""), ("bhutan", "States"), ("chad", "States"), ("kosovo", "Areas")])
        ]
        data = bound(*pieces)
        Structure(data).assert_sound()
        assert [line for line in read_aloud(data) if line.strip().split()[0] in ("Document", "Part", "Sect", "H1")] == lines("""
            Document
              Sect
                H1 front
              Part
                Sect
                  H1 bhutan
                Sect
                  H1 chad
              Part
                Sect
                  H1 kosovo
        """)
