"""The order of names in a language: A to Z as its readers expect it (CLDR, by ICU).

Ö stands under O in English and German and after Z in Swedish; Ñ is a letter of its own in Spanish.  Words come before letters: New York
stands before Newark.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

_NO_LETTER = re.compile(r"^[\W_]+")


def sort_key(text: str, language: str) -> tuple[bytes, str]:
    """The key by which a name is sorted in a language (a tag of BCP 47); names that are spelt differently never have the same.

    Quotation marks and other signs at the beginning do not count.  A language that CLDR does not know is sorted as most are.
    """
    return bytes(_collator(language).getSortKey(_NO_LETTER.sub("", text) or text)), text


@lru_cache(maxsize=4096)
def letter(text: str, language: str) -> str:
    """The letter of the language's alphabet under which a name stands in an index; "" for figures and signs, which come first."""
    word = _NO_LETTER.sub("", text)
    if not word or not word[0].isalpha():
        return ""
    index = _letters(language)
    label, kind = index.getBucket(index.getBucketIndex(word))
    return str(label) if kind == _NORMAL else word[0].upper()


_NORMAL = 0
"""The kind of a letter of the alphabet, and not of what stands before, between or after (U_ALPHAINDEX_NORMAL)."""


@lru_cache(maxsize=8)
def _collator(language: str) -> Any:
    import icu  # 10 ms: only what sorts should wait for it

    return icu.Collator.createInstance(icu.Locale.forLanguageTag(language))


@lru_cache(maxsize=8)
def _letters(language: str) -> Any:
    import icu

    index = icu.AlphabeticIndex(icu.Locale.forLanguageTag(language))
    index.addLabels(icu.Locale.getEnglish())  # names in Latin script stand in every volume
    return index.buildImmutableIndex()
