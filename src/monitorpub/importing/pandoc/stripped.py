"""A page of the web without what surrounds its text, ready for pandoc, with marks for lines and places.

Read as a stream of tags (https://html.spec.whatwg.org/multipage/syntax.html); scripts are never run, nothing is fetched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

from monitorpub.importing.document import Image
from monitorpub.importing.pandoc.gathered import image_of
from monitorpub.importing.pandoc.looked import VOID, Element, Looking, close_before, closed
from monitorpub.importing.pandoc.marks import END, LINE, TARGET, mark, without_private

_UNSEEN = frozenset(
    "script style template noscript iframe object embed video audio canvas svg button select textarea input label map dialog".split()
)
_SITE = frozenset("nav header footer".split())
_ROLES = frozenset("navigation banner contentinfo search menu menubar dialog alertdialog toolbar".split())
_CLASSES = re.compile(
    r"(?:^|[\s_-])(?:breadcrumbs?|cookies?|cookie-\w+|skip-(?:link|to-content|nav)|social(?:-\w+)?|share(?:-\w+)?|pager|pagination|navbar|site-(?:header|footer|nav))(?:$|[\s_-])",
    re.IGNORECASE,
)
_PLAIN = frozenset("main article aside form nav header footer".split())
"""Elements that are but a frame."""
_ATTRIBUTES = frozenset("href src alt colspan rowspan start type title lang".split())
_BLOCKS = frozenset("p h1 h2 h3 h4 h5 h6 li td th dt dd div blockquote figcaption caption pre section article aside main".split())
_CONTAINERS = frozenset("div li section article aside blockquote dd td".split())
MAX_SPAN = 100
"""Columns or rows over which a cell may reach."""
MAX_DEPTH = 400
"""Elements in each other."""


@dataclass
class Dropped:
    """A stretch of a page that is not imported."""

    line: int
    what: str
    words: str = ""
    unseen: bool = False
    """Whether a reader of the page does not see it as text: scripts, styles, fields of forms."""


@dataclass
class Page:
    """A page without its surroundings."""

    html: str = ""
    title: str = ""
    language: str = ""
    address: str = ""
    """Its own address, where the page says it."""
    dropped: list[Dropped] = field(default_factory=list)
    ragged: list[tuple[int, int, int]] = field(default_factory=list)
    """Rows of tables with other cells than the first: the line, the cells, and those of the first row."""
    words: list[str] = field(default_factory=list)
    """The words that are kept."""
    too_deep: bool = False
    pictures: dict[str, Image] = field(default_factory=dict)
    """The images, by the names that stand for them in ``html``."""


class _Stripping(HTMLParser):
    """The second way: what is text is written down, with marks."""

    def __init__(self, page: Page, looked: Looking) -> None:
        super().__init__(convert_charrefs=True)
        self._page = page
        self._looked = looked
        self._main = looked.main if looked.main is not None else looked.articles[0] if len(looked.articles) == 1 else None
        self._out: list[str] = []
        self._stack: list[Element] = []
        self._number = 0
        self._dropping: tuple[int, Dropped] | None = None
        self._waiting = ""
        """Marks of places that wait for words."""
        self._spoken: set[int] = set()
        """Elements in which words have stood."""
        self._notes: dict[int, list[str]] = {}
        """Elements that are a note as a whole, with the places at their beginning."""
        self._tables: list[list[int]] = []
        """Of each open table: the cells of its first row, and those of the open one."""
        self._heading: list[str] | None = None
        """The words of a heading above the main part: the title perhaps."""
        self._titles: list[str] = []
        self._headings = 0
        self._in_title = False

    def finish(self) -> None:
        """After the last tag."""
        if self._dropping is not None:
            self._dropping = None
        self._page.html = "".join([*self._out, self._waiting])
        if not self._headings and self._titles:
            self._page.title = self._titles[0]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._number += 1
        attributes = {name: value or "" for name, value in attrs}
        self._close(close_before(self._stack, tag))
        element = Element(tag, self._number, attributes, self.getpos()[0])
        if tag not in VOID:
            self._stack.append(element)
        self._of_head(element)
        if self._dropping is None and (what := self._drops(element)):
            unseen = tag in _UNSEEN or "hidden" in attributes
            dropped = Dropped(element.line, what, unseen=unseen)
            self._page.dropped.append(dropped)
            if tag not in VOID:
                self._dropping = (element.number, dropped)
            return
        if self._dropping is not None:
            self._heading = [] if tag == "h1" else self._heading
            return
        if tag in ("html", "head", "body", "title", "meta", "link", "base"):
            return
        self._headings += tag == "h1"
        self._open(element)

    def _open(self, element: Element) -> None:
        """Write a tag down, with the marks of its line and its place."""
        tag, attributes = element.name, element.attributes
        if tag == "table":
            self._tables.append([0, 0])
        elif tag == "tr":
            self._row(element.line)
        elif tag in ("td", "th") and self._tables:
            self._tables[-1][1] += min(_number(attributes.get("colspan", "1")), MAX_SPAN)
        tag, kept = self._kept(tag, attributes)
        written = "".join(f' {name}="{escape(value)}"' for name, value in kept.items())
        self._out.append(f"<{tag}{written}>")
        for name in ("id", "name"):
            if (place := attributes.get(name)) and (name == "id" or tag == "a") and place in self._looked.places:
                self._waiting += mark(TARGET, place)
                if (whole := self._whole(place)) is not None:
                    self._notes.setdefault(whole, []).append(place)
        if tag in _BLOCKS or tag in ("br", "table", "tr"):
            self._page.words.append(" ")
        if tag in _BLOCKS:
            self._out.append(mark(LINE, element.line))
            self._flush()
        elif tag in ("a", "span", "sup", "b", "strong", "i", "em", "small"):
            self._flush()

    def _whole(self, place: str) -> int | None:
        """The element that is the note of a place: it begins there, and calls lead to nothing else in it."""
        found = None
        for element in reversed(self._stack[:-1]):
            inside = self._looked.places & self._own(element)
            if len(inside) > 1:
                return found
            if element.name in _CONTAINERS:
                if element.number in self._spoken or place not in inside:
                    return found
                found = element.number
        return next((one.number for one in reversed(self._stack[:-1]) if one.name in _CONTAINERS), None) if found is not None else None

    def _kept(self, tag: str, attributes: dict[str, str]) -> tuple[str, dict[str, str]]:
        """The tag for pandoc, with the attributes that it needs."""
        if tag in _PLAIN:
            return "div", {}
        kept = {name: value for name, value in attributes.items() if name in _ATTRIBUTES}
        for name in ("colspan", "rowspan"):
            if name in kept:
                kept[name] = str(min(_number(kept[name]), MAX_SPAN))
        if tag == "img":
            name = f"picture:{len(self._page.pictures) + 1}"
            image = image_of(attributes)
            image.line = self.getpos()[0]
            self._page.pictures[name] = image
            return tag, {"src": name}
        if tag == "a" and self._page.address and kept.get("href", "").startswith(f"{self._page.address}#"):
            kept["href"] = kept["href"][len(self._page.address) :]
        return tag, kept

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False
        if tag == "h1" and self._heading is not None and self._dropping is not None:
            self._titles.append(" ".join("".join(self._heading).split()))
            self._heading = None
        self._close(closed(self._stack, tag))

    def _close(self, elements: list[Element]) -> None:
        for element in elements:
            if self._dropping is not None:
                if element.number == self._dropping[0]:
                    self._dropping = None
                continue
            tag = element.name
            if tag in ("html", "head", "body", "title"):
                continue
            if tag == "table" and self._tables:
                self._row(element.line)
                self._tables.pop()
            ends = [
                place for name in ("id", "name") if (place := element.attributes.get(name)) in self._looked.places and tag in _CONTAINERS
            ]
            ends += [place for place in self._notes.pop(element.number, []) if place not in ends]
            if ends:
                self._flush()
                self._out += [mark(END, place) for place in ends if place]
            self._out.append(f"</{'div' if tag in _PLAIN else tag}>")

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self._page.title += data
            return
        if self._dropping is not None:
            if not self._dropping[1].unseen:
                self._dropping[1].words += data
            if self._heading is not None:
                self._heading.append(data)
            return
        data, _ = without_private(data)
        if (
            self._main is not None
            and data.strip()
            and not any(element.number == self._main for element in self._stack)
            and not self._keeps()
        ):
            self._drop_words(data)
            return
        if data.strip():
            self._speak()
            self._flush()
            self._page.words.append(data)
        elif data and self._out:
            self._page.words.append(" ")
            self._out.append(" " if "\n" not in data else "\n")
            return
        if data:
            self._out.append(escape(data, quote=False))

    def _speak(self) -> None:
        for element in reversed(self._stack):
            if element.number in self._spoken:
                break
            self._spoken.add(element.number)

    def _drop_words(self, data: str) -> None:
        last = self._page.dropped[-1] if self._page.dropped else None
        if last is None or last.what != "the part outside the main text":
            last = Dropped(self.getpos()[0], "the part outside the main text")
            self._page.dropped.append(last)
        last.words += f" {data}"

    def handle_comment(self, data: str) -> None:
        """Remarks in the source of a page are nobody's text."""

    def _flush(self) -> None:
        self._out.append(self._waiting)
        self._waiting = ""

    def _of_head(self, element: Element) -> None:
        tag, attributes = element.name, element.attributes
        if tag == "html":
            self._page.language = attributes.get("lang", "") or attributes.get("xml:lang", "")
        elif tag == "title" and not self._page.title and not any(one.name == "svg" for one in self._stack):
            self._in_title = True
        elif tag == "base" and attributes.get("href", "").startswith("http"):
            self._page.address = self._page.address or attributes["href"]
        elif (tag == "link" and attributes.get("rel", "").lower() == "canonical") and attributes.get("href", "").startswith("http"):
            self._page.address = attributes["href"]

    def _drops(self, element: Element) -> str:
        """Why an element is left out; nothing where it is kept."""
        tag, attributes = element.name, element.attributes
        if tag in _UNSEEN:
            return f"<{tag}>"
        if element.number not in self._looked.closed or self._keeps(element):
            return ""
        if tag == "form" and element.number not in self._looked.texts:
            return "<form>"
        if "hidden" in attributes or attributes.get("aria-hidden") == "true":
            return f"<{tag}>, which nobody sees"
        within = any(one.name in ("article", "main", "section", "blockquote") or one.number == self._main for one in self._stack[:-1])
        if tag == "nav" or (tag in _SITE and not within):
            return f"<{tag}>"
        if attributes.get("role") in _ROLES:
            return f"<{tag} role={attributes['role']}>"
        if tag not in ("body", "html", "p", "span") and (
            found := _CLASSES.search(f"{attributes.get('class', '')} {attributes.get('id', '')}")
        ):
            return f"<{tag}> of the class {found[0].strip(' _-')}"
        return ""

    def _keeps(self, element: Element | None = None) -> bool:
        """Whether an element, or one that is open and does not hold the main part, holds notes."""
        above = self._looked.above.get(self._main or 0, set())
        elements = [element] if element is not None else [one for one in self._stack if one.number not in above]
        return any(self._looked.places & self._own(one) for one in elements if one.name not in ("html", "body"))

    def _own(self, element: Element) -> set[str]:
        return self._looked.holds.get(element.number, set())

    def _row(self, line: int) -> None:
        """A row of the open table ends."""
        if not self._tables:
            return
        first, cells = self._tables[-1]
        if not first:
            self._tables[-1][0] = cells
        elif cells and cells != first:
            self._page.ragged.append((line, cells, first))
        self._tables[-1][1] = 0


def strip(text: str) -> Page:
    """A page without its surroundings."""
    page = Page()
    looked = Looking()
    looked.feed(text)
    looked.close()
    if looked.deepest > MAX_DEPTH:
        page.too_deep = True
        return page
    stripping = _Stripping(page, looked)
    stripping.feed(text)
    stripping.close()
    stripping.finish()
    page.title = " ".join(page.title.split())
    return page


def _number(value: str) -> int:
    return int(value[:9]) if value.isascii() and value.isdigit() else 1
