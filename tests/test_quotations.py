"""Quotations: what opens, what closes, what is an apostrophe, and what rules of style may see."""

from __future__ import annotations

import pytest

from monitorpub.text.quotations import masked, outer, quotations, stray_marks


def pairs(text):
    """The quoted words, with a sign of length where one is never closed."""
    return [q.words(text) if q.end is not None else f"{q.mark}…" for q in quotations(text)]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("He said “one” and “two”.", ["one", "two"]),
        ('He said "one" and "two".', ["one", "two"]),
        ("“She said ‘one’ there”", ["She said ‘one’ there", "one"]),
        ("\"She said 'one' there\"", ["She said 'one' there", "one"]),
        ("«Là» and „dort“", ["Là", "dort"]),
        ("the States' reports don't say 'no', I’m told", ["no"]),
        ("in the ‘90s and the States’ “own” words", ["own"]),
        ('"Ibid.; and "Mines found", *Outlet*', ['"…', "Mines found"]),
        ('"Mines found (x), Outlet; and "More", Outlet', ['"…', "More"]),
        ("“Mines, Outlet; and “More,” Outlet", ["“…", "More,"]),
        ('“half curly", x', ["half curly"]),
        ('"half straight”, x', ["half straight"]),
        ('"left open\n\nbut "closed" here', ['"…', "closed"]),
        ("“over two\n\nparagraphs”", ["over two\n\nparagraphs"]),
        ('buried 4" deep', []),
        ('type `"` here', []),
        ("", []),
    ],
)
def test_what_is_quoted(text, quoted):
    assert pairs(text) == quoted


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("Mines found,” Outlet", [12]),
        ('Mines found," Outlet', [12]),
        ("“One” two” three", [9]),
        ('“all” is "well"', []),
        ("the States’ own", []),
    ],
)
def test_marks_that_close_nothing(text, at):
    assert [index for index in stray_marks(text) if text[index] not in "’'"] == at


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("He said “one” here", "He said “···” here"),
        ("“p1\n\n“p2” x", "“··\n\n“··” x"),
        ("never “closed here", "never “···········"),
        ("never opened” here", "············” here"),
        ("see https://a.org/b-c, and `code`", "see ·················, and ······"),
        ("mail a@b.org; www.c.org.", "mail ·······; ·········."),
        ("[words](https://a.org)", "[words················"),
        ("text\n> as said\ntext", "text\n·········\ntext"),
    ],
)
def test_what_rules_of_style_see(text, seen):
    assert masked(text).replace("\0", "·") == seen
    assert len(masked(text)) == len(text)


def test_outer_quotations_are_closed_and_in_no_other():
    text = "“open, “one ‘two’” and «three»"
    assert [q.words(text) for q in outer(text)] == ["one ‘two’", "three"]
