"""Write what the documentation takes from the tool: docs/diagnostics.md, and what ``check`` prints in docs/authoring.md.

Run it after a change to the codes or to the words of a diagnostic.  tests/test_docs.py fails while it has not been run.

Examples in docs/authoring.md are fenced blocks: ``yaml profile`` is a whole profile, ``yaml fragment`` some fields of one, and
``yaml wrong`` some fields with a mistake; what ``monitorpub check`` prints for it stands in the ``text`` block that follows.
"""

from __future__ import annotations

import contextlib
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from click.testing import CliRunner

from monitorpub.checking.explaining import rules_page
from monitorpub.checking.rule import all_rules
from monitorpub.cli import main as monitorpub
from monitorpub.codes import CODES

DOCS = Path(__file__).parents[1] / "docs"
AUTHORING = DOCS / "authoring.md"
DIAGNOSTICS = DOCS / "diagnostics.md"
RULES = DOCS / "rules.md"
NAME = "north-korea.yaml"
"""The file that every example is checked as."""

STEPS = {
    "F": "Files",
    "Y": "Reading YAML",
    "M": "The profile",
    "T": "Text",
    "N": "Notes",
    "C": "Citations",
    "K": "Computed tables and conditions",
    "L": "Layouts",
    "P": "Pages",
    "G": "Volumes",
    "R": "References and index",
    "B": "Binding",
    "I": "Importing",
    "V": "Finished PDFs",
}

_FENCE = re.compile(r"^```(?P<kind>[^\n`]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Example:
    """A fenced block: its kind, its text, its line in the document, and the block that follows it."""

    kind: str
    text: str
    line: int
    start: int
    end: int


def examples(document: str) -> list[Example]:
    """Every fenced block of a document."""
    return [
        Example(m["kind"].strip(), m["text"], document.count("\n", 0, m.start()) + 1, m.start("text"), m.end("text"))
        for m in _FENCE.finditer(document)
    ]


def mistakes(document: str) -> Iterator[tuple[Example, Example]]:
    """Every ``yaml wrong`` with the block that follows it."""
    found = examples(document)
    for example, following in pairwise(found):
        if example.kind == "yaml wrong":
            yield example, following


def fields(text: str) -> dict[str, str]:
    """The lines of a profile by the field they belong to; comments belong to the field before them."""
    out: dict[str, str] = {}
    name = ""
    for line in text.splitlines(keepends=True):
        if match := re.match(r"[A-Za-z][\w-]*(?=[: \n])", line):
            name = match[0]
        out[name] = out.get(name, "") + line
    return out


def whole(document: str, fragment: str) -> str:
    """The fields of an example put into the first profile of the document; its sections and notes go together."""
    base = fields(next(e.text for e in examples(document) if e.kind == "yaml profile"))
    given = fields(fragment)
    if given.keys() & {"sections", "notes"}:
        base = {name: lines for name, lines in base.items() if name not in ("sections", "notes")}
    return "".join((base | given).values())


def said(profile: str) -> str:
    """What ``monitorpub check`` prints for a profile."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        Path(NAME).write_text(profile, encoding="utf-8")
        return CliRunner().invoke(monitorpub, ["check", NAME]).output


def authoring_text() -> str:
    """docs/authoring.md with the diagnostics of today."""
    document = AUTHORING.read_text(encoding="utf-8")
    for example, following in reversed(list(mistakes(document))):
        document = document[: following.start] + said(whole(document, example.text)) + document[following.end :]
    return document


def diagnostics_text() -> str:
    """docs/diagnostics.md."""
    out = [
        "# Diagnostics\n",
        "Everything the tool can say about a source but for the [rules](rules.md), by its code. The letter says which step speaks.",
        "A code keeps its meaning for ever.",
        "An **error** stops the build: no PDF is written, and what was built earlier stays as it was. A **warning** does not.\n",
        "This page is made by `tools/make_docs.py`; change the texts in `src/monitorpub/codes.py`.",
    ]
    letter = ""
    rules = all_rules()  # they have a page of their own
    for code in [code for code in CODES.values() if code.code not in rules]:
        if code.code[0] != letter:
            letter = code.code[0]
            out.append(f"\n## {letter}: {STEPS[letter]}\n\n| code | name | severity | what it means |\n|---|---|---|---|")
        out.append(f"| {code.code} | {code.name} | {code.severity.value} | {code.what.replace('|', '&#124;')} |")
    return "\n".join(out) + "\n"


def main() -> None:
    """Write the files."""
    RULES.write_text(rules_page(), encoding="utf-8")
    DIAGNOSTICS.write_text(diagnostics_text(), encoding="utf-8")
    if AUTHORING.exists():
        AUTHORING.write_text(authoring_text(), encoding="utf-8")


if __name__ == "__main__":
    main()
