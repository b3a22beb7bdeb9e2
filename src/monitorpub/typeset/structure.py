"""The structure tree of a part: read from the engine's objects, made plain, and written with gaps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from monitorpub.bind.objects import ROLE, ROOT, Body, Gap, Writer

Entries = Callable[[str, Any], Body]
"""What writes an entry of an element: its name and its value."""


@dataclass(frozen=True)
class Marked:
    """A stretch of marked content: the page, from 0, and its number there."""

    page: int
    number: int


@dataclass(frozen=True)
class Annotated:
    """An annotation in the tree: its place among those of the part."""

    page: int
    index: int


@dataclass
class Element:
    """An element of the tree: its role, what else is known of it, and what it holds."""

    role: str
    page: int = -1
    rest: dict[str, Any] = field(default_factory=dict)
    """Entries other than the role and the kids, as the engine has them: A, ID, Alt."""
    kids: list[Element | Marked | Annotated] = field(default_factory=list)


def read_tree(pdf: Any, pages: dict[bytes, int], annotations: dict[bytes, int]) -> Element:
    """The tree that the engine made; ``pages`` and ``annotations`` are indices by reference."""

    def element(node: Any) -> Element:
        page = pages.get(node.get("Pg", b""), -1)
        out = Element(str(node["S"]).removeprefix("/"), page, {k: v for k, v in node.items() if k not in ("Type", "S", "K", "Pg", "P")})
        for kid in node["K"]:
            if isinstance(kid, int):
                out.kids.append(Marked(page, kid))
                continue
            target = pdf.objects[int(kid.split()[0])]
            if target.get("Type") == "/OBJR":
                out.kids.append(Annotated(pages[target["Pg"]], annotations[target["Obj"]]))
            else:
                out.kids.append(element(target))
        return out

    root = pdf.objects[int(pdf.catalog["StructTreeRoot"].split()[0])]
    return element(pdf.objects[int(root["K"][0].split()[0])])


PASSED_THROUGH = ("Span", "NonStruct")
"""Elements that say nothing when they carry nothing: a stretch of a line, an anonymous box."""


def fold(element: Element) -> None:
    """Leave out what says nothing: its kids hang where it hung.  A list item or a row keeps all it has."""
    kids: list[Element | Marked | Annotated] = []
    for kid in element.kids:
        if isinstance(kid, Element):
            fold(kid)
            if kid.role in PASSED_THROUGH and not kid.rest and element.role not in ("Document", "L", "LI", "Table", "TR", "Sect"):
                kids += kid.kids
                continue
            if kid.role in PASSED_THROUGH and not kid.kids:
                continue
        kids.append(kid)
    element.kids = kids


def write_tree(writer: Writer, root: Element, pages: list[Gap], annotations: list[Gap], entry_of: Entries) -> Parents:
    """The elements as objects.  ``entry_of`` writes an entry of the engine's.  Gives what the parent tree and the tree of ids need."""
    parents = Parents([{} for _ in pages], [None] * len(annotations))

    def write(element: Element, parent: Gap, role: Body) -> Gap:
        own = writer.reserve()
        body: Body = [b"<</S", *role, b"/P ", parent]
        if element.page >= 0:
            body += [b"/Pg ", pages[element.page]]
        for key, entry in element.rest.items():
            written = entry_of(key, entry)
            body += [b"/" + key.encode() + b" ", *written]
            if key == "ID":
                parents.ids.append((b"".join(piece for piece in written if isinstance(piece, bytes)).decode("latin-1"), own))
        kids: Body = []
        for kid in element.kids:
            if isinstance(kid, Element):
                kids += [write(kid, own, [b"/" + kid.role.encode()]), b" "]
            elif isinstance(kid, Annotated):
                parents.annotations[kid.index] = own
                kids += [b"<</Type/OBJR/Obj ", annotations[kid.index], b"/Pg ", pages[kid.page], b">>"]
            else:
                parents.marked[kid.page][kid.number] = own
                if kid.page == element.page:
                    kids.append(b"%d " % kid.number)
                else:
                    kids += [b"<</Type/MCR/Pg ", pages[kid.page], b"/MCID %d>>" % kid.number]
        if kids:
            body += [b"/K[", *kids, b"]"]
        return writer.put(own, [*body, b">>"])

    parents.root = write(root, Gap("own", ROOT), [Gap("own", ROLE)])
    return parents


@dataclass
class Parents:
    """Which element holds what: for each page its marked content by number, for each annotation, and all ids."""

    marked: list[dict[int, Gap]]
    annotations: list[Gap | None]
    ids: list[tuple[str, Gap]] = field(default_factory=list)
    """Each id, as a string of PDF, with its element."""
    root: Gap = field(default_factory=lambda: Gap("object", 0))
