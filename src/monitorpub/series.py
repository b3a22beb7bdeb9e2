"""A series table as it is printed: figures in the locale's form, padded so that decimal points stand under each other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from monitorpub.columns import Columns, columns
from monitorpub.computed.words import TableWords
from monitorpub.figures import DASH, decimals_of, format_number, padding
from monitorpub.model import Cell, Row, SeriesTable
from monitorpub.model.keydata import RowGroup
from monitorpub.number import Call, Note, Numbered, Steps


@dataclass(frozen=True)
class PrintedCell:
    """A cell: what is printed, whether it is a figure, words or nothing, and the calls behind it."""

    text: str
    """The figure; or the words without their calls and marks."""
    kind: str
    """``number``, ``words`` or ``missing``; of a change, ``dash`` where there is nothing to compute from."""
    path: Steps
    calls: tuple[Call, ...]
    decimals: int = 0
    padding: str = ""
    """White behind figure and calls, in place of the decimals that others of its column have."""
    number: Decimal | None = None
    """The figure as a number."""


@dataclass(frozen=True)
class PrintedRow:
    """A row with its cells, newest year first."""

    row: Row
    label_path: Steps
    unit: str
    cells: tuple[PrintedCell, ...]
    """The years; behind them the change, where the table has one."""


@dataclass(frozen=True)
class PrintedGroup:
    """Rows under one head."""

    group: RowGroup
    head_path: Steps | None
    unit: str
    rows: tuple[PrintedRow, ...]


@dataclass(frozen=True)
class PrintedTable:
    """A series table ready for the template."""

    table: SeriesTable
    path: Steps
    years: tuple[int, ...]
    groups: tuple[PrintedGroup, ...]
    notes: tuple[Note, ...]
    number: int | None
    columns: Columns
    heads: tuple[str, ...] = ()
    """What stands over the columns: the years; behind them the words over the change, where the table has one."""


def printed(table: SeriesTable, path: Steps, numbered: Numbered) -> PrintedTable:
    """The table ready for the template."""
    years = table.year_columns()
    paths = {id(row): (*path, *below) for row, _, below in table.all_rows()}
    units = {id(row): unit for row, unit, _ in table.all_rows()}
    groups = []
    for index, group in enumerate(table.row_groups()):
        rows = [_row(table, row, units[id(row)], paths[id(row)], years, numbered) for row in group.rows]
        head = (*path, "groups", index, "head") if group.head is not None else None
        groups.append(PrintedGroup(group, head, table.unit_of(group), tuple(_padded(rows))))
    notes = tuple(numbered.table_notes.get(path, ()))
    words = numbered.layout.words(numbered.written.language)
    heads = [str(year) for year in years]
    if change := table.change_years():
        heads.append(TableWords(words, numbered.written.language)("change", year=change[1]))
    shares = _columns(groups, heads, words.get("not-reported", ""))
    return PrintedTable(table, path, tuple(years), tuple(groups), notes, numbered.tables.get(path), shares, tuple(heads))


def _columns(groups: list[PrintedGroup], heads: list[str], missing: str) -> Columns:
    """How the columns share the width: those of all groups stand under each other."""
    labels = [group.group.head.bare for group in groups if group.group.head is not None]
    values: list[str] = []
    for row in (row for group in groups for row in group.rows):
        labels.append(row.row.label.bare)
        for cell in row.cells:
            values.append(missing if cell.kind == "missing" else cell.text)
    units = [f"\u00a0({group.unit})" if group.unit not in ("count", "text") else "" for group in groups]
    return columns(labels, values, [f"{head}{unit}" for unit in units for head in heads], heads)


def _row(table: SeriesTable, row: Row, unit: str, path: Steps, years: list[int], numbered: Numbered) -> PrintedRow:
    cells = []
    for year in years:
        cell = table.cell(row, year)
        where = (*path, "values", year)
        calls = tuple(numbered.calls.get(where, ()))
        cells.append(_cell(cell, where, calls, numbered.written.language))
    if table.change_years():
        cells.append(_change(table.change_in(row), unit, (*path, "values"), numbered.written.language))
    return PrintedRow(row, (*path, "label"), unit, tuple(cells))


def _change(number: Decimal | None, unit: str, path: Steps, language: str) -> PrintedCell:
    if number is None:
        return PrintedCell("" if unit == "text" else DASH, "dash", path, ())
    return PrintedCell(format_number(number, language, plus=True), "number", path, (), decimals_of(number), number=number)


def _cell(cell: Cell, path: Steps, calls: tuple[Call, ...], language: str) -> PrintedCell:
    if cell.number is not None:
        text = format_number(cell.number, language)
        return PrintedCell(text, "number", path, calls, decimals_of(cell.number), number=cell.number)
    if cell.text is not None and cell.worded:
        return PrintedCell(cell.text.bare, "words", path, calls)
    return PrintedCell("", "missing", path, calls)


def _padded(rows: list[PrintedRow]) -> list[PrintedRow]:
    """The rows of a group with their figures padded to the longest run of decimals, column by column."""
    widest = [max(cell.decimals for cell in column) for column in zip(*(row.cells for row in rows), strict=True)]
    return [replace(row, cells=tuple(_pad(cell, widest[c]) for c, cell in enumerate(row.cells))) for row in rows]


def _pad(cell: PrintedCell, decimals: int) -> PrintedCell:
    return replace(cell, padding=padding(cell.decimals, decimals)) if cell.kind == "number" else cell
