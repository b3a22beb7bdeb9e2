"""From a change in the printed words of a field to changes in the text of its source.

What is printed and what was typed are laid side by side, word by word.  The outcome is a proposal: the caller proves it by making the
review copy again.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from monitorpub.citations.syntax import find_citation
from monitorpub.exporting.reading import Token

_SCAN = re.compile(
    r"(?P<opaque>\[\^[^\[\]]+\]|!\[[^\[\]]*\]\([^()]*\)(?:\{[^{}]*\})?)"
    r"|(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<break>\\\n[ \t]*|[ ]{2,}\n[ \t]*)"
    r"|(?P<nothing>\]\([^()\s]*(?:\([^()]*\)[^()\s]*)*\)|\]\{[^{}]*\})"
    r"|(?P<end>\ue000|\n[ \t]*\n[ \t]*(?:(?:[-*+]|\d+[.)])[ \t]+|>[ ]?)?|\n[ \t]*(?:[-*+]|\d+[.)])[ \t]+)"
    r"|(?P<space>\s+)"
    r"|(?P<word>[^\W_]+|.)"
)
_FOLD = str.maketrans({**dict.fromkeys("“”„‟«»", '"'), **dict.fromkeys("‘’‚‛‹›", "'"), **dict.fromkeys("–—‐‑−", "-")})
_MARKDOWN = re.compile(r"([\\*_`\[\]<>])")
_ITEM = re.compile(r"^([ \t]*(?:[-*+]|\d+[.)])[ \t]+)", re.MULTILINE)

END = "\ue000"
"""Stands for the end of a block in a text that is changed together with its neighbours."""
WAYS = 4
"""The ways in which a change may be made: behind the word before or before the word behind; without and with marks of emphasis."""


class Edit(NamedTuple):
    """A stretch of a value's text, and what is to stand there."""

    start: int
    end: int
    text: str


class _Typed(NamedTuple):
    key: str
    start: int
    end: int


def fold(text: str) -> str:
    """A text without what the tool sets itself: the form of quotation marks, dashes and spaces."""
    return unicodedata.normalize("NFKC", text.translate(_FOLD))


def folded(tokens: Sequence[Token]) -> list[tuple[str, str, tuple[str, ...]]]:
    """Tokens to be compared after a change was made: pieces of one kind and form together."""
    out: list[tuple[str, str, tuple[str, ...]]] = []
    for token in tokens:
        kind, text, form = token.kind, fold(token.text), token.form
        if text == " " and kind == "word" and out and out[-1][0] == "word":
            form = out[-1][2]
        if out and kind == "word" and (out[-1][0], out[-1][2]) == (kind, form):
            out[-1] = (kind, out[-1][1] + text, form)
        else:
            out.append((kind, text, form))
    return [(kind, text.strip() if kind == "word" else text, form) for kind, text, form in out if kind != "word" or text.strip()]


def edits(value: str, old: Sequence[Token], new: Sequence[Token], way: int, end: str = "") -> list[Edit] | None:
    """How the text of a field becomes what is wanted; None where the places cannot be found.

    ``end`` is what is typed for the end of a block, instead of an empty line or the mark of an item.
    """
    if [one for one in (*old[:1], *new[:1]) if one.kind == "end"]:
        if old[:1] != new[:1]:
            return None
        old, new = old[1:], new[1:]
    at = _aligned(value, old)
    out: list[Edit] = []
    for first, last, put in _differences(old, new):
        edit = _edit(value, at, list(old), first, last, put, way, end)
        if edit is None:
            return None
        out.append(edit)
    return out


def place_of(value: str, old: Sequence[Token], index: int) -> int:
    """Where in the text of a field the token stands that was printed of it, or the next that can be found."""
    at = _aligned(value, old)
    near = [n for n in at if n >= index] or [n for n in at if n < index][-1:]
    return at[min(near)].start if near else 0


def _aligned(value: str, old: Sequence[Token]) -> dict[int, _Typed]:
    """For tokens that were printed what was typed for them, by their index."""
    typed = _typed(value)
    printed = _keys([_key(token) for token in old])
    matches = difflib.SequenceMatcher(None, printed, _keys([one.key for one in typed]), autojunk=False).get_matching_blocks()
    return {match.a + n: typed[match.b + n] for match in matches for n in range(match.size)}


def _differences(old: Sequence[Token], new: Sequence[Token]) -> list[tuple[int, int, list[Token]]]:
    before, after = (_keys([f"{one.kind} {one.text} {one.form}" for one in tokens]) for tokens in (old, new))
    found: list[tuple[int, int, list[Token]]] = []
    for what, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal" and not (b - a == 1 and old[a].text == " "):
            found.append((-1, -1, []))  # a stretch that stays parts the changes
            continue
        if what == "equal" and not found:
            found.append((-1, -1, []))
            continue
        if found and found[-1][0] >= 0:
            found[-1] = (found[-1][0], b, [*found[-1][2], *new[c:d]])
        else:
            found.append((a, b, list(new[c:d])))
    out = []
    for first, last, put in found:
        if first < 0:
            continue
        while first < last and put and old[first] == put[0]:
            first, put = first + 1, put[1:]
        while first < last and put and old[last - 1] == put[-1]:
            last, put = last - 1, put[:-1]
        if first < last or put:
            out.append((first, last, put))
    return out


def _edit(value: str, at: dict[int, _Typed], old: list[Token], first: int, last: int, put: list[Token], way: int, mark: str) -> Edit | None:
    if first == last and way % 2 and first in at:
        start = end = at[first].start
    elif first == last and first - 1 in at:
        start = end = at[first - 1].end
    elif first == last and first in at:
        start = end = at[first].start
    else:
        while first not in at and first > 0:
            first -= 1
            put = [old[first], *put]
        last = max(last, first + 1)
        while last - 1 not in at and last < len(old):
            put = [*put, old[last]]
            last += 1
        if first not in at or last - 1 not in at:
            return None
        start, end = at[first].start, at[last - 1].end
    text = markdown(put, marked=way >= 2, end=mark, marker="" if mark else _marker(value, start))
    if text is None:
        return None
    if not text and value[start - 1 : start] == " " and value[end - 1 : end].isspace():
        start, end = start - 1, end - 1  # the end of the line stays
    elif text.startswith(" ") and "\n" in value[start:end] and value[start:end].isspace():
        text = "\n" + text[1:]
    return Edit(start, end, text)


def _marker(value: str, start: int) -> str:
    """What begins the item of a list before a place."""
    found = _ITEM.findall(value[:start])
    return found[-1] if found else "- "


def markdown(tokens: Sequence[Token], *, marked: bool, end: str = "", marker: str = "- ") -> str | None:
    """Words as an editor would type them; None where some are not typed in the source."""
    out = ""
    form: tuple[str, ...] = ()
    for token in [*tokens, Token("none", "")]:
        wanted = token.form if marked and token.text != " " else form if token.text == " " and token.kind == "word" else ()
        if wanted != form:
            space = out[len(out.rstrip(" ")) :] if form else ""
            out = out.rstrip(" ") + "".join(_close(one) for one in form) + space if form else out
            out += "".join(_open(one) for one in reversed(wanted))
            form = wanted
        if token.kind == "word":
            out += _MARKDOWN.sub(r"\\\1", token.text)
        elif token.kind == "call":
            out += f"[^{token.text}]"
        elif token.kind == "end":
            out += end or (f"\n{marker}" if token.text.startswith(("item", "number")) else "\n\n")
        elif token.kind == "break":
            out = out.rstrip(" ") + "\\\n"
        elif token.kind == "fixed":
            return None
    return out


def _open(form: str) -> str:
    return {"em": "*", "strong": "**", "code": "`"}.get(form, "[")


def _close(form: str) -> str:
    return {"em": "*", "strong": "**", "code": "`"}.get(form, f"]({form.removeprefix('link ')})")


def _key(token: Token) -> str:
    return {"end": "¶", "break": "↵", "word": fold(token.text)}.get(token.kind, "\0")


def _keys(keys: list[str]) -> list[str]:
    """Spaces are told apart by what stands before them, or they would all be alike."""
    return [f" {keys[index - 1]}" if key == " " and index else key for index, key in enumerate(keys)]


def _typed(value: str) -> list[_Typed]:
    out: list[_Typed] = []
    position, end = 0, len(value.rstrip())
    if first := _ITEM.match(value):
        position = first.end()
    while position < end:
        if value[position] == "[" and (cited := find_citation(value, position, end)):
            out.append(_Typed("\0", position, cited[1]))
            position = cited[1]
            continue
        match = _SCAN.match(value, position)
        assert match is not None
        kind = match.lastgroup
        if kind != "nothing":
            key = {"opaque": "\0", "end": "¶", "break": "↵", "space": " "}.get(
                str(kind), fold(match[0][1:] if kind == "escape" else match[0])
            )
            out.append(_Typed(key, *match.span()))
        position = match.end()
    return out
