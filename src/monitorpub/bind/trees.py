"""Name trees (ISO 32000-1, 7.9.6)."""

from __future__ import annotations

from codecs import BOM_UTF16_BE
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise

from monitorpub.bind.writer import File

LEAF = 100
"""Names in one leaf."""


def name_tree(file: File, entries: Iterable[tuple[bytes, bytes]]) -> int:
    """The number of a tree of names (strings as PDF writes them) and values.  Raises ValueError for a name that stands twice."""
    known = sorted((_value(name), name, value) for name, value in entries)
    for (first, name, _), (second, _, _) in pairwise(known):
        if first == second:
            raise ValueError(f"the name {name.decode('latin-1')} stands twice")
    leaves = []
    for some in _leaves(known):
        body = b" ".join(b"%s %s" % (name, value) for _, name, value in some)
        leaves.append(file.add(b"<</Limits[%s %s]/Names[%s]>>" % (some[0][1], some[-1][1], body)))
    return file.add(b"<</Kids[%s]>>" % b" ".join(b"%d 0 R" % leaf for leaf in leaves))


def _leaves(known: list[tuple[bytes, bytes, bytes]]) -> Iterator[list[tuple[bytes, bytes, bytes]]]:
    """The entries leaf by leaf.  No leaf has names in UTF-16 beside others: some readers look for names as text, not as bytes."""
    for _, alike in groupby(known, lambda entry: entry[0].startswith(BOM_UTF16_BE)):
        some = list(alike)
        yield from (some[start : start + LEAF] for start in range(0, len(some), LEAF))


def _value(name: bytes) -> bytes:
    """The bytes that a string stands for, by which a tree is sorted."""
    if name.startswith(b"<"):
        return bytes.fromhex(name[1:-1].decode("ascii"))
    return name[1:-1].replace(b"\\(", b"(").replace(b"\\)", b")").replace(b"\\\\", b"\\")
