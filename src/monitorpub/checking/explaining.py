"""A code or a rule in words, for ``monitorpub explain`` and docs/rules.md."""

from __future__ import annotations

from monitorpub.checking.rule import Rule, all_rules
from monitorpub.codes import CODES, Severity


def explanation(word: str) -> str | None:
    """What a code or the name of a rule means, or None where there is no such code."""
    rules = all_rules()
    code = next((c.code for c in CODES.values() if word.upper() == c.code or word.lower() == c.name), None)
    if code is None:
        return None
    if code in rules:
        return "\n".join(_paragraphs(rules[code], "{code} ({name}), {severity}", "{title}: {text}"))
    known = CODES[code]
    why, page = SUBJECTS[code[0]]
    follows = FOLLOWS["V" if code[0] == "V" else "", known.severity]
    instead = f"The hint below the message says it for the place at hand; {page} explains the matter."
    parts = (("What it finds", known.what), ("Why", why), ("What follows", follows), ("What to do", instead))
    return "\n\n".join([f"{known.code} ({known.name}), {known.severity}", *(f"{title}: {text}" for title, text in parts)])


SUBJECTS = {
    "F": ("What cannot be read cannot be printed, and what lies in the way must not be lost.", "docs/authoring.md#where-files-go"),
    "Y": ("The tool would take the words in another way than they are meant.", "docs/authoring.md#yaml-in-ten-lines"),
    "M": ("A field that is misspelt, missing or wrong would be lost or printed wrong.", "docs/authoring.md#what-a-profile-holds"),
    "T": ("It would be printed in another way than it is meant, or not at all.", "docs/authoring.md#text"),
    "N": ("Every note has its call and every call its note: readers rely on them for each fact.", "docs/authoring.md#notes"),
    "C": ("A reader must find the source again, in the form of the house.", "docs/citations.md#when-something-is-wrong"),
    "K": ("Computed figures are those of the profiles, or none: nothing is guessed.", "docs/computed-tables.md#when-something-is-wrong"),
    "L": ("The layout says what is printed, in which order and in which words.", "docs/authoring.md#where-files-go"),
    "P": ("What is lost or hidden on a page, only its readers would miss.", "docs/authoring.md#what-the-tool-sets-for-you"),
    "G": ("A book of many sources: what stands twice, nowhere or under two names in it would mislead its readers.", "docs/volume.md"),
    "R": ("What leads nowhere sends the reader in vain.", "docs/authoring.md#links-to-other-profiles-page-numbers-and-the-index"),
    "B": ("Pages are bound from parts; folios and what refers to them must agree.", "docs/volume.md#compiling"),
    "I": ("What a file holds must come over whole, or be named; nothing that is there may be lost.", "docs/import.md"),
    "V": ("Who prints or archives a PDF has nothing but the PDF: it is proved from the file alone.", "docs/verifying.md#what-is-proved"),
}  # fmt: skip
"""For each letter why it matters, and where to read on."""

FOLLOWS = {
    ("", Severity.ERROR): "Nothing is written while it stands; what was built earlier stays as it was.",
    ("", Severity.WARNING): "The PDF is written all the same; look whether it is as you want it.",
    ("V", Severity.ERROR): "The PDF is not proved, and verify ends with 1.",
    ("V", Severity.WARNING): "The rest of the PDF is proved; this is not.",
}


def rules_page() -> str:
    """docs/rules.md."""
    head = [
        "# Rules",
        "",
        "What `monitorpub check` looks for beyond fields and values. This page is made from the rules by `make docs`.",
        "",
        "Codes: N notes, S style of notes, W words of the text, D data, A access for all readers. `--select` and `--ignore`",
        "take a code, the beginning of one, or a name; a source waives a rule with `ignore: [{rule: ..., reason: ...}]`. Style rules never",
        "look inside quotations.",
        "",
        "| code | name | severity | what it finds |",
        "|---|---|---|---|",
        *(f"| [{r.code}](#{r.code.lower()}-{r.name}) | {r.name} | {r.severity} | {r.what} |" for r in all_rules().values()),
    ]
    for rule in all_rules().values():
        head += ["", *_paragraphs(rule, "## {code} {name}", "**{title}.** {text}")]
    return "\n".join(head) + "\n"


def _paragraphs(rule: Rule, head: str, line: str) -> list[str]:
    parts = (("What it finds", rule.what), ("Why", rule.why), ("Example", rule.example), ("Instead", rule.instead))
    out = [head.format(code=rule.code, name=rule.name, severity=rule.severity)]
    for title, text in parts:
        out += ["", line.format(title=title, text=text)]
    return out
