"""A content stream as operators with their operands: what nearly all streams are made of is read by one regular expression.

Anything else, such as an image within the stream, makes a stream odd: it is read by pypdf, which knows all of the format and is
many times slower.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator
from typing import Any

from pypdf.generic import ContentStream

_SPACE = rb"[\x00\t\n\x0c\r ]"
_NAME = rb"/[^\x00\t\n\x0c\r ()<>\[\]{}/%]*+"
_HEX = rb"<[0-9A-Fa-f\s]*+>"
_STRING = rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*+\))*+\)"
_DICTIONARY = rb"<<(?:[^<>()%]|" + _HEX + rb"|" + _STRING + rb"|<<[^<>()%]*+>>)*+>>"
_NUMBERS = rb"[-+.0-9\x00\t\n\x0c\r ]++"
_ARRAY = rb"\[(?:[^\[\]()<>%/]|" + _HEX + rb"|" + _STRING + rb"|" + _NAME + rb")*+\]"

_OPERATION = re.compile(
    rb"((?:%s|%s|%s|%s|%s|%s)*+)([A-Za-z'\"][A-Za-z0-9*]*+)(?=%s|[\[/(<]|\Z)"
    % (_NUMBERS, _NAME, _ARRAY, _DICTIONARY, _HEX, _STRING, _SPACE),
    re.DOTALL,
)
_OPERAND = re.compile(rb"([-+.0-9]++)|(%s)|(%s)|(%s)|(%s)|(%s)" % (_NAME, _HEX, _STRING, _ARRAY, _DICTIONARY), re.DOTALL)
_TWO_BYTE_CODES = re.compile(rb"\[(?:<(?:[0-9A-Fa-f]{4})++>|[-+.0-9 ])*+\]")
_PAIR = re.compile(rb"(%s)%s*(%s|[-+.0-9]++|%s|%s)" % (_NAME, _SPACE, _NAME, _HEX, _STRING), re.DOTALL)
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|[\r\n])|(.))", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}

KNOWN = frozenset(
    b"b B b* B* BDC BMC BT BX c cm CS cs d d0 d1 Do DP EMC ET EX f F f* G g gs h i j J K k l m M MP n q Q re RG rg ri s S SC sc SCN scn sh"
    b" T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' \"".split()
)
"""All operators (ISO 32000-1, annex A) but those of images within a stream."""


class Odd(ValueError):
    """A stream that is not made of what the regular expression knows."""


def operations(content: Any, reader: Any, wanted: Container[bytes]) -> list[tuple[bytes, list[Any]]]:
    """The wanted operators of a content stream, in order, with their operands.

    Numbers are floats, names are text with their slash, strings are bytes, arrays are lists; of dictionaries the values that are
    names, numbers and strings are given.
    Raises what pypdf raises for a stream that breaks the rules.
    """
    try:
        return list(quick(data_of(content), wanted))
    except Odd:
        return [(operator, [_plain(one) for one in operands]) for operands, operator in _slow(content, reader) if operator in wanted]


def data_of(content: Any) -> bytes:
    """The bytes of a stream, or of several that are one (ISO 32000-1, 7.8.2).  Raises Odd where they are not to be had."""
    streams = content if isinstance(content, list) else [content]
    try:
        return b"\n".join(stream.get_object().get_data() for stream in streams)
    except Exception:  # pypdf raises all kinds; its own way of reading says what is wrong
        raise Odd from None


def quick(data: bytes, wanted: Container[bytes]) -> Iterator[tuple[bytes, list[Any]]]:
    """The wanted operators of an ordinary stream.  Raises Odd as soon as something is not known."""
    at, match_at = 0, _OPERATION.match
    while match := match_at(data, at):
        operands, operator = match.groups()
        if operator not in KNOWN:
            raise Odd
        at = match.end()
        if operator in wanted:
            yield operator, _operands(operands)
    if data[at:].strip(b"\0\t\n\f\r "):
        raise Odd


def _operands(source: bytes) -> list[Any]:
    if any(sign in source for sign in b"/<(["):
        return [_READ[match.lastindex](match[0]) for match in _OPERAND.finditer(source)]  # type: ignore[index]
    return [_number(one) for one in source.replace(b"\0", b" ").split()]


def _number(source: bytes) -> float:
    try:
        return float(source)
    except ValueError:
        raise Odd from None


def _name(source: bytes) -> str:
    if b"#" in source:
        raise Odd
    return source.decode("latin-1")


def _hex(source: bytes) -> bytes:
    digits = b"".join(source[1:-1].split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


def _string(source: bytes) -> bytes:
    inner = source[1:-1]
    return _ESCAPE.sub(_unescaped, inner) if b"\\" in inner else inner


def _unescaped(match: re.Match[bytes]) -> bytes:
    if match[1]:
        return bytes([int(match[1], 8) & 255])
    if match[2]:
        return b""
    return _ESCAPED.get(match[3], match[3])


def _array(source: bytes) -> list[Any]:
    if _TWO_BYTE_CODES.fullmatch(source):
        source = source.replace(b">0<", b"")  # strings with nothing between them are one
    return _operands(source[1:-1])


def _dictionary(source: bytes) -> dict[str, Any]:
    return {_name(key): _VALUE.get(value[:1], _number)(value) for key, value in _PAIR.findall(source)}


_VALUE: dict[bytes, Callable[[bytes], Any]] = {b"/": _name, b"<": _hex, b"(": _string}
_READ: dict[int, Callable[[bytes], Any]] = {1: _number, 2: _name, 3: _hex, 4: _string, 5: _array, 6: _dictionary}


def _slow(content: Any, reader: Any) -> list[tuple[Any, bytes]]:
    stream = ContentStream(content, reader, "bytes")
    return list(stream.operations)


def _plain(operand: Any) -> Any:
    """An operand of pypdf as one of ours."""
    if isinstance(operand, list):
        return [_plain(one) for one in operand]
    if isinstance(operand, dict) or operand is None or isinstance(operand, (bytes, bool)):
        return operand
    if isinstance(operand, (int, float)):
        return float(operand)
    if original := getattr(operand, "original_bytes", None):
        return original
    return str(operand)
