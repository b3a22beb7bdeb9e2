"""Changes of all texts of a document at once."""

from __future__ import annotations

from collections.abc import Callable

from monitorpub.importing.document import Block, Facts, Heading, List, Paragraph, Quotation, Table


def change_texts(blocks: list[Block], change: Callable[[str], str]) -> None:
    """Put in place of each text of the blocks what ``change`` makes of it."""
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                block.text = change(block.text)
            case List():
                for item in block.items:
                    change_texts(item, change)
            case Quotation():
                change_texts(block.blocks, change)
            case Table():
                block.caption = change(block.caption)
                for row in block.rows:
                    row.cells = [change(cell) for cell in row.cells]
            case Facts():
                block.caption = change(block.caption)
                block.groups = [(change(head), facts) for head, facts in block.groups]
                for _, facts in block.groups:
                    for fact in facts:
                        fact.label, fact.values = change(fact.label), [change(value) for value in fact.values]
