"""The content of a page as pieces of text with their places: what each operator that shows text puts where.

Places are in points from the lower left corner of the page, y upwards, as the file has them.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from monitorpub.verifying.encoding import Font, Sign
from monitorpub.verifying.operators import operations

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
DEEPEST = 12
"""How many forms may stand inside each other."""

UNTAGGED, DECORATION = -1, -2
"""In place of a stretch of marked content: none, and an artifact."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of marked content that has a number, to be found from the structure tree (ISO 32000-1, 14.7.4)."""

    number: int
    stream: int = 0
    """The object number of the form whose content it is; 0 for the page itself."""


@dataclass(frozen=True, eq=False)
class Piece:
    """What one operator shows: signs on one baseline."""

    text: str
    signs: tuple[Sign, ...]
    starts: tuple[float, ...]
    """The x of each sign (of the baseline's start, where the text is turned)."""
    x: float
    y: float
    end_x: float
    end_y: float
    size: float
    """In points on the page."""
    font: Font
    artifact: bool = False
    """Whether the file marks it as no part of the text, such as a running foot."""
    visible: bool = True
    marked: int = UNTAGGED
    """The stretch of marked content, as an index into those of its page; or ``UNTAGGED`` or ``DECORATION``."""
    spoken: str | None = None
    """What is read in its place (ActualText), such as a soft hyphen for a hyphen; None where it is read as it is."""

    @property
    def level(self) -> bool:
        """Whether its baseline is level."""
        return abs(self.end_y - self.y) < 0.01


@dataclass
class _State:
    matrix: Matrix = IDENTITY
    font: Font | None = None
    size: float = 0
    sign_space: float = 0
    word_space: float = 0
    stretch: float = 1
    leading: float = 0
    rise: float = 0
    mode: int = 0


def times(one: Matrix, two: Matrix) -> Matrix:
    """The matrix that does one, then two."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


class Interpreter:
    """Runs through the operators of a page and keeps the pieces."""

    def __init__(self, reader: Any, font_of: Callable[[Any], Font]) -> None:
        self._reader = reader
        self._font_of = font_of
        self.pieces: list[Piece] = []
        self.operators = 0
        """How many operators were met that show something or change how it is shown."""
        self.drawn = False
        """Whether anything was shown that is not marked as an artifact."""
        self.marked: list[Marked] = []
        self.forms: dict[int, Any] = {}
        """The forms that were met, by object number, with their keys in the parent tree."""
        self.shown: set[int] = set()
        """Which stretches of marked content show anything."""
        self.untagged = 0
        """How often something was drawn, other than text, that is neither marked content with a number nor an artifact."""
        self.mixed = 0
        """How often marked content with a number stands within an artifact, or an artifact within it."""
        self.surplus = 0
        """How many stretches of marked content are ended that were not begun, or begun and not ended."""
        self._state = _State()
        self._stack: list[_State] = []
        self._marks: list[bool] = []
        """Whether each stretch of marked content that is open is an artifact."""
        self._within: list[int] = [UNTAGGED]
        """For each that is open the stretch it belongs to, after the page itself."""
        self._stream = 0
        self._spoken: list[list[str] | None] = [None]
        """For each that is open what is read in its place, until it is taken."""
        self._text: Matrix = IDENTITY
        self._line: Matrix = IDENTITY
        self._depth = 0

    def run(self, content: Any, resources: Any) -> None:
        """Take everything a content stream shows."""
        if content is None:
            return
        resources = resources.get_object() if resources is not None else {}
        methods, depth = _METHODS, len(self._marks)
        for operator, operands in operations(content.get_object(), self._reader, methods):
            self.operators += 1
            methods[operator](self, operands, resources)
        self.surplus += abs(len(self._marks) - depth)
        del self._marks[depth:], self._within[depth + 1 :], self._spoken[depth + 1 :]

    def _save(self, _: Any, __: Any) -> None:
        self._stack.append(replace(self._state))

    def _restore(self, _: Any, __: Any) -> None:
        if self._stack:
            self._state = self._stack.pop()

    def _concatenate(self, operands: Any, _: Any) -> None:
        self._state.matrix = times(_matrix(operands), self._state.matrix)

    def _begin(self, _: Any, __: Any) -> None:
        self._text = self._line = IDENTITY

    def _set_font(self, operands: Any, resources: Any) -> None:
        found = _inner(resources, "/Font").get(str(operands[0]))
        self._state.font = self._font_of(found) if found is not None else None
        self._state.size = float(operands[1])

    def _set_state(self, operands: Any, resources: Any) -> None:
        font = _inner(_inner(resources, "/ExtGState"), str(operands[0])).get("/Font")
        if font is not None:
            self._state.font, self._state.size = self._font_of(font.get_object()[0]), float(font.get_object()[1])

    def _move(self, operands: Any, _: Any) -> None:
        self._line = self._text = times((1, 0, 0, 1, float(operands[0]), float(operands[1])), self._line)

    def _move_leading(self, operands: Any, resources: Any) -> None:
        self._state.leading = -float(operands[1])
        self._move(operands, resources)

    def _place(self, operands: Any, _: Any) -> None:
        self._line = self._text = _matrix(operands)

    def _next_line(self, _: Any, resources: Any) -> None:
        self._move((0, -self._state.leading), resources)

    def _show(self, operands: Any, _: Any) -> None:
        self._show_all(operands[:1])

    def _show_array(self, operands: Any, _: Any) -> None:
        self._show_all(operands[0])

    def _show_next(self, operands: Any, resources: Any) -> None:
        self._next_line(None, resources)
        self._show_all(operands[-1:])

    def _show_spaced(self, operands: Any, resources: Any) -> None:
        self._state.word_space, self._state.sign_space = float(operands[0]), float(operands[1])
        self._show_next(operands, resources)

    def _show_all(self, entries: Any) -> None:
        state = self._state
        font = state.font
        if font is None:
            return
        matrix = times(self._text, state.matrix)
        signs: list[Sign] = []
        starts: list[float] = []
        at = end = 0.0
        for entry in entries:
            if isinstance(entry, float):
                at -= entry / 1000 * state.size * state.stretch
                continue
            for sign in font.signs(entry):
                signs.append(sign)
                starts.append(at)
                end = at + sign.width * state.size * state.stretch
                space = state.word_space if font.code_bytes == 1 and sign.code == 32 else 0.0
                at = end + (state.sign_space + space) * state.stretch
        self._text = times((1, 0, 0, 1, at, 0), self._text)
        if not signs:
            return
        a, b, c, d, e, f = matrix
        x, y = e + state.rise * c, f + state.rise * d
        self._count()
        self.pieces.append(
            Piece(
                text="".join(sign.text for sign in signs),
                signs=tuple(signs),
                starts=tuple(x + start * a for start in starts),
                x=x + starts[0] * a,
                y=y + starts[0] * b,
                end_x=x + end * a,
                end_y=y + end * b,
                size=abs(state.size) * math.hypot(c, d),
                font=font,
                artifact=any(self._marks),
                visible=state.mode not in (3, 7),
                marked=self._within[-1],
                spoken=None if self._spoken[-1] is None else self._spoken[-1].pop() if self._spoken[-1] else "",
            )
        )

    def _mark(self, operands: Any, resources: Any) -> None:
        entries = operands[1] if len(operands) > 1 else None
        if isinstance(entries, str):
            entries = _inner(_inner(resources, "/Properties"), entries)
        entries = entries if isinstance(entries, dict) else {}
        artifact, spoken = operands[0] == "/Artifact", entries.get("/ActualText")
        self._spoken.append([_text(spoken)] if isinstance(spoken, (str, bytes)) else self._spoken[-1])
        self._marks.append(artifact)
        around, number = self._within[-1], entries.get("/MCID")
        if artifact or not isinstance(number, (int, float)):
            self.mixed += artifact and around >= 0
            self._within.append(DECORATION if artifact else around)
            return
        self.mixed += around == DECORATION
        self._within.append(len(self.marked))
        self.marked.append(Marked(int(number), self._stream))

    def _unmark(self, _: Any, __: Any) -> None:
        if self._marks:
            self._marks.pop()
            self._within.pop()
            self._spoken.pop()
        else:
            self.surplus += 1

    def _draw(self, _: Any, __: Any) -> None:
        self.untagged += self._within[-1] == UNTAGGED
        self._count()

    def _count(self) -> None:
        self.drawn = self.drawn or not any(self._marks)
        self.shown.add(self._within[-1])

    def _form(self, operands: Any, resources: Any) -> None:
        form = _inner(resources, "/XObject").get(str(operands[0]))
        form = form.get_object() if form is not None else None
        if form is not None and form.get("/Subtype") == "/Image":
            self._draw(None, None)
        if form is None or form.get("/Subtype") != "/Form" or self._depth >= DEEPEST:
            return
        saved, stack, text, line, stream = replace(self._state), self._stack, self._text, self._line, self._stream
        self._stack, self._depth = [], self._depth + 1
        self._stream = getattr(form.indirect_reference, "idnum", 0)
        self.forms[self._stream] = form.get("/StructParents")
        self._state.matrix = times(_matrix(form.get("/Matrix", IDENTITY)), self._state.matrix)
        self.run(form, form.get("/Resources", resources))
        self._depth -= 1
        self._state, self._stack, self._text, self._line, self._stream = saved, stack, text, line, stream


def _setter(name: str, scale: float = 1) -> Callable[[Interpreter, Any, Any], None]:
    def method(interpreter: Interpreter, operands: Any, _: Any) -> None:
        setattr(interpreter._state, name, float(operands[0]) * scale)

    return method


def _inner(source: Any, key: str) -> Any:
    """The dictionary under a key; an empty one where there is none."""
    found = source.get(key)
    return found.get_object() if found is not None else {}


def _text(source: str | bytes) -> str:
    """A string of the format as text (ISO 32000-1, 7.9.2)."""
    if isinstance(source, str):
        return source
    return source[2:].decode("utf-16-be", "replace") if source[:2] == b"\xfe\xff" else source.decode("latin-1")


def _matrix(operands: Any) -> Matrix:
    a, b, c, d, e, f = (float(n) for n in operands)
    return (a, b, c, d, e, f)


_METHODS: dict[bytes, Callable[[Interpreter, Any, Any], None]] = {
    b"q": Interpreter._save,
    b"Q": Interpreter._restore,
    b"cm": Interpreter._concatenate,
    b"BT": Interpreter._begin,
    b"Tf": Interpreter._set_font,
    b"gs": Interpreter._set_state,
    b"Td": Interpreter._move,
    b"TD": Interpreter._move_leading,
    b"Tm": Interpreter._place,
    b"T*": Interpreter._next_line,
    b"Tj": Interpreter._show,
    b"TJ": Interpreter._show_array,
    b"'": Interpreter._show_next,
    b'"': Interpreter._show_spaced,
    b"Tc": _setter("sign_space"),
    b"Tw": _setter("word_space"),
    b"Tz": _setter("stretch", 0.01),
    b"TL": _setter("leading"),
    b"Ts": _setter("rise"),
    b"Tr": _setter("mode"),
    b"BMC": Interpreter._mark,
    b"BDC": Interpreter._mark,
    b"EMC": Interpreter._unmark,
    b"Do": Interpreter._form,
    **dict.fromkeys(b"f F f* B B* b b* S s sh".split(), Interpreter._draw),
    b"INLINE IMAGE": Interpreter._draw,
}
