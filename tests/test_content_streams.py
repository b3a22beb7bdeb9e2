"""Content streams are read the quick way as pypdf reads them; what the quick way does not know is left to pypdf."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf.generic import DecodedStreamObject

from monitorpub.verifying import operators, read_bytes
from monitorpub.verifying.operators import Odd, operations, quick
from test_verifying import Foreign, built  # noqa: F401
from tiny_volume import tiny

WANTED = operators.KNOWN | {b"INLINE IMAGE"}


def stream(data: bytes) -> DecodedStreamObject:
    source = DecodedStreamObject()
    source.set_data(data)
    return source


def slowly(data: bytes) -> list:
    """What pypdf reads."""
    found = operators._slow(stream(data), None)
    return [(operator, [operators._plain(one) for one in operands]) for operands, operator in found]


ORDINARY = {
    "text": b"BT /F1 12 Tf 1 0 0 -1 10.5 -.5 Tm (Words) Tj [(a) -20 <0041> 3.5 (b)] TJ ET",
    "strings": rb"BT (a\(b\)\\ \101\7z \n \
go on) Tj (nested (brackets) here) Tj (<>[]{}/%) ' 1 2 (x) "
    + b'" ET',
    "line ends in strings": b"(one\rtwo\r\nthree\nfour) Tj",
    "hexadecimal": b"<48 65 6C\n6c 6F 7> Tj <> Tj",
    "names": b"/Name /Other.name-1 gs /a*b cs /P <</MCID 3 /Lang (en)>> BDC EMC",
    "dictionaries": b"/Artifact <</Type /Pagination/Subtype/Footer /BBox [0 0 1 1] /More <</A 1>>>> BDC EMC",
    "numbers": b"+1 -2 3. .4 -.5 00.60 cm 1 2 3 4 re f* W* n [] 0 d [3 2] 1 d 1 0 0 rg",
    "close together": b"q/F 1 Tf[(a)]TJ(b)Tj<41>Tj/G gs Q",
    "spaces": b"\0q\t1 0 0 1\f0 0\rcm\r\n Q  \n",
    "nothing": b"  \n",
}
ODD = {
    "an image": b"q BI /W 1 /H 1 /BPC 8 /CS /G ID \xff EI Q (after) Tj",
    "a comment": b"q % a comment (with\n1 0 0 1 0 0 cm (x) Tj Q",
    "an escaped name": b"/A#20B gs (x) Tj",
    "a word": b"true 1 g (x) Tj",
    "deep brackets": b"(a (b (c) d) e) Tj",
}


@pytest.mark.parametrize("data", ORDINARY.values(), ids=ORDINARY)
def test_ordinary_streams_are_read_as_pypdf_reads_them(data):
    found = list(quick(data, WANTED))
    expected = slowly(data)
    assert [operator for operator, _ in found] == [operator for operator, _ in expected]
    for (operator, operands), (_, others) in zip(found, expected, strict=True):
        if operator == b"BDC":
            assert operands[0] == others[0]
            assert {key: value for key, value in others[1].items() if isinstance(value, (str, int, float))}.items() >= {
                key: value for key, value in operands[1].items() if key in ("/Type", "/Subtype", "/MCID")
            }.items()
        else:
            assert operands == others, operator


@pytest.mark.parametrize("data", ODD.values(), ids=ODD)
def test_odd_streams_are_left_to_pypdf(data):
    with pytest.raises(Odd):
        list(quick(data, WANTED))
    assert operations(stream(data), None, WANTED) == [one for one in slowly(data) if one[0] in WANTED]


@pytest.mark.parametrize("data", [b"q 1 0 0 1 (never closed", b"[ (a) Tj", b"<zz> Tj", b"1 2 \xff\xfe Tj", b"<</A Tj", b"1--2 w"])
def test_what_is_damaged_is_never_read_the_quick_way(data):
    with pytest.raises(Odd):
        list(quick(data, WANTED))


def test_a_long_damaged_stream_takes_no_time():
    with pytest.raises(Odd):
        list(quick(b"1 0 0 1 0 0 " * 100_000 + b"\xff", WANTED))
    with pytest.raises(Odd):
        list(quick(b"[" + b"(a) 1 <41> " * 50_000, WANTED))


def test_whole_files_are_read_the_same_both_ways(built, tmp_path, monkeypatch):  # noqa: F811
    foreign = Foreign()
    foreign.page(["1", "2,3"], ["1 One", "2. Two", "3 Three"], unit=True)
    foreign.pdf.save(tmp_path / "foreign.pdf")
    files = [*built.values(), tiny().volume.read_bytes(), (tmp_path / "foreign.pdf").read_bytes()]
    first = [shown(data) for data in files]
    assert sum(len(pieces) for pieces in first) > 500

    def refuse(data, wanted):
        raise Odd

    monkeypatch.setattr(operators, "quick", refuse)
    assert [shown(data) for data in files] == first


def shown(data: bytes) -> list:
    """All that the pages of a file show, with its place."""
    document, said = read_bytes(data, Path("read.pdf"))
    assert document is not None, said
    return [
        (page.number, page.drawn, page.empty, p.text, p.signs, p.starts, p.x, p.y, p.end_x, p.size, p.artifact, p.font.name)
        for page in document.pages
        for p in page.pieces
    ]
