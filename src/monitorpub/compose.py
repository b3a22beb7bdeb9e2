"""Step 4, compose: the numbered profile or chapter and its layout become one HTML document.

A template asks for text by ``text(path)`` or ``line(path)``, by ``label(path)`` for a line that the styles set in capitals, and by
``plain(path)`` for its bare words; what a call prints was decided before.  How templates are read: :mod:`monitorpub.templates`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from monitorpub.computed import PrintedComputed
from monitorpub.diagnostics import Found
from monitorpub.end_notes import NoteGroup, notes_at
from monitorpub.labelled import PrintedFacts, printed_facts
from monitorpub.model import Contamination, Profile, Related, Text
from monitorpub.number import Note, Numbered, Steps
from monitorpub.scored import PrintedAssessment, printed_assessment
from monitorpub.series import PrintedTable, printed
from monitorpub.summaries import summary
from monitorpub.templates import day, direction, render
from monitorpub.text.expansions import of_texts
from monitorpub.text.heard import Heard
from monitorpub.text.html import JOINER, note_to_html, to_html
from monitorpub.text.parse import Parsed, walk
from monitorpub.text.references import Printed
from monitorpub.text.related import without_links
from monitorpub.validate import walk_tables
from monitorpub.ways import Way, ways
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
    names = (
        "text",
        "line",
        "label",
        "plain",
        "words_of",
        "related",
        "folio",
        "calls",
        "note",
        "notes_at",
        "ways",
        "day",
        "heard",
        "summary",
        "scored",
    )
    found = render(
        f"{written.layout}.html",
        workspace,
        {name: getattr(view, name) for name in names},
        {
            "written": written,
            "profile" if isinstance(written, Profile) else "chapter": written,
            "layout": layout,
            "words": layout.words(written.language),
            "tables": view.tables,
            "direction": direction(written.language),
            "direction_of": direction,
        },
    )
    if found.value is None:
        return Found(None, found.diagnostics)
    return Found(Document(name, found.value, tuple(layout.styles)))


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
        language = numbered.written.language
        self.heard = Heard(numbered.layout.words(language), language, of_texts(numbered))
        series = {table.id: printed(table, path, numbered) for table, path in walk_tables(numbered.written)}
        self.tables: dict[str, PrintedTable | PrintedComputed | PrintedFacts] = {**series, **computed, **printed_facts(numbered)}

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

    def words_of(self, text: Text) -> Markup:
        """A line as the words of a link: what leads somewhere in it does not."""
        parsed = self._numbered.parsed[text.path]
        return Markup(to_html(without_links(parsed.tokens), (), self._images, (), self._printed, self.heard).strip())

    def related(self, entry: Related) -> Markup:
        """A related link; its words alone where it has no address."""
        if entry.address is None:
            return self.words_of(entry.title)
        path = (*entry.title.path[:-1], "address")
        return Markup(self._html(self._numbered.parsed[path], path))

    def folio(self, anchor: str) -> str:
        """The page of a place of this document; nothing while the pages are not counted."""
        return self._printed.get(f"#{anchor}", Printed()).folio

    def calls(self, path: Steps) -> Markup:
        """The note calls of a cell that holds a number."""
        parsed = self._numbered.parsed.get(path)
        return Markup(self._html(parsed, path)) if parsed else Markup("")

    def _html(self, parsed: Parsed, path: Steps) -> str:
        numbered = self._numbered
        calls, marks = numbered.calls.get(path, ()), numbered.marks.get(path, ())
        return to_html(parsed.tokens, calls, self._images, marks, self._printed, self.heard, path)

    def note(self, note: Note) -> Markup:
        """The text of a note."""
        return Markup(note_to_html(note, self._printed, self.heard))

    def ways(self) -> tuple[Way, ...]:
        """The links to the profiles before and after and to the contents; none for a document that stands in no volume."""
        return ways(self._printed)

    def notes_at(self, place: str) -> tuple[NoteGroup, ...]:
        """The notes that are printed at a place: ``~end``, the anchor of a top-level section, or ``~`` with the name of a block."""
        return notes_at(self._numbered, place)

    def scored(self) -> PrintedAssessment | None:
        """The assessment, see :mod:`monitorpub.scored`; none where the profile has none."""
        return printed_assessment(self._numbered, self._numbered.layout.words(self._numbered.written.language))

    def summary(self, table: PrintedTable | PrintedComputed | PrintedFacts, group: int = 0) -> str:
        """What a table holds, in one line, see :func:`monitorpub.summaries.summary`."""
        return summary(table, self.heard, self.plain, group)

    def day(self, value: date) -> str:
        """A date written out in the language of the text."""
        return day(value, self._numbered.written.language)


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
