"""A review copy goes out as a Word file, and what a reviewer changes in it comes back as a difference of the source."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml
from click.testing import CliRunner, Result

from monitorpub.cli import main
from monitorpub.exporting.command import export_file
from monitorpub.listing import words
from monitorpub.pipeline import check

ROOT = Path(__file__).parent.parent
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

TINY = """\
# Comments stay.
layout: clearing-the-mines
country: {code: PRK, name: North Korea}
language: en-GB
volume: A Report
edition: 2025
last-updated: 2025-08-31
key-data:
  - fact: Status
    value: Not a party
recommendations:
  - {id: one, text: "The State should clear, and report."}   # one line
sections:
  - title: What is known
    id: known
    text: |
      Mines lie *along the border* of the State.[^army] They were laid
      long ago -- and "nobody" has [maps](https://example.org/maps) of
      them.[^maps]

      Floods move them.[^army] Two things are known:

      - where the fields begin;
      - where they end.[^end]

      A last paragraph.
    tables:
      - table: Areas
        id: areas
        unit: km²
        rows: [{id: north, label: "North[^part]", values: {2024: 3.5, 2023: 1041}}]
        notes: {part: In part only.}
notes:
  army: 'The army''s own words.'
  maps: |
    A note of two paragraphs.

    The second of them.
  end: "Report, p. 4."
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "one.yaml").write_text(TINY, encoding="utf-8")
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words])


def edited(data: bytes, *changes: tuple[str, str], drop: str = "") -> bytes:
    """A Word file in which words of its text or notes are others; each must be there."""
    out = io.BytesIO()
    left = list(changes)
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w") as made:
        for name in given.namelist():
            part = given.read(name).decode("utf-8") if name.endswith(".xml") else ""
            if name in ("word/document.xml", "word/footnotes.xml"):
                for change in list(left):
                    if change[0] in part:
                        part = part.replace(*change, 1)
                        left.remove(change)
                part = re.sub(drop, "", part) if drop else part
            made.writestr(name, part.encode("utf-8") if part else given.read(name))
    assert not left
    return out.getvalue()


def changed_lines(output: str) -> list[str]:
    """The lines of a difference that come or go."""
    return [line for line in output.splitlines() if re.match(r"[-+](?![-+]{2} )", line)]


def reviewed(run: Callable[..., Result], *changes: tuple[str, str], apply: bool = False, drop: str = "") -> Result:
    """What import says about the tiny source's copy with these changes."""
    assert run("export", "one.yaml", "--to", "docx", "-o", "copy.docx", "--force").exit_code == 0
    Path("copy.docx").write_bytes(edited(Path("copy.docx").read_bytes(), *changes, drop=drop))
    return run("import", "--onto", "one.yaml", "copy.docx", *(["--apply"] if apply else []))


@pytest.fixture(scope="module")
def korea(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample profile in a folder of its own, and its review copy."""
    folder = tmp_path_factory.mktemp("korea")
    shutil.copytree(ROOT / "profiles", folder / "profiles")
    result = CliRunner().invoke(main, ["export", str(folder / "profiles" / "north-korea.yaml"), "--to", "docx"])
    assert result.exit_code == 0, result.output
    return folder / "profiles" / "north-korea.docx"


def plain(element: ElementTree.Element) -> str:
    return " ".join("".join(one.text or "" for one in element.iter(f"{W}t")).split())


def test_the_notes_of_north_korea_are_footnotes_in_order_with_their_words(korea: Path):
    (one,), _ = check([korea.with_suffix(".yaml")])
    with zipfile.ZipFile(korea) as file:
        notes = {n.get(f"{W}id"): plain(n) for n in ElementTree.fromstring(file.read("word/footnotes.xml"))}
        body = ElementTree.fromstring(file.read("word/document.xml"))
    calls = [call.get(f"{W}id") for call in body.iter(f"{W}footnoteReference")]
    assert len(calls) == 35
    assert [notes[call] for call in calls] == [words(note, one.numbered) for note in one.numbered.notes]


def test_every_word_of_the_profile_is_in_the_document(korea: Path):
    with zipfile.ZipFile(korea) as file:
        body = ElementTree.fromstring(file.read("word/document.xml"))
    paragraphs = " ".join(plain(p) for p in body.iter(f"{W}p"))
    source = yaml.safe_load(korea.with_suffix(".yaml").read_text(encoding="utf-8"))

    def texts(value: object, name: str = "") -> list[str]:
        if isinstance(value, dict):
            skip = ("id", "notes", "layout", "language", "references", "site", "code", "last-updated", "unit", "total", "values")
            return [text for key, one in value.items() if key not in skip or (key == "notes" and name) for text in texts(one, key)]
        return [text for one in value for text in texts(one, name)] if isinstance(value, list) else [str(value)]

    typed = re.sub(r"\[\^[^\]]+\]|\]\([^)]*\)|\]?\{[^}]*\}|[\[\]]", " ", " ".join(texts(source)))
    missing = set(re.findall(r"\w+", typed)) - set(re.findall(r"\w+", paragraphs))
    assert "AP mines destroyeda" in paragraphs
    assert missing == {"destroyed", "p"}  # of a link to a page of another profile, whose page a single profile does not know
    for heading in ("North Korea", "Key data", "Understanding of AP mine contamination", "Mines carried by water", "review copy"):
        assert heading in paragraphs


def test_headings_have_their_levels_and_tables_are_tables(korea: Path):
    with zipfile.ZipFile(korea) as file:
        body = ElementTree.fromstring(file.read("word/document.xml"))
    levels = {plain(p): s.get(f"{W}val") for p in body.iter(f"{W}p") if (s := p.find(f"{W}pPr/{W}pStyle")) is not None}
    assert levels["North Korea"] == "Heading1"
    assert levels["Programme management"] == "Heading2"
    assert levels["Border with China"] == "Heading3"
    assert [len(list(table.iter(f"{W}tr"))) for table in body.iter(f"{W}tbl")] == [5, 2]
    assert "a During clearance, survey and spot tasks." in [plain(p) for p in body.iter(f"{W}p")]


def test_a_copy_that_nobody_changed_changes_nothing(korea: Path):
    source = korea.with_suffix(".yaml")
    before = source.read_bytes()
    result = CliRunner().invoke(main, ["import", "--onto", str(source), str(korea), "--apply"])
    assert result.output == f"{source}  nothing to change\n"
    assert source.read_bytes() == before


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        ("one report, however", "one report, moreover", ["at least one report, moreover, North"]),
        ("Gender and diversity<", "Gender and inclusion<", ["- title: Gender and inclusion"]),
        ("all its use of", "all its uses of", ["text: North Korea should bring all its uses of AP mines"]),
        ("No functioning mine action programme<", "No mine action: none<", ['items: ["No mine action: none"]']),
        ("During clearance, survey", "During removal, survey", ["spot: During removal, survey and spot tasks."]),
    ],
)
def test_one_word_changed_is_one_line_of_the_difference(korea: Path, tmp_path: Path, old: str, new: str, lines: list[str]):
    source = korea.with_suffix(".yaml")
    copy = tmp_path / "reviewed.docx"
    copy.write_bytes(edited(korea.read_bytes(), (old, new)))
    result = CliRunner().invoke(main, ["import", "--onto", str(source), str(copy)])
    assert result.exit_code == 0
    changed = changed_lines(result.output)
    assert [line[0] for line in changed] == ["-", "+"]
    assert lines[0] in changed[1]
    assert "1 field changed; --apply writes it" in result.output


def test_changes_are_applied_and_all_else_stays_byte_for_byte(run: Callable[..., Result]):
    result = reviewed(
        run,
        ("along the border", "along the coast"),
        ("own words", "very words"),
        ("The second of them", "The third of them"),
        ("where they end", "how they end"),
        ("The State should clear, and report", "Both States should clear, and report"),
        ("What is known", "What is unknown"),
        apply=True,
    )
    assert result.exit_code == 0, result.output
    assert result.output.endswith("one.yaml  6 fields changed; written\n") or "fields changed; written" in result.output
    wanted = TINY.replace("along the border", "along the coast").replace("own words", "very words").replace("second of", "third of")
    wanted = wanted.replace("where they end", "how they end").replace("The State should", "Both States should")
    assert Path("one.yaml").read_text(encoding="utf-8") == wanted.replace("What is known", "What is unknown")


def test_line_ends_and_the_mark_at_the_head_stay(run: Callable[..., Result]):
    Path("one.yaml").write_bytes(b"\xef\xbb\xbf" + TINY.replace("\n", "\r\n").encode())
    result = reviewed(run, ("A last paragraph.", "A last word."), apply=True)
    assert result.exit_code == 0, result.output
    assert Path("one.yaml").read_bytes() == b"\xef\xbb\xbf" + TINY.replace("last paragraph", "last word").replace("\n", "\r\n").encode()


PARAGRAPH = "<w:p><w:r><w:t>Entirely new, *and* long enough that it has to go over several lines of the source text.</w:t></w:r></w:p>"


def test_a_new_paragraph_stands_behind_the_one_before_it(run: Callable[..., Result]):
    result = reviewed(run, ("A last paragraph.</w:t></w:r>", "A last paragraph.</w:t></w:r></w:p>" + PARAGRAPH[:-6]), apply=True)
    assert result.exit_code == 0, result.output
    text = yaml.safe_load(Path("one.yaml").read_text(encoding="utf-8"))["sections"][0]["text"]
    assert text.endswith(
        "A last paragraph.\n\nEntirely new, \\*and\\* long enough that it has to go over several lines\nof the source text.\n"
    )
    assert changed_lines(result.output) == ["+", *(line for line in changed_lines(result.output) if line.startswith("+      "))]


def test_a_call_that_is_deleted_takes_its_note_along_if_nothing_else_calls_it(run: Callable[..., Result]):
    result = reviewed(run, apply=True, drop=r"(?<=where they end\.</w:t></w:r>)<w:r>\s*<w:rPr>.*?</w:r>")
    assert result.exit_code == 0, result.output
    assert Path("one.yaml").read_text(encoding="utf-8") == TINY.replace("[^end]", "").replace('  end: "Report, p. 4."\n', "")


def test_tracked_changes_count_as_accepted_and_are_listed_with_the_comments(run: Callable[..., Result]):
    deleted = '</w:t></w:r><w:del w:id="1" w:author="Ann"><w:r><w:delText>move</w:delText></w:r></w:del>'
    added = '<w:ins w:id="2" w:author="Ann"><w:r><w:t>carry</w:t></w:r></w:ins><w:r><w:t xml:space="preserve">'
    result = reviewed(run, ("Floods move them", f"Floods {deleted}{added} them"))
    assert [line[1:].strip() for line in changed_lines(result.output)] == [
        "Floods move them.[^army] Two things are known:",
        "Floods carry them.[^army] Two things are known:",
    ]
    assert "  Ann deleted: move\n  Ann added: carry\n" in result.output


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("1,041", "1,042", "“1,041” became “1,042”. These words are made by the tool"),
        (
            "</w:tbl>",
            f"</w:tbl><w:tbl><w:tr><w:tc>{PARAGRAPH}</w:tc></w:tr></w:tbl>",
            "A new cell of a table stands behind it: Entirely new",
        ),
        ("Key data<", "Key facts<", "“data” became “facts”. These words are made by the tool"),
    ],
)
def test_what_cannot_be_brought_back_is_said(run: Callable[..., Result], old: str, new: str, said: str):
    result = reviewed(run, (old, new), ("A last paragraph", "A final paragraph"), apply=True)
    assert result.exit_code == 0
    assert "warning" in result.output
    assert said in result.output
    assert Path("one.yaml").read_text(encoding="utf-8") == TINY.replace("A last paragraph", "A final paragraph")


def test_a_paragraph_that_was_moved_is_said_and_its_changes_come_back(run: Callable[..., Result]):
    run("export", "one.yaml", "--to", "docx", "-o", "copy.docx")
    with zipfile.ZipFile("copy.docx") as file:
        body = file.read("word/document.xml").decode()
    last = next(p for p in re.findall(r"<w:p>.*?</w:p>", body, re.DOTALL) if "A last paragraph" in p)
    known = next(p for p in re.findall(r"<w:p>.*?</w:p>", body, re.DOTALL) if "What is known" in p)
    data = edited(Path("copy.docx").read_bytes(), (last, ""), (known, last.replace("A last", "A first") + known))
    Path("copy.docx").write_bytes(data)
    result = run("import", "--onto", "one.yaml", "copy.docx", "--apply")
    assert "It was moved to another place: A last paragraph." in result.output
    assert Path("one.yaml").read_text(encoding="utf-8") == TINY.replace("A last", "A first")


def test_a_source_that_changed_since_is_refused(run: Callable[..., Result]):
    run("export", "one.yaml", "--to", "docx", "-o", "copy.docx")
    changed = TINY.replace("A last", "The last")
    Path("one.yaml").write_text(changed, encoding="utf-8")
    result = run("import", "--onto", "one.yaml", "copy.docx", "--apply")
    assert result.exit_code == 1
    assert "I021" in result.output
    assert "no longer as it was when copy.docx was exported" in result.output
    assert Path("one.yaml").read_text(encoding="utf-8") == changed


def test_what_is_no_review_copy_is_refused(run: Callable[..., Result]):
    Path("text.docx").write_text("no Word file", encoding="utf-8")
    Path("damaged.docx").write_bytes(b"PK\x03\x04 and nothing else")
    shutil.copy(ROOT / "tests" / "imports" / "forty-notes.docx", "other.docx")
    for name, code in (("text.docx", "I020"), ("damaged.docx", "I012"), ("other.docx", "I020"), ("nowhere.docx", "F001")):
        result = run("import", "--onto", "one.yaml", name, "--apply")
        assert (result.exit_code, code in result.output) == (1, True), result.output
    assert Path("one.yaml").read_text(encoding="utf-8") == TINY


def test_export_writes_over_nothing_without_force(run: Callable[..., Result]):
    Path("one.docx").write_text("mine", encoding="utf-8")
    result = run("export", "one.yaml", "--to", "docx")
    assert (result.exit_code, "I007" in result.output) == (1, True)
    assert Path("one.docx").read_text(encoding="utf-8") == "mine"
    assert run("export", "one.yaml", "--to", "docx", "--force").output == "one.docx  written\n"


@pytest.mark.parametrize("name", ["y" * 300, "a\0b.docx"])
def test_a_name_that_the_system_refuses_is_said(run: Callable[..., Result], name: str):
    assert [one.code for one in export_file(Path("one.yaml"), Path(name), force=True).diagnostics] == ["F006"]


def test_a_link_that_leads_nowhere_is_there_already(run: Callable[..., Result]):
    Path("one.docx").symlink_to("nowhere.docx")
    assert "I007" in run("export", "one.yaml", "--to", "docx").output
    assert Path("one.docx").is_symlink()


def test_notes_by_section_begin_anew_in_word_too(run: Callable[..., Result]):
    second = '  - {title: The second, text: "Words.[^end]"}\nnotes:\n'
    source = TINY.replace("clearing-the-mines", "monitor-profile").replace("notes:\n  army", second + "  army")
    Path("one.yaml").write_text(source.replace("value: Not a party", 'value: "Not a party[^maps]"'), encoding="utf-8")
    assert run("export", "one.yaml", "--to", "docx").exit_code == 0
    with zipfile.ZipFile("one.docx") as file:
        body = file.read("word/document.xml").decode()
    stretches = body.split("<w:sectPr>")
    calls = [part.count("<w:footnoteReference") for part in stretches[:-1]]
    starts = [int(n) for n in re.findall(r'<w:numStart w:val="(\d+)"/><w:numRestart w:val="eachSect"/>', body)]
    assert list(zip(calls, starts, strict=True)) == [(1, 1), (3, 1), (1, 1), (0, 2)]
    assert run("import", "--onto", "one.yaml", "one.docx").output == "one.yaml  nothing to change\n"


def test_a_new_note_is_said_and_the_words_round_it_come_back(run: Callable[..., Result]):
    new = 'A final paragraph.</w:t></w:r><w:r><w:footnoteReference w:id="999"/></w:r>'
    note = '<w:footnote w:id="999"><w:p><w:r><w:t>Ask the army.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    result = reviewed(run, ("A last paragraph.</w:t></w:r>", new), ("</w:footnotes>", note), apply=True)
    assert "A new note is called behind “A final paragraph.”: Ask the army." in result.output
    assert Path("one.yaml").read_text(encoding="utf-8") == TINY.replace("A last", "A final")


def test_emphasis_that_is_set_comes_back(run: Callable[..., Result]):
    bold = "A last </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>paragraph</w:t></w:r><w:r><w:t>."
    result = reviewed(run, ("A last paragraph.", bold), apply=True)
    assert result.exit_code == 0, result.output
    assert Path("one.yaml").read_text(encoding="utf-8") == TINY.replace("A last paragraph", "A last **paragraph**")


def test_a_paragraph_that_is_deleted_is_deleted_in_the_source(run: Callable[..., Result]):
    result = reviewed(run, apply=True, drop=r"<w:p>(?:(?!</w:p>).)*A last paragraph\.(?:(?!</w:p>).)*</w:p>")
    assert result.exit_code == 0, result.output
    assert Path("one.yaml").read_text(encoding="utf-8") == TINY.replace("\n      A last paragraph.\n", "")


def test_comments_are_listed_with_the_line_that_they_are_about(run: Callable[..., Result]):
    comment = '<w:comment w:id="7" w:author="Ben"><w:p><w:r><w:t>Since when?</w:t></w:r></w:p></w:comment>'
    comments = f'<w:comments xmlns:w="{W[1:-1]}">{comment}</w:comments>'
    at = 'Floods move them</w:t></w:r><w:r><w:commentReference w:id="7"/></w:r><w:r><w:t>'
    run("export", "one.yaml", "--to", "docx", "-o", "copy.docx")
    data = edited(Path("copy.docx").read_bytes(), ("Floods move them", at))
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile("copy.docx", "w") as made:
        for name in given.namelist():
            made.writestr(name, comments if name == "word/comments.xml" else given.read(name))
    line = TINY[: TINY.index("Floods")].count("\n") + 1
    result = run("import", "--onto", "one.yaml", "copy.docx")
    assert result.output == f"Comments:\n  one.yaml:{line} sections[1].text  Ben: Since when?\none.yaml  nothing to change\n"


FORMS = """\
layout: faq
title: Questions on mines
language: en-GB
volume: A Report
edition: 2025
last-updated: 2025-08-31
introduction: |
  Before all.[^a] Text with **strong *and* both** words and `code`.

  > A quotation of words.[^b]

  1. first
  2. second
     with more

     and a second paragraph
     - inner item

  | Head | Two |
  |---|---|
  | cell | words here |
sections:
  - title: What is it?
    text: "Words & more <x\\\\> *here*.[^b]"
call-out: {title: Remember, text: Call *out*.}
related:
  - {title: More on it, address: "https://example.org/more"}
notes:
  a: One.
  b: See <https://example.org/a_b>, "quoted words", p. 4--5.
"""


def test_words_in_lists_tables_quotations_and_boxes_come_back(run: Callable[..., Result]):
    changes = {
        "Before all": "Long before all",
        "quotation of": "quotation in",
        "second paragraph": "third paragraph",
        "inner item": "inside item",
        "words here": "other words",
        "Remember": "Forget it",
        "More on it": "Less on it",
        "quoted words": "cited words",
    }
    Path("one.yaml").write_text(FORMS, encoding="utf-8")
    result = reviewed(run, *((f"{old}", new) for old, new in changes.items()), apply=True)
    wanted = FORMS
    for change in changes.items():
        wanted = wanted.replace(*change)
    assert Path("one.yaml").read_text(encoding="utf-8") == wanted, result.output


def test_a_change_with_which_the_source_would_have_an_error_is_not_made(run: Callable[..., Result]):
    contamination = "  - contamination: Contamination\n    value: Heavy, 25 km²\n"
    Path("one.yaml").write_text(TINY.replace("recommendations:", contamination + "recommendations:"), encoding="utf-8")
    before = Path("one.yaml").read_text(encoding="utf-8")
    result = reviewed(run, ("Heavy, 25", "Heavyish, twenty-five"), ("A last", "A first"), apply=True)
    assert "I022" in result.output
    assert Path("one.yaml").read_text(encoding="utf-8") == before.replace("A last", "A first")


def test_a_copy_with_which_a_rule_would_find_an_error_is_refused_whole(run: Callable[..., Result]):
    result = reviewed(run, ("A last paragraph", "A last last paragraph"), ("own words", "very words"), apply=True)
    assert (result.exit_code, "I023" in result.output, "“last”" in result.output or "last last" in result.output) == (1, True, True)
    assert Path("one.yaml").read_text(encoding="utf-8") == TINY


def as_libreoffice_saves_it(data: bytes) -> bytes:
    """The copy without the bookmarks in its notes: LibreOffice drops them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.infolist():
            content = old.read(item)
            if item.filename == "word/footnotes.xml":
                content, dropped = re.subn(rb"<w:bookmark(?:Start|End)\b[^>]*/>", b"", content)
                assert dropped
            new.writestr(item, content)
    return out.getvalue()


def test_libreoffice_may_save_the_copy_between(run: Callable[..., Result]):
    run("export", "one.yaml", "--to", "docx", "-o", "copy.docx")
    saved = as_libreoffice_saves_it(Path("copy.docx").read_bytes())
    Path("saved.docx").write_bytes(saved)
    assert run("import", "--onto", "one.yaml", "saved.docx").output == "one.yaml  nothing to change\n"
    Path("copy.docx").write_bytes(edited(saved, ("own words", "very words"), ("A last", "A first")))
    result = run("import", "--onto", "one.yaml", "copy.docx", "--apply")
    assert Path("one.yaml").read_text(encoding="utf-8") == TINY.replace("own words", "very words").replace("A last", "A first"), (
        result.output
    )


IBID = (
    TINY[: TINY.index("sections:")]
    + """\
sections:
  - title: What is known
    text: |
      Alpha is so.[^a] Beta is so.[^b] Gamma is so.[^c]
  - title: What else
    text: Delta is so.[^d]
notes:
  a: Email from A. Bee, 1 May 2024.
  b: ICRC, "Annual Report 2023", Geneva, 2024, p. 380.
  c: Ibid., p. 9.
  d: Ibid., p. 10.
"""
)
CALL = r"<w:r>\s*<w:rPr>(?:(?!</w:r>).)*?<w:footnoteReference[^>]*/>\s*</w:r>"


def test_an_ibid_that_would_mean_another_source_is_said(run: Callable[..., Result]):
    Path("one.yaml").write_text(IBID, encoding="utf-8")
    result = reviewed(run, drop=rf"(?<=Beta is so\.</w:t></w:r>){CALL}|(?<=Beta is so\. </w:t></w:r>){CALL}")
    assert result.output.count("I024") == 2, result.output
    said = " ".join(re.sub(r"\s[|^]\s", " ", result.output).split())
    assert "The note 'c' says Ibid., which meant the note 'b' (“ICRC, “Annual Report 2023”, Geneva, 2024, p. 380.”)." in said
    assert "With the changes it would mean the note 'a' (“Email from A. Bee, 1 May 2024.”)." in said
    assert f"one.yaml:{IBID[: IBID.index('  c: Ibid')].count(chr(10)) + 1}" in result.output


def test_a_call_that_was_moved_before_an_ibid_is_said(run: Callable[..., Result]):
    Path("one.yaml").write_text(IBID, encoding="utf-8")
    run("export", "one.yaml", "--to", "docx", "-o", "copy.docx")
    with zipfile.ZipFile("copy.docx") as file:
        first, second = re.findall(CALL, file.read("word/document.xml").decode(), re.DOTALL)[:2]
    result = reviewed(run, (first, "<!-- -->"), (second, first), ("<!-- -->", second))
    assert "[^b] Beta is so.[^a]" in result.output
    assert result.output.count("I024") == 2


def test_an_ibid_whose_source_stays_is_not_said(run: Callable[..., Result]):
    Path("one.yaml").write_text(IBID, encoding="utf-8")
    result = reviewed(run, ("Gamma is so", "Gamma was so"), drop=rf"(?<=Alpha is so\.</w:t></w:r>){CALL}", apply=True)
    assert "[^a]" not in Path("one.yaml").read_text(encoding="utf-8"), result.output
    assert "I024" not in result.output
