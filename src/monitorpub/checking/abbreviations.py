"""Abbreviations in a manuscript: where each is used and where it is spelt out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from monitorpub.checking.manuscript import Manuscript, Passage
from monitorpub.text.abbreviations import in_typed, same_words

__all__ = ["Use", "same_words", "scopes", "uses"]


@dataclass(frozen=True)
class Use:
    """An abbreviation in a text; ``long`` is its long form where it is spelt out here, ``""`` where that cannot be told."""

    short: str
    passage: Passage
    start: int
    end: int
    long: str | None = None

    @property
    def explains(self) -> bool:
        """Whether the reader learns here what it means."""
        return self.long is not None


def scopes(manuscript: Manuscript) -> Iterator[tuple[str, list[Passage]]]:
    """The stretches in each of which an abbreviation is spelt out: the whole, or each section in the house of the Monitor."""
    found: dict[str, list[Passage]] = {}
    for passage in manuscript.body:
        name = ""
        if manuscript.house == "monitor":
            match = re.search(r"(?:^|\.)sections\[(\d+)\]", passage.field)
            name = match[0] if match else passage.series
        found.setdefault(name, []).append(passage)
    yield from found.items()


def uses(passage: Passage) -> Iterator[Use]:
    """The abbreviations of a passage, outside quotations, titles, code and designations."""
    for short, start, end, long in in_typed(passage.unquoted):
        yield Use(short, passage, start, end, long)
