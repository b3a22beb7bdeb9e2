"""The words of a text as they are printed, without its marks and its calls."""

from __future__ import annotations

from monitorpub.text.html import JOINER
from monitorpub.text.parse import Parsed, walk

_PLAIN = ("text", "code_inline", "softbreak", "hardbreak")


def plain(parsed: Parsed) -> str:
    """The words in one line, with the signs of print (quotation marks, dashes) and with plain spaces."""
    tokens = (token for token in walk(parsed.tokens) if token.type in _PLAIN)
    words = "".join(" " if token.type.endswith("break") else token.content for token in tokens)
    return " ".join(words.replace(JOINER, "").split())
