"""What tests need that a machine may lack: its tests are skipped there and say why, and in CI (``CI=true``) they fail."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from pathlib import Path
from typing import NoReturn

import pytest

IN_CI = os.environ.get("CI") == "true"
"""Read once: some tests take the variable away."""
SHARED = Path(__file__).parents[2] / "shared"
"""Real reports and figures, in a folder beside the checkout."""


def missing(what: str) -> NoReturn:
    """End a test for want of something: skipped, or failed in CI."""
    if IN_CI:
        pytest.fail(f"{what}, and in CI nothing may be left out", pytrace=False)
    pytest.skip(what)


def shared(name: str) -> Path:
    """A file or folder that lies in ``../shared``."""
    if not (SHARED / name).exists():
        missing(f"there is no ../shared/{name} beside the checkout")
    return SHARED / name


def program(name: str) -> str:
    """The path of a program."""
    found = shutil.which(name)
    if found is None:
        missing(f"{name} is not installed")
    return found


def package(name: str) -> None:
    """A Python package that the tool itself does not need."""
    if importlib.util.find_spec(name) is None:
        missing(f"the package {name} is not installed")


def linux() -> None:
    """Linux, where a test looks into what only that has."""
    if sys.platform != "linux":
        missing(f"this is {sys.platform}, and the test is about Linux")
