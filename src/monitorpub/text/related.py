"""Links whose words are a text of their own: related links, and the list of questions."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Sequence

from markdown_it.token import Token

from monitorpub.model import Text
from monitorpub.model.scalars import shown
from monitorpub.text.addresses import is_good
from monitorpub.text.parse import Parsed, Problem
from monitorpub.text.references import Reference, place_of

HINT = "An address begins with https:// or mailto:; or it is the name of a profile, or # and the id of a section or a table."


def related_link(title: Parsed, address: Text) -> Parsed:
    """The link as a text at the path of its address; with T004 where the address leads nowhere."""
    typed = address.source.strip()
    place = place_of(typed)
    problems = () if is_good(typed) else (Problem("T004", f"The address {shown(typed)} leads to no place on the web.", typed, hint=HINT),)
    references = (Reference(address, *place, typed, 0),) if place is not None else ()
    words = [child for token in without_links(title.tokens) for child in token.children or ()]
    children = [Token("link_open", "a", 1, attrs={"href": typed}), *words, Token("link_close", "a", -1)]
    return Parsed(address, (Token("inline", "", 0, content=typed, children=children),), (), (), (typed,), problems, references)


def without_links(tokens: Iterable[Token]) -> list[Token]:
    """The tokens of a line as the words of a link: without links, note calls and marks for the index of their own."""
    out = []
    for token in tokens:
        piece = copy.copy(token)
        piece.children = list(_words(token.children or ()))
        out.append(piece)
    return out


def _words(children: Sequence[Token]) -> Iterator[Token]:
    for child in children:
        if child.type in ("link_open", "link_close", "note_call"):
            continue
        if child.type in ("mark_open", "mark_close"):
            if not child.meta["lang"]:
                continue
            child = copy.copy(child)
            child.meta = {**child.meta, "index": False}
        yield child
