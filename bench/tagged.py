"""How the same words are tagged: by monitorpub, by WeasyPrint as it comes, and by Typst; each as PDF/UA-1, in the same judges, in one run.

    python bench/tagged.py [--n 15] [--keep FOLDER]

Makes a volume of n profiles (see generated.py), one of them with a table over several pages, a list, words in another language and notes
that are called again, and prints two tables in Markdown: what the judges find, and what stands in the structure trees.  Typst, Java and
outloud are asked where they are here, and named where they are not: pip install typst, tools/judge.py.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import importlib.util
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pikepdf
import tinyhtml5
import yaml

import generated

HERE = Path(__file__).parent
ROWS = 120
"""Of the table that takes several pages."""
TEXT = """
The Mine Action Centre (MAC) has a plan, which it calls [plan d’action contre les mines]{lang=fr}.[^n01]
The MAC says again what it said before.[^n02]

It wants:

- records that are complete;[^n01]
- two teams more;
- a [centre de coordination]{lang=fr} in the east.
"""
OTHERS = {"WeasyPrint": "as_one_document.py", "Typst": "as_typst.py"}
HEADINGS = tuple(f"H{level}" for level in range(1, 7))


@dataclass
class Tree:
    """What was counted in a structure tree."""

    roles: Counter[str] = field(default_factory=Counter)
    """Elements by their role, roles of the file's own as the standard ones that they stand for."""
    seen: Counter[str] = field(default_factory=Counter)
    """What else was met, by the name of the row in the table."""


def write(folder: Path, profiles: int) -> Path:
    """The sources; gives that of the volume."""
    volume = generated.write_workspace(folder, profiles)
    file = volume.with_name(f"{generated.slug(1)}.yaml")
    profile = yaml.safe_load(file.read_text(encoding="utf-8"))
    rows = [{"id": f"task-{n}", "label": f"Task {n}", "values": {2024: n / 10, 2023: n / 5}} for n in range(1, ROWS + 1)]
    table = {"table": "Area of each task", "id": "tasks", "unit": "km²", "rows": rows}
    profile["sections"].append({"title": "All tasks", "text": TEXT.strip(), "tables": [table]})
    file.write_text(yaml.safe_dump(profile, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return volume


def typeset(folder: Path, volume: Path) -> dict[str, Path]:
    """The finished files by the name of the tool; of those that are here."""
    files = {"monitorpub": folder / "monitorpub.pdf"}
    _run("-m", "monitorpub", "compile", volume, "-o", files["monitorpub"], "--quiet")
    _run(HERE / "as_one_document.py", "compose", folder, folder / "profiles.json")
    for name, script in OTHERS.items():
        if importlib.util.find_spec(name.lower()) is None:
            print(f"{name} is missing, so it is left out: pip install {name.lower()}\n")
            continue
        files[name] = folder / f"{name.lower()}.pdf"
        _run(HERE / script, "write", folder / "profiles.json", volume, folder / name)
        _run(HERE / script, "typeset", folder / name, files[name])
    return files


def _run(*arguments: object) -> None:
    subprocess.run([sys.executable, *map(str, arguments)], check=True)


def in_source(html: Path) -> Tree:
    """What the words are in HTML: what a tree could say of them."""
    tree = Tree()
    for element in tinyhtml5.parse(html.read_text(encoding="utf-8"), namespace_html_elements=False).iter():
        tag, role = str(element.tag), element.get("role", "")
        tree.roles[{"table": "Table", "thead": "THead", "tr": "TR", "td": "TD", "th": "TH", "section": "Sect"}.get(tag, "")] += 1
        tree.roles[{"doc-footnote": "Note", "doc-noteref": "Reference"}.get(role, "")] += 1
        if tag == "tbody":
            tree.seen["TH for its row"] += sum(1 for _ in element.iter("th"))
        if role == "doc-backlink":
            tree.seen["Note with a link back"] += 1
        if tag == "abbr":
            tree.seen["E"] += 1
        if element.get("lang") and tag not in ("html", "section"):
            tree.seen["Lang"] += 1
    return tree


def in_tree(file: Path) -> Tree:
    """What stands in the structure tree of a PDF."""
    with pikepdf.open(file) as pdf:
        root = pdf.Root.StructTreeRoot
        known = {str(name)[1:]: str(role)[1:] for name, role in root.get("/RoleMap", {}).items()}
        tree = Tree()
        language = str(pdf.Root.get("/Lang", ""))
        for kid in _several(root.get("/K")):
            _Walk(tree, known, language).element(kid, ())
        for page in pdf.pages:
            for link in page.get("/Annots", []):
                tree.seen["annotations of links"] += link.get("/Subtype") == "/Link"
                tree.seen["of these with Contents"] += link.get("/Subtype") == "/Link" and bool(str(link.get("/Contents", "")))
            for kind in _marks(page, language):
                tree.seen[kind] += 1
    return tree


class _Walk:
    def __init__(self, tree: Tree, known: dict[str, str], language: str) -> None:
        self.tree, self.known, self.language = tree, known, language

    def element(self, element: Any, above: tuple[str, ...]) -> tuple[int, bool]:
        """Count an element and all below it.  Gives how many stretches of content it has, and whether a note was the last in it."""
        role = str(element.S)[1:]
        role = self.known.get(role, role)
        seen = self.tree.seen
        self.tree.roles[role] += 1
        seen["elements"] += 1
        seen["Lang"] += str(element.get("/Lang", self.language)) != self.language
        seen["E"] += "/E" in element
        entries = self._attributes(element)
        if role == "TH":
            seen["TH with Scope"] += "/Scope" in entries
            seen["TH for its row"] += str(entries.get("/Scope")) in ("/Row", "/Both")
        seen["TD with Headers"] += role == "TD" and "/Headers" in entries
        seen["Table with a summary"] += role == "Table" and "/Summary" in entries
        seen["Note with an id"] += role == "Note" and "/ID" in element
        seen["Link in a Reference"] += role == "Link" and "Reference" in above
        seen["links in contents"] += role == "Link" and ("TOCI" in above or "TOC" in above)
        seen["Span that says nothing"] += role == "Span" and not {"/Lang", "/E", "/ActualText", "/Alt"} & set(element.keys())
        if role == "Link" and "Lbl" in above and "Note" in above:
            seen["Note with a link back"] += 1
        content, note_last = 0, False
        for kid in _several(element.get("/K")):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                inside, note = self.element(kid, (*above, role))
                note = note or str(kid.S)[1:] == "Note"
            else:
                inside, note = int(not isinstance(kid, pikepdf.Dictionary) or kid.get("/Type") != "/OBJR"), False
            if note_last and not note and inside and role in ("P", *HEADINGS):
                seen["Note amid the words of a block"] += 1
            content += inside
            note_last = note if inside or note else note_last
        return content, note_last

    def _attributes(self, element: Any) -> dict[str, Any]:
        given = [one for one in _several(element.get("/A")) if isinstance(one, pikepdf.Dictionary)]
        return {str(key): value for one in given for key, value in one.items()}


def _several(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def _marks(page: pikepdf.Page, language: str) -> Iterator[str]:
    """The kind of each artifact of a page; ``Lang`` for marked content that says itself that it is in another language."""
    for operands, operator in pikepdf.parse_content_stream(page, "BMC BDC"):
        entries = operands[1] if str(operator) == "BDC" and isinstance(operands[1], pikepdf.Dictionary) else {}
        if str(operands[0]) == "/Artifact":
            yield f"artifacts, {str(entries.get('/Type', ''))[1:] or 'of no type'}"
        elif str(entries.get("/Lang", language)) != language:
            yield "Lang"


def judged(files: dict[str, Path]) -> list[tuple[str, list[str]]]:
    """What each judge finds of each file."""
    sys.path.insert(0, str(HERE.parent / "tools"))
    import judge
    from monitorpub.verifying import verify_file

    rows = []
    with _said(judge.NoJudge):
        found = judge.verapdf([*files.values()], ["ua-1"])
        rows.append(("veraPDF, PDF/UA-1: rules failed", [str(len(one.rules)) for one in found]))
    cells = []
    for file in files.values():
        found_here: Counter[str] = Counter()
        for one in verify_file(file, accessible=True).diagnostics:
            more = re.search(r"(\d+) more like these", one.message)
            found_here[one.code] += int(more[1]) if more else 1
        cells.append(_listed(Counter({code: count for code, count in found_here.items() if code in STRUCTURAL})))
    rows.append(("our check of the structure: findings by code", cells))
    with _said(judge.NoJudge):
        results = judge.outloud([*files.values()])
        rows.append(("outloud: findings by rule", [_listed(Counter(one["rule"] for one in result["findings"])) for result in results]))
    return rows


STRUCTURAL = {f"V{number:03}" for number in range(80, 100)} - {"V090"}
"""Whether notes are numbered well is not the question here."""


@contextlib.contextmanager
def _said(missing: type[Exception]) -> Iterator[None]:
    try:
        yield
    except missing as gap:
        print(f"{gap}\n")


def _listed(found: Counter[str]) -> str:
    return ", ".join(f"{code} {count}" for code, count in sorted(found.items())) or "none"


def rows_of(source: Tree, trees: list[Tree]) -> Iterator[tuple[str, list[str]]]:
    """The table of what stands in the trees; what cannot be counted in the source is left empty."""
    for role in ("Table", "THead", "TR", "TH", "TD", "Sect", "Note", "Reference"):
        yield role, [str(tree.roles[role]) for tree in (source, *trees)]
    counted = ["TH with Scope", "TH for its row", "TD with Headers", "Table with a summary", "Note with an id", "Note with a link back"]
    counted += ["Note amid the words of a block", "Link in a Reference"]
    for name in counted:
        yield name, [str(source.seen[name]) if source.seen[name] else "", *(str(tree.seen[name]) for tree in trees)]
    for role in ("L", "LI", "Lbl", "TOCI"):
        yield role, ["", *(str(tree.roles[role]) for tree in trees)]
    yield "links in contents", ["", *(str(tree.seen["links in contents"]) for tree in trees)]
    for name in ("Lang", "E"):
        yield name, [str(tree.seen[name]) for tree in (source, *trees)]
    kinds = sorted({name for tree in trees for name in tree.seen if name.startswith("artifacts")})
    for name in ("annotations of links", "of these with Contents", "elements", "Span that says nothing", *kinds):
        yield name, ["", *(str(tree.seen[name]) for tree in trees)]


def print_table(head: list[str], rows: list[tuple[str, list[str]]]) -> None:
    """A table in Markdown."""
    print("| | " + " | ".join(head) + " |\n|" + "---|" * (len(head) + 1))
    for name, cells in rows:
        print(f"| {name} | " + " | ".join(cells) + " |")
    print()


def main() -> None:
    """Make, judge, count and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--n", type=int, default=15, help="profiles")
    parser.add_argument("--keep", type=Path, help="write the files here, and leave them")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = chosen.keep or Path(name)
        files = typeset(folder, write(folder, chosen.n))
        source = in_source(folder / "WeasyPrint" / "volume.html")
        head = [f"{name} {version(name.lower())}" for name in files]
        print(f"{chosen.n} profiles, {datetime.date.today()}\n")
        print_table(head, judged(files))
        print_table(["in the HTML", *head], [*rows_of(source, [in_tree(file) for file in files.values()])])


if __name__ == "__main__":
    main()
