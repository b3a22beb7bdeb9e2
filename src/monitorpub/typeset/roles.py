"""What each element of HTML is in the structure tree (ISO 32000-1, 14.8.4; ISO 14289-1, 7).

Where HTML has no word for it, templates say it by a role of ARIA or DPUB-ARIA: notes, their calls, contents, an index.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

SVG = "{http://www.w3.org/2000/svg}svg"

ROLES = {
    "section": "Sect",
    "article": "Art",
    "blockquote": "BlockQuote",
    "p": "P",
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
    "ul": "L",
    "ol": "L",
    "li": "LI",
    "table": "Table",
    "caption": "Caption",
    "thead": "THead",
    "tbody": "TBody",
    "tfoot": "TFoot",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "figcaption": "Caption",
    "img": "Figure",
    SVG: "Figure",
    "a": "Link",
    "code": "Code",
    "q": "Quote",
}
"""By the name of the element; others say nothing, and what they hold hangs where they stand."""

BY_ROLE = {
    "paragraph": "P",
    "list": "L",
    "listitem": "LI",
    "blockquote": "BlockQuote",
    "doc-footnote": "Note",
    "doc-toc": "TOC",
    "doc-index": "Index",
    "term": "Lbl",
}
"""By the role that a template gives an element."""

DECORATION = ("presentation", "none")
"""Roles of what only decorates."""

IN_CONTENTS = {"Sect": "", "L": "TOC", "LI": "TOCI", **{f"H{level}": "TOCI" for level in range(1, 7)}}
"""What lists, their items and headings are in contents: the head of a stretch is an entry like others, its entries a list in the list."""

INLINE = ("a", "abbr", "b", "cite", "code", "dfn", "em", "i", "q", "small", "span", "strong", "sub", "sup")
"""Elements that stand in lines."""

HOLDERS = ("Document", "Sect", "Art", "Div", "BlockQuote", "Index", "TOCI")
"""Elements that hold blocks: words that stand in them without one make a paragraph."""


def role_of(element: Any) -> str:
    """The role of an element of HTML; nothing for one that says nothing."""
    if element.tag == "a":
        return "Link" if element.get("href") else ""
    if element.get("role") in BY_ROLE:
        return BY_ROLE[element.get("role")]
    if element.tag == "figure":
        return "Figure" if len(pictures_of(element)) == 1 else "Div"
    if role := ROLES.get(element.tag, ""):
        return role
    if element.tag in ("abbr", "dfn") and element.get("title"):
        return "Span"
    return ("Span" if element.tag in INLINE else "Div") if element.get("lang") and element.tag != "body" else ""


def pictures_of(figure: Any) -> list[Any]:
    """The pictures in a figure that say something."""
    return [element for element in figure.iter() if element.tag in ("img", SVG) and not is_decoration(element)]


def is_decoration(element: Any) -> bool:
    """Whether an image says nothing: an empty text for it, the role of decoration, or that nobody shall hear it."""
    silent = element.get("role") in DECORATION or element.get("alt") == "" or element.get("aria-hidden") == "true"
    return element.tag in ("img", SVG) and silent


def words_of(element: Any) -> str:
    """The words of an element as they are read, those of pictures too, without the notes in it."""
    return " ".join("".join(_pieces(element)).replace("\u2060", "").split())


def _pieces(element: Any) -> Iterator[str]:
    yield element.text or ""
    yield element.get("alt") or ""
    for kid in element:
        if kid.get("role") != "doc-footnote":
            yield from _pieces(kid)
        yield kid.tail or ""
