"""How far a command is: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

SLOW = 1.0
"""Seconds after which a command shows how far it is."""


class Progress:
    """A bar on a terminal, plain lines elsewhere; only when the work takes longer than a second."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._bar: Any = None

    def __enter__(self) -> Progress:
        import time

        self._started = time.monotonic()
        return self

    def done(self, name: str, number: int, total: int, cached: bool) -> None:
        """One more part is there."""
        import time

        if self._quiet or total < 2 or time.monotonic() - self._started < SLOW:
            return
        if sys.stderr.isatty():
            if self._bar is None:
                from rich.console import Console
                from rich.progress import Progress

                self._bar = Progress(console=Console(stderr=True), transient=True)
                self._bar.start()
                self._task = self._bar.add_task("Typesetting", total=total)
            self._bar.update(self._task, completed=number, total=total, description=f"Typesetting {name}")
        elif not cached:
            click.echo(f"[{number}/{total}] {name}", err=True)

    def page(self, file: Path) -> Callable[[int, int], None]:
        """Tells how many pages of a file are read, at most once a second."""
        import time

        last = self._started

        def read(page: int, pages: int) -> None:
            nonlocal last
            if not self._quiet and time.monotonic() - last > SLOW:
                last = time.monotonic()
                end = "\r" if sys.stderr.isatty() and page < pages else "\n"
                click.echo(f"{file}: page {page} of {pages}{end}", err=True, nl=False)

        return read

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()
