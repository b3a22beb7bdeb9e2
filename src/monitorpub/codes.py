"""Every code a diagnostic can carry.

The letter says which step speaks: F files, Y reading YAML, M the model, T text, N notes, C citations, K computed tables, L layouts,
P pages, G volumes, R references and index, B binding, V finished PDFs.
A code keeps its meaning for ever; a code that is no longer used is not given again.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error stops the step after; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Code:
    """A code, its name, how grave it is and what it means."""

    code: str
    name: str
    severity: Severity
    what: str


_E, _W = Severity.ERROR, Severity.WARNING

CODES: dict[str, Code] = {
    code: Code(code, name, severity, what)
    for code, name, severity, what in [
        ("F001", "no-such-file", _E, "The source does not exist or cannot be read."),
        ("F002", "no-sources", _E, "A folder was given that holds no profile."),
        ("F003", "too-large", _E, "The file is larger than a source may be."),
        ("F004", "not-text", _E, "The file is not text in UTF-8."),
        ("F005", "same-output", _E, "Two sources would be written to the same file."),
        ("F006", "cannot-write", _E, "The output could not be written; what was there before is untouched."),
        ("Y001", "empty", _E, "The file holds nothing."),
        ("Y002", "not-yaml", _E, "The file breaks the rules of YAML."),
        ("Y003", "duplicate-key", _E, "The same key stands twice in one block: one of the two would be lost."),
        ("Y004", "tab", _E, "A tab indents a line, which YAML forbids."),
        ("Y005", "too-deep", _E, "Blocks are nested deeper than any profile needs."),
        ("Y006", "too-many-values", _E, "The file unfolds to more values than any profile needs (a YAML bomb)."),
        ("Y007", "yaml-extra", _E, "A YAML feature that profiles do not use: tags, several documents, odd keys."),
        ("Y008", "comment-after-words", _W, "A comment behind words without quotes: it may be the rest of them, and is not printed."),
        ("M001", "unknown-field", _E, "A field that profiles do not have."),
        ("M002", "missing-field", _E, "A field that must be there is not."),
        ("M003", "wrong-kind", _E, "Text where a block or a list should be, or the other way round."),
        ("M004", "not-a-number", _E, "A number was expected."),
        ("M005", "not-a-year", _E, "A year of four digits was expected."),
        ("M006", "not-a-date", _E, "A date as YYYY-MM-DD was expected, one that exists."),
        ("M007", "unknown-country", _E, "The country code is not in ISO 3166-1."),
        ("M008", "unknown-language", _E, "The language is not a language tag (BCP 47) such as en-GB."),
        ("M009", "not-one-of", _E, "The value is not one of those allowed here."),
        ("M010", "bad-id", _E, "An id has other signs than a-z, digits and hyphens, or begins as the tool's own places do."),
        ("M011", "same-id", _E, "Two things in the profile have the same id."),
        ("M012", "bad-contamination", _E, "A contamination that follows none of the known forms."),
        ("M013", "bad-total", _E, "A total or an average names rows that are not there, or rows of another unit."),
        ("M014", "wrong-total", _E, "A printed total is not the sum of its rows."),
        ("M015", "bad-value", _E, "A value that does not fit its field."),
        ("M016", "too-many-levels", _E, "Sections are nested more than three levels deep."),
        ("T001", "raw-html", _E, "HTML in text: it would be printed as it stands."),
        ("T002", "template-in-text", _E, "Template marks in text: they would be printed as they stand."),
        ("T003", "css-in-text", _E, "A style rule in text: it would be printed as it stands."),
        (
            "T004",
            "bad-link",
            _E,
            "A link that is not http, https, mailto or a place in the document; or a call in the words of one.",
        ),
        ("T005", "no-such-image", _E, "An image that is not there, is not an image, or lies outside the workspace."),
        ("T006", "image-without-alt", _E, "An image without words for those who cannot see it."),
        ("T007", "heading-in-text", _E, "A heading in text: headings are the titles of sections."),
        ("T008", "not-in-notes", _E, "Something that a note cannot hold: a table, an image, a note call."),
        ("T009", "not-inline", _E, "Paragraphs, lists or tables where one line of text is expected."),
        ("T010", "no-such-target", _E, "A link to a place that the document does not have."),
        ("T011", "ragged-table", _E, "A row of a table has more cells than the table has columns: the rest would be lost."),
        ("T012", "citation-in-text", _E, "A source cited in running text: sources are cited in notes."),
        ("T013", "nested-too-deeply", _E, "Lists and quotations stand in each other more than six deep."),
        ("T014", "link-definition", _E, "A line that gives a name to a link: it would not be printed."),
        ("T015", "note-in-text", _E, "The words of a note stand in the text: notes belong in the field notes."),
        ("N001", "call-without-note", _E, "A note call whose note does not exist: the reader would find nothing."),
        ("N002", "note-never-called", _E, "A note that nothing calls: it would be lost."),
        ("C001", "no-references", _E, "A file of references that is not there, or holds no records that can be read."),
        ("C002", "incomplete-record", _E, "A record of a source without an id or without a type."),
        ("C003", "same-record", _E, "Two records of sources have the same id."),
        ("C004", "unknown-type", _E, "A record's type is none of CSL."),
        ("C005", "no-such-record", _E, "A note cites a key that no record has."),
        ("C006", "record-never-cited", _W, "A record in the profile that no note cites."),
        ("C007", "bad-record", _E, "A field of a record holds what it cannot hold, such as a date that does not exist."),
        ("C008", "no-such-house", _E, "The house style of the notes is not there or cannot be used."),
        ("C009", "no-pandoc", _E, "pandoc, which forms the references, is missing or failed."),
        ("C010", "empty-reference", _E, "A record of which the house style prints nothing."),
        ("C011", "unknown-record-field", _W, "A field of a record that CSL does not have, and that is not printed."),
        ("C012", "key-without-brackets", _E, "The key of a record in a note without the brackets that make it a citation."),
        ("C013", "cited-twice", _W, "A note cites the same record twice."),
        ("K001", "no-such-fact", _E, "A condition or a computed table names a field that no profile has."),
        ("K002", "cannot-convert", _E, "A unit into which the figures of a column cannot be converted."),
        ("K003", "words-in-sum", _E, "A column of words is to be added up, ranked or compared."),
        ("K004", "year-without-values", _E, "A year for which no profile has a value."),
        ("K005", "unknown-group", _E, "A computed table is of a group that the volume does not have."),
        ("K006", "unknown-column", _E, "A computed table is sorted by a column that it does not have."),
        ("K007", "no-rows", _E, "A computed table for which no profile is left."),
        ("K008", "computed-in-profile", _E, "A computed table in a profile: it stands in a chapter of the volume."),
        ("R001", "no-such-part", _E, "A link to a part that is not there, or to a place that the part does not have."),
        ("R002", "bad-placeholder", _E, "Words in braces for which nothing can be printed: unknown, or outside a link to a place."),
        ("R003", "bad-mark", _E, "A mark for the index that cannot be read, or has no words."),
        ("R004", "no-number", _E, "The number of something that has none: only tables in the text are numbered."),
        ("R005", "target-with-errors", _E, "A link to a place of a profile that cannot be read itself."),
        ("R006", "term-not-found", _W, "A term of the index that stands on no page."),
        ("R007", "term-too-common", _W, "A term of the index that stands on so many pages that nobody can look it up."),
        ("R008", "see-nowhere", _E, "A term of the index that sends the reader to none, or in a circle."),
        ("R009", "two-long-forms", _W, "An abbreviation that profiles of the volume explain in different ways."),
        ("R010", "term-twice", _E, "A term stands twice in the list of terms of the index."),
        ("L001", "no-such-layout", _E, "The layout does not exist."),
        ("L002", "broken-layout", _E, "The layout's template or settings cannot be used."),
        ("L003", "no-such-style", _E, "A style that the layout names does not exist."),
        ("L004", "wrong-direction", _E, "The layout is for languages of the other direction of writing."),
        ("P001", "note-lost", _E, "A note is not on the pages, or there more than once."),
        ("P002", "note-on-next-page", _W, "A note stands on the page after its call, for lack of room."),
        ("P003", "note-far-away", _E, "A note stands more than a page after its call, or before it."),
        ("P004", "note-too-long", _E, "A note is too long to stand at the foot of a page."),
        ("P005", "engine-error", _E, "The typesetting engine could not use something."),
        ("P006", "engine-warning", _W, "The typesetting engine ignored something."),
        ("P007", "out-of-time", _E, "Typesetting took longer than it may."),
        ("P008", "out-of-memory", _E, "Typesetting needed more memory than it may."),
        ("P009", "engine-stopped", _E, "The typesetting engine stopped without an answer."),
        ("P010", "missing-glyph", _E, "No packaged font has a sign that the text uses."),
        ("P011", "text-off-page", _E, "Something stands outside the page or the text column, or is wider than its cell."),
        ("P012", "text-over-notes", _E, "Text and notes are printed over each other."),
        ("G001", "profile-twice", _E, "A profile stands twice in a volume: in a list, or in two groups."),
        ("G002", "same-slug", _E, "Two parts of a volume have the same name, or one that the tool needs itself."),
        ("G003", "no-such-profile", _E, "A group names a profile that is not there, or a folder of profiles is not."),
        ("G004", "empty-group", _E, "A group of a volume holds no profile."),
        ("G005", "see-to-nothing", _E, "A see entry of the contents sends the reader to what the volume does not have."),
        ("G006", "see-in-a-circle", _E, "See entries of the contents send the reader to each other."),
        ("G007", "profile-in-no-group", _W, "A profile beside the volume is in none of its groups."),
        ("G008", "bad-standard-number", _E, "An ISBN or ISSN that has not its number of figures, or whose check digit is wrong."),
        ("G009", "page-out-of-place", _E, "A page that the tool makes stands twice in a volume, or where it cannot stand."),
        ("G010", "not-a-profile", _E, "A volume where a profile is expected: volumes are compiled, not built."),
        ("G011", "no-profiles", _E, "A volume without any profile."),
        ("B001", "cache-damaged", _W, "An entry of the cache was damaged; it is made again."),
        ("B002", "cache-not-written", _W, "The cache cannot be written; the result is right, and the next run takes longer."),
        ("B003", "pages-do-not-settle", _E, "Page references that change the pages they lead to, and so never come to rest."),
        ("B004", "feet-not-set", _E, "The running feet and folios could not be set with the styles of the workspace."),
        ("V001", "not-a-pdf", _E, "The file is not a PDF."),
        ("V002", "damaged-pdf", _E, "The PDF is cut off, or breaks the rules of the format."),
        ("V003", "encrypted", _E, "The PDF is encrypted, so that nothing in it can be proved."),
        ("V004", "no-pages", _E, "The PDF has no pages."),
        ("V005", "no-title", _E, "The PDF has no title."),
        ("V006", "no-language", _E, "The PDF does not say its language."),
        ("V007", "unreadable-page", _E, "The content of a page cannot be read to its end."),
        ("V010", "note-not-printed", _E, "The place of a note is in the PDF, and no note is printed there."),
        ("V011", "note-without-call", _E, "A note that no call leads to."),
        ("V012", "call-without-its-note", _E, "A call whose note is not in the PDF."),
        ("V013", "wrong-number", _E, "A call prints another number than its note, or none."),
        ("V014", "notes-out-of-order", _E, "A note stands after one with a higher number."),
        ("V015", "number-left-out", _E, "A number is left out among the notes."),
        ("V016", "number-twice", _E, "A number stands at two notes of a series, or a call is printed twice."),
        ("V017", "note-a-page-late", _W, "A note stands on the page after its call."),
        ("V018", "note-on-another-page", _E, "A note stands more than a page after its call, or before it."),
        ("V019", "note-without-words", _E, "A note has a number and no words."),
        ("V020", "calls-out-of-order", _E, "The first calls do not come in the order of their numbers."),
        ("V021", "call-not-linked", _E, "A call that cannot be clicked to reach its note."),
        ("V022", "no-way-back", _E, "A note does not lead back to its first call."),
        ("V023", "link-to-nowhere", _E, "A link leads to a place that the PDF does not have."),
        ("V024", "link-without-size", _E, "A link has no width or no height: it cannot be clicked."),
        ("V025", "place-off-page", _E, "A named place is on no page, or outside its page."),
        ("V031", "words-off-page", _E, "Words stand outside the page."),
        ("V041", "font-not-embedded", _E, "The PDF uses a font that it does not carry."),
        ("V042", "font-without-text", _E, "A font does not say which text its glyphs are."),
        ("V043", "box-for-glyph", _E, "A box stands in the text where the font has no glyph."),
        ("V044", "glyph-without-text", _E, "A glyph whose text is unknown: it is lost in search, copy and reading aloud."),
        ("V051", "note-not-in-pdf", _E, "A note of the source is not in its PDF."),
        ("V052", "note-renumbered", _E, "A note has another number in the PDF than in the source."),
        ("V053", "note-reworded", _E, "A note has other words in the PDF than in the source."),
        ("V054", "note-not-in-source", _E, "A note of the PDF is not in its source."),
        ("V090", "not-proved", _W, "Something could not be proved about this PDF."),
    ]
}
