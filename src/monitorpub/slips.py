"""What is wrong with a file that is not YAML, in an editor's words and where the editor slipped.

The parser says what it expected and where it gave up; which slip leads there is decided by the text round that place.
"""

from __future__ import annotations

import re

import yaml

from monitorpub.diagnostics import Diagnostic
from monitorpub.source import Source

Said = tuple[str, str, str, int, int, int]
"""Code, message, hint, and the place: line, column and end column, from 0."""

FIELD = "A field is a name, a colon, a space and its value: edition: 2025"
QUOTES = "Put quotes round the text, or write it as a block: | after the colon, and the text indented on the lines below."


NO_BREAK = re.compile("^(?P<before>[ \t-]*(?:[\\w-]+:)?)(?P<space>[\u00a0\u2007\u202f]+)")
"""A space that does not break at the beginning of a line, or behind its hyphen or the colon of its field."""

SPACES = "Type a common space in its place. Text pasted from web pages and word processors has such spaces."

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def explain(error: yaml.MarkedYAMLError, source: Source) -> Diagnostic:
    """The parser's complaint as a diagnostic, Y002 or Y004."""
    code, message, hint, line, column, end = _slip(error, source)
    return Diagnostic(code, message, source.place_on(line, column, end), hint=hint)


def _slip(error: yaml.MarkedYAMLError, source: Source) -> Said:
    problem = error.problem or "the structure is broken"
    line, column = _at(error.problem_mark or error.context_mark, source)
    text = source.lines[line]
    if said := _odd_space(error, source, line):
        return said
    if match := re.match(r"[ -]*-[ ]*(\t)", text):
        return "Y004", "A tab stands behind the hyphen.", "Type a space in its place.", line, match.start(1), match.end(1)
    if "\t" in _indent(text) and ("tab" in problem or "cannot start" in problem):
        tab = text.index("\t")
        return "Y004", "A tab indents this line.", "Indent with spaces.", line, tab, tab + 1
    if opened := _quoted_over_lines(source, line, column):
        hint = f"Look for a quote in line {opened} that is never closed. {_WITHIN}"
        message = f"The quotation that opens in line {opened} ends before this place, and the line goes on."
        return "Y002", message, hint, line, column, max(_end(source, line), column + 1)
    if "mapping values" in problem:
        return _colon(source, line, column)
    if "could not find expected ':'" in problem:
        line, column = _at(error.context_mark, source)
        hint = f"{FIELD}; the lines of a text are indented below its name."
        return "Y002", "This line is not a field: it has no colon followed by a space.", hint, line, column, _end(source, line)
    if "alias" in str(error.context) or "anchor" in str(error.context):
        line, column = _at(error.context_mark, source)
        return "Y002", f"A text cannot begin with {source.lines[line][column]} unless it is quoted.", QUOTES, line, column, column + 1
    if "cannot start" in problem:
        return "Y002", f"A text cannot begin with {text[column : column + 1]} unless it is quoted.", QUOTES, line, column, column + 1
    if "unknown escape" in problem:
        column = text.rfind("\\", 0, column + 1)
        hint = "Put single quotes round the text, or type the backslash twice."
        return "Y002", f"Inside double quotes, {text[column : column + 2]} means nothing.", hint, line, column, column + 2
    if "block scalar" in str(error.context):
        hint = "The text begins on the next line, indented. A text that begins with > or | needs quotes round it."
        return "Y002", "After | or >, nothing more may stand on the line.", hint, line, column, _end(source, line)
    return (
        _unclosed(error, source, problem, line, column)
        or _short_of_entry(error, source, line, column)
        or _out_of_place(source, problem, line, column)
    )


def _colon(source: Source, line: int, column: int) -> Said:
    """A colon where none may be: a second one in the line, a line too deep, or a line before that is no field."""
    text = source.lines[line]
    start = len(_indent(text))
    if re.search(r":\s", text[:column]) or text[:column].rstrip().endswith(":"):
        return "Y002", "A second colon stands in this line.", f"It would begin a field of its own. {QUOTES}", line, column, column + 1
    before = next((n for n in range(line - 1, -1, -1) if source.lines[n].strip()), line)
    if not re.search(r":(\s|$)", source.lines[before]):
        message = "This line is not a field: it has no colon followed by a space."
        return "Y002", message, FIELD, before, len(_indent(source.lines[before])), _end(source, before)
    if said := _beside_list(source, line):
        return said
    hint = "Fields of one block begin in the same column. If the line belongs to the text above it, that text needs quotes or a block (|)."
    return "Y002", "This line is indented deeper than the field above it.", hint, line, start, max(column, start + 1)


def _unclosed(error: yaml.MarkedYAMLError, source: Source, problem: str, line: int, column: int) -> Said | None:
    """Quotes and brackets that open and never close."""
    context = str(error.context)
    opening = _at(error.context_mark, source)
    if "quoted scalar" in context:
        return "Y002", "A quote opens here and is never closed.", "Close it, or delete it.", *opening, opening[1] + 1
    if "flow" not in context:
        return None
    bracket = source.lines[opening[0]][opening[1] : opening[1] + 1]
    closing = {"[": "]", "{": "}"}.get(bracket, "]")
    if opening[0] == line:
        hint = f"Put a comma between entries, and {closing} behind the last. A text that holds a bracket or a comma needs quotes round it."
        return "Y002", f"A comma or {closing} is missing before this place.", hint, line, column, column + 1
    hint = f"Put {closing} behind the last entry. A text that begins with {bracket} needs quotes round it."
    return "Y002", f"A bracket opens here, and {closing} is missing.", hint, *opening, opening[1] + 1


def _out_of_place(source: Source, problem: str, line: int, column: int) -> Said:
    """Something where the next field or entry should begin."""
    text = source.lines[line]
    before = text[:column].rstrip()
    end = max(_end(source, line), column + 1)
    if before.endswith(("'", '"')):
        return "Y002", "The quotation ends before this place, and the line goes on.", _WITHIN, line, column, end
    if before.endswith(("]", "}")):
        return "Y002", "The bracket ends before this place, and the line goes on.", QUOTES, line, column, end
    if "'-' indicator" in problem or "found '?'" in problem:
        hint = "Each entry of a list begins with a hyphen and a space, all in the same column."
        return "Y002", "This line is not an entry of the list above it.", hint, line, column, end
    if not before and (said := _beside_list(source, line)):
        return said
    if not before and ("expected key" in problem or "expected <block end>" in problem):
        hint = "Fields of one block begin in the same column; so do the lines of a text, deeper than its name."
        return "Y002", "This line is indented like none of the blocks it could belong to.", hint, line, column, end
    return "Y002", f"This is not YAML: {problem}.", FIELD, line, column, column + 1


_WITHIN = "Within single quotes, type an apostrophe twice or as ’; within double quotes, type a quote as “ or ”."


def odd_space(source: Source, line: int) -> Said | None:
    """A space that does not break, where YAML wants a common one."""
    match = NO_BREAK.match(source.lines[line])
    if match is None:
        return None
    before = match["before"].rstrip()
    where = {":": "stands behind the colon", "-": "stands behind the hyphen"}.get(before[-1:], "indents this line")
    message = f"A no-break space (U+{ord(match['space'][0]):04X}) {where}."
    return "Y002", message, SPACES, line, match.start("space"), match.end("space")


def _odd_space(error: yaml.MarkedYAMLError, source: Source, line: int) -> Said | None:
    """Such a space in the line where the parser gave up, in the one it was reading, or in the field before."""
    for number in (line, _at(error.context_mark or error.problem_mark, source)[0]):
        if said := odd_space(source, number):
            return said
    before = next((n for n in range(line - 1, -1, -1) if source.lines[n].strip()), line)
    match = NO_BREAK.match(source.lines[before])
    return odd_space(source, before) if match and match["before"].strip() else None


def _quoted_over_lines(source: Source, line: int, column: int) -> int | None:
    """The line, from 1, in which a quotation of several lines opens that ends right before this place."""
    found = None
    try:
        for token in yaml.scan(source.text, Loader=_Loader):
            if token.start_mark.line > line:
                break
            if isinstance(token, yaml.ScalarToken) and token.style in ("'", '"') and token.end_mark.line == line > token.start_mark.line:
                end = token.end_mark.column
                found = token.start_mark.line + 1 if end <= column and not source.lines[line][end:column].strip() else found
    except yaml.YAMLError:
        pass
    return found


def _short_of_entry(error: yaml.MarkedYAMLError, source: Source, line: int, column: int) -> Said | None:
    """A field between the column of the hyphen and the column of the fields of its entry."""
    if "block collection" not in str(error.context) or source.lines[line][:column].strip():
        return None
    _, hyphen = _at(error.context_mark, source)
    entry = re.compile(rf" {{{hyphen}}}-( +)\S")
    above = next((match for n in range(line - 1, -1, -1) if (match := entry.match(source.lines[n]))), None)
    if above is None or not hyphen < column < above.end(1):
        return None
    if re.match(r"-(\s|$)", source.lines[line][column:]):
        return _hyphen(source, line, column, hyphen)
    hint = f"The fields of an entry stand exactly below its first one: put {above.end(1)} spaces before this line."
    return "Y002", "This line is indented less than the fields of the entry above it.", hint, line, column, _end(source, line)


def _beside_list(source: Source, line: int) -> Said | None:
    """An entry that begins beside the column in which the entry above it begins."""
    column = len(_indent(source.lines[line]))
    if not re.match(r"-(\s|$)", source.lines[line][column:]):
        return None
    above = next((len(match[1]) for n in range(line - 1, -1, -1) if (match := re.match(r"( *)-\s", source.lines[n]))), column)
    return None if above == column else _hyphen(source, line, column, above)


def _hyphen(source: Source, line: int, column: int, right: int) -> Said:
    """An entry whose hyphen stands beside the column of those above it."""
    hint = f"The entries of a list begin in the same column: put {right or 'no'} space{'' if right == 1 else 's'} before this line."
    return "Y002", "This hyphen does not stand below the hyphen of the entry above it.", hint, line, column, _end(source, line)


def _at(mark: yaml.Mark | None, source: Source) -> tuple[int, int]:
    if mark is None:
        return 0, 0
    line = min(mark.line, len(source.lines) - 1)
    return line, min(mark.column, len(source.lines[line]))


def _indent(text: str) -> str:
    return text[: len(text) - len(text.lstrip())]


def _end(source: Source, line: int) -> int:
    return len(source.lines[line].rstrip())
