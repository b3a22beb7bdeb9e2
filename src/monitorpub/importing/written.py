"""A source as an editor would have written it: YAML in blocks, quotes only where YAML needs them.

The fields of a profile come as plain values in the order in which they are to stand: ``str`` for one line, :class:`Prose` for text,
:class:`Flow` for what stands in one line if it fits, ``None`` for what was not reported.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from monitorpub.importing.signs import begins_block

WIDTH = 112
"""Columns of a line of text."""

PARTED = {
    "introduction", "key-data", "key-developments-since", "key-developments", "recommendations", "capacity", "assessment", "sections",
    "call-out", "related", "notes", "references",
}  # fmt: skip
"""Fields of a profile that have an empty line above them."""

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_INDICATOR = re.compile(r"[\[\]{},*&!|>%@#\"'`?:]|-(?:\s|$)|---|\.\.\.|=$|<<$")
_NOT_TEXT = re.compile(r"(?:~|null|Null|NULL)$")
_LEAD = re.compile(r"(?:>\s?|[-*+]\s+|\d{1,9}[.)]\s+|\s+)*")


@dataclass(frozen=True)
class Prose:
    """Text of paragraphs, in CommonMark."""

    text: str


@dataclass(frozen=True)
class Flow:
    """Fields that stand in one line, in braces, if it fits."""

    fields: dict[Any, Any]


def yaml_of(fields: dict[str, Any], comment: str = "") -> str:
    """The source.  ``comment`` is its first line."""
    lines = [f"# {line}".rstrip() for line in comment.splitlines()]
    lines += [""] if lines else []
    for name, value in fields.items():
        if name in PARTED and lines and lines[-1] and not (name == "key-developments" and "key-developments-since" in fields):
            lines.append("")
        lines += _field(name, value, "")
    return "\n".join(lines) + "\n"


def _field(name: str, value: Any, indent: str) -> list[str]:
    head = f"{indent}{_scalar(str(name), flow=False)}:"
    if isinstance(value, Prose):
        return _prose(head, value.text, indent)
    if isinstance(value, Flow):
        line = f"{head} {_flow(value)}"
        return [line] if len(line) <= WIDTH else _field(name, value.fields, indent)
    if isinstance(value, dict):
        return [head, *(line for key, inner in value.items() for line in _field(key, inner, f"{indent}  "))]
    if isinstance(value, list):
        if not value:
            return [f"{head} []"]
        line = f"{head} {_flow(value)}"
        if all(isinstance(item, str) and _is_plain(item, flow=True) for item in value) and len(line) <= WIDTH:
            return [line]
        return [head, *(line for item in value for line in _item(item, f"{indent}  "))]
    return [f"{head} {_line(value)}"]


def _item(value: Any, indent: str) -> list[str]:
    if isinstance(value, Flow):
        line = f"{indent}- {_flow(value)}"
        return [line] if len(line) <= WIDTH else _item(value.fields, indent)
    if isinstance(value, dict):
        lines = [line for key, inner in value.items() for line in _field(key, inner, f"{indent}  ")]
        return [f"{indent}- {lines[0].lstrip()}", *lines[1:]]
    if isinstance(value, Prose):
        return _prose(f"{indent}-", value.text, indent)
    return [f"{indent}- {_line(value)}"]


def _line(value: Any) -> str:
    return "null" if value is None else _scalar(str(value), flow=False)


def _flow(value: Any) -> str:
    if isinstance(value, Flow):
        value = value.fields
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(str(key), flow=True)}: {_flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(inner) for inner in value) + "]"
    if isinstance(value, Prose):
        value = " ".join(value.text.split())
    return "null" if value is None else _scalar(str(value), flow=True)


def _scalar(text: str, *, flow: bool) -> str:
    """One line, in quotes where it would be read as something else."""
    text = " ".join(_CONTROL.sub("", text).split())
    if _is_plain(text, flow=flow):
        return text
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    if "'" not in text:
        return f"'{text}'"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _is_plain(text: str, *, flow: bool) -> bool:
    if not text or _INDICATOR.match(text) or _NOT_TEXT.match(text):
        return False
    if ": " in text or " #" in text or text.endswith(":"):
        return False
    return not (flow and re.search(r"[,\[\]{}]", text))


def _prose(head: str, text: str, indent: str) -> list[str]:
    """Text in one line where it is short and YAML takes it as it stands, else in a block."""
    text = _CONTROL.sub("", text).strip()
    line = f"{head} {text}"
    if "\n" not in text and len(line) <= WIDTH and _is_plain(text, flow=False):
        return [line]
    if text.startswith("[@") and "\n" not in text and len(line) + 2 <= WIDTH:
        return [f"{head} {_scalar(text, flow=False)}"]
    inner = f"{indent}  "
    return [f"{head} |", *(f"{inner}{part}".rstrip() for part in wrapped(text, WIDTH - len(inner)))]


def wrapped(text: str, width: int) -> list[str]:
    """The lines of a text, the long ones broken between words; never so that a line would begin another block."""
    out: list[str] = []
    for line in text.split("\n"):
        lead = _LEAD.match(line)
        first = lead[0] if lead else ""
        rest = re.sub(r"[-*+\d.)]", " ", first)
        if line.lstrip().startswith("|") or len(line) <= width:
            out.append(line)
            continue
        current = first
        for index, word in enumerate(line[len(first) :].split(" ")):
            if not index:
                current += word
            elif len(current) + 1 + len(word) > width and not begins_block(word) and not current.endswith("\\"):
                out.append(current)
                current = rest + word
            else:
                current += f" {word}"
        out.append(current)
    return out
