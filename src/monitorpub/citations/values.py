"""The values of a record as pandoc's metadata, and what is wrong with them.

Text keeps its words.  Its quotation marks become pairs, so that the house can turn the inner ones; ``<i>``, ``<b>``, ``<sup>`` and
``<sub>`` are the marks that CSL-JSON knows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from monitorpub.citations.vocabulary import DATE_PARTS, DATES, NAME_PARTS, NAMES, OTHER

Meta = dict[str, Any]

TITLE = "record-title"
"""The class of the span that pandoc carries the title in."""


class Wrong(Exception):
    """A value that its field cannot hold: what is wrong, and the hint."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


def to_meta(name: str, value: Any) -> Meta | None:
    """A field of a record for pandoc; None where it is not printed.  Raises Wrong."""
    if value is None or name in OTHER:
        return None
    if name in NAMES:
        return {"t": "MetaList", "c": [_person(one) for one in (value if isinstance(value, list) else [value])]}
    if name in DATES:
        return _date(value)
    if isinstance(value, (dict, list)):
        raise Wrong(
            f"The field {name} holds text, and this is a {'block' if isinstance(value, dict) else 'list'}.",
            "Text that begins with [ or { needs quotes round it.",
        )
    text = " ".join(str(value).split())
    if name == "URL":
        if not re.fullmatch(r"(?:https?|ftp)://\S+", text):
            raise Wrong(f"The address {text!r} leads to no place on the web.", "An address begins with https:// and has no spaces.")
        return string(text)
    inner = inlines(text)
    return {"t": "MetaInlines", "c": [{"t": "Span", "c": [["", [TITLE], []], inner]}] if name == "title" else inner}


def string(text: str) -> Meta:
    """A plain string."""
    return {"t": "MetaString", "c": text}


def _person(value: Any) -> Meta:
    if not isinstance(value, dict):
        if isinstance(value, list) or not str(value or "").strip():
            raise Wrong("A name is expected here.", "Write {family: King, given: Colin}, or {literal: Daily NK} for a body.")
        value = {"literal": value}
    if unknown := set(value) - NAME_PARTS:
        raise Wrong(f"A name has no part {sorted(unknown)[0]!r}.", "The parts are family and given, or literal.")
    if not (value.get("family") or value.get("literal") or value.get("given")):
        raise Wrong("A name is expected here.", "Write {family: King, given: Colin}, or {literal: Daily NK} for a body.")
    parts = {key: {"t": "MetaInlines", "c": inlines(" ".join(str(part).split()))} for key, part in value.items() if part is not None}
    return {"t": "MetaMap", "c": parts}


_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_DATE_HINT = "Write 2024-07-17, 2024-07 or 2024; what is none of these in words: {literal: 3 and 11 April 2022}"


def _date(value: Any) -> Meta:
    if isinstance(value, list):
        value = {"date-parts": [[one.get(part) for part in ("year", "month", "day")] for one in value if isinstance(one, dict)]}
    if not isinstance(value, dict):
        return string("/".join(_iso(part) for part in str(value).split("/")))
    if unknown := set(value) - DATE_PARTS:
        raise Wrong(f"A date has no part {sorted(unknown)[0]!r}.", _DATE_HINT)
    if words := value.get("literal"):
        return {"t": "MetaMap", "c": {"literal": string(" ".join(str(words).split()))}}
    if raw := value.get("raw"):
        return string("/".join(_iso(part) for part in str(raw).split("/")))
    parts = value.get("date-parts") or [[value.get("year"), value.get("month"), value.get("day")]]
    if not isinstance(parts, list) or not all(isinstance(one, list) for one in parts):
        raise Wrong("This is not a date.", _DATE_HINT)
    days = [[str(part) for part in one if part not in (None, "")] for one in parts]
    return string("/".join(_iso("-".join(one)) for one in days if one))


def _iso(text: str) -> str:
    """A date, or its year and month, with two digits each; raises Wrong for one that does not exist."""
    match = _ISO.fullmatch(text.strip())
    if match is None:
        raise Wrong(f"{text!r} is not a date.", _DATE_HINT)
    year, month, day = (int(part) if part else 0 for part in match.groups())
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        raise Wrong(f"The date {text} does not exist.", "Look at the month and at the day.") from None
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")


_TAGS = {"i": "Emph", "em": "Emph", "b": "Strong", "strong": "Strong", "sup": "Superscript", "sub": "Subscript"}
_TAG = re.compile(r"<(/?)(i|em|b|strong|sup|sub|span)(?: [^<>]*)?>", re.IGNORECASE)


def inlines(text: str) -> list[Meta]:
    """Text as pandoc's inlines."""
    stack: list[tuple[str, list[Meta]]] = [("", [])]
    position = 0
    for match in _TAG.finditer(text):
        closing, tag = bool(match[1]), match[2].lower()
        if closing and (len(stack) == 1 or stack[-1][0] != tag):
            continue
        stack[-1][1].extend(_quoted(text[position : match.start()]))
        position = match.end()
        if not closing:
            stack.append((tag, []))
            continue
        _, inner = stack.pop()
        stack[-1][1].extend([{"t": _TAGS[tag], "c": inner}] if tag in _TAGS else inner)
    stack[-1][1].extend(_quoted(text[position:]))
    while len(stack) > 1:
        _, inner = stack.pop()
        stack[-1][1].extend(inner)
    return stack[0][1]


_PAIRS = {"”": ("“", "DoubleQuote"), "’": ("‘", "SingleQuote")}


def _quoted(text: str) -> list[Meta]:
    """Words, with what stands in quotation marks as pairs of them."""
    stack: list[tuple[str, list[Meta]]] = [("", [])]
    for match in re.finditer(r"[“”‘’ ]|[^“”‘’ ]+", curly(text)):
        sign = match[0]
        inside_word = match.string[match.end() : match.end() + 1].isalnum()
        if sign == " ":
            stack[-1][1].append({"t": "Space"})
        elif sign in "“‘":
            stack.append((sign, []))
        elif sign in _PAIRS and stack[-1][0] == _PAIRS[sign][0] and not (sign == "’" and inside_word):
            _, inner = stack.pop()
            stack[-1][1].append({"t": "Quoted", "c": [{"t": _PAIRS[sign][1]}, inner]})
        else:
            stack[-1][1].append({"t": "Str", "c": sign})
    while len(stack) > 1:  # opened, never closed: the mark stands for itself
        sign, inner = stack.pop()
        stack[-1][1].extend([{"t": "Str", "c": sign}, *inner])
    return stack[0][1]


def curly(text: str) -> str:
    """Straight quotation marks and apostrophes as those of print."""
    text = re.sub(r'(?<![\w.,;:!?%)\]’”…])(?<![\w.,;:!?%)\]…]\')"(?=\S)', "“", text).replace('"', "”")
    return re.sub(r"(?<![\w.,;:!?%)\]…”])'(?=\w(?:[^']|'(?=\w))*[\w.,!?]'(?!\w))", "‘", text).replace("'", "’")


_EXPLAINED = re.compile(r"(?P<name>\S.*\S) \((?P<short>[A-Z][A-Z0-9&-]*[A-Z0-9])\)")


def abbreviated(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields with bodies by their abbreviations, for repeats: International Campaign to Ban Landmines (ICBL) becomes ICBL."""
    out = dict(fields)
    for name in ("author", "editor"):
        people = out.get(name)
        if isinstance(people, list):
            out[name] = [
                {**one, "literal": _short(str(one["literal"]))} if isinstance(one, dict) and "literal" in one else one for one in people
            ]
        elif isinstance(people, str):
            out[name] = _short(people)
    return out | {name: _short(str(out[name])) for name in ("publisher", "authority") if isinstance(out.get(name), str)}


def _short(body: str) -> str:
    """The abbreviation that ends the name of a body, where its letters are those of the name: not (UK) after another name."""
    match = _EXPLAINED.fullmatch(" ".join(body.split()))
    if match is None or match["short"][0] != match["name"][0]:
        return body
    letters = iter(re.sub(r"[^A-Z0-9]", "", match["name"]))
    return match["short"] if all(sign in letters for sign in match["short"] if sign.isalnum()) else body


def plain(value: Mapping[str, Any], name: str) -> str:
    """A field of a record as one line of plain text."""
    return " ".join(str(value.get(name) or "").split())
