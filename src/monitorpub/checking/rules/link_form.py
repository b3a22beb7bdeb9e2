"""S108: an address in a note that is not whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitorpub.checking.in_notes import texts
from monitorpub.checking.manuscript import Manuscript
from monitorpub.checking.rule import Hit, Rule, Severity
from monitorpub.text.quotations import outer

_DOMAIN = r"(?:[a-z0-9-]+\.){1,6}(?:com|org|net|int|info|gov|edu|mil|eu|io|ly|me|tv|uk|kr|kp|jp|cn|de|fr|ch|no|be|nl|au|ca|ru|ua|us|news)\b"
_ADDRESS = r"(?:/[^\s<>]*[^\s<>.,;:!?)\]\"”’])?"
_BARE = re.compile(rf"(?<![\w@/.:*-])({_DOMAIN}{_ADDRESS})(?![\w@*])")
_WWW = re.compile(rf"(?<![\w@/.:-])(www\.[\w-]+\.[\w.-]*\w{_ADDRESS})")
_BROKEN = re.compile(r"(?<!\w)((?:https?:/(?!/)|https?//|hhtps?:|htp+s?:(?<!http:)(?<!https:)|https?:\s+//|https?://\s)\S*)")


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """Addresses without https:// or with a broken one.  A bare domain at the end is the way of the Monitor, and let pass there."""
    for name, passage in texts(manuscript):
        text = list(passage.text)
        for quotation in outer(passage.text):
            if quotation.end is not None:
                text[quotation.start : quotation.end] = "\0" * (quotation.end - quotation.start)
        words = re.sub(r"`[^`]*`|\[[^\]]*\]\([^)]*\)", lambda match: "\0" * len(match[0]), "".join(text))
        spans = {match.span(1) for match in _WWW.finditer(words)}
        if manuscript.house == "mine-action-review":
            spans |= {
                m.span(1)
                for m in _BARE.finditer(words)
                if _is_address(words, *m.span(1)) and not any(a <= m.start(1) < b for a, b in spans)
            }
        for start, end in sorted(spans):
            address = passage.text[start:end]
            yield Hit(
                passage,
                start,
                end,
                f"{name} has the address {address} without https://.",
                f"Write https://{address}, if it is found there.",
            )
        for match in _BROKEN.finditer(words):
            yield Hit(passage, *match.span(1), f"{name} has an address whose beginning is broken: {match[1]}")


def _is_address(text: str, start: int, end: int) -> bool:
    """Whether a domain is given as an address, not as the name of an outlet: after ``at:``, with a path or at the end of its source."""
    led = re.search(r"\bat:?\s*<?$", text[:start]) is not None
    return led or "/" in text[start:end] or re.compile(r">?\s*(?:[.;)]\s|[.;)]*$)").match(text, end) is not None


RULE = Rule(
    code="S108",
    name="link-form",
    severity=Severity.WARNING,
    what="An address in a note that does not begin with https:// or http://. Bare domains of the Monitor are let pass.",
    why="Only a whole address becomes a link that can be followed.",
    example="“Title”, *Outlet*, 5 January 2024, at: www.example.org/news.",
    instead="“Title”, *Outlet*, 5 January 2024, at: https://www.example.org/news.",
    check=find,
)
