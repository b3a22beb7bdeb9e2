"""Nothing that an editor typed is lost in silence: it is in the tokens, or something is said."""

from __future__ import annotations

import random
import re

import pytest

from monitorpub.model import Text
from monitorpub.text.parse import Parsed, parse, walk


def parsed(source: str, *, note: bool = False) -> Parsed:
    return parse(Text(source), "en-GB", note=note)


def said(source: str) -> list[tuple[str, str, int]]:
    return [(p.code, p.needle, p.nth) for p in parsed(source).problems]


def in_tokens(found: Parsed) -> set[str]:
    return set(re.findall(r"w\d+", " ".join(t.content for t in walk(found.tokens) if t.type != "inline")))


HEAD = "| A | B |\n|---|---|\n"


@pytest.mark.parametrize(
    ("rows", "surplus"),
    [
        ("| x | y | lost |", ["lost |"]),
        ("x | y | lost", ["lost"]),
        ("| x | a|b |", ["b |"]),
        ("| `x | y` | z |", ["z |"]),
        ("| x | y | one | two |\n| 1 | 2 | 3 |", ["one | two |", "3 |"]),
        ("| lost | y | lost |", ["lost |"]),
        ("| x | y |", []),
        ("| x | y | |", []),
        ("| x | a\\|b |", []),
        ("| x |\n| |\n| a", []),
        ("x", []),
    ],
)
def test_cells_that_no_column_has_are_said(rows, surplus):
    assert [needle for code, needle, _ in said(HEAD + rows)] == surplus
    assert {code for code, *_ in said(HEAD + rows)} <= {"T011"}


def test_the_surplus_is_found_where_it_stands():
    assert said(HEAD + "| lost | y | lost |") == [("T011", "lost |", 1)]
    assert said("- x\n\n  > | A |\n  > |---|\n  > | x | y |") == [("T011", "y |", 0)]


@pytest.mark.parametrize("mark", ["> ", "- ", "1. "])
@pytest.mark.parametrize("depth", [1, 6, 7, 11, 30, 400])
def test_more_than_six_levels_are_refused_and_their_words_stay(mark, depth):
    found = parsed(mark * depth + "w0 w1\n\nw2")
    assert [p.code for p in found.problems] == (["T013"] if depth > 6 else [])
    assert in_tokens(found) == {"w0", "w1", "w2"}


def test_the_first_line_that_is_too_deep_is_named():
    source = "".join(f"{'  ' * n}- w{n}\n" for n in range(12))
    assert said(source) == [("T013", "- w6", 0)]
    assert in_tokens(parsed(source)) == {f"w{n}" for n in range(12)}


def test_whatever_is_nested_its_words_are_in_the_tokens_or_something_is_said():
    choice = random.Random(1)
    pieces = ["> ", "- ", "1. ", "  ", "    ", "*", "**", "[", "](https://x.org) ", "`", "![", "](a.png) ", "| ", "\n", "\n\n", "\n  ", "\n\n    ", "```\n", "|---|---|\n", "\\"]  # fmt: skip
    for _ in range(3000):
        source, count = "", 0
        for _ in range(choice.randint(1, 40)):
            source += choice.choice(pieces) if choice.random() < 0.7 else f"w{count} "
            count = len(re.findall(r"w\d", source))
        found = parsed(source)
        typed = set(re.findall(r"w\d+", source))
        assert in_tokens(found) == typed or found.problems, source


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("[ICRC]: https://www.icrc.org", ["[ICRC]: https://www.icrc.org"]),
        ("See [ICRC].\n\n[ICRC]: https://www.icrc.org\n[UN]: <x> 'Title'\nwords", ["[ICRC]: https://www.icrc.org", "[UN]: <x> 'Title'"]),
        ("- x\n\n  [Note]: important", ["[Note]: important"]),
        ("[A]:\nhttps://x.org", ["[A]:"]),
        ("[Note]: two words", []),
        ("\\[ICRC]: https://www.icrc.org", []),
        ("Words\n[ICRC]: https://www.icrc.org", []),
    ],
)
def test_a_line_that_defines_a_link_is_said(source, lines):
    assert [needle for code, needle, _ in said(source) if code == "T014"] == lines


@pytest.mark.parametrize(
    ("source", "labels"),
    [
        ("[^a]: Words.", ["[^a]"]),
        ("One.\n\n[^a]: Words.\n[^b]: Words.", ["[^a]", "[^b]"]),
        ("- [^a]: Words.", ["[^a]"]),
        ("It is so[^a]: it is.", []),
        ("One[^a]\n: two", []),
        ("| [^a]: x | B |\n|---|---|", []),
        ("\\[^a]: Words.", []),
    ],
)
def test_a_note_typed_in_the_text_is_said(source, labels):
    assert [(code, needle) for code, needle, _ in said(source)] == [("T015", label) for label in labels]


def test_a_call_in_the_words_of_a_link_is_said_where_it_stands():
    assert said("One.[^a] [the words[^a] more](https://x.org) [^a]") == [("T004", "[^a]", 1)]
    assert said("[words](https://x.org)[^a] [^a](https://x.org)") == []
