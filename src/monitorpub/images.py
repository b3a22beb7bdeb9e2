"""The images of a profile: each must be there, be an image, and lie inside the workspace."""

from __future__ import annotations

from monitorpub.diagnostics import Diagnostic, Found
from monitorpub.number import Numbered
from monitorpub.read import Source
from monitorpub.workspace import Workspace, inside

KINDS = {".png": b"\x89PNG", ".jpg": b"\xff\xd8", ".jpeg": b"\xff\xd8", ".gif": b"GIF8", ".svg": b""}


def find_images(source: Source, numbered: Numbered, workspace: Workspace) -> Found[dict[str, str]]:
    """For each image as it is written in the text, its path below the workspace.  Gives diagnostics T005."""
    images: dict[str, str] = {}
    found: list[Diagnostic] = []
    for parsed in numbered.parsed.values():
        for name in parsed.images:
            path, problem = _find(source, name, workspace)
            if path is None:
                hint = f"Put it beside the source or below the workspace; {', '.join(KINDS)} are known."
                found.append(source.at("T005", problem, parsed.text.path, hint, needle=name))
            else:
                images[name] = path
    return Found(images, tuple(found))


def _find(source: Source, name: str, workspace: Workspace) -> tuple[str | None, str]:
    if ":" in name or name.startswith("/"):
        return None, f"The image {name!r} is not a file of the workspace."
    outside = True
    for folder in (source.file.resolve().parent, workspace.root.resolve()):
        file = inside(workspace.root, str(folder / name))
        if file is None:
            continue
        outside = False
        if not file.is_file():
            continue
        kind = KINDS.get(file.suffix.lower())
        with file.open("rb") as stream:
            if kind is None or not stream.read(8).startswith(kind):
                return None, f"The file {name!r} is not an image that can be printed."
        return file.relative_to(workspace.root.resolve()).as_posix(), ""
    if outside:
        return None, f"The image {name!r} lies outside the workspace."
    return None, f"The image {name!r} does not exist."
