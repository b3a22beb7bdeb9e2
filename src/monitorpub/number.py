"""Step 3, number: every call meets its note, and every number is decided here.

A note is numbered by its first call, in the order in which the layout prints the profile, or the chapter of a volume; called again, it
keeps its number.  A series runs through the whole, or through one top-level section where the layout or the source says so.  Notes to a
table have a series of their own, marked a, b, c or *, **.  Nothing later counts: templates and styles print what stands here.
"""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, count, islice

from monitorpub.diagnostics import Diagnostic, Found
from monitorpub.end_notes import FOOT, place_of
from monitorpub.layouts import Layout
from monitorpub.model import Chapter, Contamination, FactsTable, Profile, Section, SeriesTable, Text, Written, texts
from monitorpub.model.computed import ComputedTable
from monitorpub.read import Source
from monitorpub.text.parse import BLOCKS, Parsed, parse
from monitorpub.text.references import Printed
from monitorpub.text.related import related_link
from monitorpub.unprinted import Unprinted, left_out
from monitorpub.validate import every_table, numbered_tables, walk_sections

Steps = tuple[str | int, ...]
Table = SeriesTable | ComputedTable | FactsTable


@dataclass
class Note:
    """A note as it will be printed."""

    label: str
    mark: str
    """What call and note print: a number, a letter or asterisks."""
    series: str
    id: str
    parsed: Parsed
    of_table: bool = False
    """Printed under its table rather than with the notes to the text."""
    place: str = FOOT
    """Where it is printed; see :mod:`monitorpub.end_notes`."""
    calls: list[Call] = field(default_factory=list)
    marks: tuple[str, ...] = ()
    """The ids of its marks for the index, in order."""


@dataclass(frozen=True)
class Call:
    """One call of a note: where it stands, and the how-many-th call of that label in its field it is."""

    note: Note
    path: Steps
    nth: int
    id: str
    first: bool


@dataclass
class Numbered:
    """A profile or a chapter whose every text is parsed and whose every note has its number."""

    written: Written
    layout: Layout
    parsed: dict[Steps, Parsed] = field(default_factory=dict)
    calls: dict[Steps, list[Call]] = field(default_factory=lambda: defaultdict(list))
    notes: list[Note] = field(default_factory=list)
    """Notes to the text, series after series, in the order of their numbers."""
    table_notes: dict[Steps, list[Note]] = field(default_factory=dict)
    tables: dict[Steps, int] = field(default_factory=dict)
    """The numbers of the tables in the chapter and in the sections."""
    marks: dict[Steps, tuple[str, ...]] = field(default_factory=dict)
    """The ids of the marks for the index in each text, in order."""
    printed: dict[str, Printed] = field(default_factory=dict)
    """What is printed for the placeholders of each reference, by its address; see :mod:`monitorpub.references`."""

    @property
    def profile(self) -> Profile:
        """The profile; of a chapter there is none (TypeError)."""
        if not isinstance(self.written, Profile):
            raise TypeError("a chapter is no profile")
        return self.written


def number(source: Source, written: Written, layout: Layout) -> Found[Numbered]:
    """The numbered profile or chapter.  Gives diagnostics N001, N002, L006 and those of the text, T001-T010."""
    numbering = _Numbering(source, written, layout)
    for text, table, series in reading_order(written, layout):
        numbering.take(text, table, series)
    numbering.finish()
    return Found(numbering.result, tuple(sorted(set(numbering.diagnostics), key=lambda d: d.sort_key)))


def reading_order(written: Written, layout: Layout) -> Iterator[tuple[Text, tuple[Table, Steps] | None, str]]:
    """Every text that is printed, in the order of print, with its table (if any) and its series of notes."""
    for block in layout.order:
        if block == "sections":
            restart = (written.numbering or layout.numbering) == "per-section"
            for index, section in enumerate(written.sections):
                yield from _section(section, (*written.base, "sections", index), section.anchor if restart else "", layout)
        elif isinstance(written, Chapter):
            yield from _of_chapter(written, block)
        else:
            yield from _of_profile(written, block)


def _of_profile(profile: Profile, block: str) -> Iterator[tuple[Text, tuple[Table, Steps] | None, str]]:
    if block == "introduction" and profile.introduction is not None:
        yield profile.introduction, None, ""
    elif block == "key-data":
        for index, entry in enumerate(profile.key_data):
            yield from _key_datum(entry, ("key-data", index))
    elif block == "key-developments" and profile.key_developments is not None:
        yield profile.key_developments, None, ""
    elif block == "recommendations":
        yield from ((item.text, None, "") for item in profile.recommendations)
    elif block == "assessment" and profile.assessment is not None:
        for criterion in profile.assessment.criteria:
            yield criterion.name, None, ""
            yield from ((text, None, "") for text in (criterion.commentary,) if text is not None)
    elif block == "capacity":
        for entry in profile.capacity:
            yield from ((text, None, "") for text in (entry.label, *entry.items))
    elif block == "call-out" and profile.call_out is not None:
        yield from ((text, None, "") for text in (profile.call_out.title, profile.call_out.text))
    elif block == "related":
        yield from ((entry.title, None, "") for entry in profile.related)


def _of_chapter(chapter: Chapter, block: str) -> Iterator[tuple[Text, tuple[Table, Steps] | None, str]]:
    if block == "text" and chapter.text is not None:
        yield chapter.text, None, ""
    elif block == "tables":
        for index, table in enumerate(chapter.tables):
            yield from ((text, here, "") for text, here in _table(table, (*chapter.base, "tables", index)))


def _section(section: Section, steps: Steps, series: str, layout: Layout) -> Iterator[tuple[Text, tuple[Table, Steps] | None, str]]:
    yield section.title, None, series
    for what in layout.section_order:
        if what == "text" and section.text is not None:
            yield section.text, None, series
        elif what == "tables":
            for index, table in enumerate(section.tables):
                yield from ((text, here, series) for text, here in _table(table, (*steps, "tables", index)))
        elif what == "sections":
            for index, inner in enumerate(section.sections):
                yield from _section(inner, (*steps, "sections", index), series, layout)


def _key_datum(entry: object, steps: Steps) -> Iterator[tuple[Text, tuple[Table, Steps] | None, str]]:
    if isinstance(entry, SeriesTable):
        yield from ((text, here, "") for text, here in _table(entry, steps))
        return
    for name in ("label", "value"):
        value = getattr(entry, name, None)
        value = value.text if isinstance(value, Contamination) else value
        if isinstance(value, Text):
            yield value, None, ""
    yield from ((item, None, "") for item in getattr(entry, "items", []))


def _table(table: Table, steps: Steps) -> Iterator[tuple[Text, tuple[Table, Steps]]]:
    here = (table, steps)
    if isinstance(table, (ComputedTable, FactsTable)):  # the fields stand in the order of print; what calls no note is computed
        yield from ((text, here) for text in texts(table, steps) if text.path[len(steps)] != "notes")
        return
    yield table.label, here
    years = table.year_columns()
    for group in table.row_groups():
        if group.head is not None:
            yield group.head, here
        for row in group.rows:
            yield row.label, here
            for year in years:
                cell = row.values.get(year)
                if cell is not None and cell.text is not None:
                    yield cell.text, here


class _Numbering:
    """The numbers as they are given out."""

    def __init__(self, source: Source, written: Written, layout: Layout) -> None:
        self.source = source
        self.written = written
        self.result = Numbered(written, layout)
        self.diagnostics: list[Diagnostic] = []
        self._notes: dict[tuple[str, str], Note] = {}
        self._counts: Counter[str] = Counter()
        self._used: set[Steps] = set()
        self._bodies = {label: self._parse(text, note=True) for label, text in written.notes.items()}
        self._table_bodies: dict[tuple[Steps, str], Parsed] = {}
        for table, steps in every_table(written):
            self.result.table_notes[steps] = []
            for label, text in table.notes.items():
                self._table_bodies[steps, label] = self._parse(text, note=True)
        self.result.tables = {steps: index for index, steps in enumerate(numbered_tables(written), 1)}

    def take(self, text: Text, table: tuple[Table, Steps] | None, series: str) -> None:
        """The next text in the order of print."""
        parsed = self._parse(text)
        self.result.parsed[text.path] = parsed
        in_facts = table is not None and isinstance(table[0], FactsTable)
        if in_facts or (text.path[0] == "assessment" and text.path[-1] == "commentary"):
            self._in_row(parsed)
        seen: Counter[str] = Counter()
        for label in parsed.calls:
            nth, seen[label] = seen[label], seen[label] + 1
            note = self._note(label, table, series, text.path)
            if note is None:
                self._missing(label, text, nth, table)
                continue
            call = Call(note, text.path, nth, f"call-{note.id.removeprefix('note-')}-{len(note.calls) + 1}", first=not note.calls)
            note.calls.append(call)
            self.result.calls[text.path].append(call)

    def finish(self) -> None:
        """What can only be said at the end: notes that nothing called, links that lead nowhere.  And the ids of marks for the index."""
        self._name_marks()
        self._relate()
        base, where = self.written.base, "the profile" if isinstance(self.written, Profile) else "the chapter"
        self._say_unprinted()
        for label in self.written.notes:
            if (*base, "notes", label) not in self._used:
                self._never_called(label, (*base, "notes", label), where)
        for steps, label in self._table_bodies:
            if (*steps, "notes", label) not in self._used:
                self._never_called(label, (*steps, "notes", label), "this table")
        order = self.result.layout.order
        targets = {section.anchor for section, _ in walk_sections(self.written.sections) if "sections" in order}
        targets |= {table.id for table, steps in every_table(self.written) if steps[len(base)] in order}
        if isinstance(self.written, Profile) and "recommendations" in order:
            targets |= {f"recommendation-{item.id}" for item in self.written.recommendations}
        for parsed in [*self.result.parsed.values(), *self._bodies.values(), *self._table_bodies.values()]:
            for link in parsed.links:
                if link.startswith("#") and link[1:] not in targets:
                    near = difflib.get_close_matches(link[1:], targets, n=1, cutoff=0.4)
                    hint = (
                        f"Did you mean #{near[0]}?"
                        if near
                        else "A link with # leads to the id of a section or table, or to #recommendation-ID."
                    )
                    self._say("T010", f"The document has no place {link!r}.", parsed.text, link, 0, hint)

    def _say_unprinted(self) -> None:
        """Say which blocks are not printed; the notes that only they call are said with them."""
        for block in left_out(self.written, self.result.layout):
            called: set[Steps] = set()
            for text, table, _ in reading_order(self.written, self.result.layout.model_copy(update={"order": [block]})):
                for label in parse(text, self.written.language).calls:
                    own = table is not None and label in table[0].notes
                    path = (*table[1], "notes", label) if own and table is not None else (*self.written.base, "notes", label)
                    if self.source.has(path):
                        called.add(path)
            self.diagnostics.append(Unprinted(block, frozenset(called - self._used)).said(self.source, self.written))
            self._used |= called

    def _relate(self) -> None:
        """Make the related links of their two fields: each is a text at the path of its address."""
        for index, entry in enumerate(self.written.related if isinstance(self.written, Profile) else ()):
            title = self.result.parsed.get(entry.title.path)
            if title is not None and entry.address is not None:  # without a title the layout prints no related links
                address = Text(entry.address, inline=True, path=("related", index, "address"))
                self.result.parsed[address.path] = self._said_of(related_link(title, address))

    def _in_row(self, parsed: Parsed) -> None:
        """Say what the value of a facts table, or a commentary on scores, cannot hold."""
        for token in parsed.tokens:
            if what := BLOCKS.get(token.type):
                line = parsed.text.source.split("\n")[token.map[0] if token.map else 0].strip()
                hint = "Paragraphs, lists and quotations can stand there; move this into the text of the section."
                self._say("T009", f"A value cannot hold {what}.", parsed.text, line, 0, hint)

    def _name_marks(self) -> None:
        names = (f"index-{number}" for number in count(1))
        self.result.marks = {path: tuple(islice(names, len(one.marks))) for path, one in self.result.parsed.items() if one.marks}
        for note in (*self.result.notes, *chain.from_iterable(self.result.table_notes.values())):
            note.marks = tuple(islice(names, len(note.parsed.marks)))

    def _note(self, label: str, table: tuple[Table, Steps] | None, series: str, called: Steps) -> Note | None:
        if table is not None and label in table[0].notes:
            return self._table_note(label, *table)
        body = self._bodies.get(label)
        if body is None:
            return None
        key = (series, label)
        if key not in self._notes:
            self._counts[series] += 1
            name = f"note-{series}~{label}" if series else f"note-{label}"
            place = place_of(called, self.written, self.result.layout)
            self._notes[key] = Note(label, str(self._counts[series]), series, name, body, place=place)
            self.result.notes.append(self._notes[key])
            self._used.add((*self.written.base, "notes", label))
        return self._notes[key]

    def _table_note(self, label: str, table: Table, steps: Steps) -> Note:
        notes = self.result.table_notes[steps]
        for note in notes:
            if note.label == label:
                return note
        mark = table_mark(table, len(notes))
        note = Note(label, mark, table.id, f"note-table~{table.id}~{label}", self._table_bodies[steps, label], of_table=True)
        notes.append(note)
        self._used.add((*steps, "notes", label))
        return note

    def _parse(self, text: Text, *, note: bool = False) -> Parsed:
        return self._said_of(parse(text, self.written.language, note=note))

    def _said_of(self, parsed: Parsed) -> Parsed:
        for problem in parsed.problems:
            self._say(problem.code, problem.message, parsed.text, problem.needle, problem.nth, problem.hint)
        return parsed

    def _missing(self, label: str, text: Text, nth: int, table: tuple[Table, Steps] | None) -> None:
        known = [*self.written.notes, *(table[0].notes if table else ())]
        near = difflib.get_close_matches(label, known, n=1, cutoff=0.6)
        hint = f"Did you mean [^{near[0]}]?" if near else f"Add {label}: to the field notes."
        if " " in label:
            hint = f"A label has no spaces: [^{label.replace(' ', '-')}]"
        self._say("N001", f"The note {label!r} is called, and there is no such note.", text, f"[^{label}]", nth, hint)

    def _never_called(self, label: str, steps: Steps, where: str) -> None:
        hint = f"Call it with [^{label}], or delete it."
        self.diagnostics.append(self.source.at("N002", f"Nothing in {where} calls the note {label!r}.", steps, hint, key=True))

    def _say(self, code: str, message: str, text: Text, needle: str, nth: int, hint: str) -> None:
        self.diagnostics.append(self.source.at(code, message, text.path, hint, needle=needle, nth=nth))


def table_mark(table: Table, index: int) -> str:
    """The mark of a table note, by its place among the notes to the table, from 0: a letter, or asterisks."""
    return "*" * (index + 1) if table.note_marks == "asterisks" else _letters(index)


def _letters(index: int) -> str:
    """a ... z, aa, ab ..."""
    out = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        out = chr(ord("a") + rest) + out
    return out
