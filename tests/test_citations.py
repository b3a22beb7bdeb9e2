"""Citations: the text of every kind of source in both houses, repeats, and what an editor reads when something is wrong."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest
import yaml

from conftest import HEAD
from monitorpub.citations import pandoc
from monitorpub.citations.house import read_house
from monitorpub.citations.syntax import Cite, read_cites
from monitorpub.citations.vocabulary import TYPES
from monitorpub.codes import CODES
from monitorpub.pipeline import build, prepare
from monitorpub.report import as_text
from monitorpub.text.html import note_to_html
from monitorpub.workspace import packaged
from printed import said_in
from reading import read_pdf, words

ROOT = Path(__file__).parents[1]
KINDS = yaml.safe_load((Path(__file__).parent / "citations" / "kinds.yaml").read_text(encoding="utf-8"))
LAYOUT = (ROOT / "layouts" / "clearing-the-mines.yaml").read_text(encoding="utf-8")

A = {"id": "a", "type": "report", "title": "A"}
B = {"id": "b", "type": "report", "title": "B"}
C = {"id": "c", "type": "article-newspaper", "title": "C", "container-title": "X", "URL": "https://c.org/a_b"}


def profile(notes: list[str], records: object = (A, B, C), more: str = "", sections: list[list[int]] | None = None) -> str:
    """A profile whose notes 1, 2, 3 ... are called in this order, or as the sections say."""
    lines = [HEAD + more + "sections:"]
    for index, calls in enumerate(sections or [list(range(1, len(notes) + 1))]):
        lines += [f"  - title: Section {index}", "    text: |", "      Words" + "".join(f".[^n{call}] And" for call in calls) + " on."]
    lines += [f"references: {json.dumps(records, ensure_ascii=False, default=str)}", "notes:"]
    lines += [f"  n{index}: {json.dumps(note, ensure_ascii=False)}" for index, note in enumerate(notes, 1)]
    return "\n".join(lines) + "\n"


def house(workspace, **settings: str) -> None:
    """Change the settings of the layout."""
    workspace.write(LAYOUT + "".join(f"{name}: {value}\n" for name, value in settings.items()), "layouts/clearing-the-mines.yaml")


def shown(note) -> str:
    """A note as a reader sees it, with *italics*."""
    text = html.unescape(re.sub("<[^>]+>", "", re.sub("</?em>", "*", note_to_html(note))))
    return text.replace("\u2060", "").replace("\u00a0", " ").replace("\u200e", "")


def notes_of(file: Path) -> list[str]:
    found = prepare(file)
    assert not [d for d in found.diagnostics if d.code not in ("C006", "C013")], [(d.code, d.message) for d in found.diagnostics]
    return [shown(note) for note in found.value.numbered.notes]


@pytest.fixture
def printed(workspace):
    def make(notes, *records, more="", sections=None):
        return notes_of(workspace.write(profile(notes, list(records) or [A, B, C], more, sections)).resolve())

    return make


@pytest.fixture
def check(workspace):
    """What is said while a profile is prepared, as an editor reads it; the rules of ``monitorpub check`` are proved elsewhere."""

    def said_of(text, name="profile.yaml"):
        return said_in(as_text(prepare(workspace.write(text, name)).diagnostics))

    return said_of


@pytest.mark.parametrize("name", ["mar", "monitor"])
def test_every_kind_of_source_is_printed_as_the_house_prints_it(workspace, name):
    """All kinds in one profile; each in a section of its own, so that nothing is a repeat unless the case says so."""
    records, notes, sections, wanted = [], [], [], []
    for index, case in enumerate(KINDS):
        records.append({"id": f"k{index}", **case["record"]})
        locator = f", {case['locator']}" if "locator" in case else ""
        cite = f"[@k{index}{locator}]"
        repeat = case.get("repeat")
        notes += [f"[@k{index}]", "Words.", cite] if repeat else [cite]
        sections.append(list(range(len(notes) - (2 if repeat else 0), len(notes) + 1)))
        wanted.append((len(notes) - 1, case))
    got = {}
    for repeats in ("ibid", "short"):
        style = "monitor" if name == "monitor" else "mine-action-review"
        house(workspace, house=style)
        source = profile(notes, records, f"numbering: per-section\nrepeats: {repeats}\n", sections)
        got[repeats] = notes_of(workspace.write(source).resolve())
    wrong = [
        (case["kind"], case[name], line)
        for index, case in wanted
        if (line := got["short" if case.get("repeat") == "short" else "ibid"][index]) != case[name]
    ]
    assert wrong == []


def test_every_kind_has_its_line_in_both_houses():
    assert len(KINDS) > 30
    assert all({"kind", "record", "mar", "monitor"} <= set(case) for case in KINDS)
    assert all(re.search(r"(?<!\.)\.’?”?$|[?]”$", case[name]) for case in KINDS for name in ("mar", "monitor"))


REPEATS = [
    ("the same source", ["[@a]", "[@a]", "[@a]"], ["“A”.", "Ibid.", "Ibid."]),
    ("another page", ["[@a, p. 380]", "[@a, p. 379]"], ["“A”, p. 380.", "Ibid., p. 379."]),
    ("the same page", ["[@a, p. 380]", "[@a, p. 380]"], ["“A”, p. 380.", "Ibid."]),
    ("the same page after an Ibid. with another", ["[@a, p. 1]", "[@a, p. 2]", "[@a, p. 2]", "[@a, p. 1]"], ["“A”, p. 1.", "Ibid., p. 2.", "Ibid.", "Ibid., p. 1."]),
    ("a page first now", ["[@a]", "[@a, p. 3]"], ["“A”.", "Ibid., p. 3."]),
    ("no page any more", ["[@a, p. 3]", "[@a]"], ["“A”, p. 3.", "“A”."]),
    ("the same range typed otherwise", ["[@a, pp. 8-9]", "[@a, pp. 8–9]"], ["“A”, pp. 8–9.", "Ibid."]),
    ("another range, cut short", ["[@a, pp. 8-9]", "[@a, pp. 379-82]"], ["“A”, pp. 8–9.", "Ibid., pp. 379–382."]),
    ("an annex and its page", ["[@a, Annex 2, p. 7]", "[@a, Annex 3, pp. 9-10]"], ["“A”, Annex 2, p. 7.", "Ibid., Annex 3, pp. 9–10."]),
    ("a source between", ["[@a]", "[@b]", "[@a]"], ["“A”.", "“B”.", "“A”."]),
    ("free text between", ["[@a]", "The letter was not answered.", "[@a]"], ["“A”.", "The letter was not answered.", "“A”."]),
    ("two sources before", ["[@a; @b]", "[@b]", "[@b]"], ["“A”; and “B”.", "“B”.", "Ibid."]),
    ("two cites of one source before", ["[@a, p. 1; @a, p. 2]", "[@a, p. 2]"], ["“A”, p. 1; and “A”, p. 2.", "“A”, p. 2."]),
    ("a new source behind an Ibid.", ["[@a]", "[@a; @b]", "[@b]"], ["“A”.", "Ibid.; and “B”.", "“B”."]),
    ("two new sources behind an Ibid. with its page", ["[@a]", "[@a, p. 2; @b; @c]"], ["“A”.", "Ibid., p. 2; “B”; and “C”, *X*, at: https://c.org/a_b."]),
    ("second in its note", ["[@a]", "[@b; @a]"], ["“A”.", "“B”; and “A”."]),
    ("a comment before", ["[@a]", "None was cleared. [@a, p. 2]"], ["“A”.", "None was cleared. Ibid., p. 2."]),
    ("a comment before, with See", ["[@a]", "None was cleared. [see @a]"], ["“A”.", "None was cleared. See ibid."]),
    ("within a sentence", ["[@a]", "As it says in [@a]."], ["“A”.", "As it says in ibid."]),
    ("a comment after", ["[@a]. It was signed later.", "[@a]"], ["“A”. It was signed later.", "Ibid."]),
    ("after a comment of the note before", ["It was signed. [@a]", "[@a]"], ["It was signed. “A”.", "Ibid."]),
    ("a comment after an Ibid.", ["[@a]", "[@a]. It was signed later."], ["“A”.", "Ibid. It was signed later."]),
    ("a source in free text beside the cite before", ["Email from X, 5 May 2020; and [@a]", "[@a]"], ["Email from X, 5 May 2020; and “A”.", "“A”."]),
    ("a source in free text after the cite before", ["[@a]; and email from X, 5 May 2020.", "[@a]"], ["“A”; and email from X, 5 May 2020.", "“A”."]),
    ("a source in free text before the cite", ["[@a]", "Email from X, 5 May 2020; and [@a]"], ["“A”.", "Email from X, 5 May 2020; and “A”."]),
    ("several brackets", ["[@a]", "[@a], which says so; and [@b]."], ["“A”.", "Ibid., which says so; and “B”."]),
    ("two paragraphs", ["[@a]", "[@a]\n\nAnd: [@b]", "[@b]"], ["“A”.", "Ibid.And: “B”.", "“B”."]),
    ("paragraphs, a list and a quotation set off", ["[@a]\n\n- [@b]\n- [@c]\n\n> As it was said"], ["“A”.– “B”.– “C”, *X*, at: https://c.org/a_b.As it was said"]),
    ("later without its address", ["[@c]", "[@a]", "[@c]"], ["“C”, *X*, at: https://c.org/a_b.", "“A”.", "“C”, *X*."]),
    ("words after the reference", ["[@c, p. 2]", "[@c, p. 2 (in Korean)]", "[@a (emphasis added)]"], ["“C”, *X*, p. 2, at: https://c.org/a_b.", "Ibid., p. 2 (in Korean).", "“A” (emphasis added)."]),
    ("See at the head", ["[see @a, pp. 8-9; @b, Annex 2, p. 7]"], ["See “A”, pp. 8–9; and “B”, Annex 2, p. 7."]),
    ("three sources with words before each", ["[@a; see also @b; @c, p. 1]"], ["“A”; see also “B”; and “C”, *X*, p. 1, at: https://c.org/a_b."]),
]  # fmt: skip


@pytest.mark.parametrize(("notes", "wanted"), [case[1:] for case in REPEATS], ids=[case[0] for case in REPEATS])
def test_repeats(printed, notes, wanted):
    assert printed(notes) == wanted


BESIDE = [
    "[@a]. Email from Kim, 5 May 2025.",
    "[@a]. See also Smith, “Title”, *Outlet*, 5 May 2020.",
    "Email from Kim, 5 May 2025. [@a]",
    "[@a] and email from Kim, 5 May 2025.",
    "Smith, “Title”, *Outlet*, 5 May 2020: [@a]",
    "[@a], quoting https://example.org/x.",
    "[@a]. Interview with Kim.",
    "[@a], as confirmed in an interview with Kim.",
    "[@a]. See *Korea Update*.",
    "[@a].\n\nStatement of Iraq, Geneva.",
    "[@a (quoting Smith, “Title”)]",
    "[Email from Kim, 5 May 2025, and @a]",
    "[@a, p. 5, and email from Kim, 5 May 2025]",
]


@pytest.mark.parametrize("note", BESIDE)
def test_after_a_source_typed_beside_the_cite_no_ibid_is_set(printed, note):
    assert printed([note, "[@a]"])[1] == "“A”."


@pytest.mark.parametrize("note", [note for note in BESIDE if not note.startswith("[@")])
def test_behind_a_source_typed_before_the_cite_no_ibid_is_set(printed, note):
    assert "bid." not in printed(["[@a]", note])[1]


@pytest.mark.parametrize(
    "note",
    [
        "[@a]. The figure is for the end of 2017.",
        "It was signed by Iraq. [@a]",
        "[@a (in Korean)]",
        "See [@a].",
        "See also: [@a]",
        "[@a], which Kim denied.",
        "[@a]. None were found (not even by HALO).",
    ],
)
def test_plain_comment_beside_the_cite_leaves_the_ibid(printed, note):
    assert printed([note, "[@a]"])[1] == "Ibid."
    assert "bid." in printed(["[@a]", note])[1]


def test_a_section_that_restarts_begins_without_an_ibid(printed):
    got = printed(["[@a]", "[@a]", "[@a]"], more="numbering: per-section\n", sections=[[1, 2], [3]])
    assert got == ["“A”.", "Ibid.", "“A”."]


def test_a_section_that_does_not_restart_goes_on(printed):
    assert printed(["[@a]", "[@a]"], more="numbering: continuous\n", sections=[[1], [2]]) == ["“A”.", "Ibid."]


def test_a_note_called_in_two_sections_is_decided_in_each(printed):
    got = printed(["[@c]", "[@a]"], more="numbering: per-section\n", sections=[[1], [2, 1]])
    assert got == ["“C”, *X*, at: https://c.org/a_b.", "“A”.", "“C”, *X*, at: https://c.org/a_b."]


def test_a_note_called_again_changes_nothing(printed):
    assert printed(["[@a]", "[@b]", "[@b]"], sections=[[1, 2, 1, 3]]) == ["“A”.", "“B”.", "Ibid."]


def test_notes_to_a_table_are_a_series_of_their_own(workspace):
    table = (
        "key-data:\n  - table: Outputs\n    id: outputs\n    unit: km²\n    rows:\n"
        '      - {id: one, label: "One[^t1]", values: {2024: 1}}\n      - {id: two, label: "Two[^t2]", values: {2024: 2}}\n'
        '    notes: {t1: "[@a]", t2: "[@a]"}\n'
    )
    found = prepare(workspace.write(profile(["[@a]"], more=table)).resolve())
    (notes,) = found.value.numbered.table_notes.values()
    assert [shown(note) for note in notes] == ["“A”.", "Ibid."]
    assert [shown(note) for note in found.value.numbered.notes] == ["“A”."]


def test_adding_moving_and_deleting_a_note_decides_all_anew(printed):
    notes = ["[@a]", "[@a, p. 2]", "[@b]"]
    assert printed(notes) == ["“A”.", "Ibid., p. 2.", "“B”."]
    assert printed(notes, sections=[[1, 3, 2]]) == ["“A”.", "“B”.", "“A”, p. 2."]
    assert printed(notes[1:]) == ["“A”, p. 2.", "“B”."]
    assert printed(["[@a]", "[@b; @a]", "[@a, p. 2]", "[@b]"]) == ["“A”.", "“B”; and “A”.", "“A”, p. 2.", "“B”."]


def test_short_and_full_repeats(printed, workspace):
    body = {"id": "d", "type": "webpage", "author": [{"literal": "United Nations Mine Action Service (UNMAS)"}], "title": "D", "issued": "2024-05-01", "URL": "https://d.org"}  # fmt: skip
    notes = ["[@d]", "[@d]", "[@a]", "[@d, p. 3]"]
    full = "United Nations Mine Action Service (UNMAS), “D”, 1 May 2024, at: https://d.org."
    assert printed(notes, A, body) == [full, "Ibid.", "“A”.", "UNMAS, “D”, 1 May 2024, p. 3."]
    assert printed(notes, A, body, more="repeats: short\n") == [full, "UNMAS, “D”.", "“A”.", "UNMAS, “D”, p. 3."]
    assert printed(notes, A, body, more="repeats: full\n") == [full, full, "“A”.", full.replace(", at:", ", p. 3, at:")]
    house(workspace, repeats="short")
    assert printed(notes, A, body)[1] == "UNMAS, “D”."
    assert printed(notes, A, body, more="repeats: ibid\n")[1] == "Ibid."


def test_a_name_in_brackets_that_is_no_abbreviation_stays(printed):
    body = {"id": "d", "type": "report", "author": [{"literal": "Foreign Office (UK)"}], "title": "D"}
    assert printed(["[@d]", "[@a]", "[@d]"], A, body)[2] == "Foreign Office (UK), “D”."


def test_two_sources_of_one_author(printed):
    one, two = ({"id": key, "type": "report", "author": "ICRC", "title": key.upper()} for key in "xy")
    assert printed(["[@x]", "[@y]", "[@x]"], one, two, more="repeats: short\n") == ["ICRC, “X”.", "ICRC, “Y”.", "ICRC, “X”."]
    assert printed(["[@x]", "[@y]", "[@y]"], one, two) == ["ICRC, “X”.", "ICRC, “Y”.", "Ibid."]


STOPS = [
    ("[@a].", "“A”.", "“A.”"),
    ("[@a]", "“A”.", "“A.”"),
    ("[@a]. It was so", "“A”. It was so.", "“A.” It was so."),
    ("[@a], which was so!", "“A”, which was so!.", "“A,” which was so!."),
    ("It was “so”. [@a]; “B”", "It was “so”. “A”; “B”.", "It was “so”. “A”; “B.”"),
    ("[@a (in Korean)].", "“A” (in Korean).", "“A” (in Korean)."),
    ("[@s]", "“Mines Ltd.”", "“Mines Ltd.”"),
    ("[@s]. It was so.", "“Mines Ltd.” It was so.", "“Mines Ltd.” It was so."),
    ("[@h; @a]", "Report, HRW Inc.; and “A”.", "Report, HRW Inc.; and “A.”"),
    ("[@h]", "Report, HRW Inc.", "Report, HRW Inc."),
    ("[@a, p. 7]\n", "“A”, p. 7.", "“A,” p. 7."),
]


@pytest.mark.parametrize(("note", "mar", "monitor"), STOPS)
def test_a_note_ends_with_one_stop(printed, workspace, note, mar, monitor):
    ltd = {"id": "s", "type": "report", "title": "Mines Ltd."}
    inc = {"id": "h", "type": "document", "title": "Report, HRW Inc."}
    assert printed([note], A, ltd, inc) == [mar.replace("!.", "!")]
    house(workspace, house="monitor")
    assert printed([note], A, ltd, inc) == [monitor.replace("!.", "!")]


def test_links_can_be_clicked_on_the_address_or_on_the_title(workspace):
    file = workspace.write(profile(["[@c]", "[@a]", "[@c]"])).resolve()
    notes = prepare(file).value.numbered.notes
    assert '<a href="https://c.org/a_b" class="address">' in note_to_html(notes[0])
    assert "<a" not in note_to_html(notes[2])
    assert notes[0].parsed.links == ("https://c.org/a_b",)
    house(workspace, house="monitor")
    notes = prepare(file).value.numbered.notes
    assert '“<a href="https://c.org/a_b">C</a>,” <em>X</em>.' in note_to_html(notes[0])


def test_a_title_in_another_language_says_which(workspace):
    records = [
        {**A, "title": "Le déminage", "language": "fr-FR"},
        {**B, "title": "Mines", "language": "en"},
        {**C, "title": "خبر", "language": "ar"},
    ]
    house(workspace, house="monitor")
    file = workspace.write(profile(["[@a]", "[@b]; [@a, p. 5]", "[@a]", "[@c]"], records)).resolve()
    notes = [note_to_html(note) for note in prepare(file).value.numbered.notes]
    assert [re.findall(r'<span lang="[^>]*>[^<]*', note) for note in notes[:2]] == [['<span lang="fr-FR">Le déminage'] for _ in range(2)]
    assert "“<span" in notes[0], "the marks of the house stand outside"
    assert '<a href="https://c.org/a_b"><span lang="ar" dir="rtl">خبر' in notes[3]


def test_the_language_of_a_record_changes_no_words_and_no_repeats(workspace):
    def read(**more: str) -> list[str]:
        return notes_of(workspace.write(profile(["[@a]", "[@a, p. 5]", "[@b]", "[@a]."], [{**A, **more}, B])).resolve())

    assert read(language="fr") == read()


def test_a_language_of_a_record_that_is_none_is_said(workspace):
    file = workspace.write(profile(["[@a]"], [{**A, "language": "French"}])).resolve()
    assert [(d.code, d.message) for d in prepare(file).diagnostics] == [("C014", "'French' is not a language tag.")]


def test_titles_keep_their_signs_and_figures_keep_their_words(printed, workspace):
    record = {"id": "t", "type": "report", "title": "Pages 8-9 of 5 km2 <b> & p. 7", "issued": "2024-05-17"}
    assert printed(["[@t, p. 7]"], record) == ["“Pages 8-9 of 5 km2 & p. 7”, 17 May 2024, p. 7."]
    note = prepare(Path("profile.yaml").resolve()).value.numbered.notes[0]
    assert note_to_html(note) == "“Pages 8-9 of 5 km2 &amp; p. 7”, 17\u00a0May 2024, p.\u00a07."


def test_other_languages_have_their_own_words(printed):
    record = {"id": "t", "type": "report", "title": "Rapport", "issued": "2024-05-17"}
    assert printed(["[@t, pp. 8-9]"], record, more="title: X\n")[0].startswith("“Rapport”, 17 May 2024")


def test_words_about_a_source_are_text_like_any_other(printed):
    assert printed(['[see *above all* @a, "Form" B, p. 7; compare "so" @b]']) == [
        "See *above all* “A”, “Form” B, p. 7; and compare “so” “B”."
    ]


@pytest.mark.parametrize(
    ("typed", "cites"),
    [
        ("@a", [Cite("a")]),
        ("@icrc-2015, p. 380", [Cite("icrc-2015", "p. 380")]),
        ("see @a.b:c, pp. 8-9; @other, Annex 2, p. 7", [Cite("a.b:c", "pp. 8-9", "see"), Cite("other", "Annex 2, p. 7")]),
        ("@a, Form A; Form B", [Cite("a", "Form A; Form B")]),
        ("see this; and @a.", [Cite("a", "", "see this; and", ".")]),
        ("@{http://zotero.org/1/AB}", [Cite("http://zotero.org/1/AB")]),
        ("@a\n(in\nKorean)", [Cite("a", "", "", " (in Korean)")]),
        ("@a,", [Cite("a")]),
        ("write to me@example.org", []),
        ("a@b", []),
        ("(@a)", []),
        ("@ a", []),
    ],
)
def test_what_is_a_cite(typed, cites):
    assert list(read_cites(typed)) == cites


@pytest.mark.parametrize("note", ["[@a](https://x.org)", "\\[@a]", "`[@a]`", "[write to a@x.org]", "[a]", "(@handle)"])
def test_what_is_no_citation(printed, note):
    assert len(printed([note, "[@b]"], B)) == 2


def test_files_of_records(workspace):
    workspace.write(json.dumps([{**A, "issued": {"date-parts": [[2024, 5, 17]]}}]), "profiles/refs/zotero.json")
    workspace.write(
        "---\nreferences:\n- id: b\n  type: report\n  title: B\n  issued:\n  - year: 2024\n    month: 5\n...\n", "profiles/refs/b.yaml"
    )
    workspace.write(
        "@book{croll, author={Mike Croll}, title={The History of Landmines}, publisher={Leo Cooper}, address={London}, year=1998}\n",
        "c.bib",
    )
    notes = ["[@a]", "[@b]", "[@croll, p. 101]", "[@c]"]
    file = workspace.write(profile(notes, ["refs/zotero.json", "refs/b.yaml", "c.bib", C]), "profiles/p.yaml")
    assert notes_of(file.resolve()) == [
        "“A”, 17 May 2024.",
        "“B”, May 2024.",
        "Mike Croll, *The History of Landmines* (London: Leo Cooper, 1998), p. 101.",
        "“C”, *X*, at: https://c.org/a_b.",
    ]
    assert notes_of(workspace.write(profile(["[@a]"], "refs/zotero.json"), "profiles/q.yaml").resolve()) == ["“A”, 17 May 2024."]


def test_a_file_that_changes_is_read_again(workspace):
    file = workspace.write(profile(["[@a]"], "r.json"))
    for title in ("One", "Other"):
        workspace.write(json.dumps([{**A, "title": title}]), "r.json")
        assert notes_of(file.resolve()) == [f"“{title}”."]


def said(check, notes=("[@a]",), records=(A,), more="") -> list[tuple[str, str, str, str]]:
    return [
        (one.code, one.message, one.under, one.hint)
        for one in check(profile(list(notes), list(records) if isinstance(records, tuple) else records, more))
    ]


PROBLEMS = [
    ("C002", ["[@a]"], (A, {"type": "report"}), "A record has no id.", None),
    ("C002", ["[@a]"], ({"id": "a", "title": "A"},), "The record 'a' has no type.", None),
    ("C002", ["[@a]"], (A, {"id": "b c", "type": "report"}), "The id 'b c' cannot be cited: it has spaces or braces.", '"b c"'),
    ("C003", ["[@a]"], (A, A), "The record 'a' stands here for the second time.", '"a"'),
    ("C004", ["[@a]"], ({**A, "type": "reprot"},), "'reprot' is not a type of source.", '"reprot"'),
    ("C005", ["x\n\n[@a; see @ab, p. 7]"], (A,), "No record of a source has the id 'ab'.", "@ab"),
    ("C006", ["[@a]"], (A, B), "No note cites the record 'b'.", '"b"'),
    ("C007", ["[@a]"], ({**A, "issued": "2024-02-30"},), "The date 2024-02-30 does not exist.", '"2024-02-30"'),
    ("C007", ["[@a]"], ({**A, "issued": "May 2024"},), "'May 2024' is not a date.", '"May 2024"'),
    ("C007", ["[@a]"], ({**A, "URL": "www.x.org"},), "The address 'www.x.org' leads to no place on the web.", '"www.x.org"'),
    ("C007", ["[@a]"], ({**A, "author": [{"name": "X"}]},), "A name has no part 'name'.", None),
    ("C007", ["[@a]"], ({**A, "title": ["A"]},), "The field title holds text, and this is a list.", None),
    ("C010", ["[@a]"], ({"id": "a", "type": "report"},), "The record 'a' prints nothing.", None),
    ("C011", ["[@a]"], ({**A, "contaner-title": "X"},), "Records have no field 'contaner-title': it is not printed.", '"contaner-title"'),
    ("C012", ["[@a]", "see @a, p. 7"], (A,), "The key @a stands without brackets.", "@a"),
    ("C012", ["[@a]", "Email from Foo (foo@a.org), post by @a"], (A,), "The key @a stands without brackets.", "@a"),
    ("C013", ["[@a, p. 5; @a, p. 9]"], (A,), "The note cites the record 'a' twice.", "@a"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "notes", "records", "message", "caret"), PROBLEMS)
def test_what_an_editor_reads(check, code, notes, records, message, caret):
    found = said(check, notes, records)
    assert [one[:2] for one in found] == [(code, message)]
    assert found[0][3]
    if caret is not None:
        assert found[0][2] == caret


@pytest.mark.parametrize("note", ["“Seen by @a today”, post.", "Post by \\@a.", "`@a`", "https://x.org/@a", "[@a] and [see @a, p. 7]"])
def test_a_name_that_is_quoted_or_escaped_is_no_bare_key(check, note):
    assert "C012" not in [one[0] for one in said(check, ["[@a]", note])]


def test_an_entry_of_bibtex_without_a_kind(workspace):
    workspace.write("@misc{m, title={M}, year=2020}\n@misc{w, title={W}, url={https://w.org}, year=2020}\n", "c.bib")
    file = workspace.write(profile(["[@m]", "[@w]"], ["c.bib"]))
    assert [note.strip("“”")[:1] for note in notes_of(file.resolve())] == ["M", "W"]


def test_broken_bibtex_is_shown_on_its_line(check, workspace):
    workspace.write("@book{a, title={T}}\n\n@book{x, title={T}\n year=2020}\n", "broken.bib")
    found = next(one for one in check(profile(["[@a]"], "broken.bib")) if one.code == "C001")
    assert (found.line, "nstall" in found.hint, "brace" in found.hint) == (4, False, True)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [("p. 381-2", "pp. 381–382"), ("pp. 381-2", "pp. 381–382"), ("pp. 7", "p. 7"), ("pp. 5, 9-10", "pp. 5, 9–10"), ("Annex 2, p. 9-10", "Annex 2, pp. 9–10")],
)  # fmt: skip
def test_pages_have_one_form_in_full_references_and_behind_ibid(printed, typed, wanted):
    assert printed([f"[@a, {typed}]", "[@b]", "[@b, p. 1]", f"[@b, {typed}]"])[::3] == [f"“A”, {wanted}.", f"Ibid., {wanted}."]


def test_a_genre_within_a_note_has_no_capital(printed):
    talk = {"id": "t", "type": "interview", "genre": "Telephone interview", "author": "Kim", "issued": "2025-05-05"}
    mail = {"id": "m", "type": "personal_communication", "genre": "Emails", "author": "Kim", "issued": "2025-05-05"}
    first, both, again = printed(["[@t]", "[@a; @m]", "[@m; @t]"], A, talk, mail)
    assert first.startswith("Telephone interview")
    assert "; and emails from" in both
    assert "; and telephone interview" in again


def test_inner_quotation_marks_of_a_title_that_was_typed_straight(printed):
    one = {"id": "q", "type": "report", "title": "\"He said 'mines'\", and 'can't be cleared', too"}
    assert printed(["[@q]"], one) == ["“‘He said “mines”’, and ‘can’t be cleared’, too”."]


def test_a_title_that_asks_ends_the_note(printed, workspace):
    asks, book = {"id": "q", "type": "report", "title": "Why?"}, {"id": "k", "type": "book", "title": "Why?"}
    assert printed(["[@q]", "[@k]", "[@q]."], asks, book) == ["“Why?”.", "*Why?*", "“Why?”."]
    house(workspace, house="monitor")
    assert printed(["[@q]", "[@k]", "[@q]."], asks, book) == ["“Why?”", "*Why?*", "“Why?”"]


def test_hints_say_what_was_meant(check):
    assert said(check, ["[@icrc-2051]"], ({**A, "id": "icrc-2015"},))[-1][3] == "Did you mean @icrc-2015?" or any(
        "Did you mean @icrc-2015?" in one[3] for one in said(check, ["[@icrc-2051]"], ({**A, "id": "icrc-2015"},))
    )
    assert "Did you mean report?" in said(check, records=({**A, "type": "reprot"},))[0][3]
    assert "Did you mean container-title?" in said(check, records=({**A, "contaner-title": "X"},))[0][3]


def test_files_that_are_not_there_or_cannot_be_read(check, workspace):
    workspace.write("[", "broken.json")
    workspace.write("{}", "empty.json")
    workspace.write("@book{x, title={", "broken.bib")
    workspace.write("- id: a\n", "list.yaml")
    workspace.write("sources:\n  - id: a\n", "other.yaml")
    workspace.write("references:\n  - id: a\n    type: [report\n", "wrong.yaml")
    workspace.write("references:\n  - id: a\n    type: reprot\n", "refs.yaml")
    for name, code, place in [
        ("ref.yaml", "C001", "profile.yaml"), ("../x.json", "C001", "profile.yaml"), ("a.txt", "C001", "profile.yaml"),
        ("broken.json", "C001", "broken.json"), ("empty.json", "C001", "empty.json"), ("broken.bib", "C001", "broken.bib"),
        ("list.yaml", "Y002", "list.yaml"), ("other.yaml", "C001", "other.yaml"), ("wrong.yaml", "Y002", "wrong.yaml"),
        ("refs.yaml", "C004", "refs.yaml"),
    ]:  # fmt: skip
        found = check(profile(["[@a]"], name))
        assert found[0].code == code or code in {one.code for one in found}, (name, found)
        assert place in {Path(one.file).name for one in found if one.code == code}, (name, found)


@pytest.mark.parametrize("file", ["ref.yaml", "broken.json"])
def test_what_a_lost_file_may_hold_is_not_said_to_be_missing(check, workspace, file):
    """One mistake is one error: nobody is told to add records that stand in the file."""
    workspace.write("[", "broken.json")
    assert [one[0] for one in said(check, ["[@a]", "[@lost]", "[@also-lost]", "[@also-lost]"], (A, file))] == ["C001"]


def test_a_file_with_a_slip_in_its_name(check, workspace):
    workspace.write(json.dumps([A]), "references/korea.json")
    (found,) = [one for one in check(profile(["[@a]"], "references/corea.json")) if one.code == "C001"]
    assert found.hint == "Did you mean references/korea.json?"


def test_records_of_a_shared_file_need_not_be_cited(check, workspace):
    workspace.write(json.dumps([A, B, {**C, "type": "nonsense"}]), "shared.json")
    assert check(profile(["[@a]"], "shared.json")) == []


def test_a_record_in_json_is_found_by_its_line(check, workspace):
    workspace.write('[\n {"id": "a",\n  "type": "reprot"}\n]', "shared.json")
    (found,) = check(profile(["[@a]"], "shared.json"))
    assert (found.code, found.line) == ("C004", 2)


@pytest.mark.parametrize("value", ["", " 5: 6", " {id: a}"])
def test_references_are_a_list_or_a_name(check, value):
    (found,) = check(HEAD + f"references:{value}\n") if value != " 5: 6" else check(HEAD + "references:\n  5: 6\n")
    assert found.code == "M003"


def test_brackets_without_end_come_to_an_end(check):
    assert check(profile(["[" * 20_000 + "@a" + " [see" * 20_000], [])) is not None


def test_citing_in_the_text_is_refused(check):
    (found,) = check(HEAD + "key-developments: It was so [@a, p. 7].\n" + f"references: {json.dumps([])}\n")
    assert (found.code, found.under) == ("T012", "[@a, p. 7]")


def test_pandoc_missing_is_one_diagnostic(check, monkeypatch):
    monkeypatch.setattr(pandoc, "find_pandoc", lambda: None)
    monkeypatch.setattr(pandoc, "_done", {})
    (found,) = check(profile(["[@a]", "[@b]", "[@c]"]))
    assert (found.code, "pypandoc-binary" in found.hint) == ("C009", True)


def test_pandoc_failing_is_one_diagnostic(check, monkeypatch):
    monkeypatch.setattr(pandoc, "_done", {})
    monkeypatch.setattr(pandoc, "API", [0, 1])
    (found,) = check(profile(["[@a]", "[@b]", "[@c]"]))
    assert found.code == "C009"


def test_no_pandoc_where_nothing_is_cited(check, monkeypatch):
    monkeypatch.setattr(pandoc, "find_pandoc", lambda: pytest.fail("pandoc was looked for"))
    assert check(profile(["Words."], [])) == []


def test_a_house_that_is_not_there_or_is_none(check, workspace):
    house(workspace, house="mine-action-reveiw")
    (found,) = check(profile(["[@a]", "[@b]", "[@c]"]))
    assert (found.code, "mine-action-review" in found.hint) == ("C008", True)
    for text in ("no xml", "<style/>", '<!DOCTYPE x [<!ENTITY a "b">]><style/>'):
        workspace.write(text, "styles/citations/own.csl")
        house(workspace, house="own")
        assert [one.code for one in check(profile(["[@a]", "[@b]", "[@c]"]))] == ["C008"]


def test_every_code_has_its_case():
    text = Path(__file__).read_text(encoding="utf-8")
    assert [code for code in CODES if code.startswith("C0") and f'"{code}"' not in text] == []


@pytest.mark.parametrize("name", ["mine-action-review", "monitor"])
def test_house_styles_are_whole(name):
    text = (packaged("styles") / "citations" / f"{name}.csl").read_text(encoding="utf-8")
    style = read_house(text, "en-GB")
    assert (style.stops_inside_quotes, style.prints_links) == (name == "monitor", name != "monitor")
    macros = set(re.findall(r'<macro name="([^"]+)"', text))
    assert macros == set(re.findall(r'macro="([^"]+)"', text))
    for needed in ("<title>", "<id>", "<updated>"):
        assert needed in text


def test_north_korea_is_cited_from_records_and_survives_a_deletion(tmp_path):
    text = (ROOT / "profiles" / "north-korea.yaml").read_text(encoding="utf-8")
    (tmp_path / "profiles" / "references").mkdir(parents=True)
    records = (ROOT / "profiles" / "references" / "korea.yaml").read_text(encoding="utf-8")
    (tmp_path / "profiles" / "references" / "korea.yaml").write_text(records, encoding="utf-8")
    file = tmp_path / "profiles" / "north-korea.yaml"
    file.write_text(text, encoding="utf-8")
    before = notes_of(file)
    assert len(before) == 35
    assert [index for index, note in enumerate(before, 1) if note.startswith("Ibid.")] == [12, 14, 20]
    label = "ap-devices-2024"
    file.write_text(re.sub(rf"^  {label}: .*\n", "", text.replace(f"[^{label}]", ""), flags=re.MULTILINE), encoding="utf-8")
    after = notes_of(file)
    assert after[18].startswith("“North Korean landmines could float into South Korea, South warn”, *Associated Press*, 17 July 2024; and")
    assert after[:18] + after[19:] == before[:18] + before[20:]


def test_citations_are_on_the_pages(workspace):
    done, found = build([workspace.write(profile(["[@a]", "[@a, p. 7]", "[@c]"])).resolve()], workspace.root / "dist")
    assert [d.code for d in found if d.code != "C006"] == []
    notes = {mark: text for page in read_pdf(done[0].file.read_bytes()) for mark, text in page.notes.items()}
    assert [words(notes[mark]) for mark in "123"] == [
        words(text)
        for text in (
            "“B”." if mark == "x" else t for mark, t in zip("123", ("“A”.", "Ibid., p. 7.", "“C”, X, at: https://c.org/a_b."), strict=True)
        )
    ]


def test_a_profile_of_120_cited_notes_is_prepared(workspace):
    records = [{**C, "id": f"r{index}", "title": f"Title {index}", "issued": "2024-05-17"} for index in range(100)]
    notes = [f"[@r{(index * 7) % 100}, p. {index}; @r{index % 100}]" if index % 3 else f"[@r{index % 100}]" for index in range(120)]
    file = workspace.write(profile(notes, records)).resolve()
    found = prepare(file)
    assert len(found.value.numbered.notes) == 120


DOCUMENTED = re.findall(
    r"^```yaml record\n(.*?)^```\n\n^```text ?(?:cited with ([^\n]*))?\nMAR:     ([^\n]*)\nMonitor: ([^\n]*)\n```",
    (ROOT / "docs" / "citations.md").read_text(encoding="utf-8"),
    re.MULTILINE | re.DOTALL,
)


@pytest.mark.parametrize("name", ["mine-action-review", "monitor"])
def test_the_guide_shows_what_is_printed(workspace, name):
    house(workspace, house=name)
    records = [{"id": f"k{index}", **yaml.safe_load(record)} for index, (record, *_) in enumerate(DOCUMENTED)]
    notes = [f"[@k{index}, {place}]" if place else f"[@k{index}]" for index, (_, place, *_) in enumerate(DOCUMENTED)]
    got = notes_of(workspace.write(profile(notes, records)).resolve())
    assert got == [shows[3 if name == "monitor" else 2] for shows in DOCUMENTED]
    assert len(got) == (ROOT / "docs" / "citations.md").read_text(encoding="utf-8").count("```yaml record")


def test_the_guide_names_every_code_and_every_type():
    text = (ROOT / "docs" / "citations.md").read_text(encoding="utf-8")
    assert [code for code in CODES if code.startswith("C0") and f"| {code} |" not in text] == []
    assert [kind for kind in TYPES if f"`{kind}`" not in text] == []
