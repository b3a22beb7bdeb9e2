"""A109: a style sheet that breaks the rules of CSS."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from monitorpub.checking.manuscript import Manuscript
from monitorpub.checking.rule import Hit, Rule, Severity
from monitorpub.checking.styles import sheets_of

_OF_RULES = ("media", "supports", "layer")
"""At-rules that hold other rules."""


def find(manuscripts: list[Manuscript]) -> Iterator[Hit]:
    """What cannot be read in the workspace's own style sheets; each sheet is looked at once."""
    seen: set[Path] = set()
    for sheet in (sheet for sheets in sheets_of(manuscripts) for sheet in sheets if sheet.own):
        if sheet.file in seen:
            continue
        seen.add(sheet.file)
        starts = [0]
        for line in sheet.text.split("\n"):
            starts.append(starts[-1] + len(line) + 1)
        for error in _errors(sheet.text):
            start, end = _around(sheet.text, starts[error.source_line - 1] + error.source_column - 1)
            words = " ".join(sheet.text[start:end].split())
            message = f"“{words if len(words) <= 60 else words[:59] + '…'}” cannot be read as CSS, and the engine leaves it out."
            yield Hit(sheet.passage, start, end, message)


def _around(text: str, at: int) -> tuple[int, int]:
    """What stands between braces and semicolons round the place of an error, which is where reading ended."""
    at = min(at, len(text))
    start = max(text.rfind(sign, 0, at) for sign in "{};") + 1
    start += len(text[start:at]) - len(text[start:at].lstrip())
    end = start + len(text[start:at].rstrip())
    return (start, end) if end > start else (min(at, max(0, len(text) - 1)), at + 1)


def _errors(text: str) -> Iterator[Any]:
    import tinycss2  # it comes with the engine, which reads styles with it

    waiting: list[Any] = list(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True))
    while waiting:
        node = waiting.pop(0)
        if node.type == "error":
            yield node
        elif node.type == "at-rule" and node.content is not None and node.lower_at_keyword in _OF_RULES:
            waiting = [*tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True), *waiting]
        elif node.type in ("qualified-rule", "at-rule") and node.content is not None:
            waiting = [*tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True), *waiting]


RULE = Rule(
    code="A109",
    name="broken-style",
    severity=Severity.WARNING,
    what="A place in the workspace's own style sheets that breaks the rules of CSS. Build says which names and values are unknown (P006).",
    why="The engine leaves out what it cannot read, and often what stands behind it: the page looks otherwise than was meant.",
    example=".brief h2 { margin 3px; }",
    instead="A property, a colon, a value and a semicolon; each { has its }.",
    edition=find,
)
