"""What was kept as JSON becomes what it was, or nothing: another tool, or a hand, may have written it."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from types import UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")

WRONG = (ValueError, KeyError, TypeError, AttributeError)
"""What reading other values raises."""


def fitted(kind: type[T], values: dict[str, Any]) -> T:
    """A dataclass with these fields.  Raises TypeError where one is missing, unknown, or not what it is declared as.

    What lists and mappings hold is not looked at.
    """
    declared: Any = kind
    for name, kinds in _kinds(declared):
        if name in values and not isinstance(values[name], kinds):
            raise TypeError(f"{kind.__name__} has another {name}")
    return kind(**values)


@cache
def _kinds(kind: Any) -> list[tuple[str, tuple[type, ...]]]:
    hints = get_type_hints(kind)
    return [(one.name, tuple(_plain(hints[one.name]))) for one in fields(kind)]


def _plain(hint: Any) -> list[type]:
    """The classes that a value of a hint may have."""
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return [one for part in get_args(hint) for one in _plain(part)]
    if origin is Literal:
        return [type(one) for one in get_args(hint)]
    if hint is float:
        return [int, float]
    return [object if hint is Any else origin or hint]
