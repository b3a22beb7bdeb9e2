"""Step 2 for a volume: nodes become a typed volume; its chapters are looked at as profiles are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from monitorpub.consistency import contradictions
from monitorpub.diagnostics import Diagnostic, Found
from monitorpub.model.scalars import slug, title_anchor
from monitorpub.model.volume import OWN_FIELDS, PAGES, Volume
from monitorpub.source import Source, to_values
from monitorpub.validate import ADD_GROUPS, modelled

Steps = tuple[str | int, ...]
Values = dict[str, Any]


OF_PROFILES = ("country", "last-updated", "sections")
"""Fields that profiles have and volumes do not."""


def validate_volume(source: Source) -> Found[Volume]:
    """The volume that a source holds.  Gives diagnostics M001-M016, G002, G006, G008, G009, G011 and, for a profile, G012; raises nothing.

    What depends on the profiles is said by :func:`monitorpub.volume.members.choose`.
    """
    values = to_values(source.root)
    if "groups" not in values and (own := next((name for name in OF_PROFILES if name in values), "")):
        hint = f"Profiles are built: monitorpub build {source.file}"
        return Found(None, (source.at("G012", "This is a profile, and a volume is expected here.", (own,), hint, key=True),))
    found = [
        *_pages(source, values),
        *_slugs(source, values),
        *_titles(source, values),
        *_circles(source, values),
        *_no_groups(source, values),
        *(one for entry, steps in _matter(values) if "chapter" in entry for one in contradictions(source, entry, steps)),
    ]
    model = modelled(source, Volume, found)
    if "groups" in values:
        return model
    return Found(model.value, tuple(one for one in model.diagnostics if (one.code, one.path) != ("M002", "groups")))  # said as G011


def _entries(values: Values, name: str) -> Iterator[tuple[Values, Steps]]:
    """The entries of a list that are blocks of fields."""
    entries = values.get(name)
    if isinstance(entries, list):
        yield from ((entry, (name, index)) for index, entry in enumerate(entries) if isinstance(entry, dict))


def _matter(values: Values) -> Iterator[tuple[Values, Steps]]:
    yield from _entries(values, "front")
    yield from _entries(values, "back")


def _pages(source: Source, values: Values) -> Iterator[Diagnostic]:
    """Pages that stand twice or in the wrong place, and fields that another kind of page has."""
    seen: dict[str, int] = {}
    for entry, steps in _matter(values):
        kind = entry.get("page")
        if kind not in PAGES:
            continue
        here = (*steps, "page")
        if kind in seen:
            yield source.at("G009", f"The page {kind} stands here for the second time.", here, f"It stands first in line {seen[kind]}.")
        seen.setdefault(kind, source.place(here).line)
        first = next((index for _, (_, index) in _entries(values, str(steps[0]))), 0)
        if kind == "cover" and (steps[0] != "front" or steps[1] != first):
            yield source.at("G009", "The cover stands here, and it is the first page of a volume.", here, "Move it to the head of front.")
        if kind == "back-cover" and (steps[0] != "back" or steps[1] != len(values["back"]) - 1):
            yield source.at("G009", "The back cover stands here, and it is the last page of a volume.", here, "Move it to the end of back.")
        for name in entry:
            if OWN_FIELDS.get(name, kind) != kind:
                yield source.at(
                    "M001", f"The page {kind} has no field {name!r}.", (*steps, name), f"The page {OWN_FIELDS[name]} has it.", key=True
                )


def _slugs(source: Source, values: Values) -> Iterator[Diagnostic]:
    """Names of parts that are used twice, or that the tool needs itself."""
    seen: dict[str, int] = {}
    for what, entries, title in (("chapter", list(_matter(values)), "chapter"), ("group", list(_entries(values, "groups")), "title")):
        for entry, steps in entries:
            if not isinstance(entry.get(title), str):
                continue
            typed = isinstance(entry.get("id"), str)
            name = entry["id"] if typed else slug(entry[title]) or title_anchor(entry[title])
            path = (*steps, "id" if typed else title)
            own = "" if typed else ", made from its title"
            if what == "chapter" and (name in PAGES or name.startswith("group-")):
                message = f"The name of this chapter{own}, {name!r}, is one that the tool needs for its own pages."
                yield source.at("G002", message, path, f"Give it another id: {name}-chapter" if name in PAGES else "Give it another id.")
            key = f"group-{name}" if what == "group" else name
            if key in seen:
                message = f"Two {what}s have the name {name!r}{own and ', this one made from its title'}."
                yield source.at("G002", message, path, f"The other stands in line {seen[key]}. Give each an id of its own.")
            seen.setdefault(key, source.place(path).line)


def _titles(source: Source, values: Values) -> Iterator[Diagnostic]:
    """Groups that only their ids tell apart: readers would see one title twice."""
    seen: dict[str, tuple[str, int]] = {}
    for entry, steps in _entries(values, "groups"):
        title = entry.get("title")
        if not isinstance(title, str):
            continue
        name = str(entry.get("id") or slug(title) or title_anchor(title))
        line = source.place((*steps, "title")).line
        other, first = seen.setdefault(title.strip().casefold(), (name, line))
        if other != name:  # with one name, that is said already
            hint = f"The other stands in line {first}. Give each a title of its own."
            yield source.at("G002", f"Two groups have the title {title!r}.", (*steps, "title"), hint)


def _circles(source: Source, values: Values) -> Iterator[Diagnostic]:
    """See entries that send the reader to each other, and names that stand there twice."""
    targets: dict[str, tuple[str, Steps]] = {}
    for entry, steps in _entries(values, "see"):
        name, target = entry.get("name"), entry.get("see")
        if not isinstance(name, str) or not isinstance(target, str):
            continue
        if name in targets:
            line = source.place((*targets[name][1], "name")).line
            yield source.at("G002", f"Two see entries have the name {name!r}.", (*steps, "name"), f"The other stands in line {line}.")
            continue
        targets[name] = (target, steps)
    told: set[str] = set()
    for name in targets:
        way, at = [name], name
        while at in targets and targets[at][0] not in way:
            at = targets[at][0]
            way.append(at)
        if at in targets and targets[at][0] == name and not told & set(way):
            told |= set(way)
            message = f"The see entry {name!r} leads back to itself: {' → '.join([*way, name])}."
            yield source.at("G006", message, (*targets[name][1], "see"), "Let one of them lead to a profile, by the name of its file.")


def _no_groups(source: Source, values: Values) -> Iterator[Diagnostic]:
    if values.get("groups") in (None, []):
        yield source.at("G011", "The volume has no groups, and so no profiles.", ("groups",), ADD_GROUPS, key=True)
