"""From the lines of a plain text to the blocks of the document."""

from __future__ import annotations

import re
from pathlib import Path

from monitorpub.diagnostics import Diagnostic
from monitorpub.importing.asked import Asked
from monitorpub.importing.document import Dated, Document, Heading, List, Paragraph, Table
from monitorpub.importing.flattened import facts_in, flattened, table_of
from monitorpub.importing.lines import BULLET, COUNTED, LONE_HYPHEN, Line, updated
from monitorpub.importing.roles import SINCE, role_of
from monitorpub.importing.signs import begun, marked
from monitorpub.model.countries import country_named

_CALL_SIGN = "\ue001"
"""Stands for a call while the signs round it are escaped."""


def common_mark(line: Line, start: int = 0) -> str:
    """The words of a line from ``start`` on as CommonMark, with its calls."""
    typed, calls = line.typed, [one for one in line.calls if one[0].start >= start]
    for call, _ in reversed(calls):
        typed = typed[: call.start] + _CALL_SIGN + typed[call.end :]
    keys = iter([key for _, key in calls])
    text = marked(_spaced(typed[start:]))
    return re.sub(_CALL_SIGN, lambda _: f"[^{next(keys)}]", text)


def _spaced(words: str) -> str:
    """Words with one space between two of them; a no-break space stays between a figure and what it counts."""
    single = re.sub(r"[^\S\t]{2,}", " ", words)
    return re.sub(r"(?<!\d)\xa0|\xa0(?!\w)", " ", single).strip()


class Blocks:
    """The lines of a text while they become blocks of its document."""

    def __init__(self, document: Document, lines: list[Line], file: Path) -> None:
        self.said: list[Diagnostic] = []
        self._document = document
        self._file = file
        self._asked = Asked(lines)
        self._lines = lines if self._asked.found else [line for line in lines if self._is_content(line)]
        self._index = 0
        self._role = ""
        """What the last heading of the first level began."""
        self._open = False
        """Whether a heading stands right above."""
        self._dates = [index for index, line in enumerate(self._lines) if updated(line.words)]
        self._titled = self._find_title()
        self._sections_dated = any(index > self._titled for index in self._dates)

    def read(self) -> None:
        """Take all lines."""
        while self._index < len(self._lines):
            self._next(self._lines[self._index])

    def _is_content(self, line: Line) -> bool:
        if LONE_HYPHEN.match(line.typed):
            self._document.say("left-out", line.number, "a line with a hyphen and nothing else")
            return False
        return True

    def _find_title(self) -> int:
        """Take the title from the first line, if that is one; gives the index of the last line that speaks of the whole text."""
        first = self._lines[0] if self._lines else None
        if first is None or first.calls or role_of(first.words) or SINCE.match(first.words):
            return -1
        following = self._lines[1] if len(self._lines) > 1 else None
        country = country_named(first.words)
        if not (country or first.is_heading or (self._asked.found and len(first.words) <= 150)) or following is None:
            return -1
        if not country and not self._asked.found:
            if updated(following.words):
                return -1  # the heading of a section that has a date
            self._document.say("guessed", first.number, f"“{first.words}” was taken for the title")
        self._document.title = first.words
        self._index = 1
        return 1 if updated(following.words) and 1 in self._dates else 0

    def _next(self, line: Line) -> None:
        words = line.words
        if self._asked.found and self._ask():
            return
        if line.tabbed:
            self._table()
        elif found := updated(words):
            self._dated(line, *found)
        elif BULLET.match(line.typed) or self._counts(line):
            self._list(line)
        elif since := SINCE.match(words):
            self._since(line, since)
        elif role := self._begins(line):
            self._heading(line, 1, role)
        elif not self._asked.inside and self._facts():
            pass
        elif not self._asked.inside and self._is_heading(line):
            self._heading(line, self._level(line))
        else:
            self._paragraph(line)

    def _ask(self) -> bool:
        """Questions between lines of hyphens; what stands behind the last answer."""
        found = self._asked.at(self._index)
        if found is None:
            return False
        if found.role:
            line = self._lines[found.line]
            self._heading(line, 1, found.role)
            if found.role == "call-out":
                self._document.say("guessed", line.number, "what stands behind the last answer was taken for the call-out")
        self._index = found.next
        return True

    def _begins(self, line: Line) -> str:
        """What a heading begins, by its words; links to more on the subject stand at the end, and no text behind them."""
        role = role_of(line.words)
        if role == "related" and any(len(other.words.split()) > 30 for other in self._lines[self._index + 1 :]):
            return ""
        return role if role and (line.is_heading or line.words.endswith(":")) else ""

    def _heading(self, line: Line, level: int, role: str = "") -> None:
        text = common_mark(line)
        text = text.removesuffix(":").rstrip() if role != "question" else text
        self._document.blocks.append(Heading(level, text, line.number, role))  # type: ignore[arg-type]
        if level == 1:
            self._role = role
        self._index += 1
        self._open = True

    def _is_heading(self, line: Line) -> bool:
        """Whether a line is a heading.  Few words without a stop are taken for one, which is said; capitals and dates make it sure."""
        following = self._after()
        labelled = self._role in ("key-data", "capacity") and line.words.endswith(":") and len(line.words.split()) <= 15
        if not (line.is_heading or labelled) or following is None or line.words.startswith("("):
            return False
        sure = line.in_capitals or updated(following.words) or labelled
        if not sure:
            self._document.say("guessed", line.number, f"“{line.words}” was taken for a heading: it is short and has no stop at its end")
        return True

    def _level(self, line: Line) -> int:
        following = self._after()
        if following is not None and updated(following.words):
            return 1
        listed = following is not None and BULLET.match(following.typed) is not None
        tabled = following is not None and following.tabbed
        if (self._role == "key-data" and (listed or tabled or line.words.endswith(":"))) or (self._role == "capacity" and listed):
            return 2
        return 2 if self._sections_dated else 1

    def _after(self) -> Line | None:
        return self._lines[self._index + 1] if self._index + 1 < len(self._lines) else None

    def _dated(self, line: Line, day: object, sure: bool) -> None:
        blocks = self._document.blocks
        nameless = self._index > self._titled and (line.after_notes or not self._open)
        if nameless:
            blocks.append(Heading(1, "", line.number))
            self._document.say("guessed", line.number, "a section begins here that has a date and no heading")
            self._role = ""
        blocks.append(Dated(day, line.number))  # type: ignore[arg-type]
        if not sure:
            self._document.say("guessed", line.number, f"the date of “{line.words}” is not sure")
        self._open = self._open or nameless
        self._index += 1

    def _since(self, line: Line, match: re.Match[str]) -> None:
        self._document.blocks.append(Heading(1, match[1].strip(), line.number, "key-developments"))
        start = line.typed.index(":") + 1
        if rest := common_mark(line, start):
            self._document.blocks.append(Paragraph(begun(rest), line.number))
        self._role, self._open = "key-developments", False
        self._index += 1

    def _table(self) -> None:
        rows = []
        while self._index < len(self._lines) and self._lines[self._index].tabbed:
            rows.append(self._lines[self._index])
            self._index += 1
        table, said = table_of(rows, self._file, common_mark)
        self.said += said
        for one in said:
            self._document.say("changed", one.place.line if one.place else 0, "this row had other cells than its table has columns")
        self._caption(table)
        self._document.blocks.append(table)
        self._open = False

    def _caption(self, table: Table) -> None:
        """A heading right above a table is its caption in the key data, or where it says that it is a table."""
        above = self._document.blocks[-1] if self._document.blocks else None
        if isinstance(above, Heading) and self._open and (self._role == "key-data" or above.text.lower().startswith("table ")):
            if above.level == 1 and above.role:
                return
            table.caption, table.line = above.text, above.line
            self._document.blocks.pop()

    def _counts(self, line: Line) -> bool:
        """Whether a numbered list begins here: with 1, and the next line with 2."""
        following = self._after()
        first, second = COUNTED.match(line.typed), COUNTED.match(following.typed) if following else None
        return bool(first and second and int(first[1]) == 1 and int(second[1]) == 2)

    def _list(self, line: Line) -> None:
        ordered = BULLET.match(line.typed) is None
        items: list[list[List | Paragraph]] = []
        while self._index < len(self._lines):
            current = self._lines[self._index]
            match = COUNTED.match(current.typed) if ordered else BULLET.match(current.typed)
            if not match or (ordered and int(match[1]) != len(items) + 1) or LONE_HYPHEN.match(current.typed):
                break
            items.append([Paragraph(begun(common_mark(current, match.end())), current.number)])
            self._index += 1
        self._document.blocks.append(List(items, ordered, 1, line.number))  # type: ignore[arg-type]
        self._open = False

    def _facts(self) -> bool:
        """Labels and values, each on a line of its own."""
        run = flattened(self._lines, self._index, labelled=self._role == "key-data", headed=self._open)
        if run is None:
            return False
        if run.heading is not None:
            self._heading(run.heading, 1 if not self._sections_dated else 2)
            self._document.say("guessed", run.heading.number, f"“{run.heading.words}” was taken for a heading: a table stands below it")
        facts = facts_in(run, common_mark)
        self._document.blocks.append(facts)
        for number, words in run.guesses:
            self._document.say("guessed", number, words)
        self._index = run.end
        self._open = False
        return True

    def _paragraph(self, line: Line) -> None:
        text = common_mark(line)
        above = self._document.blocks[-1] if self._document.blocks else None
        before = self._lines[self._index - 1] if self._index else None
        if isinstance(above, Paragraph) and before is not None and before.unfinished and line.words[:1].islower():
            above.text = f"{above.text} {text}"
            self._document.say("guessed", line.number, f"the paragraph of line {above.line} goes on here")
        else:
            self._document.blocks.append(Paragraph(begun(text), line.number))
        self._index += 1
        self._open = False
