"""Measure a command as a whole: wall time, processor time and memory of it and of every process it starts.

Processes that outlive their parent (a fork server does) come back to the measuring process, which waits for them, so that
nothing is left out.  Linux only.  Keep this process small: the memory of a new process counts what its parent had.

    python bench/measuring.py PDF      prints the pages and the notes of a finished PDF
"""

from __future__ import annotations

import ctypes
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

SAMPLING = 0.25
"""Seconds between two looks at the memory of all processes together; one look costs about 2 ms a process."""

_SUBREAPER = 36
"""PR_SET_CHILD_SUBREAPER of Linux: orphans below this process become its children."""


@dataclass(frozen=True)
class Run:
    """What a command took."""

    wall: float
    """Seconds until the command returned."""
    cpu: float
    """Seconds of processor time, user and system, of all its processes."""
    largest: float
    """MB: the peak resident memory of its largest process (``ru_maxrss``)."""
    together: float
    """MB: the peak of the memory of all its processes at once, shared pages counted once (``Pss``, sampled)."""


def run(command: list[str], environment: dict[str, str] | None = None) -> Run:
    """Run a command and measure it.  Raises RuntimeError with its last words where it fails."""
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    with tempfile.TemporaryFile() as said, _Sampler() as sampler:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=said, stderr=said, stdin=subprocess.DEVNULL, env={**os.environ, **(environment or {})})
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        usages = [usage]
        while True:
            try:
                usages.append(os.wait4(-1, 0)[2])
            except ChildProcessError:
                break
        if process.returncode:
            said.seek(0)
            raise RuntimeError(f"{' '.join(command[-4:])} failed:\n{said.read().decode(errors='replace')[-2000:]}")
    cpu = sum(usage.ru_utime + usage.ru_stime for usage in usages)
    return Run(wall, cpu, max(usage.ru_maxrss for usage in usages) / 1024, sampler.peak)


class _Sampler:
    """Looks at the memory of all processes below this one while a command runs."""

    def __init__(self) -> None:
        self.peak = 0.0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> _Sampler:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._done.wait(SAMPLING):
            self.peak = max(self.peak, sum(map(_share, _below(os.getpid()))) / 1024)


def _below(root: int) -> list[int]:
    """All processes below one."""
    parents: dict[int, int] = {}
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            try:
                stat = Path(entry.path, "stat").read_text()
            except OSError:
                continue
            parents[int(entry.name)] = int(stat.rpartition(")")[2].split()[1])
    found, new = set(), {root}
    while new:
        new = {process for process, parent in parents.items() if parent in new} - found
        found |= new
    return list(found)


def _share(process: int) -> int:
    """kB of a process, each page divided by the number of processes that share it."""
    try:
        match = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{process}/smaps_rollup").read_text(), re.M)
    except OSError:
        return 0
    return int(match[1]) if match else 0


def count(file: Path) -> tuple[int, int]:
    """The pages of a PDF, and its notes, known by the addresses that links on its pages lead to; in a process of its own."""
    out = subprocess.run([sys.executable, __file__, str(file)], capture_output=True, text=True, check=True)
    pages, notes = json.loads(out.stdout)
    return pages, notes


def _count(file: str) -> tuple[int, int]:
    from pypdf import PdfReader

    reader, addresses = PdfReader(file), set()
    for page in reader.pages:
        for link in page.get("/Annots", ()):
            action = link.get_object().get("/A")
            address = str(action.get_object().get("/URI", "")) if action is not None else ""
            if re.fullmatch(r"https://example\.org/\d+/n\d+\.html", address):
                addresses.add(address)
    return len(reader.pages), len(addresses)


def machine() -> str:
    """The machine and the versions, in a few lines."""
    import platform
    from importlib.metadata import PackageNotFoundError, version

    cpu = re.search(r"model name\s*:\s*(.*)", Path("/proc/cpuinfo").read_text())
    memory = re.search(r"MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text())
    names = []
    for name in ("monitorpub", "weasyprint", "pydyf", "typst"):
        try:
            names.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            names.append(f"no {name}")
    return (
        f"{len(os.sched_getaffinity(0))} processors, {cpu[1] if cpu else 'unknown'}, {int(memory[1]) / 1e6 if memory else 0:.0f} GB;"
        f" {platform.system()} {platform.release().split('-')[0]}, Python {platform.python_version()}; {', '.join(names)};"
        f" load at the start {os.getloadavg()[0]:.1f}"
    )


if __name__ == "__main__":
    print(json.dumps(_count(sys.argv[1])))
