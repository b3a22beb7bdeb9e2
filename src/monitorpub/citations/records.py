"""Records of sources: in the profile, or in files that it names (CSL-YAML, CSL-JSON, BibTeX).

Every problem is said on the line of the record where the file is YAML, and on the line of its id where it is JSON.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from monitorpub.citations.pandoc import PandocError, run
from monitorpub.citations.values import Meta, Wrong, abbreviated, string, to_meta
from monitorpub.citations.vocabulary import FIELDS, TYPES
from monitorpub.diagnostics import Diagnostic, Found
from monitorpub.model.countries import is_language
from monitorpub.model.scalars import shown
from monitorpub.read import Source, load_text, read, to_values
from monitorpub.source import Scalar
from monitorpub.workspace import Workspace, inside

Path_ = tuple[str | int, ...]

SUFFIXES = (".yaml", ".yml", ".json", ".bib")


@dataclass(frozen=True)
class Record:
    """A record: its fields, and where it stands."""

    id: str
    fields: Mapping[str, Any]
    source: Source
    path: Path_
    """Its path in a YAML file; in another file, empty."""
    own: bool
    """Whether it stands in the profile itself."""

    def at(self, code: str, message: str, *steps: str | int, hint: str = "", key: bool = False) -> Diagnostic:
        """A diagnostic on the record or on one of its fields."""
        if self.path:
            return self.source.at(code, message, (*self.path, *steps), hint, key=key)
        match = re.search(rf'"id"\s*:\s*"{re.escape(self.id)}"|@\w+\s*\{{\s*{re.escape(self.id)}\s*,', self.source.text)
        place = self.source.place_at(match.start(), len(match[0])) if match else self.source.place_at(0)
        return Diagnostic(code, message, place, hint=hint)


@dataclass
class Library:
    """The records of a profile, by their ids."""

    records: dict[str, Record] = field(default_factory=dict)
    said: list[Diagnostic] = field(default_factory=list)
    whole: bool = True
    """Whether all files could be read; what is cited may stand in one that could not."""
    _judged: dict[str, Meta | None] = field(default_factory=dict)

    def near(self, key: str) -> str:
        """The id that was most likely meant, or nothing."""
        found = difflib.get_close_matches(key, self.records, n=1, cutoff=0.6)
        return found[0] if found else ""

    def meta(self, key: str) -> Meta | None:
        """A record for pandoc; None where something is wrong with it, which is said once."""
        if key not in self._judged:
            self._judged[key] = self._judge(self.records[key])
        return self._judged[key]

    def repeated(self, key: str) -> Meta:
        """A good record for its repeats, with bodies by their abbreviations."""
        record = self.records[key]
        short = abbreviated(record.fields)
        changed = {name: meta for name, value in short.items() if value != record.fields[name] and (meta := to_meta(name, value))}
        meta = self.meta(key)
        assert meta is not None
        return {"t": "MetaMap", "c": {**meta["c"], **changed}}

    def language(self, key: str) -> str:
        """The language of a source as a tag of BCP 47; "" where none is given, or what is given is none (C014)."""
        language = str(self.records[key].fields.get("language") or "").strip()
        return language if language and is_language(language) else ""

    def _judge(self, record: Record) -> Meta | None:
        kind = str(record.fields.get("type") or "").strip()
        good = True
        if not kind:
            hint = f"For instance: type: {_likely(record.fields)}"
            self.said.append(record.at("C002", f"The record {record.id!r} has no type.", hint=hint))
            good = False
        elif kind not in TYPES:
            near = difflib.get_close_matches(kind, TYPES, n=1, cutoff=0.5)
            hint = f"Did you mean {near[0]}?" if near else "The types are listed in docs/citations.md."
            self.said.append(record.at("C004", f"{shown(kind)} is not a type of source.", "type", hint=hint))
            good = False
        if (language := record.fields.get("language")) and not is_language(str(language).strip()):
            hint = "Write fr, ko, pt-BR or another tag of BCP 47."
            self.said.append(record.at("C014", f"{shown(str(language))} is not a language tag.", "language", hint=hint))
        out: Meta = {"type": string(kind)}
        for name, value in record.fields.items():
            if name in ("id", "type"):
                continue
            if name not in FIELDS:
                near = difflib.get_close_matches(name.lower(), FIELDS, n=1, cutoff=0.7)
                hint = f"Did you mean {near[0]}?" if near else "Leave it out, or put it into note."
                self.said.append(record.at("C011", f"Records have no field {name!r}: it is not printed.", name, hint=hint, key=True))
                continue
            try:
                if (meta := to_meta(name, value)) is not None:
                    out[name] = meta
            except Wrong as wrong:
                self.said.append(record.at("C007", wrong.message, name, hint=wrong.hint))
                good = False
        return {"t": "MetaMap", "c": out} if good else None


def _likely(fields: Mapping[str, Any]) -> str:
    return "article-newspaper" if "container-title" in fields else "webpage" if "URL" in fields else "report"


def load_library(source: Source, references: list[Any], workspace: Workspace, base: Path_ = ()) -> Library:
    """The records that a profile has or names, or a chapter, which stands at ``base`` in its source.

    Says C001-C003, and what is wrong with the YAML of a file.
    """
    library = Library()
    field = (*base, "references")
    single = isinstance(source.node(field)[0], Scalar)
    for index, one in enumerate(references):
        path: Path_ = field if single else (*field, index)
        if isinstance(one, str):
            found = _in_file(source, one, path, workspace, library)
        else:
            found = _records([(one, path)], source, library, own=True)
        for record in found:
            _add(library, record)
    for record in library.records.values():
        if record.own:
            library.meta(record.id)
    return library


def _add(library: Library, record: Record) -> None:
    first = library.records.get(record.id)
    if first is None:
        library.records[record.id] = record
        return
    place = first.at("C003", "").place
    where = f"in line {place.line}" if place is not None and first.source.file == record.source.file else f"in {first.source.file.name}"
    hint = f"It stands first {where}; give one of the two an id of its own, or delete it."
    library.said.append(record.at("C003", f"The record {record.id!r} stands here for the second time.", "id", hint=hint))


def _records(values: list[tuple[Any, Path_]], source: Source, library: Library, *, own: bool) -> Iterator[Record]:
    for value, path in values:
        if not isinstance(value, dict):
            message = f"A record of a source, or the name of a file of records, is expected here, and this is {shown(value)}."
            hint = "A record begins with - id: and has a type."
            library.said.append(Record("", {}, source, path, own).at("C002", message, hint=hint))
            continue
        name = str(value.get("id") or value.get("citation-key") or "").strip()
        if not name or re.search(r"[\s{}]", name):
            message = f"The id {name!r} cannot be cited: it has spaces or braces." if name else "A record has no id."
            hint = "For instance: id: icrc-2015, which notes cite as [@icrc-2015]"
            where = ("id",) if name else ()
            library.said.append(Record(name, {}, source, path, own).at("C002", message, *where, hint=hint))
            continue
        yield Record(name, value, source, path, own)


def _in_file(source: Source, name: str, path: Path_, workspace: Workspace, library: Library) -> Iterator[Record]:
    found = _find(source, name, workspace)
    if isinstance(found, str):
        known = _known(source, workspace)
        near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
        hint = f"Did you mean {near[0]}?" if near else f"A file of references ends in {', '.join(SUFFIXES)}."
        library.said.append(source.at("C001", found, path, hint))
        library.whole = False
        return
    loaded = _load(found, found.stat().st_mtime_ns, found.stat().st_size)
    library.said += loaded.diagnostics
    if loaded.value is None:
        library.whole = False
        return
    values, file = loaded.value
    in_yaml = file.file.suffix.lower() in (".yaml", ".yml")
    paths: list[Path_] = [("references", index) if in_yaml else () for index in range(len(values))]
    yield from _records(list(zip(values, paths, strict=True)), file, library, own=False)


def _find(source: Source, name: str, workspace: Workspace) -> Path | str:
    """The file of that name beside the profile or below the workspace; else what is wrong."""
    if Path(name).suffix.lower() not in SUFFIXES:
        return f"The file {shown(name)} is of no kind that holds references."
    outside = True
    for folder in (source.file.resolve().parent, workspace.root.resolve()):
        file = inside(workspace.root, str(folder / name))
        if file is not None:
            outside = False
            if file.is_file():
                return file
    return f"The file {shown(name)} lies outside the workspace." if outside else f"The file {shown(name)} does not exist."


def _known(source: Source, workspace: Workspace) -> list[str]:
    """Files beside the profile, and one folder down, that may hold references."""
    home = source.file.resolve().parent
    files = [file for pattern in ("*", "*/*") for file in home.glob(pattern) if file.suffix in SUFFIXES]
    return [file.relative_to(home).as_posix() for file in files if file != source.file.resolve()]


@lru_cache(maxsize=64)
def _load(file: Path, _changed: int, _size: int) -> Found[tuple[list[Any], Source]]:
    """The records of a file as values, with the file they stand in; kept in memory while the file does not change."""
    if file.suffix.lower() in (".yaml", ".yml"):
        found = read(file)
        if found.value is None:
            return Found(None, found.diagnostics)
        values = to_values(found.value.root).get("references")
        if not isinstance(values, list):
            message = "The file holds no list of records under references:."
            return Found(None, (found.value.at("C001", message, (), "It begins with references: and the records below it."),))
        return Found((values, found.value), found.diagnostics)
    text = load_text(file)
    if isinstance(text, Diagnostic):
        return Found(None, (text,))
    source = Source.of(text, file)
    try:
        data = json.loads(text) if file.suffix.lower() == ".json" else _bibtex(text)
    except json.JSONDecodeError as error:
        message = f"The file is not JSON: {error.msg}."
        return Found(None, (Diagnostic("C001", message, source.place_at(error.pos), hint="Export it again as CSL-JSON."),))
    except PandocError as error:
        if "not there" in str(error):
            hint = "Install it: pip install pypandoc-binary"
            return Found(None, (Diagnostic("C009", "pandoc, which reads BibTeX, is not installed.", source.place_at(0), hint=hint),))
        named = re.search(r"\(line (\d+), column \d+\)", str(error))
        lines = text.rstrip().split("\n")
        line = min(int(named[1]), len(lines)) if named else 1
        place = source.place_at(sum(len(one) + 1 for one in lines[: line - 1]))
        hint = "Look there and in the line before for a brace, a quotation mark or a comma that is missing."
        return Found(None, (Diagnostic("C001", f"The file cannot be read as BibTeX: {error}.", place, hint=hint),))
    if isinstance(data, dict):
        data = data.get("references", data.get("items"))
    if not isinstance(data, list):
        return Found(None, (Diagnostic("C001", "The file holds no list of records.", source.place_at(0), hint="Export it as CSL-JSON."),))
    return Found((data, source))


def _bibtex(text: str) -> Any:
    """The records of a BibTeX file.  pandoc takes the capitals from English titles, so none is said to be English."""
    text = re.sub(r"(?i)\blangid(?=\s*=)", "x-langid", text)
    text = re.sub(r"(?i)(@(?!string|comment|preamble)\w+\s*\{\s*[^,\s{}]+\s*,)", r"\1 langid = {french},", text)
    records = json.loads(run(["-f", "bibtex", "-t", "csljson"], text))
    for record in records:
        if not record.get("type"):  # @misc
            record["type"] = "webpage" if record.get("URL") else "document"
    return [{name: value for name, value in record.items() if name != "language"} for record in records]
