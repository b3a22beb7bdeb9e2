"""Blocks that a source has and its layout does not print: what they hold would be missing on the pages without a word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from monitorpub.diagnostics import Diagnostic
from monitorpub.layouts import Layout
from monitorpub.model import Profile, Written
from monitorpub.source import Source

BLOCKS = ("introduction", "key-data", "key-developments", "recommendations", "assessment", "capacity", "sections", "call-out", "related")
"""Of a profile."""
CHAPTER_BLOCKS = ("text", "tables", "sections")


@dataclass(frozen=True)
class Unprinted:
    """A block that is not printed: its field, and the notes that nothing else calls, by their paths."""

    block: str
    notes: frozenset[tuple[str | int, ...]]

    def said(self, source: Source, written: Written) -> Diagnostic:
        """L006, on the field."""
        count = len(self.notes)
        only = f", nor the {'note that is' if count == 1 else f'{count} notes that are'} called only there" if count else ""
        hint = f"Add {self.block} to order in the layout's settings, take another layout, or delete the field."
        return source.at("L006", f"This layout does not print {self.block}{only}.", (*written.base, self.block), hint, key=True)


def left_out(written: Written, layout: Layout) -> Iterator[str]:
    """The blocks that a source has and the layout does not print."""
    for block in BLOCKS if isinstance(written, Profile) else CHAPTER_BLOCKS:
        if block not in layout.order and getattr(written, block.replace("-", "_")):
            yield block
