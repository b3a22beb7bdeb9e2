"""The abbreviations of a volume, collected from where its profiles and chapters spell them out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

from monitorpub.collation import sort_key
from monitorpub.diagnostics import Diagnostic, Found, Place
from monitorpub.text.abbreviations import Pair, collected, same_words
from monitorpub.volume.view import Abbreviation

__all__ = ["abbreviations", "collected"]


def abbreviations(
    collections: Mapping[str, Iterable[Pair]],
    also: Mapping[str, str],
    leave_out: Collection[str],
    language: str,
    place: Place | None = None,
) -> Found[tuple[Abbreviation, ...]]:
    """The list of a volume, in the order of its language, from what each part (by its slug) spells out.

    ``also`` adds abbreviations and decides between long forms; ``leave_out`` takes some away.  Of long forms that are one but for
    capitals, hyphens and the like, the one that most parts have is printed.  Those that mean different things are all printed, and said
    (R009, at ``place``).
    """
    found: dict[str, Counter[str]] = {}
    parts: dict[Pair, str] = {}
    for slug, pairs in collections.items():
        for short, long in dict.fromkeys(pairs):
            found.setdefault(short, Counter())[long] += 1
            parts.setdefault((short, long), slug)
    said: list[Diagnostic] = []
    chosen = {(short, long) for short, long in also.items() if short not in leave_out}
    for short, longs in found.items():
        if short in leave_out or short in also:
            continue
        forms = list(_forms(longs))
        chosen |= {(short, long) for long in forms}
        if len(forms) > 1:
            said.append(_several(short, [(long, parts[short, long]) for long in forms], place))
    listed = sorted(chosen, key=lambda pair: (sort_key(pair[0], language), sort_key(pair[1], language)))
    return Found(tuple(Abbreviation(*pair) for pair in listed), tuple(sorted(said, key=lambda one: one.message)))


def _forms(longs: Counter[str]) -> Iterator[str]:
    """The long forms that mean different things, each in the spelling that is most frequent, and then shortest."""
    ranked = sorted(longs, key=lambda long: (-longs[long], len(long), long))
    kept: list[str] = []
    for long in ranked:
        if not any(same_words(long, other) for other in kept):
            kept.append(long)
            yield long


def _several(short: str, forms: list[Pair], place: Place | None) -> Diagnostic:
    ways = "; ".join(f"“{long}” in {slug}" for long, slug in forms)
    hint = f"All are listed. To decide for one, write it on the page of the abbreviations: also: {{{short}: {forms[0][0]}}}"
    return Diagnostic("R009", f"{short} is spelt out in {len(forms)} ways: {ways}.", place, hint=hint)
