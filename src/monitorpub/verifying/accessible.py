"""What is proved of a structure tree as those need it who have the file read to them (ISO 14289-1, 7)."""

from __future__ import annotations

from collections.abc import Callable

from monitorpub.verifying.linked import kind, mark_at
from monitorpub.verifying.links import places_gone
from monitorpub.verifying.order import sections
from monitorpub.verifying.roles import HEADING, PDF_1
from monitorpub.verifying.tagged import Findings, Tagged
from monitorpub.verifying.tree import Element
from monitorpub.verifying.volumes import parts_of

NOTES = ("Note", "FENote")

PARENTS = {
    "LI": ("L",),
    "LBody": ("LI",),
    "TR": ("Table", "THead", "TBody", "TFoot"),
    "TH": ("TR",),
    "TD": ("TR",),
    "THead": ("Table",),
    "TBody": ("Table",),
    "TFoot": ("Table",),
    "TOCI": ("TOC",),
}
"""What some elements must stand in."""

KIDS = {
    "L": ("L", "LI", "Caption"),
    "Table": ("TR", "THead", "TBody", "TFoot", "Caption"),
    "THead": ("TR",),
    "TBody": ("TR",),
    "TFoot": ("TR",),
    "TR": ("TH", "TD"),
    "LI": ("Lbl", "LBody"),
    "TOC": ("TOC", "TOCI", "Caption"),
}
"""What may stand in some elements, and nothing else."""

THROUGH = ("NonStruct", "Private", "Artifact", "")
"""Elements that count as if they were not there."""


def check(tagged: Tagged, findings: Findings) -> None:
    """Findings V091 and V093-V099."""
    _declared(tagged, findings)
    _roles(tagged, findings)
    _headings(tagged, findings)
    for element in tagged.tree.elements:
        _placed(tagged, element, findings)
        if test := _TESTS.get(element.kind):
            test(tagged, element, findings)
    _links(tagged, findings)
    if tagged.ours and not places_gone(tagged.document):
        _calls(tagged, findings)


def _declared(tagged: Tagged, findings: Findings) -> None:
    """What the file says of itself as a whole."""
    if not tagged.tree.marked:
        findings.say(
            "V095", 0, "the file has tags and does not say so (MarkInfo).", "Screen readers may guess in place of reading the tags."
        )
    if not tagged.tree.shows_title:
        findings.say("V095", 0, "the file does not ask for its title to be shown (DisplayDocTitle): a window shows the name of the file.")
    for page in tagged.document.pages:
        if page.annotations and not page.by_structure:
            findings.say("V095", page.number, "the tab key does not go through its links in the order of the structure (Tabs).")


def _roles(tagged: Tagged, findings: Findings) -> None:
    """Every role is a standard one or stands for one."""
    unknown: dict[str, Element] = {}
    for one in tagged.tree.elements:
        if not one.kind and one.role:
            unknown.setdefault(one.role, one)
    for role, one in unknown.items():
        findings.say(
            "V098", tagged.page(one), f"the role {role} is no standard one, and the file does not say which it stands for (RoleMap)."
        )
    for role in sorted(tagged.tree.roles.own.keys() & PDF_1):
        if tagged.tree.roles.own[role] != role:
            findings.say("V098", 0, f"the standard role {role} is made to stand for {tagged.tree.roles.own[role]} (RoleMap).")


def _headings(tagged: Tagged, findings: Findings) -> None:
    """No level is left out on the way down; each part of a volume begins anew."""
    anew = set(sections(tagged)) if len(parts_of(tagged.document)) > 1 else set()
    level = 0
    for one in tagged.tree.elements:
        if one in anew:
            level = 0
        if not (match := HEADING.fullmatch(one.kind)):
            continue
        found = int(match[1])
        if found > level + 1:
            after = f"follows one of level {level}" if level else "is the first one"
            findings.say("V094", tagged.page(one), f"{tagged.named(one)} is of level {found} and {after}: a level is left out.")
        level = found
        if tagged.is_empty(one):
            findings.say("V097", tagged.page(one), "a heading has no words.")


def _placed(tagged: Tagged, element: Element, findings: Findings) -> None:
    """Parts of lists and tables stand in them, and nothing else does."""
    if element.kind in THROUGH:
        return
    parent = next((one for one in element.ancestors() if one.kind not in THROUGH), None)
    around = parent.kind if parent is not None else ""
    wanted, allowed = PARENTS.get(element.kind), KIDS.get(around)
    if wanted is not None and around not in wanted:
        where = f"in {around}" if around else "outside all"
        findings.say(
            "V097", tagged.page(element), f"{tagged.named(element)} ({element.kind}) stands {where} and not in {' or '.join(wanted)}."
        )
    elif allowed is not None and element.kind not in allowed:
        findings.say(
            "V097",
            tagged.page(element),
            f"{tagged.named(element)} ({element.kind}) stands in {around}, where only {', '.join(allowed)} may.",
        )


def _figure(tagged: Tagged, element: Element, findings: Findings) -> None:
    if not element.words and not element.actual:
        findings.say("V091", tagged.page(element), f"{tagged.named(element)} has no words for those who do not see it (Alt).")


def _note(tagged: Tagged, element: Element, findings: Findings) -> None:
    if element.id is None:
        findings.say("V093", tagged.page(element), f"{tagged.named(element)} has no id.", "Programs cannot lead from its call to it.")
    if tagged.is_empty(element):
        findings.say("V097", tagged.page(element), "a note has no words.")


def _full(wanted: str) -> Callable[[Tagged, Element, Findings], None]:
    """A test that an element has one of some others in it."""

    def test(tagged: Tagged, element: Element, findings: Findings) -> None:
        if not any(one.kind in wanted.split() for one in element.all() if one is not element):
            findings.say(
                "V097", tagged.page(element), f"{tagged.named(element)} ({element.kind}) has no {wanted.replace(' ', ' or ')} in it."
            )

    return test


_TESTS: dict[str, Callable[[Tagged, Element, Findings], None]] = {
    "Figure": _figure,
    "Formula": _figure,
    **dict.fromkeys(NOTES, _note),
    "Table": _full("TR"),
    "TR": _full("TH TD"),
    "L": _full("LI"),
    "LI": _full("LBody"),
    "TOC": _full("TOCI"),
}


def _links(tagged: Tagged, findings: Findings) -> None:
    """Each link says in words where it leads."""
    for page in tagged.document.pages:
        for one in page.annotations:
            if one.kind != "Link" or one.words:
                continue
            entry = tagged.tree.parents.get(one.parent) if one.parent is not None else None
            element = tagged.by_number.get(entry) if isinstance(entry, int) else None
            if element is None or not element.words:
                words = tagged.words(element, 40) if element is not None else ""
                findings.say("V096", page.number, f"the link {f'“{words}” ' if words else ''}does not say where it leads (Contents).")


def _calls(tagged: Tagged, findings: Findings) -> None:
    """Each call is a reference whose link leads to words that are tagged as a note; what is so tagged is a note.

    Whether notes are printed and called is not asked here: that is proved of all files, tagged or not.
    """
    document = tagged.document
    places = {name: _place(tagged, name) for name in document.destinations if kind(name, document) == "note"}
    for page in document.pages:
        for one in page.annotations:
            if one.link is None or kind(one.link.target, document) != "note":
                continue
            entry = tagged.tree.parents.get(one.parent) if one.parent is not None else None
            element = tagged.by_number.get(entry) if isinstance(entry, int) else None
            if element is not None and element.within("Reference") is None:
                findings.say("V099", page.number, f"the call of {one.link.target} is in no element Reference.")
            printed, note = places.get(one.link.target, (False, None))
            if printed and note is None:
                findings.say("V099", page.number, f"the call of {one.link.target} leads to words that are not tagged as a note.")
    known = {note for _, note in places.values()}
    for found in tagged.tree.elements:
        if found.kind in NOTES and found not in known:
            findings.say("V099", tagged.page(found), f"{tagged.named(found)} is tagged as a note, and is the place of none.")


def _place(tagged: Tagged, name: str) -> tuple[bool, Element | None]:
    """Whether the mark of a note is printed at its place, and the element Note that holds it."""
    place = tagged.document.destinations[name]
    if not 0 < place.page <= len(tagged.document.pages):
        return False, None
    page = tagged.document.pages[place.page - 1]
    index = mark_at(page, place)
    element = tagged.holder_of(page.number, page.pieces[index]) if index >= 0 else None
    return index >= 0, element.within(*NOTES) if element is not None else None
