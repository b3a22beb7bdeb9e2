"""pandoc's blocks as those of the neutral document."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from monitorpub.importing.document import Block, Document, Fact, Facts, Heading, Image, List, Note, Paragraph, Quotation, Row, Table
from monitorpub.importing.marking import text_of
from monitorpub.importing.pandoc.framed import is_layout, menus, only_headings, walk, words_of
from monitorpub.importing.pandoc.inlines import Inliner, coded
from monitorpub.importing.pandoc.marks import MARK, without_marks
from monitorpub.importing.pandoc.running import Node
from monitorpub.importing.signs import begun

INLINE = "inline."
"""Begins the label of a note in the line (``^[…]``), which has none of its own."""
LONGEST_LABEL = 80
"""Signs of a label in a table of labels and values."""

_YEAR = re.compile(r"(?:19|20)\d\d")
_POSITION = re.compile(r"(?:^|[@;])(\d+):\d+-")
"""A line, in what pandoc says of the place of an element."""
_BOLD = re.compile(r"\*\*.+\*\*", re.DOTALL)


@dataclass
class Blocker:
    """Makes blocks, and keeps the notes that are called in them."""

    document: Document
    inliner: Inliner
    counts: bool = False
    """Whether texts are counted as they come, for files without lines."""
    heads: list[bool] = field(default_factory=list)
    """Of each table of a Word file: whether its first row is marked as a head.  Empty where this is not known."""
    keys: dict[str, str] = field(default_factory=dict)
    """Labels that notes have in the file -> their keys."""
    label_of: Any = None
    """Gives the label of a note in the file, and its line, of the span round its call and its blocks; or nothing."""
    _tables: int = 0
    _in_note: bool = False

    def blocks(self, nodes: list[Node]) -> list[Block]:
        """The blocks of a row of pandoc's blocks."""
        out: list[Block] = []
        for node in nodes:
            out += self._block(node)
        return out

    def note(self, nodes: list[Node], call: Node) -> str:
        """Keep a note, and give its key.  One that is called again is kept once."""
        while nodes and all(node["t"] == "BlockQuote" for node in nodes):  # notes of LibreOffice are indented
            nodes = [inner for node in nodes for inner in node["c"]]
        label, line = self.label_of(call, nodes) if self.label_of is not None else ("", 0)
        if label and label in self.keys:
            return self.keys[label]
        number = str(len(self.document.notes) + 1)
        key = _as_key(label, {note.key for note in self.document.notes}) if label else number
        if label:
            self.keys[label] = key
        before = self.line
        note = Note(key, label or number, None, line or before, label=key if label and not label.startswith(INLINE) else "")
        self.document.notes.append(note)
        counts, self.counts, within, self._in_note = self.counts, False, self._in_note, True
        with self.inliner.gathered.within("a note"):
            note.text = self.as_text(self.blocks(nodes)) or None
        self.counts, self._in_note, self.inliner.gathered.line = counts, within, before
        if note.text is None:
            self.document.say("lost", note.line, f"note {label or number} has no words")
        return key

    @property
    def line(self) -> int:
        """Where the reading is in the file."""
        return self.inliner.gathered.line

    def as_text(self, blocks: list[Block]) -> str:
        """Blocks as one text, as notes have them: paragraphs, lists and quotations."""
        out: list[Block] = []
        for block in blocks:
            if isinstance(block, (Table, Facts)):
                self.document.say("changed", block.line or self.line, "a table in a note is now words in lines")
                out.append(Paragraph("\\\n".join(rows_of(block)), block.line))
            else:
                out.append(block)
        return text_of(out)

    def _block(self, node: Node) -> list[Block]:
        kind: str = node["t"]
        content: Any = node.get("c")
        match kind:
            case "Para" | "Plain":
                return self._paragraph(content)
            case "Header":
                return self._heading(content)
            case "BulletList" | "OrderedList":
                return self._list(content[1], content[0][0]) if kind == "OrderedList" else self._list(content)
            case "DefinitionList":
                return self._definitions(content)
            case "BlockQuote":
                line = self.line
                inner = self.blocks(content)
                return [Quotation(inner, _line_of(inner) or line)] if inner else []
            case "CodeBlock":
                self._place_of(content[0])
                return self._code(content[1])
            case "LineBlock":
                joined: list[Node] = []
                for index, inlines in enumerate(content):
                    joined += [{"t": "LineBreak"}] * bool(index) + inlines
                return self._paragraph(joined)
            case "Div":
                self._place_of(content[0])
                return self.blocks(content[1])
            case "Figure":
                return [*self.blocks(content[2]), *self.blocks(self._caption(content))]
            case "Table":
                return self._table(content)
            case "HorizontalRule":
                self.inliner.gathered.lose("dividing lines")
        return []

    def _list(self, items: list[list[Node]], start: int = 0) -> list[Block]:
        """A list; ``start`` is its first number, and 0 where it has none."""
        if headings := only_headings(items):
            return self.blocks(headings)
        line = self.line
        made = [item for nodes in items if (item := self.blocks(nodes))]
        return [List(made, bool(start), start or 1, _line_of(made[0]) or line)] if made else []

    def _place_of(self, attributes: Any) -> None:
        lines = [int(line) for line in _POSITION.findall(dict(attributes[2]).get("data-pos", ""))]
        if lines:
            self.inliner.gathered.line = min(lines)

    def _caption(self, content: list[Any]) -> list[Node]:
        """The caption of a figure, unless it is but what the image says already."""
        caption: list[Node] = content[1][1]
        images = [one for block in content[2] for one in (block.get("c") or []) if isinstance(one, dict) and one["t"] == "Image"]
        said = [image["c"][1] for image in images]
        return [] if caption and caption[0].get("c") in said and not self.counts and _plain(caption) == _plain_inlines(said[0]) else caption

    def _paragraph(self, inlines: list[Node]) -> list[Block]:
        if self.counts and _has_words(inlines):
            self.inliner.gathered.line += 1
        before, text, behind = self.inliner.gathered.parted(self.inliner.text(inlines))
        words = [Paragraph(text if _starts_with_mark(text) else begun(text), self.line)] if text else []
        return list(words) if self._in_note else [*before, *words, *behind]

    def _heading(self, content: list[Any]) -> list[Block]:
        self._place_of(content[1])
        if self.counts and _has_words(content[2]):
            self.inliner.gathered.line += 1
        before, text, behind = self.inliner.gathered.parted(self.inliner.text(content[2], one_line=True), "a heading")
        if (whole := re.fullmatch(r"(\*{1,2})(.+?)\1((?:\[\^[\w.:-]+\])*)", text)) and whole[1] not in whole[2]:
            text = whole[2] + whole[3]
        kind = Heading(content[0], text, self.line) if without_marks(text).strip() else Paragraph(text, self.line)
        return [*([kind] if text else []), *([] if self._in_note else [*before, *behind])]

    def _code(self, words: str) -> list[Block]:
        if self.counts:
            self.inliner.gathered.line += 1
        bare = without_marks(words)
        found = next((mark for mark in MARK.finditer(words) if mark[1] == "L"), None)
        if found:
            self.inliner.gathered.line = int(found[2])
        self.document.say("changed", self.line, "words set line by line are a paragraph with the same lines")
        lines = [coded(line) for line in bare.split("\n") if line.strip()]
        return [Paragraph("\\\n".join(lines), self.line)] if lines else []

    def _definitions(self, content: list[Any]) -> list[Block]:
        facts, line = [], 0
        for term, values in content:
            if self.counts:
                self.inliner.gathered.line += 1
            with self.inliner.gathered.within("a table"):
                label = self.inliner.text(term, one_line=True)
                line = line or self.line
                fact = Fact(label, [], self.line)
                for value in values:
                    fact.values += self._lines(self.blocks(value))
            facts.append(fact)
        return [Facts([("", facts)], line=line)] if facts else []

    def _lines(self, blocks: list[Block]) -> list[str]:
        """The texts of blocks as single lines."""
        out: list[str] = []
        for block in blocks:
            match block:
                case List():
                    out += [" ".join(self._lines(item)) for item in block.items]
                case Table() | Facts():
                    self.document.say("changed", block.line or self.line, "a table in a cell of another is now words in lines")
                    out += rows_of(block)
                case Quotation():
                    out += self._lines(block.blocks)
                case Image():
                    out.append(self.inliner.gathered.mark_of(block))
                case Heading() | Paragraph():
                    out += [line for line in block.text.replace("\\\n", "\n").split("\n") if line]
        return out

    def _table(self, content: list[Any]) -> list[Block]:
        attributes, caption, columns, head, bodies, foot = content
        self._place_of(attributes)
        number, self._tables = self._tables, self._tables + 1
        line = self.line
        rows = [(row, True) for row in head[1]]
        for body in bodies:
            rows += [(row, True) for row in body[2]] + [(row, False) for row in body[3]]
        rows += [(row, False) for row in foot[1]]
        if len(columns) == 1:
            return self._box(rows, caption[1])
        if is_layout([[cell[4] for cell in cells] for (_, cells), _ in rows]):
            return self._page([cell[4] for (_, cells), _ in rows for cell in cells], caption[1])
        with self.inliner.gathered.within("a table"):
            made = self._rows(rows, len(columns))
        if not any(without_marks(cell) for row in made for cell in row.cells):
            if not self.inliner.gathered.place and (images := self.inliner.gathered.framed(made)):
                return images
            return [Paragraph("".join(cell for row in made for cell in row.cells), line)] if any("".join(row.cells) for row in made) else []
        known = number < len(self.heads)
        words = " ".join(self._lines(self.blocks(caption[1])))
        table = Table(made, words, made[0].line or line)
        return [self._as_facts(table, sure=not known or self.heads[number]) or self._headed(table)]

    def _box(self, rows: list[tuple[Any, bool]], caption: list[Node]) -> list[Block]:
        """A table of one column: the frame round a text."""
        out = self.blocks(caption)
        for (_, cells), _ in rows:
            for cell in cells:
                out += self.blocks(cell[4])
        if out:
            self.document.say("guessed", out[0].line, "a table of one column is taken for a frame: what it holds is text")
        return out

    def _page(self, cells: list[list[Node]], caption: list[Node]) -> list[Block]:
        """A table that lays out a page: its cells one after the other, without menus."""
        out = self.blocks(caption)
        first = 0
        for cell, menu in zip(cells, menus(cells), strict=True):
            line = line_in(cell) or self._marked(cell) or self.line
            first = first or line
            if menu:
                self.document.say("left-out", line, f"a cell that is a menu: “{words_of(cell)}”")
            else:
                out += self.blocks(cell)
        self.document.say("guessed", first, "a table is taken for the layout of the page: its cells are read one after the other")
        return out

    @staticmethod
    def _marked(nodes: list[Node]) -> int:
        """The first line that is marked in some blocks."""
        words = (MARK.finditer(node["c"]) for node in walk(nodes) if node["t"] == "Str")
        return next((int(found[2]) for one in words for found in one if found[1] == "L"), 0)

    def _rows(self, rows: list[tuple[Any, bool]], columns: int) -> list[Row]:
        """Rows of single lines, each with all its columns; cells that reach over others leave those empty."""
        out: list[Row] = []
        reaching: dict[int, int] = {}
        merged = 0
        for (_, cells), head in rows:
            texts = [""] * columns
            at, line, wide = 0, 0, False
            for cell in cells:
                while reaching.get(at, 0) > 0:
                    reaching[at] -= 1
                    at += 1
                _, _, high, broad, nodes = cell
                self.inliner.gathered.line = line_in(nodes) or self.line
                lines = self._lines(self.blocks(nodes))
                if at < columns:
                    texts[at] = " ".join(lines)
                line = line or self.line
                wide = wide or (broad > 1 and len(cells) > 1) or high > 1
                for step in range(broad):
                    if high > 1:
                        reaching[at + step] = high - 1
                at += broad
            while reaching.get(at, 0) > 0:
                reaching[at] -= 1
                at += 1
            merged += wide
            if any(texts):
                alone = len(cells) == 1 and columns > 1 and cells[0][3] == columns and bool(texts[0])
                out.append(Row([_unbold(texts[0]), *texts[1:]] if alone else texts, head or alone, line))
        if merged:
            line = out[0].line if out else self.line
            rows_ = f"{merged} row{'s' * (merged > 1)}"
            self.document.say("guessed", line, f"{rows_} of a table had cells over several rows or columns: what they cover is empty now")
        return out

    def _as_facts(self, table: Table, *, sure: bool) -> Facts | None:
        """The table as labels with values: two columns without a head, or with one that is but the first label."""
        rows = table.rows
        if not rows or len(rows[0].cells) != 2:
            return None
        first = rows[0]
        alone = bool(first.cells[0]) and not first.cells[1]
        if first.head and not alone and (sure or _is_head(rows)):
            return None
        labels = [row.cells[0] for row in rows]
        if any(len(label) > LONGEST_LABEL for label in labels) or not any(row.cells[1] for row in rows):
            return None
        groups: list[tuple[str, list[Fact]]] = []
        for index, row in enumerate(rows):
            label, value = row.cells
            if row.head and not value and index + 1 < len(rows):
                groups.append((label, []))
                continue
            if not groups:
                groups.append(("", []))
            if not without_marks(label).strip() and groups[-1][1]:
                groups[-1][1][-1].values.append(label + value)
            else:
                groups[-1][1].append(Fact(_unbold(label), [value] if value else [], row.line))
        return Facts([group for group in groups if group[1] or group[0]], table.caption, table.line)

    def _headed(self, table: Table) -> Table:
        """The table with a head: its first row where none is marked."""
        if not table.rows[0].head:
            table.rows[0].head = True
            self.document.say("guessed", table.rows[0].line or table.line, "the first row of a table is taken for its head")
        for row in table.rows:
            if row.head:
                row.cells = [_unbold(cell) for cell in row.cells]
        return table


def line_in(nodes: list[Node]) -> int:
    """The first line of the file that pandoc names in some blocks; 0 where it names none."""
    for node in walk(nodes):
        content = node.get("c")
        if node["t"] in ("Div", "Span", "Header", "Table", "CodeBlock") and isinstance(content, list):
            attributes = content[1] if node["t"] == "Header" else content[0]
            if found := _POSITION.search(dict(attributes[2]).get("data-pos", "")):
                return int(found[1])
    return 0


def rows_of(block: Table | Facts) -> list[str]:
    """A table as lines of words."""
    if isinstance(block, Table):
        return ["; ".join(cell for cell in row.cells if cell) for row in block.rows]
    return [f"{fact.label}: {'; '.join(fact.values)}" for _, facts in block.groups for fact in facts]


def _is_head(rows: list[Row]) -> bool:
    """Whether the first row is bold, and the second column of the others is not; or names a year."""
    head, rest = rows[0], rows[1:]
    if all(_YEAR.fullmatch(without_marks(cell)) for cell in head.cells[1:]):
        return True
    return all(_BOLD.fullmatch(cell) for cell in head.cells) and not any(_BOLD.fullmatch(row.cells[1]) for row in rest)


def _unbold(cell: str) -> str:
    found = re.fullmatch(r"\*\*((?:(?!\*\*).)+)\*\*((?:\[\^[\w.:-]+\])*)", cell)
    return found[1] + found[2] if found else cell


def _as_key(label: str, taken: set[str]) -> str:
    """A label as calls may have it, which no other note has."""
    key = re.sub(r"[^\w.:-]+", "-", label, flags=re.ASCII).strip("-_.:") or "note"
    names = [key, *(f"{key}-{number}" for number in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)


def _line_of(blocks: list[Block]) -> int:
    return blocks[0].line if blocks else 0


def _starts_with_mark(text: str) -> bool:
    """Whether a paragraph begins with a mark; its words are begun when the marks are gone."""
    return MARK.match(text) is not None


def _has_words(inlines: list[Node]) -> bool:
    return any(inline["t"] not in ("Space", "SoftBreak", "LineBreak") for inline in inlines)


def _plain(blocks: list[Node]) -> str:
    return " ".join(_plain_inlines(block.get("c") or []) for block in blocks)


def _plain_inlines(inlines: Any) -> str:
    out = ""
    for inline in inlines if isinstance(inlines, list) else []:
        if isinstance(inline, dict):
            content = inline.get("c")
            out += content if isinstance(content, str) else " " if inline["t"] == "Space" else _plain_inlines(content)
    return out
