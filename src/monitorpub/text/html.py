"""Tokens as HTML: the text with its note calls, and each note of the page's foot where it is called first."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from html import escape
from inspect import getmembers, isfunction
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from monitorpub.end_notes import FOOT
from monitorpub.text.expansions import expanded
from monitorpub.text.heard import Heard
from monitorpub.text.references import Printed, place_of, settled
from monitorpub.text.typography import is_right_to_left

if TYPE_CHECKING:
    from monitorpub.number import Call, Note, Steps

Tokens = list[Token]

JOINER = "\u2060"

IN_ENGLISH = Heard()

THIN = "\u202f"
"""A thin space at which no line ends."""

SUPERIORS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
"""A call is printed in signs that are superior figures by themselves: so it is copied and searched as one, not as a part of the
number or the word before it, and not mixed up with the same glyph in km²."""

_OPTIONS = OptionsDict(
    {
        "maxNesting": 20,
        "html": False,
        "linkify": True,
        "typographer": True,
        "quotes": "",
        "xhtmlOut": True,
        "breaks": False,
        "langPrefix": "",
        "highlight": None,
    }
)


def to_html(
    tokens: Any,
    calls: Iterable[Call],
    images: Mapping[str, str],
    marks: Iterable[str] = (),
    printed: Mapping[str, Printed] | None = None,
    heard: Heard = IN_ENGLISH,
    path: Steps = (),
) -> str:
    """The HTML of a text.  The body of a note at the foot stands behind its first call; ``images`` gives each image its path.

    ``marks`` are the ids of its marks for the index, in order.  ``printed`` says by address what is printed for placeholders;
    see :func:`monitorpub.text.references.settled` for an address that is not there.  A link to another part has an address ``part:``.
    ``heard`` has the words of links between calls and notes, and the long forms of abbreviations in the text at ``path``.
    """
    renderer = _Renderer(iter(calls), images, iter(marks), printed or {}, heard)
    return renderer.render(expanded(settled(tokens, printed or {}), heard.long_forms(path)), _OPTIONS, {})


def note_to_html(note: Note, printed: Mapping[str, Printed] | None = None, heard: Heard = IN_ENGLISH) -> str:
    """The HTML of a note's text.  Paragraphs and lists become spans: a note stands inside a paragraph."""
    renderer = _Renderer(iter(()), {}, iter(note.marks), printed or {})
    tokens = expanded(settled(note.parsed.tokens, printed or {}), heard.long_forms(note.parsed.text.path))
    return renderer.render(_as_spans(tokens), _OPTIONS, {}).strip()


def note_body(note: Note, printed: Mapping[str, Printed] | None = None, heard: Heard = IN_ENGLISH) -> str:
    """A note at the foot as an element: its mark, which leads back to the first call, and its text."""
    mark = escape(note.mark)
    words = escape(heard("back", mark=note.mark))
    back = f'<a class="note-mark" role="doc-backlink" aria-label="{words}" href="#{escape(note.calls[0].id)}">{mark} </a>'
    words = note_to_html(note, printed, heard)
    return f'<span class="note" role="doc-footnote" id="{escape(note.id)}" data-mark="{mark}">{back}{words}</span>'


class _Renderer(RendererHTML):
    """markdown-it's renderer with note calls, images and tables as this tool prints them."""

    def __init__(
        self,
        calls: Iterator[Call],
        images: Mapping[str, str],
        marks: Iterator[str],
        printed: Mapping[str, Printed],
        heard: Heard = IN_ENGLISH,
    ) -> None:
        self.rules = {name: getattr(self, name) for name in _rules()}
        self._calls = calls
        self._images = images
        self._marks = marks
        self._printed = printed
        self._heard = heard

    def note_call(self, tokens: Any, index: int, options: Any, env: Any) -> str:
        call = next(self._calls, None)
        if call is None:  # its note is missing, which was said already
            return ""
        gap, before = "", tokens[index - 1] if index else None
        if before is not None and before.type == "note_call":
            gap = '<span class="call-gap">,</span>'
        elif before is not None and before.content.endswith(("²", "³")):
            gap = THIN  # else km² and the call 2 would read as km²²
        note = call.note
        # The word joiner (U+2060) keeps the call on the line of its word; it prints nothing.
        mark, words = escape(note.mark.translate(SUPERIORS)), escape(self._heard("note", mark=note.mark))
        names = f'class="note-call" role="doc-noteref" aria-label="{words}" id="{escape(call.id)}"'
        link = f'{JOINER}<a {names} href="#{escape(note.id)}">{mark}</a>'
        at_foot = call.first and not note.of_table and note.place == FOOT
        body = note_body(note, self._printed, self._heard) if at_foot else ""
        return f"{gap}{link}{body}"

    def citation(self, tokens: Any, index: int, options: Any, env: Any) -> str:
        return escape(tokens[index].content)  # not resolved, which was said already

    def note_item_mark(self, tokens: Any, index: int, options: Any, env: Any) -> str:
        return f'<span class="note-item-mark" role="term">{escape(tokens[index].content)} </span>'

    def softbreak(self, tokens: Any, index: int, options: Any, env: Any) -> str:
        return " "  # see text

    def text(self, tokens: Any, index: int, options: Any, env: Any) -> str:
        # The engine does not fold the white space of notes: what is typed would be printed.
        content = re.sub(r"[ \t\n]+", " ", tokens[index].content)
        if index and tokens[index - 1].type == "link_open" and tokens[index - 1].info == "auto":
            content = re.sub(r"(?<=:)//", f"{JOINER}/{JOINER}/{JOINER}", content)  # no line ends in https://
        return escape(content)

    def image(self, tokens: Any, index: int, options: Any, env: Any) -> str:
        token = tokens[index]
        path = self._images[str(token.attrs["src"])]
        role = ' role="presentation"' if token.meta.get("decorative") else ""
        words = escape(self.renderInlineAsText(token.children, options, env))
        return f'<img src="workspace:/{escape(quote(path))}" alt="{words}"{role}/>'

    def abbreviation(self, tokens: Any, index: int, options: Any, env: Any) -> str:
        return f'<abbr title="{escape(tokens[index].meta["long"])}">{escape(tokens[index].content)}</abbr>'

    def link_open(self, tokens: Any, index: int, options: Any, env: Any) -> str:
        token = tokens[index]
        kind = ' class="address"' if token.info == "auto" else ""
        address = str(token.attrs["href"])
        place = place_of(address)
        scheme = "part:" if place and place[0] else ""
        return f'<a href="{scheme}{escape(address)}"{kind}>'

    def mark_open(self, tokens: Any, index: int, options: Any, env: Any) -> str:
        meta = tokens[index].meta
        name = next(self._marks, None) if meta["index"] else None
        parts = [f'id="{escape(name)}"'] if name else []
        parts += ['class="index-mark"'] if meta["index"] else []
        if language := meta["lang"]:
            parts += [f'lang="{escape(language)}"', *(['dir="rtl"'] if is_right_to_left(language) else [])]
        return f"<span {' '.join(parts)}>"


@cache
def _rules() -> tuple[str, ...]:
    """The names of the methods that print a kind of token.  markdown-it looks for them in each new renderer, slower than it prints."""
    return tuple(name for name, _ in getmembers(_Renderer, isfunction) if not name.startswith(("render", "_")))


_SPANS = {
    "p": {"class": "note-paragraph", "role": "paragraph"},
    "ul": {"class": "note-list", "role": "list"},
    "ol": {"class": "note-list", "role": "list"},
    "li": {"class": "note-item", "role": "listitem"},
    "blockquote": {"class": "note-quotation", "role": "blockquote"},
}
"""What stands for a block in a note."""


def _as_spans(tokens: Any) -> Tokens:
    out: Tokens = []
    paragraphs = sum(token.type == "paragraph_open" for token in tokens)
    for token in tokens:
        if token.tag not in _SPANS or not token.type.endswith(("_open", "_close")):
            out.append(token)
        elif token.tag != "p" or paragraphs > 1:
            span = copy.copy(token)
            span.tag, span.block = "span", False
            span.attrs = {**_SPANS[token.tag]} if token.nesting == 1 else {}
            out.append(span)
            if token.type == "list_item_open":
                mark = f"{token.info}{token.markup}" if token.info else "–"
                out.append(Token("note_item_mark", "", 0, content=mark))
    return out
