"""Text of the source as tokens: CommonMark, tables, and ``[^label]`` for a note call.

CommonMark 0.31.2 by markdown-it-py; raw HTML is off.  Parsing gives tokens and the diagnostics of the text; which number a call
prints is decided later.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import takewhile
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from monitorpub.citations.syntax import find_citation
from monitorpub.model import Text
from monitorpub.model.scalars import CALL, shown
from monitorpub.text.addresses import is_good
from monitorpub.text.live import occurrences
from monitorpub.text.lost import MAX_LEVELS, Lost, keep_what_is_lost, lost_in
from monitorpub.text.marks import READ, WRONG_MARK, IndexMark, about_mark, mark, marked_image, marks_in, wrong_language
from monitorpub.text.quotes import decades, quotes_of, years
from monitorpub.text.references import Reference, place_of, placeholders, wrong_placeholders
from monitorpub.text.typography import RIGHT_TO_LEFT, Quoting, refine


@dataclass(frozen=True)
class Problem:
    """Something wrong in a text: the code, the words it is about and the how-many-th time they stand there."""

    code: str
    message: str
    needle: str
    nth: int = 0
    hint: str = ""


@dataclass(frozen=True)
class Parsed:
    """A text as tokens."""

    text: Text
    tokens: tuple[Token, ...]
    calls: tuple[str, ...]
    """The labels it calls, in order, with repeats."""
    images: tuple[str, ...]
    links: tuple[str, ...]
    problems: tuple[Problem, ...]
    references: tuple[Reference, ...] = ()
    """Links to places, in this part or another."""
    marks: tuple[IndexMark, ...] = ()
    """Marks for the index, in order."""


def parse(text: Text, language: str, *, note: bool = False) -> Parsed:
    """The text as tokens, with quotes and dashes set for ``language``; ``note`` where it is the text of a note."""
    engine = _engine(language.lower())
    env: dict[str, Any] = {}
    tokens = engine.parseInline(text.source.strip(), env) if text.inline else engine.parse(text.source, env)
    finder = _Finder(text, note=note)
    problems = [*finder.find(tokens), *(_of_lost(text, lost) for lost in lost_in(env))]
    if text.inline and "\n" in text.source.strip():
        problems += _several(text, engine.parse(text.source.strip()))
    calls, images, links = [], [], []
    for token in walk(tokens):
        if token.type == "note_call":
            calls.append(token.meta["label"])
        elif token.type == "image":
            images.append(str(token.attrs.get("src", "")))
        elif token.type == "link_open":
            address = str(token.attrs.get("href", ""))
            if place_of(address) is not None:  # the names of places have letters of every script
                token.attrs["href"] = address = unquote(address)
            links.append(address)
    marks = tuple(marks_in(walk(tokens)))
    return Parsed(text, tuple(tokens), tuple(calls), tuple(images), tuple(links), tuple(problems), tuple(finder.references), marks)


def walk(tokens: Any) -> Iterator[Token]:
    """Every token, those inside paragraphs too."""
    for token in tokens:
        yield token
        if token.children and token.type != "image":
            yield from walk(token.children)


@cache
def _engine(language: str) -> MarkdownIt:
    quotes = quotes_of(language)
    engine = MarkdownIt("commonmark", {"html": False, "typographer": True, "quotes": quotes, "linkify": True})
    engine.enable(["table", "smartquotes", "linkify"])
    if engine.linkify is not None:
        engine.linkify.set({"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
        engine.linkify.add("ftp:", None).add("//", None)
    engine.validateLink = lambda url: True  # type: ignore[method-assign]  # judged here, with a diagnostic, not dropped in silence
    engine.inline.ruler.before("link", "note_call", _note_call)
    engine.inline.ruler.before("link", "citation", _citation)
    engine.inline.ruler.before("citation", "mark", mark)
    engine.inline.ruler.at("image", marked_image)
    keep_what_is_lost(engine)
    engine.core.ruler.before("linkify", "as_typed", _as_typed)
    engine.core.ruler.after("as_typed", "placeholders", placeholders)
    engine.core.ruler.before("smartquotes", "decades", decades)
    engine.core.ruler.after("smartquotes", "years", years)
    left_to_right = language.split("-", maxsplit=1)[0] not in RIGHT_TO_LEFT
    engine.core.ruler.push("typography", partial(_typography, quotes=quotes, left_to_right=left_to_right))
    return engine


def _note_call(state: StateInline, silent: bool) -> bool:
    match = CALL.match(state.src, state.pos, state.posMax)
    if match is None or silent:  # silent: a link looks for the end of its words, and would be broken by a call among them
        return False
    token = state.push("note_call", "", 0)
    token.meta = {"label": " ".join(match[1].split())}
    state.pos = match.end()
    return True


def _citation(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("[", state.pos):
        return False
    found = find_citation(state.src, state.pos, state.posMax)
    if found is None:
        return False
    cites, end = found
    if not silent:
        token = state.push("citation", "", 0)
        token.content, token.meta = state.src[state.pos : end], {"cites": cites}
    state.pos = end
    return True


def _as_typed(state: Any) -> None:
    """Keep the words of every paragraph before quotes and links are set, with a NUL for code, escapes and the like."""
    for token in state.tokens:
        if token.type == "inline":
            token.meta["typed"] = "".join(_words(child) for child in token.children)


def _words(token: Token) -> str:
    if token.type == "text":
        return token.content
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    if token.type == "mark_close" or token.meta.get("decorative"):
        return READ + str(token.meta["typed"])
    return "" if token.markup == "linkify" else "\0"


MARK = "\u200e"
ARABIC = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+(?:\s+[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+)*")
"""Words in Arabic or Hebrew script.  In a text from left to right a mark (U+200E) ends them, or the figures and commas that
follow would be set before them (Unicode Standard Annex 9, rule W2)."""


def _typography(state: Any, *, quotes: Sequence[str], left_to_right: bool) -> None:
    """Signs of print in every paragraph; quotations, code and addresses are left as they are."""
    quoted_blocks = 0
    for token in state.tokens:
        quoted_blocks += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        if token.type != "inline" or quoted_blocks:
            continue
        quoting, address, foreign = Quoting(quotes), False, 0
        for child in token.children:
            if child.type == "link_open":
                address = child.info == "auto"
            elif child.type == "link_close":
                address = False
            elif child.type in ("mark_open", "mark_close"):
                foreign += child.nesting if child.meta["lang"] else 0
            elif child.type == "text" and not address and not foreign:
                child.content = refine(child.content, quoting)
            if child.type == "text" and left_to_right and not foreign:
                child.content = ARABIC.sub(lambda match: match[0] + MARK, child.content)


_SIGNS = re.compile(
    r"(?P<T001></?[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>\0]*)?/?>|<!--|<[!?][a-zA-Z])"
    r"|(?P<T002>\{\{[^{}\0]*\}\}|\{%[^{}\0]*%\}|\{\{|\}\}|\{%|%\}|\{\#)"
    r"|(?P<T003>\{\s*(?!lang\b)[a-z-]+\s*:[^{}\0]*\}|\{[^{}\0]*\bstyle=)"
    rf"|(?P<R003>{WRONG_MARK})"
)
_SELECTOR = re.compile(r"[.#@]?[a-zA-Z][\w.#>:*-]*(?:\s*[,>]\s*[.#]?[a-zA-Z][\w.#:*-]*){0,3}\s*\Z")
_HEADING = "A heading", "Headings are the titles of sections. To print the # or the hyphens as they are, type \\ before them."
_RULE = "A dividing line", "Profiles have none. To print the signs as they are, type \\ before them."
BLOCKS = {"table_open": "a table", "fence": "a block of code", "code_block": "a block of code"}
"""What neither a note nor a value of a facts table can hold, by the token that it begins with."""


class _Finder:
    """The problems of a text, each with the words it is about and the how-many-th time they stand there."""

    def __init__(self, text: Text, *, note: bool) -> None:
        self._text = text
        self._note = note
        self._lines = text.source.split("\n")
        self._line = 0
        self._counts: Counter[tuple[int, str]] = Counter()
        self.references: list[Reference] = []

    def find(self, tokens: list[Token]) -> Iterator[Problem]:
        """The problems in the order of the text."""
        in_table = False
        for token in tokens:
            if token.map is not None:
                self._line = token.map[0]
            yield from self._block(token)
            if token.type == "inline":
                yield from self._signs(token.meta.get("typed", ""))
                yield from self._calls(token.children or [], in_table=in_table)
                for child in token.children or []:
                    yield from self._inline(child)
                for words, message, hint in wrong_placeholders(token.children or []):
                    nth = self._count(words)
                    if message:
                        yield Problem("R002", message, words, nth, hint)
                self._refer(token.children or [])
            elif token.type in ("table_open", "table_close"):
                in_table = token.nesting == 1

    def _block(self, token: Token) -> Iterator[Problem]:
        if token.type in ("heading_open", "hr"):
            what, hint = _HEADING if token.type == "heading_open" else _RULE
            yield self._problem("T007", f"{what} stands in the text.", self._first_line(), hint)
        elif self._note and token.type in BLOCKS:
            yield self._problem("T008", f"A note cannot hold {BLOCKS[token.type]}.", self._first_line(), "Move it into the text.")

    def _inline(self, token: Token) -> Iterator[Problem]:
        if token.type == "link_open":
            address = str(token.attrs.get("href", ""))
            typed = self._typed(address)
            if not is_good(address):
                hint = "A link begins with https:// or mailto:; or it is the name of a profile, or # and the id of a section or a table."
                yield self._problem("T004", f"The link {shown(typed or address)} leads to no place on the web.", typed, hint)
            elif place_of(address) is None:
                self._count(typed)
        elif token.type == "image":
            typed = self._typed(str(token.attrs.get("src", "")))
            if self._note:
                yield self._problem("T008", "A note cannot hold an image.", typed, "Move it into the text.")
            elif token.meta.get("decorative") and token.content.strip():
                hint = "Delete the words in the square brackets, or the mark: marked so, nobody hears the words."
                yield self._problem("R003", "The image is marked as one that only decorates, and it has words.", typed, hint)
            elif not token.content.strip() and not token.meta.get("decorative"):
                hint = "Write them in the square brackets: ![What the image shows](file.png)"
                hint += " One that only decorates is marked so: ![](file.png){.decorative}"
                yield self._problem("T006", "The image has no words for readers who cannot see it.", typed, hint)
            else:
                self._count(typed)
        elif token.type == "citation" and not self._note:
            hint = "Sources are cited in notes: put it into a note, and call the note here with [^label]."
            hint += " To print the signs, type \\ before [."
            yield self._problem("T012", "A source is cited in the text.", token.content, hint)

    def _refer(self, children: Sequence[Token]) -> None:
        """Keep the links to places, each with the placeholders in its words."""
        for index, token in enumerate(children):
            place = place_of(str(token.attrs.get("href", ""))) if token.type == "link_open" else None
            if place is not None:
                typed = self._typed(str(token.attrs["href"]))
                words = takewhile(lambda child: child.type != "link_close", children[index:])
                names = tuple(child.meta["name"] for child in words if child.type == "placeholder")
                self.references.append(Reference(self._text, *place, typed, self._address(typed), names))

    def _address(self, typed: str) -> int:
        """The how-many-th time an address stands in the text; one that begins with it (#one in #one-two) counts where it stands."""
        nth = self._count(f"({typed})")
        found = occurrences(self._text.source, f"({typed})")
        if nth >= len(found):
            return self._count(typed)
        return sum(start <= found[nth][0] for start, _ in occurrences(self._text.source, typed))

    def _calls(self, children: Sequence[Token], *, in_table: bool) -> Iterator[Problem]:
        """Calls where none may stand: in a note, in the words of a link, and before a colon at the beginning of a line."""
        in_link = False
        for index, token in enumerate(children):
            in_link = token.type == "link_open" or (in_link and token.type != "link_close")
            if token.type != "note_call":
                continue
            call = f"[^{token.meta['label']}]"
            nth = self._count(call)
            begins = (not index and not in_table) or (index and children[index - 1].type in ("softbreak", "hardbreak"))
            if self._note:
                hint = "Put both sources in one note, joined by a semicolon."
                yield Problem("T008", "A note cannot call a note.", call, nth, hint)
            elif in_link:
                hint = f"Put the call behind the link: [words](https://…){call}"
                yield Problem("T004", "A note is called inside the words of a link.", call, nth, hint)
            elif begins and children[index + 1 : index + 2] and children[index + 1].content.startswith(":"):
                label = token.meta["label"]
                hint = f"Move it into the field notes, as {label}: and its words; a call stands behind the words it belongs to."
                yield Problem("T015", f"The words of the note {label!r} stand in the text.", call, nth, hint)

    def _signs(self, typed: str) -> Iterator[Problem]:
        for match in _SIGNS.finditer(typed):
            words = match[0]
            if match["T001"]:
                hint = "Use *emphasis*, **strong** and [words](https://…) instead. For the sign < itself type \\<"
                yield self._problem("T001", f"HTML stands in the text, and would be printed as it is: {_short(words)}", words, hint)
            elif match["T002"]:
                hint = "Templates belong in layouts. To print the signs, put them in `backticks`."
                yield self._problem(
                    "T002", f"Marks of a template stand in the text, and would be printed as they are: {words}", words, hint
                )
            elif match["R003"]:
                if typed[: match.start()].endswith(READ):
                    yield from self._language(words)
                    continue
                message, hint = about_mark(typed, match.start(), words)
                yield self._problem("R003", message, words, hint)
            else:
                before = _SELECTOR.search(typed, max(0, match.start() - 60), match.start())
                words = (before[0] if before else "") + words
                hint = "Styles belong in the folder styles. To print the signs, put them in `backticks`."
                yield self._problem("T003", "A style rule stands in the text, and would be printed as it is.", words, hint)

    def _language(self, braces: str) -> Iterator[Problem]:
        nth = self._count(braces)
        if language := wrong_language(braces):
            hint = "Write fr, ko, pt-BR or another tag of BCP 47."
            yield Problem("M008", f"{shown(language)} is not a language tag.", braces, nth, hint)

    def _problem(self, code: str, message: str, words: str, hint: str) -> Problem:
        return Problem(code, message, words, self._count(words), hint)

    def _count(self, words: str) -> int:
        """The how-many-th time these words stand in the text: those before this block, and those met in it."""
        nth = self._counts[self._line, words]
        self._counts[self._line, words] += 1
        if not self._line:
            return nth
        before = sum(len(line) + 1 for line in self._lines[: self._line])
        return nth + sum(start < before for start, _ in occurrences(self._text.source, words))

    def _first_line(self) -> str:
        return self._lines[self._line].strip() if self._line < len(self._lines) else ""

    def _typed(self, address: str) -> str:
        """An address as it was typed, before signs that addresses cannot have were encoded."""
        return next((a for a in (address, unquote(address), address.removeprefix("mailto:")) if a in self._text.source), "")


def _of_lost(text: Text, lost: Lost) -> Problem:
    """What is said about something that would be printed nowhere."""
    words = text.source[lost.start : lost.end]
    nth = sum(start < lost.start for start, _ in occurrences(text.source, words))
    if lost.code == "T011":
        cells, columns = lost.figures
        message = f"This row has {cells} cells, and the table has {columns} columns: the rest would be lost."
        return Problem("T011", message, words, nth, "Add a column to the head, or delete a bar. For the sign | itself type \\|")
    if lost.code == "T013":
        hint = "Write it with fewer levels, or as paragraphs. For a hyphen, a number or > at the beginning of a line type \\ before it."
        return Problem("T013", f"Lists and quotations stand in each other more than {MAX_LEVELS} deep.", words, nth, hint)
    hint = "Write the link where its words stand: [ICRC](https://…). To print the line as it is, type \\ before [."
    return Problem("T014", "This line gives a name to a link, and would not be printed.", words, nth, hint)


def _several(text: Text, tokens: list[Token]) -> Iterator[Problem]:
    """More than one line where one is expected: the second block of the text, or a first that is no paragraph."""
    blocks = [token for token in tokens if token.level == 0 and token.nesting >= 0 and token.map is not None]
    wrong = next((t for t in blocks[1:] or blocks if len(blocks) > 1 or t.type not in ("paragraph_open", "inline")), None)
    if wrong is not None and wrong.map is not None:
        words = text.source.strip().split("\n")[wrong.map[0]].strip()
        hint = "Paragraphs, lists and tables belong in the text of a section."
        yield Problem("T009", "One line of text is expected here, and this is more.", words, hint=hint)


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= 60 else line[:59] + "…"
