"""Versions for a bug report."""

from __future__ import annotations

import ctypes.util
import platform
import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version

from monitorpub import __version__

PACKAGES = [
    "weasyprint",
    "pydyf",
    "pydantic",
    "markdown-it-py",
    "jinja2",
    "pyyaml",
    "pypandoc-binary",
    "pypdf",
    "babel",
    "pycountry",
    "click",
]


def versions() -> list[tuple[str, str]]:
    """Names and versions: the tool, Python, the system, packages, and the libraries that decide where lines break."""
    rows = [("monitorpub", __version__), ("Python", sys.version.split()[0]), ("system", platform.platform())]
    for package in PACKAGES:
        try:
            rows.append((package, version(package)))
        except PackageNotFoundError:
            rows.append((package, "missing"))
    rows.append(("pandoc", _pandoc()))
    rows.append(("Pango", _pango()))
    subset = ctypes.util.find_library("harfbuzz-subset")
    rows.append(("HarfBuzz subsetter", subset or "missing: fonts are subset slowly and PDFs differ from run to run"))
    if tool := shutil.which("pdftoppm"):
        answer = subprocess.run([tool, "-v"], capture_output=True, text=True, check=False).stderr
        rows.append(("poppler", answer.split("\n")[0].replace("pdftoppm version ", "")))
    return rows


def _pandoc() -> str:
    try:
        import pypandoc

        return str(pypandoc.get_pandoc_version())
    except (ImportError, OSError):
        return "missing: notes that cite records cannot be printed"


def _pango() -> str:
    name = ctypes.util.find_library("pango-1.0")
    if name is None:
        return "missing: nothing can be typeset"
    library = ctypes.CDLL(name)
    library.pango_version_string.restype = ctypes.c_char_p
    return str(library.pango_version_string().decode())
