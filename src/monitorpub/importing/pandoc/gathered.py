"""What is met on the way through a document of pandoc's: remarks, what has no sign in a source, and images."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

from monitorpub.importing.document import Block, Image, Row
from monitorpub.importing.pandoc.marks import IMAGE, MARK, about, mark, without_marks


@dataclass
class Gathered:
    """What is met on the way through a document."""

    lost: Counter[str] = field(default_factory=Counter)
    """What has no sign in a source, by kind."""
    lines: dict[str, list[int]] = field(default_factory=dict)
    """Where that stands."""
    title_calls: str = ""
    """The calls in the title of the file."""
    said: list[tuple[str, int, str]] = field(default_factory=list)
    """Remarks: kind, line, words."""
    line: int = 0
    place: str = ""
    """In what no image can stand: a table, a note."""
    pictures: dict[str, Image] = field(default_factory=dict)
    """Images that a reader found itself, by the name that stands for them in pandoc's document."""
    met: list[Image] = field(default_factory=list)
    """Images in the order of the text."""
    named: set[str] = field(default_factory=set)
    """The names of ``pictures`` that were met."""

    def lose(self, what: str, times: int = 1) -> None:
        """Count what has no sign in a source, where the reading is."""
        self.lost[what] += times
        lines = self.lines.setdefault(what, [])
        if self.line and self.line not in lines[-1:]:
            lines.append(self.line)

    def met_as(self, name: str) -> str:
        """The mark of an image that the reader of the file found."""
        if name not in self.pictures:
            return ""
        self.named.add(name)
        return self.meet(replace(self.pictures[name]))

    def meet(self, image: Image) -> str:
        """Keep an image; gives the mark that stands for it in the text."""
        image.line, image.place = image.line or self.line, self.place
        self.met.append(image)
        return mark(IMAGE, len(self.met) - 1)

    def mark_of(self, image: Image) -> str:
        """The mark of an image that was met."""
        return mark(IMAGE, next(number for number, one in enumerate(self.met) if one is image))

    def images_in(self, text: str) -> list[Image]:
        """The images whose marks stand in a text."""
        return [self.met[int(about(found)[0])] for found in MARK.finditer(text) if found[1] == IMAGE]

    def parted(self, text: str, what: str = "a paragraph of words") -> tuple[list[Image], str, list[Image]]:
        """The images at the beginning of a text, its words without any, and the other images; ``what`` is said of those that moved."""
        found = self.images_in(text)
        if not found:
            return [], text, []
        rest = MARK.sub(lambda one: "" if one[1] == IMAGE else one[0], text)
        rest = re.sub(r"\A(?:\\\n|\s)+|(?:\\\n|\s)+\Z", "", re.sub(r"(?:\\\n\s*){2,}", "\\\\\n", re.sub(r" {2,}", " ", rest)))
        first = self._run(text)
        before, behind = found[:first], found[first:]
        if behind and without_marks(rest).strip() and not self.place:
            for image in behind:
                self.said.append(("changed", image.line, f"an image stood in {what}, and stands behind it now"))
        return before, rest, behind

    def _run(self, text: str) -> int:
        """How many images stand before the first word."""
        run = re.match(rf"(?:\s|\\\n|{MARK.pattern})*", text)
        return len(self.images_in(run[0])) if run else 0

    @contextmanager
    def within(self, place: str) -> Iterator[None]:
        """While something is read in which no image can stand."""
        outer, self.place = self.place, self.place or place
        try:
            yield
        finally:
            self.place = outer

    def framed(self, rows: list[Row]) -> list[Block]:
        """The images of a table that holds nothing else: it was drawn to set them side by side."""
        found = [image for row in rows for cell in row.cells for image in self.images_in(cell)]
        for image in found:
            image.place = ""
        return list(found)


class _Tag(HTMLParser):
    """The image that a tag is."""

    image: Image | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.image = image_of({name: value or "" for name, value in attrs})


def image_of_tag(html: str) -> Image | None:
    """The image of a tag ``<img>``; None where it is another tag."""
    if not re.match(r"<img\b", html, re.IGNORECASE):
        return None
    parser = _Tag()
    parser.feed(html)
    return parser.image


def image_of(attributes: Mapping[str, str]) -> Image:
    """The image of the attributes of ``<img>``; an empty ``alt`` says that it only decorates (HTML, 4.8.4.4)."""
    words = attributes.get("alt", attributes.get("title", ""))
    hidden = attributes.get("role") in ("presentation", "none") or attributes.get("aria-hidden") == "true"
    address = attributes.get("src", "").strip()
    if attributes.get("data-src") and (not address or address.startswith("data:")):  # a page that loads its images late
        address = attributes["data-src"].strip()
    return Image(address, " ".join(words.split()), hidden or ("alt" in attributes and not words.strip()))
