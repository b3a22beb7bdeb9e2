"""Facts tables: labels beside values, in print, for readers who listen, and as data."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pikepdf
import tinyhtml5

from conftest import HEAD
from monitorpub.compose import compose
from monitorpub.datasets import datasets
from monitorpub.pipeline import build, prepare
from monitorpub.references import targets
from monitorpub.verifying import read_pdf
from structure import Structure

STATUS = """\
sections:
  - title: Policy
    text: See [the table](#status).[^one]
    tables:
      - facts: Status of the *convention*[^t]
        id: status
        groups:
          - head: Treaty[^one]
            rows:
              - {label: "State Party, since", value: "1 March 1999[^two]"}
              - label: Reports
                value: |
                  Every year.[^t]

                  - one
                  - two
          - rows:
              - {label: Casualties, value: '"12" in 2024'}
        notes:
          t: As of May.
      - {table: Figures, id: figures, rows: [{id: a, label: A, values: {2024: 1}}]}
notes:
  one: The first.
  two: The second.
"""


def prepared(workspace, text: str):
    found = prepare(workspace.root / workspace.write(HEAD + text, "profiles/x.yaml"))
    assert found.value is not None, [one.message for one in found.diagnostics]
    assert found.diagnostics == ()
    return found.value


def html(one):
    document = compose(one.numbered, one.images, one.workspace, "x").value
    return tinyhtml5.parse(document.html, namespace_html_elements=False)


def words(element) -> str:
    return " ".join("".join(element.itertext()).replace("\u2060", "").split())


def test_labels_are_heads_of_rows_and_heads_of_groups_stand_over_both_columns(workspace):
    table = html(prepared(workspace, STATUS)).find(".//table[@class='facts']")
    assert words(table.find("caption")) == "Status of the conventiona"
    heads = [(one.get("scope"), one.get("colspan"), words(one)) for one in table.iter("th")]
    assert heads == [
        ("rowgroup", "2", "Treaty¹"),
        ("row", None, "State Party, since"),
        ("row", None, "Reports"),
        ("row", None, "Casualties"),
    ]
    assert [len(one.findall("tr")) for one in table.iter("tbody")] == [3, 1]
    assert [one.tag for one in table.findall("tbody/tr")[2].find("td")] == ["p", "ul"]


def test_notes_are_numbered_in_the_order_of_print_and_those_of_the_table_have_marks_of_their_own(workspace):
    numbered = prepared(workspace, STATUS).numbered
    assert [(note.label, note.mark) for note in numbered.notes] == [("one", "1"), ("two", "2")]
    ((_, (note,)),) = [(path, notes) for path, notes in numbered.table_notes.items() if notes]
    assert (note.mark, len(note.calls)) == ("a", 2)


def test_a_facts_table_has_no_number_and_takes_none_away(workspace):
    one = prepared(workspace, STATUS)
    assert {name: target.number for name, target in targets(one.numbered.written, "x").items() if target.kind == "table"} == {
        "status": "",
        "figures": "1",
    }
    assert list(one.numbered.tables.values()) == [1]


def test_the_data_have_label_value_and_notes_and_a_line_for_each_paragraph(workspace):
    one = prepared(workspace, STATUS)
    found = next(table for table in datasets(one.numbered, {}) if table.id == "status")
    assert found.caption == "Status of the convention"
    assert list(csv.reader(io.StringIO(found.text))) == [
        ["group", "label", "value", "notes"],
        ["Treaty", "State Party, since", "1 March 1999", "1, 2"],
        ["Treaty", "Reports", "Every year.\none\ntwo", "1, a"],
        ["", "Casualties", "“12” in 2024", ""],
    ]


def test_without_heads_there_is_no_column_for_them(workspace):
    table = "sections: [{title: One, tables: [{facts: Totals, id: totals, rows: [{label: Killed, value: 3}]}]}]\n"
    (found,) = datasets(prepared(workspace, table).numbered, {})
    assert found.text == "label,value,notes\r\nKilled,3,\r\n"


def test_it_says_how_long_it_is_unless_the_author_says_more(workspace):
    assert html(prepared(workspace, STATUS)).find(".//table[@class='facts']").get("aria-description") == "Table of 3 rows."
    own = STATUS.replace("        id: status\n", "        id: status\n        summary: What was joined.\n")
    assert html(prepared(workspace, own)).find(".//table[@class='facts']").get("aria-description") == "What was joined."


LONG = """\
sections:
  - title: Policy
    tables:
      - facts: Long
        id: long
        rows:
""" + "".join(f"          - {{label: Row {number}, value: Words that take a line in row {number}.}}\n" for number in range(1, 81))


def test_a_long_table_goes_on_between_rows_and_is_one_table_with_every_row_once(workspace):
    file = workspace.root / workspace.write(HEAD + LONG, "profiles/x.yaml")
    (built,), said = build([file], Path("dist"))
    assert said == []
    document, _ = read_pdf(built.file)
    assert built.pages == len(document.pages) > 1
    lines = [[words.split()[-1].rstrip(".") for words in _lines(page) if words.startswith("Words that")] for page in document.pages]
    assert [int(number) for page in lines for number in page] == list(range(1, 81))
    assert all(page for page in lines)
    tree = Structure(built.file.read_bytes())
    tree.assert_sound()
    assert [node.role for node in tree.nodes].count("/Table") == 1
    assert [node.role for node in tree.nodes].count("/TR") == 80
    heads = [node.object for node in tree.nodes if node.role == "/TH"]
    assert {str(head.A.Scope) for head in heads} == {"/Row"}


def _lines(page) -> list[str]:
    """The words at each height of a page, but for what stands left of the values."""
    found: dict[int, list[str]] = {}
    for piece in page.pieces:
        found.setdefault(round(piece.y), []).append(piece.text)
    return [text[text.index("Words that") :] for row in found.values() if "Words that" in (text := " ".join(" ".join(row).split()))]


def test_the_head_of_a_group_heads_the_values_below_it(workspace):
    file = workspace.root / workspace.write(HEAD + STATUS, "profiles/x.yaml")
    (built,), said = build([file], Path("dist"))
    assert said == []
    tree = Structure(built.file.read_bytes())
    table = next(node for node in tree.nodes if node.role == "/Table" and "/Caption" in _roles(node.object))
    cells = [cell for body in table.object.K if str(body.S) == "/TBody" for row in body.K for cell in row.K if str(cell.S) == "/TD"]
    assert [len(cell.A.Headers) for cell in cells] == [2, 2, 1]


def _roles(element: pikepdf.Object) -> list[str]:
    return [str(kid.S) for kid in element.K if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def test_tables_stand_before_the_text_where_the_layout_says_so(workspace):
    workspace.write("", "monitorpub.yaml")
    tool = Path(__file__).parents[1] / "layouts" / "clearing-the-mines.yaml"
    workspace.write(tool.read_text(encoding="utf-8") + "section-order: [tables, text, sections]\n", "layouts/clearing-the-mines.yaml")
    one = prepared(workspace, STATUS.replace("(#status).[^one]", "(#status).[^two]"))
    section = html(one).find(".//section[@id='policy']")
    assert [kid.tag for kid in section] == ["h2", "div", "div", "p"]
    assert [note.label for note in one.numbered.notes] == ["one", "two"]


def test_an_order_that_would_lose_something_is_an_error_of_the_layout(workspace, check):
    workspace.write("", "monitorpub.yaml")
    tool = (Path(__file__).parents[1] / "layouts" / "clearing-the-mines.yaml").read_text(encoding="utf-8")
    for order in ("[text, sections]", "[text, text, sections]", "[sections, text, tables]"):
        workspace.write(f"{tool}section-order: {order}\n", "layouts/clearing-the-mines.yaml")
        (said,) = check(HEAD)
        assert (said.code, said.field) == ("L002", "section-order")
        assert "[text, tables, sections] or [tables, text, sections]" in said.message
