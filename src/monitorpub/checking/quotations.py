"""Quotations in a text as it was typed: curly or straight, double or single, one inside the other.

An apostrophe is not a quotation mark: one between letters (don't), one that ends a plural (States' reports) while no single
quotation is open, one that stands for lost signs ('90s).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

PAIRS = {"“": "”", "«": "»", "„": "“"}


@dataclass(frozen=True)
class Quotation:
    """A quotation: where its opening mark stands, and where its closing mark does (None where it is never closed)."""

    start: int
    end: int | None
    mark: str
    level: int

    def words(self, text: str) -> str:
        """What is quoted, without the marks."""
        return text[self.start + 1 : self.end] if self.end is not None else text[self.start + 1 :]


@dataclass
class _Reading:
    open: list[tuple[int, str]]
    found: list[Quotation]
    stray: list[int]


def quotations(text: str) -> tuple[Quotation, ...]:
    """The quotations of a text in the order of their opening marks."""
    return tuple(sorted(_read(text).found, key=lambda q: q.start))


def stray_marks(text: str) -> tuple[int, ...]:
    """Closing marks that close nothing."""
    return tuple(_read(text).stray)


def _read(text: str) -> _Reading:
    reading = _Reading([], [], [])
    for index, sign in enumerate(text):
        if sign in PAIRS and not (sign == "“" and reading.open and reading.open[-1][1] == "„"):
            reading.open.append((index, sign))
        elif sign in "”»“":
            _close(reading, index, {"”": "“", "»": "«", "“": "„"}[sign])
        elif sign == '"':
            _straight(reading, text, index)
        elif sign == "‘" and not text[index - 1 : index].isalnum():
            reading.open.append((index, sign))
        elif sign in "’'":
            _single(reading, text, index, sign)
    reading.found += [Quotation(at, None, mark, 0) for at, mark in reading.open]
    return reading


def _close(reading: _Reading, index: int, opening: str) -> None:
    """Close the innermost quotation of this kind; single ones left open inside it were apostrophes."""
    for depth in range(len(reading.open) - 1, -1, -1):
        at, mark = reading.open[depth]
        if mark == opening:
            del reading.open[depth:]
            reading.found.append(Quotation(at, index, mark, depth))
            return
        if mark not in "‘'":
            break
    reading.stray.append(index)


def _straight(reading: _Reading, text: str, index: int) -> None:
    before, after = text[index - 1 : index], text[index + 1 : index + 2]
    is_open = any(mark == '"' for _, mark in reading.open)
    if is_open:
        _close(reading, index, '"')
    elif after and not after.isspace() and (not before or before.isspace() or before in "([{-—–/“‘'*_"):
        reading.open.append((index, '"'))
    else:
        reading.stray.append(index)


def _single(reading: _Reading, text: str, index: int, sign: str) -> None:
    before, after = text[index - 1 : index], text[index + 1 : index + 2]
    opening = {"’": "‘", "'": "'"}[sign]
    if before.isalnum() and after.isalnum():
        return  # an apostrophe
    for depth in range(len(reading.open) - 1, -1, -1):
        if reading.open[depth][1] == opening:
            if not after.isalnum():
                at, mark = reading.open[depth]
                del reading.open[depth:]
                reading.found.append(Quotation(at, index, mark, depth))
            return
    opens = sign == "'" and after.isalpha() and (not before or before.isspace() or before in '(["“')
    if opens and re.search(r"'(?!\w)", text[index + 1 :]):  # only where another one closes it
        reading.open.append((index, sign))


_CODE = re.compile(r"`[^`]*`|<[a-z]+:[^>\s]*>|\bhttps?://\S+|\]\([^)]*\)")


def masked(text: str) -> str:
    """The text with quotations, code and addresses replaced by NULs, sign by sign; their marks stay.

    A quotation that is never closed hides the rest of its paragraph.
    """
    signs = list(text)
    for found in quotations(text):
        if found.level:
            continue
        end = found.end if found.end is not None else _paragraph_end(text, found.start)
        for index in range(found.start + 1, end):
            if signs[index] != "\n":
                signs[index] = "\0"
    for match in _CODE.finditer(text):
        for index in range(*match.span()):
            signs[index] = "\0"
    return _mask_block_quotations("".join(signs), text)


def _paragraph_end(text: str, start: int) -> int:
    match = re.compile(r"\n\s*\n").search(text, start)
    return match.start() if match else len(text)


def _mask_block_quotations(signs: str, text: str) -> str:
    out, position = [], 0
    for line in text.splitlines(keepends=True):
        piece = signs[position : position + len(line)]
        out.append(re.sub(r"[^\n]", "\0", piece) if line.lstrip().startswith(">") else piece)
        position += len(line)
    return "".join(out)
