"""What a volume was made of is what its sources say: no other file of the same name, no state that has passed, no warning lost."""

from __future__ import annotations

import pytest

from monitorpub.checking.command import check_sources
from monitorpub.typeset.part import Remark
from monitorpub.volume import alone, units
from monitorpub.volume.command import compile_file
from needed import missing
from volumes import profile

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
)


def test_the_chosen_profile_is_printed_and_no_other_of_its_name(edition):
    edition.write("profiles/old/chad.yaml", profile("Chad", "TCD", "Words of an old year.", group="Gone"))
    assert edition.codes() == ["G007"]
    pdf = edition.read()
    assert "Words of an old year" not in " ".join(pdf.pages)
    assert "The village is shown" in pdf.pages[pdf.first("chad")]


def test_an_edit_while_the_volume_is_made_is_printed_by_the_next_run(edition):
    def edit(name, *_):
        if name == "chad" and "A note." in (edition.root / "profiles" / "chad.yaml").read_text():
            edition.change("chad", ("A note.", "Another note."))

    edition.change("chad", ("Words", "Other words"))
    edition.compiled(progress=edit)
    edition.compiled()
    pdf = edition.read()
    assert "Another note." in pdf.pages[pdf.first("chad")]


def test_a_source_that_changes_while_it_is_read_is_read_again(edition, monkeypatch):
    """What was read under the digest of one state must never be another state."""
    original, left = units.file_digest, ["Version A"]

    def file_digest(file):
        found = original(file)
        if file.name == "chad.yaml" and left:
            edition.change("chad", (left.pop(), "Version B"))
        return found

    edition.change("chad", ("The [village]", "Version A: the [village]"))
    monkeypatch.setattr(units, "file_digest", file_digest)
    edition.compiled(workers=1)
    monkeypatch.undo()
    edition.compiled()
    assert "Version B" in " ".join(edition.read().pages)
    edition.change("chad", ("Version B", "Version A"))
    edition.compiled()
    assert "Version A" in " ".join(edition.read().pages)


def test_a_source_that_never_stands_still_is_named(edition, monkeypatch):
    original, count = units.file_digest, iter(range(10_000))
    monkeypatch.setattr(units, "file_digest", lambda file: original(file) + (str(next(count)) if file.name == "chad.yaml" else ""))
    (said,) = edition.compile(workers=1).diagnostics
    assert (said.code, said.place.file.name) == ("F007", "chad.yaml")


def test_the_same_source_in_another_folder_cites_the_records_of_that_folder(edition):
    head = edition.volume.read_text(encoding="utf-8").partition("front:")[0]
    for year, title in (("y1", "First title"), ("y2", "Second title")):
        edition.write(
            f"profiles/{year}/references/refs.yaml", f"references:\n  - {{id: icrc, type: report, title: {title}, issued: 2020}}\n"
        )
        text = profile("Kenya", "KEN", "Words of Kenya.", note='"[@icrc]"')
        edition.write(f"profiles/{year}/kenya.yaml", text.replace("notes:", "references: references/refs.yaml\nnotes:"))
        volume = edition.write(f"profiles/{year}/volume.yaml", head + "groups:\n  - {title: All, profiles: [kenya]}\n")
        assert compile_file(volume, edition.output).diagnostics == ()
        assert title in edition.read().pages[-1]


def test_an_image_that_appears_nearer_is_taken(edition):
    from PIL import Image

    edition.write("images/a.png", PNG)
    edition.change("chad", ("The [village]", "![A map](images/a.png)\n\n      The [village]"))
    edition.compiled()
    (edition.root / "profiles" / "images").mkdir()
    Image.new("RGB", (1, 1), (0, 200, 0)).save(edition.root / "profiles" / "images" / "a.png")
    assert edition.compiled().typeset == 1


def test_a_profile_of_another_workspace_is_refused(edition, tmp_path):
    edition.write("../other/profiles/kenya.yaml", profile("Kenya", "KEN", "Words of Kenya.", group="Others"))
    edition.change("volume", ("profiles: [nepal, zz-aland]", "profiles: [nepal, zz-aland, ../../other/profiles/kenya.yaml]"))
    for found in (edition.compile(), check_sources([edition.volume])):
        said = [one for one in found.diagnostics if one.code == "G013"]
        assert [(one.path, one.hint) for one in said] == [("groups[2].profiles[3]", "Copy it to the profiles of this volume.")]


def test_a_folder_of_another_workspace_is_refused(edition):
    edition.write("../other/monitorpub.yaml", "")
    edition.write("../other/texts/kenya.yaml", profile("Kenya", "KEN", "Words of Kenya."))
    edition.change("volume", ("groups:", "sources: ../../other/texts\ngroups:"))
    for found in (edition.compile(), check_sources([edition.volume])):
        assert [one.path for one in found.diagnostics if one.code == "G013"] == ["sources"]


def test_a_workspace_below_the_sources_is_left_alone(edition):
    edition.write("profiles/other/monitorpub.yaml", "")
    edition.write("profiles/other/kenya.yaml", profile("Kenya", "KEN", "Words of Kenya.", group="Others"))
    for found in (edition.compile(), check_sources([edition.volume])):
        assert [one for one in found.diagnostics if "kenya" in one.message.lower()] == []


def test_warnings_of_chapters_are_said_each_time(edition):
    chapter = 'how: "[@icrc]. Ibid."\n    references:\n      - {id: icrc, type: report, title: T, issued: 2020}\n      - {id: unused, type: nothing, title: U}'
    edition.change("volume", ("how: The note of the overview.", chapter))
    first = edition.codes()
    assert first
    edition.change("chad", ("A note.", "Another note."))
    assert edition.codes() == first


def test_what_is_wrong_with_a_single_pdf_alone_is_said(edition, monkeypatch):
    """Angola prints a folio of another part in the volume: alone, it is set once more."""
    original = alone._settled

    def settled(unit, made, rounds, press):
        found = original(unit, made, rounds, press)
        if unit.summary.slug == "angola":
            object.__setattr__(found.part, "remarks", (Remark("P001", "The note is on no page.", "note-a"),))
        return found

    monkeypatch.setattr(alone, "_settled", settled)
    (said,) = edition.compile(with_profiles=True).diagnostics
    assert (said.code, said.place.file.name) == ("P001", "angola.yaml")


def test_a_single_pdf_that_cannot_be_set_is_said(edition, monkeypatch):
    original = alone.Press.parts

    def parts(press, requests, progress=None):
        found = original(press, requests, progress)
        if progress is None and any(request.name == "angola" for request in requests):
            for made in found.value:
                if made.part.name == "angola":
                    object.__setattr__(made.part, "pages", 0)
                    object.__setattr__(made.part, "remarks", (Remark("P008", "Typesetting needed more memory."),))
        return found

    edition.compiled()
    monkeypatch.setattr(alone.Press, "parts", parts)
    assert "P008" in edition.codes(with_profiles=True)


def test_names_that_are_not_ascii_are_linked(edition):
    edition.write("profiles/åland.yaml", (edition.root / "profiles" / "zz-aland.yaml").read_bytes())
    (edition.root / "profiles" / "zz-aland.yaml").unlink()
    edition.change("volume", ("zz-aland", "åland"), ("- title: Others", "- title: Государства"))
    edition.change("angola", ("See [Chad](chad)", "See [Chad](chad) and [Åland](åland)"))
    edition.compiled(with_profiles=True)
    pdf = edition.read()
    targets = {link.target for page in pdf.document.pages for link in page.links}
    assert "åland" in targets
    assert targets <= set(pdf.document.destinations) | {t for t in targets if t.startswith("http")}
    assert "åland.pdf".encode("utf-16-be").hex().encode() in _plain(edition.written["angola.pdf"])


def test_a_pdf_that_stands_alone_has_no_link_to_a_chapter(edition):
    edition.compiled(with_profiles=True)
    plain = _plain(edition.written["angola.pdf"])
    assert b"(chad.pdf)" in plain
    assert b"overview" not in plain


def _plain(data: bytes) -> bytes:
    """All objects of a PDF, uncompressed."""
    import io

    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)
    return out.getvalue().lower() if b"<FEFF" in out.getvalue() else out.getvalue()


def test_a_layout_of_profiles_is_no_layout_of_a_volume(edition):
    edition.change("volume", ("layout: annual-report", "layout: clearing-the-mines"))
    for found in (edition.compile(), check_sources([edition.volume])):
        said = [one for one in found.diagnostics if one.code == "L002"]
        assert [(one.path, one.hint) for one in said] == [("layout", "For a volume, use: layout: annual-report")]


@pytest.mark.parametrize("name", ["caf\udce9.yaml", "caf\udce9.bib"])
def test_names_of_files_that_are_not_utf_8(edition, name):
    try:
        edition.write(f"profiles/{name}", profile("Kenya", "KEN", "Words of Kenya.", group="Others"))
    except OSError:
        missing("this file system takes names in UTF-8 only")
    assert edition.codes() == (["F008"] if name.endswith("yaml") else [])
