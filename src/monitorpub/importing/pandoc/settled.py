"""The last step of the readers that go through pandoc: notes meet their calls, headings get their levels, and every text is proved."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from monitorpub.importing.document import (
    Block,
    Dated,
    Document,
    Facts,
    Heading,
    Image,
    Kind,
    List,
    Paragraph,
    Quotation,
    called,
    images,
    texts,
)
from monitorpub.importing.lines import updated
from monitorpub.importing.pandoc.changing import change_texts
from monitorpub.importing.pandoc.gathered import Gathered
from monitorpub.importing.pandoc.linked import Linked
from monitorpub.importing.pandoc.marks import MARK, without_marks
from monitorpub.importing.pandoc.typed import Typed
from monitorpub.importing.roles import SINCE, role_of
from monitorpub.importing.signs import begun, escaped
from monitorpub.report import counted

DEEPEST = 3
_PLACES = 12
"""Places that are named of what was lost many times."""
_CALL = re.compile(r"\[\^[\w.:-]+\]")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_WORD = re.compile(r"\w+")


def settle(document: Document, gathered: Gathered) -> None:
    """Finish a document of pandoc's; remarks that were gathered on the way are put into it."""
    real = bool(document.notes)
    Linked(document).settle()
    Typed(document, real).settle()
    _clean(document)
    call_of_title(document, gathered.title_calls)
    _call_orphans(document)
    _levels(document)
    _dates(document)
    for kind, line, words in gathered.said:
        document.say(_kind(kind), line, words)
    for what, times in sorted(gathered.lost.items()):
        kept = "" if what == "dividing lines" else "; the words are kept"
        lines = gathered.lines.get(what, [])
        where = f" ({document.counted} {', '.join(map(str, lines[:_PLACES]))}{' …' if len(lines) > _PLACES else ''})" if lines else ""
        document.say("lost", 0, f"{what}: {times} time{'s' * (times > 1)}{where}{kept}")


def _kind(kind: str) -> Kind:
    return kind if kind in ("left-out", "lost", "wanted", "guessed", "changed") else "lost"  # type: ignore[return-value]


def _clean(document: Document) -> None:
    """Take the marks out of all texts; blocks that had nothing else go."""

    def change(text: str) -> str:
        had = MARK.match(text) is not None
        text = re.sub(r" {2,}", " ", without_marks(text)).strip(" ")
        return begun(text) if had else text

    change_texts(document.blocks, change)
    for note in document.notes:
        note.text = (change(note.text) if note.text else "") or None
    document.blocks = _filled(document.blocks)
    prove(document)


def _filled(blocks: list[Block]) -> list[Block]:
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, List):
            block.items = [item for one in block.items if (item := _filled(one))]
        elif isinstance(block, Quotation):
            block.blocks = _filled(block.blocks)
        elif isinstance(block, Facts):
            for _, facts in block.groups:
                for fact in facts:
                    fact.values = [value for value in fact.values if value]
        if isinstance(block, Dated | Image) or any(texts([block])) or any(images([block])):
            out.append(block)
    return out


def prove(document: Document) -> None:
    """Read every text as CommonMark; one that would not show its words as they stood loses its emphasis and links, and is reported."""

    def change(text: str) -> str:
        words = _words_of(text)
        if _read_back(text) == words:
            return text
        plain = _unmarked(text)
        if _read_back(plain) == words:
            document.say("lost", 0, f"emphasis or links that could not be written as they stood: “{_short(words)}”")
            return plain
        return text

    change_texts(document.blocks, change)
    for note in document.notes:
        if note.text and "\n" not in note.text:
            note.text = change(note.text)


def _words_of(text: str) -> str:
    """What a text shows, told from its signs alone."""
    shown = re.sub(r"(?<!\\)\]\((?:\\.|[^()\s]|\([^()\s]*\))*\)", "]", text)
    return _letters(_ESCAPED.sub(r"\1", shown))


def _read_back(text: str) -> str:
    """What a text shows, told by the reader of CommonMark."""
    tokens = _engine().parse(text) if "\n" in text else _engine().parseInline(text)
    return _letters(" ".join(_shown(tokens)))


def _shown(tokens: Iterable[Token]) -> Iterable[str]:
    for token in tokens:
        if token.children is not None and token.type != "image":
            yield "".join(_shown(token.children))
        elif token.type in ("softbreak", "hardbreak"):
            yield " "
        else:
            yield token.content


def _letters(text: str) -> str:
    """Letters and figures alone: the signs between them are those of emphasis."""
    return "".join(_WORD.findall(text)).replace("_", "")


def _unmarked(text: str) -> str:
    """A text without emphasis and links; addresses stand behind their words, calls are kept."""
    parts, end = [], 0
    shown = re.sub(r"(?<!\\)\[((?:\\.|[^\[\]\\])*)\]\(((?:\\.|[^()\s]|\([^()\s]*\))*)\)", r"\1", text)
    for call in _CALL.finditer(shown):
        parts += [escaped(_ESCAPED.sub(r"\1", re.sub(r"(?<!\\)[*`]", "", shown[end : call.start()]))), call[0]]
        end = call.end()
    return "".join([*parts, escaped(_ESCAPED.sub(r"\1", re.sub(r"(?<!\\)[*`]", "", shown[end:])))])


@cache
def _engine() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False})


def _call_orphans(document: Document) -> None:
    """Notes that nothing calls are called behind the last paragraph before them: no words may be lost."""
    used = Counter(called(document.blocks))
    for note in document.notes:
        if used[note.key]:
            continue
        last: Paragraph | None = None
        for block in _paragraphs(document.blocks):
            if last is None or block.line <= note.line:
                last = block
        if last is None:
            last = Paragraph("", note.line)
            document.blocks.append(last)
        last.text += f"[^{note.key}]"
        document.say("guessed", note.line, f"nothing calls note {note.number}; it is now called at the end of the paragraph before it")


def call_of_title(document: Document, calls: str) -> None:
    """Call the notes of the title, which can call none itself, in the first paragraph: before its own calls, so that the order stays."""
    if not calls:
        return
    for block in document.blocks:
        if not isinstance(block, Paragraph) and not called([block]):
            continue
        done = False

        def change(text: str) -> str:
            nonlocal done
            if done or not (isinstance(block, Paragraph) or _CALL.search(text)):  # noqa: B023
                return text
            done = True
            found = _CALL.search(text)
            return f"{text[: found.start()]}{calls}{text[found.start() :]}" if found else f"{text}{calls}"

        change_texts([block], change)
        words = (
            f"the title called {counted(len(_CALL.findall(calls)), 'note')}, which it cannot do here: the first text below it calls them"
        )
        document.say("guessed", block.line, words)
        return


def _paragraphs(blocks: list[Block]) -> Iterable[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        elif isinstance(block, List):
            for item in block.items:
                yield from _paragraphs(item)
        elif isinstance(block, Quotation):
            yield from _paragraphs(block.blocks)


def _levels(document: Document) -> None:
    """Levels from 1 without gaps.  A single heading above all others is the title of the whole."""
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    if not headings:
        return
    highest = min(heading.level for heading in headings)
    top = [heading for heading in headings if heading.level == highest]
    lone = not document.title and len(top) == 1 and headings[0] is top[0] and len(headings) > 1
    if lone or (document.title and _same(document.title, headings[0].text)):
        document.title = document.title or plain_words(headings[0].text)
        document.blocks.remove(headings[0])
        call_of_title(document, "".join(_CALL.findall(headings[0].text)))
        headings = headings[1:]
    levels = sorted({heading.level for heading in headings})
    for heading in headings:
        level = levels.index(heading.level) + 1
        if level > DEEPEST:
            document.say("changed", heading.line, f"“{_short(heading.text)}” is a heading of level {level}; a source has {DEEPEST}")
        heading.level = min(level, DEEPEST)
        heading.role = heading.role or role_of(plain_words(heading.text))
    _steps(headings)


def _steps(headings: list[Heading]) -> None:
    """No heading is more than one level below the one before it."""
    before = 0
    for heading in headings:
        heading.level = before = min(heading.level, before + 1)


def _same(one: str, other: str) -> bool:
    return _letters(one).lower() == _letters(plain_words(other)).lower()


def _dates(document: Document) -> None:
    """Paragraphs that say when the text was last updated; what a paragraph of key developments says of its date."""
    out: list[Block] = []
    for block in document.blocks:
        words = plain_words(block.text) if isinstance(block, Paragraph) and not _CALL.search(block.text) else ""
        if words and (found := updated(words)):
            day, sure = found
            if not sure:
                document.say("guessed", block.line, f"the date of “{words}” is not sure")
            out.append(Dated(day, block.line))
        elif isinstance(block, Paragraph) and (since := SINCE.match(plain_words(block.text))) and not _has_heading_above(out):
            out.append(Heading(1, since[1].strip(), block.line, "key-developments"))
            out.append(block)
            block.text = re.sub(r"\A\W*key developments since [^:]*:\W*", "", block.text, flags=re.IGNORECASE)
        else:
            out.append(block)
    document.blocks = out


def _has_heading_above(blocks: list[Block]) -> bool:
    return bool(blocks) and isinstance(blocks[-1], Heading) and blocks[-1].role == "key-developments"


def plain_words(text: str) -> str:
    """The words of a text without its marks."""
    shown = re.sub(r"(?<!\\)\]\((?:\\.|[^()\s]|\([^()\s]*\))*\)", "", _CALL.sub("", text))
    shown = re.sub(r"(?<!\\)[*`\[]", "", shown)
    return " ".join(_ESCAPED.sub(r"\1", shown).replace("\\\n", " ").split())


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= 60 else line[:59] + "…"
