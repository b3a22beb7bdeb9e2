"""What is proved of pages and of the file: it has a title, a language and pages whose words are all on the paper."""

from __future__ import annotations

from monitorpub.diagnostics import Diagnostic, Place
from monitorpub.verifying.content import Piece
from monitorpub.verifying.reader import Document, Page

SLACK = 1.0
"""Points by which something may stick out: the rounding of widths."""


def check(document: Document) -> list[Diagnostic]:
    """Diagnostics V005-V007 and V031."""
    out: list[Diagnostic] = []
    place = Place(document.file)
    if not document.title:
        out.append(Diagnostic("V005", "The file has no title: a reader's window and a library show its file name.", place))
    if not document.language:
        out.append(Diagnostic("V006", "The file does not say its language: it will be read aloud in the wrong one.", place))
    for page in document.pages:
        if page.failure:
            out.append(Diagnostic("V007", f"Page {page.number}: its content cannot be read to the end: {page.failure}.", place))
        outside = [piece for piece in page.pieces if piece.visible and piece.text.strip() and not _inside(piece, page)]
        if outside:
            words = " ".join(outside[0].text.split())[:40]
            more = f" and {len(outside) - 1} more" if len(outside) > 1 else ""
            out.append(Diagnostic("V031", f"Page {page.number}: the words “{words}”{more} stand outside the page.", place))
    return out


def _inside(piece: Piece, page: Page) -> bool:
    """Whether the signs of a piece lie on the page: their baseline, and the height of a capital over it."""
    left, bottom, right, top = page.box
    xs, ys = (piece.x, piece.end_x), (piece.y, piece.end_y)
    height = 0.6 * piece.size if piece.level else 0
    return (
        min(xs) >= left - SLACK
        and max(xs) <= right + SLACK + 0.3 * piece.size * piece.text.endswith(" ")
        and min(ys) >= bottom - SLACK
        and max(ys) + height <= top + SLACK
    )
