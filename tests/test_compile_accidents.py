"""What happens to a run of ``monitorpub compile``: damaged caches, full disks, runs that are killed or stopped, two at once."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from monitorpub.content import digest
from volumes import Edition

VOLUME = "profiles/volume.yaml"
KINDS = ["summary", "made", "part", "objects", "words", "font", "feet", "last", "pdf"]


def entries(edition: Edition, kind: str = "*") -> list[Path]:
    return sorted((edition.root / ".monitorpub" / "cache").glob(f"??/*.{kind}"))


def drafts_in(edition: Edition) -> list[Path]:
    """What was half written."""
    return [file for file in edition.root.rglob(".*") if file.is_file() and file.suffix == ".part"]


def full(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


# the cache


def whole(body: bytes) -> bytes:
    """An entry whose first line is right."""
    return b"monitorpub 1 " + digest(body).encode() + b"\n" + body


def cut_off(body: bytes) -> bytes:
    return whole(body)[: len(body) // 2]


def of_another(fields: Callable[[dict], dict]) -> Callable[[bytes], bytes]:
    """An entry of a tool whose entries have other fields; where there are no fields, other JSON."""

    def changed(body: bytes) -> bytes:
        try:
            values = json.loads(body)
        except ValueError:
            values = {}
        return whole(json.dumps(fields(values if isinstance(values, dict) else {})).encode())

    return changed


SPOILT: list[Callable[[bytes], bytes]] = [
    *(lambda body, text=text: whole(text) for text in (b"", b"null", b"[1]", b'"words"', b"\xff\0/", b"../../../../x")),
    of_another(lambda values: {"more": 1, **values}),
    of_another(lambda values: dict(list(values.items())[1:])),
    of_another(dict.fromkeys),
    of_another(lambda values: dict.fromkeys(values, "words")),
    of_another(lambda values: {name: [1] for name in values}),
    of_another(lambda values: {name: {"one": value} for name, value in values.items()}),
]


def spoil(file: Path, how: Callable[[bytes], bytes]) -> None:
    file.write_bytes(how(file.read_bytes().partition(b"\n")[2]))


def look_at(edition: Edition, kind: str) -> list[Path]:
    """The entries of a kind, which the next run reads: the run before this one, if that is not what it is about, is forgotten."""
    if kind in ("last", "pdf"):
        edition.compiled(with_profiles=True)
    else:
        for file in entries(edition, "last"):
            file.unlink()
    return entries(edition, kind)


@pytest.mark.parametrize("kind", KINDS)
def test_entries_that_are_cut_off_are_made_again_and_said(edition, kind):
    before = edition.written
    files = look_at(edition, kind)
    assert files
    for file in files:
        spoil(file, cut_off)
    found = edition.compile(with_profiles=True)
    assert found.value is not None
    assert {(one.code, one.severity.value) for one in found.diagnostics} == {("B001", "warning")}
    assert edition.written == before
    assert edition.compile(with_profiles=True).diagnostics == ()


@pytest.mark.parametrize("kind", KINDS)
def test_entries_of_another_shape_are_made_again(edition, kind):
    """Each entry has another of the shapes; where there are few, there are more runs."""
    before = edition.written
    for turn in range(0, len(SPOILT), len(entries(edition, kind))):
        files = look_at(edition, kind)
        edition.output.unlink()
        for number, file in enumerate(files, turn):
            spoil(file, SPOILT[number % len(SPOILT)])
        edition.compiled(with_profiles=True)
        assert edition.written == before
