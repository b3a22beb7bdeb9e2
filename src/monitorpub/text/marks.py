"""Marks in braces behind words and images: what is said of them and not printed.

``[Panmunjom]{.index}`` puts the page into the index, ``[le déminage]{lang=fr}`` says in which language words are, and
``![](border.png){.decorative}`` that an image only decorates.  Words may have the first two together: ``[Corée]{.index lang=fr}``.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markdown_it.rules_inline import StateInline, image
from markdown_it.token import Token

from monitorpub.model.countries import is_language


@dataclass(frozen=True)
class IndexMark:
    """Words that are marked for the index, and the term they stand under."""

    words: str
    term: str


_TERM = r"""(?:"[^"{}]*[^"{}\s][^"{}]*"|'[^'{}]*[^'{}\s][^'{}]*'|[“„][^“”{}]+[“”]|[^\s"'{}]+)"""
_PART = rf"(?:\.index(?![\w-])|term\s*=\s*{_TERM}|lang\s*=\s*{_TERM})"
_MARK = re.compile(rf"\{{\s*{_PART}(?:\s+{_PART})*\s*\}}")
_VALUE = re.compile(rf"(term|lang)\s*=\s*({_TERM})")
_DECORATIVE = re.compile(r"\{\s*\.decorative\s*\}")

MARKED = re.compile(rf"\[(?P<words>[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*)(?P<end>\](?P<braces>{_MARK.pattern}))")
"""Words with their mark, in a text as it was typed."""

READ = "\1"
"""Stands before a mark that was read, in the words of a paragraph as they were typed."""

WRONG_MARK = (
    r"\{\s*\.[A-Za-z][^{}\0]*\}"
    rf"|(?<=[\]{READ}])\{{\s*(?:index|lang)\b[^{{}}\0]*\}}"
    r"|(?<=\0)\{\s*decorative\b[^{}\0]*\}"
    r"|\{\s*lang\s*[=:][^{}\0]*\}"
)
"""What looks like a mark, read as one or not."""


def mark(state: StateInline, silent: bool) -> bool:
    """The rule that reads ``[words]{.index}`` and ``[words]{lang=fr}``."""
    if silent or state.src[state.pos] != "[" or state.src.find("]{", state.pos, state.posMax) < 0:
        return False  # silent: a link looks for the end of its words, and would be broken by a mark among them
    close = state.md.helpers.parseLinkLabel(state, state.pos)
    braces = _MARK.match(state.src, close + 1, state.posMax) if close >= 0 else None
    if braces is None or not _is_sound(braces[0]) or not state.src[state.pos + 1 : close].strip():
        return False
    end = state.posMax
    state.pos, state.posMax = state.pos + 1, close
    values = _values(braces[0])
    meta = {"index": _is_for_index(braces[0]), "term": values.get("term", ""), "lang": values.get("lang", "")}
    state.push("mark_open", "span", 1).meta = meta
    state.md.inline.tokenize(state)
    state.push("mark_close", "span", -1).meta = {**meta, "typed": braces[0]}
    state.pos, state.posMax = braces.end(), end
    return True


def marked_image(state: StateInline, silent: bool) -> bool:
    """markdown-it's rule for images, which reads ``{.decorative}`` behind one."""
    if not image(state, silent):
        return False
    braces = _DECORATIVE.match(state.src, state.pos, state.posMax)
    if braces is not None:
        state.pos = braces.end()
        if not silent:
            state.tokens[-1].meta = {"decorative": True, "typed": braces[0]}
    return True


def _is_for_index(braces: str) -> bool:
    return re.search(r"\.index(?![\w-])", re.sub(_VALUE, "", braces)) is not None


def _values(braces: str) -> dict[str, str]:
    return {name: " ".join(value.strip("\"'“”„").split()) for name, value in _VALUE.findall(braces)}


def _is_sound(braces: str) -> bool:
    """Whether a mark says each thing once, and names a term only where it is for the index."""
    names = [name for name, _ in _VALUE.findall(braces)]
    indexed = re.sub(_VALUE, "", braces).count(".index")
    return len(names) == len(set(names)) and indexed <= 1 and (indexed == 1 or "term" not in names)


def wrong_language(braces: str) -> str:
    """What a mark for a language names, where it is no tag of BCP 47; else ""."""
    language = _values(braces).get("lang", "")
    return "" if not language or is_language(language) else language


def about_mark(typed: str, start: int, braces: str) -> tuple[str, str]:
    """What is wrong with a mark that was not read as one, and what to do."""
    name = re.sub(r"^\{\s*\.?|[^\w-].*", "", braces, flags=re.DOTALL)
    forms = {
        "index": "Words for the index are marked so: [Panmunjom]{.index}",
        "lang": "Words in another language are marked so: [le déminage]{lang=fr}",
        "decorative": "An image that only decorates is marked so: ![](border.png){.decorative}",
    }
    form = forms.get(name, forms["index"])
    what = {"index": "for the index", "lang": "for a language"}.get(name, "")
    if name == "decorative":
        return "The mark {.decorative} stands behind no image.", f"{form}, with nothing between ) and {{."
    if _MARK.fullmatch(braces) and _is_sound(braces):
        if re.search(r"\[\s*\]$", typed[:start]):
            return f"The mark {what} has no words.", form
        return f"The mark {what} stands behind no words in square brackets.", f"{form}, with nothing between ] and {{."
    if name == "index":
        return f"The mark {' '.join(braces.split())} cannot be read.", 'Write {.index}, or {.index term="Panmunjom"} for another term.'
    if name == "lang":
        return f"The mark {' '.join(braces.split())} cannot be read.", "Write {lang=fr}, with the tag of the language (BCP 47)."
    near = difflib.get_close_matches(name, ["index", "decorative"], n=1, cutoff=0.6)
    hint = f"Did you mean {{.{near[0]}}}?" if near else f"{form} To print the signs, put them in `backticks`."
    return f"There is no mark {{.{name}}}.", hint


def marks_in(tokens: Iterable[Token]) -> Iterator[IndexMark]:
    """The marks for the index, in the order of their beginnings."""
    found: list[tuple[str, list[str]]] = []
    still_open: list[int] = []
    for token in tokens:
        if token.type == "mark_open" and token.meta["index"]:
            still_open.append(len(found))
            found.append((token.meta["term"], []))
        elif token.type == "mark_close" and token.meta["index"]:
            still_open.pop()
        elif token.type in ("text", "code_inline", "softbreak", "hardbreak"):
            for index in still_open:
                found[index][1].append(token.content if token.type in ("text", "code_inline") else " ")
    for term, pieces in found:
        words = " ".join("".join(pieces).replace("\u200e", "").split())
        yield IndexMark(words, re.sub(r"(?<=\w)'(?=\w)", "’", term) or words)
