"""Notes at the end of a section or of the whole: one setting moves them; the audit and verify name every break."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pytest

from breaking import Broken, is_of_structure, with_code
from monitorpub.compose import compose
from monitorpub.end_notes import notes_at
from monitorpub.listing import words
from monitorpub.number import Numbered
from monitorpub.pipeline import build, prepare
from monitorpub.produce import composed
from monitorpub.standard import UA2_A4F, Archival
from monitorpub.testing import assert_notes
from monitorpub.verifying import apparatus_of, read_pdf, verify_file
from monitorpub.workspace import packaged
from printed import said_in
from structure import Structure, read_aloud

SOURCE = """\
layout: LAYOUT
country: {code: PRK, name: North Korea}
language: en-GB
volume: A Report
edition: 2025
last-updated: 2025-08-31
key-data:
  - fact: Status[^status]
    value: "State not party[^table]"
key-developments: "It was said.[^said]"
capacity:
  - {list: Operators, items: [Army]}
sections:
  - title: The first section
    id: first
    text: "Mines lie here.[^mines] More lie there.[^more]"
    sections:
      - {title: Below it, id: below, text: "Again.[^mines][^status]"}
  - title: The second section
    id: second
    text: "Words.[^words] The same.[^mines]"
    tables:
      - table: "Areas[^area]"
        id: areas
        rows: [{id: one, label: "One[^words]", values: {2024: 3}}]
        notes: {area: Of two kinds.}
notes:
  status: A note on status.
  table: A note of the key data.
  said: A note on what was said.
  mines: A note on mines.
  more: |
    A note of two paragraphs.

    The second of them.
  words: A note on words.
"""


def layout(folder: Path, name: str, notes: str, more: str = "", template: str = "") -> None:
    """A layout of the workspace that prints its notes so, and stands otherwise as the tool's own does."""
    own = packaged("layouts")
    settings = (own / "clearing-the-mines.yaml").read_text(encoding="utf-8").replace("numbering: continuous\n", more)
    (folder / "layouts").mkdir(exist_ok=True)
    (folder / "layouts" / f"{name}.yaml").write_text(settings + f"notes: {notes}\n", encoding="utf-8")
    text = template or (own / "clearing-the-mines.html").read_text(encoding="utf-8")
    (folder / "layouts" / f"{name}.html").write_text(text, encoding="utf-8")


LAYOUTS = {
    "at-foot": ("foot", ""),
    "at-end": ("end", ""),
    "by-section": ("section", ""),
    "through": ("section", "numbering: continuous\n"),
    "end-by-section": ("end", "numbering: per-section\n"),
}


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    """A workspace with a source in each of the layouts, the same but for that line."""
    folder = tmp_path_factory.mktemp("end-notes")
    (folder / "monitorpub.yaml").write_text("")
    for name, (notes, more) in LAYOUTS.items():
        layout(folder, name, notes, more)
        (folder / f"{name}.yaml").write_text(SOURCE.replace("LAYOUT", name), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def built(home) -> dict[str, bytes]:
    done, said = build([home / f"{name}.yaml" for name in LAYOUTS], home)
    assert [d.message for d in said] == []
    return {one.file.stem: one.file.read_bytes() for one in done}


def numbered(home: Path, name: str) -> Numbered:
    value = prepare(home / f"{name}.yaml").value
    assert value is not None
    return value.numbered


def marks(groups) -> list[tuple[str, str]]:
    return [(note.mark, note.label) for group in groups for note in group.notes]


class TestWhereTheyStand:
    def test_all_at_the_end_in_the_order_of_their_numbers(self, home):
        one = numbered(home, "at-end")
        labels = ["status", "table", "said", "mines", "more", "words"]
        assert marks(notes_at(one, "~end")) == [(str(n), label) for n, label in enumerate(labels, 1)]
        assert notes_at(one, "first") == ()

    def test_each_section_has_its_own_and_the_blocks_before_them_theirs(self, home):
        one = numbered(home, "by-section")
        assert marks(notes_at(one, "~capacity")) == [("1", "status"), ("2", "table"), ("3", "said")]
        assert marks(notes_at(one, "first")) == [("1", "mines"), ("2", "more"), ("3", "status")]
        assert marks(notes_at(one, "second")) == [("1", "words"), ("2", "mines")]

    def test_numbers_may_run_through_sections(self, home):
        one = numbered(home, "through")
        assert marks(notes_at(one, "first")) == [("4", "mines"), ("5", "more")]
        assert marks(notes_at(one, "second")) == [("6", "words")]

    def test_numbers_of_sections_at_the_end_stand_under_the_titles_of_sections(self, home):
        groups = notes_at(numbered(home, "end-by-section"), "~end")
        assert [(group.title.source if group.title else None, len(group.notes)) for group in groups] == [
            (None, 3),
            ("The first section", 3),
            ("The second section", 2),
        ]

    def test_at_the_foot_nothing_stands_at_an_end(self, home):
        one = numbered(home, "at-foot")
        assert {note.place for note in one.notes} == {""}
        assert notes_at(one, "") != ()
        assert [notes_at(one, place) for place in ("~end", "~capacity", "first", "second")] == [()] * 4

    def test_the_setting_moves_notes_and_touches_nothing_else(self, home):
        foot, end = numbered(home, "at-foot"), numbered(home, "at-end")
        assert [(n.id, n.mark, [(c.id, c.path) for c in n.calls]) for n in foot.notes] == [
            (n.id, n.mark, [(c.id, c.path) for c in n.calls]) for n in end.notes
        ]

    def test_calls_are_the_same_html_and_only_the_bodies_move(self, home):
        texts = []
        for name in ("at-foot", "at-end"):
            one = prepare(home / f"{name}.yaml").value
            texts.append(compose(one.numbered, one.images, one.workspace, name).value.html)
        foot, end = texts
        found = [re.findall(r'<a class="note-call"[^>]*>[^<]*</a>', text) for text in texts]
        assert found[0] == found[1] != []
        assert (foot.count('class="note"'), foot.count('class="end-note"')) == (6, 0)
        assert (end.count('class="note"'), end.count('class="end-note"')) == (0, 6)
        assert end.index('class="end-note"') > end.rindex('class="note-call"')


class TestPages:
    @pytest.mark.parametrize("name", LAYOUTS)
    def test_every_note_is_proved_and_has_its_words(self, home, built, name):
        found = verify_file(home / f"{name}.pdf")
        assert [d.message for d in found.diagnostics] == []
        assert (found.notes, found.table_notes) == (8 if "by-section" in name else 6, 1)
        assert_notes(home / f"{name}.yaml", pdf=home / f"{name}.pdf")

    def test_a_note_leads_back_to_all_its_calls(self, home, built):
        document, _ = read_pdf(home / "at-end.pdf")
        back = sorted(link.target for link in document.links if "/call-mines" in link.target)
        assert back == ["at-end/call-mines-1", "at-end/call-mines-2", "at-end/call-mines-3"]
        note = next(note for note in apparatus_of(document).notes if note.name.endswith("note-mines"))
        assert (note.text, note.back) == ("A note on mines.", "at-end/call-mines-1")

    def test_a_screen_reader_meets_them_under_their_heading(self, built):
        Structure(built["by-section"]).assert_sound()
        lines = [line.strip() for line in read_aloud(built["by-section"])]
        words = [line for line in lines if re.match(r"H\d|Note|Table\b", line)]
        at = next(i for i, line in enumerate(words) if "The second section" in line)
        assert [line.split()[0] for line in words[at:]] == ["H2", "Table", "Note", "H3", "Note", "Note"]

    def test_pdf_2_tells_them_from_notes_at_the_foot(self, home, tmp_path):
        kinds = {}
        for name in ("at-end", "at-foot"):
            done, said = build([home / f"{name}.yaml"], tmp_path, archival=Archival(UA2_A4F))
            assert said == []
            assert [d.message for d in verify_file(done[0].file).diagnostics] == []
            structure = Structure(done[0].file.read_bytes())
            kinds[name] = sorted(str(node.object.A.NoteType) for node in structure.nodes if node.role == "/FENote")
        assert kinds == {"at-end": ["/Endnote"] * 6 + ["/Footnote"], "at-foot": ["/Footnote"] * 7}

    def test_the_record_knows_where_they_stand(self, home):
        one = prepare(home / "by-section.yaml").value
        job = composed(one, "by-section").value
        assert dict(job.placed)["note-first~mines"] == "first"
        assert dict(job.placed)["note-status"] == ""
        part = job.run()
        assert set(part.notes) == {note for note, _ in job.notes}
        assert set(part.calls) >= {call for _, call in job.notes}
        (first,) = [part.anchors["first"]]
        assert (part.notes["note-status"].page, part.notes["note-status"].y) < (first.page, first.y)
        assert (part.notes["note-first~mines"].page, part.notes["note-first~mines"].y) > (first.page, first.y)

    def test_their_words_are_none_of_the_body(self, home):
        job = composed(prepare(home / "at-end.yaml").value, "at-end").value
        words = " ".join(job.run().words)
        assert "Mines lie here." in words
        assert "A note on" not in words

    def test_a_note_longer_than_a_page_goes_on_on_the_next(self, home):
        long = SOURCE.replace("LAYOUT", "at-end").replace("A note on what was said.", "It goes on. " * 1500)
        (home / "long.yaml").write_text(long, encoding="utf-8")
        done, said = build([home / "long.yaml"], home)
        assert [d.message for d in said] == []
        assert done[0].pages >= 3
        assert [d.message for d in verify_file(done[0].file).diagnostics] == []
        assert_notes(home / "long.yaml", pdf=done[0].file)


OWN = """\
{% extends "base.html" %}
{% from "blocks/key-data.html" import key_data %}
{% from "blocks/section.html" import section %}
{% from "blocks/end-notes.html" import end_notes %}
{% block body %}
BEFORE
<h1 class="chapter-title">{{ profile.name }}</h1>
{{ key_data(profile.key_data, words, tables) }}
{{ text(profile.key_developments) }}
{% for one in profile.sections %}{{ section(one, words, tables, 2, layout.section_order) }}{% endfor %}
AFTER
{% endblock %}
"""
LIST = (
    "{% for one in notes_at('~end')[0].notes %}"
    '<div class="end-note" role="doc-footnote" id="{{ one.id }}"><a class="note-mark" role="doc-backlink" '
    'href="#{{ BACK }}">{{ MARK }} </a>{{ note(one) }}</div>{% endfor %}'
)


class TestAudit:
    @pytest.fixture
    def remarks(self, tmp_path):
        """What building says with a workspace's own template."""

        def of(before: str = "", after: str = "", notes: str = "end", **blocks: str) -> list:
            (tmp_path / "layouts").mkdir(exist_ok=True)
            layout(tmp_path, "own", notes, template=OWN.replace("BEFORE", before).replace("AFTER", after))
            for name, text in blocks.items():
                (tmp_path / "layouts" / "blocks").mkdir(exist_ok=True)
                (tmp_path / "layouts" / "blocks" / f"{name.replace('_', '-')}.html").write_text(text, encoding="utf-8")
            source = tmp_path / "own.yaml"
            source.write_text(SOURCE.replace("LAYOUT", "own"), encoding="utf-8")
            _, said = build([source], tmp_path)
            return said

        return of

    def test_a_whole_template_is_silent(self, remarks):
        assert remarks(after='{{ end_notes("~end", words, 2) }}') == []

    def test_notes_that_the_template_does_not_print_are_named_on_their_lines(self, remarks):
        said = remarks()
        assert {d.code for d in said} == {"P001", "P005"}  # the engine says that links lead nowhere
        assert sum(d.code == "P001" for d in said) == 6
        lost = next(d for d in said if "'mines'" in d.message)
        assert (lost.message, lost.place.text.strip()) == ("The note 'mines' (number 4) is on no page.", "mines: A note on mines.")

    def test_notes_that_are_printed_twice_are_named(self, remarks):
        printed = '{{ end_notes("~end", words, 2) }}'
        said = [d for d in remarks(after=printed * 2) if d.code == "P001"]
        assert [d.message for d in said[:1]] == ["The note 'status' (number 1) stands 2 times."]
        assert len(said) == 6

    def test_notes_before_their_calls_are_named(self, remarks):
        said = remarks(before='{{ end_notes("~end", words, 2) }}')
        assert {d.code for d in said} == {"P003"}
        assert said[0].message == "The note 'status' (number 1) stands on page 1, before its call on page 1."

    def test_notes_out_of_order_are_named(self, remarks):
        backwards = LIST.replace(".notes %}", ".notes | reverse %}").replace("BACK", "one.calls[0].id").replace("MARK", "one.mark")
        said = remarks(after=backwards)
        assert {d.code for d in said} == {"P003"}
        assert len(said) == 5
        assert "the note before it stands further on" in said[0].message

    def test_a_number_that_the_template_counts_itself_is_named(self, remarks):
        said = remarks(after=LIST.replace("MARK", "loop.index + (loop.index > 4)").replace("BACK", "one.calls[0].id"))
        assert {d.code for d in said} == {"P014"}
        assert [d.message for d in said if "'words'" in d.message and "page 1 prints “6”" in d.message]
        assert {d.path for d in said} == {"notes.more", "notes.words"}

    def test_a_number_that_leads_back_to_another_call_is_named(self, remarks):
        said = remarks(after=LIST.replace("MARK", "one.mark").replace("BACK", "one.calls[-1].id"))
        assert {(d.code, d.path) for d in said} == {("P014", f"notes.{label}") for label in ("status", "mines", "words")}

    def test_notes_of_a_section_at_the_end_of_another_are_named(self, remarks):
        block = (packaged("layouts") / "blocks" / "section.html").read_text(encoding="utf-8")
        wrong = block.replace("end_notes(one.anchor,", "end_notes({'first': 'second', 'second': 'first'}[one.anchor],")
        said = remarks(notes="section", after='{{ end_notes("~capacity", words, 2) }}', section=wrong)
        told = {d.message.partition(") ")[2] for d in said if d.path in ("notes.more", "notes.mines")}
        assert {d.code for d in said} == {"P003"}
        assert any("at the end of another section" in one for one in told)

    def test_notes_at_the_foot_of_a_layout_of_end_notes_are_named(self, remarks):
        spans = LIST.replace("MARK", "one.mark").replace("BACK", "one.calls[0].id").replace("div", "span").replace("end-note", "note")
        assert {d.code for d in remarks(after=f"<p>{spans}</p>")} == {"P003"}


class TestVerify:
    @pytest.fixture
    def codes(self, tmp_path):
        def verified(broken: Broken) -> set[str]:
            found = verify_file(broken.save(tmp_path / "broken.pdf"))
            return {d.code for d in found.diagnostics if not is_of_structure(d.code)}

        return verified

    @pytest.fixture
    def ends(self, built) -> Broken:
        return Broken(built["at-end"])

    @pytest.fixture
    def sections(self, built) -> Broken:
        return Broken(built["by-section"])

    @staticmethod
    def page(broken: Broken, words: str) -> tuple[int, int]:
        """The page of a note, and the index of its mark there: the piece before its words."""
        for number, page in enumerate(broken.pages, 1):
            for index, piece in enumerate(page.pieces):
                if piece.text.strip().startswith(words):
                    return number, index - 1
        raise LookupError(words)

    def test_whole_files_are_proved(self, ends, sections, codes):
        assert (codes(ends), codes(sections)) == (set(), set())

    def test_a_note_is_not_printed(self, ends, codes):
        page, mark = self.page(ends, "A note on mines")
        ends.drop(page, mark, mark + 1)
        assert codes(ends) == {"V010", "V015"}

    def test_a_note_is_gone_with_its_place(self, ends, codes):
        page, mark = self.page(ends, "A note on mines")
        ends.drop(page, mark, mark + 1)
        ends.drop_destination("note-mines")
        assert codes(ends) == {"V012", "V015", "V023"}

    def test_a_note_has_no_words(self, ends, codes):
        page, mark = self.page(ends, "A note on words")
        ends.drop(page, mark + 1)
        assert codes(ends) == {"V019"}

    def test_the_number_of_a_note_is_changed(self, ends, codes):
        page, mark = self.page(ends, "A note on mines")
        _, other = self.page(ends, "A note of the key data")
        code = ends.pages[page - 1].pieces[other].signs[0].code
        ends.edit(page, lambda i, piece, operands: with_code(piece, operands, 0, code) if i == mark else operands)
        assert codes(ends) == {"V013", "V014", "V015", "V016", "V020"}

    def test_two_notes_change_places_with_their_links(self, ends, codes):
        page, one = self.page(ends, "A note of the key data")
        _, two = self.page(ends, "A note on what was said")
        pieces = ends.pages[page - 1].pieces
        down = pieces[one].y - pieces[two].y
        ends.move(page, {**dict.fromkeys((one, one + 1), (0, down / 0.75)), **dict.fromkeys((two, two + 1), (0, -down / 0.75))})
        for label, step in (("table", down), ("said", -down)):
            place = ends.destination(f"note-{label}")
            place[3] = float(place[3]) - step
            (link,) = ends.links(page, f"call-{label}-1")
            link.Rect = pikepdf.Array([float(n) - (step if i % 2 else 0) for i, n in enumerate(link.Rect)])
        assert codes(ends) == {"V014"}

    def test_a_call_leads_to_another_note(self, ends, codes):
        page = next(number for number in range(1, len(ends.pages) + 1) if ends.links(number, "note-more"))
        (link,) = ends.links(page, "note-more")
        ends.lead(link, "note-said")
        assert {"V011", "V013"} <= codes(ends)

    def test_the_way_back_is_gone(self, ends, codes):
        page, _ = self.page(ends, "A note on words")
        ends.drop_links(page, "call-words-1")
        assert codes(ends) == {"V022"}

    def test_the_way_back_to_a_later_call_is_gone(self, ends, tmp_path):
        page, _ = self.page(ends, "A note on mines")
        ends.drop_links(page, "call-mines-2")
        found = verify_file(ends.save(tmp_path / "broken.pdf"))
        told = [(d.code, d.message) for d in found.diagnostics if not is_of_structure(d.code)]
        assert told == [("V022", f"Page {page}: the note 4 does not lead back to its call on page 1.")]

    def test_a_note_stands_before_its_call(self, ends, tmp_path):
        """The title over the notes, and with it all of them, stands before what calls some."""
        place = ends.destination("end-notes~~end")
        first = ends.destination("call-mines-1")
        place[0], place[3] = first[0], float(first[3]) + 20
        found = verify_file(ends.save(tmp_path / "broken.pdf"))
        told = [d.message for d in found.diagnostics if d.code == "V018"]
        assert told[0].endswith("the note 4 stands here, before its call on page 1.")
        assert len(told) == 3

    def test_a_note_stands_in_another_section(self, sections, tmp_path):
        """The place where the notes of the second section begin is moved above a note of the first."""
        place, last = sections.destination("end-notes~second"), sections.destination("note-first~status")
        place[0], place[3] = last[0], float(last[3]) + 1
        found = verify_file(sections.save(tmp_path / "broken.pdf"))
        told = [d.message for d in found.diagnostics if d.code == "V018"]
        assert any("the note 3 stands here, at the end of another section than that of its call" in one for one in told)

    def test_the_words_of_a_note_are_those_of_another_source(self, home, built):
        other = (home / "at-end.yaml").read_text(encoding="utf-8").replace("A note on mines.", "Another note.")
        (home / "other.yaml").write_text(other, encoding="utf-8")
        with pytest.raises(AssertionError, match="V053"):
            assert_notes(home / "other.yaml", pdf=home / "at-end.pdf")


def test_no_ibid_stands_at_the_head_of_the_notes_of_a_section(home):
    """Numbers that run through do not make one list of them: the note before stands pages away."""
    text = (
        SOURCE.replace(
            "notes:\n  status:", "references:\n  - {id: law, type: legislation, title: Mine Act, issued: 2024}\nnotes:\n  status:"
        )
        .replace("A note on words.", '"[@law]"')
        .replace("A note of two paragraphs.\n\n    The second of them.", "[@law]")
    )
    marks = {}
    for name in ("through", "at-end"):
        (home / f"ibid-{name}.yaml").write_text(text.replace("LAYOUT", name), encoding="utf-8")
        one = prepare(home / f"ibid-{name}.yaml").value
        marks[name] = words(next(note for note in one.numbered.notes if note.label == "words"), one.numbered)
    assert marks["at-end"] == "Ibid."
    assert "Mine Act" in marks["through"]


def test_a_setting_that_is_none_is_named(run, workspace):
    layout(workspace.root, "own", "margin")
    (said,) = said_in(run("check", workspace.write(SOURCE.replace("LAYOUT", "own"))).stderr)
    assert (said.code, said.under) == ("L002", "margin")


def test_chapters_print_their_notes_where_their_layout_says(edition):
    settings = (packaged("layouts") / "annual-report.yaml").read_text(encoding="utf-8")
    (edition.root / "layouts").mkdir()
    (edition.root / "layouts" / "annual-report.yaml").write_text(settings + "notes: end\n", encoding="utf-8")
    edition.compiled()
    found = verify_file(edition.output)
    assert [d.message for d in found.diagnostics if d.severity == "error"] == []
    document, _ = read_pdf(edition.output)
    assert "overview/end-notes~~end" in document.destinations
    (note,) = [note for note in apparatus_of(document).notes if note.name.startswith("overview/note-")]
    title = document.destinations["overview/end-notes~~end"]
    assert (note.page, note.text) == (title.page, "The note of the overview.")
    assert title.y - 40 < note.y < title.y
