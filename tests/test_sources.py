"""Free-text notes, split into sources and remarks."""

from __future__ import annotations

import pytest

from monitorpub.checking.sources import read_note, same_title, same_work


def kinds(text):
    return [part.kind for part in read_note(text).parts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Email from A. Person, Director, Centre (CEN), 1 February 2006.", ["source"]),
        ("Emails from Col. A. B. Person, UNC, and Maj. C. D. Other, UNC, 14 April 2020.", ["source"]),
        ("Emails from A. Person, 3 and 11 April 2022; and 14 August 2024.", ["source"]),
        ("Telephone interview with unnamed official, Tokyo, 26 February 1999.", ["source"]),
        ("Statement of A State, UN doc. A/53/pv79, pp. 8–9; and “Mines; more mines”, *Outlet*, 1 October 2018.", ["source", "source"]),
        ("A. Person, ed., *A Book* (London; Paris: Press, 2005), p. 3; and *Other* (Paris: Press, 2005), p. 4.", ["source", "source"]),
        ("In 1998 a man was hurt. See, Body, *Landmine Report* (Ottawa: Press, October 2011).", ["comment", "source"]),
        ("A. Person, “Mines found,” Outlet, 3 January 2019. The delegation was paid by others.", ["source", "comment"]),
        ("They stated: “It is for us alone.” A State, Explanation of Vote, New York, 31 October 2016.", ["comment", "source"]),
        ("Mine Ban Treaty Article 7 Report (for calendar year 2019), Form C; and Annex 2, p. 9.", ["source"]),
        ("Body, “Annual Report,” undated.", ["source"]),
        ("Body, “The whole title of it”.", ["source"]),
        ("Ibid., p. 379.", ["ibid"]),
        ('"Ibid.; and “More found”, *CNN*, 18 June 2024.', ["ibid", "source"]),
        ("*Ibid.*; email from A. Person, 1 May 2020.", ["ibid", "source"]),
        ("The figure was corrected later; nobody said why.", ["comment", "comment"]),
        ("Rounded.", ["unknown"]),
        ("", []),
    ],
)
def test_parts(text, expected):
    assert kinds(text) == expected


def test_the_pieces_of_a_source():
    (part,) = read_note(
        "B. Person, “Mines found there” (unofficial translation), *The Outlet*, 29 June 2011, p. B5, at: <https://bit.ly/abc>."
    ).parts
    assert (part.title, part.outlet, part.date, part.locator, part.address) == (
        "Mines found there",
        "The Outlet",
        "29 June 2011",
        "p. B5",
        "https://bit.ly/abc",
    )


def test_a_title_that_lost_its_mark_is_still_a_title():
    (part,) = read_note("Mines found there,” The Outlet, 29 June 2011.").parts
    assert (part.title, part.outlet) == ("Mines found there", "The Outlet")


def test_a_source_is_certain_only_where_quotation_marks_pair():
    assert read_note("“Mines found”, *Outlet*, 1 May 2020.").only
    assert read_note("“Mines found, *Outlet*, 1 May 2020.").only is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("“Mines found”, *Outlet*, 1 May 2020, at: <https://a.org>.", '"Mines found" Outlet, 1 May 2020.', True),
        ("See A Book, 2000–2001, pp. 186–7, and 482.", "A Book, 2000–2001, p. 187.", True),
        ("Campaign for All (CFA), “Mines found there”, *Outlet*, 1 May 2020.", "CFA, “Mines found there”.", True),
        ("“Mines found”, *Outlet*, 1 May 2020.", "“Mines found”, *Outlet*, 2 May 2020.", False),
        ("“Mines found”, *Outlet*, 1 May 2020, at: https://a.org.", "“Mines found”, *Outlet*, 1 May 2020, at: https://b.org.", False),
        ("Body, “Annual Report 2015,” Geneva, 2016, p. 3.", "Body, “Annual Report 2014,” Geneva, 2016, p. 3.", False),
        ("CFA, “Mines found there”.", "CFA, “Mines found there”, *Outlet*, 1 May 2020.", False),
    ],
)
def test_the_same_work(one, other, same):
    (first,), (second,) = read_note(one).parts, read_note(other).parts
    assert same_work(first, second) is same


def test_titles_are_the_same_but_for_signs_and_capitals():
    assert same_title("Mines Found: here", "“mines found, here”")
    assert not same_title("Mines found", "Mines lost")


@pytest.mark.parametrize("text", ["The figure was corrected later.", "Nobody came, and nobody asked."])
def test_a_remark_has_surely_no_source(text):
    assert read_note(text).only_comment


@pytest.mark.parametrize(
    "text", ["It was said in an email of 3 May 2020.", "Rounded.", "They came; see p. 4.", "“Mines”, *Outlet*, 1 May 2020."]
)
def test_what_may_be_a_source_is_not_called_a_remark(text):
    assert not read_note(text).only_comment
