"""A layout of one's own, begun from one that there is: three files in the workspace that build at once and wait to be changed.

A folder that lies in a workspace uses the layouts of that workspace, so that is where they go.
"""

from __future__ import annotations

import difflib
import re
from pathlib import Path

from monitorpub.diagnostics import Diagnostic, Found, Place, has_errors
from monitorpub.drafts import write_files
from monitorpub.read import load_text
from monitorpub.workspace import MARK, Workspace, packaged

FIRST = "clearing-the-mines"
"""What a layout is begun from where nothing is said."""

NAME = r"[a-z0-9]+(-[a-z0-9]+)*"
"""Of a layout."""

STYLE = """\
/* What the layout {name} looks like where it differs from {like}.

   The tokens come first: colours, sizes and widths that all styles use.  Those that there are stand in tokens.css, which comes with the
   tool; say here only what changes.  `monitorpub check` says which colours are too faint to be read. */
:root {{
  --palette-deep: #3a2a55;
  --palette-deep-soft: #d8d0e6;
  --palette-accent: #8a3b12;
}}

/* Then what the tokens cannot say.  Every page of the layout is below .{name}. */
.{name} .section h2 {{ text-transform: none }}
"""


def begin_layout(name: str, workspace: Workspace, like: str = FIRST) -> Found[list[Path]]:
    """Write the settings, the template and the style of a new layout into a workspace; gives their files.

    Gives diagnostics L001 for a layout to begin from that there is not, L005 for a name that a layout cannot have, I007 for a file that
    is there already: nothing is written then.  A folder that nobody made a workspace is made one.
    """
    if not re.fullmatch(NAME, name):
        hint = "A name has small letters, digits and single hyphens: country-brief"
        return Found(None, (Diagnostic("L005", f"A layout cannot be called {name!r}.", hint=hint),))
    settings, template = workspace.find("layouts", f"{like}.yaml"), workspace.find("layouts", f"{like}.html")
    if settings is None or template is None:
        known = [one for one in workspace.names("layouts", ".yaml") if workspace.find("layouts", f"{one}.html")]
        near = difflib.get_close_matches(like, known, n=1, cutoff=0.4)
        hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(known)}."
        return Found(None, (Diagnostic("L001", f"There is no layout {like!r}.", hint=hint),))
    texts = [load_text(settings), load_text(template)]
    wrong = tuple(text for text in texts if isinstance(text, Diagnostic))
    if wrong:
        return Found(None, wrong)
    files = {
        workspace.root / "layouts" / f"{name}.yaml": _settings(str(texts[0]), name, like),
        workspace.root / "layouts" / f"{name}.html": _template(str(texts[1]), name, like),
        workspace.root / "styles" / f"{name}.css": STYLE.format(name=name, like=like),
    }
    there = [_there(file, found) for file in files if (found := file if file.exists() else workspace.find(file.parent.name, file.name))]
    if there:
        return Found(None, tuple(dict.fromkeys(there)))
    if not workspace.marked:
        files[workspace.root / MARK] = "# This file makes the folder a workspace: its layouts and styles count for the sources in it.\n"
    said = write_files({file: text.encode("utf-8") for file, text in files.items()})
    return Found(None if has_errors(said) else list(files), tuple(said))


def _there(file: Path, found: Path) -> Diagnostic:
    """I007: the name of a file is taken, in the workspace or by what comes with the tool."""
    what = "style sheet" if file.suffix == ".css" else "layout"
    if found.is_relative_to(packaged(file.parent.name).resolve()) and found != file:
        message = f"A {what} that comes with monitorpub is called {file.stem} already."
        hint = f"Choose another name, such as my-{file.stem}{f' --like {file.stem}' if what == 'layout' else ''}; nothing was written."
        return Diagnostic("I007", message, hint=hint)
    return Diagnostic("I007", f"{file.name} is there already.", Place(file), hint="Choose another name; nothing was written.")


def _settings(text: str, name: str, like: str) -> str:
    """The settings of another layout with a name and a style of their own."""
    text = re.sub(r"\A(#[^\n]*\n)+", "", text)
    text = re.sub(r"^name: .*$", f"name: {name.replace('-', ' ').capitalize()}", text, count=1, flags=re.MULTILINE)
    text = re.sub(r"^(styles: \[.*)\]$", rf"\1, {name}.css]", text, count=1, flags=re.MULTILINE)
    head = (
        f"# The settings of the layout {name}, begun from {like}: what is printed, in which order, with which styles.\n"
        "# Words that all layouts share are in words.yaml; those of its own stand under labels, by language:\n"
        '#   labels: {en: {last-updated: "As of"}}\n'
    )
    return head + text


def _template(text: str, name: str, like: str) -> str:
    """The template of another layout."""
    head = f"{{# What is on the pages of the layout {name}, begun from {like}. #}}\n"
    return head + re.sub(r"\A\{#.*?#\}\n", "", text, count=1, flags=re.DOTALL)
