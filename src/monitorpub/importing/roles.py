"""Headings whose words say which field of a profile they begin."""

from __future__ import annotations

import re

from monitorpub.importing.document import Role

SINCE = re.compile(r"\s*(key developments since [^:.]{3,40}?)\s*:(?=\s|$)", re.IGNORECASE)
"""The lead of a paragraph: ``Key developments since May 2000: …``."""

_SINCE_WORDS = re.compile(r"key developments since (.{3,40})", re.IGNORECASE)
_ROLES: list[tuple[Role, re.Pattern[str]]] = [
    ("key-data", re.compile(r"key (?:data|facts|figures)")),
    ("key-developments", re.compile(r"key developments(?: since .{3,40})?")),
    ("recommendations", re.compile(r"recommendations(?: for action)?")),
    ("capacity", re.compile(r"(?:.{0,60} )?(?:survey and clearance|demining|clearance|mine action) capacity")),
    ("related", re.compile(r"learn more|read more|further reading|see also|related (?:links|pages|articles|content|documents|resources)")),
]


def role_of(words: str) -> Role:
    """What a heading of these words begins; empty where it is a section as others are."""
    plain = " ".join(words.split()).rstrip(" :").lower()
    return next((role for role, pattern in _ROLES if pattern.fullmatch(plain)), "")


def since_of(words: str) -> str:
    """The date of the report before, in a heading such as ``Key developments since May 2000``; empty where it names none."""
    match = _SINCE_WORDS.fullmatch(" ".join(words.split()))
    return match[1] if match else ""
