"""What a link may lead to."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from monitorpub.text.references import place_of

SCHEMES = ("http", "https", "mailto")
_WEB = re.compile(r"https?://(?:[^\s/@]+@)?\w[\w.-]*(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)


def is_good(address: str) -> bool:
    """Whether a link leads to the web, to a mailbox or to a place in a part."""
    if address.startswith("#") or place_of(address) is not None:
        return True
    try:
        scheme = urlsplit(address).scheme.lower()
    except ValueError:
        return False
    return scheme == "mailto" or (scheme in SCHEMES and _WEB.fullmatch(address) is not None)
