"""RTF as a row of tokens (Rich Text Format Specification 1.9.1), and the letters of its code pages."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

Kind = Literal["open", "close", "word", "sign", "byte", "text"]

_TOKEN = re.compile(
    r"(?P<open>\{)|(?P<close>\})|\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<byte>[0-9A-Fa-f]{2})"
    r"|\\(?P<sign>[^A-Za-z])|(?P<text>[^\\{}\r\n\0]+)",
    re.DOTALL,
)
_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258",
    177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
SYMBOL = "symbol"
"""The code page of Symbol fonts, whose signs are no letters."""


class Token(NamedTuple):
    """A brace, a control word with its number, a control sign, a byte in hexadecimal, or a stretch of text."""

    kind: Kind
    words: str
    number: int | None = None


def tokens(text: str) -> Iterator[Token]:
    """The tokens of an RTF file that was decoded byte by byte; the bytes behind ``\\bin`` are passed over."""
    at = 0
    while found := _TOKEN.search(text, at):
        at = found.end()
        kind: Kind = found.lastgroup if found["word"] is None else "word"  # type: ignore[assignment]
        number = int(found["number"]) if found["number"] else None
        if found["word"] == "bin" and number is not None:
            at += max(number, 0)
            continue
        yield Token(kind, found[kind], number)


def code_page(number: int | None) -> str:
    """The encoding of ``\\ansicpg``; Windows-1252 where there is none of this number."""
    try:
        return codecs.lookup(f"cp{number}").name
    except LookupError:
        return "cp1252"


def of_charset(number: int | None, usual: str) -> str:
    """The encoding of the character set of a font; ``usual`` is that of the file."""
    return SYMBOL if number == 2 else _CHARSETS.get(number or 0, usual)


def decoded(data: bytes, page: str) -> str:
    """The letters of some bytes; those of Symbol fonts are signs for private use, as in files of Word."""
    if page == SYMBOL:
        return "".join(chr(0xF000 + byte) if byte > 32 else " " for byte in data)
    return data.decode(page, "replace")


def whole(words: str) -> str:
    """Words in which the halves of letters beyond 16 bits are put together."""
    return words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
