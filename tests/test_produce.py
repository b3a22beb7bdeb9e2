"""Writing: all PDFs or none, and nothing half written, whatever happens."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from monitorpub import drafts, workers
from monitorpub.pipeline import build
from monitorpub.typeset import Limits

BARE = (Path(__file__).parent / "profiles" / "bare.yaml").read_text(encoding="utf-8")


@pytest.fixture
def sources(tmp_path):
    files = [tmp_path / "one.yaml", tmp_path / "two.yaml"]
    for file in files:
        file.write_text(BARE, encoding="utf-8")
    return files


def left(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_a_target_that_cannot_be_replaced_stops_all(sources, tmp_path):
    out = tmp_path / "out"
    (out / "two.pdf").mkdir(parents=True)
    (out / "one.pdf").write_bytes(b"earlier")
    done, said = build(sources, out)
    assert done == []
    assert [d.code for d in said] == ["F006"]
    assert left(out) == ["one.pdf", "two.pdf"]
    assert (out / "one.pdf").read_bytes() == b"earlier"


def test_an_error_in_one_source_leaves_all_earlier_files(sources, tmp_path):
    out = tmp_path / "out"
    build(sources, out)
    before = {file.name: file.read_bytes() for file in out.iterdir()}
    sources[0].write_text(BARE + "key-developments: Lost.[^x]\n", encoding="utf-8")
    sources[1].write_text(BARE + "key-developments: More.\n", encoding="utf-8")
    assert build(sources, out)[0] == []
    assert {file.name: file.read_bytes() for file in out.iterdir()} == before


def test_a_typesetting_out_of_time_writes_nothing(sources, tmp_path, monkeypatch):
    monkeypatch.setattr(workers, "_START", 0.0)
    done, said = build(sources, tmp_path / "out", limits=Limits(seconds=0.0))
    assert done == []
    assert {d.code for d in said} == {"P007"}
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_draft_that_fails_leaves_nothing(tmp_path, monkeypatch, fault):
    def fail(_):
        raise fault

    monkeypatch.setattr(drafts.os, "fsync", fail)
    with pytest.raises(type(fault)):
        drafts.draft(tmp_path / "x.pdf", b"data")
    assert left(tmp_path) == []


def test_what_a_killed_run_left_is_swept_when_it_is_old(tmp_path):
    old, new = tmp_path / ".a.pdf.x1.part", tmp_path / ".a.pdf.x2.part"
    other = tmp_path / ".b.pdf.x3.part"
    for file in (old, new, other):
        file.write_bytes(b"half")
    for file in (old, other):
        os.utime(file, (0, 0))
    assert drafts.write_files({tmp_path / "a.pdf": b"whole"}) == []
    assert sorted(file.name for file in tmp_path.iterdir()) == [".a.pdf.x2.part", ".b.pdf.x3.part", "a.pdf"]
