"""What is read from the tree is what was written, in that order: no word is lost, none moved, but notes, which follow the block that calls them.

The source is the HTML that is handed to the typesetter; the tree is read from the finished file by other eyes than the writer's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bound import alone
from monitorpub.compose import compose
from monitorpub.pipeline import prepare
from monitorpub.typeset.engine import typeset, weasyprint
from monitorpub.typeset.part import Job
from monitorpub.workspace import Workspace
from structure import Structure, outline_lines, shown_words, spoken
from tiny_volume import tiny

ROOT = Path(__file__).parent.parent
LINES = {"a", "abbr", "b", "cite", "code", "dfn", "em", "i", "q", "small", "span", "strong", "sub", "sup"}
BLOCKS = {"paragraph", "list", "listitem", "blockquote", "term"}
"""Roles of what stands for a block in a note."""
UNSEEN = dict.fromkeys(map(ord, "\u2060\u00ad"))


class Source:
    """The words of a document of HTML, and of its notes."""

    def __init__(self, html: str) -> None:
        body = weasyprint.HTML(string=html).etree_element.find("body")
        self.notes: list[str] = []
        self.words = words("".join(self._pieces(body)))

    def _pieces(self, element: Any) -> Iterator[str]:
        apart = "" if element.tag in LINES and element.get("role") not in BLOCKS else " "
        yield apart
        if element.tag.endswith("svg") or (element.get("role") == "term" and not any(map(str.isalpha, element.text))):
            return
        yield element.text or ""
        for kid in element:
            if kid.get("role") == "doc-footnote" and kid.tag == "span":
                at = len(self.notes)
                self.notes.append("")
                self.notes[at] = " ".join(words("".join(self._pieces(kid))))
            else:
                yield from self._pieces(kid)
            yield kid.tail or ""
        yield apart + (" " if element.tag == "br" else "")


def words(text: str) -> list[str]:
    """Words to be compared: capitals are a matter of style."""
    return text.translate(UNSEEN).replace("\u202f", " ").casefold().split()


def assert_reads(source: Source, read: list[str], notes: list[str]) -> None:
    assert words(" ".join(read)) == source.words
    assert [" ".join(words(note)) for note in notes] == source.notes


@pytest.mark.parametrize(
    "name", ["profiles/north-korea.yaml", "tests/profiles/every-block.yaml", "tests/profiles/names.yaml", "profiles/angola.yaml"]
)
def test_a_profile_is_read_as_it_was_written(name):
    prepared = prepare(ROOT / name).value
    workspace = Workspace.of(ROOT / name)
    document = compose(prepared.numbered, prepared.images, workspace, "profile").value
    part = typeset(Job("profile", document.html, document.styles, workspace.root))
    (one,) = spoken(alone(part))
    assert one.words
    assert_reads(Source(document.html), one.words, one.notes)


def test_a_word_that_is_lost_or_moved_is_seen():
    source = Source("<body><p>One two.<span role='doc-footnote'>1 Note.</span> Three</p></body>")
    assert_reads(source, ["One two.", "Three"], ["1 Note."])
    for read, notes in (
        (["Three One two."], ["1 Note."]),
        (["One two."], ["1 Note."]),
        (["One two. Three"], []),
        (["Onetwo. Three"], ["1 Note."]),
    ):
        with pytest.raises(AssertionError):
            assert_reads(source, read, notes)


def headings(data: bytes) -> list[tuple[int, str]]:
    """Level and words of the headings of a tree, without calls."""
    structure = Structure(data)
    words = shown_words(structure)
    found = []
    for node in structure.nodes:
        if re.fullmatch(r"/H\d", node.role):
            own = "".join(words.get(content, "") for content in node.content)
            found.append((int(node.role[2:]), " ".join(own.split()).casefold()))
    return found


def outline(data: bytes) -> list[str]:
    structure = Structure(data)
    return [str(line.Title).casefold() for line in outline_lines(structure.pdf.Root.Outlines)]


def test_the_outline_is_the_headings():
    """Of a volume, too; but a group without a divider has a line and no heading, and the imprint is called so in the outline only."""
    edition = tiny()
    for pdf in edition.singles:
        assert outline(pdf.read_bytes()) == [words for _, words in headings(pdf.read_bytes())]
    lines = outline(edition.volume.read_bytes())
    assert lines[:2] == ["imprint", "contents"]
    assert [line for line in lines[1:] if line != "areas and regions"] == [words for _, words in headings(edition.volume.read_bytes())][1:]
    assert len(lines) > 12
