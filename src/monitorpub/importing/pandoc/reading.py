"""What all readers that go through pandoc do with its document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from monitorpub.checking.plain_text import manuscript_of
from monitorpub.importing.document import CALL, Block, Dated, Document, Image, Media, Paragraph, images, texts
from monitorpub.importing.lines import read_day
from monitorpub.importing.media import not_imported
from monitorpub.importing.pandoc.blocks import Blocker
from monitorpub.importing.pandoc.gathered import Gathered
from monitorpub.importing.pandoc.inlines import Inliner
from monitorpub.importing.pandoc.marks import without_marks
from monitorpub.importing.pandoc.running import Node, ReaderError
from monitorpub.importing.pandoc.settled import plain_words, settle
from monitorpub.model.countries import is_language

_KNOWN = {"title", "subtitle", "author", "abstract", "date", "lang", "language"}


@dataclass
class Shape:
    """What is known of a file before pandoc's document of it is read."""

    counted: str = "line"
    """What the numbers of lines count; paragraphs are counted here."""
    base: str = ""
    """The address of a page, from which its links count."""
    linked: bool = False
    """Whether notes may be joined to their calls by links."""
    heads: list[bool] = field(default_factory=list)
    """Of each table of a Word file: whether its first row is marked as a head."""
    label_of: Callable[[Node, list[Node]], tuple[str, int]] | None = None
    """The label of a note and its line."""
    titled: bool = True
    """Whether what pandoc takes for the title is one."""
    language: str = ""
    pictures: dict[str, Image] = field(default_factory=dict)
    """Images that the reader found itself, by the name that stands for them."""
    media: Media | None = None
    """Gives their bytes."""
    change: Callable[[list[Block], Blocker], list[Block]] | None = None
    """What is still to be done to the blocks before notes are sought."""


def document_of(made: Node, shape: Shape) -> Document:
    """The neutral document of pandoc's.  Raises ReaderError (I015) where it is nested more deeply than any text."""
    document = Document(counted=shape.counted, media=shape.media)
    gathered = Gathered(pictures=shape.pictures)

    def note(nodes: list[Node], call: Node) -> str:
        return blocker.note(nodes, call)

    inliner = Inliner(gathered, note, base=shape.base, marked=shape.linked, numbers=True)
    blocker = Blocker(document, inliner, counts=shape.counted != "line", heads=shape.heads, label_of=shape.label_of)
    try:
        document.blocks = _head(document, blocker, made["meta"], shape) + blocker.blocks(made["blocks"])
        if shape.change is not None:
            document.blocks = shape.change(document.blocks, blocker)
        settle(document, gathered)
        _miss(document, gathered)
    except RecursionError:
        raise ReaderError("I015", "The file is nested more deeply than any text.", "Save it anew from the program that made it.") from None
    language = shape.language or plain_words(inliner.text(_inlines(made["meta"].get("lang") or made["meta"].get("language"))))
    document.language = _language(language, document)
    document.remarks.sort(key=lambda remark: remark.line)
    return document


def _miss(document: Document, gathered: Gathered) -> None:
    """Say which images are not in the text any more: those of tables and notes, and those that pandoc did not give."""
    kept = {id(image) for image in images(document.blocks)}
    for image in gathered.met:
        if id(image) not in kept:
            place = f"it stands in {image.place}" if image.place else "it stands where no image can"
            document.say("lost", image.line, not_imported(image, place))
    for name, image in gathered.pictures.items():
        if name not in gathered.named:
            document.say("lost", image.line, not_imported(image, "its place in the text is not known"))


def _language(said: str, document: Document) -> str:
    """The language of a document.  That a file is in American English is said by most files: the words decide."""
    if said and is_language(said) and not said.lower().startswith("en"):
        return said
    words = "\n\n".join(texts(document.blocks))
    return manuscript_of(words, Path("words")).language


def _head(document: Document, blocker: Blocker, meta: Node, shape: Shape) -> list[Block]:
    """What stands above the text: pandoc takes the title, the authors and the date of a file out of it."""
    out: list[Block] = []
    if not shape.titled:
        return out
    with blocker.inliner.gathered.within("the title"):
        words = without_marks(blocker.inliner.text(_inlines(meta.get("title")), one_line=True))
    if words:
        blocker.inliner.gathered.line += blocker.counts
        document.title = plain_words(words)
        blocker.inliner.gathered.title_calls = "".join(found[0] for found in CALL.finditer(words))
    for name in ("subtitle", "author", "abstract"):
        for value in _values(meta.get(name)):
            before = blocker.line
            blocks = blocker.blocks(value["c"] if value["t"] == "MetaBlocks" else [{"t": "Para", "c": _inlines(value)}])
            if blocks:
                document.say("guessed", before + 1, f"the {name} of the file is a paragraph at its beginning")
            out += blocks
    if words := plain_words(without_marks(blocker.inliner.text(_inlines(meta.get("date"))))):
        blocker.inliner.gathered.line += blocker.counts
        found = read_day(words)
        out.append(Dated(found[0], blocker.line) if found else Paragraph(words, blocker.line))
        if not found or not found[1]:
            document.say("guessed", blocker.line, f"the date of “{words}” is not sure")
    for name in meta:
        if name not in _KNOWN:
            document.say("left-out", 0, f"the field {name} at the head of the file")
    return out


def _values(value: Any) -> list[Node]:
    if not value:
        return []
    return list(value["c"]) if value["t"] == "MetaList" else [value]


def _inlines(value: Any) -> list[Node]:
    if not value:
        return []
    if value["t"] == "MetaInlines":
        return list(value["c"])
    if value["t"] == "MetaString":
        return [{"t": "Str", "c": value["c"]}]
    if value["t"] == "MetaBlocks":
        return [one for block in value["c"] if block["t"] in ("Para", "Plain") for one in block["c"]]
    return []
