"""The structure tree of a tagged PDF, read from the file alone (ISO 32000-1, 14.7 and 14.8).

Any file may be given: what cannot be read is said, elements that hang in a circle are met once, and no tree is followed deeper than
``DEEPEST``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from monitorpub.verifying.catalog import leaves
from monitorpub.verifying.reader import Document, silent
from monitorpub.verifying.roles import Roles

DEEPEST = 150
"""How many elements may stand inside each other."""

CLAIM = re.compile(rb"<([\w.-]+):part\s*>\s*(\d)|\b([\w.-]+):part\s*=\s*[\"'](\d)")
UA = "http://www.aiim.org/pdfua/ns/id/"


@dataclass(frozen=True, slots=True)
class Content:
    """Marked content of a page, as an element names it."""

    page: int
    """From 1; 0 where the element does not say it, or the page is not in the file."""
    number: int
    stream: int = 0
    """The object number of the form that has it; 0 for the page itself."""


@dataclass(frozen=True, slots=True)
class Held:
    """An annotation or another object that an element holds (OBJR)."""

    page: int
    object: int


@dataclass(eq=False, slots=True)
class Element:
    """An element of the tree."""

    number: int
    """Of its object; 0 where it has none."""
    role: str
    """As the file has it."""
    kind: str
    """The standard role that it stands for; nothing where it stands for none."""
    parent: Element | None
    depth: int
    kids: list[Element | Content | Held] = field(default_factory=list)
    id: bytes | None = None
    words: str = ""
    """Alternative text (Alt)."""
    actual: str = ""
    """Replacement text (ActualText)."""
    long: str = ""
    """What an abbreviation stands for (E)."""
    language: str = ""
    title: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    """Of all owners, by name without its slash."""

    def all(self) -> Iterator[Element]:
        """The element and all below it, in the order of the tree."""
        waiting = [self]
        while waiting:
            found = waiting.pop()
            yield found
            waiting += [kid for kid in reversed(found.kids) if isinstance(kid, Element)]

    def content(self) -> Iterator[Content | Held]:
        """All that it and the elements below it hold, in the order of the tree."""
        waiting: list[Element | Content | Held] = [self]
        while waiting:
            found = waiting.pop()
            if isinstance(found, Element):
                waiting += reversed(found.kids)
            else:
                yield found

    def ancestors(self) -> Iterator[Element]:
        """The elements it stands in, innermost first."""
        found = self.parent
        while found is not None:
            yield found
            found = found.parent

    def within(self, *kinds: str) -> Element | None:
        """The innermost element of some kinds that it stands in, itself included."""
        if self.kind in kinds:
            return self
        return next((one for one in self.ancestors() if one.kind in kinds), None)


@dataclass
class Tree:
    """A structure tree, and what the file says beside it."""

    top: list[Element] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    """All, in the order of the tree."""
    faults: list[tuple[int, str]] = field(default_factory=list)
    """What is wrong with the tree itself, as sentences, each with the page it is seen on (0 for none)."""
    parents: dict[int, list[int] | int] = field(default_factory=dict)
    """The parent tree: by key the object number of an element, or of one for each number of marked content (0 for none)."""
    ids: dict[bytes, int] | None = None
    """The tree of ids, with the object numbers of elements; None where there is none."""
    marked: bool = False
    """Whether the file says that it is tagged (MarkInfo)."""
    shows_title: bool = False
    """Whether windows are to show the title of the file and not its name (DisplayDocTitle)."""
    claims: int = 0
    """The part of PDF/UA that the file says it follows; 0 for none."""
    roles: Roles = field(default_factory=Roles)


def read(document: Document) -> Tree | None:
    """The tree of a document; None where the file is not tagged."""
    with silent():
        return _Reading(document).tree()


def claim(document: Document) -> int:
    """The part of PDF/UA that a file says it follows in its metadata (ISO 14289-1, 5); 0 for none."""
    stream: Any = _got(_raw(document.root, "/Metadata"))
    try:
        data: bytes = stream.get_data()
    except Exception:  # there is none, or pypdf cannot unpack it
        return 0
    prefixes = set(re.findall(rb"xmlns:([\w.-]+)\s*=\s*[\"']" + re.escape(UA.encode()), data))
    return next((int(two or four) for one, two, three, four in CLAIM.findall(data) if (one or three) in prefixes), 0)


class _Reading:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._pages = {page.object: page.number for page in document.pages if page.object}
        self._seen: set[int] = set()
        self._classes: dict[str, Any] = {}
        self._said: set[str] = set()
        self._tree = Tree(claims=claim(document))

    def tree(self) -> Tree | None:
        root, tree = self._document.root, self._tree
        source = _got(_raw(root, "/StructTreeRoot"))
        if not isinstance(source, dict):
            return None
        tree.marked = _flag(root, "/MarkInfo", "/Marked")
        tree.shows_title = _flag(root, "/ViewerPreferences", "/DisplayDocTitle")
        tree.roles = Roles.of(_dictionary(source, "/RoleMap"))
        self._classes = {str(name): value for name, value in _dictionary(source, "/ClassMap").items()}
        self._elements(source)
        try:
            tree.parents = {int(key): _row(value) for key, value in leaves(_raw(source, "/ParentTree"), "/Nums")}
        except Exception:  # pypdf raises all kinds for trees that break the rules
            tree.faults.append((0, "The list that leads from the pages into the tree (ParentTree) cannot be read."))
        if "/IDTree" in source:
            try:
                tree.ids = {_bytes(key): _number(value) for key, value in leaves(_raw(source, "/IDTree"), "/Names")}
            except Exception:  # as above
                tree.faults.append((0, "The list of the ids of elements (IDTree) cannot be read."))
        return tree

    def _elements(self, source: Any) -> None:
        """All elements, from the top, without recursion: a foreign tree may be as deep as its file is long."""
        top = Element(_number(_raw(self._document.root, "/StructTreeRoot")), "", "", None, -1)
        self._seen.add(top.number)
        self._kids(top, source, 0)
        self._tree.top = [kid for kid in top.kids if isinstance(kid, Element)]
        for kid in self._tree.top:
            kid.parent = None
        self._tree.elements = [one for kid in self._tree.top for one in kid.all()]

    def _kids(self, top: Element, source: Any, page: int) -> None:
        waiting: list[tuple[Element, Any, int]] = [(top, source, page)]
        while waiting:
            element, source, page = waiting.pop()
            found: list[tuple[Element, Any, int]] = []
            for reference in _list(_raw(source, "/K")):
                kid = self._kid(reference, element, page)
                if isinstance(kid, tuple):
                    found.append(kid)
                    element.kids.append(kid[0])
                elif kid is not None:
                    element.kids.append(kid)
            waiting += reversed(found)

    def _kid(self, reference: Any, element: Element, page: int) -> tuple[Element, Any, int] | Content | Held | None:
        source = _got(reference)
        if isinstance(source, int):
            return Content(page, int(source))
        if not isinstance(source, dict):
            self._fault(page, f"{_named(element)} holds something that cannot be read.")
            return None
        kind = dict.get(source, "/Type")
        if kind == "/MCR":
            number = _got(_raw(source, "/MCID"))
            return Content(self._page(source, page), int(number) if isinstance(number, int) else -1, _number(_raw(source, "/Stm")))
        if kind == "/OBJR":
            return Held(self._page(source, page), _number(_raw(source, "/Obj")))
        return self._element(source, _number(reference), element)

    def _element(self, source: Any, number: int, parent: Element) -> tuple[Element, Any, int] | None:
        page = self._page(source, 0)
        if number and number in self._seen:
            self._fault(page, f"An element {_role(source)} hangs in the tree twice, or in a circle.")
            return None
        self._seen.add(number)
        if parent.depth >= DEEPEST:
            self._fault(page, f"Elements stand more than {DEEPEST} deep inside each other: what is deeper was not looked at.")
            return None
        role = _role(source)
        if not role:
            self._fault(page, f"An element in {_named(parent)} has no role.")
        if _number(_raw(source, "/P")) != parent.number or not parent.number:
            self._fault(page, f"An element {role} does not name {_named(parent)}, in which it stands, as its parent.")
        kind = self._tree.roles.kind(role, _got(_raw(source, "/NS")))
        element = Element(number, role, kind, parent, parent.depth + 1)
        _fill(element, source)
        if "/A" in source or "/C" in source:
            self._attributes(element, source)
        return element, source, page

    def _attributes(self, element: Element, source: Any) -> None:
        """Those of its classes, and then its own."""
        named = [self._classes.get(str(_got(one))) for one in _list(_raw(source, "/C"))]
        for given in (*(one for value in named for one in _list(value)), *_list(_raw(source, "/A"))):
            found = _got(given)
            if isinstance(found, dict):
                element.attributes |= {str(name)[1:]: _got(dict.get(found, name)) for name in found if name != "/O"}

    def _page(self, source: Any, before: int) -> int:
        """The page that a dictionary names; that of the element round it where it names none."""
        given = _raw(source, "/Pg")
        return before if given is None else self._pages.get(_number(given), 0)

    def _fault(self, page: int, message: str) -> None:
        if message not in self._said:
            self._said.add(message)
            self._tree.faults.append((page, message))


def _fill(element: Element, source: Any) -> None:
    """What an element says of itself as text."""
    for key, name in (("/Alt", "words"), ("/ActualText", "actual"), ("/E", "long"), ("/Lang", "language"), ("/T", "title")):
        if key in source:
            value = _got(_raw(source, key))
            setattr(element, name, value.strip() if isinstance(value, str) else "")
    if "/ID" in source:
        element.id = _bytes(_got(_raw(source, "/ID")))


def _role(source: Any) -> str:
    role = _got(_raw(source, "/S"))
    return role[1:] if isinstance(role, str) and role.startswith("/") else ""


def _named(element: Element) -> str:
    return f"the element {element.role}" if element.role else "the root of the tree"


def _row(value: Any) -> list[int] | int:
    """An entry of the parent tree: an element, or a list of them."""
    found = _got(value)
    return [_number(one) for one in found] if isinstance(found, list) else _number(value)


def _raw(source: Any, key: str) -> Any:
    """What a dictionary has under a key, references as they are."""
    return dict.get(source, key) if isinstance(source, dict) else None


def _got(source: Any) -> Any:
    """The object itself; None where it cannot be read."""
    try:
        return source.get_object() if source is not None else None
    except Exception:  # pypdf raises all kinds for files that break the rules
        return None


def _list(source: Any) -> list[Any]:
    """A value that may stand alone or in a list."""
    found = _got(source)
    if isinstance(found, list):
        return list(found)
    return [] if found is None else [source]


def _dictionary(source: Any, key: str) -> dict[str, Any]:
    found = _got(_raw(source, key))
    return found if isinstance(found, dict) else {}


def _flag(root: Any, key: str, name: str) -> bool:
    return bool(getattr(_got(_raw(_dictionary(root, key), name)), "value", False))


def _number(reference: Any) -> int:
    """The number of the object that is referred to; 0 for no reference."""
    return int(getattr(reference, "idnum", 0))


def _bytes(source: Any) -> bytes:
    """The signs of a string of the format."""
    if isinstance(source, bytes):
        return source
    original = getattr(source, "original_bytes", None)
    return original if isinstance(original, bytes) else str(source).encode("utf-8", "replace")
