"""How long a volume takes, as ratios to the same content as (a) one WeasyPrint document and (b) one Typst document.

    python bench/volume.py [--n 15 60 240] [--only ours,one,typst] [--repeat K] [--json FILE]

For each n, makes n profiles of about 5 pages and 35 notes, compiles them in new processes (cold, nothing changed, one note
reworded, one profile two pages longer, another title), and prints a table.  Times of (a) and (b) are those of typesetting
alone: their one source is ready, while ours reads and checks every profile.  Typst is needed for (b) only: pip install typst.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import generated
from measuring import Run, count, machine, run

HERE = Path(__file__).parent
TOOL = [sys.executable, "-m", "monitorpub"]
LONG = 100
"""Profiles from which (a) is run only once."""


@dataclass(frozen=True)
class Row:
    """A line of the table: what was done, what it took, and what came out."""

    name: str
    took: Run
    pages: int
    notes: int
    size: int
    """Bytes."""


def row(name: str, runs: list[Run], file: Path) -> Row:
    """The medians of some runs, and their last result."""
    middle = [statistics.median(getattr(one, field) for one in runs) for field in ("wall", "cpu", "largest", "together")]
    return Row(name, Run(*middle), *count(file), file.stat().st_size)


class Ours:
    """The runs of ``monitorpub compile``."""

    def __init__(self, volume: Path, profiles: int, repeat: int) -> None:
        self.volume, self.profiles, self.repeat = volume, profiles, repeat
        self.output = volume.parent.parent / "ours.pdf"
        self.edits = 0

    def compile(self) -> Run:
        """One run in a new process, with as many workers as there are processors."""
        jobs = str(len(os.sched_getaffinity(0)))
        return run([*TOOL, "compile", str(self.volume), "-o", str(self.output), "--jobs", jobs])

    def rows(self) -> list[Row]:
        """Cold, then after each kind of edit; every repeated edit is of another profile."""
        cold = [self._cold() for _ in range(self.repeat)]
        rows = [row("ours, cold", cold, self.output)]
        rows.append(self._after("ours, nothing changed", lambda number: None))
        words = iter("Indeed Likewise Again Further Also Besides Moreover Then Here There Now Still".split() * 9)
        rows.append(self._after("ours, one note reworded", lambda number: generated.reword_note(self.volume, number, f"{next(words)}:")))
        if rows[-1].pages != rows[0].pages:
            print(f"A reworded note changed the pages from {rows[0].pages} to {rows[-1].pages}: that row is of more than one note.")
        rows.append(self._after("ours, one profile longer", lambda number: generated.lengthen(self.volume, number)))
        rows.append(self._after("ours, another title", lambda number: generated.retitle(self.volume, f"{generated.TITLE} {number}")))
        return rows

    def _cold(self) -> Run:
        shutil.rmtree(self.volume.parent.parent / ".monitorpub", ignore_errors=True)
        self.output.unlink(missing_ok=True)
        return self.compile()

    def _after(self, name: str, edit: Callable[[int], None]) -> Row:
        runs = []
        for _ in range(self.repeat):
            self.edits += 1
            edit(self.edits * 7 % self.profiles + 1)
            runs.append(self.compile())
        return row(name, runs, self.output)


def others(folder: Path, volume: Path, kinds: list[str], repeat: int) -> dict[str, Row]:
    """The rows of (a) and (b), made from the HTML that monitorpub composes."""
    bodies, rows = folder / "profiles.json", {}
    script = {"one": "as_one_document.py", "typst": "as_typst.py"}
    names = {"one": "(a) one WeasyPrint document", "typst": "(b) Typst"}
    _step(script["one"], "compose", folder, bodies)
    for kind in kinds:
        _step(script[kind], "write", bodies, volume, folder / kind)
        output = folder / f"{kind}.pdf"
        command = [sys.executable, str(HERE / script[kind]), "typeset", str(folder / kind), str(output)]
        rows[kind] = row(names[kind], [run(command) for _ in range(repeat if kind == "typst" else 1)], output)
    return rows


def _step(script: str, *arguments: object) -> None:
    subprocess.run([sys.executable, str(HERE / script), *map(str, arguments)], check=True)


def print_table(profiles: int, rows: list[Row], one: Row | None, typst: Row | None) -> None:
    """One table; ratios are of wall times."""
    print(f"\nn = {profiles}: {profiles * generated.NOTES} notes written")
    head = f"{'wall s':>8}{'CPU s':>8}{'/ (a)':>8}{'/ (b)':>8}{'pages':>7}{'notes':>7}"
    print(f"{'':<28}{head}{'largest MB':>12}{'together MB':>13}{'MB':>7}")
    for line in rows:
        ratios = "".join(f"{line.took.wall / base.took.wall:8.2f}" if base else f"{'':8}" for base in (one, typst))
        took = line.took
        print(
            f"{line.name:<28}{took.wall:8.2f}{took.cpu:8.2f}{ratios}{line.pages:>7}{line.notes:>7}"
            f"{took.largest:>12.0f}{took.together:>13.0f}{line.size / 1e6:>7.2f}"
        )
    for line in rows:
        if line.notes != profiles * generated.NOTES:
            print(f"{line.name}: {profiles * generated.NOTES - line.notes} notes are missing from the PDF.")


def print_targets(profiles: int, rows: dict[str, Row], one: Row | None, typst: Row | None) -> None:
    """Whether each target is met, for what was measured."""
    goals: list[tuple[str, float, float]] = []
    cold, quiet, reworded = rows["ours, cold"], rows["ours, nothing changed"], rows["ours, one note reworded"]
    if one:
        goals.append(("cold, wall time of (a)", cold.took.wall / one.took.wall, 0.45))
        goals.append(("cold, largest process of (a)", cold.took.largest / one.took.largest, 1.0))
        goals.append(("size of (a)", cold.size / one.size, 1.1))
    if typst and profiles in (60, 240):
        goals.append(("one note reworded, wall time of (b)", reworded.took.wall / typst.took.wall, 1.0 if profiles == 60 else 1.3))
    if profiles == 60:
        goals.append(("nothing changed, seconds", quiet.took.wall, 0.6))
    for name, value, most in goals:
        print(f"  {'met   ' if value <= most else 'MISSED'} {name}: {value:.2f}, at most {most:g}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--n", type=int, nargs="+", default=[15, 60, 240])
    parser.add_argument("--only", default="ours,one,typst")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    kinds = chosen.only.split(",")
    if "typst" in kinds and importlib.util.find_spec("typst") is None:
        print("Typst is not installed, so (b) is left out: pip install typst")
        kinds.remove("typst")
    print(machine())
    results = {}
    for profiles in chosen.n:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            volume = generated.write_workspace(folder, profiles)
            repeat = 1 if profiles >= LONG else chosen.repeat
            rest = others(folder, volume, [kind for kind in ("one", "typst") if kind in kinds], chosen.repeat)
            rows = Ours(volume, profiles, repeat).rows() if "ours" in kinds else []
            one, typst = rest.get("one"), rest.get("typst")
            print_table(profiles, [*rows, *rest.values()], one, typst)
            if rows:
                print_targets(profiles, {line.name: line for line in rows}, one, typst)
            results[profiles] = [asdict(line) for line in (*rows, *rest.values())]
    if chosen.json:
        chosen.json.write_text(json.dumps({"machine": machine(), "rows": results}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
