"""Text of the source as tokens: CommonMark, tables, and ``[^label]`` for a note call.

CommonMark 0.31.2 by markdown-it-py; raw HTML is off.  Parsing gives tokens and the diagnostics of the text; which number a call
prints is decided later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from monitorpub.model import Text
from monitorpub.model.scalars import CALL
from monitorpub.text.typography import Quoting, refine

QUOTES = {"de": "„“‚‘", "fr": ["«\u202f", "\u202f»", "‹\u202f", "\u202f›"], "ru": "«»„“", "es": "«»“”", "it": "«»“”"}
SCHEMES = ("http", "https", "mailto")


@dataclass(frozen=True)
class Problem:
    """Something wrong in a text: the code, the words it is about and the how-many-th time they stand there."""

    code: str
    message: str
    needle: str
    nth: int = 0
    hint: str = ""


@dataclass(frozen=True)
class Parsed:
    """A text as tokens."""

    text: Text
    tokens: tuple[Token, ...]
    calls: tuple[str, ...]
    """The labels it calls, in order, with repeats."""
    images: tuple[str, ...]
    links: tuple[str, ...]
    problems: tuple[Problem, ...]


def parse(text: Text, language: str, *, note: bool = False) -> Parsed:
    """The text as tokens, with quotes and dashes set for ``language``; ``note`` where it is the text of a note."""
    engine = _engine(language.split("-", maxsplit=1)[0].lower())
    tokens = engine.parseInline(text.source.strip()) if text.inline else engine.parse(text.source)
    problems = list(_find_problems(text, tokens, note=note))
    calls, images, links = [], [], []
    for token in walk(tokens):
        if token.type == "note_call":
            calls.append(token.meta["label"])
        elif token.type == "image":
            images.append(str(token.attrs.get("src", "")))
        elif token.type == "link_open":
            links.append(str(token.attrs.get("href", "")))
    return Parsed(text, tuple(tokens), tuple(calls), tuple(images), tuple(links), tuple(problems))


def walk(tokens: Any) -> Iterator[Token]:
    """Every token, those inside paragraphs too."""
    for token in tokens:
        yield token
        if token.children and token.type != "image":
            yield from walk(token.children)


@cache
def _engine(language: str) -> MarkdownIt:
    quotes = QUOTES.get(language, "“”‘’")
    engine = MarkdownIt("commonmark", {"html": False, "typographer": True, "quotes": quotes, "linkify": True})
    engine.enable(["table", "smartquotes", "linkify"])
    if engine.linkify is not None:
        engine.linkify.set({"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
    engine.validateLink = lambda url: True  # type: ignore[method-assign]  # judged here, with a diagnostic, not dropped in silence
    engine.inline.ruler.before("link", "note_call", _note_call)
    engine.core.ruler.push("typography", _typography)
    return engine


def _note_call(state: StateInline, silent: bool) -> bool:
    match = CALL.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        token = state.push("note_call", "", 0)
        token.meta = {"label": match[1]}
    state.pos = match.end()
    return True


def _typography(state: Any) -> None:
    """Signs of print in every paragraph; quotations, code and addresses are left as they are."""
    quoted_blocks = 0
    for token in state.tokens:
        quoted_blocks += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        if token.type != "inline" or quoted_blocks:
            continue
        quoting, address = Quoting(), False
        for child in token.children:
            if child.type == "link_open":
                address = child.info == "auto"
            elif child.type == "link_close":
                address = False
            elif child.type == "text" and not address:
                child.content = refine(child.content, quoting)


_HTML = re.compile(r"</?[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>]*)?/?>|<!--")
_TEMPLATE = re.compile(r"\{\{|\}\}|\{%|%\}|\{#")
_CSS = re.compile(r"(?:^|[\s}])[.#@]?[a-zA-Z][\w\s.#>:,*-]*\{\s*[a-z-]+\s*:[^{}]*\}|\{[^{}]*\bstyle=")


def _find_problems(text: Text, tokens: list[Token], *, note: bool) -> Iterator[Problem]:
    for token in walk(tokens):
        if token.type == "text":
            yield from _signs(token.content)
        elif token.type in ("heading_open", "hr"):
            what = "A heading" if token.type == "heading_open" else "A rule"
            needle = _line(text, token)
            yield Problem(
                "T007",
                f"{what} stands in the text.",
                needle,
                hint="Make it a section with a title; a line that begins with # or ends in a row of hyphens needs a \\ before it.",
            )
        elif token.type == "link_open":
            yield from _link(str(token.attrs.get("href", "")))
        elif token.type == "image" and not token.content.strip():
            yield Problem(
                "T006",
                "The image has no words for readers who cannot see it.",
                str(token.attrs.get("src", "")),
                hint="Write them in the square brackets: ![What the image shows](file.png)",
            )
        if note:
            if token.type == "note_call":
                yield Problem(
                    "T008",
                    "A note cannot call a note.",
                    f"[^{token.meta['label']}]",
                    hint="Put both sources in one note, joined by a semicolon.",
                )
            elif token.type in ("table_open", "image", "fence", "code_block"):
                what = {"table_open": "a table", "image": "an image"}.get(token.type, "a block of code")
                yield Problem("T008", f"A note cannot hold {what}.", _line(text, token), hint="Move it into the text.")
    if text.inline and "\n\n" in text.source.strip():
        yield Problem("T009", "One line of text is expected here.", "", hint="Paragraphs belong in the text of a section.")


def _signs(content: str) -> Iterator[Problem]:
    if match := _HTML.search(content):
        yield Problem(
            "T001",
            f"HTML stands in the text: {match[0]}",
            match[0],
            hint="Text is CommonMark: *emphasis*, **strong**, [words](https://…). Write \\< for the sign itself, or put it in `backticks`.",
        )
    if match := _TEMPLATE.search(content):
        yield Problem(
            "T002",
            f"Template marks stand in the text: {match[0]}",
            match[0],
            hint="Layouts have templates, profiles do not. Put the signs in `backticks` to print them.",
        )
    elif match := _CSS.search(content):
        yield Problem(
            "T003",
            "A style rule stands in the text.",
            match[0].strip(),
            hint="Styles live in styles/. Put the signs in `backticks` to print them.",
        )


def _link(address: str) -> Iterator[Problem]:
    try:
        scheme = urlsplit(address).scheme.lower()
    except ValueError:
        scheme = "?"
    if address.startswith("#"):
        return
    if scheme not in SCHEMES or (scheme != "mailto" and not re.match(r"https?://[^\s/]+\.?[^\s]*$", address, re.IGNORECASE)):
        yield Problem(
            "T004",
            f"The link {address!r} leads to no place on the web.",
            address,
            hint="A link begins with https:// or mailto:, or with # and the id of a section.",
        )


def _line(text: Text, token: Token) -> str:
    """The first line of a block, to find it by."""
    if token.map is None:
        return ""
    lines = text.source.split("\n")
    return lines[token.map[0]].strip() if token.map[0] < len(lines) else ""
