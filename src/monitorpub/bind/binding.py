"""Pieces become one file: numbers are given out, gaps filled, and what a file has once is written once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from monitorpub.bind.attachments import write_attachments
from monitorpub.bind.colour import output_intent
from monitorpub.bind.fonts import Fonts, Programs
from monitorpub.bind.metadata import information, moment, packet
from monitorpub.bind.objects import Objects
from monitorpub.bind.outline import Line, write_outline
from monitorpub.bind.places import Place
from monitorpub.bind.plan import Binding, Piece
from monitorpub.bind.stamps import Feet
from monitorpub.bind.strings import file_specification, number, text_string
from monitorpub.bind.trees import name_tree
from monitorpub.bind.writer import File
from monitorpub.typeset.part import RUN, place_name

POINT = 0.75
"""Points in a px."""
NAMESPACE = b"http://iso.org/pdf2/ssn"
"""The standard structure namespace of PDF 2.0 (ISO 32000-2, 14.8.6); elements without one are those of PDF 1.7."""
PAGE = "page="
"""How the name of a page of a part begins: ``south-korea#page=2``."""


@dataclass
class _Placed:
    """A piece with its objects and the numbers it got."""

    piece: Piece
    objects: Objects
    base: int
    key: int
    """Its first key in the parent tree."""
    group: int = 0
    """The number of the element of its group; 0 for none."""

    def at(self, index: int) -> int:
        """The number of one of its objects."""
        return self.base + index

    def page(self, number: int) -> int:
        """The number of the object of a page, from 1."""
        return self.at(self.objects.landmarks["pages"][number - 1])


def bind(binding: Binding, programs: Programs) -> bytes:
    """The PDF.  The same pieces give the same bytes.  Raises ValueError for a piece that does not fit its place."""
    return _Binder(binding, programs).run()


def _elements(one: _Placed) -> Iterator[tuple[str, int]]:
    """The numbers of the elements of a piece that others may refer to, by the addresses of links."""
    landmarks = one.objects.landmarks
    part = one.piece.part.name
    yield part, one.at(landmarks["root"])
    yield from ((_address(part, name), one.at(index)) for name, index in landmarks.get("elements", {}).items())


def _address(part: str, anchor: str) -> str:
    """The address of a place, as links have it: ``south-korea#outputs``."""
    return place_name(part, anchor).replace("/", "#", 1)


class _Binder:
    def __init__(self, binding: Binding, programs: Programs) -> None:
        self.binding = binding
        self.programs = programs
        self.file = File(binding.standard.version)
        self.pages_root = self.file.reserve()
        self.structure = self.file.reserve()
        self.document = self.file.reserve() if binding.volume else self.structure
        self.namespace = self.file.add(b"<</Type/Namespace/NS(%s)>>" % NAMESPACE) if binding.standard.is_pdf_2 else 0
        self.document_role = b"/Document/NS %d 0 R" % self.namespace if self.namespace else b"/Document"
        self.feet: dict[tuple[int, str], int] = {}
        self.names = {piece.part.name for piece in binding.pieces}
        self.wanted = {link for piece in binding.pieces for link in piece.part.links}
        for piece in binding.pieces:
            name = piece.part.name
            self.names |= {_address(name, anchor) for anchor in piece.part.anchors}
            self.names |= {f"{name}#{PAGE}{number}" for number in range(1, piece.part.pages + 1)}

    def run(self) -> bytes:
        """The bytes of the file."""
        placed, key = [], 0
        for piece in self.binding.pieces:
            objects = Objects.from_bytes(piece.part.objects)
            placed.append(_Placed(piece, objects, self.file.reserve(objects.slots.objects), key))
            key += objects.slots.keys
        fonts = Fonts(piece.part.faces + (piece.feet.faces if piece.feet else ()) for piece in self.binding.pieces)
        fonts.write(self.file, self.programs)
        groups = self._groups(placed)
        self.elements = {name: element for one in placed for name, element in _elements(one)}
        for one in placed:
            self._place(one, fonts, one.group or self.document)
        self._page_tree(placed)
        self._structure_tree(placed, groups, key)
        return self._finish(placed)

    def _groups(self, placed: list[_Placed]) -> dict[int, str]:
        """An element, with its title, for each row of pieces of one group: what is read aloud keeps the order of the pages."""
        titles: dict[int, str] = {}
        before = ""
        for one in placed if self.binding.volume else ():
            if one.piece.group and one.piece.group != before:
                titles[self.file.reserve()] = one.piece.group
            one.group = next(reversed(titles)) if one.piece.group else 0
            before = one.piece.group
        return titles

    def _place(self, one: _Placed, fonts: Fonts, parent: int) -> None:
        """The objects of a piece with their gaps filled."""
        piece, objects = one.piece, one.objects
        faces = piece.part.faces + (piece.feet.faces if piece.feet else ())
        own = {name: one.at(index) for name, index in objects.landmarks["fonts"].items()}
        role = self.document_role if not self.binding.volume else b"/Div" if piece.part.name.endswith(RUN) else b"/Sect"
        table = [b"%d 0 R" % self.pages_root, b"%d 0 R" % parent, role, b"%d 0 R" % fonts.dictionary(self.file, faces, own)]
        table.append(b"%d 0 R" % self.namespace)
        slots = objects.slots
        table += [b"%d 0 R" % value for value in range(one.base, one.base + slots.objects)]
        table += [b"%d" % value for value in range(one.key, one.key + slots.keys)]
        table += [self._link(target) for target in piece.part.links]
        table += [b"/Ref[%d 0 R]" % self.elements[target] if target in self.elements else b"" for target in piece.part.links]
        table += self._contents(one)
        bodies = objects.filled(table)
        self.file.put_all(one.base, bodies[: objects.plain])
        for index, (body, data) in enumerate(zip(bodies[objects.plain :], objects.streams, strict=True), objects.plain):
            self.file.put_stream(one.at(index), body, data)

    def _link(self, target: str) -> bytes:
        """Where a link to another part leads: to a place in this file, or in the file of that part beside it."""
        part, _, anchor = target.partition("#")
        name = text_string(f"{part}/{anchor}" if anchor else part)
        if target in self.names:
            return b"/Dest " + name
        if part in self.names:  # the layout prints no such place: its part is the nearest
            return b"/Dest " + text_string(part)
        return b"/A<</Type/Action/S/GoToR/F%s/D%s>>" % (file_specification(self.binding.files.get(part, f"{part}.pdf")), name)

    def _contents(self, one: _Placed) -> list[bytes]:
        """What each page shows: its running foot, its folio, and its own content."""
        out, piece = [], one.piece
        for page, (index, folio) in enumerate(zip(one.objects.landmarks["contents"], piece.folios, strict=True), 1):
            own = b"%d 0 R" % one.at(index)
            if piece.feet is None or page in piece.part.unstamped:
                out.append(own)
                continue
            side = "verso" if (piece.first + page - 1) % 2 else "recto"
            stamps = b"%d 0 R" % self._foot(piece.feet, side)
            if folio:
                data = piece.feet.folio(side, folio)
                stamps += b" %d 0 R" % self.file.add_stream(b"", data)
            out.append(b"[%s %s]" % (stamps, own))
        return out

    def _foot(self, feet: Feet, side: str) -> int:
        key = (id(feet), side)
        if key not in self.feet:
            self.feet[key] = self.file.add_stream(b"", feet.foot(side))
        return self.feet[key]

    def _page_tree(self, placed: list[_Placed]) -> None:
        """The pieces' own trees under one root, with blank pages between them."""
        kids, count = [], 0
        for one in placed:
            if one.piece.first < count:
                raise ValueError(f"{one.piece.part.name} begins before the part before it ends")
            kids += self._blanks(one.piece, one.piece.first - count)
            if one.piece.part.side != ("verso" if one.piece.first % 2 else "recto"):
                raise ValueError(f"{one.piece.part.name} was set for a {one.piece.part.side} page and begins on the other side")
            kids.append(one.at(one.objects.landmarks["tree"]))
            count = one.piece.end
        kids += self._blanks(placed[-1].piece, self.binding.total - count)
        self.page_count = max(count, self.binding.total)
        refs = b" ".join(b"%d 0 R" % kid for kid in kids)
        self.file.put(self.pages_root, b"<</Type/Pages/Kids[%s]/Count %d>>" % (refs, self.page_count))

    def _blanks(self, piece: Piece, count: int) -> list[int]:
        """Pages with nothing on them."""
        box = b" ".join(number(side * POINT) for side in piece.part.size)
        body = b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 %s]/Resources<<>>/Tabs/S>>" % (self.pages_root, box)
        return [self.file.add(body) for _ in range(count)]

    def _structure_tree(self, placed: list[_Placed], groups: dict[int, str], keys: int) -> None:
        """One document that holds groups and pieces, one tree of parents, one of ids (ISO 32000-1, 14.7)."""
        kids: list[int] = []
        held: dict[int, list[int]] = {group: [] for group in groups}
        for one in placed:
            root = one.at(one.objects.landmarks["root"])
            if one.group:
                held[one.group].append(root)
                root = one.group
            if not kids or kids[-1] != root:
                kids.append(root)
        for group, roots in held.items():
            refs = b" ".join(b"%d 0 R" % root for root in roots)
            self.file.put(group, b"<</S/Part/P %d 0 R/T%s/K[%s]>>" % (self.document, text_string(groups[group]), refs))
        refs = b" ".join(b"%d 0 R" % kid for kid in kids)
        if self.binding.volume:
            self.file.put(self.document, b"<</S%s/P %d 0 R/K[%s]>>" % (self.document_role, self.structure, refs))
            refs = b"%d 0 R" % self.document
        leaves = b" ".join(b"%d 0 R" % one.at(one.objects.landmarks["parents"]) for one in placed)
        parents = self.file.add(b"<</Kids[%s]>>" % leaves)
        ids = [(name.encode("latin-1"), b"%d 0 R" % one.at(index)) for one in placed for name, index in one.objects.landmarks["ids"]]
        tree = b"/IDTree %d 0 R" % name_tree(self.file, ids) if ids else b""
        tree += b"/Namespaces[%d 0 R]" % self.namespace if self.namespace else b""
        self.file.put(
            self.structure,
            b"<</Type/StructTreeRoot/K[%s]/ParentTree %d 0 R/ParentTreeNextKey %d%s>>" % (refs, parents, keys, tree),
        )

    def _finish(self, placed: list[_Placed]) -> bytes:
        """The catalog and what hangs from it."""
        binding = self.binding
        places = [entry for one in placed for entry in self._destinations(one)]
        dests = name_tree(self.file, places)
        labels = b" ".join(b"%d<</S/%s/St %d>>" % (one.first, one.style.encode(), one.start) for one in binding.labels)
        lines = [line for one in placed for line in self._lines(one)]
        outlines = write_outline(self.file, lines, open_to=1 if binding.volume else 9)
        metadata = self.file.add_stream(b"/Type/Metadata/Subtype/XML", packet(binding))
        viewer = b"/PageLayout/TwoPageRight/PageMode/UseOutlines" if binding.volume else b""
        names, files = self._attachments()
        root = self.file.add(
            b"<</Type/Catalog/Pages %d 0 R/Lang%s/MarkInfo<</Marked true>>/StructTreeRoot %d 0 R/Names<</Dests %d 0 R%s>>%s"
            b"/PageLabels<</Nums[%s]>>/Metadata %d 0 R/OutputIntents[%d 0 R]%s/ViewerPreferences<</DisplayDocTitle true>>%s>>"
            % (
                self.pages_root,
                text_string(binding.language),
                self.structure,
                dests,
                names,
                b"/Outlines %d 0 R" % outlines if outlines else b"",
                labels,
                metadata,
                output_intent(self.file),
                files,
                viewer,
            )
        )
        return self.file.finish(root, 0 if binding.standard.is_pdf_2 else self.file.add(information(binding)))

    def _attachments(self) -> tuple[bytes, bytes]:
        """What the catalog has of the files in the file: their names, and that they belong to the whole of it."""
        if not self.binding.attachments:
            return b"", b""
        names, numbers = write_attachments(self.file, self.binding.attachments, moment(self.binding))
        return b"/EmbeddedFiles %d 0 R" % names, b"/AF[%s]" % b" ".join(b"%d 0 R" % one for one in numbers)

    def _destinations(self, one: _Placed) -> list[tuple[bytes, bytes]]:
        """The names of a piece's places; its own name leads to its beginning."""
        part, elements = one.piece.part, one.objects.landmarks.get("elements", {})
        out = [(text_string(part.name), self._spot(one, 1, 0, 0, one.objects.landmarks["root"]).value)]
        for page in range(1, part.pages + 1):
            if f"{part.name}#{PAGE}{page}" in self.wanted:
                place = self._spot(one, page, 0, 0, elements.get(f"{PAGE}{page}"))
                out.append((text_string(f"{part.name}/{PAGE}{page}"), place.value))
        for name, spot in part.anchors.items():
            place = self._spot(one, spot.page, spot.x, spot.y, elements.get(name))
            out.append((text_string(place_name(part.name, name)), place.value))
        return out

    def _lines(self, one: _Placed) -> Iterator[Line]:
        """The lines of a piece in the outline."""
        piece, root = one.piece, one.objects.landmarks["root"]
        if piece.above:
            yield Line(piece.level, piece.above, self._spot(one, 1, 0, 0, one.group - one.base if one.group else root))
        elements = one.objects.landmarks.get("headings") or [None] * len(piece.part.outline)
        for heading, element in zip(piece.part.outline, elements, strict=True):
            yield Line(heading.level + piece.level, heading.words, self._spot(one, heading.page, heading.x, heading.y, element))

    def _spot(self, one: _Placed, page: int, x: float, y: float, element: int | None) -> Place:
        """A place of a piece: px from the top left corner of a page, and the index of the element there, which only PDF 2.0 can name."""
        height = one.piece.part.size[1]
        held = one.at(element) if element is not None and self.namespace else 0
        return Place(one.page(page), x * POINT, (height - y) * POINT, held)
