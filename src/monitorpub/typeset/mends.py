"""Mends of WeasyPrint 70.0: wrappers round the engine's functions, each with its reason.

Each has a test in tests/test_mends.py that fails without it.  They are made for one version of the engine; another one stops
here, so that somebody looks whether they are still needed and still fit.
"""

from __future__ import annotations

from typing import Any

import pydyf
import weasyprint
from weasyprint import layout
from weasyprint.formatting_structure import boxes
from weasyprint.layout import block

WEASYPRINT, PYDYF = "70.0", "0.13.0"

EPSILON = 1e-6
"""px; far below what can be seen, far above the noise of adding lengths."""


def apply() -> None:
    """Apply all mends, once per process.  Raises RuntimeError for an engine they were not made for."""
    if (weasyprint.__version__, pydyf.__version__) != (WEASYPRINT, PYDYF):
        raise RuntimeError(
            f"The mends are for WeasyPrint {WEASYPRINT} and pydyf {PYDYF}, and these are"
            f" {weasyprint.__version__} and {pydyf.__version__}: look at monitorpub/typeset/mends.py."
        )
    if not getattr(layout, "_monitorpub_mended", False):
        keep_notes_of_last_line()
        compare_note_area_with_epsilon()
        cache_page_references()
        layout._monitorpub_mended = True


def keep_notes_of_last_line() -> None:
    """A line that is kept at the foot of a page keeps its notes.

    When a line does not fit, the engine (since version 66) may push *other* notes to the next page, keep the line and
    leave its loop before the line's own notes are laid out: they would be on no page at all.
    """
    original = block._linebox_layout

    def _linebox_layout(context: Any, box: Any, index: Any, child: Any, new_children: Any, *rest: Any) -> Any:
        result = original(context, box, index, child, new_children, *rest)
        abort, new_footnotes = result[0], result[4]
        if abort or not context.footnotes:
            return result
        for line in new_children:
            for descendant in line.descendants():
                note = getattr(descendant, "footnote", None)
                if note is not None and note in context.footnotes:
                    context.layout_footnote(note)
                    context.report_footnote(note)  # the page is full: it opens the notes of the next one
                    new_footnotes.append(note)
        return result

    block._linebox_layout = _linebox_layout


def compare_note_area_with_epsilon() -> None:
    """The note area is not full because of the thirteenth decimal.

    The engine compares the foot of the last note with the foot of the area to the last bit; paddings in mm or pt then
    send every note to the next page and may triple the number of pages.
    """
    original = layout.block_level_layout

    def block_level_layout(context: Any, box: Any, *rest: Any) -> Any:
        result = original(context, box, *rest)
        if isinstance(box, boxes.FootnoteAreaBox) and result[0] is not None and result[0].height != "auto":
            result[0].height += EPSILON
        return result

    layout.block_level_layout = block_level_layout


def cache_page_references() -> None:
    """The references of the pages are made once per page, not once per structure element.

    Tagging asks for them for every element, and the engine builds the whole tuple each time: quadratic in pages.
    """
    original = pydyf.PDF.page_references.fget

    def page_references(pdf: Any) -> tuple[bytes, ...]:
        count = len(pdf.pages["Kids"])
        cached = pdf.__dict__.get("_page_references")
        if cached is None or cached[0] != count:
            cached = pdf.__dict__["_page_references"] = (count, original(pdf))
        references: tuple[bytes, ...] = cached[1]
        return references

    pydyf.PDF.page_references = property(page_references)
