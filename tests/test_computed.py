"""Computed tables against tables made by hand: sums, changes, ranks, shares, what stays out of them, and what is said of wrong ones."""

from __future__ import annotations

import re
import textwrap
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from conftest import HEAD
from monitorpub.compose import compose
from monitorpub.computed import PrintedComputed, compute, compute_all
from monitorpub.computed.words import ENGLISH
from monitorpub.diagnostics import Found
from monitorpub.figures import DASH, FIGURE_SPACE, MINUS, POINT_SPACE
from monitorpub.model.computed import ComputedTable
from monitorpub.read import read_text, to_values
from monitorpub.volume.chapters import chapters
from monitorpub.volume.validate import validate_volume
from monitorpub.volume.view import Entry, Group
from monitorpub.workspace import Workspace


def release(unit: str = "km²", **values: str | None) -> dict:
    """A table with one row, clearance, and its values by year: ``y2024="3.03"``."""
    rows = {"clearance": {"label": "Clearance", "unit": unit, "values": {year[1:]: value for year, value in values.items()}}}
    return {"kind": "table", "label": "Land release", "rows": rows}


def statement(
    area: str | None, value: str = "", band: str = "light", extent: str = "figure", who: str | None = None, year: str | None = None
):
    """A contamination statement."""
    value = value or f"{area} km²"
    return {
        "kind": "contamination",
        "label": "AP mine contamination",
        "value": value,
        "area": area,
        "unit": "km²",
        "band": band,
        "extent": extent,
        "estimated-by": who,
        "year": year,
    }


def profile(name: str, group: str = "States Parties", **key_data: dict) -> dict:
    """The facts of a profile with these entries of the key data."""
    return {"name": name, "slug": name.lower(), "group": group, "country": {"name": name}, "key-data": key_data, "tables": {}}


def fact(value: str) -> dict:
    return {"kind": "fact", "label": "Deadline", "value": value}


CHAD = profile(
    "Chad", release=release(y2024="3.03", y2023="2"), mined=statement("57.02", band="heavy", year="2019"), deadline=fact("1 March 2028")
)
OMAN = profile("Oman", "Other areas", release=release(y2024=None, y2023="4"), deadline=fact("2026"))
PERU = profile(
    "Peru",
    release=release("m²", y2024="97469", y2023="0"),
    mined=statement("400", "At least 400 km²", "massive", "limit"),
    deadline=fact("31 December 2025 (as reported in 2021)"),
)
NIGER = profile("Niger", release=release(y2024="3.03", y2021="1"), mined=statement("30", band="heavy", who="UN"))
ALL = [CHAD, OMAN, PERU, NIGER]
CLEARANCE = "field: key-data.release.clearance"


@dataclass
class Computed:
    """A table as tests read it."""

    found: Found[PrintedComputed]

    @property
    def table(self) -> PrintedComputed:
        assert self.found.value is not None, self.found.diagnostics
        return self.found.value

    @property
    def rows(self) -> list[list[str]]:
        """Names and cells as they are printed, each with the marks behind it."""
        return [
            [row.name, *(cell.text + "".join(f"[{call.note.mark}]" for call in cell.calls) for cell in row.cells)]
            for group in self.table.groups
            for row in group.rows
        ]

    @property
    def heads(self) -> list[str]:
        return [f"{column.words} ({column.unit})" if column.unit else column.words for column in self.table.columns]

    @property
    def notes(self) -> list[str]:
        return [f"{note.mark} {note.parsed.text.source}" for note in self.table.notes]

    @property
    def said(self) -> list[tuple[str, int, str, str]]:
        return [(one.code, one.place.line, one.message, one.hint) for one in self.found.diagnostics]


def table(columns: str, more: str = "", profiles=ALL, language: str = "en-GB", edition: int = 2025, words=None, groups=()) -> Computed:
    text = f"tables:\n  - computed: A table\n    id: one\n{more}    columns:\n" + "".join(
        f"      - {{{one}}}\n" for one in columns.split("\n")
    )
    found = read_text(text, Path("volume.yaml"))
    assert found.ok, found.diagnostics
    model = ComputedTable.model_validate(to_values(found.value.root)["tables"][0])
    path = ("tables", 0)
    computed = compute(model, profiles, language=language, edition=edition, words=words or {}, source=found.value, path=path, groups=groups)
    return Computed(computed)


# What a column shows


def test_a_value_is_that_of_the_year_in_one_unit_and_missing_ones_are_not_reported():
    found = table(f"{CLEARANCE}, year: 2024, unit: km², decimals: 2")
    assert found.rows == [["Chad", "3.03"], ["Oman", "Not reported"], ["Peru", "0.10"], ["Niger", "3.03"]]
    assert found.heads == ["Clearance (km²)"]
    assert [row.cells[0].kind for row in found.table.groups[0].rows] == ["number", "missing", "number", "number"]


def test_the_year_before_the_edition_is_the_year_of_a_column_that_names_none():
    assert table(CLEARANCE, profiles=[CHAD], edition=2024).rows == [["Chad", "2"]]
    assert table(f"{CLEARANCE}, year: edition-2", profiles=[CHAD], edition=2025).rows == [["Chad", "2"]]
    assert table(f"{CLEARANCE}, year: edition", profiles=[CHAD], edition=2024).rows == [["Chad", "3.03"]]


def test_a_total_leaves_out_what_is_not_reported_and_says_so():
    found = table(f"{CLEARANCE}, decimals: 2", "    totals: true\n")
    assert found.rows[-1] == ["Total", "6.16"]  # 3.03 + 0.097469 + 3.03, rounded at the end
    assert found.table.groups[0].rows[-1].total
    assert found.table.remarks == ("The totals leave out 1 profile with no figure.",)


def test_the_total_of_nothing_is_not_zero():
    assert table(CLEARANCE, "    totals: true\n", [OMAN]).rows == [["Oman", "Not reported"], ["Total", "Not reported"]]


def test_a_change_compares_two_years_with_a_sign_and_a_total_counts_those_who_have_both():
    found = table(f"{CLEARANCE}, year: 2024, since: 2023, show: change, unit: km², decimals: 2", "    totals: true\n")
    assert found.rows == [["Chad", "+1.03"], ["Oman", DASH], ["Peru", "+0.10"], ["Niger", DASH], ["Total", "+1.13"]]
    assert found.heads == ["Change on 2023 (km²)"]
    assert found.table.remarks == ("The totals leave out 2 profiles with no figure.", "– There is no exact figure to compute from.")


def test_a_change_for_the_worse_has_a_true_minus_and_per_cent_a_unit():
    one = profile("Iraq", release=release(y2024="30", y2023="40"))
    found = table(f"{CLEARANCE}, show: change\n{CLEARANCE}, show: change-in-percent", profiles=[one])
    assert found.rows == [["Iraq", f"{MINUS}10", f"{MINUS}25"]]
    assert found.heads == ["Change on 2023 (km²)", "Change on 2023 (%)"]


def test_a_change_from_zero_is_no_percentage():
    assert table(f"{CLEARANCE}, show: change-in-percent", profiles=[PERU]).rows == [["Peru", DASH]]


def test_the_latest_change_is_that_of_the_newest_year_of_each_profile():
    found = table(f"{CLEARANCE}, year: latest, show: change", profiles=[CHAD, profile("Iraq", release=release(y2018="5", y2017="7"))])
    assert found.rows == [["Chad", "+1.03"], ["Iraq", f"{MINUS}2[a]"]]
    assert found.heads == ["Change on previous year (km²)"]


def test_a_profile_whose_latest_year_is_not_after_since_has_no_change():
    found = table(
        f"{CLEARANCE}, year: latest, since: 2023, show: change", profiles=[CHAD, profile("Iraq", release=release(y2023="5", y2022="7"))]
    )
    assert [row[:2] for row in found.rows] == [["Chad", "+1.03"], ["Iraq", DASH]]


@pytest.mark.parametrize(
    ("years", "edition", "message", "hint"),
    [
        ("since: 2024", 2025, "This compares a year with itself: the year of this column is 2024, that before the edition.", "since must be before 2024; or write another year."),
        ("since: 2023", 2024, "This compares a year with itself: the year of this column is 2023, that before the edition.", "since must be before 2023; or write another year."),
        ("year: 2023, since: 2024", 2025, "This compares a year with a later one: the year of this column is 2023.", "since must be before 2023; or write another year."),
        ("since: edition", 2024, "This compares a year with a later one: the year of this column is 2023, that before the edition.", "since must be before 2023; or write another year."),
        ("since: latest", 2025, "A change since the latest year is none.", "Name the earlier of its two years: since: 2023"),
    ],
)  # fmt: skip
def test_a_change_of_a_year_with_itself_or_a_later_one_is_refused(years, edition, message, hint):
    found = table(f"{CLEARANCE}, show: change, {years}", edition=edition)
    assert (found.found.value, found.said) == (None, [("K009", 5, message, hint)])


def test_ranks_are_shared_by_equal_figures_and_the_next_is_left_out():
    found = table(f"{CLEARANCE}, show: rank\n{CLEARANCE}, decimals: 0", "    totals: true\n")
    assert [row[:2] for row in found.rows] == [["Chad", "1"], ["Oman", DASH], ["Peru", "3"], ["Niger", "1"], ["Total", ""]]


def test_shares_are_of_what_was_reported():
    profiles = [profile("A", release=release(y2024="30")), profile("B", release=release(y2024="10")), OMAN]
    found = table(f"{CLEARANCE}, show: share", "    totals: true\n", profiles)
    assert found.rows == [["A", "75.0"], ["B", "25.0"], ["Oman", DASH], ["Total", "100.0"]]
    assert found.heads == ["Share of total (%)"]


def test_words_stand_as_they_are():
    assert table("field: key-data.deadline").rows[:3] == [
        ["Chad", "1 March 2028"],
        ["Oman", "2026"],
        ["Peru", "31 December 2025 (as reported in 2021)"],
    ]


def test_bands_have_the_names_of_the_layout():
    found = table("field: key-data.mined.band", profiles=[CHAD, PERU], words={"band-heavy": "Forte"}, edition=2020)
    assert found.rows == [["Chad", "Forte"], ["Peru", "Massive"]]


# What is not invented


def test_a_limit_or_a_band_is_shown_as_stated_and_never_counted():
    unknown = profile("Iran", mined=statement(None, "Heavy, extent unknown", "heavy", "unknown"))
    none = profile("Togo", mined=statement("0", "None", "none"))
    found = table("field: key-data.mined.area, label: Area", "    totals: true\n", [CHAD, PERU, unknown, none, OMAN], edition=2020)
    assert found.rows == [
        ["Chad", "57.02"],
        ["Peru", "At least 400 km²"],
        ["Iran", "Heavy, extent unknown"],
        ["Togo", "None"],
        ["Oman", "Not reported"],
        ["Total", "57.02"],
    ]
    assert found.table.remarks == (
        "The totals leave out 1 profile with no figure.",
        "The totals leave out 1 profile that gives a limit only, such as “at least”.",
        "The totals leave out 1 profile with words in place of a figure.",
    )


def test_a_row_of_limits_and_words_has_no_sum_and_is_not_said_to_be_unreported():
    """Peru reports "At least 400 km²": only the row of those that report nothing may say so."""
    band = profile("Iran", mined=statement(None, "Massive, extent unknown", "massive", "band"))
    found = table("field: key-data.mined.area", "    group-by: key-data.mined.band\n    totals: true\n", [PERU, band, OMAN])
    assert found.rows == [["Massive", DASH], ["Not reported", "Not reported"], ["Total", DASH]]
    assert found.table.remarks == (
        "The totals leave out 1 profile with no figure.",
        "The totals leave out 1 profile that gives a limit only, such as “at least”.",
        "The totals leave out 1 profile with words in place of a figure.",
        "– There is no exact figure to compute from.",
    )


def test_an_estimate_names_who_made_it_and_a_figure_of_another_year_names_the_year():
    found = table("field: key-data.mined.area", profiles=[CHAD, NIGER, {**CHAD, "name": "Mali"}])
    assert found.rows == [["Chad", "57.02[a]"], ["Niger", "30[b]"], ["Mali", "57.02[a]"]]
    assert found.notes == ["a Figure for 2019.", "b Estimate: UN."]


def test_the_notes_of_a_statement_stand_once_in_a_row():
    columns = "field: key-data.mined.band\nfield: key-data.mined.area\nfield: key-data.mined"
    assert table(columns, profiles=[CHAD]).rows == [["Chad", "Heavy", "57.02[a]", "57.02 km²"]]
    assert table("field: key-data.mined.band", profiles=[CHAD]).rows == [["Chad", "Heavy[a]"]]


def test_a_figure_of_the_year_that_is_reported_is_not_marked():
    assert table("field: key-data.mined.area", profiles=[CHAD], edition=2020).notes == []


def test_the_latest_figure_is_marked_unless_it_is_of_the_year_before_the_edition():
    one = profile("Iraq", release=release(y2015="24.18"))
    found = table(f"{CLEARANCE}, year: latest", "    totals: true\n", [CHAD, one])
    assert found.rows == [["Chad", "3.03"], ["Iraq", "24.18[a]"], ["Total", "27.21"]]
    assert found.table.remarks == ("The totals hold figures of other years than 2024: 2015.",)


def test_notes_lead_to_their_calls_and_back():
    found = table("field: key-data.mined.area", profiles=[CHAD, {**CHAD, "name": "Mali"}])
    note = found.table.notes[0]
    calls = [call for row in found.table.groups[0].rows for call in row.cells[0].calls]
    assert [call.id for call in calls] == ["call-table~one~year-2019-1", "call-table~one~year-2019-2"]
    assert (note.id, [call.first for call in calls]) == ("note-table~one~year-2019", [True, False])


def test_a_figure_that_rounds_to_nothing_is_not_printed_as_zero():
    one = profile("Niger", release=release(y2024="0.003"))
    assert table(f"{CLEARANCE}, decimals: 1", profiles=[one]).rows == [["Niger", "<0.1"]]
    assert table(f"{CLEARANCE}, decimals: 1", profiles=[profile("Niger", release=release(y2024="0"))]).rows == [["Niger", "0"]]


# Units, figures, languages


@pytest.mark.parametrize(("unit", "text"), [("km²", "3.03"), ("ha", "303"), ("m²", "3,030,000")])
def test_areas_are_converted_exactly(unit, text):
    assert table(f"{CLEARANCE}, unit: {unit}", profiles=[CHAD]).rows == [["Chad", text]]


def test_square_metres_become_square_kilometres_where_others_have_them():
    assert table(CLEARANCE, profiles=[CHAD, PERU]).heads == ["Clearance (km²)"]
    assert table(CLEARANCE, profiles=[PERU]).heads == ["Clearance (m²)"]


@pytest.mark.parametrize(
    ("language", "text"), [("en-GB", "1,234,567.5"), ("de", "1.234.567,5"), ("fr", "1\u202f234\u202f567,5"), ("de-CH", "1’234’567.5")]
)
def test_figures_are_written_in_the_manner_of_the_language(language, text):
    one = profile("A", release=release("count", y2024="1234567.5"))
    assert table(CLEARANCE, profiles=[one], language=language).rows == [["A", text]]


def test_points_stand_under_each_other():
    profiles = [profile(name, release=release(y2024=value)) for name, value in (("A", "1.25"), ("B", "12"), ("C", "3.5"))]
    cells = [row.cells[0].text + row.cells[0].padding for row in table(CLEARANCE, profiles=profiles).table.groups[0].rows]
    assert cells == ["1.25", "12" + FIGURE_SPACE * 2 + POINT_SPACE, "3.5" + FIGURE_SPACE]


def test_the_words_are_those_of_the_layout_in_the_plural_of_the_language():
    words = {
        "not-reported": "Non communiqué",
        "computed-total": "Somme",
        "computed-left-out-one": "Sans {count} profil.",
        "computed-left-out-other": "Sans {count} profils.",
    }
    found = table(CLEARANCE, "    totals: true\n", [CHAD, OMAN], language="fr", words=words)
    assert found.rows == [["Chad", "3,03"], ["Oman", "Non communiqué"], ["Somme", "3,03"]]
    assert found.table.remarks == ("Sans 1 profil.",)
    assert table(CLEARANCE, "    totals: true\n", [CHAD, OMAN, OMAN], language="fr", words=words).table.remarks == ("Sans 2 profils.",)


# Which rows, in which order


def test_a_table_by_value_has_counts_sums_and_names_in_the_order_of_bands():
    found = table(
        "show: count\nfield: key-data.mined.area, label: Area\nshow: names\nshow: share",
        "    group-by: key-data.mined.band\n    totals: true\n",
        edition=2020,
    )
    assert found.rows == [
        ["Massive", "1", DASH, "Peru", "25.0"],
        ["Heavy", "2", "87.02", "Chad, Niger", "50.0"],
        ["Not reported", "1", "Not reported", "Oman", "25.0"],
        ["Total", "4", "87.02", "", "100.0"],
    ]
    assert found.table.groups[0].rows[1].cells[2].names == (("Chad", "chad"), ("Niger", "niger"))


def test_an_order_is_kept_and_a_value_that_nobody_has_is_nought():
    found = table("show: count", "    group-by: key-data.mined.band\n    order: [Light, Heavy]\n")
    assert found.rows == [["Light", "0"], ["Heavy", "2"], ["Massive", "1"], ["Not reported", "1"]]


def test_heads_have_their_rows_and_subtotals():
    found = table(f"{CLEARANCE}, decimals: 2", "    heads: group\n    totals: true\n")
    assert [(group.head, [row.name for row in group.rows]) for group in found.table.groups] == [
        ("Other areas", ["Oman", "Subtotal"]),
        ("States Parties", ["Chad", "Peru", "Niger", "Subtotal"]),
        ("", ["Total"]),
    ]
    assert [row[1] for row in found.rows if "otal" in row[0]] == ["Not reported", "6.16", "6.16"]


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("{by: clearance, order: descending}", ["Chad", "Niger", "Peru", "Oman"]),
        ("clearance", ["Peru", "Chad", "Niger", "Oman"]),
        ("name", ["Chad", "Niger", "Oman", "Peru"]),
        ("deadline", ["Peru", "Oman", "Chad", "Niger"]),
        ("{by: deadline, order: descending}", ["Chad", "Oman", "Peru", "Niger"]),
        ("{by: area, order: descending}", ["Peru", "Chad", "Niger", "Oman"]),
    ],
)
def test_rows_are_sorted_by_figures_by_dates_and_by_names_and_what_is_missing_is_last(sort, names):
    columns = f"{CLEARANCE}\nfield: key-data.deadline\nfield: key-data.mined.area"
    assert [row[0] for row in table(columns, f"    sort: {sort}\n").rows] == names


def test_dates_are_read_in_the_language_of_the_table():
    profiles = [
        profile("A", deadline=fact("1er mars 2028")),
        profile("B", deadline=fact("31 août 2027")),
        profile("C", deadline=fact("février 2027")),
    ]
    assert [row[0] for row in table("field: key-data.deadline", "    sort: deadline\n", profiles, "fr").rows] == ["C", "B", "A"]


def test_the_top_rows_are_followed_by_all_the_others_so_that_the_table_adds_up():
    more = "    top: 2\n    totals: true\n    sort: {by: clearance, order: descending}\n"
    found = table(f"{CLEARANCE}, decimals: 2\n{CLEARANCE}, show: rank\n{CLEARANCE}, show: share, decimals: 0", more)
    assert found.rows == [
        ["Chad", "3.03", "1", "49"],
        ["Niger", "3.03", "1", "49"],
        ["2 others", "0.10", "", "2"],
        ["Total", "6.16", "", "100"],
    ]
    assert [row[0] for row in table(CLEARANCE, "    top: 3\n").rows] == ["Chad", "Oman", "Peru"]


@pytest.mark.parametrize(("of", "names"), [("all", 4), ("States Parties", 3), ("states-parties", 3), ("asia", 1), ("The Far East", 1)])
def test_a_table_is_of_all_or_of_a_group_by_its_id_or_title(of, names):
    groups = [Group("asia", "The Far East", (Entry("profile", "Oman", "oman"),))]
    assert len(table("field: name", f"    of: {of}\n", groups=groups).rows) == names


@pytest.mark.parametrize(
    ("where", "names"),
    [
        ("{field: group, is: Other areas}", ["Oman"]),
        ("{field: key-data.mined.area, above: 50}", ["Chad", "Peru"]),
        ("[{field: key-data.mined.area, above: 50}, {field: key-data.mined.extent, is: figure}]", ["Chad"]),
        ("{field: key-data.release.clearance, year: 2024, reported: false}", ["Oman"]),
    ],
)
def test_conditions_choose_the_profiles(where, names):
    assert [row[0] for row in table("field: name", f"    where: {where}\n").rows] == names


def test_names_lead_to_their_profiles_and_totals_lead_nowhere():
    found = table(CLEARANCE, "    totals: true\n")
    assert [row.slug for row in found.table.groups[0].rows] == ["chad", "oman", "peru", "niger", ""]


# What is said of wrong tables


@pytest.mark.parametrize(
    ("columns", "more", "said"),
    [
        (
            "field: key-data.release.clearence",
            "",
            ("K001", 5, "No profile has the field key-data.release.clearence.", "Did you mean key-data.release.clearance?"),
        ),
        (
            "field: name",
            "    where: {field: key-data.mined.bund, is: heavy}\n",
            ("K001", 4, "No profile has the field key-data.mined.bund.", "Did you mean key-data.mined.band?"),
        ),
        ("field: name", "    heads: grup\n", ("K001", 4, "No profile has the field grup.", "Did you mean group?")),
        (
            f"{CLEARANCE}, unit: count",
            "",
            ("K002", 5, "Figures in km² cannot be converted into figures without a unit.", "Areas are in m², ha or km²."),
        ),
        (
            "field: key-data.deadline, show: rank",
            "",
            (
                "K003",
                5,
                "key-data.deadline holds words: they cannot be added up or compared.",
                "'1 March 2028', for instance. Choose a field of figures; or count the profiles, with show: count.",
            ),
        ),
        (
            "field: name",
            "    totals: true\n",
            ("K003", 4, "No column of this table can be added up.", "Leave out totals, or add a column of figures."),
        ),
        (
            f"{CLEARANCE}, year: 1999",
            "",
            (
                "K004",
                5,
                "No profile has a value of key-data.release.clearance for 1999.",
                "There are values for 2024, 2023, 2021; or write latest.",
            ),
        ),
        (
            "field: name",
            "    of: State Parties\n",
            ("K005", 4, "The volume has no group 'State Parties'.", "Did you mean States Parties?"),
        ),
        (CLEARANCE, "    sort: clearence\n", ("K006", 4, "The table has no column 'clearence'.", "Did you mean clearance?")),
        (
            "field: name",
            "    where: {field: group, is: Nobody}\n",
            ("K007", 2, "No profile is left for this table.", "Look at its fields of and where."),
        ),
    ],
)
def test_what_is_wrong_is_said_on_its_line(columns, more, said):
    found = table(columns, more)
    assert found.found.value is None
    assert found.said == [said]


YEARS = f"{CLEARANCE}, year: 2024\n{CLEARANCE}, year: 2023"


@pytest.mark.parametrize(
    ("columns", "by", "message", "hint"),
    [
        (YEARS, "clearance", "Several columns are called 'clearance'.", "Give the one that is meant an id of its own: id: clearance-2"),
        (
            YEARS,
            "xyz",
            "The table has no column 'xyz'.",
            "There are: name, clearance. Give a column an id, so that it is told from others.",
        ),
        (CLEARANCE, "xyz", "The table has no column 'xyz'.", "There are: name, clearance."),
    ],
)
def test_a_name_that_no_column_has_or_several_sorts_nothing(columns, by, message, hint):
    assert table(columns, f"    sort: {by}\n").said == [("K006", 4, message, hint)]


def test_a_name_means_the_column_of_that_id_or_the_one_that_shows_the_value():
    names = ["Peru", "Chad", "Niger", "Oman"]
    assert [row[0] for row in table(f"{CLEARANCE}, show: rank\n{CLEARANCE}", "    sort: clearance\n").rows] == names
    columns = f"{CLEARANCE}, show: rank, id: clearance\n{CLEARANCE}"
    assert [row[0] for row in table(columns, "    sort: clearance\n").rows] == ["Chad", "Niger", "Peru", "Oman"]


def test_all_errors_are_said_at_once():
    found = table("field: key-data.nothing\nfield: key-data.deadline, show: share", "    of: Nowhere\n    sort: never\n")
    assert {one[0] for one in found.said} == {"K001", "K003", "K005", "K006"}


@pytest.mark.parametrize(
    ("columns", "more", "message"),
    [
        ("show: rank", "", "The column has no field."),
        ("show: count", "", "A column with show: count needs group-by."),
        ("field: name, since: 2023", "", "A column with show: value compares no years."),
        ("field: name", "    group-by: group\n    heads: group\n", "The table has both group-by and heads."),
        ("field: name", "    order: [a]\n", "An order is given, and nothing that has one."),
        ("field: name, year: soon", "", "A year is expected here, and this is 'soon'."),
        ("field: name, decimals: 9", "", "A whole number is expected here, and this is '9'."),
    ],
)
def test_settings_that_do_not_go_together_are_refused(columns, more, message):
    with pytest.raises(ValueError, match=message.replace(".", r"\.")):
        table(columns, more)


def test_a_large_table_takes_little_time():
    profiles = [
        profile(f"Country {n}", release=release(y2024=f"{n}.{n % 90 + 10}", y2023=f"{n}"), mined=statement(f"{n}", year="2020"))
        for n in range(240)
    ]
    shows = ("value", "change", "change-in-percent", "rank", "share")
    columns = "\n".join([f"{CLEARANCE}, show: {show}, label: {show}" for show in shows] + ["field: key-data.mined.area"] * 3)
    more = "    totals: true\n    sort: {by: value, order: descending}\n"
    assert len(table(columns, more, profiles).rows) == 241  # what is loaded once is loaded
    start = time.process_time()
    table(columns, more, profiles)
    assert time.process_time() - start < 0.25  # about 30 ms; the machine may be busy


# In a chapter


VOLUME = """\
layout: annual-report
language: en-GB
title: Clearing the Mines
edition: 2025
publisher: monitorpub
date: 2025-11-01
front:
  - chapter: Overview
    tables:
      - computed: "Clearance[^own]"
        id: clearance
        row-head: "Country[^text]"
        columns:
          - {field: key-data.release.clearance, year: latest, label: "Cleared[^last]", decimals: 2}
          - {field: key-data.mined.area}
        notes: {own: A note of one's own., last: Another.}
    notes: {text: A note of the chapter.}
groups:
  - {title: States Parties, profiles: [chad]}
"""


def chapter(workspace, text: str = VOLUME):
    source = read_text(text, Path(workspace.write(text, "volume.yaml"))).value
    volume = validate_volume(source)
    found = chapters(source, volume.value, Workspace.of(source.file))
    assert volume.ok and found.ok, (volume.diagnostics, found.diagnostics)
    return source, found.value[0]


def test_notes_that_are_typed_come_first_and_made_ones_go_on_with_their_marks(workspace):
    source, one = chapter(workspace)
    found = compute_all(one.numbered, ALL, source)
    assert found.ok, found.diagnostics
    marks = [(note.mark, note.label) for note in found.value["clearance"].notes]
    assert marks == [("a", "own"), ("b", "last"), ("c", "year-2019"), ("d", "year-2023"), ("e", "estimate-un")]
    assert [note.mark for note in one.numbered.notes] == ["1"]
    assert one.numbered.table_notes["front", 0, "tables", 0] == list(found.value["clearance"].notes)
    again = compute_all(one.numbered, ALL, source)
    assert [note.label for note in again.value["clearance"].notes] == [label for _, label in marks]


def test_a_page_prints_the_table_with_links_calls_and_notes(workspace):
    source, one = chapter(workspace)
    computed = compute_all(one.numbered, ALL, source).value
    document = compose(one.numbered, one.images, one.workspace, one.slug, computed=computed)
    assert document.ok, document.diagnostics
    html = document.value.html
    assert '<a href="part:chad">Chad</a>' in html
    ids, targets = re.findall(r'id="((?:note|call)-[^"]+)"', html), re.findall(r'href="#((?:note|call)-[^"]+)"', html)
    assert len(ids) == len(set(ids)) and set(targets) <= set(ids)
    assert {"note-table~clearance~year-2019", "call-table~clearance~year-2019-1", "call-table~clearance~own-1"} <= set(ids)
    assert "Figure for 2019." in html and "A note of one’s own." in html


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("", "Table of 4 rows and 2 columns."),
        ("totals: true", "Table of 5 rows and 2 columns: Total, Cleared: 10.16\u00a0km²."),
        ("summary: What was cleared.", "What was cleared."),
    ],
)
def test_the_table_says_what_it_holds(workspace, field, said):
    source, one = chapter(
        workspace, VOLUME.replace("        row-head", f"        {field}\n        row-head" if field else "        row-head")
    )
    computed = compute_all(one.numbered, ALL, source).value
    html = compose(one.numbered, one.images, one.workspace, one.slug, computed=computed).value.html
    assert re.findall(r'aria-description="([^"]*)"', html) == [said]


def test_a_call_in_a_computed_table_without_its_note_is_found(workspace):
    text = VOLUME.replace("own: A note of one's own., ", "")
    source = read_text(text, Path(workspace.write(text, "volume.yaml"))).value
    found = chapters(source, validate_volume(source).value, Workspace.of(source.file))
    assert [(one.code, one.path) for one in found.diagnostics] == [("N001", "front[1].tables[1].computed")]


def test_the_examples_of_the_guide_are_tables():
    text = (Path(__file__).parents[1] / "docs" / "computed-tables.md").read_text(encoding="utf-8")
    examples = [textwrap.dedent(example) for example in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)]
    tables = []
    for example in examples:
        values = to_values(read_text(example if example.startswith("front") else f"tables:\n{example}", Path("x.yaml")).value.root)
        tables += values.get("tables") or values["front"][0]["tables"]
    assert len(tables) == text.count("- computed:") == 3
    for one in tables:
        ComputedTable.model_validate(one)


def test_the_words_of_the_guide_are_those_of_the_tool_and_layouts_have_no_others():
    text = (Path(__file__).parents[1] / "docs" / "computed-tables.md").read_text(encoding="utf-8")
    names = {name.removesuffix("one").removesuffix("other") for name in ENGLISH if not name.startswith(("band-", "not-reported"))}
    assert all(f"`computed-{name}" in text for name in names)
    folder = Path(__file__).parents[1] / "layouts"
    own, shared = (
        to_values(read_text((folder / name).read_text(encoding="utf-8"), Path("x")).value.root)
        for name in ("annual-report.yaml", "words.yaml")
    )
    words = {**own["labels"]["fr"], **shared["fr"]}
    french = {name.removeprefix("computed-") for name in words if name.startswith(("computed-", "band-"))}
    assert french == set(ENGLISH) - {"not-reported"}


def test_a_computed_table_in_a_profile_is_an_error(check):
    text = HEAD + "sections:\n  - title: A\n    tables:\n      - {computed: B, id: b, columns: [{field: name}]}\n"
    assert [(one.code, one.line) for one in check(text)] == [("K008", 10)]
