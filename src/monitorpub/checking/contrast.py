"""Colours of tokens against each other: the contrast of text with what it is printed on (WCAG 2.1, success criterion 1.4.3)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

ENOUGH = 4.5
"""The least contrast of text that is not large.  The colours of large titles are printed in small type too, so that it holds for all."""

PAIRS = (
    ("--text-colour", "--page-colour"),
    ("--text-quiet-colour", "--page-colour"),
    ("--heading-colour", "--page-colour"),
    ("--label-colour", "--page-colour"),
    ("--accent-colour", "--page-colour"),
    ("--text-colour", "--box-colour"),
    ("--text-quiet-colour", "--box-colour"),
    ("--heading-colour", "--box-colour"),
    ("--band-text-colour", "--band-colour"),
    ("--band-quiet-colour", "--band-colour"),
)
"""Tokens in which text is printed, each with one on which it is printed: the styles that come with the tool (tested)."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"(?P<heads>[^{};]*)\{(?P<body>[^{}]*)(?:\}|\Z)")
_TOKEN = re.compile(r"(?P<name>--[\w-]+)\s*:\s*(?P<value>[^;{}]*[^;{}\s])")
_VAR = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,([^()]*(?:\([^()]*\)[^()]*)*))?\)")

Colour = tuple[float, float, float]
"""Red, green and blue of sRGB, from 0 to 1."""


@dataclass(frozen=True)
class Faint:
    """Two tokens whose contrast is too low: both colours, and one that would do in place of the first.

    ``sheet``, ``start`` and ``end`` say where to change it: the value of the first token, of one that it takes its colour from, or of the
    second; whichever stands in a sheet of one's own.
    """

    text: str
    ground: str
    sheet: int
    start: int
    end: int
    colours: tuple[str, str]
    contrast: float
    better: str


@dataclass(frozen=True)
class _Token:
    """What a token is said to be, and where."""

    value: str
    sheet: int
    start: int
    end: int


def faint(sheets: Sequence[str], own: Collection[int]) -> Iterator[Faint]:
    """The pairs of tokens in style sheets, in their order, that are too faint by what the sheets with the indexes ``own`` say.

    Of a token that is said several times, the last counts.  A colour that cannot be told is not judged.
    """
    tokens = _tokens(sheets)
    values = {name: token.value for name, token in tokens.items()}
    said: set[tuple[int, int, str, str]] = set()
    for text, ground in PAIRS:
        colour, under = colour_of(values.get(text, ""), values), colour_of(values.get(ground, ""), values)
        if colour is None or under is None or contrast(colour, under) >= ENOUGH:
            continue
        place = next((token for name in (text, ground) for token in _chain(name, tokens) if token.sheet in own), None)
        if place is None or (place.sheet, place.start, _hex(colour), _hex(under)) in said:
            continue
        said.add((place.sheet, place.start, _hex(colour), _hex(under)))
        where = place.sheet, place.start, place.end
        yield Faint(text, ground, *where, (_hex(colour), _hex(under)), contrast(colour, under), _hex(_better(colour, under)))


def _tokens(sheets: Sequence[str]) -> dict[str, _Token]:
    """The tokens that hold for the whole page."""
    tokens: dict[str, _Token] = {}
    for index, sheet in enumerate(sheets):
        plain = _COMMENT.sub(lambda comment: " " * len(comment[0]), sheet)
        for rule in _RULE.finditer(plain):
            if ":root" in {one.strip() for one in rule["heads"].split(",")}:
                for match in _TOKEN.finditer(plain, *rule.span("body")):
                    tokens[match["name"]] = _Token(match["value"], index, *match.span("value"))
    return tokens


def _chain(name: str, tokens: Mapping[str, _Token]) -> list[_Token]:
    """What a token is said to be, and the tokens that it takes its colour from."""
    out: list[_Token] = []
    waiting = [name]
    while waiting:
        token = tokens.get(waiting.pop(0))
        if token is not None and token not in out:
            out.append(token)
            waiting += [match[1] for match in _VAR.finditer(token.value)]
    return out


def colour_of(value: str, values: Mapping[str, str]) -> Colour | None:
    """The colour that a value comes to, through var(); None for what is no colour, or has to be mixed with what lies under it."""
    import tinycss2.color4  # it comes with the engine, which reads colours with it

    for _ in range(len(values) + 1):
        if not (match := _VAR.search(value)):
            break
        value = value[: match.start()] + values.get(match[1], match[2] or "").strip() + value[match.end() :]
    parsed = tinycss2.color4.parse_color(value)
    if parsed is None or parsed == "currentcolor" or parsed.alpha != 1:
        return None
    red, green, blue = (min(1.0, max(0.0, part or 0.0)) for part in parsed.to("srgb").coordinates)
    return red, green, blue


def contrast(one: Colour, other: Colour) -> float:
    """The contrast of two colours, from 1 to 21 (WCAG 2.1, contrast ratio)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: Colour) -> float:
    """Relative luminance (WCAG 2.1)."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _better(colour: Colour, under: Colour) -> Colour:
    """The colour mixed with as little black or white as is enough: black on a light ground, white on a dark one."""
    end = 0.0 if contrast((0, 0, 0), under) >= contrast((1, 1, 1), under) else 1.0
    for step in range(1, 101):
        red, green, blue = (round((part + (end - part) * step / 100) * 255) / 255 for part in colour)
        if contrast((red, green, blue), under) >= ENOUGH:
            return red, green, blue
    return end, end, end


def _hex(colour: Colour) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour)
