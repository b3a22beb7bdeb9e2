"""Word files (.docx), and what is read in their way: OpenDocument (.odt) and RTF."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from pathlib import Path

from monitorpub.diagnostics import Diagnostic, Found, Place
from monitorpub.importing.document import Document, Image, texts
from monitorpub.importing.media import in_hand, packed
from monitorpub.importing.pandoc.boxes import OPEN_BOX, unboxed
from monitorpub.importing.pandoc.cells import filled
from monitorpub.importing.pandoc.drawings import draw_open, draw_word
from monitorpub.importing.pandoc.framed import walk
from monitorpub.importing.pandoc.hidden import Hidden, hidden_styles, without_hidden
from monitorpub.importing.pandoc.open_text import scan_open, take_title
from monitorpub.importing.pandoc.package import Package, encrypted, unpack
from monitorpub.importing.pandoc.reading import Shape, document_of
from monitorpub.importing.pandoc.rtf_pictures import pictures_of
from monitorpub.importing.pandoc.running import ReaderError, read_with_pandoc
from monitorpub.importing.pandoc.scanned import Change, Changes, Scanned, main_part, scan, words_in
from monitorpub.importing.pandoc.settled import plain_words
from monitorpub.importing.rtf import reading as rtf
from monitorpub.importing.rtf.state import Read
from monitorpub.report import counted

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Old Word files, and new ones with a password ([MS-CFB])."""
MAX_RTF = 20_000_000
"""Bytes of an RTF file without its images."""
LISTED = 12
"""Changes that are listed before the rest is counted."""


def read_word(data: bytes, file: Path, changes: Changes = "refuse") -> Found[Document]:
    """The document of a .docx.  Gives the diagnostics I010-I016."""
    try:
        if data.startswith(OLE):
            raise _of_ole(data)
        package = unpack(data)
        text = main_part(package)
        pictures: dict[str, Image] = {}
        for part in (text, *(f"{text.rpartition('/')[0]}/{kind}notes.xml" for kind in ("foot", "end"))):
            if part in package.parts:
                pictures |= draw_word(package, part, changes)
        if text in package.parts:
            package.parts[text] = unboxed(package.parts[text])
        hidden = _take_hidden(package)
        scanned = scan(package, changes)
        if scanned.changes and changes == "refuse":
            return Found(None, (_tracked(scanned.changes, file),))
        package.parts[text] = filled(package.parts[text])
        how = ["--track-changes", "reject" if changes == "reject" else "accept"]
        made = read_with_pandoc("docx", package.packed(), how)
        document = document_of(
            made, Shape("paragraph", heads=scanned.heads, language=scanned.language, pictures=pictures, media=packed(data))
        )
        for one in hidden:
            document.say("lost", one.paragraph, f"hidden text is not imported: “{_short(one.words, 300)}”")
        _remark(document, scanned, changes)
    except ReaderError as error:
        return Found(None, (Diagnostic(error.code, error.message, Place(file), hint=error.hint),))
    return Found(document)


def _take_hidden(package: Package) -> list[Hidden]:
    """Take hidden words out of the text and the notes; gives them.  Those of notes have no paragraph."""
    text = main_part(package)
    folder = text.rpartition("/")[0]
    styles = hidden_styles(package.tree(f"{folder}/styles.xml"))
    found: list[Hidden] = []
    for name in (text, f"{folder}/footnotes.xml", f"{folder}/endnotes.xml"):
        if name in package.parts:
            package.parts[name], hidden = without_hidden(package.parts[name], styles)
            found += hidden if name == text else [Hidden(0, f"{one.words} (in a note)") for one in hidden]
    return found


def read_open_document(data: bytes, file: Path) -> Found[Document]:
    """The document of an .odt.  Gives the diagnostics I010-I016."""
    try:
        package = unpack(data)
        if b"encryption-data" in package.parts.get("META-INF/manifest.xml", b""):
            raise encrypted()
        content = package.parts.get("content.xml")
        if content is None:
            raise ReaderError("I012", "The file is damaged: it has no text.", "Open it in LibreOffice, and save it under another name.")
        if b"<text:changed-region" in content:
            raise _undecided("LibreOffice")
        package.parts["content.xml"] = unboxed(content, OPEN_BOX)
        pictures = draw_open(package)
        scanned = scan_open(package.tree("content.xml"))
        made = read_with_pandoc("odt", package.packed())
        if scanned.title:
            take_title(made, scanned.title)
        document = document_of(made, Shape("paragraph", pictures=pictures, media=packed(data)))
        for words in scanned.hidden:
            document.say("guessed", 0, f"text that is hidden in the file is kept: “{_short(words, 300)}”")
        _say_lost(document, scanned.words, figures=scanned.notes > 0)
        if number := len(re.findall(rb"<office:annotation[ >]", content)):
            document.say("left-out", 0, f"{number} comment{'s' * (number > 1)}; save the file as .docx to have them listed")
    except ReaderError as error:
        return Found(None, (Diagnostic(error.code, error.message, Place(file), hint=error.hint),))
    return Found(document)


def read_rtf(data: bytes, file: Path) -> Found[Document]:
    """The document of an RTF file.  Gives the diagnostics I010, I012 and I015, and F003 where it is too large."""
    try:
        if re.search(rb"\\(?:revised|deleted)(?![A-Za-z0-9])", data):
            raise _undecided("Word")
        found = pictures_of(data)
        if len(found.text) > MAX_RTF:
            message = f"The file has more than {MAX_RTF // 1_000_000} MB beside its images, far more than any report."
            raise ReaderError("F003", message, "Is this the right file? Part a whole report into its profiles first.")
        read = rtf.read(found.text)
        heads = [bool(one["c"][3][1]) for one in walk(read.made["blocks"]) if one["t"] == "Table"]
        document = document_of(read.made, Shape("paragraph", heads=heads, pictures=found.images, media=in_hand(found.parts)))
        if (missing := len(re.findall(rb"\\footnote(?![A-Za-z])", found.text)) - read.notes) > 0:
            document.say("lost", 0, f"{counted(missing, 'note')} outside the text: save the file as .docx, and import that")
        _remark_rtf(document, read)
    except ReaderError as error:
        return Found(None, (Diagnostic(error.code, error.message, Place(file), hint=error.hint),))
    return Found(document)


def _remark_rtf(document: Document, read: Read) -> None:
    """What an RTF file holds beside its text, and what of its words is not in the document."""
    for paragraph, words in read.hidden:
        if words.strip():
            document.say("lost", paragraph, f"hidden text is not imported: “{_short(words, 300)}”")
    for paragraph, author, words in read.comments:
        document.say("left-out", paragraph, f"a comment of {author or 'somebody'}: “{_short(words, 300)}”")
    for words in read.margins:
        document.say("left-out", 0, f"a running head or foot: “{_short(words)}”")
    if read.formulas:
        document.say("lost", 0, f"{counted(read.formulas, 'formula')}; the letters are kept, without their places")
    if read.covered:
        words = f"{counted(read.covered, 'cell')} of tables over which others reach: they are empty, look at these tables"
        document.say("guessed", 0, words)
    for part, number in sorted(read.unknown.items()):
        if number:
            words = f"{counted(number, 'word')} in a part that is not known ({part}): save the file as .docx, and import that"
            document.say("lost", 0, words)
    _say_lost(document, Counter(word for text in read.words for word in words_in(text)), figures=True)
    document.remarks.sort(key=lambda remark: remark.line)


def is_open_document(package: Package) -> bool:
    """Whether an unpacked file is a text of OpenDocument."""
    return package.parts.get("mimetype", b"").startswith(b"application/vnd.oasis.opendocument.text")


def _of_ole(data: bytes) -> ReaderError:
    """What to say of a file of the kind that old Word files are of."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return encrypted()
    if "WordDocument".encode("utf-16-le") in data:
        hint = "Open it in Word or LibreOffice, and save it as .docx (File, Save As, Word Document)."
        return ReaderError("I013", "The file is an old Word file (.doc), which cannot be read.", hint)
    return ReaderError("I012", "The file is no Word document.", "Import a .docx, .odt, .rtf, .html, .md or .txt file.")


def _undecided(program: str) -> ReaderError:
    hint = f"Accept or reject them in {program}; or save the file as .docx, and import that with --accept-changes or --reject-changes."
    return ReaderError("I010", "The file has tracked changes that nobody has accepted or rejected.", hint)


def _tracked(changes: list[Change], file: Path) -> Diagnostic:
    """The changes as a list."""
    many = f"{len(changes)} tracked change{'s' * (len(changes) > 1)}"
    lines = []
    for change in changes[:LISTED]:
        words = f"“{_short(change.words)}”" if change.words else "the end of a paragraph"
        lines.append(f"  paragraph {change.paragraph}: {change.author or 'somebody'} has {change.kind} {words}")
    if len(changes) > LISTED:
        lines.append(f"  and {len(changes) - LISTED} more")
    message = "\n".join([f"The file has {many} that nobody has accepted or rejected.", *lines])
    hint = "Import it with --accept-changes or with --reject-changes; or decide them in Word one by one, and import it then."
    return Diagnostic("I010", message, Place(file), hint=hint)


def _remark(document: Document, scanned: Scanned, changes: Changes) -> None:
    """What the file holds beside its text."""
    if scanned.changes:
        done = "accepted" if changes == "accept" else "rejected"
        number = len(scanned.changes)
        document.say("changed", 0, f"{number} tracked change{'s' * (number > 1)} {'were' if number > 1 else 'was'} {done}")
        for change in scanned.changes:
            words = f"“{_short(change.words)}”" if change.words else "the end of a paragraph"
            document.say("changed", change.paragraph, f"{done}: {change.author or 'somebody'} had {change.kind} {words}")
    for paragraph, cells, most in scanned.ragged:
        document.say("changed", paragraph, f"a row of a table has {cells} of {most} cells; empty cells fill the gap")
    for paragraph, author, words in scanned.comments:
        document.say("left-out", paragraph, f"a comment of {author or 'somebody'}: “{_short(words, 300)}”")
    for words in scanned.margins:
        document.say("left-out", 0, f"a running head or foot: “{_short(words)}”")
    for what, number in sorted(scanned.objects.items()):
        document.say(
            "lost",
            0,
            f"{what}, {number} time{'s' * (number > 1)}; save it as a picture beside the source, and write ![what it shows](file)",
        )
    _say_lost(document, scanned.words, figures=scanned.notes > 0)
    document.remarks.sort(key=lambda remark: remark.line)


def _say_lost(document: Document, words: Counter[str], *, figures: bool) -> None:
    """Say which words of a file its document does not have."""
    if lost := lost_words(words, document, figures=figures):
        shown = ", ".join(list(lost)[:30]) + (" …" if len(lost) > 30 else "")
        document.say("lost", 0, f"words of the file that are not in the source ({sum(lost.values())}): {shown}")


def lost_words(words: Counter[str], document: Document, *, figures: bool) -> Counter[str]:
    """Words of a file that its document does not have, or not as often; ``figures`` where short numbers count, that is, are no calls."""
    have: Counter[str] = Counter()
    for text in (document.title, *texts(document.blocks), *(note.text or "" for note in document.notes)):
        have.update(words_in(unicodedata.normalize("NFKC", plain_words(text))))
    whole: Counter[str] = Counter()
    for word, number in words.items():
        whole.update(dict.fromkeys(words_in(unicodedata.normalize("NFKC", word)), number))
    missing = whole - have
    said = " ".join(remark.words for remark in document.remarks).casefold()
    dated = re.compile(r"last|updated|\d{1,2}|\d{4}|january|february|march|april|may|june|july|august|september|october|november|december")
    return Counter(
        {
            word: number
            for word, number in missing.items()
            if (figures or not word.isdigit() or len(word) > 3) and word not in words_in(said) and not dated.fullmatch(word)
        }
    )


def _short(words: str, most: int = 60) -> str:
    line = " ".join(words.split())
    return line if len(line) <= most else line[: most - 1] + "…"
