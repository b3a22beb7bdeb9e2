"""How long an editor waits for the first word, as ratios to the start of Python itself in the same run.

    python bench/start_up.py [RUNS]

Prints the median of each command in milliseconds and its ratio to ``python -c pass``; the last row is the import of the
engine, which none of the others may contain.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
WRONG = "layout: clearing-the-mines\ncountry: {code: PRK, name: North Korea}\nlanguage: en-GB\nedition: twenty\n"


def median(command: list[str], runs: int) -> float:
    """The median wall time of a command in seconds, after one run to warm the disk."""
    times = []
    for _ in range(runs + 1):
        started = time.perf_counter()
        subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
        times.append(time.perf_counter() - started)
    return statistics.median(times[1:])


def main() -> None:
    """Measure and print."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    tool = [sys.executable, "-m", "monitorpub"]
    with tempfile.TemporaryDirectory() as folder:
        wrong = Path(folder) / "wrong.yaml"
        wrong.write_text(WRONG, encoding="utf-8")
        rows = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "monitorpub --help": [*tool, "--help"],
            "check, no such file": [*tool, "check", "no-such-file.yaml"],
            "check, two wrong fields": [*tool, "check", str(wrong)],
            "check north-korea.yaml": [*tool, "check", "profiles/north-korea.yaml"],
            "import weasyprint": [sys.executable, "-c", "import weasyprint"],
        }
        base = median(rows["python -c pass"], runs)
        for name, command in rows.items():
            seconds = median(command, runs)
            print(f"{name:<26}{seconds * 1000:7.0f} ms {seconds / base:7.1f} x")


if __name__ == "__main__":
    main()
