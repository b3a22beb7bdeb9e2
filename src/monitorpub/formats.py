"""Diagnostics for machines: JSON, SARIF 2.1.0 (OASIS) and the commands of GitHub's workflows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from monitorpub import __version__
from monitorpub.codes import CODES
from monitorpub.diagnostics import Diagnostic
from monitorpub.report import as_text, shown_path


def formatted(diagnostics: Sequence[Diagnostic], form: str, *, colour: bool = False) -> str:
    """All diagnostics in the order of the files, as ``text``, ``json``, ``sarif`` or ``github``."""
    ordered = sorted(diagnostics, key=lambda d: d.sort_key)
    if form == "json":
        return json.dumps([_as_dict(d) for d in ordered], indent=2, ensure_ascii=False) + "\n"
    if form == "sarif":
        return json.dumps(_sarif(ordered), indent=2, ensure_ascii=False) + "\n"
    if form == "github":
        return "".join(_github(d) for d in ordered)
    return as_text(ordered, colour=colour)


def _as_dict(diagnostic: Diagnostic) -> dict[str, Any]:
    place = diagnostic.place
    return {
        "code": diagnostic.code,
        "name": CODES[diagnostic.code].name,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        "field": diagnostic.path,
        "file": _uri(diagnostic) if place else None,
        "line": place.line if place and place.line else None,
        "column": place.column if place and place.line else None,
        "end_column": place.end_column if place and place.line else None,
    }


def _uri(diagnostic: Diagnostic) -> str:
    assert diagnostic.place is not None
    return PurePath(shown_path(diagnostic.place.file)).as_posix()


def _sarif(diagnostics: Sequence[Diagnostic]) -> dict[str, Any]:
    codes = sorted({d.code for d in diagnostics})
    rules = [
        {
            "id": code,
            "name": CODES[code].name,
            "shortDescription": {"text": CODES[code].what},
            "defaultConfiguration": {"level": CODES[code].severity.value},
        }
        for code in codes
    ]
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "monitorpub", "version": __version__, "rules": rules}},
                "columnKind": "unicodeCodePoints",
                "results": [_result(d, codes.index(d.code)) for d in diagnostics],
            }
        ],
    }


def _result(diagnostic: Diagnostic, index: int) -> dict[str, Any]:
    words = f"{diagnostic.message} {diagnostic.hint}".strip()
    result: dict[str, Any] = {"ruleId": diagnostic.code, "ruleIndex": index, "level": diagnostic.severity.value, "message": {"text": words}}
    if place := diagnostic.place:
        location: dict[str, Any] = {"artifactLocation": {"uri": quote(_uri(diagnostic), safe="/")}}
        if place.line:
            location["region"] = {"startLine": place.line, "startColumn": place.column, "endColumn": place.end_column}
        result["locations"] = [{"physicalLocation": location}]
    return result


def _github(diagnostic: Diagnostic) -> str:
    """One workflow command; its signs are escaped as GitHub's runner reads them."""
    where = ""
    if place := diagnostic.place:
        where = f"file={_escaped(_uri(diagnostic), property_value=True)}"
        if place.line:
            where += f",line={place.line},col={place.column},endColumn={place.end_column}"
        where += ","
    title = f"{diagnostic.code} {CODES[diagnostic.code].name}"
    words = f"{diagnostic.message} {diagnostic.hint}".strip()
    return f"::{diagnostic.severity.value} {where}title={_escaped(title, property_value=True)}::{_escaped(words)}\n"


def _escaped(text: str, *, property_value: bool = False) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if property_value else text
