"""The notes of a profile as they will appear, and what changed between two versions of it."""

from __future__ import annotations

import re
from html import unescape

from monitorpub.checking.sources import IBID
from monitorpub.number import Note, Numbered
from monitorpub.text.html import note_to_html


def words(note: Note, numbered: Numbered) -> str:
    """The words of a note as they are printed."""
    plain = unescape(re.sub(r"<[^>]+>", "", note_to_html(note, numbered.printed)))
    return re.sub(r"\s+", " ", plain.replace("\u2060", "").replace("\u200e", "")).strip()


def listed(numbered: Numbered) -> str:
    """All notes, series by series, those of tables last."""
    lines: list[str] = []
    series = None
    for note in numbered.notes:
        if note.series != series and note.series:
            lines += ["", f"# {note.series}"] if lines else [f"# {note.series}"]
        series = note.series
        lines.append(f"{note.mark:>4}  {words(note, numbered)}")
    for path, notes in numbered.table_notes.items():
        if notes:
            lines += ["", f"# table {notes[0].series}"] if path else []
        lines += [f"{note.mark:>4}  {words(note, numbered)}" for note in notes]
    return "\n".join(lines) + "\n" if lines else "There are no notes.\n"


def changes(old: Numbered, new: Numbered) -> str:
    """Every note whose number, words or referent is another one than in the older version.

    The referent is what an Ibid. stands for: the note before it.
    """
    before, after = _by_label(old), _by_label(new)
    lines: list[str] = []
    for key in (*after, *(key for key in before if key not in after)):
        lines += _change(key, before.get(key), after.get(key), old, new)
    if not lines:
        return "No note has changed.\n"
    return "\n".join(lines) + "\n"


def _by_label(numbered: Numbered) -> dict[tuple[str, str], Note]:
    tables = [note for notes in numbered.table_notes.values() for note in notes]
    return {(note.series, note.label): note for note in (*numbered.notes, *tables)}


def _change(key: tuple[str, str], before: Note | None, after: Note | None, old: Numbered, new: Numbered) -> list[str]:
    name = f"{key[1]} ({key[0]})" if key[0] else key[1]
    if before is None and after is not None:
        return [f"new      {name}: {after.mark}  {words(after, new)}"]
    if after is None and before is not None:
        return [f"gone     {name}: was {before.mark}  {words(before, old)}"]
    assert before is not None
    assert after is not None
    out = []
    if before.mark != after.mark:
        out.append(f"number   {name}: {before.mark} -> {after.mark}")
    if words(before, old) != words(after, new):
        out += [f"words    {name}: {after.mark}", f"           - {words(before, old)}", f"           + {words(after, new)}"]
    was, now = referent(before, old), referent(after, new)
    if was != now:
        out.append(f"referent {name}: {after.mark}  Ibid. stood for {was or 'nothing'}, and stands for {now or 'nothing'}")
    return out


def referent(note: Note, numbered: Numbered) -> str:
    """The label of the note that an Ibid. at the head of this note stands for, through other Ibid.; empty for other notes."""
    stood = meant(note, numbered)
    return stood.label if stood is not None else ""


def meant(note: Note, numbered: Numbered) -> Note | None:
    """The note that an Ibid. at the head of this note stands for, through other Ibid.; None for a note without."""
    before: Note | None = None
    for other in numbered.notes:
        if other.series != note.series:
            continue
        ibid = IBID.match(words(other, numbered)) is not None
        if other is note:
            return before if ibid else None
        before = before if ibid else other
    return None
