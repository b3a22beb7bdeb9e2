"""Notes become records only where the record prints the very words that stood in the file."""

from __future__ import annotations

import pytest

from monitorpub.checking.command import check_sources
from monitorpub.importing.command import import_file
from monitorpub.importing.patterns import Cited, cited_in
from monitorpub.pipeline import prepare
from monitorpub.read import read_text, to_values
from monitorpub.testing import comparable
from monitorpub.text.plain import plain, targets

LINE = "A claim that has words enough to be taken for running text stands here and goes on"


@pytest.mark.parametrize(
    ("text", "record"),
    [
        (
            "Khuon Narim, “North Korean delegation,” Khmer Times, 3 January 2019.",
            {"type": "article-newspaper", "author": [{"family": "Narim", "given": "Khuon"}], "title": "North Korean delegation",
             "container-title": "Khmer Times", "issued": "2019-01-03"},
        ),
        (
            '"Mines found", *Daily NK*, 1 July 2024, at: <https://example.org/a>.',
            {"type": "article-newspaper", "title": "Mines found", "container-title": "Daily NK", "issued": "2024-07-01", "URL": "https://example.org/a"},
        ),
        (
            "Email from Ann Person, Director, Mine Centre, 1 May 2020.",
            {"type": "personal_communication", "genre": "Email", "author": [{"literal": "Ann Person, Director"}], "publisher": "Mine Centre",
             "issued": "2020-05-01"},
        ),
        ("Ibid.", None),
        ("See “Mines found”, *Daily NK*, 1 July 2024.", None),
        ("“Mines found”, *Daily NK*, 1 July 2024; and “More”, *Daily NK*, 2 July 2024.", None),
        ("“Mines found”, *Daily NK*, July 2024.", None),
        ("Mines found,” Daily NK, 1 July 2024.", None),
        ("“Mines found”, *Daily NK*, 31 June 2024.", None),
    ],
)  # fmt: skip
def test_only_sure_patterns_are_records(text, record):
    assert cited_in(text) == (None if record is None else Cited(record))


@pytest.mark.parametrize(
    ("text", "kind", "role", "people", "where"),
    [
        ("ICRC, “Annual Report 2015,” Geneva, 2016, p. 380.", "report", "author", [{"literal": "ICRC"}], "p. 380"),
        ("US Department of State, “Country Report,” Washington, DC, 13 April 2016.", "report", "author", [{"literal": "US Department of State"}], ""),
        ("HI, “Mines”, Brussels, May 2014, pp. 3–5.", "report", "author", [{"literal": "HI"}], "pp. 3–5"),
        ("Mike Croll, The History of Landmines (London: Leo Cooper, 1998), p. 101.", "book", "author", [{"family": "Croll", "given": "Mike"}], "p. 101"),
        ("Colin King, ed., *Mines and Mine Clearance* (Surrey: Jane’s, 2005), p. 211.", "book", "editor", [{"family": "King", "given": "Colin"}], "p. 211"),
        ("Ann Gander and Bo Cutshaw, eds., Ammunition Handbook (Surrey: Jane’s, 2001).", "book", "editor",
         [{"family": "Gander", "given": "Ann"}, {"family": "Cutshaw", "given": "Bo"}], ""),
        ("ICBL, Landmine Monitor Report 2004: Toward a World (New York: HRW, 2004).", "book", "author", [{"literal": "ICBL"}], ""),
    ],
)  # fmt: skip
def test_reports_and_books_are_records_with_the_place_in_them(text, kind, role, people, where):
    found = cited_in(text)
    assert (found.record["type"], found.record[role], found.where) == (kind, people, where)


@pytest.mark.parametrize(
    "text",
    [
        "ICRC, “Annual Report,” a place that nobody knows, 2016, p. 380.",
        "ICRC, “Annual Report,” Geneva, 31 June 2016.",
        "Mike Croll, eds., The History of Landmines (London: Leo Cooper, 1998).",
        "See Mike Croll, The History of Landmines (London: Leo Cooper, 1998).",
        "Mike Croll, The History of Landmines (London, 1998); and others.",
    ],
)
def test_what_is_almost_a_report_or_a_book_stays_text(text):
    assert cited_in(text) is None


def test_a_report_and_a_book_are_cited_with_the_place_and_print_the_same_words(tmp_path):
    notes = [
        "ICRC, “Annual Report 2015,” Geneva, 2016, p. 380.",
        "Mike Croll, The History of Landmines (London: Leo Cooper, 1998), p. 101.",
        "ICRC, “Annual Report 2014,” Geneva, 2016, p. 379.",
    ]
    file, values = source(tmp_path, notes, sources=False)
    bare = printed(file)
    file.write_text(file.read_text().replace("clearing-the-mines", "monitor-profile"))
    file, values = source(tmp_path, notes, sources=True, layout="monitor-profile")
    assert list(values["notes"].values()) == ["[@icrc-2015, p. 380]", "[@croll-1998, p. 101]", "[@icrc-2014, p. 379]"]
    assert [comparable(one) for one in printed(file)] == [comparable(one) for one in bare]


def source(tmp_path, notes, *, sources, layout="clearing-the-mines"):
    calls = " ".join(f"{LINE}.¹".replace("¹", "¹²³⁴⁵⁶⁷⁸⁹"[index]) for index in range(len(notes)))
    file = tmp_path / "chad.txt"
    file.write_text(f"Chad\n\nContamination\n\n{calls}\n\n" + "\n".join(f"{number} {note}" for number, note in enumerate(notes, 1)) + "\n")
    found = import_file(file, layout=layout, sources=sources)
    target = tmp_path / "chad.yaml"
    target.write_text(found.value.text)
    return target, to_values(read_text(found.value.text, target).value.root)


def printed(file):
    return [plain(note.parsed) for note in prepare(file).value.numbered.notes]


def test_what_is_printed_is_what_stood_there(tmp_path):
    notes = [
        '"Mines found", *Daily NK*, 1 July 2024, at: <https://example.org/a>.',
        "Ibid.",
        "Emails from Ann Person, Mine Centre, 1 May 2020.",
        '"Mines found", *Daily NK*, 1 July 2024.',
        '"Mines found", *Daily NK*, 1 July 2024.',
        "A comment with no source.",
    ]
    file, values = source(tmp_path, notes, sources=True)
    assert list(values["notes"].values())[:4] == ["[@daily-nk-2024]", "Ibid.", "[@email-person-2020]", "[@daily-nk-2024-3]"]
    assert values["notes"]["daily-nk-2024-4"].startswith('"Mines found"')  # as a record it would be printed as Ibid.
    assert [record["id"] for record in values["references"]] == ["daily-nk-2024", "email-person-2020", "daily-nk-2024-3"]
    with_records = printed(file)
    file, values = source(tmp_path, notes, sources=False)
    assert "references" not in values
    assert printed(file) == with_records


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
def test_a_note_leads_where_it_led_before(tmp_path, order):
    notes = [
        '"Mines found", *Daily NK*, 1 July 2024, at: <https://a.example/x>.',
        '"Mines found", *Daily NK*, 1 July 2024, at: <https://b.example/x>.',
        '"Mines found", *Daily NK*, 1 July 2024.',
    ]
    file, values = source(tmp_path, [notes[index] for index in order], sources=True)
    assert all(note.startswith("[@") for note in values["notes"].values())
    assert [record.get("URL") for record in values["references"]] == [
        ("https://a.example/x", "https://b.example/x", None)[index] for index in order
    ]
    with_records = links(file)
    file, _ = source(tmp_path, [notes[index] for index in order], sources=False)
    assert links(file) == with_records


def test_two_sources_of_one_name_have_two_records(tmp_path):
    notes = ["ICRC, “Annual Report 2015,” Geneva, 2016, p. 380.", "ICRC, “Report on 2015,” Geneva, 2016."]
    _, values = source(tmp_path, notes, sources=True, layout="monitor-profile")
    assert len({record["id"] for record in values["references"]}) == len(values["references"]) == 2


def links(file):
    return [targets(note.parsed) for note in prepare(file).value.numbered.notes]


def test_a_document_without_notes_has_no_records(tmp_path):
    file = tmp_path / "chad.txt"
    file.write_text(f"Chad\n\nContamination\n\n{LINE}.\n")
    found = import_file(file, layout="clearing-the-mines", sources=True)
    assert "references" not in found.value.text
    assert "0 notes of 0 cite records" in found.value.report


def test_records_leave_nothing_for_the_check_to_say(tmp_path):
    file, _ = source(tmp_path, ['"Mines found", *Daily NK*, 1 July 2024, at: <https://example.org/a>.'], sources=True)
    assert not check_sources([file], select=["C", "N", "S"]).diagnostics
