"""A review copy as it was made and as it came back, field by field.

Blocks find their field by their bookmarks.  Where a program lost one, the block between two that are known stands for it.  A note finds its
own by its bookmark, by its words, or by the place of its call: LibreOffice keeps no bookmarks in notes.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from monitorpub.exporting.reading import Block, Reviewed, Token
from monitorpub.number import Steps


@dataclass
class Change:
    """A field whose text is another one than in the copy that was made."""

    path: Steps | None
    old: list[Token]
    new: list[Token]


@dataclass(frozen=True)
class Lost:
    """What cannot be brought back."""

    path: Steps | None
    message: str
    token: int = 0
    """Which token of the field it is about, in the copy that was made."""


@dataclass
class Compared:
    """The outcome."""

    changes: list[Change] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)
    places: dict[int, Steps | None] = field(default_factory=dict)
    """The field of each block that came back, by the block's identity."""
    held: set[Steps] = field(default_factory=set)
    """Fields that stay as they are: some of their words stand where they cannot be brought back from."""
    made: dict[Steps, list[Token]] = field(default_factory=dict)
    """The tokens of each field in the copy that was made."""
    tokens: dict[int, int] = field(default_factory=dict)
    """The token of the field in the copy that was made at which each block that came back stands, by the block's identity."""
    fields: dict[Steps, list[Token]] = field(default_factory=dict)
    """The tokens of each field as they came back."""


def compare(made: Reviewed, paths: Mapping[str, Steps | None], got: Reviewed, long: set[Steps]) -> Compared:
    """What changed; ``long`` are the fields that may have several paragraphs."""
    return _Comparing(made, paths, got, long).compared()


class _Comparing:
    def __init__(self, made: Reviewed, paths: Mapping[str, Steps | None], got: Reviewed, long: set[Steps]) -> None:
        made.blocks = [block for block in made.blocks if block.names]  # pandoc puts an empty paragraph between tables
        self.made, self.paths, self.got, self.long = made, paths, got, long
        self.out = Compared()
        self.index = {block.names[0]: index for index, block in enumerate(made.blocks) if block.names}
        self._number = {id(block): index for index, block in enumerate(made.blocks)}
        self._starts: dict[int, int] = {}
        self.marks = {one.form[0]: one.text for block in made.blocks for one in block.tokens if one.kind == "mark" and one.form}
        self.notes_made = {name: self._path(blocks[0]) for name, blocks in made.notes.items() if blocks and blocks[0].names}

    def _path(self, block: Block) -> Steps | None:
        return self.paths[block.names[0]]

    def compared(self) -> Compared:
        pairs = self._pairs()
        last = -1
        calls = self._calls(pairs)
        tokens = {id(block): self._named(block, calls, pairs) for block in self.got.blocks}
        fields = self._fields(pairs)
        old: dict[object, list[Block]] = {}
        for block in self.made.blocks:
            old.setdefault(self._key(block), []).append(block)
        for key, blocks in old.items():
            before = _joined([self._own(block) for block in blocks], blocks)
            came = fields.get(key, [])
            self._begin(self._path(blocks[0]), blocks, before)
            after = _joined([tokens[id(block)] for block in came], came)
            self._say(self._path(blocks[0]), before, after)
        for index, block in enumerate(self.got.blocks):
            last = pairs.get(index, last)
            self.out.tokens[id(block)] = self._starts.get(last, 0)
        self._compare_notes(calls)
        return self.out

    def _begin(self, path: Steps | None, blocks: Sequence[Block], tokens: list[Token]) -> None:
        """Remember at which of its field's tokens each block begins."""
        if path is not None:
            self.out.made[path] = tokens
        begins = [0, *(index + 1 for index, one in enumerate(tokens) if one.kind == "end" and index)]
        for block, begin in zip((one for one in blocks if one.tokens), begins, strict=True):
            self._starts[self._number[id(block)]] = begin

    def _say(self, path: Steps | None, before: list[Token], after: list[Token]) -> None:
        if path is not None:
            self.out.fields[path] = after
        if before != after:
            self.out.changes.append(Change(path, before, after))

    def _key(self, block: Block) -> object:
        path = self._path(block)
        return block.names[0] if path is None else path

    # blocks

    def _pairs(self) -> dict[int, int]:
        """For each block that came back, by its index, that of the block it was."""
        pairs: dict[int, int] = {}
        taken: set[int] = set()
        for index, block in enumerate(self.got.blocks):
            known = [self.index[name] for name in block.names if name in self.index and self.index[name] not in taken]
            if not known:
                continue
            words = block.words
            best = max(known, key=lambda one: difflib.SequenceMatcher(None, self.made.blocks[one].words, words).quick_ratio())
            pairs[index] = best
            taken.add(best)
            others = {self._key(self.made.blocks[one]) for one in known} - {self._key(self.made.blocks[best])}
            if others and any(self.made.blocks[one].words and self.made.blocks[one].words in words for one in known if one != best):
                self.out.lost.append(Lost(self._path(self.made.blocks[best]), "It was joined with a paragraph of another field."))
                self.out.held |= {path for one in known if (path := self._path(self.made.blocks[one])) is not None}
        self._fill(pairs, taken)
        order = [pairs[index] for index in sorted(pairs)]
        kept = {
            order[b.a + n] for b in difflib.SequenceMatcher(None, order, sorted(order), False).get_matching_blocks() for n in range(b.size)
        }
        for one in order:
            if one not in kept:
                self.out.lost.append(
                    Lost(self._path(self.made.blocks[one]), f"It was moved to another place: {_short(self.made.blocks[one].words)}")
                )
        for index, one in pairs.items():
            was, now = (_called(block.kind) for block in (self.made.blocks[one], self.got.blocks[index]))
            path = self._path(self.made.blocks[one])
            inner = path in self.long and not {was, now} & {"heading", "cell"}  # such a field may change its blocks
            if was != now and self.got.blocks[index].tokens and not inner:
                self.out.lost.append(Lost(path, f"It was {_with_article(was)}, and is {_with_article(now)} now."))
        return pairs

    def _fill(self, pairs: dict[int, int], taken: set[int]) -> None:
        """Pair blocks that lost their bookmarks: as many on both sides between two that are known."""
        gap: list[int] = []
        last = -1
        for index in range(len(self.got.blocks) + 1):
            if index < len(self.got.blocks) and index not in pairs:
                if self.got.blocks[index].tokens:
                    gap.append(index)
                continue
            upto = pairs[index] if index < len(self.got.blocks) else len(self.made.blocks)
            free = [one for one in range(last + 1, upto) if one not in taken]
            if (
                gap
                and len(free) == len(gap)
                and all(self.made.blocks[a].kind == self.got.blocks[b].kind for a, b in zip(free, gap, strict=True))
            ):
                pairs.update(zip(gap, free, strict=True))
                taken.update(free)
            gap, last = [], upto

    def _fields(self, pairs: dict[int, int]) -> dict[object, list[Block]]:
        """The blocks of each field that came back, in the order in which they were; new ones behind the one before them."""
        placed: dict[object, list[tuple[float, int, Block]]] = {}
        at, key = 0.0, object()
        path: Steps | None = None
        was: Block | None = None
        for index, block in enumerate(self.got.blocks):
            if index in pairs:
                was = self.made.blocks[pairs[index]]
                at, key, path = float(pairs[index]), self._key(was), self._path(was)
            elif not block.tokens:
                continue
            elif path is None or not self._room(block, path):
                self._new(block, path, was)
                continue
            self.out.places[id(block)] = path
            if block.tokens:
                placed.setdefault(key, []).append((at, index, block))
        return {key: [block for *_, block in sorted(blocks, key=lambda one: one[:2])] for key, blocks in placed.items()}

    def _room(self, block: Block, path: Steps) -> bool:
        """Whether a field may have a new block behind its others."""
        entry = path[0] == "recommendations" and block.kind in ("item 0", "number 0")
        return path in self.long and not entry and block.kind != "cell" and not block.kind.startswith("heading")

    def _new(self, block: Block, path: Steps | None, behind: Block | None) -> None:
        """Say that a block has no field to stand in; where its words were those of the field before it, that one is kept whole."""
        message = f"A new {_called(block.kind)} stands behind it: {_short(block.words)}"
        message += "" if message[-1] in ".?!…" else "."
        if path is not None and (path[0] == "recommendations" or "items" in path):
            name = "recommendations" if path[0] == "recommendations" else "items"
            message += f" Make it an entry of {name} in the source{', with an id of its own' if name != 'items' else ''}."
        if path is not None and behind is not None and _words([block]) in behind.words:
            self.out.held.add(path)
            message += " The words before it stay as they were, too."
        self.out.lost.append(Lost(path, message))

    # notes

    def _calls(self, pairs: dict[int, int]) -> dict[str, str]:
        """For each note that came back, the id of the note it was."""
        calls: dict[str, str] = {}
        by_name = {name: note for note, blocks in self.made.notes.items() for block in blocks for name in block.names}
        for note, blocks in self.got.notes.items():
            if found := [by_name[name] for block in blocks for name in block.names if name in by_name]:
                calls.setdefault(note, found[0])
        words = {note: _words(blocks) for note, blocks in self.made.notes.items()}
        once = {text: note for note, text in words.items() if Counter(words.values())[text] == 1}
        for note, blocks in self.got.notes.items():
            if note not in calls and (was := once.get(_words(blocks))) and was not in calls.values():
                calls[note] = was
        for index, one in sorted(pairs.items()):
            now = [token.text for token in self.got.blocks[index].tokens if token.kind == "call" and token.text not in calls]
            was_ = [t.text for t in self.made.blocks[one].tokens if t.kind == "call" and t.text not in calls.values()]
            if len(now) == len(was_):
                calls.update(zip(now, was_, strict=True))
            else:  # the one with the most words in common
                for note in now:
                    text = _words(self.got.notes.get(note, []))
                    near = difflib.get_close_matches(text, [words[a] for a in was_ if a not in calls.values()], 1, 0.6) if text else []
                    if near:
                        calls[note] = next(a for a in was_ if words[a] == near[0] and a not in calls.values())
        return calls

    def _name(self, note: str) -> str:
        path = self.notes_made.get(note)
        return str(path[-1]) if path else note

    def _own(self, block: Block) -> list[Token]:
        own = [token._replace(text=self._name(token.text)) if token.kind == "call" else token for token in block.tokens]
        return [self._later(token) if token.kind == "mark" else token for token in own]

    def _later(self, mark: Token) -> Token:
        """A later call of a note as a call; one whose mark was written anew or copied is a word of the tool."""
        path = self.paths.get(mark.form[0]) if mark.form else None
        if path is None or self.marks.get(mark.form[0]) != mark.text:
            return Token("fixed", mark.text)
        return Token("call", str(path[-1]))

    def _named(self, block: Block, calls: Mapping[str, str], pairs: Mapping[int, int]) -> list[Token]:
        """The tokens of a block, calls with the labels of their notes; new notes are said and left out."""
        out: list[Token] = []
        for token in block.tokens:
            if token.kind == "mark":
                out.append(self._later(token))
            elif token.kind != "call":
                out.append(token)
            elif token.text in calls:
                out.append(token._replace(text=self._name(calls[token.text])))
            else:
                index = next(i for i, one in enumerate(self.got.blocks) if one is block)
                path = self._path(self.made.blocks[pairs[index]]) if index in pairs else None
                before = "".join(one.text for one in out if one.kind == "word")[-40:].strip()
                words = _words(self.got.notes.get(token.text, []))
                self.out.lost.append(Lost(path, f"A new note is called behind “{before}”: {_short(words) or 'an end note'}"))
        return out

    def _compare_notes(self, calls: Mapping[str, str]) -> None:
        came = {was: note for note, was in calls.items()}
        called = {token.text for block in self.got.blocks for token in block.tokens if token.kind == "call"}
        for note, blocks in self.made.notes.items():
            path = self.notes_made.get(note)
            new = came.get(note)
            if new is None or new not in called:
                continue  # its call is gone, which the field of the call shows
            now = [block for block in self.got.notes[new] if block.tokens]
            before, after = _joined([b.tokens for b in blocks], blocks), _joined([b.tokens for b in now], now)
            begins = [0, *(index + 1 for index, one in enumerate(before) if one.kind == "end")]
            for index, block in enumerate(now):
                self.out.places[id(block)] = path
                self.out.tokens[id(block)] = begins[min(index, len(begins) - 1)]
            if path is not None:
                self.out.made[path] = before
            if all(token.kind == "fixed" for token in before) and before == after:
                continue
            self._say(path, before, after)


def _joined(tokens: Sequence[list[Token]], blocks: Sequence[Block]) -> list[Token]:
    out: list[Token] = []
    for one, block in zip(tokens, blocks, strict=True):
        kind = "text" if block.kind.startswith("heading") else block.kind
        if one and (out or kind != "text"):
            out.append(Token("end", kind))
        out += one
    return out


def _called(kind: str) -> str:
    """A kind of block in words."""
    name = kind.split(maxsplit=1)[0]
    return {
        "text": "paragraph",
        "cell": "cell of a table",
        "more": "paragraph of a list",
        "item": "item of a list",
        "number": "numbered item",
    }.get(name, name)


def _with_article(name: str) -> str:
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def _words(blocks: Sequence[Block]) -> str:
    return " ".join(block.words for block in blocks)


def _short(words: str) -> str:
    return words if len(words) <= 120 else words[:119] + "…"
