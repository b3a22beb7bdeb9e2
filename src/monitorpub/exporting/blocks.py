"""A text of several paragraphs, put together anew where blocks were added, deleted, parted, joined or moved to another level.

What stays is taken over sign by sign: the lines of a block, what stands before it, and the empty lines between two that stood together.
The outcome is a proposal, as in :mod:`monitorpub.exporting.aligning`.
"""

from __future__ import annotations

import difflib
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from monitorpub.exporting.aligning import END, Edit, edits, fold, markdown
from monitorpub.exporting.reading import Token
from monitorpub.exporting.typed import ITEMS, Typed, typed_blocks

_NUMBER = re.compile(r"(\d+)([.)]\s+)$")
_CONTINUED = re.compile(r"\n[ \t]*(?:>[ ]?)?[ \t]*")


@dataclass(frozen=True)
class Printed:
    """A block of a review copy: its kind, its level among lists, its tokens."""

    kind: str
    level: int
    tokens: tuple[Token, ...]

    @property
    def words(self) -> list[str]:
        """Its words, to be laid beside those of others."""
        return [f"{one.kind} {fold(one.text)}" for one in self.tokens if one.text != " "]

    @property
    def listed(self) -> bool:
        """Whether it stands in a list."""
        return self.kind in (*ITEMS, "more")


@dataclass
class _Part:
    """A block of the new text: what it looks like, which old block it goes on from, and its text."""

    printed: Printed
    text: str
    origin: int | None = None
    last: int | None = None
    """The last old block that is in it."""
    prefix: str = ""

    @property
    def indent(self) -> str:
        """What its later lines begin with, and what stands below it."""
        return "> " if self.printed.kind == "quotation" else " " * len(self.prefix)


class Orphan(Exception):
    """An item was deleted, and items below it stay: the words of both."""


def rebuilt(value: str, old: Sequence[Token], new: Sequence[Token], way: int, width: int) -> list[Edit] | None:
    """How the text of a field gets the blocks that are wanted; None where that cannot be told.

    ``width`` is how long its lines may be.  Raises Orphan.
    """
    typed = typed_blocks(value)
    if typed is None:
        return None
    before, after = printed_blocks(old), printed_blocks(new)
    if before and typed and before[0].kind in ITEMS and typed[0].kind == "text":
        before, after = _inner(before), _inner(after)  # the field is itself an item of a list that the layout prints
    if [(one.kind, one.level) for one in typed] != [(one.kind, one.level) for one in before]:
        return None
    parts = _parts(typed, before, after, way)
    if parts is None or not _prefixed(parts, typed):
        return None
    text = ""
    for index, part in enumerate(parts):
        text += _gap(parts, index, typed) + part.prefix + _shown(part, typed, width)
    text += value[typed[-1].end :]
    return _as_edits(value, text)


def printed_blocks(tokens: Sequence[Token]) -> list[Printed]:
    """Tokens as blocks; the cells of a table are one."""
    found: list[tuple[str, list[Token]]] = []
    for token in tokens:
        if token.kind == "end":
            if token.text == "cell" and found and found[-1][0] == "cell":
                found[-1][1].append(token)
            else:
                found.append((token.text, []))
        else:
            if not found:
                found.append(("text", []))
            found[-1][1].append(token)
    split = [(kind.partition(" "), inner) for kind, inner in found]
    return [Printed("table" if kind == "cell" else kind, int(level or 0), tuple(inner)) for (kind, _, level), inner in split]


def _inner(blocks: Sequence[Printed]) -> list[Printed]:
    """The blocks of a field that is an item, as they stand in it."""
    return [
        Printed("text", 0, one.tokens) if one.listed and not one.level and (not n or one.kind == "more")
        else Printed(one.kind, one.level - 1 if one.listed else 0, one.tokens)
        for n, one in enumerate(blocks)
    ]  # fmt: skip


# which block comes from which


def _parts(typed: Sequence[Typed], before: Sequence[Printed], after: Sequence[Printed], way: int) -> list[_Part] | None:
    parts: list[_Part] = []
    for olds, news in _groups(before, after):
        made = _changed(typed, before, after, olds, news, way)
        if made is None:
            return None
        parts += made
    kept = {one for part in parts if part.origin is not None and part.last is not None for one in range(part.origin, part.last + 1)}
    for part in parts:
        if part.origin is None or not part.printed.listed or not part.printed.level:
            continue
        parent = next((n for n in range(part.origin, -1, -1) if typed[n].kind in ITEMS and typed[n].level < typed[part.origin].level), None)
        if parent is not None and parent not in kept:
            raise Orphan(_said(before[parent]), _said(part.printed))
    return parts


def _groups(before: Sequence[Printed], after: Sequence[Printed]) -> list[tuple[range, range]]:
    """Old blocks with the new ones that came of them, in order; old ones without any are left out."""
    keys = [[(one.kind, one.level, *one.words) for one in blocks] for blocks in (before, after)]
    groups: list[tuple[range, range]] = []
    for what, a, b, c, d in difflib.SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes():
        if what == "equal":
            groups += [(range(a + n, a + n + 1), range(c + n, c + n + 1)) for n in range(b - a)]
        else:
            groups += _linked(before, after, range(a, b), range(c, d))
    return groups


def _linked(before: Sequence[Printed], after: Sequence[Printed], olds: range, news: range) -> list[tuple[range, range]]:
    """Groups among blocks that changed: those that share half of the words of one of the two."""
    one = [(n, word) for n in olds for word in before[n].words]
    other = [(n, word) for n in news for word in after[n].words]
    shared: dict[tuple[int, int], int] = {}
    matcher = difflib.SequenceMatcher(None, [word for _, word in one], [word for _, word in other], autojunk=False)
    for match in matcher.get_matching_blocks():
        for n in range(match.size):
            pair = one[match.a + n][0], other[match.b + n][0]
            shared[pair] = shared.get(pair, 0) + 1
    links = [pair for pair, n in shared.items() if 2 * n >= min(len(before[pair[0]].words), len(after[pair[1]].words))]
    if not links and [(before[n].kind, before[n].level) for n in olds] == [(after[n].kind, after[n].level) for n in news]:
        links = list(zip(olds, news, strict=True))  # written anew
    groups: list[tuple[range, range]] = []
    for old, new in sorted(links):
        last = groups[-1] if groups else (range(0), range(0))
        if old in last[0] or new in last[1]:
            groups[-1] = range(last[0].start, old + 1), range(last[1].start, max(new + 1, last[1].stop))
        else:
            groups.append((range(old, old + 1), range(new, new + 1)))
    alone = set(news) - {n for _, group in groups for n in group}
    return sorted([*groups, *((range(0), range(n, n + 1)) for n in alone)], key=lambda group: group[1].start)


def _changed(
    typed: Sequence[Typed], before: Sequence[Printed], after: Sequence[Printed], olds: range, news: range, way: int
) -> list[_Part] | None:
    """The new blocks of a group, their text changed as little as can be."""
    if not olds:
        text = markdown(after[news[0]].tokens, marked=way >= 2)
        return None if text is None else [_Part(after[news[0]], text)]
    if len(olds) == len(news) == 1:
        text = typed[olds[0]].text
        if before[olds[0]].tokens != after[news[0]].tokens:
            made = _edited(text, before[olds[0]].tokens, after[news[0]].tokens, way)
            if made is None:
                return None
            text = made
        return [_Part(after[news[0]], text, olds[0], olds[0])]
    whole = END.join(_CONTINUED.sub("\n", typed[n].text) for n in olds)
    made = _edited(whole, _chained(before, olds), _chained(after, news), way)
    pieces = made.split(END) if made is not None else []
    if len(pieces) != len(news):
        return None
    parts = [_Part(after[n], piece.strip()) for n, piece in zip(news, pieces, strict=True)]
    parts[0].origin, parts[0].last = olds[0], olds[-1] if len(parts) == 1 else olds[0]
    parts[-1].last = olds[-1]
    return parts


def _chained(blocks: Sequence[Printed], which: range) -> list[Token]:
    out: list[Token] = []
    for n in which:
        out += [Token("end", "text"), *blocks[n].tokens] if out else blocks[n].tokens
    return out


def _edited(text: str, old: Sequence[Token], new: Sequence[Token], way: int) -> str | None:
    found = edits(text, old, new, way, end=END)
    if found is None:
        return None
    for start, end, put in sorted(found, reverse=True):
        text = text[:start] + put + text[end:]
    return text


# what stands before a block


def _prefixed(parts: list[_Part], typed: Sequence[Typed]) -> bool:
    """Give each block the signs that it begins with; False where no list has a place for it."""
    for index, part in enumerate(parts):
        kind, level = part.printed.kind, part.printed.level
        origin = typed[part.origin] if part.origin is not None else None
        if origin is not None and (origin.kind, origin.level) == (kind, level):
            part.prefix = origin.prefix
        elif kind in ITEMS:
            like = _sibling(parts[:index][::-1], kind, level) or _sibling(parts[index + 1 :], kind, level, typed)
            parent = _parent(parts[:index], level)
            if like is not None:
                part.prefix = like
            elif level and parent is None:
                return False
            else:
                part.prefix = (parent.indent if parent is not None else "") + ("- " if kind == "item" else "1. ")
        elif kind == "more":
            parent = _parent(parts[:index], level + 1)
            if parent is None:
                return False
            part.prefix = parent.indent
        else:
            part.prefix = "> " if kind == "quotation" else ""
        if kind == "number":
            _renumber(part, parts[:index], typed)
    return True


def _sibling(parts: Sequence[_Part], kind: str, level: int, typed: Sequence[Typed] = ()) -> str | None:
    """What the next item of the same list begins with."""
    for part in parts:
        if not part.printed.listed or part.printed.level < level:
            return None
        if part.printed.kind in ITEMS and part.printed.level == level:
            if part.printed.kind != kind:
                return None  # another list begins
            if not typed:
                return part.prefix
            if part.origin is not None and (typed[part.origin].kind, typed[part.origin].level) == (kind, level):
                return typed[part.origin].prefix
    return None


def _parent(parts: Sequence[_Part], level: int) -> _Part | None:
    """The item that a block of this level stands in."""
    for part in reversed(parts):
        if not part.printed.listed:
            return None
        if part.printed.kind in ITEMS and part.printed.level < level:
            return part if part.printed.level == level - 1 else None
    return None


def _renumber(part: _Part, parts: Sequence[_Part], typed: Sequence[Typed]) -> None:
    """Count on in a list whose items are counted; the first keeps what the list began with."""
    number = _NUMBER.search(part.prefix)
    earlier = _sibling(parts[::-1], "number", part.printed.level)
    if number is None:
        return
    olds = [n for one in (*parts, part) if one.origin is not None for n in _same_list(one.origin, typed) if one.printed.kind == "number"]
    counted = [
        int(match[1]) for n in dict.fromkeys(olds) if typed[n].level == part.printed.level if (match := _NUMBER.search(typed[n].prefix))
    ]
    if earlier is not None and (was := _NUMBER.search(earlier)):
        wanted = int(was[1]) + (len(counted) < 2 or counted[0] != counted[1])  # where all have one number, so has the next
    else:
        wanted = counted[0] if part.origin is not None and counted else int(number[1])
    if len(str(wanted)) == len(number[1]):  # another width would move what stands below
        part.prefix = part.prefix[: number.start()] + str(wanted) + number[2]


def _same_list(index: int, typed: Sequence[Typed]) -> list[int]:
    """The items of the list that an old block stands in, in order."""
    level, out = typed[index].level, [index]
    for step in (-1, 1):
        n = index + step
        while 0 <= n < len(typed) and typed[n].listed and typed[n].level >= level:
            if (typed[n].kind, typed[n].level) == (typed[index].kind, level):
                out.append(n)
            elif typed[n].kind in ITEMS and typed[n].level == level:
                break
            n += step
    return sorted(out)


def _gap(parts: Sequence[_Part], index: int, typed: Sequence[Typed]) -> str:
    """The line ends between a block and the one before it."""
    part = parts[index]
    if not index:
        return typed[0].gap if part.origin == 0 else ""
    last = parts[index - 1]
    if part.origin is not None and last.last == part.origin - 1 and typed[part.origin].listed == part.printed.listed:
        return typed[part.origin].gap
    if (
        last.printed.kind in ITEMS
        and part.printed.kind in ITEMS
        and last.printed.kind != part.printed.kind
        and last.printed.level == part.printed.level
    ):
        return "\n\n"
    if part.printed.kind in ITEMS and last.printed.listed:
        alike = [typed[n].gap for n in range(1, len(typed)) if typed[n].kind in ITEMS and typed[n - 1].listed]
        if part.origin and typed[part.origin - 1].listed and typed[part.origin].kind in ITEMS:
            return typed[part.origin].gap
        return "\n\n" if alike and all(gap != "\n" for gap in alike) else "\n"
    return "\n>\n" if part.printed.kind == last.printed.kind == "quotation" else "\n\n"


def _shown(part: _Part, typed: Sequence[Typed], width: int) -> str:
    """The text of a block as it stands in the source."""
    if part.origin is not None and part.prefix and len(part.prefix) == len(typed[part.origin].prefix) and part.origin == part.last:
        return part.text if "\n" in part.text and _CONTINUED.search(part.text) else _lines(part, width)
    if part.origin is not None and part.origin == part.last and not part.prefix and not typed[part.origin].prefix:
        return part.text
    return _lines(part, width)


def _lines(part: _Part, width: int) -> str:
    lines = _CONTINUED.sub("\n", part.text).split("\n")
    if part.origin is None and len(lines) == 1:
        lines = textwrap.wrap(lines[0], max(20, width - len(part.prefix)), break_long_words=False, break_on_hyphens=False) or [""]
    return f"\n{part.indent}".join(lines)


def _as_edits(value: str, text: str) -> list[Edit]:
    """The difference of two texts, in whole lines as far as lines come or go."""
    one, other = value.splitlines(keepends=True), text.splitlines(keepends=True)
    starts = [0]
    for line in one:
        starts.append(starts[-1] + len(line))
    out: list[Edit] = []
    for what, a, b, c, d in difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        start, end, put = starts[a], starts[b], "".join(other[c:d])
        if start and (start == end or not put) and (put or value[start:end]).endswith("\n"):
            start, end = start - 1, end - 1  # from the end of a line to the end of a line: no indentation is cut
            put = "\n" + put[:-1] if put else ""
        elif put:
            while start < end and put and value[start] == put[0] and value[start] != "\n":
                start, put = start + 1, put[1:]
            if start < end and value[end - 1] == put[-1:] == "\n":
                end, put = end - 1, put[:-1]
        out.append(Edit(start, end, put))
    return [edit for edit in out if edit.start < edit.end or edit.text]


def _said(block: Printed) -> str:
    words = "".join("" if one.kind == "call" else one.text for one in block.tokens).strip()
    return words if len(words) <= 60 else words[:59] + "…"


def parted(tokens: Sequence[Token], others: Sequence[Token]) -> bool:
    """Whether two texts differ in their blocks."""
    one, other = ([(block.kind, block.level) for block in printed_blocks(some)] for some in (tokens, others))
    return one != other
