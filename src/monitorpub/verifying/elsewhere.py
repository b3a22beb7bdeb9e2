"""Links that lead to another PDF: they are followed where that file lies beside this one."""

from __future__ import annotations

from pathlib import Path

from monitorpub.diagnostics import Diagnostic, Place
from monitorpub.verifying.reader import Document, places_in


def follow(document: Document) -> tuple[list[Diagnostic], list[str]]:
    """Warnings V072 for places that the other file does not have, and the names of the files that could not be looked at."""
    known: dict[str, frozenset[str] | None] = {}
    said: dict[tuple[str, str], Diagnostic] = {}
    for link in document.links:
        if not link.file:
            continue
        if link.file not in known:
            known[link.file] = _places(document.file, link.file)
        places = known[link.file]
        if places is not None and link.there and link.there not in places and (link.file, link.there) not in said:
            message = f"Page {link.page}: a link leads to {link.there} in {link.file}, and that file has no such place."
            hint = "Build both files from the same sources."
            said[link.file, link.there] = Diagnostic("V072", message, Place(document.file), hint=hint)
    return list(said.values()), sorted(name for name, places in known.items() if places is None)


def _places(file: Path, name: str) -> frozenset[str] | None:
    """The named places of a file beside this one.  A path to anywhere else is not followed."""
    if Path(name).name != name or "\\" in name or "\0" in name:
        return None
    return places_in(file.parent / name)
