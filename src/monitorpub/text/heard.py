"""Words that are heard and not printed: what a link or a table says to a reader who does not see the page.

In the settings of a layout they stand among its labels, under the names here; a layout without them has the English ones.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitorpub.number import Steps

ENGLISH = {
    "note": "Note {mark}",
    "back": "Back to the text at note {mark}",
    "back-again": "Back to the text at note {mark}, call {count}",
    "summary": "Table of {size}.",
    "summary-with": "Table of {size}: {values}",
    "summary-size": "{rows} and {columns}",
    "summary-rows-one": "{count} row",
    "summary-rows-other": "{count} rows",
    "summary-columns-one": "{count} column",
    "summary-columns-other": "{count} columns",
    "summary-years-one": "{count} year ({span})",
    "summary-years-other": "{count} years ({span})",
    "summary-rose": "{row} rose from {first} in {from} to {last} in {to}.",
    "summary-fell": "{row} fell from {first} in {from} to {last} in {to}.",
    "summary-same": "{row}, {last} in {from} and in {to}.",
    "summary-one": "{row}, {last} in {to}.",
    "summary-none": "nothing was reported.",
    "summary-total": "{row}, {column}: {value}.",
}
"""A sentence with a number in it has a form for each that the language has (CLDR): ``-one``, ``-other`` and so on."""


class Heard:
    """The words in the language of a document."""

    def __init__(
        self,
        words: Mapping[str, str] | None = None,
        language: str = "en",
        long_forms: Mapping[Steps, Mapping[str, str]] | None = None,
    ) -> None:
        self._given = {name: text for name, text in (words or {}).items() if name.startswith(("note", "back", "summary"))}
        self._words = {**ENGLISH, **self._given}
        self._long_forms = long_forms or {}
        self.language = language

    def long_forms(self, path: Steps) -> Mapping[str, str]:
        """What is said of abbreviations in the text at a path, see :func:`monitorpub.text.expansions.of_texts`."""
        return self._long_forms.get(path, {})

    def has(self, name: str) -> bool:
        """Whether a word is known in the language of the document."""
        return name in self._given or self.language.split("-", maxsplit=1)[0].lower() == "en"

    def counted(self, name: str, count: int, **parts: object) -> str:
        """A sentence with a number in it, in the form that the language has for this number (CLDR)."""
        form = f"{name}-{plural_form(count, self.language if self.has(f'{name}-other') else 'en')}"
        return self(form if form in self._words else f"{name}-other", count=count, **parts)

    def __call__(self, name: str, **parts: object) -> str:
        """A word or a sentence, with its parts put in.  Raises KeyError for a name that is not in :data:`ENGLISH`."""
        return _PART.sub(lambda part: str(parts.get(part[1], part[0])), self._words[name])


_PART = re.compile(r"\{(\w+)\}")


@lru_cache(maxsize=256)
def plural_form(count: int, language: str) -> str:
    """The plural category of a number: ``one``, ``other`` and so on (CLDR)."""
    from babel import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(language, sep="-").plural_form(count))
    except (UnknownLocaleError, ValueError):
        return "other"
