"""What binding a volume costs: processor time of ``bind`` alone, for a volume whose parts are all in the cache.

    python bench/binding.py [--n 77] [--repeat 5]

With 77 made-up profiles the volume has about 480 pages.  The first run typesets them, which takes a minute or two.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

import generated
from monitorpub.bind.plan import Binding
from monitorpub.parts import presses
from monitorpub.volume import compiling


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--n", type=int, default=77)
    parser.add_argument("--repeat", type=int, default=5)
    chosen = parser.parse_args()
    original = compiling.bind
    times: list[float] = []

    def bind(binding: Binding, programs: object) -> bytes:
        for _ in range(chosen.repeat):
            started = time.process_time()
            data = original(binding, programs)
            times.append(time.process_time() - started)
        print(f"{binding.total} pages, {len(binding.pieces)} parts, {len(data) / 1e6:.2f} MB")
        return data

    compiling.bind = bind
    with tempfile.TemporaryDirectory() as name:
        volume = generated.write_workspace(Path(name), chosen.n)
        found = compiling.compile_volume(volume, presses(0, cached=True))
    assert found.value is not None, found.diagnostics
    print(f"bound in {statistics.median(times):.2f} s of processor time (median of {chosen.repeat}; the first {times[0]:.2f} s)")


if __name__ == "__main__":
    main()
