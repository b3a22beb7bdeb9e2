"""Where links and the outline lead: a point of a page (ISO 32000-1, 12.3.2), and in PDF 2.0 the element that stands there.

A reader of the screen goes to the element (ISO 32000-2, 12.3.2.3); what knows no such places goes to the point.
"""

from __future__ import annotations

from dataclasses import dataclass

from monitorpub.bind.strings import number


@dataclass(frozen=True)
class Place:
    """The number of a page's object, and points from its lower left corner."""

    page: int
    x: float
    y: float
    element: int = 0
    """The number of the element; 0 where none is known, or where the file has no such places."""

    @property
    def value(self) -> bytes:
        """As a tree of names has it."""
        return b"<<%s>>" % self._both() if self.element else self._at(self.page)

    @property
    def entry(self) -> bytes:
        """As a line of the outline has it: a destination, or an action."""
        return b"/A<</S/GoTo%s>>" % self._both() if self.element else b"/Dest" + self._at(self.page)

    def _both(self) -> bytes:
        return b"/D%s/SD%s" % (self._at(self.page), self._at(self.element))

    def _at(self, what: int) -> bytes:
        return b"[%d 0 R/XYZ %s %s 0]" % (what, number(self.x), number(self.y))
