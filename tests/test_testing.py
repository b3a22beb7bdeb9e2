"""assert_notes and the plugin, as other people's tests use them."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pytest

import monitorpub
from breaking import Broken
from conftest import HEAD
from monitorpub.testing import assert_notes
from test_verifying import Foreign

pytest_plugins = ["pytester"]

HERE = Path(__file__).parent
PAGE = (HERE.parent / "docs" / "testing.md").read_text(encoding="utf-8")
EXAMPLE = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
SHOWN = re.search(r"^```text\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)[1]
NOTED = (
    HEAD
    + "key-developments: Something was laid.[^law] It was found.[^find]\nnotes:\n  law: Mine Act 2024, art. 3.\n  find: Report 2024, p. 7.\n"
)


@pytest.fixture
def pair(workspace) -> tuple[Path, Path]:
    """A source and its PDF."""
    source = workspace.write(NOTED, "profiles/bhutan.yaml")
    report = monitorpub.build(source, output="out")
    assert report.ok, str(report)
    return source, report.files[0].file


def failure(*given: Path, **options: Path) -> str:
    with pytest.raises(AssertionError) as error:
        assert_notes(*given, **options)
    return str(error.value)


def test_good_notes_pass(pair):
    source, pdf = pair
    assert_notes(source)
    assert_notes(str(pdf))
    assert_notes(source, pdf=pdf)


@pytest.mark.parametrize("profile", ["tests/profiles/every-block.yaml", "tests/profiles/names.yaml", "profiles/north-korea.yaml"])
def test_every_note_of_a_profile_is_in_its_pdf(profile, monitorpub_build):
    source = HERE.parent / profile
    pdf = monitorpub_build(source)
    assert_notes(source, pdf=pdf)


def test_notes_by_section_are_told_apart(workspace, monitorpub_build):
    source = workspace.write(
        HEAD + "numbering: per-section\nsections:\n  - {title: One, text: 'A.[^a] B.[^b]'}\n  - {title: Two, text: 'C.[^c] A.[^a]'}\n"
        "notes: {a: Note a., b: Note b., c: Note c.}\n"
    )
    assert_notes(source, pdf=monitorpub_build(source))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [("[^law]", "", "N002"), ("[^law]", "[^lwa]", "N001"), ("layout: clearing-the-mines", "layout: none", "L001")],
)
def test_a_source_with_bad_notes_fails(workspace, old, new, expected):
    text = failure(workspace.write(NOTED.replace(old, new)))
    assert f"error {expected}" in text
    assert "--> profile.yaml:" in text


def test_a_rule_about_notes_fails_though_it_only_warns(workspace):
    text = failure(workspace.write(NOTED.replace("law: Mine Act 2024, art. 3.", "law: Report 2024, p. 7.")))
    assert re.search(r"(warning|error) N\d{3}", text)


def test_a_source_that_is_not_there_fails(workspace):
    assert "F001" in failure(Path("none.yaml"))
    assert "F001" in failure(Path("none.pdf"))


def test_other_words_in_the_pdf_fail_and_are_shown(pair):
    source, pdf = pair
    source.write_text(NOTED, encoding="utf-8")
    old = pdf.read_bytes()
    source.write_text(NOTED.replace("art. 3.", "art. 2."), encoding="utf-8")
    report = monitorpub.build(source, output="out")
    assert report.ok
    assert old != pdf.read_bytes()
    source.write_text(NOTED, encoding="utf-8")
    assert failure(source, pdf=pdf) == SHOWN.rstrip("\n") + "\n"


def test_another_number_and_a_note_too_few_and_too_many_fail(pair, workspace):
    source, pdf = pair
    source.write_text(
        NOTED.replace("Something was laid.[^law] It was found.[^find]", "It was found.[^find] Something was laid.[^law]"), encoding="utf-8"
    )
    assert failure(source, pdf=pdf).count("V052") == 2
    source.write_text(NOTED.replace("[^law]", "[^law][^new]") + "  new: New.\n", encoding="utf-8")
    assert "V051 (note-not-in-pdf): The note 2 (new)" in failure(source, pdf=pdf)
    source.write_text(NOTED.replace("[^law]", "").replace("  law: Mine Act 2024, art. 3.\n", ""), encoding="utf-8")
    assert "V054" in failure(source, pdf=pdf)


def test_a_broken_pdf_fails(pair):
    _, pdf = pair
    broken = Broken(pdf.read_bytes())
    broken.links(1, "note-law")[0].Dest = pikepdf.String("bhutan/note-find")
    assert "V013" in failure(broken.save(pdf))


def test_a_page_that_is_printed_twice_fails(pair):
    source, pdf = pair
    broken = Broken(pdf.read_bytes())
    broken.pdf.pages.append(broken.pdf.pages[0])
    broken.save(pdf)
    assert "V016" in failure(pdf)
    assert "V016" in failure(source, pdf=pdf)


def test_a_pdf_whose_notes_were_not_found_fails(tmp_path):
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(tmp_path / "blank.pdf")
    assert "V090" in failure(tmp_path / "blank.pdf")


@pytest.mark.parametrize(("calls", "notes"), [(["1", "2", "3", "4"], ["1 One"]), (["1"], ["1 One", "2 Two", "3 Three"]), ([], [])])
def test_a_foreign_pdf_whose_notes_do_not_fit_together_fails(tmp_path, calls, notes):
    foreign = Foreign()
    foreign.page(calls, notes)
    foreign.pdf.save(tmp_path / "foreign.pdf")
    assert "Notes were not proved" in failure(tmp_path / "foreign.pdf")


def test_a_foreign_pdf_whose_notes_fit_together_passes(tmp_path):
    foreign = Foreign()
    foreign.page(["1", "2"], ["1 One", "2 Two"])
    foreign.pdf.save(tmp_path / "foreign.pdf")
    assert_notes(tmp_path / "foreign.pdf")


def test_two_pdfs_make_no_sense(pair):
    with pytest.raises(ValueError, match="source first"):
        assert_notes(pair[1], pdf=pair[1])


# the plugin


@pytest.fixture
def others(pytester: pytest.Pytester) -> pytest.Pytester:
    """The folder of somebody who tests profiles, with the test file of docs/testing.md."""
    (pytester.path / "profiles").mkdir()
    (pytester.path / "profiles" / "bhutan.yaml").write_text(NOTED, encoding="utf-8")
    pytester.makepyfile(test_profiles=next(e for e in EXAMPLE if "def test" in e))
    return pytester


def test_the_example_of_the_page_runs(others):
    others.runpytest_subprocess().assert_outcomes(passed=3)


def test_failures_are_shown_without_a_traceback_of_ours(others):
    (others.path / "profiles" / "bhutan.yaml").write_text(NOTED.replace("[^law]", "[^lwa]"), encoding="utf-8")
    result = others.runpytest_subprocess()
    result.assert_outcomes(failed=3)
    result.stdout.fnmatch_lines(["*the notes are not right*", "*error N001*", "*could not be built*"])
    assert "monitorpub/testing.py" not in result.stdout.str()


def test_the_plugin_loads_nothing_until_it_is_used(pytester):
    pytester.makepyfile(
        "import sys\ndef test_it():\n    assert [m for m in sys.modules if m.startswith('monitorpub.')] == ['monitorpub.pytest_plugin']\n"
    )
    pytester.runpytest_subprocess().assert_outcomes(passed=1)
