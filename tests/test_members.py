"""Which profiles a volume holds, and in which order."""

from __future__ import annotations

from pathlib import Path

import pytest

import conftest
from bad_volumes import HEAD, VOLUME
from monitorpub.diagnostics import Found
from monitorpub.facts import facts
from monitorpub.model.volume import Volume
from monitorpub.pipeline import prepare
from monitorpub.read import Source, read
from monitorpub.volume.candidates import Candidates
from monitorpub.volume.members import Members, choose, see_targets
from monitorpub.volume.prepare import prepare_volume
from monitorpub.volume.validate import validate_volume


def profile(name: str, group: str = "States Parties", more: str = "") -> str:
    return conftest.HEAD.replace("North Korea", f'"{name}"') + f"group: {group}\n{more}"


def area(value: str) -> str:
    return f"key-data:\n  - {{contamination: Mined area, id: contamination, value: {value}}}\n"


STATES = "groups:\n  - {title: States Parties, where: {field: group, is: States Parties}}\n"
BY_GROUP = STATES + "  - {title: Others, where: {field: group, not: States Parties}}\n"


@pytest.fixture
def volume(workspace):
    """A volume among profiles: gives what is chosen."""

    def made(text: str, name: str = "profiles/volume.yaml", **profiles: str) -> Found[tuple[Members, ...]]:
        for stem, one in profiles.items():
            workspace.write(one, f"profiles/{stem.replace('__', '/').replace('_', '-')}.yaml")
        candidates = Candidates(*_read(workspace.write(text, name)))
        return choose(candidates, {file: facts(one.numbered) for file in candidates.files if (one := prepare(file).value)})

    return made


def _read(file: Path) -> tuple[Source, Volume]:
    source = read(file).value
    assert source is not None
    found = validate_volume(source).value
    assert found is not None
    return source, found


def names(found: Found[tuple[Members, ...]]) -> list[list[str]]:
    assert found.value is not None
    return [[one.name for one in group.profiles] for group in found.value]


def said(found: Found[tuple[Members, ...]]) -> list[tuple[str, str]]:
    return [(one.code, one.message) for one in found.diagnostics]


@pytest.mark.parametrize(
    ("language", "order"),
    [
        ("en-GB", ["Åland", "Chad", "Czechia", "Österreich", "Zambia"]),
        ("de", ["Åland", "Chad", "Czechia", "Österreich", "Zambia"]),
        ("sv", ["Chad", "Czechia", "Zambia", "Åland", "Österreich"]),
        ("cs", ["Åland", "Czechia", "Chad", "Österreich", "Zambia"]),
    ],
)
def test_profiles_stand_in_the_order_of_the_language_whatever_their_files_are_called(volume, language, order):
    text = (HEAD + STATES).replace("en-GB", language)
    found = volume(text, a=profile("Zambia"), b=profile("Österreich"), c=profile("Chad"), d=profile("Åland"), e=profile("Czechia"))
    assert (names(found), said(found)) == ([order], [])


def test_a_condition_chooses_by_the_facts(volume):
    text = (
        HEAD
        + "groups:\n  - {title: Massive, where: {field: key-data.contamination.area, above: 100}}\n  - {title: Less, where: {field: key-data.contamination.area, below: 100}}\n"
    )
    text += "  - {title: Unknown, where: {field: key-data.contamination.area, reported: false}}\n"
    found = volume(
        text,
        a=profile("A", more=area("150 km²")),
        b=profile("B", more=area("20.5 km²")),
        c=profile("C", more=area("Unknown")),
        d=profile("D"),
    )
    assert (names(found), said(found)) == ([["A"], ["B"], ["C", "D"]], [])


def test_a_list_is_sorted_too_and_names_files_in_any_of_their_ways(volume):
    text = HEAD + "groups:\n  - title: All\n    profiles: [zambia, profiles/chad.yaml, asia/nepal, laos, ./kenya.yml]\n"
    (Path("profiles")).mkdir(exist_ok=True)
    Path("profiles/kenya.yml").write_text(profile("Kenya"), encoding="utf-8")
    found = volume(text, zambia=profile("Zambia"), chad=profile("Chad"), asia__nepal=profile("Nepal"), asia__laos=profile("Laos"))
    assert (names(found), said(found)) == ([["Chad", "Kenya", "Laos", "Nepal", "Zambia"]], [])


def test_the_folder_of_sources_may_be_another(volume):
    text = HEAD + "sources: ../countries\n" + STATES
    Path("countries").mkdir()
    Path("countries/chad.yaml").write_text(profile("Chad"), encoding="utf-8")
    found = volume(text, nepal=profile("Nepal"))
    assert (names(found), said(found)) == ([["Chad"]], [])


def test_only_listed_profiles_are_candidates_where_there_is_no_condition(volume, workspace):
    volume(VOLUME, chad=profile("Chad"), north_korea=profile("North Korea"), nepal=profile("Nepal"))
    assert Candidates(*_read(Path("profiles/volume.yaml"))).files == [Path("profiles/chad.yaml"), Path("profiles/north-korea.yaml")]
    workspace.write(HEAD + BY_GROUP, "profiles/volume.yaml")
    assert [file.stem for file in Candidates(*_read(Path("profiles/volume.yaml"))).files] == ["chad", "nepal", "north-korea"]


def test_a_condition_may_ask_for_the_name_of_the_file(volume):
    text = HEAD + "groups:\n  - {title: One, where: {field: slug, is: chad}}\n  - {title: Two, where: {field: slug, not: chad}}\n"
    found = volume(text, chad=profile("Chad"), nepal=profile("Nepal"))
    assert (names(found), said(found)) == ([["Chad"], ["Nepal"]], [])


@pytest.mark.parametrize("by_list", [True, False])
def test_a_profile_in_no_group_is_a_warning_on_its_file(volume, by_list):
    text = VOLUME if by_list else HEAD + STATES
    found = volume(text, chad=profile("Chad"), north_korea=profile("North Korea"), nepal=profile("Nepal", "Others"))
    (one,) = found.diagnostics
    assert (one.code, one.severity, one.place.file, one.message) == (
        "G007",
        "warning",
        Path("profiles/nepal.yaml"),
        "The profile nepal is in no group of the volume.",
    )


def test_a_see_entry_to_a_profile_in_no_group_is_told_to_add_it(volume):
    found = volume(HEAD + STATES + "see: [{name: Nēpāl, see: nepal}]\n", chad=profile("Chad"), nepal=profile("Nepal", "Others"))
    assert [(one.code, one.hint) for one in found.diagnostics if one.code == "G005"] == [
        ("G005", "nepal.yaml is there, and in no group of the volume: add it to one.")
    ]


def another(name: str, *, title: str = "Clearing the Mines", edition: int = 2025, language: str = "en-GB") -> str:
    """A profile that names a volume of its own."""
    text = profile(name).replace("volume: Clearing the Mines", f"volume: {title}").replace("edition: 2025", f"edition: {edition}")
    return text.replace("en-GB", language)


def test_a_profile_of_another_volume_or_edition_is_a_warning_on_its_line(volume):
    found = volume(HEAD + STATES, chad=profile("Chad"), nepal=another("Nepal", title="Clearing Mines"), peru=another("Peru", edition=2024))
    assert [(one.code, one.severity, one.place.file.stem, one.path) for one in found.diagnostics] == [
        ("G014", "warning", "nepal", "volume"),
        ("G014", "warning", "peru", "edition"),
    ]
    assert "'Clearing Mines', edition 2025" in found.diagnostics[0].message
    assert names(found) == [["Chad", "Nepal", "Peru"]]


def test_profiles_that_all_name_another_volume_are_one_warning_in_the_volume(volume):
    one = volume(
        HEAD + STATES,
        chad=another("Chad", title="Clearing Mines", edition=2024),
        nepal=another("Nepal", title="Clearing Mines", edition=2024),
    )
    assert [(said.code, said.place.file.stem, said.path) for said in one.diagnostics] == [("G014", "volume", "title")]
    assert "'Clearing Mines', edition 2024" in one.diagnostics[0].message


def test_a_translated_profile_may_translate_the_title_but_not_the_edition(volume):
    found = volume(HEAD + STATES, chad=another("Tchad", title="Déminer", language="fr"), nepal=profile("Nepal"))
    assert said(found) == []
    found = volume(HEAD + STATES, chad=another("Tchad", title="Déminer", edition=2023, language="fr"), nepal=profile("Nepal"))
    assert [(one.code, one.path) for one in found.diagnostics] == [("G014", "edition")]


COVER = "front:\n  - {page: cover, figure: key-data.FIELD}\n"


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("contamination.area", []),
        ("contaminaton.area", [("K001", "front[1].figure", "Did you mean key-data.contamination.area?")]),
        ("contamination", [("K003", "front[1].figure", "Did you mean key-data.contamination.area?")]),
        ("contamination.extent", [("K003", "front[1].figure", "Choose a field of figures.")]),
    ],
)
def test_the_figure_of_the_cover_is_drawn_from_a_field_of_figures(volume, field, said):
    found = volume(
        HEAD + COVER.replace("FIELD", field) + STATES,
        chad=profile("Chad", more=area("2 km²")),
        nepal=profile("Nepal", more=area("At least 4 km²")),
    )
    assert [(one.code, one.path, one.hint) for one in found.diagnostics] == said


def test_a_figure_of_which_nobody_reports_a_number_is_no_mistake(volume):
    for value in ("At least 4 km²", "Unknown"):
        found = volume(HEAD + COVER.replace("FIELD", "contamination.area") + STATES, chad=profile("Chad", more=area(value)))
        assert said(found) == []


def test_two_files_of_one_name_are_refused(volume):
    found = volume(HEAD + STATES, a__chad=profile("Chad"), b__Chad=profile("Chad too"))
    assert said(found) == [("G002", "The profile profiles/b/Chad.yaml has the same name as profiles/a/chad.yaml.")]


def test_a_volume_among_no_profiles(volume):
    assert [code for code, _ in said(volume(HEAD + BY_GROUP))] == ["G011"]


def test_all_that_is_wrong_with_the_choice_is_said_at_once(volume):
    text = HEAD + (
        "groups:\n  - {title: One, profiles: [chad, chad, nepl]}\n  - {title: Two, profiles: [chad]}\n  - {title: Three, where: {field: grup, is: A}}\n"
        "  - {title: Four, profiles: []}\n"
    )
    found = volume(text, chad=profile("Chad"), nepal=profile("Nepal"))
    assert [code for code, _ in said(found)] == ["G001", "G003", "G001", "K001", "G004"]
    assert names(found) == [["Chad"], [], [], []]


def test_a_profile_with_errors_is_left_out_and_blamed_for_nothing_else(workspace, volume):
    broken = profile("Nepal", "Others").replace("2025-08-31", "soon")
    text = HEAD + BY_GROUP + "see: [{name: Nēpāl, see: nepal}]\n"
    found = volume(text, chad=profile("Chad"), nepal=broken)
    assert (names(found), said(found)) == ([["Chad"], []], [])
    listed = volume(VOLUME.replace("north-korea", "nepal"))
    assert (names(listed), said(listed)) == ([["Chad"]], [])


def test_check_names_the_errors_of_a_profile_and_still_checks_the_rest(workspace, volume, run):
    volume(HEAD + BY_GROUP + "back: [{chapter: A, text: 'Words.[^a]'}]\n", chad=profile("Chad", more="titel: a\n"), nepal=profile("Nepal"))
    output = run("check", "profiles").stderr
    assert [line.split(" ")[1] for line in output.splitlines() if line.startswith("error")] == ["M001", "N001"]


def test_see_entries_lead_to_profiles_through_others(volume):
    text = VOLUME + "see: [{name: DPRK, see: Korea (DPR)}, {name: Korea (DPR), see: north-korea}, {name: Tchad, see: chad}]\n"
    found = volume(text, chad=profile("Chad"), north_korea=profile("North Korea"))
    assert said(found) == []
    assert see_targets(_read(Path("profiles/volume.yaml"))[1]) == {"DPRK": "north-korea", "Korea (DPR)": "north-korea", "Tchad": "chad"}


def test_profiles_that_were_read_already_are_not_read_again(volume, monkeypatch):
    volume(VOLUME, chad=profile("Chad"), north_korea=profile("North Korea"))
    ready = [one for file in ("chad", "north-korea") if (one := prepare(Path(f"profiles/{file}.yaml")).value)]
    monkeypatch.setattr("monitorpub.volume.prepare.prepare", lambda file: pytest.fail(f"{file} was read again"))
    found = prepare_volume(read(Path("profiles/volume.yaml")), ready).value
    assert found is not None
    assert [one.slug for group in found.groups for one in group.profiles] == ["chad", "north-korea"]
