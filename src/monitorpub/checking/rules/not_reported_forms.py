"""D107: “Not reported” in several forms among the key data."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitorpub.checking.manuscript import Manuscript, Passage
from monitorpub.checking.prose import is_english, without_calls
from monitorpub.checking.rule import Hit, Mend, Rule, Severity

_FORM = re.compile(r"\s*((?:n\s?/\s?r|not[\s-]+reported|unreported)\.?)\s*", re.IGNORECASE)
HOUSE = "Not reported"


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """Facts and entries of lists that say it otherwise than the house, where they say it in more than one form."""
    if manuscript.written is None or not is_english(manuscript):
        return
    found: list[tuple[Passage, int, int]] = []
    for passage in manuscript.passages:
        if passage.kind in ("key-data", "capacity") and (match := _FORM.fullmatch(without_calls(passage.text))):
            found.append((passage, match.start(1), match.end(1)))
    forms = {passage.text[start:end] for passage, start, end in found}
    for passage, start, end in found:
        form = passage.text[start:end]
        if form != HOUSE and len(forms) > 1:
            message = f"“{form}” stands here, and another form of it elsewhere in the key data."
            yield Hit(passage, start, end, message, mend=Mend(passage, start, end, HOUSE))


RULE = Rule(
    code="D107",
    name="not-reported-forms",
    severity=Severity.WARNING,
    what="Facts of the key data that say “Not reported” in several forms: not reported, N/R, Not Reported.",
    why="Readers take two forms for two meanings.",
    example="value: N/R in one fact, value: Not reported in another",
    instead="Write “Not reported” in all of them.",
    check=find,
)
