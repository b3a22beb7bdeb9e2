"""The tokens of a text as pandoc's blocks and inlines: each block with the bookmark by which it comes back to its field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from monitorpub.exporting.ast import ANCHOR, MARK, Node, attr, bullets, cell, fixed, para, table, words
from monitorpub.number import Call, Note, Numbered, Steps
from monitorpub.text.parse import parse
from monitorpub.text.references import place_of, settled

_MARKS = {"em": "Emph", "strong": "Strong"}
_OWN = re.compile("[\u2060\u200e]")
"""Signs for line breaking and directions that the tool sets itself."""


@dataclass
class Anchors:
    """The bookmarks that were given out: the path of the field that each stands for, None for words of the tool."""

    paths: dict[str, Steps | None] = field(default_factory=dict)

    def on(self, inlines: list[Node], path: Steps | None) -> list[Node]:
        """Inlines in a bookmark of their own."""
        name = f"{ANCHOR}{len(self.paths) + 1}"
        self.paths[name] = path
        return [{"t": "Span", "c": [attr(name), inlines]}]


class Writer:
    """Writes the texts of a numbered profile."""

    def __init__(self, numbered: Numbered, anchors: Anchors) -> None:
        self._numbered = numbered
        self._anchors = anchors
        self._written: set[Steps] = set()

    def line(self, path: Steps, before: str = "", behind: str = "") -> list[Node]:
        """A text of one line, with words of the tool before and behind it."""
        parsed = self._numbered.parsed[path]
        inlines = self._inlines(parsed.tokens, iter(self._numbered.calls.get(path, ())))
        return self._anchors.on([*fixed(words(before)), *inlines, *fixed(words(behind))], path)

    def text(self, path: Steps) -> list[Node]:
        """A text as blocks."""
        parsed = self._numbered.parsed[path]
        if parsed.text.inline:
            return [para(self.line(path))]
        calls = iter(self._numbered.calls.get(path, ()))
        return self._blocks(self._settled(parsed.tokens), lambda children: self._nodes(children, calls), path)

    def figure(self, shown: str, path: Steps) -> list[Node]:
        """A cell with a figure: its calls behind it."""
        calls = self._numbered.calls.get(path, ())
        return [para(self._anchors.on([*fixed(words(shown)), *(node for call in calls for node in self._call(call))], path))]

    def note(self, note: Note) -> list[Node]:
        """The blocks of a note."""
        path = note.parsed.text.path
        first, again = parse(note.parsed.text, self._numbered.written.language, note=True), path in self._written
        self._written.add(path)
        typed = [token.children or [] for token in first.tokens if token.type == "inline"]

        def write(children: Sequence[Token]) -> list[Node]:
            own = typed.pop(0) if typed else []
            cites = [index for index, child in enumerate(own) if child.type == "citation"]
            if again:
                return fixed(self._nodes(children, iter(())))
            if not cites:
                return self._nodes(children, iter(()))
            end = len(children) - (len(own) - cites[-1] - 1)
            parts = (children[: cites[0]], children[cites[0] : end], children[end:])
            before, cited, after = (self._nodes(part, iter(())) for part in parts)
            return [*before, *fixed(cited), *after]

        return self._blocks(self._settled(note.parsed.tokens), write, path)

    def table_note(self, note: Note) -> Node:
        """A note under its table, with its mark."""
        blocks = self.note(note)
        blocks[0]["c"] = [{"t": "Superscript", "c": fixed(words(note.mark))}, {"t": "Space"}, *blocks[0]["c"]]
        return blocks[0] if len(blocks) == 1 else {"t": "Div", "c": [attr(), blocks]}

    def said(self, text: str, path: Steps | None = None) -> list[Node]:
        """Words of the tool, or of a field that the text does not print as it stands."""
        return self._anchors.on(fixed(words(text)), path)

    def _settled(self, tokens: Sequence[Token]) -> list[Token]:
        return list(settled(tokens, self._numbered.printed))

    def _inlines(self, tokens: Sequence[Token], calls: Iterator[Call]) -> list[Node]:
        return [node for token in self._settled(tokens) for node in self._nodes(token.children or [], calls)]

    def _blocks(self, tokens: Sequence[Token], write: Callable[[Sequence[Token]], list[Node]], path: Steps) -> list[Node]:
        """The blocks of tokens that open and close them."""
        out: list[Node] = []
        waiting = list(tokens)
        while waiting:
            token = waiting.pop(0)
            if token.nesting == 1:
                close = next(i for i, one in enumerate(waiting) if one.nesting == -1 and one.level == token.level)
                inner, waiting = waiting[:close], waiting[close + 1 :]
                out += self._block(token, inner, write, path)
            elif token.type == "inline":
                out.append(para(self._anchors.on(write(token.children or []), path)))
            elif token.content:
                out.append(para(self._anchors.on(fixed(words(token.content)), path)))
        return out

    def _block(self, token: Token, inner: list[Token], write: Callable[[Sequence[Token]], list[Node]], path: Steps) -> list[Node]:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            items = [self._blocks(item, write, path) for item in _children(inner, "list_item_open")]
            if token.type == "bullet_list_open":
                return [bullets(items)]
            start = int(token.attrs.get("start", 1))
            return [{"t": "OrderedList", "c": [[start, {"t": "Decimal"}, {"t": "Period"}], items]}]
        if token.type == "blockquote_open":
            return [{"t": "BlockQuote", "c": self._blocks(inner, write, path)}]
        if token.type == "table_open":
            rows = [
                [cell(self._blocks(one, write, path)) for one in _children(row, "th_open", "td_open")]
                for part in _children(inner, "thead_open", "tbody_open")
                for row in _children(part, "tr_open")
            ]
            return [table(rows[0], rows[1:], len(rows[0]))]
        return self._blocks(inner, write, path)

    def _nodes(self, children: Sequence[Token], calls: Iterator[Call]) -> list[Node]:
        """Inlines; what stands between two marks is written inside them."""
        out: list[Node] = []
        waiting = list(children)
        while waiting:
            child = waiting.pop(0)
            if child.nesting == 1:
                depth, close = 1, len(waiting)
                for index, one in enumerate(waiting):
                    depth += one.nesting
                    if not depth:
                        close = index
                        break
                inner, waiting = self._nodes(waiting[:close], calls), waiting[close + 1 :]
                out += self._marked(child, inner)
            else:
                out += self._leaf(child, calls)
        return out

    def _marked(self, child: Token, inner: list[Node]) -> list[Node]:
        if child.tag in _MARKS:
            return [{"t": _MARKS[child.tag], "c": inner}]
        if child.type == "link_open":
            address = str(child.attrs.get("href", ""))
            if place_of(address) is None:
                return [{"t": "Link", "c": [attr(), inner, [address, ""]]}]
        return inner

    def _leaf(self, child: Token, calls: Iterator[Call]) -> list[Node]:
        if child.type == "note_call":
            call = next(calls, None)
            return self._call(call) if call is not None else []
        if child.type == "image":
            return fixed(words(f"[{child.content or str(child.attrs.get('src', ''))}]"))
        if child.type in ("softbreak", "hardbreak"):
            return [{"t": "Space" if child.type == "softbreak" else "LineBreak"}]
        if child.type == "code_inline":
            return [{"t": "Code", "c": [attr(), child.content]}]
        return words(_OWN.sub("", child.content))

    def _call(self, call: Call) -> list[Node]:
        """A footnote; a later call of the same note, and one of a note to a table, is its mark."""
        if call.first and not call.note.of_table:
            return [{"t": "Note", "c": self.note(call.note)}]
        if call.note.of_table:
            return [{"t": "Superscript", "c": fixed(words(call.note.mark))}]
        mark = {"t": "Span", "c": [attr(custom_style=MARK), words(call.note.mark)]}
        return [{"t": "Superscript", "c": self._anchors.on([mark], call.note.parsed.text.path)}]


def _children(tokens: list[Token], *kinds: str) -> Iterator[list[Token]]:
    """What stands inside each element of these kinds."""
    inner: list[Token] = []
    level: int | None = None
    for token in tokens:
        if level is None:
            inner, level = [], token.level if token.type in kinds else None
        elif token.nesting == -1 and token.level == level:
            yield inner
            level = None
        else:
            inner.append(token)
