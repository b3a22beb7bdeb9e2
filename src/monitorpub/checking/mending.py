"""Mend what has one right answer: the text of the file is changed sign by sign, so that comments and form survive.

No mend is trusted.  What would change quoted words or the signs of Markdown is left; the rest is made, the file is read again, and every
value must be the old one with its mends made, and nothing else may differ.  A field for which that does not hold stays as it was.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from monitorpub.checking.manuscript import Manuscript, Passage
from monitorpub.checking.prose import CALL
from monitorpub.checking.rule import Mend
from monitorpub.checking.run import Checked
from monitorpub.model import Text
from monitorpub.read import read_text
from monitorpub.source import Mapping, Node, Scalar, Sequence_, Source
from monitorpub.text.parse import parse, walk

Change = tuple[int, int, str]
Path_ = tuple[str | int, ...]


@dataclass(frozen=True)
class _Field:
    """The mends of one place in the file: the changes, and the texts that its fields (several, by an alias) are to have afterwards."""

    changes: tuple[Change, ...]
    values: dict[Path_, str] = field(default_factory=dict)


def mended(text: str, found: Sequence[Checked], accept: Callable[[str], bool] = lambda _: True) -> str:
    """The text of a file with the mends of its diagnostics made.  Where two mends touch each other the first is made.

    ``accept`` may refuse a text; then the fields are left as they were that it is refused for.
    """
    manuscript = next((one.manuscript for one in found if one.mend), None)
    if manuscript is None:
        return text
    old = None
    if manuscript.written is not None:
        read = read_text(text, manuscript.file)
        if read.value is None:
            return text
        old = list(_values(read.value.root))

    def holds(fields: Sequence[_Field]) -> bool:
        new = _changed(text, [change for one in fields for change in one.changes])
        return (old is None or _as_meant(old, fields, new, manuscript.file)) and accept(new)

    kept = _proved(_fields(manuscript, text, found), [], holds)
    return _changed(text, [change for one in kept for change in one.changes])


def _proved(fields: list[_Field], kept: list[_Field], holds: Callable[[Sequence[_Field]], bool]) -> list[_Field]:
    """As many of the fields as hold together with those that are kept; halves are tried where the whole does not hold."""
    if not fields or holds([*kept, *fields]):
        return [*kept, *fields]
    if len(fields) == 1:
        return kept
    half = len(fields) // 2
    return _proved(fields[half:], _proved(fields[:half], kept, holds), holds)


def _fields(manuscript: Manuscript, text: str, found: Sequence[Checked]) -> list[_Field]:
    """What is to change in each place of the file; fields that share one (an alias) together."""
    own: dict[int, tuple[Passage, list[Mend]]] = {}
    for one in found:
        if (mend := one.mend) and one.manuscript is manuscript and free(mend):
            own.setdefault(id(mend.passage), (mend.passage, []))[1].append(mend)
    fields: dict[object, _Field] = {}
    for passage, mends in own.values():
        mends = _apart(mends)
        value = _changed(passage.text, [(m.start, m.end, m.text) for m in mends])
        if _shape(passage.text, passage, manuscript) != _shape(value, passage, manuscript):
            continue
        changes = tuple(_in_file(mend, text) for mend in mends)
        if manuscript.written is None or manuscript.source is None:
            fields[id(passage)] = _Field(changes)
            continue
        node, _ = manuscript.source.node(passage.path)
        if isinstance(node, Scalar) and node.text.startswith(passage.text):
            before = fields.get(id(node), _Field(()))
            values = {**before.values, _real(manuscript.source, passage.path): value + node.text[len(passage.text) :]}
            fields[id(node)] = _Field((*before.changes, *changes), values)
    return [one for one in fields.values() if all("\n" not in text[start:end] + new for start, end, new in one.changes)]


def _real(source: Source, path: Path_) -> Path_:
    """The steps of a path that the file has."""
    real: Path_ = ()
    for step in path:
        node, _ = source.node(real)
        if isinstance(node, Mapping) and str(step) in node.values:
            real = (*real, str(step))
        elif isinstance(node, Sequence_) and isinstance(step, int) and step < len(node.items):
            real = (*real, step)
    return real


def _apart(mends: Sequence[Mend]) -> list[Mend]:
    """The mends that do not touch each other."""
    out: list[Mend] = []
    last: int | None = None
    for mend in sorted(mends, key=lambda m: (m.start, m.end, m.text), reverse=True):
        if last is None or mend.end < last or (mend.end == last and mend.start < mend.end):
            out.append(mend)
            last = mend.start
    return out[::-1]


def _in_file(mend: Mend, text: str) -> Change:
    """The change in the text of the file; a sign behind a backslash ends where the next one begins."""
    start = mend.passage.offset(mend.start)
    if mend.end == mend.start:
        return start, start, mend.text
    end = mend.passage.offset(mend.end - 1) + 1
    after = mend.passage.offset(mend.end) if mend.end < len(mend.passage.text) else end
    return start, after if after > end and "\n" not in text[end:after] else end, mend.text


def _changed(text: str, changes: Sequence[Change]) -> str:
    for start, end, new in sorted(set(changes), reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _values(node: Node, path: Path_ = ()) -> Iterator[tuple[Path_, Scalar]]:
    """Every value with its path, and every key, in the order of the file."""
    if isinstance(node, Mapping):
        for name, value in node.values.items():
            yield (*path, name, "key"), node.keys[name]
            yield from _values(value, (*path, name))
    elif isinstance(node, Sequence_):
        for index, item in enumerate(node.items):
            yield from _values(item, (*path, index))
    elif isinstance(node, Scalar):
        yield path, node


def _as_meant(old: Sequence[tuple[Path_, Scalar]], fields: Sequence[_Field], new: str, file: Path) -> bool:
    """Whether the mended file, read again, has the very values that are meant."""
    read = read_text(new, file)
    if read.value is None:
        return False
    meant = {path: value for one in fields for path, value in one.values.items()}
    wanted = [(path, meant.get(path, node.text), node.plain) for path, node in old]
    return wanted == [(path, node.text, node.plain) for path, node in _values(read.value.root)]


_SIGNS = frozenset("\\*_`[]")
_CALL = re.compile(CALL)
_MARKS = re.compile("[“”„‟‘’‚‛«»‹›「」『』《》〈〉\"']")
_QUOTED = re.compile(
    r"‹[^‹›]*(?:›|\Z)|›[^‹›]*‹|»[^«»]*«|«[^«»]*(?:»|\Z)|‚[^‚‘’]*(?:[‘’]|\Z)|‘[^‘\n]*?(?:’(?!\w)|\Z)|„[^“”„]*(?:[“”]|\Z)"
    r"|“[^“”]*(?:”|\Z)|”[^“”]*”|‛[^‛’]*(?:’|\Z)|‟[^‟”]*(?:”|\Z)|「[^」]*(?:」|\Z)|『[^』]*(?:』|\Z)|《[^》]*(?:》|\Z)|〈[^〉]*(?:〉|\Z)"
)
"""Quotations in the marks of any language; what is open at the end of a paragraph reaches to it."""


def free(mend: Mend) -> bool:
    """Whether a mend touches neither quoted words nor signs of Markdown, other than the calls that it moves or stands beside."""
    text, old = mend.passage.text, mend.passage.text[mend.start : mend.end]
    if _MARKS.sub("", old) != _MARKS.sub("", mend.text):  # marks alone are no quoted words
        spans = [(start, end) for start, end in _quoted(mend.passage) if start < mend.end and mend.start < end]
        moved = _CALL.sub("", old).strip() == _CALL.sub("", mend.text) and all(end < mend.end for _, end in spans)  # out of the quotation
        if not moved and (spans or "\0" in mend.passage.unquoted[mend.start : mend.end]):
            return False
    plain = _CALL.sub(lambda call: "1" * len(call[0]), text)
    beside = plain[max(mend.start - 1, 0) : mend.start] + plain[mend.end : mend.end + 1]
    return not _SIGNS & {*beside} and _signs(plain[mend.start : mend.end]) == _signs(_CALL.sub("", mend.text))


def _signs(text: str) -> list[str]:
    return [sign for sign in text if sign in _SIGNS]


def _quoted(passage: Passage) -> Iterator[tuple[int, int]]:
    """The quoted words, by the rules of English and in every paragraph by the marks of other languages."""
    yield from ((q.start + 1, q.end) for q in passage.quotations if q.end is not None)
    position = 0
    for paragraph in re.split(r"(\n[^\S\n]*\n)", passage.text):
        for match in _QUOTED.finditer(paragraph):
            closed = len(match[0]) > 1 and _MARKS.fullmatch(match[0][-1])
            yield position + match.start() + 1, position + match.end() - bool(closed)
        position += len(paragraph)


def _shape(text: str, passage: Passage, manuscript: Manuscript) -> list[tuple[object, ...]]:
    """The kinds of tokens that a text is read as, in order: emphasis, links, calls, code, blocks; for a plain text its calls."""
    if manuscript.written is None:
        return [(call,) for call in _CALL.findall(text)]
    parsed = parse(Text(text, inline=passage.inline), manuscript.language, note=passage.kind in ("note", "table-note"))
    shape: list[tuple[object, ...]] = []
    for token in walk(parsed.tokens):
        if token.type not in ("text", "inline", "softbreak"):
            content = token.content if token.type in ("code_inline", "fence", "code_block", "citation", "image") else ""
            shape.append((token.type, token.tag, token.markup, content, token.meta.get("label"), sorted(map(str, token.attrs.items()))))
    return [*shape, *((p.code, p.needle) for p in parsed.problems)]


def difference(file: Path, old: str, new: str) -> str:
    """What mending would change, as a unified diff."""
    lines = difflib.unified_diff(old.splitlines(keepends=True), new.splitlines(keepends=True), f"{file}", f"{file} (mended)")
    return "".join(lines)
