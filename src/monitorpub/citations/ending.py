"""Where a reference meets the text round it: stops and commas by the house, and exactly one full stop at the end of a note."""

from __future__ import annotations

from markdown_it.token import Token

from monitorpub.citations.inlines import text

_CLOSING = "”’»›"


def without_marks(words: str) -> str:
    """The words without the quotation marks that close them; an apostrophe at the end, as in soldiers’, stays."""
    bare = words
    while bare and bare[-1] in _CLOSING and (bare[-1] != "’" or "‘" in bare):
        bare = bare[:-1]
    return bare


def nest(tokens: list[Token]) -> None:
    """Move stops and commas into inner quotation marks too: “one ‘two’,” becomes “one ‘two,’”."""
    for index, token in enumerate(tokens):
        if token.type != "text" or token.content[:2] not in (",”", ".”"):
            continue
        before = next((one for one in reversed(tokens[:index]) if one.nesting == 0), None)
        if before is None or before.type != "text" or not (bare := without_marks(before.content)) or bare == before.content:
            continue
        before.content = bare + token.content[0] + before.content[len(bare) :]
        token.content = token.content[1:]


def tail(tokens: list[Token]) -> str:
    """The last words of a stretch of text."""
    words = ""
    for token in reversed(tokens):
        if token.type in ("text", "code_inline"):
            words = token.content + words
        elif token.type in ("softbreak", "hardbreak"):
            words = " " + words
        elif token.nesting == 0:
            break
        if len(words.strip()) > 8:
            break
    return words


def begins_sentence(tokens: list[Token]) -> bool:
    """Whether what follows these tokens begins a sentence."""
    words = tail(tokens).rstrip().rstrip(_CLOSING + ")]")
    return not words or words[-1] in ".?!:" if words else True


def meet(tokens: list[Token], following: str, *, inside: bool) -> str:
    """What is left of the text that follows a reference, once its first stop or comma has found its place.

    A stop after a stop is dropped; where the house sets them ``inside``, stops and commas go into the quotation marks.
    """
    if following[:1] not in (".", ",") or following.startswith(("...", "..")):
        return following
    words = tail(tokens)
    bare = without_marks(words)
    after_link = tokens[-1].type == "link_close" and tokens[-1].info == "auto" if tokens else False
    if following[0] == "." and (bare.endswith(".") or (_asks(bare, words, inside=inside) and not after_link)):
        return following[1:]
    if inside and bare != words and not bare.endswith((".", ",", "?", "!")) and _put_inside(tokens, following[0]):
        return following[1:]
    return following


def close(tokens: list[Token], *, inside: bool, comment: bool) -> None:
    """Set the full stop at the end of a note that ends with these tokens; a ``comment`` may end as a question or a call."""
    while tokens and tokens[-1].type in ("softbreak", "text") and not tokens[-1].content.strip():
        tokens.pop()
    if not tokens:
        return
    if tokens[-1].type == "text":
        tokens[-1].content = tokens[-1].content.rstrip()
    words = tail(tokens)
    bare = words.rstrip(")]") if words.endswith((".)", ".]")) else without_marks(words)
    after_link = any(token.type == "link_close" and token.info == "auto" for token in tokens[-1:])
    ended = bare.endswith((".", "?", "!") if comment else ".") or _asks(bare, words, inside=inside)
    if ended and not after_link:
        return
    if inside and words[-1:] in _CLOSING and words and not bare.endswith(("?", "!")) and _put_inside(tokens, "."):
        return
    tokens.append(text("."))


def _asks(bare: str, words: str, *, inside: bool) -> bool:
    """Whether a title ends the words with its own ? or !, where the house would set the stop."""
    return bare.endswith(("?", "!")) and (inside or bare == words)


def _put_inside(tokens: list[Token], sign: str) -> bool:
    """Put a sign before the closing quotation marks that end the tokens."""
    for index in range(len(tokens) - 1, -1, -1):
        token = tokens[index]
        if token.type != "text":
            if token.nesting == 0:
                return False
            continue
        bare = without_marks(token.content)
        if bare or index == 0:
            token.content = bare + sign + token.content[len(bare) :]
            return True
        token.content = sign + token.content  # the marks stand alone, behind a link that they enclose
        nest(tokens)
        return True
    return False
