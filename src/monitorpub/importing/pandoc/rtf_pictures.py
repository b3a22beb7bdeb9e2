"""Images of an RTF file (Rich Text Format 1.9.1): pandoc names each by the digest of its bytes, and does not give them."""

from __future__ import annotations

import binascii
import hashlib
import re

from monitorpub.importing.document import Image

_PICTURE = re.compile(rb"\{(?:\\\*)?\s*\\pict\b")
_STEP = re.compile(rb"\\bin(\d{1,9}) ?|\\[{}\\]|[{}]")
_KIND = re.compile(rb"\\(pngblip|jpegblip|emfblip|wmetafile|macpict|dibitmap|pmmetafile|wbitmap)")
_WORDS = re.compile(rb"\{\\sn wzDescription\}\s*\{\\sv ([^{}]*)\}")
_ENDINGS = {b"pngblip": "png", b"jpegblip": "jpg", b"emfblip": "emf", b"wmetafile": "wmf"}
_INSTEAD = re.compile(rb"\{\\nonshppict\s*\Z")


def pictures_of(data: bytes) -> tuple[dict[str, Image], dict[str, bytes]]:
    """The images of an RTF file, and their bytes, both by the name that pandoc gives them."""
    images: dict[str, Image] = {}
    parts: dict[str, bytes] = {}
    end = 0
    for found in _PICTURE.finditer(data):
        if found.start() < end or _INSTEAD.search(data[max(0, found.start() - 20) : found.start()]):
            continue
        end, held = _group(data, found.start())
        group = data[found.start() : end]
        if (kind := _KIND.search(group)) is None:
            continue
        picture = held if held else _from_hex(group)
        name = f"{hashlib.sha1(picture, usedforsecurity=False).hexdigest()}.{_ENDINGS.get(kind[1], 'bmp')}"
        words = _WORDS.search(group)
        images[name] = Image(name, _unescaped(words[1]) if words else "")
        parts[name] = picture
    return images, parts


def _group(data: bytes, start: int) -> tuple[int, bytes]:
    """Where the group that begins at ``start`` ends, and the bytes that it holds as they are."""
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
    return len(data), held


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
