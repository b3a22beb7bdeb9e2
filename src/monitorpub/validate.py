"""Step 2, validate: nodes become a typed profile, and every problem is said at once.

The volume goes through the same step (``volume/validate.py``); what is here is told which model the source is to be.
"""

from __future__ import annotations

import difflib
import types
import typing
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from monitorpub.codes import CODES
from monitorpub.consistency import contradictions
from monitorpub.diagnostics import Diagnostic, Found
from monitorpub.model import FactsTable, Profile, Section, SeriesTable, Written, texts
from monitorpub.model.computed import ComputedTable
from monitorpub.model.keydata import FORMS
from monitorpub.model.scalars import kind_of, shown
from monitorpub.source import Mapping, Source, to_values

Steps = tuple[str | int, ...]


M = TypeVar("M", bound=BaseModel)

TABLES = ("table", "computed", "facts")
MATTER = ("page", "chapter")
TAGGED = {"key-data": FORMS, "tables": TABLES, "front": MATTER, "back": MATTER}
"""Lists whose entries have several forms, each told by the first field of this name that it has."""


def validate(source: Source) -> Found[Profile]:
    """The profile that a source holds.  Gives diagnostics M001-M016, K008 for a computed table, G010 for a volume, G011 for one without
    groups; raises nothing."""
    if is_volume(source):
        message = "This is a volume, and a profile is expected here."
        hint = f"Volumes are compiled: monitorpub compile {source.file}"
        return Found(None, (source.at("G010", message, ("groups",), hint, key=True),))
    if seems_volume(source):
        message = "This looks like a volume, and it has no groups, and so no profiles."
        return Found(None, (source.at("G011", message, ("groups",), ADD_GROUPS),))
    found = modelled(source, Profile, contradictions(source, to_values(source.root)))
    tables = every_table(found.value) if found.value is not None else ()
    computed = [_of_volume(source, steps) for table, steps in tables if isinstance(table, ComputedTable)]
    return Found(found.value, (*found.diagnostics, *computed))


def _of_volume(source: Source, steps: Steps) -> Diagnostic:
    hint = "Move it to a chapter. For the change between two years, give a table of values by year the field change: true"
    return source.at(
        "K008", "A computed table is made from all profiles of a volume: it cannot stand in one of them.", (*steps, "computed"), hint
    )


def is_volume(source: Source) -> bool:
    """Whether a source is a volume: it has the field ``groups``."""
    return "groups" in source.root.keys


ADD_GROUPS = "Add a group, for instance: groups: [{title: States Parties, profiles: [angola, chad]}]"
OF_VOLUMES = {"front", "back", "publisher", "date", "subtitle", "see", "start", "sources"}
"""Fields that volumes have and profiles do not."""


def seems_volume(source: Source) -> bool:
    """Whether somebody forgot the groups of a volume: it has fields of volumes, and not the country that profiles begin with."""
    names = source.root.keys.keys()
    return not {"groups", "country"} & names and len(OF_VOLUMES & names) > 1


def modelled(source: Source, model: type[M], found: Iterable[Diagnostic]) -> Found[M]:
    """A source as a model with the paths of its texts, all that pydantic says in an editor's words, and what was found before."""
    said, value = list(found), None
    try:
        value = model.model_validate(to_values(source.root))
    except ValidationError as error:
        said += [_explain(source, item, model) for item in error.errors(include_url=False)]
    else:
        for _ in texts(value):
            pass  # gives every text its path
    return Found(value, tuple(sorted(dict.fromkeys(said), key=lambda d: d.sort_key)))


def _explain(source: Source, error: Any, model: type[BaseModel]) -> Diagnostic:
    """One error of pydantic in an editor's words, on its line."""
    kind, steps = error["type"], _real_steps(source, error["loc"])
    context = error.get("ctx", {})
    if kind in CODES:
        of_key = error["loc"][-1] == "[key]"
        hint = context.get("hint", "")
        if of_key and kind == "M005":
            hint += ". Between { and }, numbers are typed without commas: 1041"
        return source.at(kind, context["message"], steps, hint, key=of_key)
    if kind == "extra_forbidden":
        name = str(steps[-1])
        known = _known_fields(source, steps[:-1], model)
        near = difflib.get_close_matches(name.lower().replace("_", "-"), known, n=1, cutoff=0.7)
        hint = f"Did you mean {near[0]}?" if near else f"The fields here are: {', '.join(known)}."
        return source.at("M001", f"There is no field {name!r} here.", steps, hint, key=True)
    if kind == "missing":
        name = str(error["loc"][-1])
        return source.at("M002", f"The field {name!r} is missing here.", steps, _example(name, top=len(error["loc"]) == 1, model=model))
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        message = f"A block of fields (name: value) is expected here, and this is {kind_of(error['input'])}."
        return source.at("M003", message, steps, _FIELDS)
    if kind == "list_type":
        hint = _ENTRIES if error["input"] is not None else f"{_ENTRIES} Leave the field out if there is nothing to say."
        return source.at("M003", f"A list is expected here, and this is {kind_of(error['input'])}.", steps, hint)
    if kind == "union_tag_not_found":
        name = next((str(step) for step in reversed(steps) if step in TAGGED), "key-data")
        keys = list(error["input"]) if isinstance(error["input"], dict) else []
        near = [form for key in keys for form in difflib.get_close_matches(key, TAGGED[name], n=1, cutoff=0.75)]
        *others, last = [f"- {form}:" for form in TAGGED[name]]
        hint = f"Did you mean {near[0]}?" if near else f"It begins with {', '.join(others)} or {last}"
        where = "key data" if name == "key-data" else f"{name} matter"
        return source.at("M003", f"This entry of the {where} has none of the known forms.", steps, hint)
    if kind == "literal_error":
        allowed = context["expected"].replace("'", "").replace(" or ", ", ")
        near = difflib.get_close_matches(str(error["input"]), allowed.split(", "), n=1, cutoff=0.5)
        hint = f"Did you mean {near[0]}?" if near else ""
        return source.at("M009", f"One of these is expected here: {allowed}; and this is {shown(error['input'])}.", steps, hint)
    if kind == "too_short":
        return source.at("M002", "This list is empty.", steps, "Leave the field out if there is nothing to say.")
    return source.at("M015", f"{error['msg']}.", steps)


def _real_steps(source: Source, location: tuple[Any, ...]) -> Steps:
    """The location without the marks that pydantic puts between the steps: the form of an entry, ``[key]``."""
    steps: list[str | int] = []
    for index, step in enumerate(location):
        entry = index >= 2 and isinstance(location[index - 1], int) and location[index - 2] in TAGGED
        if step == "[key]" or (entry and step in TAGGED[location[index - 2]]):
            continue
        if source.has((*steps, step)) or index == len(location) - 1:
            steps.append(step)
    return tuple(steps)


def _known_fields(source: Source, steps: Steps, model: Any) -> list[str]:
    """The fields that the block on this path may have, from the model of the whole source."""
    for index, step in enumerate(steps):
        if isinstance(step, int):
            continue
        annotation = next((f.annotation for n, f in model.model_fields.items() if (f.alias or n) == step), None)
        entry = index + 1 < len(steps) and isinstance(steps[index + 1], int)
        node, _ = source.node(steps[: index + 2] if entry else steps[: index + 1])
        keys = set(node.keys) if isinstance(node, Mapping) else set()
        candidates = list(_models(annotation))
        if not candidates:
            return []
        model = next((m for m in candidates if getattr(m, "kind", None) in keys), candidates[0])
    return [info.alias or name for name, info in model.model_fields.items()]


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in typing.get_args(annotation):
        yield from _models(argument)


_FIELDS = "A field stands on a line of its own, indented: name: North Korea"
_ENTRIES = "Each entry stands on a line of its own, after a hyphen and a space."
_EXAMPLES = {
    "layout": "layout: clearing-the-mines",
    "country": "country: {code: PRK, name: North Korea}",
    "code": "code: PRK",
    "language": "language: en-GB",
    "edition": "edition: 2025",
    "last-updated": "last-updated: 2025-08-31",
    "volume": "volume: Clearing the Mines",
    "title": "title: Clearing the Mines",
    "publisher": "publisher: Mine Action Review",
    "date": "date: 2025-11-01",
    "id": "An id stays the same from year to year: id: accede-to-convention",
}


def _example(name: str, *, top: bool, model: type[BaseModel]) -> str:
    text = _EXAMPLES.get(name, "") if top or name != "title" else ""
    text = text if model is Profile else text.replace("clearing-the-mines", "annual-report")
    return text if text.startswith("An id") or not text else f"For instance: {text}"


def walk_sections(sections: list[Section], base: Steps = ("sections",)) -> Iterator[tuple[Section, Steps]]:
    """Every section with its path, in the order of the text."""
    for index, section in enumerate(sections):
        yield section, (*base, index)
        yield from walk_sections(section.sections, (*base, index, "sections"))


def every_table(written: Written) -> Iterator[tuple[SeriesTable | ComputedTable | FactsTable, Steps]]:
    """Every table with its path, in the order of the text: those of the key data, of the chapter, of the sections."""
    base = written.base
    if isinstance(written, Profile):
        yield from ((entry, ("key-data", index)) for index, entry in enumerate(written.key_data) if isinstance(entry, SeriesTable))
    else:
        yield from ((table, (*base, "tables", index)) for index, table in enumerate(written.tables))
    for section, steps in walk_sections(written.sections, (*base, "sections")):
        yield from ((table, (*steps, "tables", index)) for index, table in enumerate(section.tables))


def numbered_tables(written: Written) -> list[Steps]:
    """The paths of the tables that have a number: those in the text with figures.  A facts table is called by its title."""
    return [steps for table, steps in every_table(written) if steps[0] != "key-data" and not isinstance(table, FactsTable)]


def walk_tables(written: Written) -> Iterator[tuple[SeriesTable, Steps]]:
    """Every series table with its path, as :func:`every_table` has them."""
    yield from ((table, steps) for table, steps in every_table(written) if isinstance(table, SeriesTable))
