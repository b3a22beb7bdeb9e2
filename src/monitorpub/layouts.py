"""The settings of a layout: ``layouts/NAME.yaml`` beside its template ``layouts/NAME.html``."""

from __future__ import annotations

import difflib
from functools import lru_cache
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, Field, PrivateAttr, RootModel, ValidationError, field_validator

from monitorpub.diagnostics import Diagnostic, Found, Place
from monitorpub.model.keydata import Block as Settings
from monitorpub.model.scalars import Words
from monitorpub.read import Source, read, to_values
from monitorpub.text.typography import RIGHT_TO_LEFT
from monitorpub.workspace import Workspace, packaged

BlockName = Literal[
    "introduction", "questions", "key-data", "key-developments", "recommendations", "assessment", "capacity", "text", "tables", "sections",
    "call-out", "related",
]  # fmt: skip
"""Blocks of profiles, and of chapters (text, tables, sections)."""

InSection = Literal["text", "tables", "sections"]
"""What a section holds; the sections below it come last, so that tables are numbered in the order of print."""


WORDS = "words.yaml"
"""The file of the words that all layouts share."""


class Layout(Settings):
    """What a layout prints, in which order, and how it numbers."""

    name: Words
    notes: Literal["foot", "section", "end"] = "foot"
    """Where the notes to the text are printed; see :mod:`monitorpub.end_notes`."""
    numbering: Literal["continuous", "per-section"] = Field(default_factory=lambda said: _numbering(said.get("notes")))
    """How they are numbered; by section where they stand at the end of it and the layout does not say otherwise."""
    order: list[BlockName]
    section_order: tuple[InSection, ...] = ("text", "tables", "sections")
    """What comes first in a section: its text or its tables."""
    columns: bool = False
    """Whether the text of sections stands in columns between their tables; how many, the styles say."""
    styles: list[Words]
    house: Words = "mine-action-review"
    """The house style of notes: the name of a file in styles/citations."""
    repeats: Literal["ibid", "short", "full"] = "ibid"
    """How a note repeats the source of the note before."""
    neighbours: bool = False
    """Whether a profile of a volume ends with a line of links: to the profile before, to the contents, to the profile after."""
    right_to_left: bool = False
    """Whether it is made for languages written from right to left."""
    labels: dict[str, dict[str, Words]] = Field(default_factory=dict)
    """The words that the layout itself prints, by language."""
    _shared: dict[str, dict[str, Words]] = PrivateAttr(default_factory=dict)

    @field_validator("section_order")
    @classmethod
    def _all_of(cls, order: tuple[InSection, ...]) -> tuple[InSection, ...]:
        if sorted(order) != ["sections", "tables", "text"] or order[-1] != "sections":
            raise ValueError("section-order is [text, tables, sections] or [tables, text, sections]")
        return order

    @property
    def of_volumes(self) -> bool:
        """Whether it is for volumes and their chapters: only these have text and tables that stand in no section."""
        return bool({"text", "tables"} & set(self.order)) and set(self.order) <= {"text", "tables", "sections"}

    @property
    def prints_questions(self) -> bool:
        """Whether it prints the list of questions, with the page of each section."""
        return "questions" in self.order

    def words(self, language: str) -> dict[str, str]:
        """The layout's words in a language: ``en-GB``, else ``en``, else English; the case of tags does not matter (BCP 47).

        What it does not say itself are the words of all layouts.
        """
        tag = language.lower()
        known = [{name.lower(): words for name, words in some.items()} for some in (self._shared, self.labels)]
        return {
            key: word for one in ("en", tag.split("-", maxsplit=1)[0], tag) for labels in known for key, word in labels.get(one, {}).items()
        }


def _numbering(notes: str | None) -> Literal["continuous", "per-section"]:
    return "per-section" if notes == "section" else "continuous"


def load_layout(source: Source, name: str, language: str, workspace: Workspace, *, volume: bool = False) -> Found[Layout]:
    """The layout that a source names, a ``volume`` or a profile.

    Gives diagnostics L001-L004, L007 for labels that nothing prints, and those of reading its settings.
    """
    file, template = workspace.find("layouts", f"{name}.yaml"), workspace.find("layouts", f"{name}.html")
    if file is None or template is None:
        return Found(None, (source.at("L001", f"There is no layout {name!r}.", ("layout",), _others(name, workspace, volume=volume)),))
    settings = _settings(file, _bytes_of(file))
    if isinstance(settings, tuple):
        return Found(None, settings)
    if settings.of_volumes and not volume:
        message = f"The layout {name} is one of volumes and their chapters: it prints no profile."
        return Found(None, (source.at("L002", message, ("layout",), _others("", workspace, volume=False)),))
    shared = _shared_words(workspace)
    if isinstance(shared, tuple):
        return Found(None, shared)
    layout = settings.model_copy()
    layout._shared = shared.root
    if language.split("-", maxsplit=1)[0].lower() in RIGHT_TO_LEFT and not layout.right_to_left:
        message = f"The layout {name} is for languages written from left to right, and {language} is not."
        hint = "Names in Arabic or Hebrew script may stand in its text; the profile itself needs another layout."
        return Found(None, (source.at("L004", message, ("language",), hint),))
    missing = [style for style in layout.styles if workspace.find("styles", style) is None]
    return Found(layout, (*(_no_style(file, style, workspace) for style in missing), *_unused(file, template, layout, workspace)))


def layout_names(workspace: Workspace, *, volume: bool) -> list[str]:
    """The layouts that volumes, or profiles, can have.  One whose settings cannot be read is among both."""
    names = [name for name in workspace.names("layouts", ".yaml") if workspace.find("layouts", f"{name}.html")]
    found = {name: _settings(file, _bytes_of(file)) for name in names if (file := workspace.find("layouts", f"{name}.yaml"))}
    return [name for name, one in found.items() if isinstance(one, tuple) or one.of_volumes == volume]


def _others(name: str, workspace: Workspace, *, volume: bool) -> str:
    """A hint with the layouts that there are."""
    known = layout_names(workspace, volume=volume)
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.4)
    return f"Did you mean {near[0]}?" if near else f"{'Volumes' if volume else 'Profiles'} have: {', '.join(known)}."


def _unused(file: Path, template: Path, layout: Layout, workspace: Workspace) -> list[Diagnostic]:
    """L007 for the layout's own words that neither the tool nor its template knows."""
    own = {key for words in layout.labels.values() for key in words}
    unknown = own - _known_words(workspace)
    if file.is_relative_to(packaged("layouts").resolve()) or not unknown:
        return []
    text = _bytes_of(template).decode("utf-8", "replace")
    found = read(file)
    said = []
    for tag, words in layout.labels.items():
        for key in words:
            if key in unknown and key not in text and found.value is not None:
                near = difflib.get_close_matches(key, _known_words(workspace), n=1, cutoff=0.5)
                hint = f"Did you mean {near[0]}?" if near else f"The words of layouts are listed in layouts/{WORDS}."
                said.append(found.value.at("L007", f"Nothing prints the label {key!r}.", ("labels", tag, key), hint, key=True))
    return said


def _known_words(workspace: Workspace) -> set[str]:
    """The names of all words that the tool's layouts, or all layouts of a workspace, print."""
    files = [*packaged("layouts").glob("*.yaml"), *((own,) if (own := workspace.find("layouts", WORDS)) is not None else ())]
    known: set[str] = set()
    for file in files:
        read_as = _read_as(Shared, file, _bytes_of(file)) if file.name == WORDS else _settings(file, _bytes_of(file))
        if not isinstance(read_as, tuple):
            known |= {key for words in (read_as.root if isinstance(read_as, Shared) else read_as.labels).values() for key in words}
    return known


class Shared(RootModel[dict[str, dict[str, Words]]]):
    """Words that all layouts print, by language: ``layouts/words.yaml``."""


def _shared_words(workspace: Workspace) -> Shared | tuple[Diagnostic, ...]:
    file = workspace.find("layouts", WORDS)
    return _read_as(Shared, file, _bytes_of(file)) if file is not None else Shared({})


def _settings(file: Path, content: bytes) -> Layout | tuple[Diagnostic, ...]:
    return _read_as(Layout, file, content)


S = TypeVar("S", bound=BaseModel)


@lru_cache(maxsize=64)
def _read_as(kind: type[S], file: Path, content: bytes) -> S | tuple[Diagnostic, ...]:
    """The settings in a file, read once for each content; or what is wrong with them."""
    found = read(file)
    if found.value is None:
        return found.diagnostics
    try:
        return kind.model_validate(to_values(found.value.root))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = tuple(step for step in first["loc"])
        return (found.value.at("L002", f"The layout's settings are wrong: {first['msg']}.", field),)


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""  # reading it will say what is wrong


def _no_style(file: Path, style: str, workspace: Workspace) -> Diagnostic:
    known = workspace.names("styles", ".css")
    return Diagnostic("L003", f"The style {style!r} does not exist.", Place(file), "styles", f"There are: {', '.join(known)}.")
