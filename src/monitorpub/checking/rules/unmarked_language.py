"""A107: words in another script that do not say in which language they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitorpub.checking.manuscript import Manuscript
from monitorpub.checking.rule import Hit, Rule, Severity
from monitorpub.checking.scripts import foreign_runs
from monitorpub.text.marks import MARKED
from monitorpub.text.quotations import CODE

_LANGUAGE = re.compile(r"lang\s*=")


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """Two and more words in a script in which the language of the document is not written, outside marks of languages."""
    if manuscript.written is None:
        return  # a plain text has no marks
    for passage in manuscript.passages:
        if passage.text.isascii():
            continue
        text = CODE.sub(lambda match: "\0" * len(match[0]), passage.text)
        for match in list(MARKED.finditer(text)):
            if _LANGUAGE.search(match["braces"]):
                text = text[: match.start()] + "\0" * len(match[0]) + text[match.end() :]
        for run in foreign_runs(text, manuscript.language):
            hint = f"Write [words]{{lang={run.language}}}, with the tag of their language (BCP 47)."
            message = f"Words in {run.script} letters do not say in which language they are."
            yield Hit(passage, run.start, run.end, message, hint)


RULE = Rule(
    code="A107",
    name="unmarked-language",
    severity=Severity.WARNING,
    what="Several words in a script of another language (Arabic, Cyrillic, Korean …), without a mark that says which language it is.",
    why="A program that reads aloud spells out or passes over words of which it does not know the language.",
    example="The centre (المركز الوطني) was founded in 2010.",
    instead="The centre ([المركز الوطني]{lang=ar}) was founded in 2010.",
    check=find,
)
