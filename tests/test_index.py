"""The index of a volume: which pages a term stands on, how they are printed, in which order, and what is said of the list of terms."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitorpub.model.volume import IndexTerm
from monitorpub.read import read_text
from monitorpub.source import Source, to_values
from monitorpub.volume.index import index_lines, wrong_terms
from monitorpub.volume.view import IndexLine, IndexPlace
from printed import said_in

PATH = ("back", 0)


def folio(page: int) -> str:
    """Three pages in roman figures, then 1, 2, 3."""
    return ("i", "ii", "iii")[page] if page < 3 else str(page - 2)


def listed(terms: str) -> tuple[Source, list[IndexTerm]]:
    """The source of a volume with a list of terms, an entry on a line, and the terms."""
    text = "back:\n  - page: index\n    terms:\n" + "".join(f"      - {line}\n" for line in terms.splitlines())
    source = read_text(text, Path("volume.yaml")).value
    values = to_values(source.root)["back"][0]["terms"] or []
    return source, [IndexTerm.model_validate(value if isinstance(value, dict) else {"term": value}) for value in values]


def made(terms: str, pages: dict[int, str] | None = None, marks: list | None = None, language: str = "en-GB"):
    """The index of a volume whose pages have the given words: all pages are of one part, chad."""
    source, entries = listed(terms)
    words = {page: ("chad", text) for page, text in (pages or {}).items()}
    found = index_lines(marks or [], entries, words, folio, language, source, PATH)
    return found.value, [(one.code, one.place.line, one.message, one.hint) for one in found.diagnostics]


def printed(lines: tuple[IndexLine, ...]) -> dict[str, str]:
    return {line.term: ", ".join(place.folios for place in line.places) for line in lines}


@pytest.mark.parametrize(
    ("term", "words", "found"),
    [
        ("Panmunjom", "In Panmunjom.", True),
        ("Panmunjom", "Panmunjom’s houses", True),
        ("Panmunjom", "In Panmunjomri.", False),
        ("Panmunjom", "the Neo-Panmunjom", True),
        ("Panmunjom", "PANMUNJOM", False),
        ("Yalu River", "the Yalu\nRiver bank", True),
        ("Yalu River", "the Yalu\u00a0River bank", True),
        ("Yalu River", "the Yalu river bank", False),
        ("box mines", "Box mines drifted", True),
        ("box mines", "box mine", False),
        ("Box mines", "the box mines", True),
        ("ICRC", "the ICRC said", True),
        ("ICRC", "the icrc said", False),
        ("ICRC", "the iCRC said", False),
        ("MAG", "the MAGs", False),
        ("Korean People's Army", "the Korean People’s Army", True),
        ("Siem Reap-Angkor", "the Siem Reap‑Angkor Plan", True),
        ("Émirats", "les émirats", True),
        ("C++ (mine)", "the C++ (mine).", True),
        ("a.b", "axb", False),
        ("1718 Committee", "the 1718 Committee", True),
    ],
)
def test_a_term_of_the_list_is_found_as_whole_words(term, words, found):
    lines, said = made(f'"{term}"', {4: words})
    assert printed(lines) == ({term: "2"} if found else {})
    assert [code for code, *_ in said] == ([] if found else ["R006"])


def test_runs_are_joined_and_roman_folios_stay_apart():
    pages = dict.fromkeys([0, 1, 2, 3, 4, 7, 9, 10, 12], "Herat")
    lines, _ = made("Herat", pages)
    assert printed(lines) == {"Herat": "i–iii, 1–2, 5, 7–8, 10"}


def test_a_place_leads_to_its_page_or_to_its_mark():
    source, terms = listed("Herat")
    words = {3: ("chad", ""), 4: ("chad", "Herat"), 5: ("mali", "Herat"), 6: ("mali", "Herat"), 8: ("mali", "Herat")}
    marks = [("Herat", "mali#index-2", 8), ("Herat", "mali#index-3", 8), ("Kaesong", "mali#index-1", 5)]
    found = index_lines(marks, terms, words, folio, "en", source, PATH)
    assert found.value == (
        IndexLine("Herat", (IndexPlace("2–4", "chad#page=2"), IndexPlace("6", "mali#index-2")), letter="H"),
        IndexLine("Kaesong", (IndexPlace("3", "mali#index-1"),), letter="K"),
    )


def test_marks_stand_under_the_term_of_the_list():
    terms = "{term: Red Cross, also: [ICRC]}\nmines"
    marks = [("ICRC", "a#index-1", 3), ("Mines", "a#index-2", 4), ("red Cross", "a#index-3", 9)]
    lines, said = made(terms, {6: "the ICRC", 7: "mines"}, marks)
    assert (printed(lines), said) == ({"mines": "2, 5", "Red Cross": "1, 4, 7"}, [])


def test_other_words_of_a_term_count_for_it():
    lines, said = made("{term: Red Cross, also: [ICRC, the committee]}", {3: "ICRC", 5: "The committee", 7: "Red Cross", 9: "committee"})
    assert (printed(lines), said) == ({"Red Cross": "1, 3, 5"}, [])


def test_see_sends_the_reader_to_the_term_with_the_pages():
    lines, said = made("{term: ICRC, see: red Cross}\n{term: CICR, see: ICRC}\nRed Cross", {3: "ICRC", 4: "Red Cross"})
    assert said == []
    assert [(line.term, line.see) for line in lines] == [("CICR", "Red Cross"), ("ICRC", "Red Cross"), ("Red Cross", "")]
    assert printed(lines)["Red Cross"] == "2"


def test_see_may_lead_to_a_marked_term():
    lines, said = made("{term: ICRC, see: Red Cross}", marks=[("Red Cross", "a#index-1", 3)])
    assert ([(line.term, line.see) for line in lines], said) == ([("ICRC", "Red Cross"), ("Red Cross", "")], [])


def test_a_term_on_no_page_is_said_on_its_line_and_no_see_leads_there():
    lines, said = made("Herat\n{term: Nowhere}\n{term: Elsewhere, see: Nowhere}", {3: "Herat"})
    assert list(printed(lines)) == ["Herat"]
    assert [(code, line, message) for code, line, message, _ in said] == [("R006", 5, "The term 'Nowhere' stands on no page.")]


def test_a_term_that_stands_everywhere_is_said_and_listed():
    lines, said = made("mines", dict.fromkeys(range(3, 64, 2), "mines"))
    assert [(code, line, message) for code, line, message, _ in said] == [("R007", 4, "The term 'mines' stands in 31 places.")]
    assert len(lines[0].places) == 31
    assert made("mines", dict.fromkeys(range(3, 63, 2), "mines"))[1] == []
    assert made("mines", dict.fromkeys(range(3, 200), "mines"))[1] == [], "one long run is one place"


WRONG = [
    ("Herat\nherat", ("R010", 5, "The term 'herat' stands here for the second time.", "It stands first in line 4; keep one of the two.")),
    ("{term: ICRC, see: Herta}\nHerat", ("R008", 4, "The index has no term 'Herta' to see.", "Did you mean Herat?")),
    (
        "{term: ICRC, see: zzz}",
        ("R008", 4, "The index has no term 'zzz' to see.", "It leads to another term of this list, or to one that is marked in a text."),
    ),
    (
        "{term: Ab, see: ab}",
        ("R008", 4, "The term 'Ab' sends the reader in a circle.", "Let one of the terms have pages: leave out its see."),
    ),
    (
        "{term: Ab, see: Bc}\n{term: Bc, see: Cd}\n{term: Cd, see: Bc}",
        ("R008", 4, "The term 'Ab' sends the reader in a circle.", "Let one of the terms have pages: leave out its see."),
    ),
]


@pytest.mark.parametrize(("terms", "first"), WRONG)
def test_what_is_wrong_with_the_list_is_said_before_pages_are_known(terms, first):
    source, entries = listed(terms)
    said = [(one.code, one.place.line, one.message, one.hint) for one in wrong_terms(entries, (), source, PATH)]
    assert said[0] == first
    _, again = made(terms, {3: "Herat"})
    assert {(code, line) for code, line, *_ in said} <= {(code, line) for code, line, *_ in again}


@pytest.mark.parametrize(
    ("language", "order"),
    [
        ("en-GB", ["1718 Committee", "Åland", "Azerbaijan", "New York", "Newark", "Österreich", "Oxus", "“Zone”"]),
        ("sv", ["1718 Committee", "Azerbaijan", "New York", "Newark", "Oxus", "“Zone”", "Åland", "Österreich"]),
    ],
)
def test_terms_stand_in_the_order_of_the_language_under_their_letters(language, order):
    marks = [(term, f"a#index-{number}", 3) for number, term in enumerate(reversed(order))]
    lines, _ = made("", marks=marks, language=language)
    assert [line.term for line in lines] == order
    letters = [line.letter for line in lines]
    assert letters[0] == ""
    assert letters == sorted(letters, key=letters.index), "a letter has one head"
    assert {"Å" if language == "sv" else "A", "Z", "N"} <= set(letters)


def test_nothing_makes_an_empty_index():
    assert made("") == ((), [])


def test_six_hundred_pages_and_two_hundred_terms_are_quick():
    import time

    pages = dict.fromkeys(range(3, 603), "Words that stand on a page of a profile, again and again. " * 50)
    terms = "\n".join(f"Term number {number}" for number in range(200))
    start = time.process_time()
    _, said = made(terms, pages)
    assert len(said) == 200
    assert time.process_time() - start < 2


TERMS = """
back:
  - page: index
    terms:
      - {term: Burma, see: Myanmar}
      - {term: Myanmar, see: Burma}
      - {term: ICRC, see: Red Cros}
      - {term: Village head, see: village}
      - {term: chad}
      - {term: Chad}
"""


def test_check_and_compile_say_alike_what_is_wrong_with_the_list_before_anything_is_typeset(edition, run):
    """A see may lead to a term that is marked in a profile, as village is."""
    edition.write("profiles/volume.yaml", edition.volume.read_text(encoding="utf-8").partition("\nback:")[0] + TERMS)
    wrong = [("R008", "Myanmar"), ("R008", "Burma"), ("R008", "Red Cros"), ("R010", "Chad")]
    for command in ("check", "compile"):
        result = run(command, "profiles/volume.yaml")
        assert [(one.code, one.under) for one in said_in(result.stderr)] == wrong
    edition.change("chad", ("group:", "gruop:"))  # which terms are marked there is not known
    assert [one.code for one in said_in(run("check", "profiles/volume.yaml").stderr)] == ["R010"]
