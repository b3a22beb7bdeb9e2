"""What is drawn but is no part of the text: artifacts (ISO 32000-1, 14.8.2.2; ISO 14289-1, 7.1 and 7.8).

Words in the margins, heads of tables that are repeated on later pages, pictures that only decorate.  The engine marks all of them as
text, and rules and backgrounds as artifacts that do not say of what kind they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import pydyf
from weasyprint import document
from weasyprint.formatting_structure import boxes
from weasyprint.pdf import stream

from monitorpub.typeset.line_ends import mark_spaces, write_direction, write_space
from monitorpub.typeset.roles import is_decoration
from monitorpub.typeset.walking import walk, walk_knowing

PAGINATION, LAYOUT = "Pagination", "Layout"
SMALLEST = 0.1
"""px"""


def find_artifacts(pages: Any) -> None:
    """Find the artifacts of laid-out pages, before they are drawn.  What stands in them leads nowhere and is led to from nowhere."""
    repeated = _repeated(pages)
    kinds: dict[int, str] = {}
    for page in pages:
        found = walk_knowing(page._page_box, "", lambda box, kind: _kind(box, kind, repeated))
        kinds.update((id(box), kind) for box, kind in found if kind)
        page._page_box._artifacts = kinds
        links = [link for link in page.links if id(link[3]) not in kinds]
        seen = {link[:2] for link in links if not _is_empty(link[2])}
        page.links = [link for link in links if not _is_empty(link[2]) or link[:2] not in seen]
    mark_spaces(box for page in pages for box in walk(page._page_box) if isinstance(box, boxes.LineBox))


def _is_empty(area: tuple[float, ...]) -> bool:
    """Whether nobody can hit a rectangle: that of an empty line beside a picture."""
    return area[2] - area[0] < SMALLEST or area[3] - area[1] < SMALLEST


def _repeated(pages: Any) -> set[int]:
    """What stands on several pages: heads of tables are read on the first one, feet on the last, what is fixed on the first one."""
    groups: dict[tuple[str, int], list[Any]] = {}
    for page in pages:
        for box in walk(page._page_box):
            group = isinstance(box, boxes.TableRowGroupBox) and (box.is_header or box.is_footer)
            if group or (box.style["position"] == "fixed" and box.element is not None):
                groups.setdefault((box.element_tag, id(box.element)), []).append(box)
    return {id(box) for found in groups.values() for box in (found[:-1] if getattr(found[0], "is_footer", False) else found[1:])}


def _kind(box: Any, above: str, repeated: set[int]) -> str:
    """The kind of artifact that a box is, as the one that holds it may be; none for text."""
    if isinstance(box, boxes.MarginBox):
        return PAGINATION
    return above or (LAYOUT if id(box) in repeated or _says_nothing(box) else "")


def _says_nothing(box: Any) -> bool:
    """Whether a box is a picture that only decorates, or a space alone: that is written behind the words before it."""
    if isinstance(box, boxes.ReplacedBox):
        return is_decoration(box.element)
    return isinstance(box, boxes.TextBox) and not box.text.strip()


def mark_artifacts() -> None:
    """The engine marks as artifacts what was found to be one, and says of each of what kind it is."""
    draw, marked = document.draw_page, stream.Stream.marked

    @wraps(draw)
    def draw_page(page: Any, target: Any) -> None:
        target._artifacts = getattr(page, "_artifacts", {})
        draw(page, target)

    @contextmanager
    def marked_or_artifact(target: Any, box: Any, tag: str) -> Iterator[None]:
        kind = getattr(target, "_artifacts", {}).get(id(box))
        if kind is None or target._tags is None:
            with marked(target, box, tag):
                if isinstance(box, boxes.TextBox):
                    write_direction(target, box)
                yield
                if isinstance(box, boxes.TextBox):
                    write_space(target, box)
            return
        with _artifact(target, kind):
            yield

    @contextmanager
    def artifact(target: Any) -> Iterator[None]:
        if target._tags is None:
            yield
            return
        with _artifact(target, LAYOUT):
            yield

    document.draw_page = draw_page
    stream.Stream.marked = marked_or_artifact
    stream.Stream.artifact = artifact


@contextmanager
def _artifact(target: Any, kind: str) -> Iterator[None]:
    target.begin_marked_content("Artifact", pydyf.Dictionary({"Type": f"/{kind}"}))
    yield
    target.end_marked_content()
