"""Mends of WeasyPrint 70.0: wrappers round the engine's functions, each with its reason.

Each has a test in tests/test_mends.py that fails without it.  They are made for one version of the engine; another one stops
here, so that somebody looks whether they are still needed and still fit.
"""

from __future__ import annotations

from functools import wraps
from math import inf
from typing import Any

import pydyf
import weasyprint
from weasyprint import anchors, document, layout
from weasyprint.formatting_structure import boxes, build
from weasyprint.layout import block, inline

from monitorpub.typeset.artifacts import mark_artifacts
from monitorpub.typeset.audit_words import count_words_before_layout
from monitorpub.typeset.line_ends import remember_line_ends
from monitorpub.typeset.text_columns import keep_notes_of_columns, let_tables_span_columns

WEASYPRINT, PYDYF = "70.0", "0.13.0"

EPSILON = 1e-6
"""px; far below what can be seen, far above the noise of adding lengths."""

LITTLE = 2
"""px"""


def apply() -> None:
    """Apply all mends, once per process.  Raises RuntimeError for an engine they were not made for."""
    if (weasyprint.__version__, pydyf.__version__) != (WEASYPRINT, PYDYF):
        raise RuntimeError(
            f"The mends are for WeasyPrint {WEASYPRINT} and pydyf {PYDYF}, and these are"
            f" {weasyprint.__version__} and {pydyf.__version__}: look at monitorpub/typeset/mends.py."
        )
    if not getattr(layout, "_monitorpub_mended", False):
        keep_notes_with_their_lines()
        compare_note_area_with_epsilon()
        keep_notes_of_columns()
        let_tables_span_columns()
        measure_each_note_once()
        fill_lines_before_links()
        link_each_box_once()
        mark_artifacts()
        remember_line_ends()
        count_words_before_layout()
        layout._monitorpub_mended = True


def keep_notes_with_their_lines() -> None:
    """The lines that stay on a page keep their notes on it.

    When a line does not fit and its paragraph may not break before it (orphans), the engine (since version 66) pushes notes
    that already stand on the page to the next one, keeps the line, and leaves its loop before the line's own notes are laid
    out: these would be on no page at all.  Here the paragraph goes to the next page instead, with its notes; where it must
    stay, because the page is empty, its notes open the next page.
    """
    original = block._linebox_layout

    @wraps(original)
    def _linebox_layout(context: Any, box: Any, index: Any, child: Any, new_children: Any, page_is_empty: Any, *rest: Any) -> Any:
        on_page, pushed = list(context.current_page_footnotes), list(context.reported_footnotes)
        result = original(context, box, index, child, new_children, page_is_empty, *rest)
        abort, _, resume_at, position_y, new_footnotes, max_lines = result
        if abort:
            return result
        lost = [note for note in _called_in(new_children) if note in context.footnotes]
        late = [note for note in (*on_page, *new_footnotes) if note in context.reported_footnotes and note not in pushed]
        kept = [note for note in late if note in on_page or note in _called_in(new_children)]
        if (lost or kept) and not page_is_empty:
            for note in new_footnotes:
                context.unlayout_footnote(note)
            context.current_page_footnotes[:] = on_page
            context.reported_footnotes[:] = pushed
            context._update_footnote_area()
            return True, False, resume_at, position_y, new_footnotes, max_lines
        for note in lost:
            context.layout_footnote(note)
            context.report_footnote(note)
            new_footnotes.append(note)
        return result

    block._linebox_layout = _linebox_layout


def _called_in(lines: Any) -> list[Any]:
    """The notes that some lines call."""
    notes = (getattr(box, "footnote", None) for line in lines for box in line.descendants())
    return [note for note in notes if note is not None]


def compare_note_area_with_epsilon() -> None:
    """The note area is not full because of the thirteenth decimal.

    The engine compares the foot of the last note with the foot of the area to the last bit; paddings in mm or pt then
    send every note to the next page and may triple the number of pages.
    """
    original = layout.block_level_layout

    @wraps(original)
    def block_level_layout(context: Any, box: Any, *rest: Any) -> Any:
        result = original(context, box, *rest)
        if isinstance(box, boxes.FootnoteAreaBox) and result[0] is not None and result[0].height != "auto":
            result[0].height += EPSILON
        return result

    layout.block_level_layout = block_level_layout


def measure_each_note_once() -> None:
    """Each note is measured once on each page, and the height of the note area is their sum.

    The engine lays out the whole area again for every note that comes to a page, is put back, or goes to the next one: quadratic
    in the notes of a page, and a third of all time.  Heights add up where notes stand under each other and nothing reaches from one
    into another; elsewhere (see ``_plain_area`` and ``_plain_note``) the engine goes its own way.
    """
    original = layout.LayoutContext._update_footnote_area

    @wraps(original)
    def _update_footnote_area(context: Any) -> Any:
        area, notes = context.current_footnote_area, context.current_page_footnotes
        heights = _heights(context, area, notes) if _plain_area(context, area) else None
        if not heights:
            return original(context)
        if area.height != "auto":
            context.page_bottom += area.margin_height()
        area.children = notes
        top = foot = area.content_box_y()
        for height in heights:
            foot += height
        area.height = foot - top + EPSILON
        context.page_bottom -= area.margin_height()
        return False  # an area as high as its notes never overflows

    layout.LayoutContext._update_footnote_area = _update_footnote_area


def _plain_area(context: Any, area: Any) -> bool:
    """Whether the notes alone decide how high their area is: not inside columns, where the text takes no room from it, without a
    height or a number of lines of its own, and with nothing that floats from the text down into it."""
    style = area.style
    return (
        not context.in_column
        and (style["height"], style["max_lines"]) == ("auto", "none")
        and "auto" not in (area.margin_top, area.margin_bottom)
        and area.min_height in (0, "auto")
        and area.max_height == inf
        and all(shape.position_y + shape.margin_height() <= area.position_y for shape in context.excluded_shapes)
    )


def _heights(context: Any, area: Any, notes: list[Any]) -> list[float] | None:
    """The heights of the notes; nothing where one of them cannot be measured alone, or where they belong to pages of two names."""
    measured: dict[int, tuple[Any, float | None]] = area.__dict__.setdefault("_measured", {})
    heights = []
    for note in notes:
        if id(note) not in measured:  # the note is kept beside its height, so that no other one gets its id
            measured[id(note)] = note, _height(context, area, note)
        height = measured[id(note)][1]
        if height is None or note.style["page"] != notes[0].style["page"]:
            return None
        heights.append(height)
    return heights


def _height(context: Any, area: Any, note: Any) -> float | None:
    """The height of a note that is alone in the area; nothing where it may be another one among others."""
    if not _plain_note(note):
        return None
    alone = area.copy_with_children([note.deepcopy()])
    alone.height = "auto"
    laid_out = layout.block_level_layout(context, build.create_anonymous_boxes(alone), -inf, None, area.page)[0]
    if len(laid_out.children) != 1 or not _without_margins(laid_out.children[0]):
        return None
    height: float = laid_out.children[0].margin_height()
    return height


def _plain_note(note: Any) -> bool:
    """Whether a note is a block from which nothing reaches into the next one: no floats and the like, no notes, no page breaks."""
    return isinstance(note, boxes.BlockLevelBox) and all(
        box.is_in_normal_flow()
        and box.footnote is None
        and box.style["page"] == note.style["page"]
        and not {box.style["break_before"], box.style["break_after"]} - {"auto", "avoid", "avoid-page", "avoid-column"}
        for box in note.descendants()
    )


def _without_margins(box: Any) -> bool:
    """Whether a block has no vertical margins, and none of its blocks has: they would collapse with those of its neighbours."""
    if not isinstance(box, boxes.BlockLevelBox):
        return True
    return box.margin_top == box.margin_bottom == 0 and all(_without_margins(child) for child in getattr(box, "children", ()))


def fill_lines_before_links() -> None:
    """A stretch of text whose last space hangs over the end of the line is not broken at its first long word.

    Before a link that does not fit any more, the engine breaks the stretch again, a px narrower than it is.  If only its last space is
    too wide then, it takes the whole stretch for one word and breaks behind its first one, or in its first long one: a line that is half
    empty.  Here all words that fit stay.
    """
    original = inline.split_first_line

    @wraps(original)
    def split_first_line(text: str, style: Any, context: Any, max_width: Any, *rest: Any, **more: Any) -> Any:
        result = original(text, style, context, max_width, *rest, **more)
        if result[2] is None or max_width is None or not text.endswith(" ") or style["white_space"] not in _FOLDED:
            return result
        words = original(text.rstrip(" "), style, context, max_width, *rest, **more)
        if words[2] is None and words[3] <= max_width:
            return (*words[:2], len(text.encode()), *words[3:])
        return result

    inline.split_first_line = split_first_line


_FOLDED = ("normal", "nowrap", "pre-line")
"""Values of white-space with which spaces at the end of a line take no room."""


def link_each_box_once() -> None:
    """A link has one annotation for each stretch of it, not one more for every box inside.

    The engine makes annotations for all boxes inside a link, so that an image that stands out of its line can be clicked; those that
    lie inside the link's own say nothing new, and a reader of the screen names each.
    """
    original = anchors.gather_anchors

    @wraps(original)
    def gather_anchors(box: Any, found: Any, links: list[Any], *rest: Any) -> None:
        before = len(links)
        original(box, found, links, *rest)
        if len(links) > before + 1 and links[before][3] is box:
            kind, target, area, _ = links[before]
            links[before + 1 :] = [link for link in links[before + 1 :] if link[:2] != (kind, target) or not _inside(link[2], area)]

    anchors.gather_anchors = document.gather_anchors = gather_anchors


def _inside(inner: tuple[float, ...], outer: tuple[float, ...]) -> bool:
    """Whether a rectangle lies in another, or stands out so little that nobody could hit it."""
    return all(a > b - LITTLE for a, b in zip(inner[:2], outer[:2], strict=True)) and all(
        a < b + LITTLE for a, b in zip(inner[2:], outer[2:], strict=True)
    )
