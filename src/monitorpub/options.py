"""The options that the commands of typesetting share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from monitorpub.standard import Standard


def sources(command: Callable[..., Any]) -> Callable[..., Any]:
    """The argument SOURCE..., shared by the commands that read profiles."""
    return click.argument("sources", nargs=-1, required=True, metavar="SOURCE...", type=click.Path(path_type=Path))(command)


def standard(_: click.Context, __: click.Parameter, name: str) -> Standard:
    """The standard that was chosen.  Another word is a wrong use of the command."""
    from monitorpub.standard import parse_standard

    try:
        return parse_standard(name)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


def folder(_: click.Context, __: click.Parameter, value: Path) -> Path:
    """The folder for the PDFs.  The name of a PDF is a wrong use of the command: a folder of that name would surprise."""
    if value.suffix.lower() == ".pdf" and not value.is_dir():
        raise click.BadParameter(f"{value} is the name of a file. Name a folder: each PDF has the name of its source.")
    return value


def typesetting(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of the commands that typeset."""
    for option in (
        click.option("--quiet", is_flag=True, help="Say nothing unless something is wrong."),
        click.option("--no-cache", "cached", flag_value=False, default=True, help="Typeset everything anew, and keep nothing."),
        click.option("--no-attach", "attach", flag_value=False, default=True, help="Leave the sources and the tables out of the PDF."),
        click.option(
            "--standard",
            default="ua-1+a-3a",
            show_default=True,
            metavar="NAME",
            callback=standard,
            help="What the PDF keeps: ua-1+a-3a, or ua-2+a-4f (PDF 2.0).",
        ),
        click.option("--jobs", default=0, type=click.IntRange(0, 64), help="How many to typeset at once.  [default: one per processor]"),
    ):
        command = option(command)
    return command
