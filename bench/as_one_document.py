"""The volume as one WeasyPrint document, on the engine as it is installed: what monitorpub is measured against.

    python bench/as_one_document.py compose WORKSPACE PROFILES.json     the HTML of each profile, as monitorpub composes it
    python bench/as_one_document.py write PROFILES.json VOLUME.yaml FOLDER    one HTML document, its styles and fonts
    python bench/as_one_document.py typeset FOLDER OUT.pdf              only this is measured; it imports nothing of monitorpub

The same styles, with every profile a section that starts on a right-hand page, a contents list with target-counter, and
tagged PDF/UA-1.  Ids and links get the profile's name in front, so that they differ.
"""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import sys
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path

from generated import COLUMNS, GROUPS, OVERVIEW_TABLE

ROOT = Path(__file__).parents[1]

EXTRA = """
body { string-set: none }
.profile { string-set: country attr(data-country), group attr(data-group) }
.profile, .divider, .chapter, .contents { break-before: right }
.contents li { list-style: none; position: relative; border-bottom: 1px dotted }
.contents a::after { content: target-counter(attr(href), page); position: absolute; right: 0 }
.contents .group { font-weight: 600 }
"""


@dataclass(frozen=True)
class Body:
    """A profile as monitorpub composes it: its name, its group, the attributes and the inside of its body."""

    slug: str
    title: str
    group: str
    attributes: str
    inside: str
    styles: tuple[str, ...]
    figures: tuple[str, ...]
    """What the volume's own table adds up: the land-release figures of 2024."""


def compose(workspace: Path) -> list[Body]:
    """Steps 1 to 4 of monitorpub for every profile.  Raises RuntimeError where a profile has errors."""
    from monitorpub.compose import compose as compose_one
    from monitorpub.facts import facts
    from monitorpub.pipeline import prepare

    bodies = []
    for file in sorted((workspace / "profiles").glob("area-*.yaml")):
        found = prepare(file)
        if found.value is None:
            raise RuntimeError(f"{file.name}: {found.diagnostics[0].message}")
        one = found.value
        document = compose_one(one.numbered, one.images, one.workspace, file.stem).value
        match = re.search(r"<body([^>]*)>(.*)</body>", document.html if document else "", re.S)
        if document is None or match is None:
            raise RuntimeError(f"{file.name} has no body")
        profile = one.numbered.profile
        rows = facts(one.numbered)["key-data"]["land-release"]["rows"]
        figures = tuple(rows[name]["values"]["2024"] for name in COLUMNS)
        bodies.append(Body(file.stem, profile.name, profile.group or "", match[1], match[2], tuple(document.styles), figures))
    return bodies


def load(file: Path) -> list[Body]:
    """The bodies that were composed before."""
    return [Body(**body) for body in json.loads(file.read_text(encoding="utf-8"))]


def overview(bodies: list[Body]) -> list[list[str]]:
    """The rows of the volume's own table: head, a row for each group, total."""
    sums = {
        name: [sum(column) for column in zip(*(map(Decimal, b.figures) for b in bodies if b.group == name), strict=True)] for name in GROUPS
    }
    rows = [[name, *(f"{value:,}" for value in figures)] for name, figures in sums.items() if figures]
    total = [sum(column) for column in zip(*(figures for figures in sums.values() if figures), strict=True)]
    return [["Group", *COLUMNS.values()], *rows, ["Total", *(f"{value:,}" for value in total)]]


def as_html(bodies: list[Body], volume: dict[str, object]) -> str:
    """The volume as one HTML document."""
    title, contents, matter = str(volume["title"]), [], []
    for chapter in (entry for entry in volume["front"] if "chapter" in entry):  # type: ignore[attr-defined]
        paragraphs = "".join(f"<p>{html.escape(text)}</p>" for text in chapter["text"].split("\n\n"))
        contents.append(_entry(chapter["id"], chapter["chapter"]))
        table = _table(overview(bodies)) if "tables" in chapter else ""
        matter.append(f'<section class="chapter section" id="{chapter["id"]}"><h1>{chapter["chapter"]}</h1>{paragraphs}{table}</section>')
    for group in volume["groups"]:  # type: ignore[attr-defined]
        members = [body for body in bodies if body.group == group["title"]]
        names = "".join(f"<li>{html.escape(body.title)}</li>" for body in members)
        contents.append(_entry(group["id"], group["title"], "group"))
        matter.append(f'<section class="divider" id="{group["id"]}"><h1>{group["title"]}</h1><ul>{names}</ul></section>')
        for body in members:
            contents.append(_entry(body.slug, body.title))
            attributes = re.sub(r'class="([^"]*)"', r'class="profile \1"', body.attributes)
            matter.append(f'<section id="{body.slug}"{attributes}>{with_own_ids(body)}</section>')
    return (
        f'<!DOCTYPE html><html lang="{volume["language"]}"><head><meta charset="utf-8"><title>{title}</title></head><body>'
        f'<section class="cover"><h1 class="opening-name">{title}</h1><p>{volume["subtitle"]}</p><p>{volume["edition"]}</p></section>'
        f'<section class="chapter"><p>{title} {volume["edition"]}</p><p>{volume["publisher"]}</p></section>'
        f'<section class="contents"><h1>Contents</h1><ul>{"".join(contents)}</ul></section>'
        f"{''.join(matter)}</body></html>"
    )


def _table(rows: list[list[str]]) -> str:
    lines = [
        f"<tr><th>{row[0]}</th>" + "".join(f'<{tag} class="figure">{cell}</{tag}>' for cell in row[1:]) + "</tr>"
        for row, tag in zip(rows, ["th", *["td"] * len(rows)], strict=False)
    ]
    return f"<table><caption>{OVERVIEW_TABLE}</caption><thead>{lines[0]}</thead><tbody>{''.join(lines[1:])}</tbody></table>"


def with_own_ids(body: Body) -> str:
    """The inside of a profile, with its name before each id and each link to one."""
    text = re.sub(r'(<[^>]*\s)id="', rf'\1id="{body.slug}-', body.inside)
    return text.replace('href="#', f'href="#{body.slug}-')


def _entry(target: str, title: str, kind: str = "") -> str:
    return f'<li class="{kind}"><a href="#{target}">{html.escape(title)}</a></li>'


def write(bodies: list[Body], volume: dict[str, object], folder: Path) -> None:
    """Write the document with its styles and fonts, so that the engine needs no address of ours."""
    folder.mkdir(exist_ok=True)
    shutil.copytree(ROOT / "fonts", folder / "fonts", dirs_exist_ok=True)
    (folder / "styles").mkdir(exist_ok=True)
    for name in bodies[0].styles:
        style = (ROOT / "styles" / name).read_text(encoding="utf-8")
        (folder / "styles" / name).write_text(style.replace("font:/", "../fonts/"), encoding="utf-8")
    (folder / "styles" / "volume.css").write_text(EXTRA, encoding="utf-8")
    (folder / "styles.json").write_text(json.dumps([*bodies[0].styles, "volume.css"]))
    (folder / "volume.html").write_text(as_html(bodies, volume), encoding="utf-8")


def typeset(folder: Path, output: Path) -> None:
    """One document, one process, the engine as it is; the machine's fonts are hidden, as monitorpub hides them."""
    os.environ["FONTCONFIG_FILE"] = str(folder / "fonts" / "fonts.conf")
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    styles = json.loads((folder / "styles.json").read_text())
    sheets = [weasyprint.CSS(filename=folder / "styles" / name, font_config=fonts) for name in styles]
    document = weasyprint.HTML(filename=folder / "volume.html")
    document.write_pdf(output, stylesheets=sheets, font_config=fonts, pdf_variant="pdf/ua-1", pdf_tags=True)


def main() -> None:
    """One of the three steps."""
    import yaml

    match sys.argv[1:]:
        case ["compose", workspace, output]:
            Path(output).write_text(json.dumps([asdict(body) for body in compose(Path(workspace))]), encoding="utf-8")
        case ["write", bodies, volume, folder]:
            write(load(Path(bodies)), yaml.safe_load(Path(volume).read_text(encoding="utf-8")), Path(folder))
        case ["typeset", folder, output]:
            typeset(Path(folder), Path(output))
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
