"""Scripts: which a language is written in, and where words of another one stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True)
class Script:
    """A script: its signs, its code in ISO 15924, the languages that are written in it, the most frequent one first."""

    name: str
    signs: str
    code: str
    languages: tuple[str, ...]
    spaced: bool = True
    """Whether words have spaces between them."""


_SCRIPTS = (
    Script("Greek", "\u0370-\u03ff\u1f00-\u1fff", "grek", ("el",)),
    Script(
        "Cyrillic", "\u0400-\u052f\u1c80-\u1c8f", "cyrl", tuple("ru uk be bg sr mk kk ky tg mn ab av ba ce cv kv os tt bs az uz".split())
    ),
    Script("Armenian", "\u0530-\u058f", "armn", ("hy",)),
    Script("Hebrew", "\u0590-\u05ff", "hebr", ("he", "yi")),
    Script(
        "Arabic", "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc", "arab", tuple("ar fa ps ur ku ckb sd ug ks".split())
    ),
    Script("Devanagari", "\u0900-\u097f", "deva", ("hi", "ne", "mr", "sa")),
    Script("Bengali", "\u0980-\u09ff", "beng", ("bn", "as")),
    Script("Tamil", "\u0b80-\u0bff", "taml", ("ta",)),
    Script("Sinhala", "\u0d80-\u0dff", "sinh", ("si",)),
    Script("Thai", "\u0e00-\u0e7f", "thai", ("th",), spaced=False),
    Script("Lao", "\u0e80-\u0eff", "laoo", ("lo",), spaced=False),
    Script("Burmese", "\u1000-\u109f", "mymr", ("my",), spaced=False),
    Script("Georgian", "\u10a0-\u10ff\u1c90-\u1cbf", "geor", ("ka",)),
    Script("Korean", "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af", "kore", ("ko",)),
    Script("Ethiopic", "\u1200-\u139f", "ethi", ("am", "ti")),
    Script("Khmer", "\u1780-\u17ff", "khmr", ("km",), spaced=False),
    Script("Japanese", "\u3040-\u30ff", "jpan", ("ja",), spaced=False),
    Script("Chinese", "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff", "hans", ("zh", "ja", "ko"), spaced=False),
)
_BETWEEN = r"[\s\d.,:;'’\"“”«»()·،؛-]"
SIGNS = 4
"""Signs of a script without spaces that count as several words."""


@dataclass(frozen=True)
class Run:
    """Several words in another script: where they stand, the script and the language it is most often of."""

    start: int
    end: int
    script: str
    language: str


def foreign_runs(text: str, language: str) -> Iterator[Run]:
    """The stretches of two words and more in scripts that the language is not written in.  Latin letters belong to all languages."""
    if text.isascii():
        return
    first, *others = language.lower().split("-")
    codes = [part for part in others[:1] if len(part) == 4]
    for script in _SCRIPTS:
        own = script.code in codes if codes else first in script.languages
        if own:
            continue
        for match in _pattern(script.signs).finditer(text):
            words, signs = match[0].split(), sum(sign.isalpha() for sign in match[0])
            if len(words) > 1 if script.spaced else signs >= SIGNS:
                yield Run(*match.span(), script.name, script.languages[0])


@cache
def _pattern(signs: str) -> re.Pattern[str]:
    return re.compile(rf"[{signs}]+(?:{_BETWEEN}*[{signs}]+)*")
