"""How long a profile of 120 notes takes to check, once the tool is loaded, as ratios to one of 12 notes in the same run.

    python bench/checking.py [RUNS]

Two profiles are made up: one whose notes are free text, one whose notes are cited from records (one run of pandoc).  Prints
the median of preparing (read, validate, number, cite) and of the rules, in milliseconds.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

HEAD = (
    "layout: clearing-the-mines\ncountry: {code: KHM, name: Cambodia}\nlanguage: en-GB\nvolume: Clearing the Mines\n"
    "edition: 2025\nlast-updated: 2025-06-30\n"
)
SENTENCE = "The survey of the northern districts went on through the dry season and was reported in full by the authority"


def profile(notes: int, *, cited: bool) -> str:
    """A profile with so many notes, three calls in a paragraph."""
    text = "\n\n".join(f"      {SENTENCE}.[^n{n}] {SENTENCE}, {SENTENCE.lower()}." for n in range(1, notes + 1))
    lines = [f"{HEAD}sections:\n  - title: Survey\n    text: |\n{text}\nnotes:"]
    if cited:
        lines += [f'  n{n}: "[@r{n % 40}, p. {n}; @r{(n + 7) % 40}]"' for n in range(1, notes + 1)]
        lines.append("references:")
        lines += [
            f"  - {{id: r{n}, type: article-newspaper, title: Title {n}, container-title: Outlet, issued: 2024-05-17}}" for n in range(40)
        ]
    else:
        lines += [f"  n{n}: “Title {n}”, *Outlet*, {n % 28 + 1} May 2025, at <https://example.org/{n}>." for n in range(1, notes + 1)]
    return "\n".join(lines) + "\n"


def measure(file: Path, runs: int) -> tuple[float, float]:
    """Medians in seconds: preparing, and the rules."""
    from monitorpub.checking.from_profile import manuscript_of
    from monitorpub.checking.run import run_rules
    from monitorpub.pipeline import prepare

    preparing, rules = [], []
    for _ in range(runs + 1):
        started = time.perf_counter()
        found = prepare(file)
        preparing.append(time.perf_counter() - started)
        assert found.value is not None, found.diagnostics
        started = time.perf_counter()
        run_rules([manuscript_of(found.value.source, found.value.numbered)])
        rules.append(time.perf_counter() - started)
    return statistics.median(preparing[1:]), statistics.median(rules[1:])


def main() -> None:
    """Measure and print."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder:
        for cited in (False, True):
            base = 0.0
            for notes in (12, 120):
                file = Path(folder) / f"{notes}-{cited}.yaml"
                file.write_text(profile(notes, cited=cited), encoding="utf-8")
                preparing, rules = measure(file, runs)
                base = base or preparing + rules
                kind = "cited" if cited else "free text"
                total = (preparing + rules) / base
                print(f"{notes:>4} notes, {kind:<10} prepare {preparing * 1000:6.0f} ms   rules {rules * 1000:6.0f} ms {total:6.1f} x")


if __name__ == "__main__":
    main()
