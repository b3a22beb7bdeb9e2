"""Quotations in a text as it was typed: curly or straight, double or single, one inside the other.

An apostrophe is not a quotation mark: one between letters (don't), one that ends a plural (States' reports) while no single
quotation is open, one that stands for lost signs ('90s).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from monitorpub.text.marks import MARKED

PAIRS = {"“": "”", "«": "»", "„": "“"}
CLOSING = "”»“\"’'"


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


_MARKS = re.compile(r"[“”«»„\"‘’']|\n(?=[^\S\n]*\n)")
_TICKS = re.compile(r"`[^`]*`|(?<=\])\{\s*(?:\.index|lang|term)\b[^{}]*\}")
_INCHES = re.compile(r"(?<!\d)\d{1,2}$")


@lru_cache(maxsize=512)
def _read(text: str) -> _Reading:
    reading = _Reading([], [], [])
    text = _TICKS.sub(lambda code: "\0" * len(code[0]), text)
    for match in _MARKS.finditer(text):
        index, sign = match.start(), match[0]
        if sign == "\n":
            _end_paragraph(reading)
        elif sign in PAIRS and not (sign == "“" and reading.open and reading.open[-1][1] == "„"):
            reading.open.append((index, sign))
        elif sign in "”»“":
            marks = {mark for _, mark in reading.open}
            half_straight = sign == "”" and "“" not in marks and '"' in marks
            _close(reading, index, '"' if half_straight else {"”": "“", "»": "«", "“": "„"}[sign])
        elif sign == '"':
            _straight(reading, text, index)
        elif sign == "‘" and not text[index - 1 : index].isalnum() and not text[index + 1 : index + 2].isdigit():
            reading.open.append((index, sign))
        elif sign in "’'":
            _single(reading, text, index, sign)
    reading.found += [Quotation(at, None, mark, 0) for at, mark in reading.open]
    return reading


def _end_paragraph(reading: _Reading) -> None:
    """A straight mark cannot be told apart from its partner, so none reaches over the end of a paragraph."""
    reading.found += [Quotation(at, None, mark, 0) for at, mark in reading.open if mark in "\"'"]
    reading.open = [(at, mark) for at, mark in reading.open if mark not in "\"'"]


def _close(reading: _Reading, index: int, opening: str) -> bool:
    """Close the innermost quotation of this kind; single ones left open inside it were apostrophes."""
    for depth in range(len(reading.open) - 1, -1, -1):
        at, mark = reading.open[depth]
        if mark == opening:
            del reading.open[depth:]
            reading.found.append(Quotation(at, index, mark, depth))
            return True
        if mark not in "‘'":
            break
    if opening != '"':
        reading.stray.append(index)
    return False


def _straight(reading: _Reading, text: str, index: int) -> None:
    before, after = text[index - 1 : index], text[index + 1 : index + 2]
    opens = bool(after) and not after.isspace() and (not before or before.isspace() or before in "([{-—–/“‘'*_")
    words_follow = after.isalnum() and (not before or before.isspace())
    is_open = any(mark == '"' for _, mark in reading.open)
    if is_open and words_follow:  # this one opens, so the one before was never closed
        depth = max(depth for depth, (_, mark) in enumerate(reading.open) if mark == '"')
        reading.found.append(Quotation(reading.open[depth][0], None, '"', 0))
        del reading.open[depth:]
        reading.open.append((index, '"'))
    elif is_open:
        _close(reading, index, '"')
    elif opens:
        reading.open.append((index, '"'))
    elif _INCHES.search(text[:index][-3:]):
        return  # a measure: 4" of earth
    elif not _close(reading, index, "“" if any(mark == "“" for _, mark in reading.open) else '"'):
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


def outer(text: str) -> tuple[Quotation, ...]:
    """The quotations that are closed and stand in no other closed one."""
    out: list[Quotation] = []
    for found in quotations(text):
        if found.end is not None and not (out and out[-1].end is not None and found.start < out[-1].end):
            out.append(found)
    return tuple(out)


CODE = re.compile(
    r"""
      `[^`]*` | <[a-z]+:[^>\s]*> | \]\([^)]*\)
    | \b(?:https?://|www\.) [^\s<>]* [^\s<>.,;:!?)\]"”’]
    | \b(?:[\w-]+\.){1,6}[a-z]{2,6}/ [^\s<>]* [^\s<>.,;:!?)\]"”’]
    | \b[\w.+-]+@[\w-]+(?:\.[\w-]+)+
    | (?<![\w.])@[\w{][\w:./#%&+?~-]*
    """,
    re.VERBOSE,
)
"""Code, addresses and the keys of citations: what no rule of style looks into."""


NOTHING = "\u2060"
"""Stands for the signs of a mark for the index or a language, of which nothing is printed."""


def masked(text: str) -> str:
    """The text with quotations, code and addresses replaced by NULs, sign by sign; their marks stay.

    Marks for the index and for languages are NOTHING; words in another language are replaced, too.

    A quotation that is never closed hides the rest of its paragraph, one that was never opened what stands before it.
    """
    signs = list(text)
    last = 0
    strays = [(_paragraph_start(text, at), at) for at in stray_marks(text) if text[at] not in "’'"]
    spans = [(q.start + 1, q.end if q.end is not None else _paragraph_end(text, q.start)) for q in quotations(text)]
    for start, end in sorted([*strays, *spans]):
        for index in range(max(start, last), end):
            if signs[index] != "\n":
                signs[index] = "\0"
        last = max(last, end + 1 if end < len(text) and text[end] in CLOSING else end)
    for match in CODE.finditer(text):
        for index in range(*match.span()):
            signs[index] = "\0"
    for match in _marked(text, 0, len(text)) if "]{" in text else ():
        for index in range(*match.span("words")) if "lang" in match["braces"] else ():
            signs[index] = "\0" if signs[index] not in ("\n", NOTHING) else signs[index]
        for index in (match.start(), *range(*match.span("end"))):
            signs[index] = NOTHING
    return _mask_block_quotations("".join(signs), text)


def _marked(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Words with a mark, those within marked words too."""
    for match in MARKED.finditer(text, start, end):
        yield match
        yield from _marked(text, *match.span("words"))


def _paragraph_start(text: str, end: int) -> int:
    matches = list(re.finditer(r"\n\s*\n", text[:end]))
    return matches[-1].end() if matches else 0


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
