"""What stands between words for those who do not see lines: a space, and a soft hyphen in a word that a line breaks.

The engine prints no space where a line ends or between two elements, and the hyphen of a broken word as any other.  Read aloud or copied,
two words would be one, or one would be two (ISO 32000-1, 14.8.2.2.3 and 14.8.2.5).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache, wraps
from typing import Any
from unicodedata import bidirectional

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline

HYPHEN = "\u2010"
"""What the engine sets at the end of a line that it hyphenates."""
_SHOWN = re.compile(rb"\[(?P<before>.*)<(?P<glyphs>[0-9a-f]*)(?P<last>[0-9a-f]{4})>(?P<after>[-\d.]*)\] TJ", re.DOTALL)
_FONT = re.compile(rb"/(?P<name>\S+) \S+ Tf")


def remember_line_ends() -> None:
    """A line remembers that a space stood at its end, or before it; words, that the engine broke them with a hyphen."""
    remove, following, split = inline.remove_last_whitespace, inline.get_next_linebox, inline.split_text_box

    @wraps(remove)
    def remove_last_whitespace(context: Any, line: Any) -> None:
        width = line.width
        remove(context, line)
        if line.width != width:
            line._space_behind = True

    @wraps(following)
    def get_next_linebox(context: Any, linebox: Any, y: Any, bottom: Any, skip_stack: Any, *rest: Any, **more: Any) -> Any:
        starts = (skip_stack, inline.skip_first_whitespace(linebox, skip_stack)) if skip_stack is not None else ()
        before = any(_behind_space(linebox, start) for start in starts)
        line, resume_at = following(context, linebox, y, bottom, skip_stack, *rest, **more)
        if line is not None and before:
            line._space_before = True
        return line, resume_at

    @wraps(split)
    def split_text_box(context: Any, box: Any, width: Any, skip: Any, *rest: Any, **more: Any) -> Any:
        result = split(context, box, width, skip, *rest, **more)
        first, resume_at, _ = result
        if first is not None and resume_at is not None and first.text.endswith(HYPHEN):
            first._is_broken = not box.text.encode()[:resume_at].decode().rstrip(" ").endswith(HYPHEN)
        return result

    inline.remove_last_whitespace, inline.get_next_linebox, inline.split_text_box = remove_last_whitespace, get_next_linebox, split_text_box


def _behind_space(box: Any, stack: Any) -> bool:
    """Whether a place in the words of a box lies behind a space, or a line end that is kept."""
    while isinstance(stack, dict):
        ((index, stack),) = stack.items()
        if isinstance(box, boxes.TextBox):
            return bool(box.text.encode()[:index].endswith((b" ", b"\n")))
        box = box.children[index]
    return False


def mark_spaces(lines: Iterable[Any]) -> None:
    """Tell words, in lines in the order of the pages, whether a space follows that the engine does not print."""
    last: dict[int, Any] = {}
    for line in lines:
        words = last.get(id(line.element)) if getattr(line, "_space_before", False) else None
        if words is not None:
            words._space_behind = True
        words = None
        for box in _words_of(line):
            if _shows(box):
                words = box
            elif words is not None:
                words._space_behind = True
        if words is not None and _has_space_behind(line):
            words._space_behind = True
        last[id(line.element)] = words


def _words_of(box: Any) -> Iterator[Any]:
    """The words of a line, of the blocks in it, too, and the breaks of it that were asked for."""
    for child in box.children:
        if isinstance(child, boxes.TextBox) or child.element_tag.startswith("br"):
            yield child
        elif isinstance(child, boxes.ParentBox):
            yield from _words_of(child)


def _shows(box: Any) -> bool:
    return isinstance(box, boxes.TextBox) and bool(box.text.strip())


def end_of(line: Any) -> str:
    """What stands behind the last words of a line, as ``write_space`` writes it: a space, a soft hyphen in a broken word, or nothing."""
    words = next((box for box in reversed([*_words_of(line)]) if _shows(box)), line)
    return "\u00ad" if _is_broken(words) else " " if _has_space_behind(words) else ""


def _is_broken(box: Any) -> bool:
    return getattr(box, "_is_broken", False)


def _has_space_behind(box: Any) -> bool:
    return getattr(box, "_space_behind", False)


def write_direction(target: Any, box: Any) -> None:
    """Say what words from right to left are: glyphs are shown from left to right (ISO 32000-1, 14.8.2.3.3 and 14.9.4)."""
    if not box.text.isascii() and any(bidirectional(sign) in ("R", "AL") for sign in box.text):
        words = box.text.removesuffix(HYPHEN) + ("\u00ad" if _is_broken(box) else " " if _has_space_behind(box) else "")
        target.stream[-2]["ActualText"] = pydyf.String(words)


def write_space(target: Any, box: Any) -> None:
    """Write what stands behind the words that were drawn last."""
    broken = _is_broken(box)
    if not broken and not _has_space_behind(box):
        return
    at = next(
        (n for n in range(len(target.stream) - 1, -1, -1) if isinstance(target.stream[n], bytes) and target.stream[n].endswith(b" TJ")), -1
    )
    shown = _SHOWN.fullmatch(target.stream[at]) if at >= 0 else None
    if shown is None:
        return
    if broken:
        before = shown["before"] + (b"<%s>" % shown["glyphs"] if shown["glyphs"] else b"")
        hyphen = [b"/Span<</ActualText<feff00ad>>>BDC", b"[<%s>%s] TJ" % (shown["last"], shown["after"]), b"EMC"]
        target.stream[at : at + 1] = [b"[%s] TJ" % before, *hyphen] if before else hyphen
    elif (glyph := _space(target, at)) is not None:
        target.stream[at] = target.stream[at].removesuffix(b"] TJ") + b"<%04x>] TJ" % glyph


def _space(target: Any, at: int) -> int | None:
    """The glyph of a space in the font that is set at a place of a stream."""
    name = next(found["name"] for item in reversed(target.stream[:at]) if isinstance(item, bytes) and (found := _FONT.fullmatch(item)))
    font = next(font for font in target._fonts.values() if font.hash.encode() == name)
    known = _space_of(font.file_content)
    if known is None:
        return None
    glyph, width = known
    font.widths.setdefault(glyph, width)
    font.to_unicode.setdefault(glyph, " ")
    return glyph


@lru_cache(maxsize=32)
def _space_of(file: bytes) -> tuple[int, int] | None:
    """The glyph of a space in a font file, and its width in thousandths of the size."""
    import uharfbuzz

    face = uharfbuzz.Face(file)
    font = uharfbuzz.Font(face)
    glyph = font.get_nominal_glyph(ord(" "))
    return (glyph, round(font.get_glyph_h_advance(glyph) * 1000 / face.upem)) if glyph else None
