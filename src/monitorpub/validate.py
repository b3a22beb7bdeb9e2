"""Step 2, validate: nodes become a typed profile, and every problem is said at once."""

from __future__ import annotations

import difflib
import types
import typing
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ValidationError

from monitorpub.codes import CODES
from monitorpub.diagnostics import Diagnostic, Found
from monitorpub.model import Profile, Row, Section, SeriesTable, texts
from monitorpub.model.keydata import FORMS, entry_id
from monitorpub.model.scalars import not_a_number
from monitorpub.read import Mapping, Source, to_values

MAX_LEVELS = 3

Steps = tuple[str | int, ...]


def validate(source: Source) -> Found[Profile]:
    """The profile that a source holds.  Gives diagnostics M001-M016; raises nothing."""
    try:
        profile = Profile.model_validate(to_values(source.root))
    except ValidationError as error:
        found = [_explain(source, item) for item in error.errors(include_url=False)]
        return Found(None, tuple(sorted({(*d.sort_key, d.path): d for d in found}.values(), key=lambda d: d.sort_key)))
    for _ in texts(profile):
        pass  # gives every text its path
    found = [*_ids(source, profile), *_levels(source, profile.sections, ("sections",)), *_tables(source, profile)]
    return Found(profile, tuple(sorted(found, key=lambda d: d.sort_key)))


def _explain(source: Source, error: Any) -> Diagnostic:
    """One error of pydantic in an editor's words, on its line."""
    kind, steps = error["type"], _real_steps(source, error["loc"])
    context = error.get("ctx", {})
    if kind in CODES:
        return source.at(kind, context["message"], steps, context.get("hint", ""))
    if kind == "extra_forbidden":
        name = str(steps[-1])
        known = _known_fields(source, steps[:-1])
        near = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
        hint = f"Did you mean {near[0]}?" if near else f"Known here: {', '.join(known)}."
        return source.at("M001", f"There is no field {name!r} here.", steps, hint, key=True)
    if kind == "missing":
        name = str(error["loc"][-1])
        return source.at("M002", f"The field {name!r} is missing here.", (*steps, name), _example(name))
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return source.at("M003", f"A block of fields (name: value) is expected here, and this is {_kind(error['input'])}.", steps)
    if kind == "list_type":
        return source.at(
            "M003",
            f"A list is expected here, and this is {_kind(error['input'])}.",
            steps,
            "Each entry stands on its own line after a hyphen and a space.",
        )
    if kind == "union_tag_not_found":
        hint = "Begin with - fact:, - list:, - contamination: or - table:"
        return source.at("M003", "This entry of the key data is none of the known forms.", steps, hint)
    if kind == "literal_error":
        allowed = context["expected"].replace("'", "").replace(" or ", ", ")
        near = difflib.get_close_matches(str(error["input"]), allowed.split(", "), n=1, cutoff=0.5)
        hint = f"Did you mean {near[0]}?" if near else ""
        return source.at("M009", f"{error['input']!r} is not one of: {allowed}.", steps, hint)
    if kind == "too_short":
        return source.at("M002", "This list is empty.", steps, "Leave the field out if there is nothing to say.")
    return source.at("M015", f"{error['msg']}.", steps)


def _real_steps(source: Source, location: tuple[Any, ...]) -> Steps:
    """The location without the marks that pydantic puts between the steps: the form of a key datum, ``[key]``."""
    steps: list[str | int] = []
    for index, step in enumerate(location):
        form = index >= 2 and location[index - 2] == "key-data" and isinstance(location[index - 1], int)
        if step == "[key]" or (form and isinstance(step, str) and step in FORMS):
            continue
        if source.has((*steps, step)) or index == len(location) - 1:
            steps.append(step)
    return tuple(steps)


def _known_fields(source: Source, steps: Steps) -> list[str]:
    """The fields that the block on this path may have."""
    model: Any = Profile
    for step in steps:
        if isinstance(step, int):
            continue
        annotation = next((f.annotation for n, f in model.model_fields.items() if (f.alias or n) == step), None)
        node, _ = source.node(steps)
        candidates = list(_models(annotation))
        keys = set(node.keys) if isinstance(node, Mapping) else set()
        if not candidates:
            return []
        model = max(candidates, key=lambda m: len(keys & {f.alias or n for n, f in m.model_fields.items()}))
    return [info.alias or name for name, info in model.model_fields.items()]


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in typing.get_args(annotation):
        yield from _models(argument)


def _kind(value: Any) -> str:
    return (
        "nothing" if value is None else "text" if isinstance(value, str) else "a list" if isinstance(value, list) else "a block of fields"
    )


_EXAMPLES = {
    "layout": "layout: clearing-the-mines",
    "country": "country: {code: KP, name: North Korea}",
    "code": "code: KP",
    "language": "language: en-GB",
    "edition": "edition: 2025",
    "last-updated": "last-updated: 2025-08-31",
    "volume": "volume: Clearing the Mines",
    "id": "An id stays the same from year to year: id: accede-to-convention",
}


def _example(name: str) -> str:
    text = _EXAMPLES.get(name, "")
    return text if text.startswith("An id") or not text else f"For instance: {text}"


def _ids(source: Source, profile: Profile) -> Iterator[Diagnostic]:
    """Ids must be unique: recommendations among themselves, and all that can be linked to."""
    seen: dict[str, str] = {}
    for group in (_recommendations(profile), _anchors(profile)):
        seen.clear()
        for name, steps in group:
            if name in seen:
                hint = f"The other one is {seen[name]}; give one of them an id of its own."
                yield source.at("M011", f"The id {name!r} is used twice.", steps, hint)
            else:
                seen[name] = ".".join(str(s + 1) if isinstance(s, int) else s for s in steps)


def _recommendations(profile: Profile) -> Iterator[tuple[str, Steps]]:
    for index, item in enumerate(profile.recommendations):
        yield item.id, ("recommendations", index, "id")


def _anchors(profile: Profile) -> Iterator[tuple[str, Steps]]:
    for index, entry in enumerate(profile.key_data):
        yield entry_id(entry), ("key-data", index, *(("id",) if entry.id else ()))
    for section, steps in walk_sections(profile.sections):
        yield section.anchor, (*steps, "id" if section.id else "title")
        for index, table in enumerate(section.tables):
            yield table.id, (*steps, "tables", index, "id")


def walk_sections(sections: list[Section], base: Steps = ("sections",)) -> Iterator[tuple[Section, Steps]]:
    """Every section with its path, in the order of the text."""
    for index, section in enumerate(sections):
        yield section, (*base, index)
        yield from walk_sections(section.sections, (*base, index, "sections"))


def _levels(source: Source, sections: list[Section], base: Steps, level: int = 1) -> Iterator[Diagnostic]:
    for index, section in enumerate(sections):
        steps = (*base, index)
        if level > MAX_LEVELS:
            yield source.at(
                "M016", f"This section is on level {level}; sections have {MAX_LEVELS} levels.", (*steps, "title"), "Move it one level up."
            )
        else:
            yield from _levels(source, section.sections, (*steps, "sections"), level + 1)


def walk_tables(profile: Profile) -> Iterator[tuple[SeriesTable, Steps]]:
    """Every series table with its path: those of the key data, then those of the sections."""
    for index, entry in enumerate(profile.key_data):
        if isinstance(entry, SeriesTable):
            yield entry, ("key-data", index)
    for section, steps in walk_sections(profile.sections):
        for index, table in enumerate(section.tables):
            yield table, (*steps, "tables", index)


def _tables(source: Source, profile: Profile) -> Iterator[Diagnostic]:
    for table, steps in walk_tables(profile):
        rows: dict[str, str] = {}
        units = {row.id: unit for row, unit, _ in table.all_rows()}
        for row, unit, below in table.all_rows():
            path = (*steps, *below)
            if row.id in rows:
                yield source.at("M011", f"The row id {row.id!r} is used twice in this table.", (*path, "id"))
            rows[row.id] = unit
            if unit != "text":
                for year, cell in row.values.items():
                    if hint := not_a_number(cell):
                        yield source.at(
                            "M004", f"A number is expected here, and this is {str(cell.text)!r}.", (*path, "values", str(year)), hint
                        )
            yield from _total(source, table, row, unit, units, path)


def _total(source: Source, table: SeriesTable, row: Row, unit: str, units: dict[str, str], path: Steps) -> Iterator[Diagnostic]:
    """A total must name rows of its own unit, and a printed total must be their sum."""
    broken = False
    for index, name in enumerate(row.total or []):
        if name not in units or name == row.id:
            near = difflib.get_close_matches(name, [n for n in units if n != row.id], n=1, cutoff=0.5)
            hint = f"Did you mean {near[0]}?" if near else f"Rows here: {', '.join(n for n in units if n != row.id)}."
            yield source.at("M013", f"The total adds up {name!r}, and the table has no such row.", (*path, "total", index), hint)
            broken = True
        elif units[name] != unit:
            yield source.at("M013", f"The total is in {unit}, and the row {name!r} is in {units[name]}.", (*path, "total", index))
            broken = True
    if broken or not row.total:
        return
    for year, cell in row.values.items():
        total = table.total(row, year)
        if cell.number is None or total is None:
            continue
        parts = [
            p.values[year].number for p, _, _ in table.all_rows() if p.id in row.total and year in p.values and p.values[year].reported
        ]
        if abs(cell.number - total) > rounding([cell.number, *parts]):
            hint = "Correct the total or the rows; or leave the value out, and the sum is printed."
            yield source.at(
                "M014", f"The total for {year} is {cell.number}, and its rows add up to {total}.", (*path, "values", str(year)), hint
            )


def rounding(numbers: list[Decimal]) -> Decimal:
    """How far a sum of rounded numbers may be from a rounded total: half of the last digit of each."""
    return sum((Decimal(5).scaleb(int(n.as_tuple().exponent) - 1) for n in numbers), Decimal(0))
