"""Headings in capitals become headings in small letters: the layout decides what is printed in capitals."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from monitorpub.importing.document import CALL
from monitorpub.importing.lines import in_capitals

_WORD = re.compile(r"[^\W\d_][\w’']*")
_INNER = re.compile(r"(?<=[\w,;’”\"')(] )[(“‘\"']?(?P<word>[^\W\d_][\w’']*)|(?P<capitals>\b[A-Z]{2,}\b)")
"""A word within a sentence: the first has a capital anyway."""

ABBREVIATIONS = frozenset("AP AV APMBC CCM CCW CMR ERW IED UN UXO".split())
"""What is written in capitals though the text does not show it."""

_NAMES = re.compile(r"\b(article|annex|protocol|amendment|table) (?=[\dIVX]+\b)")


class Forms:
    """How the words of a text are written in it."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._counts: dict[str, Counter[str]] = {}
        self.changed = 0
        for text in texts:
            if in_capitals(text):
                continue
            for match in _INNER.finditer(text):
                word = match["word"] or match["capitals"]
                self._counts.setdefault(word.lower(), Counter())[word] += 1

    def calm(self, words: str) -> str:
        """A heading in capitals as a sentence is written; others as they are.  Abbreviations and names keep what they have in the text."""
        if not in_capitals(CALL.sub("", words)):
            return words
        self.changed += 1
        pieces = re.split(r"(\[\^[^\]]*\])", words)
        out = "".join(piece if piece.startswith("[^") else _WORD.sub(lambda match: self._form(match[0]), piece) for piece in pieces)
        out = _NAMES.sub(lambda match: match[0].capitalize(), out)
        first = next((index for index, sign in enumerate(out) if sign.isalpha()), 0)
        return out[:first] + out[first : first + 1].upper() + out[first + 1 :]

    def _form(self, word: str) -> str:
        forms = self._counts.get(word.lower())
        if not forms:
            return word if word in ABBREVIATIONS else word.lower()
        if word.lower() in forms and not (word.isupper() and forms[word] > forms[word.lower()]):
            return word.lower()
        return forms.most_common(1)[0][0]
