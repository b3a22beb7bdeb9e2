"""Notes become records only where the record prints the very words that stood in the file."""

from __future__ import annotations

import pytest

from monitorpub.checking.command import check_sources
from monitorpub.importing.command import import_file
from monitorpub.importing.sources import record_of
from monitorpub.pipeline import prepare
from monitorpub.read import read_text, to_values
from monitorpub.text.plain import plain

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
    assert record_of(text) == record


def source(tmp_path, notes, *, sources):
    calls = " ".join(f"{LINE}.¹".replace("¹", "¹²³⁴⁵⁶⁷⁸⁹"[index]) for index in range(len(notes)))
    file = tmp_path / "chad.txt"
    file.write_text(f"Chad\n\nContamination\n\n{calls}\n\n" + "\n".join(f"{number} {note}" for number, note in enumerate(notes, 1)) + "\n")
    found = import_file(file, layout="clearing-the-mines", sources=sources)
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
    assert list(values["notes"].values())[:4] == ["[@daily-nk-2024]", "Ibid.", "[@email-person-2020]", "[@daily-nk-2024]"]
    assert values["notes"]["daily-nk-2024-4"].startswith('"Mines found"')  # as a record it would be printed as Ibid.
    assert [record["id"] for record in values["references"]] == ["daily-nk-2024", "email-person-2020"]
    with_records = printed(file)
    file, values = source(tmp_path, notes, sources=False)
    assert "references" not in values
    assert printed(file) == with_records


def test_records_leave_nothing_for_the_check_to_say(tmp_path):
    file, _ = source(tmp_path, ['"Mines found", *Daily NK*, 1 July 2024, at: <https://example.org/a>.'], sources=True)
    assert not check_sources([file], select=["C", "N", "S"]).diagnostics
