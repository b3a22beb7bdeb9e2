"""Countries by ISO 3166-1 and languages by BCP 47."""

from __future__ import annotations

import difflib
import re
from functools import cache

USER_ASSIGNED = {"XKX": "Kosovo", "XK": "Kosovo"}
"""Codes that ISO 3166-1 leaves to users and that the United Nations and the European Union use."""


@cache
def _names() -> dict[str, str]:
    import pycountry

    names: dict[str, str] = {}
    for country in pycountry.countries:
        for attribute in ("name", "common_name", "official_name"):
            if name := getattr(country, attribute, None):
                names[name.lower()] = country.alpha_3
    # The short names of the reports where ISO inverts or avoids them.
    names |= {"uk": "GBR", "north korea": "PRK", "south korea": "KOR", "kosovo": "XKX", "palestine": "PSE", "laos": "LAO", "russia": "RUS"}
    return names


def find_country(code: str) -> tuple[str, str]:
    """The alpha-3 code for an alpha-2 or alpha-3 code, or "" and a hint for the editor."""
    import pycountry

    upper = code.strip().upper()
    if upper in USER_ASSIGNED:
        return "XKX", ""
    if re.fullmatch(r"[A-Z]{2,3}", upper):
        found = pycountry.countries.get(alpha_2=upper) if len(upper) == 2 else pycountry.countries.get(alpha_3=upper)
        if found is not None:
            return str(found.alpha_3), ""
    names = _names()
    near = difflib.get_close_matches(code.lower(), names, n=1, cutoff=0.75)
    if near:
        return "", f"{near[0].title()} is {names[near[0]]}."
    return "", "Use the code of two or three letters: KP or PRK for North Korea."


@cache
def _languages() -> frozenset[str]:
    import pycountry

    return frozenset(code for item in pycountry.languages for code in (getattr(item, "alpha_2", None), item.alpha_3) if code)


def is_language(tag: str) -> bool:
    """Whether the tag has the form of BCP 47 (RFC 5646, section 2.1) and its language is in ISO 639."""
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?(-[A-Za-z0-9]{5,8})*", tag):
        return False
    return tag.split("-", maxsplit=1)[0].lower() in _languages()
