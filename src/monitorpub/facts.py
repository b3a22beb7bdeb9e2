"""The facts of a profile: plain data for conditions and computed tables.

Names, figures and statements only, without the texts of sections and of notes: who rewords a sentence leaves the facts as they are, and
with them every table that is computed from them.  Numbers are decimal strings, None is *not reported*, words stay words.

A field path leads to a value: ``group``, ``country.name``, ``key-data.status``, ``key-data.contamination.area``,
``key-data.land-release.clearance`` (a row: its value is that of a year).
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from monitorpub.model import Cell, Contamination, ContaminationEntry, Fact, ListOfThings, SeriesTable, Text
from monitorpub.model.contamination import band_of
from monitorpub.model.scalars import slug
from monitorpub.text.plain import plain
from monitorpub.validate import walk_tables

if TYPE_CHECKING:
    from monitorpub.number import Numbered

Facts = Mapping[str, Any]


class Missing(Enum):
    """What is found where a profile does not have the field at all."""

    MISSING = "missing"


MISSING: Final = Missing.MISSING

Value = str | tuple[str, ...] | None
"""Words or a decimal number as text; the items of a list; None where nothing was reported."""


def facts(numbered: Numbered) -> dict[str, Any]:
    """The facts of a profile, as plain JSON data; the same for the same facts, whatever the texts say.

    A profile that is about no country has no field ``country``.
    Entries of the key data stand under their id; one without an id under its label as an id (``article-5-deadline``).
    """
    profile = numbered.profile
    country = profile.country
    return {
        "name": profile.name,
        **({"country": {"code": country.code, "name": country.name, "formal-name": country.formal_name}} if country else {}),
        "group": profile.group,
        "language": profile.language,
        "edition": str(profile.edition),
        "volume": profile.volume,
        "last-updated": profile.last_updated.isoformat(),
        "layout": profile.layout,
        "key-data": _key_data(numbered),
        "tables": {table.id: _table(table, numbered) for table, steps in walk_tables(profile) if steps[0] == "sections"},
    }


def _key_data(numbered: Numbered) -> dict[str, Any]:
    entries = numbered.profile.key_data
    out: dict[str, Any] = {entry.id: _entry(entry, numbered) for entry in entries if entry.id}
    for index, entry in enumerate(entries):
        if not entry.id:
            out.setdefault(slug(entry.label.source) or f"entry-{index + 1}", _entry(entry, numbered))
    return out


def _entry(entry: Fact | ListOfThings | ContaminationEntry | SeriesTable, numbered: Numbered) -> dict[str, Any]:
    label = _words(entry.label, numbered)
    if isinstance(entry, Fact):
        return {"kind": "fact", "label": label, "value": _words(entry.value, numbered)}
    if isinstance(entry, ListOfThings):
        return {"kind": "list", "label": label, "items": [_words(item, numbered) for item in entry.items]}
    if isinstance(entry, SeriesTable):
        return _table(entry, numbered)
    return {"kind": "contamination", "label": label, **_statement(entry.value, numbered), "year": _year(entry.year)}


def _year(year: int | None) -> str | None:
    return None if year is None else str(year)


def _statement(statement: Contamination, numbered: Numbered) -> dict[str, Any]:
    """A contamination statement.  ``extent`` says what is known of the area: an exact figure, a limit, a band, nothing."""
    value = _words(statement.text, numbered)
    if statement.area is not None:
        extent = "limit" if statement.qualifier else "figure"
    elif statement.band:
        extent = "band"
    else:
        extent = "unknown" if statement.unknown else "residual"
    return {
        "value": value,
        "area": None if statement.area is None else _number(statement.area),
        "unit": "km²",
        "qualifier": statement.qualifier or None,
        "band": band_of(statement),
        "stated-band": statement.band or None,
        "extent": extent,
        "estimated-by": statement.estimated_by or None,
    }


def _table(table: SeriesTable, numbered: Numbered) -> dict[str, Any]:
    rows = {}
    for row, unit, _ in table.all_rows():
        years = sorted(set(row.values) | (set(table.year_columns()) if row.total or row.average else set()), reverse=True)
        values = {str(year): _cell(table.cell(row, year), numbered) for year in years}
        rows[row.id] = {"label": _words(row.label, numbered), "unit": unit, "values": values}
    return {"kind": "table", "label": _words(table.label, numbered), "rows": rows}


def _cell(cell: Cell, numbered: Numbered) -> str | None:
    if cell.number is not None:
        return _number(cell.number)
    return _words(cell.text, numbered) if cell.worded and cell.text is not None else None


def _number(value: Decimal) -> str:
    return f"{value:f}"


def _words(text: Text, numbered: Numbered) -> str:
    parsed = numbered.parsed.get(text.path)
    return plain(parsed) if parsed is not None else " ".join(text.bare.split())  # a block that the layout does not print


@dataclass(frozen=True)
class Row:
    """A row of a series table: its values by year, newest first."""

    label: str
    unit: str
    values: Mapping[str, str | None]

    def newest(self) -> tuple[int, str] | None:
        """The newest year with a value, and the value."""
        known = [(int(year), value) for year, value in self.values.items() if value is not None]
        return max(known) if known else None


def look_up(facts: Facts, path: str, year: int | None = None) -> Value | Missing:
    """The value of a field; of a row, that of the year, or the newest that was reported where ``year`` is None.

    ``MISSING`` where the profile does not have the field; None where it has it and nothing was reported.
    """
    found = field(facts, path)
    if isinstance(found, Row):
        if year is not None:
            return found.values.get(str(year))
        newest = found.newest()
        return newest[1] if newest else None
    return found


def field(facts: Facts, path: str) -> Row | Value | Missing:
    """What a path leads to: a row of a table with all its years, or a value."""
    node: Any = facts
    for step in path.split("."):
        if not isinstance(node, dict):
            return MISSING
        if step not in node and "rows" in node:
            node = node["rows"]  # key-data.land-release.clearance, for ...land-release.rows.clearance
        if step not in node:
            return MISSING
        node = node[step]
    if isinstance(node, dict):
        node = _short(node)
    if isinstance(node, list):
        return tuple(node)
    return node if node is None or isinstance(node, (str, Row)) else MISSING


def _short(node: Mapping[str, Any]) -> Any:
    """What the path of a block stands for: the value of a fact, the items of a list, the name of a country, a row."""
    if "values" in node:
        return Row(node["label"], node["unit"], node["values"])
    return next((node[name] for name in ("value", "items", "name") if name in node), MISSING)


def label_of(facts: Facts, path: str) -> str:
    """The words that stand before the value in the profile; "" where there are none."""
    node: Any = facts
    for step in path.split("."):
        inner = node["rows"] if isinstance(node, dict) and step not in node and "rows" in node else node
        if not isinstance(inner, dict) or step not in inner:
            return ""
        node = inner[step]
    return str(node.get("label") or "") if isinstance(node, dict) else ""


def paths(facts: Facts) -> Iterator[str]:
    """Every path that leads to a value of the profile, in its short form."""
    for name, value in facts.items():
        if name not in ("key-data", "tables"):
            yield from (f"{name}.{inner}" for inner in value) if isinstance(value, Mapping) else (name,)
    for block in ("key-data", "tables"):
        for name, entry in facts.get(block, {}).items():
            if entry["kind"] == "table":
                yield from (f"{block}.{name}.{row}" for row in entry["rows"])
                continue
            yield f"{block}.{name}"
            if entry["kind"] == "contamination":
                yield from (f"{block}.{name}.{inner}" for inner in entry if inner not in ("kind", "label", "value"))


def unknown_path(path: str, profiles: Sequence[Facts]) -> tuple[str, str] | None:
    """The sentence and the hint of K001 for a path that no profile has; None where one has it."""
    if any(field(one, path) is not MISSING for one in profiles):
        return None
    known = sorted({known for one in profiles for known in paths(one)})
    below = [one for one in known if one.startswith(f"{path}.")]
    if below:
        return f"{path} is not a single value.", f"Name one of these: {', '.join(below[:6])}."
    near = difflib.get_close_matches(path, known, n=1, cutoff=0.5) or [one for one in known if one.endswith(f".{path}")]
    hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(known[:12])}." if known else "There are no profiles."
    return f"No profile has the field {path}.", hint
