"""The way from facts to a printed table: profiles are chosen, columns read, rows computed, sorted and cut, and all is put in words."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from monitorpub.collation import sort_key
from monitorpub.computed.cells import BLANK, Cell, LeftOut, cells_of, left_out
from monitorpub.computed.made import MadeNotes, remarks
from monitorpub.computed.printed import ComputedCell, ComputedColumn, ComputedGroup, ComputedRow, PrintedComputed
from monitorpub.computed.rows import GroupOfProfiles, Line, chosen, profile_lines, value_lines
from monitorpub.computed.sorting import in_order
from monitorpub.computed.values import Series, in_one_unit, shown, values_of
from monitorpub.computed.widths import Shares, Wanted, shares
from monitorpub.computed.words import TableWords
from monitorpub.diagnostics import Diagnostic, Found, has_errors
from monitorpub.facts import Facts, Row, field, label_of, unknown_path
from monitorpub.figures import DASH, WITHOUT_SIGN, decimals_of, format_number, padding
from monitorpub.model.computed import Column, ComputedTable, year_of
from monitorpub.number import Note, Steps
from monitorpub.source import Source

PERCENT_DECIMALS = {"share": 1, "change-in-percent": 0}
"""How many decimals percentages have, where the column says nothing."""


@dataclass
class Read:
    """A column with what it found; without a field it found nothing and counts profiles."""

    column: Column
    index: int
    series: Series | None
    reference: int
    """The year that is not marked."""
    cells: list[Cell]
    marked: bool = True
    """Whether its figures carry notes: those of a statement stand once in a row."""
    head: str = ""
    """What stands over it, in plain words."""

    @property
    def decimals(self) -> int | None:
        """How many decimals are printed at most."""
        if self.column.decimals is not None or self.column.show not in PERCENT_DECIMALS:
            return self.column.decimals if self.series is None or self.column.show in PERCENT_DECIMALS else self.series.decimals
        return PERCENT_DECIMALS[self.column.show]

    @property
    def unit(self) -> str:
        """The unit in the head, "" for none."""
        if self.column.show in PERCENT_DECIMALS:
            return "%"
        if self.series is None or self.column.show in ("rank", "count", "names") or not self.series.figures:
            return ""
        return "" if self.series.unit in WITHOUT_SIGN else self.series.unit

    @property
    def adds_up(self) -> bool:
        """Whether totals of it are sums of figures, of which some may be left out."""
        return self.series is not None and self.series.figures and self.series.unit != "%" and self.column.show in ("value", "change")


class Computation:
    """One table on its way."""

    def __init__(
        self,
        table: ComputedTable,
        profiles: Sequence[Facts],
        language: str,
        edition: int,
        words: Mapping[str, str],
        source: Source,
        path: Steps,
        groups: Sequence[GroupOfProfiles],
    ) -> None:
        self.table, self.path, self.source = table, path, source
        self.language, self.edition = language, edition
        self.words = TableWords(words, language)
        self.everyone = list(profiles)
        self.profiles, said = chosen(table, profiles, groups, source, path)
        self.said: list[Diagnostic] = list(said)
        self.columns: list[Read] = []

    def printed(self, notes: Sequence[Note], number: int | None) -> Found[PrintedComputed]:
        """The table; None where something is wrong with it."""
        for index, column in enumerate(self.table.columns):
            self._read(column, index)
        self._check_fields()
        if has_errors(self.said):
            return Found(None, tuple(sorted(dict.fromkeys(self.said), key=lambda one: one.sort_key)))
        for read in self.columns:
            read.head = self._head(read)
            read.marked = self._is_marked(read)
        blocks = self._blocks()
        made = MadeNotes(self.table, self.path, self.words, self.language, list(notes))
        longest = [max((self._decimals(column, cell) for cell in column.cells), default=0) for column in self.columns]
        groups, start = [], 0
        for head, lines in blocks:
            rows = [self._row(line, start + offset, made, longest) for offset, line in enumerate(lines)]
            groups.append(ComputedGroup(head, tuple(rows)))
            start += len(lines)
        widths = self._shares(groups)
        columns = tuple(
            ComputedColumn(read.column.label, read.head, read.unit, self._has_figures(read), width)
            for read, width in zip(self.columns, widths.columns, strict=True)
        )
        return Found(
            PrintedComputed(
                self.table, self.path, number, columns, tuple(groups), tuple(made.notes), self._remarks(), widths.setting, widths.label
            )
        )

    # What is read

    def _read(self, column: Column, index: int) -> None:
        """The values of a column.  Gives diagnostics K001-K004 and K009."""
        where = (*self.path, "columns", index)
        year = year_of(column.year, self.edition)
        reference = self.edition - 1 if year is None else year
        if column.field is None:
            self.columns.append(Read(column, index, None, reference, []))
            return
        if problem := unknown_path(column.field, self.everyone):
            self.said.append(self.source.at("K001", problem[0], (*where, "field"), problem[1]))
            return
        self._check_years(column, where)
        values, before = values_of(column, self.profiles, self.edition)
        series = in_one_unit(column, values, before)
        if isinstance(series, tuple):
            unit, target = series
            hint = "Areas are in m², ha or km²." if column.unit else "Write the unit that is wanted, or make two columns of it."
            message = f"Figures {_named(unit)} cannot be converted into figures {_named(target)}."
            self.said.append(self.source.at("K002", message, (*where, "unit" if column.unit else "field"), hint))
            return
        self._check_sums(column, series, where)
        self.columns.append(Read(column, index, series, reference, []))

    def _check_years(self, column: Column, where: Steps) -> None:
        rows = [found for one in self.everyone if isinstance(found := field(one, column.field or ""), Row)]
        known = sorted({int(year) for row in rows for year in row.values}, reverse=True)
        backwards = self._is_backwards(column)
        if backwards:
            self.said.append(self.source.at("K009", backwards[0], (*where, "since"), backwards[1]))
        for name, when in (("year", column.year), ("since", None if backwards else column.since)):
            year = year_of(when, self.edition) if when is not None else None
            if rows and year is not None and year not in known:
                hint = f"There are values for {', '.join(map(str, known[:8]))}; or write latest." if known else ""
                self.said.append(self.source.at("K004", f"No profile has a value of {column.field} for {year}.", (*where, name), hint))

    def _is_backwards(self, column: Column) -> tuple[str, str] | None:
        """The sentence and the hint of K009 for a change since a year that is not before its own."""
        if column.since is None:
            return None
        year, since = year_of(column.year, self.edition), year_of(column.since, self.edition)
        if since is None:
            return "A change since the latest year is none.", "Name the earlier of its two years: since: 2023"
        if year is None or since < year:
            return None
        own = f"the year of this column is {year}" + ("" if "year" in column.model_fields_set else ", that before the edition")
        what = "with itself" if since == year else "with a later one"
        return f"This compares a year {what}: {own}.", f"since must be before {year}; or write another year."

    def _check_sums(self, column: Column, series: Series, where: Steps) -> None:
        sums = column.show in ("change", "change-in-percent", "rank", "share") or (column.show == "value" and self.table.group_by)
        if not sums:
            return
        reported = [value for value in series.values if value.reported]
        if reported and not series.figures:
            message = f"{column.field} holds words: they cannot be added up or compared."
            hint = f"{reported[0].words!r}, for instance. Choose a field of figures; or count the profiles, with show: count."
            self.said.append(self.source.at("K003", message, (*where, "field"), hint))
        elif series.unit == "%" and column.show in ("value", "share") and self.table.group_by:
            hint = "Choose a field of figures, or leave out group-by."
            self.said.append(self.source.at("K003", f"{column.field} is a percentage: it cannot be added up.", (*where, "field"), hint))

    def _check_fields(self) -> None:
        """The other fields of the table.  Gives diagnostics K001, K003 and K006."""
        for name, path in (("group-by", self.table.group_by), ("heads", self.table.heads)):
            if path and (problem := unknown_path(path, self.everyone)):
                self.said.append(self.source.at("K001", problem[0], (*self.path, name), problem[1]))
        complete = len(self.columns) == len(self.table.columns)
        if self.table.totals and complete and not any(one.adds_up or one.column.show in ("count", "share") for one in self.columns):
            hint = "Leave out totals, or add a column of figures."
            self.said.append(self.source.at("K003", "No column of this table can be added up.", (*self.path, "totals"), hint))
        self._check_sort()

    def _check_sort(self) -> None:
        """K006 where no column has the name by which the table is sorted, or several have it."""
        sort, columns = self.table.sort, self.table.columns
        names = dict.fromkeys(["name", *(column.name for column in columns)])
        if sort is None or sort.by == "name" or len(sorted_by(sort.by, columns)) == 1:
            return
        where = (*self.path, "sort", "by") if self.source.has((*self.path, "sort", "by")) else (*self.path, "sort")
        if sort.by in names:
            message, hint = f"Several columns are called {sort.by!r}.", f"Give the one that is meant an id of its own: id: {sort.by}-2"
        else:
            near = difflib.get_close_matches(sort.by, names, n=1, cutoff=0.5)
            message = f"The table has no column {sort.by!r}."
            hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(names)}."
            if not near and any(len(sorted_by(name, columns)) > 1 for name in names):
                hint += " Give a column an id, so that it is told from others."
        self.said.append(self.source.at("K006", message, where, hint))

    # Rows

    def _blocks(self) -> list[tuple[str, list[Line]]]:
        """Heads with their rows, totals and all; the cells of all columns are computed for these rows."""
        table, words = self.table, self.words
        everyone = tuple(range(len(self.profiles)))
        lines = self._sorted(self._values_of(table.group_by) if table.group_by else profile_lines(self.profiles))
        blocks: list[tuple[str, list[Line]]] = [("", lines)]
        if table.heads:
            place = {line.members[0]: position for position, line in enumerate(lines)}
            heads = self._values_of(table.heads)
            blocks = [(head.name, [lines[place[i]] for i in sorted(head.members, key=place.__getitem__)]) for head in heads if head.members]
        elif table.top and len(lines) > table.top:
            blocks = [("", self._cut(lines, table.top))]
        if table.totals:
            if table.heads:
                blocks = [(head, [*rows, self._sum_of(rows, "subtotal")]) for head, rows in blocks]
                blocks.append(("", [Line(words("total"), everyone, kind="total")]))
            else:
                blocks = [("", [*blocks[0][1], Line(words("total"), everyone, kind="total")])]
        self._compute([line for _, rows in blocks for line in rows], ranked=lines)
        return blocks

    def _values_of(self, path: str) -> list[Line]:
        return value_lines(self.table, path, self.profiles, self.words, self.language)

    def _sum_of(self, rows: Sequence[Line], kind: str) -> Line:
        return Line(self.words(kind), tuple(index for line in rows for index in line.members), kind=kind)

    def _cut(self, lines: list[Line], top: int) -> list[Line]:
        """The first rows; with totals, one more for all the others, so that the table adds up."""
        rest = lines[top:]
        if not self.table.totals:
            return lines[:top]
        members = tuple(index for line in rest for index in line.members)
        return [*lines[:top], Line(self.words.counted("others", len(rest)), members, kind="others")]

    def _sorted(self, lines: list[Line]) -> list[Line]:
        sort = self.table.sort
        if sort is None:
            return lines
        descending = sort.order == "descending"
        if sort.by == "name":
            keys: list[tuple[Decimal | None, str]] = [(None, line.name) for line in lines]
        else:
            (wanted,) = sorted_by(sort.by, self.table.columns)
            read = next(one for one in self.columns if one.column is wanted)
            cells = cells_of(read.column, read.series, lines, range(len(self.profiles)), read.reference)
            keys = [(cell.number if cell.number is not None else cell.bound, cell.words) for cell in cells]
        return [lines[index] for index in in_order(keys, self.language, descending=descending)]

    def _compute(self, lines: Sequence[Line], ranked: Sequence[Line]) -> None:
        """The cells of each column for these rows; ranks are taken among all rows, also those that are not printed."""
        everyone = range(len(self.profiles))
        for read in self.columns:
            wanted = ranked if read.column.show == "rank" else lines
            read.cells = cells_of(read.column, read.series, wanted, everyone, read.reference)
            if read.column.show == "rank":
                ranks = dict(zip(ranked, read.cells, strict=True))
                read.cells = [ranks.get(line, BLANK) for line in lines]

    # Words

    def _row(self, line: Line, index: int, made: MadeNotes, longest: list[int]) -> ComputedRow:
        cells = [self._cell(read, read.cells[index], made, longest[place]) for place, read in enumerate(self.columns)]
        return ComputedRow(line.name, tuple(cells), line.slug, line.is_total)

    def _cell(self, read: Read, cell: Cell, made: MadeNotes, longest: int) -> ComputedCell:
        calls = made.calls(cell.marks) if read.marked else ()
        if cell.kind == "missing":
            return ComputedCell(self.words("not-reported"), "missing", calls)
        if cell.kind == "dash":
            return ComputedCell(DASH, "dash")
        if cell.kind == "names":
            names = sorted(((str(self.profiles[i]["name"]), str(self.profiles[i].get("slug") or "")) for i in cell.members), key=self._key)
            return ComputedCell(", ".join(name for name, _ in names), "names", names=tuple(names))
        if cell.kind != "number" or cell.number is None:
            band = (read.column.field or "").endswith(".band")
            return ComputedCell(self.words.band(cell.words) if band else cell.words, cell.kind, calls)
        sign, number = shown(cell.number, read.decimals, fixed=read.column.show in PERCENT_DECIMALS)
        text = sign + format_number(number, self.language, plus=read.column.show.startswith("change"))
        return ComputedCell(text, "number", calls, padding(decimals_of(number), longest), number=None if sign else number)

    def _key(self, name: tuple[str, str]) -> tuple[bytes, str]:
        return sort_key(name[0], self.language)

    def _is_marked(self, read: Read) -> bool:
        """Whether notes stand in this column: of those that show one statement, in its area, else in the first."""
        block = _statement_of(read.column)
        same = [other.column for other in self.columns if block and _statement_of(other.column) == block]
        area = [column for column in same if (column.field or "").endswith(".area")]
        return not block or read.column is (area or same)[0] or read.column in area

    def _decimals(self, read: Read, cell: Cell) -> int:
        if cell.kind != "number" or cell.number is None:
            return 0
        return decimals_of(shown(cell.number, read.decimals, fixed=read.column.show in PERCENT_DECIMALS)[1])

    def _has_figures(self, read: Read) -> bool:
        return read.column.show != "names" and (read.series is None or read.series.figures or read.column.show in ("count", "rank"))

    def _head(self, read: Read) -> str:
        column = read.column
        if column.label is not None:
            return column.label.bare
        if column.show in ("rank", "share", "count", "names"):
            return self.words(column.show)
        if column.show != "value":
            since = year_of(column.since, self.edition) if column.since is not None else None
            year = year_of(column.year, self.edition)
            since = since or (year - 1 if year is not None else None)
            return self.words("change", year=since) if since is not None else self.words("change-previous-year")
        path = (column.field or "").removesuffix(".area")  # the area of a statement is what the statement is about
        label = next((label for one in self.profiles if (label := label_of(one, path))), path.rpartition(".")[2])
        year = year_of(column.year, self.edition)
        again = any(other is not column and (other.field, other.show) == (column.field, "value") for other in self.table.columns)
        return f"{label} {year}" if again and year is not None else label

    def _remarks(self) -> tuple[str, ...]:
        dashes = any(cell.kind == "dash" for read in self.columns for cell in read.cells)
        of_columns: list[tuple[str, LeftOut]] = []
        if self.table.totals or self.table.group_by:
            of_columns = [
                (read.head, left_out(read.column, read.series, range(len(self.profiles)), read.reference))
                for read in self.columns
                if read.series is not None and read.adds_up
            ]
        return remarks(of_columns, self.words, self.edition - 1, dashes=dashes)

    def _shares(self, groups: Sequence[ComputedGroup]) -> Shares:
        names = [row.name for group in groups for row in group.rows]
        wanted = []
        for place, read in enumerate(self.columns):
            cells = [row.cells[place] for group in groups for row in group.rows]
            texts = [cell.text + cell.padding + "".join(call.note.mark for call in cell.calls) for cell in cells]
            wanted.append(Wanted(read.head, read.unit, texts, not self._has_figures(read)))
        return shares([*names, self.table.row_head.bare if self.table.row_head is not None else ""], wanted)


def sorted_by(name: str, columns: Sequence[Column]) -> list[Column]:
    """The columns that a name means: those with this id before others, those that show the value before its change, rank or share."""
    called = [column for column in columns if column.name == name]
    called = [column for column in called if column.id] or called
    return [column for column in called if column.show == "value"] or called


def _statement_of(column: Column) -> str:
    """The path of the statement of which a column may show a part: ``key-data.contamination``; "" elsewhere."""
    steps = (column.field or "").split(".")
    return ".".join(steps[:2]) if steps[0] == "key-data" and column.show == "value" and steps[2:] in ([], ["area"], ["band"]) else ""


def _named(unit: str) -> str:
    return "without a unit" if unit in WITHOUT_SIGN else f"in {unit}"
