"""Readable labels for notes, made from who wrote, when, and on which page: ``icrc-2015-p380``."""

from __future__ import annotations

import re

from monitorpub.checking.sources import MONTHS, Part, read_note
from monitorpub.importing.document import Note
from monitorpub.model.scalars import RESERVED, slug

LONGEST = 40
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_PAGE = re.compile(r"\bpp?\.\s*([A-Za-z]?\d+)")
_ANNEX = re.compile(r"\bAnnex\s+(\w+)")
_FULL_DATE = re.compile(rf"\b(?:\d{{1,2}}\s)?(?:{MONTHS})\s((?:19|20)\d\d)\b")
_KIND = re.compile(
    r"(?:See(?: also)?,?\s+)?(?:Telephone |Phone |Video |Skype )?"
    r"(e-?mail|interview|statement|presentation|letter|response|questionnaire|remarks)s?"
    r"\s+(?:from|with|of|by|to)\s+(?:the\s+)?",
    re.IGNORECASE,
)
_TITLES = re.compile(
    r"(?:(?:Counsell?or|Col|Maj|Gen|Lt|Dr|Mrs?|Ms|Prof|Amb|Ambassador|Minister|Buddhist priest|unnamed|officials? (?:at|of))\.?\s+)+"
)
_MARKS = re.compile(r"\[\^[^\]]*\]|[*_`\\<>]|https?://\S+")
_WEAK = frozenset("the a an of and for in on at to from by with see also its their north-korean unofficial translation".split())


def labels_for(notes: list[Note], names: dict[int, str]) -> dict[str, str]:
    """A label for each note, by its key; no two are the same.

    ``names`` are the sections of the series, by their numbers, for notes that are missing.
    """
    taken: set[str] = set()
    counts: dict[str, int] = {}
    out: dict[str, str] = {}
    before: dict[int, str] = {}
    for note in notes:
        made = _missing(note, names) if note.text is None else _label(note.text, before.get(note.series, ""))
        base = note.label or made
        label, count = base, counts.get(base, 1)
        while label in taken:
            count += 1
            label = f"{base}-{count}"
        counts[base] = count
        taken.add(label)
        out[note.key] = label
        before[note.series] = _without_page(made) if note.text is not None else ""
    return out


def _tidy(label: str) -> str:
    """A label as an editor would write it: no doubled hyphens, and no letters alone at its beginning."""
    parts = [part for part in label.split("-") if part]
    while len(parts) > 1 and len(parts[0]) == 1 and parts[0].isalpha() and not parts[1].isdigit():
        del parts[0]
    made = "-".join(parts)
    while begun := next((name for name in RESERVED if made.startswith(name)), ""):
        made = made.removeprefix(begun)
    return made or "source"


def _missing(note: Note, names: dict[int, str]) -> str:
    where = _cut(slug(names.get(note.series, "")), 28)
    return "-".join(part for part in ("missing", where, slug(note.number)) if part)


def _label(text: str, before: str) -> str:
    plain = " ".join(_MARKS.sub("", text).split())
    page = _PAGE.search(plain)
    locator = f"p{page[1].lower()}" if page else ""
    parts = read_note(plain).parts
    source = next((part for part in parts if part.kind in ("source", "ibid")), None) or (parts[0] if parts else None)
    if source is None:
        return _safe(slug(plain)) or "note"
    if source.kind == "ibid":
        return _safe("-".join(part for part in (before or "ibid", locator) if part))
    own = _PAGE.search(source.text)
    annex = _ANNEX.search(source.text)
    locator = f"p{own[1].lower()}" if own else f"annex-{annex[1].lower()}" if annex else ""
    italic = re.search(r"\*([^*]+)\*", text)
    who = _who(source, italic[1] if italic else "") or _words(source.text, 3)
    year = _year(source)
    return _safe("-".join(part for part in (who, "" if who.endswith(year) else year, locator) if part))


def _who(source: Part, outlet: str) -> str:
    """The body or family name that a source begins with; the outlet of a piece of news without an author.

    ``outlet`` are the first words in italics of the note.
    """
    text = source.text.strip()
    if match := _KIND.match(text):
        name = re.split(r",| and | at ", text[match.end() :], maxsplit=1)[0]
        return f"{slug(match[1]).replace('e-mail', 'email')}-{_family(name)}"
    begins_with_title = text[:1] in '“"‘' or (source.title_span is not None and source.title_span[0] < 1)
    if begins_with_title:
        return _words(source.outlet or source.title, 3)
    fields = [text[start:end] for start, end in source.fields] or [text]
    first = re.sub(r"^See(?: also)?\s+", "", fields[1] if len(fields) > 1 and re.fullmatch(r"See(?: also)?", fields[0]) else fields[0])
    if first.startswith("Untitled"):
        return _words(source.outlet or outlet or first, 3)
    if abbreviation := re.search(r"\(([A-Z][A-Za-z-]*[A-Z])\)", first):
        return slug(abbreviation[1])
    return _family(first)


def _family(name: str) -> str:
    """The last name of a person, or the first words of what a body is called."""
    name = _TITLES.sub("", re.split(r",|;|\(|“| and ", name.strip(), maxsplit=1)[0].strip())
    words = name.split()
    is_person = 2 <= len(words) <= 3 and all(re.fullmatch(r"[A-Z][\w’'-]*\.?", word) for word in words)
    bodies = re.compile(
        r"\b(?:Monitor|Department|Ministry|Committee|Union|Nations|Campaign|Republic|States|Korea|Agency|News|Times|Post|International|"
        r"Watch|Report|Centre|Center|Group|Council|Agreement|Official|Update|Convention|Treaty|Resolution|Bank|Office)\b"
    )
    if is_person and not bodies.search(name) and not re.search(r"[’']s\b", name):
        return slug(words[-1])
    return _words(name, 3)


def _words(text: str, most: int) -> str:
    """The first words that mean something."""
    strong = [word for word in slug(re.sub(r"[’']", "", text)).split("-") if word and word not in _WEAK]
    return "-".join(strong[:most])


def _year(source: Part) -> str:
    """The year in the title (Annual Report 2015), else that of the date, else the last that stands there."""
    in_title: list[str] = _YEAR.findall(source.title)
    if in_title and re.search(r"\b[Rr]eport", source.title):
        return in_title[0]
    dated: list[str] = _FULL_DATE.findall(source.text)
    years = dated or _YEAR.findall(re.sub(re.escape(source.title), "", source.text) if source.title else source.text)
    return years[-1] if years else in_title[-1] if in_title else ""


def _without_page(label: str) -> str:
    return re.sub(r"-p[a-z]?\d+$", "", label)


def _cut(label: str, longest: int) -> str:
    """A label of whole words."""
    return label if len(label) <= longest else label[: longest + 1].rsplit("-", 1)[0][:longest].strip("-")


def _safe(label: str) -> str:
    return _tidy(_cut(label, LONGEST))
