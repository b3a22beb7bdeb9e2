"""Step 4, compose: the numbered profile or chapter and its layout become one HTML document.

Templates are Jinja with everything escaped, sandboxed, and strict about names they do not know.  A template asks for text by
``text(path)`` or ``line(path)``, by ``label(path)`` for a line that the styles set in capitals, and by ``plain(path)`` for its bare words;
what a call prints was decided before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from monitorpub import __version__
from monitorpub.computed import PrintedComputed
from monitorpub.diagnostics import Diagnostic, Found, Place
from monitorpub.model import Contamination, Profile, Text
from monitorpub.number import Note, Numbered, Steps
from monitorpub.series import PrintedTable, printed
from monitorpub.text.html import JOINER, note_to_html, to_html
from monitorpub.text.parse import Parsed, walk
from monitorpub.text.references import Printed
from monitorpub.text.typography import RIGHT_TO_LEFT
from monitorpub.validate import walk_tables
from monitorpub.workspace import Workspace


@dataclass(frozen=True)
class Document:
    """What is handed to the typesetter."""

    name: str
    html: str
    styles: tuple[str, ...]


def compose(
    numbered: Numbered,
    images: dict[str, str],
    workspace: Workspace,
    name: str,
    references: Mapping[str, Printed] | None = None,
    computed: Mapping[str, PrintedComputed] | None = None,
) -> Found[Document]:
    """The HTML document of a profile or chapter.  Gives diagnostics L002 where the layout's template fails.

    ``references`` says by address what is printed for references, where more is known than ``numbered.printed`` has: folios.
    ``computed`` are the computed tables by their ids, see :func:`monitorpub.computed.compute_all`.
    """
    written, layout = numbered.written, numbered.layout
    view = _View(numbered, images, references, computed or {})
    environment = SandboxedEnvironment(
        loader=FileSystemLoader(workspace.folders("layouts")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    names = ("text", "line", "label", "plain", "calls", "note", "day")
    environment.globals |= {name: getattr(view, name) for name in names}
    template = f"{written.layout}.html"
    try:
        html = environment.get_template(template).render(
            written=written,
            **{"profile" if isinstance(written, Profile) else "chapter": written},
            layout=layout,
            words=layout.words(written.language),
            tables=view.tables,
            direction=direction(written.language),
            direction_of=direction,
            version=__version__,
        )
    except TemplateSyntaxError as error:
        file = Path(error.filename) if error.filename else Path(template)
        return Found(None, (Diagnostic("L002", f"The template cannot be read: {error.message}.", _line_of(file, error.lineno)),))
    except Exception as error:  # a layout is somebody's program: whatever it does wrong must reach them as a sentence
        reason = str(error) or type(error).__name__
        return Found(None, (Diagnostic("L002", f"The template failed: {reason}.", _where(error, workspace, template)),))
    return Found(Document(name, html, tuple(layout.styles)))


def direction(language: str) -> str:
    """The direction of a language's script, for the attribute ``dir``."""
    return "rtl" if language.split("-", maxsplit=1)[0].lower() in RIGHT_TO_LEFT else "ltr"


class _View:
    """What templates may ask for."""

    def __init__(
        self,
        numbered: Numbered,
        images: dict[str, str],
        references: Mapping[str, Printed] | None,
        computed: Mapping[str, PrintedComputed],
    ) -> None:
        self._numbered = numbered
        self._images = images
        self._printed = {**numbered.printed, **(references or {})}
        series = {table.id: printed(table, path, numbered) for table, path in walk_tables(numbered.written)}
        self.tables: dict[str, PrintedTable | PrintedComputed] = {**series, **computed}

    def text(self, text: Text | Contamination) -> Markup:
        """A text of the profile as HTML."""
        text = text.text if isinstance(text, Contamination) else text
        parsed = self._numbered.parsed[text.path]
        return Markup(self._html(parsed, text.path).strip())

    line = text

    def label(self, text: Text) -> Markup:
        """A line that is set in capitals: units and the s of NGOs keep their case, ß becomes the capital ẞ."""
        pieces = re.split(r"(<[^>]*>)", self.text(text))
        return Markup("".join(piece if piece.startswith("<") else _in_capitals(piece) for piece in pieces))

    def plain(self, text: Text) -> str:
        """The words of a text as they are printed, without marks and note calls, for bookmarks."""
        tokens = (token for token in walk(self._numbered.parsed[text.path].tokens) if token.type in _PLAIN)
        words = "".join(" " if token.type.endswith("break") else token.content for token in tokens)
        return " ".join(words.replace(JOINER, "").split())

    def calls(self, path: Steps) -> Markup:
        """The note calls of a cell that holds a number."""
        parsed = self._numbered.parsed.get(path)
        return Markup(self._html(parsed, path)) if parsed else Markup("")

    def _html(self, parsed: Parsed, path: Steps) -> str:
        numbered = self._numbered
        return to_html(parsed.tokens, numbered.calls.get(path, []), self._images, numbered.marks.get(path, ()), self._printed)

    def note(self, note: Note) -> Markup:
        """The text of a note."""
        return Markup(note_to_html(note, self._printed))

    def day(self, value: date) -> str:
        """A date written out in the language of the text (CLDR, by Babel)."""
        from babel.dates import format_date

        language = self._numbered.written.language
        try:
            return format_date(value, "long", locale=language.replace("-", "_"))
        except ValueError:
            return value.isoformat()


_PLAIN = ("text", "code_inline", "softbreak", "hardbreak")

_KEEPS_CASE = re.compile(
    r"(?<!\w)(?:[kcm]?m[²³]|[kcm]m|kg)(?!\w)"
    r"|(?<=[\d(])(?:m|g|ha|t)(?!\w)|(?<=\d[ \u00a0])(?:m|g|ha|t)(?!\w)"
    r"|(?<=\d)(?:[kcm]?m[²³]|[kcm]m|kg)(?!\w)"
    r"|(?<=[A-Z]{2})s\b"
)
"""A unit (those of one letter behind a figure or a bracket only), and the s of an abbreviation in the plural."""


def _in_capitals(html: str) -> str:
    return _KEEPS_CASE.sub(r'<span class="keeps-case">\g<0></span>', html.replace("ß", "ẞ"))


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
