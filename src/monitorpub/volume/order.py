"""The order of a volume and its page map: where each part begins, and the folio of every page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from monitorpub.bind.plan import Labels
from monitorpub.model.volume import Volume
from monitorpub.typeset.part import RUN
from monitorpub.volume.members import Members

Matter = Literal["front", "body", "back"]
Begins = Literal["recto", "verso", "next"]
"""The side a part begins on; ``next`` is the page after the last, whichever side that is."""


@dataclass(frozen=True)
class Place:
    """A part in the order of the volume."""

    slug: str
    matter: Matter
    begins: Begins
    group: str = ""
    """The title of its group."""
    together: tuple[str, ...] = ()
    """The names of the profiles that share its pages, for a part that holds several."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of what it holds: its own, or those of its profiles."""
        return self.together or (self.slug,)


def order_of(volume: Volume, groups: Sequence[Members], runs_on: Mapping[str, str]) -> tuple[Place, ...]:
    """The parts in the order of the volume; ``runs_on`` has the layout of each profile that can share pages, by its name."""
    return tuple(_places(volume, groups, runs_on))


def _places(volume: Volume, groups: Sequence[Members], runs_on: Mapping[str, str]) -> Iterator[Place]:
    for entry in volume.front:
        # The imprint stands on the back of the cover.
        yield Place(entry.slug, "front", "next" if entry.slug == "imprint" else "recto")
    for one in groups:
        if one.group.divider:
            yield Place(one.group.slug, "body", "recto", one.group.title)
        begins: Begins = "recto" if volume.start == "recto" else "next"
        for run in _runs([member.slug for member in one.profiles], runs_on if volume.start == "run-on" else {}):
            if len(run) > 1:
                yield Place(f"{run[0]}{RUN}", "body", begins, one.group.title, tuple(run))
            else:
                yield Place(run[0], "body", begins, one.group.title)
    for entry in volume.back:
        yield Place(entry.slug, "back", "verso" if entry.slug == "back-cover" else "recto")


def _runs(names: Sequence[str], runs_on: Mapping[str, str]) -> Iterator[list[str]]:
    """Profiles that follow each other and share a layout stand together, where that lets them share pages; others alone."""
    for layout, some in groupby(names, lambda name: runs_on.get(name, "")):
        if layout:
            yield list(some)
        else:
            yield from ([name] for name in some)


@dataclass(frozen=True)
class PageMap:
    """Where everything is: the index of each part's first page, from 0, and how many pages there are."""

    first: dict[str, int]
    body: int
    """The index of the first page that is counted in arabic figures."""
    total: int

    def folio(self, index: int) -> str:
        """The folio of a page: roman before the body."""
        return roman(index + 1) if index < self.body else str(index - self.body + 1)

    def side(self, slug: str) -> Literal["recto", "verso"]:
        """The side that a part begins on."""
        return "verso" if self.first[slug] % 2 else "recto"

    def labels(self) -> tuple[Labels, ...]:
        """Page labels that say the same as the folios."""
        front = (Labels(0, "r"),) if self.body else ()
        return (*front, Labels(self.body, "D")) if self.body < self.total else front


def page_map(order: Sequence[Place], pages: dict[str, int]) -> PageMap:
    """The map, from the number of pages of each part.  The body begins on a recto, whatever stands before it."""
    at, first, body = 0, {}, -1
    for place in order:
        side = {"recto": 0, "verso": 1}.get(place.begins, at % 2)
        if place.matter != "front" and body < 0:
            side = 0
        at += (side - at) % 2
        if place.matter != "front" and body < 0:
            body = at
        first[place.slug] = at
        at += pages[place.slug]
    return PageMap(first, at if body < 0 else body, at)


_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"))
_ROMAN_SMALL = ((5, "v"), (4, "iv"), (1, "i"))


def roman(number: int) -> str:
    """A number in small roman figures."""
    out = ""
    for value, figure in (*_ROMAN, *_ROMAN_SMALL):
        out += figure * (number // value)
        number %= value
    return out
