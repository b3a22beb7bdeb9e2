"""Images of an RTF file (Rich Text Format 1.9.1): they are taken out before it is read, and a name stands for each."""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass, field

from monitorpub.importing.document import Image

_PICTURE = re.compile(rb"\{(?:\\\*)?\s*\\pict\b")
_STEP = re.compile(rb"\\bin(\d{1,9}) ?|\\[{}\\]|[{}]")
_KIND = re.compile(rb"\\(pngblip|jpegblip|emfblip|wmetafile|macpict|dibitmap|pmmetafile|wbitmap)")
_WORDS = re.compile(rb"\{\\sn wzDescription\}\s*\{\\sv ([^{}]*)\}")
_ENDINGS = {b"pngblip": "png", b"jpegblip": "jpg", b"emfblip": "emf", b"wmetafile": "wmf"}
_INSTEAD = re.compile(rb"\{\\nonshppict\s*\Z")


@dataclass
class Pictures:
    """What an RTF file holds beside its text."""

    text: bytes = b""
    """The file with a name in place of each image."""
    images: dict[str, Image] = field(default_factory=dict)
    """By these names."""
    parts: dict[str, bytes] = field(default_factory=dict)
    """What the images hold, by their addresses."""


def pictures_of(data: bytes) -> Pictures:
    """Take the images out of an RTF file.  What stands there for older programs, too, is left out."""
    out = Pictures()
    pieces, end = [], 0
    for found in _PICTURE.finditer(data):
        if found.start() < end:
            continue
        stop, held = _group(data, found.start())
        if not stop:
            break
        pieces.append(data[end : found.start()])
        end = stop
        if _INSTEAD.search(data[max(0, found.start() - 20) : found.start()]):
            continue
        group = data[found.start() : end]
        kind, words = _KIND.search(group), _WORDS.search(group)
        address = f"picture-{len(out.images) + 1}.{_ENDINGS.get(kind[1] if kind else b'', 'bmp')}"
        out.images[address] = Image(address, _unescaped(words[1]) if words else "")
        out.parts[address] = held or _from_hex(group)
        pieces.append(b"{\\pict " + address.encode() + b"}")
    out.text = b"".join([*pieces, data[end:]])
    return out


def _group(data: bytes, start: int) -> tuple[int, bytes]:
    """Where the group that begins at ``start`` ends (0 where it does not), and the bytes that it holds as they are."""
    depth, at, held = 0, start, b""
    while step := _STEP.search(data, at):
        at = step.end()
        if step[1] is not None:
            held = data[at : at + int(step[1])]
            at += int(step[1])
        elif step[0] == b"{":
            depth += 1
        elif step[0] == b"}":
            depth -= 1
            if not depth:
                return at, held
    return 0, held


def _from_hex(group: bytes) -> bytes:
    """The bytes that a group has as figures, outside the groups in it."""
    out, depth, at = [], 0, 0
    for step in _STEP.finditer(group):
        if depth == 1:
            out.append(group[at : step.start()])
        depth += {b"{": 1, b"}": -1}.get(step[0], 0)
        at = step.end()
    figures = re.sub(rb"[^0-9A-Fa-f]", b"", re.sub(rb"\\\*|\\[a-z]+-?\d* ?", b" ", b"".join(out)))
    return binascii.unhexlify(figures[: len(figures) // 2 * 2])


def _unescaped(words: bytes) -> str:
    """Words of RTF: signs by their number in Unicode or in Windows-1252."""
    text = re.sub(r"\\u(-?\d{1,5}) ?(?:\\'[0-9a-f]{2}|\?)?", lambda one: chr(int(one[1]) % 65536), words.decode("cp1252", "replace"))
    text = re.sub(r"\\'([0-9a-fA-F]{2})", lambda one: bytes([int(one[1], 16)]).decode("cp1252", "replace"), text)
    return " ".join(re.sub(r"\\(?:[a-z]+-?\d* ?|)", "", text).split())
