"""Signs of plain text that CommonMark, as sources are read, would take for marks."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"<https?://[^\s<>]+>|https?://[^\s<>\"“”]+", re.IGNORECASE)
_AFTER = ".,;:!?)’'"
"""What stands behind a bare address and is none of it."""

_INLINE = re.compile(
    r"\\(?=[!-/:-@\[-`{-~]|$)"
    r"|[`*{}]"
    r"|(?<![^\W_])_|_(?![^\W_])"
    r"|<(?=[A-Za-z/!?])"
    r"|&(?=#?\w+;)"
    r"|\[(?=\^|[^\[\]]*@|[^\[\]]*\][(\[{:])"
)
_ITALIC = re.compile(r"(?<![\w*\\])\*(?=[^\s*])([^*\n]{0,200}?[^\s*])\*(?![\w*])")
_AT_START = re.compile(r"#{1,6}(?=\s|$)|>|[-+](?=\s|$)|(?:-{2,}|={1,}|~{3,})\s*$|\|")
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=\s|$)")

_SIGNS_ONLY = re.compile(r"[*_=~+:|`-]+")

_ITALIC_MARK = "\ue000"
"""Stands for the asterisks of italics while other signs are escaped."""


def escaped(words: str) -> str:
    """Words that are printed as they stand, anywhere in a line; addresses in them become links."""
    out, last = [], 0
    for match in _ADDRESS.finditer(words):
        address = match[0]
        if not address.startswith("<"):
            address = address.rstrip(_AFTER)
        out += [_INLINE.sub(_escape, words[last : match.start()]), address if address.startswith("<") else f"<{address}>"]
        last = match.start() + len(address)
    return "".join([*out, _INLINE.sub(_escape, words[last:])])


def marked(words: str) -> str:
    """Plain text in which ``*words*`` are italics and ``<https://…>`` is an address, as CommonMark; all other signs are escaped."""
    italics = _ITALIC.sub(rf"{_ITALIC_MARK}\1{_ITALIC_MARK}", words)
    return escaped(italics).replace(_ITALIC_MARK, "*")


def begun(text: str) -> str:
    """A paragraph of CommonMark whose first signs would begin a list, a heading, a rule or a quotation, as a paragraph."""
    if _AT_START.match(text):
        return f"\\{text}"
    return _NUMBERED.sub(r"\1\\\2", text, count=1) if _NUMBERED.match(text) else text


def begins_block(word: str) -> bool:
    """Whether a word at the beginning of a line of a paragraph could be read as the beginning of another block."""
    return bool(_AT_START.match(word) or _NUMBERED.match(word) or _SIGNS_ONLY.fullmatch(word)) or word[:1] in (">", "|", "[")


def _escape(match: re.Match[str]) -> str:
    return f"\\{match[0]}"
