"""The structure tree of a part (ISO 32000-1, 14.7), and how it is written with gaps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from monitorpub.bind.objects import NAMESPACE, ROLE, ROOT, Body, Gap, Writer
from monitorpub.bind.strings import text_string
from monitorpub.typeset.part import place_name


@dataclass(frozen=True)
class Marked:
    """A stretch of marked content: the page, from 0, and its number there."""

    page: int
    number: int


@dataclass(frozen=True)
class Annotated:
    """An annotation in the tree: its page, and its place among those of the part."""

    page: int
    index: int


@dataclass(eq=False)
class Element:
    """An element of the tree: its role, what else is known of it, and what it holds."""

    role: str
    kids: list[Element | Marked | Annotated] = field(default_factory=list)
    name: str = ""
    """Its id, unique in the part."""
    texts: dict[str, str] = field(default_factory=dict)
    """Entries that are text: Alt, ActualText, E, Lang, T."""
    attributes: dict[str, dict[str, bytes]] = field(default_factory=dict)
    """By their owner (List, Table, Layout): attributes, written as PDF has them."""
    headers: list[str] = field(default_factory=list)
    """The ids of the heads of a cell."""
    refers: list[Element] = field(default_factory=list)
    """Elements that it refers to, as far as PDF 2.0 wants that said."""
    leads: str = ""
    """The address of a place in another part that it refers to."""

    def descendants(self) -> Iterator[Element]:
        """The element and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.descendants()

    @property
    def page(self) -> int:
        """The page of its first content, from 0; -1 for an element that holds none itself."""
        return next((kid.page for kid in self.kids if not isinstance(kid, Element)), -1)


@dataclass
class Parents:
    """Which element holds what: for each page its marked content by number, for each annotation, and all ids."""

    marked: list[dict[int, Gap]]
    annotations: list[Gap | None]
    ids: list[tuple[str, Gap]] = field(default_factory=list)
    """Each id, as a string of PDF, with its element."""
    root: Gap = field(default_factory=lambda: Gap("object", 0))
    written: dict[Element, Gap] = field(default_factory=dict)
    """All elements."""


Leads = Callable[[str], Body]
"""What writes that an element refers to a place in another part; nothing where it is no such place."""


def write_tree(writer: Writer, root: Element, pages: list[Gap], annotations: list[Gap], name: str, leads: Leads | None = None) -> Parents:
    """The elements as objects; ``name`` is that of their part.  Gives what the parent tree and the tree of ids need.

    With ``leads`` they are those of PDF 2.0 (ISO 32000-2, 14.7): elements refer to each other, and a note is an FENote.
    """
    tree = _Tree(writer, pages, annotations, name, leads)
    tree.parents.root = tree.write(root, Gap("own", ROOT), [Gap("own", ROLE)])
    return tree.parents


class _Tree:
    def __init__(self, writer: Writer, pages: list[Gap], annotations: list[Gap], name: str, leads: Leads | None) -> None:
        self.writer, self.pages, self.annotations, self.name, self.leads = writer, pages, annotations, name, leads
        self.parents = Parents([{} for _ in pages], [None] * len(annotations))

    def write(self, element: Element, parent: Gap, role: Body) -> Gap:
        """An element and all below it."""
        own = self._gap(element)
        page = element.page
        body: Body = [b"<</S", *role, b"/P ", parent]
        if page >= 0:
            body += [b"/Pg ", self.pages[page]]
        if element.name:
            written = self._id(element.name)
            self.parents.ids.append((written.decode("latin-1"), own))
            body.append(b"/ID" + written)
        body += [b"/%s%s" % (key.encode(), text_string(text)) for key, text in element.texts.items()]
        body += self._attributes(element)
        body += self._references(element)
        kids: Body = []
        for kid in element.kids:
            if isinstance(kid, Element):
                kids += [self.write(kid, own, self._role(kid)), b" "]
            elif isinstance(kid, Annotated):
                self.parents.annotations[kid.index] = own
                kids += [b"<</Type/OBJR/Obj ", self.annotations[kid.index], b"/Pg ", self.pages[kid.page], b">>"]
            else:
                self.parents.marked[kid.page][kid.number] = own
                if kid.page == page:
                    kids.append(b"%d " % kid.number)
                else:
                    kids += [b"<</Type/MCR/Pg ", self.pages[kid.page], b"/MCID %d>>" % kid.number]
        if kids:
            body += [b"/K[", *kids, b"]"]
        return self.writer.put(own, [*body, b">>"])

    def _gap(self, element: Element) -> Gap:
        if element not in self.parents.written:
            self.parents.written[element] = self.writer.reserve()
        return self.parents.written[element]

    def _role(self, element: Element) -> Body:
        if self.leads is not None and element.role == "Note":
            return [b"/FENote/NS ", Gap("own", NAMESPACE)]
        return [b"/" + element.role.encode()]

    def _references(self, element: Element) -> Body:
        """What an element of PDF 2.0 refers to."""
        if self.leads is None:
            return []
        if element.refers:
            return [b"/Ref[", *(piece for one in element.refers for piece in (self._gap(one), b" ")), b"]"]
        return self.leads(element.leads) if element.leads else []

    def _id(self, name: str) -> bytes:
        return text_string(place_name(self.name, name))

    def _attributes(self, element: Element) -> Body:
        given = {owner: dict(entries) for owner, entries in element.attributes.items()}
        kind = given.pop("FENote", {"NoteType": b"/Footnote"})
        if self.leads is not None and element.role == "Note":
            given["FENote"] = kind
        if element.headers:
            given.setdefault("Table", {})["Headers"] = b"[%s]" % b"".join(map(self._id, element.headers))
        written = [
            b"<</O/%s%s>>" % (owner.encode(), b"".join(b"/%s %s" % (key.encode(), value) for key, value in entries.items()))
            for owner, entries in given.items()
        ]
        if not written:
            return []
        return [b"/A", written[0] if len(written) == 1 else b"[%s]" % b"".join(written)]
