"""What CommonMark reads and prints nowhere: surplus cells of a table, lines that define links, text nested too deeply.

The rules here stand in place of markdown-it's own, read as they do, and keep what would be lost for a diagnostic.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote, list_block, reference, table

MAX_LEVELS = 6
"""Lists and quotations in each other.  Printed, a seventh would have no room; markdown-it drops what is deeper than 20 tokens."""

Rule = Callable[[StateBlock, int, int, bool], bool]

_ENV = "lost"


@dataclass(frozen=True)
class Lost:
    """A stretch of a text that would not be printed, with the code of what is wrong and two figures or none for its message."""

    code: str
    start: int
    end: int
    line: int
    figures: tuple[int, int] = (0, 0)


def keep_what_is_lost(engine: MarkdownIt) -> None:
    """Put the rules of this module in place; what they find stands in the environment of each text."""
    ends = ["paragraph", "reference", "blockquote"]
    engine.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    engine.block.ruler.at("blockquote", _nested(blockquote), {"alt": [*ends, "list"]})
    engine.block.ruler.at("list", _nested(list_block), {"alt": ends})
    engine.block.ruler.at("reference", _reference)


def lost_in(env: dict[str, object]) -> list[Lost]:
    """What was found while a text with this environment was read, in the order of the text."""
    found = env.get(_ENV)
    return sorted(found, key=lambda lost: lost.start) if isinstance(found, list) else []


def _say(state: StateBlock, code: str, start: int, line: int, figures: tuple[int, int] = (0, 0)) -> None:
    end = start + len(state.src[start : state.eMarks[line]].rstrip())
    state.env.setdefault(_ENV, []).append(Lost(code, start, end, line, figures))


def _start(state: StateBlock, line: int) -> int:
    return state.bMarks[line] + state.tShift[line]


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    before = len(state.tokens)
    if not table(state, start, end, silent):
        return False
    if not silent:
        rows = [token for token in state.tokens[before:] if token.type == "tr_open" and token.map]
        columns = sum(token.type == "th_open" for token in state.tokens[before:])
        for line in (row.map[0] for row in rows[1:] if row.map):
            cells = _cells(state.src, _start(state, line), state.eMarks[line])
            surplus = [cell for cell in cells[columns:] if cell[1]]
            if surplus:
                _say(state, "T011", surplus[0][0], line, (len(cells), columns))
    return True


def _cells(text: str, start: int, end: int) -> list[tuple[int, str]]:
    """The cells of a row between ``start`` and ``end``: where the words of each begin, and the words."""
    bars = [i for i in range(start, end) if text[i] == "|" and text[i - 1 : i] != "\\"] if start < end else []
    edges = [start - 1, *bars, end]
    cells = []
    for left, right in pairwise(edges):
        typed = text[left + 1 : right]
        cells.append((left + 1 + len(typed) - len(typed.lstrip()), typed.strip()))
    if bars and bars[0] == start:
        cells = cells[1:]
    if cells and not cells[-1][1]:
        cells = cells[:-1]
    return cells


def _nested(rule: Rule) -> Rule:
    """The rule for lists or quotations, which opens none inside six others: what stands there is read as a paragraph."""

    def read(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if silent:
            return rule(state, start, end, True)
        depth = state.env.get("depth", 0)
        if depth >= MAX_LEVELS:
            if rule(state, start, end, True) and not any(lost.code == "T013" for lost in state.env.get(_ENV, [])):
                _say(state, "T013", _start(state, start), start)
            return False
        state.env["depth"] = depth + 1
        try:
            return rule(state, start, end, False)
        finally:
            state.env["depth"] = depth

    return read


def _reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A line that defines a link is read and said.  One that begins with [^label]: is a note call, with [@key]: a citation."""
    at = _start(state, start)
    if state.src.startswith(("[^", "[@"), at) or not reference(state, start, end, silent):
        return False
    if not silent:
        _say(state, "T014", at, start)
    return True
