"""The audit of words: what the engine was given to lay out stands on the pages, to the letter.

The letters of each element are counted in the boxes before they are laid out and in those of the pages.  What templates and styles hide
has no boxes at all; what the engine drops has some before and fewer after.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import wraps
from typing import Any

from weasyprint import document as engine_document
from weasyprint.formatting_structure import boxes

from monitorpub.typeset.part import Remark
from monitorpub.typeset.walking import MADE, walk

HINT = "If no style cuts words off (max-lines, running), this is a defect of monitorpub: please report it with the source."


def count_words_before_layout() -> None:
    """From now on a document knows how many letters of each element were to be laid out."""
    original = engine_document.layout_document

    @wraps(original)
    def layout_document(html: Any, root_box: Any, context: Any, *rest: Any) -> Any:
        html.letters_given = _letters([root_box, *context.footnotes])
        return original(html, root_box, context, *rest)

    engine_document.layout_document = layout_document


def lost_words(document: Any) -> Iterator[Remark]:
    """P016: the first words of each element with an id that are on no page."""
    given = document._html.letters_given
    printed = _letters(page._page_box for page in document.pages)
    lost = [element for element, count in given.items() if printed[element] < count]
    if not lost:
        return
    root = document._html.etree_element
    parents = {kid: parent for parent in root.iter() for kid in parent}
    by_name: dict[str, list[Any]] = {}
    for element in lost:
        by_name.setdefault(_id_of(element, parents), []).append(element)
    for name, elements in by_name.items():
        count = sum(given[element] - printed[element] for element in elements)
        words = " ".join("".join(elements[0].itertext()).split())[:40]
        yield Remark("P016", f"{count} letters or figures of “{words}” are on no page.", name, HINT)


def _letters(trees: Iterable[Any]) -> Counter[Any]:
    """How many letters and figures the boxes of each element of the source hold; what styles write is no part of it."""
    found: Counter[Any] = Counter()
    for tree in trees:
        for box in walk(tree):
            if isinstance(box, boxes.TextBox) and box.element is not None and not box.element_tag.endswith(MADE):
                found[box.element] += sum(map(str.isalnum, box.text))
    return found


def _id_of(element: Any, parents: dict[Any, Any]) -> str:
    while element is not None and not element.get("id"):
        element = parents.get(element)
    return "" if element is None else str(element.get("id"))
