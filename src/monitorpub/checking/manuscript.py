"""The manuscript: what rules look at.  A profile or a chapter in YAML and a plain text have the same shape here.

A manuscript is a row of passages (texts with a kind) and of series of notes (calls and notes).  A passage knows where each
of its signs stands in the file, so that a rule speaks of positions in the passage and the editor sees line and column.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal

from monitorpub.diagnostics import Place
from monitorpub.model import Written
from monitorpub.source import Source
from monitorpub.text.quotations import Quotation, masked, quotations

Kind = Literal["text", "heading", "key-data", "recommendation", "capacity", "note", "table-note"]


@dataclass(eq=False)
class Passage:
    """A text as it was typed, with what it is and where it stands."""

    text: str
    kind: Kind
    locate: Callable[[int, int], Place]
    """The place in the file of the signs from start to end."""
    offset: Callable[[int], int]
    """Where a sign stands in the text of the file, for mending it."""
    field: str = ""
    """The path of its field, as editors read it."""
    series: str = ""
    path: tuple[str | int, ...] = ()
    """The steps to its field in a source."""
    inline: bool = False
    """Whether it is one line."""

    @cached_property
    def quotations(self) -> tuple[Quotation, ...]:
        """The quotations in it, outer and inner, pairs and single marks."""
        return quotations(self.text)

    @cached_property
    def unquoted(self) -> str:
        """The text with quoted words, code and addresses blanked out by as many NULs: for rules of style."""
        return masked(self.text)


@dataclass(eq=False)
class NoteCall:
    """A call: the mark that is printed, or the label where there is no such note."""

    mark: str
    passage: Passage
    start: int
    end: int


@dataclass(eq=False)
class NoteText:
    """A note: its mark and its passage."""

    mark: str
    passage: Passage
    label: str = ""
    spaced: bool = True
    """Whether a space stands between mark and words, in a plain text."""
    listed: bool = False
    """Whether it was found in a numbered list of a plain text, which is a guess."""


@dataclass(eq=False)
class Series:
    """A series of notes: the calls in the order of the text, the notes in the order of print."""

    name: str
    calls: list[NoteCall] = field(default_factory=list)
    notes: list[NoteText] = field(default_factory=list)


@dataclass(eq=False)
class Manuscript:
    """A profile, a chapter of a volume or a plain text, ready for the rules."""

    file: Path
    language: str
    house: str
    """The house style, a name of styles/citations: mine-action-review or monitor."""
    passages: list[Passage] = field(default_factory=list)
    series: list[Series] = field(default_factory=list)
    edition: int | None = None
    written: Written | None = None
    """The profile or the chapter; None for a plain text."""
    source: Source | None = None
    styles: tuple[str, ...] = ()
    """The style sheets of its layout, in their order; none of a plain text."""

    @property
    def notes(self) -> list[NoteText]:
        """All notes of all series."""
        return [note for series in self.series for note in series.notes]

    @property
    def body(self) -> list[Passage]:
        """The passages that are not notes."""
        return [passage for passage in self.passages if passage.kind not in ("note", "table-note")]
