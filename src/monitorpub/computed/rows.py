"""The rows of a computed table: which profiles are in it, and how they stand together."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from monitorpub.collation import sort_key
from monitorpub.computed.words import BANDS, TableWords
from monitorpub.diagnostics import Diagnostic
from monitorpub.facts import MISSING, Facts, look_up, unknown_path
from monitorpub.model.computed import ComputedTable
from monitorpub.model.scalars import slug
from monitorpub.source import Source, Steps


class EntryOfGroup(Protocol):
    """A profile in a group."""

    @property
    def target(self) -> str:
        """Its slug."""


class GroupOfProfiles(Protocol):
    """A group of the volume, as ``volume.view`` has it."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def title(self) -> str:
        """Its title."""

    @property
    def entries(self) -> Sequence[EntryOfGroup]:
        """Its profiles."""


@dataclass(frozen=True)
class Line:
    """A row before it is printed: its name and the profiles in it, by their place in the table."""

    name: str
    members: tuple[int, ...]
    slug: str = ""
    kind: str = "profile"
    """``profile``, ``value``, ``others``, ``subtotal`` or ``total``."""

    @property
    def adds_up(self) -> bool:
        """Whether its figures are sums."""
        return self.kind != "profile"

    @property
    def is_total(self) -> bool:
        """Whether it adds up what stands above."""
        return self.kind in ("subtotal", "total")


def chosen(
    table: ComputedTable, profiles: Sequence[Facts], groups: Sequence[GroupOfProfiles], source: Source, path: Steps
) -> tuple[list[Facts], list[Diagnostic]]:
    """The profiles of which the table is.  Gives diagnostics K001, K005 and K007."""
    said: list[Diagnostic] = []
    inside = [one for one in profiles if one.get("country")] or list(profiles)  # a text about no country is no row among countries
    if table.of.lower() != "all":
        found = _of_group(table.of, list(profiles), groups)
        if found is None:
            known = [*(group.title for group in groups), *sorted({str(one["group"]) for one in profiles if one.get("group")})]
            near = difflib.get_close_matches(table.of, [*known, *(group.id for group in groups)], n=1, cutoff=0.5)
            hint = (
                f"Did you mean {near[0]}?" if near else f"There are: {', '.join(dict.fromkeys(known))}; or all." if known else "Write all."
            )
            said.append(source.at("K005", f"The volume has no group {table.of!r}.", (*path, "of"), hint))
        else:
            inside = found
    alone = source.has((*path, "where", "field"))
    for index, condition in enumerate(table.where):
        where = (*path, "where", "field") if alone else (*path, "where", index, "field")
        if problem := unknown_path(condition.field, profiles):
            said.append(source.at("K001", problem[0], where, problem[1]))
            continue
        values = [look_up(one, condition.field, condition.year) for one in inside]
        inside = [one for one, value in zip(inside, values, strict=True) if condition.holds(None if value is MISSING else value)]
    if not inside and not said:
        hint = "Look at its fields of and where." if profiles else "The volume has no profiles."
        said.append(source.at("K007", "No profile is left for this table.", (*path, "computed"), hint))
    return inside, said


def _of_group(name: str, profiles: list[Facts], groups: Sequence[GroupOfProfiles]) -> list[Facts] | None:
    """The profiles of a group of the volume, by its id or its title; or those that say themselves that they are of this group."""
    for group in groups:
        if name == group.id or name.casefold() == group.title.casefold():
            targets = {entry.target for entry in group.entries}
            return [one for one in profiles if one.get("slug") in targets]
    own = [one for one in profiles if one.get("group") and name.casefold() in (str(one["group"]).casefold(), slug(str(one["group"])))]
    return own or None


def profile_lines(profiles: Sequence[Facts]) -> list[Line]:
    """A row for each profile, in the order of the volume."""
    return [Line(str(one["name"]), (index,), str(one.get("slug") or "")) for index, one in enumerate(profiles)]


def value_lines(table: ComputedTable, field: str, profiles: Sequence[Facts], words: TableWords, language: str) -> list[Line]:
    """A row for each value of a field: in the stated order, then from A to Z; bands from massive to none; not reported last."""
    members: dict[str, list[int]] = {}
    for index, one in enumerate(profiles):
        members.setdefault(_words(look_up(one, field)), []).append(index)
    bands = field.endswith(("band",)) and all(value in BANDS for value in members if value)
    return [
        Line(_name(value, words, bands=bands), tuple(members.get(value, ())), kind="value")
        for value in _ordered(table, members, language, bands=bands)
    ]


def _words(value: Any) -> str:
    if value is None or value is MISSING:
        return ""
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _name(value: str, words: TableWords, *, bands: bool) -> str:
    if not value:
        return words("not-reported")
    return words.band(value) if bands else value


def _ordered(table: ComputedTable, members: Mapping[str, list[int]], language: str, *, bands: bool) -> Iterator[str]:
    there = {value.casefold(): value for value in members if value}
    for typed in table.order:
        yield there.pop(typed.casefold(), typed.lower() if bands else typed)
    rest = [band for band in BANDS if band in there] if bands else sorted(there.values(), key=lambda value: sort_key(value, language))
    yield from rest
    if "" in members:
        yield ""
