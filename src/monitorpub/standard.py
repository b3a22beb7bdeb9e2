"""The standards that a file keeps: PDF/UA for those who read it in other ways than by eye, PDF/A for those who store it for good."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Standard:
    """PDF/UA (ISO 14289) together with PDF/A (ISO 19005): which part of each."""

    name: str
    """As it is chosen: ``ua-1+a-3a``."""
    version: str
    """Of PDF."""
    accessible: int
    """The part of PDF/UA."""
    archival: int
    """The part of PDF/A."""
    level: str
    """The level of conformance to PDF/A."""

    @property
    def is_pdf_2(self) -> bool:
        """Whether the file is PDF 2.0 (ISO 32000-2): no information dictionary, and elements in namespaces."""
        return self.version == "2.0"


UA1_A3A = Standard("ua-1+a-3a", "1.7", 1, 3, "A")
UA2_A4F = Standard("ua-2+a-4f", "2.0", 2, 4, "F")
STANDARDS = {one.name: one for one in (UA1_A3A, UA2_A4F)}


def parse_standard(name: str) -> Standard:
    """The standard of that name; small and capital letters are the same.  Raises ValueError, in words for an editor, for another."""
    try:
        return STANDARDS[name.strip().lower()]
    except KeyError:
        raise ValueError(f"There is no standard {name!r}. Choose {' or '.join(STANDARDS)}.") from None


@dataclass(frozen=True)
class Archival:
    """How files are made for keeping: by which standards, and whether the sources and the figures of tables are attached to them."""

    standard: Standard = UA1_A3A
    attach: bool = True

    @property
    def key(self) -> tuple[str, bool]:
        """For the names of what is kept."""
        return self.standard.name, self.attach


DEFAULT = Archival()
