"""The kinds of value a field can hold, and how each is made from what the editor typed.

The reader keeps every value as text and marks what stood without quotes (``Plain``); the kinds here decide what it means.
A value that does not fit raises a ``PydanticCustomError`` whose type is the code of the diagnostic.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, GetCoreSchemaHandler, GetJsonSchemaHandler, PlainSerializer, WithJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from monitorpub.model.countries import find_country, is_language
from monitorpub.read import Plain

CALL = re.compile(r"\[\^([^\[\]]+)\]")
"""A note call in text: ``[^label]``.  One whose label has a space is a call too: of a note that cannot be there."""

MARKED = re.compile(r"\[([^\[\]]*)\]\{\s*(?:\.index|lang|term)\b[^{}]*\}")
"""Words with a mark for the index or a language."""

NUMBER = re.compile(r"-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
MAX_DIGITS = 18


def wrong(code: str, message: str, hint: str = "") -> PydanticCustomError:
    """An error of a value: ``code`` as in ``monitorpub.codes``."""
    return PydanticCustomError(code, "{message}", {"message": message, "hint": hint})


def slug(text: str) -> str:
    """A text as an id: small letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", MARKED.sub(r"\1", CALL.sub("", text))).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


RESERVED = ("note-", "call-", "recommendation-", "index-")
"""What the names of the tool's own places begin with."""


def title_anchor(title: str) -> str:
    """The name by which a section without an id is linked to: the letters of its title, of whatever script, and hyphens."""
    out = ""
    for sign in unicodedata.normalize("NFC", MARKED.sub(r"\1", CALL.sub("", title))).lower():
        latin = unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode()
        mark = unicodedata.category(sign).startswith("M") and not out[-1:].isascii()
        out += latin or (sign if sign.isalnum() or mark else "")
    name = re.sub(r"[\x00-/:-@\[-`{-\x7f]+", "-", out.lower()).strip("-")
    return f"section-{name}" if name.startswith(RESERVED) else name or "section"


HEADS = ("title", "table", "facts", "fact", "list", "contamination", "label", "head", "row-head")
"""Fields that are printed as the head of something."""


class Text:
    """Text of the source in CommonMark, with the path of its field.

    ``inline`` text is one line (a label, a title, a cell); other text may have paragraphs, lists and tables.
    """

    __slots__ = ("inline", "path", "source")

    def __init__(self, source: str, *, inline: bool = False, path: tuple[str | int, ...] = ()) -> None:
        self.source = source
        self.inline = inline
        self.path = path

    def __repr__(self) -> str:
        return f"Text({self.source!r})"

    def __str__(self) -> str:
        return self.source

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and (self.source, self.inline) == (other.source, other.inline)

    def __hash__(self) -> int:
        return hash((self.source, self.inline))

    @property
    def bare(self) -> str:
        """The text without note calls and marks, for ids, running feet and bookmarks."""
        return re.sub(r"\\([*_\[\]`\\])|[*`]", r"\1", MARKED.sub(r"\1", CALL.sub("", self.source))).strip()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(_text(inline=False), serialization=core_schema.to_string_ser_schema())

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": list(TYPED), "description": "CommonMark; [^label] calls a note"}


def _text(*, inline: bool) -> Callable[[Any], Text]:
    def make(value: Any) -> Text:
        if isinstance(value, Text):
            return value
        return Text(_string(value), inline=inline)

    return make


def _string(value: Any) -> str:
    if value is None:
        raise wrong(
            "M002",
            "Something must be written here.",
            "Leave the field out if there is nothing to say; the word null itself needs quotes round it.",
        )
    if not isinstance(value, str):
        raise wrong("M003", f"Text is expected here, and this is {kind_of(value)}.", "Text that begins with [ or { needs quotes round it.")
    if not value.strip():
        raise wrong("M002", "Something must be written here.", "Leave the field out if there is nothing to say.")
    return str(value)


def kind_of(value: Any) -> str:
    """What stands in the file, in an editor's words."""
    kinds = {type(None): "nothing", dict: "a block of fields", list: "a list"}
    return kinds.get(type(value), "text")


def _year(value: Any) -> int:
    if isinstance(value, int):
        return value
    if not (isinstance(value, str) and re.fullmatch("(19|20|21)[0-9]{2}", value)):
        raise wrong("M005", f"A year is expected here, and this is {shown(value)}.", "A year is written with four digits: 2025")
    return int(value)


def _date(value: Any) -> date:
    if isinstance(value, date):
        return value
    if isinstance(value, str) and re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise wrong("M006", f"The date {value} does not exist.", "Look at the number of days of the month.") from None
    raise wrong("M006", f"A date is expected here, and this is {shown(value)}.", "A date is written year-month-day: 2025-08-31")


def shown(value: Any) -> str:
    """A value as messages name it: short text in quotes, the kind of anything else."""
    if value is None:
        return "nothing"
    if not isinstance(value, str):
        return kind_of(value)
    text = " ".join(value.split())
    return repr(text if len(text) <= 60 else text[:59] + "…")


def _identifier(value: Any) -> str:
    text = _string(value)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text):
        raise wrong(
            "M010", f"{shown(text)} cannot be an id.", f"An id has small letters, digits and single hyphens: {slug(text) or 'clearance'}"
        )
    return text


def _anchor(value: Any) -> str:
    text = _identifier(value)
    if begin := next((begin for begin in RESERVED if text.startswith(begin)), ""):
        hint = f"Choose one that begins otherwise: {slug(text.removeprefix(begin)) or 'clearance'}"
        raise wrong("M010", f"{shown(text)} cannot be the id of a section or a table: {begin} is reserved for the tool's own places.", hint)
    return text


def _label(value: Any) -> str:
    text = _string(value)
    if not re.fullmatch(r"[A-Za-z0-9][\w.:-]*", text):
        raise wrong(
            "M010", f"{shown(text)} cannot be the label of a note.", f"A label has letters, digits and hyphens: {slug(text) or 'icrc-2015'}"
        )
    return text


def _country(value: Any) -> str:
    text = _string(value)
    found, hint = find_country(text)
    if not found:
        raise wrong("M007", f"{shown(text)} is not a country code of ISO 3166-1.", hint)
    return found


def _language(value: Any) -> str:
    text = _string(value)
    if not is_language(text):
        raise wrong("M008", f"{shown(text)} is not a language tag.", "Write en-GB, en-US, fr, ko or another tag of BCP 47.")
    return text


def _layout(value: Any) -> str:
    text = _string(value)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text):
        hint = "A layout is named like its file, without the ending: clearing-the-mines"
        raise wrong("M010", f"{shown(text)} cannot be the name of a layout.", hint)
    return text


@dataclass(frozen=True)
class Cell:
    """A cell of a series table: a number as typed, or words, or nothing (not reported), and the note calls behind it."""

    number: Decimal | None
    text: Text | None
    """The words with their calls; the calls alone behind a number, or where nothing else is typed; None without both."""
    calls: str = ""

    @property
    def reported(self) -> bool:
        """Whether there is a number to count with."""
        return self.number is not None

    @property
    def worded(self) -> bool:
        """Whether words stand in place of a number.  A cell that is only a call has none: it was not reported."""
        return self.number is None and self.text is not None and bool(CALL.sub("", self.text.source).strip())


NUMBER_WORDS = {
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty",
    "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "thousand", "million",
}  # fmt: skip


def _cell(value: Any) -> Cell:
    if isinstance(value, Cell):
        return value
    if value is None:
        return Cell(None, None)
    text = _string(value)
    calls = "".join(m.group() for m in CALL.finditer(text))
    bare = CALL.sub("", text).strip()
    if NUMBER.fullmatch(bare):
        if len(bare) > MAX_DIGITS:
            raise wrong("M004", f"The number {shown(bare)} is too long to be printed.", "Is a space or a comma missing?")
        if not isinstance(value, Plain) and not calls:
            raise wrong("M004", f"The number {bare} is in quotes.", "A number is typed without quotes.")
        return Cell(Decimal(bare.replace(",", "")), Text(calls, inline=True) if calls else None, calls)
    return Cell(None, Text(text, inline=True), calls)


def not_a_number(cell: Cell) -> str | None:
    """The hint for a cell of a row of numbers that holds a number in a form that cannot be counted with, else None."""
    if cell.number is not None or cell.text is None:
        return None
    bare = CALL.sub("", cell.text.source).strip()
    if re.search(r"\d", bare):
        return "Type digits only, with a point for decimals: 12.5. The unit stands once, in the field unit."
    if any(word in NUMBER_WORDS for word in re.findall(r"[a-z]+", bare.lower())):
        return "Type the number in digits."
    return None


def _words(value: Any) -> str:
    text = _string(value)
    if CALL.search(text):
        raise wrong("M015", "A note cannot be called here: this field is plain words.", "Call it in the text or in the key data.")
    return text


def _weights(value: Any) -> dict[str, Decimal]:
    """The rows of an average with their weights; those of a list count alike."""
    if not isinstance(value, (list, dict)) or not value:
        hint = "Name its rows in a list: [ownership, planning]; or with their weights: {ownership: 10, planning: 20}"
        raise wrong("M003" if value else "M002", "An average needs the rows of which it is the mean.", hint)
    names = [_identifier(name) for name in value]
    for index, name in enumerate(names):
        if name in names[:index]:
            raise wrong("M013", f"The average names {name!r} twice.", "Delete one of the two; a row that counts double has the weight 2.")
    if isinstance(value, list):
        return dict.fromkeys(names, Decimal(1))
    return {name: _weight(value[name]) for name in names}


def _weight(value: Any) -> Decimal:
    text = str(value)
    if isinstance(value, (dict, list)) or not NUMBER.fullmatch(text) or len(text) > MAX_DIGITS or Decimal(text.replace(",", "")) <= 0:
        raise wrong("M004", f"A weight is expected here, and this is {shown(value)}.", "A weight is a number above 0: 20")
    return Decimal(text.replace(",", ""))


def _flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if not isinstance(value, Plain) or value.lower() not in ("true", "false"):
        raise wrong("M009", f"One of these is expected here: true, false; and this is {shown(value)}.")
    return value.lower() == "true"


def _references(value: Any) -> list[Any]:
    if isinstance(value, str) and value.strip():
        return [str(value)]
    if not isinstance(value, list):
        what = "nothing" if value is None else kind_of(value) if isinstance(value, dict) else shown(value)
        hint = "Write the name of a file: references/asia.yaml, or records, each after a hyphen and with an id."
        raise wrong("M003", f"Records of sources or the name of a file is expected here, and this is {what}.", hint)
    return value


TYPED = ("string", "number", "boolean")
"""What an editor's YAML reader may take text for, such as the title 1984 or the name NO: the tool takes it as typed."""


def _plain_schema(*kinds: str, **more: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": kinds[0] if len(kinds) == 1 else list(kinds), **more})


_as_string = PlainSerializer(str, return_type=str, when_used="json")

Line = Annotated[Text, BeforeValidator(_text(inline=True)), _plain_schema(*TYPED, description="one line; [^label] calls a note")]
Words = Annotated[str, BeforeValidator(_words), _plain_schema(*TYPED)]
Identifier = Annotated[str, BeforeValidator(_identifier), _plain_schema("string", pattern="^[a-z0-9]+(-[a-z0-9]+)*$")]
Anchor = Annotated[str, BeforeValidator(_anchor), _plain_schema("string", pattern=f"^(?!{'|'.join(RESERVED)})[a-z0-9]+(-[a-z0-9]+)*$")]
"""The id of something that can be linked to."""
Label = Annotated[str, BeforeValidator(_label), _plain_schema("string", pattern=r"^[A-Za-z0-9][\w.:-]*$")]
Year = Annotated[int, BeforeValidator(_year), _plain_schema("integer", minimum=1900, maximum=2199)]
Day = Annotated[date, BeforeValidator(_date), _plain_schema("string", format="date")]
CountryCode = Annotated[str, BeforeValidator(_country), _plain_schema("string", pattern="^[A-Za-z]{2,3}$")]
Language = Annotated[str, BeforeValidator(_language), _plain_schema("string")]
Flag = Annotated[bool, BeforeValidator(_flag), _plain_schema("boolean")]
LayoutName = Annotated[str, BeforeValidator(_layout), _plain_schema("string")]
SeriesCell = Annotated[Any, BeforeValidator(_cell), WithJsonSchema({"type": ["number", "string", "null"]})]
Weights = Annotated[
    Any,
    BeforeValidator(_weights),
    WithJsonSchema(
        {
            "oneOf": [
                {"type": "array", "minItems": 1, "items": {"type": "string"}},
                {"type": "object", "minProperties": 1, "additionalProperties": {"type": "number", "exclusiveMinimum": 0}},
            ]
        }
    ),
]
References = Annotated[
    list[Any],
    BeforeValidator(_references),
    WithJsonSchema(
        {
            "description": "records of sources (CSL), or names of files of records",
            "anyOf": [
                {"type": "string"},
                {
                    "type": "array",
                    "items": {
                        "anyOf": [
                            {"type": "string"},
                            {
                                "type": "object",
                                "required": ["id", "type"],
                                "properties": {"id": {"type": ["string", "number"]}, "type": {"type": "string"}},
                            },
                        ]
                    },
                },
            ],
        }
    ),
]
