"""Notes of a plain text that stand as a numbered list at its end, or below a heading such as Notes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
FARTHEST = 3
"""How many numbers a note may be ahead of the one before it, where those between are lost."""
COMMON = 0.6
"""How many of the numbers of calls and of a list at the end of a text must be the same, for the list to be that of the notes."""

_FORMS = (
    re.compile(r"[^\S\n]*(\d{1,3})\.[^\S\n]+(?=\S)"),
    re.compile(r"[^\S\n]*(\d{1,3})\)[^\S\n]*(?=\S)"),
    re.compile(r"[^\S\n]*\((\d{1,3})\)[^\S\n]*(?=\S)"),
    re.compile(r"[^\S\n]*\[(\d{1,3})\s?\][^\S\n]*:?[^\S\n]*(?=\S)"),
    re.compile(r"[^\S\n]*([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})[^\S\n]*(?=\S)"),
)
_BARE = re.compile(r"[^\S\n]*(\d{1,3}):?[^\S\n]+(?=\S)")
"""Only below a heading of notes."""
_HEADING = re.compile(
    r"(?:foot|end)?\s?notes?|references?|sources?|notes and references|citations?|fu(?:ss|ß)noten|notes de bas de page", re.IGNORECASE
)


@dataclass
class Listed:
    """The notes that were found in lists, by the indexes of their lines: number and signs before the words."""

    notes: dict[int, tuple[int, int]] = field(default_factory=dict)
    headings: set[int] = field(default_factory=set)
    """The lines of headings that say that notes follow."""


def is_heading_of_notes(text: str) -> bool:
    """Whether a heading says that notes follow."""
    return _HEADING.fullmatch(text.strip().strip("=-_#:.* \t")) is not None


def note_lists(raws: list[str], calls: list[set[int]]) -> Listed:
    """The lists of notes in the lines of a text; ``calls`` are the numbers that each line calls.

    A list that stands at the end has the numbers that were called and have no notes; one below a heading of notes has some of them.
    """
    out = Listed()
    open_calls: set[int] = set()
    below: int | None = None
    index, words_end = 0, max((number for number, raw in enumerate(raws, 1) if raw.strip()), default=0)
    while index < len(raws):
        raw = raws[index]
        if is_heading_of_notes(raw):
            below = index
        elif raw.strip():
            run, end = _run(raws, index, calls, below=below is not None)
            if run and _are_notes(run, open_calls, below=below is not None, last=end >= words_end):
                out.notes |= run
                out.headings |= {below} if below is not None else set()
                open_calls -= {number for number, _ in run.values()}
                index, below = end, None
                continue
            open_calls |= calls[index]
            below = None
        index += 1
    return out


def _are_notes(run: dict[int, tuple[int, int]], called: set[int], *, below: bool, last: bool) -> bool:
    numbers = {number for number, _ in run.values()}
    common = len(numbers & called)
    if below:
        return common > 0
    return last and common > 0 and common >= COMMON * max(len(numbers), len(called))


def _run(raws: list[str], start: int, calls: list[set[int]], *, below: bool) -> tuple[dict[int, tuple[int, int]], int]:
    """The list that begins at a line, in one form throughout, and the index behind its last line."""
    form = next((one for one in (*_FORMS, *([_BARE] if below else [])) if one.match(raws[start])), None)
    run: dict[int, tuple[int, int]] = {}
    if form is None:
        return run, start
    last, index, end, gap = 0, start, start, False
    while index < len(raws):
        raw = raws[index]
        if not raw.strip():
            gap = True
        elif (found := form.match(raw)) and last < (number := int(found[1].translate(SUPERSCRIPTS))) <= last + FARTHEST + 1:
            if calls[index]:  # a note calls nothing: this is a list of the text
                return {}, start
            run[index] = (number, found.end())
            last, end, gap = number, index + 1, False
        elif gap or found or not run:
            break
        else:
            end = index + 1
        index += 1
    return run, end
