"""Where the places of a part are in its tree: PDF 2.0 leads to elements, and says which element refers to which (ISO 32000-2, 12.3.2.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from monitorpub.typeset.structure import Element
from monitorpub.typeset.walking import walk


@dataclass
class Located:
    """The elements at places."""

    anchors: dict[str, Element] = field(default_factory=dict)
    """By the id of the element of the source; of one that has none of its own, the element that holds it."""
    headings: list[Element] = field(default_factory=list)
    """Of each line of the outline, in its order."""


def located(pages: Sequence[Any], html: Any, holders: Mapping[Any, Element], parents: Mapping[Any, Any]) -> Located:
    """The places of laid-out pages; ``holders`` are elements by those of the source."""

    def holder(element: Any) -> Element:
        while element not in holders:
            element = parents[element]
        return holders[element]

    anchors = {name: holder(element) for element in html.iter() if (name := element.get("id"))}
    lined = [box.element for page in pages for box in walk(page._page_box) if box.bookmark_label and box.style["bookmark_level"] != "none"]
    return Located(anchors, [holder(element) for element in lined])


def refer(root: Element, sources: Mapping[Element, Any]) -> None:
    """Calls and notes refer to each other, and entries of contents to what they lead to (ISO 14289-2, 8.2.5.8 and 8.2.5.14)."""
    notes = {f"#{element.name}": element for element in root.descendants() if element.role == "Note"}
    for element in root.descendants():
        source = sources.get(element)
        if element.role == "Reference" and source is not None:
            address = source.get("href") or ""
            note = notes.get(address)
            if note is not None:
                element.refers.append(note)
                note.refers.append(element)
            else:
                element.leads = address
