"""Markdown with footnotes: CommonMark with pipe tables, definition lists and notes, as pandoc's ``commonmark_x`` reads it.

Labels of notes are kept: pandoc says where each call stands, and the label is read there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from monitorpub.diagnostics import Diagnostic, Found, Place
from monitorpub.importing.decoding import decode
from monitorpub.importing.document import Block, Document, Paragraph
from monitorpub.importing.media import beside
from monitorpub.importing.pandoc.blocks import INLINE, Blocker, line_in
from monitorpub.importing.pandoc.framed import walk
from monitorpub.importing.pandoc.marks import mark
from monitorpub.importing.pandoc.reading import Shape, document_of
from monitorpub.importing.pandoc.running import Node, ReaderError, read_with_pandoc, within_bounds

FORM = "commonmark_x-smart-emoji-task_lists-fancy_lists-tex_math_dollars-raw_attribute-alerts+sourcepos"
"""Signs stay as they were typed: ``A. Smith`` begins no list, dollars are no formulas in reports.
``~~`` strikes out, ``^2^`` raises, ``~2~`` lowers."""

_DATA = re.compile(
    r"(?:(?<=\]\()|(?<=\]\(<)|(?<=\]: )|(?<=src=[\"']))"
    r"data:image/[^\s()<>\"',;]{1,40}(?:;[^\s()<>\"',]{1,80})?,[A-Za-z0-9+/=%_.~!*:;@$&-]*"
)
"""An image in the text itself: it is not sent through pandoc, for its length."""
_DEFINITION = re.compile(r"^ {0,3}\[\^([^\]\s][^\]]*)\]:")
_CALL = re.compile(r"(?<!\\)\[\^([^\]\s]+)\](?!:)")
_POSITION = re.compile(r"@?(\d+):(\d+)-(\d+):(\d+)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_DELIMITER = re.compile(r" {0,3}\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_GRID = re.compile(r"\s*\+(?:[-=]{2,}\+)+\s*")


_MISSING = mark("M")
"""The words of a note that is not in the file."""
_ALL = "A"
"""The mark of the last paragraph, which calls every note, or pandoc would drop those that nothing calls."""


MAX_MARKDOWN = 700_000
"""Bytes: pandoc says of every word where it stands, and needs a thousand times as many."""


def read_markdown(data: bytes, file: Path) -> Found[Document]:
    """The document of a Markdown file.  Gives the diagnostics I001-I003 and I012-I016; I004 is a warning."""
    decoded = decode(data, file)
    if decoded.value is None:
        return Found(None, decoded.diagnostics)
    try:
        text, held = _without_data(decoded.value.text)
        within_bounds(text, MAX_MARKDOWN)
        prepared = _Prepared.of(text)
        given = beside(file)
        shape = Shape(label_of=prepared.label_of, change=prepared.without_last, media=lambda address: given(held.get(address, address)))
        made = read_with_pandoc(FORM, prepared.text.encode())
        made["blocks"] = _with_html(made["blocks"], prepared)
        document = document_of(made, shape)
    except ReaderError as error:
        return Found(None, (*decoded.diagnostics, Diagnostic(error.code, error.message, Place(file), hint=error.hint)))
    document.remarks += decoded.value.remarks
    prepared.remark(document)
    document.remarks.sort(key=lambda remark: remark.line)
    return Found(document, decoded.diagnostics)


@dataclass
class _Prepared:
    """The text for pandoc, with the same lines as the file."""

    text: str = ""
    lines: list[str] = field(default_factory=list)
    count: int = 0
    """The lines of the file; those of notes in the line follow."""
    plain: list[str] = field(default_factory=list)
    """The lines that are no code."""
    defined: dict[int, str] = field(default_factory=dict)
    """Lines on which a note begins -> its label."""
    said: list[tuple[str, int, str]] = field(default_factory=list)

    @classmethod
    def of(cls, text: str) -> _Prepared:
        """Tables get the columns that their longest row has, notes in the line (``^[…]``) a label, and notes defined twice another one."""
        made = cls(lines=text.split("\n"))
        made.count = len(made.lines)
        inside, fence = False, ""
        seen: dict[str, int] = {}
        added: list[str] = []
        for index, line in enumerate(made.lines):
            if found := _FENCE.match(line):
                if not inside:
                    inside, fence = True, found[1]
                elif found[1].startswith(fence) and not line.strip().strip(fence[0]):
                    inside = False
                continue
            if inside:
                continue
            made.plain.append(line)
            if _GRID.fullmatch(line) and not (index and _GRID.fullmatch(made.lines[index - 1])):
                made.said.append(("lost", index + 1, "a table drawn with + and - is read as text; draw it with bars (|) alone"))
            if found := _DEFINITION.match(line):
                made._define(index, found, seen)
            made._inline_notes(index, added)
        added += made._undefined(seen)
        made._tables()
        labels = [*made.defined.values(), *(found[1] for line in added if (found := _DEFINITION.match(line)) and _MISSING not in line)]
        made.lines += ["", *added, "", mark(_ALL) + "".join(f"[^{label}]" for label in labels)]
        made.text = "\n".join(made.lines) + "\n"
        return made

    def _define(self, index: int, found: re.Match[str], seen: dict[str, int]) -> None:
        label = found[1]
        if label in seen:
            again = f"{label}-{sum(one == label or one.startswith(f'{label}-') for one in seen) + 1}"
            self.said.append(
                ("guessed", index + 1, f"a second note [^{label}]; the first stands on line {seen[label]}; this one is [^{again}] now")
            )
            self.lines[index] = self.lines[index].replace(f"[^{label}]:", f"[^{again}]:", 1)
            label = again
        seen[label] = index + 1
        self.defined[index + 1] = label

    def _inline_notes(self, index: int, added: list[str]) -> None:
        """Notes in the line become notes with a label, whose words stand at the end of the file."""
        line, start = self.lines[index], 0
        while (at := line.find("^[", start)) >= 0:
            end = _closing(line, at + 1)
            if end < 0 or line[:at].count("`") % 2 or (at and line[at - 1] in "\\["):
                start = at + 2
                continue
            number = len(added) // 2 + 1
            label = f"{INLINE}{number}"
            added += [f"[^{label}]: {line[at + 2 : end]}", ""]
            line = f"{line[:at]}[^{label}]{line[end + 1 :]}"
            start = at + len(label) + 3
        self.lines[index] = line

    def _tables(self) -> None:
        """Give each table the columns of its longest row, for pandoc drops what is beyond its head."""
        for index in range(1, len(self.lines)):
            head, line = self.lines[index - 1], self.lines[index]
            if "|" not in head or "-" not in line or not _DELIMITER.fullmatch(line) or _cells(head) != _cells(line):
                continue
            end = index + 1
            while end < len(self.lines) and self.lines[end].strip() and "|" in self.lines[end]:
                end += 1
            columns = _cells(head)
            most = max((_cells(row) for row in self.lines[index + 1 : end]), default=columns)
            for number in range(index + 1, end):
                if (cells := _cells(self.lines[number])) != columns:
                    words = f"a row of a table has {cells} cells, and its head {columns}; empty cells fill the gap"
                    self.said.append(("changed", number + 1, words))
            if most > columns:
                self.lines[index - 1] = head.rstrip().removesuffix("|") + " | " * (most - columns) + "|"
                self.lines[index] = line.rstrip().removesuffix("|") + "|---" * (most - columns) + "|"

    def label_of(self, call: Node, blocks: list[Node]) -> tuple[str, int]:
        """The label of a note, and the line on which its words begin."""
        line = line_in(blocks)
        label, found = "", None
        if call["t"] == "Span" and (found := _POSITION.search(dict(call["c"][0][2]).get("data-pos", ""))) and found[1] == found[3]:
            words = self.lines[int(found[1]) - 1] if int(found[1]) <= len(self.lines) else ""
            if match := _CALL.search(words, int(found[2]) - 1):
                label = match[1] if match.start() == int(found[2]) - 1 else ""
        begin = next((number for number in range(line, 0, -1) if number in self.defined), 0)
        label = label or self.defined.get(begin, "")
        if line > self.count and found:  # a note in the line, whose words were put behind the text
            return label, int(found[1])
        return label, begin or line

    def _undefined(self, seen: dict[str, int]) -> list[str]:
        """Definitions of notes that are called and not in the file: without them, two calls would be read as one superscript."""
        labels: dict[str, None] = {}
        for line in self.plain:
            words = re.sub(r"(`+).*?\1", "", line)
            labels |= {found[1]: None for found in _CALL.finditer(words) if found[1] not in seen and not found[1].startswith(INLINE)}
        return [line for label in labels for line in (f"[^{label}]: {_MISSING}", "")]

    @staticmethod
    def without_last(blocks: list[Block], _: Blocker) -> list[Block]:
        """The blocks without the paragraph that calls all notes."""
        last = blocks[-1] if blocks else None
        return blocks[:-1] if isinstance(last, Paragraph) and last.text.startswith(mark(_ALL)) else blocks

    def remark(self, document: Document) -> None:
        """What was put right."""
        for kind, line, words in self.said:
            document.say(kind, line, words)  # type: ignore[arg-type]


def _without_data(text: str) -> tuple[str, dict[str, str]]:
    """A text with names in place of the images that it holds, and what stands for each name."""
    held: dict[str, str] = {}

    def named(found: re.Match[str]) -> str:
        name = f"picture:{len(held) + 1}"
        held[name] = found[0]
        return name

    return _DATA.sub(named, text), held


def _with_html(nodes: list[Node], prepared: _Prepared) -> list[Node]:
    """Blocks in which the words of blocks of HTML are blocks."""
    raw = [node for node in walk(nodes) if node["t"] == "RawBlock" and node["c"][0] == "html"]
    if not raw:
        return nodes
    for node in raw:
        html = node["c"][1]
        if html.startswith("<!--"):
            node.update({"t": "Null"})
            prepared.said.append(("left-out", 0, f"a remark in the file: “{' '.join(html[4:].split())[:60]}”"))
            continue
        made = read_with_pandoc("html", html.encode())["blocks"] if re.search(r">[^<]*\w", html) or "<img" in html else []
        node.update({"t": "Div", "c": [["", [], []], made]})
    prepared.said.append(("changed", 0, f"{len(raw)} block{'s' * (len(raw) > 1)} of HTML {'are' if len(raw) > 1 else 'is'} read as text"))
    return nodes


def _closing(line: str, start: int) -> int:
    """Where the bracket that opens at ``start`` is closed; -1 where it is not."""
    depth = 0
    for index in range(start, len(line)):
        if line[index] in "[]" and line[index - 1 : index] != "\\":
            depth += 1 if line[index] == "[" else -1
            if not depth:
                return index
    return -1


def _cells(line: str) -> int:
    """The cells of a row."""
    bare = re.sub(r"\\\||`[^`]*`", "", line.strip())
    return bare.removeprefix("|").removesuffix("|").count("|") + 1
