"""A test that lacks something is skipped with the reason, and fails in CI."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import needed


@pytest.mark.parametrize(
    ("lack", "says"),
    [
        (lambda: needed.shared("seeds-of-nobody"), "no ../shared/seeds-of-nobody beside the checkout"),
        (lambda: needed.program("program-of-nobody"), "program-of-nobody is not installed"),
        (lambda: needed.package("package_of_nobody"), "package package_of_nobody is not installed"),
    ],
)
def test_what_is_missing_is_said_and_fails_in_ci(monkeypatch, lack, says):
    for in_ci, outcome in ((False, pytest.skip.Exception), (True, pytest.fail.Exception)):
        monkeypatch.setattr(needed, "IN_CI", in_ci)
        with pytest.raises(outcome, match=re.escape(says)):
            lack()


def test_no_test_skips_in_a_way_of_its_own():
    """But for slow proofs, which conftest leaves out when nobody asks for them."""
    own = re.compile(r"\b(skipif|importorskip|(pytest|mark)\.skip|unittest\.skip|SkipTest|xfail)\b")
    files = [file for file in Path(__file__).parent.glob("*.py") if file.name not in ("needed.py", "conftest.py", Path(__file__).name)]
    assert [file.name for file in files if own.search(file.read_text(encoding="utf-8"))] == []
