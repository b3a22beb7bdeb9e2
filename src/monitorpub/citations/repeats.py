"""Repeats: where a note prints "Ibid.", where a later or a short form, where the first.

Decided late, from the order in which the notes are printed, so that a note that is added, moved or deleted decides all anew.

"Ibid." stands for the one source of the note before in the same series.  It is never printed in a first note, nor after a note with
two cites, with none (a note of free text may hold any source), or with a source typed beside the cite.  Only the first cite of a
note can be one.  With the same place in the source it stands alone; with another place it names it; where the note before names a
place and this one does not, the source is given again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from monitorpub.citations.syntax import Cite


class Form(StrEnum):
    """What a cite prints."""

    FIRST = "first"
    AGAIN = "again"
    SHORT = "short"
    IBID = "ibid"


@dataclass(frozen=True)
class Decision:
    """The form of a cite; of an Ibid., whether it names the place in the source."""

    form: Form
    locator: bool = True


@dataclass(frozen=True)
class Outline:
    """A note as far as repeats go: its cites in order, and where sources may be typed beside them."""

    cites: tuple[Cite, ...]
    source_before: bool = False
    """A source in free text stands before the first cite."""
    source_after: bool = False
    """One stands after, or between cites."""


def decide(notes: Sequence[Outline], repeats: str) -> list[list[Decision]]:
    """The forms of all cites of one series, note by note."""
    out: list[list[Decision]] = []
    seen: set[str] = set()
    before: Cite | None = None  # the only source of the note before
    for note in notes:
        decisions = []
        for index, cite in enumerate(note.cites):
            again = cite.key in seen
            seen.add(cite.key)
            head = index == 0 and not note.source_before
            if repeats == "ibid" and head and before is not None and (ibid := _ibid(before, cite)) is not None:
                decisions.append(ibid)
            elif not again or repeats == "full":
                decisions.append(Decision(Form.FIRST))
            else:
                decisions.append(Decision(Form.SHORT if repeats == "short" else Form.AGAIN))
        out.append(decisions)
        alone = len(note.cites) == 1 and not note.source_before and not note.source_after
        before = note.cites[0] if alone else None
    return out


def _ibid(before: Cite, cite: Cite) -> Decision | None:
    if before.key != cite.key:
        return None
    if _place(before.locator) == _place(cite.locator):
        return Decision(Form.IBID, locator=False)
    return Decision(Form.IBID) if cite.locator else None


def _place(locator: str) -> str:
    """A locator with the ways of typing it levelled: ``pp. 8-9`` is ``p. 8–9``."""
    plain = re.sub(r"\s*[-–]\s*", "-", " ".join(locator.split()).casefold())
    return re.sub(r"\b(?:pp?|pages?)\.?\s*(?=\d)", "p ", plain).rstrip(".")
