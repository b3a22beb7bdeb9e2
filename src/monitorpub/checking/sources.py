"""A note in free text, split into its sources and its sentences of comment.

Free text cannot always be read with certainty.  A part that is neither surely a source nor surely a comment is ``unknown``, and the rules
keep quiet about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Literal

from monitorpub.text.quotations import CODE, outer, quotations, stray_marks

PartKind = Literal["source", "comment", "ibid", "unknown"]

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DATE = rf"\d{{1,2}}\s(?:{MONTHS})\s\d{{4}}"
IBID = re.compile(r"[\"“”'‘*_]*\s*(?:(?:[Ss]ee|SEE),?\s+)?[*_\"“]*[Ii]bid\b")

_HEAD = re.compile(r"(?:See(?:\s+also)?\b,?\s*|And\s+|Also\s+|Cf\.\s*)", re.IGNORECASE)
_KINDS = re.compile(
    r"(?:E-?mails?|(?:[A-Z]\w+\s)?[Ii]nterviews?|Statements?|Presentations?|Remarks|Letters?|Responses?|Untitled|Questionnaires?|"
    r"Information (?:provided|from)|(?:Telephone|Phone|Video|Skype) |Meetings? with|Explanation of [Vv]ote)\b"
)
_MARKS = re.compile(
    rf"\b{DATE}\b|\b(?:{MONTHS})\s\d{{4}}\b|\bundated\b|\bpp?\.\s?\w?\d|\bResolution\s\S*\d|\b[Rr]eport\b.*\b\d{{4}}\b|\bat:\s|https?:|"
    r"\b(?:UN )?doc\.\s\S+/|\b[A-Z]\w*/\w+/\S+|\b(?:19|20)\d\d\W*$"
)
_EDITION = re.compile(r"\([^()]*\b(?:19|20)\d\d\)")
_VERB = re.compile(
    r"\b(?:was|were|is|are|has|have|had|did|does|said|says|would|could|might|must|will|should|been|being|told|made|took|gave|saw|added|"
    r"wrote|began|came|went|held|kept|left|led|met|put|ran|sent|set|shows?|spoke|fell|knew|known|laid|lies|found that|may(?=\s[a-z])|"
    r"(?!(?:un|out|up)?dated\b|translated\b|accessed\b|unnamed\b|cited\b|quoted\b|edited\b|revised\b|published\b|adopted\b|signed\b|united\b|"
    r"covered\b|submitted\b|presented\b|released\b|posted\b|entitled\b|titled\b|amended\b|based\b|armed\b|retired\b|unsigned\b|provided\b|"
    r"unpublished\b|received\b|related\b|affected\b|updated\b|printed\b|dispatched\b|unidentified\b|delivered\b|combined\b)[a-z]{2,}ed)\b"
)
_LOCATOR = re.compile(
    r"(?:and\s+)?(?:(?:pp?\.|paras?\.?|Annex(?:es)?|Appendix|Forms?|Part|Sections?|Chapters?|Art(?:icle)?s?\.?|Tables?|slides?|fn\.|§+)\s*"
    r"[A-Z]?[\dIVXLA-Z][\w./–-]*(?:\s?(?:–|-|and|&)\s?\w+)*)$"
)
_MORE_PAGES = re.compile(r"(?:and\s+)?[A-Z]?\d+(?:[/–-]\d+)*$")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“*])(?:[A-Za-z]|[A-Z]\.[A-Z]|doc|nos?|pp?|eds?|col|maj|gen|lt|capt|cdr|dr|mrs?|ms|prof|amb|st|sgt|hon|rev|sen|rep|gov|jr|"
    r"sr|inc|ltd|co|corp|vols?|arts?|paras?|op-ed|cf|e\.g|i\.e|al|est|approx|ca|vs|dept|univ|trans|ibid|brig|supp?|ser|[A-Za-z]\.[A-Za-z])$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.?!][)\]*_\"”’]*\s+(?=[A-ZÀ-Ý“\"‘«*_\[(<])")

_TITLED = re.compile(r"[“”„«»\"‘]|(?<![*\w])\*[^*]*[^\W_a-z][^*]*\*")
_DATED = re.compile(rf"\b(?:{MONTHS})\s\d{{4}}\b|\bundated\b")
_GENRE = re.compile(
    r"\b(?:e-?mail|interview|statement|presentation|letter|response|questionnaire|report|article|speech|tweet|post|meeting|conversation|"
    r"correspondence|remarks|information)s?\b",
    re.IGNORECASE,
)
_FROM = re.compile(rf"(?:{_GENRE.pattern}|\bcalls?\b)\s(?:from|with|to|by)\b", re.IGNORECASE)
_LEAD = re.compile(
    r"^\W*(?:(?:see|cf|compare|and|but|also|as|in|for|more|on|this|quoted|cited|quoting|citing|emphasis|added)\b[\s,.:]*)+", re.IGNORECASE
)


@dataclass(frozen=True)
class Part:
    """A source or a sentence of comment: its kind, its words and where they stand in the note."""

    kind: PartKind
    text: str
    start: int
    end: int

    @cached_property
    def fields(self) -> list[tuple[int, int]]:
        """The stretches between its commas, from its own beginning."""
        hidden = _hidden(self.text)
        cuts = [-1, *(m.start() for m in re.finditer(",", hidden)), len(hidden.rstrip(" .\n"))]
        fields = []
        for before, after in pairwise(cuts):
            words = self.text[before + 1 : after]
            start = before + 1 + len(words) - len(words.lstrip())
            fields.append((start, max(start, before + 1 + len(words.rstrip()))))
        return fields

    @cached_property
    def locator(self) -> str:
        """The page, annex or form, as it was typed: ``Annex 2, p. 7``."""
        return ", ".join(self.text[a:b] for a, b in self._locators)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """What names the work: its words without page, address, date of access and signs."""
        end = self._address
        kept = [self.text[a : min(b, end)] for a, b in self.fields if a < end and (a, b) not in self._locators]
        kept = [words for words in kept if not words.startswith("accessed ")]
        text = _HEAD.sub("", ", ".join(kept), count=1) if kept and _HEAD.match(kept[0]) else ", ".join(kept)
        return tuple(word for word in re.findall(r"\w+", text.casefold()) if word != "the")

    @cached_property
    def address(self) -> str:
        """The address that it ends with, or nothing."""
        return self.text[self._address :].strip(", <>.\n").removeprefix("at:").strip(" <>.\n")

    @cached_property
    def title(self) -> str:
        """The title in quotation marks, without them and the signs at its end."""
        span = self.title_span
        return self.text[span[0] + 1 : span[1]].strip(" ,.;") if span else ""

    @cached_property
    def title_span(self) -> tuple[int, int] | None:
        """Where the marks round the title stand; -1 for one that was lost, the end of the field where it is never closed."""
        for start, end in _quoted(self.text):
            if not self.text[:start].strip() or not _VERB.search(_hidden(self.text[:start])):
                return start, end
        if self.text[:1] in '“"' and self.fields:
            return 0, self.fields[0][1]
        return None

    @cached_property
    def date(self) -> str:
        """The date of publication."""
        return " ".join(self.text[slice(*self._date)].split()) if self._date else ""

    @cached_property
    def outlet_span(self) -> tuple[int, int] | None:
        """Where the outlet stands: between the title (or ``Untitled article``) and the date."""
        title = self.title_span
        if title is None and (match := re.match(r"Untitled [^,]*", self.text)):
            title = (0, match.end())
        before = [field for field in self.fields if self._date and field[1] < self._date[0] and title and field[1] > title[1] + 1]
        if title is None or not before:
            return None
        start, end = before[-1]
        start = max(start, title[1] + 1)
        while start < end and self.text[start] in " ,\n*_":
            start += 1
        while end > start and self.text[end - 1] in " *_\n":
            end -= 1
        return (start, end) if start < end and self.text[start].isalnum() else None

    @cached_property
    def outlet(self) -> str:
        """The newspaper, agency or site that a piece of news is from."""
        return " ".join(self.text[slice(*self.outlet_span)].replace("*", "").split()) if self.outlet_span else ""

    @cached_property
    def _date(self) -> tuple[int, int] | None:
        hidden = _hidden(self.text)
        for start, end in self.fields:
            if match := re.compile(rf"(?:{DATE}|(?:{MONTHS})\s\d{{4}})(?=\s*(?:$|\())").match(hidden[:end], start):
                return match.span()
        return None

    @cached_property
    def _locators(self) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        for start, end in self.fields:
            words = self.text[start:end]
            if _LOCATOR.match(words) or (found and found[-1][1] + 3 > start and _MORE_PAGES.match(words)):
                found.append((start, end))
        return found

    @cached_property
    def _address(self) -> int:
        match = re.search(r",?\s+at(?::|(?=\s+<?https?:))\s|<?https?:", self.text)
        return match.start() if match else len(self.text)


@dataclass(frozen=True)
class Reading:
    """What a note holds."""

    parts: tuple[Part, ...]
    sound: bool
    """Whether its quotation marks pair, so that its parts are certain."""

    @property
    def sources(self) -> list[Part]:
        """Its sources, Ibid. among them."""
        return [part for part in self.parts if part.kind in ("source", "ibid")]

    @property
    def ibid(self) -> Part | None:
        """The Ibid. that it begins with."""
        return self.parts[0] if self.parts and self.parts[0].kind == "ibid" else None

    @property
    def only(self) -> Part | None:
        """Its one source, where it surely has one and no other."""
        certain = self.sound and len(self.sources) == 1 and all(part.kind != "unknown" for part in self.parts)
        return self.sources[0] if certain else None

    @property
    def only_comment(self) -> bool:
        """Whether it surely holds no source at all."""
        return bool(self.parts) and all(part.kind == "comment" and not _is_marked(part.text) for part in self.parts)


def may_hold_source(text: str) -> bool:
    """Whether words beside a citation may name a source of their own; only plain comment and words such as See surely do not."""
    return any(_may_name_source(part) for part in read_note(text).parts)


def _may_name_source(part: Part) -> bool:
    if _TITLED.search(part.text) or _DATED.search(part.text) or CODE.search(part.text) or _FROM.search(part.text):
        return True
    if part.kind == "comment":
        return False
    words = _LEAD.sub("", re.sub(r"[(\[][^()\[\]]*[)\]]", " ", part.text))
    return part.kind == "ibid" or bool(re.search(r"[^\W_a-z]", words) or _GENRE.search(words))


def same_work(one: Part, other: Part) -> bool:
    """Whether ``other`` names the work that ``one`` names, in full or with words left out."""
    if one.address and other.address and one.address != other.address:
        return False
    if one.words == other.words:
        return bool(one.words)
    same_title = bool(one.title) and _plain(one.title) == _plain(other.title)
    return same_title and not other.date and set(other.words) <= set(one.words)


def same_title(one: str, other: str) -> bool:
    """Whether two titles are the same but for signs and capitals."""
    return _plain(one) == _plain(other)


def _plain(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text.casefold()))


@lru_cache(maxsize=4096)
def read_note(text: str) -> Reading:
    """The parts of a note."""
    hidden = _hidden(text)
    parts: list[Part] = []
    for start, end in _sentences(text, hidden):
        for a, b in _between(hidden, start, end):
            part = Part(_kind(text[a:b], hidden[a:b]), text[a:b], a, b)
            if parts and part.start > start and _belongs_to_former(part):
                former = parts.pop()
                part = Part(former.kind, text[former.start : b], former.start, b)
            parts.append(part)
    marks = [at for at in stray_marks(text) if text[at] not in "’'"]
    sound = all(q.end is not None for q in quotations(text)) and (not marks or _quoted(text)[:1] == [(-1, marks[0])])
    return Reading(tuple(parts), sound)


def _sentences(text: str, hidden: str) -> Iterator[tuple[int, int]]:
    cuts = {match.end() for match in re.finditer(r"\n[^\S\n]*\n\s*", hidden)}
    for match in _SENTENCE.finditer(hidden):
        if not _ABBREVIATION.search(hidden[: match.start()][-12:]) or hidden[match.start()] != ".":
            cuts.add(match.end())
    for _, end in _quoted(text):
        closing = re.compile(r"\s+(?=[A-Z“\"])").match(hidden, end + 1)
        if closing and text[end - 1] == "." and not _ABBREVIATION.search(text[: end - 1][-12:]):
            cuts.add(closing.end())
    ends = [0, *sorted(cuts), len(text)]
    yield from ((a, b) for a, b in pairwise(ends) if text[a:b].strip())


def _between(hidden: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches between semicolons, without the ``and`` that leads them."""
    for match in re.compile(r"[^;]+").finditer(hidden, start, end):
        a, b = match.span()
        lead = re.compile(r"\s*(?:and\b,?\s*)?").match(hidden, a, b)
        a = lead.end() if lead else a
        while b > a and hidden[b - 1].isspace():
            b -= 1
        if b > a and any(sign.isalnum() or sign == "\0" for sign in hidden[a:b]):
            yield a, b


def _kind(text: str, hidden: str) -> PartKind:
    if IBID.match(text):
        return "ibid"
    verb, kind = _VERB.search(hidden), _KINDS.match(_HEAD.sub("", text, count=1) if _HEAD.match(text) else text)
    titled = re.search(r",\s+[“\"]\0", hidden)
    if text[0] in '“"' and hidden[1:2] != "\0":
        return "source" if _is_marked(text) else "unknown"  # a title that is never closed
    if verb:
        return "unknown" if kind else "comment"
    return "source" if kind or titled or _is_marked(text) else "unknown"


def _is_marked(text: str) -> bool:
    """Whether it has a date, a page, an address or the like, as sources have."""
    return bool(_MARKS.search(_hidden(text)) or _EDITION.search(text) or CODE.search(text) or _KINDS.match(text))


def _belongs_to_former(part: Part) -> bool:
    """Whether it is no source of its own but a further page or date of the one before."""
    words = [part.text[a:b] for a, b in part.fields]
    return all(_LOCATOR.match(w) or _MORE_PAGES.match(w) or re.fullmatch(rf"(?:and\s+)?(?:\d+\s(?:{MONTHS})|{DATE})", w) for w in words)


def _quoted(text: str) -> list[tuple[int, int]]:
    """Where the closed quotations stand; one whose opening mark was lost at the head of the note begins at -1."""
    spans = [(q.start, q.end) for q in outer(text) if q.end is not None and q.mark not in "'‘"]
    strays = [at for at in stray_marks(text) if text[at] not in "’'"]
    if strays and not any(sign in text[: strays[0]] for sign in '“"«') and not IBID.match(text):
        return [(-1, strays[0]), *spans]
    return spans


@lru_cache(maxsize=4096)
def _hidden(text: str) -> str:
    """The note with what stands in quotations, brackets, code and addresses replaced by NULs."""
    signs = list(text)
    spans = [(a + 1, b) for a, b in _quoted(text)]
    spans += [match.span() for match in CODE.finditer(text)]
    spans += [match.span() for match in re.finditer(r"(?m)^\s*>.*$", text)]
    for start, end in spans:
        signs[start:end] = "\0" * (end - start)
    hidden = "".join(signs)
    for _ in range(3):
        hidden = re.sub(r"[(\[][^()\[\]]*[)\]]", lambda m: "\1" + "\0" * (len(m[0]) - 2) + "\1", hidden)
    return hidden.replace("\1", "\0")
