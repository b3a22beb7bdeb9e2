"""A chapter: a text of front or back matter that somebody wrote, with sections, tables and notes of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from pydantic import Field, PrivateAttr

from monitorpub.model.keydata import Block
from monitorpub.model.profile import AnyTable, Profile, Section, Waiver
from monitorpub.model.scalars import Anchor, Label, References, Text, Words, slug, title_anchor


@dataclass(frozen=True)
class Head:
    """What a chapter has from its volume, as a profile has it from its own head."""

    layout: str
    language: str
    volume: str
    edition: int
    last_updated: date
    site: str


class Chapter(Block):
    """A chapter of the front or back matter: ``- chapter: Overview``.

    It goes through the steps as a profile does; what a profile says in its head, a chapter has from its volume.
    """

    kind: ClassVar = "chapter"
    title: Words = Field(alias="chapter")
    id: Anchor | None = None
    text: Text | None = None
    tables: list[AnyTable] = Field(default_factory=list)
    sections: list[Section] = Field(default_factory=list)
    numbering: Literal["continuous", "per-section"] | None = None
    """How notes are numbered; the layout decides where this is left out."""
    notes: dict[Label, Text] = Field(default_factory=dict)
    references: References = Field(default_factory=list)
    """Records of sources, and names of files of records."""
    repeats: Literal["ibid", "short", "full"] | None = None
    """How a note repeats a source; the layout decides where this is left out."""
    ignore: list[Waiver] = Field(default_factory=list)
    """Rules that are waived for this chapter."""
    _head: Head = PrivateAttr()
    _base: tuple[str | int, ...] = PrivateAttr(())

    def settle(self, head: Head, base: tuple[str | int, ...]) -> None:
        """Tell the chapter what its volume is and where in the source it stands, and give its sections their anchors."""
        self._head, self._base = head, base
        used = {table.id for table in self.tables} | {name for section in self.sections for name in section.own_ids()}
        for section in self.sections:
            section.settle("", used)

    @property
    def base(self) -> tuple[str | int, ...]:
        """Where it stands in the source of its volume: ``("front", 3)``."""
        return self._base

    @property
    def slug(self) -> str:
        """The name of its part: its id, or one made from its title."""
        return self.id or slug(self.title) or title_anchor(self.title)

    @property
    def name(self) -> str:
        """What it is called."""
        return self.title

    @property
    def tab(self) -> str:
        """What the edge tab says."""
        return self.title

    @property
    def group(self) -> None:
        """A chapter belongs to no group of profiles."""
        return

    @property
    def layout(self) -> str:
        """The layout of its volume."""
        return self._head.layout

    @property
    def language(self) -> str:
        """The language of its volume."""
        return self._head.language

    @property
    def volume(self) -> str:
        """The title of its volume."""
        return self._head.volume

    @property
    def edition(self) -> int:
        """The year of its volume."""
        return self._head.edition

    @property
    def last_updated(self) -> date:
        """The date of its volume."""
        return self._head.last_updated

    @property
    def site(self) -> str:
        """What stands at the foot of right-hand pages."""
        return self._head.site


Written = Profile | Chapter
"""What is numbered and typeset as one."""
