"""The first look at a page: what is closed, what holds the text, and where calls lead to."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser

from monitorpub.importing.pandoc.inlines import number_of

VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_CLOSED_BY: dict[str, frozenset[str]] = {
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "tr": frozenset({"tr", "td", "th"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
    "option": frozenset({"option"}),
}
_TEXTS = frozenset("p h1 h2 h3 h4 h5 h6 table".split())
_WITHIN = frozenset("ul ol dl table".split())


@dataclass
class Element:
    """An open element: its name, the number of its tag in the page, its attributes and its line."""

    name: str
    number: int
    attributes: dict[str, str]
    line: int


class Looking(HTMLParser):
    """The first way through a page: which elements are closed, where calls lead to, and whether there is a main part."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.stack: list[Element] = []
        self.number = 0
        self.main: int | None = None
        self.articles: list[int] = []
        self.places: set[str] = set()
        """To which links lead that show a number."""
        self.holds: dict[int, set[str]] = {}
        """The ids inside each element."""
        self.closed: set[int] = set()
        self.texts: set[int] = set()
        """Elements that hold paragraphs, headings or tables."""
        self.above: dict[int, set[int]] = {}
        """The elements that hold the main part, or an article."""
        self.deepest = 0
        self._link: tuple[str, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element opens."""
        self.number += 1
        attributes = {name: value or "" for name, value in attrs}
        close_before(self.stack, tag)
        for name in ("id", "name"):
            if place := attributes.get(name):
                for element in self.stack:
                    self.holds.setdefault(element.number, set()).add(place)
                self.holds.setdefault(self.number, set()).add(place)
        if tag == "a" and attributes.get("href", "").startswith("#"):
            self._link = (attributes["href"][1:], "")
        if tag in _TEXTS:
            self.texts |= {element.number for element in self.stack}
        if tag in ("main", "article") or attributes.get("role") == "main":
            self.above[self.number] = {element.number for element in self.stack}
        if (tag == "main" or attributes.get("role") == "main") and self.main is None:
            self.main = self.number
        if tag == "article" and not any(element.name == "article" for element in self.stack):
            self.articles.append(self.number)
        if tag not in VOID:
            self.stack.append(Element(tag, self.number, attributes, self.getpos()[0]))
            self.deepest = max(self.deepest, len(self.stack))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag that ends with a slash: of other elements than the empty ones it is but a tag."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """An element closes, and those in it that are still open."""
        if tag == "a" and self._link is not None:
            place, shown = self._link
            if number_of(shown):
                self.places.add(place)
            self._link = None
        self.closed.update(element.number for element in closed(self.stack, tag)[-1:])  # the others were left open

    def handle_data(self, data: str) -> None:
        """Words: those of a link may be a number."""
        if self._link is not None:
            self._link = (self._link[0], self._link[1] + data)


def close_before(stack: list[Element], tag: str) -> list[Element]:
    """The elements that a tag closes before it opens its own: a list item the one before it."""
    closers = _CLOSED_BY.get(tag)
    if closers is None:
        return []
    for index in range(len(stack) - 1, -1, -1):
        if stack[index].name in _WITHIN:
            return []
        if stack[index].name in closers:
            out = stack[index:][::-1]
            del stack[index:]
            return out
    return []


def closed(stack: list[Element], tag: str) -> list[Element]:
    """The elements that an end tag closes, innermost first."""
    for index in range(len(stack) - 1, -1, -1):
        if stack[index].name == tag:
            out = stack[index:][::-1]
            del stack[index:]
            return out
    return []
