"""Table notes that the tool makes: the year of a figure, who made an estimate; and remarks on what totals leave out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from monitorpub.computed.cells import LeftOut, Mark
from monitorpub.computed.words import TableWords
from monitorpub.model import Text
from monitorpub.model.computed import ComputedTable
from monitorpub.model.scalars import slug
from monitorpub.number import Call, Note, Steps, table_mark
from monitorpub.text.parse import parse


@dataclass
class MadeNotes:
    """The made notes of a table: the same words once, marked behind those that were typed."""

    table: ComputedTable
    path: Steps
    words: TableWords
    language: str
    notes: list[Note] = field(default_factory=list)
    """The notes that were typed, and those that are made."""
    _made: dict[Mark, Note] = field(default_factory=dict)

    def calls(self, marks: Sequence[Mark]) -> tuple[Call, ...]:
        """The calls behind a figure, in the order of their notes."""
        notes = sorted((self._note(mark) for mark in marks), key=self.notes.index)
        return tuple(self._call(note) for note in notes)

    def _note(self, mark: Mark) -> Note:
        if mark not in self._made:
            kind, value = mark
            words = self.words("figure-for-year", year=value) if kind == "year" else self.words("estimate-by", who=value)
            label = f"{kind}-{slug(value) or len(self._made)}"
            while any(note.label == label for note in self.notes):
                label += "-made"
            place = table_mark(self.table, len(self.notes))
            parsed = parse(Text(words, path=(*self.path, "notes", label)), self.language, note=True)
            note = Note(label, place, self.table.id, f"note-table~{self.table.id}~{label}", parsed, of_table=True)
            self._made[mark] = note
            self.notes.append(note)
        return self._made[mark]

    def _call(self, note: Note) -> Call:
        name = f"call-{note.id.removeprefix('note-')}-{len(note.calls) + 1}"
        call = Call(note, self.path, len(note.calls), name, first=not note.calls)
        note.calls.append(call)
        return call


def remarks(of_columns: Sequence[tuple[str, LeftOut]], words: TableWords, reference: int, *, dashes: bool) -> tuple[str, ...]:
    """What is said of the totals, column by column; once, where the same holds for all of them."""
    out: list[str] = []
    for name, sentence in (("unreported", "left-out"), ("limits", "limits"), ("worded", "inexact")):
        counts = {label: getattr(found, name) for label, found in of_columns}
        for count in dict.fromkeys(count for count in counts.values() if count):
            labels = [label for label in counts if counts[label] == count]
            before = "" if len(labels) == len(counts) else f"{', '.join(labels)}: "
            out.append(before + words.counted(sentence, count))
    years = sorted({year for _, found in of_columns for year in found.years})
    if years:
        out.append(words("other-years", year=reference, years=_ranges(years)))
    return (*out, words("dash")) if dashes else tuple(out)


def _ranges(years: Sequence[int]) -> str:
    """``2015, 2017–2019``."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
