"""Finished PDFs broken on purpose, with pikepdf: one small change each, made to the objects of the file."""

from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pikepdf

from monitorpub.verifying import read_bytes
from monitorpub.verifying.content import Piece

SHOWS = ("Tj", "TJ")
SCALE = Decimal("0.75")
"""Points in a px."""


def is_of_structure(code: str) -> bool:
    """Whether a code is of the structure for screen readers: what breaks a page breaks its structure, too, and that is tested by itself."""
    return "V080" <= code <= "V099" and code != "V090"


def shows(operands: list, operator: pikepdf.Operator) -> bool:
    """Whether an operator shows any sign."""
    if str(operator) not in SHOWS:
        return False
    strings = operands[0] if str(operator) == "TJ" else operands
    return any(isinstance(one, pikepdf.String) and bytes(one) for one in strings)


class Broken:
    """A PDF that is being broken.  ``pages`` and pieces are those of the whole file, before anything was done to it."""

    def __init__(self, data: bytes) -> None:
        self.pdf = pikepdf.open(io.BytesIO(data))
        document, said = read_bytes(data, Path("whole.pdf"))
        assert not said
        self.pages = document.pages
        parts = {name.partition("/")[0] for name in document.destinations}
        self.part = parts.pop() if len(parts) == 1 else ""

    def save(self, file: Path, **options: object) -> Path:
        self.pdf.save(file, **options)
        return file

    def piece(self, page: int, text: str, nth: int = 0) -> int:
        """The index of the nth piece that shows just this."""
        found = [i for i, p in enumerate(self.pages[page - 1].pieces) if p.text.strip() == text]
        return found[nth]

    def note(self, page: int, mark: str) -> list[int]:
        """The indices of the pieces of a note of one line: its mark and all that stands on the line."""
        pieces = self.pages[page - 1].pieces
        index = next(i for i, p in enumerate(pieces) if p.text.strip() == mark and p.y < 120 and p.size < 8 and not p.artifact)
        return [i for i, p in enumerate(pieces) if i >= index and abs(p.y - pieces[index].y) < 1]

    def edit(self, page: int, change: Callable[[int, Piece, list], list | None]) -> None:
        """Give every operator that shows text to ``change(index, piece, operands)``: new operands, or None to leave it out."""
        target = self.pdf.pages[page - 1]
        out, index = [], -1
        for operands, operator in pikepdf.parse_content_stream(target):
            if shows(operands, operator):
                index += 1
                changed = change(index, self.pages[page - 1].pieces[index], list(operands))
                if changed is None:
                    continue
                operands = changed
            out.append((operands, operator))
        target.Contents = self.pdf.make_stream(pikepdf.unparse_content_stream(out))

    def move(self, page: int, steps: dict[int, tuple[float, float]]) -> None:
        """Move pieces by so many px to the right and down."""
        target = self.pdf.pages[page - 1]
        out, index, at = [], -1, 0
        for operands, operator in pikepdf.parse_content_stream(target):
            if str(operator) == "Tm":
                at = len(out)
            out.append((list(operands), operator))
            if shows(operands, operator):
                index += 1
                right, down = steps.get(index, (0, 0))
                matrix = out[at][0]
                matrix[4], matrix[5] = float(matrix[4]) + right, float(matrix[5]) + down
        target.Contents = self.pdf.make_stream(pikepdf.unparse_content_stream(out))

    def drop(self, page: int, *indices: int) -> None:
        """Leave pieces out."""
        self.edit(page, lambda i, _, operands: None if i in indices else operands)

    def repeat(self, page: int, indices: list[int], down: float) -> None:
        """Show pieces once more, lower by so many px."""
        target = self.pdf.pages[page - 1]
        again, index, block = [], -1, []
        whole = list(pikepdf.parse_content_stream(target))
        for operands, operator in whole:
            if str(operator) == "BT":
                block = []
            block.append((list(operands), operator))
            if shows(operands, operator):
                index += 1
                if index in indices:
                    for operands_, operator_ in block:
                        if str(operator_) == "Tm":
                            operands_ = [*operands_[:5], float(operands_[5]) + down]
                        again.append((operands_, operator_))
                    again.append(([], pikepdf.Operator("ET")))
        # within the first save of the graphics state of the page's own content, where its scale is set
        start = (
            next(i for i, pair in enumerate(pairwise(whole), 1) if [str(one[1]) for one in pair] == ["q", "cm"] and pair[1][0][0] == SCALE)
            + 1
        )
        out = [*whole[:start], *again, *whole[start:]]
        target.Contents = self.pdf.make_stream(pikepdf.unparse_content_stream(out))

    def named(self, name: str) -> str:
        """A name of the whole file: that of its one part stands before.  In a volume names are whole."""
        return f"{self.part}/{name}" if self.part else name

    def links(self, page: int, target: str) -> list[pikepdf.Object]:
        """The links of a page to a named destination."""
        return [a for a in self.pdf.pages[page - 1].Annots if str(a.get("/Dest", "")) == self.named(target)]

    def lead(self, link: pikepdf.Object, target: str) -> None:
        """Let a link lead to a named destination."""
        link.Dest = pikepdf.String(self.named(target))

    def drop_links(self, page: int, target: str) -> None:
        """Remove the links of a page to a named destination."""
        keep = [a for a in self.pdf.pages[page - 1].Annots if str(a.get("/Dest", "")) != self.named(target)]
        self.pdf.pages[page - 1].Annots = pikepdf.Array(keep)

    def names(self) -> list[pikepdf.Array]:
        """The lists of named destinations, leaf by leaf."""
        return [leaf.Names for leaf in self.pdf.Root.Names.Dests.Kids]

    def destination(self, name: str) -> pikepdf.Array:
        """The array of a named destination."""
        return next(names[i + 1] for names in self.names() for i in range(0, len(names), 2) if str(names[i]) == self.named(name))

    def drop_destination(self, name: str) -> None:
        for leaf in self.pdf.Root.Names.Dests.Kids:
            names = list(leaf.Names)
            at = next((i for i in range(0, len(names), 2) if str(names[i]) == self.named(name)), None)
            if at is not None:
                leaf.Names = pikepdf.Array([*names[:at], *names[at + 2 :]])
                return
        raise LookupError(f"no place is called {name}")

    def teach(self, font: str, code: int, text: str) -> None:
        """Let a code of a font stand for a text, in a narrow glyph."""
        self.fonts()[font].DescendantFonts[0].DW = 380
        stream = self.fonts()[font].ToUnicode
        line = f"1 beginbfchar\n<{code:04x}> <{text.encode('utf-16-be').hex()}>\nendbfchar\n".encode()
        stream.write(stream.read_bytes().replace(b"endcmap", line + b"endcmap"))

    def fonts(self) -> dict[str, pikepdf.Object]:
        """The fonts of the file by name."""
        return {str(f.BaseFont).split("+")[-1]: f for page in self.pdf.pages for _, f in page.Resources.Font.items()}


def with_code(piece: Piece, operands: list, at: int, code: int) -> list:
    """The operands of TJ with the code of one sign changed; spacing is dropped."""
    codes = [sign.code for sign in piece.signs]
    codes[at] = code
    return [pikepdf.Array([pikepdf.String(b"".join(c.to_bytes(2, "big") for c in codes))])]
