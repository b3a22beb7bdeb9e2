"""A plugin for pytest: the fixtures ``monitorpub_build`` and ``assert_notes``.  Nothing of the tool is loaded until one is used."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import os


@pytest.fixture
def monitorpub_build(tmp_path: Path) -> Callable[[str | os.PathLike[str]], Path]:
    """A function that builds a source into the test's own folder and gives the path of the PDF; it fails with the report."""

    def build(source: str | os.PathLike[str]) -> Path:
        __tracebackhide__ = True
        from monitorpub import api

        report = api.build(source, output=tmp_path / "monitorpub", jobs=1)
        if not report.ok:
            pytest.fail(f"{source} could not be built\n\n{report}", pytrace=False)
        return report.files[0].file

    return build


@pytest.fixture
def assert_notes() -> Callable[..., None]:
    """``monitorpub.testing.assert_notes``."""
    from monitorpub.testing import assert_notes

    return assert_notes
