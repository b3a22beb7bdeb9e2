"""Notes in free text as records of sources, where the pattern is sure: the record prints the very words of the note, or it stays text.

Known are news (author, “title”, outlet, date, address) and e-mails and interviews.  The proof is the tool's own printing, so that a house
style that would set a note otherwise leaves it as it was.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from monitorpub.checking.sources import MONTHS
from monitorpub.importing.lines import read_day
from monitorpub.importing.written import Flow, Prose, yaml_of
from monitorpub.pipeline import prepare_text
from monitorpub.testing import comparable
from monitorpub.text.plain import plain

ROUNDS = 6
"""A note that goes back to text may change how the notes behind it repeat their source; this many times at most."""

_DAY = rf"(?P<day>\d{{1,2}} (?:{MONTHS}) \d{{4}})"
_NEWS = re.compile(
    r"(?:(?P<author>[A-Z][^“”\"*,;:]{2,60}), )?(?P<open>[“\"])(?P<title>[^“”\"]+?),?[”\"],? "
    r"(?:\*(?P<italic>[^*]+)\*|(?P<outlet>[A-Z][^,*“”\";:()]{1,50}))"
    rf", {_DAY}(?:, at: <?(?P<url>https?://[^\s<>]+?)>?)?\."
)
_SAID = re.compile(
    r"(?P<kind>Emails?|(?:Telephone |Video )?[Ii]nterview) (?:from|with) "
    r"(?P<who>[A-Z][^,;“”\"*]{2,60})(?P<rest>(?:, [^,;“”\"*]{2,90}){0,3})"
    rf", {_DAY}\."
)

Fields = dict[str, Any]


def with_sources(fields: Fields, target: Path, comment: str) -> tuple[Fields, int]:
    """The fields with notes that cite records in place of their words, and how many notes do."""
    before = _printed(fields, target, comment)
    records: dict[str, Fields] = {}
    cited: dict[str, str] = {}
    for label, note in fields.get("notes", {}).items():
        record = record_of(note.text)
        if record is not None and label in before:
            cited[label] = _known(record, records, label)
    for _ in range(ROUNDS):
        made = _citing(fields, cited, records)
        after = _printed(made, target, comment) if cited else {}
        wrong = [label for label in cited if comparable(after.get(label, "")) != comparable(before[label])]
        if not wrong:
            return (made, len(cited)) if cited else (fields, 0)
        cited = {label: key for label, key in cited.items() if label not in wrong}
    return fields, 0


def record_of(text: str) -> Fields | None:
    """The record of a note, without its id; None where its pattern is not sure."""
    words = " ".join(text.split())
    if match := _NEWS.fullmatch(words):
        day = read_day(match["day"])
        authors = [_name(name) for name in re.split(r" and ", match["author"])] if match["author"] else []
        if day is None or None in authors:
            return None
        record: Fields = {"type": "article-newspaper"} | ({"author": authors} if authors else {})
        record |= {"title": match["title"], "container-title": match["italic"] or match["outlet"], "issued": day[0].isoformat()}
        return record | ({"URL": match["url"]} if match["url"] else {})
    if match := _SAID.fullmatch(words):
        day = read_day(match["day"])
        if day is None:
            return None
        parts = [match["who"], *(part for part in match["rest"].split(", ") if part)]
        who = ", ".join(parts[:-1] or parts)
        genre = {"medium": match["kind"]} if "nterview" in match["kind"] else {"genre": match["kind"]}
        kind = "interview" if "nterview" in match["kind"] else "personal_communication"
        return {"type": kind, **genre, "author": [{"literal": who}]} | (
            ({"publisher": parts[-1]} if len(parts) > 1 else {}) | {"issued": day[0].isoformat()}
        )
    return None


def _name(words: str) -> Fields | None:
    parts = words.split()
    if not 2 <= len(parts) <= 4 or not all(part[0].isupper() for part in parts):
        return None
    return {"family": parts[-1], "given": " ".join(parts[:-1])}


def _known(record: Fields, records: dict[str, Fields], label: str) -> str:
    """The id of the record, or of one that is the same but for its address."""
    bare = {name: value for name, value in record.items() if name != "URL"}
    for key, other in records.items():
        if {name: value for name, value in other.items() if name != "URL"} == bare and record.get("URL", other.get("URL")) == other.get(
            "URL"
        ):
            return key
    records[label] = record
    return label


def _citing(fields: Fields, cited: dict[str, str], records: dict[str, Fields]) -> Fields:
    """The fields with the notes that cite, and the records that are cited."""
    notes = {label: Prose(f"[@{cited[label]}]") if label in cited else note for label, note in fields["notes"].items()}
    wanted = {key: records[key] for key in cited.values()}
    references = []
    for key, record in wanted.items():
        people = {"author": [Flow(person) for person in record["author"]]} if "author" in record else {}
        references.append({"id": key, **record, **people})
    return {**fields, "notes": notes, "references": references}


def _printed(fields: Fields, target: Path, comment: str) -> dict[str, str]:
    """The words of each note as they would be printed, by its label; none where the source has errors."""
    found = prepare_text(yaml_of(fields, comment), target)
    if found.value is None or not found.ok:
        return {}
    return {str(note.parsed.text.path[-1]): plain(note.parsed) for note in found.value.numbered.notes}
