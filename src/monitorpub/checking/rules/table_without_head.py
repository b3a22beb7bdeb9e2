"""A102: a table in a text with a column that has no head."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitorpub.checking.manuscript import Manuscript
from monitorpub.checking.rule import Hit, Rule, Severity

_HEAD = re.compile(
    r"^(?P<head>[^\n]+)\n[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$",
    re.MULTILINE,
)


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """The first rows of tables in which a cell is empty, but for the corner above the heads of rows."""
    for passage in manuscript.passages:
        if passage.inline or "|" not in passage.text or manuscript.written is None:
            continue
        for match in _HEAD.finditer(passage.text):
            if "|" not in match["head"]:
                continue
            typed = match["head"].strip().removeprefix("|").removesuffix("|")
            cells = [re.sub(r"[*_`\s]|\[\^[^\]]*\]", "", cell) for cell in re.split(r"(?<!\\)\|", typed)]
            empty = [number for number, cell in enumerate(cells, 1) if not cell]
            lead = len(match["head"]) - len(match["head"].lstrip())
            start, end = match.start("head") + lead, match.start("head") + len(match["head"].rstrip())
            if len(empty) == len(cells):
                yield Hit(passage, start, end, "The table has no head.")
            elif wrong := [number for number in empty if number > 1]:
                yield Hit(passage, start, end, f"Column {wrong[0]} of the table has no head.")


RULE = Rule(
    code="A102",
    name="table-without-head",
    severity=Severity.WARNING,
    what="A table in a text whose first row, the head, is empty, or leaves a column without a head. The corner may be empty.",
    why="A reader who hears the table cell by cell is told the head of its column with each.",
    example="| Region |   |",
    instead="Write over each column what it holds: | Region | Area (km²) |",
    check=find,
)
