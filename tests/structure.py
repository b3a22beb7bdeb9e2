"""The structure of a finished PDF, read with pikepdf, and all that must be true of any: nothing here knows how files are written."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pikepdf
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont

UNSEEN = " \u00a0\u2002\u2003\u2007\u2008\u2009\u200a\u200b\u200e\u200f\u202f\u2060"
"""Signs that print nothing."""

Key = tuple[int, int]
"""Number and generation of an object."""


@dataclass
class Shown:
    """Some text that a page shows: its font, its glyphs, and the marked content round it, innermost last."""

    font: pikepdf.Object
    glyphs: list[int]
    marks: list[tuple[str, Any]]


@dataclass
class Page:
    """A page and what its content says of itself."""

    object: pikepdf.Object
    numbers: list[int] = field(default_factory=list)
    """Of its marked content."""
    shown: list[Shown] = field(default_factory=list)


@dataclass
class Node:
    """An element of the structure tree."""

    object: pikepdf.Object
    role: str
    depth: int
    content: list[tuple[Key, int]] = field(default_factory=list)
    """Page and number of its marked content."""
    annotations: list[tuple[Key, Key]] = field(default_factory=list)
    """Page and annotation."""


class Structure:
    """A file, opened."""

    def __init__(self, data: bytes) -> None:
        self.pdf = pikepdf.open(io.BytesIO(data))
        assert self.pdf.get_warnings() == []
        self.pages = [_page(page.obj) for page in self.pdf.pages]
        self._numbers = {page.object.objgen: number for number, page in enumerate(self.pages)}
        self.root = self.pdf.Root.StructTreeRoot
        self.nodes = list(self._nodes(self.root.K[0], self.root, 0))
        self.ids = dict(leaves(self.root.IDTree, "/Names")) if "/IDTree" in self.root else {}
        self.parents = dict(leaves(self.root.ParentTree, "/Nums"))
        self.places = {str(name): place for name, place in leaves(self.pdf.Root.Names.Dests, "/Names")}

    def _nodes(self, element: pikepdf.Object, parent: pikepdf.Object, depth: int) -> Iterator[Node]:
        assert element.P.objgen == parent.objgen
        node = Node(element, str(element.S), depth)
        yield node
        for kid in element.get("/K", []):
            if isinstance(kid, int):
                node.content.append((element.Pg.objgen, kid))
            elif kid.get("/Type") == "/MCR":
                node.content.append((kid.Pg.objgen, int(kid.MCID)))
            elif kid.get("/Type") == "/OBJR":
                node.annotations.append((kid.Pg.objgen, kid.Obj.objgen))
            else:
                yield from self._nodes(kid, element, depth + 1)

    def number_of(self, page: pikepdf.Object) -> int:
        """The index of a page."""
        return self._numbers[page.objgen]

    def reading_order(self) -> list[tuple[int, int]]:
        """Index of the page and number of every stretch of marked content, as the tree has them."""
        return [(self._numbers[page], number) for node in self.nodes for page, number in node.content]

    def assert_sound(self) -> None:
        """All that must be true of any file."""
        self._assert_content_is_marked()
        self._assert_parents()
        self._assert_annotations()
        self._assert_ids()
        self._assert_places()
        self._assert_all_is_used()
        self._assert_fonts()

    def _assert_content_is_marked(self) -> None:
        """All text is an artifact or tagged, once, and nothing is both."""
        for page in self.pages:
            assert sorted(page.numbers) == list(range(len(page.numbers)))
            for shown in page.shown:
                kinds = [
                    ("artifact" if tag == "/Artifact" else "tagged")
                    for tag, entries in shown.marks
                    if tag == "/Artifact" or "/MCID" in entries
                ]
                assert len(kinds) == 1, shown.marks

    def _assert_parents(self) -> None:
        """Marked content <-> the element that holds it, through the parent tree."""
        nodes = {node.object.objgen: node for node in self.nodes}
        assert len(nodes) == len(self.nodes), "an element hangs in two places"
        assert all(key < self.root.ParentTreeNextKey for key in self.parents)
        on_pages = []
        for page in self.pages:
            if not page.numbers:
                continue
            row = self.parents[int(page.object.StructParents)]
            assert len(row) == len(page.numbers)
            for number, element in enumerate(row):
                on_pages.append((page.object.objgen, number))
                assert on_pages[-1] in nodes[element.objgen].content
        assert sorted(on_pages) == sorted(one for node in self.nodes for one in node.content)

    def _assert_annotations(self) -> None:
        """Every annotation <-> its element."""
        nodes = {node.object.objgen: node for node in self.nodes}
        keys, found = [int(p.object.StructParents) for p in self.pages if "/StructParents" in p.object], []
        for page in self.pages:
            for one in page.object.get("/Annots", []):
                keys.append(int(one.StructParent))
                found.append((page.object.objgen, one.objgen))
                node = nodes[self.parents[keys[-1]].objgen]
                assert (node.role, found[-1] in node.annotations) == ("/Link", True)
                if "/Dest" in one:
                    assert str(one.Dest) in self.places
                assert int(one.F) & 4
        assert len(set(keys)) == len(keys)
        assert set(keys) == set(self.parents)
        assert sorted(found) == sorted(one for node in self.nodes for one in node.annotations)

    def _assert_ids(self) -> None:
        """Every id once, in the tree of ids; what cells say of their heads is there."""
        own = [(bytes(node.object.ID), node.object.objgen) for node in self.nodes if "/ID" in node.object]
        assert sorted(own) == sorted((bytes(name), element.objgen) for name, element in self.ids.items())
        for node in self.nodes:
            given = node.object.get("/A", pikepdf.Array())
            for one in given if isinstance(given, pikepdf.Array) else [given]:
                assert {bytes(name) for name in one.get("/Headers", [])} <= {name for name, _ in own}

    def _assert_places(self) -> None:
        for place in self.places.values():
            self.number_of(place[0])
        for line in outline_lines(self.pdf.Root.get("/Outlines")):
            self.number_of(line.Dest[0])

    def _assert_all_is_used(self) -> None:
        """Nothing is in the file that nothing refers to, and nothing is referred to that is not in it."""
        seen: set[Key] = set()
        waiting: list[Any] = [self.pdf.trailer.Root, self.pdf.trailer.Info]
        while waiting:
            one = waiting.pop()
            if isinstance(one, pikepdf.Object) and one.is_indirect:
                if one.objgen in seen:
                    continue
                seen.add(one.objgen)
                assert one._type_code != pikepdf.ObjectType.null, f"{one.objgen} is not in the file"
            if isinstance(one, (pikepdf.Dictionary, pikepdf.Stream)):
                waiting += [one.get(key) for key in one.keys()]  # noqa: SIM118
            elif isinstance(one, pikepdf.Array):
                waiting += list(one)
        others = {o.objgen for o in self.pdf.objects if o.objgen not in seen and o._type_code != pikepdf.ObjectType.null}
        of_file = {o.objgen for o in self.pdf.objects if isinstance(o, pikepdf.Stream) and o.get("/Type") in ("/ObjStm", "/XRef")}
        assert others <= of_file, f"nothing refers to {sorted(others - of_file)}"

    def _assert_fonts(self) -> None:
        """One program for each face; it has all glyphs that are shown, as wide as the file says, and every glyph stands for words."""
        programs: dict[str, set[Key]] = {}
        shown: dict[Key, tuple[pikepdf.Object, set[int]]] = {}
        for page in self.pages:
            for one in page.shown:
                programs.setdefault(str(one.font.BaseFont), set()).add(program_of(one.font).objgen)
                shown.setdefault(one.font.objgen, (one.font, set()))[1].update(one.glyphs)
        assert {name: len(files) for name, files in programs.items()} == dict.fromkeys(programs, 1)
        for font, glyphs in shown.values():
            words, widths, file = words_of(font), widths_of(font), TTFont(io.BytesIO(program_of(font).read_bytes()))
            assert glyphs <= set(words)
            names, drawings, scale = file.getGlyphOrder(), file.getGlyphSet(), 1000 / file["head"].unitsPerEm
            for glyph in glyphs:
                drawing, pen = drawings[names[glyph]], RecordingPen()
                drawing.draw(pen)
                assert abs(drawing.width * scale - widths[glyph]) < 1
                assert pen.value or not words[glyph].strip(UNSEEN), (font.BaseFont, glyph)


def _page(page: pikepdf.Object) -> Page:
    out = Page(page)
    marks: list[tuple[str, Any]] = []
    font = None
    for operands, operator in pikepdf.parse_content_stream(page) if "/Contents" in page else ():
        name = str(operator)
        if name in ("BDC", "BMC"):
            entries = operands[1] if name == "BDC" else pikepdf.Dictionary()
            marks.append((str(operands[0]), entries))
            if "/MCID" in entries:
                out.numbers.append(int(entries.MCID))
        elif name == "EMC":
            marks.pop()
        elif name == "Tf":
            font = page.Resources.Font[str(operands[0])]
        elif name in ("Tj", "TJ"):
            strings = [bytes(s) for s in (operands[0] if name == "TJ" else operands) if isinstance(s, pikepdf.String)]
            data = b"".join(strings)
            glyphs = [int.from_bytes(data[i : i + 2], "big") for i in range(0, len(data), 2)]
            assert font is not None
            out.shown.append(Shown(font, glyphs, list(marks)))
    assert marks == []
    return out


def leaves(tree: pikepdf.Object, entries: str) -> Iterator[tuple[Any, pikepdf.Object]]:
    """The pairs of a tree of names or numbers, in order, each once, within the limits of every node."""
    found = list(_leaves(tree, entries))
    keys = [_order(key) for key, _ in found]
    assert all(one < two for one, two in pairwise(keys))
    return iter(found)


def _leaves(node: pikepdf.Object, entries: str) -> Iterator[tuple[Any, pikepdf.Object]]:
    found = [pair for kid in node.get("/Kids", []) for pair in _leaves(kid, entries)]
    listed = list(node.get(entries, []))
    found += zip(listed[::2], listed[1::2], strict=True)
    if "/Limits" in node:
        assert [_order(key) for key in node.Limits] == [_order(found[0][0]), _order(found[-1][0])]
    yield from found


def _order(key: Any) -> Any:
    return bytes(key) if isinstance(key, pikepdf.String) else int(key)


def outline_lines(node: pikepdf.Object | None) -> Iterator[pikepdf.Object]:
    """The lines of an outline in order; each knows its neighbours and how many lines are seen below it."""
    if node is None:
        return
    line, before = node.get("/First"), None
    while line is not None:
        assert line.Parent.objgen == node.objgen
        assert (line.Prev.objgen if "/Prev" in line else None) == (before.objgen if before is not None else None)
        yield line
        yield from outline_lines(line)
        line, before = line.get("/Next"), line
    if before is not None:
        assert node.Last.objgen == before.objgen
        assert abs(int(node.Count)) == seen_below(node)


def seen_below(node: pikepdf.Object) -> int:
    """How many lines are seen below one that is open."""
    count, line = 0, node.get("/First")
    while line is not None:
        count += 1 + (seen_below(line) if int(line.get("/Count", 0)) > 0 else 0)
        line = line.get("/Next")
    return count


def program_of(font: pikepdf.Object) -> pikepdf.Object:
    """The file of a font."""
    descriptor = font.DescendantFonts[0].FontDescriptor
    return next(descriptor[key] for key in ("/FontFile2", "/FontFile3") if key in descriptor)


def widths_of(font: pikepdf.Object) -> dict[int, float]:
    """Thousandths of the size, by glyph."""
    out, listed = {}, list(font.DescendantFonts[0].W)
    for first, widths in zip(listed[::2], listed[1::2], strict=True):
        out |= {int(first) + n: float(width) for n, width in enumerate(widths)}
    return out


def words_of(font: pikepdf.Object) -> dict[int, str]:
    """What each glyph stands for."""
    out, inside = {}, False
    for line in font.ToUnicode.read_bytes().decode("ascii").splitlines():
        if line.endswith("bfchar"):
            inside = "begin" in line
        elif inside:
            glyph, text = line.strip("<>").split("> <")
            out[int(glyph, 16)] = bytes.fromhex(text).decode("utf-16-be")
    return out


@dataclass
class Piece:
    """What is read of one piece of a file: of a document, or of a section of a volume."""

    name: str
    """Of its places."""
    words: list[str]
    """By block."""
    notes: list[str]
    """Those that were taken out of the text, in the order in which they are read."""


def shown_words(structure: Structure) -> dict[tuple[Key, int], str]:
    """The words of each stretch of marked content, by page and number; a replacement text stands for what it replaces."""
    words: dict[tuple[Key, int], str] = {}
    fonts: dict[Key, dict[int, str]] = {}
    for page in structure.pages:
        told: list[Any] = []
        for shown in page.shown:
            number = next((int(entries.MCID) for _, entries in shown.marks if "/MCID" in entries), None)
            if number is None:
                continue
            if shown.font.objgen not in fonts:
                fonts[shown.font.objgen] = words_of(shown.font)
            text = "".join(fonts[shown.font.objgen][glyph] for glyph in shown.glyphs)
            instead = next((entries for _, entries in shown.marks if "/ActualText" in entries), None)
            if instead is not None:
                text = "" if any(instead is one for one in told) else str(instead.ActualText)
                told.append(instead)
            words[page.object.objgen, number] = words.get((page.object.objgen, number), "") + text
    return words


IN_LINES = ("/Link", "/Reference", "/Span", "/Lbl", "/Code", "/Quote", "/Figure")


def spoken(data: bytes) -> list[Piece]:
    """The words of each piece of a file in the order of its tree, blocks and notes apart."""
    structure = Structure(data)
    words = shown_words(structure)
    names = {place[0].objgen: name for name, place in reversed(structure.places.items()) if "/" not in name}
    root = structure.root.K[0]
    roots = (
        [kid for part in root.K for kid in (part.K if part.S == "/Part" else [part])]
        if root.K[0].S in ("/Part", "/Sect") and _is_volume(root)
        else [root]
    )
    out = []
    for one in roots:
        piece = Piece(names.get(_first_page(one), ""), [], [])
        piece.words.append(_words_in(one, words, piece))
        out.append(piece)
    return out


def _is_volume(root: pikepdf.Object) -> bool:
    return all(kid.S in ("/Part", "/Sect") for kid in root.K)


def _first_page(element: pikepdf.Object) -> Key:
    """The page of the first content of an element."""
    for kid in element.K:
        if isinstance(kid, int):
            return element.Pg.objgen
        if kid.get("/Type") in ("/MCR", "/OBJR"):
            return kid.Pg.objgen
        if "/K" in kid:
            return _first_page(kid)
    raise AssertionError("an element without content")


def _words_in(element: pikepdf.Object, words: dict[tuple[Key, int], str], piece: Piece) -> str:
    text = ""
    for kid in element.get("/K", []):
        if isinstance(kid, int):
            text += words.get((element.Pg.objgen, kid), "")
        elif kid.get("/Type") == "/MCR":
            text += words.get((kid.Pg.objgen, int(kid.MCID)), "")
        elif kid.get("/Type") == "/OBJR":
            continue
        elif kid.S == "/Note" and "table~" not in str(kid.ID):
            piece.notes.append(_words_in(kid, words, piece))
        elif kid.S == "/Lbl" and element.S == "/LI":
            label = _words_in(kid, words, piece)
            text += f" {label} " if any(map(str.isalpha, label)) else ""  # bullets and numbers come from the styles
        elif kid.S in IN_LINES:
            text += _words_in(kid, words, piece)
        else:
            text += f" {_words_in(kid, words, piece)} "
    return text


def read_aloud(data: bytes) -> list[str]:
    """What the tree holds in its order, an element a line, each a step further in than the one that holds it: its role and its own words,
    with … for an element between them."""
    structure = Structure(data)
    words = shown_words(structure)
    lines: list[str] = []
    _read(structure.root.K[0], 0, words, lines)
    return lines


def _read(element: pikepdf.Object, depth: int, words: dict[tuple[Key, int], str], lines: list[str]) -> None:
    at = len(lines)
    lines.append("")
    own, between = "", ""
    for kid in element.get("/K", []):
        if isinstance(kid, int) or kid.get("/Type") == "/MCR":
            text = words.get((element.Pg.objgen, kid) if isinstance(kid, int) else (kid.Pg.objgen, int(kid.MCID)), "")
            own += (between if text.strip() else "") + text
        elif kid.get("/Type") != "/OBJR":
            _read(kid, depth + 1, words, lines)
        between = "…" if own and not isinstance(kid, int) and kid.get("/Type") not in ("/MCR", "/OBJR") else ""
    lines[at] = f"{'  ' * depth}{str(element.S)[1:]} {' '.join(own.split())}".rstrip()
