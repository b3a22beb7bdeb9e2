"""Step 5, typeset, inside a worker: HTML and CSS become a part.  The only module that runs WeasyPrint.

The machine's fonts are hidden from it: an empty configuration of fontconfig, to which the faces of styles/fonts.css are added.
"""

from __future__ import annotations

import os
import time
import warnings
from collections.abc import Sequence
from typing import Any

from monitorpub.typeset.loading import quickly
from monitorpub.workspace import Workspace, packaged


def hide_machine_fonts() -> None:
    """Point fontconfig to a configuration without any font.  Must run before the engine is imported."""
    os.environ["FONTCONFIG_FILE"] = str(packaged("fonts") / "fonts.conf")


hide_machine_fonts()

with warnings.catch_warnings(), quickly():
    warnings.filterwarnings("ignore", message="No fonts configured")  # that is what hiding them is for
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

from monitorpub.typeset import mends  # noqa: E402
from monitorpub.typeset.audit import audit, spots  # noqa: E402
from monitorpub.typeset.audit_words import lost_words  # noqa: E402
from monitorpub.typeset.capture import capture  # noqa: E402
from monitorpub.typeset.fetch import Fetcher  # noqa: E402
from monitorpub.typeset.log import Log  # noqa: E402
from monitorpub.typeset.part import Heading, Job, Part, Spot  # noqa: E402
from monitorpub.typeset.runs import SHELL, join  # noqa: E402
from monitorpub.typeset.sheets import materials  # noqa: E402
from monitorpub.typeset.words import body_words  # noqa: E402

mends.apply()


BARE = ("cover", "divider", "back-cover")
"""Named pages without folio and running foot."""
VERSO = """
html { break-before: verso }
:root {
  --opening-start: var(--margin-outer);
  --opening-end: var(--margin-inner);
  --opening-side: calc(var(--margin-outer) - var(--width-side) - var(--line-and-half));
}
"""
"""What a part that begins on a verso has besides its styles: openings bleed over the other edges (styles/tokens.css)."""


def typeset(job: Job) -> Part:
    """The part of one document.  What went wrong is among its remarks; raises what the engine raises."""
    started = time.monotonic()
    fetcher = Fetcher(Workspace(job.workspace))
    with Log() as log, materials(job.styles, fetcher) as (sheets, fonts):
        document = lay_out(job, fetcher, sheets, fonts)
        pages = document.pages
        notes, calls = spots(pages)
        remarks = [*audit(pages, job.notes, (notes, calls), job.placed), *lost_words(document)]
        captured = capture(document, job.name, fetcher.fonts, job.standard)
    return Part(
        name=job.name,
        pages=len(pages),
        objects=captured.objects.to_bytes(),
        size=(pages[0].width, pages[0].height),
        edges=_edges(pages),
        title=document.metadata.title or "",
        language=document.metadata.lang or "",
        side=job.side,
        notes={name: at[0] for name, at in notes.items()},
        calls={name: at[0] for name, at in calls.items()},
        anchors=_anchors(pages),
        outline=tuple(Heading(level, words, n, *at) for n, page in enumerate(pages, 1) for level, words, at, _ in page.bookmarks),
        unstamped=tuple(n for n, page in enumerate(pages, 1) if _bare(page)),
        faces=captured.faces,
        links=captured.links,
        words=tuple(body_words(page) for page in pages),
        remarks=(*log.remarks, *remarks),
        seconds=time.monotonic() - started,
    )


def lay_out(job: Job, fetcher: Fetcher, sheets: Sequence[Any], fonts: FontConfiguration) -> Any:
    """The laid-out document of a job, with those styles and fonts."""
    if job.side == "verso":
        sheets = [*sheets, weasyprint.CSS(string=VERSO)]
    html = weasyprint.HTML(string=job.html or SHELL, url_fetcher=fetcher, base_url="workspace:/")
    if job.together:
        join(html, job.together)
    return html.render(font_config=fonts, stylesheets=sheets, pdf_variant="pdf/ua-1", pdf_tags=True)


def _anchors(pages: Sequence[Any]) -> dict[str, Spot]:
    """Where each element with an id begins: an element over several pages has a box on each."""
    spots: dict[str, Spot] = {}
    for number, page in enumerate(pages, 1):
        for name, place in page.anchors.items():
            spots.setdefault(name, Spot(number, place[0], place[1]))
    return spots


def _edges(pages: Sequence[Any]) -> tuple[float, float]:
    """The inner and the outer margin of the first page that has a folio."""
    box = next((page for page in pages if not _bare(page)), pages[0])._page_box
    margins = (round(box.margin_left, 3), round(box.margin_right, 3))
    return margins if box.page_type.side == "right" else margins[::-1]


def _bare(page: Any) -> bool:
    """Whether a page carries nothing but what it shows: by its name, or because it is blank."""
    kind = page._page_box.page_type
    return kind.name in BARE or (kind.blank and not page.anchors)
