"""What the documentation shows is what the tool does."""

from __future__ import annotations

import importlib.util
import re
import struct
import sys
import types
import typing
import zlib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from pydantic import BaseModel

from monitorpub.cli import main
from monitorpub.model import Profile
from monitorpub.model.contamination import BANDS, QUALIFIERS, parse
from monitorpub.model.scalars import Text
from monitorpub.pipeline import build, prepare
from monitorpub.report import as_text

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
README = ROOT / "README.md"


def _load_tool() -> types.ModuleType:
    spec = importlib.util.spec_from_file_location("make_docs", ROOT / "tools" / "make_docs.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_docs"] = module
    spec.loader.exec_module(module)
    return module


make_docs = _load_tool()
AUTHORING = make_docs.AUTHORING.read_text(encoding="utf-8")
COMPUTED = (DOCS / "computed-tables.md").read_text(encoding="utf-8")
EXAMPLES = make_docs.examples(AUTHORING)
KINDS = {"yaml profile", "yaml fragment", "yaml wrong", "text", "sh"}


def _of(*kinds: str) -> list[object]:
    return [pytest.param(e, id=f"line-{e.line}") for e in EXAMPLES if e.kind in kinds]


def _png() -> bytes:
    """A grey square."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x80" * 8) * 8)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def _save(text: str, folder: Path, name: str = "example.yaml") -> Path:
    """The example as a file, with the images that it uses beside it."""
    file = folder / name
    file.write_text(text, encoding="utf-8")
    for image in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", text):
        (folder / image).parent.mkdir(parents=True, exist_ok=True)
        (folder / image).write_bytes(_png())
    return file


def _whole(example: typing.Any) -> str:
    return example.text if example.kind == "yaml profile" else make_docs.whole(AUTHORING, example.text)


def test_every_block_has_a_known_kind() -> None:
    assert {e.kind for e in EXAMPLES} <= KINDS


def test_the_page_begins_with_a_small_whole_profile() -> None:
    assert EXAMPLES[0].kind == "yaml profile"
    assert EXAMPLES[0].text.count("\n") < 20


@pytest.mark.parametrize("example", _of("yaml profile", "yaml fragment"))
def test_example_has_nothing_wrong(example: typing.Any, tmp_path: Path) -> None:
    found = prepare(_save(_whole(example), tmp_path))
    assert as_text(found.diagnostics) == ""
    assert found.value is not None


@pytest.mark.parametrize(("example", "shown"), [pytest.param(e, s, id=f"line-{e.line}") for e, s in make_docs.mistakes(AUTHORING)])
def test_mistake_prints_what_is_shown(example: typing.Any, shown: typing.Any) -> None:
    assert shown.kind == "text"
    assert shown.text == make_docs.said(make_docs.whole(AUTHORING, example.text)), "run tools/make_docs.py"


def test_every_mistake_has_its_text() -> None:
    assert len(list(make_docs.mistakes(AUTHORING))) == sum(e.kind == "yaml wrong" for e in EXAMPLES)
    assert all("error" in shown.text for _, shown in make_docs.mistakes(AUTHORING))


def test_mistakes_are_gone_with_their_cure(tmp_path: Path) -> None:
    """The tiny profile in which the mistakes are made has none of its own."""
    text = make_docs.whole(AUTHORING, "")
    assert text == EXAMPLES[0].text
    assert prepare(_save(text, tmp_path)).ok


@pytest.mark.slow
def test_whole_profiles_build(tmp_path: Path) -> None:
    files = [_save(e.text, tmp_path, f"line-{e.line}.yaml") for e in EXAMPLES if e.kind == "yaml profile"]
    built, said = build(files, tmp_path / "dist")
    assert as_text(said) == ""
    assert [one.file.read_bytes()[:5] for one in built] == [b"%PDF-"] * len(files)


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in typing.get_args(annotation):
        yield from _models(argument)


def _fields() -> set[tuple[str, str]]:
    """Every field of the profile and of all that it holds, with the model it belongs to."""
    out: set[tuple[str, str]] = set()
    waiting: list[type[BaseModel]] = [Profile]
    seen: set[type[BaseModel]] = set()
    while waiting:
        model = waiting.pop()
        if model in seen:
            continue
        seen.add(model)
        for name, info in model.model_fields.items():
            out.add((model.__name__, info.alias or name))
            waiting.extend(_models(info.annotation))
    return out


def test_the_walk_reaches_the_depths() -> None:
    fields = _fields()
    assert ("Profile", "last-updated") in fields
    assert {("NativeName", "text"), ("Row", "total"), ("RowGroup", "head"), ("SeriesTable", "note-marks")} <= fields


@pytest.mark.parametrize("field", sorted({name for _, name in _fields()}))
def test_every_field_is_explained(field: str) -> None:
    assert f"`{field}`" in AUTHORING + COMPUTED


def test_fields_of_tables_stand_in_their_tables() -> None:
    """A field that several blocks have is explained for each of them."""
    for head, model in [("| field of a table |", "SeriesTable"), ("| field of a row |", "Row"), ("| field of a section |", "Section")]:
        lines = AUTHORING[AUTHORING.index(head) :].split("\n\n")[0].split("\n")[2:]
        listed = {match[1] for line in lines if (match := re.match(r"\| `([^`]+)`", line))}
        assert listed == {name for owner, name in _fields() if owner == model}, model


def test_forms_of_a_contamination_are_forms() -> None:
    table = AUTHORING[AUTHORING.index("| form | examples |") :].split("\n\n")[0]
    forms = re.findall(r"`([^`]+)`", table)
    assert len(forms) > 15
    for form in forms:
        parse(Text(form, inline=True))  # raises where it is none


def test_bands_and_qualifiers_are_those_of_the_tool() -> None:
    table = AUTHORING[AUTHORING.index("| band | from |") :].split("\n\n")[0]
    rows = re.findall(r"\| ([A-Z][a-z ]+) \|(.*)\|", table)
    shown = {name.lower(): [re.sub(r"km²|\s", "", cell) for cell in cells.split("|")] for name, cells in rows}
    assert shown == {name: ["" if limit is None else str(limit) for limit in limits] for name, limits in BANDS.items()}
    sentence = re.search(r"The qualifiers are: ([^.]*)\.", AUTHORING)
    assert sentence is not None
    assert sorted(word.strip() for word in sentence[1].replace("\n", " ").split(",")) == sorted(QUALIFIERS)


def _pages() -> list[Path]:
    return [README, *sorted(DOCS.glob("*.md"))]


def _options() -> Iterator[tuple[str, str]]:
    """Every command with each way of writing each of its options."""
    for name, command in [("", main), *main.commands.items()]:
        context = click.Context(command, info_name=name or "monitorpub", help_option_names=["-h", "--help"])
        for parameter in command.get_params(context):
            if isinstance(parameter, click.Option):
                yield from ((name, option) for option in (*parameter.opts, *parameter.secondary_opts))


def test_every_command_is_explained() -> None:
    text = "\n".join(page.read_text(encoding="utf-8") for page in _pages())
    assert [name for name in main.commands if f"`monitorpub {name}" not in text] == []


def test_every_option_is_explained() -> None:
    text = "\n".join(page.read_text(encoding="utf-8") for page in _pages())
    assert [(c, o) for c, o in _options() if not re.search(rf"(?<![\w-]){re.escape(o)}(?![\w-])", text)] == []


def test_the_table_of_commands_has_all_of_them_with_their_options() -> None:
    """What compile and verify have from build and check is said there once."""
    table = AUTHORING[AUTHORING.index("| command | what it does | options |") :].split("\n\n")[0].split("\n")[2:]
    rows = {match[1]: line for line in table if (match := re.match(r"\| `monitorpub (\w+)", line))}
    assert set(rows) == set(main.commands)
    shared = {"compile": rows["build"]}
    missing = [
        (name, option)
        for name, option in _options()
        if name in rows and not re.search(rf"(?<![\w-]){option}(?![\w-])", rows[name] + shared.get(name, ""))
    ]
    assert [(name, option) for name, option in missing if option not in ("-h", "--help")] == []


def test_the_mistake_that_readme_shows_is_what_check_prints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The call of a note that is not there is put into the profile of the sample edition as it is now."""
    monkeypatch.chdir(tmp_path)
    shown = README.read_text(encoding="utf-8").split("```text\n")[1].split("```")[0]
    found = re.search(r"--> (\S+?):\d+:\d+\n.*\n *\d+ \| (.*)(\[\^.*\])\n", shown)
    assert found is not None
    name, line, call = found.groups()
    text = (ROOT / name).read_text(encoding="utf-8")
    assert text.count(line) == 1
    (tmp_path / "profiles").mkdir()
    (tmp_path / name).write_text(text.replace(line, line + call), encoding="utf-8")
    said = [one for one in prepare(Path(name)).diagnostics if one.code == "N001"]
    assert as_text(said).strip().removesuffix("1 error").strip() == shown.strip()


def _words(section: str) -> list[str]:
    glossary = (DOCS / "glossary.md").read_text(encoding="utf-8")
    rows = glossary[glossary.index(f"## {section}") :].split("\n## ")[0].split("\n")
    return [line.split("|")[1].strip() for line in rows if line.startswith("| ")][1:]


def test_words_of_the_glossary_are_used() -> None:
    kinds = [("src", "py"), ("layouts", "html"), ("layouts", "yaml"), ("styles", "css")]
    files = [file for folder, suffix in kinds for file in (ROOT / folder).rglob(f"*.{suffix}")]
    files += [page for page in _pages() if page.name != "glossary.md"]
    text = "\n".join(file.read_text(encoding="utf-8") for file in files).lower()
    text = re.sub(r"[\s_-]+", " ", text)
    words = [word.strip().replace("-", " ") for entry in _words("Words in use") for word in entry.split(",")]
    assert [word for word in words if not re.search(rf"\b{re.escape(word)}s?\b", text)] == []


def test_each_word_stands_once_in_the_glossary() -> None:
    words = _words("Words in use") + _words("Words of the design")
    assert len(words) == len(set(words))
    assert len(words) > 40


def test_diagnostics_page_is_up_to_date() -> None:
    assert make_docs.DIAGNOSTICS.read_text(encoding="utf-8") == make_docs.diagnostics_text(), "run tools/make_docs.py"


def test_rules_page_is_up_to_date() -> None:
    assert make_docs.RULES.read_text(encoding="utf-8") == make_docs.rules_page(), "run tools/make_docs.py"


def test_codes_named_in_the_guide_exist() -> None:
    from monitorpub.codes import CODES

    assert set(re.findall(r"\b[FYMTNLPR]\d{3}\b", AUTHORING)) <= set(CODES)


def _anchors(page: Path) -> set[str]:
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    heads = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\s-]", "", head.lower()).strip().replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", _pages(), ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```$|``.*?``|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    broken = []
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (page.parent / name) if name else page
        if not target.exists() or (anchor and target.suffix == ".md" and anchor not in _anchors(target)):
            broken.append(link)
    assert broken == []
