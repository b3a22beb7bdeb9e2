"""Averages and bands of scores, held against those that were printed."""

from __future__ import annotations

import csv
from decimal import Decimal

import pytest

from monitorpub.model.means import rounds_to, to_one_decimal
from monitorpub.model.scoring import CRITERIA, average, band, weights_of
from needed import shared


def rows() -> list[dict[str, str]]:
    with shared("data/scores.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def computed(row: dict[str, str]) -> Decimal:
    return average([int(score) for score in row["scores_in_order"].split()], weights_of(int(row["performance_year"])))


def test_printed_averages_are_the_means_of_their_scores_but_for_one():
    printed = [row for row in rows() if row["printed_average"]]
    wrong = [(row["country"], row["performance_year"]) for row in printed if computed(row) != Decimal(row["printed_average"])]
    assert (len(printed), wrong) == (36, [("Myanmar", "2017")])


def test_averages_and_bands_are_those_of_the_table():
    for row in rows():
        assert computed(row) == Decimal(row["recomputed"]), row
        assert band(computed(row)) == row["band"], row


def test_the_weights_are_seven_and_make_a_hundred():
    assert (len(CRITERIA), sum(CRITERIA.values())) == (7, 100)
    assert weights_of(2017) == (1,) * 10
    assert weights_of(2018) == (20, 10, 10, 10, 10, 20, 20)


@pytest.mark.parametrize(
    ("value", "edition", "name"),
    [
        ("0", None, "very poor"),
        ("3.9", None, "very poor"),
        ("3.95", None, "poor"),
        ("4.9", None, "poor"),
        ("5.0", None, "average"),
        ("6.9", None, "average"),
        ("7.0", None, "good"),
        ("8.0", None, "very good"),
        ("10", 2015, "very good"),
        ("8.4", 2014, "good"),
    ],
)
def test_a_band_begins_at_its_lowest_average(value, edition, name):
    assert band(Decimal(value), edition) == name


@pytest.mark.parametrize(("scores", "weights"), [([], ()), ([1, 2], (1,)), ([11], ()), ([-1], ())])
def test_scores_that_cannot_be_are_refused(scores, weights):
    with pytest.raises(ValueError, match="score"):
        average(scores, weights)


@pytest.mark.parametrize(
    ("value", "printed", "right"), [("4.25", "4.3", True), ("4.25", "4.2", True), ("4.25", "4.4", False), ("4.25", "4", True)]
)
def test_half_of_the_last_digit_may_be_rounded_either_way(value, printed, right):
    assert rounds_to(Decimal(value), Decimal(printed)) is right


def test_five_hundredths_are_rounded_up():
    assert [str(to_one_decimal(Decimal(value))) for value in ("4.25", "4.35", "4")] == ["4.3", "4.4", "4.0"]
