"""The images of a profile: each must be there, be an image, and lie inside the workspace."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from urllib.parse import unquote

from monitorpub.diagnostics import Diagnostic, Found
from monitorpub.model.scalars import shown
from monitorpub.number import Numbered
from monitorpub.read import Source
from monitorpub.workspace import Workspace, inside

KINDS = {".png": b"\x89PNG", ".jpg": b"\xff\xd8", ".jpeg": b"\xff\xd8", ".gif": b"GIF8", ".svg": b"<svg"}
"""What a file of each kind begins with; an SVG file may have a prologue before it."""


def find_images(source: Source, numbered: Numbered, workspace: Workspace) -> Found[dict[str, str]]:
    """For each image as it is written in the text, its path below the workspace.  Gives diagnostics T005."""
    images: dict[str, str] = {}
    found: list[Diagnostic] = []
    for parsed in numbered.parsed.values():
        seen: Counter[str] = Counter()
        for address in parsed.images:
            name = unquote(address)
            path, problem = _find(source, name, workspace)
            if path is None:
                hint = f"Put the file beside the profile or in a folder of the workspace; {', '.join(KINDS)} can be printed."
                typed = address if address in parsed.text.source else name
                found.append(source.at("T005", problem, parsed.text.path, hint, needle=typed or "]()", nth=seen[address]))
            else:
                images[address] = path
            seen[address] += 1
    return Found(images, tuple(found))


def _find(source: Source, name: str, workspace: Workspace) -> tuple[str | None, str]:
    if not name:
        return None, "The image has no file."
    if ":" in name or name.startswith(("/", "\\")):
        return None, f"The image {shown(name)} is not a file of the workspace."
    outside = True
    for folder in (source.file.resolve().parent, workspace.root.resolve()):
        file = inside(workspace.root, str(folder / name))
        if file is None:
            continue
        outside = False
        try:
            if not file.is_file():
                continue
            if not _is_image(file):
                return None, f"The file {shown(name)} is not an image that can be printed."
        except OSError as error:
            return None, f"The image {shown(name)} cannot be read ({error.strerror})."
        return file.relative_to(workspace.root.resolve()).as_posix(), ""
    if outside:
        return None, f"The image {shown(name)} lies outside the workspace."
    return None, f"The image {shown(name)} does not exist."


def _is_image(file: Path) -> bool:
    kind = KINDS.get(file.suffix.lower())
    if kind is None:
        return False
    with file.open("rb") as stream:
        start = stream.read(4096)
    return kind in start if kind == KINDS[".svg"] else start.startswith(kind)
