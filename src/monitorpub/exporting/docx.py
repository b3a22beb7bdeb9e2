"""The review copy as a Word file: written by pandoc, its property and the numbers of its notes set here."""

from __future__ import annotations

import io
import json
import re
import tempfile
import zipfile
from pathlib import Path

from monitorpub.citations.pandoc import run
from monitorpub.exporting.ast import FIXED, MARK
from monitorpub.exporting.review import SECTION, Review

_LAST = re.compile(r"<w:sectPr(?:\s[^>]*)?(?:/>|>(?:(?!</w:sectPr>).)*</w:sectPr>)(?=\s*</w:body>)", re.DOTALL)
_CONTINUED = SECTION.replace('<w:numStart w:val="{start}"/><w:numRestart w:val="eachSect"/>', "").replace(
    "<w:footnotePr></w:footnotePr>", ""
)
_GREY = re.compile(rf'<w:name w:val="(?:{FIXED}|{MARK})" ?/>(?:\s*<w:(?:basedOn|qFormat|uiPriority)[^>]*/>)*')
_DAY = (1980, 1, 1, 0, 0, 0)


def docx_of(one: Review) -> bytes:
    """The file.  Raises PandocError."""
    with tempfile.TemporaryDirectory(prefix="monitorpub-") as folder:
        file = Path(folder) / "review.docx"
        run(["-f", "json", "-t", "docx", "-o", str(file)], json.dumps(one.document, ensure_ascii=False))
        data = file.read_bytes()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given.namelist():
            part = given.read(name)
            if name == "word/document.xml":
                part = _last_stretch(part.decode("utf-8"), one).encode("utf-8")
            elif name == "word/styles.xml":
                part = _GREY.sub(r"\g<0><w:rPr><w:color w:val='595959'/></w:rPr>", part.decode("utf-8")).encode("utf-8")
            made.writestr(zipfile.ZipInfo(name, _DAY), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _last_stretch(text: str, one: Review) -> str:
    """The document on A4, with the number that the notes of its last stretch begin with."""
    found = _LAST.search(text)
    assert found is not None  # pandoc ends every document with one
    return text[: found.start()] + (SECTION.format(start=one.starts[-1]) if one.starts else _CONTINUED) + text[found.end() :]
