"""What abbreviations stand for, said where they are used: each use is a token of its own, but where it is spelt out beside it."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from markdown_it.token import Token

from monitorpub.text.abbreviations import Pair, found_in, same_words


def expansions(pairs: Iterable[Pair]) -> dict[str, str]:
    """The long form by its abbreviation.  One that a document spells out in two ways, of different meaning, is left out."""
    out: dict[str, str] = {}
    unclear: set[str] = set()
    for short, long in pairs:
        if not same_words(out.setdefault(short, long), long):
            unclear.add(short)
    return {short: long for short, long in out.items() if short not in unclear}


def expanded(tokens: Iterable[Token], known: Mapping[str, str]) -> list[Token]:
    """The tokens with those of ``known`` as tokens ``abbreviation``; none in links and in words of another language."""
    out = []
    for token in tokens:
        if known and token.type == "inline" and any(short in token.content for short in known):
            token = copy.copy(token)
            token.children = list(_expanded(token.children or [], known))
        out.append(token)
    return out


def _expanded(children: Sequence[Token], known: Mapping[str, str]) -> Iterator[Token]:
    words = "".join(_running(child) for child in children)
    uses = [(start, end, known[short]) for short, start, end, long in found_in(words, capitals=True) if long is None and short in known]
    position, closed = 0, 0
    for child in children:
        start, position = position, position + len(_running(child))
        if child.type in ("link_open", "link_close") or (child.type in ("mark_open", "mark_close") and child.meta["lang"]):
            closed += child.nesting
        here = [use for use in uses if start <= use[0] and use[1] <= position]
        if child.type == "text" and here and not closed:
            yield from _split(child, start, here)
        else:
            yield child


def _running(token: Token) -> str:
    if token.type == "text":
        return token.content
    if token.type in ("softbreak", "hardbreak"):
        return " "
    return "" if token.nesting or token.type == "note_call" else "\0"


def _split(token: Token, start: int, uses: Sequence[tuple[int, int, str]]) -> Iterator[Token]:
    last = 0
    for begin, end, long in uses:
        yield from _text(token, token.content[last : begin - start])
        short, last = token.content[begin - start : end - start], end - start
        plural = short.endswith("s") and not long.endswith("s")
        yield Token("abbreviation", "abbr", 0, content=short, meta={"long": f"{long}s" if plural else long}, level=token.level)
    yield from _text(token, token.content[last:])


def _text(token: Any, content: str) -> Iterator[Token]:
    if content:
        piece: Token = copy.copy(token)
        piece.content = content
        yield piece
