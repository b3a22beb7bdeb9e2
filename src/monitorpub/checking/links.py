"""Links and images in a text as it was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_CODE = re.compile(r"`[^`]*`|\\[\\`\[\]!]")
_WORDS = r"(?P<words>[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*)"
_ADDRESS = r"<?(?P<address>[^()\s<>]*(?:\([^()\s<>]*\)[^()\s<>]*)*)>?"
_LINK = re.compile(rf"(?P<image>!?)\[{_WORDS}\]\({_ADDRESS}(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)")


@dataclass(frozen=True)
class Typed:
    """The words of a link or of an image, where they stand, and its address."""

    words: str
    address: str
    start: int
    end: int


def links(text: str) -> Iterator[Typed]:
    """The links with words of their own, in order; addresses that stand for themselves are none."""
    yield from _found(text, "")


def images(text: str) -> Iterator[Typed]:
    """The images, in order."""
    yield from _found(text, "!")


def _found(text: str, image: str) -> Iterator[Typed]:
    if "](" not in text:
        return
    plain = _CODE.sub(lambda match: "\0" * len(match[0]), text)
    for match in _LINK.finditer(plain):
        if match["image"] == image:
            start, end = match.span("words")
            yield Typed(text[start:end], match["address"], start, end)
