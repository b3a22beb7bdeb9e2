"""Words that are heard and not printed: what a link or a table says to a reader who does not see the page.

In the settings of a layout they stand among its labels, under the names here; a layout without them has the English ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitorpub.number import Steps

ENGLISH = {
    "note": "Note {mark}",
    "back": "Back to the text at note {mark}",
}


class Heard:
    """The words in the language of a document."""

    def __init__(self, words: Mapping[str, str] | None = None, long_forms: Mapping[Steps, Mapping[str, str]] | None = None) -> None:
        self._words = {**ENGLISH, **{name: text for name, text in (words or {}).items() if name in ENGLISH}}
        self._long_forms = long_forms or {}

    def long_forms(self, path: Steps) -> Mapping[str, str]:
        """What is said of abbreviations in the text at a path, see :func:`monitorpub.text.expansions.of_texts`."""
        return self._long_forms.get(path, {})

    def __call__(self, name: str, **parts: object) -> str:
        """A word or a sentence, with its parts put in.  Raises KeyError for a name that is not in :data:`ENGLISH`."""
        text = self._words[name]
        for part, value in parts.items():
            text = text.replace("{" + part + "}", str(value))
        return text
