"""The report of an import: what was recognised, and each thing that was left out, lost, guessed or changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from monitorpub.importing.arranging import Arranged
from monitorpub.importing.document import CALL, Document, Kind, List, Remark, Table
from monitorpub.importing.pictures import FOLDER, Kept
from monitorpub.importing.written import Flow, Prose
from monitorpub.report import counted

TITLES: dict[Kind, str] = {
    "lost": "Lost, to be put back by hand",
    "wanted": "Wanted, to be written by you",
    "guessed": "Guessed, to be looked at",
    "changed": "Changed",
    "left-out": "Left out, as no part of the text",
}


@dataclass(frozen=True)
class Counts:
    """How much of each kind was recognised."""

    sections: int
    """Sections of the first level."""
    calls: int
    """Calls of notes, as often as they stand in the text."""
    calls_of_sections: tuple[int, ...]
    notes: int
    """Notes with their words."""
    missing: int
    """Notes that are called and were not in the file."""
    tables: int
    rows: int
    """Rows of tables, without the one that names their columns."""
    cells: int
    """Cells of these rows."""
    facts: int
    """Labels with values, in tables of their own and in the key data."""
    recommendations: int
    questions: int
    operators: int
    """Lists of the capacity, and items in them."""
    lists: int
    related: int


def counts_of(document: Document, arranged: Arranged) -> Counts:
    """The counts of an import."""
    fields = arranged.fields
    tables = [block for block in document.blocks if isinstance(block, Table)]
    rows = [row for table in tables for row in (table.rows[1:] if table.rows and table.rows[0].head else table.rows)]
    body = {name: value for name, value in fields.items() if name != "notes"}
    return Counts(
        sections=len(arranged.sections),
        calls=sum(len(CALL.findall(text)) for text in _strings(body)),
        calls_of_sections=tuple(calls for _, calls in arranged.sections),
        notes=sum(note.text is not None for note in document.notes),
        missing=sum(note.text is None for note in document.notes),
        tables=len(tables),
        rows=len(rows),
        cells=sum(len(row.cells) for row in rows),
        facts=_facts(fields),
        recommendations=len(fields.get("recommendations", [])),
        questions=sum(getattr(block, "role", "") == "question" for block in document.blocks),
        operators=sum(len(entry["items"]) for entry in fields.get("capacity", [])),
        lists=sum(isinstance(block, List) for block in document.blocks),
        related=len(fields.get("related", [])),
    )


def _facts(value: Any) -> int:
    """Facts of the key data, and rows of tables of labels and values."""
    if isinstance(value, list):
        return sum(_facts(one) for one in value)
    if not isinstance(value, dict):
        return 0
    own = int("value" in value and ("fact" in value or "contamination" in value or "label" in value))
    return own + sum(_facts(one) for one in value.values())


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Prose):
        yield value.text
    elif isinstance(value, Flow):
        yield from _strings(value.fields)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def report_text(name: str, document: Document, arranged: Arranged, images: Sequence[Kept] = ()) -> str:
    """The report, over as many lines as there are things to say."""
    counts = counts_of(document, arranged)
    known = arranged.known
    called = known.country + (f" ({known.code})" if known.code else "") if known.country else known.title
    lines = [f"{name}: {called}, layout {known.layout}", *_recognised(counts, arranged)]
    if images:
        lines += ["", f"Images, for the folder {FOLDER} beside the source ({len(images)}):"]
        lines += [f"  {_at(one.image.line, document)}{one.target.name} ({one.what})" for one in images]
    for kind, title in TITLES.items():
        remarks = sorted({remark for remark in document.remarks if remark.kind == kind})
        if remarks:
            lines += ["", f"{title} ({len(remarks)}):", *(f"  {_where(remark, document)}{remark.words}" for remark in remarks)]
    return "\n".join(lines) + "\n"


def _recognised(counts: Counts, arranged: Arranged) -> Iterator[str]:
    if counts.sections:
        yield f"  {counted(counts.sections, 'section')}"
        if counts.calls:
            yield from (f"    {title}: {counted(calls, 'call')}" for title, calls in arranged.sections)
    if counts.calls or counts.notes:
        missing = f", {counts.missing} missing" if counts.missing else ", none missing"
        yield f"  {counted(counts.calls, 'call')}, {counted(counts.notes, 'note')}{missing}"
    if counts.questions:
        yield f"  {counted(counts.questions, 'question')}"
    if counts.tables:
        yield f"  {counted(counts.tables, 'table')} by rows and columns ({counted(counts.rows, 'row')}, {counted(counts.cells, 'cell')})"
    if counts.facts:
        yield f"  {counted(counts.facts, 'label')} with values"
    if counts.recommendations:
        yield f"  {counted(counts.recommendations, 'recommendation')}"
    if "capacity" in arranged.fields:
        yield f"  {counted(len(arranged.fields['capacity']), 'list')} of capacity ({counted(counts.operators, 'item')})"
    if "call-out" in arranged.fields:
        yield "  a call-out"
    if counts.related:
        yield f"  {counted(counts.related, 'related link')}"


def _where(remark: Remark, document: Document) -> str:
    return _at(remark.line, document)


def _at(line: int, document: Document) -> str:
    return f"{document.counted} {line}: " if line else ""
