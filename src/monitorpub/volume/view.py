"""What the made pages of a volume show: contents, index, abbreviations.  Plain values; every word and every folio was decided before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Facts = Mapping[str, Any]
"""What ``monitorpub.facts`` gives of a profile."""


@dataclass(frozen=True)
class Entry:
    """A line of the contents."""

    kind: Literal["chapter", "group", "profile", "see"]
    title: str
    target: str
    """The part it leads to, as in ``part:TARGET``; of a see-entry, that of the profile it names."""
    folio: str = ""
    """As it is printed; none for a see-entry, and for a group without divider."""
    see: str = ""
    """For a see-entry, the title it sends the reader to."""
    matter: Literal["front", "body", "back"] = "body"


@dataclass(frozen=True)
class IndexPlace:
    """A page or a run of pages in the index: ``41``, ``43–45``; it leads to the first of them."""

    folios: str
    target: str


@dataclass(frozen=True)
class IndexLine:
    """A term with its places, or with the term it sends the reader to."""

    term: str
    places: tuple[IndexPlace, ...] = ()
    see: str = ""
    letter: str = ""
    """The letter it stands under."""


@dataclass(frozen=True)
class Abbreviation:
    """An abbreviation and what it stands for."""

    short: str
    long: str


@dataclass(frozen=True)
class Group:
    """What a divider shows: a group and its profiles, in order."""

    id: str
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class View:
    """All that made pages may ask for.  What is not known in the round at hand is empty."""

    contents: tuple[Entry, ...] = ()
    groups: tuple[Group, ...] = ()
    index: tuple[IndexLine, ...] = ()
    abbreviations: tuple[Abbreviation, ...] = ()
    profiles: tuple[Facts, ...] = ()
    """The facts of all profiles, in the order of the volume."""
