"""check --fix: only the signs that are wrong change; comments, quotes, line ends and everything else stay."""

from __future__ import annotations

import random
import stat

import pytest
import yaml

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


def fixed(run, workspace, text, *rules):
    """A text of one section after --fix, by these rules or all."""
    file = workspace.write(text if text.startswith("layout") else HEAD + text)
    assert run("check", file, "--fix", *(f"--select={rule}" for rule in rules)).exit_code == 0
    return file.read_bytes().decode().removeprefix(HEAD)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (r"The area\u0020\u0020is 5\_km² wide.", "The area is 5km² wide."),
        (r"The area is 5\x20km² wide.", "The area is 5km² wide."),
        (r"It \"said\"  so\t and 5 km².", '"said" so'),
        (r"The strip \u002d- four kilometres deep \u2014 is mined.", "strip—four"),
        ("The area is 5\\\n    \\_km² wide.", "The area is 5km² wide."),
    ],
)
def test_escapes_are_mended_whole_or_left(run, workspace, typed, meant):
    text = f'sections:\n  - title: One\n    text: "{typed}"\n'
    old = yaml.safe_load(text)["sections"][0]["text"]
    new = yaml.safe_load(fixed(run, workspace, text))["sections"][0]["text"]
    assert new == old or meant in new


def test_a_field_that_cannot_be_mended_does_not_keep_the_others_from_it(run, workspace):
    text = 'sections:\n  - {title: One, text: &t "Seen  here."}\n  - {title: Two, text: "But  there."}\n  - {title: *t, text: It  is.}\n'
    out = fixed(run, workspace, text, "double-space")
    assert out == text.replace("But  there", "But there").replace("It  is", "It is")


def typed_as(style, words, number):
    """A value in a style of YAML, as it may be typed."""
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    block = words.replace("\n", "\n" + 10 * " ")
    return {
        "plain": words,
        "single": "'" + words.replace("'", "''") + "'",
        "double": f'"{escaped}"',
        "escaped": '"' + escaped.replace(" ", r"\x20").replace("²", r"\u00b2").replace("km", r"\u006bm") + '"',
        "nbsp": '"' + escaped.replace(" km", r"\_km").replace("  ", " \\\n          \\ ") + '"',
        "literal": f"|2-   # why  so\n        {block[:0]}{words}",
        "folded": ">\n          " + words.replace(" -- ", "\n          -- ").replace(". ", ".\n          "),
        "anchor": f"&a{number} '" + words.replace("'", "''") + "'",
    }[style]


PIECES = [
    "Mines  were laid[^a].", "It is 5 km² wide.", "It is 40 % of it[^b], they say.", "A strip -- four deep -- is mined.", "The program  of work.",
    "He said “it  is 5 km”  there.", "It\u2019s ‹so  it is›  here.", "*So  it*  is.", r"A \\-- b.", "Seen on May 3, 2019[^a]; and 05.06.2018.", "𝔐ines  were 5 km off 地雷  here.",
    "A * -- * b.", "`a  b`  c.", "They don't  say 'so  it'.", "laid[^a], [^b].", "See [here  it](https://example.org)  too.",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(60))
def test_whatever_the_yaml_no_value_becomes_what_no_mend_meant(run, workspace, seed):
    """Only spaces, dashes, calls and a few words may change, never the rest: the values are those of the same words typed simply."""
    chance = random.Random(seed)
    fields, plain = [], []
    for number in range(6):
        words = " ".join(chance.sample(PIECES, 2))
        style = chance.choice(["single", "double", "escaped", "nbsp", "literal", "folded", "anchor"])
        typed = typed_as(style, words, number)
        fields.append(f"  - title: S{number}\n    intro: &i{number} x\n    text: {typed}\n".replace(f"    intro: &i{number} x\n", ""))
        if style == "anchor":
            fields.append(f"  - title: T{number}\n    text: *a{number}   # the same  again\n")
        plain.append(words)
    fields.append("  - {title: Flow, text: 'In  flow, 5 km².', id: flow}   # kept  so\n")
    text = HEAD + "# A  comment\nsections:\n" + "".join(fields) + "notes: {a: 'Email from A. Person,  1 May 2020.', b: One  note.}\n"
    text = text.replace("- title: S0", "- title: S0\n    id: s0", 1) if chance.random() < 0.5 else text
    if "[^a]" not in text:
        text = text.replace("In  flow,", "In  flow,[^a]")
    if "[^b]" not in text:
        text = text.replace("5 km².', id", "5 km².[^b]', id")
    data = text.replace("\n", chance.choice(["\n", "\r\n"])).encode()
    data = chance.choice([b"", b"\xef\xbb\xbf"]) + data
    file = workspace.write(data)
    result = run("check", file, "--fix")
    assert result.exit_code == 0, result.output
    old, new = yaml.safe_load(data.decode("utf-8-sig")), yaml.safe_load(file.read_bytes().decode("utf-8-sig"))
    for before, after in zip(old["sections"], new["sections"], strict=True):
        assert bare(before) == bare(after), (before, after)
    assert bare(new) == bare(old)
    for before, after in zip(old["sections"], new["sections"], strict=True):
        for kept in ("“it  is 5 km”", "‹so  it is›", "`a  b`", r"\\--", "* -- *", "05.06.2018"):
            assert before["text"].count(kept) == after["text"].count(kept)
    assert data.decode().count("#") == file.read_bytes().decode().count("#")
    assert data.count(b"\r") == file.read_bytes().count(b"\r")
    once = file.read_bytes()
    run("check", file, "--fix")
    assert file.read_bytes() == once


def bare(value):
    """A value without what mends may change: white space, dashes, the place of calls, one spelling, one date."""
    if isinstance(value, dict):
        return {key: bare(one) for key, one in value.items()}
    if isinstance(value, list):
        return [bare(one) for one in value]
    text = str(value).replace("programme", "program").replace("3 May 2019", "May 3, 2019").replace("laid[^a], [^b].", "laid.[^a][^b]")
    signs = "".join(text.split()).replace("\u00a0", "").replace("--", "—")
    return sorted(signs) if "[^" in signs else signs


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o640])
def test_who_may_read_a_file_stays(run, workspace, mode):
    file = workspace.write(SOURCE)
    file.chmod(mode)
    run("check", file, "--fix")
    assert "Mines were" in file.read_text(encoding="utf-8")
    assert stat.S_IMODE(file.stat().st_mode) == mode


def test_a_link_stays_a_link(run, workspace):
    real = workspace.write(SOURCE, "elsewhere/real.yaml")
    link = workspace.write("", "link.yaml")
    link.unlink()
    link.symlink_to(real)
    run("check", link, "--fix")
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8") == link.read_text(encoding="utf-8") != SOURCE
    assert sorted(one.name for one in real.parent.iterdir()) == ["real.yaml"]


def test_mixed_line_ends_stay_as_they_are(run, workspace):
    ends = ["\n", "\r\n", "\r"]
    mixed = ["".join(line + ends[i % 3] for i, line in enumerate(text.splitlines())).encode() for text in (SOURCE, MENDED)]
    file = workspace.write(mixed[0])
    assert run("check", file, "--fix", RULES).exit_code == 0
    assert file.read_bytes() == mixed[1]


MARKS = [
    "“x  y”",
    "‘x  y’",
    "‹x  y›",
    "›x  y‹",
    "«x  y»",
    "»x  y«",
    "‚x  y‘",
    "„x  y“",
    "„x  y”",
    "”x  y”",
    "「x  y」",
    "『x  y』",
    '"x  y"',
    "'x  y'",
]


@pytest.mark.parametrize("quoted", MARKS)
def test_no_quoted_word_is_mended(run, workspace, quoted):
    text = f"key-developments: |\n  They said  {quoted.replace('y', 'y[^a], the program of 5 km -- z')} and  left.\nnotes: {{a: One.}}\n"
    new = fixed(run, workspace, text)
    assert "x  y[^a], the program of 5 km -- z" in new
    if quoted[0] not in "»„”":  # what stands round marks of other languages may be left
        assert "They said " in new
        assert "They said  " not in new


@pytest.mark.parametrize("typed", [r"A \-- b.", "A * -- * b.", "A _ -- _ b.", "A `--` b -- `c`.", r"A -- \* b \* c.", "[a -- ] b."])
def test_signs_of_markdown_are_not_touched(run, workspace, typed):
    text = f"key-developments: |\n  {typed}\n"
    assert fixed(run, workspace, text) == text


def test_a_call_behind_a_call_and_a_comma_is_mended_rightly(run, workspace):
    text = "key-developments: |\n  Mines were laid[^a], [^b].\nnotes: {a: One., b: Two.}\n"
    assert fixed(run, workspace, text, "call-before-punctuation") == text
    assert "laid.[^a][^b]\n" in fixed(run, workspace, text)
