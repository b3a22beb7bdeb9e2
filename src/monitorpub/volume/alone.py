"""The single PDFs of a volume's profiles, from the same parts: what they print of other parts' folios falls away."""

from __future__ import annotations

from dataclasses import replace

from monitorpub.diagnostics import Diagnostic, Found, Place
from monitorpub.parts import Made, Press
from monitorpub.produce import ROUNDS, bound_alone
from monitorpub.references import IN_VOLUMES, unsettled
from monitorpub.remarks import diagnostic_of
from monitorpub.text.references import Printed
from monitorpub.typeset.part import Remark
from monitorpub.volume.attaching import Attachments
from monitorpub.volume.last import Counts
from monitorpub.volume.neighbours import CONTENTS
from monitorpub.volume.rounds import Rounds
from monitorpub.volume.units import Unit


def bound_profiles(rounds: Rounds, press: Press, attachments: Attachments, volume: str) -> Found[dict[str, tuple[bytes, Counts]]]:
    """Each profile as it is when it is built alone, by the name of its file; with what is attached to it, and its links to neighbours.

    ``volume`` is the name of the volume's file beside them.

    Gives what is wrong with any of them; then there is no value.
    """
    body = [rounds.units[name] for place in rounds.order if place.matter == "body" for name in place.names if name in rounds.units]
    requests = [unit.request(_printed(unit, rounds, None), "recto") for unit in body]
    same = {r.name: made for r in requests if (made := rounds.made.get(r.name)) is not None and made.request.key == r.key}
    found = press.parts([request for request in requests if request.name not in same])
    said: list[Diagnostic] = list(found.diagnostics)
    if found.value is None:
        return Found(None, tuple(said))
    made_first = same | {made.request.name: made for made in found.value}
    out: dict[str, tuple[bytes, Counts]] = {}
    for unit in body:
        first = made_first[unit.summary.slug]
        made = _settled(unit, first, rounds, press)
        if made is None:
            message = f"The pages of {unit.summary.slug} do not come to rest when it stands alone."
            own = [one.address for one in unit.summary.wanted if one.prints_folio and not one.part]
            said.append(unsettled(unit.prepared, own[0], message))
            continue
        if same.get(unit.summary.slug) is not made:  # what is the same was heard before
            said += [diagnostic_of(unit.prepared, remark) for remark in made.part.remarks]
        if not made.part.pages:
            continue
        files = {CONTENTS: volume}
        data = bound_alone(press.whole(made), unit.summary.head, press, attachments.get(unit.summary.slug, ()), files)
        if isinstance(data, Remark):
            said.append(Diagnostic("B004", data.message, Place(unit.prepared.source.file), hint=data.hint))
            continue
        out[f"{unit.summary.slug}.pdf"] = data, Counts(made.part.pages, unit.summary.notes)
    return Found(out, tuple(said))


def _printed(unit: Unit, rounds: Rounds, made: Made | None) -> dict[str, Printed]:
    """What a profile prints alone: folios of its own places only, once they are known."""
    printed = {**(unit.summary.printed(rounds.known) or {}), **rounds.neighbours(unit)}
    for one in unit.summary.wanted:
        if one.part and rounds.known[one.part][""].kind in IN_VOLUMES:
            printed[one.address] = replace(printed[one.address], linked=False)
        if one.prints_folio and not one.part and made is not None and one.anchor in made.part.anchors:
            folio = str(made.part.anchors[one.anchor].page)
            printed[one.address] = replace(printed[one.address], folio=folio)
    return printed


def _settled(unit: Unit, made: Made, rounds: Rounds, press: Press) -> Made | None:
    for _ in range(ROUNDS + 1):
        request = unit.request(_printed(unit, rounds, made), "recto")
        if not made.part.pages or request.key == made.request.key:
            return made
        made = (press.parts([request]).value or [made])[0]
    return None
