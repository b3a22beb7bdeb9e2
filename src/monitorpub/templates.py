"""Templates: Jinja with everything escaped, sandboxed, and strict about names it does not know; what fails becomes a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import BytecodeCache, FileSystemLoader, StrictUndefined, TemplateSyntaxError
from jinja2.bccache import Bucket
from jinja2.sandbox import SandboxedEnvironment

from monitorpub.diagnostics import Diagnostic, Found, Place
from monitorpub.text.typography import RIGHT_TO_LEFT
from monitorpub.workspace import Workspace


class _Compiled(BytecodeCache):
    """What templates were compiled to in this process.

    Each rendering has an environment of its own, with functions of its own; the source is read again, and compiled if it is another one.
    Not on the disk: whoever could write there could have anything done.
    """

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what is kept for this source."""
        checksum, code = self._kept.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        if bucket.code is not None:
            self._kept[bucket.key] = bucket.checksum, bucket.code


_COMPILED = _Compiled()


def render(template: str, workspace: Workspace, functions: Mapping[str, Callable[..., Any]], values: Mapping[str, Any]) -> Found[str]:
    """What a template of the folders ``layouts`` prints.  Gives diagnostics L002 where it fails; raises nothing.

    ``functions`` can be called in macros that templates import; ``values`` stand in the template alone.
    """
    environment = SandboxedEnvironment(
        loader=FileSystemLoader(workspace.folders("layouts")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_COMPILED,
    )
    environment.globals |= functions
    try:
        return Found(environment.get_template(template).render(**values))
    except TemplateSyntaxError as error:
        file = Path(error.filename) if error.filename else Path(template)
        return Found(None, (Diagnostic("L002", f"The template cannot be read: {error.message}.", _line_of(file, error.lineno)),))
    except Exception as error:  # a layout is somebody's program: whatever it does wrong must reach them as a sentence
        reason = str(error) or type(error).__name__
        return Found(None, (Diagnostic("L002", f"The template failed: {reason}.", _where(error, workspace, template)),))


def direction(language: str) -> str:
    """The direction of a language's script, for the attribute ``dir``."""
    return "rtl" if language.split("-", maxsplit=1)[0].lower() in RIGHT_TO_LEFT else "ltr"


def day(value: date, language: str) -> str:
    """A date written out in a language (CLDR, by Babel)."""
    from babel.dates import format_date

    try:
        return format_date(value, "long", locale=language.replace("-", "_"))
    except ValueError:
        return value.isoformat()


def _where(error: BaseException, workspace: Workspace, template: str) -> Place:
    """The line of the innermost template that the error passed through."""
    folders = [str(folder.resolve()) for folder in workspace.folders("layouts")]
    place, trace = Place(workspace.find("layouts", template) or Path(template)), error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if any(str(Path(file).resolve()).startswith(folder) for folder in folders):
            place = _line_of(Path(file), trace.tb_lineno)
        trace = trace.tb_next
    return place


def _line_of(file: Path, line: int) -> Place:
    try:
        text = file.read_text(encoding="utf-8").splitlines()[line - 1]
    except (OSError, IndexError):
        return Place(file, line, 1)
    column = len(text) - len(text.lstrip()) + 1
    return Place(file, line, column, len(text) + 1, text)
