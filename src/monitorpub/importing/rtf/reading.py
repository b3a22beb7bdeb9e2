"""Reads RTF into pandoc's document: groups, destinations, paragraphs, notes, tables, lists, links."""

from __future__ import annotations

import re
from copy import copy
from typing import Any

from monitorpub.importing.pandoc.running import Node, ReaderError
from monitorpub.importing.rtf.building import Cell, Item, Level, Look, Row, inlines_of, listed, table_of
from monitorpub.importing.rtf.state import FLOWS, MARGINS, PARTS, STARRED, THROUGH, UNSEEN, Flow, Read, State, Style
from monitorpub.importing.rtf.tokens import Token, code_page, decoded, of_charset, tokens, whole

DEEPEST = 2000
"""Groups in each other."""
_SIGNS = {
    "tab": " ", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
    "emspace": " ", "enspace": " ", "qmspace": " ", "page": " ", "column": " ",
}  # fmt: skip
_SYMBOLS = {"~": "\u00a0", "_": "-", "\\": "\\", "{": "{", "}": "}"}
TITLES = ("title", "subtitle", "author", "date")
_QUOTED = re.compile(r"(?:intense )?quote|quotations?|block ?text|block quote", re.IGNORECASE)
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_LINK = re.compile(r"\s*HYPERLINK\s+(?:\\l\s+)?\"?([^\"\s]*)\"?(?:.*?\\l\s+\"?([^\"\s]+))?", re.IGNORECASE | re.DOTALL)


class _Reader:
    def __init__(self, text: str) -> None:
        self._picture: list[str] = []
        self.read = Read()
        self._text = text
        self._page = "cp1252"
        self._fonts: dict[int, str] = {}
        self._styles: dict[int, Style] = {}
        self._state = State()
        self._stack: list[State] = []
        self._flow = Flow()
        self._paragraphs = 0
        self._flows: list[Flow] = []
        self._meta: dict[str, Any] = {}
        self._star = False
        self._pass = 0
        """Signs to pass over behind a Unicode letter."""
        self._bytes = bytearray()
        self._shape: list[Cell] = []
        self._next = Cell()
        self._head = False
        self._margin: list[str] = []
        self._comment: list[str] = []
        self._author: list[str] = []

    def run(self) -> Read:
        """Read it.  Raises ReaderError: I012 for half a file, I015 where groups are nested more deeply than in any text."""
        for token in tokens(self._text):
            if token.kind == "byte":
                self._byte(token)
                continue
            self._settle()
            match token.kind:
                case "open":
                    self._open()
                case "close":
                    self._close()
                case "word":
                    self._word(token)
                case "sign":
                    self._sign(token.words)
                case "text":
                    words = token.words[self._pass :]
                    self._pass = max(0, self._pass - len(token.words))
                    self._bytes += words.encode("latin-1")
                    self._settle()
        self._settle()
        if len(self._stack) > 1:  # the last brace of all may be missing
            hint = "Open it in Word or LibreOffice, and save it as .docx."
            raise ReaderError("I012", "The file is damaged: it ends in the middle.", hint)
        self._end_text()
        self.read.made = {"meta": self._meta, "blocks": self._finished(self._flow)}
        self.read.words.append(_joined(self._flow.words))
        return self.read

    def _open(self) -> None:
        if len(self._stack) > DEEPEST:
            raise ReaderError("I015", "The file is nested more deeply than any text.", "Save it anew from the program that made it.")
        self._stack.append(self._state)
        self._state = copy(self._state)
        self._state.flow = ""
        self._star, self._pass = False, 0

    def _close(self) -> None:
        if not self._stack:
            return
        if self._state.flow:
            self._end_flow(self._state.flow)
        state, self._state = self._state, self._stack.pop()
        self._star, self._pass = False, 0
        outside = self._state.part
        if state.part == "pict" and not outside:
            name, self._picture = "".join(self._picture).strip(), []
            self._flow.runs.append(({"t": "Image", "c": [["", [], []], [], [name, ""]]}, Look()))
        if state.part in MARGINS and outside not in MARGINS:
            if (words := _joined(self._margin)) and words not in self.read.margins:
                self.read.margins.append(words)
            self._margin = []
        elif state.part == "annotation" and outside != "annotation":
            self.read.comments.append((self._paragraphs + 1, _joined(self._author), _joined(self._comment)))
            self._comment, self._author = [], []

    def _end_flow(self, what: str) -> None:
        """A note ends, which is called where it stands; or a text box, which is read behind the paragraph at which it hangs."""
        self._end_text()
        blocks = self._finished(self._flow)
        self.read.words.append(_joined(self._flow.words))
        self._flow = self._flows.pop()
        if what == "note":
            self._flow.runs.append(({"t": "Note", "c": blocks}, Look()))
        else:
            self._flow.boxes += blocks

    def _byte(self, token: Token) -> None:
        if self._pass:
            self._pass -= 1
        else:
            self._bytes.append(int(token.words, 16))

    def _settle(self) -> None:
        """The bytes that came are letters."""
        if self._bytes:
            data, self._bytes = bytes(self._bytes), bytearray()
            if self._state.part in ("fonttbl", "stylesheet"):
                self._name(data.decode("latin-1"))
            else:
                self._add(decoded(data, self._fonts.get(self._state.font, self._page)))

    def _name(self, words: str) -> None:
        if self._state.part == "stylesheet":
            style = self._styles.setdefault(self._state.style, Style())
            style.name += words

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self._star = True
        elif self._pass:
            self._pass -= 1
        elif sign in "\r\n":
            self._paragraph()
        elif sign in _SYMBOLS:
            self._add(_SYMBOLS[sign])

    def _word(self, token: Token) -> None:
        word, number, state = token.words, token.number, self._state
        star, self._star = self._star, False
        if word == "ud" and state.part == "upr":
            state.part = self._stack[-2].part if len(self._stack) > 1 else ""
        elif state.part in ("fonttbl", "stylesheet"):
            self._table_word(word, number)
        elif state.part in UNSEEN or state.part in STARRED:
            return
        elif star or self._is_part(word):
            self._part(word, star=star)
        elif word == "u" and number is not None:
            self._add(chr(number % 0x10000))
            self._pass = state.fallback
        elif word == "uc":
            state.fallback = max(0, number or 0)
        elif word in _SIGNS:
            self._add(_SIGNS[word])
        else:
            self._text_word(word, number)

    def _is_part(self, word: str) -> bool:
        return word in UNSEEN or word in MARGINS or word in PARTS

    def _table_word(self, word: str, number: int | None) -> None:
        """A word of the lists of fonts and styles."""
        state = self._state
        if word in ("panose", "falt", "fontemb", "keycode"):
            state.part = "panose"
        elif word == "f":
            state.font = number or 0
        elif word == "fcharset":
            self._fonts[state.font] = of_charset(number, self._page)
        elif word == "s":
            state.style = number or 0
            self._styles[state.style] = Style()
        elif word in ("cs", "ts", "ds"):
            state.style = -1 - (number or 0)
        elif word == "outlinelevel":
            self._styles.setdefault(state.style, Style()).level = number or 0

    def _part(self, word: str, *, star: bool) -> None:
        """A destination begins."""
        state = self._state
        if word in FLOWS and not state.part:
            self._flows.append(self._flow)
            self._flow, state.flow = Flow(), FLOWS[word]
            state.look, state.hidden, state.in_table, state.depth, state.listed, state.style = Look(), False, False, 0, False, 0
            state.outline = 9
            self.read.notes += word == "footnote"
        elif word == "field":
            state.field = []
        elif word == "fldinst":
            state.part = "fldinst"
        elif word == "fldrslt":
            if (found := _LINK.match("".join(state.field))) and not state.part:
                address = found[1] + (f"#{found[2]}" if found[2] else "")
                place = re.match(r"\s*HYPERLINK\s+\\l", "".join(state.field), re.IGNORECASE)
                state.look = state.look._replace(link=f"#{found[1]}" if place else address)
        elif word == "pict" and not state.part:
            state.part = word
        elif word in ("moMath", "mmathPict"):
            self.read.formulas += word == "moMath"
            state.part = word if word == "mmathPict" else state.part
        elif word in UNSEEN or word in ("annotation", "atnauthor") or word in MARGINS or (star and word in STARRED):
            if word in ("listtext", "pntext") and not state.part:
                self._flow.marker = []
            state.part = word if not state.part or word in UNSEEN or word in STARRED or word == "annotation" else state.part
        elif star and word not in THROUGH and word not in PARTS:
            state.part = f"*{word}"

    def _text_word(self, word: str, number: int | None) -> None:
        state = self._state
        match word:
            case "par" | "sect":
                self._paragraph()
            case "line" | "lbr" | "softline":
                if not state.part:
                    self._flow.words.append(" ")
                    self._flow.runs.append(({"t": "LineBreak"}, state.look))
            case "ansicpg":
                self._page = code_page(number)
            case "mac":
                self._page = "mac_roman"
            case "f":
                state.font = number or 0
            case _:
                self._row_word(word, number)
                state.set_paragraph(word, number)
                state.set_look(word, number)

    def _row_word(self, word: str, number: int | None) -> None:
        match word:
            case "cell":
                self._cell(1)
            case "nestcell":
                self._cell(max(2, self._state.depth))
            case "row" | "nestrow":
                self._row(1 if word == "row" else max(2, self._state.depth))
            case "trowd":
                self._shape, self._next, self._head = [], Cell(), False
            case "trhdr":
                self._head = True
            case "clmrg" | "clvmrg":
                self._next.covered = True
            case "cellx":
                self._next.edge = number or 0
                self._shape.append(self._next)
                self._next = Cell()

    def _add(self, words: str) -> None:
        """Words that stand where the reading is."""
        state = self._state
        if not state.part and state.hidden:
            self._hide(words)
        elif not state.part:
            self._flow.runs.append((words, state.look))
            self._flow.words.append(words)
        elif state.part == "fldinst":
            state.field.append(words)
        elif state.part in ("listtext", "pntext"):
            self._flow.marker.append(words)
        elif state.part in MARGINS:
            self._margin.append(words)
        elif state.part == "pict":
            self._picture.append(words)
        elif state.part == "annotation":
            self._comment.append(words)
        elif state.part == "atnauthor":
            self._author.append(words)
        elif state.part.startswith("*"):
            self.read.unknown[f"\\{state.part}"] += len(re.findall(r"[^\W\d_]{2,}", words))

    def _hide(self, words: str) -> None:
        """Words that were set as hidden: they are kept for the report."""
        number = self._paragraphs + 1
        if self.read.hidden and self.read.hidden[-1][0] == number:
            self.read.hidden[-1] = (number, self.read.hidden[-1][1] + words)
        else:
            self.read.hidden.append((number, words))

    def _depth(self) -> int:
        state = self._state
        return state.depth or int(state.in_table)

    def _paragraph(self) -> None:
        """A paragraph ends."""
        if self._state.part:
            if self._state.part in MARGINS:
                self._margin.append(" ")
            elif self._state.part == "annotation":
                self._comment.append(" ")
            return
        self._end_text()

    def _end_text(self, depth: int | None = None) -> None:
        """What came since the last paragraph is one."""
        flow = self._flow
        runs, flow.runs = flow.runs, []
        marker, flow.marker = "".join(flow.marker).strip(), []
        flow.words.append("\n")
        boxes, flow.boxes = flow.boxes, []
        if not boxes and not any(what if isinstance(what, dict) else what.strip() for what, _ in runs):
            return
        self._paragraphs += not self._flows
        place = self._place(self._depth() if depth is None else depth)
        place += [*self._block(inlines_of(runs), place, marker), *boxes]

    def _place(self, depth: int) -> list[Node | Item]:
        """The blocks to which a paragraph belongs, in tables as many in each other as ``depth`` says; deeper ones have ended."""
        flow = self._flow
        while len(flow.levels) > depth:
            self._end_table()
        while len(flow.levels) < min(depth, 20):
            flow.levels.append(Level())
        return flow.levels[-1].blocks if flow.levels else flow.blocks

    def _end_table(self) -> None:
        flow = self._flow
        level = flow.levels.pop()
        if level.blocks:
            level.cells.append(level.blocks)
        if level.cells:  # a row that nothing ended
            level.rows.append(Row([listed(cell) for cell in level.cells], []))
        if level.rows:
            (flow.levels[-1].blocks if flow.levels else flow.blocks).append(table_of(level.rows))

    def _cell(self, depth: int) -> None:
        if self._state.part:
            return
        self._end_text(depth)
        self._place(depth)
        level = self._flow.levels[-1]
        level.cells.append(level.blocks)
        level.blocks = []

    def _row(self, depth: int) -> None:
        if self._state.part:
            return
        if self._flow.runs:
            self._end_text(depth)
        self._place(depth)
        level = self._flow.levels[-1]
        if level.blocks:
            level.cells.append(level.blocks)
            level.blocks = []
        if level.cells:
            level.rows.append(Row([listed(cell) for cell in level.cells], list(self._shape), self._head))
            self.read.covered += sum(cell.covered for cell in self._shape[: len(level.cells)])
            level.cells = []

    def _block(self, inlines: list[Node], place: list[Node | Item], marker: str) -> list[Node | Item]:
        """The block of a paragraph, by its style; none where it is the title of the whole."""
        if not inlines:
            return []
        state = self._state
        style = self._styles.get(state.style, Style())
        name = style.name.partition(";")[0].strip()
        heading = _HEADING.fullmatch(name)
        level = int(heading[1]) if heading else min(state.outline, style.level) + 1
        at_head = place is self._flow.blocks and not self._flows and not place
        if at_head and name.lower() in TITLES and name.lower() not in self._meta:
            self._meta[name.lower()] = {"t": "MetaInlines", "c": inlines}
            return []
        if 1 <= level <= 9 and not self._depth() and not self._flows:
            return [{"t": "Header", "c": [level, ["", [], []], inlines]}]
        if state.listed or marker:
            return [Item(state.item_level, marker, inlines)]
        block: Node = {"t": "Para", "c": inlines}
        return [{"t": "BlockQuote", "c": [block]} if _QUOTED.fullmatch(name) else block]

    def _finished(self, flow: Flow) -> list[Node]:
        while flow.levels:
            self._end_table()
        return listed(flow.blocks)


def _joined(words: list[str]) -> str:
    return " ".join(whole("".join(words)).split())


def read(data: bytes) -> Read:
    """pandoc's document of an RTF file whose pictures have names in their groups in place of what they hold.

    Raises ReaderError: I012 where the file ends in the middle, I015 where it is nested more deeply than any text.
    """
    return _Reader(data.decode("latin-1")).run()
