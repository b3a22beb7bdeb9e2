"""Bring the changes of a reviewer into the text of the source.

No change is trusted.  Each is made in the file, the file is read again, the review copy is made again, and the field must have the very
words that the reviewer left.  A field for which that does not hold in any way stays wholly as it was, and is said.
"""

from __future__ import annotations

import difflib
import json
import re
import textwrap
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from monitorpub.exporting.aligning import WAYS, Edit, edits, folded
from monitorpub.exporting.blocks import Orphan, parted, rebuilt
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


def bring_back(
    source: Source, changes: Sequence[Change], prove: Prove, remove: Callable[[str], str], held: Collection[Steps] = ()
) -> Brought:
    """The source with the changes made.  ``remove`` takes the notes out of a source that nothing calls any more.

    The fields in ``held`` stay as they are: what became of them was said.
    """
    out = Brought(source.text)
    ways: dict[Steps, int] = {}
    by_path: dict[Steps, Change] = {}
    seen: set[int] = set()
    for change in changes:
        if change.path in held:
            continue
        node = source.node(change.path)[0] if change.path is not None else None
        if why := _reason(source, change, node, seen):
            out.lost.append(Lost(change.path, f"{_described(change)} {why}", _first(change)))
            continue
        assert change.path is not None
        seen.add(id(node))
        by_path[change.path], ways[change.path] = change, 0
    _tried(source, by_path, ways, out)
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
        _tried(source, by_path, ways, out)
    return out


def _tried(source: Source, changes: Mapping[Steps, Change], ways: dict[Steps, int], out: Brought) -> None:
    """Go on to the next way of each change that proposes something; one without any is lost."""
    for path in list(ways):
        why = ""
        while True:
            if ways[path] >= 2 * WAYS:
                del ways[path]
                message = f"{_described(changes[path])} {why or 'Make the change in the source.'}"
                out.lost.append(Lost(path, message, _first(changes[path])))
                break
            try:
                if _edits(source, changes[path], ways[path]) is not None:
                    break
            except Orphan as orphan:
                item, below = orphan.args
                why = f"The item “{item}” was deleted, and “{below}” below it was not: delete it too, or raise it a level."
                ways[path] = 2 * WAYS
                continue
            ways[path] += 1


def _edits(source: Source, change: Change, way: int) -> list[Edit] | None:
    """The changes of a value in one of the ways: by its words, or by its blocks; by its blocks first where these differ."""
    assert change.path is not None
    node, _ = source.node(change.path)
    assert isinstance(node, Scalar)
    if (way >= WAYS) == parted(change.old, change.new):
        return edits(node.text, change.old, change.new, way % WAYS)
    return rebuilt(node.text, change.old, change.new, way % WAYS, _width(node))


def _width(node: Scalar) -> int:
    return max([WIDTH, *(len(line) for line in node.text.split("\n"))])


def _reason(source: Source, change: Change, node: object, seen: set[int]) -> str:
    """Why a change cannot even be tried."""
    if not change.new:
        return "A text cannot be deleted here: delete its field in the source."
    before, after = ([t.text.strip() for t in tokens if t.kind == "fixed"] for tokens in (change.old, change.new))
    left = iter(before)
    if change.path is None or not all(words in left for words in after):  # they may go with the words round them
        return "These words are made by the tool, or stand in a record or a figure: change them in the source."
    if not source.has(change.path) or not isinstance(node, Scalar):
        return "These words do not stand in the source as they are printed: change them there."
    if id(node) in seen:
        return "Two fields share these words (by an alias): change them in the source."
    return ""


def _described(change: Change) -> str:
    """A change in words: what stood there, and what stands there now."""
    one, other = ([_piece(token) for token in tokens] for tokens in (change.old, change.new))
    found = [op for op in difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes() if op[0] != "equal"]
    if not found:
        return "The form, a note call or a link was changed" + f" in “{_cut(_words(change.old))}”."
    a, b, c, d = found[0][1], found[-1][2], found[0][3], found[-1][4]
    was, now = _words(change.old[a:b]), _words(change.new[c:d])
    before = _words(change.old[:a])
    behind = before if len(before) <= 40 else "…" + before[-40:].partition(" ")[2]
    where = f" behind “{behind}”" if behind else " at the beginning"
    if was == now:
        kinds = {change.old[n].kind for n in range(a, b)} | {change.new[n].kind for n in range(c, d)}
        what = (
            "A paragraph or an item was parted, joined or moved to another level" if "end" in kinds
            else "A line break was changed" if "break" in kinds
            else "A note call was changed" if "call" in kinds
            else "The emphasis or a link was changed"
        )  # fmt: skip
        return f"{what}{where}."
    if not was:
        return f"“{_cut(now)}” was added{where}."
    if not now:
        return f"“{_cut(was)}” was deleted{where}."
    same = 0  # of words of the tool, which are one piece
    first, second = was.split(" "), now.split(" ")
    while same < min(len(first), len(second)) - 1 and first[same] == second[same]:
        same += 1
    return f"“{_cut(' '.join(first[same:]))}” became “{_cut(' '.join(second[same:]))}”."


def _first(change: Change) -> int:
    """The first token of the copy that was made that another one came for, or that another one came behind."""
    same = 0
    while same < min(len(change.old), len(change.new)) - 1 and change.old[same] == change.new[same]:
        same += 1
    return same + (same < len(change.old) - 1 and change.old[same].kind == "end")


def _piece(token: Token) -> tuple[str, ...]:
    return (token.kind, token.text, *token.form)


def _words(tokens: Sequence[Token]) -> str:
    return "".join(" " if one.kind in ("end", "break") else "" if one.kind == "call" else one.text for one in tokens).strip()


def _cut(words: str) -> str:
    return words if len(words) <= 80 else words[:79] + "…"


def _made(source: Source, changes: Mapping[Steps, Change], ways: Mapping[Steps, int]) -> str:
    """The text of the file with the changes made, each in its way; one whose places are not found is not made, and so not proved."""
    made: list[_FileChange] = []
    for path, way in ways.items():
        node, _ = source.node(path)
        assert isinstance(node, Scalar)
        found = _edits(source, changes[path], way)
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
            new = _laid_out(text, before, _width(node), more=node.text[end : end + 1] not in ("", "\n"))
        else:
            new = text.replace("'", "''") if before.endswith("'") else json.dumps(text, ensure_ascii=False)[1:-1]
        out.append((_offset(source, path, node, start), max(_offset(source, path, node, end), _offset(source, path, node, start)), new))
    return out


def _offset(source: Source, path: Steps, node: Scalar, index: int) -> int:
    return source.offset(path, index) if index < len(node.text) else source.offset(path, len(node.text) - 1) + 1


def _laid_out(text: str, indent: str, width: int, *, more: bool) -> str:
    """New lines of a block text: as long as its others, with its indentation; ``more`` where the last of them goes on."""
    first, *rest = text.split("\n")
    lines = [first]
    for line in rest:
        item = re.match(r"\s*(?:[-*+]|\d+[.)])\s+", line)
        inner = " " * len(item[0]) if item else ""
        lines += textwrap.wrap(line, width, subsequent_indent=inner, break_long_words=False, break_on_hyphens=False) or [""]
    last = len(lines) - 1
    return "\n".join(indent + line if n and (line or (more and n == last)) else line for n, line in enumerate(lines))


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
