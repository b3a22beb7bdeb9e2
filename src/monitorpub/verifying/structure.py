"""What is proved of the structure that a screen reader follows: whether there is one, and whether it holds together.

Files of this tool, and others that say that they follow PDF/UA, must be without fault.  Of any other it is said in one warning.
"""

from __future__ import annotations

from collections.abc import Iterator

from monitorpub.codes import CODES
from monitorpub.diagnostics import Diagnostic, Place
from monitorpub.report import counted
from monitorpub.verifying import accessible, cells, marking, order
from monitorpub.verifying.reader import Document
from monitorpub.verifying.tagged import MOST, Finding, Findings, Tagged
from monitorpub.verifying.tree import claim, read
from monitorpub.verifying.volumes import is_ours

SHOWN = 6
"""How many pages or kinds of faults are named where they are many."""


def tagged_of(document: Document) -> Tagged | None:
    """The document with its structure tree; None where it is not tagged."""
    tree = read(document)
    return Tagged(document, tree) if tree is not None else None


def check(document: Document, tagged: Tagged | None, *, each: bool = False) -> Iterator[Diagnostic]:
    """Diagnostics V080-V099, or V089 or V090 for a file that makes no claim: one, or with ``each`` one for each finding."""
    place = Place(document.file)
    if tagged is None:
        if is_ours(document) or claim(document):
            hint = "Take the file as it was built: what changed it since dropped its tags."
            yield Diagnostic("V080", "The file is not tagged: a screen reader finds no headings, tables or notes in it.", place, hint=hint)
        else:
            yield Diagnostic("V090", "The structure for screen readers was not proved: the file is not tagged.", place)
        return
    found = findings(tagged)
    if tagged.ours or tagged.tree.claims:
        yield from (Diagnostic(one.code, one.message, place, hint=one.hint) for one in listed(found))
    elif each:
        yield from (Diagnostic("V089", f"{one.message} ({CODES[one.code].name})", place, hint=one.hint) for one in listed(found))
    elif found.pages:
        yield Diagnostic("V089", f"The tags have faults: {_summary(found)}.", place, hint="verify --accessible shows them.")


def findings(tagged: Tagged) -> Findings:
    """All that is found in the structure of a document."""
    out = Findings()
    for one in (marking, cells, order, accessible):
        one.check(tagged, out)
    return out


def listed(found: Findings) -> list[Finding]:
    """The findings one by one, and for each code of which there are many how many more, and where."""
    out = list(found.said)
    for code, pages in found.pages.items():
        if len(pages) > MOST:
            out.append(Finding(code, 0, f"{len(pages) - MOST} more like these{_where(pages[MOST:])}."))
    return out


def _where(pages: list[int]) -> str:
    named = sorted({page for page in pages if page})
    shown = ", ".join(map(str, named[:SHOWN])) + (" and others" if len(named) > SHOWN else "")
    return f", on page{'s' if len(named) > 1 else ''} {shown}" if named else ""


def _summary(found: Findings) -> str:
    kinds = [f"{CODES[code].name} {counted(len(pages), 'time')}" for code, pages in found.pages.items()]
    return ", ".join(kinds[:SHOWN]) + (" and others" if len(kinds) > SHOWN else "")
