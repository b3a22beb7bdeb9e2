"""Reading: values stay what was typed, every sign knows where it stands, and slips in YAML are explained."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from conftest import HEAD
from monitorpub import read as reading
from monitorpub.read import read_text
from monitorpub.source import Plain, offsets, to_values
from printed import Marked


def values(text: str) -> object:
    found = read_text(text, Path("profile.yaml"))
    assert found.value is not None, found.diagnostics
    return to_values(found.value.root)


@pytest.mark.parametrize(
    "typed",
    [
        "NO",
        "yes",
        "on",
        "off",
        "true",
        "12:30",
        "010",
        "0o10",
        "0x1F",
        "1.10",
        "1_000",
        "1e3",
        "2024-02-30",
        ".inf",
        "=",
        "N",
        "NULL of it",
    ],
)
def test_a_plain_value_stays_letter_by_letter(typed):
    value = values(f"a: {typed}\n")["a"]
    assert value == typed
    assert isinstance(value, Plain)


@pytest.mark.parametrize("typed", ["", "~", "null", "Null", "NULL"])
def test_nothing_and_null_are_no_value(typed):
    assert values(f"a: {typed}\n") == {"a": None}


@pytest.mark.parametrize("typed", ["'null'", '"~"', "''", '"12"'])
def test_a_quoted_value_is_text_and_never_a_number_or_nothing(typed):
    value = values(f"a: {typed}\n")["a"]
    assert value == typed[1:-1]
    assert not isinstance(value, Plain)


def test_keys_stay_what_was_typed():
    assert list(values("NO: a\n2024: b\n010: c\n~: d\n")) == ["NO", "2024", "010", "~"]


def test_an_alias_repeats_what_its_anchor_marked():
    assert values("a: &x [1, {b: c}]\nd: *x\n") == {"a": ["1", {"b": "c"}], "d": ["1", {"b": "c"}]}


@pytest.mark.parametrize("data", [HEAD.replace("\n", "\r\n"), HEAD.replace("\n", "\r"), "\ufeff" + HEAD, "---\n" + HEAD, HEAD + "...\n"])
def test_line_ends_byte_order_mark_and_document_marks_change_nothing(check, data):
    assert check(data) == []


SLIPS = [
    ("text: North Korea«:» a land\n", "A second colon stands in this line."),
    ("a: b«:»\n", "A second colon stands in this line."),
    ("country:\n  code: PRK\n    «name»: X\n", "This line is indented deeper than the field above it."),
    ("country:\n    code: PRK\n  «name: X»\n", "This line is indented like none of the blocks it could belong to."),
    ("a:\n  text: |\n    abc\n   «def»\n  b: c\n", "This line is indented like none of the blocks it could belong to."),
    ('a: «"»hello\nb: c\n', "A quote opens here and is never closed."),
    ("a: «'»hello\nb: c\n", "A quote opens here and is never closed."),
    ('a: "hello\nb: "«c"»\n', "The quotation that opens in line 1 ends before this place, and the line goes on."),
    ('a: x\nb: "hello\n\nc: d\ne: "«f: g"»\n', "The quotation that opens in line 2 ends before this place, and the line goes on."),
    ('a: ["one, two]\nb: ["«c"]»\n', "The quotation that opens in line 1 ends before this place, and the line goes on."),
    ("a: one\nvolume:«\u00a0»Clearing\nb: c\n", "A no-break space (U+00A0) stands behind the colon."),
    ("a: one\nvolume:«\u00a0»Clearing the\n", "A no-break space (U+00A0) stands behind the colon."),
    ("country:\n  code:«\u00a0»PRK\n", "A no-break space (U+00A0) stands behind the colon."),
    ("country:\n  code:«\u00a0»PRK\n  name: X\n", "A no-break space (U+00A0) stands behind the colon."),
    ("sections:\n«\u00a0\u00a0»- title: One\n", "A no-break space (U+00A0) indents this line."),
    ("sections:\n  - title: One\n«\u00a0\u00a0\u00a0» text: b\n", "A no-break space (U+00A0) indents this line."),
    ("sections:\n  - title: One\n    text: |\n«\u00a0\u00a0\u00a0\u00a0»  Words.\n", "A no-break space (U+00A0) indents this line."),
    ("sections:\n  -«\u00a0»title: One\n", "A no-break space (U+00A0) stands behind the hyphen."),
    ("items:\n  -«\u202f»One\n", "A no-break space (U+202F) stands behind the hyphen."),
    ("r:\n  - text: x\n   «id: a»\n", "This line is indented less than the fields of the entry above it."),
    ("r:\n  - text: |\n      x\n   «id: a»\n    b: c\n", "This line is indented less than the fields of the entry above it."),
    ("text: 'North Korea'«s army'»\n", "The quotation ends before this place, and the line goes on."),
    ("a: «[»x, y\nb: c\n", "A bracket opens here, and ] is missing."),
    ("a: «{»x: y\nb: c\n", "A bracket opens here, and } is missing."),
    ("a: {x: 1 y«:» 2}\n", "A comma or } is missing before this place."),
    ("text: [translated] «words»\n", "The bracket ends before this place, and the line goes on."),
    ("«layout clearing»\nlanguage: en\n", "This line is not a field: it has no colon followed by a space."),
    ("«layout:clearing»\nlanguage: en\n", "This line is not a field: it has no colon followed by a space."),
    ("layout: clearing\n«language en»\nedition: 2025\n", "This line is not a field: it has no colon followed by a space."),
    ("text: |\n«not indented»\nb: c\n", "This line is not a field: it has no colon followed by a space."),
    ("text: «*»important* words\n", "A text cannot begin with * unless it is quoted."),
    ("text: «@»home\n", "A text cannot begin with @ unless it is quoted."),
    ("text: «`»code`\n", "A text cannot begin with ` unless it is quoted."),
    ("text: «%»5\n", "A text cannot begin with % unless it is quoted."),
    ('text: "C:«\\p»ath"\n', "Inside double quotes, \\p means nothing."),
    ("text: > «words»\n  more\n", "After | or >, nothing more may stand on the line."),
    ("a:\n  - x\n  «y: z»\n", "This line is not an entry of the list above it."),
    ("- one\n«two: x»\n", "This line is not an entry of the list above it."),
]


@pytest.mark.parametrize(("text", "message"), SLIPS)
def test_a_slip_is_named_where_it_was_made(check, text, message):
    marked = Marked.of(text)
    (said,) = check(marked.text)
    assert (said.code, said.message) == ("Y002", message)
    assert (said.line, said.column, said.under) == (marked.line, marked.column, marked.under)
    assert said.hint


@pytest.mark.parametrize(("text", "message"), SLIPS)
def test_without_the_fast_parser_a_slip_is_refused_on_its_line_too(check, monkeypatch, text, message):
    monkeypatch.setattr(reading, "_Loader", yaml.SafeLoader)
    marked = Marked.of(text)
    (said,) = check(marked.text)
    assert (said.code, said.line) == ("Y002", marked.line)


@pytest.mark.parametrize("text", ["a:\n«\t»b: c\n", "a:\n  b: c\n«\t»d: e\n", "a:\n  «\t»b: c\n"])
def test_a_tab_that_indents_is_shown(check, text):
    marked = Marked.of(text)
    (said,) = check(marked.text)
    assert (said.code, said.line, said.column) == ("Y004", marked.line, marked.column)


@pytest.mark.parametrize(
    ("text", "comments"),
    [
        ("a: two words # c\n", ["# c"]),
        ("a:\n  - two words\t#c\n", ["#c"]),
        ("a: [two words # c\n ]\n", ["# c"]),
        ("a: two words\n  and more # c \nb: x y # d\n", ["# c", "# d"]),
        ("a: 2025 # c\nb: word # c\n# c\nc: 'two words' # c\nd: two words#3\n", []),
        ("a: | # c\n  two words # 3\nb: two words\n\n# c\n", []),
        ("a: [two words] # c\nb: {two words: x} # c\nc: &x two words\nd: *x # c\n", []),
    ],
)
def test_a_comment_behind_words_is_said_and_the_rest_is_read(text, comments):
    found = read_text(text, Path("p"))
    assert [d.code for d in found.diagnostics] == ["Y008"] * len(comments)
    places = [d.place for d in found.diagnostics if d.place is not None]
    assert [place.text[place.column - 1 : place.end_column - 1].rstrip() for place in places] == comments
    assert found.ok


SCALARS = [
    "a: plain words 조선 é\n",
    "a: plain words\n  on two\n\n  and four lines\n",
    "a: 'it''s ''quoted'''\n",
    "a: 'it''s\n  on two\n\n\n  lines'\n",
    'a: "\\"quoted\\" \\x41\\u00e9\\U0001F600 and\\\n   broken\n   twice\n\n   more"\n',
    "a: |\n  one\n  two\n\n    three\n  four\n",
    "a: |2-\n    one\n  two\n",
    "a: |+  # [a comment]\n\n  one\n\n",
    "a: >\n  one\n  two\n\n\n  three\n    four\n  five\n",
    "a: >-\n  조선 one\n  two\n",
    "a: &x |\n  one\nb: *x\n",
    "a: &x words\nb: *x\n",
    "a: [one, two 'three']\n",
]


@pytest.mark.parametrize("text", SCALARS)
def test_every_sign_of_a_value_is_found_where_it_was_typed(text):
    found = read_text(text, Path("p"))
    assert found.value is not None
    node, _ = found.value.node(("a", 1))
    begin = found.value._starts[node.line] + node.column
    end = found.value._starts[node.end_line] + node.end_column if node.end_line < len(found.value._starts) else len(text)
    raw = text[begin:end]
    places = offsets(raw, node.text)
    assert len(places) == len(node.text)
    assert places == sorted(places)
    escaped = {"A": "\\", "é": "\\é", "😀": "\\", '"': '\\"', " ": " \n", "\n": " \n", "'": "'"}
    for sign, place in zip(node.text, places, strict=True):
        assert raw[place] in escaped.get(sign, sign) + sign
    words = [(m, node.text.index(m)) for m in ("one", "two", "four", "lines", "more", "quoted") if m in node.text]
    for word, at in words:
        assert raw[places[at] : places[at] + len(word)] == word


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("front:\n  - page: cover\n   - page: imprint\n", "put 2 spaces before this line."),
        ("front:\n  - page: cover\n    title: A\n   - page: imprint\n", "put 2 spaces before this line."),
        ("front:\n- page: cover\n - page: imprint\n", "put no spaces before this line."),
        ("front:\n  - page: cover\n    title: A\n     - page: imprint\n", "put 2 spaces before this line."),
        ("front:\n  - page: cover\n - page: imprint\n", "put 2 spaces before this line."),
    ],
)
def test_a_hyphen_out_of_its_column_is_told_the_column_of_its_list(typed, hint):
    (said,) = read_text(typed, Path("volume.yaml")).diagnostics
    assert (said.code, hint in said.hint) == ("Y002", True), said
