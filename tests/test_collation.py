"""Names in the order that readers of a language expect."""

from __future__ import annotations

import pytest

from monitorpub.collation import letter, sort_key


def ordered(names: str, language: str) -> str:
    return " ".join(sorted(names.split(), key=lambda name: sort_key(name, language)))


@pytest.mark.parametrize(
    ("language", "names", "expected"),
    [
        ("en-GB", "Zambia Åland Oman Österreich Azerbaijan", "Åland Azerbaijan Oman Österreich Zambia"),
        ("de", "Zypern Österreich Oman Ägypten Albanien", "Ägypten Albanien Oman Österreich Zypern"),
        ("sv", "Ögruppen Åland Zambia Österrike Ärna Oman", "Oman Zambia Åland Ärna Ögruppen Österrike"),
        ("da", "Østtimor Ålborg Zambia Ærø", "Zambia Ærø Østtimor Ålborg"),
        ("es", "Oman Ñandú Nueva Nzara", "Nueva Nzara Ñandú Oman"),
        ("fr", "Émirats Égypte Érythrée Espagne Équateur", "Égypte Émirats Équateur Érythrée Espagne"),
        ("fr-CA", "pêche péché pêché peche", "peche pêche péché pêché"),
        ("uk", "Ямайка Ірак Їжак Ємен Йорданія", "Ємен Ірак Їжак Йорданія Ямайка"),
        ("ko", "한국 가나 네팔", "가나 네팔 한국"),
        ("x-none", "b A c", "A b c"),
    ],
)
def test_names_stand_as_in_the_language(language, names, expected):
    assert ordered(names, language) == expected
    assert ordered(" ".join(reversed(names.split())), language) == expected


def test_words_come_before_letters():
    names = ["Newark", "New Zealand", "New York"]
    assert sorted(names, key=lambda name: sort_key(name, "en")) == ["New York", "New Zealand", "Newark"]


def test_signs_at_the_beginning_do_not_count():
    names = ["Zone", "“Green Line”", "’Amran", "Herat"]
    assert sorted(names, key=lambda name: sort_key(name, "en")) == ["’Amran", "“Green Line”", "Herat", "Zone"]


def test_names_that_differ_have_keys_that_differ():
    assert sort_key("co-op", "en") != sort_key("co\u00adop", "en")


@pytest.mark.parametrize(
    ("language", "name", "expected"),
    [
        ("en-GB", "Élan", "E"),
        ("en-GB", "ljubljana", "L"),
        ("en-GB", "“Green Line”", "G"),
        ("en-GB", "Ottawa", "O"),
        ("en-GB", "1718 Committee", ""),
        ("en-GB", "…", ""),
        ("en-GB", "Земля", "З"),
        ("sv", "Åland", "Å"),
        ("sv", "Ægean", "Ä"),
        ("es", "ñandú", "Ñ"),
        ("ru", "Geneva", "G"),
        ("ru", "Женева", "Ж"),
        ("ar", "الألغام", "ا"),
        ("ko", "한국", "ㅎ"),
    ],
)
def test_a_name_stands_under_its_letter(language, name, expected):
    assert letter(name, language) == expected
