"""Whatever is wrong with a profile: what an editor reads, and that nothing else happens."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from bad_profiles import CASES, SECTION, Case
from conftest import HEAD, Folder
from monitorpub.codes import CODES
from monitorpub.read import MAX_BYTES
from printed import Marked, said_in

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)
"""A whole image of one red pixel."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code} {case.title}")
def test_an_editor_reads_what_is_wrong_where_and_what_to_do(case: Case, check, workspace):
    workspace.write(PNG, "map.png")
    marked = Marked.of(case.profile)
    (said,) = check(marked.text)
    assert (said.code, said.message, said.field, said.hint) == (case.code, case.message, case.field, case.hint)
    assert (said.file, said.line, said.column) == ("profile.yaml", marked.line, marked.column)
    assert said.source == marked.text.split("\n")[marked.line - 1].replace("\t", " ")
    assert said.under == marked.under.replace("\t", " ")


@dataclass(frozen=True)
class Trouble:
    """Something wrong with files rather than with words in them."""

    code: str
    title: str
    given: str | bytes | Callable[[Folder], object]
    where: str
    message: str
    words: str = "check profile.yaml"


def with_file(text: str, name: str, profile: str = HEAD) -> Callable[[Folder], object]:
    return lambda folder: (folder.write(text, name), folder.write(profile))


def image(address: str) -> str:
    return f"{HEAD}{SECTION}![A]({address})\n"


def chain_of_aliases(folder: Folder) -> None:
    lines = ["x0: &a0 {k: v}", *(f"x{n}: &a{n} {{k: *a{n - 1}}}" for n in range(1, 60))]
    folder.write(HEAD + "\n".join(lines) + "\n")


def bomb(folder: Folder) -> None:
    lines = ["x0: &a0 [lol]", *(f"x{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10))]
    folder.write(HEAD + "\n".join(lines) + "\n")


def link_out(folder: Folder) -> None:
    (folder.root.parent / "secret.png").write_bytes(PNG)
    (folder.root / "link.png").symlink_to(folder.root.parent / "secret.png")
    folder.write(image("link.png"))


def fifty_megabytes(folder: Folder) -> None:
    os.truncate(folder.write(HEAD), 50_000_000)


def two_of_one_name(folder: Folder) -> None:
    folder.write(HEAD, "a/chad.yaml")
    folder.write(HEAD, "b/Chad.yaml")


def own_layout(folder: Folder) -> None:
    folder.write("name: Mine\norder: [sections]\nstyles: [mine.css]\n", "layouts/mine.yaml")
    folder.write("", "layouts/mine.html")
    folder.write(HEAD.replace("clearing-the-mines", "mine"))


BINARY = b"\x7fELF\0\xff\xfe\0"
LATIN = (HEAD + "title: Côte\n").encode("latin-1")
LONG = f"{HEAD}x: &a {'word ' * 9000}\ny: [{'*a, ' * 900}]\n"

TROUBLES = [
    Trouble("F001", "no file", HEAD, "missing.yaml", "does not exist", "check missing.yaml"),
    Trouble("F001", "a pipe", lambda f: os.mkfifo(f.root / "pipe.yaml"), "pipe.yaml", "is not a file", "check pipe.yaml"),
    Trouble("F002", "a folder without profiles", with_file("words", "a/x.txt"), "a", "no profile in the folder a", "check a"),
    Trouble("F003", "fifty megabytes", fifty_megabytes, "profile.yaml", "larger than 5 MB"),
    Trouble("F003", "one byte too many", b"#" * (MAX_BYTES + 1), "profile.yaml", "larger than 5 MB"),
    Trouble("F004", "a program", BINARY, "profile.yaml:1:1", "not a text file"),
    Trouble("F004", "Latin-1", LATIN, "profile.yaml:7:9", "'ô'"),
    Trouble("F004", "UTF-16", HEAD.encode("utf-16"), "profile.yaml:1:1", "saved as UTF-16"),
    Trouble("F004", "a NUL", HEAD + "title: a\0b\n", "profile.yaml:1:1", "not a text file"),
    Trouble("F004", "an escape", HEAD + "title: a\x1b[2J\n", "profile.yaml:7:9", "U+001B"),
    Trouble("F004", "a line separator", HEAD + "title: é\u2028b\n", "profile.yaml:7:9", "U+2028"),
    Trouble("F005", "one name twice", two_of_one_name, "b/Chad.yaml", "would both be written to", "build a b"),
    Trouble("F006", "a file for a folder", with_file("x", "a"), "a/b/profile.pdf", "could not be written", "build profile.yaml -o a/b"),
    Trouble("Y001", "nothing", "", "profile.yaml:1:1", "is empty"),
    Trouble("Y001", "comments alone", "# a\n# b\n", "profile.yaml:1:1", "is empty"),
    Trouble("Y002", "words", "North Korea\n", "profile.yaml:1:1", "holds no fields"),
    Trouble("Y005", "sixty lists in lists", HEAD + "x: " + "[" * 60, "profile.yaml:7:43", "more than 40 deep"),
    Trouble("Y005", "a chain of aliases", chain_of_aliases, "profile.yaml:46:15", "more than 40 deep"),
    Trouble("Y006", "aliases of aliases", bomb, "profile.yaml:12:50", "more than 200,000 values"),
    Trouble("Y006", "a long text many times", LONG, "profile.yaml:8:1777", "more than 20,000,000 letters"),
    Trouble("Y007", "an alias of its own block", HEAD + "x: &a [*a]\n", "profile.yaml:7:8", "the block it stands in"),
    Trouble("T005", "no image", image("a.png"), "profile.yaml:10:12", "'a.png' does not exist"),
    Trouble("T005", "an image above", image("../../x.png"), "profile.yaml:10:12", "lies outside"),
    Trouble("T005", "an encoded image above", image("%2e%2e/x.png"), "profile.yaml:10:12", "lies outside"),
    Trouble("T005", "an absolute image", image("/etc/x.png"), "profile.yaml:10:12", "not a file of the workspace"),
    Trouble("T005", "an image of the web", image("https://x.org/a.png"), "profile.yaml:10:12", "not a file of the workspace"),
    Trouble("T005", "a link that leads out", link_out, "profile.yaml:10:12", "lies outside"),
    Trouble("T005", "words for an image", with_file("words", "a.png", image("a.png")), "profile.yaml:10:12", "not an image"),
    Trouble("T005", "words for a drawing", with_file("words", "a.svg", image("a.svg")), "profile.yaml:10:12", "not an image"),
    Trouble("T005", "a name too long", image("a" * 300 + ".png"), "profile.yaml:10:12", "cannot be read"),
    Trouble("L003", "a layout without its style", own_layout, "layouts/mine.yaml", "'mine.css' does not exist"),
]


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: f"{trouble.code} {trouble.title}")
def test_trouble_with_files_is_said_in_one_sentence(trouble: Trouble, workspace, run):
    if callable(trouble.given):
        trouble.given(workspace)
    else:
        workspace.write(trouble.given)
    result = run(*trouble.words.split())
    (said,) = said_in(result.stderr)
    assert result.exit_code == 1
    assert (said.code, f"{said.file}:{said.line}:{said.column}".removesuffix(":0:0")) == (trouble.code, trouble.where)
    assert trouble.message in said.message
    assert "no errors" not in result.stdout


HERE = {code for code in CODES if code[0] in "FYMT" or code.startswith("N0")} | {"L001", "L003"}
"""What layouts and pages, citations, rules and finished PDFs have to say is proved beside them."""


@pytest.mark.parametrize("code", sorted(HERE - {"F007", "F008"}))  # these in test_compile_reading.py: sources that change, bad names
def test_every_code_is_proved_by_a_case_above(code):
    assert code in {case.code for case in CASES} | {trouble.code for trouble in TROUBLES}


def test_a_slip_in_the_name_of_a_file_is_guessed(workspace, run):
    workspace.write(HEAD, "profiles/chad.yaml")
    assert said_in(run("check", "profiles/chd.yaml").stderr)[0].hint == "Did you mean profiles/chad.yaml?"


def test_every_broken_source_is_reported_in_one_run(workspace, run):
    workspace.write(HEAD + "titel: a\nedition: 2024\n", "profiles/a.yaml")
    workspace.write(HEAD.replace("2025-08-31", "soon") + "titel: a\n", "profiles/b.yaml")
    workspace.write(HEAD + SECTION + "Words.[^a]\n", "profiles/c.yaml")
    workspace.write(HEAD, "profiles/good.yaml")
    result = run("check", "profiles", "missing.yaml")
    said = [(one.file, one.code) for one in said_in(result.stderr)]
    assert said == [
        ("missing.yaml", "F001"),
        ("profiles/a.yaml", "Y003"),
        ("profiles/b.yaml", "M006"),
        ("profiles/b.yaml", "M001"),
        ("profiles/c.yaml", "N001"),
    ]
    assert result.stderr.endswith("\n5 errors\n")


def test_a_wrong_field_does_not_hide_ids_totals_and_levels_that_are_wrong_too(check):
    rows = "rows: [{id: a, label: A, values: {2024: 1}}, {id: t, label: T, total: [a], values: {2024: 9}}]"
    said = check(
        HEAD
        + f"titel: a\nkey-data:\n  - {{table: A, id: one, unit: km², {rows}}}\n"
        + "sections:\n  - {title: One, id: one}\n  - {title: Two, sections: [{title: A, sections: [{title: B, sections: [{title: C}]}]}]}\n"
    )
    assert [one.code for one in said] == ["M001", "M014", "M011", "M016"]


def test_the_second_call_of_one_label_has_its_own_caret(check):
    said = check(HEAD + SECTION + "One[^a] and `[^a]`, two[^a].\n\n      | A[^a] | B |\n      |---|---|\n      | 1[^a] | 2[^a] |\n")
    assert [(one.line, one.column, one.under) for one in said] == [
        (10, 10, "[^a]"),
        (10, 30, "[^a]"),
        (12, 10, "[^a]"),
        (14, 10, "[^a]"),
        (14, 18, "[^a]"),
    ]


def test_the_caret_stands_under_words_after_wide_signs(check):
    (said,) = check(HEAD + SECTION + "조선민주주의 ไม่[^a]\n")
    assert said.under == "[^a]"


def test_each_of_several_links_tags_and_images_has_its_own_caret(check):
    said = check(HEAD + SECTION + "<b>a</b> <b>c</b>\n\n      [a](/) ![A](a.png) [b](/) ![B](a.png)\n")
    assert [(one.code, one.line, one.column) for one in said] == [
        ("T001", 10, 7), ("T001", 10, 11), ("T001", 10, 16), ("T001", 10, 20),
        ("T004", 12, 11), ("T005", 12, 19), ("T004", 12, 30), ("T005", 12, 38),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", [HEAD + "titel: a\n", HEAD + SECTION + "Words.[^a]\n", "", "a: b: c\n"], ids=["field", "note", "empty", "yaml"]
)
def test_after_an_error_a_build_leaves_what_was_there(workspace, run, text):
    workspace.write(b"earlier", "dist/good.pdf")
    result = run("build", workspace.write(HEAD, "good.yaml"), workspace.write(text, "bad.yaml"), "-o", "dist")
    assert result.exit_code == 1
    assert {file.name: file.read_bytes() for file in (workspace.root / "dist").iterdir()} == {"good.pdf": b"earlier"}


def test_an_output_that_cannot_be_replaced_leaves_what_was_there(workspace, run):
    workspace.write(b"earlier", "dist/profile.pdf/inner")
    result = run("build", workspace.write(HEAD), "-o", "dist")
    assert [one.code for one in said_in(result.stderr)] == ["F006"]
    assert [file.name for file in (workspace.root / "dist").rglob("*")] == ["profile.pdf", "inner"]


def test_the_name_of_a_pdf_is_no_folder(workspace, run):
    result = run("build", workspace.write(HEAD), "-o", "one.pdf")
    assert result.exit_code == 2
    assert "one.pdf is the name of a file. Name a folder: each PDF has the name of its source." in " ".join(result.output.split())
    assert not (workspace.root / "one.pdf").exists()


def test_an_output_folder_that_is_a_file_is_refused(workspace, run):
    workspace.write("words", "out")
    result = run("build", workspace.write(HEAD), "-o", "out")
    assert result.exit_code != 0
    assert "'out' is a file" in result.stderr
    assert (workspace.root / "out").read_text() == "words"


def test_a_good_profile_is_found_good(check):
    assert check(HEAD) == []
