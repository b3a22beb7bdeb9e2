"""Calls and notes of a PDF that does not name them, found by size and place.

A call is a raised number behind a word, a number in superior figures, or a number that is a link to a note.  A note is
a line in smaller type below the text that begins with the number that comes next.
What is found so is likely, not certain: the outcome says that it is a guess.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from monitorpub.verifying.content import Piece
from monitorpub.verifying.found import Apparatus, Call, Footnote, plain, under
from monitorpub.verifying.reader import Document, Link, Page

SUPERIOR = "⁰¹²³⁴⁵⁶⁷⁸⁹"
NUMBERS = re.compile(rf"\d{{1,4}}(?:[,;\s]+\d{{1,4}})*|[{SUPERIOR}]+")
UNITS = re.compile(r"(?:\b|\d)(?:[kcm]?m|in|ft|mi|CO|R)$")
"""Before a raised 2 or 3 that is no call."""

POWERS = re.compile(r"(?:(?<!\w)(?:[^\W\d_]|\d+)|[)\]|=+×·−-])$")
"""Before a raised number that is likely a power: a letter or a figure by itself, a bracket, a sign."""

GUTTER = 1.0
"""Times the size of the text: the least gap between two columns."""

FOLIO = 20
"""Signs; a shorter line below the notes is a folio or a running foot."""

SMALL = 0.94
"""Times the size of the text: notes are at most as large."""


@dataclass
class Line:
    """Pieces on one baseline, with the raised ones among them."""

    y: float
    pieces: list[tuple[int, Piece]] = field(default_factory=list)

    @property
    def size(self) -> float:
        """The size of most of its signs."""
        return _size([piece for _, piece in self.pieces])

    @property
    def x(self) -> float:
        """Where it begins."""
        return min(piece.x for _, piece in self.pieces)

    @property
    def text(self) -> str:
        """Its words, with a space where there is a gap."""
        words = ""
        end = None
        for _, piece in self.pieces:
            if end is not None and piece.x - end > 0.15 * piece.size:
                words += " "
            words += piece.text
            end = piece.end_x
        return words.strip()


def find(document: Document) -> Apparatus:
    """The calls and notes of a document, as far as their form shows them."""
    body = _size([piece for page in document.pages for piece in page.pieces if piece.visible])
    out = Apparatus(linked=False)
    last = 0
    linked: list[tuple[Call, Link]] = []
    for page in document.pages:
        raised = [call for call in _calls(page) if not _is_small(page, call, body)]
        links = list(_links(page, raised, body))
        notes = list(_notes(page, body, {int(call.mark) for call in (*raised, *(call for call, _ in links))}, last))
        last = notes[-1].number if notes else last
        out.notes += notes
        out.calls += raised
        linked += links
    out.calls += [call for call, link in linked if _leads_to_note(link, out.notes, document, body)]
    out.calls.sort(key=lambda call: (call.page, call.order))
    out.calls = _without_maths(out.calls, out.notes)
    _join(out)
    return out


def _links(page: Page, known: list[Call], body: float) -> Iterator[tuple[Call, Link]]:
    """Numbers that are links, but for those that are raised and known already."""
    for link in page.links:
        mark, index = under(page, link.box) if link.internal else ("", -1)
        if re.fullmatch(r"[1-9]\d{0,3}", mark) and not any(call.order == index for call in known):
            call = Call(mark, page.number, index, link.box[0], page.pieces[index].y)
            if not _is_small(page, call, body):
                yield call, link


def _leads_to_note(link: Link, notes: list[Footnote], document: Document, body: float) -> bool:
    """Whether a note begins where a link leads."""
    page, y = link.to_page, link.point[1] if link.point else None
    if named := document.destinations.get(link.target):
        page, y = named.page, named.y
    return any(note.page == page and y is not None and -0.5 * body <= y - note.y <= 3 * body for note in notes)


def _size(pieces: list[Piece]) -> float:
    sizes: Counter[float] = Counter()
    for piece in pieces:
        sizes[round(piece.size * 2) / 2] += len(piece.text.strip())
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _calls(page: Page) -> Iterator[Call]:
    """Raised numbers, and numbers in superior figures, close behind a word."""
    before: Piece | None = None
    shown = [(index, piece) for index, piece in enumerate(page.pieces) if piece.visible and not piece.artifact and piece.text.strip()]
    for place, (index, piece) in enumerate(shown):
        following = shown[place + 1][1] if place + 1 < len(shown) else None
        for match in re.finditer(rf"(?<=\S)[{SUPERIOR}]+", piece.text):
            yield from _split(page, index, piece, plain(match[0]), piece.text[: match.start()])
        words = piece.text.strip()
        if before is not None and NUMBERS.fullmatch(words) and _is_raised(piece, before, following):
            yield from _split(page, index, piece, plain(words), before.text)
            continue
        before = piece


def _is_raised(piece: Piece, before: Piece, following: Piece | None) -> bool:
    if piece.y < before.y - 0.5 * before.size and piece.x < before.x + before.size and following is not None:
        on_line = piece.x < following.x and 0.1 * following.size < piece.y - following.y < following.size
        return on_line and piece.size <= 0.85 * following.size and following.size >= 0.9 * before.size  # the first of a line
    lifted = piece.size <= 0.85 * before.size and 0.1 * before.size < piece.y - before.y < before.size
    superior = all(c in SUPERIOR for c in piece.text.strip()) and abs(piece.y - before.y) < 0.1 * before.size
    return (lifted or superior) and -0.5 * before.size < piece.x - before.end_x < 0.5 * before.size


def _split(page: Page, index: int, piece: Piece, marks: str, before: str) -> Iterator[Call]:
    if marks in ("2", "3") and UNITS.search(before.rstrip()):
        return
    for mark in re.findall(r"\d+", marks):
        if int(mark):
            yield Call(str(int(mark)), page.number, index, piece.x, piece.y, exponent=bool(POWERS.search(before.rstrip())))


def _is_small(page: Page, call: Call, body: float) -> bool:
    """Whether a call stands in a small line low on the page: then it is the number of a note."""
    own = page.pieces[call.order]
    near = sorted((p for p in page.pieces if abs(p.y - call.y) < 0.6 * body and p.text.strip()), key=lambda p: p.x)
    columns: list[list[Piece]] = []
    for piece in near:
        if columns and piece.x - columns[-1][-1].end_x < GUTTER * body:
            columns[-1].append(piece)
        else:
            columns.append([piece])
    line = [p for column in columns if own in column for p in column if p is not own]
    return bool(line) and _size(line) <= SMALL * body and call.y < page.box[1] + 0.5 * (page.box[3] - page.box[1])


def _notes(page: Page, body: float, called: set[int], last: int) -> Iterator[Footnote]:
    """Small lines that begin with a number that may come next, with the small lines that follow."""
    lowest_text = page.box[1] + 0.75 * (page.box[3] - page.box[1])
    middle = (page.box[0] + page.box[2]) / 2
    columns: list[list[Line]] = [[], []]
    for line in _columns(_lines(page)):
        column = columns[line.x >= middle - 2 * body]
        if line.size > SMALL * body and len(line.text) > FOLIO:
            column.clear()  # notes stand below the text
        elif 0 < line.size <= SMALL * body and line.y <= lowest_text:
            column.append(line)
    lines = [*columns[0], *columns[1]]
    heads = [_head(line) for line in lines]
    found: list[Footnote] = []
    for index, (line, (number, raised, rest)) in enumerate(zip(lines, heads, strict=True)):
        previous = found[-1].number if found else last
        follows = number == previous + 1 or (number == 1 and 1 in called) or (number in called and (raised or not found))
        # One may be left out, but not where the next one is still to come: then this is a line within a note.
        skips = number in called and number > previous and not any(n == previous + 1 for n, _, _ in heads[index:])
        if number and rest and (follows or skips):
            found.append(Footnote(str(number), page.number, line.x, line.y, rest))
        elif found:
            found[-1].text += f" {line.text}"
    yield from found


def _head(line: Line) -> tuple[int, bool, str]:
    """The number that a line begins with (0 for none), whether it is raised, and the rest."""
    match = re.match(rf"([{SUPERIOR}]+|\d{{1,4}})(?=[\s.)]|\D)[.)]?\s*(.*)", line.text, re.DOTALL)
    if match is None:
        return 0, False, ""
    first = line.pieces[0][1]
    if len(line.pieces) > 1 and plain(first.text).isdigit() and first.size < 0.85 * line.pieces[1][1].size:
        rest = line.text[len(first.text.strip()) :].strip()  # a year may follow the number closely
        return (int(plain(first.text)), True, rest) if len(plain(first.text)) < 5 else (0, False, "")
    raised = match[1][0] in SUPERIOR or (first.size < 0.85 * line.size and plain(first.text) == match[1])
    alone = plain(first.text) == match[1] and len(line.pieces) > 1
    if not raised and not alone and not re.match(r"\d{1,4}(?:[.)]\s|\s)", line.text):
        return 0, False, ""
    return int(plain(match[1])), raised, match[2].strip()


def _lines(page: Page) -> list[Line]:
    """The lines of a page from top to bottom, raised numbers on the line they belong to."""
    lines: list[Line] = []
    pieces = [(i, p) for i, p in enumerate(page.pieces) if p.visible and p.level and not p.artifact and p.text.strip()]
    for entry in sorted(pieces, key=lambda e: (-len(e[1].text.strip()) if e[1].size > 0 else 0, -e[1].y)):
        near = [line for line in lines if abs(line.y - entry[1].y) < 0.55 * max(entry[1].size, line.size)]
        if near:
            min(near, key=lambda line: abs(line.y - entry[1].y)).pieces.append(entry)
        else:
            lines.append(Line(entry[1].y, [entry]))
    for line in lines:
        line.pieces.sort(key=lambda e: (round(e[1].x, 1), e[0]))
    return sorted(lines, key=lambda line: -line.y)


def _columns(lines: list[Line]) -> Iterator[Line]:
    """Lines cut where the gap between two columns is, but not behind the number of a note."""
    for line in lines:
        parts = [Line(line.y)]
        for entry in line.pieces:
            own = parts[-1].pieces
            if (
                own
                and entry[1].x - own[-1][1].end_x > GUTTER * line.size
                and not (len(own) == 1 and plain(own[0][1].text).rstrip(".").isdigit())
            ):
                parts.append(Line(line.y))
            parts[-1].pieces.append(entry)
        yield from parts


def _without_maths(calls: list[Call], notes: list[Footnote]) -> list[Call]:
    """The calls without raised numbers that are none: out of turn, with no note, or with a call of that number in its turn later on."""
    known = {note.mark for note in notes}
    kept: list[Call] = []
    highest = 0
    for index, call in enumerate(calls):
        number = int(call.mark)
        highest = 0 if number == 1 else highest
        ahead = number > highest + 1
        if ahead and (call.mark not in known or any(later.mark == call.mark for later in calls[index + 1 :])):
            continue
        if call.exponent and (call.mark not in known or any(c.mark == call.mark and not c.exponent for c in calls)):
            continue
        highest = max(highest, number)
        kept.append(call)
    return kept


def odd_ones(out: Apparatus) -> set[str]:
    """The numbers of which something would be said: calls without note, notes without call, left out, twice, or out of order."""
    odd = {call.mark for call in out.calls if not any(call in note.calls for note in out.notes)}
    odd |= {note.mark for note in out.notes if not note.calls}
    last = 0
    for note in out.notes:
        if note.number == 1:
            last = 0
        odd |= {note.mark} if note.number <= last else {str(number) for number in range(last + 1, note.number)}
        last = max(last, note.number)
    highest = 0
    for call in out.calls:
        highest = 0 if call.mark == "1" else highest
        odd |= {call.mark} if int(call.mark) > highest + 1 and not odd & {str(n) for n in range(highest + 1, int(call.mark))} else set()
        highest = max(highest, int(call.mark))
    return odd


def _join(out: Apparatus) -> None:
    """Give each call to the note of its number: on its page, or else the nearest one after it, or before."""
    by_number: dict[str, list[Footnote]] = {}
    for note in out.notes:
        by_number.setdefault(note.mark, []).append(note)
    for call in out.calls:
        notes = by_number.get(call.mark, [])
        near = min(notes, key=lambda note: (note.page < call.page, abs(note.page - call.page)), default=None)
        if near is not None:
            near.calls.append(call)
