"""Pages of the web become sources: notes by links and typed ones, the site round them left out, nothing fetched and nothing run."""

from __future__ import annotations

import socket
import subprocess
import time

import pytest

from imported import document, imported, printed, refused, said
from monitorpub.importing.command import import_file
from monitorpub.importing.document import Facts, Heading, List, Paragraph, Table, called, texts
from monitorpub.importing.pandoc import running

PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head><title>Aldmoor | Northern desk</title>
<link rel="canonical" href="https://desk.example/reports/aldmoor">
<script>document.write("<p>written by a script</p>")</script><style>p {{ color: red }}</style></head>
<body><a class="skip-link" href="#main">Skip to the text</a>
<header><p>Northern desk</p><form><input name="q"><button>Search</button></form></header>
<nav><ul><li><a href="/">Home</a></li></ul></nav>
<main id="main">
{}
</main>
<aside>Read the newsletter</aside>
<footer><p>All rights reserved</p></footer></body></html>"""


@pytest.fixture
def page(tmp_path):
    """Makes a page with this text."""

    def make(body: str, frame: str = PAGE):
        file = tmp_path / "page.html"
        file.write_text(frame.format(body) if frame else body, encoding="utf-8")
        return file

    return make


LINKED = """<h1>Aldmoor</h1><h2>Contamination</h2>
<p>Mines lie on the ridge.<sup><a href="#fn1" id="ref1">1</a></sup> They are old<a href="#fn2"><sup>[2]</sup></a> and many.<a href="#fn1">[1]</a></p>
<h2>Notes</h2><ol><li id="fn1">First source, <em>Ridge paper</em>. <a href="#ref1">↩</a></li><li id="fn2"><p>Second source.</p><p>It has two paragraphs.</p></li></ol>"""


class TestNotesByLinks:
    def test_calls_lead_to_their_notes(self, page):
        found = document(page(LINKED))
        assert [(note.number, note.text) for note in found.notes] == [
            ("1", "First source, *Ridge paper*."),
            ("2", "Second source.\n\nIt has two paragraphs."),
        ]
        assert list(texts(found.blocks)) == ["Contamination", "Mines lie on the ridge.[^1.1] They are old[^1.2] and many.[^1.1]"]
        assert found.title == "Aldmoor"

    @pytest.mark.parametrize(
        "notes",
        [
            '<p id="n1"><a href="#r1">1</a> First.</p><p id="n2"><a href="#r2">2</a> Second.</p>',
            '<p><a name="n1"></a>[1] First.<br><a name="n2"></a>[2] Second.</p>',
            '<div id="n1"><p><a href="#r1">[1]</a> First.</p></div><div id="n2"><p><a href="#r2">[2]</a> Second.</p></div>',
            '<p><a href="#r1" name="n1">[1]</a> First.</p><p><a href="#r2" name="n2">[2]</a> Second.</p>',
            '<table><tr id="n1"><td>1</td><td>First.</td></tr><tr id="n2"><td>2</td><td>Second.</td></tr></table>',
            '<dl><dt id="n1">1</dt><dd>First.</dd><dt id="n2">2</dt><dd>Second.</dd></dl>',
            '<ol><li><span id="n1">First. <a href="#r1">Back</a></span></li><li><span id="n2">Second. ^</span></li></ol>',
            '<footer><aside id="n1"><p>1. First.</p></aside><aside id="n2"><p>2. Second.</p></aside></footer>',
        ],
    )
    def test_notes_in_all_the_ways_of_the_web(self, page, notes):
        found = document(page(f'<p>A.<a href="#n1" id="r1"><sup>1</sup></a> B.<a href="#n2" name="r2">[2]</a></p>{notes}<p>After.</p>'))
        assert [note.text for note in found.notes] == ["First.", "Second."]
        assert list(texts(found.blocks)) == ["A.[^1.1] B.[^1.2]", "After."]

    @pytest.mark.parametrize(
        "notes",
        [
            '<div id="ftn1"><p><a href="#r1" name="n1">[1]</a> First.</p><p>More.</p></div>'
            '<div id="ftn2"><p><a href="#r2" name="n2">[2]</a> Second.</p></div>',
            '<ul><li><p><a href="#r1" name="n1">[1]</a> First.</p><p>More.</p></li><li><a name="n2">2</a> Second.</li></ul>',
        ],
    )
    def test_a_note_has_all_the_paragraphs_of_its_box(self, page, notes):
        found = document(page(f'<p>A.<a href="#n1" id="r1">[1]</a> B.<a href="#n2" name="r2">[2]</a></p>{notes}<p>After.</p>'))
        assert [note.text for note in found.notes] == ["First.\n\nMore.", "Second."]
        assert list(texts(found.blocks)) == ["A.[^1.1] B.[^1.2]", "After."]

    def test_a_list_in_a_note_stays_in_it(self, page):
        found = document(
            page(
                '<p>A.<a href="#n1" id="r1">[1]</a></p><div><div id="f1"><p><a href="#r1" name="n1">[1]</a> See:</p><ul><li>one<li>two</ul></div>'
            )
        )
        assert [note.text for note in found.notes] == ["See:\n\n- one\n- two"]

    def test_text_behind_a_note_in_the_same_box_stays_text(self, page):
        found = document(page('<div><p>A.<a href="#n1">[1]</a></p><p><a name="n1">[1]</a> First.</p><p>After.</p></div>'))
        assert ([note.text for note in found.notes], list(texts(found.blocks))) == (["First."], ["A.[^1.1]", "After."])

    @pytest.mark.parametrize("first", ['<p><a name="n1" href="#r1">[1]</a> First.</p>', '<p id="n1">[1] First.</p>'])
    def test_what_stands_between_two_notes_of_one_list_belongs_to_the_first_and_is_said(self, page, first):
        more = "<p>More words.</p><ul><li>one<li>two</ul><p>Last words.</p>"
        second = '<p><a name="n2" href="#r2">[2]</a> Second.</p><p>After.</p>'
        found = document(page(f'<p>A.<a href="#n1" name="r1">[1]</a> B.<a href="#n2" name="r2">[2]</a></p>\n<hr>{first}\n{more}{second}'))
        assert [note.text for note in found.notes] == ["First.\n\nMore words.\n\n- one\n- two\n\nLast words.", "Second."]
        assert list(texts(found.blocks)) == ["A.[^1.1] B.[^1.2]", "After."]
        words = "what stands between notes 1 and 2 is taken for a part of note 1: “More words. one two Last words.”"
        assert f"11: {words}" in said(found, "guessed")

    @pytest.mark.parametrize(
        "between",
        [
            '<p>More.</p><p>B.<a href="#n2" name="r2">[2]</a></p>',
            "<h2>Survey</h2><p>More.</p>",
            "<p>More.</p><h2>Survey</h2><p>More.</p>",
            "<p>More.</p><table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>x</td></tr></table>",
        ],
    )
    def test_text_between_two_lists_of_notes_stays_text(self, page, between):
        one, two = '<p><a name="n1" href="#r1">[1]</a> First.</p>', '<p><a name="n2" href="#r2">[2]</a> Second.</p>'
        call = "" if "r2" in between else '<a href="#n2" name="r2">[2]</a>'
        found = document(page(f'<p>A.<a href="#n1" name="r1">[1]</a> B.{call}</p>{one}{between}{two}'))
        assert [note.text for note in found.notes] == ["First.", "Second."]
        assert "More." in list(texts(found.blocks))
        assert "is taken for a part" not in said(found, "guessed")

    def test_text_behind_the_box_of_a_note_stays_text(self, page):
        one = '<div id="n1"><p>[1] First.</p><p>More.</p></div>'
        found = document(
            page(f'<p>A.<a href="#n1">[1]</a> B.<a href="#n2">[2]</a></p>{one}<p>Words.</p><div id="n2"><p>[2] Second.</p></div>')
        )
        assert [note.text for note in found.notes] == ["First.\n\nMore.", "Second."]
        assert "Words." in list(texts(found.blocks))

    def test_numbers_that_begin_again_are_a_second_series(self, page):
        part = '<h2>Part {0}</h2><p>Claim {0}.<a href="#n{0}">1</a></p><p id="n{0}">1. Source {0}.</p>'
        found = document(page(part.format("a") + part.format("b")))
        assert [(note.series, note.number, note.text) for note in found.notes] == [(1, "1", "Source a."), (2, "1", "Source b.")]

    def test_a_call_whose_note_is_missing_gets_a_placeholder(self, page):
        file = page('<p>A.<a href="#n1">1</a> B.<a href="#n2">2</a></p><p id="n1">1. First.</p>')
        assert [note.text for note in document(file).notes] == ["First.", None]
        assert "MISSING: note 2" in imported(file).text

    def test_a_contents_list_is_no_list_of_calls(self, page):
        found = document(page('<p><a href="#s1">1</a> <a href="#s2">2</a></p><h2 id="s1">One</h2><p>x</p><h2 id="s2">Two</h2><p>y</p>'))
        assert found.notes == []

    def test_notes_outside_the_main_part_are_kept(self, page):
        frame = '<body><main><p>A.<a href="#n1">1</a></p></main><aside>Advert</aside><div><p id="n1">1. First.</p></div></body>'
        found = document(page(frame, ""))
        assert [note.text for note in found.notes] == ["First."]
        assert "Advert" in said(found, "left-out")


class TestTypedNotes:
    def test_figures_in_brackets(self, page):
        found = document(page("<p>A.[1] B.[2] In 2015 [sic].</p><p>[1] First.</p><p>[2 ] Second.</p>"))
        assert [note.text for note in found.notes] == ["First.", "Second."]
        assert list(texts(found.blocks)) == ["A.[^1.1] B.[^1.2] In 2015 [sic]."]

    def test_superscripts_and_a_list_below_a_heading(self, page):
        found = document(
            page("<p>5 km<sup>2</sup> of mines.<sup>1</sup> Old.<sup>2</sup></p><h2>Endnotes</h2><ol><li>First.</li><li>Second.</li></ol>")
        )
        assert [note.text for note in found.notes] == ["First.", "Second."]
        assert list(texts(found.blocks)) == ["5 km² of mines.[^1.1] Old.[^1.2]"]

    def test_series_after_series_with_missing_notes(self, page):
        found = document(page("<p>A.[1] B.[2]</p><p>[1] a1.</p><p>C.[1] D.[2]</p><p>[1] b1.</p><p>[2] b2.</p>"))
        assert [(note.series, note.number, note.text) for note in found.notes] == [
            (1, "1", "a1."),
            (1, "2", None),
            (2, "1", "b1."),
            (2, "2", "b2."),
        ]
        assert called(found.blocks) == ["1.1", "1.2", "2.1", "2.2"]

    def test_exponents_alone_are_no_calls(self, page):
        found = document(page("<p>5 km<sup>2</sup>, 10<sup>6</sup>, the 1<sup>st</sup>, CO<sub>2</sub>.</p>"))
        assert list(texts(found.blocks)) == ["5 km², 10⁶, the 1st, CO₂."]
        assert found.notes == []

    def test_a_note_that_nothing_calls_is_kept_and_said(self, page):
        found = document(page("<p>A.[1]</p><h2>Notes</h2><p>1. First.</p><p>2. Second.</p>"))
        assert [note.text for note in found.notes] == ["First.", "Second."]
        assert called(found.blocks) == ["1.1", "1.2"]
        assert "note 2" in said(found, "guessed")


class TestWhatIsText:
    def test_the_site_is_left_out_and_said(self, page):
        found = document(page("<h1>Aldmoor</h1><p>Text.</p>"))
        assert (found.title, list(texts(found.blocks))) == ("Aldmoor", ["Text."])
        out = said(found, "left-out")
        for words in ("Northern desk", "Home", "Skip to the text", "All rights reserved", "Read the newsletter", "<script> 1", "<style> 1"):
            assert words in out
        assert "7: <nav>, 1 word" in out
        assert said(found, "lost") == ""

    def test_a_header_of_the_article_is_text(self, page):
        found = document(page("<article><header><h1>Aldmoor</h1><p>By the desk</p></header><p>Text.</p></article>"))
        assert (found.title, list(texts(found.blocks))) == ("Aldmoor", ["By the desk", "Text."])

    def test_a_menu_that_is_never_closed_takes_nothing_with_it(self, page):
        assert "Text." in list(texts(document(page("<nav><p>Text.</p>", "<body>{}</body>")).blocks))

    def test_a_form_round_the_whole_page_is_no_field(self, page):
        assert list(texts(document(page("<form><h1>A</h1><p>Text.</p><input></form>", "")).blocks)) == ["A", "Text."]

    def test_scripts_in_the_text_are_not_run(self, page):
        found = document(page("<p>A<script>document.write('evil')</script>B</p><p onclick='x()'>C</p>"))
        assert list(texts(found.blocks)) == ["AB", "C"]

    def test_nothing_is_fetched(self, page, monkeypatch):
        server = socket.create_server(("127.0.0.1", 0))
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
        seen = []
        real = subprocess.run

        def run(words, **more):
            seen.append(words)
            return real(words, **more)

        monkeypatch.setattr(running.subprocess, "run", run)
        body = f'<p>A <img src="{address}/a.png" alt="A map"> B</p><iframe src="{address}/f"></iframe><link rel="stylesheet" href="{address}/s.css">'
        body += f'<object data="{address}/o"></object><video src="{address}/v"></video><svg><image href="{address}/i"/></svg>'
        found = document(page(body))
        with pytest.raises(TimeoutError):
            server.accept()
        server.close()
        assert all("--sandbox" in words for words in seen)
        assert len(seen) == 1
        assert "a.png" in said(found, "lost")
        assert "A map" in said(found, "lost")
        assert list(texts(found.blocks)) == ["A B"]

    def test_links_are_whole(self, page):
        links = '<a href="/a b">one</a> <a href="https://x.example/?a=1&amp;b=(2)">two</a> <a href="javascript:x()">three</a> <a href="#main">four</a>'
        found = document(page(f"<p>{links} <a href='mailto:a@b.example'>a@b.example</a></p>"))
        assert found.blocks[0].text == (
            "[one](https://desk.example/a%20b) [two](https://x.example/?a=1&b=%282%29) three four <a@b.example>"
        )
        assert "three" in said(found, "lost")
        assert "other places" in said(found, "lost")

    def test_tables_with_heads_spans_and_ragged_rows(self, page):
        rows = "<tr><th>Province</th><th>Areas</th></tr><tr><td rowspan=2>North</td><td>1</td></tr><tr><td>2</td></tr><tr><td>South</td><td>3</td><td>surplus</td></tr>"
        found = document(page(f"<table><caption>By province</caption>{rows}</table>"))
        (table,) = found.blocks
        assert isinstance(table, Table)
        assert table.caption == "By province"
        assert [row.cells for row in table.rows] == [
            ["Province", "Areas", ""],
            ["North", "1", ""],
            ["", "2", ""],
            ["South", "3", "surplus"],
        ]
        assert "has 3 cells" in said(found, "changed")
        assert "over several rows" in said(found, "guessed")

    def test_labels_and_values_with_groups(self, page):
        rows = "<tr><td colspan=2><b>Treaty status</b></td></tr><tr><td>Mine Ban Treaty</td><td>Party</td></tr>"
        (facts,) = document(page(f"<table>{rows}</table>")).blocks
        assert isinstance(facts, Facts)
        ((head, (fact,)),) = facts.groups
        assert (head, fact.label, fact.values) == ("Treaty status", "Mine Ban Treaty", ["Party"])

    def test_levels_have_no_gaps(self, page):
        found = document(page("<h1>T</h1><h3>A</h3><p>x</p><h5>B</h5><p>y</p><h6>C</h6><p>z</p><h3>D</h3><p>w</p>"))
        assert [(one.level, one.text) for one in found.blocks if isinstance(one, Heading)] == [(1, "A"), (2, "B"), (3, "C"), (1, "D")]

    def test_lists_quotations_and_lines(self, page):
        found = document(page("<ul><li>a<ol><li>b</li></ol></li></ul><blockquote><p>q</p></blockquote><p>one<br>two</p>"))
        assert isinstance(found.blocks[0], List)
        assert list(texts(found.blocks)) == ["a", "b", "q", "one\\\ntwo"]

    def test_lines_of_the_file_are_told(self, page):
        found = document(page("<p>a</p>\n<p>b</p>\n\n<h2>c</h2>", "<html><body>\n{}\n</body></html>"))
        assert [one.line for one in found.blocks if isinstance(one, (Paragraph, Heading))] == [2, 3, 5]

    def test_emphasis_that_markdown_cannot_write_loses_no_word(self, page):
        found = document(page("<p>a<b>, b</b>c <i>d</i><i>e</i> <b><i> f </i></b>g<i>“h”</i>i</p>"))
        assert said(found, "lost") == ""
        assert "f" in found.blocks[0].text

    def test_every_word_is_on_the_pages_that_are_built(self, page, tmp_path):
        body = (
            LINKED
            + "<h2>Survey</h2><table><tr><th>Output</th><th>2024</th><th>2023</th></tr><tr><td>Cleared land</td><td>1.5</td><td>2</td></tr></table>"
        )
        words = "Aldmoor Contamination Mines lie on the ridge They are old and many First source Ridge paper Second It has two paragraphs"
        found = printed(page(body), tmp_path)
        assert found.missing(f"{words} Survey Output 2024 2023 Cleared land 1.5") == []
        assert "Ridge paper" in found.notes["1"]


class TestEncodings:
    def test_the_encoding_that_a_page_names(self, tmp_path):
        file = tmp_path / "a.html"
        file.write_bytes('<meta charset="windows-1251"><p>Мины</p>'.encode("cp1251"))
        assert list(texts(document(file).blocks)) == ["Мины"]

    def test_one_that_nobody_knows_is_guessed_and_said(self, tmp_path):
        file = tmp_path / "a.html"
        file.write_bytes(b'<meta charset="x-nobody"><p>caf\xe9</p>')
        assert list(texts(document(file).blocks)) == ["café"]
        assert [one.code for one in import_file(file).diagnostics] == ["I004"]


class TestBounds:
    def test_a_page_without_words(self, tmp_path):
        (tmp_path / "a.html").write_text("<html><script>x</script></html>")
        assert refused(tmp_path / "a.html")[0] == "I003"

    def test_a_page_nested_too_deeply(self, tmp_path):
        (tmp_path / "a.html").write_text("<b>" * 100_000)
        assert refused(tmp_path / "a.html")[0] == "I015"

    def test_a_page_that_is_too_long(self, tmp_path):
        (tmp_path / "a.html").write_text(f"<p>{'word ' * 1_100_000}")
        assert refused(tmp_path / "a.html")[0] == "F003"
        (tmp_path / "a.html").write_text(f"<p>{'word ' * 400_000}")
        begun = time.monotonic()
        assert refused(tmp_path / "a.html")[0] == "F003"
        assert time.monotonic() - begun < 30

    def test_a_cell_that_says_it_is_very_wide(self, tmp_path):
        (tmp_path / "a.html").write_text(
            "<table><tr><td colspan=999999999999>a</td></tr><tr><td rowspan=99999>b</td><td>c</td></tr></table>"
        )
        assert "".join(texts(document(tmp_path / "a.html").blocks)) == "abc"


class TestLayoutTables:
    MENU = '<td><a href="/a">Home</a><br><a href="/b">About us</a><br><a href="/c">Contact</a></td>'

    def test_a_page_in_a_table_is_read_as_a_page(self, page):
        inner = "<table><tr><th>Body</th><th>Role</th></tr><tr><td>Northern desk</td><td>Survey</td></tr></table>"
        text = f"<td><h1>Aldmoor</h1><h2>Survey</h2><p>First.</p><p>Second.</p>{inner}<h2>Land</h2><ul><li>One<li>Two</ul></td>"
        found = document(page(f"<table><tr>{self.MENU}{text}</tr></table>", frame="<html><body>{}</body></html>"))
        kinds = [type(block).__name__ for block in found.blocks]
        assert kinds == ["Heading", "Paragraph", "Paragraph", "Table", "Heading", "List"]
        assert found.title == "Aldmoor"
        assert "Home About us Contact" in said(found, "left-out")
        assert "layout of the page" in said(found, "guessed")
        assert "words of the page" not in said(found, "lost")

    def test_a_cell_with_two_paragraphs_is_no_page(self, page):
        rows = "<tr><td>Treaty</td><td><p>Not a party.</p><p>Observer.</p></td></tr><tr><td>Land</td><td>None</td></tr>"
        (facts,) = document(page(f"<table>{rows}</table>")).blocks
        assert isinstance(facts, Facts)

    def test_links_in_the_text_are_no_menu(self, page):
        links = "".join(f'<p><a href="https://example.org/{name}">Report {name}</a></p>' for name in "abcd")
        found = document(page(f"<table><tr><td><p>See</p>{links}</td><td>x</td></tr></table>"))
        assert len(found.blocks) == 6
