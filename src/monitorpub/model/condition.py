"""A condition on the facts of a profile: which profiles a group holds, and which rows a computed table has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from monitorpub.model.keydata import Block
from monitorpub.model.scalars import MAX_DIGITS, NUMBER, Flag, Words, Year, shown, wrong

TESTS = ("is", "in", "not", "above", "below", "reported")
"""The tests of a condition; it has one of them."""

_PATH = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)*")


def _field_path(value: Any) -> str:
    if not isinstance(value, str) or not _PATH.fullmatch(value):
        message = f"{shown(value)} is not the path of a field." if value else "The path of a field is expected here."
        raise wrong("M015", message, "It is names joined by points, without spaces: key-data.contamination.area")
    return str(value)


def _number(value: Any) -> Decimal:
    if isinstance(value, Decimal):
        return value
    if not isinstance(value, str) or not NUMBER.fullmatch(value) or len(value) > MAX_DIGITS:
        raise wrong("M004", f"A number is expected here, and this is {shown(value)}.", "Type digits only, without the unit: above: 20")
    return Decimal(value.replace(",", ""))


def _one_or_more(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


_OneOrMore = BeforeValidator(_one_or_more, json_schema_input_type=Words | list[Words])
FieldPath = Annotated[str, BeforeValidator(_field_path), WithJsonSchema({"type": "string", "pattern": f"^{_PATH.pattern}$"})]
"""The path of a field of a profile's facts: ``group``, ``key-data.contamination.area``."""
Number = Annotated[Decimal, BeforeValidator(_number), WithJsonSchema({"type": "number"})]


class Condition(Block):
    """A field of the facts and one test of its value; of a series of years, the value of ``year``."""

    field: FieldPath
    year: Year | None = None
    """The year of the value; left out, the newest that was reported."""
    is_: Words | None = Field(None, alias="is")
    in_: Annotated[list[Words], Field(min_length=1)] | None = Field(None, alias="in")
    not_: Annotated[list[Words], Field(min_length=1), _OneOrMore] | None = Field(None, alias="not")
    """A value, or several: none of them."""
    above: Number | None = None
    below: Number | None = None
    reported: Flag | None = None

    @model_validator(mode="after")
    def _one_test(self) -> Condition:
        given = [test for test in TESTS if getattr(self, _NAMES.get(test, test)) is not None]
        if not given:
            raise wrong("M002", "The condition has no test.", f"Add one of these: {', '.join(TESTS)}. For instance: is: States Parties")
        if len(given) > 1:
            raise wrong(
                "M015", f"The condition has two tests, {given[0]} and {given[1]}.", "Keep one of them; for several words, in: [a, b]"
            )
        return self

    def holds(self, value: str | Sequence[str] | None) -> bool:
        """Whether a value of the facts meets the condition.

        None is a value that is not reported, or a field that the profile does not have: it is no word and no number, so it meets
        ``not`` and ``reported: false`` alone.  Of a list, one item must meet the condition (for ``not``, all).  Numbers are compared as
        numbers (``3.0`` is ``3``), words by their letters without regard to case.
        """
        if self.reported is not None:
            return (value is not None) == self.reported
        values = [] if value is None else [value] if isinstance(value, str) else list(value)
        if self.not_ is not None:
            return not any(_same(one, word) for one in values for word in self.not_)
        if self.above is not None or self.below is not None:
            numbers = [number for one in values if (number := as_number(one)) is not None]
            return any((self.above is None or n > self.above) and (self.below is None or n < self.below) for n in numbers)
        words = self.in_ if self.in_ is not None else [self.is_ or ""]
        return any(_same(one, word) for one in values for word in words)


_NAMES = {"is": "is_", "in": "in_", "not": "not_"}


def as_number(text: str) -> Decimal | None:
    """The number that a value is, or None for words."""
    return Decimal(text.replace(",", "")) if NUMBER.fullmatch(text) else None


def _same(one: str, other: str) -> bool:
    numbers = as_number(one), as_number(other)
    if numbers[0] is not None and numbers[1] is not None:
        return numbers[0] == numbers[1]
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
