"""Text as tokens: which calls it makes, what it links to, how its quotes pair, and what is wrong with it."""

from __future__ import annotations

import pytest

from monitorpub.model import Text
from monitorpub.text.live import occurrences
from monitorpub.text.parse import Parsed, parse, walk


def parsed(source: str, language: str = "en-GB", *, inline: bool = False, note: bool = False) -> Parsed:
    return parse(Text(source, inline=inline), language, note=note)


def words(found: Parsed) -> str:
    breaks = {"softbreak": " ", "paragraph_close": "\n"}
    return "".join(t.content if t.type in ("text", "code_inline") else breaks.get(t.type, "") for t in walk(found.tokens)).strip()


@pytest.mark.parametrize(
    ("source", "calls"),
    [
        ("One[^a] two[^b] one[^a]", ["a", "b", "a"]),
        ("One[^a][^b]", ["a", "b"]),
        ("*One[^a]* and **two[^b]**", ["a", "b"]),
        ("| A[^a] | B |\n|---|---|\n| 1 | 2[^b] |", ["a", "b"]),
        ("> Quoted[^a]\n\n- item[^b]", ["a", "b"]),
        ("[words[^a]](https://example.org)", ["a"]),
        ("\\[^a\\] and \\[^b] and `[^c]` and ``[^d]``", []),
        ("```\n[^a]\n```\n\n    [^b]\n", []),
        ("<https://example.org/[^a]>", []),
        ("[^]", []),
        ("[^un statement]", ["un statement"]),
        ("[^un\nstatement]", ["un statement"]),
        ("[^a]: https://example.org", ["a"]),
        ("[^a](https://example.org)", ["a"]),
        ("[^조선] [^un-1998.b:c]", ["조선", "un-1998.b:c"]),
    ],
)
def test_calls_are_those_that_commonmark_reads_in_their_order(source, calls):
    assert list(parsed(source).calls) == calls


def test_what_is_escaped_is_printed_as_it_stands():
    assert words(parsed("\\[^a\\] \\<b> \\{\\{x\\}\\} `{{ y }}`")) == "[^a] <b> {{x}} {{ y }}"
    assert parsed("\\[^a\\] \\<b> `<b>` \\{\\{x\\}\\} `{{ y }}` `p { color: red }` &lt;b&gt;").problems == ()


@pytest.mark.parametrize(
    ("source", "links"),
    [
        ("<https://example.org>", ["https://example.org"]),
        ("at https://example.org/a.", ["https://example.org/a"]),
        ("[a](https://example.org) <who@example.org> [b](#one)", ["https://example.org", "mailto:who@example.org", "#one"]),
        ("www.example.org, who@example.org, 10.0.0.1, either//or.com and ftp://example.org", []),
    ],
)
def test_links_are_those_that_were_meant(source, links):
    found = parsed(source)
    assert (list(found.links), found.problems) == (links, ())


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JaVaScript:alert(1)", "data:text/html,x", "file:///etc/passwd", "ftp://example.org", "a.pdf", "/a", "//a.org", "https://", "https:///a", "vbscript:x"],
)  # fmt: skip
def test_a_link_elsewhere_is_refused(address):
    assert [(p.code, p.needle) for p in parsed(f"[a]({address})").problems] == [("T004", address)]


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org",
        "http://bit.ly/2XXbuXd",
        "https://example.org:8080/a?b=c#d",
        "https://exämple.org/ä",
        "https://x.org/a_(b)",
        "mailto:a@b.org",
    ],
)
def test_a_link_to_the_web_or_a_mailbox_is_accepted(address):
    assert parsed(f"[a]({address}) <{address}>").problems == ()


def test_an_address_without_a_host_is_refused():
    assert [p.code for p in parsed("<http://[::1>").problems] == ["T004"]


@pytest.mark.parametrize(
    ("source", "codes"),
    [
        ("<b>x</b>", ["T001", "T001"]),
        ("<br/> <br> <!-- x -->", ["T001", "T001", "T001"]),
        ('<a href="https://example.org"\nclass="x">', ["T001"]),
        ("<?php x ?> <!DOCTYPE html>", ["T001", "T001"]),
        ("{{ a }} {% b %} {# c #}", ["T002", "T002", "T002"]),
        ("}} and {{", ["T002", "T002"]),
        (".note, p > a { float: none; }", ["T003"]),
        ("Words {.red style=x}", ["T003"]),
        ("# One\n\nTwo\n===\n\n---\n", ["T007", "T007", "T007"]),
        ("![](a.png)", ["T006"]),
        ("1 < 2, 3 > 2, a {b} c, 50% {x}, A<5, <5 km²", []),
        ("\\# One, \\--- two", []),
        ("![A map](a.png)", []),
    ],
)
def test_what_would_be_printed_as_it_stands_is_said(source, codes):
    assert [p.code for p in parsed(source).problems if not p.code.startswith("T004")] == codes


@pytest.mark.parametrize(
    ("source", "code", "needle"),
    [
        ("See [^b].", "T008", "[^b]"),
        ("One\n\n| A | B |\n|---|---|", "T008", "| A | B |"),
        ("![A map](a.png)", "T008", "a.png"),
        ("```\ncode\n```", "T008", "```"),
        ("# One", "T007", "# One"),
    ],
)
def test_what_a_note_cannot_hold_is_said(source, code, needle):
    assert [(p.code, p.needle) for p in parsed(source, note=True).problems] == [(code, needle)]


def test_a_note_may_have_paragraphs_lists_and_quotations():
    assert parsed("One\n\n- two\n\n> three", note=True).problems == ()


@pytest.mark.parametrize(
    ("source", "needle"),
    [("One\n\nTwo", "Two"), ("- one\n- two", "- one"), ("| A |\n|---|\n| b |", "| A |"), ("One\n- two", "- two"), ("One\ntwo\n", None)],
)
def test_one_line_of_text_is_one_paragraph(source, needle):
    assert [p.needle for p in parsed(source, inline=True).problems if p.code == "T009"] == ([needle] if needle else [])


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("\"He said 'no' twice,\" she said.", "“He said ‘no’ twice,” she said."),
        ("the mines' edges and North Korea's", "the mines’ edges and North Korea’s"),
        ('*"em"* ("x") ["y"]', "“em” (“x”) [“y”]"),
        ('"word"[^a] next "two[^b]".', "“word” next “two”."),
        ("\"It's 'so'\"", "“It’s ‘so’”"),
        ('"조선" and "é"', "“조선” and “é”"),
        ('5" and `"code"` and \\"x\\"', '5" and "code" and "x"'),
        ("“set” ‘already’", "“set” ‘already’"),
    ],
)
def test_straight_quotes_pair(typed, printed):
    assert words(parsed(typed)) == printed


@pytest.mark.parametrize(
    ("language", "printed"),
    [
        ("en-US", "“a ‘b’”"),
        ("de", "„a ‚b‘“"),
        ("de-CH", "«a ‹b›»"),
        ("fr-FR", "«\u202fa ‹\u202fb\u202f›\u202f»"),
        ("ru", "«a „b“»"),
        ("uk", "«a „b“»"),
        ("es", "«a “b”»"),
        ("pt-BR", "“a ‘b’”"),
        ("pt-PT", "«a “b”»"),
        ("pl", "„a «b»”"),
        ("ro", "„a «b»”"),
        ("hu", "„a »b«”"),
        ("cs", "„a ‚b‘“"),
        ("nl", "‘a ‘b’’"),
        ("sv", "”a ’b’”"),
        ("fi", "”a ’b’”"),
        ("da", "“a ‘b’”"),
        ("nb", "«a ‘b’»"),
        ("tr", "“a ‘b’”"),
        ("el", "«a “b”»"),
        ("ko", "“a ‘b’”"),
        ("ar", "”a ’b‘“"),
        ("ja", "「a 『b』」"),
    ],
)
def test_quotes_are_those_of_the_language(language, printed):
    assert words(parsed("\"a 'b'\"", language)) == printed


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("the '90s and the '80s", "the ’90s and the ’80s"),
        ("'the '90s' and '12 mines'", "‘the ’90s’ and ‘12 mines’"),
        ("in '98", "in ’98"),
    ],
)
def test_an_apostrophe_before_figures_opens_no_quotation(typed, printed):
    assert words(parsed(typed)) == printed


@pytest.mark.parametrize("language", ["en-GB", "fr", "de", "pl", "sv", "fi", "ar", "nb", "hu", "he", "nl"])
def test_quotations_keep_their_spelling_in_every_language(language):
    assert words(parsed('pp. 1-2 "pp. 3-4" pp. 5-6', language)).count("–") == 2


def test_nested_quotations_keep_their_spelling():
    assert words(parsed("> pp. 8-9\n>\n> > p. 7\n\np. 7, pp. 8-9")) == "pp. 8-9\np. 7\np.\u00a07, pp.\u00a08–9"


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("[^a] [^a]", [0, 5]),
        ("`[^a]` [^a]", [7]),
        ("``x ` [^a]`` [^a]", [13]),
        ("\\[^a] [^a]", [6]),
        ("\\\\[^a]", [2]),
        ("```\n[^a]\n\n[^a]\n```\n[^a]", [19]),
        ("\\`[^a]` [^a]", [2, 8]),
        ("`a\n\n[^a]`", [4]),
        ("`[^a]`", [1]),
        ("[^ab]", []),
    ],
)
def test_words_are_found_outside_code_and_escapes(text, starts):
    assert [start for start, _ in occurrences(text, "[^a]")] == starts


def test_words_are_found_over_a_line_break():
    assert occurrences("x <a\n  href> y", "<a href>") == [(2, 12)]


def test_a_long_text_without_any_problem_is_read_in_a_moment():
    source = "a, b: c > d. " * 4000 + "[" * 200 + "`" * 301 + "{" * 2000 + "<a " * 2000
    assert parsed(source).calls == ()
