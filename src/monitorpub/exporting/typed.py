"""The text of a field as blocks: where each begins and ends in it, and what stands before it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from monitorpub.model import Text
from monitorpub.text.parse import parse

ITEMS = ("item", "number")
_PREFIX = re.compile(r"(?:[ \t]+|>|(?:[-*+]|\d{1,9}[.)])(?=[ \t]))*")


@dataclass(frozen=True)
class Typed:
    """A paragraph, an item, a counted one (``number``), what goes on in one (``more``), a quotation or a table as it was typed."""

    kind: str
    level: int
    """How many lists it stands in, but the innermost."""
    gap: str
    """The line ends before it."""
    prefix: str
    """Indentation and marks of its first line."""
    text: str
    end: int
    """Where it ends in the text of the field."""

    @property
    def listed(self) -> bool:
        """Whether it stands in a list."""
        return self.kind in (*ITEMS, "more")


def typed_blocks(value: str) -> list[Typed] | None:
    """The blocks of a text; None for one with blocks in each other that no review copy tells apart, or with none."""
    found: list[tuple[str, int, int, int]] = []
    stack: list[str] = []
    fresh = False
    for token in parse(Text(value), "en").tokens:
        name = token.type.removesuffix("_open")
        if token.nesting == 1:
            if (name == "blockquote" and stack) or (name in ("bullet_list", "ordered_list") and "blockquote" in stack):
                return None
            stack.append(name)
            fresh = name == "list_item" or (fresh and name != "table")
            if name == "table" and token.map:
                if "list_item" in stack or "blockquote" in stack:
                    return None
                found.append(("table", 0, token.map[0], token.map[1]))
        elif token.nesting == -1:
            stack.pop()
        elif token.type == "inline" and token.map and "table" not in stack:
            level = max(0, stack.count("list_item") - 1)
            mark = "number" if [one for one in stack if one.endswith("_list")][-1:] == ["ordered_list"] else "item"
            kind = (mark if fresh else "more") if "list_item" in stack else "quotation" if "blockquote" in stack else "text"
            found.append((kind, level, token.map[0], token.map[1]))
            fresh = False
        elif token.type != "inline":
            return None
    return _placed(value, found)


def _placed(value: str, found: list[tuple[str, int, int, int]]) -> list[Typed] | None:
    lines = value.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    out: list[Typed] = []
    end = 0
    for kind, level, first, last in found:
        prefix = "" if kind == "table" else _prefix(lines[first])
        while last > first + 1 and not lines[last - 1].strip():
            last -= 1
        start, stop = starts[first], starts[last] - 1
        text = value[start + len(prefix) : stop].rstrip()
        out.append(Typed(kind, level, value[end:start], prefix, text, start + len(prefix) + len(text)))
        end = out[-1].end
    return out or None


def _prefix(line: str) -> str:
    match = _PREFIX.match(line)
    return match[0] if match else ""
