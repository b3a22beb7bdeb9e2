"""W103: miles, feet or acres in a text that measures in kilometres."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitorpub.checking.manuscript import Manuscript
from monitorpub.checking.prose import is_english, without_titles
from monitorpub.checking.rule import Hit, Rule, Severity
from monitorpub.checking.words import NUMBER_WORDS

_METRIC = re.compile(r"\d[\s-]?(?:km|m)[²2]?(?![\w²])|\b(?:km²|km2)|\b(?:square\s)?kilomet(?:re|er)s?\b|\bsquare\smet(?:re|er)s?\b")
_FIGURE = r"(?P<number>\d[\d,]*(?:\.\d+)?)"
_FOREIGN = re.compile(
    rf"(?<![\w.,])(?:{_FIGURE}(?:\s(?:million|thousand))?|(?:half\s)?an?|few|several|(?:hundreds|thousands|dozens)\sof|{NUMBER_WORDS})"
    r"[\s-](?P<unit>(?:square\s)?(?:miles?|acres?|hectares?)|ha|sq\smi)\b"
    rf"|(?<![\w.,]){_FIGURE.replace('number', 'short')}[\s-](?P<small>(?:square\s)?(?:yards?|feet|foot|inch|inches))\b"
)
_CONVERTED = re.compile(r"[^()]{0,40}\((?:(?:about|around|roughly|approximately|some|nearly|or)\s)*\d[\d,.]*\s?(?:k?m|square|met|kilomet)")
_IS_CONVERSION = re.compile(r"\d\s?(?:k?m[²2]?|kilomet\w+|met(?:re|er)s?)\s\((?:or\s|about\s|around\s|roughly\s|some\s)*$")

FACTORS = {
    "mile": ("1.609344", "km"), "acre": ("0.00404686", "km²"), "hectare": ("0.01", "km²"), "ha": ("0.01", "km²"), "yard": ("0.9144", "m"),
    "feet": ("0.3048", "m"), "foot": ("0.3048", "m"), "square mile": ("2.589988", "km²"), "square yard": ("0.836127", "m²"),
    "square feet": ("0.092903", "m²"), "square foot": ("0.092903", "m²"),
}  # fmt: skip


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """Units of other systems, where the manuscript measures in km, km² or m² and does not give those beside them."""
    if not is_english(manuscript):
        return
    body = [passage for passage in manuscript.body if passage.kind != "heading"]
    if not any(_METRIC.search(passage.unquoted) for passage in manuscript.body):
        return
    for passage in body:
        text = without_titles(passage.unquoted)
        for match in _FOREIGN.finditer(text):
            if _CONVERTED.match(text, match.end()) or _IS_CONVERSION.search(text[max(0, match.start() - 60) : match.start()]):
                continue
            unit = " ".join((match["unit"] or match["small"]).split())
            message = f"{' '.join(match[0].split())} stands among kilometres."
            yield Hit(passage, *match.span(), message, _hint(match["number"] or match["short"] or "", unit))


def _hint(number: str, unit: str) -> str:
    factor = FACTORS.get(unit.removesuffix("s")) or FACTORS.get(unit)
    if not number or factor is None:
        return ""
    value = float(number.replace(",", "")) * float(factor[0])
    return f"Give it in {factor[1]}, as elsewhere: {number} {unit} is about {_rounded(value)}{factor[1]}."


def _rounded(value: float) -> str:
    """To two figures, without an exponent."""
    places = 0 if value >= 10 else 1 if value >= 1 else 3
    return f"{float(f'{value:.2g}') if value >= 1 else value:,.{places}f}"


RULE = Rule(
    code="W103",
    name="mixed-units",
    severity=Severity.WARNING,
    what="Miles, yards, feet, acres or hectares in a profile that measures in km, km² or m². A measure that has the metric one "
    "beside it in brackets is let pass.",
    why="Readers compare figures; they cannot, where each has a unit of its own.",
    example="... an area of 12km² ... about 30 miles from the capital ...",
    instead="Give it in km, km² or m², as elsewhere in the profile.",
    check=find,
)
