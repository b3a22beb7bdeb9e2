"""The texts of a volume outside its chapters: citation, disclaimer, words on dividers and made pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from monitorpub.diagnostics import Diagnostic, Found
from monitorpub.images import images_in
from monitorpub.model import Chapter, texts
from monitorpub.model.volume import Volume
from monitorpub.source import Source
from monitorpub.text.parse import Parsed, parse
from monitorpub.workspace import Workspace

Steps = tuple[str | int, ...]


@dataclass(frozen=True)
class Texts:
    """Texts by the path of their field (``Text.path``), and the images in them."""

    parsed: Mapping[Steps, Parsed] = field(default_factory=dict)
    images: Mapping[str, str] = field(default_factory=dict)


def volume_texts(source: Source, volume: Volume, workspace: Workspace) -> Found[Texts]:
    """The texts, parsed.  Gives diagnostics of the text, T001-T015, and N001 for a call: only chapters have notes."""
    parsed: dict[Steps, Parsed] = {}
    said: list[Diagnostic] = []
    written = {entry.base for _, entry in volume.matter() if isinstance(entry, Chapter)}
    for text in texts(volume):
        if text.path[:2] in written:
            continue
        one = parsed[text.path] = parse(text, volume.language)
        said += [source.at(p.code, p.message, text.path, p.hint, needle=p.needle, nth=p.nth) for p in one.problems]
        for label in dict.fromkeys(one.calls):
            hint = "Move what it belongs to into a chapter, or delete the call."
            message = f"The note {label!r} is called, and there are no notes here: only chapters have them."
            said.append(source.at("N001", message, text.path, hint, needle=f"[^{label}]"))
    images = images_in(source, parsed.values(), workspace)
    return Found(Texts(parsed, images.value or {}), tuple(dict.fromkeys((*said, *images.diagnostics))))
