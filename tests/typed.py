"""The words of a source as they were typed, without their marks: what must be printed, found without the code under test."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

CALL = r"\[\^[^\]]+\]"
RUNNING = ("value", "items", "key-developments", "text")
"""Fields whose words are running text; those of recommendations and sections are called text too."""


def source(file: Path) -> dict[str, Any]:
    """The fields of a source, every value as it was typed."""
    return yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def unmarked(text: str) -> str:
    """Words without links, emphasis, index marks, quotation marks of blocks and the marks of lists and tables; images print no words.

    A PDF of its own knows no page of another part: ", p. {page}" is not printed.
    """
    text = re.sub(r"\[([^\]]+)\]\{(?:\.index|lang)[^}]*\}", r"\1", text.replace(", p. {page}", ""))
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)(?:\{\.decorative\})?", "", text)
    text = re.sub(r"\[([^\]^@]+)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"<(\w+:[^>]*)>", r"\1", text)
    text = re.sub(r"^\s*>|^\s*\|?[-:| ]+\|$|\|", " ", text, flags=re.MULTILINE)
    return text.replace("*", "")


def stretches(text: str) -> list[str]:
    """The words between two calls, paragraph by paragraph, as :func:`folded`."""
    lines = re.split(rf"{CALL}|\n\s*\n|\n\s*(?=- |\d\. |\|)|\|", text)
    return [words for line in lines if (words := folded(unmarked(re.sub(r"^\s*(- |\d\. )", "", line))))]


def folded(text: str) -> str:
    """Words for comparing: without spaces, hyphens and joiners, and with one form for what typography sets in another."""
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text).replace("²", "2").lower()
    text = re.sub("[“”]", '"', re.sub("[‘’]", "'", text))
    return re.sub(r"[\s\u2060\u200e\u00ad\u2007\u2008\u2010–-]+", "", text)


def fields(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a source in the order of the file, with the name of its field."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield from fields(below, name if key.isdigit() else key)
    elif isinstance(value, list):
        for below in value:
            yield from fields(below, name)
    else:
        yield name, value


def running_text(file: Path) -> list[str]:
    """The stretches of running text, in the order of the file."""
    profile = source(file)
    parts = {name: profile.get(name, []) for name in ("key-data", "key-developments", "recommendations", "capacity", "sections")}
    facts = [{k: v for k, v in entry.items() if "contamination" not in entry} for entry in parts["key-data"]]  # the statement is sans
    parts["key-data"] = [entry for entry in facts if "table" not in entry]
    running = ((name, re.sub(r"^ *\|.*$", "", text, flags=re.MULTILINE)) for name, text in fields(parts) if name in RUNNING)
    return [one for _, text in running for one in stretches(text)]


def labels(file: Path) -> list[str]:
    """The stretches of titles, labels, heads and cells, those of tables in text too."""
    profile = source(file)
    parts = {name: profile.get(name, []) for name in ("key-data", "capacity", "sections")}
    names = ("fact", "contamination", "table", "list", "label", "head", "title", "values")
    out = [one for name, text in fields(parts) if name in names for one in stretches(text) if one not in ("null", "")]
    rows = [line for name, text in fields(parts) if name == "text" for line in re.findall(r"^ *\|.*$", text, re.MULTILINE)]
    return out + [one for row in rows for one in stretches(row)]
