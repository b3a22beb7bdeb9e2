"""A101: words of an image that do not say what it shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote

from monitorpub.checking.links import images
from monitorpub.checking.manuscript import Manuscript
from monitorpub.checking.rule import Hit, Rule, Severity

_FILE = re.compile(r"\S+\.(?:png|jpe?g|gif|svg|webp|tiff?|bmp)", re.IGNORECASE)
_NUMBERED = re.compile(
    r"(?:img|dsc|pict?|image|photo|picture|figure|fig\.?|graphic|screenshot|scan|untitled|bild|abbildung|foto|illustration)[\s_-]*\d*",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?:(?:an?|the)\s+)?(?:image|picture|photo|photograph|graphic|illustration|screenshot)\s+(?:of|showing)\b"
    r"|(?:une?\s+|la\s+)?(?:image|photo|photographie|illustration)\s+(?:de|du|des|d['’])"
    r"|(?:ein(?:e)?\s+)?(?:bild|foto|abbildung)\s+(?:von|vom|der|des)\b",
    re.IGNORECASE,
)


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """Words that are the name of a file, a number, or begin with what every reader hears anyway."""
    for passage in manuscript.passages:
        for image in images(passage.text):
            words = image.words.strip()
            stem = re.sub(r"[\W_]+", " ", PurePosixPath(unquote(image.address)).stem).lower()
            if not words:
                continue  # an error of its own: T006
            start = image.start + len(image.words) - len(image.words.lstrip())
            if _FILE.fullmatch(words) or _NUMBERED.fullmatch(words) or (" " not in words and re.sub(r"[\W_]+", " ", words).lower() == stem):
                yield Hit(passage, start, start + len(words), f"The words “{words}” are a name, and do not say what the image shows.")
            elif lead := _LEAD.match(words):
                hint = "Begin with what it shows: that it is an image is said by the reader's program."
                yield Hit(passage, start, start + lead.end(), f"The words of the image begin with “{lead[0]}”.", hint)


RULE = Rule(
    code="A101",
    name="weak-alt-text",
    severity=Severity.WARNING,
    what="Alternative words of an image that are the name of a file or a number, or that begin with “Image of”.",
    why="These words are all that a reader hears who cannot see the image. An image without any words is an error (T006).",
    example="`![map-3.png](map-3.png)`",
    instead="Say what it shows: `![The mined strip along the border](map-3.png)`. If it only decorates: `![](line.png){.decorative}`",
    check=find,
)
