"""A facts table as it is printed: its rows stay as they are, its notes have their marks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from monitorpub.model import FactsTable, Written
from monitorpub.number import Note, Numbered, Steps
from monitorpub.validate import every_table


@dataclass(frozen=True)
class PrintedFacts:
    """A facts table ready for the template."""

    table: FactsTable
    path: Steps
    notes: tuple[Note, ...]


def printed_facts(numbered: Numbered) -> dict[str, PrintedFacts]:
    """The facts tables by their ids."""
    notes = numbered.table_notes
    return {table.id: PrintedFacts(table, path, tuple(notes.get(path, ()))) for table, path in facts_tables(numbered.written)}


def facts_tables(written: Written) -> Iterator[tuple[FactsTable, Steps]]:
    """Every facts table with its path, in the order of the text."""
    yield from ((table, steps) for table, steps in every_table(written) if isinstance(table, FactsTable))
