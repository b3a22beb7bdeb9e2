"""Pages of the web (HTML).  Scripts are not run, pictures and frames are not fetched from the web: pandoc reads them in its sandbox."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from pathlib import Path

from monitorpub.diagnostics import Diagnostic, Found, Place
from monitorpub.importing.decoding import decode
from monitorpub.importing.document import Document, Heading
from monitorpub.importing.media import beside
from monitorpub.importing.pandoc.reading import Shape, document_of
from monitorpub.importing.pandoc.running import ReaderError, read_with_pandoc, within_bounds
from monitorpub.importing.pandoc.scanned import words_in
from monitorpub.importing.pandoc.stripped import Page, strip
from monitorpub.importing.pandoc.word import lost_words

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})|<\?xml[^>]{0,100}?encoding=[\"']([A-Za-z0-9_.:-]{2,40})",
    re.IGNORECASE,
)
_HEAD = 4096
"""Bytes in which a page says its encoding: 1024 by the standard, and more in practice."""
_PARTED = re.compile(r"\s+[|–—»·-]\s+")


def read_page(data: bytes, file: Path) -> Found[Document]:
    """The document of a page.  Gives the diagnostics I001-I003 and I012-I016; I004 is a warning."""
    decoded = decode(as_utf8(data), file)
    if decoded.value is None:
        return Found(None, decoded.diagnostics)
    try:
        page = strip(decoded.value.text)
        if page.too_deep:
            raise ReaderError("I015", "The page is nested more deeply than any text.", "Save it anew from a browser, or as text.")
        made = read_with_pandoc("html", within_bounds(page.html))
        document = document_of(
            made, Shape(base=page.address, linked=True, titled=False, language=page.language, pictures=page.pictures, media=beside(file))
        )
    except ReaderError as error:
        return Found(None, (*decoded.diagnostics, Diagnostic(error.code, error.message, Place(file), hint=error.hint)))
    if not any(word for word in page.words if word.strip()):
        return Found(None, (*decoded.diagnostics, Diagnostic("I003", f"{file} holds no words.", Place(file))))
    document.remarks += decoded.value.remarks
    _name(document, page)
    _remark(document, page)
    return Found(document, decoded.diagnostics)


def as_utf8(data: bytes) -> bytes:
    """A page in UTF-8, where it says what its encoding is; else as it was."""
    found = _CHARSET.search(data[:_HEAD])
    if found is None or data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data
    name = (found[1] or found[2]).decode("ascii")
    try:
        known = codecs.lookup(name).name
        if known == "utf-8" or not getattr(codecs.lookup(name), "_is_text_encoding", True):
            return data
        return data.decode("cp1252" if known in ("iso8859-1", "ascii") else known, "replace").encode("utf-8", "replace")
    except (LookupError, ValueError):
        return data


def _name(document: Document, page: Page) -> None:
    """The title of a page whose text has none: that of its window, without the name of the site."""
    if document.title or not page.title:
        return
    document.title = _PARTED.split(page.title)[0]
    first = next((block for block in document.blocks if isinstance(block, Heading)), None)
    if first is not None and words_in(first.text) == words_in(document.title):
        document.blocks.remove(first)
    document.say("guessed", 0, f"the title is that of the window: “{document.title}”")


def _remark(document: Document, page: Page) -> None:
    """What was left out, and what was put right."""
    unseen: Counter[str] = Counter(one.what for one in page.dropped if one.unseen)
    if unseen:
        kinds = ", ".join(f"{what} {number}" for what, number in unseen.most_common())
        document.say("left-out", 0, f"scripts, styles, frames and fields, which are no text: {kinds}")
    for one in page.dropped:
        words = " ".join(one.words.split())
        if not one.unseen and words:
            document.say("left-out", one.line, f"{one.what}, {_counted(words)}: “{_short(words)}”")
    for line, cells, first in page.ragged:
        document.say(
            "changed", line, f"a row of a table has {cells} cell{'s' * (cells != 1)}, and the first row {first}: empty cells fill the gap"
        )
    if lost := lost_words(Counter(words_in("".join(page.words))), document, figures=False):
        shown = ", ".join(list(lost)[:30]) + (" …" if len(lost) > 30 else "")
        document.say("lost", 0, f"words of the page that are not in the source ({sum(lost.values())}): {shown}")
    document.remarks.sort(key=lambda remark: remark.line)


def _counted(words: str) -> str:
    number = len(words.split())
    return f"{number} word{'s' * (number != 1)}"


def _short(words: str) -> str:
    return words if len(words) <= 80 else words[:79] + "…"
