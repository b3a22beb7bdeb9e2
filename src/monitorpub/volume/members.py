"""Which profiles a volume holds: each group with its profiles in the order of their names, and all that is wrong with the choice."""

from __future__ import annotations

import difflib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from monitorpub.collation import sort_key
from monitorpub.computed.values import value_of
from monitorpub.diagnostics import Diagnostic, Found, Place
from monitorpub.facts import MISSING, Facts, look_up, unknown_path
from monitorpub.model.condition import Condition
from monitorpub.model.scalars import shown
from monitorpub.model.volume import Group, MadePage, See, Volume
from monitorpub.read import read
from monitorpub.volume.candidates import Candidates, Steps, absolute


@dataclass(frozen=True)
class Member:
    """A profile of the volume."""

    file: Path
    facts: Facts

    @property
    def slug(self) -> str:
        """The name of its part: that of its file without the ending."""
        return self.file.stem

    @property
    def name(self) -> str:
        """What the profile is called."""
        return str(self.facts["name"])


@dataclass(frozen=True)
class Members:
    """A group with its profiles, sorted by name as the language of the volume does (CLDR)."""

    group: Group
    profiles: tuple[Member, ...]


def choose(candidates: Candidates, facts: Mapping[Path, Facts]) -> Found[tuple[Members, ...]]:
    """The groups with their profiles, from the facts of the candidates.  Gives diagnostics G001-G007, G011, G014, K001 and K003.

    A candidate without facts is one that is wrong in itself: it is left out, and nothing is said that it may be the cause of.
    The slug of a profile joins its facts: by it, tables know the group that it is in.
    """
    volume, choice = candidates.volume, _Choice(candidates, facts)
    for index, group in enumerate(volume.groups):
        choice.fill(index, group)
    choice.look()
    language = volume.language
    groups = []
    for group, files in zip(volume.groups, choice.files, strict=True):
        members = [Member(file, choice.facts[real]) for real, file in files.items() if real in choice.facts]
        groups.append(Members(group, tuple(sorted(members, key=lambda one: (sort_key(one.name, language), one.slug)))))
    return Found(tuple(groups), tuple(dict.fromkeys(choice.said)))


def left_out(candidates: Candidates, groups: Sequence[Members]) -> dict[str, Path]:
    """The profiles in the folder of sources that stand in no group, by their slugs."""
    inside = {member.slug for group in groups for member in group.profiles}
    return {file.stem: file for file in candidates.sources if file.stem not in inside}


def see_targets(volume: Volume) -> dict[str, str]:
    """For each see entry by name, the slug that it leads to in the end, through others."""
    steps = {entry.name: entry.see for entry in volume.see}
    out: dict[str, str] = {}
    for name, first in steps.items():
        at, way = first, {name}
        while at in steps and at not in way:
            way.add(at)
            at = steps[at]
        out[name] = at
    return out


def meets(condition: Condition, facts: Facts) -> bool:
    """Whether the facts of a profile meet a condition."""
    value = look_up(facts, condition.field, condition.year)
    return condition.holds(None if value is MISSING else value)


def _called(title: tuple[str, str]) -> str:
    return f"{shown(title[0])}, edition {title[1]}"


class _Choice:
    """The groups as they are filled."""

    def __init__(self, candidates: Candidates, facts: Mapping[Path, Facts]) -> None:
        self.source, self.volume, self.looked = candidates.source, candidates.volume, candidates
        self.facts = {absolute(file): {**one, "slug": file.stem} for file, one in facts.items()}
        self.candidates = {absolute(file): file for file in candidates.files}
        self.files: list[dict[str, Path]] = []
        self.said: list[Diagnostic] = []
        self._group_of: dict[str, int] = {}
        self._missing = False

    def fill(self, index: int, group: Group) -> None:
        """The profiles of a group."""
        self.files.append({})
        if group.where is not None:
            self._by_condition(index, group.where)
        for number, name in enumerate(group.profiles or ()):
            self._by_name(index, name, ("groups", index, "profiles", number))

    def _by_condition(self, index: int, condition: Condition) -> None:
        path: Steps = ("groups", index, "where")
        if self.facts and (unknown := unknown_path(condition.field, list(self.facts.values()))):
            self._say("K001", unknown[0], (*path, "field"), unknown[1])
            self._missing = True
            return
        for real, file in self.candidates.items():
            if real in self.facts and meets(condition, self.facts[real]):
                self._add(index, real, file, path)

    def _by_name(self, index: int, name: str, path: Steps) -> None:
        file = self.looked.listed[path]
        if file is not None:
            self._add(index, absolute(file), file, path)
            return
        self._missing = True
        known = {file.stem: file for file in self.looked.sources}
        near = difflib.get_close_matches(Path(name).stem.lower(), known, n=1, cutoff=0.6)
        hint = f"Did you mean {near[0]}?" if near else "Name its file, with or without the ending: north-korea"
        self._say("G003", f"There is no profile {shown(name)}.", path, hint)

    def _add(self, index: int, real: str, file: Path, path: Steps) -> None:
        other = self._group_of.get(real)
        if other is None:
            self._group_of[real] = index
            self.files[index][real] = file
        elif other == index:
            self._say("G001", f"The profile {file.stem} stands twice in this group.", path, "Delete one of the two.")
        else:
            first = self.volume.groups[other].title
            message = f"The profile {file.stem} is in two groups, {shown(first)} and {shown(self.volume.groups[index].title)}."
            self._say("G001", message, path, "Change the list or the condition of one of them, so that it stands in one only.")

    def look(self) -> None:
        """What can only be said of the whole."""
        if not self.looked.is_there:
            message = f"There is no folder {shown(os.path.normpath(self.looked.folder))}."
            self._say("G003", message, ("sources",), "It is named from the folder of the volume.")
            return
        broken = any(real not in self.facts for real in self.candidates)
        if not self.candidates and not self._missing and self.volume.groups:
            hint = "Name the files of profiles in a group, or the folder that they lie in with sources: ../countries"
            message = "The volume has no profiles: none is listed, and none lies in its folder of sources."
            self._say("G011", message, ("groups",), hint, key=True)
            return
        for index, group in enumerate(self.volume.groups):
            unsure = group.where is not None and (broken or self._missing)
            if not self.files[index] and not unsure and not (group.profiles and self._missing):
                self._empty(index, group)
        self._slugs()
        self._see()
        self._titles()
        if not broken and not self._missing:
            self._figure()
        if not self._missing:
            self._left_over()

    def _empty(self, index: int, group: Group) -> None:
        """A group without profiles: one whose condition names a value that no profile has is told those there are."""
        message, path = f"The group {shown(group.title)} holds no profile", ("groups", index)
        condition = group.where
        wanted = [] if condition is None else condition.in_ or ([condition.is_] if condition.is_ is not None else [])
        found = [look_up(one, condition.field, condition.year) for one in self.facts.values()] if condition is not None else []
        values = {word for value in found if isinstance(value, str | tuple) for word in ([value] if isinstance(value, str) else value)}
        if condition is None or not wanted or any(meets(condition, one) for one in self.facts.values()):
            hint = "Delete the group, or change its condition." if group.where else "Delete the group, or name profiles."
            self._say("G004", f"{message}.", (*path, "title"), hint)
            return
        near = [name for word in wanted for name in difflib.get_close_matches(word, values, n=1, cutoff=0.6)]
        known = sorted(values, key=lambda word: sort_key(word, self.volume.language))
        hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(known[:12])}." if known else "No profile reports it."
        where = (*path, "where", *(("in", 0) if condition.in_ else ("is",)))
        self._say("G004", f"{message}: {condition.field} is {' or '.join(map(shown, wanted))} in none.", where, hint)

    def _slugs(self) -> None:
        """Parts that have one name: files in two folders, or a file that is called as a chapter."""
        used = {entry.slug.lower(): f"the {entry.kind} {entry.slug}" for _, entry in self.volume.matter()}
        own = {entry.slug.lower(): path for path, entry in self.volume.matter() if entry.kind == "chapter"}
        used |= {group.slug.lower(): f"the divider of the group {group.title}" for group in self.volume.groups}
        for index, files in enumerate(self.files):
            for file in files.values():
                slug = file.stem.lower()
                if slug in used:
                    message = f"The profile {file} has the same name as {used[slug]}."
                    hint = "Rename one of the two; parts are told apart by their names."
                    path: Steps = ("groups", index, "title")
                    if slug in own:
                        path = next(steps for name in ("id", "chapter") if self.source.has(steps := (*own[slug], name)))
                        hint = f"Give the chapter an id of its own: id: {slug}-chapter"
                    self._say("G002", message, path, hint)
                used.setdefault(slug, str(file))

    def _see(self) -> None:
        slugs = [file.stem for files in self.files for file in files.values()]
        slugs += [file.stem for real, file in self.candidates.items() if real not in self.facts]
        names = [entry.name for entry in self.volume.see]
        for index, entry in enumerate(self.volume.see):
            if entry.see not in slugs and entry.see not in names and not self._missing:
                hint = self._see_hint(entry, slugs)
                message = f"The volume has no profile and no see entry {shown(entry.see)}."
                self._say("G005", message, ("see", index, "see"), hint)

    def _see_hint(self, entry: See, slugs: Sequence[str]) -> str:
        """What was meant: a profile that is in no group, one of the volume, or an entry that does not lead back to this one."""
        for file in self.looked.sources:
            if entry.see == file.stem:
                return f"{file.name} is there, and in no group of the volume: add it to one."
        ends = see_targets(self.volume)
        names = [other for other, end in ends.items() if other != entry.name and end not in (entry.see, entry.name)]
        near = difflib.get_close_matches(entry.see, [*slugs, *names], n=1, cutoff=0.5)
        near = near or difflib.get_close_matches(entry.see.lower().replace(" ", "-"), slugs, n=1, cutoff=0.5)
        return f"Did you mean {near[0]}?" if near else "Name the file of a profile, without the ending: north-korea"

    def _titles(self) -> None:
        """Profiles that print another title or edition than the volume: said once, where all of them print the same."""
        own = (self.volume.title, str(self.volume.edition))
        others: dict[str, tuple[str, str]] = {}
        inside = [real for files in self.files for real in files if real in self.facts]
        for real in inside:
            one = self.facts[real]
            # who translates a profile translates the title of the report, too
            foreign = one["language"].partition("-")[0] != self.volume.language.partition("-")[0]
            theirs = (own[0] if foreign else str(one["volume"]), str(one["edition"]))
            if theirs != own:
                others[real] = theirs
        if len(others) == len(inside) > 1 and len(set(others.values())) == 1:
            theirs = next(iter(others.values()))
            name = "title" if theirs[0] != own[0] else "edition"
            message = f"The volume is called {_called(own)}, and all of its profiles say {_called(theirs)}."
            hint = "Both would be printed. Change the volume; or the fields volume and edition of the profiles."
            self._say("G014", message, (name,), hint)
            return
        for real, theirs in others.items():
            file = self.candidates[real]
            name = "volume" if theirs[0] != own[0] else "edition"
            message = f"This profile says {_called(theirs)}, and the volume that it stands in is called {_called(own)}."
            hint = "Both would be printed. Correct the fields volume and edition here, or title and edition in the volume."
            source = read(file).value
            self.said.append(source.at("G014", message, (name,), hint) if source else Diagnostic("G014", message, Place(file), hint=hint))

    def _figure(self) -> None:
        """The field that the figure of the cover is drawn from: one that profiles have, and that holds figures."""
        everyone = [self.facts[real] for files in self.files for real in files]
        for path, entry in self.volume.matter():
            name = entry.figure if isinstance(entry, MadePage) else None
            if not name or not everyone:
                continue
            where = (*path, "figure")
            if unknown := unknown_path(name, everyone):
                self._say("K001", unknown[0], where, unknown[1])
                continue
            values = [value_of(one, name, None) for one in everyone]
            words = [value.words for value in values if value.number is None and value.bound is None and value.words]
            if words and not name.endswith(".area") and all(value.number is None and value.bound is None for value in values):
                inner = f"{name}.area"
                hint = f"Did you mean {inner}?" if not unknown_path(inner, everyone) else "Choose a field of figures."
                self._say("K003", f"{name} holds words, {shown(words[0])} for instance: nothing can be drawn from them.", where, hint)

    def _left_over(self) -> None:
        """Profiles beside the others that no group took."""
        asked = any(group.where is not None for group in self.volume.groups)
        for file in self.looked.sources:
            if absolute(file) not in self._group_of and (absolute(file) in self.facts or not asked):
                hint = "Add it to a group; or move it out of the folder, if it does not belong to this volume."
                self.said.append(Diagnostic("G007", f"The profile {file.stem} is in no group of the volume.", Place(file), hint=hint))

    def _say(self, code: str, message: str, path: Steps, hint: str = "", *, key: bool = False) -> None:
        self.said.append(self.source.at(code, message, path, hint, key=key))
