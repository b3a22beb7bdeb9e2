"""Importing the engine in half the time: its libraries are found at once, and what it hardly ever needs is loaded when it is needed."""

from __future__ import annotations

import ctypes
import ctypes.util
import importlib
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

SONAMES = {
    "gobject-2.0": "libgobject-2.0.so.0",
    "pango-1.0": "libpango-1.0.so.0",
    "harfbuzz": "libharfbuzz.so.0",
    "harfbuzz-subset": "libharfbuzz-subset.so.0",
    "harfbuzz-vector": "libharfbuzz-vector.so.0",
    "fontconfig": "libfontconfig.so.1",
    "pangoft2-1.0": "libpangoft2-1.0.so.0",
}
"""What the engine's libraries are called on Linux, by the names under which it looks for them there."""
OPTIONAL = ("harfbuzz-subset", "harfbuzz-vector")
LATER = ("fontTools.subset", "fontTools.varLib.instancer")
"""Cutting fonts, which is the binder's work here: the engine does it only for fonts that are more than outlines."""


@contextmanager
def quickly() -> Iterator[None]:
    """The engine is imported while this is entered."""
    with _libraries_found_by_name(), _modules_loaded_later():
        yield


@contextmanager
def _libraries_found_by_name() -> Iterator[None]:
    """Libraries are found as the loader finds them; one that must be there and is not, is looked for as usual.

    The engine tries the names that a library has on Windows, on macOS and on Linux, one after the other; for each that is not there
    Python asks ldconfig, the C compiler and the linker, in processes of their own.
    """
    if sys.platform != "linux":
        yield
        return
    search = ctypes.util.find_library

    def find_library(name: str) -> str | None:
        if name not in SONAMES:
            return None
        try:
            ctypes.CDLL(SONAMES[name])
        except OSError:
            return None if name in OPTIONAL else search(name)
        return SONAMES[name]

    ctypes.util.find_library = find_library
    try:
        yield
    finally:
        ctypes.util.find_library = search


class _Later(ModuleType):
    """Stands for a module of which only functions and classes are called: the first call loads it."""

    def __getattr__(self, attribute: str) -> Callable[..., Any]:
        if attribute.startswith("__"):
            raise AttributeError(attribute)

        def call(*values: Any, **named: Any) -> Any:
            return getattr(importlib.import_module(self.__name__), attribute)(*values, **named)

        return call


@contextmanager
def _modules_loaded_later() -> Iterator[None]:
    standing = {name: _Later(name) for name in LATER if name not in sys.modules}
    sys.modules.update(standing)
    try:
        yield
    finally:
        for name, module in standing.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]
