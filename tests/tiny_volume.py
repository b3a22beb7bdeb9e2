"""Volumes for the tests of finished ones: a tiny edition with a bit of everything, and the sample edition; each is compiled once in a run."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from unittest.mock import patch

from monitorpub import parts
from monitorpub.typeset.part import Job
from monitorpub.volume import compiling
from monitorpub.volume.command import compile_file

SAMPLE = Path(__file__).parent.parent / "profiles" / "volume.yaml"

HEAD = "layout: clearing-the-mines\nlanguage: en-GB\nvolume: A Small Report\nedition: 2025\nlast-updated: 2025-08-31\n"

PROFILES = {
    "bhutan": """\
country: {code: BTN, name: Bhutan}
group: States Parties
key-data:
  - {fact: Treaty status, value: "State Party[^joined]"}
  - table: Land released
    id: released
    unit: km²
    rows: [{id: clearance, label: Clearance, values: {2024: 1, 2023: "2[^b-later]"}}]
    notes: {b-later: Reported a year late.}
sections:
  - title: Where the mines are
    text: |
      Mines lie in the hills.[^hills] More of them lie in Chad (see [Chad, p. {page}](chad#survey-of-the-deserts)).[^joined]
notes:
  joined: The State joined in 2005.
  hills: |
    A report on the hills, 2025, p. 3.
""",
    "chad": """\
country: {code: TCD, name: Chad}
group: States Parties
sections:
  - title: What is known
    text: |
      Little is known[^one] of the north.[^two] """
    + "Nobody has been there for many years, and those who went found roads that nobody uses. " * 45
    + """
  - title: Survey of the deserts
    text: |
      The deserts were surveyed.[^three] See [page {page}](bhutan#where-the-mines-are) for the hills.
notes: {one: A first report., two: A second report., three: "A third report, by the survey."}
""",
    "kosovo": """\
country: {code: XKX, name: Kosovo}
group: Areas
key-developments: |
  The deserts of others are no concern here.[^kos] Nothing else was said.[^ibid]
notes: {kos: Minutes of a meeting., ibid: Ibid.}
""",
}

VOLUME = """\
layout: annual-report
language: en-GB
title: A Small Report
edition: 2025
publisher: Nobody
date: 2025-11-01
document-number: MP/346789
front:
  - page: cover
  - page: imprint
  - page: contents
  - chapter: Foreword
    text: |
      Many have helped,[^many] and all are named.[^named] Read of Bhutan ([p. {page}](bhutan)) first, of Chad on page [{page}](chad) then.
    notes: {many: Some more than others., named: In the order of their names.}
groups:
  - title: States Parties
    profiles: [bhutan, chad]
  - title: Areas and regions
    divider: false
    profiles: [kosovo]
see:
  - {name: The Land of the Dragon, see: bhutan}
back:
  - chapter: "Annex A: Words"
    text: Words have meanings, and so have the figures 0123456789.[^words]
    notes: {words: Most of them.}
  - page: index
    terms: [deserts, hills]
  - page: back-cover
"""


@dataclass(frozen=True)
class Edition:
    """A compiled volume and the PDFs of its profiles, beside it."""

    source: Path
    volume: Path
    singles: tuple[Path, ...]
    html: dict[str, str]
    """What was typeset for the volume, by part, in its last round."""


@cache
def tiny() -> Edition:
    """The tiny edition."""
    folder = _folder("tiny")
    for name, text in {**{name: HEAD + text for name, text in PROFILES.items()}, "volume": VOLUME}.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return _compiled(folder / "volume.yaml", folder / "out")


@cache
def sample() -> Edition:
    """The sample edition."""
    return _compiled(SAMPLE, _folder("sample"))


_FOLDERS: list[tempfile.TemporaryDirectory[str]] = []
"""They go when the run is over."""


def _folder(name: str) -> Path:
    _FOLDERS.append(tempfile.TemporaryDirectory(prefix=f"monitorpub-{name}-"))
    return Path(_FOLDERS[-1].name)


def _compiled(source: Path, out: Path) -> Edition:
    html: dict[str, str] = {}
    typeset: dict[str, str] = {}
    run_all, bind = parts.run_all, compiling.bind

    def recorded(tasks, *rest):
        typeset.update({task.name: task.html for task in tasks if isinstance(task, Job)})
        return run_all(tasks, *rest)

    def bound(*words):  # the single profiles are typeset after it
        html.update(typeset)
        return bind(*words)

    with patch.object(parts, "run_all", recorded), patch.object(compiling, "bind", bound):
        found = compile_file(source, out / "volume.pdf", with_profiles=True, cached=False)
    assert found.value is not None, [d.message for d in found.diagnostics]
    assert not [d.message for d in found.diagnostics if d.severity == "error"]
    return Edition(source, found.value.file, tuple(file for file in found.value.counts if file != found.value.file), html)
