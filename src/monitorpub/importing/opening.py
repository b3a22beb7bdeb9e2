"""The fields before and behind the sections: key data, recommendations, capacity, related links."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from pydantic_core import PydanticCustomError

from monitorpub.importing.document import CALL, Block, Document, Fact, Facts, Heading, List, Paragraph, Table
from monitorpub.importing.marking import text_of
from monitorpub.importing.tables import Names, series_table
from monitorpub.importing.written import Prose
from monitorpub.model.contamination import parse
from monitorpub.model.scalars import Text, slug

NOTHING = re.compile(r"(?:none|nil|n/a)\.?", re.IGNORECASE)
"""The one item of a list that has none."""

_LINK = re.compile(r"\s*\[(?P<words>[^\[\]]+)\]\((?P<address>\S+?)\)\s*")
_WEAK = frozenset("the a an all any its their of and or for in on at to with by as that this be is are should must from under".split())

Fields = dict[str, Any]


def key_data(
    blocks: list[Block], parts: list[tuple[Heading, list[Block]]], names: Names, calm: Callable[[str], str], document: Document
) -> list[Fields] | None:
    """The entries of the key data; None where something in them is no fact, list or table by years."""
    entries: list[Fields] = []
    for heading, inner in [(None, blocks), *parts]:
        for block in inner:
            made = _entries(block, heading, names, calm, document)
            if made is None:
                return None
            entries += made
        if heading is not None and not inner:
            return None
    return entries or None


def _entries(block: Block, heading: Heading | None, names: Names, calm: Callable[[str], str], document: Document) -> list[Fields] | None:
    match block:
        case Facts():
            return [_fact(calm(fact.label), fact) for _, facts in block.groups for fact in facts]
        case Table():
            block.caption = calm(block.caption or (heading.text if heading else ""))
            table = series_table(block, names, "", document)
            return [table] if table else None
        case List() if heading is not None and _is_flat(block):
            return [{"list": heading.text, "items": items_of(block)}]
        case Paragraph() if heading is not None:
            return [_fact(heading.text, Fact(heading.text, [block.text], block.line))]
    return None


def _fact(label: str, fact: Fact) -> Fields:
    value = "; ".join(fact.values) or "—"
    if "contamination" in label.lower():
        try:
            parse(Text(value, inline=True))
        except PydanticCustomError:
            pass  # a statement in other words is a fact like others
        else:
            return {"contamination": label, "value": value}
    return {"fact": label, "value": value}


def recommendations(blocks: list[Block]) -> list[Fields] | None:
    """A recommendation for each item of the lists, with an id made from its words; None where there is other text."""
    if not blocks or not all(isinstance(block, List) for block in blocks):
        return None
    taken = Names()
    out = []
    for item in (item for block in blocks if isinstance(block, List) for item in block.items):
        text = text_of(item)
        out.append({"id": taken.new(_purpose(text)), "text": Prose(text)})
    return out


def _purpose(text: str) -> str:
    """What is to be done, in three words: ``resume-mine-clearance``."""
    words = slug(CALL.sub("", text)).split("-")
    after = next((index for index, word in enumerate(words) if word in ("should", "must")), -1)
    strong = [word for word in words[after + 1 :] if word not in _WEAK]
    return "-".join(strong[:3]) or "recommendation"


def capacity(parts: list[tuple[Heading, list[Block]]]) -> list[Fields] | None:
    """A list for each heading; None where there is other text below one."""
    out = []
    for heading, blocks in parts:
        if len(blocks) != 1 or not isinstance(blocks[0], List) or not _is_flat(blocks[0]):
            return None
        out.append({"list": heading.text, "items": items_of(blocks[0])})
    return out or None


def items_of(block: List) -> list[str]:
    """The items of a list of lines; none where the only one says so."""
    items = [item[0].text for item in block.items if isinstance(item[0], Paragraph)]
    return [] if len(items) == 1 and NOTHING.fullmatch(items[0]) else items


def _is_flat(block: List) -> bool:
    return all(len(item) == 1 and isinstance(item[0], Paragraph) and "\n" not in item[0].text for item in block.items)


def related(blocks: list[Block], document: Document) -> list[Fields] | None:
    """A link for each line; one whose address was not in the file has only its title."""
    lines: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(block)
        elif isinstance(block, List) and _is_flat(block):
            lines += [item[0] for item in block.items if isinstance(item[0], Paragraph)]
        else:
            return None
    out: list[Fields] = []
    for line in lines:
        if CALL.search(line.text):
            return None
        if match := _LINK.fullmatch(line.text):
            out.append({"title": match["words"], "address": match["address"]})
        else:
            document.say("lost", line.line, f"the address of the related link “{line.text}”")
            out.append({"title": line.text})
    return out or None
