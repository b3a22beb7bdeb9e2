"""Folios and running feet: what the binder prints on the pages of parts, as artifacts of type Pagination (ISO 32000-1, 14.8.2.2.2)."""

from __future__ import annotations

from dataclasses import dataclass, field

from monitorpub.bind.strings import number
from monitorpub.typeset.part import Face

BEGIN = b"/Artifact<</Type/Pagination/Subtype/Footer>>BDC\nq\n"
END = b"\nQ\nEMC"

FOLIO_SIGNS = "0123456789ivxlcdm"


@dataclass(frozen=True)
class FolioForm:
    """How a folio is printed on one side: the content of a page round its place and its glyphs."""

    before: str
    between: str
    after: str
    start: float
    """px from the left where the specimen's sign begins."""
    shift: float
    """How much of its width a folio lies to the left of its place: 0 on the left, 1 on the right, a half in the middle."""


@dataclass(frozen=True)
class Feet:
    """Running feet and folios of a volume or a profile, by side."""

    feet: dict[str, str]
    folios: dict[str, FolioForm]
    glyphs: dict[str, tuple[str, float]]
    """Glyph (in hexadecimal) and advance in px of each sign of a folio."""
    faces: tuple[Face, ...] = field(default=())

    def foot(self, side: str) -> bytes:
        """The content that prints the running foot of a side; the same on all its pages."""
        return BEGIN + self.feet[side].encode("latin-1") + END

    def folio(self, side: str, folio: str) -> bytes:
        """The content that prints a folio."""
        form = self.folios[side]
        glyphs = [self.glyphs[sign] for sign in folio]
        place = form.start - form.shift * sum(advance for _, advance in glyphs)
        shown = "<" + "".join(glyph for glyph, _ in glyphs) + ">"
        content = f"{form.before}{number(place).decode()}{form.between}{shown}{form.after}"
        return BEGIN + content.encode("latin-1") + END
