"""The volume: what its fields may hold, whatever is wrong with it, and where it is a volume at all."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest
import yaml

import conftest
from bad_volumes import CASES, GROUPS, HEAD, VOLUME, Case, front
from monitorpub.codes import CODES
from monitorpub.model import Chapter
from monitorpub.model.condition import TESTS, Condition
from monitorpub.model.volume import PAGES, Group, Volume
from monitorpub.read import Plain, read_text
from monitorpub.volume.validate import validate_volume
from printed import Marked, said_in

CHAD = conftest.HEAD.replace("PRK", "TCD").replace("North Korea", "Chad") + "group: States Parties\n"
KOREA = conftest.HEAD + "key-data:\n  - {contamination: Mined area, id: contamination, value: Unknown}\n"


@pytest.fixture
def two(workspace):
    """A workspace with the profiles of Chad and North Korea."""
    workspace.write(CHAD, "profiles/chad.yaml")
    workspace.write(KOREA, "profiles/north-korea.yaml")
    return workspace


def volume(text: str) -> Volume:
    source = read_text(text, Path("volume.yaml"))
    assert source.value is not None, source.diagnostics
    found = validate_volume(source.value)
    assert found.value is not None, found.diagnostics
    return found.value


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code} {case.title}")
def test_an_editor_reads_what_is_wrong_where_and_what_to_do(case: Case, two, check):
    marked = Marked.of(case.volume)
    said = [one for one in check(marked.text, "profiles/volume.yaml") if one.code != "G007"]
    assert len(said) == 1, said
    assert (said[0].code, said[0].field) == (case.code, case.field)
    assert said[0].message == (case.message or said[0].message)
    assert said[0].hint == (case.hint or said[0].hint)
    assert (said[0].file, said[0].line, said[0].column) == ("profiles/volume.yaml", marked.line, marked.column)
    assert said[0].under == marked.under


@pytest.mark.parametrize("code", sorted(code for code in CODES if code[0] == "G"))
def test_every_code_is_proved(code):
    elsewhere = {
        "G007": "test_members.py",
        "G014": "test_members.py",
        "G015": "test_run_on.py",
        "G010": "below",
        "G012": "test_compile_bad_input.py",
        "G013": "test_compile_reading.py",
    }
    assert code in {case.code for case in CASES} or code in elsewhere


def test_all_that_is_wrong_is_said_at_once(two, check):
    text = f"{HEAD.replace('2025-11-01', 'soon')}isbn: 1\nfront:\n  - {{page: contents, terms: [A]}}\n  - page: contents\n  - {{chapter: A, id: one, txt: B}}\n  - {{chapter: B, id: one}}\n{GROUPS}see: [{{name: A, see: A}}]\n"
    assert [one.code for one in check(text, "profiles/volume.yaml")] == ["M006", "G008", "M001", "G009", "M001", "G002", "G006"]


def test_what_is_wrong_with_the_choice_and_with_the_chapters_is_said_together(two, check):
    text = VOLUME.replace("chad", "chd") + "back: [{chapter: A, text: 'Words[^a].'}]\nsee: [{name: A, see: nothing}]\n"
    assert {one.code for one in check(text, "profiles/volume.yaml")} >= {"G003", "N001"}


@pytest.mark.parametrize("typed", ["978-0-306-40615-7", "9780306406157", "0-306-40615-2", "0-8044-2957-X", "979 10 90636 07 1"])
def test_good_numbers_of_books_are_kept_as_typed(typed):
    assert volume(f"{HEAD}isbn: {typed}\n{GROUPS}").isbn == typed


@pytest.mark.parametrize("typed", ["2049-3630", "0317-8471", "2434-561X"])
def test_good_numbers_of_series_are_kept_as_typed(typed):
    assert volume(f"{HEAD}issn: {typed}\n{GROUPS}").issn == typed


def test_a_chapter_has_from_the_volume_what_a_profile_says_in_its_head():
    (chapter,) = volume(front("chapter: Overview")).chapters
    assert (chapter.slug, chapter.name, chapter.language, chapter.volume, chapter.edition) == (
        "overview",
        "Overview",
        "en-GB",
        "Clearing the Mines",
        2025,
    )
    assert (chapter.site, chapter.last_updated.isoformat(), chapter.base) == ("A publisher", "2025-11-01", ("front", 0))


def test_the_names_of_parts():
    found = volume(
        front("page: contents").replace("title: States", "title: Äußere States")
        + "back:\n  - chapter: 'Annex A: Status'\n  - {chapter: Scores, id: scoring}\n"
    )
    assert [entry.slug for _, entry in found.matter()] == ["contents", "annex-a-status", "scoring"]
    assert [path for path, _ in found.matter()] == [("front", 0), ("back", 0), ("back", 1)]
    assert found.groups[0].slug == "group-auere-states-parties"


def test_terms_of_the_index_may_be_words_alone():
    found = volume(f"{VOLUME}back:\n  - {{page: index, terms: [Panmunjom, {{term: ICRC, also: [Red Cross]}}]}}\n")
    page = found.page("index")
    assert page is not None
    assert [(term.term, term.also) for term in page.terms] == [("Panmunjom", []), ("ICRC", ["Red Cross"])]
    assert found.page("cover") is None


@pytest.mark.parametrize(
    ("test", "value", "holds"),
    [
        ({"is": "States Parties"}, "States parties", True),
        ({"is": "3"}, "3.0", True),
        ({"is": "Heavy"}, "Heavily", False),
        ({"is": "Heavy"}, None, False),
        ({"in": ["A", "B"]}, "B", True),
        ({"in": ["A", "B"]}, ("C", "A"), True),
        ({"in": ["A", "B"]}, "C", False),
        ({"not": "A"}, "A", False),
        ({"not": ["A", "B"]}, ("C", "B"), False),
        ({"not": "A"}, None, True),
        ({"above": Plain("20")}, "20.01", True),
        ({"above": Plain("20")}, "20", False),
        ({"above": Plain("0")}, "unknown", False),
        ({"below": Plain("1,000")}, "999", True),
        ({"below": Plain("1")}, None, False),
        ({"reported": Plain("true")}, "0", True),
        ({"reported": Plain("true")}, None, False),
        ({"reported": Plain("true")}, (), True),
        ({"reported": Plain("false")}, None, True),
    ],
)
def test_a_condition_holds(test, value, holds):
    assert Condition.model_validate({"field": "group", **test}).holds(value) is holds


def test_a_number_of_a_condition_keeps_its_decimals():
    assert Condition.model_validate({"field": "a", "above": Plain("0.10")}).above == Decimal("0.10")


def test_a_profile_is_no_volume_and_a_volume_no_profile(two, run):
    two.write(VOLUME, "profiles/volume.yaml")
    for command in ("build", "notes"):
        (said,) = said_in(run(command, "profiles/volume.yaml").stderr)
        assert (said.code, said.under, said.hint) == ("G010", "groups", "Volumes are compiled: monitorpub compile profiles/volume.yaml")


def test_a_folder_is_built_without_its_volumes(two):
    from monitorpub.gathering import gather

    two.write(VOLUME, "profiles/volume.yaml")
    assert [file.name for file in gather([Path("profiles")])[0]] == ["chad.yaml", "north-korea.yaml"]
    assert [file.name for file in gather([Path("profiles")], volumes=True)[0]] == ["chad.yaml", "north-korea.yaml", "volume.yaml"]


def test_groups_in_the_text_of_a_profile_make_no_volume(two, check):
    assert check(KOREA + "sections:\n  - title: One\n    text: |\n      groups: of mines\n", "profiles/north-korea.yaml") == []
    from monitorpub.gathering import looks_like_volume

    assert not looks_like_volume(two.root / "profiles" / "north-korea.yaml")


def test_check_counts_chapters_and_reads_the_volume_of_a_folder(two, run):
    two.write(front("chapter: Overview\n    text: Words[^a].\n    notes: {a: A note.}"), "profiles/volume.yaml")
    assert run("check", "profiles").stdout == "2 profiles, 1 chapter, 1 note: no errors.\n"


GUIDE = (Path(__file__).parents[1] / "docs" / "volume.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```yaml (volume|fragment)\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)


def test_the_guide_begins_with_a_whole_volume(two, check):
    assert [kind for kind, _ in EXAMPLES].count("volume") == 1
    assert check(EXAMPLES[0][1], "profiles/volume.yaml") == []


@pytest.mark.parametrize("fragment", [text for kind, text in EXAMPLES if kind == "fragment"])
def test_examples_of_the_guide_have_nothing_wrong(two, check, fragment):
    two.write(KOREA.replace("PRK", "ESH"), "profiles/western-sahara.yaml")
    given = set(re.findall(r"^([a-z]+):", fragment, re.MULTILINE))
    kept = "".join(block for block in re.split(r"^(?=\S)", EXAMPLES[0][1], flags=re.MULTILINE) if block.split(":")[0] not in given)
    assert [one for one in check(kept + fragment, "profiles/volume.yaml") if one.code != "G007"] == []


def test_the_guide_has_all_fields_and_no_others():
    tables = dict(re.findall(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", GUIDE, re.MULTILINE | re.DOTALL))

    def named(section: str) -> set[str]:
        first = [row.split("|")[1] for row in tables[section].splitlines() if row.startswith("| `")]
        return {name for cell in first for name in re.findall(r"`([\w-]+)`", cell)}

    def fields(model) -> set[str]:
        return {info.alias or name for name, info in model.model_fields.items()}

    assert named("The fields of the volume") == fields(Volume)
    assert named("Groups of profiles") == fields(Group)
    assert named("Chapters") == fields(Chapter)
    assert named("Conditions") == set(TESTS)
    assert named("Pages that the tool makes") == set(PAGES)


def schema(run) -> dict:
    return json.loads(run("schema", "--volume").stdout)


def as_json(text: str) -> dict:
    return json.loads(json.dumps(yaml.safe_load(text), default=str))


WHOLE = front(
    "{page: cover, figure: key-data.contamination.area}\n  - page: imprint\n  - chapter: Overview\n    text: Words[^a].\n    notes: {a: A note.}\n"
    "    tables: [{table: A, id: a, rows: [{id: b, label: B, values: {2024: 1}}]}]"
) + (
    "  - {title: Others, id: others, where: {field: group, not: States Parties}, divider: false, text: Words.}\n"
    "credits: [{role: Text, names: [A, B]}]\nisbn: 978-0-306-40615-7\nsee: [{name: DPRK, see: north-korea}]\nstart: next-page\n"
    "back:\n  - {page: abbreviations, also: {APMBC: A convention}, leave-out: [UN]}\n  - {page: index, terms: [A, {term: B, see: A}]}\n  - page: back-cover\n"
)


def test_the_schema_is_a_json_schema_and_accepts_a_whole_volume(run):
    assert volume(WHOLE).groups[1].divider is False
    jsonschema.Draft202012Validator.check_schema(schema(run))
    jsonschema.validate(as_json(WHOLE), schema(run), jsonschema.Draft202012Validator)


@pytest.mark.parametrize(
    "text",
    [
        VOLUME + "titel: a\n",
        front("chaptr: A"),
        front("page: foreword"),
        front("{chapter: A, txt: B}"),
        VOLUME.replace("[chad, north-korea]", "chad"),
        VOLUME + "    divider: perhaps\n",
        VOLUME.replace("groups:", "grups:"),
    ],
)
def test_the_schema_refuses_what_the_model_refuses(run, text):
    source = read_text(text, Path("volume.yaml")).value
    assert source is not None
    assert validate_volume(source).value is None
    assert not jsonschema.Draft202012Validator(schema(run)).is_valid(as_json(text))
