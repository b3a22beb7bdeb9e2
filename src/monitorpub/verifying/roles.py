"""The roles that elements may have, and what others stand for (ISO 32000-1, 14.8.4; ISO 32000-2, 14.8.4 and 14.8.6)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

HEADING = re.compile(r"H([1-9]\d?)")
"""A heading with its level."""

PDF_1 = frozenset(
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD"
    " THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form".split()
)
"""The roles of PDF 1.7."""

PDF_2 = frozenset(
    "Document DocumentFragment Part Sect Div Aside NonStruct P H Title FENote Sub Lbl Span Em Strong Link Annot Form Ruby RB RT RP Warichu"
    " WT WP L LI LBody Table TR TH TD THead TBody TFoot Caption Figure Formula Artifact".split()
)
"""The roles of PDF 2.0, but for those of headings, which have any level."""

NAMESPACE_1 = "http://iso.org/pdf/ssn"
NAMESPACE_2 = "http://iso.org/pdf2/ssn"
MATHML = "http://www.w3.org/1998/Math/MathML"

LONGEST = 20
"""How many roles may stand for each other in a row."""


@dataclass
class Roles:
    """What the roles of a file stand for."""

    own: dict[str, str] = field(default_factory=dict)
    """The role map of the file."""

    @classmethod
    def of(cls, source: dict[str, Any]) -> Roles:
        """From the role map as the file has it."""
        return cls({str(role).removeprefix("/"): str(target).removeprefix("/") for role, target in source.items()})

    def kind(self, role: str, namespace: Any = None) -> str:
        """The standard role that a role stands for; nothing where it stands for none, or for itself in a circle."""
        if isinstance(namespace, dict):
            name = str(namespace.get("/NS", ""))
            if name == MATHML:
                return "Formula" if role == "math" else "Span"
            if name == NAMESPACE_2:
                return role if role in PDF_2 or HEADING.fullmatch(role) else ""
            if name != NAMESPACE_1:
                return self._mapped(role, namespace)
        for _ in range(LONGEST):
            if role in PDF_1:
                return role
            if role not in self.own:
                return ""
            role = self.own[role]
            if role in PDF_2 or HEADING.fullmatch(role):  # some writers map to roles of PDF 2.0
                return role
        return ""

    def _mapped(self, role: str, namespace: dict[str, Any]) -> str:
        """What a role of another namespace stands for: a role of PDF 1.7, or one of another namespace."""
        for _ in range(LONGEST):
            table = namespace.get("/RoleMapNS")
            table = table.get_object() if table is not None else {}
            found = table.get(f"/{role}") if isinstance(table, dict) else None
            found = found.get_object() if found is not None else None
            if isinstance(found, list) and len(found) == 2:  # a role and its namespace
                role, other = str(found[0].get_object()).removeprefix("/"), found[1].get_object()
                if not isinstance(other, dict) or str(other.get("/NS", "")) in (NAMESPACE_1, NAMESPACE_2, MATHML):
                    return self.kind(role, other if isinstance(other, dict) else None)
                namespace = other
            else:
                return self.kind(str(found).removeprefix("/")) if found is not None else ""
        return ""
