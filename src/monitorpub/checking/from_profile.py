"""The manuscript of a numbered profile or chapter: its texts in the order of print, its series of notes."""

from __future__ import annotations

from monitorpub.checking.manuscript import Kind, Manuscript, NoteCall, NoteText, Passage, Series
from monitorpub.model import Text
from monitorpub.number import Numbered, reading_order
from monitorpub.source import Source
from monitorpub.text.live import occurrences

KINDS: dict[str, Kind] = {"key-data": "key-data", "recommendations": "recommendation", "capacity": "capacity"}


def manuscript_of(source: Source, numbered: Numbered) -> Manuscript:
    """The manuscript of a profile or a chapter."""
    written = numbered.written
    manuscript = Manuscript(
        file=source.file,
        language=written.language,
        house=numbered.layout.house,
        edition=written.edition,
        written=written,
        source=source,
        styles=tuple(numbered.layout.styles),
    )
    series: dict[str, Series] = {}
    for text, _, name in reading_order(written, numbered.layout):
        passage = _passage(source, text, _kind(text.path[len(written.base) :]), name)
        manuscript.passages.append(passage)
        for call in numbered.calls.get(text.path, ()):
            if call.note.of_table:
                continue
            start, end = occurrences(text.source, f"[^{call.note.label}]")[call.nth]
            series.setdefault(name, Series(name)).calls.append(NoteCall(call.note.mark, passage, start, end))
    for note in numbered.notes:
        passage = _passage(source, note.parsed.text, "note", note.series)
        series[note.series].notes.append(NoteText(note.mark, passage, note.label))
        manuscript.passages.append(passage)
    for notes in numbered.table_notes.values():
        manuscript.passages += [_passage(source, note.parsed.text, "table-note", note.series) for note in notes]
    manuscript.series = list(series.values())
    return manuscript


def _kind(path: tuple[str | int, ...]) -> Kind:
    if path[0] in ("sections", "call-out", "related") and path[-1] == "title":
        return "heading"
    return KINDS.get(str(path[0]), "text")


def _passage(source: Source, text: Text, kind: Kind, series: str) -> Passage:
    return Passage(
        text=text.source,
        kind=kind,
        locate=lambda start, end: source.spread(text.path, start, end),
        offset=lambda index: source.offset(text.path, index),
        field=source.shown(text.path),
        series=series,
        path=text.path,
        inline=text.inline,
    )
