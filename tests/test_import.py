"""Import of plain texts: what is recognised in a text, and what the source then holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitorpub.importing.command import import_file
from monitorpub.importing.document import Fact, Facts, Heading, List, Paragraph, Table
from monitorpub.importing.plain import read_plain
from monitorpub.importing.report import counts_of
from monitorpub.pipeline import prepare
from monitorpub.read import read_text, to_values

LINE = "A claim that has words enough to be taken for running text stands here and goes on"
HEAD = f"Korea, North\n\nLast updated: 5 September 2023\n\nMine Ban Policy\n\n{LINE}.\n\n"


def read(text):
    found = read_plain(text.encode() if isinstance(text, str) else text, Path("text.txt"))
    assert found.value is not None, found.diagnostics
    return found.value


def said(text):
    return [one.code for one in read_plain(text.encode(), Path("text.txt")).diagnostics]


def remarks(document, kind):
    return [(remark.line, remark.words) for remark in document.remarks if remark.kind == kind]


@pytest.fixture
def imported(tmp_path):
    """The fields of the source of a text, read back from its YAML; the import itself is kept in ``imported.last``."""

    def fields(text, layout="clearing-the-mines"):
        file = tmp_path / "some-text.txt"
        file.write_text(text, encoding="utf-8")
        found = import_file(file, layout=layout)
        assert found.value is not None, found.diagnostics
        fields.last = found.value
        fields.file = tmp_path / "some-text.yaml"
        fields.file.write_text(found.value.text, encoding="utf-8")
        source = read_text(found.value.text, fields.file)
        assert source.value is not None, source.diagnostics
        return to_values(source.value.root)

    return fields


# The site round the text


def test_the_site_goes_and_each_line_of_it_is_reported():
    document = read(f"+  *  +\nAbout Us\nPress Room\n<Previous | Next>\n\n{HEAD}<Previous | Next>\n")
    assert [line for line, _ in remarks(document, "left-out")] == [1, 2, 3, 4, 14]
    assert document.title == "Korea, North"


def test_words_of_menus_stay_where_they_are_text():
    long = f"{LINE}, and on, and on, and on, and on, and on, and on, and on, and on, and on."
    document = read(f"Korea, North\n\nPolicy\n\n{long}\n\nPublications\n\n{long}\n\n{LINE}.\n\n{long}\n")
    assert "Publications" in [block.text for block in document.blocks if isinstance(block, Heading)]


# Titles, dates, headings


@pytest.mark.parametrize(
    ("title", "code", "name", "formal"),
    [
        ("Korea, North", "PRK", "North Korea", None),
        ("Korea, Democratic People's Republic of", "PRK", "North Korea", "Democratic People's Republic of Korea"),
        ("Congo, Democratic Republic of the", "COD", "Democratic Republic of the Congo", None),
        ("Lao People’s Democratic Republic", "LAO", "Laos", "Lao People’s Democratic Republic"),
        ("Afghanistan", "AFG", "Afghanistan", None),
    ],
)
def test_a_country_is_known_by_its_title(imported, title, code, name, formal):
    country = imported(HEAD.replace("Korea, North", title))["country"]
    assert (country["code"], country["name"], country.get("formal-name")) == (code, name, formal)


@pytest.mark.parametrize(
    "words",
    ["Last updated: 05 September 2023", "Last Updated: September 5, 2023", "last updated 5 Sep 2023", "Updated on 2023-09-05",
     "Last updated: 5th September 2023."],
)  # fmt: skip
def test_a_date_has_many_forms(imported, words):
    fields = imported(HEAD.replace("Last updated: 5 September 2023", words))
    assert fields["last-updated"] == "2023-09-05"
    assert not [words for _, words in remarks(imported.last.document, "guessed") if "date" in words]


@pytest.mark.parametrize(("words", "day"), [("Last updated: September 2023", "2023-09-01"), ("Last updated: 05/09/2023", "2023-09-05")])
def test_a_date_that_is_not_sure_is_reported(imported, words, day):
    assert imported(HEAD.replace("Last updated: 5 September 2023", words))["last-updated"] == day
    assert any("is not sure" in words for _, words in remarks(imported.last.document, "guessed"))


def test_sections_have_dates_and_the_headings_below_them_are_theirs(imported):
    text = f"Chad\n\nOne\n\nLast updated: 1 May 2020\n\n{LINE}.\n\nInner\n\n{LINE}.\n\nTwo\n\nLast updated: 2 May 2021\n\n{LINE}.\n"
    first, second = imported(text)["sections"]
    assert (first["title"], first["date"], [one["title"] for one in first["sections"]]) == ("One", "2020-05-01", ["Inner"])
    assert (second["title"], second["date"], "sections" in second) == ("Two", "2021-05-02", False)
    assert imported.last.arranged.fields["last-updated"] == "2021-05-02"


def test_a_date_without_a_heading_begins_a_section_that_is_called_after_it(imported):
    text = f"Chad\n\nOne\n\nLast updated: 1 May 2020\n\n{LINE}.[1]\n\n[1] A.\n\nLast updated: 2 May 2021\n\n{LINE}.[1]\n\n[1] B.\n"
    assert [section["title"] for section in imported(text)["sections"]] == ["One", "Section of 2 May 2021"]
    assert (11, "a section begins here that has a date and no heading") in remarks(imported.last.document, "guessed")


def test_a_short_line_without_a_stop_is_a_heading_and_said_to_be_a_guess():
    document = read(f"Chad\n\nIntroduction\n\n{LINE}.\n\nWhat was done in 2020\n\n{LINE}.\n\nIt was not.\n\n{LINE}.\n")
    assert [block.text for block in document.blocks if isinstance(block, Heading)] == ["Introduction", "What was done in 2020"]
    assert (7, "“What was done in 2020” was taken for a heading: it is short and has no stop at its end") in remarks(document, "guessed")


def test_headings_in_capitals_are_sure_and_keep_names_and_abbreviations(imported):
    text = f"Chad\n\nUSE OF AP MINES IN CHAD AND ARTICLE 5\n\nThe use of AP mines: in Chad {LINE}.\n\nLAND RELEASE\n\n{LINE}.\n"
    assert [section["title"] for section in imported(text)["sections"]] == ["Use of AP mines in Chad and Article 5", "Land release"]
    assert not [words for _, words in remarks(imported.last.document, "guessed") if "heading" in words]


# Notes


def test_calls_meet_their_notes_under_readable_labels(imported):
    text = f"{HEAD}{LINE}.[1] {LINE}.[2 ]\n\n[1] ICRC, “Annual Report 2015,” Geneva, 2016, p. 380.\n[2 ] Ibid., p. 379.\n"
    fields = imported(text)
    assert fields["notes"] == {"icrc-2015-p380": "ICRC, “Annual Report 2015,” Geneva, 2016, p. 380.", "icrc-2015-p379": "Ibid., p. 379."}
    assert " ".join(fields["sections"][0]["text"].split()).endswith(f"{LINE}.[^icrc-2015-p380] {LINE}.[^icrc-2015-p379]")


def test_no_two_notes_have_one_label(imported):
    notes = "\n".join(f"[{number}] Email from A. Person, 1 May 2020." for number in (1, 2, 3))
    calls = " ".join(f"{LINE}.[{number}]" for number in (1, 2, 3))
    assert list(imported(f"{HEAD}{calls}\n\n{notes}\n")["notes"]) == ["email-person-2020", "email-person-2020-2", "email-person-2020-3"]


def test_a_missing_note_is_a_placeholder_that_the_check_reports(imported):
    fields = imported(f"{HEAD}{LINE}.[1] {LINE}.[2]\n\n[2] Email from A. Person, 1 May 2020.\n")
    assert fields["notes"]["missing-mine-ban-policy-1"].strip() == "MISSING: note 1 was not in the file."
    counts = counts_of(imported.last.document, imported.last.arranged)
    assert (counts.calls, counts.notes, counts.missing) == (2, 1, 1)
    assert prepare(imported.file).ok


def test_notes_at_the_feet_of_pages_stand_in_one_series():
    document = read(f"ONE\n\n{LINE}.¹ More.²\n\n- 1 A.\n2 B.\nmineactionreview.org 13\n\n{LINE}.³ And 3km² of it.\n\n3. C.\n")
    assert [(note.number, note.text) for note in document.notes] == [("1", "A."), ("2", "B."), ("3", "C.")]
    assert (8, "“mineactionreview.org 13” (the foot of a page)") not in remarks(document, "left-out")
    assert remarks(document, "left-out") == [(7, "“mineactionreview.org 13” (the foot of a page)")]
    assert any("[^1.3] And 3km² of it." in block.text for block in document.blocks if isinstance(block, Paragraph))


def test_a_paragraph_goes_on_over_a_page_break_and_its_notes():
    document = read(f"ONE\n\n{LINE}.¹ {LINE}\n\n1 A.\n\nand ends here.²\n\n2 B.\n")
    (paragraph,) = [block for block in document.blocks if isinstance(block, Paragraph)]
    assert paragraph.text == f"{LINE}.[^1.1] {LINE} and ends here.[^1.2]"
    assert (7, "the paragraph of line 3 goes on here") in remarks(document, "guessed")


def test_a_number_that_stands_at_two_notes_keeps_the_words_of_both():
    text = f"{LINE}.[1] {LINE}.[2]\n\n[1] A.\n[2] B.\n[2] C.\n"
    assert [note.text for note in read(text).notes] == ["A.", "B.\n\nC."]
    assert said(text) == ["I005"]


def test_a_note_that_nothing_calls_is_called_at_the_end_of_its_paragraph():
    document = read(f"{LINE}.[1]\n\n{LINE}.\n\n[1] A.\n[2] B.\n")
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == [f"{LINE}.[^1.1]", f"{LINE}.[^1.2]"]
    assert (6, "nothing calls note 2; it is now called at the end of the paragraph on line 3") in remarks(document, "guessed")


def test_a_note_is_never_called_from_a_heading_that_the_layout_replaces(imported):
    imported(f"{LINE}.\n\nLearn more\n\n[3] A. Person, *A Book*, 2020.\n\nThe report of 2024\n")
    assert prepare(imported.file).ok


def test_a_section_or_a_field_with_a_date_and_no_words_has_no_text(imported):
    text = f"Chad\n\nLast updated: 1 May 2020\n\nKEY DEVELOPMENTS\n\nLast updated: 1 May 2020\n\nONE\n\nLast updated: 2 May 2020\n\nTWO\n\n{LINE}.\n"
    fields = imported(text)
    assert ("key-developments" in fields, "text" in fields["sections"][1]) == (False, False)
    assert prepare(imported.file).ok


# Key data, tables, lists


KEY_DATA = f"""KEY DATA

ARTICLE 5 DEADLINE:

1 March 2028

AP MINE CONTAMINATION:

Heavy, 25 km²

LAND RELEASE

Release of mined area\tRelease in 2024 (km²)\tRelease in 2023 (km²)
Clearance\t1,234.5\tNot reported
Survey\t0.5\t3
Destruction of mines\t2024\t2023
Mines destroyed\t12\t0

MAIN OPERATOR:

- Army

RECOMMENDATIONS FOR ACTION

- Chad should clear its mines.
- Chad should report to the States Parties every year.

SURVEY AND CLEARANCE CAPACITY

NATIONAL OPERATORS

- Army
- Police

INTERNATIONAL OPERATORS

- None

CONTAMINATION

{LINE} in Chad, and Chad, and Chad.
"""


def test_the_fields_of_clearing_the_mines(imported):
    fields = imported(KEY_DATA, layout="")
    assert (fields["layout"], fields["country"]["code"], fields["edition"]) == ("clearing-the-mines", "TCD", "2025")
    deadline, contamination, table, operators = fields["key-data"]
    assert deadline == {"fact": "Article 5 deadline", "value": "1 March 2028"}
    assert contamination == {"contamination": "AP mine contamination", "value": "Heavy, 25 km²"}
    assert (table["table"], table["id"], [group["unit"] for group in table["groups"]]) == ("Land release", "land-release", ["km²", "count"])
    assert [row["values"] for group in table["groups"] for row in group["rows"]] == [
        {"2024": "1234.5", "2023": None},
        {"2024": "0.5", "2023": "3"},
        {"2024": "12", "2023": "0"},
    ]
    assert operators == {"list": "Main operator", "items": ["Army"]}
    assert [one["id"] for one in fields["recommendations"]] == ["clear-mines", "report-states-parties"]
    assert [one["items"] for one in fields["capacity"]] == [["Army", "Police"], []]
    assert [section["title"] for section in fields["sections"]] == ["Contamination"]
    assert prepare(imported.file).ok


def test_a_table_of_words_stays_in_the_text(imported):
    fields = imported(f"{HEAD}Province\tAreas\nNorth\t12\nSouth | West\t7\n\n{LINE}.\n")
    assert "| Province | Areas |\n| --- | --- |\n| North | 12 |\n| South \\| West | 7 |\n" in fields["sections"][0]["text"]
    assert prepare(imported.file).ok


def test_ragged_rows_are_filled_and_reported(imported):
    text = f"{HEAD}Province\tAreas\nNorth\t12\t13\nSouth\n\tx\n\n{LINE}.\n"
    (table,) = [block for block in read(text).blocks if isinstance(block, Table)]
    assert [row.cells for row in table.rows] == [["Province", "Areas", ""], ["North", "12", "13"]]
    assert said(text) == ["I006"]
    imported(text)
    assert prepare(imported.file).ok


FLAT = f"""Chad

Mine Ban Policy

Last updated: 1 May 2020

Treaty status

Mine Ban Treaty

Not a party

Management

National actors

Not reported

Strategic plan


Land release in 2017

None reported

{LINE}.
"""


def test_a_table_that_was_flattened_to_lines_has_heads_labels_values_and_empty_cells(imported):
    (facts,) = [block for block in read(FLAT).blocks if isinstance(block, Facts)]
    assert [(head, [(fact.label, fact.values) for fact in rows]) for head, rows in facts.groups] == [
        ("Treaty status", [("Mine Ban Treaty", ["Not a party"])]),
        ("Management", [("National actors", ["Not reported"]), ("Strategic plan", []), ("Land release in 2017", ["None reported"])]),
    ]
    (table,) = imported(FLAT)["sections"][0]["tables"]
    assert table["groups"][1]["rows"][1] == {"label": "Strategic plan", "value": "—"}
    assert any(line == 19 and "a dash stands for it" in words for line, words in remarks(imported.last.document, "lost"))


def test_headings_above_a_flattened_table_are_its_section_and_its_caption():
    text = f"Chad\n\nLast updated: 1 May 2020\n\nPolicy\n\nOverview of policy\n\nStatus\n\nNot a party\n\nVotes\n\nAbstained\n\n{LINE}.\n"
    blocks = read(text).blocks
    assert [block.text for block in blocks if isinstance(block, Heading)] == ["Policy"]
    (facts,) = [block for block in blocks if isinstance(block, Facts)]
    assert (facts.caption, facts.groups) == (
        "Overview of policy",
        [("", [Fact("Status", ["Not a party"], 9), Fact("Votes", ["Abstained"], 13)])],
    )


def test_lists_by_hyphens_and_by_numbers(imported):
    text = f"{HEAD}- one\n• two\n\n{LINE}:\n\n1. first\n2. second\n"
    assert [(block.ordered, len(block.items)) for block in read(text).blocks if isinstance(block, List)] == [(False, 2), (True, 2)]
    assert "- one\n- two\n" in imported(text)["sections"][0]["text"]


# Other kinds of report


def test_key_developments_since_a_date(imported):
    text = f"Key developments since May 2000: {LINE}.\n\nMine Ban Policy\n\n{LINE} in Chad, Chad, and Chad.\n"
    fields = imported(text, layout="")
    assert (fields["layout"], fields["key-developments-since"], fields["edition"]) == ("country-report", "May 2000", "2001")
    assert fields["key-developments"].split() == f"{LINE}.".split()


ASKED = f"""Questions on mines
{LINE}.

-
What are mines?
-
{LINE}.
- one of them
-
-
Who lays them?
-
{LINE}. See the page here.
-
A message to all who lay them
{LINE}.
Learn more

The report of 2024
"""


def test_questions_answers_call_out_and_related_links(imported):
    fields = imported(ASKED, layout="")
    assert (fields["layout"], fields["title"], "country" in fields) == ("faq", "Questions on mines", False)
    assert fields["introduction"].split() == f"{LINE}.".split()
    assert [section["title"] for section in fields["sections"]] == ["What are mines?", "Who lays them?"]
    assert fields["sections"][0]["text"].endswith("\n\n- one of them\n")
    assert fields["call-out"]["title"] == "A message to all who lay them"
    assert fields["related"] == [{"title": "The report of 2024"}]
    assert [line for line, _ in remarks(imported.last.document, "lost")] == [13, 19]
    assert "-" not in [words for _, words in remarks(imported.last.document, "left-out")]


def test_a_layout_without_a_place_for_a_field_gets_a_section(imported, tmp_path):
    folder = tmp_path / "layouts"
    folder.mkdir()
    (folder / "bare.yaml").write_text("name: Bare\norder: [sections]\nstyles: [tokens.css]\n")
    (folder / "bare.html").write_text("")
    titles = [section["title"] for section in imported(KEY_DATA, layout="bare")["sections"]]
    assert titles == ["Key data", "Recommendations for action", "Survey and clearance capacity", "Contamination"]


# Words are kept as they are


@pytest.mark.parametrize(
    "words",
    ["a * and an *", "[note] of the [editor](s)", "#5 and # 6", "a_b and _c_", "<b> & &amp; {{ x }} {% y %}", "back\\slash \\*", "`ticks`", "[see @key]",
     "snake_case_name", "p {color: red}", "a | b", "![x](y)", "[^1] and [x]: y"],
)  # fmt: skip
def test_signs_that_would_be_marks_are_printed_as_they_stand(imported, words):
    from monitorpub.text.plain import plain

    imported(f"{HEAD}{LINE} {words} {LINE}.\n\n{words}: {LINE}.\n")
    found = prepare(imported.file)
    assert found.ok, [one.message for one in found.diagnostics]
    printed = [plain(parsed) for path, parsed in found.value.numbered.parsed.items() if path[-1] == "text"]
    assert sum(text.count(words) for text in printed) == 2


@pytest.mark.parametrize("begin", ["- a", "1. One", "# a", "> a", "+ a", "| a", "=== a", "2) a"])
def test_a_paragraph_that_begins_as_a_block_is_a_paragraph(imported, begin):
    note = f"{begin} {LINE}."
    imported(f"{HEAD}{LINE}.[1]\n\n[1] {note}\n")
    found = prepare(imported.file)
    assert found.ok, [one.message for one in found.diagnostics]
    from monitorpub.text.plain import plain

    assert [plain(one.parsed) for one in found.value.numbered.notes] == [note]


def test_italics_and_addresses_stay(imported):
    fields = imported(f"{HEAD}{LINE}.[1]\n\n[1] *Daily News*, 1 May 2020, at: <https://example.org/a_b> and https://example.org/c.\n")
    assert fields["notes"] == {"daily-news-2020": "*Daily News*, 1 May 2020, at: <https://example.org/a_b> and <https://example.org/c>.\n"}


def test_the_lines_of_a_wrapped_text_become_paragraphs_again():
    words = f"{LINE} and on and on. {LINE}, and it goes on for a while, so that there are several lines of it.".split()
    lines, line = [], ""
    for word in words:
        if len(line) + len(word) > 60:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    paragraph = "\n".join([*lines, line])
    document = read(f"Chad\n\n{paragraph}\n\n{paragraph}\n")
    paragraphs = [block for block in document.blocks if isinstance(block, Paragraph)]
    assert [block.text for block in paragraphs] == [" ".join(words)] * 2
    assert paragraphs[1].line == 3 + paragraph.count("\n") + 2


def test_a_name_of_a_file_that_becomes_the_title_is_said(tmp_path):
    from monitorpub.importing.command import import_file

    file = tmp_path / "s3.txt"
    file.write_text("What are mines?\n\nThey are weapons that lie in the ground and wait there for many years.\n", encoding="utf-8")
    found = import_file(file, layout="faq").value
    assert found is not None
    assert "its title is “s3”, from the name of the file" in found.report
    file.write_text(
        "Chad is full of mines.\n\nIn Chad they lie everywhere in the ground.\n\nSo says Chad in all of its reports.\n", encoding="utf-8"
    )
    found = import_file(file, layout="faq").value
    assert found is not None
    assert "country: {code: TCD, name: Chad}" in found.text
    assert "the country Chad" in found.report
