"""The output intent: what the colours of a file mean, so that PDF/A may use them as they are (ISO 19005-3, 6.2.3)."""

from __future__ import annotations

import zlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from monitorpub.bind.writer import File

NAME = "sRGB2014.icc"
"""The profile of the ICC for sRGB (IEC 61966-2-1); it comes with the engine."""


def output_intent(file: File) -> int:
    """The number of the output intent sRGB.  Raises RuntimeError where the profile is not there."""
    profile = file.add_stream(b"/N 3/Filter/FlateDecode", _profile())
    return file.add(
        b"<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)/RegistryName(http://www.color.org)"
        b"/Info(sRGB IEC61966-2.1)/DestOutputProfile %d 0 R>>" % profile
    )


@cache
def _profile() -> bytes:
    """Deflated.  The engine's folder is found without importing the engine."""
    spec = find_spec("weasyprint")
    for folder in (spec.submodule_search_locations if spec is not None else None) or ():
        file = Path(folder) / "pdf" / NAME
        if file.is_file():
            return zlib.compress(file.read_bytes(), 9)
    raise RuntimeError(f"the colour profile {NAME}, which comes with WeasyPrint, is not there: install WeasyPrint again")
