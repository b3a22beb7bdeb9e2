"""What the fields of a profile or a chapter must be to each other: ids that differ, sections not too deep, totals that add up.

It works on the values as they were read, part by part, so that it has its say even where another field is wrong.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from monitorpub.assessing import of_assessment
from monitorpub.diagnostics import Diagnostic
from monitorpub.model import Row, SeriesTable
from monitorpub.model.keydata import form_of
from monitorpub.model.profile import table_form
from monitorpub.model.scalars import not_a_number, shown
from monitorpub.source import Source

MAX_LEVELS = 3

Steps = tuple[str | int, ...]
Values = dict[str, Any]


def contradictions(source: Source, values: Values, base: Steps = ()) -> Iterator[Diagnostic]:
    """Everything in the values that contradicts something else in them: M002, M004 and M011-M016.

    ``base`` is where they stand in the source.
    """
    if not base:
        yield from _nameless(source, values)
    yield from _ids(source, _recommendations(values, base), "recommendation")
    yield from _ids(source, _anchors(values, base), "section or table")
    yield from _ids(source, _entries(values, base), "entry")
    for section, steps, level in _sections(values, base):
        if level == MAX_LEVELS + 1:
            message = f"This section is on level {level}; sections have {MAX_LEVELS} levels."
            yield source.at("M016", message, (*steps, *(("title",) if "title" in section else ())), "Move it one level up.")
    if not base:
        yield from of_assessment(source, values)
    for raw, steps in _tables(values, base):
        try:
            table = SeriesTable.model_validate(raw)
        except ValidationError:
            continue  # said with the fields
        yield from _years(source, table, steps)
        yield from _rows(source, table, steps)


def _nameless(source: Source, values: Values) -> Iterator[Diagnostic]:
    """A profile that is called nothing: it has no country, and no title in its place."""
    if values.get("country") is None and values.get("title") is None:
        hint = "For instance: country: {code: PRK, name: North Korea}. A text that is about no country has a title: title: Questions"
        yield source.at("M002", "The field 'country' is missing here.", ("country",), hint)
    elif values.get("key-developments-since") is not None and values.get("key-developments") is None:
        message = "There are no key developments, and so nothing since this date."
        yield source.at("M015", message, ("key-developments-since",), "Add the field key-developments, or delete this one.")


def _blocks(values: Any, name: str) -> Iterator[tuple[int, Values]]:
    """The entries of a list, those that are blocks of fields."""
    entries = values.get(name) if isinstance(values, dict) else None
    if isinstance(entries, list):
        yield from ((index, entry) for index, entry in enumerate(entries) if isinstance(entry, dict))


def _sections(values: Values, base: Steps, level: int = 1) -> Iterator[tuple[Values, Steps, int]]:
    for index, section in _blocks(values, "sections"):
        steps = (*base, "sections", index)
        yield section, steps, level
        yield from _sections(section, steps, level + 1)


def _with_tables(values: Values, base: Steps) -> Iterator[tuple[Values, Steps]]:
    """What may have tables: a chapter itself, and each section."""
    yield values, base
    yield from ((section, steps) for section, steps, _ in _sections(values, base))


def _tables(values: Values, base: Steps) -> Iterator[tuple[Values, Steps]]:
    for index, entry in _blocks(values, "key-data"):
        if form_of(entry) == "table":
            yield entry, (*base, "key-data", index)
    for block, steps in _with_tables(values, base):
        for index, table in _blocks(block, "tables"):
            if table_form(table) == "table":
                yield table, (*steps, "tables", index)


def _ids(source: Source, named: Iterator[tuple[str, Steps]], what: str) -> Iterator[Diagnostic]:
    seen: dict[str, int] = {}
    for name, steps in named:
        line = source.place(steps).line
        if name not in seen:
            seen[name] = line
        else:
            hint = f"It stands first in line {seen[name]}; each {what} needs an id of its own."
            yield source.at("M011", f"The id {name!r} is used twice.", steps, hint)


def _recommendations(values: Values, base: Steps) -> Iterator[tuple[str, Steps]]:
    for index, item in _blocks(values, "recommendations"):
        if isinstance(item.get("id"), str):
            yield item["id"], (*base, "recommendations", index, "id")


def _anchors(values: Values, base: Steps) -> Iterator[tuple[str, Steps]]:
    """Every id that was typed for something that can be linked to."""
    for index, entry in _blocks(values, "key-data"):
        if "table" in entry and isinstance(entry.get("id"), str):
            yield entry["id"], (*base, "key-data", index, "id")
    for block, steps in _with_tables(values, base):
        if steps != base and isinstance(block.get("id"), str):
            yield block["id"], (*steps, "id")
        for index, table in _blocks(block, "tables"):
            if isinstance(table.get("id"), str):
                yield table["id"], (*steps, "tables", index, "id")


def _entries(values: Values, base: Steps) -> Iterator[tuple[str, Steps]]:
    """The ids of key data and of capacity lists, by which other parts of an edition name them."""
    for name in ("key-data", "capacity"):
        for index, entry in _blocks(values, name):
            if isinstance(entry.get("id"), str):
                yield entry["id"], (*base, name, index, "id")


def _years(source: Source, table: SeriesTable, steps: Steps) -> Iterator[Diagnostic]:
    """Years that the table does not print, or prints twice."""
    if table.years is None:
        return
    for index, year in enumerate(table.years):
        if year in table.years[:index]:
            yield source.at("M015", f"The year {year} stands here for the second time.", (*steps, "years", index), "Delete one of the two.")
    for row, _, below in table.all_rows():
        for year in row.values:
            if year not in table.years:
                message = f"The value for {year} would be lost: {year} is not one of the years of the table."
                yield source.at("M015", message, (*steps, *below, "values", year), f"Add {year} to the field years of the table.", key=True)


def _rows(source: Source, table: SeriesTable, steps: Steps) -> Iterator[Diagnostic]:
    units: dict[str, str] = {}
    for row, unit, below in table.all_rows():
        if row.id in units:
            hint = "Each row of a table needs an id of its own."
            yield source.at("M011", f"The row id {row.id!r} is used twice in this table.", (*steps, *below, "id"), hint)
        units.setdefault(row.id, unit)
        if unit != "text":
            for year, cell in row.values.items():
                if hint := not_a_number(cell) or "":
                    message = f"A number is expected here, and this is {shown(str(cell.text))}."
                    yield source.at("M004", message, (*steps, *below, "values", year), hint)
    for row, unit, below in table.all_rows():
        path = (*steps, *below)
        wrong = list(_names(source, table, row, units, path))
        yield from wrong or _sums(source, table, row, unit, path)


def _names(source: Source, table: SeriesTable, row: Row, units: dict[str, str], path: Steps) -> Iterator[Diagnostic]:
    """A total or an average must name other rows of its own unit, each once; an average is part of neither."""
    if row.average is not None:
        yield from _average(source, table, row, units, path)
    names = row.total or []
    others = [name for name in units if name != row.id]
    averages = {r.id for r, _, _ in table.all_rows() if r.average is not None}
    for index, name in enumerate(names):
        here = (*path, "total", index)
        if name == row.id:
            yield source.at("M013", "The total adds up itself.", here, f"Name the rows it adds up: {', '.join(others)}.")
        elif name not in units:
            near = difflib.get_close_matches(name, others, n=1, cutoff=0.5)
            hint = f"Did you mean {near[0]}?" if near else f"The rows here are: {', '.join(others)}."
            yield source.at("M013", f"The total adds up {name!r}, and the table has no such row.", here, hint)
        elif units[name] != units[row.id]:
            hint = "Only rows of one unit can be added up."
            yield source.at("M013", f"The total is in {units[row.id]}, and the row {name!r} is in {units[name]}.", here, hint)
        elif name in names[:index]:
            yield source.at("M013", f"The total adds up {name!r} twice.", here, "Delete one of the two.")
        elif name in averages:
            yield source.at("M013", f"The total adds up {name!r}, which is an average.", here, "Name the rows themselves.")
        elif row.id in _below(table, name):
            hint = f"The total {name!r} adds up {row.id!r} in its turn."
            yield source.at("M013", f"The totals {row.id!r} and {name!r} add up each other.", here, hint)


def _average(source: Source, table: SeriesTable, row: Row, units: dict[str, str], path: Steps) -> Iterator[Diagnostic]:
    others = [name for name in units if name != row.id]
    averages = {r.id for r, _, _ in table.all_rows() if r.average is not None}
    for name in row.average or {}:
        where: dict[str, Any] = {"needle": name} if not source.has((*path, "average", name)) else {"key": True}
        here = (*path, "average", name if "key" in where else list(row.average or {}).index(name))
        if name == row.id or name in averages:
            whose = "itself" if name == row.id else f"{name!r}, which is an average in its turn"
            yield source.at("M013", f"The average is of {whose}.", here, "Name the rows that it is the mean of.", **where)
        elif name not in units:
            near = difflib.get_close_matches(name, others, n=1, cutoff=0.5)
            hint = f"Did you mean {near[0]}?" if near else f"The rows here are: {', '.join(others)}."
            yield source.at("M013", f"The average is of {name!r}, and the table has no such row.", here, hint, **where)
        elif units[name] != units[row.id]:
            message = f"The average is in {units[row.id]}, and the row {name!r} is in {units[name]}."
            yield source.at("M013", message, here, "Only rows of one unit have a mean.", **where)


def _below(table: SeriesTable, name: str) -> set[str]:
    """The rows that a row adds up, straight or by way of other totals."""
    totals = {row.id: row.total or [] for row, _, _ in table.all_rows()}
    found: set[str] = set()
    waiting = [name]
    while waiting:
        new = set(totals.get(waiting.pop(), [])) - found
        found |= new
        waiting += new
    return found


def _sums(source: Source, table: SeriesTable, row: Row, unit: str, path: Steps) -> Iterator[Diagnostic]:
    """A printed total must be the sum of its rows; whole things are counted exactly, areas may be rounded."""
    for year, cell in row.values.items():
        total = table.total(row, year) if row.total else None
        if cell.number is None or total is None:
            continue
        slack = Decimal(0) if unit == "count" else rounding([cell.number, *table.parts(row, year)])
        if abs(cell.number - total) > slack:
            message = f"The total for {year} is {cell.number:,}, and its rows add up to {total:,}."
            hint = "Correct the total or the rows; or leave the value out, and the sum is printed."
            yield source.at("M014", message, (*path, "values", year), hint)


def rounding(numbers: list[Decimal]) -> Decimal:
    """How far a sum of rounded numbers may be from a rounded total: half of the last digit of each."""
    return sum((Decimal(5).scaleb(int(n.as_tuple().exponent) - 1) for n in numbers), Decimal(0))
