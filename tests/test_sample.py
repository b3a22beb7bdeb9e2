"""The sample edition: every profile is without errors and warnings, and says for each figure where it comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitorpub.checking.command import check_sources
from monitorpub.model.keydata import ContaminationEntry, SeriesTable
from monitorpub.pipeline import build, prepare
from monitorpub.verifying import verify_file

PROFILES = sorted((Path(__file__).parent.parent / "profiles").glob("*.yaml"))
GROUPS = {"States Parties", "States not party", "Other areas"}


def test_the_edition_has_fifty_profiles_and_more():
    assert len(PROFILES) > 50


def test_nothing_is_wrong_in_any_of_them():
    assert [f"{d.place.file.name}: {d.message}" for d in check_sources(PROFILES).diagnostics] == []


@pytest.mark.parametrize("file", PROFILES, ids=lambda f: f.stem)
def test_every_figure_of_the_key_data_has_its_source(file):
    numbered = prepare(file).value.numbered
    assert numbered.profile.group in GROUPS
    for index, entry in enumerate(numbered.profile.key_data):
        calls = [call for path, found in numbered.calls.items() for call in found if path[:2] == ("key-data", index)]
        if isinstance(entry, ContaminationEntry) and entry.value.area:
            assert calls, f"the contamination of {numbered.profile.name} has no note"
        if isinstance(entry, SeriesTable) and any(cell.reported for row, _, _ in entry.all_rows() for cell in row.values.values()):
            assert calls, f"the table of {numbered.profile.name} has no note"


@pytest.mark.slow
def test_every_profile_builds_and_is_proved(tmp_path):
    built, said = build(PROFILES, tmp_path)
    assert said == []
    assert len(built) == len(PROFILES)
    for one in built:
        assert not verify_file(one.file).diagnostics, one.file.name
