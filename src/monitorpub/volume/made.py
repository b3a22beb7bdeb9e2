"""The made pages of a volume: what each shows in the round at hand, and the requests for them."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from monitorpub.collation import sort_key
from monitorpub.content import file_digest, json_digest
from monitorpub.diagnostics import Diagnostic, Found
from monitorpub.model.volume import MadePage
from monitorpub.parts import Press, Request
from monitorpub.produce import Side
from monitorpub.source import Source
from monitorpub.text.references import Printed
from monitorpub.typeset.part import Job
from monitorpub.volume.abbreviations import abbreviations
from monitorpub.volume.chosen import Chosen
from monitorpub.volume.index import index_lines
from monitorpub.volume.members import Members, see_targets
from monitorpub.volume.pages import compose_page
from monitorpub.volume.texts import Texts
from monitorpub.volume.view import Abbreviation, Entry, Group, IndexLine, View

if TYPE_CHECKING:
    from monitorpub.volume.rounds import Rounds

NOT_LISTED = ("cover", "imprint", "contents", "back-cover")
"""Made pages that the contents do not name."""


@dataclass
class MadePages:
    """The made pages and all that they are made of."""

    source: Source
    chosen: Chosen
    texts: Texts
    press: Press
    source_key: str
    """The digest of the volume's source and of what all pages depend on."""
    short: tuple[Abbreviation, ...] = ()
    said: list[Diagnostic] = field(default_factory=list)
    """What the index has to say, of the last round."""
    _view: View = field(default_factory=View)
    _references: dict[str, Printed] = field(default_factory=dict)

    @cached_property
    def _facts_key(self) -> str:
        return json_digest([dict(one) for one in self.chosen.facts])

    def collect(self, collections: Mapping[str, Sequence[tuple[str, str]]]) -> list[Diagnostic]:
        """Take the abbreviations of all parts, by slug."""
        page = self.chosen.volume.page("abbreviations")
        if page is None:
            return []
        place = self.source.at("R009", "", self._path(page)).place
        found = abbreviations(collections, page.also, page.leave_out, self.chosen.volume.language, place)
        self.short = found.value or ()
        explained = {short for pairs in collections.values() for short, _ in pairs} | page.also.keys()
        return [*found.diagnostics, *self._in_vain(page, explained)]

    def _in_vain(self, page: MadePage, explained: Collection[str]) -> Iterator[Diagnostic]:
        """R011 for abbreviations that would not be listed anyway: a slip, or left over from an earlier edition."""
        for index, short in enumerate(page.leave_out):
            if short not in explained:
                near = difflib.get_close_matches(short, explained, n=1, cutoff=0.6)
                message = f"No text explains {short}: there is nothing to leave out."
                hint = f"Did you mean {near[0]}?" if near else "Delete it here."
                yield self.source.at("R011", message, (*self._path(page), "leave-out", index), hint)

    def _path(self, page: MadePage) -> tuple[str | int, ...]:
        return next(path for path, entry in self.chosen.volume.matter() if entry is page)

    def look(self, rounds: Rounds) -> None:
        """See where everything is in this round."""
        entries = tuple(self._entries(rounds))
        groups = tuple(
            Group(one.group.name, one.group.title, tuple(e for e in self._group_entries(one, rounds) if e.kind == "profile"))
            for one in self.chosen.members
        )
        self._references = {
            reference.address: printed
            for parsed in self.texts.parsed.values()
            for reference in parsed.references
            if (printed := rounds.printed_for(reference.part, reference.anchor)) is not None
        }
        self._view = View(entries, groups, self._index(rounds), self.short, self.chosen.facts)

    def _entries(self, rounds: Rounds) -> list[Entry]:
        """The lines of the contents, in the order of the volume."""
        out: list[Entry] = []
        groups = {one.group.slug: one for one in self.chosen.members}
        made = self.chosen.made
        begun: set[str] = set()
        for place in rounds.order:
            if place.matter == "body":
                group = next(one for one in self.chosen.members if one.group.title == place.group)
                if group.group.slug not in begun:
                    begun.add(group.group.slug)
                    own = place.slug in groups
                    out.append(Entry("group", group.group.title, place.slug, rounds.folio(place.slug) if own else ""))
                    out += self._group_entries(group, rounds)
            elif place.slug not in NOT_LISTED:
                unit = rounds.units.get(place.slug)
                title = unit.summary.title if unit else made[place.slug].title
                out.append(Entry("chapter", title, place.slug, rounds.folio(place.slug), matter=place.matter))
        return out

    def _group_entries(self, group: Members, rounds: Rounds) -> list[Entry]:
        """The profiles of a group, and the see-entries that lead to them, by name."""
        names = {member.slug: member.name for member in group.profiles}
        out = [Entry("profile", name, slug, rounds.folio(slug)) for slug, name in names.items()]
        for name, slug in see_targets(self.chosen.volume).items():
            if slug in names:
                out.append(Entry("see", name, slug, see=names[slug]))
        return sorted(out, key=lambda entry: sort_key(entry.title, self.chosen.volume.language))

    def _index(self, rounds: Rounds) -> tuple[IndexLine, ...]:
        """The index, when the pages are counted."""
        page = self.chosen.volume.page("index")
        if page is None or rounds.map is None:
            return ()
        marks = []
        for slug, unit in rounds.units.items():
            for name, term in unit.summary.marks:
                page_of_mark = rounds.page(slug, name) if rounds.spot(slug, name) else None
                if page_of_mark is not None:
                    marks.append((term, f"{slug}#{name}", page_of_mark))
        words: dict[int, tuple[str, str]] = {}
        if page.terms:
            for place in rounds.order:
                for number, text in enumerate(self.press.words(rounds.made[place.slug]) if rounds.holds_units(place) else ()):
                    words[rounds.map.first[place.slug] + number] = (place.slug, text)
        found = index_lines(marks, page.terms, words, rounds.map.folio, self.chosen.volume.language, self.source, self._path(page))
        self.said = list(found.diagnostics)
        return found.value or ()

    def _shown(self, kind: str, group: Group | None) -> View:
        """The part of the view that a kind of page prints."""
        view = self._view
        parts: dict[str, View] = {
            "cover": View(profiles=view.profiles),
            "contents": View(contents=view.contents),
            "abbreviations": View(abbreviations=view.abbreviations),
            "index": View(index=view.index),
        }
        return View(groups=(group,)) if group else parts.get(kind, View())

    def request(self, slug: str, side: Side) -> Request:
        """A made page."""
        group = next((one.group for one in self.chosen.members if one.group.slug == slug), None)
        shown = next((one for one in self._view.groups if group and one.id == group.name), None)
        view = self._shown(slug, shown)
        images = tuple(sorted(set(self.texts.images.values())))
        pictures = [[name, file_digest(self.press.workspace.root / name)] for name in images]
        shown_key = [asdict(replace(view, profiles=())), self._facts_key if view.profiles else ""]
        references = {address: asdict(printed) for address, printed in self._references.items()}

        def compose() -> Found[Job]:
            volume, layout = self.chosen.volume, self.chosen.layout
            kind = "divider" if group else slug
            found = compose_page(kind, volume.page(slug), volume, self.texts, view, self.press.workspace, layout, shown, self._references)
            document = found.value
            if document is None:
                return Found(None, found.diagnostics)
            job = Job(slug, document.html, document.styles, self.press.workspace.root, images=images, side=side)
            return Found(job, found.diagnostics)

        return Request(slug, json_digest(self.source_key, slug, side, shown_key, pictures, references), compose)
