"""Words that the engine drops are an error: the letters of each element before layout and on the pages."""

from __future__ import annotations

import pytest

from monitorpub.typeset.audit_words import lost_words
from monitorpub.typeset.walking import walk
from tiny import note, set_pages

STYLES = ("tokens.css", "fonts.css", "page.css", "text.css")
PAGE = "@page { size: 200px 120px; margin: 10px } "
WORDS = "The survey of the borderlands was interrupted again by unforeseeable circumstances. "


def remarks(document) -> list[tuple[str, str, str]]:
    return [(one.code, one.element, one.message) for one in lost_words(document)]


def drop(document, name: str) -> None:
    """Take the boxes of an element off the pages, as an engine does that loses it."""
    for page in document.pages:
        for box in walk(page._page_box):
            if getattr(box, "children", None):
                box.children = [kid for kid in box.children if kid.element is None or kid.element.get("id") != name]


@pytest.mark.parametrize(
    ("html", "css"),
    [
        (f"<p lang='en' style='hyphens: auto; text-align: justify'>{WORDS * 8}", ""),
        (f"<p>{WORDS}{note(1, WORDS)} {WORDS}{note(2, WORDS * 3)}</p><p>{WORDS * 4}</p>", ""),
        (f"<table><thead><tr><th>Head<tbody>{f'<tr><td>{WORDS}' * 6}</table>", ""),
        (
            f"<div><p>{WORDS * 4}</p><h2>Over all</h2><p>{WORDS * 4}{note(1, 'A note.')}</p></div>",
            "div { columns: 2 } h2 { column-span: all }",
        ),
        (f"<ul><li>{WORDS}<li style='text-transform: uppercase'>{WORDS}ß</ul>", "li::before { content: 'Item ' }"),
        (
            f"<p style='display: none'>{WORDS}</p><p style='position: absolute'>{WORDS}</p><p style='float: right; width: 50px'>Aside</p>{WORDS}",
            "",
        ),
        ("<p>An ﬁ ligature, x², Ａ wide, ‘quotes’ and\u00ad soft\u00adhyphens.", "p::first-letter { font-size: 2em }"),
        (f"<div style='display: flex'><p>{WORDS}</p><p>{WORDS}</p></div>", ""),
    ],
    ids=["hyphens", "notes", "table", "columns", "items", "hidden and out of flow", "signs", "flex"],
)
def test_nothing_is_lost_where_all_is_printed(html, css):
    document = set_pages(html, PAGE + css)
    assert remarks(document) == []


def test_a_paragraph_that_is_on_no_page_is_named_by_the_id_round_it():
    document = set_pages(f"<section id=where><p>{WORDS}<p id=gone>Gone are <b>these</b> words.</p></section><p>{WORDS}", PAGE)
    drop(document, "gone")
    assert remarks(document) == [("P016", "gone", "17 letters or figures of “Gone are these words.” are on no page.")]
    document = set_pages(f"<section id=where>{WORDS}<p>Gone too.</p></section>", PAGE)
    drop(document, "where")
    assert [(code, name) for code, name, _ in remarks(document)] == [("P016", "where")]


def test_a_part_of_a_paragraph_counts():
    document = set_pages(f"<p id=long>{WORDS * 12}", PAGE)
    assert len(document.pages) > 2
    del document.pages[1]
    ((code, name, message),) = remarks(document)
    assert (code, name) == ("P016", "long")
    assert int(message.partition(" ")[0]) < sum(map(str.isalnum, WORDS * 12)) / 2


def test_it_is_among_the_remarks_of_a_part(workspace, monkeypatch):
    from monitorpub.typeset import engine
    from monitorpub.typeset.part import Remark

    made = Remark("P016", "4 letters or figures of “Gone” are on no page.", "words")
    monkeypatch.setattr(engine, "lost_words", lambda document: [made])
    part = engine.typeset(engine.Job("a", "<html lang='en'><title>A</title><p>A.</p></html>", STYLES, workspace.root))
    assert made in part.remarks
