"""What a volume must know of a profile or a chapter without reading it again: an entry of the cache for each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from monitorpub.content import file_digest
from monitorpub.datasets import Dataset, datasets
from monitorpub.diagnostics import Diagnostic, as_values, from_values
from monitorpub.facts import facts
from monitorpub.kept import WRONG, fitted
from monitorpub.model import Profile
from monitorpub.pipeline import Prepared
from monitorpub.produce import Head
from monitorpub.references import Target, index_marks, targets, wanted
from monitorpub.text.references import Printed
from monitorpub.volume.abbreviations import collected
from monitorpub.volume.runs import layout_that_runs_on
from monitorpub.workspace import inside


@dataclass(frozen=True)
class Wanted:
    """A reference: what it leads to, and what is printed for it."""

    address: str
    """As it was typed: ``south-korea#land-release``, ``#outputs``."""
    part: str
    """"" for the same."""
    anchor: str
    placeholders: tuple[str, ...]

    @property
    def prints_folio(self) -> bool:
        """Whether the page it leads to is printed."""
        return "page" in self.placeholders


@dataclass(frozen=True)
class Summary:
    """A profile or a chapter as the rest of the volume sees it."""

    slug: str
    title: str
    facts: Mapping[str, Any]
    """Of a profile; none of a chapter."""
    targets: tuple[Target, ...]
    wanted: tuple[Wanted, ...]
    marks: tuple[tuple[str, str], ...]
    """Marks for the index: the id of each and its term."""
    abbreviations: tuple[tuple[str, str], ...]
    notes: int
    files: Mapping[str, str]
    """Where the files that it shows or cites from are looked for, below the workspace, with the digest of what is there."""
    head: Head
    tables: tuple[Dataset, ...] = ()
    """As data; those that a chapter computes are empty, as they need the facts of others."""
    neighbours: bool = False
    """Whether it ends with links to the profiles before and after."""
    runs_on: str = ""
    """Its layout, where that lets it share pages with others: its notes stand at an end, not at the foot of pages."""
    said: tuple[Diagnostic, ...] = ()

    @property
    def part_targets(self) -> dict[str, Target]:
        """Its targets by their anchors."""
        return {target.anchor: target for target in self.targets}

    def printed(self, known: Mapping[str, Mapping[str, Target]]) -> dict[str, Printed] | None:
        """What is printed for its references but the folios; None where one leads nowhere, or has no number to be printed."""
        out = {}
        for one in self.wanted:
            part = one.part or self.slug
            target = known.get(part, {}).get(one.anchor)
            if target is None or ("number" in one.placeholders and not target.number):
                return None
            title = known[part][""].title if part != self.slug and target.anchor else ""
            out[one.address] = Printed(number=target.number, title=target.title, part=title)
        return out


def summarise(one: Prepared, slug: str, said: Sequence[Diagnostic]) -> Summary:
    """The summary of what was prepared without errors."""
    numbered = one.numbered
    written = numbered.written
    names = [*(unquote(address) for address in one.images), *(name for name in written.references if isinstance(name, str))]
    return Summary(
        slug=slug,
        title=written.name,
        facts=facts(numbered) if isinstance(written, Profile) else {},
        targets=tuple(targets(written, slug).values()),
        wanted=tuple(Wanted(w.address, w.part, w.anchor, w.placeholders) for w in wanted(numbered)),
        marks=tuple((name, mark.term) for name, mark in index_marks(numbered)),
        abbreviations=tuple(collected(numbered)),
        notes=len(numbered.notes),
        files=dict(sorted(_tried(one, names))),
        head=Head.of(written),
        tables=datasets(numbered, {}),
        neighbours=numbered.layout.neighbours and isinstance(written, Profile),
        runs_on=layout_that_runs_on(numbered),
        said=tuple(said),
    )


def _tried(one: Prepared, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The places where a file of each name is looked for, below the workspace, with the digest of what is there."""
    root = one.workspace.root.resolve()
    for name in names:
        for folder in (one.source.file.resolve().parent, root):
            file = inside(root, str(folder / name))
            if file is not None:
                yield file.relative_to(root).as_posix(), file_digest(file)


def to_bytes(summary: Summary, source: Path) -> bytes:
    """As JSON.  What was said about the source is kept without its name, which may be another next time."""
    values = asdict(replace(summary, said=()))
    values["said"] = [as_values(one, source) for one in summary.said]
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()


def from_bytes(data: bytes, source: Path) -> Summary | None:
    """The other way; None for anything else."""
    try:
        return _read(data, source)
    except WRONG:
        return None


def _read(data: bytes, source: Path) -> Summary:
    values = json.loads(data)
    values["targets"] = tuple(Target(**one) for one in values["targets"])
    values["wanted"] = tuple(Wanted(**{**one, "placeholders": tuple(one["placeholders"])}) for one in values["wanted"])
    values["marks"] = tuple((name, term) for name, term in values["marks"])
    values["abbreviations"] = tuple((short, long) for short, long in values["abbreviations"])
    values["head"] = fitted(Head, values["head"])
    values["tables"] = tuple(fitted(Dataset, one) for one in values["tables"])
    values["said"] = tuple(from_values(one, source) for one in values["said"])
    return fitted(Summary, values)
