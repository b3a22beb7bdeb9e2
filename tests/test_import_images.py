"""Images of imported files: saved beside the source, named, called in the text; reported where they cannot be."""

from __future__ import annotations

import base64
import io
import os
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from monitorpub.importing import pictures
from monitorpub.importing.media import NoImage, beside
from printed import said_in
from reading import read_pdf

RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = " ".join(
    [
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"',
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"',
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
        'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"',
        'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative"',
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
        'xmlns:v="urn:schemas-microsoft-com:vml"',
        f'xmlns:r="{RELATION}"',
    ]
)
STYLES = (
    f'<w:styles {NAMES}><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/>'
    '<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style></w:styles>'
)
WORDS = "Mines lie in two strips along the northern border, and nobody knows how many."


def png(colour: str = "red", size: tuple[int, int] = (40, 30), kind: str = "PNG") -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, colour).save(stream, kind)
    return stream.getvalue()


def words(text: str = WORDS) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, style: str = "") -> str:
    return f"<w:p>{f'<w:pPr><w:pStyle w:val={style!r}/></w:pPr>' if style else ''}{''.join(runs)}</w:p>"


def drawing(relation: str, alt: str = "", *, decorative: bool = False, how: str = "embed", name: str = "Picture 1") -> str:
    more = '<a:extLst><a:ext uri="{C183}"><adec:decorative val="1"/></a:ext></a:extLst>' if decorative else ""
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="{alt}">{more}</wp:docPr><a:graphic><a:graphicData><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="1" name="{name}"/></pic:nvPicPr><pic:blipFill><a:blip r:{how}="{relation}"/></pic:blipFill>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def docx(folder: Path, body: str, parts: dict[str, bytes], targets: dict[str, str] | None = None, name: str = "chad.docx") -> Path:
    """A Word file; ``parts`` are its images, whose relations are r1, r2, …, and ``targets`` are other relations."""
    relations = {f"r{number}": name.removeprefix("word/") for number, name in enumerate(parts, 1)} | (targets or {})
    lines = "".join(
        f'<Relationship Id="{key}" Type="{RELATION}/image" Target="{target}"{" TargetMode=" + repr("External") if ":" in target else ""}/>'
        for key, target in relations.items()
    )
    head = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    file = folder / name
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr(
            "_rels/.rels", f'{head}<Relationship Id="d" Type="{RELATION}/officeDocument" Target="word/document.xml"/></Relationships>'
        )
        out.writestr("word/_rels/document.xml.rels", f"{head}{lines}</Relationships>")
        out.writestr("word/document.xml", f"<w:document {NAMES}><w:body>{body}</w:body></w:document>")
        out.writestr("word/styles.xml", STYLES)
        for part, data in parts.items():
            out.writestr(part, data)
    return file


class Import:
    """An import by the command, and what it left."""

    def __init__(self, run, file: Path, *options: str) -> None:
        self.result = run("import", file, "--layout", "clearing-the-mines", "-o", "profiles/chad.yaml", *options)
        self.report = self.result.stdout
        self.source = Path("profiles/chad.yaml")
        self.text = self.source.read_text() if self.source.exists() else ""
        self.images = sorted(file.name for file in Path("profiles/images").iterdir()) if Path("profiles/images").is_dir() else []

    def line(self, words: str) -> str:
        """The line of the report that has these words."""
        (line,) = [line.strip() for line in self.report.splitlines() if words in line]
        return line


@pytest.fixture
def imports(workspace, run):
    return lambda file, *options: Import(run, file, *options)


def heading(title: str = "Contamination") -> str:
    return paragraph(words(title), style="Heading1")


class TestAWordFile:
    def test_an_image_is_saved_beside_the_source_and_stands_at_its_place(self, workspace, imports):
        body = heading() + paragraph(words()) + paragraph(drawing("r1", "Map of the strips")) + paragraph(words("It goes on."))
        done = imports(docx(workspace.root, body, {"word/media/image1.png": png()}))
        assert f"{WORDS}\n\n      ![Map of the strips](images/chad-1.png)\n\n      It goes on." in done.text
        assert Path("profiles/images/chad-1.png").read_bytes() == png()
        assert done.line("chad-1.png") == "paragraph 3: chad-1.png (PNG, 40 by 30 pixels, 1 kB)"

    def test_what_is_written_is_accepted_and_the_picture_is_on_the_page(self, workspace, run, imports):
        body = heading() + paragraph(words()) + paragraph(drawing("r1", "Map of the strips"))
        imports(docx(workspace.root, body, {"word/media/image1.jpeg": png(kind="JPEG")}))
        assert said_in(run("check", "profiles/chad.yaml").stderr) == []
        assert run("build", "profiles/chad.yaml", "-o", "out").exit_code == 0
        data = Path("out/chad.pdf").read_bytes()
        assert b"/Subtype /Image" in data or b"/Subtype/Image" in data
        assert "strips" in read_pdf(data)[0].text

    def test_an_image_without_words_is_wanted_with_the_line_on_which_check_reports_it(self, workspace, run, imports):
        body = heading() + paragraph(words()) + paragraph(drawing("r1"))
        done = imports(docx(workspace.root, body, {"word/media/image1.png": png()}))
        number = 1 + next(at for at, line in enumerate(done.text.splitlines()) if "![](images/chad-1.png)" in line)
        assert f"on line {number} of the source" in done.line("words for those who cannot see")
        (one,) = said_in(run("check", "profiles/chad.yaml").stderr)
        assert (one.code, one.line) == ("T006", number)

    def test_one_that_only_decorates_is_marked_so(self, workspace, run, imports):
        body = heading() + paragraph(words()) + paragraph(drawing("r1", decorative=True))
        done = imports(docx(workspace.root, body, {"word/media/image1.png": png()}))
        assert "![](images/chad-1.png){.decorative}" in done.text
        assert run("check", "profiles/chad.yaml").exit_code == 0

    def test_the_same_image_twice_is_saved_once(self, workspace, imports):
        parts = {"word/media/image1.png": png(), "word/media/image2.png": png(), "word/media/image3.png": png("blue")}
        body = heading() + "".join(paragraph(drawing(f"r{n}", f"Map {n}")) for n in (1, 2, 3))
        done = imports(docx(workspace.root, body, parts))
        assert done.images == ["chad-1.png", "chad-2.png"]
        assert "![Map 1](images/chad-1.png)\n\n      ![Map 2](images/chad-1.png)\n\n      ![Map 3](images/chad-2.png)" in done.text

    def test_its_own_name_is_kept_where_it_is_one(self, workspace, imports):
        body = heading() + paragraph(drawing("r1", "A", name="Grenze Süd (2).tif")) + paragraph(drawing("r2", "B", name="IMG_2031.png"))
        done = imports(docx(workspace.root, body, {"word/media/image1.png": png(), "word/media/image2.gif": png("blue", kind="GIF")}))
        assert done.images == ["chad-1.gif", "grenze-sud-2.png"]

    def test_an_image_among_words_stands_behind_them(self, workspace, imports):
        body = heading() + paragraph(words("One two three. "), drawing("r1", "Map"), words("Four five."))
        done = imports(docx(workspace.root, body, {"word/media/image1.png": png()}))
        assert "One two three. Four five.\n\n      ![Map](images/chad-1.png)" in done.text
        assert "paragraph 2: an image stood in a paragraph of words" in done.report

    def test_one_in_a_heading_stands_below_it(self, workspace, imports):
        body = paragraph(words("Survey"), drawing("r1", "Map"), style="Heading1") + paragraph(words())
        done = imports(docx(workspace.root, body, {"word/media/image1.png": png()}))
        assert done.text.index("title: Survey") < done.text.index("![Map](images/chad-1.png)") < done.text.index("Mines lie")

    def test_in_a_table_it_is_reported_with_its_place(self, workspace, imports):
        cells = [[words("Area"), words("Map")], [words("North"), drawing("r1", "Map")]]
        rows = "".join(f"<w:tr>{''.join(f'<w:tc>{paragraph(cell)}</w:tc>' for cell in row)}</w:tr>" for row in cells)
        table = f"<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>{rows}</w:tbl>"
        done = imports(docx(workspace.root, heading() + table + paragraph(words()), {"word/media/image1.png": png()}))
        assert done.line("not imported").startswith(
            "paragraph 5: an image is not imported (image1.png), which says: “Map”: it stands in a table;"
        )
        assert done.images == []

    def test_a_table_that_holds_images_alone_was_but_a_frame(self, workspace, imports):
        row = "".join(f"<w:tc>{paragraph(drawing(f'r{n}', f'Map {n}'))}</w:tc>" for n in (1, 2))
        table = f"<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid><w:tr>{row}</w:tr></w:tbl>"
        parts = {"word/media/image1.png": png(), "word/media/image2.png": png("blue")}
        done = imports(docx(workspace.root, heading() + table, parts))
        assert "![Map 1](images/chad-1.png)\n\n      ![Map 2](images/chad-2.png)" in done.text

    def test_in_a_note_it_is_reported(self, workspace, imports):
        body = heading() + paragraph(words(), '<w:r><w:footnoteReference w:id="2"/></w:r>')
        note = (
            f'<w:footnotes {NAMES}><w:footnote w:id="2">{paragraph(words("A source. "), drawing("r1", "Map"))}</w:footnote></w:footnotes>'
        )
        file = docx(workspace.root, body, {"word/media/image1.png": png(), "word/footnotes.xml": note.encode()})
        relations = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{RELATION}/image" Target="media/image1.png"/></Relationships>'
        with zipfile.ZipFile(file, "a") as out:
            out.writestr("word/_rels/footnotes.xml.rels", relations)
        done = imports(file)
        assert "it stands in a note" in done.line("not imported")
        assert ": A source." in done.text

    def test_drawings_for_older_programs_and_beside_boxes_of_text_are_found_once(self, workspace, imports):
        old = '<w:pict><v:shape alt="Old map"><v:imagedata r:id="r2"/></v:shape></w:pict>'
        new = drawing("r1", "New map").removeprefix("<w:r>").removesuffix("</w:r>")
        both = f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>'
        box = new.replace("</wp:inline>", f"<w:txbxContent>{paragraph(words('Words in a box.'))}</w:txbxContent></wp:inline>")
        body = heading() + paragraph(both) + paragraph(f"<w:r>{old}</w:r>") + paragraph(words(), f"<w:r>{box}</w:r>")
        done = imports(docx(workspace.root, body, {"word/media/image1.png": png(), "word/media/image2.png": png("blue")}))
        found = [line.strip() for line in done.text.splitlines() if "![" in line]
        assert found == ["![New map](images/chad-1.png)", "![Old map](images/chad-2.png)", "![New map](images/chad-1.png)"]
        assert "Words in a box." in done.text

    @pytest.mark.parametrize(
        ("target", "why"),
        [
            ("https://example.org/x.png", "it is on the web (example.org), from where nothing is fetched"),
            ("file:///C:/Users/x/map.png", "it is not in the file"),
            ("../../../../etc/passwd", "it is not in the file"),
            ("/etc/passwd", "it is not in the file"),
            ("media/none.png", "it is not in the file"),
            ("media/\u202e\u00a0?.png", "it is not in the file"),
        ],
    )
    def test_what_is_not_in_the_file_is_reported(self, workspace, imports, target, why):
        body = heading() + paragraph(words()) + paragraph(drawing("x", "Map", how="link" if ":" in target else "embed"))
        done = imports(docx(workspace.root, body, {}, {"x": target}))
        assert why in done.line("not imported")
        assert (done.images, "![" in done.text, done.result.exit_code) == ([], False, 0)

    @pytest.mark.parametrize(
        ("data", "why"),
        [
            (b"", "it has 0 bytes"),
            (b"words", "it is no image, by what it holds"),
            (
                b"\x01\x00\x00\x00" + bytes(36) + b" EMF" + bytes(40),
                "it is a drawing of Windows (EMF), which cannot be printed; open it in",
            ),
            (b"\xd7\xcd\xc6\x9a" + bytes(40), "it is a drawing of Windows (WMF), which cannot be printed"),
            (b"II*\x00" + bytes(40), "it is a TIFF, which cannot be printed"),
            (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "it is a WebP, which cannot be printed"),
            (png()[:60], "it is damaged"),
            (png(size=(20_000, 20_000))[:200], "it has 20,000 by 20,000 pixels, more than any page can show"),
            (b'<svg xmlns="http://www.w3.org/2000/svg"><g></svg>', "it is damaged"),
            (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>', "it is an SVG with more in it than can be printed"),
        ],
    )
    def test_what_cannot_be_printed_is_reported_with_what_to_do(self, workspace, imports, data, why):
        body = heading() + paragraph(words()) + paragraph(drawing("r1", "Map"))
        done = imports(docx(workspace.root, body, {"word/media/image1.png": data}))
        assert why in done.line("not imported")
        assert (done.images, "![" in done.text) == ([], False)

    def test_a_wrong_ending_is_put_right(self, workspace, imports):
        body = heading() + paragraph(drawing("r1", "Map"))
        assert imports(docx(workspace.root, body, {"word/media/image1.emf": png()})).images == ["chad-1.png"]

    def test_an_svg_is_kept(self, workspace, run, imports):
        svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><rect width="20" height="20"/></svg>'
        body = heading() + paragraph(words()) + paragraph(drawing("r1", "A square"))
        assert imports(docx(workspace.root, body, {"word/media/image1.svg": svg})).images == ["chad-1.svg"]
        assert run("build", "profiles/chad.yaml", "-o", "out").exit_code == 0

    def test_a_bomb_is_not_unfolded(self, workspace, imports, monkeypatch):
        monkeypatch.setattr("monitorpub.importing.media.MAX_IMAGE", 1_000_000)
        body = heading() + paragraph(words()) + paragraph(drawing("r1", "Map"))
        done = imports(docx(workspace.root, body, {"word/media/image1.png": png()[:40] + bytes(1_000_001)}))
        assert "it has more than 1 MB" in done.line("not imported")

    def test_all_images_together_have_a_limit(self, workspace, imports, monkeypatch):
        monkeypatch.setattr(pictures, "MAX_ALL_PIXELS", 40 * 30)
        body = heading() + paragraph(drawing("r1", "A")) + paragraph(drawing("r2", "B"))
        done = imports(docx(workspace.root, body, {"word/media/image1.png": png(), "word/media/image2.png": png("blue")}))
        assert done.images == ["chad-1.png"]
        assert "all images together" in done.line("not imported")

    def test_tracked_changes_put_images_in_and_take_them_away(self, workspace, imports):
        put_in = f'<w:ins w:id="1" w:author="Ann" w:date="2024-05-01T10:00:00Z">{drawing("r1", "New")}</w:ins>'
        taken = f'<w:del w:id="2" w:author="Ann" w:date="2024-05-01T10:00:00Z">{drawing("r2", "Old")}</w:del>'
        body = heading() + paragraph(words(), put_in, taken)
        file = docx(workspace.root, body, {"word/media/image1.png": png(), "word/media/image2.png": png("blue")})
        done = imports(file, "--accept-changes")
        assert ("![New]" in done.text, "![Old]" in done.text, "not imported" in done.report) == (True, False, False)
        assert "Ann had put in “(an image)”" in done.report
        done = imports(file, "--reject-changes", "--force")
        assert ("![New]" in done.text, "![Old]" in done.text, "not imported" in done.report) == (False, True, False)

    def test_signs_in_the_words_stay_signs(self, workspace, run, imports):
        alt = "Map [of] *the* {page} strips_a | 5 &lt; 6 &amp;amp; \\x ^2"
        body = heading() + paragraph(words()) + paragraph(drawing("r1", alt))
        imports(docx(workspace.root, body, {"word/media/image1.png": png()}))
        assert run("check", "profiles/chad.yaml").exit_code == 0
        assert run("build", "profiles/chad.yaml", "-o", "out").exit_code == 0
        assert "Map [of] *the* {page} strips_a | 5 < 6 &amp; \\x ^2" in run("verify", "out/chad.pdf", "--accessible").stdout

    def test_words_of_a_program_are_said(self, workspace, imports):
        body = heading() + paragraph(drawing("r1", "A map of a city&#10;&#10;Description automatically generated with low confidence"))
        done = imports(docx(workspace.root, body, {"word/media/image1.png": png()}))
        assert "![A map of a city](images/chad-1.png)" in done.text
        assert "were made by a program: “A map of a city”" in done.report


class TestWriting:
    @pytest.fixture
    def file(self, workspace):
        body = heading() + paragraph(words()) + paragraph(drawing("r1", "Map"))
        return docx(workspace.root, body, {"word/media/image1.png": png()})

    def test_a_dry_run_says_what_would_be_saved(self, imports, file):
        done = imports(file, "--dry-run")
        assert done.line("chad-1.png") == "paragraph 3: chad-1.png (PNG, 40 by 30 pixels, 1 kB)"
        assert list(Path("profiles").iterdir()) == []

    def test_force_writes_over_the_images_that_the_source_has_itself(self, workspace, imports, file):
        imports(file)
        workspace.write(png("blue"), "profiles/images/chad-1.png")
        before = Path("profiles/chad.yaml").read_text()
        done = imports(file)
        assert ([one.code for one in said_in(done.result.stderr)], done.text) == (["I007"], before)
        assert (done.images, Path("profiles/images/chad-1.png").read_bytes()) == (["chad-1.png"], png("blue"))
        done = imports(file, "--force")
        assert (done.result.exit_code, Path("profiles/images/chad-1.png").read_bytes()) == (0, png())
        assert done.images == ["chad-1.png"]

    @pytest.mark.parametrize("before", [None, "# See images/chad-10.png and maps/images/chad-1.png\n"])
    def test_an_image_of_another_source_stays_though_its_name_is_as_if_made(self, workspace, imports, file, before):
        workspace.write(png("blue"), "profiles/images/chad-1.png")
        Path("profiles/images/chad-2.png").symlink_to("nowhere.png")
        if before is not None:
            workspace.write(before, "profiles/chad.yaml")
        done = imports(file, "--force")
        assert Path("profiles/images/chad-1.png").read_bytes() == png("blue")
        assert Path("profiles/images/chad-2.png").is_symlink()
        assert "![Map](images/chad-3.png)" in done.text
        assert Path("profiles/images/chad-3.png").read_bytes() == png()

    def test_the_same_image_may_be_there_already(self, workspace, imports, file):
        workspace.write(png(), "profiles/images/chad-1.png")
        assert imports(file).result.exit_code == 0

    def test_a_name_that_another_source_may_mean_is_never_written_over(self, workspace, imports):
        workspace.write(png("blue"), "profiles/images/border.png")
        file = docx(workspace.root, heading() + paragraph(drawing("r1", "Map", name="border.png")), {"word/media/image1.png": png()})
        assert imports(file, "--force").images == ["border.png", "chad-1.png"]
        assert Path("profiles/images/border.png").read_bytes() == png("blue")

    @pytest.mark.parametrize("force", [(), ("--force",)])
    def test_where_the_source_cannot_be_written_all_is_as_before(self, workspace, imports, file, force, monkeypatch):
        if force:
            workspace.write(png("blue"), "profiles/images/chad-1.png")
            workspace.write("# ![Map](images/chad-1.png)\n", "profiles/chad.yaml")
        real = os.link, os.replace

        def full(how, source, target):
            if Path(target).suffix == ".yaml":
                raise OSError(28, "No space left on device")
            return real[how](source, target)

        monkeypatch.setattr("os.link", lambda a, b: full(0, a, b))
        monkeypatch.setattr("os.replace", lambda a, b: full(1, a, b))
        done = imports(file, *force)
        assert [one.code for one in said_in(done.result.stderr)] == ["F006"]
        left = {str(one): one.read_bytes() for one in Path("profiles").rglob("*") if one.is_file()}
        was = {"profiles/images/chad-1.png": png("blue"), "profiles/chad.yaml": b"# ![Map](images/chad-1.png)\n"}
        assert left == (was if force else {})
        assert Path("profiles/images").exists() == bool(force)

    def test_a_file_in_place_of_the_folder(self, workspace, imports, file):
        workspace.write("words", "profiles/images")
        done = imports(file)
        assert [one.code for one in said_in(done.result.stderr)] == ["F006"]
        assert done.text == ""


class TestOtherFiles:
    def test_a_page_with_images_beside_it_and_in_it(self, workspace, run, imports):
        data = base64.b64encode(png("green")).decode()
        workspace.write(png(), "pages/page_files/Border Map.png")
        workspace.write(png("grey"), "pages/page_files/line.png")
        workspace.write("secret", "secret.png")
        page = (
            "<html><title>Chad</title><body><h1>Chad</h1><h2>Contamination</h2>"
            f"<p>{WORDS}</p>\n<figure><img src='page_files/Border%20Map.png?v=2' alt='The border'><figcaption>As of 2024</figcaption></figure>"
            f"\n<p><img alt='Held' src='data:image/png;base64,{data}'></p>\n<p><img src='page_files/line.png' alt=''></p>"
            "\n<p><img src='https://example.org/a.png' alt='Far'></p>\n<p><img src='../secret.png' alt='Out'></p>\n<p><img src='/etc/passwd'></p>"
            "\n<p><img src='data:image/png;base64,$$' alt='Broken'></p></body></html>"
        )
        workspace.write(page, "pages/chad.html")
        done = imports(Path("pages/chad.html"))
        assert done.images == ["border-map.png", "chad-1.png", "line.png"]
        for one in (
            "![The border](images/border-map.png)\n\n",
            "As of 2024",
            "![Held](images/chad-1.png)",
            "![](images/line.png){.decorative}",
        ):
            assert one in done.text
        assert done.line("(a.png)").startswith(
            "line 5: an image is not imported (a.png), which says: “Far”: it is on the web (example.org)"
        )
        assert "outside the folder of the document" in done.line("(secret.png)")
        assert "outside the folder of the document" in done.line("(passwd)")
        assert "it is damaged" in done.line("Broken")
        assert run("check", "profiles/chad.yaml").exit_code == 0

    def test_markdown(self, workspace, imports):
        held = f"data:image/gif;base64,{base64.b64encode(png('green', kind='GIF')).decode()}"
        workspace.write(png(), "maps/north.png")
        workspace.write(png("blue"), "maps/süd.jpg")
        workspace.write(png("grey"), "line.png")
        text = (
            f"# Chad\n\n## Contamination\n\n{WORDS}\n\n![The north](maps/north.png)\n\n![](maps/s%C3%BCd.jpg)\n\n![x](line.png){{.decorative}}\n\n"
            f'![Held]({held})\n\nSee <img src="maps/north.png" alt="Again"> here.\n\n- one\n- ![In a list](maps/north.png)\n'
        )
        workspace.write(text, "chad.md")
        done = imports(Path("chad.md"))
        assert done.images == ["chad-1.gif", "line.png", "north.png", "sud.png"]
        for one in (
            "![The north](images/north.png)",
            "![](images/sud.png)",
            "![](images/line.png){.decorative}",
            "![Held](images/chad-1.gif)",
        ):
            assert one in done.text
        assert "See here.\n\n      ![Again](images/north.png)" in done.text
        assert "- ![In a list](images/north.png)" in done.text
        assert done.line("by what it holds") == "line 9: süd.jpg is a PNG by what it holds, and is saved as one"

    def test_links_out_of_the_folder_are_not_followed(self, tmp_path):
        (tmp_path / "secret.png").write_bytes(png())
        (tmp_path / "in").mkdir()
        (tmp_path / "in" / "link.png").symlink_to(tmp_path / "secret.png")
        fetch = beside(tmp_path / "in" / "a.md")
        for address in ("link.png", "../secret.png", str(tmp_path / "secret.png"), "x/../../secret.png", "..\\secret.png", "C:\\a.png"):
            with pytest.raises(NoImage, match="outside"):
                fetch(address)
        for address in ("", ".", "none.png", "a\0b.png", "x" * 5000):
            with pytest.raises(NoImage, match="no such file"):
                fetch(address)

    def test_an_open_document(self, workspace, imports):
        names = {
            "office": "office:1.0",
            "text": "text:1.0",
            "draw": "drawing:1.0",
            "svg": "svg-compatible:1.0",
            "style": "style:1.0",
        }
        spaces = " ".join(f'xmlns:{key}="urn:oasis:names:tc:opendocument:xmlns:{value}"' for key, value in names.items())
        spaces += (
            ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
        )

        def frame(part: str, said: str = "", style: str = "a") -> str:
            return f'<draw:frame draw:style-name="{style}"><draw:image xlink:href="{part}"/>{said}</draw:frame>'

        captioned = f"<draw:frame><draw:text-box><text:p>{frame('Pictures/2.png', '<svg:desc>Fence</svg:desc>')}Figure 1: A fence</text:p></draw:text-box></draw:frame>"
        content = (
            f'<office:document-content {spaces}><office:automatic-styles><style:style style:name="d" style:family="graphic">'
            '<style:graphic-properties loext:decorative="true"/></style:style></office:automatic-styles><office:body><office:text>'
            f'<text:h text:outline-level="1">Survey</text:h><text:p>{WORDS}{captioned}</text:p>'
            f"<text:p>{frame('Pictures/1.png', '<svg:title>T</svg:title><svg:desc>Map of the North</svg:desc>')}</text:p>"
            f"<text:p>{frame('Pictures/3.png', style='d')}</text:p><text:p>{frame('../../x.png', '<svg:desc>Gone</svg:desc>')}</text:p>"
            "</office:text></office:body></office:document-content>"
        )
        file = workspace.root / "chad.odt"
        with zipfile.ZipFile(file, "w") as out:
            out.writestr("mimetype", "application/vnd.oasis.opendocument.text")
            out.writestr("META-INF/manifest.xml", "<manifest/>")
            out.writestr("styles.xml", f"<office:document-styles {spaces}><office:styles/></office:document-styles>")
            out.writestr("content.xml", content)
            for number, colour in enumerate(("red", "green", "blue"), 1):
                out.writestr(f"Pictures/{number}.png", png(colour))
        done = imports(file)
        found = [line.strip() for line in done.text.splitlines() if line.strip().startswith(("![", "Figure"))]
        assert found == [
            "![Fence](images/chad-1.png)",
            "Figure 1: A fence",
            "![Map of the North](images/chad-2.png)",
            "![](images/chad-3.png){.decorative}",
        ]
        assert "which says: “Gone”: it is not in the file" in done.line("not imported")

    def test_an_rtf_file(self, workspace, imports):
        shape = b"{\\*\\picprop{\\sp{\\sn wzDescription}{\\sv Map of the strips}}}"
        picture = b"{\\pict" + shape + b"\\picw40\\pich30\\pngblip\n" + png().hex().encode() + b"}"
        plain = b"{\\pict\\jpegblip " + png("blue", kind="JPEG").hex().encode() + b"}"
        drawn = b"{\\pict\\emfblip 01000000}"
        rtf = (
            b"{\\rtf1\\ansi "
            + WORDS.encode()
            + b"\\par {\\*\\shppict"
            + picture
            + b"}{\\nonshppict{\\pict\\wmetafile8 0100}}\\par "
            + plain
            + b"\\par "
            + drawn
            + b"\\par}"
        )
        (workspace.root / "chad.rtf").write_bytes(rtf)
        done = imports(Path("chad.rtf"))
        assert done.images == ["chad-1.png", "chad-2.jpg"]
        assert "![Map of the strips](images/chad-1.png)\n" in done.text
        assert "![](images/chad-2.jpg)\n" in done.text
        assert "paragraph 4: an image is not imported (picture-3.emf)" in done.line("not imported")

    def test_a_large_rtf_file_is_read_without_its_images(self, workspace, imports, monkeypatch):
        monkeypatch.setattr("monitorpub.importing.pandoc.word.MAX_RTF", 2000)
        picture = png(size=(900, 900)).hex().encode()
        (workspace.root / "chad.rtf").write_bytes(rb"{\rtf1 " + WORDS.encode() + rb"\par {\pict\pngblip " + picture + rb"}\par}")
        assert imports(Path("chad.rtf")).images == ["chad-1.png"]
        (workspace.root / "chad.rtf").write_bytes(rb"{\rtf1 " + WORDS.encode() * 30 + rb"\par}")
        assert [one.code for one in said_in(imports(Path("chad.rtf"), "--force").result.stderr)] == ["F003"]

    def test_an_image_that_never_ends_is_an_error_and_takes_no_words_with_it(self, workspace, imports):
        (workspace.root / "chad.rtf").write_bytes(rb"{\rtf1 One.\par {\pict\pngblip\bin999999 xx}\par Two.\par}")
        assert [one.code for one in said_in(imports(Path("chad.rtf")).result.stderr)] == ["I012"]

    def test_what_counts_readers_is_no_image(self, workspace, imports):
        workspace.write(png(size=(1, 1)), "counter.png")
        workspace.write(f"# Chad\n\n## Survey\n\n{WORDS}\n\n![](counter.png)\n", "chad.md")
        done = imports(Path("chad.md"))
        assert done.images == []
        assert "an image of 1 by 1 pixels (counter.png), which shows nothing" in done.report
