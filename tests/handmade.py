"""Tiny tagged PDFs made by hand: a structure tree given as nested elements becomes a file whose pages, tree and lists agree."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from monitorpub.diagnostics import Diagnostic
from monitorpub.verifying import read_bytes
from monitorpub.verifying.structure import check, tagged_of

XMP = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""{}/></rdf:RDF></x:xmpmeta>'
UA = ' xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"'

TOP = 760
"""Where the first line of a page stands; each next one stands 14 points below."""


class NextPage:
    """Among the kids of an element: what follows stands on the next page."""


@dataclass
class E:
    """An element: its role, its kids (text, elements, NextPage) and its entries, such as ``Alt`` or ``ID``.

    ``scope`` and ``headers`` are attributes of cells.  ``link`` is the named destination that a Link leads to; ``place`` the name of the place
    where the element begins.
    """

    role: str
    kids: list[Any] = field(default_factory=list)
    entries: dict[str, Any] = field(default_factory=dict)

    def __init__(self, role: str, *kids: Any, **entries: Any) -> None:
        self.role, self.kids, self.entries = role, list(kids), entries


def table(*rows: tuple[str, ...]) -> E:
    """A table whose first row and first column are header cells."""
    head = E("TR", *(E("TH", words, scope="Column") for words in rows[0]))
    body = [E("TR", E("TH", row[0], scope="Row"), *(E("TD", words) for words in row[1:])) for row in rows[1:]]
    return E("Table", E("THead", head), E("TBody", *body))


class Handmade:
    """A file; ``pdf`` is to be broken, ``elements`` are those of the tree by role, in its order."""

    def __init__(self, *top: E, ua: bool = True, creator: str = "", parts: tuple[tuple[str, int], ...] = ()) -> None:
        self.pdf = pikepdf.new()
        self.elements: dict[str, list[pikepdf.Object]] = {}
        self._lines: list[list[str]] = []
        self._rows: list[list[pikepdf.Object]] = []
        self._links: list[tuple[pikepdf.Object, pikepdf.Object]] = []
        self._ids: dict[bytes, pikepdf.Object] = {}
        self._places: dict[str, pikepdf.Array] = {}
        self._y = TOP
        self._page()
        self.root = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self.root.K = Array([self._element(one, self.root) for one in top])
        self._finish(ua, creator, parts)

    def _page(self) -> None:
        self.pdf.add_blank_page(page_size=(600, 800))
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
        self.pdf.pages[-1].Resources = Dictionary(Font=Dictionary(F=font))
        self._lines.append([])
        self._rows.append([])
        self._y = TOP

    def _element(self, source: E, parent: pikepdf.Object) -> pikepdf.Object:
        given = dict(source.entries)
        link, place, scope, headers = (given.pop(key, None) for key in ("link", "place", "scope", "headers"))
        element = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{source.role}"), P=parent, **given))
        self.elements.setdefault(source.role, []).append(element)
        if scope or headers:
            table = {"Scope": Name(f"/{scope}")} if scope else {}
            element.A = Dictionary(O=Name.Table, **table, **({"Headers": Array([String(one) for one in headers])} if headers else {}))
        if "ID" in given:
            self._ids[bytes(element.ID)] = element
        if place:
            self._places[place] = Array([self.pdf.pages[-1].obj, Name.XYZ, 50, self._y + 12, 0])
        kids = []
        for kid in source.kids:
            if kid is NextPage:
                self._page()
            elif isinstance(kid, E):
                kids.append(self._element(kid, element))
            else:
                kids.append(self._content(str(kid), element))
        if link is not None:
            kids.append(self._link(link, element))
        element.K = Array(kids)
        return element

    def _content(self, words: str, element: pikepdf.Object) -> pikepdf.Object:
        number = len(self._rows[-1])
        self._rows[-1].append(element)
        self._lines[-1].append(f"/P <</MCID {number}>> BDC BT /F 10 Tf 1 0 0 1 50 {self._y} Tm ({words}) Tj ET EMC")
        self._y -= 14
        return Dictionary(Type=Name.MCR, Pg=self.pdf.pages[-1].obj, MCID=number)

    def _link(self, target: str, element: pikepdf.Object) -> pikepdf.Object:
        page = self.pdf.pages[-1]
        box = [48, self._y + 11, 100, self._y + 24]
        annotation = self.pdf.make_indirect(
            Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=box, Dest=String(target), Contents=String(f"To {target}"), F=4)
        )
        page.Annots = Array([*page.get("/Annots", []), annotation])
        page.Tabs = Name.S
        self._links.append((annotation, element))
        return Dictionary(Type=Name.OBJR, Pg=page.obj, Obj=annotation)

    def _finish(self, ua: bool, creator: str, parts: tuple[tuple[str, int], ...]) -> None:
        numbers: list[Any] = []
        for index, (page, lines, row) in enumerate(zip(self.pdf.pages, self._lines, self._rows, strict=True)):
            page.Contents = self.pdf.make_stream("\n".join(lines).encode())
            page.StructParents = index
            numbers += [index, self.pdf.make_indirect(Array(row))]
        for index, (annotation, element) in enumerate(self._links, len(self.pdf.pages)):
            annotation.StructParent = index
            numbers += [index, element]
        self.root.ParentTree = self.pdf.make_indirect(Dictionary(Nums=Array(numbers)))
        if self._ids:
            pairs = [one for name in sorted(self._ids) for one in (String(name.decode()), self._ids[name])]
            self.root.IDTree = self.pdf.make_indirect(Dictionary(Names=Array(pairs)))
        for name, number in parts:
            self._places[name] = Array([self.pdf.pages[number - 1].obj, Name.XYZ, 0, 800, 0])
        places = [one for name in sorted(self._places) for one in (String(name), self._places[name])]
        root = self.pdf.Root
        root.Names = Dictionary(Dests=Dictionary(Names=Array(places)))
        root.StructTreeRoot, root.MarkInfo, root.Lang = self.root, Dictionary(Marked=True), String("en")
        root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        root.Metadata = self.pdf.make_stream(XMP.format(UA if ua else "").encode())
        self.pdf.docinfo.Title = "Made by hand"
        if creator:
            self.pdf.docinfo.Creator = creator

    def content(self, page: int, old: str, new: str) -> None:
        """Change the content of a page, as text."""
        target = self.pdf.pages[page - 1]
        data = target.Contents.read_bytes()
        assert old.encode() in data, data
        target.Contents = self.pdf.make_stream(data.replace(old.encode(), new.encode(), 1))

    def row(self, page: int) -> pikepdf.Object:
        """The row of the parent tree of a page."""
        return self.root.ParentTree.Nums[2 * (page - 1) + 1]

    def save(self, file: Path) -> Path:
        self.pdf.save(file)
        return file

    def said(self, folder: Path, *, each: bool = False) -> list[Diagnostic]:
        """What the structural check says of the file."""
        data = self.save(folder / "made.pdf").read_bytes()
        document, said = read_bytes(data, Path("made.pdf"))
        assert document is not None, said
        assert not said
        return list(check(document, tagged_of(document), each=each))
