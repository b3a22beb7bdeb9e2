"""What the structure tree costs: processor time of typesetting a profile with our tree, and with the engine's own instead.

    python bench/tagging.py [--repeat 9] [SOURCE]

Both are run in turns in one process, and the ratio of their medians is printed.  Both end where the objects of the PDF are there: what is
written of them afterwards is the same.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from unittest.mock import patch

from monitorpub.compose import compose
from monitorpub.pipeline import prepare
from monitorpub.typeset import capture, engine
from monitorpub.typeset.fetch import Fetcher
from monitorpub.typeset.part import Job
from monitorpub.typeset.sheets import materials
from monitorpub.typeset.tagging import tag
from monitorpub.workspace import Workspace

HERE = Path(__file__).parent.parent


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", nargs="?", type=Path, default=HERE / "profiles" / "north-korea.yaml")
    parser.add_argument("--repeat", type=int, default=9)
    chosen = parser.parse_args()
    job = job_of(chosen.source)
    ways: dict[str, Callable[[Job], int]] = {"the engine's tree": with_the_engines_tree, "our tree": with_our_tree}
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(chosen.repeat + 1):
        for name, way in ways.items():
            started = time.process_time()
            pages = way(job)
            times[name].append(time.process_time() - started)
    medians = {name: statistics.median(found[1:]) for name, found in times.items()}  # the first one warms up
    for name, seconds in medians.items():
        print(f"{name}: {seconds * 1000:.0f} ms for {pages} pages (median of {chosen.repeat})")
    one, two = medians.values()
    print(f"ratio: {two / one:.2f}")


def job_of(source: Path) -> Job:
    """What is typeset of a profile."""
    prepared = prepare(source).value
    assert prepared is not None
    workspace = Workspace.of(source)
    document = compose(prepared.numbered, prepared.images, workspace, source.stem).value
    assert document is not None
    return Job(source.stem, document.html, document.styles, workspace.root)


def with_the_engines_tree(job: Job) -> int:
    """Typeset as the engine does it alone."""
    fetcher = Fetcher(Workspace(job.workspace))
    with (
        materials(job.styles, fetcher) as (sheets, fonts),
        patch.object(capture, "find_artifacts", lambda pages: None),
        patch.object(capture, "_marks_kept", nullcontext),
    ):
        document = engine.lay_out(job, fetcher, sheets, fonts)
        capture.draw(document)
        return len(document.pages)


def with_our_tree(job: Job) -> int:
    """Typeset as monitorpub does."""
    fetcher = Fetcher(Workspace(job.workspace))
    with materials(job.styles, fetcher) as (sheets, fonts):
        document = engine.lay_out(job, fetcher, sheets, fonts)
        pdf, kept = capture.draw(document)
        references = [reference for page in pdf.page_references for reference in pdf.objects[int(page.split()[0])].get("Annots", ())]
        annotations = [pdf.objects[int(reference.split()[0])] for reference in references]
        tag(document.pages, kept.marks, {id(one): index for index, one in enumerate(annotations)})
        return len(document.pages)


if __name__ == "__main__":
    main()
