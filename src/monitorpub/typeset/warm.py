"""What a fork server does before the first task, so that no task has to: it loads the engine, the styles and their fonts, and typesets
a small document, as much of the engine is made when it is first needed.  What prepares sources is left to the few tasks that do.

All of it is set aside from collection.  The server's temporary files, and those of its forks, are in one folder, which goes with it.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import shutil
import tempfile
from pathlib import Path

from monitorpub.typeset import engine, running, sheets
from monitorpub.typeset.fetch import Fetcher
from monitorpub.typeset.part import Job
from monitorpub.workspace import Workspace, packaged

LOADED = (running,)
STYLES = ("tokens.css", "fonts.css", "page.css", "text.css", "notes.css", "tables.css", "blocks.css")
"""Those of most documents."""
WORDS = """<html lang="en-GB"><title>Warm</title><body>
<h1>Warm</h1><h2>Warm</h2><h3>Warm</h3>
<p>Warm <em>warm</em> <strong>warm</strong>
<a class="note-call" id="call-1" href="#note-1">1</a><span class="note" id="note-1">Warm <em>warm</em></span></p>
<p style="width: 3em; hyphens: auto">incomprehensibilities</p>
<ul><li>warm</li></ul>
<table><thead><tr><th>Warm</th></tr></thead><tbody><tr><th>warm</th><td>1</td></tr></tbody></table>
"""
"""The long word makes the engine read how English words are divided."""


def warm() -> None:
    """Do all that.  What is wrong with styles or fonts is left to the first task that needs them, which can say so."""
    folder = tempfile.mkdtemp(prefix="monitorpub-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    tempfile.tempdir = folder
    if sheets.can_be_forked():
        workspace = Workspace(Path(folder))
        with contextlib.suppress(Exception):
            sheets.keep((file.name for file in sorted(packaged("styles").glob("*.css"))), Fetcher(workspace))
            engine.typeset(Job("warm", WORDS, STYLES, workspace.root))
        sheets.quieten()
    gc.collect()
    gc.freeze()


warm()
