"""D103: a sign or a short form where a value was not reported."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitorpub.checking.fields import field_hit, tables
from monitorpub.checking.manuscript import Manuscript
from monitorpub.checking.rule import Hit, Rule, Severity
from monitorpub.model.scalars import CALL

_BLANK = re.compile(r"[-–—.…?*_xX/\s]+|tb[acd]\.?|n\.?[adr]\.?", re.IGNORECASE)
_NOT_REPORTED = re.compile(r"n\s*/\s*[rd]\.?|not[\s-]+reported|none[\s-]+reported|unreported|no\s+(?:report|data)", re.IGNORECASE)
_EITHER = re.compile(r"n\s*/\s*a\.?|n\.?\s?a\.", re.IGNORECASE)


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """Cells that say in a form of their own that there is no figure."""
    for source, table, steps in tables(manuscript):
        for row, _, below in table.all_rows():
            for year, cell in row.values.items():
                if cell.number is not None or cell.text is None:
                    continue
                words = CALL.sub("", cell.text.source).strip()
                path = (*steps, *below, "values", year)
                if _EITHER.fullmatch(words):
                    message = f"“{words}” leaves open whether the value was not reported or does not apply."
                    yield field_hit(source, path, message, "Write null if it was not reported, and Not applicable if it cannot be.")
                elif _NOT_REPORTED.fullmatch(words) or _BLANK.fullmatch(words):
                    yield field_hit(source, path, f"“{words}” stands where a value was not reported.")


RULE = Rule(
    code="D103",
    name="blank-value",
    severity=Severity.WARNING,
    what="A dash, “n/a”, “N/R” or words of one's own in a table where a value was not reported.",
    why="Missing is never blank: null prints the layout's words for it, in the profile's language, and stays out of sums.",
    example="values: {2024: '-', 2023: 1.5}",
    instead="Write null, and “Not reported” is printed.",
    check=find,
)
