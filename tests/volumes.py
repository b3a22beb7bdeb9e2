"""A tiny workspace with a volume of five profiles, each of a page, and what a finished volume shows to a reader."""

from __future__ import annotations

import io
import shutil
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pypdf import PdfReader

from monitorpub.diagnostics import Found
from monitorpub.verifying import read_bytes
from monitorpub.verifying.reader import Document
from monitorpub.volume.command import Compiled, compile_file

VOLUME = """\
layout: annual-report
language: en-GB
title: Clearing the Mines
subtitle: A tiny edition
edition: 2025
publisher: A publisher
date: 2025-11-01
site: The site
front:
  - page: cover
  - page: imprint
  - page: contents
  - chapter: Overview
    id: overview
    text: |
      The Survey Action Centre (SAC) counted.[^how] See [Chad on p. {page}](chad#words) and [table {number}](#areas).
    tables:
      - computed: Areas
        id: areas
        columns:
          - {field: key-data.contamination.area, label: Area, unit: km², decimals: 1}
        totals: true
    notes:
      how: The note of the overview.
groups:
  - title: States Parties
    where: {field: group, is: States Parties}
    text: Words on a divider.
  - title: Others
    profiles: [nepal, zz-aland]
see:
  - {name: Burma, see: myanmar}
back:
  - page: abbreviations
  - page: index
    terms: [Panmunjom]
  - page: back-cover
"""


def profile(
    name: str, code: str, text: str, *, group: str = "States Parties", area: str = "12", note: str = "A note.", more: str = ""
) -> str:
    """A profile of one page: a figure, a section ``words`` with this text, which calls the note ``a``."""
    return f"""\
layout: clearing-the-mines
country: {{code: {code}, name: {name}}}
language: en-GB
volume: Clearing the Mines
edition: 2025
last-updated: 2025-08-31
group: {group}
key-data:
  - {{contamination: Mined area, id: contamination, value: {area} km²}}
sections:
  - title: Words
    id: words
    text: |
      {text}[^a]
{more}notes:
  a: {note}
"""


PROFILES = {
    "chad": profile("Chad", "TCD", "The [village]{.index} is shown on [p. {page}](#words); the rest in [Nepal, p. {page}](nepal#words)."),
    "myanmar": profile("Myanmar", "MMR", "Words of Myanmar, and Panmunjom.", area="20.5"),
    "nepal": profile("Nepal", "NPL", "The National Mine Action Centre (NMAC) met at the [village]{.index}.", group="Others", area="1"),
    "angola": profile("Angola", "AGO", "See [Chad](chad) and [the note of p. {page}](overview).", area="3"),
    "zz-aland": profile("Åland", "ALA", "Words of Åland.", group="Others", area="4"),
}
ORDER = ["Angola", "Chad", "Myanmar", "Åland", "Nepal"]
"""The profiles as they stand in the volume."""


@dataclass
class Edition:
    """A workspace with a volume."""

    root: Path

    @classmethod
    def new(cls, root: Path) -> Edition:
        """The tiny one."""
        edition = cls(root)
        edition.write("monitorpub.yaml", "")
        for name, text in PROFILES.items():
            edition.write(f"profiles/{name}.yaml", text)
        edition.write("profiles/volume.yaml", VOLUME)
        return edition

    def copy(self, root: Path) -> Edition:
        """The same elsewhere, with its cache and what it has written."""
        shutil.copytree(self.root, root)
        return Edition(root)

    @property
    def volume(self) -> Path:
        return self.root / "profiles" / "volume.yaml"

    @property
    def output(self) -> Path:
        return self.root / "dist" / "volume.pdf"

    def write(self, name: str, text: str | bytes) -> Path:
        """A file of the workspace."""
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    def change(self, name: str, *pairs: tuple[str, str]) -> None:
        """Replace words of a source; each must be there."""
        file = self.root / "profiles" / f"{name}.yaml"
        text = file.read_text(encoding="utf-8")
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new)
        file.write_text(text, encoding="utf-8")

    def compile(self, **options: object) -> Found[Compiled]:
        """Compile it to its output."""
        return compile_file(self.volume, self.output, **options)  # type: ignore[arg-type]

    def compiled(self, **options: object) -> Compiled:
        """The same; nothing may be wrong."""
        found = self.compile(**options)
        assert found.value is not None, found.diagnostics
        return found.value

    def codes(self, **options: object) -> list[str]:
        """Compile it, and give the codes of what is said."""
        return [one.code for one in self.compile(**options).diagnostics]

    def read(self) -> Pdf:
        """The volume as it was written."""
        return Pdf(self.output.read_bytes())

    @property
    def written(self) -> dict[str, bytes]:
        """All that lies in dist/."""
        return {file.name: file.read_bytes() for file in sorted((self.root / "dist").glob("*"))}


@dataclass
class Pdf:
    """A finished PDF."""

    data: bytes

    @cached_property
    def document(self) -> Document:
        """Its pages, links and destinations."""
        document, said = read_bytes(self.data, Path("read.pdf"))
        assert document is not None
        assert said == []
        return document

    @cached_property
    def reader(self) -> PdfReader:
        return PdfReader(io.BytesIO(self.data))

    @property
    def labels(self) -> list[str]:
        """What viewers call the pages."""
        return list(self.reader.page_labels)

    @cached_property
    def pages(self) -> list[str]:
        """The words of each page, in the order of the file."""
        return [" ".join(" ".join(piece.text for piece in page.pieces).split()) for page in self.document.pages]

    def folio(self, index: int) -> str:
        """What is printed for the number of a page: the one of its words that is its label, in the bottom margin."""
        page = self.document.pages[index]
        bottom = [piece.text.strip() for piece in page.pieces if piece.y < page.box[3] * 0.08]
        return next((words for words in bottom if words == self.labels[index]), "")

    def first(self, slug: str) -> int:
        """The index of the page that a part begins on."""
        return self.document.destinations[slug].page - 1

    def label(self, slug: str) -> str:
        """The label of that page."""
        return self.labels[self.first(slug)]

    def outline(self) -> list[tuple[int, str]]:
        """Level and words of each bookmark."""
        out: list[tuple[int, str]] = []

        def walk(lines: list[object], level: int) -> None:
            for line in lines:
                if isinstance(line, list):
                    walk(line, level + 1)
                else:
                    out.append((level, str(line.title)))  # type: ignore[attr-defined]

        walk(self.reader.outline, 0)
        return out
