"""Steps 4 to 6 for many sources at once: compose them, typeset them side by side, write what came out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from monitorpub.bind.attachments import Attachment
from monitorpub.bind.binding import bind
from monitorpub.bind.plan import Binding, Labels, Piece
from monitorpub.compose import Document, compose
from monitorpub.computed import compute_all
from monitorpub.datasets import Dataset, datasets
from monitorpub.diagnostics import Diagnostic, Found, Place, has_errors
from monitorpub.drafts import write_files
from monitorpub.end_notes import places
from monitorpub.facts import facts
from monitorpub.model import Written
from monitorpub.model.computed import ComputedTable
from monitorpub.parts import Made, Press, Progress
from monitorpub.pipeline import Built, Prepared
from monitorpub.references import prints_pages, unsettled
from monitorpub.remarks import diagnostic_of
from monitorpub.text.references import Printed
from monitorpub.typeset.part import Job, Limits, Part, Remark
from monitorpub.validate import every_table
from monitorpub.workspace import Workspace

Presses = Callable[[Workspace], Press]
Side = Literal["recto", "verso"]


@dataclass(frozen=True)
class Head:
    """What the PDF of a profile says of itself: the report it belongs to, and the words at its feet."""

    title: str
    """The title of the report."""
    volume: str
    """The same with its year, at the foot of left pages."""
    site: str
    language: str
    day: str

    @classmethod
    def of(cls, written: Written) -> Head:
        """That of a profile."""
        volume = f"{written.volume} {written.edition}"
        return cls(written.volume, volume, written.site or written.volume, written.language, written.last_updated.isoformat())


def targets(files: Sequence[Path], folder: Path) -> tuple[dict[Path, Path], list[Diagnostic]]:
    """Where the PDF of each source goes.  Two sources must not go to the same file (F005)."""
    outputs: dict[Path, Path] = {}
    said: list[Diagnostic] = []
    for file in files:
        output = folder / f"{file.stem}.pdf"
        other = next((f for f, o in outputs.items() if str(o).lower() == str(output).lower()), None)
        if other is not None:
            said.append(
                Diagnostic(
                    "F005",
                    f"{file} and {other} would both be written to {output}.",
                    Place(file),
                    hint="Rename one of them, or build them into two folders.",
                )
            )
        outputs[file] = output
    return outputs, said


def composed(
    one: Prepared,
    name: str,
    printed: Mapping[str, Printed] | None = None,
    limits: Limits | None = None,
    side: Side = "recto",
) -> Found[Job]:
    """Step 4: what the typesetter is asked for.  A profile computes its tables from its own facts."""
    own = [facts(one.numbered)] if any(isinstance(table, ComputedTable) for table, _ in every_table(one.numbered.written)) else []
    tables = compute_all(one.numbered, own, one.source) if own else Found({})
    found = compose(one.numbered, one.images, one.workspace, name, printed, tables.value)
    said = (*tables.diagnostics, *found.diagnostics)
    return Found(job_of(one, found.value, limits, side) if found.value is not None and not has_errors(said) else None, said)


def job_of(one: Prepared, document: Document, limits: Limits | None = None, side: Side = "recto") -> Job:
    """A document as the typesetter takes it."""
    notes = tuple((note.id, note.calls[0].id) for note in one.numbered.notes)
    images = tuple(sorted(set(one.images.values())))
    placed = tuple(places(one.numbered))
    return Job(document.name, document.html, document.styles, one.workspace.root, notes, images, limits or Limits(), side, placed=placed)


def plan(prepared: Sequence[Prepared], limits: Limits | None) -> tuple[list[Job], list[Diagnostic]]:
    """The jobs for the typesetter."""
    found = [composed(one, one.source.file.stem, limits=limits) for one in prepared]
    return [one.value for one in found if one.value is not None], [d for one in found for d in one.diagnostics]


def typeset(
    prepared: Sequence[Prepared], jobs: Sequence[Job], presses: Presses, progress: Progress | None
) -> tuple[list[Made], list[Diagnostic]]:
    """The parts, and what the engine and the audit found, each on its line of the source.

    A profile that prints the folios of its own places is set again with them, until they stay; gives B003 where they never do.
    """
    made = _through_presses(prepared, jobs, presses, progress)
    said: list[Diagnostic] = []
    for index, one in enumerate(prepared):
        addresses = sorted(address for address in prints_pages(one.numbered) if address.startswith("#"))
        if addresses:
            made[index], found = _settled(one, made[index], addresses, presses(one.workspace))
            said += found
        said += [diagnostic_of(one, remark) for remark in made[index].part.remarks]
    return made, list(dict.fromkeys(said))  # what is wrong in a style sheet is found with each source


ROUNDS = 3
"""How often a part is set again with the folios that it prints."""


def _settled(one: Prepared, made: Made, addresses: Sequence[str], press: Press) -> tuple[Made, list[Diagnostic]]:
    """The part that prints the folios where its places are."""
    for _ in range(ROUNDS + 1):
        found = composed(one, one.source.file.stem, _own_folios(one, made.part, addresses))
        assert found.value is not None  # it was composed before
        request = press.request(found.value)
        if request.key == made.request.key:
            return made, []
        made = (press.parts([request]).value or [made])[0]
    return made, [unsettled(one, addresses[0], f"The page of {addresses[0]} moves whenever its number is printed.")]


def _own_folios(one: Prepared, part: Part, addresses: Sequence[str]) -> dict[str, Printed]:
    pages = {address: part.anchors[address[1:]].page for address in addresses if address[1:] in part.anchors}
    known = one.numbered.printed
    return {address: replace(known.get(address, Printed()), folio=str(page)) for address, page in pages.items()}


def _through_presses(prepared: Sequence[Prepared], jobs: Sequence[Job], presses: Presses, progress: Progress | None) -> list[Made]:
    """What was made of each job; those of a workspace together."""
    made: dict[int, Made] = {}
    by_workspace: dict[Workspace, list[int]] = {}
    for index, one in enumerate(prepared):
        by_workspace.setdefault(one.workspace, []).append(index)
    for workspace, indices in by_workspace.items():
        press = presses(workspace)
        found = press.parts([press.request(jobs[i]) for i in indices], progress)
        made |= zip(indices, found.value or [], strict=True)
    return [made[index] for index in range(len(jobs))]


def attached(source: Path, title: str, data: bytes, tables: Iterable[Dataset]) -> Iterator[Attachment]:
    """The files in the PDF of a profile: its source as it was read, and its tables, each under the name of the source and its id."""
    yield Attachment.source(source.name, title, data)
    for table in tables:
        yield Attachment.table(f"{source.stem}-{table.id}.csv", table.caption, table.text.encode())


def bound_alone(
    part: Part, head: Head, press: Press, attachments: Iterable[Attachment] = (), files: Mapping[str, str] | None = None
) -> bytes | Remark:
    """The PDF of one profile, its pages counted from 1; ``files`` has the parts that stand in a file of another name than their own."""
    feet = press.feet(head.site, head.volume, head.language, part.edges)
    if isinstance(feet, Remark):
        return feet
    folios = tuple(str(page) for page in range(1, part.pages + 1))
    piece = Piece(part, folios, 0, feet)
    binding = Binding(
        title=part.title,
        language=part.language,
        author=head.title,
        created=head.day,
        pieces=(piece,),
        labels=(Labels(0, "D"),),
        standard=press.archival.standard,
        attachments=tuple(attachments),
        files=files or {},
    )
    return bind(binding, press.program)


def write(
    prepared: Sequence[Prepared], made: Sequence[Made], outputs: dict[Path, Path], presses: Presses
) -> tuple[list[Built], list[Diagnostic]]:
    """Bind and write all PDFs: none is ever half there, and after an error none is new."""
    files: dict[Path, bytes] = {}
    said: list[Diagnostic] = []
    for one, its in zip(prepared, made, strict=True):
        press = presses(one.workspace)
        written = one.numbered.written
        files_in_it = attached(one.source.file, written.name, one.source.raw, datasets(one.numbered, {})) if press.archival.attach else ()
        data = bound_alone(press.whole(its), Head.of(written), press, files_in_it)
        if isinstance(data, Remark):
            said.append(Diagnostic("B004", data.message, Place(one.source.file), hint=data.hint))
        else:
            files[outputs[one.source.file]] = data
    said += [] if said else write_files(files)
    if has_errors(said):
        return [], said
    built = [
        Built(outputs[one.source.file], t.part.pages, len(one.numbered.notes), len(files[outputs[one.source.file]]), t.part.seconds)
        for one, t in zip(prepared, made, strict=True)
    ]
    return built, said
