"""A code or a rule in words, for ``monitorpub explain`` and docs/rules.md."""

from __future__ import annotations

from monitorpub.checking.rule import Rule, all_rules
from monitorpub.codes import CODES


def explanation(word: str) -> str | None:
    """What a code or the name of a rule means, or None where there is no such code."""
    rules = all_rules()
    code = next((c.code for c in CODES.values() if word.upper() == c.code or word.lower() == c.name), None)
    if code is None:
        return None
    if code in rules:
        return "\n".join(_paragraphs(rules[code], "{code} ({name}), {severity}", "{title}: {text}"))
    known = CODES[code]
    return f"{known.code} ({known.name}), {known.severity}\n\n{known.what}"


def rules_page() -> str:
    """docs/rules.md."""
    head = [
        "# Rules",
        "",
        "What `monitorpub check` looks for beyond fields and values. This page is made from the rules by `make docs`.",
        "",
        "Codes: N notes, S style of notes, W words of the text, D data, A access for all readers. `--select` and `--ignore`",
        "take a code, the beginning of one, or a name; a source waives a rule with `ignore: [{rule: ..., reason: ...}]`. Style rules never",
        "look inside quotations.",
        "",
        "| code | name | severity | what it finds |",
        "|---|---|---|---|",
        *(f"| [{r.code}](#{r.code.lower()}-{r.name}) | {r.name} | {r.severity} | {r.what} |" for r in all_rules().values()),
    ]
    for rule in all_rules().values():
        head += ["", *_paragraphs(rule, "## {code} {name}", "**{title}.** {text}")]
    return "\n".join(head) + "\n"


def _paragraphs(rule: Rule, head: str, line: str) -> list[str]:
    parts = (("What it finds", rule.what), ("Why", rule.why), ("Example", rule.example), ("Instead", rule.instead))
    out = [head.format(code=rule.code, name=rule.name, severity=rule.severity)]
    for title, text in parts:
        out += ["", line.format(title=title, text=text)]
    return out
