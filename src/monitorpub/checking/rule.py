"""A rule: what it looks for, why, and the function that finds it.  Each stands in a file of its own in ``rules/``."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from monitorpub.checking.manuscript import Manuscript, Passage
from monitorpub.codes import CODES, Code, Severity

__all__ = ["Hit", "Mend", "Rule", "Severity", "all_rules"]


@dataclass(frozen=True)
class Mend:
    """The one right answer: what to put in place of the signs from start to end of a passage."""

    passage: Passage
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Hit:
    """What a rule found: the passage, the signs it is about, and what to say.  Empty ``hint`` means the rule's own."""

    passage: Passage
    start: int
    end: int
    message: str
    hint: str = ""
    mend: Mend | None = None


@dataclass(frozen=True)
class Rule:
    """A rule with its explanation.

    ``code`` is a letter (N notes, S style of notes, W words of the text, D data, A access for all readers) and three figures; ``name`` in
    words with hyphens; ``what`` it finds, ``why`` that matters, an ``example`` and what to write ``instead``.  ``check`` gives the hits of
    one manuscript, or of a whole edition where ``edition`` is set: then it is called once with all manuscripts.
    """

    code: str
    name: str
    severity: Severity
    what: str
    why: str
    example: str
    instead: str
    check: Callable[[Manuscript], Iterator[Hit]] | None = None
    edition: Callable[[list[Manuscript]], Iterator[Hit]] | None = None


@cache
def all_rules() -> dict[str, Rule]:
    """All rules by code.  Loading them makes their codes known to diagnostics."""
    from monitorpub.checking import rules

    found: dict[str, Rule] = {}
    for module in sorted(pkgutil.iter_modules(rules.__path__), key=lambda m: m.name):
        rule: Rule = importlib.import_module(f"monitorpub.checking.rules.{module.name}").RULE
        if rule.code in found:
            raise RuntimeError(f"Two rules have the code {rule.code}: {rule.name} and {found[rule.code].name}.")
        found[rule.code] = rule
        CODES.setdefault(rule.code, Code(rule.code, rule.name, rule.severity, rule.what))
    return dict(sorted(found.items()))
