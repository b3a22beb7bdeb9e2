"""The volume: the annual report, with its matter and its groups of profiles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from monitorpub.model.chapter import Chapter, Head
from monitorpub.model.condition import Condition, FieldPath
from monitorpub.model.keydata import Block
from monitorpub.model.scalars import Day, Flag, Identifier, Language, LayoutName, Text, Words, Year, shown, slug, title_anchor, wrong

Steps = tuple[str | int, ...]


def _standard_number(name: str, value: Any) -> str:
    """An ISBN or ISSN as it was typed, if its check digit is right."""
    text = value if isinstance(value, str) else ""
    if name in text.upper():
        raise wrong("G008", f"{shown(value)} is not an {name}.", f"Leave out the word {name}: the pages print it.")
    signs = re.sub(r"[\s\u2010-\u2013-]", "", text).upper()
    forms = {"ISBN": r"97[89]\d{10}|\d{9}[\dX]", "ISSN": r"\d{7}[\dX]"}
    if not re.fullmatch(forms[name], signs, re.ASCII):
        what = "13 figures and begins with 978 or 979; or it has 10" if name == "ISBN" else "8 figures"
        raise wrong("G008", f"{shown(value)} is not an {name}.", f"An {name} has {what}. Leave the field out if there is none.")
    digits = [10 if sign == "X" else int(sign) for sign in signs]
    if len(digits) == 13:
        right = (10 - sum(d * (1, 3)[i % 2] for i, d in enumerate(digits[:-1])) % 10) % 10
    else:
        right = -sum(d * (len(digits) - i) for i, d in enumerate(digits[:-1])) % 11
    if digits[-1] != right:
        shown_right = "X" if right == 10 else str(right)
        hint = f"With the other figures as they are, it would be {shown_right}. Compare all of them: two may have changed places."
        raise wrong("G008", f"The check digit of this {name}, {signs[-1]}, is wrong.", hint)
    return text


def _term(value: Any) -> Any:
    return value if isinstance(value, (dict, Block)) else {"term": value}


Isbn = Annotated[str, BeforeValidator(lambda value: _standard_number("ISBN", value), json_schema_input_type=str | int)]
Issn = Annotated[str, BeforeValidator(lambda value: _standard_number("ISSN", value), json_schema_input_type=str)]


class Credit(Block):
    """Who did what: ``{role: Text, names: [...]}``."""

    role: Words
    names: Annotated[list[Words], Field(min_length=1)]


class IndexTerm(Block):
    """A term of the index that is looked for in all texts: ``Panmunjom``, or ``{term: ICRC, also: [Red Cross]}``."""

    term: Words
    also: list[Words] = Field(default_factory=list)
    """Other words that stand for it in the texts."""
    see: Words | None = None
    """The term under which its pages stand."""


PAGES = ("cover", "imprint", "contents", "abbreviations", "index", "back-cover")
"""The pages that the tool makes, but for the dividers of groups."""


class MadePage(Block):
    """Pages that the tool makes: ``- page: contents``."""

    kind: ClassVar = "page"
    page: Literal["cover", "imprint", "contents", "abbreviations", "index", "back-cover"]
    title: Words | None = None
    """In place of the layout's word for it."""
    text: Text | None = None
    figure: FieldPath | None = None
    """Of the cover: the field of the profiles that its figure is drawn from."""
    also: dict[str, Words] = Field(default_factory=dict)
    """Of the abbreviations: those that no profile explains, with what they stand for."""
    leave_out: list[Words] = Field(default_factory=list)
    """Of the abbreviations: those that are not to be listed."""
    terms: list[Annotated[IndexTerm, BeforeValidator(_term, json_schema_input_type=str | IndexTerm)]] = Field(default_factory=list)
    """Of the index: terms that are looked for in all texts."""

    @property
    def slug(self) -> str:
        """The name of its part."""
        return self.page


OWN_FIELDS = {"figure": "cover", "also": "abbreviations", "leave-out": "abbreviations", "terms": "index"}
"""Fields that only one kind of page has."""


class Group(Block):
    """Profiles that stand together: listed, or chosen by a condition on their facts."""

    title: Words
    id: Identifier | None = None
    text: Text | None = None
    """Words on the divider."""
    where: Condition | None = None
    profiles: list[Words] | None = None
    """Names of files, with or without folder and ending, from the folder of the volume."""
    divider: Flag = True

    @model_validator(mode="after")
    def _one_of(self) -> Group:
        if self.where is None and self.profiles is None:
            raise wrong("M002", "The group has no profiles.", "Add the field profiles, a list of names; or where, a condition.")
        if self.where is not None and self.profiles is not None:
            raise wrong("M015", "The group has both profiles and where.", "Keep one of the two; or make two groups.")
        return self

    @property
    def name(self) -> str:
        """Its id, or one made from its title."""
        return self.id or slug(self.title) or title_anchor(self.title)

    @property
    def slug(self) -> str:
        """The name of its divider's part."""
        return f"group-{self.name}"


class See(Block):
    """An entry of the contents that sends the reader to another: ``{name: Burma, see: myanmar}``."""

    name: Words
    see: Words
    """The slug of a profile, or the name of another such entry."""


def matter_form(value: Any) -> str | None:
    """The form of an entry of the front or back matter, by its field ``page`` or ``chapter``."""
    if isinstance(value, dict):
        return next((form for form in MATTER_FORMS if form in value), None)
    return getattr(value, "kind", None)


MATTER_FORMS = ("page", "chapter")
Matter = Annotated[Annotated[MadePage, Tag("page")] | Annotated[Chapter, Tag("chapter")], Discriminator(matter_form)]


class Volume(Block):
    """An annual report."""

    layout: LayoutName
    language: Language
    title: Words
    subtitle: Words | None = None
    edition: Year
    edition_line: Words | None = None
    """Such as "First edition"."""
    publisher: Words
    date: Day
    """The date in the PDF and on the imprint."""
    site: Words | None = None
    """What stands at the foot of right-hand pages; the publisher where this is left out."""
    isbn: Isbn | None = None
    eisbn: Isbn | None = None
    issn: Issn | None = None
    document_number: Words | None = None
    citation: Text | None = None
    """How the volume is to be cited."""
    disclaimer: Text | None = None
    credits: list[Credit] = Field(default_factory=list)
    start: Literal["recto", "next-page", "run-on"] = "recto"
    """Where profiles start; ``run-on``: on the page on which the one before ends."""
    front: list[Matter] = Field(default_factory=list)
    groups: list[Group]
    sources: Words = "."
    """The folder of the profiles that conditions choose from, from the folder of the volume."""
    see: list[See] = Field(default_factory=list)
    back: list[Matter] = Field(default_factory=list)

    @model_validator(mode="after")
    def _settle(self) -> Volume:
        head = Head(self.layout, self.language, self.title, self.edition, self.date, self.site or self.publisher)
        for base, entry in self.matter():
            if isinstance(entry, Chapter):
                entry.settle(head, base)
        return self

    def matter(self) -> Iterator[tuple[Steps, MadePage | Chapter]]:
        """The entries of front and back matter, in the order of the volume, each with its path in the source."""
        for name, entries in (("front", self.front), ("back", self.back)):
            yield from (((name, index), entry) for index, entry in enumerate(entries))

    @property
    def chapters(self) -> list[Chapter]:
        """The chapters, in the order of the volume."""
        return [entry for _, entry in self.matter() if isinstance(entry, Chapter)]

    def page(self, kind: str) -> MadePage | None:
        """The made page of a kind, or None where the volume has none."""
        return next((entry for _, entry in self.matter() if isinstance(entry, MadePage) and entry.page == kind), None)
