"""N105: several calls at one place that run into one number, or that are separated twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitorpub.checking.manuscript import Manuscript
from monitorpub.checking.rule import Hit, Mend, Rule, Severity
from monitorpub.checking.rules.call_before_punctuation import rows

_COMMA = re.compile(r"\s?,\s?(?=\[\^)")


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """Raised numbers that only make sense as several; commas typed between the calls of a profile."""
    if manuscript.written is not None:
        yield from _commas(manuscript)
        return
    for row in rows(manuscript):
        passage, start, end = row[0].passage, row[0].start, row[-1].end
        words = passage.text[start:end]
        if len(row) > 1 and not words.startswith("["):
            numbers = " and ".join(call.mark for call in row)
            commas = "’".join(passage.text[call.start : call.end] for call in row).replace("’", "˒")
            message = f"The calls {numbers} stand together without a sign between them and read as {''.join(c.mark for c in row)}."
            yield Hit(passage, start, end, message, f"Separate them: {commas.replace('˒', ',')}")


def _commas(manuscript: Manuscript) -> Iterator[Hit]:
    """The comma between two numbers is set when the profile is printed."""
    for series in manuscript.series:
        starts = {(id(call.passage), call.start) for call in series.calls}
        for call in series.calls:
            comma = _COMMA.match(call.passage.text, call.end)
            if comma and (id(call.passage), comma.end()) in starts:
                mend = Mend(call.passage, *comma.span(), "")
                message = "A comma is typed between two calls, and would be printed beside the one that is set there."
                yield Hit(call.passage, *comma.span(), message, "Write the calls one after the other: [^one][^two].", mend)


RULE = Rule(
    code="N105",
    name="calls-not-separated",
    severity=Severity.WARNING,
    what="Raised calls of a plain text that run into one number where only several make sense; a comma typed between calls of a profile.",
    why="A reader looks for note 12 where notes 1 and 2 are meant.",
    example="Mines were laid in the north.¹²  (the first call of the text)",
    instead="Separate the numbers: ¹,² in a plain text; in a profile [^one][^two], where the comma is set for you.",
    check=find,
)
