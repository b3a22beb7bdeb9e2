"""Paragraphs and items that a reviewer adds, deletes, parts, joins and moves in a review copy: their order and their levels come back."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from conftest import HEAD
from monitorpub.cli import main

TEXT = """\
Mines lie here. They were laid
long ago.

A second paragraph.

- a one
  - a nested
- b two
  goes on here
- c three

Between the lists.

1. first
2. second

   More of the second.
3. third

> Quoted words.

Last words.
"""

Paragraphs = list[str]


@pytest.fixture
def bring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[str, Result]]:
    """What becomes of a text when the paragraphs of its copy are changed, and what was said."""
    monkeypatch.chdir(tmp_path)

    def brought(change: Callable[[Paragraphs], object], text: str = TEXT, more: str = "") -> tuple[str, Result]:
        lines = "".join(f"      {line}\n" if line else "\n" for line in text.rstrip("\n").split("\n"))
        Path("one.yaml").write_text(f"{HEAD}sections:\n  - title: Known\n    text: |\n{lines}{more}", encoding="utf-8")
        result = taken_back(change)
        return yaml.safe_load(Path("one.yaml").read_text(encoding="utf-8"))["sections"][0]["text"], result

    return brought


def taken_back(change: Callable[[Paragraphs], object], source: str = "one.yaml") -> Result:
    """What import says about a copy of a source whose paragraphs were changed; the changes are applied."""
    assert CliRunner().invoke(main, ["export", source, "--to", "docx", "-o", "copy.docx", "--force"]).exit_code == 0
    out = io.BytesIO()
    with zipfile.ZipFile("copy.docx") as given, zipfile.ZipFile(out, "w") as made:
        for name in given.namelist():
            part = given.read(name)
            if name == "word/document.xml":
                pieces = re.split(r"(<w:p>.*?</w:p>)", part.decode("utf-8"), flags=re.DOTALL)
                paragraphs = [piece for piece in pieces if piece.startswith("<w:p>")]
                head, foot = pieces[0], pieces[-1]
                change(paragraphs)
                part = (head + "".join(paragraphs) + foot).encode("utf-8")
            made.writestr(name, part)
    Path("copy.docx").write_bytes(out.getvalue())
    return CliRunner().invoke(main, ["import", "--onto", source, "copy.docx", "--apply"])


def at(paragraphs: Paragraphs, words: str) -> int:
    """Which paragraph has these words."""
    return next(index for index, one in enumerate(paragraphs) if words in re.sub(r"<[^>]+>", "", one))


def bare(paragraph: str) -> str:
    """A paragraph without its bookmarks, as a program copies it."""
    return re.sub(r"<w:bookmark(?:Start|End)\b[^>]*/>", "", paragraph)


def without(*words: str) -> Callable[[Paragraphs], object]:
    """Delete paragraphs."""

    def change(paragraphs: Paragraphs) -> None:
        for one in words:
            del paragraphs[at(paragraphs, one)]

    return change


def added(behind: str, words: str, like: str = "") -> Callable[[Paragraphs], object]:
    """Put a paragraph in that looks as another one."""

    def change(paragraphs: Paragraphs) -> None:
        model = bare(paragraphs[at(paragraphs, like or behind)])
        paragraphs.insert(at(paragraphs, behind) + 1, re.sub(r"<w:r>.*</w:r>", f"<w:r><w:t>{words}</w:t></w:r>", model, flags=re.DOTALL))

    return change


def parted(words: str) -> Callable[[Paragraphs], object]:
    """Press Enter behind some words."""

    def change(paragraphs: Paragraphs) -> None:
        index = at(paragraphs, words)
        head = re.search(r"<w:pPr>.*?</w:pPr>", paragraphs[index], re.DOTALL)
        first, last = paragraphs[index].split(words + " ")
        paragraphs[index] = f"{first}{words}</w:t></w:r></w:p>"
        paragraphs.insert(index + 1, f'<w:p>{head[0] if head else ""}<w:r><w:t xml:space="preserve">{last}')

    return change


def joined(words: str) -> Callable[[Paragraphs], object]:
    """Delete the end of a paragraph."""

    def change(paragraphs: Paragraphs) -> None:
        index = at(paragraphs, words)
        following = re.sub(r"^<w:p>(\s*<w:pPr>.*?</w:pPr>)?", '<w:r><w:t xml:space="preserve"> </w:t></w:r>', paragraphs.pop(index + 1))
        paragraphs[index] = paragraphs[index].removesuffix("</w:p>") + following

    return change


@pytest.mark.parametrize(
    ("change", "old", "new"),
    [
        (without("a nested"), "  - a nested\n", ""),
        (without("a one", "a nested"), "- a one\n  - a nested\n", ""),
        (without("c three"), "- c three\n", ""),
        (without("a one", "a nested", "b two", "c three"), "- a one\n  - a nested\n- b two\n  goes on here\n- c three\n\n", ""),
        (without("first"), "1. first\n2. second\n\n   More of the second.\n3. third", "1. second\n\n   More of the second.\n2. third"),
        (without("More of the second"), "2. second\n\n   More of the second.\n", "2. second\n"),
        (without("A second paragraph"), "A second paragraph.\n\n", ""),
        (without("Quoted words"), "> Quoted words.\n\n", ""),
        (added("b two", "a new one"), "here\n", "here\n- a new one\n"),
        (added("a one", "a new one"), "- a one\n  - a nested", "- a one\n- a new one\n  - a nested"),
        (added("a nested", "another"), "  - a nested\n", "  - a nested\n  - another\n"),
        (added("b two", "below b", like="a nested"), "here\n", "here\n  - below b\n"),
        (added("first", "a new one"), "1. first\n2. second\n\n   More of the second.\n3. third", "1. first\n2. a new one\n3. second\n\n   More of the second.\n4. third"),
        (added("A second paragraph", "A third one."), "A second paragraph.\n", "A second paragraph.\n\nA third one.\n"),
        (added("Last words", "The very last."), "Last words.\n", "Last words.\n\nThe very last.\n"),
        (added("Between", "d four", like="c three"), "lists.\n\n", "lists.\n\n- d four\n\n"),
        (parted("Mines lie here."), "here. They were laid\nlong ago.", "here.\n\nThey were laid\nlong ago."),
        (parted("They were laid"), "were laid\nlong ago.", "were laid\n\nlong ago."),
        (parted("b two"), "- b two\n  goes on here", "- b two\n- goes on here"),
        (joined("long ago."), "long ago.\n\nA second", "long ago. A second"),
        (joined("b two"), "here\n- c three", "here c three"),
        (joined("first"), "1. first\n2. second", "1. first second"),
    ],
)  # fmt: skip
def test_blocks_come_back_in_their_order_and_on_their_levels(bring, change, old, new):
    assert old in TEXT
    text, result = bring(change)
    assert "I022" not in result.output, result.output
    if (old, new) == ("1. first\n2. second", "1. first second"):
        assert "1. first second\n\n   More of the second.\n2. third" in text  # numbers run on
        return
    assert text == TEXT.replace(old, new), text


def test_a_paragraph_is_parted_and_joined_again(bring):
    text, _ = bring(parted("Mines lie here."))
    again, result = bring(joined("Mines lie here."), text)
    assert again == TEXT.replace("here. They", "here.\nThey") or again == TEXT, result.output


def test_an_item_whose_children_stay_is_not_deleted(bring):
    text, result = bring(without("a one"))
    assert text == TEXT
    said = " ".join(result.output.split())
    assert "I022" in said
    assert "a nested" in said


def test_an_item_that_goes_on_is_known_from_libreoffice_too(bring):
    bring(lambda paragraphs: None)
    out = io.BytesIO()
    with zipfile.ZipFile("copy.docx") as given, zipfile.ZipFile(out, "w") as made:
        for name in given.namelist():
            part = given.read(name)
            made.writestr(name, part.replace(b'w:lvlText w:val=" "', 'w:lvlText w:val="\uf020"'.encode()) if "numbering" in name else part)
    Path("copy.docx").write_bytes(out.getvalue())
    assert "nothing to change" in CliRunner().invoke(main, ["import", "--onto", "one.yaml", "copy.docx"]).output


def levelled(words: str, level: int) -> Callable[[Paragraphs], object]:
    """Move an item to another level."""

    def change(paragraphs: Paragraphs) -> None:
        index = at(paragraphs, words)
        paragraphs[index] = re.sub(r'ilvl w:val="\d"', f'ilvl w:val="{level}"', paragraphs[index])

    return change


def test_an_item_moves_to_another_level(bring):
    text, result = bring(levelled("a nested", 0))
    assert text == TEXT.replace("  - a nested", "- a nested"), result.output
    text, result = bring(levelled("c three", 1))
    assert text == TEXT.replace("- c three", "  - c three"), result.output


def test_items_stay_with_the_one_they_stand_below(bring):
    source = TEXT.replace("- a one", "- a zero\n- a one")
    text, result = bring(without("a one"), source)
    assert text == source
    assert "The item “a one” was deleted, and “a nested” below it was not" in result.output


def test_a_change_is_quoted_where_it_stands(bring):
    text, result = bring(levelled("a one", 2))
    assert text == TEXT
    assert "moved to another level behind “…were laid long ago. A second paragraph.”" in result.output
    assert "one.yaml:15:" in result.output  # where the item stands


def test_a_paragraph_that_was_copied_comes_back_twice(bring):
    def copied(paragraphs: Paragraphs) -> None:
        index = at(paragraphs, "A second paragraph")
        paragraphs.insert(at(paragraphs, "Last words") + 1, bare(paragraphs[index]))

    text, result = bring(copied)
    assert text == TEXT + "\nA second paragraph.\n", result.output


def test_a_line_break_comes_back(bring):
    def broken(paragraphs: Paragraphs) -> None:
        index = at(paragraphs, "A second")
        paragraphs[index] = paragraphs[index].replace("A second ", "A second</w:t><w:br/><w:t>")

    text, result = bring(broken)
    assert text == TEXT.replace("A second paragraph", "A second\\\nparagraph"), result.output


def test_a_line_break_is_kept_and_taken_out(bring):
    source = TEXT.replace("A second paragraph", "A second\\\nparagraph")
    assert "nothing to change" in bring(lambda paragraphs: None, source)[1].output
    text, result = bring(
        lambda paragraphs: paragraphs.__setitem__(
            at(paragraphs, "A second"), re.sub(r"<w:br ?/>", "<w:t> </w:t>", paragraphs[at(paragraphs, "A second")])
        ),
        source,
    )
    assert text in (TEXT, TEXT.replace("A second paragraph", "A second\nparagraph")), result.output


def test_an_item_with_words_of_the_tool_is_deleted_whole(bring):
    source = TEXT.replace("A second paragraph.", "A second paragraph.[^x]").replace("- c three", "- c three[^x]")
    text, result = bring(without("c three"), source, "notes: {x: A note.}\n")
    assert text == source.replace("- c three[^x]\n", ""), result.output
    text, result = bring(without("A second"), source, "notes: {x: A note.}\n")  # the other call becomes the first
    assert text == source.replace("A second paragraph.[^x]\n\n", ""), result.output


def test_words_and_blocks_change_together(bring):
    def change(paragraphs: Paragraphs) -> None:
        parted("Mines lie here.")(paragraphs)
        without("a nested")(paragraphs)
        index = at(paragraphs, "b two")
        paragraphs[index] = paragraphs[index].replace("b two", "b 2")

    text, result = bring(change)
    assert text == TEXT.replace("here. They", "here.\n\nThey").replace("  - a nested\n", "").replace("b two", "b 2"), result.output


LISTS = f"""\
{HEAD}key-data:
  - fact: Status
    value: Not a party
recommendations:
  - {{id: one, text: "The State should clear, and report."}}
  - id: two
    text: |
      Others should help.
capacity:
  - list: Bodies
    items:
      - The army
      - The police
"""


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (added("The State should", "All should learn."), "All should learn. Make it an entry of recommendations in the source, with an id"),
        (parted("should clear,"), "and report. Make it an entry of recommendations in the source, with an id of its own."),
        (added("The army", "The navy"), "The navy. Make it an entry of items in the source."),
        (added("Not a party", "It may join."), "A new paragraph stands behind it: It may join."),
        (joined("The army"), "It was joined with a paragraph of another field."),
    ],
)
def test_what_would_be_a_new_entry_is_said_and_lands_in_no_other(bring, change, said):
    Path("one.yaml").write_text(LISTS, encoding="utf-8")
    result = taken_back(change)
    assert Path("one.yaml").read_text(encoding="utf-8") == LISTS, result.output
    assert "I022" in result.output
    assert said in result.output


def test_a_recommendation_beside_a_new_one_comes_back(bring):
    def change(paragraphs: Paragraphs) -> None:
        added("The State should", "All should learn.")(paragraphs)
        index = at(paragraphs, "The State should")
        paragraphs[index] = paragraphs[index].replace("clear", "survey")

    Path("one.yaml").write_text(LISTS, encoding="utf-8")
    result = taken_back(change)
    assert Path("one.yaml").read_text(encoding="utf-8") == LISTS.replace("should clear", "should survey"), result.output


def test_paragraphs_and_items_within_a_recommendation_come_back(bring):
    Path("one.yaml").write_text(LISTS.replace("Others should help.", "Others should help:\n\n      - one\n      - two"), encoding="utf-8")
    taken_back(without("one"))
    assert Path("one.yaml").read_text(encoding="utf-8") == LISTS.replace("Others should help.", "Others should help:\n\n      - two")
