"""A line that says what a table holds, for readers who do not see it: how large it is, and how its first figures go.

Each sentence is true of the table as it is printed: nothing is rounded, and what was not reported is not counted.  What stands for
itself is a sum where there is one, else the first row with a figure.  An author's own line (``summary``) replaces it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from monitorpub.computed import PrintedComputed
from monitorpub.figures import WITHOUT_SIGN
from monitorpub.labelled import PrintedFacts
from monitorpub.model import Text
from monitorpub.series import PrintedGroup, PrintedRow, PrintedTable
from monitorpub.text.heard import Heard

Plain = Callable[[Text], str]
"""Gives the bare words of a text."""


def summary(printed: PrintedTable | PrintedComputed | PrintedFacts, heard: Heard, plain: Plain, group: int = 0) -> str:
    """The line for a table; of a series table, for one of its groups, each of which is a table of its own.

    "" where the words for it are not known in the language of the document, and for further groups where the author wrote the line.
    """
    if printed.table.summary is not None:
        return printed.table.summary if group == 0 else ""
    if not heard.has("summary"):
        return ""
    if isinstance(printed, PrintedFacts):
        return heard("summary", size=heard.counted("summary-rows", len(list(printed.table.all_rows()))))
    if isinstance(printed, PrintedComputed):
        return _of_computed(printed, heard, plain)
    return _of_series(printed, printed.groups[group], heard, plain)


def _of_series(printed: PrintedTable, group: PrintedGroup, heard: Heard, plain: Plain) -> str:
    years = sorted(printed.years)
    size = {"rows": heard.counted("summary-rows", len(group.rows))}
    if not years:
        return heard("summary", size=size["rows"])
    span = str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
    size["columns"] = heard.counted("summary-years", len(years), span=span)
    both = heard("summary-size", **size)
    if all(row.unit == "text" for row in group.rows):
        return heard("summary", size=both)
    row = next((row for row in group.rows if row.row.total is not None and _reported(printed, row)), None)
    row = row or next((row for row in group.rows if row.unit != "text" and _reported(printed, row)), None)
    if row is None and any(cell.kind == "words" for row in group.rows for cell in row.cells):
        return heard("summary", size=both)
    if row is None:
        return heard("summary-with", size=both, values=heard("summary-none"))
    return heard("summary-with", size=both, values=_trend(printed, row, heard, plain))


def _reported(printed: PrintedTable, row: PrintedRow) -> list[int]:
    """The years for which a row has a figure, oldest first."""
    return sorted(year for year in printed.years if printed.table.cell(row.row, year).number is not None)


def _trend(printed: PrintedTable, row: PrintedRow, heard: Heard, plain: Plain) -> str:
    years = _reported(printed, row)
    texts = {year: cell.text for year, cell in zip(printed.years, row.cells, strict=False)}
    first, last = (printed.table.cell(row.row, year).number for year in (years[0], years[-1]))
    assert first is not None
    assert last is not None
    name = "summary-one" if len(years) == 1 else "summary-same" if first == last else "summary-rose" if last > first else "summary-fell"
    words = {"row": plain(row.row.label), "from": years[0], "to": years[-1]}
    figures = {"first": with_unit(texts[years[0]], row.unit, heard.language), "last": with_unit(texts[years[-1]], row.unit, heard.language)}
    return heard(name, **words, **figures)


def _of_computed(printed: PrintedComputed, heard: Heard, plain: Plain) -> str:
    rows = [row for group in printed.groups for row in group.rows]
    both = heard(
        "summary-size",
        rows=heard.counted("summary-rows", len(rows)),
        columns=heard.counted("summary-columns", len(printed.columns)),
    )
    total = next((row for row in reversed(rows) if row.total), None)
    for column, cell in zip(printed.columns, total.cells if total is not None else (), strict=False):
        if total is not None and column.figures and cell.kind == "number":
            value = with_unit(cell.text, column.unit, heard.language)
            head = plain(column.label) if column.label is not None else column.words
            return heard("summary-with", size=both, values=heard("summary-total", row=total.name, value=value, column=head))
    return heard("summary", size=both)


def with_unit(figure: str, unit: str, language: str) -> str:
    """A figure with its unit, a per cent sign as the language has it (CLDR): 5%, but 5 % in French."""
    if not unit or unit in WITHOUT_SIGN:
        return figure
    return f"{figure}{_before_percent(language) if unit == '%' else chr(0xA0)}{unit}"


@lru_cache(maxsize=64)
def _before_percent(language: str) -> str:
    from babel import Locale, UnknownLocaleError

    try:
        pattern = Locale.parse(language, sep="-").percent_formats[None].pattern
    except (UnknownLocaleError, ValueError):
        return ""
    return "" if pattern.endswith(("0%", "#%")) else "\u00a0"
