"""W105: a sentence that breaks off where a word must follow."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitorpub.checking.manuscript import Manuscript
from monitorpub.checking.prose import CALL, is_english, running, without_tables
from monitorpub.checking.rule import Hit, Rule, Severity

_BROKEN = re.compile(rf"(?<![\w’'.(-])(the|an|and|or|of\sa|in\sa|to\sa|by\sa|with\sa)(?=[^\S\n]*(?:{CALL}|[.;:!?](?:\s|$|{CALL}|\[)|\)))")


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """Articles and conjunctions before a call, a stop or a closing bracket."""
    if not is_english(manuscript):
        return
    for passage in running(manuscript):
        text = without_tables(passage.unquoted)
        for match in _BROKEN.finditer(text):
            after = text[match.end() :].lstrip()[:1]
            word = match[1].split()[-1]
            if after == ":" and word in ("and", "or"):
                continue  # a list follows
            if text[: match.start()].endswith("/"):
                continue  # and/or
            yield Hit(passage, *match.span(), f"After “{word}” a word is missing.")


RULE = Rule(
    code="W105",
    name="missing-word",
    severity=Severity.ERROR,
    what="An article, “and” or “or” with nothing after it but a note call, a stop or a bracket.",
    why="A word was lost when the sentence was moved or the call set in.",
    example="The area was handed over to the.[12]",
    instead="Find the word that was lost, or delete what is left of the sentence.",
    check=find,
)
