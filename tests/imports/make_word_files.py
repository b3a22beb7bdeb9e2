"""Makes forty-notes.docx and reviewed.docx with LibreOffice (Debian: libreoffice-writer-nogui), from words of our own.

Run it here: ``python tests/imports/make_word_files.py``.  The files are committed, so that tests need no LibreOffice.
"""

from __future__ import annotations

import base64
import struct
import subprocess
import tempfile
import zlib
from pathlib import Path

HERE = Path(__file__).parent

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 office:mimetype="application/vnd.oasis.opendocument.text" office:version="1.3">
<office:styles>
<style:style style:name="Quotations" style:family="paragraph"/>
</office:styles>
<office:automatic-styles>
<style:style style:name="I" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>
<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="Up" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>
<style:page-layout style:name="Page"><style:footer-style/></style:page-layout>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="Page">
<style:footer><text:p>Draft of the northern desk</text:p></style:footer></style:master-page></office:master-styles>
<office:body><office:text>"""
FOOT = "</office:text></office:body></office:document>"

PLACES = ("the ridge", "the ford", "the orchard", "the old mill", "the quarry", "the tea road", "the salt pans", "the bridge at Aldmoor")
SECTIONS = ("Contamination", "Survey", "Clearance", "Marking and fencing", "Outlook")


def note(number: int) -> str:
    """A footnote with a title in italics, and a link in every fourth."""
    link = (
        f', <text:a xlink:href="https://example.org/n_{number}?a=1&amp;b=2">https://example.org/n_{number}?a=1&amp;b=2</text:a>'
        if not number % 4
        else ""
    )
    body = f'Northern desk, <text:span text:style-name="I">Survey paper {number}</text:span>, {number % 28 + 1} May 2024, p. {number + 100}{link}.'
    second = f"</text:p><text:p>It was confirmed on site, visit {number}." if number == 17 else ""
    return (
        f'<text:note text:note-class="footnote"><text:note-citation>{number}</text:note-citation>'
        f"<text:note-body><text:p>{body}{second}</text:p></text:note-body></text:note>"
    )


def table(rows: list[list[str]], head: bool) -> str:
    """A table; with a head, its first row is one."""
    made = [
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row)
        + "</table:table-row>"
        for row in rows
    ]
    if head:
        made[0] = f"<table:table-header-rows>{made[0]}</table:table-header-rows>"
    return f'<table:table><table:table-column table:number-columns-repeated="{len(rows[0])}"/>{"".join(made)}</table:table>'


def forty_notes() -> str:
    """A profile in five sections with forty footnotes: in paragraphs, in a list, in tables, two in a row."""
    out = ['<text:p text:style-name="Title">Aldmoor</text:p>']
    number = 0

    def call() -> str:
        nonlocal number
        number += 1
        return note(number)

    for index, title in enumerate(SECTIONS, 1):
        out.append(f'<text:h text:outline-level="1">{title}</text:h>')
        for turn in range(3):
            place = PLACES[(index * 3 + turn) % len(PLACES)]
            out.append(
                f"<text:p>In area {index}.{turn + 1}, at {place}, teams found mines in a strip of {index * 4 + turn} km"
                f'<text:span text:style-name="Up">2</text:span>.{call()} The authority called it '
                f'<text:span text:style-name="B">urgent</text:span>; work began in spring{call()} and goes on.</text:p>'
            )
        if index == 2:
            rows = [["Output", "2024", "2023"], ["Area surveyed", f"12.5{call()}", "9"], ["Areas cancelled", "3", "1,200"]]
            out.append(table(rows, head=True))
        elif index == 3:
            rows = [["Deadline", f"1 March 2027{call()}"], ["Authority", "Aldmoor Mine Action Centre"], ["Operators", f"Two{call()}"]]
            out.append(table(rows, head=False))
        elif index == 4:
            items = [f"<text:list-item><text:p>Fence {place}.{call()}</text:p></text:list-item>" for place in PLACES[:4]]
            out.append('<text:h text:outline-level="2">To be done</text:h><text:list>' + "".join(items) + "</text:list>")
        elif index == 5:
            out.append(f'<text:p text:style-name="Quotations">We want the ridge back.{call()}</text:p>')
            out.append(f"<text:p>Both ministries agree.{call()}{call()}</text:p>")
    assert number == 40, number
    return HEAD + "".join(out) + FOOT


def picture() -> str:
    """A picture of one grey point (PNG) in base 64."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    data = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(b"\0\x80")) + chunk(b"IEND", b"")
    return base64.b64encode(b"\x89PNG\r\n\x1a\n" + data).decode()


def reviewed() -> str:
    """A text with tracked changes, a comment, a footnote, an endnote, a picture, a text box, and a foot of pages."""
    return f"""{HEAD}
<text:tracked-changes>
<text:changed-region xml:id="c1" text:id="c1"><text:insertion><office:change-info><dc:creator>Ann Reviewer</dc:creator><dc:date>2024-05-01T10:00:00</dc:date></office:change-info></text:insertion></text:changed-region>
<text:changed-region xml:id="c2" text:id="c2"><text:deletion><office:change-info><dc:creator>Ben Reader</dc:creator><dc:date>2024-05-02T10:00:00</dc:date></office:change-info><text:p>abandoned </text:p></text:deletion></text:changed-region>
</text:tracked-changes>
<text:p text:style-name="Title">Aldmoor</text:p>
<text:h text:outline-level="1">Contamination</text:h>
<text:p>Mines lie in <text:change-start text:change-id="c1"/>two <text:change-end text:change-id="c1"/><text:change text:change-id="c2"/>strips.\
<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>Foot of the page.</text:p></text:note-body></text:note> \
They are marked<office:annotation><dc:creator>Carla Editor</dc:creator><dc:date>2024-05-03T10:00:00</dc:date><text:p>Since when?</text:p></office:annotation>.\
<text:note text:note-class="endnote"><text:note-citation>i</text:note-citation><text:note-body><text:p>End of the text.</text:p></text:note-body></text:note></text:p>
<text:p><draw:frame draw:name="Map" text:anchor-type="as-char" svg:width="2cm" svg:height="2cm"><draw:image><office:binary-data>{picture()}</office:binary-data></draw:image><svg:desc>Map of the strips</svg:desc></draw:frame></text:p>
<text:p>Words beside a box.<draw:frame draw:name="Box" text:anchor-type="paragraph" svg:width="5cm" svg:height="2cm"><draw:text-box><text:p>Words in a box.</text:p></draw:text-box></draw:frame></text:p>
{FOOT}"""


def main() -> None:
    """Write both files."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in (("forty-notes", forty_notes()), ("reviewed", reviewed())):
            source = Path(folder) / f"{name}.fodt"
            source.write_text(text, encoding="utf-8")
            profile = f"-env:UserInstallation=file://{folder}/office"
            subprocess.run(["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", str(HERE), str(source)], check=True)


if __name__ == "__main__":
    main()
