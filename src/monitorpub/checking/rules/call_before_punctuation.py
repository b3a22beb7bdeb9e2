"""N104: a call in front of the punctuation that it should follow."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitorpub.checking.manuscript import Manuscript, NoteCall, Passage
from monitorpub.checking.rule import Hit, Mend, Rule, Severity

_AFTER = re.compile(r"([.,;:!?…]+)([”’\"']?)")


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """Calls, or rows of calls, with a stop, comma or the like right behind them.  Before a dash a call stands well."""
    for row in rows(manuscript):
        passage, start, end = row[0].passage, row[0].start, row[-1].end
        after = _AFTER.match(passage.text, end)
        if after is None or _separates(passage, after) or _is_number(passage, start, after):
            continue
        while start and passage.text[start - 1] in " \t":
            start -= 1
        sign = after[1][0]
        doubled = passage.text[start - 1 : start] in ".!?…,;:" and bool(passage.text[:start])
        calls = passage.text[row[0].start : end]
        mend = None if doubled or len(after[1]) > 1 else Mend(passage, start, after.end(), after[0] + calls)
        what = {",": "comma", ";": "semicolon", ":": "colon", "!": "exclamation mark", "?": "question mark"}.get(sign, "stop")
        name = "The call stands" if len(row) == 1 else "The calls stand"
        yield Hit(passage, row[0].start, end, f"{name} before the {what}.", mend=mend)


def rows(manuscript: Manuscript) -> Iterator[list[NoteCall]]:
    """The calls of a manuscript, those that follow each other at one place together."""
    for series in manuscript.series:
        row: list[NoteCall] = []
        for call in series.calls:
            if row and (row[-1].passage is not call.passage or row[-1].end != call.start):
                yield row
                row = []
            row.append(call)
        if row:
            yield row


def _separates(passage: Passage, after: re.Match[str]) -> bool:
    """Whether the comma stands between two calls."""
    return after[0] == "," and re.compile(r"\s?(?:\[\^|\[\d+\s?\]|[⁰¹²³⁴⁵⁶⁷⁸⁹])").match(passage.text, after.end()) is not None


def _is_number(passage: Passage, start: int, after: re.Match[str]) -> bool:
    """Whether raised figures are a power rather than a call: 10³.5."""
    return passage.text[start - 1 : start].isdigit() and passage.text[after.end() : after.end() + 1].isdigit()


RULE = Rule(
    code="N104",
    name="call-before-punctuation",
    severity=Severity.WARNING,
    what="A call that stands before a stop, comma, colon, semicolon, question or exclamation mark.",
    why="Both houses set the call behind all punctuation, a comma within the sentence included; only a dash follows it.",
    example="The border is mined[^icrc-2024], and no survey is known[^letter].",
    instead="The border is mined,[^icrc-2024] and no survey is known.[^letter]",
    check=find,
)
