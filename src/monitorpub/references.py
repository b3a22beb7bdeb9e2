"""References: what each link to a place leads to, and what is printed for its placeholders.

A volume knows all its parts.  A profile that is checked or built alone finds the others as sources beside it: their titles and numbers can
be printed, their folios cannot.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, Protocol

from monitorpub.diagnostics import Diagnostic
from monitorpub.gathering import gather, looks_like_volume
from monitorpub.model import Chapter, Profile, Text, Written
from monitorpub.model.scalars import slug, title_anchor
from monitorpub.number import Numbered
from monitorpub.read import Source, read
from monitorpub.source import to_values
from monitorpub.text.marks import IndexMark
from monitorpub.text.parse import Parsed, parse
from monitorpub.text.plain import plain
from monitorpub.text.references import Printed, Reference
from monitorpub.validate import every_table, is_volume, numbered_tables, validate, walk_sections
from monitorpub.workspace import Workspace


class Prepared(Protocol):
    """A profile or a chapter that was numbered."""

    @property
    def source(self) -> Source: ...  # noqa: D102
    @property
    def workspace(self) -> Workspace: ...  # noqa: D102
    @property
    def numbered(self) -> Numbered: ...  # noqa: D102


@dataclass(frozen=True)
class Target:
    """A place that can be referred to."""

    part: str
    """The slug of its part."""
    anchor: str
    """The id in the part; "" for the part itself."""
    kind: Literal["profile", "chapter", "section", "table", "recommendation", "made"]
    title: str
    number: str = ""
    """Of a table in the text, as it is printed."""


IN_VOLUMES = ("chapter", "made")
"""Kinds of parts that have no file of their own: a PDF that stands alone cannot lead to them."""
Targets = Mapping[str, Target]
"""The targets of a part by their anchors; that of the part itself has the anchor ""."""
LeftOut = Callable[[], Mapping[str, Path]]
"""Looks for the profiles beside a volume that are in none of its groups, by their slugs."""


def targets(written: Written, part: str) -> dict[str, Target]:
    """All that can be referred to in a profile or a chapter: itself, its sections, tables and recommendations, by their anchors."""

    def words(text: Text) -> str:
        return plain(parse(text, written.language))

    found = [Target(part, "", "chapter" if isinstance(written, Chapter) else "profile", written.name)]
    found += [Target(part, section.anchor, "section", words(section.title)) for section, _ in walk_sections(written.sections)]
    numbers = {steps: str(number) for number, steps in enumerate(numbered_tables(written), 1)}
    found += [Target(part, table.id, "table", words(table.label), numbers.get(steps, "")) for table, steps in every_table(written)]
    if isinstance(written, Profile):
        for item in written.recommendations:
            found.append(Target(part, f"recommendation-{item.id}", "recommendation", words(item.text)))
    return {target.anchor: target for target in found}


def wanted(numbered: Numbered) -> list[Reference]:
    """Every reference of a profile or chapter: those of its list of questions, those in its texts, then those in its notes."""
    notes = [*numbered.notes, *(note for row in numbered.table_notes.values() for note in row)]
    parsed = [*numbered.parsed.values(), *{id(note.parsed): note.parsed for note in notes}.values()]
    return [*_questions(numbered), *(reference for one in parsed for reference in one.references)]


def _questions(numbered: Numbered) -> Iterator[Reference]:
    """What the list of questions leads to, with the page of each: the sections of the first level."""
    for section in numbered.written.sections if numbered.layout.prints_questions else ():
        yield Reference(section.title, "", section.anchor, "", 0, ("page",))


def prints_pages(numbered: Numbered) -> set[str]:
    """The addresses whose folio is printed: ``south-korea#land-release``, ``#outputs``."""
    return {reference.address for reference in wanted(numbered) if "page" in reference.placeholders}


def index_marks(numbered: Numbered) -> list[tuple[str, IndexMark]]:
    """The marks for the index with their ids, as they are printed."""
    notes = [*numbered.notes, *(note for row in numbered.table_notes.values() for note in row)]
    found = [(names, numbered.parsed[path].marks) for path, names in numbered.marks.items()]
    found += [(note.marks, note.parsed.marks) for note in notes]
    return [pair for names, marks in found for pair in zip(names, marks, strict=True)]


def slug_of(one: Prepared) -> str:
    """The name of the part that is made of it: of a profile, the stem of its file."""
    written = one.numbered.written
    return written.slug if isinstance(written, Chapter) else one.source.file.stem


def resolve(
    documents: Sequence[Prepared], made: Iterable[Target] = (), *, whole: bool = False, left_out: LeftOut = dict
) -> list[Diagnostic]:
    """Look up the target of every reference; what is printed for it, but for the folio, is put into ``Numbered.printed``.

    ``whole`` says that these documents and the targets ``made`` are all there is; else other profiles are looked for beside each source.
    ``left_out`` gives the profiles that lie beside a volume and are in none of its groups.
    Gives R001, R004 and R005.  A link to a place of the same document that is not there was said before (T010).
    """
    known: dict[str, Targets] = {}
    for target in made:
        known[target.part] = {**known.get(target.part, {}), target.anchor: target}
    waiting = [(one, wanted(one.numbered)) for one in documents]
    if not any(references for _, references in waiting):
        return []
    known |= {slug_of(one): targets(one.numbered.written, slug_of(one)) for one in documents}
    said: list[Diagnostic] = []
    for one, references in waiting:
        lookup = _Lookup(known, None if whole else Beside.of(one.source.file, one.workspace.root), left_out)
        for reference in references:
            said += lookup.look_up(reference, one.source, slug_of(one), one.numbered.printed)
    return said


def resolve_texts(source: Source, texts: Iterable[Parsed], made: Iterable[Target], left_out: LeftOut = dict) -> list[Diagnostic]:
    """Look up the references in texts of a volume that stand in no chapter; ``made`` are all targets.  Gives R001 and R004."""
    known: dict[str, dict[str, Target]] = {}
    for target in made:
        known.setdefault(target.part, {})[target.anchor] = target
    lookup = _Lookup(known, None, left_out)
    return [said for parsed in texts for reference in parsed.references for said in lookup.look_up(reference, source, "", {})]


def unsettled(one: Prepared, address: str, message: str) -> Diagnostic:
    """B003, on the reference with this address: the page that it prints never comes to rest."""
    found = next((reference for reference in wanted(one.numbered) if reference.address == address), None)
    hint = "A few words more or less before it end this."
    if found is None:
        return one.source.at("B003", message, (), hint)
    return one.source.at("B003", message, found.text.path, hint, needle=found.needle, nth=found.nth)


class _Lookup:
    """Where the references of one document lead."""

    def __init__(self, known: Mapping[str, Targets], beside: Beside | None, left_out: LeftOut) -> None:
        self._known = known
        self._beside = beside
        self._left_out = left_out

    def look_up(self, reference: Reference, source: Source, own: str, printed: dict[str, Printed]) -> Iterator[Diagnostic]:
        """Find the target and keep what is printed for it, or say what is wrong; ``own`` is the part it stands in, "" for none."""
        part = reference.part or own
        if not part:
            hint = self._elsewhere(reference) or "Name the part too: south-korea#land-release"
            yield self._at("R001", f"There is no place {reference.anchor!r} here.", reference, source, hint)
            return
        if not reference.anchor and not reference.placeholders and self._is_beside(part):
            return  # that it is there is enough
        try:
            found = self._targets(part)
        except BrokenSourceError as error:
            message = f"The profile {error.file.stem}, to which this link leads, has errors itself."
            yield self._at("R005", message, reference, source, f"See them with: monitorpub check {os.path.relpath(error.file)}")
            return
        if found is None:
            message = f"There is no profile {part!r} to link to." if self._beside else f"The volume has no part {part!r}."
            yield self._at("R001", message, reference, source, self._hint(reference))
            return
        target = found.get(reference.anchor)
        if target is None:
            of_chapter = part not in self._known and found[""].kind == "chapter"  # of which nothing but the title was read
            if reference.part and not of_chapter:
                message = f"{found[''].title} has no place {reference.anchor!r}."
                yield self._at("R001", message, reference, source, self._hint(reference, part))
            return
        if "number" in reference.placeholders and not target.number:
            message = f"{target.title} has no number: only tables in the text are numbered."
            yield self._at("R004", message, reference, source, "Use {title} instead.")
        title = found[""].title if part != own and target.anchor else ""
        linked = self._beside is None or part == own or found[""].kind not in IN_VOLUMES
        printed[reference.address] = Printed(number=target.number, title=target.title, part=title, linked=linked)

    def _targets(self, part: str) -> Targets | None:
        if part in self._known:
            return self._known[part]
        return self._beside.targets(part) if self._beside else None

    def _is_beside(self, part: str) -> bool:
        return self._beside is not None and part not in self._known and self._beside.has(part)

    def _hint(self, reference: Reference, part: str = "") -> str:
        """The nearest target; in the part, if that is known."""
        if not part and (file := self._left_out().get(reference.part)) is not None:
            return f"{file.name} is there, and in no group of the volume: add it to one."
        parts = [*self._known, *(self._beside.names() if self._beside else ())]
        if not part:
            near = difflib.get_close_matches(reference.part.lower(), parts, n=1, cutoff=0.5)
            if not near:
                return "A link leads to the web (https://…), to a profile by the name of its file (south-korea), or to #id in this one."
            address = f"{near[0]}#{reference.anchor}" if reference.anchor else near[0]
            part = near[0]
            if not reference.anchor or reference.anchor in (self._targets(part) or {}):
                return f"Did you mean {address}?"
        anchors = [anchor for anchor in self._targets(part) or {} if anchor]
        near = difflib.get_close_matches(reference.anchor, anchors, n=1, cutoff=0.4)
        if near:
            return f"Did you mean {part}#{near[0]}?"
        return self._elsewhere(reference) or (f"It has: {', '.join(anchors[:8])}." if anchors else "")

    def _elsewhere(self, reference: Reference) -> str:
        """The part that has this place."""
        slug = next((slug for slug, found in self._known.items() if reference.anchor in found), "")
        return f"Did you mean {slug}#{reference.anchor}?" if slug else ""

    def _at(self, code: str, message: str, reference: Reference, source: Source, hint: str) -> Diagnostic:
        return source.at(code, message, reference.text.path, hint, needle=reference.needle, nth=reference.nth)


class BrokenSourceError(Exception):
    """A source that a link leads to cannot be read."""

    def __init__(self, file: Path) -> None:
        super().__init__(str(file))
        self.file = file


@dataclass(frozen=True)
class Beside:
    """The sources beside a source, by their names: profiles, and volumes with their chapters and pages."""

    files: Mapping[str, Path]

    @classmethod
    def of(cls, file: Path, root: Path) -> Beside:
        """Those of the workspace's folder ``profiles``, if it has one; else those in the source's own folder."""
        if (root / "profiles").is_dir() and file.resolve().is_relative_to((root / "profiles").resolve()):
            return cls({found.stem: found for found in gather([root], volumes=True)[0]})
        return cls({found.stem: found for ending in ("*.yml", "*.yaml") for found in sorted(file.parent.glob(ending))})

    def names(self) -> list[str]:
        """The names of the profiles."""
        return [name for name, file in self.files.items() if not looks_like_volume(file)]

    def has(self, part: str) -> bool:
        """Whether there is a profile of this name."""
        return part in self.files and not looks_like_volume(self.files[part])

    def targets(self, part: str) -> Targets | None:
        """The targets of a part: a profile beside the source, or a chapter or page of a volume there."""
        if self.has(part):
            return _targets_of(self.files[part], _changed(self.files[part]))
        for file in self.files.values():
            if looks_like_volume(file) and part in (found := _parts_of(file, _changed(file))):
                return {"": found[part]}
        return None


def _changed(file: Path) -> int:
    """When a file was last changed, so that what was read of it is kept so long; 0 where that cannot be told."""
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0


@lru_cache(maxsize=256)
def _targets_of(file: Path, changed: int) -> Targets:
    """The targets of a profile that is only read.  Raises BrokenSourceError."""
    source = read(file)
    profile = validate(source.value).value if source.ok and source.value else None
    if profile is None:
        raise BrokenSourceError(file)
    return targets(profile, file.stem)


@lru_cache(maxsize=16)
def _parts_of(file: Path, changed: int) -> dict[str, Target]:
    """The chapters, pages and dividers of a volume that is only read; of chapters, the places are left to compiling."""
    source = read(file).value
    if source is None or not is_volume(source):
        return {}
    found = []
    for entry in _blocks(source, "front", "back"):
        if isinstance(title := entry.get("chapter"), str):
            name = entry.get("id") or slug(title) or title_anchor(title)
            found.append(Target(str(name), "", "chapter", title))
        elif isinstance(page := entry.get("page"), str):
            found.append(Target(page, "", "made", str(entry.get("title") or page.replace("-", " ").capitalize())))
    for entry in _blocks(source, "groups"):
        title = str(entry.get("title", ""))
        found.append(Target(f"group-{entry.get('id') or slug(title) or title_anchor(title)}", "", "made", title))
    return {target.part: target for target in found}


def _blocks(source: Source, *names: str) -> Iterator[dict[str, Any]]:
    """The entries of lists of a source that are blocks of fields."""
    values = to_values(source.root)
    for name in names:
        entries = values.get(name)
        yield from (entry for entry in (entries if isinstance(entries, list) else []) if isinstance(entry, dict))
