"""Links to other parts, as they stand in a text.

``[see p. {page}](south-korea#land-release)`` leads to a place of another profile, ``[table {number}](#outputs)`` to one of its own.
Words in braces are placeholders: folio, number and title of the target are printed for them.
"""

from __future__ import annotations

import copy
import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from markdown_it.token import Token

from monitorpub.model import Text

PLACEHOLDERS = ("page", "number", "title")

_ADDRESS = re.compile(r"(?P<part>[^\s/\\.:#?@%\[\]{}|<>]*)(?:#(?P<anchor>[^\s#]*))?")
_PLACEHOLDER = re.compile(r"\{\s*([A-Za-z][\w-]*)\s*\}")
_OURS = re.compile(rf"\{{\s*(?:{'|'.join(PLACEHOLDERS)})\s*\}}")


@dataclass(frozen=True)
class Reference:
    """A link to a place, as it stands in a text."""

    text: Text
    part: str
    """The slug of the part it leads to; "" for the one it stands in."""
    anchor: str
    """The id in that part; "" for its beginning."""
    needle: str
    """The address as it was typed, and the how-many-th time it stands in the text: for the line of a diagnostic."""
    nth: int
    placeholders: tuple[str, ...] = ()
    """Those in its words, in order."""

    @property
    def address(self) -> str:
        """``south-korea#land-release``, ``south-korea`` or ``#land-release``."""
        return f"{self.part}#{self.anchor}" if self.anchor else self.part


@dataclass(frozen=True)
class Printed:
    """What stands for the placeholders of a reference; "" for what is not known."""

    folio: str = ""
    number: str = ""
    title: str = ""
    part: str = ""
    """The title of the part, where the target is a place in another one."""
    linked: bool = True
    """Whether there is a file that the words can lead to."""

    @property
    def name(self) -> str:
        """What stands for a folio that is not known: the title, behind that of its part."""
        return ", ".join(title for title in (self.part, self.title) if title)


def place_of(address: str) -> tuple[str, str] | None:
    """Part and anchor of an address that leads to a place of a part; None for any other address."""
    match = _ADDRESS.fullmatch(unquote(address))
    if match is None or not (match["part"] or match["anchor"]):
        return None
    return match["part"], match["anchor"] or ""


def placeholders(state: Any) -> None:
    """The rule that makes tokens of the placeholders in the words of links to places; the space before a figure does not break."""
    for token in state.tokens:
        if token.type == "inline" and any(child.type == "link_open" for child in token.children):
            token.children = list(_split(token.children))


def _split(children: Sequence[Token]) -> Iterator[Token]:
    in_reference = False
    for child in children:
        if child.type == "link_open":
            in_reference = place_of(str(child.attrs.get("href", ""))) is not None
        elif child.type == "link_close":
            in_reference = False
        if not in_reference or child.type != "text":
            yield child
            continue
        last = 0
        for match in _OURS.finditer(child.content):
            name = match[0].strip("{} ")
            before = child.content[last : match.start()]
            if name != "title" and before.endswith(" "):
                before = before[:-1] + "\u00a0"
            yield from _like(child, before)
            yield Token("placeholder", "", 0, content=match[0], meta={"name": name}, level=child.level)
            last = match.end()
        yield from _like(child, child.content[last:])


def _like(token: Token, content: str) -> Iterator[Token]:
    if content:
        piece = copy.copy(token)
        piece.content = content
        yield piece


def wrong_placeholders(children: Iterable[Token]) -> Iterator[tuple[str, str, str]]:
    """Every placeholder of a paragraph: as it was typed, with what is wrong and what to do, or "" twice."""
    address: str | None = None
    for child in children:
        if child.type == "link_open":
            address = "" if child.info == "auto" else str(child.attrs.get("href", ""))
        elif child.type == "link_close":
            address = None
        elif child.type == "placeholder":
            yield child.content, "", ""
        elif child.type == "text" and address and place_of(address):
            for match in _PLACEHOLDER.finditer(child.content):
                near = difflib.get_close_matches(match[1].lower(), PLACEHOLDERS, n=1, cutoff=0.6)
                hint = f"Did you mean {{{near[0]}}}?" if near else "In the words of a link stand {page}, {number} and {title}."
                yield match[0], f"Nothing can be printed for {match[0]}.", hint
        elif child.type == "text":
            for match in _OURS.finditer(child.content):
                hint = "It belongs in the words of a link to a profile or a place: [see p. {page}](#contamination)."
                yield match[0], f"{match[0]} stands in no link to a place, and would be printed as it is.", hint


def settled(tokens: Iterable[Token], printed: Mapping[str, Printed]) -> list[Token]:
    """The tokens with what is printed for each placeholder.

    Where no folio is known, the words that belong to it fall away: ``, p. {page}``, ``(see p. {page})``, ``on page {page}``.  If nothing
    would be left of the link, the title of its target stands: ``see p. {page}`` is then "see South Korea, Land release".
    """
    out = []
    for token in tokens:
        if token.type == "inline" and any(child.type == "placeholder" or _unlinked(child, printed) for child in token.children or []):
            token = copy.copy(token)
            token.children = list(_settled(token.children or [], printed))
        out.append(token)
    return out


def _settled(children: Sequence[Token], printed: Mapping[str, Printed]) -> Iterator[Token]:
    waiting = list(children)
    while waiting:
        child = waiting.pop(0)
        unlinked = _unlinked(child, printed)
        if not unlinked:
            yield child
        if child.type != "link_open":
            continue
        end = next(index for index, token in enumerate(waiting) if token.type == "link_close")
        words, waiting = waiting[:end], waiting[end + unlinked :]
        if any(token.type == "placeholder" for token in words):
            address = unquote(str(child.attrs["href"]))
            words = _words(words, printed.get(address) or Printed(title=_spoken(address)))
        yield from words


def _unlinked(token: Token, printed: Mapping[str, Printed]) -> bool:
    """Whether a link opens that leads to no file there is: its words stand alone."""
    if token.type != "link_open" or token.info == "auto":
        return False
    target = printed.get(unquote(str(token.attrs.get("href", ""))))
    return target is not None and not target.linked


def _words(tokens: Sequence[Token], printed: Printed) -> list[Token]:
    values = {"page": printed.folio or _UNKNOWN, "number": printed.number, "title": printed.title or printed.name}
    out: list[Token] = []
    for token in tokens:
        content = values[token.meta["name"]] if token.type == "placeholder" else " " if token.type == "softbreak" else token.content
        if token.type not in ("placeholder", "softbreak", "text"):
            out.append(token)
        elif out and out[-1].type == "text":
            out[-1].content += content
        else:
            out.append(Token("text", "", 0, content=content, level=token.level))
    if not any(_UNKNOWN in token.content for token in out):
        return out
    if len(out) == 1 and (alone := _ALONE.fullmatch(out[0].content)):
        lead = alone["see"] or _WITHIN.get((alone["on"] or "").lower().strip(), "")
        out[0].content = " ".join([*lead.split(), printed.name])
        return out
    at_end = next(token.content for token in reversed(out) if token.content).endswith(_UNKNOWN)
    for token in out:
        if token.type == "text":
            token.content = _without_page(token.content, printed.name)
    last = next((token for token in reversed(out) if token.content), None)
    if last is not None and at_end:
        last.content = last.content.rstrip(" ,;:\u00a0")  # what stood before emphasized words
    if not any(sign.isalnum() for token in out for sign in token.content):
        out = [Token("text", "", 0, content=printed.name)]
    return out


def _without_page(words: str, name: str) -> str:
    """Words without what belongs to a folio that is not known; a folio that stands by itself is replaced by the name of the target."""
    words = re.sub(rf"\s*[(\[]\s*{_PHRASE}\s*[)\]]", "", words)
    words = re.sub(rf"\s*[,;:]\s*{_PHRASE}(?=\s*(?:[,;:.)\]]|$))", "", words)
    words = re.sub(rf"^\s*{_PHRASE}\s*[,;:]\s*", "", words)
    words = re.sub(rf"\s*{_PHRASE}", "", words)
    return words.replace(_UNKNOWN, name)


_UNKNOWN = "\0"
_SEE = r"(?:see\s+also|see|cf\.|compare|voir\s+aussi|voir|siehe\s+auch|siehe|véase|ver|vedi|se\s+även|se|zie)"
_WITHIN = {"on": "in", "at": "in", "à la": "dans", "à": "dans", "en la": "en", "en": "en", "auf": "in", "på": "i", "op": "in", "na": "em"}
"""Words before that of the page, and what stands for them before a title."""
_ON = "|".join(name.replace(" ", r"\s+") for name in sorted(_WITHIN, key=len, reverse=True))
_PAGE = r"(?:pp?\.|pages?|págs?\.|página|pagina|S\.|Seite|s\.|sidan?|side|blz\.|стр\.|с\.|ص)"
_PHRASE = rf"(?i:\b(?:{_SEE}\s+)?(?:(?:{_ON})\s+)?{_PAGE}\s*{_UNKNOWN})"
_ALONE = re.compile(rf"(?i)[\s(\[]*(?P<see>{_SEE}\s+)?(?P<on>(?:{_ON})\s+)?{_PAGE}?\s*{_UNKNOWN}[\s)\].]*")


def _spoken(slug: str) -> str:
    """A name made from a slug, for a target of which nothing is known."""
    return slug.rpartition("#")[2].replace("-", " ").title()
