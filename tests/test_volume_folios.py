"""The page number that the contents print is the number printed on the page where the profile starts; both are read from the paper.

Where a profile starts is told by its name in large type, not by the links of the contents nor by what the file calls its pages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations, groupby
from pathlib import Path

from breaking import Broken
from monitorpub.verifying import read_pdf
from monitorpub.verifying.reader import Page
from tiny_volume import tiny

FOLIO = re.compile(r"\d+|[ivxlcdm]+")

LARGE = 24
"""Points; the least size of the title of a profile or a chapter."""

LONGEST = 4
"""Lines that a title may take in the contents."""


@dataclass
class Printed:
    """The pages of a volume as they are seen: what is printed large on each, and the folio at its foot."""

    pages: list[Page]

    @classmethod
    def of(cls, pdf: Path) -> Printed:
        document, said = read_pdf(pdf)
        assert document is not None, said
        return cls(document.pages)

    def title(self, page: Page) -> str:
        """What is printed in the largest type of a page; the end of a line parts two words."""
        large = [piece for piece in page.pieces if piece.size >= LARGE and piece.visible]
        lines = ["".join(piece.text for piece in line) for _, line in groupby(large, key=lambda piece: round(piece.y))]
        return " ".join(" ".join(lines).split())

    def entry(self, name: str) -> str:
        """The folio of the line of the contents with these words: what follows them, a see-entry has none."""
        found = []
        for page in self.contents():
            texts = [piece.text.strip() for piece in page.pieces if piece.text.strip()]
            for first, last in combinations(range(len(texts)), 2):
                if last - first < LONGEST and " ".join(texts[first:last]) == name and FOLIO.fullmatch(texts[last]):
                    found.append(texts[last])
        assert len(found) == 1, f"{name} stands in the contents with {found}"
        return found[0]

    def contents(self) -> list[Page]:
        """The pages of the contents: from their title to the next one."""
        first = next(i for i, page in enumerate(self.pages) if self.title(page) == "Contents")
        last = next(i for i in range(first + 1, len(self.pages)) if self.title(self.pages[i]))
        return self.pages[first:last]

    def start(self, name: str) -> Page:
        """The page on which a name is the title."""
        found = [page for page in self.pages if self.title(page).casefold() == name.casefold()]
        assert len(found) == 1, f"{name} is the title of {len(found)} pages"
        return found[0]

    def folio(self, page: Page) -> str:
        """What is printed at the foot of a page."""
        low = page.box[1] + 0.08 * (page.box[3] - page.box[1])
        found = [p.text.strip() for p in page.pieces if p.y < low and p.visible and FOLIO.fullmatch(p.text.strip())]
        assert len(found) == 1, f"page {page.number} prints {found}"
        return found[0]


def test_the_tiny_volume():
    printed = Printed.of(tiny().volume)
    wanted = {"Foreword": "v", "Bhutan": "3", "Chad": "5", "Kosovo": "7", "Annex A: Words": "9", "Index": "11"}
    assert {name: printed.entry(name) for name in wanted} == wanted
    assert {name: printed.folio(printed.start(name)) for name in wanted} == wanted


def test_a_wrong_folio_is_seen(tmp_path):
    broken = Broken(tiny().volume.read_bytes())
    index = next(i for i, p in enumerate(broken.pages[8].pieces) if p.artifact and p.text == "3")
    shown: dict[int, list] = {}
    broken.edit(11, lambda i, piece, operands: shown.setdefault(piece.text, operands) if piece.artifact else operands)
    broken.edit(9, lambda i, _, operands: shown["5"] if i == index else operands)
    printed = Printed.of(broken.save(tmp_path / "broken.pdf"))
    assert (printed.entry("Bhutan"), printed.folio(printed.start("Bhutan"))) == ("3", "5")
