"""The line of links at the end of a profile of a volume: what each is called and where it leads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from monitorpub.text.references import Printed

KINDS = ("previous", "contents", "next")
"""In the order of print."""


@dataclass(frozen=True)
class Way:
    """A link to another part: ``previous``, ``contents`` or ``next``, the name of the part, its title and its folio, if that is known."""

    kind: str
    part: str
    title: str
    folio: str


def address_of(kind: str, part: str) -> str:
    """The address of a way among what is printed for references; no reference that somebody types has it."""
    return f"~{kind} {part}"


def part_of(address: str) -> str:
    """The part that a way leads to; "" for the address of a reference."""
    return address.partition(" ")[2] if address.startswith("~") else ""


def ways(printed: Mapping[str, Printed]) -> tuple[Way, ...]:
    """The ways among what is printed for references, in the order of print."""
    found = [(address[1:].partition(" ")[0], part_of(address), one) for address, one in printed.items() if part_of(address)]
    return tuple(Way(kind, part, one.title, one.folio) for kind, part, one in sorted(found, key=lambda way: KINDS.index(way[0])))
