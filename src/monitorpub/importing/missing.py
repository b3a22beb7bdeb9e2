"""Notes that are called and were not in the file: what the report says of them."""

from __future__ import annotations

from itertools import groupby

from monitorpub.importing.document import Document, Note


def say_missing(document: Document) -> None:
    """Say under Lost which notes have no words; those whose numbers follow each other share a line."""
    runs: list[list[Note]] = []
    for is_missing, group in groupby(document.notes, lambda note: note.text is None):
        for note in group if is_missing else ():
            if runs and runs[-1][-1].series == note.series and _follows(runs[-1][-1], note):
                runs[-1].append(note)
            else:
                runs.append([note])
    for run in runs:
        first, last = run[0], run[-1]
        if first is last:
            words = f"note {first.number} is called here and was not in the file; a placeholder stands for it"
        else:
            words = f"notes {first.number} to {last.number} are called from here on and were not in the file; placeholders stand for them"
        if not first.line:
            words = words.replace(" here", "").replace(" from on", "")
        document.say("lost", first.line, words)


def _follows(before: Note, note: Note) -> bool:
    return before.number.isdigit() and note.number.isdigit() and int(note.number) == int(before.number) + 1
