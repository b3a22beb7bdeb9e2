"""The index of a volume: terms that are marked in texts, and terms of a list that are looked for on every page."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from monitorpub.collation import letter, sort_key
from monitorpub.diagnostics import Diagnostic, Found
from monitorpub.model.volume import IndexTerm, MadePage, Volume
from monitorpub.source import Source
from monitorpub.volume.view import IndexLine, IndexPlace

Steps = tuple[str | int, ...]
Mark = tuple[str, str, int]
"""A mark for the index: its term, its target (``south-korea#index-3``) and the index of its page in the volume, from 0."""
Pages = dict[int, str]
"""The pages of a term, each with the target that its place leads to."""

MANY = 30
"""Places of a term; nobody looks up more."""


def index_lines(
    marks: Iterable[Mark],
    terms: Sequence[IndexTerm],
    words: Mapping[int, tuple[str, str]],
    folio: Callable[[int], str],
    language: str,
    source: Source,
    path: Steps,
) -> Found[tuple[IndexLine, ...]]:
    """The lines of the index, in the order of the language, each with the letter it stands under.

    ``terms`` is the list at ``path`` in the source of the volume; each is looked for in ``words``: for each page, by its index in the
    volume, the slug of its part and the words of its body.  A term matches whole words.  The case of its first letter does not
    matter, unless it is all in capitals; other letters are as typed.  A place that was found so leads to its page
    (``south-korea#page=2``: the second page of the part), a marked one to its mark.  Pages that follow each other are joined: 43–45.

    Gives R006 and R007 on the line of the term, and what :func:`wrong_terms` gives.
    """
    marks = list(marks)
    said = list(wrong_terms(terms, {marked for marked, _, _ in marks}, source, path))
    names = {_key(name): _key(term.term) for term in terms if term.see is None for name in (*term.also, term.term)}
    shown = {_key(term.term): term.term for term in reversed(terms)}
    found: dict[str, Pages] = {}
    for marked, target, page in marks:
        key = names.get(_key(marked), _key(marked))
        shown.setdefault(key, marked)
        found.setdefault(key, {}).setdefault(page, target)
    searched = _search([term for term in terms if term.see is None], words)
    for key, pages in searched.items():
        found[key] = pages | found.get(key, {})  # a mark is more exact than its page
    lines = [IndexLine(shown[key], _places(pages, folio), letter=letter(shown[key], language)) for key, pages in found.items()]
    for index, term in enumerate(terms):
        key = _key(term.term)
        if term.see is not None:
            end = _end(term, terms)
            if end is not None and _key(end) in found:
                lines.append(IndexLine(term.term, see=shown[_key(end)], letter=letter(term.term, language)))
        elif key not in found:
            message = f"The term {term.term!r} stands on no page."
            said.append(_at(source, "R006", message, path, index, "A term is found in these very words; others are named in: also: [..]"))
        elif len(places := _places(found[key], folio)) > MANY:
            message = f"The term {term.term!r} stands in {len(places)} places."
            said.append(_at(source, "R007", message, path, index, "Take a narrower term, or mark the places that matter: [words]{.index}"))
    lines.sort(key=lambda line: sort_key(line.term, language))
    return Found(tuple(lines), tuple(sorted(said, key=lambda one: one.sort_key)))


def wrong_list(source: Source, volume: Volume, marked: Collection[str] | None) -> list[Diagnostic]:
    """What :func:`wrong_terms` says of the list of terms of a volume.

    Where ``marked`` is None, not all texts could be read: a see may lead to what is marked there, and only R010 is said.
    """
    for path, entry in volume.matter():
        if isinstance(entry, MadePage) and entry.page == "index":
            said = wrong_terms(entry.terms, marked or (), source, path)
            return [one for one in said if marked is not None or one.code == "R010"]
    return []


def wrong_terms(terms: Sequence[IndexTerm], marked: Collection[str], source: Source, path: Steps) -> Iterator[Diagnostic]:
    """What is wrong with the list at ``path`` before any page is known: terms that stand there twice (R010), and terms that send the
    reader to none in the list nor among the marked ones, or in a circle (R008)."""
    first: dict[str, int] = {}
    known = {_key(term.term): term.term for term in terms} | {_key(term): term for term in marked}
    for index, term in enumerate(terms):
        before = first.setdefault(_key(term.term), index)
        if before != index:
            line = source.place(_steps(source, path, before)).line
            message = f"The term {term.term!r} stands here for the second time."
            yield _at(source, "R010", message, path, index, f"It stands first in line {line}; keep one of the two.")
        elif term.see is not None and _key(term.see) not in known:
            near = difflib.get_close_matches(term.see, known.values(), n=1, cutoff=0.6)
            hint = f"Did you mean {near[0]}?" if near else "It leads to another term of this list, or to one that is marked in a text."
            yield _at(source, "R008", f"The index has no term {term.see!r} to see.", path, index, hint, "see")
        elif term.see is not None and _key(term.see) not in {_key(name) for name in marked} and _end(term, terms) is None:
            message = f"The term {term.term!r} sends the reader in a circle."
            yield _at(source, "R008", message, path, index, "Let one of the terms have pages: leave out its see.", "see")


def _end(term: IndexTerm, terms: Sequence[IndexTerm]) -> str | None:
    """The term at which the reader arrives who follows every see; None in a circle."""
    following = {_key(one.term): one.see for one in reversed(terms)}
    seen: set[str] = set()
    at = term.term
    while (onward := following.get(_key(at))) is not None:
        if _key(at) in seen:
            return None
        seen.add(_key(at))
        at = onward
    return at


def _key(term: str) -> str:
    """What makes two terms one: a capital at the beginning does not tell them apart, nor does the form of apostrophes and spaces."""
    plain = _plain(term)
    return plain[:1].lower() + plain[1:] if any(sign.islower() for sign in plain) else plain


_SIGNS = str.maketrans({"’": "'", "‐": "-", "‑": "-", "\u00a0": " ", "\u202f": " ", "\u200e": None, "\u2060": None, "\u00ad": None})


def _plain(text: str) -> str:
    """A text in one line, with the signs of the keyboard."""
    return " ".join(text.translate(_SIGNS).split())


def _search(terms: Sequence[IndexTerm], words: Mapping[int, tuple[str, str]]) -> dict[str, Pages]:
    """The pages on which each term stands, by its key."""
    first: dict[str, int] = {}
    pages: list[tuple[int, str, str, str]] = []
    for page, (slug, text) in sorted(words.items()):
        begin = first.setdefault(slug, page)
        plain = _plain(text)
        pages.append((page, f"{slug}#page={page - begin + 1}", plain, plain.lower()))
    found: dict[str, Pages] = {}
    for term in terms:
        for name in (term.term, *term.also):
            plain = _plain(name)
            lower, pattern = plain.lower(), _pattern(plain)
            for page, target, text, small in pages:
                if lower in small and pattern.search(text):  # the first is quick, and nearly always false
                    found.setdefault(_key(term.term), {})[page] = target
    return found


def _pattern(plain: str) -> re.Pattern[str]:
    words = re.escape(plain)
    if plain[0].isalpha() and any(sign.islower() for sign in plain):
        words = f"[{plain[0].lower()}{plain[0].upper()[:1]}]{re.escape(plain[1:])}"
    return re.compile(rf"(?<!\w){words}(?!\w)")


def _places(pages: Pages, folio: Callable[[int], str]) -> tuple[IndexPlace, ...]:
    """Pages as they are printed, runs joined; roman and arabic folios make no run together."""
    runs: list[list[int]] = []
    for page in sorted(pages):
        if runs and runs[-1][-1] == page - 1 and folio(page - 1).isdigit() == folio(page).isdigit():
            runs[-1].append(page)
        else:
            runs.append([page])
    return tuple(IndexPlace("–".join(dict.fromkeys((folio(run[0]), folio(run[-1])))), pages[run[0]]) for run in runs)


def _steps(source: Source, path: Steps, index: int, name: str = "term") -> Steps:
    steps = (*path, "terms", index)
    return (*steps, name) if source.has((*steps, name)) else steps


def _at(source: Source, code: str, message: str, path: Steps, index: int, hint: str, name: str = "term") -> Diagnostic:
    return source.at(code, message, _steps(source, path, index, name), hint)
