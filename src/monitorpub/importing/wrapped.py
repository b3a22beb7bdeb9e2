"""Texts whose paragraphs run over several short lines, as in e-mail: each paragraph becomes one line again."""

from __future__ import annotations

import re

WIDEST = 110
"""No line of a wrapped text is longer."""
NARROWEST = 45
_BEGINS = re.compile(r"\s*(?:[-•–*·▪◦‣●○□■]\s|\[\d{1,3}\s?\]|\d{1,3}[.)]\s|(?:last )?updated\b|$)", re.IGNORECASE)
_NUMBER = re.compile(r"\s*\d{1,3}\s")
_FINISHED = re.compile(r"[.!?…:][\"”’')\]*_>]*(?:\[\d+ ?\]|[⁰¹²³⁴⁵⁶⁷⁸⁹])*\s*$")


def is_wrapped(lines: list[str]) -> bool:
    """Whether lines end where the window was full, not where paragraphs do: most full lines have another right below them."""
    full = [index for index, line in enumerate(lines) if len(line.strip()) >= NARROWEST]
    if len(full) < 4 or any(len(lines[index].rstrip()) > WIDEST for index in full) or any("\t" in lines[index].strip() for index in full):
        return False
    followed = [index for index in full if index + 1 < len(lines) and lines[index + 1].strip()]
    cut = [index for index in followed if not _FINISHED.search(lines[index])]
    return len(cut) * 2 > len(full)


def joined(lines: list[str]) -> tuple[list[str], list[int]]:
    """The lines with those of one paragraph joined, and for each the number of the line (from 1) on which it begins."""
    width = max((len(line.rstrip()) for line in lines), default=0)
    out: list[str] = []
    numbers: list[int] = []
    before = ""
    for number, line in enumerate(lines, 1):
        if before.strip() and _goes_on(before, line, width):
            hyphenated = out[-1].endswith("-") and line.strip()[:1].islower() and out[-1][-2:-1].isalpha()
            out[-1] = out[-1].rstrip() + ("" if hyphenated else " ") + line.strip()
        else:
            out.append(line.rstrip())
            numbers.append(number)
        before = line
    return out, numbers


def _goes_on(before: str, line: str, width: int) -> bool:
    """Whether a line goes on with the one above it: that one is full, and this one begins nothing of its own."""
    if not line.strip() or _BEGINS.match(line):
        return False
    if _NUMBER.match(line) and _FINISHED.search(before):
        return False
    first = line.split(maxsplit=1)[0]
    return len(before.rstrip()) + 1 + len(first) > width - 12 or line.lstrip()[:1].islower()
