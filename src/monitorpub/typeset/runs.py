"""Profiles that share pages become one document: each a section of its own, in which all ids begin with the profile's name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree

REFERS = ("headers", "for", "aria-labelledby", "aria-describedby", "aria-details", "aria-owns", "aria-controls", "aria-flowto")
"""Attributes whose words are ids."""


SHELL = "<html><head></head><body></body></html>"
"""The document that profiles are joined in."""


def join(shell: Any, together: Sequence[tuple[str, str]]) -> None:
    """Put profiles into the document of the engine: ``together`` has the name and the HTML of each.  The head is that of the first."""
    documents = [(name, type(shell)(string=html).etree_element) for name, html in together]
    first = documents[0][1]
    body = ElementTree.Element("body", _part(first, "body").attrib)
    for name, document in documents:
        own = _part(document, "body")
        _put_names_first(own, name)
        section = ElementTree.SubElement(body, "section", {**own.attrib, **document.attrib, "id": f"{name}/"})
        section.text = own.text
        section.extend(list(own))
    html = ElementTree.Element("html", first.attrib)
    html.extend([_part(first, "head"), body])
    shell.wrapper_element = type(shell.wrapper_element).from_html_root(html, content_language=None)
    shell.etree_element = html


def _part(document: Any, tag: str) -> Any:
    found = document.find(tag)
    assert found is not None, tag  # the parser makes both
    return found


def _put_names_first(body: Any, name: str) -> None:
    for element in body.iter():
        if element.get("id"):
            element.set("id", f"{name}/{element.get('id')}")
        if element.get("href", "").startswith("#"):
            element.set("href", f"#{name}/{element.get('href')[1:]}")
        for refers in REFERS:
            if element.get(refers):
                element.set(refers, " ".join(f"{name}/{one}" for one in element.get(refers).split()))
