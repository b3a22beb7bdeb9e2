"""A house style: a CSL file as the editor chose it, and as pandoc is given it."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from monitorpub.diagnostics import Diagnostic, Place
from monitorpub.workspace import Workspace

_CSL = "{http://purl.org/net/xbiblio/csl}"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True)
class House:
    """What must be known of a house style."""

    csl: str
    """The style without the stop at the end of a note, which is set once for the whole note, and without disambiguation: every cite is
    a record of its own for pandoc."""
    stops_inside_quotes: bool
    prints_links: bool
    whole_ranges: bool
    """pp. 186-187 rather than pp. 186-87."""


def load_house(name: str, language: str, workspace: Workspace) -> House | Diagnostic:
    """The house style of that name from ``styles/citations``, or the diagnostic C008."""
    file = workspace.find("styles", f"citations/{name}.csl")
    if file is None:
        known = sorted({f.stem for folder in workspace.folders("styles") for f in (folder / "citations").glob("*.csl")})
        return Diagnostic("C008", f"There is no house style {name!r}.", path="house", hint=f"There are: {', '.join(known)}.")
    try:
        return read_house(file.read_text(encoding="utf-8"), language)
    except (OSError, UnicodeDecodeError, ET.ParseError, ValueError) as error:
        return Diagnostic("C008", f"The house style cannot be used: {error}.", Place(Path(file)), hint="A house style is a CSL 1.0.2 file.")


@lru_cache(maxsize=16)
def read_house(text: str, language: str) -> House:
    """A house style from the text of a CSL file.  Raises ParseError and ValueError."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise ValueError("it declares entities")
    root = ET.fromstring(text)
    layout = root.find(f"{_CSL}citation/{_CSL}layout")
    if root.tag != f"{_CSL}style" or layout is None:
        raise ValueError("it is no style with citations")
    if root.get("class") != "note":
        raise ValueError("it is a style for citations in the text, not for notes")
    layout.attrib.pop("suffix", None)
    citation = root.find(f"{_CSL}citation")
    assert citation is not None
    for attribute in [name for name in citation.attrib if name.startswith(("disambiguate-", "givenname-", "collapse", "near-note"))]:
        del citation.attrib[attribute]
    options = {
        (locale.get(_XML_LANG) or ""): option.get("punctuation-in-quote") == "true"
        for locale in root.iter(f"{_CSL}locale")
        for option in locale.iter(f"{_CSL}style-options")
    }
    tongue = language.split("-", maxsplit=1)[0]
    inside = options.get(language, options.get(tongue, options.get("", language == "en-US")))
    links = any(node.get("variable") == "URL" for node in root.iter(f"{_CSL}text"))
    ET.register_namespace("", _CSL[1:-1])
    return House(ET.tostring(root, encoding="unicode"), inside, links, root.get("page-range-format") == "expanded")
