"""A computed table as it is printed: plain values for the template; every word and every figure was decided before."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from monitorpub.model import Text
from monitorpub.model.computed import ComputedTable
from monitorpub.number import Call, Note, Steps


@dataclass(frozen=True)
class ComputedCell:
    """A cell: what is printed, what kind of thing it is, and the calls of table notes behind it."""

    text: str
    kind: str
    """``number``, ``words``, ``missing`` (not reported), ``dash`` (nothing to compute from), ``names`` or ``blank``."""
    calls: tuple[Call, ...] = ()
    padding: str = ""
    """White behind figure and calls, in place of the decimals that others of its column have."""
    names: tuple[tuple[str, str], ...] = ()
    """Names of profiles, each with the slug of its part."""
    number: Decimal | None = None
    """The figure as a number; none where a sign stands before it: ``<0.1``."""


@dataclass(frozen=True)
class ComputedRow:
    """A row: the name of a profile with the slug of its part, or the value that profiles have in common, or a total."""

    name: str
    cells: tuple[ComputedCell, ...]
    slug: str = ""
    total: bool = False


@dataclass(frozen=True)
class ComputedGroup:
    """Rows under one head; under none, where the table has no heads."""

    head: str
    rows: tuple[ComputedRow, ...]


@dataclass(frozen=True)
class ComputedColumn:
    """A column: its head as it was typed, or else made words; its unit; its share of the width in per cent."""

    label: Text | None
    words: str
    unit: str
    figures: bool
    width: float


@dataclass(frozen=True)
class PrintedComputed:
    """A computed table ready for the template."""

    table: ComputedTable
    path: Steps
    number: int | None
    columns: tuple[ComputedColumn, ...]
    groups: tuple[ComputedGroup, ...]
    notes: tuple[Note, ...]
    """Those that were typed, in the order of their marks; then those that the tool made, such as the year of a figure."""
    remarks: tuple[str, ...]
    """What stands under the notes without a mark, such as how many profiles are not in a total."""
    setting: str
    """``wide``, ``close`` or ``tight``, as with series tables."""
    label_width: float
