"""What is proved of fonts: the file carries each of them, once, and says which text its glyphs are."""

from __future__ import annotations

from monitorpub.diagnostics import Diagnostic, Place
from monitorpub.verifying.encoding import Font, Sign
from monitorpub.verifying.reader import Document, Page
from monitorpub.verifying.volumes import is_ours

UNREADABLE = ("\ufffd", "\0")
"""What stands for a glyph whose text nobody knows."""


def check(document: Document) -> list[Diagnostic]:
    """Diagnostics V041-V045."""
    out: list[Diagnostic] = []
    for font in document.fonts:
        where = _pages(font)
        if not font.embedded:
            hint = "The reader's machine will put another font in its place."
            out.append(Diagnostic("V041", f"The font {font.name} ({where}) is not embedded.", Place(document.file), hint=hint))
        if font.unicode is None and not font.known:
            hint = "Nobody can search it, copy it or have it read aloud; and no note in it could be proved."
            message = f"The font {font.name} ({where}) does not say which text it shows (no ToUnicode)."
            out.append(Diagnostic("V042", message, Place(document.file), hint=hint))
    return [*out, *_twice(document), *_signs(document)]


def _twice(document: Document) -> list[Diagnostic]:
    """One program for each name, in files of this tool: in others a name may be that of a part of a font."""
    programs: dict[str, set[int]] = {}
    for name, number in (font.program for font in document.fonts if font.program is not None) if is_ours(document) else ():
        programs.setdefault(name, set()).add(number)
    return [
        Diagnostic("V045", f"{len(numbers)} font programs have the name {name.lstrip('/')}.", Place(document.file))
        for name, numbers in programs.items()
        if len(numbers) > 1
    ]


def _pages(font: Font) -> str:
    """Where a font is used."""
    first = ", ".join(str(page) for page in font.pages[:3])
    return f"page{'s' if len(font.pages) > 1 else ''} {first}{' and more' if len(font.pages) > 3 else ''}"


def _signs(document: Document) -> list[Diagnostic]:
    """Boxes in place of glyphs, and glyphs without text: the first of each page and font."""
    out: list[Diagnostic] = []
    odd = {font for font in document.fonts if any(sign.missing for sign in font.used) or _is_unknown(font)}
    for page in document.pages if odd else ():
        said: set[tuple[str, str]] = set()
        for piece in (piece for piece in page.pieces if piece.font in odd):
            unreadable = piece.font.unicode is not None and any(_is_unreadable(sign, piece.font) for sign in piece.signs)
            for code, found in (("V043", any(sign.missing for sign in piece.signs)), ("V044", unreadable)):
                if not found or (code, piece.font.name) in said or not piece.visible:
                    continue
                said.add((code, piece.font.name))
                words = " ".join("".join("▯" if _is_unreadable(sign, piece.font) else sign.text for sign in piece.signs).split())[:40]
                what = "a box stands for a glyph that the font does not have" if code == "V043" else "a glyph has no text"
                message = f"Page {page.number}: {what}, in “{words}” ({piece.font.name})."
                out.append(Diagnostic(code, message, Place(document.file)))
    return out


def shows_unknown(page: Page) -> bool:
    """Whether fonts of a page show glyphs whose text nobody knows."""
    return any(_is_unknown(font) for font in {piece.font for piece in page.pieces})


def _is_unknown(font: Font) -> bool:
    return (font.unicode is None and not font.known) or any(_is_unreadable(sign, font) for sign in font.used)


def _is_unreadable(sign: Sign, font: Font) -> bool:
    """Whether nobody knows the text of a glyph.

    One that is said to have none belongs to its neighbour, as the dots of Arabic letters do.
    """
    return sign.text in UNREADABLE or (not sign.text and font.unicode is not None and sign.code not in font.unicode)
