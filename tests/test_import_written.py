"""The YAML of an import says what it should, and looks as an editor would have written it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from monitorpub.importing.written import WIDTH, Flow, Prose, wrapped, yaml_of
from monitorpub.model import Text
from monitorpub.read import read_text, to_values
from monitorpub.text.parse import parse
from monitorpub.text.plain import plain

NASTY = [
    "plain", "a: b", "ends:", "# x", "a #b", "- x", "-x", "? x", "?x", "[x]", "{x}", "x, y", "*x*", "&x", "!x", "|", ">", "%x", "@x", "`x`", '"x"', "'x'",
    "it's", 'say "x"', "it's \"x\"", "null", "~", "Null", "nullable", "yes", "NO", "12", "1.10", "010", "12:30", "2025-08-31", "back\\slash", "a\\", "---", "...",
    "=", "<<", ":x", "x:y", "—", "¹", "é", "한국", "[^a] b", "b.[^a]", "#", ",", "}", "<https://example.org>",
]  # fmt: skip


def back(text):
    found = read_text(text, Path("source.yaml"))
    assert found.value is not None, (text, found.diagnostics)
    return to_values(found.value.root)


@pytest.mark.parametrize("words", NASTY)
def test_whatever_the_words_they_are_read_back(words):
    fields = {
        "line": words,
        "prose": Prose(words),
        "items": [words, words],
        "row": Flow({"id": words, "values": Flow({2024: words})}),
        "notes": {"a": Prose(words)},
    }
    found = back(yaml_of(fields))
    assert (found["prose"].rstrip("\n"), found["notes"]["a"].rstrip("\n")) == (words, words)
    assert (found["line"], found["items"], found["row"]) == (words, [words, words], {"id": words, "values": {"2024": words}})


def test_quotes_stand_only_where_yaml_needs_them():
    text = yaml_of({"a": "It’s a plain line, isn’t it?", "b": "One: two", "c": 'He said: "no"', "d": "“Quoted”", "e": "7"})
    assert text == 'a: It’s a plain line, isn’t it?\nb: "One: two"\nc: \'He said: "no"\'\nd: “Quoted”\ne: 7\n'


def test_text_stands_in_blocks_short_lists_in_one_line_and_what_was_not_reported_is_null():
    text = yaml_of(
        {
            "layout": "x",
            "sections": [{"title": "One", "text": Prose("First: words.\n\nSecond.")}],
            "capacity": [{"list": "Operators", "items": ["Army", "Police"]}, {"list": "Others", "items": []}],
            "rows": [Flow({"id": "a", "values": Flow({2024: None})})],
        },
        "Imported from a.txt.",
    )
    assert text == (
        "# Imported from a.txt.\n\nlayout: x\n\nsections:\n  - title: One\n    text: |\n      First: words.\n\n      Second.\n\n"
        "capacity:\n  - list: Operators\n    items: [Army, Police]\n  - list: Others\n    items: []\nrows:\n  - {id: a, values: {2024: null}}\n"
    )


def test_long_lines_are_broken_and_say_the_same():
    words = "- 1. 2) # ## > | + * --- === ~~~ [a] [^b] :--- 2024. word words a|b `c` *it* <https://example.org/a> and".split()
    for seed in range(60):
        chosen = random.Random(seed).choices(words, k=120)
        text = "Text " + " ".join(chosen)
        lines = wrapped(text, 60)
        assert " ".join(lines) == text
        assert plain(parse(Text("\n".join(lines)), "en-GB")) == plain(parse(Text(text), "en-GB")), lines


def test_items_of_lists_and_quotations_are_broken_under_their_first_word():
    item = "word " * 40 + "end"
    lines = wrapped(f"- {item}\n  1. {item}\n> {item}\n| {item} |", 60)
    assert all(len(line) <= 60 for line in lines[:-1])
    assert all(
        line.startswith(("- word", "  word", "  1. word", "     word", "> word", "| word", "  end", "     end", "> end")) for line in lines
    )


def test_lines_are_no_wider_than_they_may_be():
    text = yaml_of({"notes": {"a-label": Prose("some words of a note, " * 60)}})
    assert max(map(len, text.splitlines())) <= WIDTH
