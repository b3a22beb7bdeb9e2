"""Columns of text keep their notes at the foot of the page on which these are called, and tables span them: mends of WeasyPrint 70.0.

The engine sets columns as high as the page, counts the notes, makes the columns lower by that, counts again, and ends as soon as a
height comes back.  The columns are then often higher than the notes leave room for, and the last notes go to the next page.  Here a
height is looked for that leaves room for the notes that the columns of that height call: the lower the columns, the fewer the notes.
The engine sets the columns; the notes are counted when they stand.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from weasyprint import layout
from weasyprint.css.properties import TABLE_WRAPPER_BOX_PROPERTIES
from weasyprint.layout import block, column

STEP = 4.0
"""px; columns are not made higher by less than that: a line is higher."""

TRIALS = 12
"""How often columns are set on a page at most, before the best height so far is taken."""

SLACK = 1e-3
"""px"""


def keep_notes_of_columns() -> None:
    """The notes that are called in columns stand at the foot of the same page."""
    engine, update, report = column.columns_layout, layout.LayoutContext._update_footnote_area, column._report_footnotes

    @wraps(update)
    def _update_footnote_area(context: Any) -> Any:
        return False if getattr(context, "_columns_tried", False) else update(context)

    @wraps(report)
    def _report_footnotes(context: Any, height: Any) -> None:
        if not getattr(context, "_columns_tried", False):
            report(context, height)

    def original(context: Any, box: Any, bottom_space: float, skip_stack: Any, *rest: Any) -> Any:
        return _with_rest(box, skip_stack, engine(context, box, bottom_space, skip_stack, *rest))

    @wraps(engine)
    def columns_layout(context: Any, box: Any, bottom_space: float, skip_stack: Any, *rest: Any) -> Any:
        if context.in_column or context.reported_footnotes or not context.footnotes:
            return original(context, box, bottom_space, skip_stack, *rest)  # in columns, behind notes of the page before, without notes
        start = _State.of(context, rest)
        page_is_empty = rest[1]

        def trial(reserve: float) -> _Trial:
            start.restore(context, rest)
            context._columns_tried = True
            try:
                result = original(context, box, bottom_space + reserve, skip_stack, *rest)
            finally:
                context._columns_tried = context.in_column = False
            return _settled(context, start, result, reserve, bottom_space)

        best = _lowest_reserve(trial, page_is_empty=page_is_empty)
        if best is None:
            start.restore(context, rest)
            return original(context, box, bottom_space, skip_stack, *rest)
        return best.result

    layout.LayoutContext._update_footnote_area = _update_footnote_area
    column._report_footnotes = _report_footnotes
    column.columns_layout = block.columns_layout = columns_layout


def _with_rest(box: Any, skip_stack: Any, result: Any) -> Any:
    """What the engine gives, resumed at what spans the columns where it forgot that.

    Where columns can be set at their greatest height only, the engine stops behind them; if they are complete then, it takes the whole for
    complete, and what stands behind them would be on no page.
    """
    new, resume_at, *others = result
    if new is None or resume_at is not None:
        return result
    first = next(iter(skip_stack)) if skip_stack else 0
    spanning = [index for index, child in enumerate(box.children) if index >= first and child.style["column_span"] == "all"]
    placed = sum(not child.is_column for child in new.children)
    return result if placed >= len(spanning) else (new, {spanning[placed]: None}, *others)


def let_tables_span_columns() -> None:
    """A table with ``column-span: all`` stands over all columns.

    The engine asks the box round the table and its caption, to which it hands other properties of the table, but not this one.
    """
    TABLE_WRAPPER_BOX_PROPERTIES.add("column_span")


@dataclass(frozen=True)
class _Trial:
    """Columns with so much room kept free below them."""

    reserve: float
    result: Any
    taken: float
    """How much of the page their notes take, in px."""
    fits: bool

    @property
    def empty(self) -> bool:
        """Whether nothing found room, so that all goes to the next page."""
        return self.result[0] is None


def _lowest_reserve(trial: Callable[[float], _Trial], *, page_is_empty: bool) -> _Trial | None:
    """The trial that keeps the least room free and yet has room for its notes, set last; None where nothing fits on an empty page."""
    last = trial(0.0)
    if last.fits:
        return None if last.empty and page_is_empty else last
    low, high, best = 0.0, last.taken, None
    reserve = high
    for _ in range(TRIALS):
        last = trial(reserve)
        if last.fits and not (last.empty and page_is_empty):
            best, high = last, reserve
            # Less room than these notes take is too little; just as much is often enough.
            reserve = last.taken if last.taken > low and last.taken < high - SLACK else (low + high) / 2
            low = max(low, last.taken - SLACK)
        else:
            low = reserve
            high = high if best is not None else max(last.taken, reserve + STEP)
            reserve = (low + high) / 2 if best is not None else high
        if best is not None and high - low <= STEP:
            break
    return trial(best.reserve) if best is not None and best is not last else best


@dataclass(frozen=True)
class _State:
    """What laying out columns changes in the context of the page."""

    footnotes: list[Any]
    here: list[Any]
    reported: list[Any]
    shapes: list[Any]
    broken: dict[Any, Any]
    area_height: Any
    area_children: Any
    page_bottom: float
    absolute: list[Any]
    fixed: list[Any]

    @classmethod
    def of(cls, context: Any, rest: tuple[Any, ...]) -> _State:
        area = context.current_footnote_area
        return cls(
            list(context.footnotes),
            list(context.current_page_footnotes),
            list(context.reported_footnotes),
            list(context.excluded_shapes),
            dict(context.broken_out_of_flow),
            area.height,
            area.children,
            context.page_bottom,
            list(rest[2]),
            list(rest[3]),
        )

    def restore(self, context: Any, rest: tuple[Any, ...]) -> None:
        """Put all back as it was."""
        self.restore_notes(context, self.footnotes, self.here)
        context.excluded_shapes[:] = self.shapes
        context.broken_out_of_flow.clear()
        context.broken_out_of_flow.update(self.broken)
        rest[2][:], rest[3][:] = self.absolute, self.fixed

    def restore_notes(self, context: Any, waiting: list[Any], here: list[Any]) -> None:
        """These notes wait, those stand on the page; their area is as high as before."""
        context.footnotes[:], context.current_page_footnotes[:], context.reported_footnotes[:] = waiting, here, self.reported
        area = context.current_footnote_area
        area.height, area.children, context.page_bottom = self.area_height, self.area_children, self.page_bottom


def _settled(context: Any, start: _State, result: Any, reserve: float, bottom_space: float) -> _Trial:
    """The notes that the columns call stand on the page, in the order of their calls, and no others that did not before."""
    box = result[0]
    called = [] if box is None else [one.footnote for one in box.descendants() if getattr(one, "footnote", None) is not None]
    waiting = [note for note in start.footnotes if note not in called]
    new = [note for note in called if note in start.footnotes]
    start.restore_notes(context, waiting, [*start.here, *new])
    if not new:
        return _Trial(reserve, result, 0.0, fits=True)
    context._update_footnote_area()
    taken = start.page_bottom - context.page_bottom
    foot = box.position_y + box.margin_height()
    return _Trial(reserve, result, taken, fits=taken <= reserve + SLACK or foot <= context.page_bottom - bottom_space + SLACK)
