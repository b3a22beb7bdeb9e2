"""Notes in free text as records of sources, where the pattern is sure: the record prints the very words of the note, or it stays text.

Which patterns are known: :mod:`monitorpub.importing.patterns`.  The proof is the tool's own printing, its words
and its links, so that a house style that would set a note otherwise leaves it as it was.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from monitorpub.importing.patterns import Fields, cited_in
from monitorpub.importing.written import Flow, Prose, yaml_of
from monitorpub.pipeline import prepare_text
from monitorpub.testing import comparable
from monitorpub.text.plain import plain, targets

_PAGE = re.compile(r"(?<=.)-pp?\d+(?:-\d+)*$")
"""The page at the end of a note's label: it is no part of the source."""

ROUNDS = 6
"""A note that goes back to text may change how the notes behind it repeat their source; this many times at most."""


def with_sources(fields: Fields, target: Path, comment: str) -> tuple[Fields, int]:
    """The fields with notes that cite records in place of their words, and how many notes do."""
    before = _printed(fields, target, comment)
    records: dict[str, Fields] = {}
    cited: dict[str, tuple[str, str]] = {}
    for label, note in fields.get("notes", {}).items():
        found = cited_in(note.text)
        if found is not None and label in before:
            where = f", {found.where}" if found.where else ""
            cited[label] = _known(found.record, records, label), where
    for _ in range(ROUNDS):
        if not cited:
            break
        made = _citing(fields, cited, records)
        after = _printed(made, target, comment)
        wrong = [label for label in cited if after.get(label) != before[label]]
        if not wrong:
            return made, len(cited)
        cited = {label: key for label, key in cited.items() if label not in wrong}
    return fields, 0


def _known(record: Fields, records: dict[str, Fields], label: str) -> str:
    """The id of the record, or of the same one: another address is another source, and so is none."""
    for key, other in records.items():
        if other == record:
            return key
    names = (_PAGE.sub("", label), label, *(f"{label}-{number}" for number in range(2, len(records) + 3)))
    key = next(name for name in names if name not in records)
    records[key] = record
    return key


def _citing(fields: Fields, cited: Mapping[str, tuple[str, str]], records: dict[str, Fields]) -> Fields:
    """The fields with the notes that cite, and the records that are cited."""
    notes = {label: Prose("[@{}{}]".format(*cited[label])) if label in cited else note for label, note in fields["notes"].items()}
    wanted = {key: records[key] for key, _ in cited.values()}
    references = []
    for key, record in wanted.items():
        people: Fields = {role: [Flow(person) for person in record[role]] for role in ("author", "editor") if role in record}
        references.append({"id": key, **record, **people})
    return {**fields, "notes": notes, "references": references}


def _printed(fields: Fields, target: Path, comment: str) -> dict[str, tuple[str, list[str]]]:
    """The words of each note as they would be printed, and where its links lead, by its label; none where the source has errors."""
    found = prepare_text(yaml_of(fields, comment), target)
    if found.value is None or not found.ok:
        return {}
    notes = [note.parsed for note in found.value.numbered.notes]
    return {str(note.text.path[-1]): (comparable(plain(note)), targets(note)) for note in notes}
