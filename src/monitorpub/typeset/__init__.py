"""Step 5, typeset: documents become parts, in workers.  Nothing here imports the engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from monitorpub.typeset.part import Face, FeetJob, Heading, Job, Limits, Part, Remark, Spot

__all__ = ["Face", "FeetJob", "Heading", "Job", "Limits", "Part", "Remark", "Spot", "typeset_all"]


def typeset_all(jobs: Sequence[Job], workers: int = 0, progress: Callable[[Part], None] | None = None) -> list[Part]:
    """The part of every job, in the order of the jobs; of a job that failed, a part without pages whose remark says why.

    ``progress`` is called with each part as it is done.
    """
    from monitorpub.workers import Failed, Task, run_all  # which knows the jobs of this package

    def part(task: Task, given: Any) -> Part:
        return Part(task.name, 0, remarks=(given.remark,)) if isinstance(given, Failed) else given

    def done(task: Task, given: Any) -> None:
        if progress is not None:
            progress(part(task, given))

    return [part(job, given) for job, given in zip(jobs, run_all(jobs, workers, done), strict=True)]
