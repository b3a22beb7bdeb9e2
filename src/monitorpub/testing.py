"""For other people's tests: ``assert_notes`` over a source, over a PDF, or over both against each other.

It raises AssertionError with the report as its text, so that whoever reads the failure reads what an editor would.
"""

from __future__ import annotations

import html
import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from monitorpub.diagnostics import Diagnostic, Place, has_errors

if TYPE_CHECKING:
    from monitorpub.verifying.found import Footnote

__all__ = ["assert_notes"]

AnyPath = str | os.PathLike[str]


def assert_notes(source_or_pdf: AnyPath, *, pdf: AnyPath | None = None) -> None:
    """Assert that calls and notes fit together.

    - Of a source: it has no errors, every call has its note and every note its call, and no rule about notes (letter N) finds anything.
    - Of a PDF: what ``monitorpub verify`` proves of notes and their links.
    - Of a source with ``pdf``: both, and each note of the source stands in the PDF word for word, with its number: on the
      page of its first call (or, at the foot of a full page, on the next one), or at the end of its section or of the whole.
    """
    __tracebackhide__ = True
    first = Path(source_or_pdf)
    if _is_pdf(first):
        if pdf is not None:
            raise ValueError("Name the source first and its PDF as pdf=.")
        _fail(_pdf(first))
        return
    said = _source(first)
    if pdf is not None and not has_errors(said):
        said += [*_pdf(Path(pdf)), *_against(first, Path(pdf))]
    _fail(said)


def _fail(said: list[Diagnostic]) -> None:
    __tracebackhide__ = True
    if said:
        from monitorpub.report import as_text

        raise AssertionError("the notes are not right\n\n" + as_text(said))


def _is_pdf(file: Path) -> bool:
    if file.suffix.lower() in (".yaml", ".yml"):
        return False
    try:
        with file.open("rb") as stream:
            return file.suffix.lower() == ".pdf" or b"%PDF-" in stream.read(1024)
    except OSError:
        return file.suffix.lower() == ".pdf"


def _source(file: Path) -> list[Diagnostic]:
    """The errors of a source, and what the rules about its notes find."""
    from monitorpub.checking.command import check_sources
    from monitorpub.diagnostics import Severity

    checking = check_sources([file], select=["N"])
    return [d for d in checking.diagnostics if d.severity is Severity.ERROR or d.code.startswith("N")]


def _pdf(file: Path) -> list[Diagnostic]:
    """What verify has to say about the notes of a PDF.  That a note came to the next page is no failure; that nothing was proved is."""
    from monitorpub.verifying import verify_file

    found = verify_file(file)
    about_notes = [d for d in found.diagnostics if d.code[:3] in ("V01", "V02") and d.code != "V017"]
    unread = [d for d in found.diagnostics if d.code in ("F001", "F003", "V001", "V002", "V003", "V004", "V007")]
    unproved = [d for d in found.diagnostics if d.code == "V090" and not found.notes_proved]
    return [*unread, *about_notes, *unproved]


def _against(source: Path, pdf: Path) -> Iterator[Diagnostic]:
    """The notes of the source against those of the PDF (V051-V053)."""
    from monitorpub.pipeline import prepare
    from monitorpub.references import resolve
    from monitorpub.text.html import note_to_html
    from monitorpub.verifying import apparatus_of, read_pdf

    prepared, (document, _) = prepare(source).value, read_pdf(pdf)
    if prepared is None or document is None:
        return
    resolve([prepared])
    numbered, apparatus = prepared.numbered, apparatus_of(document)
    printed = _of_part(source.stem, apparatus.notes)
    wanted = [*numbered.notes, *(note for notes in numbered.table_notes.values() for note in notes)]
    for note in wanted:
        found = printed.pop(note.id, None)
        words = html.unescape(re.sub(r"<[^>]+>", "", note_to_html(note, numbered.printed)))
        if found is None:
            message = f"The note {note.mark} ({note.label}) of {source.name} is not in the PDF."
            yield Diagnostic("V051", message, Place(pdf), hint=_short(words))
        elif found.mark != note.mark:
            message = f"Page {found.page}: the note {note.label} prints {found.mark}; its number is {note.mark}."
            yield Diagnostic("V052", message, Place(pdf))
        elif comparable(found.text) != comparable(words):
            message = f"Page {found.page}: the note {note.mark} ({note.label}) has other words than in {source.name}."
            yield Diagnostic("V053", message, Place(pdf), hint=_first_difference(words, found.text))
    for extra in printed.values():
        yield Diagnostic("V054", f"Page {extra.page}: the note {extra.mark} (“{_short(extra.text)}”) is not in {source.name}.", Place(pdf))


def _of_part(name: str, notes: list[Footnote]) -> dict[str, Footnote]:
    """The notes of a source by their ids.  A PDF writes its part before them; one that holds several parts is searched for this one."""
    found = {note.name.rpartition("/")[::2]: note for note in notes}
    parts = {part for part, _ in found}
    return {own: note for (part, own), note in found.items() if part == name or len(parts) == 1}


def comparable(words: str) -> str:
    """Words without space and in one form of figures.

    A line of a PDF has Arabic and Hebrew in the order of the page, and dotted letters share their dots, so that one may be read as another:
    where there are such letters they are counted only, and all other signs are sorted.
    """
    from monitorpub.verifying.found import squeezed

    text = squeezed(words)
    others = [sign for sign in text if unicodedata.bidirectional(sign) not in ("R", "AL")]
    return text if len(others) == len(text) else f"{len(text) - len(others)} {''.join(sorted(others))}"


def _first_difference(wanted: str, found: str) -> str:
    one, two = (re.sub(r"\s+", " ", text).strip() for text in (wanted, found))
    at = next((i for i, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    start = max(0, at - 20)
    return f"The source has “{_short(one[start:])}”, the PDF “{_short(two[start:])}”."


def _short(words: str) -> str:
    words = re.sub(r"\s+", " ", words).strip()
    return words if len(words) <= 60 else words[:60] + "…"
