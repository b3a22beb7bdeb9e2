"""What is proved of the seam between pages and structure tree: content, links and elements know each other, in both directions."""

from __future__ import annotations

from collections import Counter
from functools import partial

from monitorpub.verifying.content import UNTAGGED
from monitorpub.verifying.reader import Annotation, Page
from monitorpub.verifying.tagged import Findings, Key, Tagged, shortened, text_of
from monitorpub.verifying.tree import Content, Element, Held

LOST = "A screen reader leaves it out."


def check(tagged: Tagged, findings: Findings) -> None:
    """Findings V081-V085."""
    for page, message in tagged.tree.faults:
        findings.say("V085", page, message)
    known: set[Key] = set()
    for one in tagged.document.pages:
        _untagged(one, findings)
        _nested(one, findings)
        known |= _from_page(tagged, one, findings)
    _from_tree(tagged, known, findings)
    _annotations(tagged, findings)
    _held(tagged, findings)


def _untagged(page: Page, findings: Findings) -> None:
    """Everything on a page is content of the tree or an artifact."""
    bare = [piece for piece in page.pieces if piece.marked == UNTAGGED]
    if not bare and not page.untagged:
        return
    words = shortened(text_of(bare, 80), 50)
    what = f"“{words}”" if words else "spaces" if bare else "a line, an area or an image"
    findings.say("V081", page.number, f"{what} is neither tagged nor marked as decoration.", LOST)


def _nested(page: Page, findings: Findings) -> None:
    if page.mixed:
        findings.say("V082", page.number, "decoration stands within tagged content, or tagged content within decoration.")
    if page.surplus:
        findings.say("V082", page.number, "a stretch of marked content has no beginning or no end.")


def _from_page(tagged: Tagged, page: Page, findings: Findings) -> set[Key]:
    """From each number on a page, through the parent tree, to an element that holds it."""
    found: set[Key] = set()
    rows = {0: _row(tagged, page.parents), **{stream: _row(tagged, key) for stream, key in page.forms.items()}}
    rowless: set[int] = set()
    for index, one in enumerate(page.marked):
        key = (page.number, one.stream, one.number)
        held, row = key in tagged.holder, rows.get(one.stream)
        if key in found and not one.stream:
            message = f"the number {one.number} stands at two stretches of marked content{_words(tagged, key)}."
            findings.say("V082", page.number, message)
        if key in found or (not held and index not in page.shown):  # what shows nothing needs no element
            continue
        found.add(key)
        if row is None:
            if one.stream not in rowless:
                rowless.add(one.stream)
                message = f"nothing leads from {'a form on it' if one.stream else 'its content'} into the structure tree."
                findings.say("V082", page.number, message, "The entry StructParents of the page, or its row in ParentTree, is missing.")
            continue
        listed = row[one.number] if 0 <= one.number < len(row) else 0
        element = tagged.by_number.get(listed)
        if element is None or Content(page.number, one.number, one.stream) not in element.kids:
            findings.say("V082", page.number, partial(_astray, tagged, key, element, listed), LOST if not held else "")
    return found


def _astray(tagged: Tagged, key: Key, element: Element | None, listed: int) -> str:
    """Where a number leads that does not lead to its element."""
    if element is not None:
        leads = f"leads to {tagged.named(element)}, which does not hold it"
    else:
        leads = "leads to no element" if not listed else "leads to something that is no element of the structure tree"
    return f"the marked content {key[2]}{_words(tagged, key)} {leads}."


def _words(tagged: Tagged, key: Key) -> str:
    page, stream, number = key
    words = tagged.words(Content(page, number, stream), 40)
    return f" (“{words}”)" if words else ""


def _row(tagged: Tagged, key: int | None) -> list[int] | None:
    found = tagged.tree.parents.get(key) if key is not None else None
    return found if isinstance(found, list) else None


def _from_tree(tagged: Tagged, known: set[Key], findings: Findings) -> None:
    """All content that elements name stands on its page, and belongs to one of them only."""
    for element in tagged.tree.elements:
        for kid in element.kids:
            if not isinstance(kid, Content):
                continue
            key = (kid.page, kid.stream, kid.number)
            if not kid.page:
                message = f"The element {element.role} holds marked content {kid.number} of no page of the file."
                findings.say("V083", 0, message)
            elif key not in known:
                what = f"{tagged.named(element)} holds marked content {kid.number}, which is not on the page."
                findings.say("V083", kid.page, what)
            elif tagged.holder[key] is not element:
                findings.say("V083", kid.page, partial(_shared, tagged, key, element))
        counts = Counter(kid for kid in element.kids if isinstance(kid, Content)) if len(element.kids) > 1 else {}
        for kid, count in counts.items():
            if count > 1:
                message = f"{tagged.named(element)} holds marked content {kid.number} twice."
                findings.say("V083", kid.page, message, "A screen reader reads it twice.")


def _shared(tagged: Tagged, key: Key, element: Element) -> str:
    other = tagged.holder[key]
    words = _words(tagged, key)
    return f"the marked content {key[2]}{words} is held by two elements, {other.role} and {element.role}: it is read twice."


def _annotations(tagged: Tagged, findings: Findings) -> None:
    """From each link, through the parent tree, to the element Link that holds it; each has a key of its own."""
    keys = {page.parents for page in tagged.document.pages if page.marked} - {None}
    for page in tagged.document.pages:
        for one in page.annotations:
            if one.kind != "Link" and one.parent is None:
                continue
            why = _unheld(tagged, page, one)
            if not why and one.parent in keys:
                why = "has a key in the parent tree that something else has, too"
            keys.add(one.parent)
            if why:
                findings.say("V084", page.number, f"{_target(one)} {why}.", "A screen reader does not say that it is a link.")


def _unheld(tagged: Tagged, page: Page, one: Annotation) -> str:
    """Why an annotation is in no element; nothing where it is in one as it should be."""
    if not one.object or one.parent is None:
        return "is not tagged"
    entry = tagged.tree.parents.get(one.parent)
    element = tagged.by_number.get(entry) if isinstance(entry, int) else None
    if element is None:
        return "leads to no element of the structure tree"
    if not any(isinstance(kid, Held) and kid.object == one.object and kid.page in (0, page.number) for kid in element.kids):
        return f"leads to {tagged.named(element)}, which does not hold it"
    if one.kind == "Link" and element.kind != "Link":
        return f"is in an element {element.role} and in no element Link"
    return ""


def _target(one: Annotation) -> str:
    link = one.link
    if link is None:
        return f"an annotation {one.kind}"
    target = link.target or link.address or link.file or (f"page {link.to_page}" if link.to_page else "")
    return f"the link to {target}" if target else "a link"


def _held(tagged: Tagged, findings: Findings) -> None:
    """All links that elements name are on their pages, and each is held once; an element Link has one."""
    places = {one.object: page.number for page in tagged.document.pages for one in page.annotations if one.object}
    once: set[int] = set()
    for element in tagged.tree.elements:
        held = [kid for kid in element.kids if isinstance(kid, Held)]
        page = tagged.page(element)
        if element.kind == "Link" and not any(isinstance(one, Held) for one in element.content()):
            findings.say("V084", page, f"{tagged.named(element)} has nothing to click.")
        for one in held:
            if one.object not in places:
                if element.kind in ("Link", "Annot", "Form"):
                    findings.say("V084", page, f"{tagged.named(element)} names a link that is on no page.")
            elif one.page not in (0, places[one.object]):
                message = f"{tagged.named(element)} names a link that is on page {places[one.object]}."
                findings.say("V084", one.page, message)
            elif one.object in once:
                findings.say("V084", page, f"{tagged.named(element)} names a link that another element names, too.")
            once.add(one.object)
