"""What a page copied from a site brings with it and no report has: menus, feedback boxes, links to the next page."""

from __future__ import annotations

import re

_MENU = frozenset(
    """about|about us|the issues|our research products|order publications|press room|resources for monitor researchers|table of contents|
    country reports|country profiles|home|search|menu|contact|contact us|login|log in|sign in|register|news|newsroom|publications|reports|
    donate|subscribe|newsletter|skip to content|skip to main content|skip to navigation|main menu|share|share this|share this page|print|
    print this page|download|download pdf|back|back to top|top|next|previous|contents|sitemap|site map|privacy policy|cookie policy|
    accept cookies|languages|english|français|español|related report|related reports|follow us|facebook|twitter|linkedin|youtube|
    send us your feedback on this profile|all rights reserved""".replace("\n", "")
    .replace("    ", "")
    .split("|")
)
_ANYWHERE = re.compile(
    r"<?\s*(?:previous|prev\.?|next)\s*(?:\|\s*(?:table of contents|contents|next)\s*)*\s*>?"
    r"|[+*•|·»«>\s-]*[+*•|·»«>][+*•|·»«>\s-]*"
    r"|table of contents"
    r"|(?:email notification\s+)?receive (?:e-?mail )?notifications\b.*"
    r"|send (?:the \w+|us) your feedback\b.*"
    r"|(?:©|\(c\)|copyright)\s.{0,80}"
    r"|skip to (?:main )?content"
    r"|(?:we use|this (?:web)?site uses) cookies\b.*",
    re.IGNORECASE,
)
_EMAIL_BOX = re.compile(r"email notification\b.{0,40}\breceive notifications\b.*", re.IGNORECASE)
LONGEST = 400
PROSE = 25
"""Words of a line that is surely text: menus stand above the first of them and below the last."""


def is_site(line: str, *, outside: bool) -> bool:
    """Whether a line belongs to the site; ``outside`` where it stands above the first text or below the last, as menus do."""
    words = " ".join(line.split())
    if not words or len(words) > LONGEST:
        return False
    if _ANYWHERE.fullmatch(words) or _EMAIL_BOX.fullmatch(words):
        return True
    return outside and words.strip(" :>»<|").lower() in _MENU


def site_lines(lines: list[str]) -> list[int]:
    """The indices of the lines that belong to the site."""
    prose = [index for index, line in enumerate(lines) if len(line.split()) >= PROSE and not is_site(line, outside=True)]
    first, last = (prose[0], prose[-1]) if prose else (len(lines), len(lines))
    found = {index for index, line in enumerate(lines) if is_site(line, outside=index < first or index > last)}
    related = {index for index, line in enumerate(lines) if re.fullmatch(r"\s*related reports?:\s*", line, re.IGNORECASE)}
    return sorted(found | related)
