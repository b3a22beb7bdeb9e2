"""W102: an abbreviation that is spelt out twice, or in two ways."""

from __future__ import annotations

from collections.abc import Iterator

from monitorpub.checking.abbreviations import Use, same_words, scopes, uses
from monitorpub.checking.manuscript import Manuscript
from monitorpub.checking.prose import is_english, line_of, runs
from monitorpub.checking.rule import Hit, Rule, Severity


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """Second long forms of an abbreviation in running text."""
    if not is_english(manuscript):
        return
    for _, passages in scopes(manuscript):
        known: dict[str, Use] = {}
        for passage in passages:
            for use in uses(passage) if runs(passage) else ():
                if not use.long:
                    continue
                if use.short in known:
                    yield _hit(use, known[use.short])
                else:
                    known[use.short] = use


def _hit(use: Use, first: Use) -> Hit:
    line = line_of(first.passage, first.start)
    long, before = " ".join((use.long or "").split()), " ".join((first.long or "").split())
    start = use.start - 1 if use.passage.text[use.start - 1 : use.start] in "([" else use.start
    end = use.end + 1 if start < use.start else use.end
    if same_words(long, before):
        return Hit(use.passage, start, end, f"{use.short} was spelt out before, in line {line}.")
    message = f"{use.short} is “{long}” here, and “{before}” in line {line}."
    return Hit(use.passage, start, end, message, "Give the abbreviation one meaning; spell out the other, without an abbreviation.")


RULE = Rule(
    code="W102",
    name="abbreviation-explained-again",
    severity=Severity.WARNING,
    what="An abbreviation that is spelt out a second time in the same profile (or section, where the house is the Monitor), or is "
    "given two meanings.",
    why="The second time tells the reader that something new is meant; two meanings leave open which.",
    example="... the Demilitarized Zone (DMZ) ... mines in the Demilitarized Zone (DMZ) ...",
    instead="Write the abbreviation alone from the second time on.",
    check=find,
)
