"""Run the rules over manuscripts: hits become diagnostics, those that were waived are left out."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from monitorpub.checking.manuscript import Manuscript
from monitorpub.checking.rule import Hit, Mend, Rule, all_rules
from monitorpub.diagnostics import Diagnostic
from monitorpub.model.scalars import shown


@dataclass(frozen=True)
class Checked:
    """A diagnostic with the mend that would cure it, if there is one right answer."""

    diagnostic: Diagnostic
    manuscript: Manuscript
    mend: Mend | None = None


def run_rules(manuscripts: Sequence[Manuscript], select: Iterable[str] = (), ignore: Iterable[str] = ()) -> list[Checked]:
    """What the rules find, in the order of the files.

    ``select`` and ``ignore`` are codes, beginnings of codes (``S`` for all of a letter) or names; without ``select`` all rules run.
    """
    rules = [rule for rule in all_rules().values() if chosen(rule, select, ignore)]
    found: list[Checked] = []
    for rule in rules:
        if rule.check is not None:
            for manuscript in manuscripts:
                found += [_checked(rule, hit, manuscript) for hit in rule.check(manuscript)]
        if rule.edition is not None:
            owner = {id(passage): m for m in manuscripts for passage in (*m.passages, *(n.passage for n in m.notes))}
            found += [_checked(rule, hit, owner.get(id(hit.passage), manuscripts[0])) for hit in rule.edition(list(manuscripts))]
    kept = [one for one in found if not waived(one)]
    return sorted(kept, key=lambda one: one.diagnostic.sort_key)


def chosen(rule: Rule, select: Iterable[str], ignore: Iterable[str]) -> bool:
    """Whether a rule is to run."""
    wanted, unwanted = list(select), list(ignore)
    return (not wanted or any(_means(rule, word) for word in wanted)) and not any(_means(rule, word) for word in unwanted)


def unknown(words: Iterable[str]) -> list[str]:
    """Words that choose no rule at all."""
    return [word for word in words if not any(_means(rule, word) for rule in all_rules().values())]


def wrong_waivers(manuscript: Manuscript) -> list[Diagnostic]:
    """Waivers of rules that do not exist: M009."""
    if manuscript.written is None or manuscript.source is None:
        return []
    names = [name for rule in all_rules().values() for name in (rule.name, rule.code)]
    found = []
    for index, waiver in enumerate(manuscript.written.ignore):
        if unknown([waiver.rule]):
            near = difflib.get_close_matches(waiver.rule, names, n=1, cutoff=0.6) or _same_words(waiver.rule, names)
            hint = f"Did you mean {near[0]}?" if near else "docs/rules.md lists them all."
            found.append(
                manuscript.source.at(
                    "M009", f"There is no rule {shown(waiver.rule)}.", (*manuscript.written.base, "ignore", index, "rule"), hint
                )
            )
    return found


def _same_words(word: str, names: Iterable[str]) -> list[str]:
    """Names of rules that share the most beginnings of words (unit-mixture, mixed-units)."""
    wanted = {part[:3] for part in word.lower().split("-")}
    return sorted(
        (n for n in names if wanted & {part[:3] for part in n.split("-")}), key=lambda n: -len(wanted & {p[:3] for p in n.split("-")})
    )


def _means(rule: Rule, word: str) -> bool:
    return rule.name == word.lower() or (re.fullmatch(r"[A-Za-z]\d{0,3}", word) is not None and rule.code.startswith(word.upper()))


def waived(one: Checked) -> bool:
    """Whether the source waives this rule (``ignore``), with a reason."""
    written = one.manuscript.written
    if written is None:
        return False
    rule = all_rules()[one.diagnostic.code]
    return any(_means(rule, waiver.rule) and (not waiver.words or waiver.words in _line(one.diagnostic)) for waiver in written.ignore)


def _line(diagnostic: Diagnostic) -> str:
    return diagnostic.place.text if diagnostic.place else ""


def _checked(rule: Rule, hit: Hit, manuscript: Manuscript) -> Checked:
    place = hit.passage.locate(hit.start, hit.end)
    diagnostic = Diagnostic(rule.code, hit.message, place, hit.passage.field, hit.hint or rule.instead)
    return Checked(diagnostic, manuscript, hit.mend)
