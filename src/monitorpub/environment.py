"""What every page depends on beside its source: the tool, the libraries it stands on, and the layouts, styles and fonts of a workspace."""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import sys
from functools import cache
from pathlib import Path

from monitorpub.content import digest
from monitorpub.workspace import Workspace

LIBRARIES = (("pango-1.0", "pango_version_string"), ("harfbuzz", "hb_version_string"))
"""Those of the system that break lines and shape words."""


def environment(workspace: Workspace) -> str:
    """A digest that changes when pages might."""
    pieces = [tool().encode()]
    for kind in ("layouts", "styles", "fonts"):
        for folder in workspace.folders(kind):
            pieces.append(tree(folder).encode())
    return digest(*pieces)


@cache
def tool() -> str:
    """A digest of the tool, of Python and of what is installed beside it."""
    package = Path(__file__).parent
    beside = sorted(name for folder in sys.path if os.path.isdir(folder) for name in os.listdir(folder) if name.endswith(".dist-info"))
    return digest(tree(package, ".py").encode(), sys.version.encode(), "\n".join(beside).encode(), _libraries().encode())


def tree(folder: Path, ending: str = "") -> str:
    """A digest of the files below a folder, by name and content."""
    pieces = []
    for path in sorted(folder.rglob(f"*{ending}")):
        if path.is_file() and "__pycache__" not in path.parts:
            pieces += [path.relative_to(folder).as_posix().encode(), path.read_bytes()]
    return digest(*pieces)


def _libraries() -> str:
    versions = []
    for name, function in LIBRARIES:
        for file in (f"lib{name}.so.0", f"lib{name}.0.dylib", f"{name}-0.dll"):
            try:
                ask = getattr(ctypes.CDLL(file), function)
            except (OSError, AttributeError):
                continue
            ask.restype = ctypes.c_char_p
            versions.append(f"{name} {ask().decode('ascii', 'replace')}")
            break
    return "\n".join(versions)
