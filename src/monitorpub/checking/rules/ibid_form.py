"""N109: Ibid. in another form than “Ibid.” or “Ibid., p. 9.”"""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitorpub.checking.in_notes import texts
from monitorpub.checking.manuscript import Manuscript
from monitorpub.checking.rule import Hit, Mend, Rule, Severity

_IBID = re.compile(r"(?P<quote>[\"“”‘']*)(?P<em>[*_]*)(?P<word>[Ii](?:bid(?:em)?|BID))\b(?P<end>(?:\.|[*_]+)*)(?P<comma>\s?,)?")
_PAGE = re.compile(r"\s*(?:pp?\.|paras?\.?|Annex|Form)\s?\w")


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """Ibid. at the head of a note, without its stop or comma, in small letters or with a quotation mark before it."""
    for name, passage in texts(manuscript):
        match = _IBID.match(passage.text)
        if match is None:
            continue
        faults = list(_faults(match, passage.text))
        if not faults:
            continue
        em = match["em"]
        comma = "," if match["comma"] or _PAGE.match(passage.text, match.end()) else ""
        mend = Mend(passage, 0, match.end(), f"{em}Ibid.{em}{comma}")
        shown = match[0].strip()
        yield Hit(passage, 0, match.end(), f"{name} begins with {shown}, {' and '.join(faults)}.", f"Write {mend.text}", mend)


def quoted_ibid(text: str) -> bool:
    """Whether a stray quotation mark stands before the Ibid. that the text begins with."""
    match = _IBID.match(text)
    return bool(match and match["quote"] and not _closed_at_once(match, text))


def _faults(match: re.Match[str], text: str) -> Iterator[str]:
    if match["quote"] and not _closed_at_once(match, text):
        yield "with a stray quotation mark"
    if match["word"] != "Ibid":
        yield "which is written Ibid"
    stops = match["end"].count(".")
    if stops != 1:
        yield "without its stop" if not stops else "with a stop too many"
    if not match["comma"] and _PAGE.match(text, match.end()):
        yield "without the comma before the page"


def _closed_at_once(match: re.Match[str], text: str) -> bool:
    """Whether the word itself is quoted: a remark about it."""
    return text[match.end() : match.end() + 1] in "\"”’'" and bool(text[match.end() :])


RULE = Rule(
    code="N109",
    name="ibid-form",
    severity=Severity.WARNING,
    what="Ibid. at the head of a note without its stop, without the comma before a page, in small letters or after a quotation mark.",
    why="It is an abbreviation (ibidem), so it has a stop, and a capital at the head of a note. Readers look for this form.",
    example="ibid p. 3.",
    instead="Ibid., p. 3.",
    check=find,
)
