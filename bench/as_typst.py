"""The volume in Typst: the same words, headings, tables and notes from the HTML that monitorpub composes.

    python bench/as_typst.py write PROFILES.json VOLUME.yaml FOLDER    (PROFILES.json: see as_one_document.py)
    python bench/as_typst.py typeset FOLDER OUT.pdf                    only this is measured

Same page, measure, faces and sizes; notes are footnotes, numbered anew in each profile; contents by outline(); PDF/UA-1.
Words are strings, so that Typst parses them fast and changes none of their signs.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from as_one_document import ROOT, Body, load, overview, with_own_ids
from generated import OVERVIEW_TABLE

JOINER = "\u2060"

HEAD = """
#set document(title: TITLE)
#set page(paper: "a4", margin: (top: 67.5pt, bottom: 72pt, inside: 58.5pt, outside: 178.5pt), binding: left,
  footer: context { set text(7.875pt, font: "Monitorpub Sans")
    if calc.odd(counter(page).get().first()) [#TITLE #h(1fr) #counter(page).display()] else [#counter(page).display() #h(1fr) #TITLE] })
#set text(font: ("Monitorpub Serif", "Monitorpub Sans"), size: 9.75pt, lang: "en", region: "gb", top-edge: 0.75em, bottom-edge: -0.25em)
#set par(justify: true, leading: 3.75pt, spacing: 3.75pt, first-line-indent: 13.5pt)
#show heading: set text(font: "Monitorpub Sans", weight: 600, hyphenate: false, fill: rgb("#17384a"))
#show heading: set par(justify: false, first-line-indent: 0pt)
#show heading.where(level: 1): set text(font: "Monitorpub Serif Display", weight: 400, size: 30pt)
#show heading.where(level: 1): set block(below: 18pt)
#show heading.where(level: 2): set text(size: 12pt)
#show heading.where(level: 2): set block(above: 20.25pt, below: 8pt)
#show heading.where(level: 3): set text(size: 9.75pt)
#show heading.where(level: 3): set block(above: 13.5pt, below: 3.75pt)
#show heading.where(level: 4): set text(size: 9.75pt, weight: 400, style: "italic")
#show heading.where(level: 4): set block(above: 13.5pt, below: 3.75pt)
#set footnote.entry(separator: line(length: 54pt, stroke: 0.6pt), clearance: 6pt, gap: 2.25pt, indent: 0pt)
#show footnote.entry: set text(7.875pt, font: "Monitorpub Serif Note", hyphenate: false)
#show footnote.entry: set par(justify: false, leading: 2.25pt, first-line-indent: 0pt)
#show figure: set block(breakable: true, above: 13.5pt, below: 13.5pt)
#show figure.caption: set text(8.6pt, font: "Monitorpub Sans", weight: 600)
#show figure.caption: set align(left)
#set figure.caption(position: top)
#show table: set text(8.6pt, font: "Monitorpub Sans", number-width: "tabular", hyphenate: false)
#show table: set par(justify: false, first-line-indent: 0pt)
#set table(stroke: (x: none, y: 0.4pt + rgb("#b9c3c9")), inset: (x: 3pt, y: 2.45pt))
#set list(marker: [–], indent: 0pt, body-indent: 6pt)
#set outline(depth: 1)
#let label-line(body) = block(above: 9pt, below: 3pt,
  text(7.875pt, font: "Monitorpub Sans", weight: 600, fill: rgb("#17384a"), upper(body)))
#let band(body) = block(width: 100%, fill: rgb("#17384a"), inset: (y: 16pt), outset: (left: 58.5pt, right: 178.5pt, top: 67.5pt),
  below: 13.5pt, { set par(first-line-indent: 0pt); set text(fill: white); show heading: set text(fill: white); body })
#let box-of(body) = block(width: 100%, fill: rgb("#f6f1e9"), inset: 13.5pt, above: 13.5pt, below: 13.5pt, body)
#let small(body) = block(above: 3pt, below: 3pt, { set par(first-line-indent: 0pt); text(7.875pt, font: "Monitorpub Sans", body) })
"""

_HEADINGS = {"h1": "=", "h2": "==", "h3": "===", "h4": "===="}


def string(text: str) -> str:
    """A text as a Typst string; white space is folded as HTML does."""
    text = re.sub(r"[ \t\n]+", " ", text.replace(JOINER, ""))
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def words(text: str) -> str:
    """A text as an expression in content."""
    return f"#{string(text)};" if text.replace(JOINER, "") else ""


class Converter:
    """Turns the body of a profile into Typst."""

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._notes: dict[str, str] = {}

    def profile(self, body: Body) -> str:
        """The Typst text of a profile, which starts on a right-hand page."""
        import tinyhtml5

        tree = tinyhtml5.parse(with_own_ids(body), namespace_html_elements=False)
        for element in tree.iter():
            if element.get("class") == "note":
                self._notes[element.get("id", "")] = self._note(element)
        return '#pagebreak(to: "odd", weak: true)\n#counter(footnote).update(0)\n' + self.inside(tree.find("body"))

    def inside(self, element: Any) -> str:
        """Everything in an element, each child with the words behind it."""
        return words(_without_margins(element.text)) + "".join(
            self.element(child) + words(_without_margins(child.tail)) for child in element
        )

    def element(self, element: Element) -> str:
        """One element."""
        tag, kind = element.tag, element.get("class", "")
        if tag == "a":
            return self._link(element, kind)
        if kind in ("note", "call-gap"):  # the note is written by its first call
            return ""
        if kind == "fact-label":
            return f"\n#label-line[{self.inside(element)}]\n"
        if tag in _HEADINGS:
            return f"\n#heading(level: {len(_HEADINGS[tag])})[{self.inside(element)}]\n"
        if tag == "table":
            return self._table(element)
        if tag == "ul":
            return "\n#list(" + ", ".join(f"[{self.inside(item)}]" for item in element) + ")\n"
        inside = self.inside(element)
        if tag == "span" and element.get("lang"):
            return f"#text(lang: {string(element.get('lang', ''))})[{inside}]"
        wrappers = {"em": "#emph[{}]", "strong": "#strong[{}]", "p": "\n#par[{}]\n", "br": "#linebreak()"}
        if kind.startswith(("opening-", "table-note")) and tag == "p":
            return f"\n#small[{inside}]\n"
        if kind == "opening":
            return f"\n#band[{inside}]\n"
        if kind == "recommendations":
            return f"\n#box-of[{inside}]\n"
        if kind == "capacity-pair":
            return "\n#grid(columns: 2, column-gutter: 12pt, " + ", ".join(f"[{self.inside(one)}]" for one in element) + ")\n"
        return wrappers.get(tag, "{}").format(inside)

    def _link(self, element: Element, kind: str) -> str:
        target = element.get("href", "")
        if kind == "note-call":
            name = target.removeprefix("#")
            if name not in self._notes:  # a note to a table, printed below it
                return f"#super[{self.inside(element)}]"
            label = re.sub(r"[^\w-]", "_", name)
            if name in self._seen:
                return f"#footnote(<{label}>)"
            self._seen.add(name)
            return f"#footnote[{self._notes[name]}]<{label}>"
        if kind == "table-note-mark" or target.startswith("#"):
            return self.inside(element)
        return f"#link({string(target)})[{self.inside(element)}]"

    def _note(self, element: Element) -> str:
        """The text of a note without its mark, which Typst prints itself."""
        mark = element[0]
        return words(mark.tail or "") + "".join(self.element(child) + words(child.tail or "") for child in element[1:])

    def _table(self, table: Element) -> str:
        shares = [re.sub(r"[^\d.]", "", col.get("style", "")) for col in table.iter("col")]
        columns = ", ".join(f"{share}fr" for share in shares)
        caption = next(iter(table.iter("caption")), None)
        head = ", ".join(self._cells(table.find("thead")))
        rows = ",\n".join(self._cells(table.find("tbody")))
        count = len(shares)
        aligned = f"align: ({', '.join(['left', *['right'] * (count - 1)])})"
        content = f"table(columns: ({columns}), {aligned}, table.header({head}),\n{rows})"
        if caption is None:
            return f"\n#{content}\n"
        return f"\n#figure(kind: table, numbering: none, caption: [{self.inside(caption)}], {content})\n"

    def _cells(self, rows: Any) -> Iterator[str]:
        for row in rows:
            strong = row.get("class") in ("head", "total")
            for cell in row:
                yield f"strong[{self.inside(cell)}]" if strong else f"[{self.inside(cell)}]"


def _without_margins(text: str | None) -> str:
    """White space between elements that has a line end is the template's, not the text's."""
    return "" if text is None or (not text.strip() and "\n" in text) else text


def as_typst(bodies: list[Body], volume: dict[str, Any]) -> str:
    """The volume as one Typst document."""
    title = string(str(volume["title"]))
    out = [HEAD.replace("TITLE", title), f"#text(30pt, {title}) #par[#{string(volume['subtitle'])}] #par[{volume['edition']}]"]
    out.append(f'#pagebreak(to: "odd") #par[#{title} {volume["edition"]}] #par[#{string(volume["publisher"])}]')
    out.append('#pagebreak(to: "odd") #outline()')
    for chapter in (entry for entry in volume["front"] if "chapter" in entry):
        paragraphs = "".join(f"#par[#{string(text)}]" for text in chapter["text"].split("\n\n"))
        out.append(f'#pagebreak(to: "odd", weak: true)\n= {chapter["chapter"]}\n{paragraphs}')
        if "tables" in chapter:
            head, *rows = [", ".join(f"[#{string(cell)}]" for cell in row) for row in overview(bodies)]
            table = f"table(columns: (2fr, 1fr, 1fr, 1fr, 1fr), table.header({head}),\n{', '.join(rows)})"
            out.append(f"#figure(kind: table, numbering: none, caption: [{OVERVIEW_TABLE}], {table})")
    for group in volume["groups"]:
        members = [body for body in bodies if body.group == group["title"]]
        names = ", ".join(f"[{body.title}]" for body in members)
        out.append(f'#pagebreak(to: "odd", weak: true)\n= {group["title"]}\n#list({names})')
        out += [Converter().profile(body) for body in members]
    return "\n".join(out)


def typeset(folder: Path, output: Path) -> None:
    """Compile in this process, with the packaged fonts only."""
    import typst

    typst.compile(
        str(folder / "volume.typ"), output=str(output), font_paths=[str(folder / "fonts")], ignore_system_fonts=True, pdf_standards=["ua-1"]
    )


def main() -> None:
    """One of the two steps."""
    match sys.argv[1:]:
        case ["write", bodies, volume, folder]:
            import yaml

            Path(folder).mkdir(exist_ok=True)
            shutil.copytree(ROOT / "fonts", Path(folder) / "fonts", dirs_exist_ok=True)
            source = as_typst(load(Path(bodies)), yaml.safe_load(Path(volume).read_text(encoding="utf-8")))
            (Path(folder) / "volume.typ").write_text(source, encoding="utf-8")
        case ["typeset", folder, output]:
            typeset(Path(folder), Path(output))
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
