"""Whatever is wrong with a volume or what it is made of: what an editor reads, and that nothing is written."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from monitorpub.volume.command import compile_file
from printed import Said, said_in
from volumes import PROFILES, Edition

VOLUME = "profiles/volume.yaml"
Change = Callable[[Edition], object]


@dataclass(frozen=True)
class Trouble:
    """Something wrong, and what is said: code, file, what the caret stands under, and words of message or hint, for each error."""

    title: str
    change: Change
    said: list[tuple[str, str, str, str]]
    words: str = f"compile {VOLUME} -o dist/volume.pdf"


def volume(*pairs: tuple[str, str]) -> Change:
    return lambda edition: edition.change("volume", *pairs)


def both(*changes: Change) -> Change:
    return lambda edition: [change(edition) for change in changes]


def file(name: str, text: str | bytes) -> Change:
    return lambda edition: edition.write(name, text)


def profile(name: str, *pairs: tuple[str, str]) -> Change:
    return lambda edition: edition.change(name, *pairs)


def packaged(name: str) -> str:
    return (Path(__file__).parents[1] / name).read_text(encoding="utf-8")


def template(name: str, text: str) -> Change:
    return file(f"layouts/{name}", text)


def gone(edition: Edition) -> None:
    (edition.root / "profiles" / "nepal.yaml").unlink()


def pipe(edition: Edition) -> None:
    os.mkfifo(edition.root / "profiles" / "pipe.yaml")


def loop(edition: Edition) -> None:
    (edition.root / "profiles" / "loop.yaml").symlink_to("loop.yaml")


def no_volume_left(edition: Edition) -> None:
    edition.volume.unlink()


def no_groups(edition: Edition) -> None:
    edition.write(VOLUME, edition.volume.read_text(encoding="utf-8").partition("groups:")[0] + "groups: []\n")


LISTED = "profiles: [nepal, zz-aland]"
LONG_NOTE = "how: " + "Many words of a note. " * 900

TROUBLES = [
    Trouble("a profile listed twice", volume((LISTED, "profiles: [nepal, zz-aland, nepal]")), [("G001", VOLUME, "nepal", "stands twice")]),
    Trouble("a profile in two groups", volume((LISTED, "profiles: [nepal, zz-aland, chad]")), [("G001", VOLUME, "chad", "in two groups")]),
    Trouble("a profile that is missing", gone, [("G003", VOLUME, "nepal", "no profile 'nepal'")]),
    Trouble(
        "two invalid profiles and a chapter",
        both(profile("chad", ("group:", "gruop:")), profile("nepal", ("2025-08-31", "soon")), volume(("[^how]", "[^who]"))),
        [
            ("M001", "profiles/chad.yaml", "gruop", "Did you mean group?"),
            ("M006", "profiles/nepal.yaml", "soon", "2025-08-31"),
            ("N001", VOLUME, "[^who]", "[^how]?"),
            ("N002", VOLUME, "how", "'how'"),
        ],
    ),
    Trouble(
        "two invalid profiles, and what is wrong with the choice and the see entries",
        both(
            profile("chad", ("group:", "gruop:")),
            profile("nepal", ("2025-08-31", "soon")),
            volume(("field: group,", "field: grop,"), ("zz-aland]", "zz-aland, zz-aland]"), ("see: myanmar}", "see: Burma}")),
        ),
        [
            ("M001", "profiles/chad.yaml", "gruop", "Did you mean group?"),
            ("M006", "profiles/nepal.yaml", "soon", "2025-08-31"),
            ("K001", VOLUME, "grop", "Did you mean group?"),
            ("G001", VOLUME, "zz-aland", "stands twice"),
            ("G006", VOLUME, "Burma", "Burma → Burma"),
        ],
    ),
    Trouble(
        "two profiles of one name",
        both(file("profiles/a/Nepal.yaml", PROFILES["nepal"]), volume((LISTED, "profiles: [nepal, zz-aland, a/Nepal]"))),
        [("G002", VOLUME, "Others", "profiles/a/Nepal.yaml has the same name as profiles/nepal.yaml")],
    ),
    Trouble("a profile with the name of a page", file("profiles/index.yaml", PROFILES["chad"]), [("G002", VOLUME, "States Parties", "the page index")]),
    Trouble("profiles with the names of a chapter and a page", both(file("profiles/overview.yaml", PROFILES["chad"]), file("profiles/contents.yaml", PROFILES["chad"])), [("G002", VOLUME, "overview", "the chapter overview"), ("G002", VOLUME, "States Parties", "the page contents")]),
    Trouble("an id twice in the volume", volume(("  - title: Others\n", "  - title: Others\n    id: states-parties\n")), [("G002", VOLUME, "states-parties", "line 26")]),
    Trouble("two groups of one title", volume(("  - title: Others\n", "  - title: States parties\n    id: others\n")), [("G002", VOLUME, "States parties", "line 26")]),
    Trouble("an id twice in a profile", profile("chad", ("notes:", "  - {title: More, id: words}\nnotes:")), [("M011", "profiles/chad.yaml", "words", "'words'")]),
    Trouble("an empty group", volume((LISTED, "where: {field: group, is: Nobody}")), [("G004", VOLUME, "Nobody", "holds no profile")]),
    Trouble("a see entry in a circle", volume(("see: myanmar}", "see: A}\n  - {name: A, see: Burma}")), [("G006", VOLUME, "A", "Burma → A")]),
    Trouble("a see entry to nothing", volume(("see: myanmar}", "see: myanma}")), [("G005", VOLUME, "myanma", "myanmar?")]),
    Trouble("a condition on an unknown field", volume(("field: group,", "field: gruop,")), [("K001", VOLUME, "gruop", "group?")]),
    Trouble("a column of an unknown field", volume((".area, label", ".aera, label")), [("K001", VOLUME, "key-data.contamination.aera", "area?")]),
    *(
        Trouble(
            f"the field groups forgotten, {command}",
            lambda edition: edition.write(VOLUME, edition.volume.read_text(encoding="utf-8").partition("groups:")[0]),
            [("G011", VOLUME, "layout", "Add a group")],
            f"{command} {VOLUME}",
        )
        for command in ("check", "compile", "build")
    ),
    Trouble("no groups", no_groups, [("G011", VOLUME, "groups", "Add a group")]),
    Trouble(
        "no profiles",
        both(volume(("groups:", "sources: ../empty\ngroups:"), (LISTED, "where: {field: group, is: Others}")), file("empty/x.txt", "")),
        [("G011", VOLUME, "groups", "no profiles")],
    ),
    Trouble("no folder of sources", volume(("groups:", "sources: ../nowhere\ngroups:")), [("G003", VOLUME, "../nowhere", "no folder 'nowhere'")]),
    Trouble("a reference to no part, in a profile", profile("chad", ("(nepal#words)", "(nepa#words)")), [("R001", "profiles/chad.yaml", "nepa#words", "nepal#words?")]),
    *(
        Trouble(
            f"references to a profile in no group, {command}",
            both(
                volume(("(chad#words)", "(stray)"), ("Words on", "Some [words](stray) on")),
                file("profiles/stray.yaml", PROFILES["chad"].replace("States Parties", "Nobody")),
            ),
            [("R001", VOLUME, "stray", "stray.yaml is there, and in no group of the volume: add it to one.")] * 2,
            f"{command} {VOLUME}",
        )
        for command in ("check", "compile")
    ),
    Trouble("a reference to no place, in a chapter", volume(("(chad#words)", "(chad#word)")), [("R001", VOLUME, "chad#word", "chad#words?")]),
    Trouble("a reference to no part, on a divider", volume(("Words on", "Some [words](chd) on")), [("R001", VOLUME, "chd", "chad?")]),
    Trouble("a reference to no place, in the disclaimer", volume(("site: The", "disclaimer: '[See](chad#word)'\nsite: The")), [("R001", VOLUME, "chad#word", "chad#words?")]),
    Trouble("the number of what has none, on a divider", volume(("Words on", "Some [{number}](chad#words) on")), [("R004", VOLUME, "chad#words", "title")]),
    Trouble("the volume among its profiles", volume((LISTED, "profiles: [nepal, zz-aland, volume]")), [("G010", VOLUME, "groups", "compile")]),
    Trouble("another volume among its profiles", both(file("other.yaml", "groups: []\n"), volume((LISTED, "profiles: [nepal, zz-aland, other]"))), [("G010", "other.yaml", "groups", "compile")]),
    Trouble("a pipe among the profiles", pipe, [("F001", "profiles/pipe.yaml", "", "is not a file")]),
    Trouble("a link to itself among the profiles", loop, [("F001", "profiles/loop.yaml", "", "")]),
    Trouble("a link to itself among the profiles of a volume that is checked", loop, [("F001", "profiles/loop.yaml", "", "")], f"check {VOLUME} profiles/loop.yaml"),
    Trouble("a folder that is called as a profile", file("profiles/folder.yaml/x.txt", ""), [("F001", "profiles/folder.yaml", "", "is not a file")]),
    Trouble("an empty profile", file("profiles/nepal.yaml", ""), [("Y001", "profiles/nepal.yaml", "", "is empty")]),
    Trouble("a binary profile", file("profiles/nepal.yaml", b"\x7fELF\0\xff"), [("F004", "profiles/nepal.yaml", "", "text")]),
    Trouble("an empty volume", file(VOLUME, ""), [("Y001", VOLUME, "", "is empty")]),
    Trouble("a binary volume", file(VOLUME, b"\x7fELF\0\xff"), [("F004", VOLUME, "", "text")]),
    Trouble("a volume that is too large", file(VOLUME, b"#" * 5_000_001), [("F003", VOLUME, "", "5 MB")]),
    Trouble("a list of three megabytes", file(VOLUME, "groups:\n" + "  - {title: A, profiles: [chad]}\n" * 100_000), [("Y006", VOLUME, "chad", "200,000 values")]),
    Trouble("no such volume", no_volume_left, [("F001", VOLUME, "", "does not exist")]),
    Trouble("a profile given to compile", str, [("G012", "profiles/chad.yaml", "country", "monitorpub build profiles/chad.yaml")], "compile profiles/chad.yaml -o dist/volume.pdf"),
    Trouble("a folder given to compile", str, [("F001", "profiles", "", "profiles/volume.yaml")], "compile profiles -o dist/volume.pdf"),
    Trouble("a volume given to build", str, [("G010", VOLUME, "groups", "compile")], f"build {VOLUME} -o dist"),
    Trouble("a layout that is missing", volume(("layout: annual-report", "layout: anual-report")), [("L001", VOLUME, "anual-report", "annual-report?")]),
    Trouble("a layout of a profile that is missing", profile("nepal", ("layout: clearing", "layout: claring")), [("L001", "profiles/nepal.yaml", "claring-the-mines", "clearing-the-mines?")]),
    *(
        Trouble(
            f"a layout of profiles for the volume, {command}",
            volume(("layout: annual-report", "layout: clearing-the-mines")),
            [("L002", VOLUME, "clearing-the-mines", "layout: annual-report")],
            f"{command} {VOLUME}",
        )
        for command in ("check", "compile")
    ),
    Trouble("a broken template of chapters", template("annual-report.html", "{% for x in %}"), [("L002", "layouts/annual-report.html", "{% for x in %}", "")]),
    Trouble("a broken template of a page", template("matter/contents.html", "a\n{{ nothing.at_all }}"), [("L002", "layouts/matter/contents.html", "{{ nothing.at_all }}", "")]),
    Trouble("a template that is gone", template("matter/contents.html", "{% extends 'matter/gone.html' %}"), [("L002", "layouts/matter/contents.html", "{% extends 'matter/gone.html' %}", "matter/gone.html")]),
    Trouble("broken settings", template("annual-report.yaml", packaged("layouts/annual-report.yaml") + "ordr: []\n"), [("L002", "layouts/annual-report.yaml", "[", "settings are wrong")]),
    Trouble("a style that is missing", template("annual-report.yaml", packaged("layouts/annual-report.yaml").replace("chapter.css", "chaptr.css")), [("L003", "layouts/annual-report.yaml", "", "chaptr.css")]),
    Trouble("a note too long for its page", volume(("how: The note of the overview.", LONG_NOTE)), [("P004", VOLUME, "how", "Shorten it")]),
    Trouble("a sign that no font has", volume(("Words on a divider.", "Words 𓀀.")), [("P010", VOLUME, "𓀀", "𓀀")]),
    Trouble("a foot that cannot be set", file("styles/feet.css", "* { display: none }"), [("B004", VOLUME, "", "feet.css")]),
]  # fmt: skip


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: trouble.title)
def test_trouble_is_said_with_its_place_and_nothing_is_written(trouble: Trouble, edition, run):
    before = edition.written
    trouble.change(edition)
    result = run(*trouble.words.split())
    said = errors(result.stderr)
    assert result.exit_code == 1
    assert [(one.code, one.file, one.under) for one in said] == [one[:3] for one in trouble.said]
    assert all(bool(one.line) == bool(under) or not under for one, (_, _, under, _) in zip(said, trouble.said, strict=True))
    assert all(words in one.message + one.hint for one, (*_, words) in zip(said, trouble.said, strict=True))
    assert (edition.written, result.stdout) == (before, "")


def errors(output: str) -> list[Said]:
    words = "".join(line for line in output.splitlines(keepends=True) if not re.match(r"\[\d+/\d+\] ", line))  # how far it is
    return [one for one in said_in(words) if one.severity == "error"]


def test_a_name_that_the_system_refuses_is_said(edition, run):
    (edition.root / "loop.yaml").symlink_to("loop.yaml")
    for name in ("a" * 300 + ".yaml", "loop.yaml"):
        assert [one.code for one in errors(run("compile", name).stderr)] == ["F001"]
    for name in ("a" * 300 + ".pdf", "loop.yaml/x.pdf"):
        assert [one.code for one in errors(run("compile", VOLUME, "-o", name).stderr)] == ["F006"]
    assert [one.code for one in compile_file(Path("a\0b.yaml")).diagnostics] == ["F001"]
    assert [one.code for one in compile_file(edition.volume, Path("a\0b.pdf")).diagnostics] == ["F006"]


@pytest.mark.parametrize("command", ["check", "compile"])
def test_a_folder_of_sources_with_a_name_that_the_system_refuses_is_said(edition, run, command):
    edition.change("volume", ("groups:\n", f"sources: {'y' * 300}\ngroups:\n"))
    (said,) = errors(run(command, VOLUME).stderr)
    assert (said.code, said.file, said.under[:3]) == ("G003", VOLUME, "yyy")
    assert "There is no folder" in said.message


def test_pages_that_never_rest_are_said_with_the_reference(edition):
    """The folio viii is so much wider than ix that with it the target stands on ix, and with ix on viii."""
    words = " ".join(["[" + ", ".join(["{page}"] * 20) + "](#end)"] * 56)
    chapter = f"  - chapter: Restless\n    text: |\n      {words}\n    sections:\n      - {{title: End, id: end, text: Words.}}\n"
    edition.change("volume", ("groups:\n", f"{chapter}groups:\n"))
    before = edition.written
    (said,) = edition.compile().diagnostics
    assert (said.code, said.place.text[said.place.column - 1 : said.place.end_column - 1]) == ("B003", "#end")
    assert "#end" in said.message
    assert said.hint
    assert edition.written == before


@pytest.mark.parametrize("target", ["profiles/volume.yaml", "profiles/chad.yaml", "./profiles/../profiles/nepal.yaml"])
def test_a_source_is_never_written_over(edition, run, target):
    before = (edition.root / target).read_bytes()
    result = run("compile", VOLUME, "-o", target)
    (said,) = errors(result.stderr)
    assert (said.code, bool(said.hint)) == ("F006", True)
    assert (edition.root / target).read_bytes() == before


def test_a_single_pdf_is_never_written_over_the_volume(edition, run):
    for output in ("dist/chad.pdf", "dist/CHAD.pdf"):
        before = edition.written
        result = run("compile", VOLUME, "-o", output, "--profiles")
        assert [one.code for one in errors(result.stderr)] == ["F005"]
        assert edition.written == before
    assert run("compile", VOLUME, "-o", "dist/chad.pdf").exit_code == 0


def test_an_output_that_is_a_folder_gets_the_volume_in_it(edition, run):
    assert run("compile", VOLUME, "-o", "dist").exit_code == 0
    (edition.root / "out" / "volume.pdf").mkdir(parents=True)
    result = run("compile", VOLUME, "-o", "out")
    assert [one.code for one in errors(result.stderr)] == ["F006"]
    assert list((edition.root / "out").rglob("*")) == [edition.root / "out" / "volume.pdf"]


def test_an_output_with_a_slash_behind_it_is_a_folder_that_is_made(edition, run):
    assert run("compile", VOLUME, "-o", "new/folder/").stdout.startswith("new/folder/volume.pdf  ")
    assert (edition.root / "new" / "folder" / "volume.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("out.docx", "Name the PDF: -o out.pdf"),
        ("a/report", "Name the PDF, -o a/report.pdf, or its folder, -o a/report/"),
        ("dist/v.2025", "Name the PDF: -o dist/v.2025.pdf"),
        ("volume.yml", "Name the PDF: -o volume.pdf"),
    ],
)
def test_what_is_not_the_name_of_a_pdf_is_refused(edition, run, name, hint):
    (said,) = errors(run("compile", VOLUME, "-o", name).stderr)
    assert (said.code, said.message, said.hint) == (
        "F006",
        f"{name} {'has the name of a source' if 'yml' in name else 'is not the name of a PDF'}.",
        hint,
    )
    assert not (edition.root / name).exists()


def test_an_output_that_is_no_file_stays_what_it_is(edition, run):
    os.mkfifo(edition.root / "out.pdf")
    result = run("compile", VOLUME, "-o", "out.pdf")
    assert [one.code for one in errors(result.stderr)] == ["F006"]
    assert (edition.root / "out.pdf").is_fifo()


def test_an_output_in_what_is_no_folder_is_said(edition, run):
    edition.write("out", "words")
    result = run("compile", VOLUME, "-o", "out/volume.pdf", "--profiles")
    assert {one.code for one in errors(result.stderr)} == {"F006"}
    assert {one.message.partition(": ")[2] for one in errors(result.stderr)} == {"out is a file, and no folder."}
    assert (edition.root / "out").read_text() == "words"


def test_one_target_that_cannot_be_written_leaves_all_others(edition, run):
    (edition.root / "dist" / "nepal.pdf").unlink()
    (edition.root / "dist" / "nepal.pdf").mkdir()
    edition.change("chad", ("A note.", "Another note."))
    before = {name: data.read_bytes() for name in ("chad.pdf", "volume.pdf") if (data := edition.root / "dist" / name)}
    result = run("compile", VOLUME, "-o", "dist/volume.pdf", "--profiles")
    assert [one.code for one in errors(result.stderr)] == ["F006"]
    assert {name: (edition.root / "dist" / name).read_bytes() for name in before} == before


@pytest.mark.parametrize("name", ["Côte d’Ivoire", "조선", "a (b) & c", "50%", "a'b\"c", "Chad.2025"])
def test_profiles_of_any_name_are_bound(edition, name):
    edition.write(f"profiles/{name}.yaml", PROFILES["nepal"].replace("name: Nepal", "name: Bhutan"))
    edition.change("volume", (LISTED, "where: {field: group, is: Others}"))
    edition.compiled(with_profiles=True)
    assert "Bhutan 13" in edition.read().pages[2]
    assert edition.read().label(name) == "13"


def test_a_warning_names_its_file_from_wherever_the_command_is_run(edition, run, monkeypatch):
    """Also when the run before is written again, which was in another folder."""
    edition.write("profiles/stray.yaml", PROFILES["chad"].replace("States Parties", "Nobody"))
    assert [(one.code, one.file) for one in said_in(run("compile", VOLUME).stderr)] == [("G007", "profiles/stray.yaml")]
    monkeypatch.chdir(edition.root / "profiles")
    assert [(one.code, one.file) for one in said_in(run("compile", "volume.yaml").stderr)] == [("G007", "stray.yaml")]


def test_a_sign_that_a_made_page_cannot_show_has_its_place(edition):
    edition.change("volume", ("title: Others", "title: Others 𓀀"))
    said = {(one.code, one.place.line, one.place.text[one.place.column - 1], one.path) for one in edition.compile().diagnostics}
    assert said == {("P010", 29, "𓀀", "groups[2].title"), ("P010", 29, "𓀀", "front[3]")}  # on the divider and in the contents


def test_check_and_compile_alike_warn_of_a_profile_of_another_edition(edition, run):
    edition.change("nepal", ("edition: 2025", "edition: 2024"))
    for words in (f"check {VOLUME}", f"compile {VOLUME}"):
        said = [one for one in said_in(run(*words.split()).stderr) if one.code == "G014"]
        assert [(one.severity, one.file, one.under) for one in said] == [("warning", "profiles/nepal.yaml", "2024")]


def test_an_abbreviation_left_out_in_vain_is_a_warning(edition, run):
    """SAC is spelt out in the overview; NMAK is a slip."""
    edition.change("volume", ("page: abbreviations", "page: abbreviations\n    leave-out: [SAC, NMAK, XYZ]"))
    said = said_in(run("compile", VOLUME).stderr)
    assert [(one.severity, one.code, one.under, one.hint) for one in said] == [
        ("warning", "R011", "NMAK", "Did you mean NMAC?"),
        ("warning", "R011", "XYZ", "Delete it here."),
    ]
