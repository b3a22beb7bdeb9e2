"""Step 1, read: a YAML file becomes nodes that know where they stand.

Values stay what the editor typed: ``NO``, ``yes``, ``12:30``, ``010`` and ``1.10`` are kept letter by letter, and the
field they stand in decides what they mean (YAML 1.2.2, https://yaml.org/spec/1.2.2/, section 10.3, with the choice left
to the schema).
"""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from monitorpub.diagnostics import Diagnostic, Found, Place, has_errors
from monitorpub.files import load
from monitorpub.slips import explain
from monitorpub.source import Mapping, Plain, Scalar, Source, to_values
from monitorpub.tree import Stop, Tree

__all__ = ["MAX_BYTES", "Mapping", "Plain", "Source", "read", "read_text", "to_values"]

MAX_BYTES = 5_000_000
"""No profile comes near: the longest known, of 350 notes, has 300,000 bytes."""

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_BEGIN = "A profile begins with fields such as layout: clearing-the-mines; a volume with layout: annual-report"

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
"""Signs that nobody types: control characters, and line breaks that YAML 1.2 does not know but older parsers do."""


def read(file: Path) -> Found[Source]:
    """Read a source.  Gives the source, or diagnostics F001-F004 and Y001-Y008; raises nothing."""
    data = _load(file)
    if isinstance(data, Diagnostic):
        return Found(None, (data,))
    text = _decode(data, file)
    if isinstance(text, Diagnostic):
        return Found(None, (text,))
    found = read_text(text, file)
    if found.value is not None:
        found.value.raw = data
    return found


def load_text(file: Path) -> str | Diagnostic:
    """The text of a file in UTF-8, or the diagnostic F001, F003 or F004 that says why there is none."""
    data = _load(file)
    return data if isinstance(data, Diagnostic) else _decode(data, file)


def read_text(text: str, file: Path) -> Found[Source]:
    """Read a source from text that is already in hand."""
    source = Source.of(text, file)
    tree = Tree(source)
    try:
        for event in yaml.parse(text, Loader=_Loader):
            tree.take(event)
    except Stop:
        pass
    except yaml.MarkedYAMLError as error:
        if (said := explain(error, source)) not in tree.diagnostics:
            tree.say(said)
    except yaml.YAMLError as error:
        tree.say(Diagnostic("Y002", f"This is not YAML: {error}", Place(file, 1, 1)))
    if has_errors(tree.diagnostics):
        return Found(None, tuple(tree.diagnostics))
    if tree.root is None or (isinstance(tree.root, Scalar) and tree.root.is_null):
        return Found(None, (Diagnostic("Y001", "The file is empty.", Place(file, 1, 1), hint=_BEGIN),))
    if not isinstance(tree.root, Mapping):
        message = "The file holds no fields (name: value)."
        return Found(None, (Diagnostic("Y002", message, source.place_on(tree.root.line, tree.root.column, 0), hint=_BEGIN),))
    source.root = tree.root
    return Found(source, tuple(tree.diagnostics))


def _load(file: Path) -> bytes | Diagnostic:
    try:
        str(file).encode("utf-8")
    except UnicodeEncodeError:
        shown = str(file).encode("utf-8", "replace").decode()
        message = f"The name of the file {shown} is not text in UTF-8."
        return Diagnostic("F008", message, Place(Path(shown)), hint="Rename it; plain letters, figures and hyphens are safe everywhere.")
    return load(file, lambda _: MAX_BYTES, "profile", "*.y*ml")


def _decode(data: bytes, file: Path) -> str | Diagnostic:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Diagnostic("F004", "The file is saved as UTF-16.", Place(file, 1, 1), hint="Save it as UTF-8.")
    binary = b"\0" in data
    try:
        text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_text(file) if binary else _not_utf8(data, error, file)
    if binary:
        return _not_text(file)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if bad := _CONTROL.search(text):
        source = Source.of(_CONTROL.sub("\ufffd", text), file)
        message = f"A sign that cannot be printed stands here (U+{ord(bad.group()):04X})."
        hint = "Delete it, and type what stands round it again."
        return Diagnostic("F004", message, source.place_at(bad.start()), hint=hint)
    return text


def _not_text(file: Path) -> Diagnostic:
    return Diagnostic("F004", "This is not a text file.", Place(file, 1, 1), hint="A profile is text in UTF-8.")


def _not_utf8(data: bytes, error: UnicodeDecodeError, file: Path) -> Diagnostic:
    """Where the first byte stands that is not UTF-8, with the line as it was most likely meant."""
    before = data[: error.start].removeprefix(b"\xef\xbb\xbf").decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    rest = re.split(rb"[\r\n]", data[error.start :], maxsplit=1)[0]
    start = before.rfind("\n") + 1
    line = _CONTROL.sub("\ufffd", before[start:] + rest.decode("cp1252", "replace"))
    sign = data[error.start : error.start + 1].decode("cp1252", "replace")
    column = len(before) - start + 1
    place = Place(file, before.count("\n") + 1, column, column + 1, line)
    return Diagnostic(
        "F004", f"The file is not saved as UTF-8: the sign here, perhaps {sign!r}, cannot be read.", place, hint="Save it as UTF-8."
    )
