"""pandoc's inlines as the text of a source: CommonMark with ``[^key]`` for a call.

The structure follows https://hackage.haskell.org/package/pandoc-types (1.23).  What a source has no sign for (underlining, colours) is
dropped, its words are kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from monitorpub.importing.document import Image
from monitorpub.importing.pandoc.gathered import Gathered, image_of_tag
from monitorpub.importing.pandoc.marks import IMAGE, LINE, LINK, MARK, RAISED, about, mark, without_marks, without_private
from monitorpub.importing.pandoc.running import Node
from monitorpub.importing.signs import begun, escaped

_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SUBSCRIPT = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_QUOTES = {"DoubleQuote": ("“", "”"), "SingleQuote": ("‘", "’")}
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_LIKE_CALL = re.compile(r"\\\[\^([^\]]*)\]")
"""Words that look like a call, escaped; their end is escaped too, so that nothing takes them for one."""
_IN_LINK = re.compile(r"[\\`*\[\]<{}]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)")
"""Signs that are escaped in the words of a link."""
_NUMBER = re.compile(r"\[?\(?\s*(\d{1,3}|[*†‡§]{1,3}|[a-z]|[ivx]{1,5})\s*\)?\]?")
"""What a call shows."""
_BACK = re.compile(r"[\s\[\](){}^↑↩⏎←⬆⇧\ufe0e\ufe0f.,*-]*|(?:jump (?:back )?(?:up|to)|back|return|retour)\b.*", re.IGNORECASE)
"""What a link back from a note to its call shows, a number aside."""


@dataclass
class Inliner:
    """Makes texts of inlines."""

    gathered: Gathered
    note: Callable[[list[Node], Node], str]
    """Keeps a note and gives its key; the blocks of the note, and the span round the call (with its place in a Markdown file)."""
    base: str = ""
    """The address from which links without one count."""
    marked: bool = False
    """Whether links to places are kept as marks, for the search of notes."""
    numbers: bool = False
    """Whether figures set as superscripts may be calls."""

    def text(self, inlines: list[Node], *, one_line: bool = False) -> str:
        """The text of some inlines; in ``one_line`` line breaks are spaces."""
        made = "".join(self._pieces(_merged(inlines), one_line=one_line))
        made = re.sub(r"[ \t\u00a0]+", " ", made)
        made = re.sub(r"(?<=\S) (?=\[\^[\w.:-]+\])", "", made)
        made = re.sub(r" ?\\\n ?", "\\\n", made)
        while made.endswith("\\\n"):
            made = made[:-2].rstrip(" ")
        while made.startswith("\\\n"):
            made = made[2:].lstrip(" ")
        first, *rest = made.strip(" \n").split("\\\n")
        return "\\\n".join([first, *(begun(line) for line in rest)])

    def _pieces(self, inlines: list[Node], *, one_line: bool, linked: bool = False) -> Iterator[str]:
        last = ""
        for index, inline in enumerate(inlines):
            kind = inline["t"]
            if kind in ("Emph", "Strong"):
                inner = "".join(self._pieces(_merged(inline["c"]), one_line=one_line, linked=linked))
                following = next((first for node in islice(inlines, index + 1, index + 9) if (first := _first(node))), "")
                piece = emphasised(inner, "*" if kind == "Emph" else "**", last, following)
            else:
                piece = self._piece(inline, one_line=one_line, linked=linked)
            last = without_marks(piece)[-1:] or last
            yield piece

    def _piece(self, inline: Node, *, one_line: bool, linked: bool) -> str:
        kind: str = inline["t"]
        content: Any = inline.get("c")
        match kind:
            case "Str":
                return self._string(content, linked=linked)
            case "LineBreak":
                return " " if one_line else "\\\n"
            case "Underline" | "SmallCaps" | "Strikeout":
                return self._dropped(kind, "".join(self._pieces(_merged(content), one_line=one_line, linked=linked)))
            case "Superscript" | "Subscript":
                return self._raised(content, up=kind == "Superscript", one_line=one_line, linked=linked)
            case "Quoted" | "Cite" | "Span":
                opening, closing = _QUOTES[content[0]["t"]] if kind == "Quoted" else ("", "")
                return opening + self._span(inline, one_line=one_line, linked=linked) + closing
            case "Code" | "Math":
                if kind == "Math":
                    self._say("lost", f"a formula is kept as it was typed: {_shown(content[1])}")
                return coded(self._cleaned(content[1]))
            case "RawInline":
                return self._raw(content[1], one_line=one_line)
            case "Link":
                return self._link(inline, one_line=one_line, linked=linked)
            case "Image":
                return self._image(inline)
            case "Note":
                return f"[^{self.note(content, inline)}]"
        return ""

    def _dropped(self, kind: str, words: str) -> str:
        """Words without what a source has no sign for."""
        if kind == "Strikeout":
            self._say("guessed", f"words are struck out, and are kept: {_shown(words)}")
        elif words.strip():
            self.gathered.lose("underlining" if kind == "Underline" else "small capitals")
        return words

    def _span(self, inline: Node, *, one_line: bool, linked: bool) -> str:
        content = inline["c"][1]
        if len(content) == 1 and content[0]["t"] == "Note":
            return f"[^{self.note(content[0]['c'], inline)}]"
        return "".join(self._pieces(_merged(content), one_line=one_line, linked=linked))

    def _string(self, words: str, *, linked: bool) -> str:
        out, end = "", 0
        for found in MARK.finditer(words):
            out += self._escaped(words[end : found.start()], linked=linked)
            if found[1] == LINE:
                self.gathered.line = int(about(found)[0])
            elif found[1] == IMAGE:
                out += self.gathered.met_as(about(found)[0])
            else:
                out += found[0]
            end = found.end()
        return out + self._escaped(words[end:], linked=linked)

    def _escaped(self, words: str, *, linked: bool) -> str:
        words = self._cleaned(words)
        return _IN_LINK.sub(r"\\\g<0>", words) if linked else _LIKE_CALL.sub(r"\\[^\1\\]", escaped(words))

    def _cleaned(self, words: str) -> str:
        words, private = without_private(_INVISIBLE.sub("", words))
        if private:
            self.gathered.lose("signs of a Symbol font", private)
        return words

    def _raised(self, content: list[Node], *, up: bool, one_line: bool, linked: bool) -> str:
        words = "".join(self._pieces(_merged(content), one_line=one_line, linked=linked))
        bare = without_marks(words).strip()
        if not up and bare.isascii() and bare.isdigit():
            return words.replace(bare, bare.translate(_SUBSCRIPT))
        if up and (found := re.fullmatch(r"(?:\\\[)?\(?(\d{1,3})\)?(?:\\\])?([.,;]?)", bare)) and not _has_link(words):
            return words.replace(bare, (mark(RAISED, found[1]) if self.numbers else found[1].translate(_SUPERSCRIPT)) + found[2])
        if up and self.numbers and re.fullmatch(r"\d{1,3}(?:\s*,\s*\d{1,3})+", bare):
            return "".join(mark(RAISED, number) for number in re.findall(r"\d+", bare))
        if bare and not _has_link(words) and "[^" not in words:
            self.gathered.lose("superscripts" if up else "subscripts")
        return words

    def _raw(self, html: str, *, one_line: bool) -> str:
        """A tag inside a paragraph of Markdown: a line break or nothing."""
        if re.match(r"<br\b", html, re.IGNORECASE):
            return " " if one_line else "\\\n"
        if (image := image_of_tag(html)) is not None:
            return self.gathered.meet(image)
        if html.startswith("<!--"):
            self._say("left-out", f"a remark in the file is not imported: {_shown(html[4:-3])}")
        elif not html.startswith("</"):
            self.gathered.lose(f"HTML ({re.sub('[^a-z0-9]+.*', '', html[1:].lower())})")
        return ""

    def _link(self, inline: Node, *, one_line: bool, linked: bool) -> str:
        (_, _, attributes), content, (address, _) = inline["c"]
        pieces = "".join(self._pieces(_merged(content), one_line=True, linked=True))
        words, behind = _calls_out(pieces)
        shown = without_marks(words).strip()
        if address.startswith("#"):
            return self._to_place(address[1:], words, behind, dict(attributes))
        if not shown:
            if any(found[1] == IMAGE for found in MARK.finditer(words)):
                if not re.search(r"\.(?:png|jpe?g|gif|svg|webp)\Z", address, re.IGNORECASE):
                    self._say("lost", f"the link of an image, which is no link now: {address[:200]}")
            elif address and words == without_marks(words):
                self._say("lost", f"a link without words is not kept: {address}")
            return words + behind
        whole = self._whole(address)
        if not whole:
            self._say("lost", f"the words {_shown(shown)} had a link that leads nowhere outside the site; they are kept: {address[:200]}")
            return words + behind
        before, words, after = _edges(words)
        bare = re.sub(r"(?<!\\)\*", "", words)
        if whole.removeprefix("mailto:") == _unescaped(bare) and re.fullmatch(r"[^\s<>]+", whole):
            return f"{before}<{whole.removeprefix('mailto:')}>{after}{behind}"
        words = f"\\{words}" if words.startswith(("^", "@")) else words  # or it would be a call, or cite a source
        return f"{before}[{words}]({destination(whole)}){after}{behind}"

    def _whole(self, address: str) -> str:
        """The address on the web, or nothing."""
        try:
            whole = urljoin(self.base, address.strip()) if self.base else address.strip()
            parts = urlsplit(whole)
        except ValueError:
            return ""
        if parts.scheme.lower() == "mailto":
            return whole
        return whole if parts.scheme.lower() in ("http", "https") and re.match(r"\w[\w.-]*(:\d+)?$", parts.netloc.split("@")[-1]) else ""

    def _to_place(self, place: str, words: str, behind: str, attributes: dict[str, str]) -> str:
        shown = _unescaped(without_marks(words)).strip()
        raised = [about(found)[0] for found in MARK.finditer(words) if found[1] == RAISED]
        if raised and not shown:
            shown = raised[0]
        if self.marked and (number_of(shown) or _BACK.fullmatch(shown) or "noteref" in str(attributes)):
            others = "".join(found[0] for found in MARK.finditer(words) if found[1] not in (LINK, RAISED))
            return others + mark(LINK, place, shown) + behind
        if shown and not place.startswith(("_Toc", "__RefHeading")):
            self.gathered.lose("links to other places of the document")
        return words + behind

    def _image(self, inline: Node) -> str:
        (_, classes, attributes), content, (address, title) = inline["c"]
        if address in self.gathered.pictures:
            return self.gathered.met_as(address)
        words = _unescaped(without_marks("".join(self._pieces(_merged(content), one_line=True, linked=True))))
        decorative = "decorative" in classes or dict(attributes).get("role") in ("presentation", "none")
        return self.gathered.meet(Image(address, " ".join((words if words.strip() else title).split()), decorative))

    def _say(self, kind: str, words: str) -> None:
        self.gathered.said.append((kind, self.gathered.line, words))


def number_of(shown: str) -> str:
    """The number or sign that a call shows, without brackets; nothing where it is none."""
    found = _NUMBER.fullmatch(shown.strip())
    return found[1] if found else ""


def emphasised(inner: str, sign: str, last: str, following: str) -> str:
    """Words between signs of emphasis that CommonMark sees as such (0.31.2, section 6.2); calls and spaces are put outside.

    ``last`` is the sign before them, ``following`` the one behind.
    """
    start, words, end = _edges(inner)
    words, calls = _calls_out(words, at_end=True)
    if calls:
        words, end = words.rstrip(), calls + (words[len(words.rstrip()) :] or "") + end
    after = end[:1] or following
    while words and not start.strip() and _is_sign(words[0]) and words[0] not in "[<`\\(“‘\"'" and last.isalnum():
        start, words = start + words[0], words[1:]
    while words and _is_sign(words[-1]) and words[-1] not in ")]>`" and after.isalnum() and not words.endswith("\\"):
        cut = 2 if words[-2:-1] == "\\" else 1
        end, words = words[-cut:] + end, words[:-cut]
    inside, more, rest = _edges(words)
    if not any(sign_.isalnum() for sign_ in without_marks(more)):
        return start + words + end
    return f"{start}{inside}{sign}{more}{sign}{rest}{end}"


def coded(words: str) -> str:
    """Words as code: exactly as they stand, but for runs of spaces."""
    bare = " ".join(words.split())
    if not bare:
        return words
    fence = "`" * (max((len(found) for found in re.findall("`+", bare)), default=0) + 1)
    space = " " if bare.startswith("`") or bare.endswith("`") else ""
    return f"{fence}{space}{bare}{space}{fence}"


def destination(address: str) -> str:
    """An address as it stands in the round brackets of a link."""
    made = quote(address, safe="!#$%&'*+,-./0123456789:;=?@[]_~" + "".join(sign for sign in address if sign.isalnum() or ord(sign) > 127))
    return re.sub(r"&(?=#?\w+;)", r"\\&", made)


def _merged(inlines: list[Node]) -> list[Node]:
    """Inlines in which neighbours of one emphasis are one, none stands in its like, and words and spaces are one string."""
    out: list[Node] = []
    for inline in _opened(inlines):
        kind = inline["t"]
        if kind in ("Emph", "Strong"):
            inline = {"t": kind, "c": _without(kind, inline["c"])}
            if out and out[-1]["t"] == kind:
                out[-1]["c"] += inline["c"]
                continue
            if len(out) > 1 and out[-1] is _SPACE and out[-2]["t"] == kind:
                out.pop()
                out[-1]["c"] += [_SPACE, *inline["c"]]
                continue
        out.append(_SPACE if kind in ("Space", "SoftBreak") else inline)
    joined: list[Node] = []
    for is_words, group in groupby(out, lambda inline: inline["t"] == "Str"):
        run = list(group)
        joined += [{"t": "Str", "c": "".join(inline["c"] for inline in run)}] if is_words else run
    return joined


_SPACE: Node = {"t": "Str", "c": " "}


def _opened(inlines: list[Node]) -> Iterator[Node]:
    """Inlines without the spans that only say where something stands; those round a call are kept."""
    for inline in inlines:
        if inline["t"] == "Span" and not inline["c"][0][0] and not any(one["t"] == "Note" for one in inline["c"][1]):
            yield from _opened(inline["c"][1])
        else:
            yield inline


def _without(kind: str, inlines: list[Node]) -> list[Node]:
    out: list[Node] = []
    for inline in inlines:
        if inline["t"] == kind:
            out += _without(kind, inline["c"])
        elif inline["t"] in ("Emph", "Strong", "Underline"):
            out.append({"t": inline["t"], "c": _without(kind, inline["c"])})
        else:
            out.append(inline)
    return out


def _first(inline: Node) -> str:
    """The first sign that an inline shows."""
    content = inline.get("c")
    match inline["t"]:
        case "Str":
            return without_marks(str(content))[:1]
        case "LineBreak":
            return " "
        case "Emph" | "Strong" | "Underline" | "Superscript" | "Subscript" | "SmallCaps" | "Strikeout":
            return next((first for one in content or [] if (first := _first(one))), "")
        case "Span" | "Cite" | "Quoted":
            return next((first for one in (content or [None, []])[1] if (first := _first(one))), "")
        case _:
            return "["


def _edges(text: str) -> tuple[str, str, str]:
    """White space and marks before a text, the text, and those behind it."""
    edge = re.compile(rf"(?:\s|\\\n|{MARK.pattern})*")
    start = edge.match(text)
    before = start[0] if start else ""
    rest = text[len(before) :]
    behind = re.search(rf"(?:\s|\\\n|{MARK.pattern})*\Z", rest)
    after = behind[0] if behind else ""
    return before, rest[: len(rest) - len(after)], after


_CALLS = re.compile(rf"\[\^[\w.:-]+\]|{re.escape(mark(LINK, 'x')[:2])}[^\ue001]*\ue001")


def _calls_out(text: str, *, at_end: bool = False) -> tuple[str, str]:
    """A text without its calls, and the calls; ``at_end`` only those behind its words."""
    if at_end:
        found = re.search(rf"(?:\s*(?:{_CALLS.pattern}))+\s*\Z", text)
        return (text[: found.start()], found[0]) if found else (text, "")
    return _CALLS.sub("", text), "".join(_CALLS.findall(text))


def _has_link(words: str) -> bool:
    return any(found[1] == LINK for found in MARK.finditer(words))


def _is_sign(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "PS"


def _unescaped(text: str) -> str:
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)


def _shown(words: str) -> str:
    words = " ".join(without_marks(words).split())
    return f"“{words if len(words) <= 60 else words[:59] + '…'}”"
