"""The audit after every typesetting: each call has its note, once, on its page, and nothing is cut off or printed over.

It walks the boxes that the engine laid out, not the HTML that it was given, so that it sees what a reader will see.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint.css import AnonymousStyle
from weasyprint.formatting_structure import boxes

from monitorpub.typeset.audit_end_notes import AGAIN, Marks, marks_of, misnumbered, misplaced
from monitorpub.typeset.audit_places import SLACK, outside, overprinted, pieces
from monitorpub.typeset.part import Remark, Spot
from monitorpub.typeset.walking import MADE, walk, walk_knowing


def spots(pages: Any) -> tuple[dict[str, list[Spot]], dict[str, list[Spot]]]:
    """Where each note stands (its first box on each page; of an end note, its first box) and where each call stands."""
    notes: dict[str, list[Spot]] = {}
    ends: set[Any] = set()
    calls: dict[str, list[Spot]] = {}
    for number, page in enumerate(pages, 1):
        for box, in_area in walk_knowing(page._page_box, False, _in_area):
            element = getattr(box, "element", None)
            if element is None or isinstance(box.style, AnonymousStyle) or box.element_tag.endswith(MADE):
                continue
            kind, name = element.get("class"), element.get("id")
            if kind == "note" and in_area and isinstance(box, boxes.BlockLevelBox):
                notes.setdefault(name, []).append(Spot(number, box.position_x, box.position_y, box.margin_height()))
            elif kind == "end-note" and element not in ends and isinstance(box, boxes.BlockLevelBox):
                ends.add(element)  # a page may end within it
                notes.setdefault(name, []).append(Spot(number, box.position_x, box.position_y, box.margin_height()))
            elif kind == "note-call" and name and not in_area and isinstance(box, boxes.InlineBox):
                seen = calls.setdefault(name, [])
                if not seen or seen[-1].page != number:
                    seen.append(Spot(number, box.position_x, box.position_y))
    return notes, calls


def audit(
    pages: Any,
    expected: tuple[tuple[str, str], ...],
    seen: tuple[dict[str, list[Spot]], dict[str, list[Spot]]] | None = None,
    placed: tuple[tuple[str, str], ...] = (),
) -> list[Remark]:
    """Remarks P001-P004, P012 and P014 on the notes, P011 on what stands outside its place, P013 on translucent words,
    P015 on words over words.

    ``seen`` is what ``spots`` gave, ``placed`` what ``Job.placed`` says of notes at the end of a section or of the whole.
    """
    notes, calls = seen or spots(pages)
    remarks: list[Remark] = []
    before: tuple[int, float] = (0, 0.0)
    sections = dict(placed)
    marks = marks_of(pages) if sections else Marks()
    end_before: Spot | None = None
    for note, call in expected:
        at, called = notes.get(note, []), calls.get(call, [])
        if len(at) != 1 or not called:
            what = "is on no page" if not at else f"stands {len(at)} times" if len(at) > 1 else "has lost its call"
            remarks.append(Remark("P001", f"The note {what}.", note, "This is a defect of monitorpub: please report it with the source."))
            continue
        if note in sections:
            if note not in marks.notes:
                remarks.append(Remark("P003", f"The note stands at the foot of page {at[0].page}.", note, AGAIN))
                continue
            remarks.extend(misplaced(note, at[0], called[0], end_before, sections[note], marks))
            remarks.extend(misnumbered(note, call, calls, marks))
            end_before = at[0]
            continue
        remarks.extend(_misplaced(note, at[0], called[0], before, pages[at[0].page - 1]._page_box))
        before = (at[0].page, at[0].y)
    remarks.extend(_over_notes(pages, {name: at for name, at in notes.items() if name not in marks.notes}))
    strays = list(outside(pages))
    remarks.extend(strays)
    remarks.extend(overprinted(pages, {remark.element for remark in strays}))
    remarks.extend(_translucent(pages))
    return remarks


def _misplaced(name: str, note: Spot, call: Spot, before: tuple[int, float], page: Any) -> Iterator[Remark]:
    """What is wrong with the place of one note; ``before`` is where the note before it stands."""
    where = f"The note stands on page {note.page}, its call on page {call.page}"
    foot = page.content_box_y() + page.height
    if note.y < page.content_box_y() - SLACK or note.y + note.height > foot + SLACK:
        yield Remark("P004", "The note is too long for the foot of a page.", name, "Shorten it, or move a part of it into the text.")
    if (note.page, note.y) < before:
        yield Remark("P003", f"{where}, and the note before it stands further on.", name, "Shorten the notes of this page.")
    elif note.page - call.page == 1:
        yield Remark("P002", f"{where}.", name, "Some more or fewer words before the call bring them together.")
    elif note.page != call.page:
        yield Remark("P003", f"{where}.", name, "Shorten the notes of these pages.")


def _over_notes(pages: Any, notes: dict[str, list[Spot]]) -> Iterator[Remark]:
    """Pages on which the lowest line of the text stands below the top of the notes; the longest note there is named."""
    for number, page in enumerate(pages, 1):
        here = {name: spot for name, at in notes.items() for spot in at if spot.page == number}
        if not here:
            continue
        longest = max(here, key=lambda name: here[name].height)
        top = min(spot.y for spot in here.values())
        feet = [p.box.position_y + p.box.baseline for p in pieces(page._page_box) if p.where == "text" and p.words]
        if feet and max(feet) > top + SLACK:
            yield Remark(
                "P012",
                f"The note and the text are printed over each other on page {number}.",
                longest,
                "Shorten it, or move a part of it into the text.",
            )


def _translucent(pages: Any) -> Iterator[Remark]:
    """The first words that are drawn as a group of their own, with opacity: the engine puts those where no tree can name them."""
    for number, page in enumerate(pages, 1):
        for box in walk(page._page_box):
            words = _words_within(box) if box.style["opacity"] < 1 else ""
            if words:
                hint = "Give them a lighter colour in place of opacity."
                yield Remark("P013", f"On page {number} the words “{words[:40]}” are set with opacity.", hint=hint)
                return


def _words_within(box: Any) -> str:
    """The words in a box; none for what stands in the margins."""
    if isinstance(box, boxes.MarginBox):
        return ""
    return " ".join("".join(one.text for one in walk(box) if isinstance(one, boxes.TextBox)).split())


def _in_area(box: Any, above: bool) -> bool:
    """Whether a box stands where notes stand at the foot."""
    return above or isinstance(box, boxes.FootnoteAreaBox)
