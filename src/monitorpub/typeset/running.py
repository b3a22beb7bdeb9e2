"""The specimen of running feet and folios: what the styles make of them, taken apart so that the binder can print any folio with it."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from monitorpub.bind.stamps import FOLIO_SIGNS, Feet, FolioForm
from monitorpub.typeset.capture import draw
from monitorpub.typeset.engine import lay_out
from monitorpub.typeset.fetch import Fetcher
from monitorpub.typeset.part import FeetJob, Job
from monitorpub.typeset.sheets import materials
from monitorpub.workspace import Workspace

SIDES = ("recto", "verso")
_PLACE = re.compile(r"^(?P<left>[^\n]*? )(?P<x>-?[\d.]+)(?P<rest> -?[\d.]+ Tm\n)", re.M)
_SHOWN = re.compile(r"\[<(?P<glyph>[0-9a-f]{4})>[^\]]*\] TJ")
_MARK = re.compile(r"/Artifact\n<<[^\n]*>>\nBDC\n|EMC\n|^/a1(?:\.0)? gs\n", re.M)


def specimen(job: FeetJob) -> Feet:
    """The feet of a job.  Raises ValueError where the styles print something in them that is not words in a line."""
    pages = [(side, job.feet[side], "") for side in SIDES] + [(side, "", sign) for side in SIDES for sign in FOLIO_SIGNS]
    sections = "".join(f'<section class="{s}" data-foot="{escape(foot)}" data-folio="{sign}"></section>' for s, foot, sign in pages)
    html = f'<html lang="{escape(job.language)}"><title>.</title>{_margins(job)}<body>{sections}</body></html>'
    fetcher = Fetcher(Workspace(job.workspace))
    with materials(job.styles, fetcher) as (styles, fonts):
        document = lay_out(Job("feet", html, job.styles, job.workspace), fetcher, styles, fonts)
        shown = [page for page in document.pages if not page._page_box.page_type.blank]
        pdf, kept = draw(document.copy(shown))
    if len(shown) < len(pages):
        raise ValueError("the styles leave no page for them")
    contents = [_content(pdf, reference) for reference in pdf.page_references]
    feet = {side: contents[index] for index, side in enumerate(SIDES)}
    faces = kept.faces(fetcher.fonts)
    widths = {face.name: face.widths for face in faces}
    glyphs: dict[str, tuple[str, float]] = {}
    forms: dict[str, FolioForm] = {}
    for index, side in enumerate(SIDES):
        start = len(SIDES) + index * len(FOLIO_SIGNS)
        places: dict[str, float] = {}
        for sign, content in zip(FOLIO_SIGNS, contents[start : start + len(FOLIO_SIGNS)], strict=True):
            place, glyph, font = _PLACE.search(content), _SHOWN.search(content), re.search(r"/(\w+) ([\d.]+) Tf", content)
            if place is None or glyph is None or font is None:
                raise ValueError(f"the styles print no folio on {side} pages")
            places[sign] = float(place["x"])
            glyphs[sign] = (glyph["glyph"], widths[font[1]][int(glyph["glyph"], 16)] * float(font[2]) / 1000)
        forms[side] = _form(contents[start], places, glyphs)
    return Feet(feet, forms, glyphs, faces)


def _margins(job: FeetJob) -> str:
    """The margins of the pages that the feet are for, over those of the styles: a layout may have margins of its own."""
    if job.edges is None:
        return ""
    inner, outer = job.edges
    sides = (("right", inner, outer), ("left", outer, inner))
    rules = (f"@page :{side} {{ margin-left: {left}px !important; margin-right: {right}px !important }}" for side, left, right in sides)
    return f"<style>{' '.join(rules)}</style>"


def _content(pdf: Any, reference: bytes) -> str:
    page = pdf.objects[int(reference.split()[0])]
    stream = pdf.objects[int(page["Contents"].split()[0])]
    lines = b"\n".join(item if isinstance(item, bytes) else _bytes(item) for item in stream.stream)
    return _without_nesting(_MARK.sub("", lines.decode("latin-1") + "\n").strip("\n"))


def _without_nesting(content: str) -> str:
    """The content without saving and restoring where it is all nested: the stamp does that round it."""
    lines = content.split("\n")
    saved = lines.count("q")
    nested = saved and lines[-saved:] == ["Q"] * saved and "Q" not in lines[:-saved]
    return "\n".join(line for line in lines[:-saved] if line != "q") if nested else content


def _bytes(item: Any) -> bytes:
    data: bytes = item.data if hasattr(item, "data") else str(item).encode("ascii")
    return data


def _form(content: str, places: dict[str, float], glyphs: dict[str, tuple[str, float]]) -> FolioForm:
    """The content of a page with the folio ``0`` taken apart; where narrow and wide signs begin says how it is aligned."""
    narrow, wide = "i", "m"
    grown = glyphs[wide][1] - glyphs[narrow][1]
    shift = round((places[narrow] - places[wide]) / grown * 2) / 2
    place, shown = _PLACE.search(content), _SHOWN.search(content)
    assert place is not None and shown is not None
    return FolioForm(
        before=content[: place.start("x")],
        between=content[place.end("x") : shown.start()] + "[",
        after="] TJ" + content[shown.end() :],
        start=places["0"] + shift * glyphs["0"][1],
        shift=shift,
    )
