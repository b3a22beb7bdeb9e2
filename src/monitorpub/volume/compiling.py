"""``monitorpub compile``: all steps for a volume.  What did not change comes from the cache; after any error nothing is written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from monitorpub.bind.attachments import Attachment
from monitorpub.bind.binding import bind
from monitorpub.bind.plan import Binding, Piece
from monitorpub.content import digest, file_digest
from monitorpub.diagnostics import Diagnostic, Found, Place, field_path, has_errors
from monitorpub.model.volume import Volume
from monitorpub.parts import Made, Presses, Progress
from monitorpub.read import read
from monitorpub.references import LeftOut, Target, resolve_texts
from monitorpub.references import resolve as resolve_references
from monitorpub.source import Source
from monitorpub.typeset.part import Remark
from monitorpub.volume.alone import bound_profiles
from monitorpub.volume.attaching import Attachments, attachments_of
from monitorpub.volume.candidates import Candidates
from monitorpub.volume.chapters import chapters
from monitorpub.volume.chosen import chosen
from monitorpub.volume.index import wrong_list
from monitorpub.volume.last import VOLUME, Counts, Outcome, keep
from monitorpub.volume.made import MadePages
from monitorpub.volume.members import left_out
from monitorpub.volume.order import PageMap, order_of
from monitorpub.volume.order import Place as Stand
from monitorpub.volume.rounds import Rounds
from monitorpub.volume.runs import nothing_runs_on, said_of
from monitorpub.volume.summary import summarise, to_bytes
from monitorpub.volume.texts import Texts, volume_texts
from monitorpub.volume.units import SourceChangedError, Tables, Unit, key_of, known_summary, profiles
from monitorpub.volume.validate import validate_volume
from monitorpub.workspace import Workspace


def compile_volume(
    file: Path, presses: Presses, *, with_profiles: bool = False, name: str = "", progress: Progress | None = None
) -> Found[Outcome]:
    """The PDF of a volume; ``with_profiles`` also those of its profiles.  Nothing is written.

    ``name`` is that of the file that the volume is written to, for links from profiles: its own with .pdf where it is left out.

    Gives the diagnostics of all steps.  Raises nothing that an editor could cause.
    """
    return _Compiling(file, presses, progress, with_profiles, name or f"{file.stem}.pdf").run()


class _Compiling:
    def __init__(self, file: Path, presses: Presses, progress: Progress | None, with_profiles: bool, name: str) -> None:
        self.file, self.progress, self.with_profiles, self.name = file, progress, with_profiles, name
        self.workspace = Workspace.of(file)
        self.press = presses(self.workspace)
        self.said: list[Diagnostic] = []

    def run(self) -> Found[Outcome]:
        """All steps; the next one does not start after an error."""
        self.content = file_digest(self.file)
        source = read(self.file)
        if file_digest(self.file) != self.content:
            raise SourceChangedError(self.file)
        self.said += source.diagnostics
        if source.value is None:
            return self._end()
        self.source: Source = source.value
        volume = validate_volume(self.source)
        self.said += volume.diagnostics
        if volume.value is None:
            return self._end()
        self.volume: Volume = volume.value
        self.candidates = Candidates(self.source, self.volume)
        rounds = self._prepare()
        if rounds is None or has_errors(self.said):
            return self._end()
        found = rounds.run()
        self.said += found.diagnostics
        self.said += rounds.pages.said
        for place in rounds.order:
            self._hear(rounds, place, rounds.made.get(place.slug))
        if found.value is None or has_errors(self.said):
            return self._end()
        return self._bind(rounds, found.value)

    def _end(self, value: Outcome | None = None) -> Found[Outcome]:
        said = tuple(dict.fromkeys(self.said))
        return Found(None if has_errors(said) else value, said)

    def _prepare(self) -> Rounds | None:
        """Steps 1 to 3 for everything in it: all that is wrong is said at once."""
        files = self.candidates.own(self.workspace)
        units, said = profiles(files.value or [], self.press)
        found = chosen(self.candidates, self.workspace, {file: unit.summary.facts for file, unit in units.items()})
        texts = volume_texts(self.source, self.volume, self.workspace)
        self.said += (*files.diagnostics, *said, *found.diagnostics, *texts.diagnostics)
        chapters = self._chapters()
        one = found.value
        if one is None or has_errors(self.said):
            self.said += wrong_list(self.source, self.volume, None)
            return None
        parts = {member.slug: units[member.file] for group in one.members for member in group.profiles} | chapters
        marked = {term for unit in parts.values() for _, term in unit.summary.marks}
        self.said += wrong_list(self.source, self.volume, marked)
        pages = MadePages(self.source, one, texts.value or Texts(), self.press, self._key())
        outside = partial(left_out, self.candidates, one.members)
        known = self._resolve(parts, one.made, pages.texts, outside)
        self.said += pages.collect({slug: unit.summary.abbreviations for slug, unit in parts.items()})
        runs_on = {slug: unit.summary.runs_on for slug, unit in parts.items()}
        self.said += nothing_runs_on(self.source, self.volume, runs_on.values())
        order, tables = order_of(self.volume, one.members, runs_on), Tables(one.facts, one.groups)
        return Rounds(self.source, order, parts, pages, tables, known, self.press, self.progress)

    def _key(self) -> str:
        """The digest of the volume's source and of what all pages depend on."""
        return key_of(self.file, self.content, self.press)

    def _chapters(self) -> dict[str, Unit]:
        """The units of the chapters.  They are read again when the volume's source has changed, or one of them must be composed."""
        units: dict[str, Unit] = {}
        ready: dict[str, object] = {}

        def prepared(slug: str) -> object:
            if not ready:
                found = chapters(self.source, self.volume, self.workspace)
                self.said += [one for one in found.diagnostics if one not in self.said]
                ready.update({one.slug: one for one in found.value or ()})
            return ready.get(slug)

        for chapter in self.volume.chapters:
            key = digest(self._key().encode(), chapter.slug.encode())
            summary = known_summary(self.file, key, self.press)
            if summary is None:
                one = prepared(chapter.slug)
                if one is None:
                    continue
                at = field_path(chapter.base)
                summary = summarise(one, chapter.slug, [said for said in self.said if said.path.startswith(f"{at}.")])  # type: ignore[arg-type]
                self.press.cache.put("summary", key, to_bytes(summary, self.file))
            self.said += summary.said
            units[chapter.slug] = Unit(summary, key, self.file, self.content, partial(prepared, chapter.slug))
        return units

    def _resolve(
        self, units: Mapping[str, Unit], made: Mapping[str, Target], texts: Texts, outside: LeftOut
    ) -> dict[str, dict[str, Target]]:
        """All that can be referred to; what leads nowhere is said with a suggestion."""
        known = {slug: unit.summary.part_targets for slug, unit in units.items()}
        known |= {slug: {"": target} for slug, target in made.items()}
        wrong = [unit for unit in units.values() if unit.summary.printed(known) is None]
        if wrong:
            others = [target for slug, targets in known.items() for target in targets.values()]
            self.said += resolve_references([unit.prepared for unit in wrong], others, whole=True, left_out=outside)
        everything = (one for targets in known.values() for one in targets.values())
        self.said += resolve_texts(self.source, texts.parsed.values(), everything, outside)
        return known

    def _hear(self, rounds: Rounds, place: Stand, made: Made | None) -> None:
        """What the engine and the audit found on the pages of a part."""
        for remark in made.part.remarks if made else ():
            if rounds.holds_units(place):
                self.said.append(said_of(remark, {name: rounds.units[name].prepared for name in place.names}))
            else:
                self.said.append(self._of_made_page(place.slug, remark))

    def _of_made_page(self, slug: str, remark: Remark) -> Diagnostic:
        """A remark on the entry of its page, or on the sign that it is about, where the volume's source has that."""
        paths = {entry.slug: path for path, entry in self.volume.matter()}
        paths |= {group.slug: ("groups", index, "title") for index, group in enumerate(self.volume.groups)}
        said = self.source.at(remark.code, f"{slug}: {remark.message}", paths[slug], remark.hint)
        sign = re.search(r"\(U\+([0-9A-F]+)\)", remark.message)
        at = self.source.text.find(chr(int(sign[1], 16))) if sign else -1
        return replace(said, place=self.source.place_at(at)) if at >= 0 else said

    def _bind(self, rounds: Rounds, pages: PageMap) -> Found[Outcome]:
        """Step 6, bind."""
        title = f"{self.volume.title} {self.volume.edition}"
        pieces = []
        dividers = {one.group.title: one.group.divider for one in rounds.pages.chosen.members}
        begun: set[str] = set()
        for place in rounds.order:
            part = self.press.whole(rounds.made[place.slug])
            feet = self.press.feet(self.volume.site or self.volume.publisher, title, self.volume.language, part.edges)
            if isinstance(feet, Remark):
                self.said.append(Diagnostic("B004", feet.message, Place(self.file), hint=feet.hint))
                return self._end()
            first = pages.first[place.slug]
            folios = tuple("" if n + 1 in part.unstamped else pages.folio(first + n) for n in range(part.pages))
            inside = place.group and rounds.holds_units(place)
            above = place.group if inside and not dividers[place.group] and place.group not in begun else ""
            begun.add(place.group)
            pieces.append(Piece(part, folios, first, feet, place.group, 1 if inside else 0, above))
        brought = attachments_of(rounds) if self.press.archival.attach else {}
        binding = Binding(
            title=": ".join(words for words in (title, self.volume.subtitle) if words),
            language=self.volume.language,
            author=self.volume.publisher,
            created=self.volume.date.isoformat(),
            pieces=tuple(pieces),
            labels=pages.labels(),
            volume=True,
            total=pages.total,
            standard=self.press.archival.standard,
            attachments=self._attachments(title, brought),
        )
        files = {VOLUME: bind(binding, self.press.program)}
        notes = sum(unit.summary.notes for unit in rounds.units.values())
        counts = {VOLUME: Counts(pages.total, notes, len(rounds.order))}
        if self.with_profiles:
            found = bound_profiles(rounds, self.press, brought, self.name)
            self.said += found.diagnostics
            for name, (data, its) in (found.value or {}).items():
                files[name], counts[name] = data, its
        if not has_errors(self.said):
            self._keep(rounds, Outcome(files, counts, tuple(dict.fromkeys(self.said))))
        return self._end(Outcome(files, counts, ()))

    def _attachments(self, title: str, brought: Attachments) -> tuple[Attachment, ...]:
        """The source of the volume, and what its parts bring."""
        if not self.press.archival.attach:
            return ()
        own = Attachment.source(self.file.name, title, self.source.raw)
        return (own, *(one for some in brought.values() for one in some))

    def _keep(self, rounds: Rounds, outcome: Outcome) -> None:
        """Remember the run."""
        root = self.workspace.root
        looked = [*self.candidates.files, *self.candidates.tried()]
        looked += [root / name for name in rounds.pages.texts.images.values()]
        read = {file: file_digest(file) for file in looked}
        read |= {root / name: was for unit in rounds.units.values() for name, was in unit.summary.files.items()}
        read |= {unit.file: unit.content for unit in rounds.units.values()} | {self.file: self.content}
        folder = self.file.parent / self.volume.sources
        beside = self.name if self.with_profiles else ""
        keep(self.press.cache, self.press.environment, self.file, beside, self.press.archival, folder, read, outcome)
