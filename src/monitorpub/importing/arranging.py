"""The fields of a profile from the blocks of a document: which heading begins a section, and which a field of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from monitorpub.importing.capitals import Forms
from monitorpub.importing.document import CALL, Block, Dated, Document, Facts, Heading, Note, Table, called, texts
from monitorpub.importing.known import Known, known
from monitorpub.importing.labels import labels_for
from monitorpub.importing.marking import text_of
from monitorpub.importing.missing import say_missing
from monitorpub.importing.opening import capacity, key_data, recommendations, related
from monitorpub.importing.roles import role_of, since_of
from monitorpub.importing.tables import Names, facts_table, series_table
from monitorpub.importing.written import Flow, Prose
from monitorpub.layouts import Layout

DEEPEST = 3
MISSING = "MISSING: note {number}{where} was not in the file."


@dataclass
class Part:
    """A heading with what stands below it, down to the next heading that is not deeper."""

    heading: Heading
    blocks: list[Block] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    def everything(self) -> Iterator[Block]:
        """Its blocks and those of all parts below it."""
        yield from self.blocks
        for part in self.parts:
            yield part.heading
            yield from part.everything()


@dataclass
class Arranged:
    """A profile: its fields in the order in which they are written."""

    fields: dict[str, Any]
    known: Known
    sections: list[tuple[str, int]] = field(default_factory=list)
    """The title of each section of the first level, with how many notes it calls."""


def arrange(document: Document, layout_name: str, file: Path, layout: Layout | None) -> Arranged:
    """The profile of a document.

    ``layout`` are the settings of its layout, where there is one: blocks that it does not print become sections.
    """
    say_missing(document)
    return _Arranging(document, known(document, layout_name, file), layout).arranged()


class _Arranging:
    def __init__(self, document: Document, facts: Known, layout: Layout | None) -> None:
        self._document = document
        self._known = facts
        self._layout = layout
        self._forms = Forms(texts(document.blocks))
        self._names = Names()
        self._sections: list[tuple[str, int]] = []
        self._series: dict[int, str] = {}
        """The title of the section in which a series of notes is called first."""

    def arranged(self) -> Arranged:
        before, parts = self._parts()
        fields = self._head()
        if before:
            self._before(before, parts, fields)
        sections: list[dict[str, Any]] = []
        for part in parts:
            role = part.heading.role or role_of(part.heading.text)
            if not (role and role not in fields and self._field(role, part, fields)):
                sections.append(self._section(part, 1))
        ordered = {name: fields[name] for name in _ORDER if name in fields}
        if sections:
            ordered = {**ordered, "sections": sections}
        ordered |= {name: fields[name] for name in ("call-out", "related") if name in fields}
        if self._document.notes:
            ordered["notes"] = self._notes()
        if self._forms.changed:
            many = self._forms.changed > 1
            what = f"{self._forms.changed} headings and labels in capitals are" if many else "a heading or label in capitals is"
            self._document.say("changed", 0, f"{what} now in small letters")
        return Arranged(self._labelled(ordered), self._known, self._sections)

    def _parts(self) -> tuple[list[Block], list[Part]]:
        """The blocks before the first heading, and the parts."""
        levels = sorted({block.level for block in self._document.blocks if isinstance(block, Heading)})
        depth = {level: min(index, DEEPEST) for index, level in enumerate(levels, 1)}
        before: list[Block] = []
        parts: list[Part] = []
        way: list[Part] = []
        for block in self._document.blocks:
            if not isinstance(block, Heading):
                (way[-1].blocks if way else before).append(block)
                continue
            if depth[block.level] != block.level and block.level > DEEPEST:
                self._document.say("changed", block.line, f"“{block.text}” is now a heading of the third level: sections go no deeper")
            level = 1 if not way else min(depth[block.level], len(way) + 1)
            part = Part(Heading(level, self._forms.calm(block.text), block.line, block.role))
            del way[level - 1 :]
            (way[-1].parts if way else parts).append(part)
            way.append(part)
        return [block for block in before if not isinstance(block, Dated)], parts

    def _head(self) -> dict[str, Any]:
        facts = self._known
        fields: dict[str, Any] = {"layout": facts.layout}
        if facts.code:
            country = {"code": facts.code, "name": facts.country} | ({"formal-name": facts.formal_name} if facts.formal_name else {})
            fields["country"] = country if facts.formal_name else Flow(country)
        if facts.title:
            fields["title"] = facts.title
        fields |= {"language": self._document.language, "volume": facts.volume, "edition": facts.edition}
        fields["last-updated"] = facts.last_updated.isoformat()
        if len({note.series for note in self._document.notes}) > 1 and (self._layout is None or self._layout.numbering != "per-section"):
            fields["numbering"] = "per-section"
        return fields

    def _before(self, blocks: list[Block], parts: list[Part], fields: dict[str, Any]) -> None:
        """Text before the first heading; tables cannot stand there, nor what the layout does not print."""
        if self._prints("introduction") and not any(isinstance(block, Facts | Table) for block in blocks):
            fields["introduction"] = Prose(text_of(blocks))
            return
        line = getattr(blocks[0], "line", 0)
        parts.insert(0, Part(Heading(1, "Introduction", line), blocks))
        self._document.say("guessed", line, "what stands before the first heading is now a section, Introduction")

    def _prints(self, block: str) -> bool:
        return self._layout is None or block in self._layout.order

    def _field(self, role: str, part: Part, fields: dict[str, Any]) -> bool:
        """Make the field that a heading begins; False where its blocks do not fit: then it is a section."""
        if role == "question" or not self._prints(role):
            return False
        value: Any = None
        if role == "key-developments" and not part.parts and _is_text(part.blocks):
            value = Prose(text_of(part.blocks))
            if since := since_of(part.heading.text):
                fields["key-developments-since"] = since
        elif role == "call-out" and not part.parts and _is_text(part.blocks):
            value = {"title": part.heading.text, "text": Prose(text_of(part.blocks))}
        elif role == "key-data":
            inner = [(one.heading, one.blocks) for one in part.parts if not one.parts]
            value = key_data(part.blocks, inner, self._names, self._forms.calm, self._document)
            value = None if any(one.parts for one in part.parts) else value
        elif role == "recommendations" and not part.parts:
            value = recommendations(part.blocks)
        elif role == "capacity" and not part.blocks and not any(one.parts for one in part.parts):
            value = capacity([(one.heading, one.blocks) for one in part.parts])
        elif role == "related" and not part.parts:
            value = related(part.blocks, self._document)
        if not value:
            return False
        fields[role] = value
        self._replaced(role, part.heading)
        self._mark(part.heading.text, [part.heading, *part.everything()])
        return True

    def _replaced(self, role: str, heading: Heading) -> None:
        """Say where the layout prints words of its own above a field."""
        if self._layout is None or role in ("call-out", "key-developments"):
            return
        own = self._layout.words(self._document.language).get(role, "")
        if own and own.lower() != heading.text.lower():
            self._document.say("changed", heading.line, f"the layout prints “{own}” in place of “{heading.text}”")

    def _section(self, part: Part, level: int) -> dict[str, Any]:
        dates = [block for block in part.blocks if isinstance(block, Dated)]
        title = part.heading.text
        if not title:
            title = f"Section of {dates[0].day.day} {dates[0].day:%B %Y}" if dates else "Section without a title"
            self._document.say("guessed", part.heading.line, f"this section is now called “{title}”: give it its own title")
        section: dict[str, Any] = {"title": title}
        if dates:
            section["date"] = dates[0].day.isoformat()
        if level == 1:
            self._sections.append((title, len(called([part.heading, *part.everything()]))))
            self._mark(title, [part.heading, *part.everything()])
        text, tables = self._content(part.blocks, title)
        if words := text_of(text):
            section["text"] = Prose(words)
        if tables:
            section["tables"] = tables
        if part.parts:
            section["sections"] = [self._section(one, level + 1) for one in part.parts]
        return section

    def _content(self, blocks: list[Block], title: str) -> tuple[list[Block], list[dict[str, Any]]]:
        """The text of a section and its tables, which stand apart from it."""
        text: list[Block] = []
        tables: list[dict[str, Any]] = []
        last = len(blocks)
        for index, block in enumerate(blocks):
            made = None
            if isinstance(block, Facts):
                made = facts_table(block, self._names, self._document, self._forms.calm)
            elif isinstance(block, Table):
                made = series_table(block, self._names, title, self._document)
                if made is not None and any(not cell.isdigit() for row in block.rows if row.head for cell in row.cells[1:]):
                    self._document.say("changed", block.line, "the columns of this table are years; the words round them in its head went")
            if made is None:
                text.append(block)
            else:
                tables.append(made)
                last = min(last, index)
        self._moved(blocks, text, tables)
        return text, tables

    def _moved(self, blocks: list[Block], text: list[Block], tables: list[dict[str, Any]]) -> None:
        """Say where the layout prints text and tables in another order than the file had them."""
        content = [block for block in blocks if not isinstance(block, Dated)]
        if self._layout is None or not tables or not [block for block in text if not isinstance(block, Dated)]:
            return
        tables_first = self._layout.section_order[0] == "tables"
        is_table = [block not in text for block in content]
        if is_table != sorted(is_table, reverse=tables_first):
            line = next(block.line for block, table in zip(content, is_table, strict=True) if table)
            where = "before" if tables_first else "behind"
            self._document.say("changed", line, f"the layout prints this table {where} the text of its section")

    def _mark(self, title: str, blocks: list[Block]) -> None:
        for key in called(blocks):
            self._series.setdefault(int(key.partition(".")[0]) if key.partition(".")[0].isdigit() else 1, title)

    def _notes(self) -> dict[str, Any]:
        """The notes under their keys; placeholders for those that are missing."""
        several = len({note.series for note in self._document.notes}) > 1
        return {
            note.key: Prose(note.text if note.text is not None else _placeholder(note, several=several)) for note in self._document.notes
        }

    def _labelled(self, fields: dict[str, Any]) -> dict[str, Any]:
        """The fields with readable labels in place of the keys of notes."""
        labels = labels_for(self._document.notes, self._series)
        named = {name: _relabelled(value, labels) for name, value in fields.items() if name != "notes"}
        if "notes" in fields:
            named["notes"] = {labels[key]: text for key, text in fields["notes"].items()}
        return named


_ORDER = (
    "layout", "country", "title", "language", "volume", "edition", "last-updated", "numbering", "introduction", "key-data",
    "key-developments-since", "key-developments", "recommendations", "capacity",
)  # fmt: skip


def _is_text(blocks: list[Block]) -> bool:
    return bool(text_of(blocks)) and not any(isinstance(block, Facts) for block in blocks)


def _placeholder(note: Note, *, several: bool) -> str:
    return MISSING.format(number=note.number, where=" of this section" if several else "")


def _relabelled(value: Any, labels: dict[str, str]) -> Any:
    if isinstance(value, str):
        return CALL.sub(lambda match: f"[^{labels.get(match[1], match[1])}]", value)
    if isinstance(value, Prose):
        return Prose(_relabelled(value.text, labels))
    if isinstance(value, Flow):
        return Flow(_relabelled(value.fields, labels))
    if isinstance(value, list):
        return [_relabelled(one, labels) for one in value]
    if isinstance(value, dict):
        return {key: _relabelled(one, labels) for key, one in value.items()}
    return value
