"""The structure tree grows from the source: one element for each element of HTML, on however many pages its boxes fell.

The engine's own tree is made of boxes, page by page: what a page breaks becomes two, notes stand where they were printed, heads of tables
are read on each page.  Here only the numbers of the marked content are the engine's; what they belong to is asked of the source.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from weasyprint.formatting_structure import boxes

from monitorpub.bind.strings import number, text_string
from monitorpub.typeset.cells import cells_of, heads_of
from monitorpub.typeset.located import Located, located, refer
from monitorpub.typeset.roles import HOLDERS, IN_CONTENTS, INLINE, SVG, role_of, words_of
from monitorpub.typeset.structure import Annotated, Element, Marked
from monitorpub.typeset.walking import walk

POINT = 0.75
"""Points in a px."""

PARAGRAPHS = ("p", "h1", "h2", "h3", "h4", "h5", "h6")
TABLE_PARTS = ("caption", "thead", "tbody", "tfoot", "tr", "th", "td")


@dataclass
class Tagged:
    """The tree of a document, and what a reader of the screen says of each annotation."""

    root: Element
    contents: dict[int, str] = field(default_factory=dict)
    located: Located = field(default_factory=Located)


def tag(pages: Any, marks: Sequence[Mapping[Any, Any]], annotations: Mapping[int, int]) -> Tagged:
    """The tree of laid-out pages.

    ``marks`` has, for each page, the number of the marked content of each box; ``annotations`` the place among all of each annotation,
    by the identity of its dictionary.  Raises RuntimeError for marked content that is nowhere in the boxes: nothing may be lost.
    """
    grower = _Grower(pages[0]._page_box.children[0].element)
    for index, (page, numbers) in enumerate(zip(pages, marks, strict=True)):
        left = dict(numbers)
        for box in walk(page._page_box):
            if box in left:
                grower.show(box, Marked(index, left.pop(box)["mcid"]), page.height)
            if box.link_annotation is not None and id(box.link_annotation) in annotations:
                grower.link(box, Annotated(index, annotations[id(box.link_annotation)]))
        if left:
            raise RuntimeError(f"marked content of page {index + 1} is nowhere in its boxes: {list(left)[:3]}")
    return grower.grown(pages)


class _Grower:
    def __init__(self, html: Any) -> None:
        self.html = html
        self.parents = {kid: parent for parent in html.iter() for kid in parent}
        self.order = {element: index for index, element in enumerate(html.iter())}
        title = html.find("head/title")
        said = {"Lang": html.get("lang"), "T": title.text if title is not None else ""}
        self.root = Element("Document", texts={name: text for name, text in said.items() if text})
        self.holders: dict[Any, Element] = {html: self.root}
        """What holds the content of an element of the source."""
        self.sources: dict[Element, Any] = {}
        self.loose: dict[Element, tuple[Any, Element]] = {}
        """The paragraph that was made last for words that stand in an element of blocks."""
        self.notes: list[tuple[Any, Element]] = []
        self.tables = 0
        self.contents: dict[int, str] = {}
        self.special: dict[str, Callable[[Any, str], Element]] = {
            "Table": self._table,
            "Link": self._link,
            "Note": self._note,
            "Figure": self._figure,
            "Lbl": self._term,
        }

    def show(self, box: Any, mark: Marked, height: float) -> None:
        """Marked content, where the box's element of the source holds it."""
        element, pseudo = box.element, box.element_tag.partition("::")[2]
        holder = self._holder(element)
        if pseudo == "marker" or (pseudo == "before" and element.tag == "li"):
            holder = self._label(element)
        elif isinstance(box, boxes.ReplacedBox):
            self._place_figure(holder, box, height)
        elif holder.role in HOLDERS:
            holder = self._paragraph(holder, element)
        holder.kids.append(mark)

    def link(self, box: Any, annotation: Annotated) -> None:
        """An annotation of a link, where the link is."""
        element = box.element
        while self._holder(element).role != "Link":
            element = self.parents[element]
        self._holder(element).kids.append(annotation)
        self.contents[annotation.index] = _said(element)

    def grown(self, pages: Any) -> Tagged:
        """The tree: notes behind the blocks that call them, everything in the order of the source."""
        for element, note in sorted(self.notes, key=lambda one: self.order[one[0]]):
            self._set_note(element, note)
        for element in [*self.root.descendants()]:
            self._put_in_order(element)
            if element.role == "L":
                element.attributes["List"] = {"ListNumbering": b"/" + self._numbering(element).encode()}
        refer(self.root, self.sources)
        return Tagged(self.root, self.contents, located(pages, self.html, self.holders, self.parents))

    def _holder(self, element: Any) -> Element:
        """What holds the content of an element; it is made when it is first asked for."""
        if element not in self.holders and element in self.parents:
            self._holder(self.parents[element])  # a table makes all its parts
        if element not in self.holders:
            role = role_of(element)
            if self._in_contents(element):
                role = IN_CONTENTS.get(role, role)
            self.holders[element] = self._made(element, role)
        return self.holders[element]

    def _made(self, element: Any, role: str) -> Element:
        if not role:
            return self._holder(self.parents[element])
        if role == "LI":
            return self._item(element)
        made = self.special.get(role, self._plain)(element, role)
        language = element.get("lang")
        if language and self.parents.get(element) is not None:
            made.texts["Lang"] = language
        return made

    def _plain(self, element: Any, role: str) -> Element:
        """An element under the one that holds its parent."""
        made = self._under(self._holder(self.parents[element]), role, element)
        if role == "Span" and element.get("title"):
            made.texts["E"] = element.get("title")
        return made

    def _under(self, holder: Element, role: str, source: Any) -> Element:
        made = Element(role)
        self.sources[made] = source
        self._hold(holder, source, role).kids.append(made)
        return made

    def _hold(self, holder: Element, source: Any, role: str) -> Element:
        """What holds an element: a paragraph where words and links stand between blocks."""
        inline = role in ("Span", "Link", "Reference", "Code", "Quote") or (role == "Figure" and source.tag == "img")
        loose = inline and holder.role in HOLDERS and (role, holder.role) != ("Reference", "TOCI")
        return self._paragraph(holder, self.parents[source]) if loose else holder

    def _paragraph(self, holder: Element, source: Any) -> Element:
        """The paragraph for words that stand in an element of blocks: one for all that follow each other and are of one element."""
        while source.tag in INLINE:
            source = self.parents[source]
        known = self.loose.get(holder)
        if known is None or known[0] is not source or holder.kids[-1] is not known[1]:
            made = Element("P")
            holder.kids.append(made)
            self.loose[holder] = known = (source, made)
        return known[1]

    def _in_contents(self, element: Any) -> bool:
        """Whether an element stands in a list of contents."""
        while element is not None:
            if element.get("role") == "doc-toc":
                return True
            element = self.parents.get(element)
        return False

    def _item(self, element: Any) -> Element:
        """The body of an item; its label is made when there is one."""
        item = self._under(self._holder(self.parents[element]), "LI", element)
        return self._under(item, "LBody", element)

    def _term(self, element: Any, role: str) -> Element:
        """The label of the item that a term stands in; elsewhere a term says nothing."""
        item = element
        while item is not None and item.tag != "li" and item.get("role") != "listitem":
            item = self.parents.get(item)
        return self._holder(self.parents[element]) if item is None else self._label(item)

    def _label(self, element: Any) -> Element:
        """The label of an item of a list or of contents; what only looks like an item has its label among its words."""
        body = self._holder(element)
        kids = [kid for kid in self._holder(self.parents[element]).kids if isinstance(kid, Element)]
        item = body if body.role == "TOCI" else next((kid for kid in kids if kid.role == "LI" and body in kid.kids), None)
        if item is None:
            return self._paragraph(body, element) if body.role in HOLDERS else body
        first = item.kids[0] if item.kids else None
        if isinstance(first, Element) and first.role == "Lbl":
            return first
        made = Element("Lbl")
        item.kids.insert(0, made)
        return made

    def _table(self, element: Any, role: str) -> Element:
        """A table with all its rows and cells, empty ones too: they count."""
        table = self._plain(element, role)
        self.holders[element] = table
        self.tables += 1
        cells = cells_of(element)
        names = {cell.element: f"t{self.tables}-{cell.name}" for cell in cells if cell.scope}
        for kid in element.iter():
            if kid.tag in TABLE_PARTS:
                self._holder(kid)
        for cell in cells:
            made = self._holder(cell.element)
            made.role = "TH" if cell.scope else "TD"
            given = {"Scope": b"/" + cell.scope.encode()} if cell.scope else {}
            given |= {name: b"%d" % span for name, span in (("ColSpan", cell.width), ("RowSpan", cell.height)) if span > 1}
            if given:
                made.attributes["Table"] = given
            made.name = names.get(cell.element, "")
            if not cell.scope or cell.scope == "Row":
                made.headers = [names[head.element] for head in heads_of(cell, cells) if cell.scope != "Row" or head.over_group]
        if element.get("aria-description"):
            table.attributes["Table"] = {"Summary": text_string(element.get("aria-description"))}
        return table

    def _link(self, element: Any, role: str) -> Element:
        """A link; that to a note or from the contents stands in a reference, that from a note back in its label."""
        leads_back = element.get("role") == "doc-backlink" and self.parents[element][0] is element  # others stand behind the words
        above = "Lbl" if leads_back else ""
        if element.get("role") == "doc-noteref" or self._in_contents(element):
            above = "Reference"
        holder = self._holder(self.parents[element])
        if above:
            holder = self._under(holder, above, element)
        return self._under(holder, role, element)

    def _note(self, element: Any, role: str) -> Element:
        """A note.  One that stands in the text is hung where it is read at the end: see ``_set_note``."""
        if element.tag not in INLINE:
            made = self._plain(element, role)
            if element.get("class") == "end-note":
                made.attributes["FENote"] = {"NoteType": b"/Endnote"}  # which only PDF 2.0 has
        else:
            made = Element(role)
            self.sources[made] = element
            self.notes.append((element, made))
        made.name = element.get("id") or f"note-{len(self.sources)}"
        return made

    def _set_note(self, element: Any, note: Element) -> None:
        """A note is read behind the block that calls it first: a sentence is not interrupted, and neither is a table."""
        block, above = None, self.parents[element]
        while above is not None and above in self.parents:
            if above.tag == "table" or (block is None and above.tag in PARAGRAPHS):
                block = above
            above = self.parents[above]
        if block is None:
            holder = self._holder(self.parents[element])
            holder.kids.insert(self._first_block_behind(holder, element), note)
            return
        holder, behind = self._holder(self.parents[block]), self._holder(block)
        at = holder.kids.index(behind) + 1 if behind in holder.kids else 0  # the notes of a label stand at the head of the body
        while (
            at < len(holder.kids) and isinstance(kid := holder.kids[at], Element) and kid.role == note.role and self._called_in(kid, block)
        ):
            at += 1
        holder.kids.insert(at, note)

    def _first_block_behind(self, holder: Element, element: Any) -> int:
        """The place of the first block in a holder that is written behind an element: a list in an item."""
        for index, kid in enumerate(holder.kids):
            source = self.sources.get(kid) if isinstance(kid, Element) else None
            if source is not None and source.tag not in INLINE and source.tag != "img" and self.order[source] > self.order[element]:
                return index
        return len(holder.kids)

    def _called_in(self, note: Element, block: Any) -> bool:
        """Whether a note was written in a block."""
        element = self.sources[note]
        while element is not None and element is not block:
            element = self.parents.get(element)
        return element is block

    def _numbering(self, element: Element) -> str:
        """How the items of a list are labelled (ISO 32000-1, 14.8.5.5); ``None`` where they are not, or by drawings."""
        labelled = any(
            one.role == "Lbl" for item in element.kids if isinstance(item, Element) for one in item.kids if isinstance(one, Element)
        )
        return "None" if not labelled else "Decimal" if self.sources[element].tag == "ol" else "Disc"

    def _figure(self, element: Any, role: str) -> Element:
        """A picture; one in a figure is that figure."""
        if element.tag == "figure":
            return self._plain(element, role)
        above = self.parents[element]
        while above.tag != "figure" and above in self.parents:
            above = self.parents[above]
        made = self._holder(above) if role_of(above) == role else self._plain(element, role)
        title = element.find(SVG.removesuffix("svg") + "title") if element.tag == SVG else None
        said = (element.get("alt") or element.get("aria-label") or "") if title is None else title.text
        if said:
            made.texts["Alt"] = said
        return made

    def _place_figure(self, figure: Element, box: Any, height: float) -> None:
        """Where a picture stands, in points from the lower left corner (ISO 32000-1, 14.8.5.4.3)."""
        left, top = box.content_box_x(), box.content_box_y()
        sides = (left, height - top - box.height, left + box.width, height - top)
        written = b"[%s]" % b" ".join(number(side * POINT) for side in sides)
        placement = b"/Inline" if isinstance(box, boxes.InlineReplacedBox) else b"/Block"
        figure.attributes["Layout"] = {"BBox": written, "Placement": placement}

    def _put_in_order(self, element: Element) -> None:
        """Elements beside each other in the order of the source, where no words stand between them: a page may show them in another."""
        if not all(isinstance(kid, Element) and kid in self.sources for kid in element.kids):
            return
        if any(kid.role == "Note" for kid in element.kids if isinstance(kid, Element)):
            return
        element.kids.sort(key=lambda kid: self.order[self.sources[kid]] if isinstance(kid, Element) else 0)


def _said(element: Any) -> str:
    """What is said of a link: what the template says, or its words with the address where they are another one."""
    if label := element.get("aria-label"):
        return str(label)
    words, address = words_of(element), element.get("href", "")
    outward = "://" in address and words.rstrip("/") not in (address.rstrip("/"), address.partition("://")[2].rstrip("/"))
    return f"{words} ({address})" if outward and words else words or address
