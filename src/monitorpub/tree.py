"""The tree of a source, built from the parser's events.

The stack of open blocks is our own, so that depth, size and aliases are bounded before anything is unfolded.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from monitorpub.diagnostics import Diagnostic, Place
from monitorpub.slips import odd_space
from monitorpub.source import Mapping, Node, Scalar, Sequence_, Source

_COMMENT = re.compile(r"\s+(#.*?)\s*$")

MAX_DEPTH = 40
MAX_VALUES = 200_000
"""Values after aliases are unfolded."""
MAX_SIGNS = 20_000_000
"""Letters and other signs after aliases are unfolded."""


class Stop(Exception):
    """The file is beyond what may be unfolded."""


class Tree:
    """The tree under construction: a stack of open blocks."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.root: Node | None = None
        self.diagnostics: list[Diagnostic] = []
        self.documents = 0
        self._open: list[tuple[Node, Scalar | None]] = []  # block, key that waits for its value
        self._anchors: dict[str, Node] = {}
        self._unused: dict[str, Any] = {}  # anchors that no alias has named yet
        self._measures: dict[int, tuple[int, int, int]] = {}
        self._values = 0
        self._signs = 0

    def say(self, diagnostic: Diagnostic) -> None:
        """One more thing to say."""
        self.diagnostics.append(diagnostic)

    def take(self, event: Any) -> None:
        """One event of the parser."""
        kind = type(event)
        if kind is yaml.DocumentStartEvent:
            self.documents += 1
            if self.documents > 1:
                self._refuse(event, "A second document starts here (---).", "One file holds one profile.")
                raise Stop
        elif kind is yaml.ScalarEvent:
            self._check_extra(event)
            node = Scalar(*_marks(event), text=event.value, plain=not event.style)  # "" from the C parser, None from the other
            self._add(node, event)
            self._check_comment(node)
            self._check_space(node)
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
        elif kind is yaml.DocumentEndEvent:
            for anchor, where in self._unused.items():
                message = f"Nothing uses the anchor &{anchor}: it would be lost."
                self._refuse(where, message, "A text that begins with & needs quotes round it.", "&")

    def _alias(self, event: Any) -> None:
        node = self._anchors.get(event.anchor)
        if node is None or any(node is block for block, _ in self._open):
            hint = "A text that begins with * needs quotes round it. An alias repeats what an anchor (&name) marked before."
            inside = "the block it stands in" if node is not None else "nothing that stands before it"
            self._refuse(event, f"The alias *{event.anchor} names {inside}.", hint)
            raise Stop
        self._unused.pop(event.anchor, None)
        values, depth, signs = self._measure(node)
        self._count(event, values, signs)
        self._check_depth(len(self._open) + depth, event)
        self._add(node, event)

    def _add(self, node: Node, event: Any) -> None:
        self._count(event, 1, len(event.value) if isinstance(event, yaml.ScalarEvent) else 0)
        if getattr(event, "anchor", None) and not isinstance(event, yaml.AliasEvent):
            self._anchors[event.anchor] = node
            self._unused[event.anchor] = event
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
            raise Stop
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
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._refuse(event, f"Tags such as {tag} are not part of a profile.", "A text that begins with ! needs quotes round it.", "!")

    def _check_comment(self, node: Scalar) -> None:
        """A comment behind words typed without quotes: it may be the rest of them."""
        rest = self.source.lines[node.end_line][node.end_column :] if node.end_line < len(self.source.lines) else ""
        if node.plain and len(node.text.split()) > 1 and (comment := _COMMENT.match(rest)):
            start = node.end_column + comment.start(1)
            place = self.source.place_on(node.end_line, start, node.end_column + comment.end(1))
            hint = "If it belongs to the words, put quotes round the whole; if it is a comment, move it to a line of its own."
            self.say(Diagnostic("Y008", "A comment follows these words, and is not printed.", place, hint=hint))

    def _check_space(self, node: Scalar) -> None:
        """A space that does not break at the beginning of a line, or behind its hyphen or colon: YAML takes it for a letter."""
        if not node.plain or self.source.lines[node.line][: node.column].strip(" -"):
            return
        if said := odd_space(self.source, node.line):
            code, message, hint, line, start, end = said
            if start <= node.end_column or node.end_line > node.line:
                self.say(Diagnostic(code, message, self.source.place_on(line, start, end), hint=hint))

    def _check_depth(self, depth: int, event: Any) -> None:
        if depth > MAX_DEPTH:
            hint = "A profile has sections, sub-sections and tables; look for brackets or hyphens too many."
            self.say(Diagnostic("Y005", f"Blocks are nested more than {MAX_DEPTH} deep.", self._place(event), hint=hint))
            raise Stop

    def _count(self, event: Any, values: int, signs: int) -> None:
        self._values += values
        self._signs += signs
        if self._values > MAX_VALUES or self._signs > MAX_SIGNS:
            limit = f"{MAX_VALUES:,} values" if self._values > MAX_VALUES else f"{MAX_SIGNS:,} letters"
            message = f"The file unfolds to more than {limit}, far more than any profile has."
            self.say(Diagnostic("Y006", message, self._place(event), hint="Aliases (*name) that repeat aliases do this."))
            raise Stop

    def _measure(self, node: Node) -> tuple[int, int, int]:
        """How many values a complete node unfolds to, how deep, and with how many signs; every node is measured once."""
        if id(node) not in self._measures:
            inner = list(node.values.values()) if isinstance(node, Mapping) else node.items if isinstance(node, Sequence_) else []
            measures = [self._measure(child) for child in inner]
            own = len(node.text) if isinstance(node, Scalar) else 0
            self._measures[id(node)] = (
                1 + sum(m[0] for m in measures),
                0 if isinstance(node, Scalar) else 1 + max((m[1] for m in measures), default=0),
                own + sum(m[2] for m in measures),
            )
        return self._measures[id(node)]

    def _place(self, event: Any, sign: str = "") -> Place:
        """Where the event stands; where a tag or an anchor, the word that begins with ``sign``."""
        line, column, end_line, end_column = _marks(event)
        if sign and (word := re.compile(rf"(?:[&!]\S*\s+)?({re.escape(sign)}[^\s,\[\]{{}}]*)").match(self.source.lines[line], column)):
            return self.source.place_on(line, word.start(1), word.end(1))
        return self.source.place_on(line, column, end_column if end_line == line else column + 1)

    def _refuse(self, event: Any, message: str, hint: str, sign: str = "") -> None:
        self.say(Diagnostic("Y007", message, self._place(event, sign), hint=hint))


def _marks(event: Any) -> tuple[int, int, int, int]:
    return event.start_mark.line, event.start_mark.column, event.end_mark.line, event.end_mark.column
