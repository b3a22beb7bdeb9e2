"""Remarks of the engine and of the audit become diagnostics on the lines of the source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitorpub.diagnostics import Diagnostic, Place
from monitorpub.model import Profile
from monitorpub.number import Steps
from monitorpub.read import load_text
from monitorpub.references import Prepared
from monitorpub.source import Source
from monitorpub.typeset.log import STYLE
from monitorpub.typeset.part import Remark
from monitorpub.validate import every_table, walk_sections

_AT = re.compile(r" at (\d+):(\d+)\b")
"""Where in a style sheet the engine found something, both counted from 1."""


def diagnostic_of(one: Prepared, remark: Remark) -> Diagnostic:
    """A remark of the engine or the audit on its line of the source."""
    base = one.numbered.written.base
    if remark.element.startswith(STYLE):
        return _of_style(one, remark)
    for note in one.numbered.notes:
        if remark.element == note.id:
            call = note.calls[0]
            message = remark.message.replace("The note ", f"The note {note.label!r} (number {note.mark}) ", 1)
            if remark.code == "P002":
                return one.source.at(remark.code, message, call.path, remark.hint, needle=f"[^{note.label}]", nth=call.nth)
            return one.source.at(remark.code, message, (*base, "notes", note.label), remark.hint, key=True)
    for name, steps, key in _elements(one):
        if remark.element == name:
            message = remark.message.replace(" a table is too wide:", f" the table {name.partition('~')[0]!r} is too wide:", 1)
            return one.source.at(remark.code, message, steps, remark.hint, key=key)
    if match := re.search(r"sign (.) \(U\+", remark.message):
        offset = one.source.text.find(match[1])
        if offset >= 0:
            return Diagnostic(remark.code, remark.message, one.source.place_at(offset), hint=remark.hint)
    return Diagnostic(remark.code, remark.message, Place(one.source.file), hint=remark.hint)


def _of_style(one: Prepared, remark: Remark) -> Diagnostic:
    """A remark on a style sheet, on its line."""
    name = remark.element.removeprefix(STYLE)
    file = one.workspace.find("styles", name)
    text = load_text(file) if file is not None else ""
    at = _AT.search(remark.message)
    if file is None or not isinstance(text, str) or at is None:
        return Diagnostic(remark.code, remark.message, Place(file or one.source.file), hint=remark.hint)
    line, column = int(at[1]) - 1, int(at[2]) - 1
    message = _AT.sub("", remark.message).rstrip(".") + "."
    return Diagnostic(remark.code, message, Source.of(text, file).place_on(line, column, column + 1), hint=remark.hint)


def _elements(one: Prepared) -> Iterator[tuple[str, Steps, bool]]:
    """The ids of tables, their notes, recommendations and sections, each with its path, and whether its key is meant."""
    written = one.numbered.written
    if isinstance(written, Profile) and written.assessment is not None:
        yield "assessment~scores", ("assessment",), True
    for table, steps in every_table(written):
        yield table.id, (*steps, table.kind), False
        for note in one.numbered.table_notes.get(steps, ()):
            yield note.id, (*steps, "notes", note.label), True
    for index, item in enumerate(written.recommendations if isinstance(written, Profile) else ()):
        yield f"recommendation-{item.id}", ("recommendations", index, "text"), False
    for section, steps in walk_sections(written.sections, (*written.base, "sections")):
        yield section.anchor, (*steps, "title"), False
