"""What stands at the end of a line, for those who do not see lines: a space between two words, a soft hyphen in a broken one.

The engine drops the space at which a line ends, and prints the hyphen of a broken word as any other.  Read aloud or copied, two words would
be one, or one would be two (ISO 32000-1, 14.8.2.2.3 and 14.8.2.5).
"""

from __future__ import annotations

import re
from functools import lru_cache, wraps
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline

HYPHEN = "\u2010"
"""What the engine sets at the end of a line that it hyphenates."""
_SHOWN = re.compile(rb"\[(?P<before>.*)<(?P<glyphs>[0-9a-f]*)(?P<last>[0-9a-f]{4})>(?P<after>[-\d.]*)\] TJ", re.DOTALL)
_FONT = re.compile(rb"/(?P<name>\S+) \S+ Tf")


def remember_spaces() -> None:
    """The words at the end of a line, or the line, remember the space that stood behind them."""
    remove, split = inline.remove_last_whitespace, inline.split_text_box

    @wraps(remove)
    def remove_last_whitespace(context: Any, line: Any) -> None:
        width = line.width
        remove(context, line)
        if line.width != width:
            line._space_behind = True

    @wraps(split)
    def split_text_box(context: Any, box: Any, width: Any, skip: Any, *rest: Any, **more: Any) -> Any:
        result = split(context, box, width, skip, *rest, **more)
        first, resume_at, _ = result
        if first is not None and resume_at is not None and box.text.encode()[:resume_at].endswith(b" "):
            first._space_behind = True
        return result

    inline.remove_last_whitespace, inline.split_text_box = remove_last_whitespace, split_text_box


def mark_line_ends(box: Any) -> None:
    """Tell the last words of each line in a box, and of all lines below it, whether a space follows."""
    box = getattr(box, "_box", box)
    if isinstance(box, boxes.LineBox) and getattr(box, "_space_behind", False):
        last = _last_words(box)
        if last is not None:
            last._space_behind = True
    for child in box.children:
        mark_line_ends(child)


def _last_words(box: Any) -> Any:
    """The last box of a line that prints words."""
    for child in reversed(box.children):
        if isinstance(child, boxes.TextBox):
            if child.text.strip():
                return child
        elif isinstance(child, (boxes.InlineBox, boxes.LineBox)) and (found := _last_words(child)) is not None:
            return found
    return None


def write_line_end(target: Any, box: Any) -> None:
    """Write what stands at the end of the line of words that were drawn last."""
    broken = box.text.endswith(HYPHEN)
    if not broken and not getattr(box, "_space_behind", False):
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
