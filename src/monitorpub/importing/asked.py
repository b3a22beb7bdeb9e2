"""Questions and answers in a plain text: each question between two lines that have nothing but a hyphen."""

from __future__ import annotations

from dataclasses import dataclass

from monitorpub.importing.document import Role
from monitorpub.importing.lines import LONE_HYPHEN, Line

LEAST = 2
"""Questions that make a text one of questions."""
TITLE_WORDS = 25


@dataclass(frozen=True)
class Turn:
    """What stands at a line: the line of a heading and what it begins, or nothing; and the line to go on with."""

    role: Role
    line: int
    next: int


class Asked:
    """The questions of a text."""

    def __init__(self, lines: list[Line]) -> None:
        self._lines = lines
        self._hyphens = {index for index, line in enumerate(lines) if LONE_HYPHEN.match(line.typed)}
        self._questions = [
            index
            for index, line in enumerate(lines)
            if index - 1 in self._hyphens and index + 1 in self._hyphens and line.words.endswith("?")
        ]
        self.found = len(self._questions) >= LEAST
        self.inside = False
        """Whether what stands here answers a question."""

    def at(self, index: int) -> Turn | None:
        """What a line of hyphens stands for; None for other lines."""
        if index not in self._hyphens:
            return None
        if index + 1 in self._questions:
            self.inside = True
            return Turn("question", index + 1, index + 3)
        following = self._lines[index + 1] if index + 1 < len(self._lines) else None
        last = bool(self._questions) and index > self._questions[-1] and self.inside
        if last and following is not None and index + 1 not in self._hyphens:
            self.inside = False
            words = following.words
            if len(words.split()) <= TITLE_WORDS and words[-1:] not in (".", ";", ","):
                return Turn("call-out", index + 1, index + 2)
        return Turn("", index, index + 1)
