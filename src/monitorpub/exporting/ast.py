"""The pieces of pandoc's document (its JSON, API 1.23) from which a review copy is made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Node = dict[str, Any]
API = [1, 23, 1]
FIXED = "Review Fixed"
"""The style of words that are made by the tool or stand in records: what is changed in them cannot be brought back."""
MARK = "Review Call"
"""The style of later calls of a note: their marks are made by the tool, and they may be deleted."""
ANCHOR = "mp_"
"""What the bookmarks of the blocks begin with.  Word allows letters, figures and underscores, 40 signs."""


def attr(name: str = "", **values: str) -> list[Any]:
    """An id and values, such as a style."""
    return [name, [], [[key.replace("_", "-"), value] for key, value in values.items()]]


def words(text: str) -> list[Node]:
    """A text as words and spaces."""
    out: list[Node] = []
    for index, word in enumerate(text.replace("\n", " ").replace("\t", " ").split(" ")):
        if index:
            out.append({"t": "Space"})
        if word:
            out.append({"t": "Str", "c": word})
    return out


def fixed(inlines: list[Node]) -> list[Node]:
    """Inlines in the style of what cannot be changed."""
    out: list[Node] = []
    for inline in inlines:  # the words of a link have a style of their own: ours stands inside it
        if inline["t"] == "Link":
            _, inner, target = inline["c"]
            out.append({"t": "Link", "c": [attr(), fixed(inner), target]})
        elif out and out[-1]["t"] == "Span":
            out[-1]["c"][1].append(inline)
        else:
            out.append({"t": "Span", "c": [attr(custom_style=FIXED), [inline]]})
    return out


def styled(style: str, blocks: list[Node]) -> Node:
    """Blocks in a style."""
    return {"t": "Div", "c": [attr(custom_style=style), blocks]}


def para(inlines: list[Node]) -> Node:
    """A paragraph."""
    return {"t": "Para", "c": inlines}


def heading(level: int, inlines: list[Node], name: str = "") -> Node:
    """A heading."""
    return {"t": "Header", "c": [level, attr(name), inlines]}


def bullets(items: list[list[Node]]) -> Node:
    """A list."""
    return {"t": "BulletList", "c": items}


def cell(blocks: list[Node], span: int = 1) -> list[Any]:
    """A cell of a table; one paragraph in it stands close to the lines."""
    if len(blocks) == 1 and blocks[0]["t"] == "Para":
        blocks = [{**blocks[0], "t": "Plain"}]
    return [attr(), {"t": "AlignDefault"}, 1, span, blocks]


def table(heads: Sequence[list[Any]], rows: Sequence[Sequence[list[Any]]], columns: int) -> Node:
    """A table of rows of cells."""
    columns_ = [[{"t": "AlignDefault"}, {"t": "ColWidth", "c": round(1 / columns, 3)}] for _ in range(columns)]
    head = [attr(), [[attr(), list(heads)]] if heads else []]
    body = [attr(), 0, [], [[attr(), list(row)] for row in rows]]
    return {"t": "Table", "c": [attr(), [None, []], columns_, head, [body], [attr(), []]]}


def document(blocks: list[Node], meta: dict[str, str]) -> Node:
    """The whole."""
    return {"pandoc-api-version": API, "meta": {key: {"t": "MetaString", "c": value} for key, value in meta.items()}, "blocks": blocks}
