"""Bring the changes of a reviewer into the text of the source.

No change is trusted.  Each is made in the file, the file is read again, the review copy is made again, and the field must have the very
words that the reviewer left.  A field for which that does not hold in any way stays wholly as it was, and is said.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from monitorpub.exporting.aligning import WAYS, Edit, edits, folded
from monitorpub.exporting.comparing import Change, Lost
from monitorpub.exporting.reading import Token
from monitorpub.number import Steps
from monitorpub.source import Mapping as Fields
from monitorpub.source import Scalar, Source

Prove = Callable[[str], "Mapping[Steps, list[Token]] | None"]
"""Gives the fields of a review copy of a source, by their paths; None where the source has errors."""

_FileChange = tuple[int, int, str]
_UNSAFE = re.compile(r"[:#\[\]{},&*!|>'\"%@`?-]")
WIDTH = 72
"""Signs in a line of a new paragraph, at least; more where the lines of its text are longer."""


@dataclass
class Brought:
    """The text of the source with what could be brought back, and what could not."""

    text: str
    count: int = 0
    """How many fields changed."""
    lost: list[Lost] = field(default_factory=list)


def bring_back(source: Source, changes: Sequence[Change], prove: Prove, remove: Callable[[str], str]) -> Brought:
    """The source with the changes made.  ``remove`` takes the notes out of a source that nothing calls any more."""
    out = Brought(source.text)
    ways: dict[Steps, int] = {}
    by_path: dict[Steps, Change] = {}
    seen: set[int] = set()
    for change in changes:
        node = source.node(change.path)[0] if change.path is not None else None
        if why := _reason(source, change, node, seen):
            out.lost.append(Lost(change.path, f"{_described(change)} {why}"))
            continue
        assert change.path is not None
        seen.add(id(node))
        by_path[change.path], ways[change.path] = change, 0
    while ways:
        text = remove(_made(source, by_path, ways))
        fields = prove(text)
        if fields is None:
            alone = {path: prove(remove(_made(source, by_path, {path: way}))) for path, way in ways.items()}
            bad = [path for path, found in alone.items() if found is None] or list(ways)
        else:
            bad = [path for path in ways if folded(fields.get(path, [])) != folded(by_path[path].new)]
        if not bad:
            out.text, out.count = text, len(ways)
            break
        for path in bad:
            ways[path] += 1
            if ways[path] >= WAYS:
                del ways[path]
                out.lost.append(Lost(path, f"{_described(by_path[path])} Make the change in the source."))
    return out


def _reason(source: Source, change: Change, node: object, seen: set[int]) -> str:
    """Why a change cannot even be tried."""
    if not change.new:
        return "A text cannot be deleted here: delete its field in the source."
    fixed = [[t.text.strip() for t in tokens if t.kind == "fixed"] for tokens in (change.old, change.new)]
    if change.path is None or fixed[0] != fixed[1]:
        return "These words are made by the tool, or stand in a record or a figure: change them in the source."
    if not source.has(change.path) or not isinstance(node, Scalar):
        return "These words do not stand in the source as they are printed: change them there."
    if id(node) in seen:
        return "Two fields share these words (by an alias): change them in the source."
    return ""


def _described(change: Change) -> str:
    """A change in words: what stood there, and what stands there now."""
    old, new = (
        "".join(" " if t.kind == "end" else "" if t.kind == "call" else t.text for t in tokens) for tokens in (change.old, change.new)
    )
    if old == new:
        return f"The form, a note call or a link of “{_cut(old)}” was changed."
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    start = old.rfind(" ", 0, start) + 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-end - 1] == new[-end - 1]:
        end += 1
    was, now = old[start : len(old) - end].strip(), new[start : len(new) - end].strip()
    return f"“{_cut(was)}” became “{_cut(now)}”."


def _cut(words: str) -> str:
    return words if len(words) <= 80 else words[:79] + "…"


def _made(source: Source, changes: Mapping[Steps, Change], ways: Mapping[Steps, int]) -> str:
    """The text of the file with the changes made, each in its way; one whose places are not found is not made, and so not proved."""
    made: list[_FileChange] = []
    for path, way in ways.items():
        node, _ = source.node(path)
        assert isinstance(node, Scalar)
        found = edits(node.text, changes[path].old, changes[path].new, way)
        if found is not None:
            made += _in_file(source, path, node, found)
    text = source.text
    for start, end, new in sorted(made, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _in_file(source: Source, path: Steps, node: Scalar, found: Sequence[Edit]) -> list[_FileChange]:
    """Changes of a value as changes of the file, in the form in which the value was typed."""
    begin = source.offset(path, 0)
    before = source.text[source.text.rfind("\n", 0, begin) + 1 : begin]
    if (
        node.plain
        and any(_UNSAFE.search(edit.text) for edit in found)
        and "\n" not in source.text[begin : source.offset(path, len(node.text) - 1)]
    ):
        value = node.text
        for start, end, text in sorted(found, reverse=True):
            value = value[:start] + text + value[end:]
        return [(begin, source.offset(path, len(node.text) - 1) + 1, json.dumps(value, ensure_ascii=False))]
    out: list[_FileChange] = []
    for start, end, text in found:
        if node.plain:
            new = text
        elif not before.strip():
            new = _laid_out(text, before, max([WIDTH, *(len(line) for line in node.text.split("\n"))]))
        else:
            new = text.replace("'", "''") if before.endswith("'") else json.dumps(text, ensure_ascii=False)[1:-1]
        out.append((_offset(source, path, node, start), max(_offset(source, path, node, end), _offset(source, path, node, start)), new))
    return out


def _offset(source: Source, path: Steps, node: Scalar, index: int) -> int:
    return source.offset(path, index) if index < len(node.text) else source.offset(path, len(node.text) - 1) + 1


def _laid_out(text: str, indent: str, width: int) -> str:
    """New lines of a block text: as long as its others, with its indentation."""
    first, *rest = text.split("\n")
    lines = [first]
    for line in rest:
        item = re.match(r"\s*(?:[-*+]|\d+[.)])\s+", line)
        more = " " * len(item[0]) if item else ""
        lines += textwrap.wrap(line, width, subsequent_indent=more, break_long_words=False, break_on_hyphens=False) or [""]
    return "\n".join([lines[0], *(indent + line if line else "" for line in lines[1:])])


def without_notes(source: Source, labels: Sequence[str]) -> str:
    """The text of a file without some notes; one that shares its line with another stays."""
    notes, _ = source.node(("notes",))
    lines = source.text.split("\n")
    if not isinstance(notes, Fields) or not set(notes.keys) - set(labels):
        return source.text
    begins = [key.line for key in notes.keys.values()]
    gone: set[int] = set()
    for label in labels:
        key, value = notes.keys[label], notes.values[label]
        end = value.end_line if value.end_column == 0 and value.end_line > value.line else value.end_line + 1
        if begins.count(key.line) == 1 and not lines[key.line][: key.column].strip():
            gone |= set(range(key.line, end))
    return "\n".join(line for index, line in enumerate(lines) if index not in gone)
