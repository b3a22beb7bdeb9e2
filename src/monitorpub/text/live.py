"""Where words stand in a text, passing over what CommonMark takes as it stands: code, and signs behind a backslash."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

_INERT = re.compile(
    r"""
      ^[ ]{0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n(?:.*?^[ ]{0,3}(?P=fence)[`~]*[ ]*$|.*\Z)
    | (?<![`\\])(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=ticks)(?!`)
    | \\[!-/:-@\[-`{-~]
    """,
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)


def occurrences(text: str, words: str) -> list[tuple[int, int]]:
    """Every stretch of the text that is ``words``: those that CommonMark reads, or all where it reads none.

    White space stands for any white space, as text may be broken over lines.
    """
    pattern = r"\s+".join(re.escape(word) for word in re.split(r"\s+", words.strip()))
    if not pattern:
        return []
    found = [match.span() for match in re.finditer(pattern, text)]
    starts, ends = _inert(text)
    read = [span for span in found if not _within(span[0], starts, ends)]
    return read or found


def _within(offset: int, starts: list[int], ends: list[int]) -> bool:
    index = bisect_right(starts, offset) - 1
    return index >= 0 and offset < ends[index]


@lru_cache(maxsize=8)
def _inert(text: str) -> tuple[list[int], list[int]]:
    spans = [match.span() for match in _INERT.finditer(text)]
    return [start for start, _ in spans], [end for _, end in spans]
