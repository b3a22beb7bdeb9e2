"""A series table as it is printed: figures in the locale's form, padded so that decimal points stand under each other."""

from __future__ import annotations

from dataclasses import dataclass, replace

from monitorpub.columns import Columns, columns
from monitorpub.figures import decimals_of, format_number, padding
from monitorpub.model import Cell, Row, SeriesTable
from monitorpub.model.keydata import RowGroup
from monitorpub.number import Call, Note, Numbered, Steps


@dataclass(frozen=True)
class PrintedCell:
    """A cell: what is printed, whether it is a figure, words or nothing, and the calls behind it."""

    text: str
    """The figure; or the words without their calls and marks."""
    kind: str
    """``number``, ``words`` or ``missing``."""
    path: Steps
    calls: tuple[Call, ...]
    decimals: int = 0
    padding: str = ""
    """White behind figure and calls, in place of the decimals that others of its column have."""


@dataclass(frozen=True)
class PrintedRow:
    """A row with its cells, newest year first."""

    row: Row
    label_path: Steps
    unit: str
    cells: tuple[PrintedCell, ...]


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


def printed(table: SeriesTable, path: Steps, numbered: Numbered) -> PrintedTable:
    """The table ready for the template."""
    years = table.year_columns()
    paths = {id(row): (*path, *below) for row, _, below in table.all_rows()}
    units = {id(row): unit for row, unit, _ in table.all_rows()}
    groups = []
    for index, group in enumerate(table.row_groups()):
        rows = [_row(table, row, units[id(row)], paths[id(row)], years, numbered) for row in group.rows]
        head = (*path, "groups", index, "head") if group.head is not None else None
        groups.append(PrintedGroup(group, head, table.unit_of(group), tuple(_padded(rows, len(years)))))
    notes = tuple(numbered.table_notes.get(path, ()))
    shares = _columns(groups, years, numbered.layout.words(numbered.written.language).get("not-reported", ""))
    return PrintedTable(table, path, tuple(years), tuple(groups), notes, numbered.tables.get(path), shares)


def _columns(groups: list[PrintedGroup], years: list[int], missing: str) -> Columns:
    """How the columns share the width: those of all groups stand under each other."""
    labels = [group.group.head.bare for group in groups if group.group.head is not None]
    values: list[str] = []
    for row in (row for group in groups for row in group.rows):
        labels.append(row.row.label.bare)
        for cell in row.cells:
            values.append(missing if cell.kind == "missing" else cell.text)
    units = [f"\u00a0({group.unit})" if group.unit not in ("count", "text") else "" for group in groups]
    return columns(labels, values, [f"{year}{unit}" for unit in units for year in years], [str(year) for year in years])


def _row(table: SeriesTable, row: Row, unit: str, path: Steps, years: list[int], numbered: Numbered) -> PrintedRow:
    cells = []
    for year in years:
        cell = table.cell(row, year)
        where = (*path, "values", year)
        calls = tuple(numbered.calls.get(where, ()))
        cells.append(_cell(cell, where, calls, numbered.written.language))
    return PrintedRow(row, (*path, "label"), unit, tuple(cells))


def _cell(cell: Cell, path: Steps, calls: tuple[Call, ...], language: str) -> PrintedCell:
    if cell.number is not None:
        return PrintedCell(format_number(cell.number, language), "number", path, calls, decimals_of(cell.number))
    if cell.text is not None and cell.worded:
        return PrintedCell(cell.text.bare, "words", path, calls)
    return PrintedCell("", "missing", path, calls)


def _padded(rows: list[PrintedRow], columns: int) -> list[PrintedRow]:
    """The rows of a group with their figures padded to the longest run of decimals, column by column."""
    widest = [max((row.cells[c].decimals for row in rows), default=0) for c in range(columns)]
    return [replace(row, cells=tuple(_pad(cell, widest[c]) for c, cell in enumerate(row.cells))) for row in rows]


def _pad(cell: PrintedCell, decimals: int) -> PrintedCell:
    return replace(cell, padding=padding(cell.decimals, decimals)) if cell.kind == "number" else cell
