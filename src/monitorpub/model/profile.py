"""The profile: the report on one country, or a text on a subject of its own, such as questions and their answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Discriminator, Field, PrivateAttr, Tag, field_validator, model_validator

from monitorpub.model.assessment import Assessment
from monitorpub.model.computed import ComputedTable
from monitorpub.model.contamination import Contamination
from monitorpub.model.factstable import FactsTable
from monitorpub.model.keydata import Block, KeyDatum, ListOfThings, SeriesTable
from monitorpub.model.scalars import (
    CALL,
    Anchor,
    Cell,
    CountryCode,
    Day,
    Identifier,
    Label,
    Language,
    LayoutName,
    Line,
    References,
    Text,
    Words,
    Year,
    title_anchor,
    wrong,
)  # fmt: skip


class NativeName(Block):
    """The name of the country in another language and script."""

    text: Words
    language: Language


class Country(Block):
    """A country or area: its code (ISO 3166-1), its short name and its formal name."""

    code: CountryCode
    name: Words
    formal_name: Words | None = None
    native_name: NativeName | None = None


class Recommendation(Block):
    """A recommendation with an id that stays the same from year to year."""

    id: Identifier
    text: Text


class CallOut(Block):
    """A box at the end: its title and its text."""

    title: Line
    text: Text


class Related(Block):
    """A link to more on the subject: the words that are printed, and an address on the web or the name of a profile.

    Without an address the words are printed, and lead nowhere.
    """

    title: Line
    address: Words | None = None

    @property
    def on_the_web(self) -> bool:
        """Whether the address is one that can be typed into a browser."""
        return self.address is not None and self.address.lower().startswith(("http://", "https://"))

    @property
    def shown(self) -> str:
        """The address as it is printed: without what browsers add."""
        return re.sub(r"^https?://|/$", "", (self.address or "").strip(), flags=re.IGNORECASE)

    @field_validator("title")
    @classmethod
    def _without_calls(cls, title: Text) -> Text:
        if CALL.search(title.source):
            raise wrong("M015", "A note cannot be called here: the title is the words of a link.", "Call it in the text.")
        return title


class Waiver(Block):
    """A rule of ``monitorpub check`` that does not hold for this source, and why."""

    rule: Words
    """The code or the name of the rule."""
    reason: Words
    words: Words | None = None
    """Where it is waived: lines that have these words; everywhere if left out."""


def table_form(value: Any) -> str:
    """The form of a table in a section or a chapter: ``computed`` or ``facts`` where it has this field, else ``table``, values by year."""
    if isinstance(value, dict):
        return next((form for form in ("computed", "facts") if form in value and "table" not in value), "table")
    return str(getattr(value, "kind", "table"))


AnyTable = Annotated[
    Annotated[SeriesTable, Tag("table")] | Annotated[ComputedTable, Tag("computed")] | Annotated[FactsTable, Tag("facts")],
    Discriminator(table_form),
]


class Section(Block):
    """A section of the body; sections nest three levels deep."""

    title: Line
    id: Anchor | None = None
    date: Day | None = None
    text: Text | None = None
    tables: list[AnyTable] = Field(default_factory=list)
    sections: list[Section] = Field(default_factory=list)
    _anchor: str = PrivateAttr("")

    @property
    def anchor(self) -> str:
        """The id by which the section is linked to: its own, or one made from its title."""
        return self.id or self._anchor or title_anchor(self.title.source)

    def settle(self, parent: str, used: set[str]) -> None:
        """Give the section and those below it anchors that nothing else has; an anchor made from a title gives way."""
        if self.id is None:
            title = title_anchor(self.title.source)
            names = [title, f"{parent}-{title}" if parent else title]
            names += [f"{title}-{number}" for number in range(2, len(used) + 3)]
            self._anchor = next(name for name in names if name not in used)
            used.add(self._anchor)
        for section in self.sections:
            section.settle(self.anchor, used)

    def own_ids(self) -> Iterator[str]:
        """The ids that were typed in the section and below it."""
        yield from ([self.id] if self.id else [])
        yield from (table.id for table in self.tables)
        for section in self.sections:
            yield from section.own_ids()


class Profile(Block):
    """A country profile; or a text on a subject, which has a title in place of a country."""

    model_config = ConfigDict(json_schema_extra={"anyOf": [{"required": ["country"]}, {"required": ["title"]}]})

    layout: LayoutName
    country: Country | None = None
    """It may be left out where there is a title, see :func:`monitorpub.consistency.contradictions`."""
    language: Language
    title: Words | None = None
    volume: Words
    """The title of the report the profile belongs to."""
    edition: Year
    last_updated: Day
    group: Words | None = None
    """The group of profiles in the volume, such as States Parties."""
    site: Words | None = None
    """The address printed at the foot of right-hand pages."""
    numbering: Literal["continuous", "per-section"] | None = None
    """How notes are numbered; the layout decides where this is left out."""
    introduction: Text | None = None
    """Text before all sections."""
    key_data: list[KeyDatum] = Field(default_factory=list)
    key_developments: Text | None = None
    key_developments_since: Words | None = None
    """The date of the report before, such as May 2000: it joins the title of the key developments."""
    recommendations: list[Recommendation] = Field(default_factory=list)
    assessment: Assessment | None = None
    capacity: list[ListOfThings] = Field(default_factory=list)
    sections: list[Section] = Field(default_factory=list)
    call_out: CallOut | None = None
    related: list[Related] = Field(default_factory=list)
    notes: dict[Label, Text] = Field(default_factory=dict)
    references: References = Field(default_factory=list)
    """Records of sources, and names of files of records."""
    repeats: Literal["ibid", "short", "full"] | None = None
    """How a note repeats a source; the layout decides where this is left out."""
    ignore: list[Waiver] = Field(default_factory=list)
    """Rules that are waived for this source."""

    @model_validator(mode="after")
    def _settle_anchors(self) -> Profile:
        used = {entry.id for entry in self.key_data if isinstance(entry, SeriesTable)}
        used |= {name for section in self.sections for name in section.own_ids()}
        for section in self.sections:
            section.settle("", used)
        return self

    @property
    def name(self) -> str:
        """What the profile is called: its title, or the country's short name."""
        return self.title or (self.country.name if self.country else self.volume)

    @property
    def tab(self) -> str:
        """What the edge tab says: the country's short name, or the title of a text that is about no country."""
        return self.country.name if self.country else self.name

    @property
    def base(self) -> tuple[str | int, ...]:
        """Where the profile stands in its source: it is the whole of it."""
        return ()


def texts(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[Text]:
    """Every text below a value of the model, in the order of its fields, with its path set."""
    if isinstance(value, Text):
        value.path = path
        yield value
    elif isinstance(value, Contamination):
        yield from texts(value.text, path)
    elif isinstance(value, Cell):
        if value.text is not None:
            yield from texts(value.text, path)
    elif isinstance(value, Block):
        for name, info in type(value).model_fields.items():
            yield from texts(getattr(value, name), (*path, info.alias or name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from texts(item, (*path, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from texts(item, (*path, key))
