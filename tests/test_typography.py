"""The small signs of print: where they are set, and where the text stays as it was typed."""

from __future__ import annotations

import pytest

from monitorpub.text.typography import Quoting, refine
from test_parse import parsed, words

NB = "\u00a0"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("pp. 8-9", f"pp.{NB}8–9"),
        ("pp. 25/35-26/35", f"pp.{NB}25/35–26/35"),
        ("pp. 8-9, 12-13 and 120-121", f"pp.{NB}8–9, 12–13 and 120–121"),
        ("p. 7", f"p.{NB}7"),
        ("1950-1953, 2018-25 and 1999-2002", "1950–1953, 2018–25 and 1999–2002"),
        ("10-12 mines, 1,000-2,000 m2", f"10–12 mines, 1,000–2,000{NB}m²"),
        ("1,000km2", "1,000km²"),
        ("5 km2, 3m2 and the m2", f"5{NB}km², 3m² and the m²"),
        ("880 km, 40 g, 2.5 million, 7 %", f"880{NB}km, 40{NB}g, 2.5{NB}million, 7{NB}%"),
        ("Article 5, Annex 2, Table 1, no. 3, vol. 4", f"Article{NB}5, Annex{NB}2, Table{NB}1, no.{NB}3, vol.{NB}4"),
        ("Col. J. P. Lloyd", f"Col. J.{NB}P. Lloyd"),
    ],
)
def test_signs_of_print_are_set(typed, printed):
    assert refine(typed) == printed


@pytest.mark.parametrize(
    "typed",
    [
        "2024-02-30", "2024-02", "30-02-2024", "A/53/pv79", "A/C.1/71/PV.24", "A/RES/71-72", "COVID-19", "BBM-82", "880km-long", "+850-2-18111",
        "+1-202-555-0100", "02-381", "555-0100", "020-7946 0018", "9-8", "1-1", "2024-2023", "20-day 3-year", "1.2-1.3", "S-300", "MH2", "km20",
        "5 kmh", "100 metres", "page 7", "pp.", "2018-2019/5", "ISBN 978-0-13-1", "10-12-14", "mid-2024", "Su-25-27",
    ],
)  # fmt: skip
def test_what_is_no_range_and_no_unit_stays(typed):
    assert refine(typed) == typed


@pytest.mark.parametrize(
    "typed",
    [
        "“pp. 8-9, 5 km2”",
        "‘pp. 8-9, 5 km2’",
        "“a ‘pp. 8-9’ 5 km2”",
        "„pp. 8-9“",
        "«pp. 8-9 ‘5 km2’»",
        "‘the mines’s pp. 8-9’",
        "“unclosed pp. 8-9",
    ],
)
def test_a_quotation_keeps_its_own_spelling(typed):
    assert refine(typed) == typed


@pytest.mark.parametrize(
    "typed", ["don’t stop at pp. 8-9", "the mines’ edges, pp. 8-9", "“a” and pp. 8-9", "‘a’ and pp. 8-9", "“it’s ‘a’” pp. 8-9"]
)
def test_after_a_quotation_or_an_apostrophe_signs_are_set_again(typed):
    assert refine(typed) == typed.replace("pp. 8-9", f"pp.{NB}8–9")


def test_a_quotation_runs_on_over_the_pieces_of_a_paragraph():
    quoting = Quoting()
    assert [refine(piece, quoting) for piece in ("“pp. ", "8-9", "” 8-9")] == ["“pp. ", "8-9", "” 8–9"]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ('"pp. 8-9" 8-9', "“pp. 8-9” 8–9"),
        ("'p. 7' p. 7", f"‘p. 7’ p.{NB}7"),
        ('"a *b 8-9* c" 8-9', "“a b 8-9 c” 8–9"),
        ("`pp. 8-9` 8-9", "pp. 8-9 8–9"),
        ("<https://example.org/8-9> 8-9", "https://example.org/8-9 8–9"),
        ("https://example.org/2018-25, 8-9", "https://example.org/2018-25, 8–9"),
        ("[pp. 8-9](https://example.org/8-9)", f"pp.{NB}8–9"),
        ("> pp. 8-9", "pp. 8-9"),
        ("- pp. 8-9", f"pp.{NB}8–9"),
        ("| pp. 8-9 |\n|---|\n| 5 km2 |", f"pp.{NB}8–95{NB}km²"),
        ("8-9[^a] 8-9", "8–9 8–9"),
    ],
)
def test_in_a_text_quotations_code_and_addresses_stay(typed, printed):
    assert words(parsed(typed)) == printed
