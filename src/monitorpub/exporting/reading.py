"""What stands in a review copy that came back: its blocks with their bookmarks, its notes, tracked changes and comments.

Our own reader (Office Open XML, ISO/IEC 29500-1): pandoc drops bookmarks that no link leads to.  Tracked changes count as accepted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from monitorpub.exporting.ast import ANCHOR, FIXED, MARK
from monitorpub.exporting.review import DIGEST
from monitorpub.importing.pandoc.package import Package

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_OWN = re.compile("[\u2060\u200b\u200e\u200f\ufeff\u00ad]")
_OURS = {FIXED.lower(): "fixed", MARK.lower(): "mark"}
"""The kinds of words in our own styles."""
_BLANK = " \u00a0\uf020"
"""Signs that cannot be seen; the last is LibreOffice's space of a font of symbols."""
_PIECES = re.compile(r"\s+|[^\W_]+|[^\s]")
_SUPERIOR = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Token(NamedTuple):
    """A word, a sign or a space; fixed words as one; a note call; the end of a paragraph."""

    kind: str
    """``word``, ``fixed``, ``call``, ``mark`` (of a later call), ``break`` (of a line) or ``end`` (of a paragraph)."""
    text: str
    """The words; of a call the id of its note; of an end the kind of the block that follows."""
    form: tuple[str, ...] = ()
    """Emphasis and links, in order; of a mark its bookmark."""


@dataclass
class Block:
    """A paragraph: its bookmarks, its kind and its tokens."""

    kind: str
    names: list[str] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)

    @property
    def words(self) -> str:
        """The words alone."""
        return "".join(token.text for token in self.tokens if token.kind in ("word", "fixed")).strip()


@dataclass(frozen=True)
class Tracked:
    """A tracked change: who made it, whether words came or went, and which."""

    author: str
    added: bool
    words: str


@dataclass(frozen=True)
class Comment:
    """A comment: who wrote it, what, and the block it stands at."""

    author: str
    words: str
    at: Block


@dataclass
class Reviewed:
    """A review copy as it was read."""

    digest: str = ""
    blocks: list[Block] = field(default_factory=list)
    notes: dict[str, list[Block]] = field(default_factory=dict)
    tracked: list[Tracked] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)


def read_review(package: Package) -> Reviewed:
    """The review copy.  Raises ReaderError where a part is no XML; without a digest it is none of ours."""
    out = Reviewed()
    properties = package.tree("docProps/custom.xml")
    for one in properties if properties is not None else ():
        if one.get("name") == DIGEST:
            out.digest = "".join(one.itertext()).strip()
    reader = _Reader(package, out)
    for part, root in (("document", package.tree("word/document.xml")), ("footnotes", package.tree("word/footnotes.xml"))):
        if root is None:
            continue
        reader.relate(package.tree(f"word/_rels/{part}.xml.rels"))
        if part == "document":
            body = root.find(f"{W}body")
            out.blocks = reader.blocks(body if body is not None else root)
        else:
            for note in root.iter(f"{W}footnote"):
                if note.get(f"{W}type") in (None, "normal"):
                    out.notes[note.get(f"{W}id", "")] = reader.blocks(note)
    out.comments = reader.comments(package.tree("word/comments.xml"))
    return out


@dataclass
class _Run:
    """Words of one form."""

    kind: str
    text: str
    form: tuple[str, ...] = ()


class _Reader:
    def __init__(self, package: Package, out: Reviewed) -> None:
        self._out = out
        self._styles = {one.get(f"{W}styleId", ""): _style_name(one) for one in _of(package.tree("word/styles.xml"), "style")}
        self._marks = _marks(package.tree("word/numbering.xml"))
        self._bookmark = ""
        """The last one that began."""
        self._links: dict[str, str] = {}
        self._at: dict[str, Block] = {}
        """Where the comments stand, by their ids."""

    def relate(self, relations: Element | None) -> None:
        self._links = {one.get("Id", ""): one.get("Target", "") for one in (relations if relations is not None else ())}

    def blocks(self, body: Element, place: str = "") -> list[Block]:
        """The paragraphs below an element; one whose end was deleted goes on with the next."""
        out: list[Block] = []
        names: list[str] = []
        joined: Block | None = None
        for element in body:
            tag = element.tag.removeprefix(W)
            if tag == "bookmarkStart":
                names += _name(element)
            elif tag == "p":
                block, ended = self._paragraph(element, place)
                block.names[:0], names = names, []
                if joined is not None:
                    joined.names += block.names
                    joined.tokens += block.tokens
                    block = joined
                else:
                    out.append(block)
                joined = None if ended else block
            elif tag == "tbl":
                for row in _of(element, "tr"):
                    for one in row.iter(f"{W}tc"):
                        out += self.blocks(one, "cell")
            elif tag == "sdt":
                content = element.find(f"{W}sdtContent")
                out += self.blocks(content, place) if content is not None else []
            elif tag in ("ins", "moveTo", "customXml"):
                out += self.blocks(element, place)
        for block in out:
            block.tokens = _tidy(block.tokens)
        return out

    def _paragraph(self, element: Element, place: str) -> tuple[Block, bool]:
        block = Block(place or "text")
        properties, ended = element.find(f"{W}pPr"), True
        if properties is not None:
            style = properties.find(f"{W}pStyle")
            name = self._styles.get(style.get(f"{W}val", ""), "") if style is not None else ""
            level = re.fullmatch(r"heading (\d)", name)
            if level and not place:
                block.kind = f"heading {level[1]}"
            elif not place and (listed := self._listed(properties.find(f"{W}numPr"), name)):
                block.kind = listed
            elif not place and ("block text" in name or "quot" in name):
                block.kind = "quotation"
            mark = properties.find(f"{W}rPr")
            ended = mark is None or (mark.find(f"{W}del") is None and mark.find(f"{W}moveFrom") is None)
        runs: list[_Run] = []
        self._inline(element, (), block, runs)
        block.tokens = [token for run in _merged(runs) for token in _tokens(run)]
        return block, ended

    def _listed(self, numbered: Element | None, style: str) -> str:
        """The kind of a paragraph in a list, with its level from 0: ``item 1``, ``number 1``; ``more 1`` for one without a mark."""
        if numbered is None:
            level = re.fullmatch(r"list (bullet|number)(?: (\d))?", style)
            if level:
                return f"{'item' if level[1] == 'bullet' else 'number'} {int(level[2] or 1) - 1}"
            return "more 0" if style.startswith("list ") else ""
        number, level_ = (one.get(f"{W}val", "0") if (one := numbered.find(f"{W}{tag}")) is not None else "0" for tag in ("numId", "ilvl"))
        if number == "0":
            return ""
        return f"{self._marks.get((number, level_), 'item')} {level_}"

    def _inline(self, element: Element, form: tuple[str, ...], block: Block, runs: list[_Run]) -> None:
        field_link: list[str] = []
        for child in element:
            tag = child.tag.removeprefix(W)
            if tag == "r":
                self._run(child, (*form, *field_link[-1:]), block, runs, field_link)
            elif tag == "hyperlink":
                target = self._links.get(child.get(f"{R}id", ""), "")
                self._inline(child, (*form, *_link(target)), block, runs)
            elif tag in ("ins", "moveTo"):
                before = len(runs)
                self._inline(child, form, block, runs)
                self._track(child, added=True, words="".join(run.text for run in runs[before:] if run.kind != "call"))
            elif tag in ("del", "moveFrom"):
                self._track(
                    child, added=False, words="".join(one.text or "" for one in child.iter() if one.tag in (f"{W}delText", f"{W}t"))
                )
            elif tag == "bookmarkStart":
                block.names += _name(child)
                self._bookmark = next(iter(_name(child)), self._bookmark)
            elif tag == "commentRangeStart":
                self._at.setdefault(child.get(f"{W}id", ""), block)
            elif tag == "sdt":
                content = child.find(f"{W}sdtContent")
                if content is not None:
                    self._inline(content, form, block, runs)
            elif tag in ("smartTag", "fldSimple", "customXml", "dir", "bdo"):
                self._inline(child, form, block, runs)

    def _track(self, element: Element, *, added: bool, words: str) -> None:
        self._out.tracked.append(Tracked(element.get(f"{W}author", ""), added, " ".join(words.split())))

    def _run(self, run: Element, form: tuple[str, ...], block: Block, runs: list[_Run], field_link: list[str]) -> None:
        properties = run.find(f"{W}rPr")
        kind, raised = "word", False
        marks: list[str] = []
        if properties is not None:
            style = properties.findall(f"{W}rStyle")
            kind = next((_OURS[name] for one in style if (name := self._styles.get(one.get(f"{W}val", ""), "")) in _OURS), kind)
            marks = [name for name, tag in (("em", "i"), ("strong", "b")) if _on(properties.find(f"{W}{tag}"))]
            marks += ["code" for one in style if self._styles.get(one.get(f"{W}val", "")) in ("verbatim char", "source text")]
            align = properties.find(f"{W}vertAlign")
            raised = align is not None and align.get(f"{W}val") == "superscript"
        whole = (*marks, *form) if kind == "word" else (self._bookmark,) if kind == "mark" else ()
        for child in run:
            tag = child.tag.removeprefix(W)
            if tag == "t":
                text = _OWN.sub("", child.text or "")
                runs.append(_Run(kind, text.translate(_SUPERIOR) if raised and kind == "word" else text, whole))
            elif tag == "cr" or (tag == "br" and child.get(f"{W}type", "textWrapping") == "textWrapping" and kind == "word"):
                runs.append(_Run("break", "\n"))
            elif tag in ("tab", "br"):
                runs.append(_Run(kind, " ", whole))
            elif tag == "noBreakHyphen":
                runs.append(_Run(kind, "-", whole))
            elif tag in ("footnoteReference", "endnoteReference"):
                runs.append(_Run("call", ("" if tag == "footnoteReference" else "end ") + child.get(f"{W}id", "")))
            elif tag in ("drawing", "pict", "object"):
                runs.append(_Run("fixed", "[picture]"))
            elif tag == "commentReference":
                self._at.setdefault(child.get(f"{W}id", ""), block)
            elif tag == "instrText" and (address := re.search(r'HYPERLINK\s+"([^"]+)"', child.text or "")):
                field_link += _link(address[1])
            elif tag == "fldChar" and child.get(f"{W}fldCharType") == "end":
                field_link.clear()

    def comments(self, root: Element | None) -> list[Comment]:
        """The comments that stand somewhere."""
        out = []
        for one in _of(root, "comment"):
            words = " ".join("".join(part.text or "" for part in p.iter(f"{W}t")) for p in one.iter(f"{W}p"))
            if (at := self._at.get(one.get(f"{W}id", ""))) is not None:
                out.append(Comment(one.get(f"{W}author", ""), " ".join(words.split()), at))
        return out


def _of(root: Element | None, tag: str) -> Iterator[Element]:
    return root.iter(f"{W}{tag}") if root is not None else iter(())


def _style_name(style: Element) -> str:
    name = style.find(f"{W}name")
    return (name.get(f"{W}val", "") if name is not None else "").lower()


def _marks(root: Element | None) -> dict[tuple[str, str], str]:
    """For lists and their levels what stands before an item: ``item`` for a sign, ``number``, ``more`` for nothing.

    With the last, pandoc and Word write what goes on in an item.
    """
    kinds: dict[str, dict[str, str]] = {}
    for one in _of(root, "abstractNum"):
        for level in _of(one, "lvl"):
            form, text = ("" if (found := level.find(f"{W}{tag}")) is None else found.get(f"{W}val", "") for tag in ("numFmt", "lvlText"))
            kind = "more" if form == "none" or not text.strip(_BLANK) else "item" if form == "bullet" else "number"
            kinds.setdefault(one.get(f"{W}abstractNumId", ""), {})[level.get(f"{W}ilvl", "")] = kind
    out: dict[tuple[str, str], str] = {}
    for one in _of(root, "num"):
        abstract = one.find(f"{W}abstractNumId")
        if abstract is not None:
            known = kinds.get(abstract.get(f"{W}val", ""), {})
            out |= {(one.get(f"{W}numId", ""), level): kind for level, kind in known.items()}
    return out


def _name(bookmark: Element) -> list[str]:
    name = bookmark.get(f"{W}name", "")
    return [name] if name.startswith(ANCHOR) else []


def _on(mark: Element | None) -> bool:
    return mark is not None and mark.get(f"{W}val", "true") not in ("0", "false", "off")


def _link(target: str) -> list[str]:
    """The form of a link's words; programs write addresses in their own ways."""
    return ["link " + unquote(target).rstrip("/")] if target and not target.startswith("#") else []


def _merged(runs: list[_Run]) -> list[_Run]:
    out: list[_Run] = []
    for run in runs:
        if run.kind == "word" and run.text.isspace() and out and out[-1].kind == "fixed":
            out.append(_Run(run.kind, run.text, run.form))
        elif out and run.kind not in ("call", "break") and (run.kind, run.form) == (out[-1].kind, out[-1].form):
            out[-1].text += run.text
        else:
            out.append(replace(run))
    return out


def _tokens(run: _Run) -> list[Token]:
    if run.kind == "break":
        return [Token("break", "\n")]
    if run.kind == "mark":
        return [Token("mark", run.text.strip(), run.form)]
    if run.kind != "word":
        return [Token(run.kind, re.sub(r"\s+", " ", run.text))]
    return [Token("word", " ") if piece.isspace() else Token("word", piece, run.form) for piece in _PIECES.findall(run.text)]


def _tidy(tokens: list[Token]) -> list[Token]:
    """One space in a row, none at the ends; pieces of a word of one form together."""
    out: list[Token] = []
    for token in tokens:
        last = out[-1] if out else None
        if token.kind == "word" and token.text == " " and (last is None or last.text in (" ", "\n")):
            continue
        if token.kind == "break":
            if last is not None and last.text == " ":
                out.pop()
            if not out:
                continue
        if token.kind == "fixed" and last is not None and last.kind == "fixed":
            out[-1] = Token("fixed", re.sub(r"\s+", " ", last.text + token.text))
            continue
        out.append(token)
    while out and out[-1].text in (" ", "\n"):
        out.pop()
    return out
