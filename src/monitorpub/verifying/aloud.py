"""What a screen reader meets in a PDF, in the order in which it reads: a line for each block, for editors.

Heading 1: North Korea
Paragraph: The Democratic People's Republic of Korea is not a party ...
  Link to note 12
Note 12: Statement of North Korea ...
[page 2]
Table, 3 columns, 5 rows: Land released
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from monitorpub.report import counted
from monitorpub.verifying.linked import kind, mark_at
from monitorpub.verifying.reader import Link
from monitorpub.verifying.roles import HEADING
from monitorpub.verifying.tagged import Tagged, shortened
from monitorpub.verifying.tree import Content, Element, Held

LENGTH = 70
"""Signs of a block's words that are shown."""

DEEPEST = 12
"""Steps by which a line is moved in at most."""

SILENT = ("Document", "DocumentFragment", "NonStruct", "Div", "Private", "Artifact", "")
"""Elements that a screen reader does not tell of."""

NAMES = {
    "Part": "Part",
    "Art": "Article",
    "Sect": "Section",
    "BlockQuote": "Quotation",
    "Caption": "Caption",
    "TOC": "Contents",
    "Index": "Index",
    "Aside": "Aside",
    "P": "Paragraph",
    "Title": "Title",
    "Formula": "Formula",
    "Form": "Field",
    "Code": "Code",
}
"""What a line says that a block is; others are told by functions of their own."""

GROUPS = ("Part", "Art", "Sect", "BlockQuote", "Aside", "Index")
"""Elements that hold blocks."""


def lines(tagged: Tagged) -> Iterator[str]:
    """The lines, moved in by two spaces for each section, list or table that a block stands in."""
    yield from _Aloud(tagged).all()


class _Aloud:
    def __init__(self, tagged: Tagged) -> None:
        self._tagged = tagged
        self._page = 0
        self._language = tagged.document.language
        self._links = {one.object: one.link for page in tagged.document.pages for one in page.annotations if one.object and one.link}
        self._marks: dict[str, str] = {}

    def all(self) -> Iterator[str]:
        if self._language:
            yield f"[language {self._language}]"
        for element in self._tagged.tree.top:
            yield from self._block(element, 0)

    def _block(self, element: Element, depth: int) -> Iterator[str]:
        """The lines of a block and of all in it."""
        kind = element.kind
        if kind in SILENT:
            yield from self._kids(element, depth)
            return
        yield from self._turn(element, depth)
        if (say := _SAYERS.get(kind)) is not None:
            yield from say(self, element, depth)
        elif kind in GROUPS:
            yield _line(depth, f"{NAMES[kind]}: {element.title}" if element.title else NAMES[kind])
            yield from self._kids(element, depth + 1)
        else:
            yield from self._words(element, depth)

    def _kids(self, element: Element, depth: int) -> Iterator[str]:
        """What stands in an element that is not told of itself: its blocks, and words of its own as a line."""
        run: list[Element | Content | Held] = []
        for kid in element.kids:
            if isinstance(kid, Element) and not _inline(kid):
                yield from self._run(element, run, depth)
                run = []
                yield from self._block(kid, depth)
            else:
                run.append(kid)
        yield from self._run(element, run, depth)

    def _run(self, around: Element, run: list[Element | Content | Held], depth: int) -> Iterator[str]:
        """Words that stand in no block of their own."""
        if run:
            block = Element(0, "Text", "P", None, 0, list(run))
            if words := self._tagged.words(block, LENGTH):
                yield from self._turn(block, depth)
                yield _line(depth, f"Text: {words}")
            yield from self._within(block, depth + 1)

    def _turn(self, element: Element, depth: int) -> Iterator[str]:
        """A line where the page or the language becomes another one."""
        page = next((one.page for one in element.content() if one.page), self._page)
        if page != self._page:
            yield self._page_mark(page)
        language = next((one.language for one in (element, *element.ancestors()) if one.language), self._tagged.document.language)
        if language != self._language:
            self._language = language
            yield _line(depth, f"[language {language}]" if language else "[no language]")

    def _page_mark(self, page: int) -> str:
        self._page = page
        label = self._tagged.document.pages[page - 1].label if page <= len(self._tagged.document.pages) else ""
        return f"[page {page}{f', folio {label}' if label and label != str(page) else ''}]"

    def _words(self, element: Element, depth: int, name: str = "") -> Iterator[str]:
        """A block of words: what it is, its first words, and what is worth knowing within."""
        name = name or self._name(element)
        own = Element(0, "", "", None, 0, list(_own(element)))
        words = element.words or element.actual or self._tagged.words(own, LENGTH)
        yield from self._told(name, words, element, depth)

    def _told(self, name: str, words: str, element: Element, depth: int) -> Iterator[str]:
        """The line of a block, and what is worth knowing within.  Where the block is a link as a whole, the line says so."""
        links = [one for one in element.all() if one.kind == "Link"]
        if len(links) == 1 and words and self._tagged.words(links[0], LENGTH) == words and (to := self._to(links[0])):
            yield _line(depth, f"{name}: {shortened(words, LENGTH)} [link to {to}]")
        elif not words and any(one.kind == "Figure" for one in element.all()):  # a line that is a picture
            yield from self._within(element, depth)
        else:
            yield _line(depth, f"{name}: {shortened(words, LENGTH)}" if words else f"{name} (empty)")
            yield from self._within(element, depth + 1)
        pages = [one.page for one in element.content() if one.page]
        if pages and pages[-1] != self._page:
            yield self._page_mark(pages[-1])

    def _name(self, element: Element) -> str:
        if match := HEADING.fullmatch(element.kind):
            return f"Heading {match[1]}"
        return NAMES.get(element.kind, element.role)

    def _within(self, element: Element, depth: int) -> Iterator[str]:
        """Links, pictures, abbreviations and passages in another language in a block; and blocks in it."""
        notes: list[str] = []
        links: list[str] = []
        for kid in self._parts(element):
            mark = self._called(kid) if kid.kind == "Link" else ""
            if not mark:
                yield from _calls(notes, depth)
                notes = []
            if kid.kind != "Link" or mark:
                yield from _links(links, depth)
                links = []
            if kid.kind == "Link":
                (notes if mark else links).append(mark or self._link(kid))
            elif not _inline(kid):
                yield from self._block(kid, depth)
            elif kid.kind == "Figure":
                yield from self._figure(kid, depth)
            elif kid.long:
                yield _line(depth, f"Abbreviation: {self._tagged.words(kid, 30)} = {shortened(kid.long, LENGTH)}")
            else:
                yield _line(depth, f"In {kid.language}: {self._tagged.words(kid, LENGTH)}")
        yield from _calls(notes, depth)
        yield from _links(links, depth)

    def _parts(self, element: Element) -> Iterator[Element]:
        """The elements below one that are worth a line."""
        for kid in element.kids:
            if not isinstance(kid, Element):
                continue
            if not _inline(kid) or kid.kind in ("Figure", "Link") or kid.long or (kid.language and kid.language != self._language):
                yield kid
            if _inline(kid) and kid.kind != "Figure":
                yield from self._parts(kid)

    def _to(self, element: Element) -> str:
        """Where an element Link leads; nothing where it leads nowhere."""
        links = (self._links.get(kid.object) for kid in element.content() if isinstance(kid, Held))
        link = next((link for link in links if link is not None), None)
        return self._target(link) if link is not None else ""

    def _called(self, element: Element) -> str:
        """The mark of the note that a link leads to; nothing for other links."""
        to = self._to(element)
        return to.removeprefix("note ") if to.startswith("note ") else ""

    def _link(self, element: Element) -> str:
        words, to = self._tagged.words(element, 30), self._to(element)
        what = f"“{words}” " if words else ""
        return f"{what}to {to}" if to else f"{what}that leads nowhere"

    def _target(self, link: Link) -> str:
        document = self._tagged.document
        what = kind(link.target, document)
        if what == "note":
            return f"note {self._mark(link.target)}"
        if what == "call":
            place = document.destinations.get(link.target)
            return f"its call on page {place.page}" if place and place.page else "its call"
        if link.internal:
            place = document.destinations.get(link.target)
            page = place.page if place else link.to_page
            return f"page {page}" if page else f"{link.target}, which is not there"
        return shortened(link.address or link.file, LENGTH)

    def _mark(self, name: str) -> str:
        """What a note prints as its mark."""
        if name not in self._marks:
            place = self._tagged.document.destinations.get(name)
            page = self._tagged.document.pages[place.page - 1] if place and 0 < place.page <= len(self._tagged.document.pages) else None
            index = mark_at(page, place) if page is not None and place is not None else -1
            self._marks[name] = page.pieces[index].text.strip() if page is not None and index >= 0 else name
        return self._marks[name]

    def _figure(self, element: Element, depth: int) -> Iterator[str]:
        words = element.words or element.actual
        yield from self._turn(element, depth)
        yield _line(depth, f"Picture: {shortened(words, 3 * LENGTH)}" if words else "Picture without words")

    def _list(self, element: Element, depth: int) -> Iterator[str]:
        entries = [kid for kid in element.kids if isinstance(kid, Element) and kid.kind == "LI"]
        yield _line(depth, f"List of {len(entries)}")
        yield from self._kids(element, depth + 1)

    def _contents(self, element: Element, depth: int) -> Iterator[str]:
        entries = [kid for kid in element.kids if isinstance(kid, Element) and kid.kind == "TOCI"]
        yield _line(depth, f"Contents, {counted(len(entries), 'line')}")
        yield from self._kids(element, depth + 1)

    def _entry(self, element: Element, depth: int) -> Iterator[str]:
        """An entry of a list: its label and the first block of it on one line."""
        yield from self._turn(element, depth)
        blocks = [
            one for one in element.all() if one is not element and not _inline(one) and one.kind not in (*SILENT, "LBody", "Lbl", "P")
        ]
        inner = Element(0, "Text", "P", None, 0, [kid for kid in _flat(element) if not isinstance(kid, Element) or _inline(kid)])
        yield from self._told("Line" if element.kind == "TOCI" else "Entry", self._tagged.words(inner, LENGTH), inner, depth)
        for block in blocks:
            if not any(other in blocks for other in block.ancestors()):
                yield from self._block(block, depth + 1)

    def _note(self, element: Element, depth: int) -> Iterator[str]:
        label = next((kid for kid in element.all() if kid.kind == "Lbl"), None)
        mark = self._tagged.words(label, 10) if label is not None else ""
        rest = Element(0, "Note", "Note", None, 0, [kid for kid in _flat(element, ("Lbl",)) if kid is not label])
        yield from self._turn(rest, depth)
        yield from self._told(f"Note {mark}".strip(), self._tagged.words(rest, LENGTH), rest, depth)

    def _table(self, element: Element, depth: int) -> Iterator[str]:
        """A table as one line, and its rows as lines: each cell after what its header cells say."""
        rows = [one for one in element.all() if one.kind == "TR" and one.within("Table") is element]
        columns = max((sum(_span(cell) for cell in _cells(row)) for row in rows), default=0)
        caption = next((one for one in element.all() if one.kind == "Caption" and one.within("Table") is element), None)
        words = self._tagged.words(caption, LENGTH) if caption is not None else element.words
        yield _line(depth, f"Table, {counted(columns, 'column')}, {counted(len(rows), 'row')}{f': {words}' if words else ''}")
        if caption is not None:
            yield from self._within(caption, depth + 1)
        for row in rows:
            yield from self._row(row, depth + 1)

    def _row(self, row: Element, depth: int) -> Iterator[str]:
        cells = _cells(row)
        yield from self._turn(row, depth)
        said = " | ".join(("# " if cell.kind == "TH" else "") + self._tagged.words(cell, 24) for cell in cells)
        yield _line(depth, f"Row: {said}")
        for cell in cells:
            yield from self._within(cell, depth + 1)


def _cells(row: Element) -> list[Element]:
    return [kid for kid in row.kids if isinstance(kid, Element) and kid.kind in ("TH", "TD")]


def _calls(marks: list[str], depth: int) -> Iterator[str]:
    if marks:
        yield _line(depth, f"Link to note {marks[0]}" if len(marks) == 1 else f"Links to notes {', '.join(marks)}")


def _links(links: list[str], depth: int) -> Iterator[str]:
    if links:
        yield _line(depth, f"Link{'s' if len(links) > 1 else ''} {', '.join(links)}")


def _span(cell: Element) -> int:
    found = cell.attributes.get("ColSpan", 1)
    return found if isinstance(found, int) and 0 < found < 1000 else 1


def _own(element: Element) -> Iterator[Content | Held]:
    """What an element holds without the blocks that stand in it, such as notes."""
    for kid in element.kids:
        if not isinstance(kid, Element):
            yield kid
        elif _inline(kid):
            yield from _own(kid)


def _flat(element: Element, stops: tuple[str, ...] = ()) -> Iterator[Element | Content | Held]:
    """What stands in an element and in the silent ones, bodies and paragraphs of it."""
    for kid in element.kids:
        if isinstance(kid, Element) and kid.kind not in stops and kid.kind in (*SILENT, "LBody", "Lbl", "P"):
            yield from _flat(kid, stops)
        else:
            yield kid


INLINE = (
    "Span",
    "Quote",
    "Reference",
    "BibEntry",
    "Code",
    "Link",
    "Annot",
    "Ruby",
    "RB",
    "RT",
    "RP",
    "Warichu",
    "WT",
    "WP",
    "Em",
    "Strong",
    "Sub",
    "Lbl",
)


def _inline(element: Element) -> bool:
    """Whether it is a part of a line; a picture within words is, and what means nothing itself and has no block in it."""
    if element.kind in ("NonStruct", "Private", ""):
        return all(_inline(kid) for kid in element.kids if isinstance(kid, Element))
    return element.kind in INLINE or (element.kind == "Figure" and element.parent is not None and element.parent.kind in (*INLINE, "P"))


_SAYERS: dict[str, Callable[[_Aloud, Element, int], Iterator[str]]] = {
    "Figure": _Aloud._figure,
    "L": _Aloud._list,
    "LI": _Aloud._entry,
    "TOC": _Aloud._contents,
    "TOCI": _Aloud._entry,
    "Table": _Aloud._table,
    "TR": _Aloud._row,
    "Note": _Aloud._note,
    "FENote": _Aloud._note,
}


def _line(depth: int, words: str) -> str:
    return "  " * min(depth, DEEPEST) + words
