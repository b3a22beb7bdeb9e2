"""What is proved of the ids of elements, and of the header cells that the cells of tables name by them."""

from __future__ import annotations

from typing import Any

from monitorpub.verifying.tagged import Findings, Tagged
from monitorpub.verifying.tree import Element

SCOPES = ("/Row", "/Column", "/Both")


def check(tagged: Tagged, findings: Findings) -> None:
    """Findings V086, V087 and V092."""
    _ids(tagged, findings)
    for table in (one for one in tagged.tree.elements if one.kind == "Table"):
        _table(tagged, table, findings)


def _ids(tagged: Tagged, findings: Findings) -> None:
    """Every id once, and in the list of ids, which leads to its element and has no others."""
    listed = tagged.tree.ids
    own: dict[bytes, Element] = {}
    for one in tagged.tree.elements:
        if one.id is None:
            continue
        page, name = tagged.page(one), shown(one.id)
        if one.id in own:
            findings.say("V086", page, f"{tagged.named(one)} has the id {name}, which another element has, too.")
            continue
        own[one.id] = one
        if listed is not None and one.id not in listed:
            findings.say("V086", page, f"the id {name} of {tagged.named(one)} is not in the list of ids (IDTree).")
        elif listed is not None and listed[one.id] != one.number:
            findings.say("V086", page, f"the list of ids (IDTree) leads from {name} to another element than {tagged.named(one)}.")
    if own and listed is None:
        findings.say("V086", 0, "Elements have ids, and the file has no list of them (IDTree).")
    for name_ in (listed or {}).keys() - own.keys():
        findings.say("V086", 0, f"The list of ids (IDTree) has {shown(name_)}, and no element has that id.")


def _table(tagged: Tagged, table: Element, findings: Findings) -> None:
    """The cells of a table: header cells say which cells they are for, and others name header cells of the same table."""
    cells = [one for one in table.all() if one.kind in ("TH", "TD") and one.within("Table") is table]
    heads = [one for one in cells if one.kind == "TH"]
    ids = {one.id for one in heads if one.id is not None}
    page = tagged.page(table)
    if cells and not heads:
        findings.say(
            "V092", page, f"{tagged.named(table)} has no header cells.", "A screen reader reads its figures without what they are of."
        )
    named: set[bytes] = set()
    for one in cells:
        for name in headers(one):
            named.add(name)
            if name not in ids:
                message = f"{tagged.named(one)} names the header cell {shown(name)}, which its table does not have."
                findings.say("V087", tagged.page(one) or page, message)
    for one in heads:
        scope = one.attributes.get("Scope")
        if scope not in SCOPES and (tagged.ours or one.id not in named):
            what = (
                "does not say whether it is for its row or its column (Scope)" if scope is None else f"has the scope {scope}, which is none"
            )
            findings.say("V092", tagged.page(one) or page, f"{tagged.named(one)} {what}.")


def headers(cell: Element) -> list[bytes]:
    """The ids of the header cells that a cell names."""
    found: Any = cell.attributes.get("Headers")
    if found is None:
        return []
    return [_signs(one) for one in (found if isinstance(found, list) else [found])]


def _signs(source: Any) -> bytes:
    original = getattr(source, "original_bytes", source)
    return original if isinstance(original, bytes) else str(source).encode("utf-8", "replace")


def shown(name: bytes) -> str:
    """An id as text."""
    return "“" + "".join(sign for sign in name.decode("latin-1") if sign.isprintable())[:40] + "”"
