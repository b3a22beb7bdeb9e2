"""Ways on from a profile: to the one before, to the contents, to the one after, where its layout has such a line (``neighbours``).

They go the way of references: what is printed for each is known by an address, and a profile is set again when a folio changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from monitorpub.text.references import Printed
from monitorpub.ways import address_of

if TYPE_CHECKING:
    from monitorpub.volume.order import Place

CONTENTS = "contents"
"""The name of the part that has the contents."""


def neighbours(slug: str, order: Sequence[Place], profiles: Iterable[str], titles: Mapping[str, str]) -> dict[str, Printed]:
    """What leads on from a profile, by address, without folios; ``titles`` are those of all parts."""
    known = set(profiles)
    body = [name for place in order if place.matter == "body" for name in place.names if name in known]
    at = body.index(slug)
    ways = {"previous": body[at - 1] if at else "", "contents": CONTENTS if CONTENTS in titles else "", "next": (*body, "")[at + 1]}
    return {address_of(kind, part): Printed(title=titles[part]) for kind, part in ways.items() if part}
