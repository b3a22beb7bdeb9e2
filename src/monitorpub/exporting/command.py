"""What ``monitorpub export`` and ``monitorpub import --onto`` do."""

from __future__ import annotations

import difflib
import os
import re
import stat
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from monitorpub.citations.pandoc import PandocError
from monitorpub.diagnostics import Diagnostic, Found, Place, has_errors
from monitorpub.drafts import draft
from monitorpub.exporting.aligning import place_of
from monitorpub.exporting.applying import bring_back, without_notes
from monitorpub.exporting.comparing import Compared, Lost, compare
from monitorpub.exporting.docx import docx_of
from monitorpub.exporting.ibid import misled
from monitorpub.exporting.reading import Reviewed, Token, read_review
from monitorpub.exporting.review import Review, review
from monitorpub.files import load
from monitorpub.importing.pandoc.package import unpack
from monitorpub.importing.pandoc.running import ReaderError
from monitorpub.importing.saving import already_there, cannot_write
from monitorpub.model import Text, texts
from monitorpub.number import Steps
from monitorpub.pipeline import Prepared, check, prepare_text
from monitorpub.references import resolve
from monitorpub.source import Scalar, Source

MAX_BYTES = 50_000_000
"""Of a review copy; pictures that reviewers paste are large."""
_NO_COPY = "Import takes back what monitorpub export made. Another document is imported without --onto."


@dataclass(frozen=True)
class Onto:
    """The changes of a reviewer: the new text of the source, how it differs, and what else the copy says."""

    source: Source
    text: str
    difference: str
    count: int
    lines: tuple[str, ...]
    """Tracked changes and comments, one a line, under heads."""


def export_file(file: Path, output: Path | None = None, *, force: bool = False) -> Found[Path]:
    """Write the review copy of a profile as a Word file.

    Gives what checking gives, I007 where the file is there already and ``force`` is not set, I016 without pandoc, F006 where the file
    cannot be written.
    """
    found = _prepared(file)
    if found.value is None:
        return Found(None, found.diagnostics)
    name = f"{file.stem}.docx"
    target = file.with_name(name) if output is None else output / name if os.path.isdir(output) else output
    if os.path.lexists(target) and not force:
        return Found(None, (*found.diagnostics, already_there(target)))
    try:
        data = docx_of(review(found.value.numbered, found.value.source.text))
    except PandocError as error:
        return Found(None, (*found.diagnostics, _no_pandoc(error)))
    try:
        os.replace(draft(target, data), target)
    except (OSError, ValueError) as error:  # ValueError: a name that no system has
        return Found(None, (*found.diagnostics, cannot_write(target, error)))
    return Found(target, found.diagnostics)


def import_onto(file: Path, reviewed: Path) -> Found[Onto]:
    """What a reviewer changed in a copy of a source, as changes of the source; nothing is written.

    Gives I020 for a file that is no review copy, I021 where the source is no longer as it was, I022 for each thing that cannot be
    brought back, I023 where the source would have errors, I024 for each Ibid. that would mean another source, and what reading
    and checking give.
    """
    found = _prepared(file)
    if found.value is None:
        return Found(None, found.diagnostics)
    one = found.value
    got = _read(reviewed)
    if isinstance(got, Diagnostic):
        return Found(None, (got,))
    try:
        made, paths, digest = _remade(one)
        if got.digest != digest:
            return Found(None, (_changed(file, reviewed),))
        long = {text.path for text in texts(one.numbered.profile) if isinstance(text, Text) and not text.inline}
        compared = compare(made, paths, got, long)
        brought = bring_back(
            one.source, compared.changes, lambda text: _fields(text, file, long), lambda text: _uncalled(text, file), compared.held
        )
    except PandocError as error:
        return Found(None, (_no_pandoc(error),))
    said = [_lost(one.source, reviewed, lost, compared) for lost in dict.fromkeys([*compared.lost, *brought.lost])]
    if brought.text != one.source.text:
        new = _ready(brought.text, file)
        assert new is not None  # it was proved
        said += misled(one.source, one.numbered, new.numbered)
        if worse := _worse(one, new):
            return Found(None, (*said, worse))
    lines = difflib.unified_diff(
        one.source.text.splitlines(keepends=True), brought.text.splitlines(keepends=True), f"{file}", f"{file} ({reviewed.name})"
    )
    return Found(Onto(one.source, brought.text, "".join(lines), brought.count, tuple(_reported(one.source, got, compared))), tuple(said))


def take_back(file: Path, reviewed: Path, *, write: bool) -> tuple[str, list[Diagnostic]]:
    """What :func:`import_onto` finds as a text, the difference first, and what else there is to say; ``write`` writes the source."""
    from monitorpub.report import counted

    found = import_onto(file, reviewed)
    onto, said = found.value, list(found.diagnostics)
    if onto is None:
        return "", said
    wrong = apply(onto) if write and onto.count else []
    closing = (
        f"{counted(onto.count, 'field')} changed; {'written' if write else '--apply writes it'}" if onto.count else "nothing to change"
    )
    lines = [*onto.lines, *([] if wrong else [f"{file}  {closing}"])]
    return onto.difference + "".join(f"{line}\n" for line in lines), said + wrong


def apply(onto: Onto) -> list[Diagnostic]:
    """Write the source in one step, with its mode, its first mark and its line ends as they were.

    Gives I021 where the file was changed meanwhile, F006 where it cannot be written.
    """
    file = onto.source.file.resolve()
    try:
        data = file.read_bytes()
        if data != onto.source.raw:
            return [
                Diagnostic("I021", f"{onto.source.file} was changed meanwhile.", Place(file), hint="Nothing was written. Run it again.")
            ]
        mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
        stored = data.removeprefix(mark).decode("utf-8")
        new = _with_ends(stored, onto.source.text, onto.text)
        os.replace(draft(file, mark + new.encode("utf-8"), mode=stat.S_IMODE(file.stat().st_mode)), file)
    except OSError as error:
        return [cannot_write(onto.source.file, error)]
    return []


def _with_ends(stored: str, old: str, new: str) -> str:
    """The new text with the line end of each line that stays; new lines have the most common one."""
    ends = re.findall(r"\r\n|\r|\n", stored)
    if set(ends) <= {"\n"}:
        return new
    usual = Counter(ends).most_common(1)[0][0]
    before, after = old.split("\n"), new.split("\n")
    mine = [usual] * len(after)
    for match in difflib.SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        for n in range(match.size):
            if match.a + n < len(ends):
                mine[match.b + n] = ends[match.a + n]
    return "".join(line + end for line, end in zip(after, [*mine[:-1], ""], strict=True))


def _prepared(file: Path) -> Found[Prepared]:
    prepared, said = check([file])
    return Found(None if has_errors(said) or not prepared else prepared[0], tuple(said))


def _read(file: Path) -> Reviewed | Diagnostic:
    data = load(file, lambda _: MAX_BYTES, "review copy")
    if isinstance(data, Diagnostic):
        return data
    if not data.startswith(b"PK"):
        hint = "Save it as a Word document (.docx) without a password. " + _NO_COPY
        return Diagnostic("I020", f"{file} is no Word file (.docx).", Place(file), hint=hint)
    try:
        package = unpack(data)
        got = read_review(package) if "word/document.xml" in package.parts else Reviewed()
    except ReaderError as error:
        return Diagnostic(error.code, error.message, Place(file), hint=error.hint)
    except RecursionError:
        return Diagnostic("I012", "The file is nested more deeply than any text.", Place(file), hint="Save it anew from Word.")
    if not got.digest:
        return Diagnostic("I020", f"{file} is no review copy.", Place(file), hint=_NO_COPY)
    return got


def _remade(one: Prepared) -> tuple[Reviewed, Mapping[str, Steps | None], str]:
    """The review copy of a source as it is read back, the fields of its bookmarks, and its digest."""
    made: Review = review(one.numbered, one.source.text)
    return read_review(unpack(docx_of(made))), made.anchors, made.digest


def _ready(text: str, file: Path) -> Prepared | None:
    """A source whose text is in hand; None where it has errors."""
    found = prepare_text(text, file)
    if found.value is None or has_errors(found.diagnostics) or has_errors(resolve([found.value])):
        return None
    return found.value


def _fields(text: str, file: Path, long: set[Steps]) -> Mapping[Steps, list[Token]] | None:
    one = _ready(text, file)
    if one is None:
        return None
    made, paths, _ = _remade(one)
    return compare(made, paths, made, long).fields


def _uncalled(text: str, file: Path) -> str:
    """The text of a source without the notes that nothing calls any more."""
    found = prepare_text(text, file)
    shown = {d.path for d in found.diagnostics if d.code == "N002"}
    if found.value is None or not shown:
        return text
    source = found.value.source
    labels = [label for label in found.value.numbered.written.notes if source.shown(("notes", label)) in shown]
    return without_notes(source, labels) if labels else text


def _worse(one: Prepared, new: Prepared) -> Diagnostic | None:
    """The first error that the rules of the house find in the new state, and not in the old one."""
    from monitorpub.checking.from_profile import manuscript_of
    from monitorpub.checking.run import run_rules

    before, after = ([c.diagnostic for c in run_rules([manuscript_of(p.source, p.numbered)])] for p in (one, new))
    known = Counter((d.code, d.message) for d in before)
    for found in after:
        known[found.code, found.message] -= 1
        if found.severity == "error" and known[found.code, found.message] < 0:
            message = f"With the changes the source would have an error: {found.message} ({found.code})"
            return Diagnostic("I023", message, found.place, found.path, "Nothing was changed. Put it right in the review copy.")
    return None


def _reported(source: Source, got: Reviewed, compared: Compared) -> Iterator[str]:
    if got.tracked:
        yield "Tracked changes, taken as accepted:"
        yield from (f"  {one.author or 'somebody'} {'added' if one.added else 'deleted'}: {one.words}" for one in got.tracked if one.words)
    if got.comments:
        yield "Comments:"
        for one in got.comments:
            path = compared.places.get(id(one.at))
            line = _place(source, path, compared, compared.tokens.get(id(one.at), 0)).line if path else 0
            where = f"{source.file}:{line} {source.shown(path)}" if path else f"at “{one.at.words[:60]}”"
            yield f"  {where}  {one.author or 'somebody'}: {one.words}"


def _place(source: Source, path: Steps, compared: Compared, token: int) -> Place:
    """The place of a token of a field in the source."""
    node, _ = source.node(path)
    tokens = compared.made.get(path)
    if not source.has(path) or not isinstance(node, Scalar) or not tokens:
        return source.place(path)
    start = place_of(node.text, tokens, token)
    return source.spread(path, start, start + 1)


def _lost(source: Source, reviewed: Path, lost: Lost, compared: Compared) -> Diagnostic:
    hint = "All else is in the difference."
    if lost.path is None:
        return Diagnostic("I022", lost.message, Place(reviewed), hint=hint)
    return Diagnostic("I022", lost.message, _place(source, lost.path, compared, lost.token), source.shown(lost.path), hint)


def _changed(file: Path, reviewed: Path) -> Diagnostic:
    message = f"{file} is no longer as it was when {reviewed.name} was exported; or its records, its layout or the program are not."
    hint = "Give the source as it was then to --onto (your version control has it), and join the two versions."
    return Diagnostic("I021", message, Place(file), hint=hint)


def _no_pandoc(error: PandocError) -> Diagnostic:
    return Diagnostic("I016", f"The review copy cannot be made: {error}.", hint="pandoc makes it. Install it: pip install pypandoc-binary")
