"""Printed diagnostics read back as an editor reads them, the words under the caret by the columns of a terminal."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """One diagnostic as it was printed."""

    severity: str
    code: str
    message: str
    file: str = ""
    line: int = 0
    column: int = 0
    source: str = ""
    under: str = ""
    """The words of the source line that stand over the caret."""
    field: str = ""
    hint: str = ""


def said_in(output: str) -> list[Said]:
    """The diagnostics of an output."""
    return [_one(block) for block in output.split("\n\n") if re.match(r"(error|warning) [A-Z]\d", block)]


def _one(block: str) -> Said:
    lines = block.split("\n")
    head = re.fullmatch(r"(error|warning) ([A-Z]\d{3}) \([a-z0-9-]+\): (.*)", lines[0])
    assert head, lines[0]
    rest = "\n".join(lines[1:])
    where = re.search(r"^  --> (.+?)(?::(\d+):(\d+))?$", rest, re.MULTILINE)
    shown = re.search(r"^  \d+ \| (.*)\n   *\| (.*)$", rest, re.MULTILINE)
    field = re.search(r"^  field: (.*)$", rest, re.MULTILINE)
    hint = re.search(r"^  hint: (.*)$", rest, re.MULTILINE)
    return Said(
        *head.groups(),
        file=where[1] if where else "",
        line=int(where[2] or 0) if where else 0,
        column=int(where[3] or 0) if where else 0,
        source=shown[1] if shown else "",
        under=_under(shown[1], shown[2]) if shown else "",
        field=field[1] if field else "",
        hint=hint[1] if hint else "",
    )


def _under(source: str, carets: str) -> str:
    """The signs of the line over the carets: wide ones take two columns, marks on other signs none."""
    out, column = "", 0
    for sign in source:
        width = 0 if unicodedata.category(sign) in ("Mn", "Me", "Cf") else 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        if carets[column - (not width) :][:1] == "^":
            out += sign
        column += width
    return out


@dataclass(frozen=True)
class Marked:
    """A text in which «these marks» show what the caret must stand under."""

    text: str
    under: str
    line: int
    column: int

    @classmethod
    def of(cls, marked: str) -> Marked:
        """The text without the marks, and where they stood."""
        before, _, rest = marked.partition("«")
        under, _, after = rest.partition("»")
        return cls(before + under + after, under, before.count("\n") + 1, len(before) - before.rfind("\n"))
