"""Step 1, read: a YAML file becomes nodes that know where they stand.

Values stay what the editor typed: ``NO``, ``yes``, ``12:30``, ``010`` and ``1.10`` are kept letter by letter, and the
field they stand in decides what they mean (YAML 1.2.2, https://yaml.org/spec/1.2.2/, section 10.3, with the choice left
to the schema).  The nodes are built from the parser's events with a stack of our own, so that depth, size and aliases
are bounded before anything is unfolded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from monitorpub.diagnostics import Diagnostic, Found, Place, field_path

MAX_BYTES = 5_000_000
"""No profile comes near: the longest known, of 350 notes, has 300,000 bytes."""
MAX_DEPTH = 40
MAX_VALUES = 200_000
"""Values after aliases are unfolded."""

NULLS = {"", "~", "null", "Null", "NULL"}

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


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


Path_ = Sequence[str | int]


@dataclass(eq=False)
class Source:
    """A file that was read: its text and its tree of nodes."""

    file: Path
    text: str
    root: Mapping
    lines: list[str]

    def node(self, path: Path_) -> tuple[Node, Scalar | None]:
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

    def has(self, path: Path_) -> bool:
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

    def raw(self, path: Path_) -> tuple[int, str]:
        """Where a value stands in the file's text (an offset), and the value as it was typed, marks and all."""
        node, _ = self.node(path)
        start = self._offset(node.line, node.column)
        return start, self.text[start : self._offset(node.end_line, node.end_column)]

    def place(self, path: Path_, needle: str = "", nth: int = 0, *, key: bool = False) -> Place:
        """The place of a field; of the ``nth`` time ``needle`` stands in it; or of its key."""
        node, key_node = self.node(path)
        if key and key_node is not None:
            node = key_node
        if needle:
            start, raw = self.raw(path)
            found = list(re.finditer(re.escape(needle), raw))
            if found:
                match = found[min(nth, len(found) - 1)]
                return self.place_at(start + match.start(), len(needle))
        line, column = node.line, node.column
        if isinstance(node, Scalar) and node.end_line > line:
            return self._place(line, column, len(self.lines[line].rstrip()) if line < len(self.lines) else column + 1)
        if isinstance(node, Scalar):
            return self._place(line, column, node.end_column)
        if isinstance(node, Mapping) and node.keys:
            first = next(iter(node.keys.values()))
            return self._place(first.line, first.column, first.end_column)
        return self._place(line, column, column + 1)

    def place_at(self, offset: int, length: int = 1) -> Place:
        """The place of a stretch of the file's text."""
        line = self.text.count("\n", 0, offset)
        column = offset - (self.text.rfind("\n", 0, offset) + 1)
        return self._place(line, column, column + length)

    def at(self, code: str, message: str, path: Path_, hint: str = "", **where: Any) -> Diagnostic:
        """A diagnostic on a field of this file; ``where`` as in :meth:`place`."""
        return Diagnostic(code, message, self.place(path, **where), field_path(path), hint)

    def _place(self, line: int, column: int, end_column: int) -> Place:
        text = self.lines[line] if line < len(self.lines) else ""
        return Place(self.file, line + 1, column + 1, max(end_column, column + 1) + 1, text)

    def _offset(self, line: int, column: int) -> int:
        if not hasattr(self, "_starts"):
            self._starts = [0, *(m.end() for m in re.finditer("\n", self.text))]
        return self._starts[line] + column if line < len(self._starts) else len(self.text)


def read(file: Path) -> Found[Source]:
    """Read a source.  Gives the source, or diagnostics F001-F004 and Y001-Y007; raises nothing."""
    text = _decode(file)
    if isinstance(text, Diagnostic):
        return Found(None, (text,))
    return read_text(text, file)


def read_text(text: str, file: Path) -> Found[Source]:
    """Read a source from text that is already in hand."""
    lines = text.split("\n")
    source = Source(file, text, Mapping(0, 0, 0, 0), lines)
    tree = _Tree(source)
    try:
        for event in yaml.parse(text, Loader=_Loader):
            tree.take(event)
    except _Stop:
        pass
    except yaml.MarkedYAMLError as error:
        tree.say(_explain(error, source))
    except yaml.YAMLError as error:
        tree.say(Diagnostic("Y002", f"This is not YAML: {error}", Place(file, 1, 1)))
    if tree.diagnostics:
        return Found(None, tuple(tree.diagnostics))
    if tree.root is None or (isinstance(tree.root, Scalar) and tree.root.is_null):
        return Found(
            None, (Diagnostic("Y001", "The file is empty.", Place(file, 1, 1), hint="A profile begins with: layout: clearing-the-mines"),)
        )
    if not isinstance(tree.root, Mapping):
        message = "A profile is a block of fields (name: value), and this file holds something else."
        return Found(None, (Diagnostic("Y002", message, source.place_at(0), hint="It begins with: layout: clearing-the-mines"),))
    source.root = tree.root
    return Found(source)


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


def _decode(file: Path) -> str | Diagnostic:
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        reason = "is a folder" if file.is_dir() else "does not exist" if not file.exists() else f"cannot be read ({error.strerror})"
        return Diagnostic("F001", f"{file} {reason}.", Place(file))
    if len(data) > MAX_BYTES:
        return Diagnostic("F003", f"The file is larger than {MAX_BYTES // 1_000_000} MB: this is not a profile.", Place(file))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Diagnostic("F004", "The file is in UTF-16.", Place(file, 1, 1), hint="Save it as UTF-8.")
    try:
        text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        shown = data.split(b"\n")[line - 1].decode("cp1252", "replace").rstrip("\r")
        binary = b"\0" in data[:4096]
        message = "This is not a text file." if binary else f"The byte {data[error.start]:#04x} is not UTF-8."
        return Diagnostic("F004", message, Place(file, line, column, column + 1, "" if binary else shown), hint="Save the file as UTF-8.")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if bad := re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]", text):
        source = Source(file, text, Mapping(0, 0, 0, 0), text.split("\n"))
        where = source.place_at(bad.start())
        sign = ord(bad.group())
        message = "This is not a text file." if sign == 0 else f"A control character (U+{sign:04X}) stands here."
        return Diagnostic("F004", message, Place(where.file, where.line, where.column), hint="Delete it and type the word again.")
    return text


class _Stop(Exception):
    """The file is beyond what may be unfolded."""


class _Tree:
    """The tree under construction: a stack of open blocks."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.root: Node | None = None
        self.diagnostics: list[Diagnostic] = []
        self.documents = 0
        self._open: list[tuple[Node, Scalar | None]] = []  # block, key that waits for its value
        self._anchors: dict[str, Node] = {}
        self._measures: dict[int, tuple[int, int]] = {}
        self._values = 0

    def say(self, diagnostic: Diagnostic) -> None:
        self.diagnostics.append(diagnostic)

    def take(self, event: Any) -> None:
        """One event of the parser."""
        kind = type(event)
        if kind is yaml.DocumentStartEvent:
            self.documents += 1
            if self.documents > 1:
                self._refuse(event, "A second document starts here (---).", "One file holds one profile.")
                raise _Stop
        elif kind is yaml.ScalarEvent:
            self._check_extra(event)
            node = Scalar(*_marks(event), text=event.value, plain=not event.style)  # "" from the C parser, None from the other
            self._add(node, event)
        elif kind is yaml.SequenceStartEvent or kind is yaml.MappingStartEvent:
            self._check_extra(event)
            block: Node = Sequence_(*_marks(event)) if kind is yaml.SequenceStartEvent else Mapping(*_marks(event))
            self._add(block, event)
            self._open.append((block, None))
            self._check_depth(len(self._open), event)
        elif kind is yaml.SequenceEndEvent or kind is yaml.MappingEndEvent:
            block, _ = self._open.pop()
            block.end_line, block.end_column = event.end_mark.line, event.end_mark.column
        elif kind is yaml.AliasEvent:
            self._alias(event)

    def _alias(self, event: Any) -> None:
        node = self._anchors.get(event.anchor)
        if node is None or any(node is block for block, _ in self._open):
            hint = "An alias repeats what an anchor (&name) marked earlier."
            self._refuse(event, f"The alias *{event.anchor} names nothing that is complete here.", hint)
            raise _Stop
        values, depth = self._measure(node)
        self._count(event, values)
        self._check_depth(len(self._open) + depth, event)
        self._add(node, event)

    def _add(self, node: Node, event: Any) -> None:
        self._count(event, 1)
        if getattr(event, "anchor", None) and not isinstance(event, yaml.AliasEvent):
            self._anchors[event.anchor] = node
        if not self._open:
            self.root = node
            return
        block, key = self._open[-1]
        if isinstance(block, Sequence_):
            block.items.append(node)
        elif isinstance(block, Mapping) and key is None:
            self._key(block, node, event)
        elif isinstance(block, Mapping) and key is not None:
            block.values[key.text] = node
            self._open[-1] = (block, None)

    def _key(self, block: Mapping, node: Node, event: Any) -> None:
        if not isinstance(node, Scalar):
            self._refuse(
                event, "A key must be one word or number, not a list or a block.", "Put quotes round a text that begins with [ or {."
            )
            raise _Stop
        if node.text == "<<" and node.plain:
            self._refuse(event, "Merge keys (<<) are not part of YAML 1.2.", "Write the fields out.")
        if node.text in block.keys:
            first = block.keys[node.text]
            hint = f"It stands first in line {first.line + 1}; keep one of the two."
            self.say(Diagnostic("Y003", f"The key {node.text!r} stands here for the second time.", self._place(event), hint=hint))
            node = Scalar(node.line, node.column, node.end_line, node.end_column, f"{node.text}\0{node.line}", False)
        block.keys[node.text] = node
        self._open[-1] = (block, node)

    def _check_extra(self, event: Any) -> None:
        if event.tag is not None and event.tag != "!":
            self._refuse(
                event, f"Tags such as {event.tag.replace('tag:yaml.org,2002:', '!!')} are not part of a profile.", "Delete the tag."
            )

    def _check_depth(self, depth: int, event: Any) -> None:
        if depth > MAX_DEPTH:
            self.say(Diagnostic("Y005", f"Blocks are nested more than {MAX_DEPTH} deep.", self._place(event)))
            raise _Stop

    def _count(self, event: Any, number: int) -> None:
        self._values += number
        if self._values > MAX_VALUES:
            message = f"The file unfolds to more than {MAX_VALUES:,} values."
            self.say(Diagnostic("Y006", message, self._place(event), hint="Aliases (*name) that repeat aliases do this."))
            raise _Stop

    def _measure(self, node: Node) -> tuple[int, int]:
        """How many values a complete node unfolds to, and how deep; every node is measured once."""
        if id(node) not in self._measures:
            inner = list(node.values.values()) if isinstance(node, Mapping) else node.items if isinstance(node, Sequence_) else []
            measures = [self._measure(child) for child in inner]
            self._measures[id(node)] = (1 + sum(m[0] for m in measures), 1 + max((m[1] for m in measures), default=0))
        return self._measures[id(node)]

    def _place(self, event: Any) -> Place:
        line, column, end_line, end_column = _marks(event)
        return self.source._place(line, column, end_column if end_line == line else column + 1)

    def _refuse(self, event: Any, message: str, hint: str) -> None:
        self.say(Diagnostic("Y007", message, self._place(event), hint=hint))


def _marks(event: Any) -> tuple[int, int, int, int]:
    return event.start_mark.line, event.start_mark.column, event.end_mark.line, event.end_mark.column


def _explain(error: yaml.MarkedYAMLError, source: Source) -> Diagnostic:
    """The parser's complaint in an editor's words."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    line = min(line, len(source.lines) - 1)
    problem = error.problem or "the structure is broken"
    text = source.lines[line]
    indent = re.match(r"\s*", text).group()  # type: ignore[union-attr]
    if "\t" in indent or "'\\t'" in problem or problem.endswith("found a tab character"):
        column = text.find("\t") if "\t" in text else column
        return Diagnostic("Y004", "A tab indents this line.", source._place(line, max(column, 0), column + 1), hint="Use spaces.")
    hint = ""
    if "mapping values are not allowed" in problem:
        hint = "A text that holds a colon and a space needs quotes round it, or a block (|) below its key."
    elif "could not find expected ':'" in problem:
        hint = "A field is written: name: value. A text over several lines starts with | after the colon."
        if error.context_mark is not None:
            line, column = error.context_mark.line, error.context_mark.column
    elif "did not find expected key" in problem or "expected <block end>" in problem:
        hint = "Look at the indentation of this line and of the one before, and for a quote that ends too early."
    elif "cannot start any token" in problem or "found unknown escape" in problem:
        hint = "Put the text in single quotes, or in a block (|)."
    elif "found unexpected end of stream" in problem or "quoted scalar" in (error.context or ""):
        hint = "A quote that opens here is never closed."
        if error.context_mark is not None:
            line, column = error.context_mark.line, error.context_mark.column
    elif "alias" in problem or "anchor" in problem:
        hint = "A text that begins with * or & needs quotes round it."
    return Diagnostic("Y002", f"This is not YAML: {problem}.", source._place(line, column, column + 1), hint=hint)
