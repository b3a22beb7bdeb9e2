"""A volume whose profiles are chosen: what ``check`` and ``compile`` alike know of it before any page is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from monitorpub.diagnostics import Found
from monitorpub.facts import Facts
from monitorpub.layouts import Layout, load_layout
from monitorpub.model.volume import Volume
from monitorpub.references import Target
from monitorpub.volume.candidates import Candidates
from monitorpub.volume.members import Members, choose
from monitorpub.volume.titles import title_of, untitled
from monitorpub.volume.view import Entry, Group
from monitorpub.workspace import Workspace


@dataclass(frozen=True)
class Chosen:
    """A volume, its layout, and its groups with their profiles."""

    volume: Volume
    layout: Layout
    members: tuple[Members, ...]

    @property
    def facts(self) -> tuple[Facts, ...]:
        """What computed tables are computed from: the facts of all profiles, in the order of the volume."""
        return tuple(one.facts for group in self.members for one in group.profiles)

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups as computed tables know them."""
        return tuple(
            Group(one.group.name, one.group.title, tuple(Entry("profile", member.name, member.slug) for member in one.profiles))
            for one in self.members
        )

    @property
    def made(self) -> dict[str, Target]:
        """Where references may lead beside profiles and chapters: made pages and dividers, by their slugs."""
        words = self.layout.words(self.volume.language)
        titles = {entry.slug: title_of(entry.slug, self.volume, words) for _, entry in self.volume.matter() if entry.kind == "page"}
        titles |= {group.slug: group.title for group in self.volume.groups if group.divider}
        return {slug: Target(slug, "", "made", title) for slug, title in titles.items()}


def chosen(candidates: Candidates, workspace: Workspace, facts: Mapping[Path, Facts]) -> Found[Chosen]:
    """The volume with its profiles, from the facts of its candidates; None where there is no layout.

    Gives diagnostics L001-L004 and those of :func:`monitorpub.volume.members.choose`.
    """
    source, volume = candidates.source, candidates.volume
    layout = load_layout(source, volume.layout, volume.language, workspace, volume=True)
    groups = choose(candidates, facts)
    said = (*layout.diagnostics, *groups.diagnostics)
    if layout.value is None:
        return Found(None, said)
    return Found(Chosen(volume, layout.value, groups.value or ()), (*said, *untitled(source, volume, layout.value)))
