"""Typesetting in worker processes: warm, bounded in time and memory, and unable to take the tool down with them.

Nothing here imports the engine; a fork server loads it once, and each job runs in a fork of its own.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import ModuleType
from typing import Any

from monitorpub.typeset.part import Job, Limits, Part, Remark, Spot

__all__ = ["Job", "Limits", "Part", "Remark", "Spot", "typeset_all"]

_METHOD = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"


def default_jobs() -> int:
    """As many workers as there are processors for this process."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def typeset_all(jobs: Sequence[Job], workers: int = 0, progress: Callable[[Part], None] | None = None) -> list[Part]:
    """The part of every job, in the order of the jobs.

    A job that fails gives a part without pages whose remarks say why (P007 time, P008 memory, P009 anything else); it
    does not stop the others.  ``progress`` is called with each part as it is done.
    """
    context: Any = multiprocessing.get_context(_METHOD)
    if _METHOD == "forkserver":
        context.set_forkserver_preload(["monitorpub.typeset.engine"])
    waiting = list(enumerate(jobs))
    running: dict[Any, tuple[int, Job, BaseProcess, float]] = {}
    parts: dict[int, Part] = {}
    try:
        while waiting or running:
            while waiting and len(running) < (workers or default_jobs()):
                index, job = waiting.pop(0)
                receiver, sender = context.Pipe(duplex=False)
                process = context.Process(target=_work, args=(job, sender), daemon=True)
                with _without_main():
                    process.start()
                sender.close()
                running[receiver] = (index, job, process, time.monotonic() + job.limits.seconds + _START)
            for receiver in _ready(running):
                index, job, process, deadline = running.pop(receiver)
                parts[index] = _collect(job, receiver, process, late=time.monotonic() >= deadline)
                if progress is not None:
                    progress(parts[index])
    finally:
        for _, _, process, _ in running.values():
            process.kill()
    return [parts[index] for index in range(len(jobs))]


@contextlib.contextmanager
def _without_main() -> Iterator[None]:
    """Hide the running script while a worker starts.

    A worker would import it again, and a script that builds on its first lines would build again in there; ours needs none of it.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


_START = 10.0
"""Seconds beyond its limit that a job may wait for the first worker to load the engine."""


def _ready(running: dict[Any, tuple[int, Job, BaseProcess, float]]) -> list[Connection]:
    """The workers that have answered, died, or run out of time."""
    nearest = min(deadline for _, _, _, deadline in running.values())
    done = wait(list(running), timeout=max(0.0, nearest - time.monotonic()))
    now = time.monotonic()
    return [c for c, item in running.items() if c in done or item[3] <= now]


def _collect(job: Job, receiver: Connection, process: BaseProcess, *, late: bool) -> Part:
    try:
        answer = receiver.recv() if receiver.poll() else None
    except (EOFError, OSError):
        answer = None
    receiver.close()
    if answer is None and process.is_alive():
        process.kill() if late else process.join(5)
    process.join()
    if isinstance(answer, Part):
        return answer
    if isinstance(answer, Remark):
        return Part(job.name, b"", 0, remarks=(answer,))
    return Part(job.name, b"", 0, remarks=(_death(job, process.exitcode, late=late),))


def _death(job: Job, code: int | None, *, late: bool) -> Remark:
    hint = "Look for an enormous table or image; if there is none, please report it with the source."
    if late or code == -signal.SIGXCPU:
        return Remark("P007", f"Typesetting took more than {job.limits.seconds:g} seconds.", "", hint)
    if code == -signal.SIGKILL:
        return Remark("P008", "The machine stopped the typesetting, most likely for want of memory.", "", hint)
    name = signal.Signals(-code).name if code is not None and code < 0 else f"exit code {code}"
    return Remark("P009", f"The typesetting engine stopped without an answer ({name}).", "", "Please report it with the source.")


def _work(job: Job, sender: Connection) -> None:
    """One job in a worker of its own."""
    _bound(job.limits)
    try:
        from monitorpub.typeset.engine import typeset

        sender.send(typeset(job))
    except MemoryError:
        sender.send(
            Remark(
                "P008",
                f"Typesetting needed more than {job.limits.memory // 1_000_000:,} MB of memory.",
                "",
                "Look for an enormous table or image.",
            )
        )
    except RecursionError:
        sender.send(Remark("P009", "The text is nested too deeply to be typeset.", "", "Look for quotations or lists inside each other."))
    except BaseException as error:
        sender.send(
            Remark("P009", f"The typesetting engine failed: {type(error).__name__}: {error}", "", "Please report it with the source.")
        )
    finally:
        sender.close()


def _bound(limits: Limits) -> None:
    try:
        import resource
    except ImportError:  # not on Windows; the parent's clock still holds
        return
    seconds = int(limits.seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
