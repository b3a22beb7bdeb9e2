"""pandoc's inlines as markdown-it tokens, which are printed like all other text.

Titles and names of outlets keep every sign; elsewhere "p. 7" and "17 July" are kept on one line, as in typed text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from markdown_it.token import Token

from monitorpub.citations.values import TITLE
from monitorpub.text.parse import ARABIC, MARK
from monitorpub.text.typography import keep_together

Meta = dict[str, Any]

PLACE = 9876014321
"""Stands for a place in the source that is printed as it was typed, while pandoc forms the reference."""

_PLACED = re.compile(rf"(?:(?<!\w)\w{{1,4}}\.[ \u00a0])?{PLACE}")
_MARKS = {"Emph": "em", "Strong": "strong", "Superscript": "sup", "Subscript": "sub", "Underline": "u"}
_QUOTES = {"DoubleQuote": ("“", "”"), "SingleQuote": ("‘", "’")}


def to_tokens(inlines: list[Meta], *, place: list[Token], address: str = "", language: str = "", left_to_right: bool = True) -> list[Token]:
    """The tokens of a reference; ``place`` is what stands for :data:`PLACE`, ``address`` what the title leads to.

    ``language`` is that of the title, where it is not that of the text.
    """
    out: list[Token] = []
    for token in _merged(_tokens(inlines, quoted=False, title=_Title(address, language))):
        if token.type == "text":
            if not token.meta.get("quoted"):
                token.content = keep_together(token.content)
            if left_to_right:
                token.content = ARABIC.sub(lambda match: match[0] + MARK, token.content)
            out += _placed(token, place)
        else:
            out.append(token)
    return out


def text(content: str, *, quoted: bool = False) -> Token:
    """A token of text."""
    token = Token("text", "", 0, content=content)
    if quoted:
        token.meta["quoted"] = True
    return token


@dataclass(frozen=True)
class _Title:
    """What is known of the title, within it nothing more."""

    address: str = ""
    language: str = ""

    def edge(self, nesting: Literal[1, -1]) -> Iterator[Token]:
        """The tokens before it, or those behind it."""
        link = Token("link_open", "a", 1, attrs={"href": self.address}) if nesting == 1 else Token("link_close", "a", -1)
        mark = Token("mark_open" if nesting == 1 else "mark_close", "span", nesting)
        mark.meta = {"index": False, "term": "", "lang": self.language}
        tokens = [*([link] if self.address else []), *([mark] if self.language else [])]
        yield from tokens[::nesting]


def _tokens(inlines: list[Meta], *, quoted: bool, title: _Title) -> Iterator[Token]:
    for inline in inlines:
        kind: str = inline["t"]
        content: Any = inline.get("c")
        if kind == "Str":
            yield text(content, quoted=quoted)
        elif kind in ("Space", "SoftBreak", "LineBreak"):
            yield text(" ", quoted=quoted)
        elif kind in _MARKS:
            tag = _MARKS[kind]
            yield Token(f"{tag}_open", tag, 1)
            yield from _tokens(content, quoted=True, title=title)
            yield Token(f"{tag}_close", tag, -1)
        elif kind == "Quoted":
            opening, closing = _QUOTES[content[0]["t"]]
            yield text(opening, quoted=True)
            yield from _tokens(content[1], quoted=True, title=title)
            yield text(closing, quoted=True)
        elif kind == "Link":
            href = content[2][0]
            bare = _plain(content[1]) == href
            yield Token("link_open", "a", 1, attrs={"href": href}, markup="autolink" if bare else "", info="auto" if bare else "")
            yield from _tokens(content[1], quoted=True, title=_Title())
            yield Token("link_close", "a", -1, markup="autolink" if bare else "", info="auto" if bare else "")
        elif kind == "Span" and TITLE in content[0][1]:
            yield from title.edge(1)
            yield from _tokens(content[1], quoted=True, title=_Title())
            yield from title.edge(-1)
        elif kind in ("Span", "SmallCaps", "Strikeout"):
            yield from _tokens(content[1] if kind == "Span" else content, quoted=quoted, title=title)
        elif kind in ("Code", "Math", "RawInline"):
            yield text(content[1], quoted=True)


def _plain(inlines: list[Meta]) -> str:
    return "".join(inline.get("c", "") if inline["t"] == "Str" else " " for inline in inlines)


def _merged(tokens: Iterator[Token]) -> list[Token]:
    """Neighbouring texts of one kind as one text, so that what belongs together is seen together."""
    out: list[Token] = []
    for token in tokens:
        if out and token.type == out[-1].type == "text" and token.meta == out[-1].meta:
            out[-1].content += token.content
        else:
            out.append(token)
    return out


def _placed(token: Token, place: list[Token]) -> list[Token]:
    match = _PLACED.search(token.content)
    if match is None:
        return [token]
    before, after = token.content[: match.start()], token.content[match.end() :]
    return [*([text(before)] if before else []), *place, *([text(after)] if after else [])]
