"""A numbered profile as pandoc's document: every block in the order of print, with the bookmarks that lead back to the fields."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from monitorpub.exporting.ast import Node, bullets, cell, document, heading, para, styled, table
from monitorpub.exporting.tokens import Anchors, Writer
from monitorpub.model import FactsTable, Section, SeriesTable
from monitorpub.number import Numbered, Steps, reading_order
from monitorpub.scored import printed_assessment
from monitorpub.series import PrintedTable, printed
from monitorpub.templates import day

GREY = "Words in grey come from records, figures or the program. To have them changed, write a comment."
DIGEST = "monitorpub-source"
"""The property of the document that says from which state of the source it was made."""


@dataclass
class Review:
    """A review copy before pandoc writes it."""

    document: Node
    anchors: dict[str, Steps | None]
    digest: str
    starts: list[int] = field(default_factory=list)
    """The number that the notes of each stretch begin with, where they begin anew."""


def review(numbered: Numbered, source: str) -> Review:
    """The review copy of a profile; ``source`` is the text of its file."""
    builder = _Builder(numbered)
    builder.build()
    profile = numbered.profile
    made = json.dumps(builder.blocks, ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(f"{source}\0{made}".encode()).hexdigest()
    whole = document(builder.blocks, {"lang": profile.language, DIGEST: digest})
    return Review(whole, builder.anchors.paths, digest, builder.starts)


class _Builder:
    def __init__(self, numbered: Numbered) -> None:
        self.numbered, self.profile, self.layout = numbered, numbered.profile, numbered.layout
        self.words = numbered.layout.words(numbered.written.language)
        self.anchors = Anchors()
        self.writer = Writer(numbered, self.anchors)
        self.blocks: list[Node] = []
        self.starts: list[int] = []

    def build(self) -> None:
        profile, say = self.profile, self.writer.said
        last = f"{self.words['last-updated']} {day(profile.last_updated, profile.language)}"
        head = " · ".join(
            part for part in (profile.name, f"{profile.volume} {profile.edition}", profile.group or "", last, "review copy") if part
        )
        self.add(styled("Review Head", [para(say(head))]))
        self.add(styled("Review Head", [para(say(GREY))]))
        self.add(heading(1, say(profile.name, ("title",) if profile.title else ("country", "name"))))
        country = profile.country
        names = [] if country is None else [country.formal_name or "", country.native_name.text if country.native_name else ""]
        if any(names):
            self.add(styled("Subtitle", [para(say(" · ".join(name for name in names if name), ("country", "formal-name")))]))
        restarts = (profile.numbering or self.layout.numbering) == "per-section"
        for block in self.layout.order:
            if block != "sections":
                self._block(block)
                continue
            for index, section in enumerate(profile.sections):
                if restarts:
                    self._restart("" if not index else profile.sections[index - 1].anchor)
                self._section(section, ("sections", index), 2)
            if restarts and profile.sections:
                self._restart(profile.sections[-1].anchor)
        if restarts:
            self.starts.append(self._next)

    _next = 1
    """The number of the next note of the series that runs through all blocks but the sections."""

    def _restart(self, series: str) -> None:
        """End a stretch of the document in which notes are numbered by themselves."""
        self.starts.append(1 if series else self._next)
        if not series:
            self._next = 1 + sum(not note.series and _before(note.calls[0].path, self.layout.order) for note in self.numbered.notes)
        self.add({"t": "RawBlock", "c": ["openxml", f"<w:p><w:pPr>{SECTION.format(start=self.starts[-1])}</w:pPr></w:p>"]})

    def add(self, *blocks: Node) -> None:
        self.blocks += blocks

    def _block(self, name: str) -> None:
        profile, writer = self.profile, self.writer
        if name == "key-data" and profile.key_data:
            self.add(heading(2, writer.said(self.words["key-data"])))
            for index, entry in enumerate(profile.key_data):
                self._datum(entry, ("key-data", index))
        elif name == "key-developments" and profile.key_developments:
            title = self.words["key-developments"]
            if since := profile.key_developments_since:
                title = self.words["key-developments-since"].replace("{date}", since)
            self.add(heading(2, writer.said(title)), *writer.text(("key-developments",)))
        elif name == "recommendations" and profile.recommendations:
            items = [writer.text(("recommendations", index, "text")) for index in range(len(profile.recommendations))]
            self.add(heading(2, writer.said(self.words["recommendations"])), bullets(items))
        elif name == "capacity" and profile.capacity:
            self.add(heading(2, writer.said(self.words["capacity"])))
            for index, entry in enumerate(profile.capacity):
                self._datum(entry, ("capacity", index))
        elif name == "assessment":
            self._assessment()
        elif name == "call-out" and profile.call_out:
            self.add(heading(2, writer.line(("call-out", "title"))), *writer.text(("call-out", "text")))
        elif name == "related" and profile.related:
            items = [self._related(index) for index in range(len(profile.related))]
            self.add(heading(2, writer.said(self.words["related"])), bullets(items))
        elif name not in ("questions", "text", "tables"):  # a list of the titles is made; profiles have no text and tables of their own
            for text, _, _ in reading_order(profile, self.layout.model_copy(update={"order": [name]})):
                self.add(*writer.text(text.path))

    def _assessment(self) -> None:
        printed, say = printed_assessment(self.numbered, self.words), self.writer.said
        if printed is None:
            return
        years = [self.words["assessment-score"].replace("{year}", str(year)) for year in printed.years]
        heads = [cell([para(say(name))]) for name in (self.words["assessment-criterion"], *years, self.words["assessment-commentary"])]
        rows = []
        for index, row in enumerate(printed.rows):
            path: Steps = ("assessment", "criteria", index)
            name = cell([para(self.writer.line((*path, "name"), behind=f" ({row.weight})"))])
            commentary = self.writer.text((*path, "commentary")) if row.criterion.commentary is not None else [para(say(""))]
            rows.append([name, *(cell([para(say(score or self.words["not-reported"]))]) for score in row.scores), cell(commentary)])
        last = [self.words["assessment-average"], *(one or self.words["not-reported"] for one in printed.averages), printed.band]
        rows.append([cell([para(say(words))]) for words in last])
        self.add(heading(2, say(self.words["assessment"])), table(heads, rows, len(heads)))

    def _related(self, index: int) -> list[Node]:
        entry = self.profile.related[index]
        behind = f" ({entry.address})" if entry.address else ""
        return [para(self.writer.line(("related", index, "title"), behind=behind))]

    def _datum(self, entry: object, path: Steps) -> None:
        if isinstance(entry, SeriesTable):
            self._table(entry, path)
            return
        kind = str(getattr(entry, "kind", "fact"))
        self.add(heading(3, self.writer.line((*path, kind))))
        if kind != "list":
            self.add(para(self.writer.line((*path, "value"))))
            return
        items = getattr(entry, "items", [])
        if not items:
            self.add(para(self.writer.said(self.words["none"], (*path, "items"))))
        else:
            self.add(bullets([[para(self.writer.line((*path, "items", index)))] for index in range(len(items))]))

    def _section(self, section: Section, path: Steps, level: int) -> None:
        dated = f" ({self.words['last-updated']} {day(section.date, self.profile.language)})" if section.date else ""
        self.add(heading(level, self.writer.line((*path, "title"), behind=dated)))
        for what in self.layout.section_order:
            if what == "text" and section.text is not None:
                self.add(*self.writer.text((*path, "text")))
            elif what == "tables":
                for index, one in enumerate(section.tables):
                    self._table(one, (*path, "tables", index))
            elif what == "sections":
                for index, inner in enumerate(section.sections):
                    self._section(inner, (*path, "sections", index), level + 1)

    def _table(self, one: object, path: Steps) -> None:
        if isinstance(one, FactsTable):
            self._facts(one, path)
        elif isinstance(one, SeriesTable):
            self._series(printed(one, path, self.numbered))
        for note in self.numbered.table_notes.get(path, ()):
            self.add(self.writer.table_note(note))

    def _facts(self, one: FactsTable, path: Steps) -> None:
        self.add(styled("Table Caption", [para(self.writer.line((*path, "facts")))]))
        rows = []
        for index, group in enumerate(one.row_groups()):
            base = (*path, "groups", index)
            if group.head is not None:
                rows.append([cell([para(self.writer.line((*base, "head")))], 2)])
            for number, row in enumerate(group.rows):
                label = row.label.path or (*base, "rows", number, "label")
                rows.append([cell([para(self.writer.line(label))]), cell(self.writer.text(row.value.path))])
        self.add(table([], rows, 2))

    def _series(self, one: PrintedTable) -> None:
        numbered = f"{self.words['table']} {one.number}. " if one.number else ""
        self.add(styled("Table Caption", [para(self.writer.line(one.table.label.path, before=numbered))]))
        for group in one.groups:
            unit = f" ({group.unit})" if group.unit not in ("count", "text") else ""
            label = self.writer.line(group.head_path, behind=unit) if group.head_path else self.writer.said(unit.strip())
            heads = [cell([para(label)]), *(cell([para(self.writer.said(head))]) for head in one.heads)]
            rows = []
            for row in group.rows:
                own = f" ({row.unit})" if row.unit != group.unit and row.unit not in ("count", "text") else ""
                cells = [cell([para(self.writer.line(row.label_path, behind=own))])]
                for value in row.cells:
                    if value.kind == "words":
                        cells.append(cell(self.writer.text(value.path)))
                    else:
                        shown = self.words["not-reported"] if value.kind == "missing" else value.text
                        cells.append(cell(self.writer.figure(shown, value.path)))
                rows.append(cells)
            self.add(table(heads, rows, len(heads)))


SECTION = (
    '<w:sectPr><w:footnotePr><w:numStart w:val="{start}"/><w:numRestart w:val="eachSect"/></w:footnotePr><w:type w:val="continuous"/>'
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="708" w:footer="708"'
    ' w:gutter="0"/></w:sectPr>'
)
"""The end of a stretch (Office Open XML, ISO/IEC 29500-1, 17.6.17), on A4."""


def _before(path: Steps, order: Sequence[str]) -> bool:
    """Whether a note of the series through all blocks is called before the sections."""
    name = str(path[0])
    return name in order and order.index(name) < order.index("sections")
