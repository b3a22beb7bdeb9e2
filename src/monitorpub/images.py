"""The images of a profile: each must be there, be an image, and lie inside the workspace."""

from __future__ import annotations

import difflib
import warnings
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote

from monitorpub.diagnostics import Diagnostic, Found
from monitorpub.model.scalars import shown
from monitorpub.number import Numbered
from monitorpub.read import Source
from monitorpub.text.parse import Parsed
from monitorpub.workspace import Workspace, inside

KINDS = (".png", ".jpg", ".jpeg", ".gif", ".svg")

MAX_PIXELS = 60_000_000
"""A4 at 600 dots per inch has 35 million."""


def find_images(source: Source, numbered: Numbered, workspace: Workspace) -> Found[dict[str, str]]:
    """For each image as it is written in the text, its path below the workspace.  Gives diagnostics T005."""
    return images_in(source, numbered.parsed.values(), workspace)


def images_in(source: Source, texts: Iterable[Parsed], workspace: Workspace) -> Found[dict[str, str]]:
    """The same for some texts of a source."""
    images: dict[str, str] = {}
    found: list[Diagnostic] = []
    for parsed in texts:
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
    folders = (source.file.resolve().parent, workspace.root.resolve())
    try:
        there = [folder / name for folder in folders if (folder / name).is_file()]
    except OSError as error:
        return None, f"The image {shown(name)} cannot be read ({error.strerror})."
    inner = [file for file in there if inside(workspace.root, str(file)) is not None]
    if inner:
        problem = _problem(inner[0])
        return (None, problem.format(name=shown(name))) if problem else (_below(inner[0], workspace), "")
    if there or all(inside(workspace.root, str(folder / name)) is None for folder in folders):
        return None, f"The image {shown(name)} lies outside the workspace, the folder {workspace.root.name}."
    near = difflib.get_close_matches(Path(name).name, _names(folders[0] / name), n=1, cutoff=0.7)
    return None, f"The image {shown(name)} does not exist." + (f" Is it {shown(str(Path(name).with_name(near[0])))}?" if near else "")


def _below(file: Path, workspace: Workspace) -> str:
    return file.resolve().relative_to(workspace.root.resolve()).as_posix()


def _names(file: Path) -> list[str]:
    try:
        return [other.name for other in file.parent.iterdir() if other.suffix.lower() in KINDS and other.is_file()]
    except OSError:
        return []


def _problem(file: Path) -> str:
    """What is wrong with an image file, with ``{name}`` for its name; empty where it can be printed."""
    try:
        if file.suffix.lower() == ".svg":
            with file.open("rb") as stream:
                return "" if b"<svg" in stream.read(4096) else "The file {name} is not an image that can be printed."
        if file.suffix.lower() not in KINDS:
            return "The file {name} is not an image that can be printed."
        return raster_problem(file)
    except OSError as error:
        return f"The image {{name}} cannot be read ({error.strerror or 'it ends too early'})."


def raster_problem(file: Path | BinaryIO) -> str:
    """What is wrong with a PNG, JPEG or GIF, with ``{name}`` for its name; empty where it can be printed."""
    from PIL import Image, ImageFile, UnidentifiedImageError  # it comes with the engine, which prints images through it

    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False  # the engine sets it for its process
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(file, formats=("PNG", "JPEG", "GIF")) as image:
                width, height = image.size
                if width * height > MAX_PIXELS:
                    return f"The image {{name}} has {width:,} by {height:,} pixels, more than any page can show."
                image.load()
    except Image.DecompressionBombError:
        return "The image {name} has more pixels than any page can show."
    except UnidentifiedImageError:
        return "The file {name} is not an image that can be printed."
    except (OSError, SyntaxError, ValueError, EOFError):
        return "The image {name} is damaged: it ends too early or cannot be decoded."
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
    return ""
