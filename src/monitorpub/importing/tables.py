"""Tables of the document as tables of a profile: values by year, and labels with values."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from monitorpub.importing.document import CALL, Document, Facts, Row, Table
from monitorpub.importing.signs import begun
from monitorpub.importing.written import Flow, Prose
from monitorpub.model.scalars import NUMBER, RESERVED, slug
from monitorpub.report import counted

NO_CAPTION = "Overview"
"""What a table of labels and values is called that has no title in the file."""

_YEAR = re.compile(r"\b(?:19|20|21)\d\d\b")
_UNIT = re.compile(r"\((?:in )?(km²|km2|sq\.? ?km|m²|m2|%)\)|,\s(?:in )?(km²|km2|m²|m2|%)\Z", re.IGNORECASE)
_SIGNS = {"km2": "km²", "sq km": "km²", "sq. km": "km²", "sqkm": "km²", "sq.km": "km²", "m2": "m²"}
_TYPED_NUMBER = re.compile(r"Table\s+\d{1,3}\s*[.:–—-]\s*(?=\w)", re.IGNORECASE)
_NOT_REPORTED = re.compile(r"(?:not reported|n/r)\.?", re.IGNORECASE)

Fields = dict[str, Any]


class Names:
    """Ids that were given, so that no two things get the same."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def new(self, words: str, longest: int = 40) -> str:
        """An id made from words."""
        base = slug(CALL.sub("", words)) or "table"
        if len(base) > longest:
            base = base[: longest + 1].rsplit("-", 1)[0][:longest].strip("-")
        if base.startswith(RESERVED):
            base = f"the-{base}"
        name, count = base, 1
        while name in self._taken:
            count += 1
            name = f"{base}-{count}"
        self._taken.add(name)
        return name


def facts_table(block: Facts, names: Names, document: Document, calm: Callable[[str], str]) -> Fields:
    """The table of labels and values."""
    caption = calm(block.caption)
    if not caption:
        caption = NO_CAPTION
        document.say("guessed", block.line, f"this table of labels and values is called “{caption}”: the file gives it no title")
    groups = []
    for head, facts in block.groups:
        rows = []
        for fact in facts:
            if not fact.values:
                document.say("lost", fact.line, f"the value of “{fact.label}” is not in the file; a dash stands for it")
            rows.append({"label": calm(fact.label), "value": Prose("\n\n".join(map(begun, fact.values)) or "—")})
        groups.append(({"head": calm(head)} if head else {}) | {"rows": rows})
    table: Fields = {"facts": caption, "id": names.new(caption)}
    if len(groups) == 1 and "head" not in groups[0]:
        return table | {"rows": groups[0]["rows"]}
    return table | {"groups": groups}


def series_table(block: Table, names: Names, title: str, document: Document) -> Fields | None:
    """The table of values by year; None where its columns are not years, each once and the newest first."""
    groups = _groups(block.rows)
    years = _years(groups[0][0]) if groups else []
    if not years or any(_years(head) != years for head, _ in groups) or len(set(years)) != len(years):
        return None
    if any(len(row.cells) != len(years) + 1 or not row.cells[0] for _, rows in groups for row in rows) or not all(
        rows for _, rows in groups
    ):
        return None
    caption = _without_number(block, document) or groups[0][0].cells[0] or title
    ids = Names()
    units = [_unit(head, rows, caption) for head, rows in groups]
    rows_of = [_rows(rows, years, ids, unit) for (_, rows), unit in zip(groups, units, strict=True)]
    _say_units(block, groups, units, document)
    table: Fields = {"table": caption, "id": names.new(caption)}
    if years != sorted(years, reverse=True):
        table["years"] = years
    if len(groups) == 1 and caption == groups[0][0].cells[0]:
        return table | ({"unit": units[0]} if units[0] else {}) | {"rows": rows_of[0]}
    out = []
    for (head, _), unit, rows in zip(groups, units, rows_of, strict=True):
        if not head.cells[0]:
            return table | ({"unit": unit} if unit else {}) | {"rows": rows} if len(groups) == 1 else None
        out.append({"head": head.cells[0]} | ({"unit": unit} if unit else {}) | {"rows": rows})
    return table | {"groups": out}


def _without_number(block: Table, document: Document) -> str:
    """The caption of a table by year without a number that was typed: such tables get one when they are printed."""
    found = _TYPED_NUMBER.match(block.caption)
    if found is None:
        return block.caption
    words = f"“{found[0].strip()}” was typed before the caption of this table, and went: the layout numbers tables by year itself"
    document.say("changed", block.line, words)
    return block.caption[found.end() :]


def _groups(rows: list[Row]) -> list[tuple[Row, list[Row]]]:
    groups: list[tuple[Row, list[Row]]] = []
    for row in rows:
        if row.head:
            groups.append((row, []))
        elif not groups:
            return []
        else:
            groups[-1][1].append(row)
    return groups


def _years(head: Row) -> list[int]:
    found = [_YEAR.findall(cell) for cell in head.cells[1:]]
    return [int(years[0]) for years in found] if found and all(len(years) == 1 for years in found) else []


def _unit(head: Row, rows: list[Row], caption: str) -> str:
    """The unit in the heads of the columns or the caption, else that of all rows, else that of plain counts.

    None where a figure is not a plain number.
    """
    cells = [CALL.sub("", cell).strip() for row in rows for cell in row.cells[1:]]
    figures = all(not cell or NUMBER.fullmatch(cell) or not re.search(r"\d", cell) for cell in cells)
    if not figures:
        return "text"
    above = {unit for text in (*head.cells, caption) if (unit := _unit_in(text))}
    if len(above) == 1:
        return above.pop()
    of_rows = {_unit_in(row.cells[0]) for row in rows}
    if not above and len(of_rows) == 1 and (own := of_rows.pop()):
        return own
    plain = all(not cell or NUMBER.fullmatch(cell) or _NOT_REPORTED.fullmatch(cell) for cell in cells)
    return "count" if plain and not above else ""


def _unit_in(text: str) -> str:
    """The unit that a text names: ``km²`` in ``Cleared (km²)``; nothing where it names none."""
    found = _UNIT.search(CALL.sub("", text).strip())
    unit = (found[1] or found[2]).lower() if found else ""
    return _SIGNS.get(unit, unit)


def _say_units(block: Table, groups: list[tuple[Row, list[Row]]], units: list[str], document: Document) -> None:
    """Say where heads and rows do not agree about the unit, and which values are none."""
    for (head, rows), unit in zip(groups, units, strict=True):
        own = {_unit_in(row.cells[0]) for row in rows} | {_unit_in(cell) for cell in head.cells} | {""}
        if unit != "text" and own - {"", unit}:
            named = ", ".join(sorted(own - {""}))
            words = f"the unit of this table is {unit or 'not given'}, and {named} stands in its heads or rows: look at it"
            document.say("guessed", block.line, words)
        none = [cell for row in rows for cell in row.cells[1:] if cell and _NOT_REPORTED.fullmatch(cell)]
        if none:
            words = f"{counted(len(none), 'value')} “{none[0]}” of this table: the layout prints its own word where nothing was reported"
            document.say("changed", block.line, words)


def _rows(rows: list[Row], years: list[int], names: Names, unit: str) -> list[Flow]:
    out = []
    for row in rows:
        values = {year: _value(cell) for year, cell in zip(years, row.cells[1:], strict=True)}
        own = _unit_in(row.cells[0])
        fields: Fields = {"id": names.new(row.cells[0], 30), "label": row.cells[0]}
        fields |= {"unit": own} if own and unit not in (own, "text") else {}
        out.append(Flow(fields | {"values": Flow(values)}))
    return out


def _value(cell: str) -> str | None:
    if not cell or _NOT_REPORTED.fullmatch(cell):
        return None
    return cell.replace(",", "") if NUMBER.fullmatch(cell) else cell
