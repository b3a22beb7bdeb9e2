"""The one place that runs pandoc.  Its citeproc forms the strings of references; which form a cite takes is decided by us.

pandoc knows forms by position, so each cite that is wanted gets a copy of its record with an id of its own: cited once it is a first
cite; cited again after more than five other notes, a later one; cited again sooner, a short one.  One process forms them all.  It
runs in pandoc's sandbox and fetches nothing.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from monitorpub.citations.repeats import Form

API = [1, 23, 1]
NEAR = 5
"""The distance of CSL within which a later cite is a near one."""
TIMEOUT = 60
HEAD = "§"
"""Stands before every reference, or pandoc would write its first letter large: that of a title too."""

Meta = dict[str, Any]


class PandocError(Exception):
    """pandoc is not there or did not do its work."""


@dataclass(frozen=True)
class Job:
    """A string that is wanted: the record, the form, and pages in the source (or nothing)."""

    key: str
    form: Form
    pages: str = ""


@cache
def find_pandoc() -> str | None:
    """The program: the one that came as a wheel, else the machine's."""
    spec = importlib.util.find_spec("pypandoc")
    if spec is not None and spec.origin is not None:
        for name in ("pandoc", "pandoc.exe"):
            if (file := Path(spec.origin).parent / "files" / name).is_file():
                return str(file)
    return shutil.which("pandoc")


def form_references(
    jobs: Sequence[Job], records: Mapping[str, Meta], repeated: Mapping[str, Meta], csl: str, language: str
) -> dict[Job, list[Meta]]:
    """The inlines of each job; ``repeated`` has the records as repeats print them.  Raises PandocError."""
    jobs = list(dict.fromkeys(jobs))
    if not jobs:
        return {}
    given = [(records if job.form is Form.FIRST else repeated)[job.key] for job in jobs]
    document = _document(jobs, given, language)
    wanted = json.dumps(document, ensure_ascii=False)
    out: dict[Job, list[Meta]] = {}
    by_id = {_clone(index): job for index, job in enumerate(jobs)}
    for block in json.loads(_citeproc(wanted, csl))["blocks"]:
        if block["t"] != "Para" or block["c"][0]["t"] != "Cite":
            continue
        (cites, inlines), job = block["c"][0]["c"], None
        job = by_id.get(cites[0]["citationId"])
        if job is not None:  # the last one of a copy is the one that is wanted
            out[job] = _without_head(inlines[0]["c"][0]["c"] if inlines and inlines[0]["t"] == "Note" else inlines)
    return out


def _without_head(inlines: list[Meta]) -> list[Meta]:
    """The reference without the sign that was put before it."""
    first = next((i for i, inline in enumerate(inlines) if inline["t"] == "Str" and inline["c"].startswith(HEAD)), None)
    if first is None:
        return inlines
    rest = inlines[first]["c"].removeprefix(HEAD)
    out = [*inlines[:first], *([{"t": "Str", "c": rest}] if rest else []), *inlines[first + 1 :]]
    return out[1:] if out and out[0]["t"] == "Space" else out


def _document(jobs: Sequence[Job], records: Sequence[Meta], language: str) -> Meta:
    clones = [{"t": "MetaMap", "c": {**record["c"], "id": {"t": "MetaString", "c": _clone(index)}}} for index, record in enumerate(records)]
    pad = {"id": "pad", "type": "document", "title": "pad"}
    clones.append({"t": "MetaMap", "c": {name: {"t": "MetaString", "c": value} for name, value in pad.items()}})
    by_form: dict[Form, list[tuple[str, str]]] = {form: [] for form in Form}
    for index, job in enumerate(jobs):
        by_form[job.form].append((_clone(index), job.pages))
    blocks = [_cite(name) for name, _ in by_form[Form.AGAIN]]
    blocks += [_cite("pad")] * (NEAR + 2)
    blocks += [_cite(name, pages) for name, pages in by_form[Form.AGAIN]]
    for name, pages in by_form[Form.SHORT]:
        blocks += [_cite(name), _cite("pad"), _cite(name, pages)]
    blocks += [_cite(name, pages) for name, pages in by_form[Form.FIRST]]
    meta = {"references": {"t": "MetaList", "c": clones}, "lang": {"t": "MetaString", "c": language}}
    return {"pandoc-api-version": API, "meta": meta, "blocks": blocks}


def _clone(index: int) -> str:
    return f"copy-{index}"


def _cite(name: str, pages: str = "") -> Meta:
    suffix: list[Meta] = []
    if pages:
        for word in f"{{{pages}}}".split():
            suffix += [{"t": "Space"}, {"t": "Str", "c": word}]
    citation = {
        "citationId": name,
        "citationPrefix": [{"t": "Str", "c": HEAD}],
        "citationSuffix": suffix[1:],
        "citationMode": {"t": "NormalCitation"},
        "citationNoteNum": 0,
        "citationHash": 0,
    }
    return {"t": "Para", "c": [{"t": "Cite", "c": [[citation], []]}]}


_done: dict[tuple[str, str], str] = {}
_MEMORY = 64


def _citeproc(document: str, csl: str) -> str:
    """What pandoc makes of the document; kept in memory, so that what did not change is not formed again."""
    key = (document, csl)
    if key not in _done:
        with tempfile.TemporaryDirectory(prefix="monitorpub-") as folder:
            style = Path(folder) / "house.csl"
            style.write_text(csl, encoding="utf-8")
            made = run(["-f", "json", "-t", "json", "--citeproc", "--csl", str(style)], document)
        while len(_done) >= _MEMORY:
            del _done[next(iter(_done))]
        _done[key] = made
    return _done[key]


def run(words: Sequence[str], given: str) -> str:
    """What pandoc gives for these words on its command line.  Raises PandocError."""
    program = find_pandoc()
    if program is None:
        raise PandocError("pandoc is not there")
    try:
        done = subprocess.run(
            [program, "--sandbox", *words], input=given, capture_output=True, encoding="utf-8", timeout=TIMEOUT, check=False
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise PandocError(f"pandoc could not be run ({error})") from None
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["no reason given"]
        raise PandocError(f"pandoc stopped: {' '.join(lines)[:300]}")
    return done.stdout
