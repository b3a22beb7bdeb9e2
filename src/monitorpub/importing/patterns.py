"""The patterns of notes that are sources: news, e-mails and interviews, reports, books.  Every sign of a note must fit, else it is none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from monitorpub.checking.sources import MONTHS
from monitorpub.importing.lines import read_day

Fields = dict[str, Any]

PLACES = (
    "Addis Ababa|Amsterdam|Bangkok|Beijing|Berlin|Bern|Bogotá|Brussels|Canberra|Copenhagen|Geneva|The Hague|Kabul|London|Luanda|Madrid|"
    "Nairobi|New York|Nicosia|Oslo|Ottawa|Paris|Phnom Penh|Rome|Seoul|Stockholm|Surrey|Tokyo|Vienna|Washington(?:, DC)?"
)
"""Where reports are printed: what else stands between a title and a date may be an outlet."""

_DAY = rf"(?P<day>\d{{1,2}} (?:{MONTHS}) \d{{4}})"
_DATE = rf"(?P<date>(?:(?:\d{{1,2}} )?(?:{MONTHS}) )?\d{{4}})"
_WHERE = r"(?:, (?P<where>(?:pp?|paras?)\. \d[\w–/-]*(?:, \d[\w–/-]*)*))?"
_URL = r"(?:, at: <?(?P<url>https?://[^\s<>]+?)>?)?"
_TITLE = r"(?P<open>[“\"])(?P<title>[^“”\"]+?),?[”\"],? "
_NEWS = re.compile(
    rf"(?:(?P<author>(?!See |Cf|And |Also )[A-Z][^“”\"*,;:]{{2,60}}), )?{_TITLE}"
    rf"(?:\*(?P<italic>[^*]+)\*|(?!(?:{PLACES}),)(?P<outlet>[A-Z][^,*“”\";:()]{{1,50}})), {_DAY}{_URL}\."
)
_SAID = re.compile(
    r"(?P<kind>Emails?|(?:Telephone |Video )?[Ii]nterview) (?:from|with) "
    r"(?P<who>[A-Z][^,;“”\"*]{2,60})(?P<rest>(?:, [^,;“”\"*]{2,90}){0,3})"
    rf", {_DAY}\."
)
_REPORT = re.compile(rf"(?P<author>(?!See |Cf|And |Also )[A-Z][^“”\"*,;:]{{1,80}}), {_TITLE}(?P<place>{PLACES}), {_DATE}{_WHERE}{_URL}\.")
_BOOK = re.compile(
    r"(?P<author>(?!See |Cf|And |Also )[A-Z][^“”\"*,;:()]{1,60})(?P<editor>, eds?\.)?, "
    r"(?P<mark>\*?)(?P<title>[A-Z][^“”\"*;()]{5,150})(?P=mark) "
    rf"\((?P<place>[A-Z][^():;]{{2,40}}): (?P<publisher>[^():;]{{2,60}}), (?P<date>\d{{4}})\){_WHERE}\."
)


@dataclass(frozen=True)
class Cited:
    """A source that a note is: its record without an id, and the place in it, such as ``p. 380``."""

    record: Fields
    where: str = ""


def cited_in(text: str) -> Cited | None:
    """The source that a note is; None where its pattern is not sure."""
    words = " ".join(text.split())
    for pattern, read in ((_NEWS, _news), (_SAID, _said), (_REPORT, _report), (_BOOK, _book)):
        if match := pattern.fullmatch(words):
            return read(match)
    return None


def _news(match: re.Match[str]) -> Cited | None:
    day = read_day(match["day"])
    authors = _people(match["author"]) if match["author"] else []
    if day is None or authors is None:
        return None
    record: Fields = {"type": "article-newspaper"} | ({"author": authors} if authors else {})
    record |= {"title": match["title"], "container-title": match["italic"] or match["outlet"], "issued": day[0].isoformat()}
    return Cited(record | ({"URL": match["url"]} if match["url"] else {}))


def _said(match: re.Match[str]) -> Cited | None:
    day = read_day(match["day"])
    if day is None:
        return None
    parts = [match["who"], *(part for part in match["rest"].split(", ") if part)]
    genre = {"medium": match["kind"]} if "nterview" in match["kind"] else {"genre": match["kind"]}
    record: Fields = {"type": "interview" if "nterview" in match["kind"] else "personal_communication", **genre}
    record["author"] = [{"literal": ", ".join(parts[:-1] or parts)}]
    return Cited(record | ({"publisher": parts[-1]} if len(parts) > 1 else {}) | {"issued": day[0].isoformat()})


def _report(match: re.Match[str]) -> Cited | None:
    issued = _issued(match["date"])
    if issued is None:
        return None
    record: Fields = {"type": "report", "author": [{"literal": match["author"]}], "title": match["title"]}
    record |= {"publisher-place": match["place"], "issued": issued}
    return Cited(record | ({"URL": match["url"]} if match["url"] else {}), match["where"] or "")


def _book(match: re.Match[str]) -> Cited | None:
    """A book by persons, or by a body that has one name."""
    people = _people(match["author"]) or ([{"literal": match["author"]}] if " " not in match["author"] else None)
    if people is None or (bool(match["editor"]) and (len(people) > 1) != (match["editor"] == ", eds.")):
        return None
    record: Fields = {"type": "book", "editor" if match["editor"] else "author": people, "title": match["title"]}
    return Cited(
        record | {"publisher-place": match["place"], "publisher": match["publisher"], "issued": match["date"]}, match["where"] or ""
    )


def _people(words: str) -> list[Fields] | None:
    names = [_name(name) for name in re.split(r" and ", words)]
    return [name for name in names if name is not None] if None not in names else None


def _name(words: str) -> Fields | None:
    parts = words.split()
    if not 2 <= len(parts) <= 4 or not all(part[0].isupper() for part in parts):
        return None
    return {"family": parts[-1], "given": " ".join(parts[:-1])}


def _issued(words: str) -> str | None:
    """A day, a month or a year, as CSL has it; None for a day that there is not."""
    if words.isdigit():
        return words
    day = read_day(words)
    return None if day is None else day[0].isoformat() if words[0].isdigit() else f"{day[0]:%Y-%m}"
