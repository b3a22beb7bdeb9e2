"""What abbreviations stand for, said where they are used.

The first use in each block (the key data, the recommendations, a top-level section) and in each note is a token of its own, unless the
long form stands beside it.  All uses would take longer to typeset: the engine sets the words before, in and behind each as three runs.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from markdown_it.token import Token

from monitorpub.model import HEADS
from monitorpub.text.abbreviations import Pair, collected, found_in, same_words

if TYPE_CHECKING:
    from monitorpub.number import Numbered, Steps


def expansions(pairs: Iterable[Pair]) -> dict[str, str]:
    """The long form by its abbreviation.  One that a document spells out in two ways, of different meaning, is left out."""
    out: dict[str, str] = {}
    unclear: set[str] = set()
    for short, long in pairs:
        if not same_words(out.setdefault(short, long), long):
            unclear.add(short)
    return {short: long for short, long in out.items() if short not in unclear}


def of_texts(numbered: Numbered) -> dict[Steps, dict[str, str]]:
    """What is said in each text and note, by its path: the abbreviations of which it has the first use, with their long forms."""
    known = expansions(collected(numbered))
    base = len(numbered.written.base)
    seen: dict[Steps, set[str]] = {}
    out: dict[Steps, dict[str, str]] = {}
    notes = [*numbered.notes, *(note for some in numbered.table_notes.values() for note in some)]
    texts = [*numbered.parsed.values(), *(note.parsed for note in notes)] if known else []
    for parsed in texts:
        path = parsed.text.path
        if path[-1] in HEADS:
            continue
        block = path if "notes" in path[base:] else path[: base + (2 if path[base] == "sections" else 1)]
        left = dict(known)
        list(_all(parsed.tokens, left))
        used = known.keys() - left.keys() - seen.setdefault(block, set())
        seen[block] |= used if "notes" not in path[base:] else set()
        out[path] = {short: known[short] for short in used}
    return out


def expanded(tokens: Iterable[Token], known: Mapping[str, str]) -> list[Token]:
    """The tokens with the first uses of ``known`` as tokens ``abbreviation``; none in links and in words of another language."""
    return list(_all(tokens, dict(known)))


def _all(tokens: Iterable[Token], left: dict[str, str]) -> Iterator[Token]:
    """The tokens; what was used is taken out of ``left``."""
    for token in tokens:
        if left and token.type == "inline" and any(short in token.content for short in left):
            token = copy.copy(token)
            token.children = list(_expanded(token.children or [], left))
        yield token


def _expanded(children: Sequence[Token], left: dict[str, str]) -> Iterator[Token]:
    words = "".join(_running(child) for child in children)
    uses = [(start, end, short) for short, start, end, long in found_in(words, capitals=True) if long is None and short in left]
    position, closed = 0, 0
    for child in children:
        start, position = position, position + len(_running(child))
        if child.type in ("link_open", "link_close") or (child.type in ("mark_open", "mark_close") and child.meta["lang"]):
            closed += child.nesting
        here = [use for use in uses if start <= use[0] and use[1] <= position]
        if child.type == "text" and here and not closed:
            yield from _split(child, start, here, left)
        else:
            yield child


def _running(token: Token) -> str:
    if token.type == "text":
        return token.content
    if token.type in ("softbreak", "hardbreak"):
        return " "
    return "" if token.nesting or token.type == "note_call" else "\0"


def _split(token: Token, start: int, uses: Sequence[tuple[int, int, str]], left: dict[str, str]) -> Iterator[Token]:
    last = 0
    for begin, end, short in uses:
        long = left.pop(short, None)
        if long is None:
            continue
        yield from _text(token, token.content[last : begin - start])
        typed, last = token.content[begin - start : end - start], end - start
        plural = typed.endswith("s") and not long.endswith("s")
        yield Token("abbreviation", "abbr", 0, content=typed, meta={"long": f"{long}s" if plural else long}, level=token.level)
    yield from _text(token, token.content[last:])


def _text(token: Any, content: str) -> Iterator[Token]:
    if content:
        piece: Token = copy.copy(token)
        piece.content = content
        yield piece
