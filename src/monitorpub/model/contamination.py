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

from monitorpub.model.scalars import CALL, Text, _string, wrong

BANDS: dict[str, tuple[Decimal | None, Decimal | None]] = {
    "light": (None, Decimal(5)),
    "medium": (Decimal(5), Decimal(20)),
    "heavy": (Decimal(20), Decimal(100)),
    "massive": (Decimal(100), None),
    "very heavy": (Decimal(20), None),
}
"""From (included) and to (excluded), in km²."""

QUALIFIERS = (
    "probably less than", "probably more than", "less than", "more than", "at least", "up to", "just under", "just over",
    "under", "over", "almost", "nearly", "about", "approximately",
)  # fmt: skip

_NUMBER = (
    r"(?P<qualifier>"
    + "|".join(q.replace(" ", r"\s+") for q in QUALIFIERS)
    + r")?\s*(?P<number>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s*(?P<unit>km2|km²|m2|m²)"
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
        return (low is None or self.area >= low) and (high is None or self.area < high)


def parse(text: Text) -> Contamination:
    """The statement as data.  Raises ``PydanticCustomError`` M012 where it follows none of the forms."""
    bare = CALL.sub("", text.source).strip()
    match = _FORM.fullmatch(bare)
    if match is None:
        hint = (
            'Forms: "12.5 km²", "Heavy", "Medium, 7 km²", "Heavy, extent unknown", "Unknown, but very heavy";'
            ' then "(National authority estimate)".'
        )
        raise wrong("M012", f"{bare!r} is not one of the forms of a contamination.", hint)
    part = match.groupdict()
    number, unit = part["number"] or part["b_number"], part["unit"] or part["b_unit"]
    area = Decimal(number.replace(",", "")) if number else None
    if area is not None and unit in ("m2", "m²"):
        area = area / 1_000_000
    if part["none"]:
        area = Decimal(0)
    return Contamination(
        text=text,
        area=area,
        qualifier=(part["qualifier"] or part["b_qualifier"] or "").lower(),
        band=(part["band"] or part["u_band"] or "").lower(),
        unknown=bool(part["unknown"] or part["extent"]),
        estimated_by=part["who"] or "",
    )


def _make(value: Any) -> Contamination:
    return value if isinstance(value, Contamination) else parse(Text(_string(value), inline=True))


Statement = Annotated[
    Any, BeforeValidator(_make), WithJsonSchema({"type": "string", "examples": ["Unknown, but very heavy", "Medium, 7 km²"]})
]
