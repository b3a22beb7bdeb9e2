"""Walking over the boxes that the engine laid out, in the order of the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

Known = TypeVar("Known")

MADE = ("::before", "::after", "::marker", "::footnote-call", "::footnote-marker")
"""How the tags of boxes end that styles make, and not the source."""


def children(box: Any) -> list[Any]:
    """The boxes directly in a box; for what the engine took out of the flow it has a placeholder there, and this gives the box itself."""
    return [getattr(child, "_box", child) for child in box.children]


def walk(box: Any) -> Iterator[Any]:
    """A box and all in it."""
    yield box
    for child in children(box):
        yield from walk(child)


def walk_knowing(box: Any, above: Known, inside: Callable[[Any, Known], Known]) -> Iterator[tuple[Any, Known]]:
    """A box and all in it, each with what is known of its place: ``inside`` gives that from what is known of the box round it."""
    here = inside(box, above)
    yield box, here
    for child in children(box):
        yield from walk_knowing(child, here, inside)
