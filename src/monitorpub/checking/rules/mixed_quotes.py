"""S103: straight quotation marks among curly ones."""

from __future__ import annotations

from collections.abc import Iterator

from monitorpub.checking.in_notes import texts
from monitorpub.checking.manuscript import Manuscript, Passage
from monitorpub.checking.rule import Hit, Mend, Rule, Severity
from monitorpub.text.quotations import Quotation

_PARTNER = {"“": "”", '"': '"', "«": "»"}


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """Quotations that open and close differently; in a plain text also straight ones among curly ones, in a note or where they are few.

    In a profile straight marks are set curly when it is printed.
    """
    names = {id(passage): name for name, passage in texts(manuscript)}
    passages = [*(passage for passage in manuscript.body), *(passage for _, passage in texts(manuscript))]
    found = [(passage, q) for passage in passages for q in passage.quotations if q.end is not None and q.mark in _PARTNER]
    straight = [one for one in found if _is_straight(*one)]
    few = len(straight) * 3 <= len(found) - len(straight)
    for passage, quotation in found:
        assert quotation.end is not None
        name, text = names.get(id(passage), "The text"), passage.text
        if not _is_straight(passage, quotation) and text[quotation.end] != _PARTNER[quotation.mark]:
            yield _half(passage, quotation, name)
        elif manuscript.written is None and _is_straight(passage, quotation):
            among = any(other.mark == "“" for other in passage.quotations)
            if few or among:
                where = "among curly ones" if among else "in a text that has curly ones"
                mend = Mend(passage, quotation.start, quotation.end + 1, f"“{quotation.words(text)}”")
                yield Hit(
                    passage,
                    quotation.start,
                    quotation.end + 1,
                    f"{name} has straight quotation marks {where}.",
                    "Make them curly too.",
                    mend,
                )


def _half(passage: Passage, quotation: Quotation, name: str) -> Hit:
    """A quotation with one straight mark and one curly one."""
    assert quotation.end is not None
    at, sign = (quotation.end, "”") if quotation.mark == "“" else (quotation.start, "“")
    message = f"{name} has a quotation with one straight mark and one curly mark."
    return Hit(
        passage,
        quotation.start,
        quotation.end + 1,
        message,
        f"The mark {passage.text[at]} should be {sign}",
        Mend(passage, at, at + 1, sign),
    )


def _is_straight(passage: Passage, quotation: Quotation) -> bool:
    assert quotation.end is not None
    return quotation.mark == '"' and passage.text[quotation.end] == '"'


RULE = Rule(
    code="S103",
    name="mixed-quotes",
    severity=Severity.WARNING,
    what="Straight quotation marks beside curly ones in one note, or a few of them in a text of curly ones; a pair of one each.",
    why="It shows that words were pasted from elsewhere, and looks careless in print.",
    example='“Mines found”, Outlet, 5 January 2024; and "More found", Outlet, 6 January 2024.',
    instead="“Mines found”, Outlet, 5 January 2024; and “More found”, Outlet, 6 January 2024.",
    check=find,
)
