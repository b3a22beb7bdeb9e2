"""Computed tables: figures of all profiles in one table, with totals, changes, ranks and shares.

Nothing is invented: what a profile does not report stays out of every sum, and the table says how many such profiles there are; a limit
or a band is printed as it is stated and never counted; a figure of another year carries a note that names the year.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from monitorpub.computed.printed import ComputedCell, ComputedColumn, ComputedGroup, ComputedRow, PrintedComputed
from monitorpub.computed.rows import GroupOfProfiles
from monitorpub.computed.table import Computation
from monitorpub.diagnostics import Diagnostic, Found
from monitorpub.facts import Facts
from monitorpub.model.computed import ComputedTable
from monitorpub.number import Note, Numbered
from monitorpub.source import Source, Steps
from monitorpub.validate import every_table

__all__ = ["ComputedCell", "ComputedColumn", "ComputedGroup", "ComputedRow", "PrintedComputed", "compute", "compute_all"]


def compute(
    table: ComputedTable,
    profiles: Sequence[Facts],
    *,
    language: str,
    edition: int,
    words: Mapping[str, str],
    source: Source,
    path: Steps,
    groups: Sequence[GroupOfProfiles] = (),
    notes: Sequence[Note] = (),
    number: int | None = None,
) -> Found[PrintedComputed]:
    """The table as it is printed, from the facts of the profiles in the order of the volume.

    Facts with a ``slug`` are linked to (``part:SLUG``).  ``words`` are the layout's; ``notes`` the table notes that were typed, numbered
    already; ``groups`` those of the volume.  Gives diagnostics K001-K007 on the fields of the table.
    """
    return Computation(table, profiles, language, edition, words, source, tuple(path), groups).printed(notes, number)


def compute_all(
    numbered: Numbered, profiles: Sequence[Facts], source: Source, groups: Sequence[GroupOfProfiles] = ()
) -> Found[dict[str, PrintedComputed]]:
    """All computed tables of a chapter, by their ids, for ``compose``; the notes that they make join its table notes."""
    written = numbered.written
    printed: dict[str, PrintedComputed] = {}
    said: list[Diagnostic] = []
    for table, path in every_table(written):
        if not isinstance(table, ComputedTable):
            continue
        typed = [note for note in numbered.table_notes[path] if note.label in table.notes]
        found = compute(
            table,
            profiles,
            language=written.language,
            edition=written.edition,
            words=numbered.layout.words(written.language),
            source=source,
            path=path,
            groups=groups,
            notes=typed,
            number=numbered.tables.get(path),
        )
        said += found.diagnostics
        if found.value is not None:
            printed[table.id] = found.value
            numbered.table_notes[path] = list(found.value.notes)
    return Found(printed, tuple(said))
