"""The names that CSL 1.0.2 gives to types of sources and to their fields.

After the specification's appendices (https://docs.citationstyles.org/en/stable/specification.html) and the schema of CSL-JSON.
"""

from __future__ import annotations

TYPES = frozenset(
    """
    article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset document entry
    entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation manuscript map motion_picture
    musical_score pamphlet paper-conference patent performance periodical personal_communication post post-weblog regulation report
    review review-book software song speech standard thesis treaty webpage
    """.split()
)

NAMES = frozenset(
    """
    author chair collection-editor compiler composer container-author contributor curator director editor editor-translator
    editorial-director executive-producer guest host illustrator interviewer narrator organizer original-author performer producer
    recipient reviewed-author script-writer series-creator translator
    """.split()
)

DATES = frozenset("accessed available-date event-date issued original-date submitted".split())

TEXTS = frozenset(
    """
    DOI ISBN ISSN PMCID PMID URL abstract annote archive archive-place archive_collection archive_location authority call-number
    chapter-number citation-key citation-label citation-number collection-number collection-title container-title
    container-title-short dimensions division edition event event-place event-title first-reference-note-number genre issue
    journalAbbreviation jurisdiction keyword language license locator medium note number number-of-pages number-of-volumes
    original-publisher original-publisher-place original-title page page-first part-number part-title printing-number publisher
    publisher-place references reviewed-genre reviewed-title scale section shortTitle source status supplement-number title
    title-short version volume volume-title volume-title-short year-suffix
    """.split()
)

OTHER = frozenset(("id", "type", "custom", "categories"))

FIELDS = NAMES | DATES | TEXTS | OTHER

NAME_PARTS = frozenset(
    """
    family given literal suffix dropping-particle non-dropping-particle comma-suffix static-ordering parse-names
    """.split()
)

DATE_PARTS = frozenset(("date-parts", "literal", "raw", "season", "circa", "year", "month", "day"))
