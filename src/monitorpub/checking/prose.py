"""Running text as the rules of style read it: without quotations, code, addresses, note calls and titles in italics."""

from __future__ import annotations

from collections.abc import Iterator

from monitorpub.checking.manuscript import Manuscript, Passage
from monitorpub.text.typed import CALL, without_calls, without_tables, without_titles

__all__ = ["CALL", "is_english", "line_of", "running", "runs", "without_calls", "without_tables", "without_titles"]


def running(manuscript: Manuscript) -> Iterator[Passage]:
    """Sentences of the body: running text and recommendations, without cells and titles of tables."""
    return (passage for passage in manuscript.passages if runs(passage))


def runs(passage: Passage) -> bool:
    """Whether a passage has sentences: running text or a recommendation, not a cell or title of a table."""
    return passage.kind in ("text", "recommendation") and ".tables[" not in passage.field and "\t" not in passage.text


def is_english(manuscript: Manuscript) -> bool:
    """Whether rules of English hold."""
    return manuscript.language.split("-", maxsplit=1)[0].lower() == "en"


def line_of(passage: Passage, index: int) -> int:
    """The line of the file on which a sign of the passage stands."""
    return passage.locate(index, index + 1).line
