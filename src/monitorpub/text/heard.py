"""Words that are heard and not printed: what a link or a table says to a reader who does not see the page.

In the settings of a layout they stand among its labels, under the names here; a layout without them has the English ones.
"""

from __future__ import annotations

from collections.abc import Mapping

ENGLISH = {
    "note": "Note {mark}",
    "back": "Back to the text at note {mark}",
}


class Heard:
    """The words in the language of a document."""

    def __init__(self, words: Mapping[str, str] | None = None) -> None:
        self._words = {**ENGLISH, **{name: text for name, text in (words or {}).items() if name in ENGLISH}}

    def __call__(self, name: str, **parts: object) -> str:
        """A word or a sentence, with its parts put in.  Raises KeyError for a name that is not in :data:`ENGLISH`."""
        text = self._words[name]
        for part, value in parts.items():
            text = text.replace("{" + part + "}", str(value))
        return text
