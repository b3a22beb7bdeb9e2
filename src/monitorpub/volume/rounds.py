"""Page references: parts are set, the pages counted, and those that print folios set again with them, until nothing moves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from monitorpub.diagnostics import Diagnostic, Found
from monitorpub.parts import Made, Press, Progress, Request
from monitorpub.references import Target, unsettled
from monitorpub.source import Source
from monitorpub.text.references import Printed
from monitorpub.typeset.part import Spot
from monitorpub.volume.made import MadePages
from monitorpub.volume.neighbours import neighbours
from monitorpub.volume.order import PageMap, Place, page_map
from monitorpub.volume.runs import run_of
from monitorpub.volume.units import Tables, Unit
from monitorpub.ways import part_of

ROUNDS = 3
"""How often parts are set again after the first time."""
UNKNOWN = "000"
"""What stands for a folio while the pages are not counted."""


@dataclass
class Rounds:
    """The parts of a volume on their way to their folios."""

    source: Source
    order: tuple[Place, ...]
    units: Mapping[str, Unit]
    pages: MadePages
    tables: Tables
    known: Mapping[str, Mapping[str, Target]]
    press: Press
    progress: Progress | None = None
    made: dict[str, Made] = field(default_factory=dict)
    map: PageMap | None = None
    _folios: dict[str, dict[str, str]] = field(default_factory=dict)
    """What each unit prints for its references in this round."""

    def run(self) -> Found[PageMap]:
        """The page map, when all parts are ``made``.  Gives what composing had to say, and B003 where pages never come to rest."""
        said: list[Diagnostic] = []
        before: dict[str, str] = {}
        for number in range(1 + ROUNDS):
            requests = self._requests()
            changed = [request for request in requests if request.key != before.get(request.name)]
            if not changed:
                break
            found = self.press.parts(changed, None if number else self.progress)
            said += found.diagnostics
            if found.value is None:
                return Found(None, tuple(said))
            self.made |= {request.name: made for request, made in zip(changed, found.value, strict=True)}
            before |= {request.name: request.key for request in changed}
            if any(not made.part.pages for made in self.made.values()):
                return Found(None, tuple(said))  # its remarks say why
            self.map = page_map(self.order, {slug: made.part.pages for slug, made in self.made.items()})
        else:
            last = self._folios
            said += self._restless([request.name for request in self._requests() if request.key != before[request.name]], last)
        return Found(self.map, tuple(dict.fromkeys(said)))

    def _requests(self) -> list[Request]:
        """What is wanted of every part, as far as the pages are known."""
        self.pages.look(self)
        self._folios = {}
        out = []
        for place in self.order:
            side = self.map.side(place.slug) if self.map else "recto"
            if not self.holds_units(place):
                out.append(self.pages.request(place.slug, side))
                continue
            wanted = []
            for unit in (self.units[name] for name in place.names):
                printed = self.printed(unit)
                self._folios[unit.summary.slug] = {address: one.folio for address, one in printed.items() if one.folio}
                wanted.append(unit.request(printed, side, self.tables if place.matter != "body" else None))
            out.append(run_of(place.slug, wanted) if place.together else wanted[0])
        return out

    def holds_units(self, place: Place) -> bool:
        """Whether a part holds profiles or a chapter; others are made by the tool."""
        return bool(place.together) or place.slug in self.units

    def printed(self, unit: Unit) -> dict[str, Printed]:
        """What a unit prints for its references."""
        printed = unit.summary.printed(self.known) or {}
        for one in unit.summary.wanted:
            if one.prints_folio:
                printed[one.address] = replace(printed[one.address], folio=self.folio(one.part or unit.summary.slug, one.anchor))
        for address, way in self.neighbours(unit).items():
            printed[address] = replace(way, folio=self.folio(part_of(address)))
        return printed

    def neighbours(self, unit: Unit) -> dict[str, Printed]:
        """What leads on from a unit to others, without folios; nothing where its layout has no such line."""
        if not unit.summary.neighbours:
            return {}
        profiles = (slug for slug, one in self.units.items() if one.summary.facts)
        titles = {slug: targets[""].title for slug, targets in self.known.items()}
        return neighbours(unit.summary.slug, self.order, profiles, titles)

    def printed_for(self, slug: str, anchor: str) -> Printed | None:
        """What is printed for a place, or None where there is none."""
        target = self.known.get(slug, {}).get(anchor)
        return Printed(self.folio(slug, anchor), target.number, target.title) if target else None

    def folio(self, slug: str, anchor: str = "") -> str:
        """The folio of a place, or what stands for it in the first round."""
        page = self.page(slug, anchor)
        return UNKNOWN if page is None or self.map is None else self.map.folio(page)

    def page(self, slug: str, anchor: str = "") -> int | None:
        """The index of the page of a place, where it is known."""
        run = self.runs.get(slug, slug)
        if self.map is None or run not in self.map.first:
            return None
        spot = self.spot(slug, anchor) or self.spot(slug, "")
        return self.map.first[run] + (spot.page - 1 if spot else 0)

    def spot(self, slug: str, anchor: str) -> Spot | None:
        """Where a place is in the part that holds it."""
        if slug in self.runs:
            return self.made[self.runs[slug]].part.anchors.get(f"{slug}/{anchor}")
        return self.made[slug].part.anchors.get(anchor)

    @cached_property
    def runs(self) -> dict[str, str]:
        """The name of the part that holds a profile together with others, by that of the profile."""
        return {name: place.slug for place in self.order for name in place.together}

    def _restless(self, slugs: list[str], last: Mapping[str, Mapping[str, str]]) -> Iterator[Diagnostic]:
        """Of units, the reference that prints another folio than in the round before."""
        held = [name for place in self.order if place.slug in slugs for name in place.names]
        units = {name: self.units[name] for name in held if name in self.units}
        for slug, unit in units.items():
            moved = [address for address, folio in self._folios[slug].items() if folio != last[slug].get(address)]
            if slug in self.runs and not moved:
                continue  # another of its run moves
            what = f"the reference {moved[0]} in it" if moved else "the folios in it"
            message = f"The pages do not come to rest: {slug} moves whenever {what} is printed."
            yield unsettled(unit.prepared, moved[0] if moved else "", message)
        if not units:
            hint = "A few words more or less on them end this."
            yield self.source.at("B003", f"The pages do not come to rest: {', '.join(slugs)} print other folios each time.", (), hint)
