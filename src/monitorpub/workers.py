"""Work in processes of its own: warm, bounded in time and memory, and unable to take the tool down with it.

A fork server loads the engine once, and each task runs in a fork of its own.  Nothing here imports the engine.
"""

from __future__ import annotations

import contextlib
import errno
import gc
import multiprocessing
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import ModuleType
from typing import Any, Protocol

from monitorpub.typeset.part import Limits, Remark


class Task(Protocol):
    """What a worker can be asked to do: it is sent to another process, and so is what it gives."""

    @property
    def name(self) -> str:
        """What it is called when one is told how far the work is."""

    @property
    def limits(self) -> Limits:
        """What it may use."""

    def run(self) -> Any:
        """The work itself, in the worker."""


@dataclass(frozen=True)
class Failed:
    """What a task gives that came to no end: P007 time, P008 memory, P009 anything else."""

    remark: Remark


_METHOD = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"


def default_jobs() -> int:
    """As many workers as there are processors for this process."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def warm_up() -> None:
    """Let the fork server begin to load the engine, while this process goes on."""
    if _METHOD == "forkserver":
        from multiprocessing import forkserver, resource_tracker

        _context()
        resource_tracker.ensure_running()  # ours to start: the server would, and let Ctrl-C through again
        with _without_main(), _deaf(), _short_address():
            forkserver.ensure_running()


@contextlib.contextmanager
def _short_address() -> Iterator[None]:
    """Let the server listen at an address that a socket can have, a hundred bytes, however long the path for temporary files is."""
    before = tempfile.tempdir
    if len(os.fsencode(tempfile.gettempdir())) > _LONG and os.path.isdir(_SHORT):
        tempfile.tempdir = _SHORT
    try:
        yield
    finally:
        tempfile.tempdir = before


_LONG, _SHORT = 60, "/tmp"


def _context() -> Any:
    context: Any = multiprocessing.get_context(_METHOD)
    if _METHOD == "forkserver":
        context.set_forkserver_preload(["monitorpub.typeset.warm"])
    return context


def run_all(tasks: Sequence[Task], workers: int = 0, progress: Callable[[Task, Any], None] | None = None) -> list[Any]:
    """What every task gives, in the order of the tasks; of a task that failed, ``Failed``, which does not stop the others.

    ``progress`` is called with each task as it is done, and what it gave.
    """
    if not tasks:
        return []
    warm_up()
    context = _context()
    waiting = list(enumerate(tasks))
    running: dict[Any, tuple[int, Task, BaseProcess, float]] = {}
    given: dict[int, Any] = {}
    try:
        while waiting or running:
            while waiting and len(running) < (workers or default_jobs()):
                index, task = waiting.pop(0)
                receiver, sender = context.Pipe(duplex=False)
                process = context.Process(target=_work, args=(task, sender), daemon=True)
                with _without_main(), _deaf():
                    process.start()
                sender.close()
                running[receiver] = (index, task, process, time.monotonic() + task.limits.seconds + _START)
            for receiver in _ready(running):
                index, task, process, deadline = running.pop(receiver)
                given[index] = _collect(task, receiver, process, late=time.monotonic() >= deadline)
                if progress is not None:
                    progress(task, given[index])
    finally:
        for _, _, process, _ in running.values():
            process.kill()
    return [given[index] for index in range(len(tasks))]


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


@contextlib.contextmanager
def _deaf() -> Iterator[None]:
    """Let the processes that start here not hear Ctrl-C.

    A terminal sends it to all of them; it is for the tool, which ends them, and they would each print where they were.
    """
    if not hasattr(signal, "pthread_sigmask"):  # not on Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_START = 10.0
"""Seconds beyond its limit that a task may wait for the first worker to load the engine."""


def _ready(running: dict[Any, tuple[int, Task, BaseProcess, float]]) -> list[Connection]:
    """The workers that have answered, died, or run out of time."""
    nearest = min(deadline for _, _, _, deadline in running.values())
    done = wait(list(running), timeout=max(0.0, nearest - time.monotonic()))
    now = time.monotonic()
    return [c for c, item in running.items() if c in done or item[3] <= now]


def _collect(task: Task, receiver: Connection, process: BaseProcess, *, late: bool) -> Any:
    try:
        answer = receiver.recv() if receiver.poll() else None
    except (EOFError, OSError):
        answer = None
    receiver.close()
    if not late or answer is not None:
        process.join(_END)
    if process.is_alive():  # out of time, or it has answered and does not come to its end
        process.kill()
    process.join()
    return answer if answer is not None else Failed(_death(task, process.exitcode, late=late))


_END = 5.0
"""Seconds that a worker has to end when it has answered."""


def _death(task: Task, code: int | None, *, late: bool) -> Remark:
    hint = "Look for an enormous table or image; if there is none, please report it with the source."
    if late or code == -signal.SIGXCPU:
        return Remark("P007", f"Typesetting took more than {task.limits.seconds:g} seconds.", "", hint)
    if code == -signal.SIGKILL:
        return Remark("P008", "The machine stopped the typesetting, most likely for want of memory.", "", hint)
    name = signal.Signals(-code).name if code is not None and code < 0 else f"exit code {code}"
    return Remark("P009", f"The typesetting engine stopped without an answer ({name}).", "", "Please report it with the source.")


_FULL = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)


def _work(task: Task, sender: Connection) -> None:
    """One task in a worker of its own."""
    _bound(task.limits)
    gc.disable()  # what a task leaves behind is gone with its process
    with contextlib.suppress(BrokenPipeError):  # the tool was killed, and nobody waits for an answer
        _answer(task, sender)


def _answer(task: Task, sender: Connection) -> None:
    try:
        sender.send(task.run())
    except MemoryError:
        message = f"Typesetting needed more than {task.limits.memory // 1_000_000:,} MB of memory."
        sender.send(Failed(Remark("P008", message, "", "Look for an enormous table or image.")))
    except RecursionError:
        hint = "Look for quotations or lists inside each other."
        sender.send(Failed(Remark("P009", "The text is nested too deeply to be typeset.", "", hint)))
    except OSError as error:
        message = f"The typesetting engine failed: {error}"
        hint = (
            f"Is the disk full? Temporary files go to {tempfile.gettempdir()}."
            if error.errno in _FULL
            else "Please report it with the source."
        )
        sender.send(Failed(Remark("P009", message, "", hint)))
    except BaseException as error:
        message = f"The typesetting engine failed: {type(error).__name__}: {error}"
        sender.send(Failed(Remark("P009", message, "", "Please report it with the source.")))
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
