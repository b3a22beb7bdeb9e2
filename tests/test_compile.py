"""A compiled volume: its parts in order, its folios, what refers to what; and how little is done again after a change."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from monitorpub.pipeline import build
from test_bad_input import PNG
from volumes import ORDER, Edition, Pdf

SLUGS = {"Angola": "angola", "Chad": "chad", "Myanmar": "myanmar", "Åland": "zz-aland", "Nepal": "nepal"}


@pytest.fixture(scope="module")
def pdf(tiny: Edition) -> Pdf:
    return tiny.read()


def contents(pdf: Pdf) -> str:
    return pdf.pages[pdf.first("contents")].partition("Contents ")[2]


def test_parts_stand_in_the_order_of_the_source_and_profiles_in_that_of_their_names(pdf):
    parts = ["cover", "imprint", "contents", "overview", "group-states-parties", "angola", "chad", "myanmar"]
    parts += ["group-others", "zz-aland", "nepal", "abbreviations", "index", "back-cover"]
    assert sorted(parts, key=pdf.first) == parts


def test_the_body_begins_at_1_on_a_recto_and_what_stands_before_it_has_roman_figures(pdf):
    assert pdf.labels == ["i", "ii", "iii", "iv", "v", "vi", *(str(number) for number in range(1, 19))]
    assert (pdf.label("imprint"), pdf.label("overview"), pdf.label("group-states-parties")) == ("ii", "v", "1")
    assert pdf.first("group-states-parties") % 2 == 0


def test_every_page_prints_its_label_but_covers_dividers_and_blank_pages(pdf):
    bare = {pdf.first(slug) for slug in ("cover", "group-states-parties", "group-others", "back-cover")}
    blank = {index for index, words in enumerate(pdf.pages) if not words}
    printed = {index: pdf.folio(index) for index in range(len(pdf.pages))}
    assert {index for index, folio in printed.items() if not folio} == bare | blank
    assert all(folio in ("", pdf.labels[index]) for index, folio in printed.items())
    assert blank == {3, 5, 7, 9, 11, 13, 15, 17, 19, 21}


def test_blank_pages_show_and_hold_nothing(pdf):
    page = pdf.reader.pages[3]
    assert page.get_contents() is None
    assert "/Annots" not in page
    assert "/StructParents" not in page


def test_profiles_begin_on_rectos_and_the_back_cover_is_the_last_verso(pdf):
    assert {pdf.first(slug) % 2 for slug in SLUGS.values()} == {0}
    assert pdf.first("back-cover") == len(pdf.pages) - 1
    assert len(pdf.pages) % 2 == 0


def test_the_contents_print_the_folio_where_each_part_begins_and_lead_there(pdf):
    for name, slug in SLUGS.items():
        assert f"{name} {pdf.folio(pdf.first(slug))} " in contents(pdf) + " "
    assert f"STATES PARTIES {pdf.label('group-states-parties')} Angola" in contents(pdf)
    links = [link.target for link in pdf.document.pages[pdf.first("contents")].links]
    assert links == [
        "overview",
        "group-states-parties",
        "angola",
        "myanmar",
        "chad",
        "myanmar",
        "group-others",
        "zz-aland",
        "nepal",
        "abbreviations",
        "index",
    ]


def test_a_see_entry_stands_at_its_letter_and_leads_to_the_profile(pdf):
    assert "Angola 3 Burma, see Myanmar Chad 5 Myanmar 7" in contents(pdf)


def test_the_outline_has_the_order_of_the_volume_with_profiles_in_their_groups(pdf):
    top = [words for level, words in pdf.outline() if level == 0]
    assert top == ["Imprint", "Contents", "Overview", "States Parties", "Others", "Abbreviations", "Index"]
    assert [words for level, words in pdf.outline() if level == 1] == [*ORDER, "P", "V"], "profiles in their groups, initials in the index"


def test_references_print_folios_and_numbers_and_lead_there(pdf):
    overview, chad = pdf.document.pages[pdf.first("overview")], pdf.document.pages[pdf.first("chad")]
    assert "See Chad on p. 5 and table 1 ." in pdf.pages[pdf.first("overview")]
    assert "shown on p. 5 ; the rest in Nepal, p. 13 ." in pdf.pages[pdf.first("chad")]
    assert "the note of p. v ." in pdf.pages[pdf.first("angola")]
    assert {"chad/words", "overview/areas"} <= {link.target for link in overview.links}
    assert {"chad/words", "nepal/words"} <= {link.target for link in chad.links}


def test_the_single_pdf_prints_its_own_folio_and_no_other(tiny):
    pdf = Pdf((tiny.root / "dist" / "chad.pdf").read_bytes())
    assert "shown on p. 1 ; the rest in Nepal" in pdf.pages[0]
    assert "13" not in pdf.pages[0]
    assert (pdf.labels, pdf.folio(0)) == (["1"], "1")


def test_index_and_abbreviations_are_collected_from_the_parts(pdf):
    assert pdf.pages[pdf.first("index")].endswith("Index P Panmunjom, 7 V village, 5 , 13")
    words = pdf.pages[pdf.first("abbreviations")]
    assert all(words.count(one) == 1 for one in ("NMAC", "SAC", "National Mine Action Centre", "Survey Action Centre"))


def test_notes_keep_their_numbers_in_the_volume(pdf):
    assert pdf.pages[pdf.first("overview")].endswith("1 The note of the overview.")
    assert all(pdf.pages[pdf.first(slug)].endswith("1 A note.") for slug in SLUGS.values())


def test_start_on_the_next_page(edition):
    edition.change("volume", ("site: The site", "site: The site\nstart: next-page"))
    edition.compiled()
    pdf = edition.read()
    assert [pdf.label(SLUGS[name]) for name in ORDER] == ["2", "3", "4", "6", "7"]
    assert [pdf.folio(pdf.first(SLUGS[name])) for name in ORDER] == ["2", "3", "4", "6", "7"]
    assert pdf.label("group-others") == "5"


def test_a_group_without_divider_stands_in_the_contents_and_the_outline(edition):
    edition.change(
        "volume", ("    text: Words on a divider.\n", "    divider: false\n"), ("zz-aland]\n", "zz-aland]\n    divider: false\n")
    )
    edition.compiled()
    pdf = edition.read()
    assert "group-others" not in pdf.document.destinations
    assert pdf.label("angola") == "1"
    assert "Overview v STATES PARTIES Angola 1 Burma, see Myanmar Chad 3 Myanmar 5 OTHERS Åland 7 Nepal 9 Abbreviations 11" in contents(pdf)
    assert [line for line in pdf.outline() if line[0] == 0][3:5] == [(0, "States Parties"), (0, "Others")]


def test_a_volume_of_profiles_alone(edition):
    text = (edition.root / "profiles" / "volume.yaml").read_text(encoding="utf-8")
    edition.write(
        "profiles/volume.yaml", text.partition("front:")[0] + "groups:\n  - {title: All, profiles: [chad, nepal], divider: false}\n"
    )
    edition.write("profiles/chad.yaml", (edition.root / "profiles" / "nepal.yaml").read_bytes().replace(b"Nepal", b"Chad"))
    assert edition.compiled().file == edition.output
    assert edition.read().labels == ["1", "2", "3"]


def test_a_front_of_odd_length_is_followed_by_a_blank_page(edition):
    edition.change("volume", ("  - page: imprint\n", ""), ("  - page: contents\n", ""))
    edition.compiled()
    pdf = edition.read()
    assert (pdf.label("overview"), pdf.label("group-states-parties"), pdf.first("group-states-parties")) == ("iii", "1", 4)


def test_a_computed_table_follows_the_figures_of_the_profiles(edition):
    edition.change("chad", ("value: 12 km²", "value: 13.5 km²"))
    assert edition.compiled().typeset == 3  # the profile, the chapter, and the cover, which may draw figures
    assert "Chad 13.5 Myanmar 20.5 Åland 4 Nepal 1 Total 42" in edition.read().pages[edition.read().first("overview")]


def test_a_reworded_note_typesets_one_part(edition):
    edition.change("nepal", ("a: A note.", "a: Another note."))
    assert (edition.compiled().typeset, edition.compiled().typeset) == (1, 0)
    assert edition.read().pages[edition.read().first("nepal")].endswith("1 Another note.")


def test_a_longer_profile_moves_the_folios_everywhere(edition):
    edition.change("angola", ("See [Chad](chad)", "\n\n      ".join(["Very long words." * 60] * 9) + " [Chad](chad)"))
    done = edition.compiled()
    pdf = edition.read()
    assert len(pdf.labels) == 26
    assert done.typeset < 12
    assert "Angola 3 Burma, see Myanmar Chad 7 Myanmar 9 OTHERS 11 Åland 13 Nepal 15 Abbreviations 17 Index 19" in contents(pdf)
    assert "See Chad on p. 7 " in pdf.pages[pdf.first("overview")]
    assert "p. 7 ; the rest in Nepal, p. 15 ." in pdf.pages[pdf.first("chad")]
    assert pdf.pages[pdf.first("index")].endswith("Panmunjom, 9 V village, 7 , 15")
    assert pdf.pages[pdf.first("group-states-parties")].endswith("Angola 3 Chad 7 Myanmar 9")


def test_an_image_that_changes_is_printed_anew(edition):
    edition.write("profiles/map.png", PNG)
    edition.change("nepal", ("met at", "met ![A map](map.png) at"))
    edition.change("volume", ("Words on a divider.", "Words ![A map](map.png)"), ("      The Survey", "      ![A map](map.png) The Survey"))
    edition.compiled(with_profiles=True)
    before = edition.written
    from PIL import Image

    Image.new("RGB", (1, 1), (0, 200, 0)).save(edition.root / "profiles" / "map.png")
    assert edition.compiled(with_profiles=True).cached == 4  # the other profiles
    now = edition.written
    assert {name for name in now if now[name] != before[name]} == {"volume.pdf", "nepal.pdf"}
    edition.compiled(with_profiles=True, cached=False)
    assert edition.written == now


def test_a_record_that_changes_is_cited_anew(edition):
    edition.write("profiles/references/all.yaml", "references:\n  - {id: icrc, type: report, title: First title, issued: 2015}\n")
    edition.change("nepal", ("a: A note.", 'a: "[@icrc]"\nreferences: references/all.yaml'))
    edition.change("volume", ("how: The note of the overview.", 'how: "[@icrc]"\n    references: references/all.yaml'))
    edition.compiled()
    edition.write("profiles/references/all.yaml", "references:\n  - {id: icrc, type: report, title: Other title, issued: 2015}\n")
    assert edition.compiled().typeset == 2
    pdf = edition.read()
    assert "“Other title”, 2015." in pdf.pages[pdf.first("nepal")]
    assert "“Other title”, 2015." in pdf.pages[pdf.first("overview")]


def test_a_new_profile_is_found_by_the_condition(edition):
    edition.write("profiles/benin.yaml", (edition.root / "profiles" / "angola.yaml").read_bytes().replace(b"Angola", b"Benin"))
    edition.compiled()
    assert "Angola 3 Benin 5 Burma" in contents(edition.read())
    (edition.root / "profiles" / "benin.yaml").unlink()
    edition.compiled()
    assert "Benin" not in contents(edition.read())


def test_a_listed_profile_that_appears_nearer_is_taken(edition):
    """Also when all that was read before is as it was."""
    edition.write("elsewhere/kenya.yaml", (edition.root / "profiles" / "nepal.yaml").read_bytes().replace(b"Nepal", b"Kenya"))
    text = edition.volume.read_text(encoding="utf-8").partition("front:")[0]
    edition.write("profiles/volume.yaml", text + "sources: ../elsewhere\ngroups:\n  - {title: All, profiles: [kenya]}\n")
    edition.compiled()
    edition.write("profiles/kenya.yaml", (edition.root / "elsewhere" / "kenya.yaml").read_bytes().replace(b"Kenya", b"Keniya"))
    edition.compiled()
    assert "Keniya" in edition.read().pages[-1]


def test_a_new_title_of_the_volume_sets_no_profile(edition):
    edition.change("volume", ("title: Clearing the Mines\n", "title: Another title\n"))
    done = edition.compiled()
    pdf = edition.read()
    assert (done.typeset, done.cached) == (9, 5)
    assert "Another title 2025" in pdf.pages[pdf.first("contents")]
    assert pdf.reader.metadata.title.startswith("Another title")


@pytest.mark.parametrize("change", ["layouts/matter/divider.html", "styles/tokens.css", "fonts/x.txt"])
def test_what_a_workspace_overrides_is_seen(edition, change):
    here = Path(__file__).parents[1] / change
    edition.write(change, (here.read_text(encoding="utf-8") if here.exists() else "") + "\n")
    assert edition.compiled().typeset > 13


RERUN = """
import sys
from pathlib import Path
from monitorpub.volume.command import compile_file
done = compile_file(Path("profiles/volume.yaml"), Path("dist/volume.pdf")).value
print(done.typeset, done.counts[done.file].pages, [name for name in ("weasyprint", "pydantic", "yaml") if name in sys.modules])
"""


def test_when_nothing_changed_nothing_is_set_and_nothing_heavy_is_loaded(edition):
    edition.compiled()
    before, written = edition.written, edition.output.stat().st_mtime_ns
    done = subprocess.run([sys.executable, "-c", RERUN], cwd=edition.root, capture_output=True, text=True, check=True)
    assert done.stdout == "0 24 []\n"
    assert edition.written == before
    assert edition.output.stat().st_mtime_ns == written


def test_an_output_that_was_deleted_or_spoiled_is_written_again(edition):
    before = edition.written
    for spoil in (edition.output.unlink, lambda: edition.output.write_bytes(b"spoilt")):
        spoil()
        assert edition.compiled().typeset == 0
        assert edition.written == before


def test_single_pdfs_are_those_of_build(edition):
    files = sorted((edition.root / "profiles").glob("[!v]*.yaml"))
    built, said = build(files, edition.root / "alone", cached=False)
    assert (len(built), said) == (5, [])
    assert {file.name: file.read_bytes() for file in (edition.root / "alone").iterdir()} == {
        name: data for name, data in edition.written.items() if name != "volume.pdf"
    }


def test_bytes_are_the_same_whatever_was_there_before(edition, tmp_path):
    before = edition.written
    for file in edition.root.rglob("*"):
        if ".monitorpub" not in file.parts and "dist" not in file.parts:
            os.utime(file, (10**9, 10**9))
    assert edition.compiled(with_profiles=True).typeset == 0
    assert edition.written == before
    again = Edition.new(tmp_path / "another place" / "w")
    again.compiled(with_profiles=True, workers=1)
    assert again.written == before
    assert edition.compiled(with_profiles=True, cached=False, workers=2).typeset > 13
    assert edition.written == before
