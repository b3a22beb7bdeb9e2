"""S109: a short link that is shorter or longer than all its like."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from monitorpub.checking.in_notes import texts
from monitorpub.checking.manuscript import Manuscript, Passage
from monitorpub.checking.rule import Hit, Rule, Severity

_LINK = re.compile(r"https?://(bit\.ly|tinyurl\.com|goo\.gl|ow\.ly|t\.co|is\.gd|shorturl\.at|rb\.gy|buff\.ly|t\.ly)/(\w+)(?![\w/-])")


def find(manuscript: Manuscript) -> Iterator[Hit]:
    """Links of a shortening service whose code has not the length that the others have."""
    found: dict[str, list[tuple[str, Passage, re.Match[str]]]] = defaultdict(list)
    for name, passage in texts(manuscript):
        for match in _LINK.finditer(passage.text):
            found[match[1]].append((name, passage, match))
    for host, links in found.items():
        lengths = Counter(len(code) for code in {match[2] for _, _, match in links})
        usual, count = lengths.most_common(1)[0]
        others = sum(lengths.values()) - count
        if count < 3 or count < 4 * others:
            continue
        for name, passage, match in links:
            code = match[2]
            if len(code) != usual and abs(len(code) - usual) <= 2 and _is_made_by_machine(code):
                less = "short" if len(code) < usual else "long"
                message = f"{name} has a link that seems too {less}: {len(code)} signs after {host}/, where the other {count} have {usual}."
                yield Hit(passage, *match.span(), message)


def _is_made_by_machine(code: str) -> bool:
    """Whether it is a row of letters and figures without sense; words that somebody chose may have any length."""
    return bool(re.search(r"\d", code) and re.search(r"[A-Za-z]", code)) and not re.search(r"[a-z]{4}|(?:19|20)\d\d$", code)


RULE = Rule(
    code="S109",
    name="short-link-length",
    severity=Severity.WARNING,
    what="A short link (bit.ly, tinyurl.com) whose code has a sign more or less than the others of the same service.",
    why="A sign was lost in copying, and the link leads nowhere, or to something else.",
    example="https://bit.ly/3WV4Y4 among links such as https://bit.ly/3LLpui2",
    instead="Open the link; where it fails, copy it again from the source.",
    check=find,
)
