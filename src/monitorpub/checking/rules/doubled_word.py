"""W104: a word that stands twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitorpub.checking.manuscript import Manuscript
from monitorpub.checking.prose import CALL, is_english, running, without_tables, without_titles
from monitorpub.checking.rule import Hit, Mend, Rule, Severity
from monitorpub.checking.words import LEGAL_DOUBLES, PARTICLE_VERBS, PARTICLES

_DOUBLE = re.compile(rf"(?<![\w’'.-])([^\W\d_]+)((?:{CALL})*[^\S\n]*\n?[^\S\n]*(?:{CALL})*)\b(\1)(?![\w’'-])", re.IGNORECASE)
_BULLET = re.compile(r"\n[^\S\n]*$")


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """Words that stand twice, in one line or over its end, with or without a call between them."""
    if not is_english(manuscript):
        return
    for passage in running(manuscript):
        text = without_tables(without_titles(passage.unquoted))
        for match in _DOUBLE.finditer(text):
            word, between, again = match.groups()
            if not between or _legal(word, again, text[: match.start()]):
                continue
            mend = None if between.strip() else Mend(passage, match.start(2), match.end(), "")
            yield Hit(passage, *match.span(), f"“{word}” stands twice.", mend=mend)


def _legal(word: str, again: str, before: str) -> bool:
    if word.lower() in LEGAL_DOUBLES or again[0].isupper():
        return True  # Bora Bora; a capital begins a name
    if len(word) == 1 and word.lower() != "a":
        return True
    verb = re.search(r"([a-z]+)\s+$", before)
    return word.lower() in PARTICLES and verb is not None and verb[1] in PARTICLE_VERBS


RULE = Rule(
    code="W104",
    name="doubled-word",
    severity=Severity.ERROR,
    what="A word that stands twice, also over the end of a line or with a note call between. That that, had had and the like are let pass.",
    why="It is left over from moving words about, and no reader misses it.",
    example="Mines were laid along the the border.",
    instead="Delete one of the two.",
    check=find,
)
