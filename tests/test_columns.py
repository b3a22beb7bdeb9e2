"""The columns of series tables: by the number of years, from wide to tight."""

from __future__ import annotations

import pytest

from monitorpub.columns import columns, width

LABELS = ["Clearance", "Non-technical survey"]


def years(count: int) -> list[str]:
    return [str(2024 - year) for year in range(count)]


@pytest.mark.parametrize(
    ("count", "values", "setting"),
    [(2, ["Not reported"], "wide"), (4, ["Not reported"], "wide"), (6, ["Not reported"], "close"), (8, ["Not reported"], "tight"), (8, ["0.25"], "wide"), (10, ["0.25"], "close"), (14, ["1,203,400"], "tight")],
)  # fmt: skip
def test_more_years_are_set_closer(count, values, setting):
    assert columns(LABELS, values, years(count), years(count)).setting == setting


@pytest.mark.parametrize("count", range(1, 16))
def test_shares_make_the_whole(count):
    found = columns(LABELS, ["1,203.25", "Not reported"], years(count), years(count))
    assert found.label + count * found.figure == pytest.approx(100, abs=0.1)
    assert found.label >= 10


def test_a_long_label_takes_what_figures_do_not_need():
    short, long = (columns([label], ["7"], years(3), years(3)) for label in ("Clearance", "AP mines destroyed in clearance and spot tasks"))
    assert long.label > short.label


def test_a_digit_is_one_figure():
    assert width("2024") == 4
    assert width("1,041.5") < 7
