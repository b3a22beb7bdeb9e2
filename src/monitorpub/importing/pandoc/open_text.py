"""What pandoc does not tell of a text of OpenDocument (ISO/IEC 26300-3): its title, its words, and what of it is hidden."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from monitorpub.importing.pandoc.framed import words_of
from monitorpub.importing.pandoc.running import Node
from monitorpub.importing.pandoc.scanned import words_in

_PASSED = frozenset("annotation annotation-end tracked-changes note-citation sequence-decls forms title desc ruby-text".split())
"""Elements whose words are not those of the text."""
_PARAGRAPHS = ("p", "h")


@dataclass
class Scan:
    """What was found."""

    title: str = ""
    """The words of the first paragraph, where it has the style of a title."""
    words: Counter[str] = field(default_factory=Counter)
    notes: int = 0
    hidden: list[str] = field(default_factory=list)


def scan_open(content: Element | None) -> Scan:
    """Look through the text of a file."""
    found = Scan()
    if content is None:
        return found
    parents, hiding = _styles(content)
    body = next((one for one in content.iter() if _local(one) == "text" and "office" in one.tag), content)
    first = True
    for paragraph in _paragraphs(body):
        words = " ".join(_text(paragraph).split())
        found.words.update(words_in(words))
        if words and first:
            first = False
            style = _style(paragraph)
            if "Title" in (style, parents.get(style)):
                found.title = words
    for element in body.iter():
        found.notes += _local(element) == "note"
        if _style(element) in hiding and (words := " ".join("".join(element.itertext()).split())):
            found.hidden.append(words)
    return found


def take_title(made: Node, title: str) -> None:
    """Make the first paragraph of pandoc's document its title, where it has these words."""
    for index, block in enumerate(made["blocks"]):
        if words_in(words_of([block])):
            if block["t"] in ("Para", "Plain") and words_in(words_of([block])) == words_in(title):
                made["meta"]["title"] = {"t": "MetaInlines", "c": block["c"]}
                del made["blocks"][index]
            return


def _styles(content: Element) -> tuple[dict[str, str], set[str]]:
    """The parents of the styles that the program made itself, and the styles that hide words."""
    parents: dict[str, str] = {}
    hiding: set[str] = set()
    for style in (one for one in content.iter() if _local(one) == "style"):
        name = _value(style, "name")
        parents[name] = _value(style, "parent-style-name")
        if any(_local(one) == "text-properties" and _value(one, "display") == "none" for one in style):
            hiding.add(name)
    return parents, hiding


def _paragraphs(body: Element) -> list[Element]:
    """The paragraphs and headings of the text, those in notes and boxes too."""
    out: list[Element] = []
    stack = [body]
    while stack:
        element = stack.pop()
        if _local(element) in _PASSED:
            continue
        if _local(element) in _PARAGRAPHS:
            out.append(element)
        stack += reversed(element)
    return out


def _text(paragraph: Element) -> str:
    """The words of a paragraph, without those of the paragraphs in it."""
    parts: list[str] = [paragraph.text or ""]
    stack: list[Element | str] = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        if isinstance(element, str):
            parts.append(element)
            continue
        stack.append(element.tail or "")
        name = _local(element)
        if name in ("s", "tab", "line-break"):
            parts.append(" ")
        elif name not in _PASSED and name not in (*_PARAGRAPHS, "note"):
            parts.append(element.text or "")
            stack += reversed(element)
    return "".join(parts)


def _style(element: Element) -> str:
    return _value(element, "style-name") if _local(element) in (*_PARAGRAPHS, "span") else ""


def _local(element: Element) -> str:
    tag = element.tag
    return re.sub(r".*\}", "", tag) if isinstance(tag, str) else ""


def _value(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")
