"""Tables that a plain text has flattened: to tabs, or to a line for each cell."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from monitorpub.diagnostics import Diagnostic, Place
from monitorpub.importing.document import Fact, Facts, Row, Table
from monitorpub.importing.lines import BULLET, Line, updated
from monitorpub.importing.roles import role_of

FARTHEST = 3
"""Lines above the first value that may be the heading of the section, the caption and a head."""

YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass
class Run:
    """Labels and values, each on its line: those of one table."""

    rows: list[tuple[str, Line, list[Line]]] = field(default_factory=list)
    """``head`` with the line; ``fact`` with the line of the label and those of its values."""
    end: int = 0
    """The index of the line behind it."""
    heading: Line | None = None
    """The heading of the section, where it stood among them."""
    caption: Line | None = None
    guesses: list[tuple[int, str]] = field(default_factory=list)


def flattened(lines: list[Line], start: int, *, labelled: bool, headed: bool) -> Run | None:
    """The table whose first label stands at ``start``, or None.

    In the key data (``labelled``) a label ends with a colon and its value is the next line; elsewhere some of the lines must look like
    values (Not reported, Abstained …).  ``headed`` says that a heading stands right above.
    """
    if labelled:
        return _labelled(lines, start)
    first = next((index for index in range(start, min(start + FARTHEST + 1, len(lines))) if lines[index].is_value), start)
    if first == start or not all(_may_belong(lines, index) for index in range(start, first)):
        return None  # headings far above the first value are headings
    end = first
    while end < len(lines) and _may_belong(lines, end):
        end += 1
    values = [index for index in range(first, end) if lines[index].is_value]
    if not values:
        return None
    end = values[-1] + 1
    run = _parsed(lines[start:end])
    run.end = end
    _name(run, headed=headed)
    return run if any(kind == "fact" and cells for kind, _, cells in run.rows) else None


def _labelled(lines: list[Line], start: int) -> Run | None:
    run = Run()
    index = start
    while index + 1 < len(lines):
        label, value = lines[index], lines[index + 1]
        plain = not (value.tabbed or BULLET.match(value.typed) or value.words.endswith(":") or value.in_capitals)
        if not label.words.endswith(":") or label.tabbed or not plain or role_of(label.words) or len(label.words.split()) > 15:
            break
        run.rows.append(("fact", label, [value]))
        index += 2
    run.end = index
    return run if run.rows else None


def _may_belong(lines: list[Line], index: int) -> bool:
    line = lines[index]
    if not (line.is_heading or line.is_value) or role_of(line.words) or BULLET.match(line.typed) or updated(line.words):
        return False
    following = lines[index + 1] if index + 1 < len(lines) else None
    return not (following and updated(following.words)) and not (line.in_capitals and not line.is_value)


def _parsed(lines: list[Line]) -> Run:
    """Which line is a head, which a label, which a value; an empty cell has left an empty line more."""
    run = Run()
    index = 0
    while index < len(lines):
        line = lines[index]
        second = lines[index + 1] if index + 1 < len(lines) else None
        third = lines[index + 2] if index + 2 < len(lines) else None
        if second is not None and second.is_value:
            cells = [second]
            while index + 1 + len(cells) < len(lines) and lines[index + 1 + len(cells)].is_value:
                cells.append(lines[index + 1 + len(cells)])
            run.rows.append(("fact", line, cells))
            index += 1 + len(cells)
        elif second is not None and second.gap > 1:
            run.rows.append(("fact", line, []))
            index += 1
        elif third is not None and third.is_value:
            run.rows.append(("head", line, []))
            index += 1
        else:
            run.rows.append(("fact", line, [second] if second else []))
            run.guesses.append((line.number, f"“{line.words}” was taken for a label, and the line below it for its value"))
            index += 2
    return run


def _name(run: Run, *, headed: bool) -> None:
    """What stands above the first label: the heading of the section, the caption of the table, the head of its first group."""
    above = 0
    while above < len(run.rows) and run.rows[above][0] == "head":
        above += 1
    while not headed and above == 0 and len(run.rows) > 1 and run.rows[0][0] == "fact" and not _answers(run.rows[0]):
        _, label, cells = run.rows.pop(0)  # three lines above the first value: two of them were read as label and value
        run.rows[:0] = [("head", label, []), *((("head", cell, [])) for cell in cells)]
        run.guesses = [guess for guess in run.guesses if guess[0] != label.number]
        above = 1 + len(cells)
        if run.rows[above][0] == "head":
            above += 1
    if above and not headed:
        run.heading = run.rows.pop(0)[1]
        above -= 1
    more_heads = any(kind == "head" for kind, _, _ in run.rows[above:])
    if above and (above > 1 or not more_heads):
        run.caption = run.rows.pop(0)[1]


def _answers(row: tuple[str, Line, list[Line]]) -> bool:
    return bool(row[2]) and row[2][0].is_value


def facts_in(run: Run, text_of: Callable[[Line], str]) -> Facts:
    """The block of a run."""
    groups: list[tuple[str, list[Fact]]] = []
    for kind, line, cells in run.rows:
        text = text_of(line).removesuffix(":").rstrip()
        if kind == "head":
            groups.append((text, []))
            continue
        if not groups:
            groups.append(("", []))
        groups[-1][1].append(Fact(text, [text_of(cell) for cell in cells], line.number))
    caption = text_of(run.caption) if run.caption else ""
    first = run.caption.number if run.caption else run.rows[0][1].number
    return Facts([group for group in groups if group[1]] or groups, caption, first)


def table_of(lines: list[Line], file: Path, text_of: Callable[[Line], str]) -> tuple[Table, list[Diagnostic]]:
    """The table of rows whose cells are parted by tabs, with the warning I006 for each row that has other cells than the first.

    A further row that names years where the first does is a head too.
    """
    rows = [[cell.strip() for cell in _cells(line, text_of)] for line in lines]
    width = max(len(row) for row in rows)
    said = []
    for line, row in zip(lines, rows, strict=True):
        if len(row) != len(rows[0]):
            message = f"This row has {len(row)} cells, and the first row of its table has {len(rows[0])}."
            hint = "Empty cells were added at the end of the shorter ones. Look whether each figure stands in its column."
            said.append(Diagnostic("I006", message, Place(file, line.number, 1, 2, line.raw), hint=hint))
    heads = [_years(row) for row in rows]
    table = Table([], line=lines[0].number)
    for index, (line, row) in enumerate(zip(lines, rows, strict=True)):
        head = index == 0 or (bool(heads[0]) and heads[index] == heads[0] and len(heads[0]) == len(row) - 1)
        table.rows.append(Row([*row, *[""] * (width - len(row))], head, line.number))
    return table, said


def _cells(line: Line, text_of: Callable[[Line], str]) -> list[str]:
    lead = len(line.raw) - len(line.raw.lstrip("\t"))
    return [*[""] * lead, *text_of(line).split("\t")]


def _years(row: list[str]) -> list[str]:
    """The years that the cells behind the first name, one each."""
    found = [YEAR.findall(cell) for cell in row[1:]]
    return [years[0] for years in found] if all(len(years) == 1 for years in found) else []
