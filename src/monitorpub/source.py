"""A file that was read: its text, and its values as nodes that know where they stand.

A value stays what the editor typed, and every diagnostic finds its line, its column and its caret here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from monitorpub.diagnostics import Diagnostic, Place, field_path
from monitorpub.text.live import occurrences

NULLS = {"", "~", "null", "Null", "NULL"}


@dataclass(eq=False)
class Node:
    """A value in the file, from line and column (both from 0) to end line and end column."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(eq=False)
class Scalar(Node):
    """One value: its text, and whether it was typed plain (without quotes)."""

    text: str
    plain: bool

    @property
    def is_null(self) -> bool:
        """Whether nothing was typed, or ``null``."""
        return self.plain and self.text in NULLS


@dataclass(eq=False)
class Sequence_(Node):
    """A list."""

    items: list[Node] = field(default_factory=list)


@dataclass(eq=False)
class Mapping(Node):
    """A block of keys and values, in the order of the file."""

    keys: dict[str, Scalar] = field(default_factory=dict)
    values: dict[str, Node] = field(default_factory=dict)


class Plain(str):
    """Text typed without quotes: only this may become a number, a year or a date."""

    __slots__ = ()


def to_values(node: Node) -> Any:
    """The nodes as dicts, lists and strings for the model; plain strings are marked as such."""
    if isinstance(node, Mapping):
        return {key: to_values(value) for key, value in node.values.items()}
    if isinstance(node, Sequence_):
        return [to_values(item) for item in node.items]
    assert isinstance(node, Scalar)
    if node.is_null:
        return None
    return Plain(node.text) if node.plain else node.text


Steps = Sequence[str | int]


@dataclass(eq=False)
class Source:
    """A file that was read: its text and its tree of nodes."""

    file: Path
    text: str
    root: Mapping
    lines: list[str]
    raw: bytes = b""
    """The file as it was read; empty where the text was in hand."""
    _starts: list[int] = field(default_factory=list, repr=False)
    _offsets: dict[int, list[int]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, text: str, file: Path) -> Source:
        """A source without nodes, for places in its text."""
        starts = [0, *(m.end() for m in re.finditer("\n", text))]
        return cls(file, text, Mapping(0, 0, 0, 0), text.split("\n"), _starts=starts)

    def node(self, path: Steps) -> tuple[Node, Scalar | None]:
        """The deepest node on the path, and the key it stands under.

        Steps that the file does not have (a missing field, the name of a form) are passed over.
        """
        node: Node = self.root
        key: Scalar | None = None
        for step in path:
            if isinstance(node, Mapping) and str(step) in node.values:
                key, node = node.keys[str(step)], node.values[str(step)]
            elif isinstance(node, Sequence_) and isinstance(step, int) and step < len(node.items):
                key, node = None, node.items[step]
        return node, key

    def has(self, path: Steps) -> bool:
        """Whether the file has this very field."""
        node: Node = self.root
        for step in path:
            if isinstance(node, Mapping) and str(step) in node.values:
                node = node.values[str(step)]
            elif isinstance(node, Sequence_) and isinstance(step, int) and step < len(node.items):
                node = node.items[step]
            else:
                return False
        return True

    def place(self, path: Steps, needle: str = "", nth: int = 0, *, key: bool = False) -> Place:
        """The place of a field; of the ``nth`` time ``needle`` stands in its text; or of its key.

        What stands in code or behind a backslash is not counted, see :func:`monitorpub.text.live.occurrences`.
        """
        node, key_node = self.node(path)
        if key and key_node is not None:
            node = key_node
        elif needle and isinstance(node, Scalar) and (found := occurrences(node.text, needle)):
            return self._stretch(node, *found[min(nth, len(found) - 1)])
        if isinstance(node, Scalar):
            if (node.line, node.column) == (node.end_line, node.end_column) and key_node is not None:
                node = key_node  # nothing was typed
            if node.end_line > node.line:
                return self.place_on(node.line, node.column, len(self.lines[node.line].rstrip()))
            return self.place_on(node.line, node.column, node.end_column)
        if isinstance(node, Mapping) and node.keys:
            first = next(iter(node.keys.values()))
            return self.place_on(first.line, first.column, first.end_column)
        return self.place_on(node.line, node.column, node.column + 1)

    def place_at(self, offset: int, length: int = 1) -> Place:
        """The place of a stretch of the file's text."""
        if self._starts:  # counting from the beginning takes too long where it is done for every line
            line = bisect_right(self._starts, offset) - 1
            column = offset - self._starts[line]
        else:
            line = self.text.count("\n", 0, offset)
            column = offset - (self.text.rfind("\n", 0, offset) + 1)
        return self.place_on(line, column, column + length)

    def place_on(self, line: int, column: int, end_column: int) -> Place:
        """The place of a stretch of a line, all counted from 0; the stretch ends before ``end_column``."""
        text = self.lines[line] if line < len(self.lines) else ""
        return Place(self.file, line + 1, column + 1, max(end_column, column + 1) + 1, text)

    def spread(self, path: Steps, start: int, end: int) -> Place:
        """The place of the signs from start to end of a field's text, both counted from 0."""
        node, _ = self.node(path)
        if not isinstance(node, Scalar) or not node.text:
            return self.place(path)
        return self._stretch(node, min(start, len(node.text) - 1), max(min(end, len(node.text)), 1))

    def offset(self, path: Steps, index: int) -> int:
        """Where the sign with this index of a field's text stands in the text of the file."""
        node, _ = self.node(path)
        assert isinstance(node, Scalar)
        places = self._places(node)
        return places[index] if index < len(places) else places[-1] + 1

    def at(self, code: str, message: str, path: Steps, hint: str = "", **where: Any) -> Diagnostic:
        """A diagnostic on a field of this file; ``where`` as in :meth:`place`."""
        return Diagnostic(code, message, self.place(path, **where), self.shown(path), hint)

    def shown(self, path: Steps) -> str:
        """The path as editors read it.  A number that is a key, such as a year, stays what it is."""
        steps: list[str | int] = []
        node: Node | None = self.root
        for step in path:
            steps.append(str(step) if isinstance(node, Mapping) else step)
            if isinstance(node, Mapping):
                node = node.values.get(str(step))
            elif isinstance(node, Sequence_) and isinstance(step, int) and step < len(node.items):
                node = node.items[step]
            else:
                node = None
        return field_path(steps)

    def _places(self, node: Scalar) -> list[int]:
        """For each sign of a value's text, where it stands in the text of the file."""
        if id(node) not in self._offsets:
            begin = self._starts[node.line] + node.column
            after = self._starts[node.end_line] + node.end_column if node.end_line < len(self._starts) else len(self.text)
            self._offsets[id(node)] = [begin + offset for offset in offsets(self.text[begin:after], node.text)]
        return self._offsets[id(node)]

    def _stretch(self, node: Scalar, start: int, end: int) -> Place:
        """The place of a stretch of a value's text; of its first line, where it runs over several."""
        places = self._places(node)
        first, last = places[start], places[end - 1]
        if (stop := self.text.find("\n", first, last)) >= 0:
            last = stop - 1
        return self.place_at(first, last - first + 1)


_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)*")
_BLOCK_HEAD = re.compile(r"([|>])[-+]?(\d?)[-+]?[^\n]*\n?")
_FOLD = r"(?P<fold>[ \t]*\n[ \t\n]*)"
_PIECES = {
    '"': re.compile(_FOLD + r"|(?P<nothing>\\\n[ \t]*)|\\x..|\\u.{4}|\\U.{8}|.", re.DOTALL),
    "'": re.compile(_FOLD + r"|(?P<nothing>(?!))|''|.", re.DOTALL),
    "": re.compile(_FOLD + r"|(?P<nothing>(?!))|.", re.DOTALL),
}
_ESCAPE = re.compile(r"\\[^xuU\n]", re.DOTALL)


def offsets(raw: str, text: str) -> list[int]:
    """For each sign of a value's text, where it stands in the value as it was typed, marks, indentation and all."""
    match = _PROPERTIES.match(raw)
    start = match.end() if match else 0
    if head := _BLOCK_HEAD.match(raw, start):
        found = _in_block(raw, text, head.end(), int(head[2] or 0))
    else:
        style = raw[start : start + 1] if raw[start : start + 1] in ("'", '"') else ""
        found = _in_flow(raw, start + len(style), style)
    last = found[-1] if found else start
    return (found + [last] * (len(text) - len(found)))[: len(text)] if len(found) != len(text) else found


def _in_flow(raw: str, start: int, style: str) -> list[int]:
    """Plain and quoted text: a line break is a space, an empty line is a line break."""
    found: list[int] = []
    index = start
    while index < len(raw):
        match = (_ESCAPE.match(raw, index) if style == '"' else None) or _PIECES[style].match(raw, index)
        assert match is not None
        fold = match.groupdict().get("fold")
        signs = max(1, fold.count("\n") - 1) if fold else 0 if match.groupdict().get("nothing") else 1
        found += [index] * signs
        index = match.end()
    return found


def _in_block(raw: str, text: str, start: int, indent: int) -> list[int]:
    """Block text (``|`` and ``>``): every line loses the indentation of the first."""
    if not indent:
        first = re.compile(r"(?:[ ]*\n)*([ ]*)").match(raw, start)
        indent = len(first[1]) if first else 0
    else:  # counted from the block that the text stands in
        lines = [line for line in raw[start:].split("\n") if line.strip()]
        inner = [len(line) - len(line.lstrip(" ")) for line in text.split("\n") if line.strip()]
        outer = [len(line) - len(line.lstrip(" ")) for line in lines]
        indent = outer[0] - inner[0] if outer and inner else indent
    found: list[int] = []
    index = _after_indent(raw, start, indent)
    for sign in text:
        while index < len(raw) and raw[index] == "\n" and sign not in " \n":
            index = _after_indent(raw, index + 1, indent)
        found.append(min(index, len(raw) - 1))
        index = _after_indent(raw, index + 1, indent) if raw[index : index + 1] == "\n" else index + 1
    return found


def _after_indent(raw: str, index: int, indent: int) -> int:
    end = min(index + indent, len(raw))
    while index < end and raw[index] == " ":
        index += 1
    return index
