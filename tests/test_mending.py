"""check --fix: only the signs that are wrong change; comments, quotes, line ends and everything else stay."""

from __future__ import annotations

import pytest

from conftest import HEAD

SOURCE = (
    "# A comment at the head\n"
    + HEAD
    + """\
key-developments: |   # why
  Mines  were laid[^a].    More were laid.[^b]
sections:
  - {title: One,   text: 'It''s  said in quotes[^c].'}   # kept
  - title: Two
    text: >
      A folded  text that
      runs over lines[^d].
notes:
  # the first
  a:   "“A title”, *Outlet*, 1 May 2025."
  b: Email from A. Person,  2 May 2025.
  c: |
    Interview with B. Person, 3 May 2025.
  d: Interview with C. Person, 4 May 2025.
"""
)
MENDED = (
    SOURCE.replace("Mines  were", "Mines were")
    .replace("laid[^a].    More", "laid.[^a] More")
    .replace("It''s  said in quotes[^c].", "It''s said in quotes.[^c]")
    .replace("folded  text", "folded text")
    .replace("lines[^d].", "lines.[^d]")
    .replace("Person,  2", "Person, 2")
)
RULES = "--select=double-space,call-before-punctuation,double-space-in-note"


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_only_what_is_wrong_changes(run, workspace, ends, mark):
    file = workspace.write(mark + SOURCE.replace("\n", ends).encode())
    assert run("check", file, "--fix").exit_code == 0
    assert file.read_bytes() == mark + MENDED.replace("\n", ends).encode()


def test_mending_twice_changes_nothing_more(run, workspace):
    file = workspace.write(SOURCE)
    run("check", file, "--fix")
    once = file.read_bytes()
    assert run("check", file, "--fix").output.count("@@") == 0
    assert file.read_bytes() == once


def test_diff_shows_the_change_and_makes_none(run, workspace):
    file = workspace.write(SOURCE)
    output = run("check", file, "--diff").stdout
    assert file.read_text(encoding="utf-8") == SOURCE
    assert "-  Mines  were laid[^a].    More were laid.[^b]" in output
    assert "+  Mines were laid.[^a] More were laid.[^b]" in output


def test_a_file_that_cannot_be_read_is_not_touched(run, workspace):
    broken = SOURCE.replace("edition: 2025", "edition: soon")
    file = workspace.write(broken)
    assert run("check", file, "--fix").exit_code == 1
    assert file.read_text(encoding="utf-8") == broken


def test_a_plain_text_is_mended_too(run, workspace):
    file = workspace.write(
        "A claim of a  long enough sentence stands here, with words enough.[1]\n\n[1] Email from A. Person,  1 May 2020.\n", "page.txt"
    )
    run("check", "--text", file, "--fix")
    assert "  " not in file.read_text(encoding="utf-8")
