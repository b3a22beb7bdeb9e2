"""The tables of a profile or chapter as data: CSV (RFC 4180) in UTF-8, from the same cells as the page.

A row of the table is a row of the file, and the years are columns in the order of print.  Figures are written with a point and without
separators, as exact as they are printed; what was not reported is left empty.  The names of columns that the page does not have are
English in every language: ``group``, ``row``, ``unit``, ``notes``; of a facts table ``group``, ``label``, ``value``, ``notes``; of the
assessment ``criterion``, ``weight``, ``commentary``, ``notes``, and in its last rows ``average`` and ``band``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal

from monitorpub.computed import ComputedCell, PrintedComputed
from monitorpub.figures import WITHOUT_SIGN
from monitorpub.model import FactsTable, SeriesTable
from monitorpub.number import Call, Numbered, Steps, Table
from monitorpub.scored import printed_assessment
from monitorpub.series import PrintedCell, PrintedTable, printed
from monitorpub.text.plain import lines, plain
from monitorpub.validate import every_table


@dataclass(frozen=True)
class Dataset:
    """A table: its id, its caption, and its rows as CSV."""

    id: str
    caption: str
    text: str
    """Empty for a table that is computed from the facts of other profiles, where these are not known."""


def datasets(numbered: Numbered, computed: Mapping[str, PrintedComputed]) -> tuple[Dataset, ...]:
    """All printed tables in the order of the text; ``computed`` are the computed ones by their ids, as far as they are known."""
    tables = tuple(
        Dataset(table.id, plain(numbered.parsed[table.label.path]), _text(table, path, numbered, computed))
        for table, path in every_table(numbered.written)
        if table.label.path in numbered.parsed
    )
    return (*_scores(numbered, {table.id for table in tables}), *tables)


def _scores(numbered: Numbered, used: Set[str]) -> Iterator[Dataset]:
    """The assessment: its criteria, then the average and the band of each year in rows of their own."""
    words = numbered.layout.words(numbered.written.language)
    printed = printed_assessment(numbered, words)
    if printed is None or printed.assessment.criteria[0].name.path not in numbered.parsed:
        return  # there is none, or the layout does not print it
    rows = [["criterion", "weight", *(str(year) for year in printed.years), "commentary", "notes"]]
    for one in printed.assessment.criteria:
        paths = [text.path for text in (one.name, one.commentary) if text is not None]
        scores = [one.scores.get(year) for year in printed.years]
        said = lines(numbered.parsed[one.commentary.path]) if one.commentary is not None else ""
        calls = [call for path in paths for call in numbered.calls.get(path, ())]
        figures = ["" if score is None else _figure(score) for score in scores]
        rows.append([plain(numbered.parsed[one.name.path]), _figure(one.weight), *figures, said, _notes([("", calls)])])
    averages = [printed.assessment.average_of(year) for year in printed.years]
    rows.append(["average", "", *("" if one is None else _figure(one) for one in averages), "", ""])
    rows.append(["band", "", *(printed.assessment.band_of(year, numbered.written.edition) or "" for year in printed.years), "", ""])
    name = next(
        name for name in ("assessment", "assessment-scores", *(f"assessment-{n}" for n in range(2, len(used) + 4))) if name not in used
    )
    yield Dataset(name, words.get("assessment", "Assessment"), _csv(rows))


def _text(table: Table, path: Steps, numbered: Numbered, computed: Mapping[str, PrintedComputed]) -> str:
    if isinstance(table, SeriesTable):
        return _series(printed(table, path, numbered), numbered)
    if isinstance(table, FactsTable):
        return _facts(table, path, numbered)
    return _computed(computed[table.id], numbered) if table.id in computed else ""


def _series(table: PrintedTable, numbered: Numbered) -> str:
    grouped = any(group.head_path is not None for group in table.groups)
    rows = [[*(["group"] if grouped else []), "row", "unit", *table.heads, "notes"]]
    for group in table.groups:
        head = [plain(numbered.parsed[group.head_path]) if group.head_path is not None else ""] if grouped else []
        above = numbered.calls.get(group.head_path, []) if group.head_path is not None else []
        for row in group.rows:
            calls: list[tuple[str, Sequence[Call]]] = [("", [*above, *numbered.calls.get(row.label_path, [])])]
            calls += [(year, cell.calls) for year, cell in zip(table.heads, row.cells, strict=True)]
            unit = row.unit if row.unit not in WITHOUT_SIGN else ""
            cells = [_cell(cell, numbered) for cell in row.cells]
            rows.append([*head, plain(numbered.parsed[row.label_path]), unit, *cells, _notes(calls)])
    return _csv(rows)


def _facts(table: FactsTable, path: Steps, numbered: Numbered) -> str:
    """Labels and values; the paragraphs of a value stand on lines of their own."""
    grouped = any(group.head is not None for group in table.row_groups())
    rows = [[*(["group"] if grouped else []), "label", "value", "notes"]]
    for group in table.row_groups():
        head = [plain(numbered.parsed[group.head.path]) if group.head is not None else ""] if grouped else []
        above = numbered.calls.get(group.head.path, []) if group.head is not None else []
        for row in group.rows:
            calls = [*above, *numbered.calls.get(row.label.path, []), *numbered.calls.get(row.value.path, [])]
            rows.append([*head, plain(numbered.parsed[row.label.path]), lines(numbered.parsed[row.value.path]), _notes([("", calls)])])
    return _csv(rows)


def _cell(cell: PrintedCell, numbered: Numbered) -> str:
    if cell.kind == "words":
        return plain(numbered.parsed[cell.path])
    return _figure(cell.number) if cell.number is not None else ""


def _computed(table: PrintedComputed, numbered: Numbered) -> str:
    words = [plain(numbered.parsed[one.label.path]) if one.label is not None else one.words for one in table.columns]
    heads = [f"{name} ({one.unit})" if one.unit else name for name, one in zip(words, table.columns, strict=True)]
    grouped = any(group.head for group in table.groups)
    name = table.table.row_head
    first = plain(numbered.parsed[name.path]) if name is not None else "row"
    rows = [[*(["group"] if grouped else []), first, *heads, "notes"]]
    for group in table.groups:
        head = [group.head] if grouped else []
        for row in group.rows:
            notes = _notes([(of, cell.calls) for of, cell in zip(heads, row.cells, strict=True)])
            rows.append([*head, row.name, *(_computed_cell(cell) for cell in row.cells), notes])
    return _csv(rows)


def _computed_cell(cell: ComputedCell) -> str:
    if cell.number is not None:
        return _figure(cell.number)
    return "" if cell.kind in ("missing", "dash", "blank") else cell.text


def _figure(number: Decimal) -> str:
    return f"{number:f}"


def _notes(calls: Iterable[tuple[str, Sequence[Call]]]) -> str:
    """The marks of the notes that are called in a row, with the column of each: ``a; 2023: b, 12``."""
    marked = [(of, ", ".join(call.note.mark for call in some)) for of, some in calls if some]
    return "; ".join(f"{of}: {marks}" if of else marks for of, marks in marked)


def _csv(rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()
