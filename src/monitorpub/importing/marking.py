"""Blocks as CommonMark, each paragraph in one line: what the field ``text`` of a section holds."""

from __future__ import annotations

import re
from collections.abc import Iterable

from monitorpub.importing.document import Block, Dated, Facts, Heading, Image, List, Paragraph, Quotation, Table
from monitorpub.importing.signs import begun


def text_of(blocks: Iterable[Block]) -> str:
    """The blocks one after the other, parted by empty lines."""
    return "\n\n".join(part for part in (_one(block) for block in blocks) if part)


def _one(block: Block) -> str:
    match block:
        case Paragraph() | Heading():
            return block.text
        case List():
            return _list(block)
        case Quotation():
            return "\n".join(f"> {line}".rstrip() for line in text_of(block.blocks).split("\n"))
        case Table():
            return _table(block)
        case Facts():
            rows = [begun(f"{fact.label}: {'; '.join(fact.values) or '—'}") for _, facts in block.groups for fact in facts]
            return "\n\n".join(part for part in (block.caption, *rows) if part)
        case Image():
            return _image(block)
        case Dated():
            return ""


def _image(block: Image) -> str:
    words = re.sub(r"[\\`*\[\]<>{}&_|]|^[\^@]", r"\\\g<0>", " ".join(block.words.split()))
    return f"![]({block.path}){{.decorative}}" if block.decorative else f"![{words}]({block.path})"


def _list(block: List) -> str:
    out = []
    loose = any(len(item) > 1 and not isinstance(item[1], List) for item in block.items)
    for number, item in enumerate(block.items, block.start):
        mark = f"{number}. " if block.ordered else "- "
        text = "\n".join(_one(part) for part in item) if not loose else text_of(item)
        lines = text.split("\n") or [""]
        out.append("\n".join([f"{mark}{lines[0]}", *(f"{' ' * len(mark)}{line}".rstrip() for line in lines[1:])]))
    return ("\n\n" if loose else "\n").join(out)


def _table(block: Table) -> str:
    """A table of words; one without a head has an empty one, which is wrong and is said by the check."""
    width = max((len(row.cells) for row in block.rows), default=1)
    rows = [[cell.replace("|", "\\|") for cell in (*row.cells, *[""] * (width - len(row.cells)))] for row in block.rows]
    head = rows.pop(0) if block.rows and block.rows[0].head else [""] * width
    lines = ["| " + " | ".join(cells) + " |" for cells in (head, ["---"] * width, *rows)]
    return "\n\n".join(part for part in (block.caption, "\n".join(lines)) if part)
