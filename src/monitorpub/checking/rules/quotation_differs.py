"""W107: one quotation in two forms."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from monitorpub.checking.manuscript import Manuscript, Passage
from monitorpub.checking.prose import line_of, without_calls
from monitorpub.checking.rule import Hit, Rule, Severity

LEAST = 8
"""Quotations of fewer words are phrases that many may have used."""
SHARED = 0.8
"""The part of the words that two forms of one quotation have in common."""

_ELLIPSIS = re.compile(r"\[?(?:…|\.\s?\.\s?\.)\]?")
_TOKEN = re.compile(r"\[[^\]]*\]\w*|[^\W_]+(?:[’'.-][^\W_]+)*")


@dataclass(frozen=True)
class _Quoted:
    """A quotation, or the stretch of one between two ellipses."""

    manuscript: Manuscript
    passage: Passage
    start: int
    end: int
    typed: tuple[str, ...]
    words: tuple[str, ...]
    """As typed, without what a house may change."""


def find(manuscripts: list[Manuscript]) -> Iterator[Hit]:
    """The later of two quotations that share most of their words and differ in some."""
    seen: list[_Quoted] = []
    by_words: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for quoted in (q for m in manuscripts for q in _quotations(m)):
        near: set[int] = set()
        for triple in _triples(quoted.words):
            near.update(by_words[triple])
            by_words[triple].append(len(seen))
        for index in sorted(near):
            if differences := _differences(seen[index], quoted):
                yield _hit(quoted, seen[index], differences)
                break
        seen.append(quoted)


def _quotations(manuscript: Manuscript) -> Iterator[_Quoted]:
    for passage in manuscript.body:
        text = without_calls(passage.text)
        for quotation in passage.quotations:
            if quotation.level or quotation.end is None:
                continue
            start = quotation.start + 1
            for cut in [*_ELLIPSIS.finditer(text, start, quotation.end), None]:
                end = cut.start() if cut else quotation.end
                typed = tuple(_TOKEN.findall(text[start:end]))
                if len(typed) >= LEAST:
                    yield _Quoted(manuscript, passage, start, end, typed, tuple(_plain(word) for word in typed))
                start = cut.end() if cut else end


def _plain(word: str) -> str:
    """A word without what a house may change; an editor's bracket as “[]” where it stands for other words."""
    if word.startswith("[") and "]" in word:
        inner, _, rest = word[1:].partition("]")
        return (inner + rest).lower() if rest or len(inner) == 1 else "[]"
    return word.lower().replace("’", "'").rstrip(".")


def _triples(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    return {words[i : i + 3] for i in range(len(words) - 2)}


def _differences(one: _Quoted, other: _Quoted) -> list[tuple[str, str]]:
    """The words in which two forms of one quotation differ; none where they are two quotations, or one is part of the other."""
    first, second = one.words, other.words
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    shared = sum(block.size for block in blocks)
    begin, end = blocks[0], blocks[-1]
    spans = (end.a + end.size - begin.a, end.b + end.size - begin.b)
    if shared < LEAST - 2 or shared < SHARED * max(spans) or shared < SHARED * min(len(first), len(second)):
        return []
    found = []
    for tag, a, b, c, d in matcher.get_opcodes():
        inner = a >= begin.a and c >= begin.b and b <= end.a + end.size and d <= end.b + end.size
        if tag != "equal" and inner and "[]" not in (*first[a:b], *second[c:d]):
            found.append((" ".join(one.typed[a:b]), " ".join(other.typed[c:d])))
    return found


def _hit(quoted: _Quoted, other: _Quoted, differences: list[tuple[str, str]]) -> Hit:
    line = line_of(other.passage, other.start)
    where = f"line {line}" if other.manuscript is quoted.manuscript else f"{other.manuscript.file.name}, line {line}"
    said = "; ".join(_difference(there, here) for there, here in differences[:3])
    return Hit(quoted.passage, quoted.start, quoted.end, f"This quotation stands in {where} in another form: {said}.")


def _difference(there: str, here: str) -> str:
    if not here:
        return f"“{there}” stands there and not here"
    if not there:
        return f"“{here}” stands here and not there"
    return f"“{here}” here, “{there}” there"


RULE = Rule(
    code="W107",
    name="quotation-differs",
    severity=Severity.WARNING,
    what="Two quotations of eight words or more, in one profile or in two, that share most of their words and differ in some. "
    "Ellipses, editor's brackets and a quotation that is part of a longer one are let pass.",
    why="A quotation has one wording; one of the two misquotes.",
    example="“the area will be cleared by the end of next year” in one profile, “the area shall be cleared by the end of next year” "
    "in another",
    instead="Look the words up in the source, and quote them alike in both places.",
    edition=find,
)
