"""W112: a sentence behind a note call that begins without a capital."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitorpub.checking.manuscript import Manuscript
from monitorpub.checking.prose import CALL, is_english, running
from monitorpub.checking.rule import Hit, Rule, Severity

_LOWER = re.compile(rf"(?<![\w.])(?P<before>[^\W_]+)[”\"’)]?\.[”\"]?(?:{CALL})+\s+(?P<word>[a-z]+)(?![\w-])")
_SHORT_FORMS = frozenset("etc inc ltd co corp jr sr st al approx ca cf no nos vol ed eds dept gen col maj est".split())
_PARTICLES = frozenset("al el ibn bin de di da von van le la du dos".split())


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """Small letters after a full stop and its call.  Without a call the stop may belong to a short form."""
    if not is_english(manuscript):
        return
    for passage in running(manuscript):
        for match in _LOWER.finditer(passage.unquoted):
            before = match["before"]
            if len(before) == 1 or before.lower() in _SHORT_FORMS or match["word"] in _PARTICLES:
                continue
            yield Hit(passage, *match.span("word"), f"The sentence begins with “{match['word']}”, without a capital.")


RULE = Rule(
    code="W112",
    name="sentence-without-capital",
    severity=Severity.WARNING,
    what="A small letter at the beginning of the sentence that follows a full stop and its note call.",
    why="Either the capital is missing, or the stop is one too many.",
    example="Clearance ended in 2018.[4] the area was handed over.",
    instead="Begin the sentence with a capital, or make the stop a comma.",
    check=find,
)
