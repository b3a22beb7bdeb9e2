"""Citations become text: every note that cites is given the tokens of its references, in the house style, with repeats decided.

The order of the notes is that of ``Numbered``; nothing here changes it.  See docs/citations.md for what editors may count on.
"""

from __future__ import annotations

import copy
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from markdown_it.token import Token

from monitorpub.checking.sources import may_hold_source
from monitorpub.citations.ending import begins_sentence, close, meet, nest, tail
from monitorpub.citations.house import House, load_house
from monitorpub.citations.inlines import PLACE, text, to_tokens
from monitorpub.citations.pandoc import Job, Meta, PandocError, form_references
from monitorpub.citations.records import Library, load_library
from monitorpub.citations.repeats import Decision, Form, Outline, decide
from monitorpub.citations.syntax import Cite, find_citation, keys_in
from monitorpub.citations.values import plain
from monitorpub.diagnostics import Diagnostic, Found
from monitorpub.model import Text
from monitorpub.number import Note, Numbered
from monitorpub.read import Source
from monitorpub.text.parse import Parsed, parse, walk
from monitorpub.text.quotations import CODE, outer
from monitorpub.text.typography import RIGHT_TO_LEFT
from monitorpub.workspace import Workspace

_PAGES = re.compile(r"pp?\.\s*\d+(?:\s*[-–]\s*\d+)?(?:,\s*\d+(?:\s*[-–]\s*\d+)?)*")

_RANGE = re.compile(r"\bpp?\.\s*(\d+)\s*[-–]\s*(\d+)(?![\w/])")
_MORE = re.compile(r"(\d+)\s*[-–]\s*(\d+)")
_GENRE = re.compile(r"(?:(?:Telephone|Phone|Video|Skype)\s(?=interview)|(?:E-?mails?|Interviews?|Statements?|Presentations?)\b)")


def cite(source: Source, numbered: Numbered, workspace: Workspace) -> Found[Numbered]:
    """The profile or chapter with the text of its references.  Gives diagnostics C001-C013."""
    references = numbered.written.references
    series = _series(numbered)
    notes = [note for group in series for note in group]
    if not references and not any(_cites(note.parsed) for note in notes):
        return Found(numbered)
    library = load_library(source, references, workspace, numbered.written.base)
    said = [*(_unknown(source, notes, library) if library.whole else ()), *_bare(source, notes, library), *_twice(source, notes)]
    cited = {one.key for note in notes for one in _cites(note.parsed)}
    said += [
        record.at("C006", f"No note cites the record {record.id!r}.", "id", hint=f"Cite it with [@{record.id}], or delete it.")
        for record in library.records.values()
        if record.own and record.id not in cited
    ]
    good = {key: meta for key in sorted(cited & library.records.keys()) if (meta := library.meta(key)) is not None}
    said += library.said
    if any(_cites(note.parsed) for note in notes) and not any(d.severity == "error" for d in said):
        said += _render(numbered, series, good, library, workspace)
    return Found(numbered, tuple(sorted(dict.fromkeys(said), key=lambda d: d.sort_key)))


def _series(numbered: Numbered) -> list[list[Note]]:
    """The notes that stand in one list, series by series, in the order of their numbers; each table has its own.

    An Ibid. at the head of the notes of a section would send the reader to those of another.
    """
    by_name: dict[tuple[str, str], list[Note]] = {}
    for note in numbered.notes:
        by_name.setdefault((note.series, note.place), []).append(note)
    return [*by_name.values(), *(notes for notes in numbered.table_notes.values() if notes)]


def _cites(parsed: Parsed) -> list[Cite]:
    return [one for token in walk(parsed.tokens) if token.type == "citation" for one in token.meta["cites"]]


def _unknown(source: Source, notes: list[Note], library: Library) -> Iterator[Diagnostic]:
    """Cited keys that no record has, each under its very words."""
    seen: set[tuple[str | int, ...]] = set()
    for note in notes:
        field = note.parsed.text
        if field.path in seen:
            continue
        seen.add(field.path)
        stretches = keys_in(field.source)
        counts: Counter[str] = Counter()
        for one in _cites(note.parsed):
            nth, counts[one.key] = counts[one.key], counts[one.key] + 1
            if one.key in library.records:
                continue
            spans = [(start, end) for key, start, end in stretches if key == one.key]
            near = library.near(one.key)
            hint = (
                f"Did you mean @{near}?" if near else "Add it to the field references.  To print the signs as they are, type \\ before [."
            )
            place = source.spread(field.path, *spans[min(nth, len(spans) - 1)]) if spans else source.place(field.path)
            message = f"No record of a source has the id {one.key!r}."
            yield Diagnostic("C005", message, place, source.shown(field.path), hint.replace(".  ", ". "))


def _bare(source: Source, notes: list[Note], library: Library) -> Iterator[Diagnostic]:
    """Keys of records that stand in a note without brackets: they would be printed as they are."""
    for path, parsed in {note.parsed.text.path: note.parsed for note in notes}.items():
        typed = "\n".join(token.meta.get("typed", "") for token in parsed.tokens if token.type == "inline")
        bare = {key for key, _, _ in keys_in(typed)} & library.records.keys()
        words = parsed.text.source
        hidden = [match.span() for match in CODE.finditer(words) if not match[0].startswith("@")] if bare else []
        hidden += [(one.start, one.end) for one in outer(words) if one.end is not None]
        hidden += [
            (at, found[1]) for at, sign in enumerate(words) if bare and sign == "[" and (found := find_citation(words, at, len(words)))
        ]
        for key, start, end in keys_in(words):
            if key not in bare or words[start - 1 : start] == "\\" or any(a <= start < b for a, b in hidden):
                continue
            hint = f"To cite the source, write [@{key}]. To print the signs as they are, write \\@{key}."
            place = source.spread(path, start, end)
            yield Diagnostic("C012", f"The key @{key} stands without brackets.", place, source.shown(path), hint)


def _twice(source: Source, notes: list[Note]) -> Iterator[Diagnostic]:
    """Sources that a note cites twice, each under its second cite."""
    for path, parsed in {note.parsed.text.path: note.parsed for note in notes}.items():
        counts = Counter(one.key for one in _cites(parsed))
        for key in [key for key, count in counts.items() if count > 1]:
            spans = [(start, end) for name, start, end in keys_in(parsed.text.source) if name == key]
            place = source.spread(path, *spans[1]) if len(spans) > 1 else source.place(path)
            hint = f"Write one cite with all its pages: [@{key}, pp. 5, 9]"
            yield Diagnostic("C013", f"The note cites the record {key!r} twice.", place, source.shown(path), hint)


def _render(
    numbered: Numbered, series: list[list[Note]], records: dict[str, Meta], library: Library, workspace: Workspace
) -> list[Diagnostic]:
    language = numbered.written.language
    house = load_house(numbered.layout.house, language, workspace)
    if isinstance(house, Diagnostic):
        return [house]
    repeats = numbered.written.repeats or numbered.layout.repeats
    plans = [
        (note, decisions)
        for notes in series
        for note, decisions in zip(notes, decide([_outline(note.parsed) for note in notes], repeats), strict=True)
    ]
    jobs = [
        job
        for note, decisions in plans
        for one, decision in zip(_cites(note.parsed), decisions, strict=True)
        if (job := _job(one, decision)) is not None
    ]
    try:
        formed = form_references(jobs, records, {key: library.repeated(key) for key in records}, house.csl, language)
    except PandocError as error:
        hint = "pandoc forms the references. Install it: pip install pypandoc-binary"
        return [Diagnostic("C009", f"The references cannot be formed: {error}.", hint=hint)]
    if empty := {job.key for job, inlines in formed.items() if _is_empty(inlines)}:
        hint = "Give it a title, an author or what else docs/citations.md asks for with its type."
        return [library.records[key].at("C010", f"The record {key!r} prints nothing.", "type", hint=hint) for key in sorted(empty)]
    writer = _Writer(house, language, formed, library)
    for note, decisions in plans:
        if decisions:
            note.parsed = writer.note(note.parsed, decisions)
    return []


def _job(one: Cite, decision: Decision) -> Job | None:
    if decision.form is Form.IBID:
        return None
    if not one.locator:
        return Job(one.key, decision.form)
    return Job(one.key, decision.form, " ".join(one.locator.split()) if _PAGES.fullmatch(one.locator) else f"p. {PLACE}")


def _pages(locator: str, *, whole: bool) -> str:
    """A place with its pages as full references print them: pp. before ranges, an en dash, the second number whole."""

    def ranged(match: re.Match[str]) -> str:
        first, last = match.groups()
        return f"{first}–{first[: len(first) - len(last)] if whole else ''}{last}"

    if _PAGES.fullmatch(locator):
        numbers = re.sub(r"^pp?\.\s*", "", locator)
        return f"{'pp.' if re.search('[-–,]', numbers) else 'p.'} {_MORE.sub(ranged, numbers)}"
    return _RANGE.sub(lambda match: f"pp. {ranged(match)}", locator)


def _is_empty(inlines: list[Meta]) -> bool:
    words = "".join(str(inline.get("c", "")) for inline in inlines)
    return not inlines or "reference with no printed form" in words or "STYLE ERROR" in words


def _outline(parsed: Parsed) -> Outline:
    """Where cites stand in a note, and where a source may be typed beside them: after a semicolon, or in words that look like one."""
    cites = tuple(_cites(parsed))
    if not cites:
        return Outline(())
    stretches = [""]  # the words before the first cite, between cites, and after the last
    for token in parsed.tokens:
        for child in token.children or []:
            if child.type != "citation":
                stretches[-1] += _as_typed(child)
                continue
            for index, one in enumerate(child.meta["cites"]):
                stretches[-1] += f" {one.prefix}" if one.prefix else ""
                if index and not one.prefix:
                    stretches[-1] = ""
                stretches.append(f"{one.suffix} {_beside(one.locator)}")
        stretches[-1] += "\n\n"
    before = re.search(r";(?:\s+and)?\s*$", stretches[0]) is not None or may_hold_source(stretches[0])
    after = any(re.search(r"^\s*;|;(?:\s+and)?\s*$", words) or may_hold_source(words) for words in stretches[1:])
    return Outline(cites, before, after)


def _as_typed(token: Token) -> str:
    """A token as far as it shows a source: the signs of italics and the addresses of links too."""
    if token.type == "link_open":
        return f" {token.attrs['href']} "
    return {"em_open": "*", "em_close": "*", "softbreak": " ", "hardbreak": " "}.get(token.type, token.content)


def _beside(locator: str) -> str:
    """What of a locator may be a source of its own: what is dated or has an address."""
    return locator if re.search(r"https?:|\b\d{1,2}\s+[A-Z][a-z]+\s+\d{4}\b", locator) else ""


@dataclass
class _Writer:
    """Writes the references of one profile into its notes."""

    house: House
    language: str
    formed: dict[Job, list[Meta]]
    library: Library

    def note(self, parsed: Parsed, decisions: list[Decision]) -> Parsed:
        """The note with its references as text; it ends with one full stop, and so does each paragraph that ends with a reference."""
        waiting = iter(decisions)
        tokens = [copy.copy(token) for token in parsed.tokens]
        last = next(token for token in reversed(tokens) if token.type == "inline")
        first = next(token for token in tokens if token.type == "inline")
        quoted = 0
        for token in tokens:
            quoted += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
            if token.type != "inline":
                continue
            typed = token.children or []
            token.children = self._children(typed, waiting, head=token is first)
            cited = bool(typed) and typed[-1].type == "citation"
            if cited or (token is last and not quoted):
                close(token.children, inside=self.house.stops_inside_quotes, comment=not cited)
        links = tuple(str(token.attrs["href"]) for token in walk(tokens) if token.type == "link_open")
        return replace(parsed, tokens=tuple(tokens), links=links)

    def _children(self, children: list[Token], waiting: Iterator[Decision], *, head: bool) -> list[Token]:
        out: list[Token] = []
        after_cite = False
        for child in children:
            if child.type == "citation":
                cites = child.meta["cites"]
                for index, one in enumerate(cites):
                    if index:
                        out.append(text("; and " if index == len(cites) - 1 else "; "))
                    self._cite(one, next(waiting), out, head=head)
                after_cite = True
                continue
            child = copy.copy(child)
            if after_cite and child.type == "text":
                child.content = meet(out, child.content, inside=self.house.stops_inside_quotes)
            after_cite = False
            out.append(child)
        return out

    def _cite(self, one: Cite, decision: Decision, out: list[Token], *, head: bool) -> None:
        start = (head or bool(out)) and begins_sentence(out)
        if one.prefix:
            prefix = self._typed(one.prefix)
            if start and prefix and prefix[0].type == "text":
                prefix[0].content = prefix[0].content[:1].upper() + prefix[0].content[1:]
            out += [*prefix, text(" ")]
        if decision.form is Form.IBID:
            out.append(text("Ibid." if start and not one.prefix else "ibid."))
            if decision.locator:
                out += [text(", "), *self._place(one.locator)]
        else:
            job = _job(one, decision)
            assert job is not None
            address = "" if self.house.prints_links else plain(self.library.records[one.key].fields, "URL")
            place = self._place(one.locator) if one.locator else []
            script = self.language.split("-", maxsplit=1)[0]
            formed = json.loads(json.dumps(self.formed[job]))  # a copy through and through, sooner than by copy.deepcopy
            language = self.library.language(one.key)
            if language.split("-", maxsplit=1)[0].lower() == script.lower():
                language = ""
            reference = to_tokens(formed, place=place, address=address, language=language, left_to_right=script not in RIGHT_TO_LEFT)
            if self.house.stops_inside_quotes:
                nest(reference)
            first = reference[0] if reference else text("")
            if re.search(r";\s(?:and\s)?$", tail(out)) and not first.meta.get("quoted") and _GENRE.match(first.content):
                first.content = first.content[0].lower() + first.content[1:]
            out += reference
        if one.suffix:
            words = self._typed(one.suffix.strip())
            out += [*([text(" ")] if one.suffix[0] == " " else []), *words]

    def _place(self, locator: str) -> list[Token]:
        """A place in the source as it is printed: ranges of pages with the second number whole, where the house wants it so."""
        return self._typed(_pages(locator, whole=self.house.whole_ranges))

    def _typed(self, words: str) -> list[Token]:
        """Words that the editor typed into a citation, as tokens."""
        parsed = parse(Text(words, inline=True), self.language, note=True)
        return [child for token in parsed.tokens for child in token.children or []]
