"""The words of a text as they are printed, without its marks and its calls."""

from __future__ import annotations

from collections.abc import Iterable

from markdown_it.token import Token

from monitorpub.text.html import JOINER
from monitorpub.text.parse import Parsed, walk

_PLAIN = ("text", "code_inline", "softbreak", "hardbreak")


def plain(parsed: Parsed) -> str:
    """The words in one line, with the signs of print (quotation marks, dashes) and with plain spaces."""
    return _words(parsed.tokens)


def lines(parsed: Parsed) -> str:
    """The same with a line for each paragraph and each item of a list."""
    return "\n".join(words for token in parsed.tokens if token.type == "inline" and (words := _words([token])))


def targets(parsed: Parsed) -> list[str]:
    """Where the links of the text lead, in its order."""
    return [str(token.attrs["href"]) for token in walk(parsed.tokens) if token.type == "link_open"]


def _words(within: Iterable[Token]) -> str:
    tokens = (token for token in walk(within) if token.type in _PLAIN)
    words = "".join(" " if token.type.endswith("break") else token.content for token in tokens)
    return " ".join(words.replace(JOINER, "").split())
