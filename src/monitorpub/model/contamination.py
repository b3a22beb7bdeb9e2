"""The small grammar of a contamination statement.

``[qualifier] NUMBER km²`` | ``BAND`` | ``BAND, [qualifier] NUMBER km²`` | ``BAND, extent unknown`` | ``Unknown[, but BAND]`` |
``None`` | ``Residual``, each with an optional ``(WHO estimate)`` and note calls behind it.
Areas are in km²; one given in m² is converted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from monitorpub.model.scalars import CALL, MAX_DIGITS, Text, _string, shown, wrong

BANDS: dict[str, tuple[Decimal | None, Decimal | None]] = {
    "light": (None, Decimal(5)),
    "medium": (Decimal(5), Decimal(20)),
    "heavy": (Decimal(20), Decimal(100)),
    "massive": (Decimal(100), None),
    "very heavy": (Decimal(20), None),
}
"""From (included) and to (excluded), in km²."""

_BAND_WORDS = "light is below 5, medium from 5, heavy from 20, massive from 100; very heavy is heavy or massive"

QUALIFIERS = (
    "probably less than", "probably more than", "less than", "more than", "at least", "up to", "just under", "just over",
    "under", "over", "almost", "nearly", "about", "approximately",
)  # fmt: skip

_NUMBER = (
    r"(?P<qualifier>"
    + "|".join(q.replace(" ", r"\s+") for q in QUALIFIERS)
    + r")?\s*(?P<number>(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)\s*(?P<unit>km2|km²|m2|m²)"
)
_BAND = r"(?P<band>" + "|".join(b.replace(" ", r"\s+") for b in sorted(BANDS, key=len, reverse=True)) + r")"
_FORM = re.compile(
    rf"""(?:
        {_NUMBER}
      | {_BAND}(?:,\s*(?:{_NUMBER.replace("?P<", "?P<b_")}|(?P<extent>extent\ (?:unknown|not\s+known))))?
      | (?P<unknown>unknown|not\s+known)(?:,\s*but\ {_BAND.replace("?P<band", "?P<u_band")})?
      | (?P<none>none) | (?P<residual>(?:suspected\ )?residual)
    )
    (?:\s*\((?P<who>[^()]+?)\ estimate\))?""",
    re.IGNORECASE | re.VERBOSE,
)


_CALLS_LAST = re.compile(rf"\s*(?:(?!{CALL.pattern}).)*(?:\s*{CALL.pattern})*\s*", re.DOTALL)


@dataclass(frozen=True)
class Contamination:
    """How much is known to be mined.  ``area`` in km², or None where no number is given."""

    text: Text
    area: Decimal | None = None
    qualifier: str = ""
    band: str = ""
    unknown: bool = False
    estimated_by: str = ""

    @property
    def fits_band(self) -> bool:
        """Whether the number lies inside the printed band (true where either is missing)."""
        if self.area is None or not self.band:
            return True
        low, high = BANDS[self.band]
        if "less than" in self.qualifier or "under" in self.qualifier:
            return low is None or self.area > low
        if high is not None and self.area == high:
            return bool(self.qualifier)  # about 5, up to 5
        return (low is None or self.area >= low) and (high is None or self.area < high)


ABOVE = ("probably more than", "more than", "at least", "over")
"""Qualifiers of a number that is the least there is."""
BELOW = ("probably less than", "less than", "under", "up to")
"""Qualifiers of a number that is the most there is."""


def band_of(statement: Contamination) -> str:
    """The band that is stated, or the one in which the area lies; else ``none``, ``residual`` or ``unknown``.

    A limit gives a band only where everything on its side lies in it: at least 400 km² is massive, at least 52 km² very heavy (heavy or
    massive), less than 5 km² light; the band of at least 2 km² is unknown.
    """
    area = statement.area
    if statement.band:
        return statement.band
    if area is None:
        return "unknown" if statement.unknown else "residual"
    if statement.qualifier in ABOVE:
        return "massive" if area >= 100 else "very heavy" if area >= 20 else "unknown"
    if statement.qualifier in BELOW:
        return "light" if area < 5 or (area == 5 and statement.qualifier != "up to") else "unknown"
    if area == 0:
        return "none"
    if statement.qualifier in ("just under", "almost", "nearly"):
        return next(band for band, high in (("light", 5), ("medium", 20), ("heavy", 100), ("massive", area)) if area <= high)
    return next(band for band, high in (("light", 5), ("medium", 20), ("heavy", 100), ("massive", area + 1)) if area < high)


def parse(text: Text) -> Contamination:
    """The statement as data.  Raises ``PydanticCustomError`` M012 where it follows none of the forms."""
    bare = " ".join(CALL.sub("", text.source).split())
    match = _FORM.fullmatch(bare)
    if match is None:
        hint = (
            "Write it as one of these: 12.5 km² | about 3 km² | Heavy | Medium, 7 km² | Heavy, extent unknown | Unknown, but heavy |"
            " Unknown | None | Residual; behind it may stand (National authority estimate)."
        )
        raise wrong("M012", f"{shown(bare)} is none of the forms in which contamination is stated.", hint)
    if not _CALLS_LAST.fullmatch(text.source):
        calls = "".join(call.group() for call in CALL.finditer(text.source))
        raise wrong("M012", "A note is called before the end of the statement.", f"Calls stand at its very end: {bare}{calls}")
    part = match.groupdict()
    number, unit = part["number"] or part["b_number"], (part["unit"] or part["b_unit"] or "").lower()
    if number and len(number) > MAX_DIGITS:
        raise wrong("M004", f"The number {shown(number)} is too long to be printed.", "Is a space or a comma missing?")
    area = Decimal(number.replace(",", "")) if number else None
    if area is not None and unit in ("m2", "m²"):
        area = area / 1_000_000
    if part["none"]:
        area = Decimal(0)
    statement = Contamination(
        text=text,
        area=area,
        qualifier=_plain(part["qualifier"] or part["b_qualifier"]),
        band=_plain(part["band"] or part["u_band"]),
        unknown=bool(part["unknown"] or part["extent"]),
        estimated_by=part["who"] or "",
    )
    if not statement.fits_band:
        raise wrong("M015", f"{shown(bare)} gives an area that is not {statement.band}.", f"In km²: {_BAND_WORDS}.")
    return statement


def _plain(words: str | None) -> str:
    return " ".join((words or "").lower().split())


def _make(value: Any) -> Contamination:
    return value if isinstance(value, Contamination) else parse(Text(_string(value), inline=True))


Statement = Annotated[
    Any, BeforeValidator(_make), WithJsonSchema({"type": "string", "examples": ["Unknown, but very heavy", "Medium, 7 km²"]})
]
